//! `supply_temperature_levels_k` and its ramp: supply temperatures to choose from.

use crate::build::network::shown;
use crate::codes;
use crate::context::Context;
use crate::reader::Reader;
use crate::spec::plain;
use hukka_model::{Diagnostic, SupplyLevels, TemperatureCurve};
use hukka_units::{Temperature, TemperatureDifference};

const KEY: &str = "supply_temperature_levels_k";
const RAMP: &str = "supply_temperature_ramp_k_per_h";
/// More levels than this are no longer a few.
const MOST: usize = 5;
/// The supply stays this much warmer than the return.
const LEAST_LIFT_K: f64 = 5.0;
/// What a hot-water network allows, °C.
const ALLOWED_C: [f64; 2] = [40.0, 160.0];

/// The levels; `None` when there are none, or only the curve itself, or they cannot be used.
pub(crate) fn read(
    table: &Reader<'_>,
    [supply, back]: [&TemperatureCurve; 2],
    context: &mut Context,
) -> Option<SupplyLevels> {
    let given = table.optional_numbers(KEY, context)?;
    let ramp = table.number(RAMP, context);
    if let Some(problem) = count(&given).or_else(|| beyond(&given, supply, back)) {
        let at = table.place(KEY, context);
        context.push(problem.at(at).about(table.full(KEY)));
        return None;
    }
    let mut offsets = given;
    if offsets.iter().all(|offset| offset.abs() > 0.0) {
        offsets.push(0.0);
    }
    offsets.sort_by(f64::total_cmp);
    (offsets.len() > 1).then(|| SupplyLevels {
        offsets: offsets
            .into_iter()
            .map(TemperatureDifference::from_kelvin)
            .collect(),
        ramp_per_hour: TemperatureDifference::from_kelvin(ramp),
    })
}

fn count(given: &[f64]) -> Option<Diagnostic> {
    if given.len() > MOST {
        return Some(
            Diagnostic::error(codes::OUT_OF_RANGE, "too many supply temperature levels")
                .seen(format!("{} levels", given.len()))
                .allowed(format!("one to {MOST} levels"))
                .help("every level is a simulation of the whole year; a few steps of 3–10 K do"),
        );
    }
    let is_repeated = |n: usize| {
        given[..n]
            .iter()
            .any(|other| (other - given[n]).abs() < 0.1)
    };
    let twice = (0..given.len()).find(|n| is_repeated(*n))?;
    Some(
        Diagnostic::error(
            codes::OUT_OF_RANGE,
            "two supply temperature levels are the same",
        )
        .seen(format!("{} K once more", plain(given[twice])))
        .allowed("levels at least 0.1 K apart")
        .help("leave one of the two out"),
    )
}

/// Every level stays a hot-water supply, well above the return, in every weather.
fn beyond(given: &[f64], supply: &TemperatureCurve, back: &TemperatureCurve) -> Option<Diagnostic> {
    let outdoors = [
        supply.cold_outdoor,
        supply.mild_outdoor,
        back.cold_outdoor,
        back.mild_outdoor,
    ];
    let is_bad = |offset: f64, outdoor: Temperature| {
        let at = supply.at(outdoor).c() + offset;
        !(ALLOWED_C[0]..=ALLOWED_C[1]).contains(&at) || at < back.at(outdoor).c() + LEAST_LIFT_K
    };
    // A curve that is wrong by itself has been told already.
    if outdoors.into_iter().any(|outdoor| is_bad(0.0, outdoor)) {
        return None;
    }
    let (offset, outdoor) = given
        .iter()
        .flat_map(|&offset| outdoors.map(|outdoor| (offset, outdoor)))
        .find(|&(offset, outdoor)| is_bad(offset, outdoor))?;
    let level = supply.at(outdoor) + TemperatureDifference::from_kelvin(offset);
    Some(
        Diagnostic::error(
            codes::OUT_OF_RANGE,
            "a supply temperature level leaves what the network allows",
        )
        .seen(format!(
            "{} K makes the supply {} °C at {} °C outdoors; the return is {} °C",
            plain(offset),
            shown(level),
            shown(outdoor),
            shown(back.at(outdoor))
        ))
        .allowed(format!(
            "{} to {} °C, at least {LEAST_LIFT_K} K above the return",
            ALLOWED_C[0], ALLOWED_C[1]
        ))
        .help("take a smaller offset, or change the supply temperature"),
    )
}
