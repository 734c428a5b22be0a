//! What speaks for a go, and what limits it.

use super::Finding;
use super::evidence::Evidence;
use crate::energy::quotient;
use crate::text::{apart, hours, kilometres, megawatts, money, percent, plural, price, tonnes};
use hukka_model::Driver;
use hukka_units::grouped;

/// Fill break-evens below this (%) are not worth a condition.
const MEANINGFUL_FILL: f64 = 5.0;
/// Distances below this, km, are none.
const NEXT_TO: f64 = 0.05;
/// Share of boiler hours among the coldest from which they are called the coldest.
const COLDEST: f64 = 0.9;
/// Share of boiler hours with dear electricity from which it is said.
const OFTEN: f64 = 0.1;
/// CO₂ below this, t a year, is not worth a word.
const TRACE_T: f64 = 0.5;

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
    match apart(evidence.lcoh, evidence.heat_cost_counterfactual) {
        Some([own, other]) => format!("{lead} {own} €/MWh against {other} €/MWh"),
        None => format!("{lead} {} €/MWh, as without it", price(evidence.lcoh)),
    }
}

pub(super) fn heat_and_place(evidence: &Evidence) -> String {
    let place = if evidence.distance >= NEXT_TO {
        format!("{} from the town", kilometres(evidence.distance))
    } else {
        "right beside the network".to_owned()
    };
    format!(
        "{} °C heat {place}; {} of heat demand covered",
        grouped(evidence.source_temperature, 0),
        percent(evidence.share_covered)
    )
}

/// CO₂ saved, unless it is a trace.
pub(super) fn carbon(evidence: &Evidence) -> Option<String> {
    if evidence.carbon_saved.t() < TRACE_T {
        return None;
    }
    let share = quotient(
        evidence.carbon_saved.kg(),
        evidence.carbon_counterfactual.kg(),
    );
    let tonnes = tonnes(evidence.carbon_saved.t());
    Some(if share > 0.0 {
        format!("{tonnes} of CO₂ saved a year, {}", percent(share))
    } else {
        format!("{tonnes} of CO₂ saved a year")
    })
}

pub(super) fn reasons(evidence: &Evidence) -> Vec<Finding> {
    let payback = match evidence.payback_years.map(f64::round) {
        None | Some(..1.0) => String::new(),
        Some(years) => format!("; paid back in {}", plural(years, "year")),
    };
    let cost = format!("{}{payback}", against(evidence, "heat costs"));
    let gain = quotient(evidence.npv.eur(), evidence.investment.eur()).clamp(0.0, 1.0);
    let saved = quotient(
        evidence.carbon_saved.kg(),
        evidence.carbon_counterfactual.kg(),
    );
    let mut out = vec![
        Finding::new(
            1.0 + evidence.share_covered,
            Driver::Heat,
            heat_and_place(evidence),
        ),
        Finding::new(1.0 + gain, Driver::Cost, cost),
    ];
    out.extend(
        carbon(evidence).map(|text| Finding::new(saved.clamp(0.0, 1.0), Driver::Carbon, text)),
    );
    out
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
    out.extend(residual(evidence));
    let taken = quotient(evidence.transmission_per_mwh, evidence.worth);
    if taken > 0.3 {
        let text = pipe_share(evidence);
        out.push(Finding::new(taken, Driver::Distance, text));
    }
    if !evidence.is_incremental && evidence.heat_price > evidence.heat_cost_counterfactual {
        let texts = apart(evidence.heat_price, evidence.heat_cost_counterfactual);
        out.extend(texts.map(|[pay, own]| {
            let text =
                format!("customers would pay {pay} €/MWh, heat of their own costs them {own}");
            Finding::new(1.5, Driver::Cost, text)
        }));
    }
    out.extend(boilers_alone(evidence));
    if evidence.mean_cop > 0.0 && evidence.mean_cop < 3.0 {
        out.push(Finding::new(0.7, Driver::Temperature, lift(evidence)));
    }
    out
}

/// `2.0 km of pipe takes 14 of the 40 €/MWh the heat is worth`
pub(super) fn pipe_share(evidence: &Evidence) -> String {
    format!(
        "{} of pipe takes {} of the {} €/MWh the heat is worth",
        kilometres(evidence.pipe_length),
        price(evidence.transmission_per_mwh),
        price(evidence.worth)
    )
}

/// Whether it pays only by what is left after the last year.
fn residual(evidence: &Evidence) -> Option<Finding> {
    let without = evidence.npv - evidence.npv_residual;
    (without.eur() <= -1.0).then(|| {
        let text = format!(
            "without the value left in pipes and machines after year {} the NPV is {}",
            evidence.horizon_years,
            money(without)
        );
        Finding::new(1.8, Driver::Cost, text)
    })
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
    (adds.eur() >= 1.0).then(|| {
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
    let hours = hours(f64::from(evidence.boiler_hours));
    let power = megawatts(evidence.boiler_peak.mw());
    let text = if evidence.boiler_hours == 1 {
        format!("in one hour boilers give {power}")
    } else if evidence.boiler_cold_share >= COLDEST && 2 * evidence.boiler_hours <= evidence.hours {
        format!("the coldest {hours} need {power} of other heat")
    } else if evidence.boiler_dear_share >= OFTEN {
        format!(
            "in {hours} boilers give up to {power}, in some of them because electricity is dear"
        )
    } else {
        format!("in {hours} boilers give up to {power}")
    };
    Some(Finding::new(1.0, Driver::Peak, text))
}

fn hot_hours(evidence: &Evidence) -> Option<Finding> {
    let share = quotient(f64::from(evidence.hot_hours), f64::from(evidence.hours));
    (evidence.hot_hours > 0).then(|| {
        let text = format!(
            "in {} the network is hotter than the {} °C the heat pump makes; boilers top up",
            hours(f64::from(evidence.hot_hours)),
            grouped(evidence.max_outlet, 0)
        );
        Finding::new(0.2 + share, Driver::Temperature, text)
    })
}
