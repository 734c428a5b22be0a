//! Temperature curves: `{ at_minus_26_c = 95, at_plus_8_c = 70 }`.

use crate::codes;
use crate::node::{Node, Origin};
use crate::spec::{Key, Range};
use crate::value::{in_range, wrong_type};
use hukka_model::Diagnostic;

/// Pattern of the keys, for the JSON Schema.
pub(crate) const PATTERN: &str = r"^at_(minus_|plus_)?\d+(_\d+)?_c$";

/// Outdoor temperature of a key: −26 for `at_minus_26_c`.
pub(crate) fn outdoor(key: &str) -> Option<f64> {
    let middle = key.strip_prefix("at_")?.strip_suffix("_c")?;
    let (sign, digits) = match (middle.strip_prefix("minus_"), middle.strip_prefix("plus_")) {
        (Some(rest), _) => (-1.0, rest),
        (_, Some(rest)) => (1.0, rest),
        _ => (1.0, middle),
    };
    let is_number = !digits.is_empty()
        && digits.split('_').count() <= 2
        && digits
            .split('_')
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    if !is_number {
        return None;
    }
    let value: f64 = digits.replace('_', ".").parse().ok()?;
    Some(sign * value)
}

/// The two points of a curve that can be used, cold end first.
pub(crate) fn read(key: &'static Key, range: &Range, node: &Node) -> Option<[(f64, f64); 2]> {
    if !problems(key, range, node).is_empty() {
        return None;
    }
    let mut points: Vec<(f64, f64)> = node
        .table()?
        .0
        .iter()
        .filter_map(|entry| Some((outdoor(&entry.key)?, entry.node.number()?)))
        .collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    points.try_into().ok()
}

/// What is wrong with a curve.
pub(crate) fn problems(key: &'static Key, range: &Range, node: &Node) -> Vec<(Origin, Diagnostic)> {
    let shape = "two points, such as { at_minus_26_c = 95, at_plus_8_c = 70 }";
    let Some(entries) = node.table() else {
        let mut problem = wrong_type(key, node, shape);
        if let Some(number) = node.number() {
            problem = problem.help(format!(
                "for one value all year, write `{}_c = {number}`",
                key.name
            ));
        }
        return vec![(node.origin, problem)];
    };
    let mut found = Vec::new();
    let mut outdoors: Vec<f64> = Vec::new();
    for entry in &entries.0 {
        let Some(at) = outdoor(&entry.key) else {
            let problem = Diagnostic::error(
                codes::CURVE,
                format!("`{}` does not say an outdoor temperature", entry.key),
            )
            .allowed("`at_minus_26_c`, `at_plus_8_c` or `at_0_c`");
            found.push((entry.key_origin, problem));
            continue;
        };
        if !(-60.0..=50.0).contains(&at) {
            let problem = Diagnostic::error(codes::CURVE, "outdoor temperature out of range")
                .seen(format!("{at} °C"))
                .allowed("−60 to 50 °C");
            found.push((entry.key_origin, problem));
        }
        outdoors.push(at);
        let celsius = Key {
            name: "value_c",
            ..*key
        };
        if let Err(problem) = in_range(&celsius, range, &entry.node, false) {
            found.push((entry.node.origin, problem));
        }
    }
    if found.is_empty() && !has_two_ends(&outdoors) {
        let mut problem = Diagnostic::error(codes::CURVE, "a temperature curve has two points")
            .seen(format!("{} point(s)", outdoors.len()))
            .allowed(shape);
        if let [only] = entries.0.as_slice() {
            problem = problem.help(format!(
                "add the mild end, or write `{}_c = {}` for one value all year",
                key.name,
                entry_number(&only.node)
            ));
        }
        found.push((node.origin, problem));
    }
    found
}

fn entry_number(node: &Node) -> String {
    node.number()
        .map_or_else(|| "…".to_owned(), |number| number.to_string())
}

fn has_two_ends(outdoors: &[f64]) -> bool {
    matches!(outdoors, [a, b] if (a - b).abs() >= 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_say_outdoor_temperatures() {
        assert_eq!(outdoor("at_minus_26_c"), Some(-26.0));
        assert_eq!(outdoor("at_plus_8_c"), Some(8.0));
        assert_eq!(outdoor("at_0_c"), Some(0.0));
        assert_eq!(outdoor("at_minus_2_5_c"), Some(-2.5));
        for wrong in [
            "at_c",
            "at_minus_c",
            "at_x_c",
            "minus_26_c",
            "at_26",
            "at_1_2_3_c",
        ] {
            assert_eq!(outdoor(wrong), None, "{wrong}");
        }
    }
}
