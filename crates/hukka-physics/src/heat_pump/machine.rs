//! A heat pump as a study describes it: a law, units one behind the other, and what is counted
//! around them.

use super::direct::direct_first;
use super::jesper::OutsideData;
use super::map::{CopMap, OutsideMap};
use super::series::train;
use super::{OperatingPoint, ideal, jensen, jesper};

/// Rounds in which the exchanger's share of the source settles.
const MAX_ROUNDS: usize = 60;
/// Change of a temperature that counts as none, kelvin.
const TOLERANCE_K: f64 = 1e-10;

/// Law that gives the coefficient of performance of one unit.
#[derive(Debug, Clone, PartialEq)]
pub enum Law {
    /// Jensen 2018 / Pieper 2020 with the coefficients of a refrigerant.
    Jensen(jensen::Refrigerant),
    /// A share of the Lorenz COP.
    Lorenz,
    /// A share of the Carnot COP.
    Carnot,
    /// The regression of Jesper et al. 2021; the efficiency is a factor on it.
    Jesper,
    /// A maker's map over source inlet and sink outlet; the efficiency is a factor on it.
    Map(CopMap),
    /// A refrigerant cycle over evaporation and condensation.
    ///
    /// Evaporation a pinch below the source outlet, condensation at the sink outlet, as
    /// desuperheating covers the pinch. Between the points of the table `1/COP` is linear. Another
    /// efficiency than the table's scales `COP − 1`, which is exact for one stage.
    Cycle {
        /// The table.
        table: CopMap,
        /// Isentropic efficiency of the table.
        efficiency: f64,
    },
}

/// Why there is no COP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outside {
    /// Streams the wrong way round, or efficiency or pinch outside their meaning.
    Streams,
    /// The law gives a COP of 1 or less.
    NoGain,
    /// Lift outside the data of the law.
    Lift,
    /// Source outside the data of the law.
    Source,
    /// Sink hotter than the data of the law.
    Sink,
    /// Beyond the rows and columns of the map, or beyond the refrigerant.
    Grid,
    /// Inside the map, but where the machine does not run.
    Envelope,
}

impl Outside {
    /// The reason in words, after "because".
    pub const fn words(self) -> &'static str {
        match self {
            Self::Streams => "the streams are the wrong way round",
            Self::NoGain => "the law gives a COP of 1 or less",
            Self::Lift => "the lift is outside the data of the law",
            Self::Source => "the source is outside the data of the law",
            Self::Sink => "the sink is hotter than the data of the law",
            Self::Grid => "the temperatures are beyond the map or the refrigerant",
            Self::Envelope => "the maker's map has no value there",
        }
    }
}

/// What becomes of heat at an operating point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Running {
    /// With this COP, heat out per electricity in, an exchanger before it included.
    HeatPump(f64),
    /// The source is hot enough: an exchanger does it without electricity.
    DirectExchange,
    /// Not at all.
    Outside(Outside),
}

/// A heat pump.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatPumpMachine {
    /// Law of one unit.
    pub law: Law,
    /// Isentropic efficiency (Jensen, cycle), share of the ideal COP (Lorenz, Carnot), or a factor.
    pub efficiency: f64,
    /// Smallest temperature difference in evaporator and condenser, kelvin.
    pub pinch: f64,
    /// Smallest lift counted, kelvin.
    pub min_lift: f64,
    /// Units one behind the other.
    pub in_series: u32,
    /// Below this source temperature, kelvin, this share of the COP is left.
    pub defrost: Option<(f64, f64)>,
    /// An exchanger heats the sink first as far as the source reaches.
    pub has_exchanger_first: bool,
}

impl HeatPumpMachine {
    /// How the machine runs at an operating point.
    ///
    /// `sink_out ≤ source_in − pinch` is direct exchange. Else the exchanger, where there is one,
    /// heats the sink to `source_in − pinch` at most; the units take the rest, each by its law with a
    /// lift of at least the smallest. Ice takes its share of the COP where the source is cold air.
    ///
    /// # Source  energy balances of exchanger and train; each law's own page
    pub fn at(&self, point: &OperatingPoint) -> Running {
        let is_valid = point.is_sound()
            && self.efficiency > 0.0
            && self.efficiency.is_finite()
            && self.pinch >= 0.0
            && self.pinch.is_finite();
        if !is_valid {
            return Running::Outside(Outside::Streams);
        }
        if point.allows_direct_exchange(self.pinch) {
            return Running::DirectExchange;
        }
        let found = if self.has_exchanger_first {
            self.behind_exchanger(point)
        } else {
            self.units(point)
        };
        match found {
            Ok(cop) if cop.is_finite() && cop > 1.0 => {
                let ice = self
                    .defrost
                    .filter(|(limit, _)| point.source_in < *limit)
                    .map_or(1.0, |(_, factor)| factor);
                match ice * cop {
                    cop if cop > 1.0 => Running::HeatPump(cop),
                    _ => Running::Outside(Outside::NoGain),
                }
            }
            Ok(_) => Running::Outside(Outside::NoGain),
            Err(outside) => Running::Outside(outside),
        }
    }

    /// The COP of exchanger and heat pump together.
    ///
    /// The exchanger gives the share `s` of the heat and cools the source by `s / (1 − (1 − s)/COP)`
    /// of its drop; the heat pump works from there, `COP_all = COP / (1 − s)`.
    fn behind_exchanger(&self, point: &OperatingPoint) -> Result<f64, Outside> {
        let first = direct_first(point, self.pinch);
        let share = first.direct_share;
        if share <= 0.0 {
            return self.units(point);
        }
        let drop = point.source_in - point.source_out;
        let mut source_in = point.source_in;
        let mut cop = f64::NAN;
        for _ in 0..MAX_ROUNDS {
            cop = self.units(&OperatingPoint {
                source_in,
                sink_in: first.sink_between,
                ..*point
            })?;
            let taken = share / (1.0 - (1.0 - share) / cop);
            let next = (point.source_in - taken * drop).max(point.source_out);
            let change = (next - source_in).abs();
            source_in = next;
            if change <= TOLERANCE_K {
                break;
            }
        }
        Ok(cop / (1.0 - share))
    }

    /// The COP of the units one behind the other.
    fn units(&self, point: &OperatingPoint) -> Result<f64, Outside> {
        if self.in_series <= 1 {
            return self.unit(point);
        }
        let mut why = Outside::NoGain;
        let law = |point: &OperatingPoint| match self.unit(point) {
            Ok(cop) if cop > 1.0 => Some(cop),
            _ => None,
        };
        if let Some(found) = train(point, self.in_series, law) {
            return Ok(found.cop);
        }
        if let Err(outside) = self.unit(point) {
            why = outside;
        }
        Err(why)
    }

    /// The COP of one unit by its law.
    fn unit(&self, point: &OperatingPoint) -> Result<f64, Outside> {
        let raised = OperatingPoint {
            sink_out: point.sink_out.max(point.source_in + self.min_lift),
            ..*point
        };
        let point = &raised;
        let (efficiency, pinch) = (self.efficiency, self.pinch);
        match &self.law {
            Law::Jensen(refrigerant) => Ok(jensen::cop(refrigerant, point, efficiency, pinch)),
            Law::Lorenz => Ok(ideal::lorenz_cop_above(point, efficiency, self.min_lift)),
            Law::Carnot => Ok(ideal::carnot_cop_above(point, efficiency, self.min_lift)),
            Law::Jesper => match jesper::cop(point) {
                Ok((cop, _)) => Ok(efficiency * cop),
                Err(OutsideData::SinkTooHot) => Err(Outside::Sink),
                Err(OutsideData::Source) => Err(Outside::Source),
                Err(OutsideData::Lift(..)) => Err(Outside::Lift),
            },
            Law::Map(map) => Ok(efficiency
                * map
                    .cop(point.source_in, point.sink_out)
                    .map_err(outside_map)?),
            Law::Cycle {
                table,
                efficiency: own,
            } => {
                let cop = table
                    .cop_by_inverse(point.source_out - pinch, point.sink_out)
                    .map_err(outside_map)?;
                Ok(1.0 + (cop - 1.0) * efficiency / own)
            }
        }
    }
}

fn outside_map(outside: OutsideMap) -> Outside {
    match outside {
        OutsideMap::Grid => Outside::Grid,
        OutsideMap::Envelope => Outside::Envelope,
    }
}

#[cfg(test)]
mod tests {
    use super::super::cycle::{Arrangement, CycleInput, cycle};
    use super::super::{CopOutcome, Model, cop};
    use super::*;
    use crate::refrigerant::find;
    use proptest::prelude::*;

    fn machine(law: Law, efficiency: f64) -> HeatPumpMachine {
        HeatPumpMachine {
            law,
            efficiency,
            pinch: 5.0,
            min_lift: 10.0,
            in_series: 1,
            defrost: None,
            has_exchanger_first: false,
        }
    }

    fn point(source: f64, cooled: f64, sink_in: f64, sink_out: f64) -> OperatingPoint {
        OperatingPoint {
            source_in: source + 273.15,
            source_out: source - cooled + 273.15,
            sink_in: sink_in + 273.15,
            sink_out: sink_out + 273.15,
        }
    }

    fn value(running: Running) -> f64 {
        match running {
            Running::HeatPump(cop) => cop,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_regression_or_map_gives_no_answer_outside_its_data() {
        let jesper = machine(Law::Jesper, 1.0);
        assert!(value(jesper.at(&point(25.0, 5.0, 50.0, 80.0))) > 2.0);
        let hot = jesper.at(&point(15.0, 5.0, 50.0, 95.0));
        assert_eq!(hot, Running::Outside(Outside::Lift));
        let map = CopMap::new(
            vec![273.15, 283.15],
            vec![308.15, 318.15],
            &[4.2, 3.5, 0.0, 4.3],
        )
        .unwrap();
        let map = machine(Law::Map(map), 1.0);
        assert!((value(map.at(&point(0.0, 5.0, 30.0, 40.0))) - 3.85).abs() < 1e-12);
        let hole = map.at(&point(9.0, 5.0, 30.0, 40.0));
        assert_eq!(hole, Running::Outside(Outside::Envelope));
        let beyond = map.at(&point(20.0, 5.0, 30.0, 60.0));
        assert_eq!(beyond, Running::Outside(Outside::Grid));
    }

    #[test]
    fn a_cycle_between_table_points_is_the_cycle_itself() {
        let fluid = find("ammonia").unwrap();
        let exact = |evaporation: f64, condensation: f64| {
            cycle(&CycleInput {
                arrangement: Arrangement::SingleStage,
                fluid,
                evaporation,
                condensation,
                isentropic_efficiency: 0.8,
                superheat: 5.0,
                subcooling: 5.0,
            })
            .unwrap()
            .cop
        };
        let axis = |from: f64, count: usize| -> Vec<f64> {
            (0..count).map(|k| 273.15 + from + 2.5 * k as f64).collect()
        };
        let (cold, hot) = (axis(0.0, 10), axis(50.0, 18));
        let values: Vec<f64> = cold
            .iter()
            .flat_map(|e| hot.iter().map(|c| exact(*e, *c)).collect::<Vec<f64>>())
            .collect();
        let table = CopMap::new(cold, hot, &values).unwrap();
        let machine = machine(
            Law::Cycle {
                table,
                efficiency: 0.8,
            },
            0.8,
        );
        for (source, sink) in [(23.3, 71.2), (28.9, 88.8), (21.1, 63.7)] {
            let found = value(machine.at(&point(source, 10.0, 45.0, sink)));
            let wanted = exact(source - 15.0 + 273.15, sink + 273.15);
            assert!((found / wanted - 1.0).abs() < 1e-4, "{found} {wanted}");
        }
    }

    #[test]
    fn an_exchanger_before_the_heat_pump_saves_electricity() {
        let alone = machine(Law::Jensen(jensen::AMMONIA), 0.8);
        let behind = HeatPumpMachine {
            has_exchanger_first: true,
            ..alone.clone()
        };
        let warm = point(50.0, 10.0, 35.0, 70.0);
        assert!(value(behind.at(&warm)) > value(alone.at(&warm)));
        let cold = point(30.0, 10.0, 50.0, 85.0);
        assert!((value(behind.at(&cold)) - value(alone.at(&cold))).abs() < 1e-12);
    }

    #[test]
    fn ice_takes_its_share_of_cold_air_only() {
        let iced = HeatPumpMachine {
            defrost: Some((275.15, 0.8)),
            ..machine(Law::Carnot, 0.5)
        };
        let plain = machine(Law::Carnot, 0.5);
        let (cold, mild) = (point(1.0, 3.0, 40.0, 60.0), point(3.0, 3.0, 40.0, 60.0));
        assert!((value(iced.at(&cold)) / value(plain.at(&cold)) - 0.8).abs() < 1e-12);
        assert!((value(iced.at(&mild)) - value(plain.at(&mild))).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn one_unit_of_a_formula_is_the_plain_law(
            source in 5.0..60.0_f64, cooled in 0.0..12.0_f64, sink in 30.0..60.0_f64,
            heated in 0.5..45.0_f64, which in 0..4_usize,
        ) {
            let (law, model) = match which {
                0 => (Law::Jensen(jensen::AMMONIA), Model::JensenAmmonia),
                1 => (Law::Jensen(jensen::ISOBUTANE), Model::JensenIsobutane),
                2 => (Law::Lorenz, Model::Lorenz),
                _ => (Law::Carnot, Model::Carnot),
            };
            let at = point(source, cooled, sink, sink + heated);
            let plain = cop(model, &at, 0.6, 5.0);
            match machine(law, 0.6).at(&at) {
                Running::HeatPump(found) => {
                    prop_assert!(matches!(plain, CopOutcome::HeatPump(cop) if cop.to_bits() == found.to_bits()));
                }
                Running::DirectExchange => prop_assert_eq!(plain, CopOutcome::DirectExchange),
                Running::Outside(_) => prop_assert_eq!(plain, CopOutcome::OutOfRange),
            }
        }
    }
}
