//! The legal part of section 8: indicators by boundary, report fields, rules.

use crate::figure::Table;
use crate::inputs::Inputs;
use crate::measured::{ABSENT, Measured, shown};
use crate::number::whole;
use crate::texts::{fill, say};
use hukka_model::{FieldValue, Finding, MeteringBoundary, Regulation, ReportField, Wording};
use hukka_units::{Ratio, grouped};

/// PUE, ERF and ERE on both sides of the boundary.
pub(crate) fn metrics(inputs: &Inputs<'_>) -> Table {
    let mut table = Table::new(say("law.the-same-physics-two-boundaries"))
        .text(say("law.figure"))
        .text(say("law.definition"))
        .number(say("law.heat-pump-outside"), "")
        .number(say("law.heat-pump-inside"), "");
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
        say("law.facility-energy-over-it-energy"),
        outside.and_then(|s| s.pue),
        inside.and_then(|s| s.pue),
    );
    pair(
        say("law.pue-enefg"),
        say("law.the-same-electricity-that-only"),
        outside.and_then(|s| s.pue_enefg),
        inside.and_then(|s| s.pue_enefg),
    );
    pair(
        "ERF",
        say("law.heat-reused-over-facility-energy"),
        outside.and_then(|s| s.erf),
        inside.and_then(|s| s.erf),
    );
    pair(
        "ERE",
        say("law.pue-1-erf-0-means"),
        outside.and_then(|s| s.ere),
        inside.and_then(|s| s.ere),
    );
    table.push([
        say("law.pue-without-reuse").to_owned(),
        say("law.all-heat-rejected").to_owned(),
        shown(Measured::new(inputs).pue_without_reuse, 3),
        ABSENT.to_owned(),
    ]);
    let energy = |value: Option<f64>| value.map_or_else(|| ABSENT.to_owned(), whole);
    table.push([
        say("law.e-dc-mwh").to_owned(),
        say("law.energy-of-the-data-centre").to_owned(),
        energy(outside.map(|s| s.facility_energy.mwh())),
        energy(inside.map(|s| s.facility_energy.mwh())),
    ]);
    table.push([
        say("law.e-reuse-mwh").to_owned(),
        say("law.heat-handed-over-at-the").to_owned(),
        energy(outside.map(|s| s.reused_heat.mwh())),
        energy(inside.map(|s| s.reused_heat.mwh())),
    ]);
    let t = grouped(inputs.assessment.kpis.waste_heat_temperature.c(), 1);
    table.push([
        say("law.t-wh-c").to_owned(),
        say("law.waste-heat-before-any-heat").to_owned(),
        t.clone(),
        t,
    ]);
    table
}

/// Every field of the reports, filled where the study can fill it.
pub(crate) fn fields(inputs: &Inputs<'_>) -> Table {
    let mut table = Table::new(say("law.report-fields-this-study-can"))
        .text(say("law.text"))
        .text(say("law.field"))
        .text(say("law.meaning"))
        .number(say("law.value"), "")
        .text(say("law.unit"))
        .text(say("law.note"));
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
    table.noted(say("law.calculated-for-a-typical-year"))
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
    fill(
        "law.compliance-statement-rules-beside-this",
        &[
            &rules.len(),
            &of(Finding::Met),
            &of(Finding::NotMet),
            &of(Finding::Open),
            &of(Finding::NotApplicable),
            &recalled,
        ],
    )
}

/// Every rule beside the study.
pub(crate) fn rules(inputs: &Inputs<'_>) -> Table {
    let mut table = Table::new(say("law.what-the-law-asks-beside"))
        .text(say("law.text"))
        .text(say("law.asks"))
        .text(say("law.valid"))
        .text(say("law.limit"))
        .text(say("law.this-study"))
        .text(say("law.finding"))
        .text(say("law.note"));
    let dash = |text: &Option<String>| text.clone().unwrap_or_else(|| ABSENT.to_owned());
    for rule in &inputs.assessment.compliance.rules {
        let valid = match (rule.valid_from, rule.valid_to) {
            (Some(from), Some(to)) => fill("law.to-2", &[&from, &to]),
            (Some(from), None) => fill("law.from", &[&from]),
            (None, Some(to)) => fill("law.to", &[&to]),
            (None, None) => ABSENT.to_owned(),
        };
        let recalled = match rule.wording {
            Wording::Read => "",
            Wording::Recalled => say("law.wording-known-second-hand-an"),
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
    table.noted(say("law.no-legal-advice-figures-are"))
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

fn name(regulation: Regulation) -> &'static str {
    match regulation {
        Regulation::DelegatedRegulation2024 => "(EU) 2024/1364",
        Regulation::EnergyEfficiencyDirective => "(EU) 2023/1791",
        Regulation::EnEfG => "EnEfG",
        Regulation::FinnishElectricityTax => say("law.finland-electricity-duty"),
    }
}

fn finding(finding: Finding) -> &'static str {
    match finding {
        Finding::NotApplicable => say("law.does-not-apply"),
        Finding::Met => say("law.met"),
        Finding::NotMet => say("law.not-met"),
        Finding::Open => say("law.open"),
    }
}
