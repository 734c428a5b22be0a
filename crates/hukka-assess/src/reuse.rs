//! What the data centre's heat adds to the worth of the network.
//!
//! Against individual heating a study judges network and heat source at once, so a network that
//! earns well can hide a heat source that loses money. The network with boilers alone is the same
//! network, the same customers and the same boilers, without heat pumps and without the
//! transmission pipe:
//!
//! `gain = NPV − (NPV at fill 0 + present cost of heat pumps and transmission pipe)`
//!
//! Against the existing plant the net present value is that gain already.

use crate::cash_flow::{Scenario, Ventures};
use crate::distance::{planning_markup, transmission_investment, transmission_running};
use crate::sensitivity::flips;
use hukka_model::{BreakEven, Counterfactual};
use hukka_units::{Length, Money};

/// The network with boilers alone.
pub(crate) struct Reuse<'a> {
    ventures: &'a Ventures<'a>,
    /// Present cost of the heat pumps with their planning.
    pub(crate) heat_pumps: Money,
    pipe: Money,
}

impl<'a> Reuse<'a> {
    pub(crate) fn new(ventures: &'a Ventures<'a>) -> Self {
        Self {
            ventures,
            heat_pumps: ventures.present_cost_of(|item| item.group == "heat pump")
                * (1.0 + planning_markup(ventures.inputs)),
            pipe: transmission_investment(ventures),
        }
    }

    /// Net present value of the network with boilers alone under a scenario.
    pub(crate) fn npv_without(&self, scenario: &Scenario) -> Money {
        let alone = Scenario {
            fill: 0.0,
            extra_pipe: Length::ZERO,
            ..*scenario
        };
        let laid = Scenario {
            fill: 1.0,
            delay: 0,
            ..*scenario
        };
        self.ventures.npv(&alone)
            + (self.heat_pumps + self.pipe) * scenario.investment
            + transmission_running(self.ventures, &laid)
    }

    /// The inputs' values at which the verdict on money flips: the nearest at which either the net
    /// present value or the gain of the data centre's heat is zero and the other not negative.
    pub(crate) fn flips(&self, break_evens: &[BreakEven]) -> Vec<BreakEven> {
        match self.ventures.inputs.study.counterfactual {
            Counterfactual::ExistingPlant => break_evens.to_vec(),
            Counterfactual::Individual { .. } => flips(self.ventures, break_evens, |scenario| {
                let npv = self.ventures.npv(scenario);
                npv.min(npv - self.npv_without(scenario))
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sensitivity::ELECTRICITY;
    use crate::testing::Bench;
    use hukka_model::VerdictKind;
    use hukka_units::EnergyPrice;

    #[test]
    fn a_pipe_added_costs_the_gain_and_not_the_network_with_boilers_alone() {
        let bench = Bench::new();
        bench.with_ventures(|ventures| {
            let reuse = Reuse::new(ventures);
            let base = ventures.base();
            let longer = Scenario {
                extra_pipe: Length::from_km(3.0),
                ..base
            };
            let change = reuse.npv_without(&longer) - reuse.npv_without(&base);
            assert!(change.eur().abs() < 1e-6);
            assert!(ventures.npv(&longer) < ventures.npv(&base));
        });
    }

    #[test]
    fn a_whole_run_whose_heat_loses_money_in_a_network_that_earns_is_a_no_go() {
        let mut bench = Bench::new();
        bench.study.prices.heat = EnergyPrice::from_eur_mwh(900.0);
        bench.design.capex[1].amount = Money::from_meur(6.0);
        let assessment = bench.assess();
        assert!(assessment.kpis.npv.eur() > 0.0, "{:?}", assessment.kpis.npv);
        let verdict = assessment.verdict;
        assert_eq!(verdict.kind, VerdictKind::NoGo, "{verdict:#?}");
        let text = format!("{verdict:?}");
        assert!(verdict.headline.starts_with("NO-GO: too dear"), "{text}");
        assert!(text.contains("the network itself is worth"), "{text}");
    }

    #[test]
    fn at_a_flip_either_the_network_or_the_gain_is_worth_nothing() {
        let mut bench = Bench::new();
        bench.study.prices.heat = EnergyPrice::from_eur_mwh(150.0);
        bench.with_ventures(|ventures| {
            let reuse = Reuse::new(ventures);
            let points = crate::sensitivity::break_evens(ventures);
            let flips = reuse.flips(&points);
            let of = |list: &[BreakEven]| {
                let point = list.iter().find(|point| point.name == ELECTRICITY);
                point.map(|point| (point.base, point.at_zero_npv))
            };
            let (base, flip) = of(&flips).unwrap();
            let flip = flip.unwrap();
            let dear = Scenario {
                electricity: flip / base,
                ..ventures.base()
            };
            let gain = ventures.npv(&dear) - reuse.npv_without(&dear);
            assert!(gain.eur().abs() < 1.0, "{gain:?}");
            assert!(of(&points).unwrap().1.is_none_or(|npv| npv > flip));
        });
    }
}
