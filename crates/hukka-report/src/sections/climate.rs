//! Section 8: climate and law.

use crate::colour;
use crate::figure::Table;
use crate::inputs::Inputs;
use crate::measured::{ABSENT, Measured, shown};
use crate::number::{percent, short, whole};
use crate::svg::{Anchor, Canvas};
use hukka_model::Counterfactual;
use hukka_units::grouped;
use serde::Serialize;

/// Section 8.
#[derive(Debug, Serialize)]
pub(crate) struct Climate {
    counterfactual: String,
    carbon: Table,
    boundary: String,
    boundary_title: String,
    metrics: Table,
    fields: Table,
    copy: String,
    enefg: Table,
}

/// Collects section 8.
pub(crate) fn section(inputs: &Inputs<'_>) -> Climate {
    let boundary_title =
        "The metering boundary decides the legal figures: heat pump outside or inside".to_owned();
    Climate {
        counterfactual: counterfactual(inputs),
        carbon: carbon(inputs),
        boundary: boundary(&boundary_title),
        boundary_title,
        metrics: metrics(inputs),
        fields: fields(inputs),
        copy: copy(inputs),
        enefg: enefg(inputs),
    }
}

fn counterfactual(inputs: &Inputs<'_>) -> String {
    let cost = shown(Measured::new(inputs).heat_cost_counterfactual, 1);
    match &inputs.study.counterfactual {
        Counterfactual::Individual { name, emission, .. } => format!(
            "Compared with: {name}. Heat costs {cost} €/MWh and emits {} kg of CO₂ per MWh there.",
            grouped(emission.kg_mwh(), 0)
        ),
        Counterfactual::ExistingPlant => format!(
            "Compared with: the same network fed by the existing boilers alone, operated at least cost. Heat costs {cost} €/MWh there."
        ),
    }
}

fn carbon(inputs: &Inputs<'_>) -> Table {
    let kpis = &inputs.assessment.kpis;
    let mut table = Table::new("CO₂ in a year, from electricity and fuel")
        .text("Case")
        .number("CO₂", "t/a");
    table.push([
        "Without the data centre's heat".to_owned(),
        whole(kpis.carbon_counterfactual.t()),
    ]);
    table.push([
        "With the data centre's heat".to_owned(),
        whole(kpis.carbon.t()),
    ]);
    table.total = Some(vec!["Saved".to_owned(), whole(kpis.carbon_saved.t())]);
    table
}

/// PUE, ERF and ERE on both sides of the boundary.
fn metrics(inputs: &Inputs<'_>) -> Table {
    let kpis = &inputs.assessment.kpis;
    let mut table = Table::new("The same physics, two boundaries")
        .text("Figure")
        .text("Definition")
        .number("Heat pump outside", "")
        .number("Heat pump inside", "");
    let three = |value: Option<f64>| shown(value, 3);
    let measured = Measured::new(inputs);
    let (pue, pue_in) = (measured.pue, measured.pue_inside);
    let (erf, erf_in) = (measured.erf, measured.erf_inside);
    table.push([
        "PUE".to_owned(),
        "facility energy over IT energy".to_owned(),
        three(pue),
        three(pue_in),
    ]);
    table.push([
        "PUE without reuse".to_owned(),
        "the same, all heat rejected".to_owned(),
        three(measured.pue_without_reuse),
        "–".to_owned(),
    ]);
    table.push([
        "ERF".to_owned(),
        "heat reused over facility energy".to_owned(),
        three(erf),
        three(erf_in),
    ]);
    table.push([
        "ERE".to_owned(),
        "PUE × (1 − ERF)".to_owned(),
        three(ere(pue, erf)),
        three(ere(pue_in, erf_in)),
    ]);
    table.push([
        "T_WH, °C".to_owned(),
        "waste heat before any heat pump, weighted by heat".to_owned(),
        grouped(kpis.waste_heat_temperature.c(), 1),
        grouped(kpis.waste_heat_temperature.c(), 1),
    ]);
    table
}

/// `ERE = PUE × (1 − ERF)`, where both exist.
fn ere(pue: Option<f64>, erf: Option<f64>) -> Option<f64> {
    Some(pue? * (1.0 - erf?))
}

/// Symbol, meaning, value and unit of every field of the regulation that this study can fill.
fn field_rows(inputs: &Inputs<'_>) -> Vec<[String; 4]> {
    let kpis = &inputs.assessment.kpis;
    let rated: f64 = inputs
        .study
        .data_centres
        .iter()
        .map(|centre| centre.it_load.kw())
        .sum();
    let measured = Measured::new(inputs);
    let row = |symbol: &str, meaning: &str, value: String, unit: &str| {
        [
            symbol.to_owned(),
            meaning.to_owned(),
            value,
            unit.to_owned(),
        ]
    };
    vec![
        row(
            "P_DIT",
            "IT power demand; here the installed rated IT load",
            whole(rated),
            "kW",
        ),
        row(
            "E_DC",
            "total energy of the data centre, heat pump outside",
            whole(kpis.facility_energy.kwh()),
            "kWh",
        ),
        row(
            "E_IT",
            "energy of the IT equipment",
            whole(kpis.it_energy.kwh()),
            "kWh",
        ),
        row(
            "E_REUSE",
            "waste heat reused outside, at the hand-over point",
            whole(kpis.heat_used.kwh()),
            "kWh",
        ),
        row(
            "T_WH",
            "average temperature of the waste heat, before the heat pump",
            grouped(kpis.waste_heat_temperature.c(), 1),
            "°C",
        ),
        row("PUE", "E_DC / E_IT", shown(measured.pue, 3), "1"),
        row("ERF", "E_REUSE / E_DC", shown(measured.erf, 3), "1"),
    ]
}

fn fields(inputs: &Inputs<'_>) -> Table {
    let mut table = Table::new(
        "Delegated Regulation (EU) 2024/1364, Annexes II and III: fields this study can fill",
    )
    .text("Field")
    .text("Meaning")
    .number("Value", "")
    .text("Unit");
    for row in field_rows(inputs) {
        table.push(row);
    }
    table.noted("Calculated for a typical year at full fill, not measured. Not covered by this study: floor areas, water (W_IN, WUE), refrigerants, renewable energy (E_RES-TOT, REF), back-up generation, ICT capacity and traffic.")
}

fn copy(inputs: &Inputs<'_>) -> String {
    let lines: Vec<String> = field_rows(inputs)
        .iter()
        .map(|row| format!("{}\t{}\t{}", row[0], row[2].replace(',', ""), row[3]))
        .collect();
    lines.join("\n")
}

/// Limits of the German Energy Efficiency Act, § 11, beside this study's figures.
fn enefg(inputs: &Inputs<'_>) -> Table {
    let Measured { pue, erf, .. } = Measured::new(inputs);
    let mut table =
        Table::new("Germany, EnEfG § 11, for information: thresholds beside this study")
            .text("Applies to")
            .text("Figure")
            .text("Limit")
            .number("This study", "")
            .text("Within the limit");
    let yes = |is_met: Option<bool>| match is_met {
        Some(true) => "yes".to_owned(),
        Some(false) => "no".to_owned(),
        None => ABSENT.to_owned(),
    };
    let mut limit = |who: &str, what: &str, text: &str, value: String, is_met: Option<bool>| {
        table.push([
            who.to_owned(),
            what.to_owned(),
            text.to_owned(),
            value,
            yes(is_met),
        ]);
    };
    let short_pue = pue.map_or_else(|| ABSENT.to_owned(), short);
    let older = "in operation before 1 Jul 2026";
    limit(
        older,
        "PUE",
        "≤ 1.5 from 1 Jul 2027",
        short_pue.clone(),
        pue.map(|pue| pue <= 1.5),
    );
    limit(
        older,
        "PUE",
        "≤ 1.3 from 1 Jul 2030",
        short_pue.clone(),
        pue.map(|pue| pue <= 1.3),
    );
    limit(
        "in operation from 1 Jul 2026",
        "PUE",
        "≤ 1.2",
        short_pue.clone(),
        pue.map(|pue| pue <= 1.2),
    );
    for (who, percent_limit) in [
        ("in operation from 1 Jul 2026", 10.0),
        ("in operation from 1 Jul 2027", 15.0),
        ("in operation from 1 Jul 2028", 20.0),
    ] {
        limit(
            who,
            "ERF",
            &format!("≥ {} %", whole(percent_limit)),
            erf.map_or_else(|| ABSENT.to_owned(), |erf| format!("{} %", percent(erf))),
            erf.map(|erf| 100.0 * erf >= percent_limit),
        );
    }
    table.noted("From 300 kW of connected power. To be met within two years of the start; electricity that only lifts waste heat is left out of PUE, as here. The Act knows exceptions (§ 11 (3)); this table is no legal advice.")
}

/// Two sketches of the boundary.
fn boundary(title: &str) -> String {
    let mut canvas = Canvas::new(920.0, 196.0);
    sketch(
        &mut canvas,
        0.0,
        "Heat pump outside (the heat company's)",
        236.0,
    );
    sketch(
        &mut canvas,
        470.0,
        "Heat pump inside (the data centre's)",
        372.0,
    );
    canvas.finish(title, "")
}

fn sketch(canvas: &mut Canvas, left: f64, title: &str, boundary: f64) {
    let name = r#"class="name""#;
    let tick = r#"class="tick""#;
    let dashed = format!(
        r#"fill="none" stroke="{}" stroke-width="1.5" stroke-dasharray="6 4" rx="6""#,
        colour::SUPPLY
    );
    canvas.text(
        (left + 2.0, 14.0),
        Anchor::Start,
        title,
        r#"class="name strong""#,
    );
    canvas.rect((left + 2.0, 28.0), (boundary, 150.0), &dashed);
    let boxed = format!(r##"fill="#fff" stroke="{}" rx="4""##, colour::INK);
    let boxes = [
        (16.0, 52.0, "Servers"),
        (16.0, 116.0, "Cooling, UPS, fans"),
        (250.0, 52.0, "Heat pump"),
        (384.0, 52.0, "Network"),
    ];
    for (x, y, text) in boxes {
        let width = if x < 100.0 {
            130.0
        } else if x < 300.0 {
            100.0
        } else {
            62.0
        };
        canvas.rect((left + x, y), (width, 40.0), &boxed);
        canvas.text(
            (left + x + width / 2.0, y + 25.0),
            Anchor::Middle,
            text,
            name,
        );
    }
    let arrow = |from: f64, to: f64, colour: &str, canvas: &mut Canvas| {
        let style = format!(r#"stroke="{colour}" stroke-width="3""#);
        canvas.line((left + from, 72.0), (left + to - 6.0, 72.0), &style);
        let tip = [
            (left + to, 72.0),
            (left + to - 8.0, 66.0),
            (left + to - 8.0, 78.0),
        ];
        canvas.polygon(&tip, &format!(r#"fill="{colour}""#));
    };
    arrow(146.0, 250.0, colour::ACCENT, canvas);
    arrow(350.0, 384.0, colour::SUPPLY, canvas);
    canvas.text((left + 156.0, 62.0), Anchor::Start, "T_WH", tick);
    let (x, shift, anchor) = if boundary < 300.0 {
        (238.0, 8.0, Anchor::Start)
    } else {
        (374.0, -8.0, Anchor::End)
    };
    canvas.line(
        (left + x, 72.0),
        (left + x, 142.0),
        &format!(r#"stroke="{}""#, colour::SUPPLY),
    );
    canvas.circle(
        (left + x, 72.0),
        4.0,
        &format!(r#"fill="{}""#, colour::SUPPLY),
    );
    let at = (left + x + shift, 140.0);
    canvas.text(at, anchor, "E_REUSE measured here", tick);
}
