//! What would flip the verdict, and what it means for the data centre.

use super::Finding;
use super::evidence::Evidence;
use crate::energy::quotient;
use crate::inputs::Options;
use crate::sensitivity::{COP, DISCOUNT_RATE, DISTANCE, FILL, SOURCE_PRICE};
use crate::text::{apart, at_most, money, percent, price};
use hukka_model::{BreakEven, Driver};
use hukka_units::{Money, grouped};

/// Relative changes beyond these are not called near: twice as much, or half.
const NEAR_RISE: f64 = 1.0;
const NEAR_FALL: f64 = 0.5;

/// Cooling electricity below this, MWh a year, is not worth a word.
const TRACE_MWH: f64 = 5.0;

/// Relative changes below this are none.
const SAME: f64 = 0.005;

/// Order: the delay, the nearest break-even, the data centre's own side, the next break-even.
const DELAY: f64 = 4.0;
const FIRST: f64 = 3.0;
const DATA_CENTRE_SIDE: f64 = 2.0;
const SECOND: f64 = 1.0;

/// What could turn a go.
pub(super) fn of_go(evidence: &Evidence) -> Vec<Finding> {
    let mut out = Vec::new();
    let loss = evidence.delay_cost.eur();
    if loss > 0.005 * evidence.npv.eur().abs() && loss > 1e3 {
        let text = format!(
            "load ramp: each year of delay costs {}",
            money(evidence.delay_cost)
        );
        out.push(Finding::new(DELAY, Driver::Ramp, text));
    }
    out.extend(nearest(evidence, true, false));
    out.extend(data_centre_side(evidence, true));
    out
}

/// What could turn a no-go: more heat, cleaner electricity, or money.
pub(super) fn of_no_go(evidence: &Evidence, options: &Options, is_far: bool) -> Vec<Finding> {
    let asked = options.min_share_covered.fraction();
    let is_small = evidence.share_covered < asked || evidence.share_covered <= 0.0;
    let is_dirty = evidence.carbon_saved.kg() <= 0.0;
    let mut out = Vec::new();
    if is_small {
        out.extend(larger(evidence, asked));
    }
    if is_dirty {
        out.extend(cleaner(evidence));
    }
    if !is_small && !is_dirty {
        out.extend(nearest(evidence, false, is_far));
    }
    if out.is_empty() {
        // Of heat that is not taken the search, which keeps the hours of operation, knows nothing.
        let text = if is_small {
            "what would make the heat worth taking is not searched: hours of operation are kept; \
             try a variant"
        } else if is_dirty {
            "cleaner electricity alone does not make it save CO₂"
        } else {
            "no single input flips it within the range searched"
        };
        out.push(Finding::new(FIRST, Driver::Cost, text));
    }
    out.extend(data_centre_side(evidence, false));
    out
}

/// How much larger the data centre would have to be.
fn larger(evidence: &Evidence, asked: f64) -> Option<Finding> {
    let factor = quotient(asked, evidence.share_covered);
    (factor > 1.0 && evidence.use_share > 0.5).then(|| {
        let text = format!(
            "{} of heat demand takes a data centre {} times as large",
            percent(asked),
            price(factor)
        );
        Finding::new(FIRST, Driver::Heat, text)
    })
}

/// How much cleaner electricity would have to be.
fn cleaner(evidence: &Evidence) -> Option<Finding> {
    let share = quotient(
        -evidence.carbon_saved.kg(),
        evidence.electricity_carbon.kg(),
    );
    (share > 0.0 && share < 0.99).then(|| {
        let text = format!(
            "it saves CO₂ when electricity emits {} less CO₂",
            percent(share)
        );
        Finding::new(FIRST, Driver::Carbon, text)
    })
}

/// The break-evens closest to the study's own values, at most two; the distance first when it is
/// what decides.
fn nearest(evidence: &Evidence, is_go: bool, is_far: bool) -> Vec<Finding> {
    let mut points: Vec<(f64, &BreakEven, String)> = evidence
        .break_evens
        .iter()
        .filter(|point| point.name != SOURCE_PRICE && point.name != DISCOUNT_RATE)
        .filter(|point| !(is_go && point.name == FILL))
        .filter_map(|point| {
            let value = point.at_zero_npv?;
            let change = quotient(value - point.base, point.base.abs());
            let is_near = change.abs() > SAME
                && ((-NEAR_FALL..=NEAR_RISE).contains(&change) || point.name == DISTANCE);
            let text = is_near.then(|| flip(point, value, is_go))??;
            let is_first = is_far && point.name == DISTANCE;
            Some((if is_first { 0.0 } else { change.abs() }, point, text))
        })
        .collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    points
        .into_iter()
        .zip([FIRST, SECOND])
        .map(|((_, point, text), strength)| Finding::new(strength, driver(&point.name), text))
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

/// `a no-go when the investment rises from 24 to 32 M€`; `None` when the two look the same.
fn flip(point: &BreakEven, value: f64, is_go: bool) -> Option<String> {
    let moves = if value > point.base { "rises" } else { "falls" };
    let verdict = if is_go { "no-go" } else { "go" };
    let name = point.name.trim_end_matches(", factor");
    if point.name == DISTANCE {
        let place = if is_go { "beyond" } else { "within" };
        let own = if is_go { point.base } else { 0.0 };
        return at_most(value, own).map(|km| format!("a {verdict} {place} {km} of the town"));
    }
    let (values, unit) = match point.unit.as_str() {
        "×" => {
            let change = percent(quotient((value - point.base).abs(), point.base.abs()));
            return Some(format!("a {verdict} when the {name} {moves} by {change}"));
        }
        "1" => ([point.base, value], String::new()),
        "M€" if point.base.max(value) < 0.995 => {
            ([1e3 * point.base, 1e3 * value], " k€".to_owned())
        }
        unit => ([point.base, value], format!(" {unit}")),
    };
    apart(values[0], values[1])
        .map(|[from, to]| format!("a {verdict} when the {name} {moves} from {from} to {to}{unit}"))
}

/// Cooling spared and what its heat may cost.
fn data_centre_side(evidence: &Evidence, is_go: bool) -> Option<Finding> {
    if evidence.cooling_saved.mwh() < TRACE_MWH {
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
    let value = evidence.cooling_saved_value;
    let worth = if value.eur() >= 1.0 {
        format!(", {}", money(value))
    } else if value.eur() <= -1.0 {
        format!(
            ", which at negative prices costs it {}",
            money(Money::ZERO - value)
        )
    } else {
        String::new()
    };
    let text = format!(
        "the data centre saves {} MWh of cooling electricity a year{worth}{most}",
        grouped(evidence.cooling_saved.mwh(), 0)
    );
    Some(Finding::new(DATA_CENTRE_SIDE, Driver::Cost, text))
}
