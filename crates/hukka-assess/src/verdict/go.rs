//! What speaks for a go, and what limits it.

use super::Finding;
use super::evidence::Evidence;
use crate::energy::quotient;
use crate::text::{kilometres, megawatts, money, percent, price};
use hukka_model::Driver;
use hukka_units::grouped;

/// Fill break-evens below this (%) are not worth a condition.
const MEANINGFUL_FILL: f64 = 5.0;

/// `GO, if …` when the fill decides, else the price.
pub(super) fn headline(evidence: &Evidence) -> String {
    let condition = evidence
        .fill_break_even
        .filter(|fill| *fill >= MEANINGFUL_FILL && *fill <= evidence.fill_reached);
    match condition {
        Some(fill) => {
            let year = if evidence.ramp_years > 1 {
                format!(" by year {}", evidence.ramp_years)
            } else {
                String::new()
            };
            format!(
                "GO, if the data centre fills to at least {} %{year}",
                grouped(fill.ceil(), 0)
            )
        }
        None => format!("GO: {}", against(evidence, "heat at")),
    }
}

/// `heat at 58 €/MWh against 84 €/MWh`
fn against(evidence: &Evidence, lead: &str) -> String {
    format!(
        "{lead} {} €/MWh against {} €/MWh",
        price(evidence.lcoh),
        price(evidence.heat_cost_counterfactual)
    )
}

pub(super) fn heat_and_place(evidence: &Evidence) -> String {
    let place = if evidence.distance >= 0.05 {
        format!("{} from the town", kilometres(evidence.distance))
    } else {
        "at the town".to_owned()
    };
    format!(
        "{} °C heat {place}; {} of heat demand covered",
        grouped(evidence.source_temperature, 0),
        percent(evidence.share_covered)
    )
}

pub(super) fn carbon(evidence: &Evidence) -> String {
    let share = quotient(
        evidence.carbon_saved.kg(),
        evidence.carbon_counterfactual.kg(),
    );
    let tonnes = price(evidence.carbon_saved.t());
    if share > 0.0 {
        format!("{tonnes} t of CO2 saved a year, {}", percent(share))
    } else {
        format!("{tonnes} t of CO2 saved a year")
    }
}

pub(super) fn reasons(evidence: &Evidence) -> Vec<Finding> {
    let payback = match evidence.payback_years.map(f64::round) {
        None | Some(..1.0) => String::new(),
        Some(..2.0) => "; paid back in a year".to_owned(),
        Some(years) => format!("; paid back in {} years", grouped(years, 0)),
    };
    let cost = format!("{}{payback}", against(evidence, "heat costs"));
    let gain = quotient(evidence.npv.eur(), evidence.investment.eur()).clamp(0.0, 1.0);
    let saved = quotient(
        evidence.carbon_saved.kg(),
        evidence.carbon_counterfactual.kg(),
    );
    vec![
        Finding::new(
            1.0 + evidence.share_covered,
            Driver::Heat,
            heat_and_place(evidence),
        ),
        Finding::new(1.0 + gain, Driver::Cost, cost),
        Finding::new(saved.clamp(0.0, 1.0), Driver::Carbon, carbon(evidence)),
    ]
}

pub(super) fn cautions(evidence: &Evidence) -> Vec<Finding> {
    let mut out = Vec::new();
    out.extend(peak(evidence));
    out.extend(hot_hours(evidence));
    if evidence.use_share < 0.7 {
        let text = format!(
            "{} of the data centre's heat finds no use",
            percent(1.0 - evidence.use_share)
        );
        out.push(Finding::new(
            0.8 * (1.0 - evidence.use_share),
            Driver::Heat,
            text,
        ));
    }
    let taken = quotient(evidence.transmission_per_mwh, evidence.worth);
    if taken > 0.3 {
        let text = format!(
            "{} of pipe takes {} of the {} €/MWh the heat is worth",
            kilometres(evidence.distance),
            price(evidence.transmission_per_mwh),
            price(evidence.worth)
        );
        out.push(Finding::new(taken, Driver::Distance, text));
    }
    if !evidence.is_incremental && evidence.heat_price > evidence.heat_cost_counterfactual {
        let text = format!(
            "customers would pay {} €/MWh, heat of their own costs them {}",
            price(evidence.heat_price),
            price(evidence.heat_cost_counterfactual)
        );
        out.push(Finding::new(1.5, Driver::Cost, text));
    }
    out.extend(boilers_alone(evidence));
    if evidence.mean_cop > 0.0 && evidence.mean_cop < 3.0 {
        out.push(Finding::new(0.7, Driver::Temperature, lift(evidence)));
    }
    out
}

/// `lifting 33 °C heat by 42 K gives a COP of only 2.1`
pub(super) fn lift(evidence: &Evidence) -> String {
    format!(
        "lifting {} °C heat by {} K gives a COP of only {}",
        grouped(evidence.source_temperature, 0),
        grouped(evidence.lift, 0),
        grouped(evidence.mean_cop, 1)
    )
}

/// Whether the data centre is what makes the network pay.
fn boilers_alone(evidence: &Evidence) -> Option<Finding> {
    if evidence.is_incremental || evidence.npv_without.eur() < 0.0 {
        return None;
    }
    let adds = evidence.npv - evidence.npv_without;
    Some(if adds.eur() < 0.0 {
        let text = format!(
            "with boilers alone the network would earn {} more over its years",
            money(evidence.npv_without - evidence.npv)
        );
        Finding::new(2.0, Driver::Cost, text)
    } else {
        let text = format!(
            "the network would pay with boilers alone too; the data centre adds {}",
            money(adds)
        );
        Finding::new(0.9, Driver::Cost, text)
    })
}

fn peak(evidence: &Evidence) -> Option<Finding> {
    if evidence.boiler_hours == 0 {
        return None;
    }
    let hours = grouped(f64::from(evidence.boiler_hours), 0);
    let power = megawatts(evidence.boiler_peak.mw());
    let text = if evidence.boiler_cold_share >= 0.7 {
        format!("the coldest {hours} hours need {power} of other heat")
    } else {
        format!("in {hours} hours up to {power} of heat comes from boilers")
    };
    Some(Finding::new(1.0, Driver::Peak, text))
}

fn hot_hours(evidence: &Evidence) -> Option<Finding> {
    let share = quotient(f64::from(evidence.hot_hours), f64::from(evidence.hours));
    (evidence.hot_hours > 0).then(|| {
        let text = format!(
            "in {} hours the network is hotter than the {} °C the heat pump makes; boilers top up",
            grouped(f64::from(evidence.hot_hours), 0),
            grouped(evidence.max_outlet, 0)
        );
        Finding::new(0.2 + share, Driver::Temperature, text)
    })
}
