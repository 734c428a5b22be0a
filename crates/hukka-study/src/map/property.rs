//! Properties of map features, which come from many tools: numbers may be text.

use super::features::Feature;
use super::findings::Findings;
use crate::codes;
use crate::spec::{Range, join, plain};
use hukka_model::Diagnostic;
use serde_json::Value;

/// Likeness that makes a slip: above `construction` and `construction_year`, below `stories` and
/// `storeys`.
const NEAR: f64 = 0.71;
/// Longest id, characters.
const LONGEST_ID: usize = 100;

/// A number property of hukka's own: anything but a number in range is an error.
pub(super) fn number(
    feature: &Feature,
    key: &str,
    range: &Range,
    findings: &mut Findings,
) -> Option<f64> {
    let value = present(feature, key)?;
    let number = as_number(value);
    let sound = number.filter(|number| range.holds(*number));
    if sound.is_none() {
        let unit = crate::unit::symbol(key);
        let seen = number.map_or_else(|| value.to_string(), |v| join(&plain(v), unit));
        findings.push(
            feature.offset,
            Diagnostic::error(codes::MAP_PROPERTY, format!("`{key}` cannot be used"))
                .about(feature.subject())
                .seen(seen)
                .allowed(range.show(unit)),
        );
    }
    sound
}

/// A whole number property of hukka's own.
pub(super) fn whole(
    feature: &Feature,
    key: &str,
    range: &Range,
    findings: &mut Findings,
) -> Option<i64> {
    let number = number(feature, key, range, findings)?;
    if number.fract() == 0.0 {
        return Some(number as i64);
    }
    findings.push(
        feature.offset,
        Diagnostic::error(codes::MAP_PROPERTY, format!("`{key}` cannot be used"))
            .about(feature.subject())
            .seen(plain(number))
            .allowed("a whole number"),
    );
    None
}

/// A number tag of OpenStreetMap: what cannot be read is left out with a warning.
pub(super) fn tag(
    feature: &Feature,
    key: &str,
    read: impl Fn(&str) -> Option<f64>,
    range: &Range,
    findings: &mut Findings,
) -> Option<f64> {
    let value = present(feature, key)?;
    let number = match value {
        Value::String(text) => read(text),
        other => other.as_f64(),
    };
    let sound = number.filter(|number| range.holds(*number));
    if sound.is_none() {
        findings.push(
            feature.offset,
            Diagnostic::warning(
                codes::MAP_PROPERTY,
                format!("`{key}` cannot be read; the default is used"),
            )
            .about(feature.subject())
            .seen(value)
            .allowed(range.show("")),
        );
    }
    sound
}

/// Complains about an id or a name that cannot stand in tables and columns.
pub(super) fn sound_names(feature: &Feature, needs_no_blank_id: bool, findings: &mut Findings) {
    let id = feature.properties.get("id").and_then(Value::as_str);
    let is_blank = needs_no_blank_id && id.is_some_and(|id| id.trim().is_empty());
    let given = feature.given_id();
    let is_bad = given
        .as_deref()
        .is_some_and(|id| id.chars().count() > LONGEST_ID || id.chars().any(char::is_control));
    if is_blank || is_bad {
        let seen = if is_blank {
            id.unwrap_or_default()
        } else {
            given.as_deref().unwrap_or_default()
        };
        let shown: String = seen.chars().take(60).collect();
        findings.push(
            feature.offset,
            Diagnostic::error(codes::MAP_PROPERTY, "the id cannot be used")
                .about(format!("feature {}", feature.number))
                .seen(format!("{shown:?}, {} characters", seen.chars().count()))
                .allowed("1 to 100 characters, none of them a control character")
                .help("write an id, or leave it out and the feature's number is taken"),
        );
    }
    if text(feature, "name").is_some_and(|name| name.chars().any(char::is_control)) {
        findings.push(
            feature.offset,
            Diagnostic::error(codes::MAP_PROPERTY, "`name` holds a control character")
                .about(format!("feature {}", feature.number))
                .allowed("text without control characters"),
        );
    }
}

/// The property of hukka's own that another one was meant to be.
pub(super) fn meant<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let near = |candidate: &str| {
        candidate.len() >= 5
            && name.len() >= 5
            && strsim::normalized_damerau_levenshtein(&name.to_lowercase(), candidate) >= NEAR
    };
    if known.contains(&name) {
        return None;
    }
    known
        .iter()
        .find(|candidate| name.eq_ignore_ascii_case(candidate))
        .or_else(|| known.iter().find(|candidate| near(candidate)))
        .copied()
}

/// A property that is there and not null.
pub(super) fn present<'f>(feature: &'f Feature, key: &str) -> Option<&'f Value> {
    feature
        .properties
        .get(key)
        .filter(|value| !value.is_null() && value.as_str() != Some(""))
}

/// Text, or a number shown as text.
pub(super) fn text(feature: &Feature, key: &str) -> Option<String> {
    match present(feature, key)? {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// True or false, also as OpenStreetMap writes it.
pub(super) fn flag(feature: &Feature, key: &str, findings: &mut Findings) -> Option<bool> {
    let value = present(feature, key)?;
    let flag = match value {
        Value::Bool(flag) => Some(*flag),
        Value::String(text) => match text.to_lowercase().as_str() {
            "true" | "yes" => Some(true),
            "false" | "no" => Some(false),
            _ => None,
        },
        _ => None,
    };
    if flag.is_none() {
        findings.push(
            feature.offset,
            Diagnostic::error(codes::MAP_PROPERTY, format!("`{key}` cannot be used"))
                .about(feature.subject())
                .seen(value)
                .allowed("true or false"),
        );
    }
    flag
}

/// A number, or text that is one.
pub(super) fn as_number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().replace(',', ".").parse().ok(),
        _ => None,
    }
    .filter(|number: &f64| number.is_finite())
}

/// Storeys as OpenStreetMap writes them: `3`, `2.5`, `2;3`, `1-2`; the highest counts.
pub(super) fn levels(text: &str) -> Option<f64> {
    text.split([';', '-', '/'])
        .map(|part| part.trim().replace(',', ".").parse::<f64>().ok())
        .try_fold(f64::NEG_INFINITY, |top, level| Some(top.max(level?)))
        .filter(|top| top.is_finite())
}

/// The year in `1967`, `1967-05-01`, `~1920`, `1960s` or `C19`.
pub(super) fn year(text: &str) -> Option<f64> {
    let text = text.trim();
    if let Some(century) = text
        .strip_prefix('C')
        .and_then(|rest| rest.parse::<f64>().ok())
    {
        return Some(century.mul_add(100.0, -50.0));
    }
    let digits: Vec<&str> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| part.len() == 4)
        .collect();
    let year: f64 = digits.first()?.parse().ok()?;
    Some(if text.ends_with('s') {
        year + 5.0
    } else {
        year
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told_from_tags_of_others() {
        let known = crate::map::properties("buildings");
        for (slip, right) in [
            ("anual_mwh", "annual_mwh"),
            ("annual_kwh", "annual_mwh"),
            ("Use", "use"),
            ("stories", "storeys"),
            ("connected", "connect"),
            ("construction-year", "construction_year"),
        ] {
            assert_eq!(meant(slip, known), Some(right), "{slip}");
        }
        for tag in [
            "use",
            "user",
            "uid",
            "name:fi",
            "roof:levels",
            "level",
            "building:use",
            "source",
            "construction",
            "height",
            "addr:street",
        ] {
            assert_eq!(meant(tag, known), None, "{tag}");
        }
    }

    #[test]
    fn tags_of_many_hands_are_read() {
        assert_eq!(levels("3"), Some(3.0));
        assert_eq!(levels("2;3"), Some(3.0));
        assert_eq!(levels("1-2"), Some(2.0));
        assert_eq!(levels("2,5"), Some(2.5));
        assert_eq!(levels("ground"), None);
        assert_eq!(year("1967-05-01"), Some(1967.0));
        assert_eq!(year("~1920"), Some(1920.0));
        assert_eq!(year("1960s"), Some(1965.0));
        assert_eq!(year("C19"), Some(1850.0));
        assert_eq!(year("old"), None);
    }
}
