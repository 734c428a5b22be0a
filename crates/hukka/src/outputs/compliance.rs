//! `compliance.csv`: indicators, report fields and rules of law as one table.

use hukka_model::{Compliance, FieldValue};
use hukka_units::Ratio;
use serde::Serialize;

const TITLES: [&str; 13] = [
    "kind",
    "regulation",
    "place",
    "name",
    "meaning",
    "value",
    "unit",
    "limit",
    "finding",
    "valid_from",
    "valid_to",
    "wording",
    "note",
];

/// One line per indicator and boundary, field and rule.
pub(crate) fn csv(compliance: &Compliance) -> String {
    let mut lines = vec![TITLES.map(str::to_owned).to_vec()];
    lines.extend(indicators(compliance));
    lines.extend(fields(compliance));
    lines.extend(rules(compliance));
    let rows: Vec<String> = lines
        .iter()
        .map(|cells| cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>())
        .map(|cells| cells.join(","))
        .collect();
    rows.join("\n") + "\n"
}

fn row(kind: &str, cells: [String; 12]) -> Vec<String> {
    let mut line = vec![kind.to_owned()];
    line.extend(cells);
    line
}

fn indicators(compliance: &Compliance) -> Vec<Vec<String>> {
    let none = String::new;
    let mut out = Vec::new();
    for sheet in &compliance.indicators {
        let share = |ratio: Option<Ratio>| {
            ratio.map_or_else(String::new, |ratio| ratio.fraction().to_string())
        };
        let boundary = word(&sheet.boundary);
        let figures = [
            ("E_DC", sheet.facility_energy.kwh().to_string(), "kWh"),
            ("E_REUSE", sheet.reused_heat.kwh().to_string(), "kWh"),
            ("PUE", share(sheet.pue), "1"),
            ("PUE_ENEFG", share(sheet.pue_enefg), "1"),
            ("ERF", share(sheet.erf), "1"),
            ("ERE", share(sheet.ere), "1"),
        ];
        out.extend(figures.map(|(name, value, unit)| {
            row(
                "indicator",
                [
                    none(),
                    boundary.clone(),
                    name.to_owned(),
                    none(),
                    value,
                    unit.to_owned(),
                    none(),
                    none(),
                    none(),
                    none(),
                    none(),
                    none(),
                ],
            )
        }));
    }
    out
}

fn fields(compliance: &Compliance) -> Vec<Vec<String>> {
    let none = String::new;
    let one = |field: &hukka_model::ReportField| {
        let (value, finding) = match &field.value {
            FieldValue::Number(number) => (number.to_string(), "filled"),
            FieldValue::Text(text) => (text.clone(), "filled"),
            FieldValue::NotInStudy => (none(), "not_in_study"),
        };
        row(
            "field",
            [
                word(&field.regulation),
                field.place.clone(),
                field.symbol.clone(),
                field.meaning.clone(),
                value,
                field.unit.clone(),
                none(),
                finding.to_owned(),
                none(),
                none(),
                none(),
                field.note.clone(),
            ],
        )
    };
    compliance.fields.iter().map(one).collect()
}

fn rules(compliance: &Compliance) -> Vec<Vec<String>> {
    let none = String::new;
    let one = |rule: &hukka_model::RuleFinding| {
        let date = |day: Option<hukka_model::CalendarDate>| {
            day.map_or_else(String::new, |day| day.to_string())
        };
        row(
            "rule",
            [
                word(&rule.regulation),
                rule.place.clone(),
                none(),
                rule.asks.clone(),
                rule.seen.clone().unwrap_or_default(),
                none(),
                rule.limit.clone().unwrap_or_default(),
                word(&rule.finding),
                date(rule.valid_from),
                date(rule.valid_to),
                word(&rule.wording),
                rule.note.clone(),
            ],
        )
    };
    compliance.rules.iter().map(one).collect()
}

/// The word of an enumeration in the project's JSON files.
fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => text,
        _ => String::new(),
    }
}

/// A cell as RFC 4180 wants it.
pub(crate) fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hukka_model::{Finding, Regulation, RuleFinding, Wording};

    #[test]
    fn every_row_has_every_column_whatever_the_text() {
        let rule = RuleFinding {
            regulation: Regulation::EnEfG,
            place: "§ 11(2)".to_owned(),
            asks: "a share, \"of the energy\"\nis reused".to_owned(),
            valid_from: hukka_model::CalendarDate::parse("2028-07-01"),
            valid_to: None,
            limit: Some("ERF ≥ 10 %".to_owned()),
            seen: None,
            finding: Finding::NotMet,
            note: "a, b".to_owned(),
            wording: Wording::Read,
        };
        let text = csv(&Compliance {
            rules: vec![rule],
            ..Compliance::default()
        });
        let mut lines = text.splitn(2, '\n');
        let commas = lines.next().map(|line| line.matches(',').count());
        assert_eq!(commas, Some(12));
        let rest = lines.next().unwrap_or_default();
        assert!(
            rest.starts_with("rule,en_ef_g,§ 11(2),,\"a share, \"\"of the energy\"\"\nis reused\"")
        );
        assert!(rest.ends_with(",not_met,2028-07-01,,read,\"a, b\"\n"));
    }
}
