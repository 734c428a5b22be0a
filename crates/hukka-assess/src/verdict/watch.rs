//! What would flip the verdict, and what it means for the data centre.

use super::Finding;
use super::evidence::Evidence;
use crate::energy::quotient;
use crate::sensitivity::{COP, DISCOUNT_RATE, DISTANCE, FILL, SOURCE_PRICE};
use crate::text::{money, price};
use hukka_model::{BreakEven, Driver};
use hukka_units::grouped;

/// Relative changes beyond this are not called near.
const NEAR: f64 = 1.0;

pub(super) fn watch(evidence: &Evidence, is_go: bool) -> Vec<Finding> {
    let mut out = Vec::new();
    let loss = evidence.delay_cost.eur();
    if is_go && loss > 0.005 * evidence.npv.eur().abs() && loss > 1e3 {
        let text = format!(
            "load ramp: each year of delay costs {}",
            money(evidence.delay_cost)
        );
        out.push(Finding::new(10.0, Driver::Ramp, text));
    }
    out.extend(nearest(evidence, is_go));
    if !is_go && out.is_empty() {
        let text = "no single input flips it within the range searched";
        out.push(Finding::new(5.0, Driver::Cost, text));
    }
    out.extend(data_centre_side(evidence, is_go));
    out
}

/// The break-evens closest to the study's own values, at most two.
fn nearest(evidence: &Evidence, is_go: bool) -> Vec<Finding> {
    let mut points: Vec<(f64, &BreakEven, f64)> = evidence
        .break_evens
        .iter()
        .filter(|point| point.name != SOURCE_PRICE && point.name != DISCOUNT_RATE)
        .filter(|point| !(is_go && point.name == FILL))
        .filter_map(|point| {
            let value = point.at_zero_npv?;
            let change = quotient((value - point.base).abs(), point.base.abs());
            (change > 1e-6 && change <= NEAR).then_some((change, point, value))
        })
        .collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    points
        .into_iter()
        .take(2)
        .map(|(change, point, value)| {
            Finding::new(5.0 - change, driver(&point.name), flip(point, value, is_go))
        })
        .collect()
}

fn driver(name: &str) -> Driver {
    match name {
        DISTANCE => Driver::Distance,
        FILL => Driver::Ramp,
        COP => Driver::Temperature,
        _ => Driver::Cost,
    }
}

/// `a no-go when the investment rises from 24 to 32 M€`
fn flip(point: &BreakEven, value: f64, is_go: bool) -> String {
    let moves = if value > point.base { "rises" } else { "falls" };
    let unit = match point.unit.as_str() {
        "1" => String::new(),
        unit => format!(" {unit}"),
    };
    format!(
        "a {} when the {} {moves} from {} to {}{unit}",
        if is_go { "no-go" } else { "go" },
        point.name.trim_end_matches(", factor"),
        price(point.base),
        price(value)
    )
}

/// Cooling spared and what its heat may cost.
fn data_centre_side(evidence: &Evidence, is_go: bool) -> Option<Finding> {
    if evidence.cooling_saved.si() <= 0.0 {
        return None;
    }
    let most = evidence
        .break_evens
        .iter()
        .find(|point| point.name == SOURCE_PRICE)
        .and_then(|point| point.at_zero_npv)
        .filter(|value| is_go && *value > 0.0)
        .map_or_else(String::new, |value| {
            format!("; its heat may cost up to {} €/MWh", price(value))
        });
    let text = format!(
        "the data centre saves {} MWh of cooling electricity a year, {}{most}",
        grouped(evidence.cooling_saved.mwh(), 0),
        money(evidence.cooling_saved_value)
    );
    Some(Finding::new(1.0, Driver::Cost, text))
}
