//! What a heat pump can do in one hour between its source and the network.

use crate::DIRECT_EXCHANGE_COP;
use hukka_physics::heat_pump::OperatingPoint;
use hukka_physics::heat_pump::machine::{HeatPumpMachine, Outside, Running};

/// Temperatures a heat pump works between in one hour, kelvin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Streams {
    /// Source stream at the capture point.
    pub(crate) source_in: f64,
    /// Coldest the source stream may become.
    pub(crate) source_out: f64,
    /// Water coming back from the network.
    pub(crate) network_return: f64,
    /// Water the network asks for.
    pub(crate) network_supply: f64,
}

/// How a heat pump runs in one hour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Exchange {
    /// Heat out per electricity in.
    pub(crate) cop: f64,
    /// Share of the recoverable heat it can reach; below one in direct exchange, which cools the
    /// source no further than a pinch above the return.
    pub(crate) usable_source: f64,
    /// Largest share of the hour's heat it can make: below one where its hottest outlet is colder
    /// than the supply temperature.
    pub(crate) reach: f64,
    /// The source heats the network without lifting.
    pub(crate) is_direct: bool,
}

/// Why a heat pump stands still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standstill {
    /// The water coming back is as hot as the hottest it can make, or as the supply.
    ReturnTooHot,
    /// Its law has no answer.
    Law(Outside),
}

impl Standstill {
    /// The reason in words.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::ReturnTooHot => "the return is as hot as its hottest outlet",
            Self::Law(outside) => outside.words(),
        }
    }
}

/// How a heat pump runs between given streams, or why it cannot. `hottest` is its outlet at most.
///
/// The pump heats the return water to `T_out = min(T_supply, T_max)`. When `T_max < T_supply` it
/// stands in series before other units, which give the rest of the lift, so its share of the heat
/// is at most `(T_max − T_return) / (T_supply − T_return)`. Direct exchange is booked with
/// [`DIRECT_EXCHANGE_COP`], so that heat still equals source heat plus electricity.
///
/// # Assumptions  return water mixed before the pump; store heat counts as heat of other units
/// # Valid for    return colder than supply and than the hottest outlet; outside: `Err`
/// # Source       COP laws of `hukka-physics::heat_pump`; series share from the energy balance
pub(crate) fn exchange(
    machine: &HeatPumpMachine,
    hottest: f64,
    streams: Streams,
) -> Result<Exchange, Standstill> {
    let sink_in = streams.network_return;
    let sink_out = streams.network_supply.min(hottest);
    if sink_out <= sink_in {
        return Err(Standstill::ReturnTooHot);
    }
    let reach = ((sink_out - sink_in) / (streams.network_supply - sink_in)).min(1.0);
    let point = OperatingPoint {
        source_in: streams.source_in,
        source_out: streams.source_out,
        sink_in,
        sink_out,
    };
    match machine.at(&point) {
        Running::HeatPump(cop) => Ok(Exchange {
            cop,
            usable_source: 1.0,
            reach,
            is_direct: false,
        }),
        Running::DirectExchange => {
            let span = streams.source_in - streams.source_out;
            let reached = streams.source_in - streams.source_out.max(sink_in + machine.pinch);
            Ok(Exchange {
                cop: DIRECT_EXCHANGE_COP,
                usable_source: if span > 0.0 {
                    (reached / span).clamp(0.0, 1.0)
                } else {
                    1.0
                },
                reach,
                is_direct: true,
            })
        }
        Running::Outside(outside) => Err(Standstill::Law(outside)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hukka_physics::heat_pump::machine::Law;
    use hukka_units::Temperature;

    const PUMP: HeatPumpMachine = HeatPumpMachine {
        law: Law::Lorenz,
        efficiency: 0.5,
        pinch: 5.0,
        min_lift: 10.0,
        in_series: 1,
        defrost: None,
        has_exchanger_first: false,
    };

    fn run(max_outlet_c: f64, streams: Streams) -> Result<Exchange, Standstill> {
        exchange(&PUMP, Temperature::from_c(max_outlet_c).k(), streams)
    }

    fn streams_c(source_in: f64, source_out: f64, back: f64, supply: f64) -> Streams {
        let k = |c: f64| Temperature::from_c(c).k();
        Streams {
            source_in: k(source_in),
            source_out: k(source_out),
            network_return: k(back),
            network_supply: k(supply),
        }
    }

    #[test]
    fn a_pump_that_reaches_the_supply_temperature_may_make_all_the_heat() {
        let found = run(85.0, streams_c(30.0, 25.0, 45.0, 75.0)).unwrap();
        assert!(found.cop > 1.0 && !found.is_direct);
        assert!((found.reach - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_pump_in_series_makes_the_share_of_the_lift_it_can_reach() {
        let found = run(85.0, streams_c(30.0, 25.0, 45.0, 95.0)).unwrap();
        assert!((found.reach - 0.8).abs() < 1e-12);
    }

    #[test]
    fn a_return_hotter_than_the_outlet_leaves_nothing_to_do() {
        assert_eq!(
            run(40.0, streams_c(30.0, 25.0, 45.0, 95.0)),
            Err(Standstill::ReturnTooHot)
        );
        assert_eq!(
            run(85.0, streams_c(30.0, 25.0, 45.0, 45.0)),
            Err(Standstill::ReturnTooHot)
        );
    }

    #[test]
    fn direct_exchange_reaches_only_the_heat_above_the_return() {
        let found = run(85.0, streams_c(70.0, 40.0, 45.0, 60.0)).unwrap();
        assert!(found.is_direct);
        assert!((found.usable_source - 20.0 / 30.0).abs() < 1e-12);
    }
}
