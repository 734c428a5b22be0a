//! What may go wrong, what it would cost, what helps. Costs come from the study's own years priced
//! again, as its break-evens do; likelihoods are judgements and say so.

use crate::cash_flow::{Scenario, Ventures};
use hukka_model::{Counterfactual, Likelihood, Party, Risk};
use hukka_units::{Money, grouped};

/// Operating year in which the data centre leaves.
const LEAVES: u32 = 5;
/// Finnish duty of class I above that of class II, €/MWh.
const CLASS_STEP_EUR_MWH: f64 = 21.9;

/// One event as a change of the study.
struct Event {
    key: &'static str,
    what: String,
    likelihood: Likelihood,
    scenario: Scenario,
    basis: &'static str,
    answer: &'static str,
    owner: Party,
}

const PRICED_AGAIN: &str = "the study's years priced again, operation unchanged";
const CUT_BACK: &str = "fill read from the simulated levels, boilers make the rest";

/// The register, dearest first; events the study cannot price come last.
pub(crate) fn register(ventures: &Ventures<'_>) -> Vec<Risk> {
    let base = ventures.base();
    let npv = ventures.npv(&base);
    let mut risks: Vec<Risk> = events(ventures, base)
        .into_iter()
        .map(|event| Risk {
            key: event.key.to_owned(),
            npv_change: Some(ventures.npv(&event.scenario) - npv),
            event: event.what,
            likelihood: event.likelihood,
            basis: event.basis.to_owned(),
            answer: event.answer.to_owned(),
            owner: event.owner,
        })
        .collect();
    risks.extend(tax(ventures));
    risks.sort_by(|a, b| {
        let change = |risk: &Risk| risk.npv_change.map_or(0.0, Money::eur);
        change(a).total_cmp(&change(b)).then(a.key.cmp(&b.key))
    });
    risks.extend(unpriced());
    risks
}

fn events(ventures: &Ventures<'_>, base: Scenario) -> Vec<Event> {
    let mut out = about_data_centre(ventures, base);
    out.extend(about_prices(ventures, base));
    out.extend(about_building(base));
    out
}

fn about_data_centre(ventures: &Ventures<'_>, base: Scenario) -> Vec<Event> {
    let horizon = ventures.inputs.study.money.horizon_years;
    let mut out = vec![
        Event {
            key: "late_fill",
            what: "the data centre fills two years late".to_owned(),
            likelihood: Likelihood::High,
            scenario: Scenario { delay: 2, ..base },
            basis: CUT_BACK,
            answer: "order the heat pump in stages; a minimum volume from the first day on",
            owner: Party::DataCentre,
        },
        Event {
            key: "half_load",
            what: "the data centre never fills beyond half of what is planned".to_owned(),
            likelihood: Likelihood::Medium,
            scenario: Scenario { fill: 0.5, ..base },
            basis: CUT_BACK,
            answer: "take-or-pay; size the heat pump for the load that is contracted",
            owner: Party::DataCentre,
        },
    ];
    if horizon > LEAVES {
        out.push(Event {
            key: "leaves",
            what: format!("the data centre leaves at the start of year {LEAVES}"),
            likelihood: Likelihood::Low,
            scenario: Scenario {
                served: Some(LEAVES - 1),
                ..base
            },
            basis: CUT_BACK,
            answer: "exit payment for the investment not yet earned back; boilers stay ready",
            owner: Party::DataCentre,
        });
    }
    out
}

fn about_prices(ventures: &Ventures<'_>, base: Scenario) -> Vec<Event> {
    let is_individual = matches!(
        ventures.inputs.study.counterfactual,
        Counterfactual::Individual { .. }
    );
    let mut out = vec![
        Event {
            key: "dear_electricity",
            what: "day-ahead electricity costs half as much again".to_owned(),
            likelihood: Likelihood::Medium,
            scenario: Scenario {
                electricity: 1.5,
                ..base
            },
            basis: PRICED_AGAIN,
            answer: "long-term power contract; another heat source for dear hours; a store",
            owner: Party::HeatCompany,
        },
        Event {
            key: "cheap_fuel",
            what: "fuel costs 30 % less, so the alternative is cheaper".to_owned(),
            likelihood: Likelihood::Medium,
            scenario: Scenario { fuel: 0.7, ..base },
            basis: PRICED_AGAIN,
            answer: "index the price of the data centre's heat to the heat it replaces",
            owner: Party::HeatCompany,
        },
        Event {
            key: "cheap_carbon",
            what: "the carbon price halves".to_owned(),
            likelihood: Likelihood::Medium,
            scenario: Scenario {
                carbon: 0.5,
                ..base
            },
            basis: PRICED_AGAIN,
            answer: "do not rest the case on it; share the loss in the price formula",
            owner: Party::HeatCompany,
        },
    ];
    if is_individual {
        out.push(Event {
            key: "cheap_heat",
            what: "customers pay 10 % less for heat".to_owned(),
            likelihood: Likelihood::Medium,
            scenario: Scenario { heat: 0.9, ..base },
            basis: PRICED_AGAIN,
            answer: "connection contracts before the first trench",
            owner: Party::Customers,
        });
    }
    out
}

fn about_building(base: Scenario) -> Vec<Event> {
    vec![
        Event {
            key: "dear_building",
            what: "the investment is 30 % higher".to_owned(),
            likelihood: Likelihood::High,
            scenario: Scenario {
                investment: 1.3,
                ..base
            },
            basis: "all items and their upkeep alike",
            answer: "fixed-price bids before the decision; contingency in the budget",
            owner: Party::HeatCompany,
        },
        Event {
            key: "poor_cop",
            what: "the heat pump's COP is 15 % lower than reckoned".to_owned(),
            likelihood: Likelihood::Medium,
            scenario: Scenario { cop: 0.85, ..base },
            basis: "heat made unchanged, electricity and heat taken follow",
            answer: "guaranteed COP at the yearly temperatures, measured for a year",
            owner: Party::Contractors,
        },
        Event {
            key: "dear_money",
            what: "interest is two points higher".to_owned(),
            likelihood: Likelihood::Medium,
            scenario: Scenario {
                discount_rate: base.discount_rate + 0.02,
                ..base
            },
            basis: "the same flows at another rate",
            answer: "loan with a fixed rate; municipal guarantee",
            owner: Party::HeatCompany,
        },
    ]
}

/// Large heat pumps fall out of the lower class of the Finnish duty, as data centres did.
fn tax(ventures: &Ventures<'_>) -> Option<Risk> {
    let study = ventures.inputs.study;
    if study.place.country != "FI" || study.prices.electricity_tax.eur_mwh() > 1.0 {
        return None;
    }
    let base = ventures.base();
    let mwh = ventures.present(&base, |book, _| book.electricity().mwh());
    Some(Risk {
        key: "electricity_tax".to_owned(),
        event: format!(
            "heat pumps leave the lower class of the electricity duty: {} €/MWh more",
            grouped(CLASS_STEP_EUR_MWH, 1)
        ),
        likelihood: Likelihood::Low,
        npv_change: Some(Money::from_eur(-mwh * CLASS_STEP_EUR_MWH)),
        basis: "all electricity of the case at the higher duty, operation unchanged".to_owned(),
        answer: "a clause that passes taxes on".to_owned(),
        owner: Party::State,
    })
}

/// What this study has no price for.
fn unpriced() -> Vec<Risk> {
    [
        (
            "trips",
            "the data centre trips on the coldest day",
            Likelihood::Medium,
            "reserve boilers for the whole load; `hukka uncertainty` says who covers that day",
            Party::HeatCompany,
        ),
        (
            "warm_return",
            "substations return water warmer than agreed, so that the heat pump lifts further",
            Likelihood::High,
            "return temperature in the connection contract; survey of the worst substations",
            Party::Customers,
        ),
        (
            "permits",
            "permits and the crossing of roads or water delay the pipe",
            Likelihood::Medium,
            "ask for the route before the decision; long-stop date in the contract",
            Party::HeatCompany,
        ),
        (
            "cooling_redundancy",
            "taking heat disturbs the data centre's cooling",
            Likelihood::Low,
            "exchanger between the loops; the data centre's own cooling stays complete",
            Party::DataCentre,
        ),
    ]
    .into_iter()
    .map(|(key, event, likelihood, answer, owner)| Risk {
        key: key.to_owned(),
        event: event.to_owned(),
        likelihood,
        npv_change: None,
        basis: "not reckoned here".to_owned(),
        answer: answer.to_owned(),
        owner,
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::Bench;
    use hukka_units::Money;

    #[test]
    fn risks_come_dearest_first_and_the_unpriced_last() {
        let risks = Bench::new().assess().risks;
        let priced: Vec<f64> = risks
            .iter()
            .filter_map(|risk| risk.npv_change.map(Money::eur))
            .collect();
        assert!(priced.windows(2).all(|pair| pair[0] <= pair[1]));
        let first_unpriced = risks.iter().position(|risk| risk.npv_change.is_none());
        assert_eq!(first_unpriced, Some(priced.len()));
        assert!(priced.iter().any(|change| *change < 0.0));
    }

    #[test]
    fn leaving_costs_more_than_being_late() {
        let risks = Bench::against_existing_plant().assess().risks;
        let change = |key: &str| {
            let risk = risks.iter().find(|risk| risk.key == key).unwrap();
            risk.npv_change.unwrap().eur()
        };
        assert!(change("leaves") < change("late_fill"));
        assert!(change("late_fill") < 0.0 && change("half_load") < 0.0);
    }

    #[test]
    fn the_duty_of_heat_pumps_is_a_risk_in_finland_alone() {
        let has = |country: &str, tax: f64| {
            let mut bench = Bench::new();
            bench.study.place.country = country.to_owned();
            bench.study.prices.electricity_tax = hukka_units::EnergyPrice::from_eur_mwh(tax);
            let risks = bench.assess().risks;
            risks.iter().any(|risk| risk.key == "electricity_tax")
        };
        assert!(has("FI", 0.5) && !has("FI", 22.4) && !has("SE", 0.5));
    }
}
