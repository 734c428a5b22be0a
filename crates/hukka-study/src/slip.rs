//! Plausible slips behind a value that is out of range: per cent, kelvin, kilo for mega, a sign.

use crate::spec::{Key, Range, plain};
use crate::unit::{self, Dimension, tidy};

/// "did you mean 95?", when a plausible slip explains the value.
pub(crate) fn explain(key: &Key, range: &Range, value: f64, is_whole: bool) -> Option<String> {
    let fits = |candidate: f64| range.holds(candidate) && (!is_whole || candidate.fract() == 0.0);
    if matches!(key.name, "latitude" | "longitude") {
        return (key.name == "latitude" && value.abs() <= 180.0)
            .then(|| "are latitude and longitude swapped?".to_owned());
    }
    let dimension = unit::of_key(key.name).map(|unit| unit.dimension);
    let is_share = range.max <= 2.0 && matches!(dimension, None | Some(Dimension::Share));
    if is_share && value > range.max {
        return per_cent(value, &fits);
    }
    if key.name.ends_with("_c") && value > 200.0 && fits(tidy(value - 273.15)) {
        let celsius = plain(tidy(value - 273.15));
        return Some(format!(
            "is this in kelvin? {} K is {celsius} °C",
            plain(value)
        ));
    }
    if let Some(text) = smaller_unit(key, value, &fits) {
        return Some(text);
    }
    let candidates = [
        value / 10.0,
        -value,
        value / 1000.0,
        value * 1000.0,
        value * 10.0,
    ];
    candidates
        .into_iter()
        .map(tidy)
        .find(|candidate| fits(*candidate) && *candidate != 0.0)
        .map(|candidate| format!("did you mean {}?", plain(candidate)))
}

/// Per cent in place of a share; a value just above the range is no slip of this kind.
fn per_cent(value: f64, fits: &dyn Fn(f64) -> bool) -> Option<String> {
    if value < 2.0 {
        return None;
    }
    let share = tidy(value / 100.0);
    if value <= 100.0 && fits(share) {
        return Some(format!(
            "a share, not per cent: did you mean {}?",
            plain(share)
        ));
    }
    (value > 10.0).then(|| {
        format!(
            "a share, not per cent: {} % is {}, which is out of range as well",
            plain(value),
            plain(share)
        )
    })
}

/// Kilowatts in place of megawatts, metres in place of kilometres.
fn smaller_unit(key: &Key, value: f64, fits: &dyn Fn(f64) -> bool) -> Option<String> {
    let small = match key.symbol() {
        "MW" => "kW",
        "MWh" => "kWh",
        "km" => "m",
        "kPa" => "Pa",
        _ => return None,
    };
    let converted = tidy(value / 1000.0);
    (value >= 1000.0 && fits(converted)).then(|| {
        format!(
            "is this in {small}? {} {small} is {} {}",
            plain(value),
            plain(converted),
            key.symbol()
        )
    })
}
