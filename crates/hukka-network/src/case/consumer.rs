//! What a consumer does with the water it gets. SI.

use super::fluid_law::FluidLaw;
use super::values::ConsumerValues;
use hukka_model::network_case::ConsumerMode;
use hukka_physics::heat_exchanger::cold_end_difference;

/// No consumer cools its water below this.
const COLDEST_K: f64 = 273.15;

/// A consumer in one row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Consumer<'a> {
    pub(super) mode: ConsumerMode,
    pub(super) values: &'a ConsumerValues,
    pub(super) least_flow: f64,
    pub(super) least_cooling: f64,
    pub(super) fluid: &'a FluidLaw,
}

/// What a consumer makes of water of one temperature.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Wish {
    /// Flow that would give the heat, kg/s.
    pub(super) flow: f64,
    /// Water given back by that flow, K.
    pub(super) outlet: f64,
    /// The water is too cold for the heat wanted.
    pub(super) is_short: bool,
    /// The flow depends on the temperature of the water.
    pub(super) is_free: bool,
}

impl Consumer<'_> {
    /// Flow and outlet that match water arriving at `inlet`, before any least flow.
    pub(super) fn wish(&self, inlet: f64) -> Wish {
        let v = self.values;
        match self.mode {
            ConsumerMode::HeatFlow => Wish {
                flow: v.flow,
                outlet: self.after_heat(inlet, v.flow),
                is_short: self.would_freeze(inlet, v.flow),
                is_free: false,
            },
            ConsumerMode::FlowCooling => Wish {
                flow: v.flow,
                outlet: inlet - v.cooling,
                is_short: false,
                is_free: false,
            },
            ConsumerMode::ReturnFlow => Wish {
                flow: v.flow,
                outlet: v.return_temperature,
                is_short: false,
                is_free: false,
            },
            ConsumerMode::HeatCooling => self.by_heat(inlet, inlet - v.cooling),
            ConsumerMode::HeatReturn => self.by_heat(inlet, v.return_temperature),
            ConsumerMode::Substation {
                secondary_supply,
                secondary_return,
                conductance_w_k,
            } => {
                let outlet =
                    cold_end_difference(inlet - secondary_supply.si(), v.heat / conductance_w_k)
                        .map(|cold_end| secondary_return.si() + cold_end);
                // too cold at the hot end, or the exchanger too small: the least cooling is taken
                self.by_heat(inlet, outlet.unwrap_or(inlet))
            }
        }
    }

    /// Flow that gives the heat between two temperatures, cooled by the least cooling or more.
    fn by_heat(&self, inlet: f64, outlet: f64) -> Wish {
        let heat = self.values.heat;
        let direction = if heat < 0.0 { -1.0 } else { 1.0 };
        let cooling = direction * (inlet - outlet);
        let is_short = heat.abs() > 0.0 && cooling < self.least_cooling;
        let per_kilogram = if is_short {
            self.fluid.specific_heat(inlet) * self.least_cooling
        } else {
            direction * self.fluid.heat_between(inlet, outlet)
        };
        let flow = if heat.abs() > 0.0 {
            heat.abs() / per_kilogram
        } else {
            0.0
        };
        Wish {
            flow,
            outlet: if cooling > 0.0 { outlet } else { inlet },
            is_short,
            is_free: true,
        }
    }

    /// Outlet of a flow that gives the whole heat; no consumer cools water below 0 °C.
    fn after_heat(&self, inlet: f64, flow: f64) -> f64 {
        if flow.abs() <= super::flow_order::STILL {
            return inlet;
        }
        if self.would_freeze(inlet, flow) {
            return COLDEST_K.min(inlet);
        }
        self.fluid.cooled_by(inlet, self.values.heat / flow)
    }

    fn would_freeze(&self, inlet: f64, flow: f64) -> bool {
        self.values.heat > flow.abs() * self.fluid.heat_between(inlet, COLDEST_K)
    }

    /// Outlet when `flow` goes through, whatever the wish: a least flow is mixed in.
    pub(super) fn outlet(&self, inlet: f64, flow: f64) -> f64 {
        if flow.abs() <= super::flow_order::STILL {
            return inlet;
        }
        let wish = self.wish(inlet);
        if wish.is_free && self.is_by_balance(wish, flow) {
            return self.after_heat(inlet, flow);
        }
        match self.mode {
            ConsumerMode::HeatFlow => self.after_heat(inlet, flow),
            _ => wish.outlet,
        }
    }

    /// More flows than the heat needs: the rest goes through the bypass.
    fn is_by_balance(&self, wish: Wish, flow: f64) -> bool {
        !wish.is_short && wish.flow < self.least_flow && flow <= self.least_flow * (1.0 + 1e-12)
    }

    /// Change of flow wanted at this inlet, and how it answers to a warmer inlet: Newton for
    /// `q = m Δh`, `Δm = (q − m Δh)/Δh − m c_p/Δh · ΔT`.
    ///
    /// Where the water is colder than the return, `Δh` is taken as a small positive number: the
    /// answer then says that warmer water, not more heat per kilogram, is what helps.
    pub(super) fn answer(&self, inlet: f64, flow: f64) -> (f64, f64) {
        let wish = self.wish(inlet);
        if !wish.is_free || wish.flow <= 0.0 || flow <= super::flow_order::STILL {
            return (at_least(wish.flow, self.least_flow) - flow, 0.0);
        }
        if self.is_by_balance(wish, flow) {
            return (0.0, 0.0);
        }
        if wish.is_short && flow >= wish.flow * (1.0 - 1e-9) {
            // as much as it may take: others must not wait for more
            return (wish.flow - flow, 0.0);
        }
        let capacity = self.fluid.specific_heat(inlet);
        let heat = self.values.heat;
        if self.mode != ConsumerMode::HeatReturn || heat < 0.0 {
            return (wish.flow - flow, 0.0);
        }
        let given = self
            .fluid
            .heat_between(inlet, self.values.return_temperature);
        let per_kilogram = given.max(self.least_cooling * capacity);
        (
            (heat - flow * given) / per_kilogram,
            -flow * capacity / per_kilogram,
        )
    }

    /// Next flow, with the change of the inlet that comes with it; never more than fourfold.
    pub(super) fn next_flow(&self, inlet: f64, flow: f64, warming: f64) -> f64 {
        let (constant, by_warming) = self.answer(inlet, flow);
        let next = flow + constant + by_warming * warming;
        let wish = self.wish(inlet);
        if !wish.is_free || flow <= super::flow_order::STILL {
            return at_least(next, self.least_flow);
        }
        let most = if wish.is_short {
            wish.flow.max(flow)
        } else {
            f64::INFINITY
        };
        next.clamp(0.25 * flow, 4.0 * flow)
            .min(most)
            .max(self.least_flow)
    }
}

/// A flow not below the least one; a flow that is given backwards stays.
pub(super) fn at_least(flow: f64, least: f64) -> f64 {
    if flow < 0.0 { flow } else { flow.max(least) }
}

#[cfg(test)]
mod tests {
    use super::super::fluid_law::HeatCounting;
    use super::*;
    use hukka_model::network_case::CaseFluid;
    use hukka_units::Temperature;
    use proptest::prelude::*;

    fn water() -> FluidLaw {
        FluidLaw::new(&CaseFluid::Water, HeatCounting::MeanCapacity).expect("water")
    }

    fn consumer<'a>(
        mode: ConsumerMode,
        values: &'a ConsumerValues,
        fluid: &'a FluidLaw,
    ) -> Consumer<'a> {
        Consumer {
            mode,
            values,
            least_flow: 0.0,
            least_cooling: 1.0,
            fluid,
        }
    }

    proptest! {
        #[test]
        fn every_mode_gives_its_heat(heat in 1e3..1e6_f64, inlet in 335.0..380.0_f64) {
            let fluid = water();
            let values = ConsumerValues {
                heat,
                flow: heat / 4200.0 / 25.0,
                return_temperature: 310.0,
                cooling: 20.0,
            };
            let exchanger = ConsumerMode::Substation {
                secondary_supply: Temperature::from_c(55.0),
                secondary_return: Temperature::from_c(35.0),
                conductance_w_k: heat / 5.0,
            };
            for mode in [ConsumerMode::HeatReturn, ConsumerMode::HeatCooling, ConsumerMode::HeatFlow, exchanger] {
                let consumer = consumer(mode, &values, &fluid);
                let wish = consumer.wish(inlet);
                let given = wish.flow * fluid.heat_between(inlet, wish.outlet);
                prop_assert!((given / heat - 1.0).abs() < 1e-9, "{mode:?} {given}");
            }
        }

        #[test]
        fn an_exchanger_meets_its_transfer_law(heat in 1e4..1e5_f64, inlet in 331.0..370.0_f64) {
            let fluid = water();
            let values = ConsumerValues { heat, ..ConsumerValues::default() };
            let ua = heat / 4.0;
            let mode = ConsumerMode::Substation {
                secondary_supply: Temperature::from_si(330.0),
                secondary_return: Temperature::from_si(305.0),
                conductance_w_k: ua,
            };
            let wish = consumer(mode, &values, &fluid).wish(inlet);
            let (hot, cold) = (inlet - 330.0, wish.outlet - 305.0);
            prop_assume!((hot / cold - 1.0).abs() > 1e-6);
            let mean = (hot - cold) / (hot / cold).ln();
            prop_assert!((ua * mean / heat - 1.0).abs() < 1e-8);
        }

        #[test]
        fn a_least_flow_mixes_the_rest_in(heat in 0.0..1e4_f64) {
            let fluid = water();
            let values = ConsumerValues { heat, return_temperature: 310.0, ..ConsumerValues::default() };
            let consumer = Consumer { least_flow: 0.1, ..consumer(ConsumerMode::HeatReturn, &values, &fluid) };
            let outlet = consumer.outlet(350.0, 0.1);
            prop_assert!((0.1 * fluid.heat_between(350.0, outlet) - heat).abs() < 1e-6);
        }
    }

    #[test]
    fn water_too_cold_is_a_shortfall_not_a_flood() {
        let fluid = water();
        let values = ConsumerValues {
            heat: 1e5,
            return_temperature: 330.0,
            ..ConsumerValues::default()
        };
        let wish = consumer(ConsumerMode::HeatReturn, &values, &fluid).wish(320.0);
        assert!(wish.is_short && wish.flow < 1e5 / 4100.0 && wish.outlet <= 320.0);
    }
}
