//! What a heat pump can do in one hour between its source and the network.

use crate::DIRECT_EXCHANGE_COP;
use hukka_model::{HeatPump, HeatPumpModel};
use hukka_physics::heat_pump::{CopOutcome, Model, OperatingPoint, cop};

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

/// How a heat pump runs between given streams; `None` when it cannot.
///
/// The pump heats the return water to `T_out = min(T_supply, T_max)`. When `T_max < T_supply` it
/// stands in series before other units, which give the rest of the lift, so its share of the heat
/// is at most `(T_max − T_return) / (T_supply − T_return)`. Direct exchange is booked with
/// [`DIRECT_EXCHANGE_COP`], so that heat still equals source heat plus electricity.
///
/// # Assumptions  return water mixed before the pump; store heat counts as heat of other units
/// # Valid for    return colder than supply and than the hottest outlet; outside: `None`
/// # Source       COP laws of `hukka-physics::heat_pump`; series share from the energy balance
pub(crate) fn exchange(pump: &HeatPump, streams: Streams) -> Option<Exchange> {
    let sink_in = streams.network_return;
    let hottest = pump.max_outlet_temperature.k();
    let sink_out = streams.network_supply.min(hottest);
    if sink_out <= sink_in {
        return None;
    }
    let reach = ((sink_out - sink_in) / (streams.network_supply - sink_in)).min(1.0);
    let pinch = pump.pinch.kelvin();
    let point = OperatingPoint {
        source_in: streams.source_in,
        source_out: streams.source_out,
        sink_in,
        sink_out,
    };
    match cop(law(pump.model), &point, pump.efficiency.fraction(), pinch) {
        CopOutcome::HeatPump(cop) => Some(Exchange {
            cop,
            usable_source: 1.0,
            reach,
            is_direct: false,
        }),
        CopOutcome::DirectExchange => {
            let span = streams.source_in - streams.source_out;
            let reached = streams.source_in - streams.source_out.max(sink_in + pinch);
            Some(Exchange {
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
        CopOutcome::OutOfRange => None,
    }
}

const fn law(model: HeatPumpModel) -> Model {
    match model {
        HeatPumpModel::JensenAmmonia => Model::JensenAmmonia,
        HeatPumpModel::JensenIsobutane => Model::JensenIsobutane,
        HeatPumpModel::Lorenz => Model::Lorenz,
        HeatPumpModel::Carnot => Model::Carnot,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hukka_units::{
        EnergyPrice, PowerCost, Ratio, Temperature, TemperatureDifference, TimeSpan,
    };

    fn pump(max_outlet_c: f64) -> HeatPump {
        HeatPump {
            id: "north".to_owned(),
            data_centre: 0,
            heat_capacity: None,
            model: HeatPumpModel::Lorenz,
            efficiency: Ratio::from_fraction(0.5),
            pinch: TemperatureDifference::from_kelvin(5.0),
            max_outlet_temperature: Temperature::from_c(max_outlet_c),
            arrangement: hukka_model::PumpArrangement::default(),
            investment: PowerCost::ZERO,
            fixed_upkeep: Ratio::ZERO,
            variable_upkeep: EnergyPrice::ZERO,
            life: TimeSpan::from_a(25.0),
        }
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
        let found = exchange(&pump(85.0), streams_c(30.0, 25.0, 45.0, 75.0)).unwrap();
        assert!(found.cop > 1.0 && !found.is_direct);
        assert!((found.reach - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_pump_in_series_makes_the_share_of_the_lift_it_can_reach() {
        let found = exchange(&pump(85.0), streams_c(30.0, 25.0, 45.0, 95.0)).unwrap();
        assert!((found.reach - 0.8).abs() < 1e-12);
    }

    #[test]
    fn a_return_hotter_than_the_outlet_leaves_nothing_to_do() {
        assert_eq!(
            exchange(&pump(40.0), streams_c(30.0, 25.0, 45.0, 95.0)),
            None
        );
        assert_eq!(
            exchange(&pump(85.0), streams_c(30.0, 25.0, 45.0, 45.0)),
            None
        );
    }

    #[test]
    fn direct_exchange_reaches_only_the_heat_above_the_return() {
        let found = exchange(&pump(85.0), streams_c(70.0, 40.0, 45.0, 60.0)).unwrap();
        assert!(found.is_direct);
        assert!((found.usable_source - 20.0 / 30.0).abs() < 1e-12);
    }
}
