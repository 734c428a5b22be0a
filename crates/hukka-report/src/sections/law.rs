//! The legal part of section 8: indicators by boundary, report fields, rules.

use crate::figure::Table;
use crate::inputs::Inputs;
use crate::measured::{ABSENT, Measured, shown};
use crate::number::whole;
use hukka_model::{FieldValue, Finding, MeteringBoundary, Regulation, ReportField, Wording};
use hukka_units::{Ratio, grouped};

/// PUE, ERF and ERE on both sides of the boundary.
pub(crate) fn metrics(inputs: &Inputs<'_>) -> Table {
    let mut table = Table::new("The same physics, two boundaries")
        .text("Figure")
        .text("Definition")
        .number("Heat pump outside", "")
        .number("Heat pump inside", "");
    let compliance = &inputs.assessment.compliance;
    let sheet = |boundary: MeteringBoundary| {
        compliance
            .indicators
            .iter()
            .find(|sheet| sheet.boundary == boundary)
    };
    let outside = sheet(MeteringBoundary::HeatPumpOutside);
    let inside = sheet(MeteringBoundary::HeatPumpInside);
    let three = |value: Option<Ratio>| shown(value.map(Ratio::fraction), 3);
    let mut pair = |name: &str, definition: &str, a: Option<Ratio>, b: Option<Ratio>| {
        table.push([name.to_owned(), definition.to_owned(), three(a), three(b)]);
    };
    pair(
        "PUE",
        "facility energy over IT energy",
        outside.and_then(|s| s.pue),
        inside.and_then(|s| s.pue),
    );
    pair(
        "PUE, EnEfG",
        "the same, electricity that only lifts heat left out",
        outside.and_then(|s| s.pue_enefg),
        inside.and_then(|s| s.pue_enefg),
    );
    pair(
        "ERF",
        "heat reused over facility energy",
        outside.and_then(|s| s.erf),
        inside.and_then(|s| s.erf),
    );
    pair(
        "ERE",
        "PUE × (1 − ERF); 0 means all is reused",
        outside.and_then(|s| s.ere),
        inside.and_then(|s| s.ere),
    );
    table.push([
        "PUE without reuse".to_owned(),
        "all heat rejected".to_owned(),
        shown(Measured::new(inputs).pue_without_reuse, 3),
        ABSENT.to_owned(),
    ]);
    let energy = |value: Option<f64>| value.map_or_else(|| ABSENT.to_owned(), whole);
    table.push([
        "E_DC, MWh".to_owned(),
        "energy of the data centre".to_owned(),
        energy(outside.map(|s| s.facility_energy.mwh())),
        energy(inside.map(|s| s.facility_energy.mwh())),
    ]);
    table.push([
        "E_REUSE, MWh".to_owned(),
        "heat handed over at the boundary".to_owned(),
        energy(outside.map(|s| s.reused_heat.mwh())),
        energy(inside.map(|s| s.reused_heat.mwh())),
    ]);
    let t = grouped(inputs.assessment.kpis.waste_heat_temperature.c(), 1);
    table.push([
        "T_WH, °C".to_owned(),
        "waste heat before any heat pump, weighted by heat".to_owned(),
        t.clone(),
        t,
    ]);
    table
}

/// Every field of the reports, filled where the study can fill it.
pub(crate) fn fields(inputs: &Inputs<'_>) -> Table {
    let mut table = Table::new("Report fields this study can fill, and those it cannot")
        .text("Text")
        .text("Field")
        .text("Meaning")
        .number("Value", "")
        .text("Unit")
        .text("Note");
    for field in &inputs.assessment.compliance.fields {
        table.push([
            format!("{}, {}", name(field.regulation), field.place),
            field.symbol.clone(),
            field.meaning.clone(),
            value(field),
            field.unit.clone(),
            field.note.clone(),
        ]);
    }
    table.noted("Calculated for a typical year at full fill, not measured.")
}

/// The filled fields as lines with tabs.
pub(crate) fn copy(inputs: &Inputs<'_>) -> String {
    let lines: Vec<String> = inputs
        .assessment
        .compliance
        .fields
        .iter()
        .filter(|field| field.value != FieldValue::NotInStudy)
        .map(|field| {
            let value = value(field).replace(',', "");
            format!("{}\t{value}\t{}", field.symbol, field.unit)
        })
        .collect();
    lines.join("\n")
}

/// What the rules say of this study, in a sentence.
pub(crate) fn statement(inputs: &Inputs<'_>) -> String {
    let rules = &inputs.assessment.compliance.rules;
    let of = |finding: Finding| rules.iter().filter(|rule| rule.finding == finding).count();
    let recalled = rules
        .iter()
        .filter(|rule| rule.wording == Wording::Recalled)
        .count();
    format!(
        "Compliance statement. Rules beside this study: {}. Met: {}. Not met: {}. Open for want of a fact: {}. Not applicable: {}. Known second hand, so assumptions: {}. This is no legal advice.",
        rules.len(),
        of(Finding::Met),
        of(Finding::NotMet),
        of(Finding::Open),
        of(Finding::NotApplicable),
        recalled
    )
}

/// Every rule beside the study.
pub(crate) fn rules(inputs: &Inputs<'_>) -> Table {
    let mut table = Table::new("What the law asks, beside this study")
        .text("Text")
        .text("Asks")
        .text("Valid")
        .text("Limit")
        .text("This study")
        .text("Finding")
        .text("Note");
    let dash = |text: &Option<String>| text.clone().unwrap_or_else(|| ABSENT.to_owned());
    for rule in &inputs.assessment.compliance.rules {
        let valid = match (rule.valid_from, rule.valid_to) {
            (Some(from), Some(to)) => format!("{from} to {to}"),
            (Some(from), None) => format!("from {from}"),
            (None, Some(to)) => format!("to {to}"),
            (None, None) => ABSENT.to_owned(),
        };
        let recalled = match rule.wording {
            Wording::Read => "",
            Wording::Recalled => " (wording known second hand: an assumption)",
        };
        table.push([
            format!("{}, {}", name(rule.regulation), rule.place),
            format!("{}{recalled}", rule.asks),
            valid,
            dash(&rule.limit),
            dash(&rule.seen),
            finding(rule.finding).to_owned(),
            rule.note.clone(),
        ]);
    }
    table.noted("No legal advice. Figures are those of a typical year at full fill, heat pump outside the data centre's boundary unless said.")
}

fn value(field: &ReportField) -> String {
    match &field.value {
        FieldValue::Number(number) if field.unit == "1" => grouped(*number, 3),
        FieldValue::Number(number) if field.unit == "°C" => grouped(*number, 1),
        FieldValue::Number(number) if field.unit == "m³/MWh" => grouped(*number, 3),
        FieldValue::Number(number) => whole(*number),
        FieldValue::Text(text) => text.clone(),
        FieldValue::NotInStudy => ABSENT.to_owned(),
    }
}

const fn name(regulation: Regulation) -> &'static str {
    match regulation {
        Regulation::DelegatedRegulation2024 => "(EU) 2024/1364",
        Regulation::EnergyEfficiencyDirective => "(EU) 2023/1791",
        Regulation::EnEfG => "EnEfG",
        Regulation::FinnishElectricityTax => "Finland, electricity duty",
    }
}

const fn finding(finding: Finding) -> &'static str {
    match finding {
        Finding::NotApplicable => "does not apply",
        Finding::Met => "met",
        Finding::NotMet => "not met",
        Finding::Open => "open",
    }
}
