//! Several heat pumps one behind the other, in counterflow.

use super::OperatingPoint;

/// Rounds in which the shares of the source settle; each round shrinks the change by about the
/// COP.
const MAX_ROUNDS: usize = 40;
/// Change of a temperature that counts as none, kelvin.
const TOLERANCE_K: f64 = 1e-9;

/// A train of heat pumps: the operating point of each unit and the COP of all.
#[derive(Debug, Clone, PartialEq)]
pub struct Train {
    /// Units in the order the sink meets them.
    pub points: Vec<OperatingPoint>,
    /// COP of each.
    pub cops: Vec<f64>,
    /// Heat of all over electricity of all.
    pub cop: f64,
}

/// Units in series that share sink and source, each giving the same heat.
///
/// The sink is heated by an equal step in each of `n` units; the source flows against it and is
/// cooled in each in proportion to the heat taken, `Q (1 − 1/COP)`. The COP of all is
/// `n / Σ 1/COP_i`. `None` where any unit has no COP by `law`.
///
/// # Assumptions  constant specific heats; no heat lost between the units
/// # Valid for    1 to 100 units
/// # Source       energy balance; the gain is the one a Lorenz cycle has over a Carnot cycle
pub fn train(
    point: &OperatingPoint,
    units: u32,
    law: impl Fn(&OperatingPoint) -> Option<f64>,
) -> Option<Train> {
    if !(1..=100).contains(&units) {
        return None;
    }
    let n = f64::from(units);
    let mut drops = vec![(point.source_in - point.source_out) / n; units as usize];
    for _ in 0..MAX_ROUNDS {
        let points = stations(point, &drops);
        let cops = points.iter().map(&law).collect::<Option<Vec<_>>>()?;
        let taken: Vec<f64> = cops.iter().map(|cop| 1.0 - 1.0 / cop).collect();
        let total: f64 = taken.iter().sum();
        let next: Vec<f64> = taken
            .iter()
            .map(|share| share / total * (point.source_in - point.source_out))
            .collect();
        let change = drops
            .iter()
            .zip(&next)
            .map(|(old, new)| (old - new).abs())
            .fold(0.0, f64::max);
        if change <= TOLERANCE_K {
            let cop = n / cops.iter().map(|cop| 1.0 / cop).sum::<f64>();
            return Some(Train { points, cops, cop });
        }
        drops = next;
    }
    None
}

/// Temperatures at each unit: the last one the sink meets stands where the source enters.
fn stations(point: &OperatingPoint, drops: &[f64]) -> Vec<OperatingPoint> {
    let step = (point.sink_out - point.sink_in) / drops.len() as f64;
    let mut source_in = point.source_in;
    let mut points: Vec<OperatingPoint> = drops
        .iter()
        .enumerate()
        .rev()
        .map(|(unit, drop)| {
            let sink_in = point.sink_in + step * unit as f64;
            let here = OperatingPoint {
                source_in,
                source_out: source_in - drop,
                sink_in,
                sink_out: sink_in + step,
            };
            source_in -= drop;
            here
        })
        .collect();
    points.reverse();
    points
}

#[cfg(test)]
mod tests {
    use super::super::{CopOutcome, Model, cop};
    use super::*;
    use proptest::prelude::*;

    fn law(point: &OperatingPoint) -> Option<f64> {
        match cop(Model::JensenAmmonia, point, 0.8, 5.0) {
            CopOutcome::HeatPump(value) => Some(value),
            _ => None,
        }
    }

    fn kajaani() -> OperatingPoint {
        OperatingPoint {
            source_in: 303.15,
            source_out: 293.15,
            sink_in: 323.15,
            sink_out: 358.15,
        }
    }

    #[test]
    fn one_unit_is_the_law_itself() {
        let alone = train(&kajaani(), 1, law).unwrap();
        assert!((alone.cop - law(&kajaani()).unwrap()).abs() < 1e-12);
    }

    #[test]
    fn units_in_series_gain_with_their_number() {
        let cops: Vec<f64> = (1..=4)
            .map(|n| train(&kajaani(), n, law).unwrap().cop)
            .collect();
        assert!(cops.windows(2).all(|pair| pair[0] < pair[1]), "{cops:?}");
        assert!(train(&kajaani(), 0, law).is_none());
    }

    proptest! {
        #[test]
        fn the_train_closes_its_balance(
            units in 1..8_u32, source in 15.0..40.0_f64, cooled in 1.0..12.0_f64,
            sink in 45.0..60.0_f64, heated in 10.0..40.0_f64,
        ) {
            let point = OperatingPoint {
                source_in: source + 273.15,
                source_out: source - cooled + 273.15,
                sink_in: sink + 273.15,
                sink_out: sink + heated + 273.15,
            };
            let found = train(&point, units, law).unwrap();
            let last = found.points.len() - 1;
            prop_assert!((found.points[0].source_out - point.source_out).abs() < 1e-6);
            prop_assert!((found.points[last].sink_out - point.sink_out).abs() < 1e-6);
            for pair in found.points.windows(2) {
                prop_assert!((pair[0].sink_out - pair[1].sink_in).abs() < 1e-9);
                prop_assert!((pair[0].source_in - pair[1].source_out).abs() < 1e-9);
            }
        }
    }
}
