//! The demand in a few figures: degree days, and what everybody draws at once.

use crate::pipeline::Run;
use hukka_demand::{is_beyond_simultaneity_fit, simultaneity};
use hukka_model::{HeatDemand, Study};
use hukka_series::{DegreeDayRule, degree_days};
use hukka_units::{HeatPower, grouped};
use serde_json::{Value, json};

/// Powers of the buildings of a demand.
struct Together {
    buildings: usize,
    /// Sum of the buildings' design powers.
    connected: HeatPower,
    factor: f64,
    /// Highest hour of the year, everyone together.
    peak: HeatPower,
}

impl Together {
    fn of(demand: &HeatDemand) -> Self {
        let own = || demand.consumers.iter().filter(|c| c.building.is_some());
        let buildings = own().count();
        Self {
            buildings,
            connected: own().map(|c| c.design_power).sum(),
            factor: simultaneity(buildings),
            peak: demand
                .total
                .iter()
                .copied()
                .fold(HeatPower::ZERO, |a, b| if b > a { b } else { a }),
        }
    }
}

/// The figures for machines.
pub(crate) fn value(study: &Study, demand: &HeatDemand) -> Value {
    let together = Together::of(demand);
    let outdoor = &study.weather.outdoor_temperature;
    let days: serde_json::Map<String, Value> = DegreeDayRule::ALL
        .iter()
        .map(|(rule, word, _)| {
            let days = degree_days(*rule, outdoor, &study.axis.calendar);
            ((*word).to_owned(), json!(days))
        })
        .collect();
    json!({
        "peak_mw": together.peak.mw(),
        "calibration": demand.calibration,
        "degree_days": days,
        "stock_year": study.stock.described_year,
        "target_year": study.stock.asked_year,
        "buildings": together.buildings,
        "connected_power_mw": together.connected.mw(),
        "simultaneity": together.factor,
        "simultaneous_power_mw": together.connected.mw() * together.factor,
        "simultaneity_is_extrapolated": is_beyond_simultaneity_fit(together.buildings),
        "extreme_year": study.weather.extreme.as_ref().map(|year| year.provenance.as_str()),
    })
}

/// The figures for people.
pub(crate) fn lines(study: &Study, run: &Run) -> Vec<String> {
    let Some(demand) = &run.demand else {
        return Vec::new();
    };
    let together = Together::of(demand);
    let outdoor = &study.weather.outdoor_temperature;
    let days: Vec<String> = DegreeDayRule::ALL
        .iter()
        .map(|(rule, word, _)| {
            let days = degree_days(*rule, outdoor, &study.axis.calendar);
            format!("{} ({word})", grouped(days, 0))
        })
        .collect();
    let mut lines = vec![format!("  degree days K d: {}", days.join(", "))];
    if together.buildings > 0 {
        let note = if is_beyond_simultaneity_fit(together.buildings) {
            ", beyond the fit of up to 300"
        } else {
            ""
        };
        lines.push(format!(
            "  {} buildings connect {:.1} MW; simultaneity {:.3} (Winter 2001{note}): {:.1} MW at once, highest hour {:.1} MW",
            grouped(together.buildings as f64, 0),
            together.connected.mw(),
            together.factor,
            together.connected.mw() * together.factor,
            together.peak.mw(),
        ));
    }
    lines
}
