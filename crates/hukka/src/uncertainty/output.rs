//! `uncertainty.json`, `samples.csv` and the lines on the screen.

use super::headline::{Figures, NPV};
use super::{HEADLINES, INPUTS, Spread, Uncertainty, WhatIf, noun, samples};
use crate::RunInfo;
use crate::run_folder::OutputFile;
use hukka_model::{Study, TornadoBar, UncertaintyResult};
use hukka_units::grouped;
use serde_json::{Map, Value, json};

/// The files of an uncertainty run.
pub fn files_of_uncertainty(
    study: &Study,
    result: &Uncertainty,
    info: &RunInfo,
) -> Vec<OutputFile> {
    let mut summary = format!("{:#}", summary(study, result, info)).into_bytes();
    summary.push(b'\n');
    vec![
        OutputFile {
            path: "uncertainty.json".into(),
            bytes: summary,
        },
        OutputFile {
            path: "samples.csv".into(),
            bytes: samples::table(&result.samples).into_bytes(),
        },
    ]
}

fn summary(study: &Study, result: &Uncertainty, info: &RunInfo) -> Value {
    json!({
        "schema": "hukka-uncertainty/1",
        "run": { "version": info.version, "run_id": info.run_id, "command": info.command },
        "study": { "id": study.id, "name": study.name },
        "samples": result.samples.len(),
        "seed": result.seed,
        "method": "every sample runs demand, source, network, dispatch and assessment again; \
                   the design is that of the base",
        "inputs": INPUTS.iter().zip(&result.correlations).map(|(input, correlation)| json!({
            "name": input.name,
            "distribution": input.distribution,
            "parameters": parameters(study, input.keys),
            "rank_correlation_with_npv": correlation,
        })).collect::<Vec<_>>(),
        "probability_of_negative_npv": result.loss_probability,
        "figures": HEADLINES.iter().zip(&result.spreads).enumerate().map(|(n, (figure, spread))| {
            (figure.name.to_owned(), figure_value(figure.label, result.base[n], spread.as_ref()))
        }).collect::<Map<_, _>>(),
        "tornado": noun::tornado(result).iter().map(bar).collect::<Vec<_>>(),
        "matrix": {
            "rows": result.matrix.rows,
            "columns": result.matrix.columns,
            "npv_eur": result.matrix.npv.iter()
                .map(|row| row.iter().map(|npv| npv.eur()).collect::<Vec<_>>())
                .collect::<Vec<_>>(),
        },
        "what_ifs": result.what_ifs.iter().map(|w| what_if_value(w, &result.base)).collect::<Vec<_>>(),
    })
}

fn bar(bar: &TornadoBar) -> Value {
    json!({
        "input": bar.input,
        "rank_correlation_with_npv": bar.correlation,
        "npv_at_lowest_fifth_eur": bar.npv_low_high.map(|ends| ends.0.eur()),
        "npv_at_highest_fifth_eur": bar.npv_low_high.map(|ends| ends.1.eur()),
    })
}

/// P10, P50 and P90 of the headline figures of a run that asked for samples.
pub fn spread_lines(result: &UncertaintyResult) -> Vec<String> {
    let mut lines = vec![format!(
        "  unsure   {} samples: loses money in {} %",
        grouped(result.samples as f64, 0),
        grouped(result.loss_probability.percent(), 1)
    )];
    for (name, label, scale, digits, unit) in SHOWN {
        let figure = result.figures.iter().find(|figure| figure.name == name);
        if let Some((p10, p50, p90)) = figure.and_then(|figure| figure.p10_p50_p90) {
            let show = |value: f64| number(value * scale, digits);
            lines.push(format!(
                "           {label:24} P10 {}  P50 {}  P90 {} {unit}",
                show(p10),
                show(p50),
                show(p90)
            ));
        }
    }
    lines
}

/// Figures shown beside the verdict: name, words, factor, decimals, unit.
const SHOWN: [(&str, &str, f64, usize, &str); 8] = [
    ("npv_eur", "net present value", 1e-6, 1, "M€"),
    ("lcoh_eur_mwh", "levelised cost of heat", 1.0, 0, "€/MWh"),
    ("irr_share", "rate of return", 100.0, 1, "%"),
    ("payback_a", "payback", 1.0, 0, "a"),
    ("share_covered", "share covered", 100.0, 0, "%"),
    ("heat_used_mwh", "data-centre heat used", 1e-3, 1, "GWh/a"),
    ("erf_share", "energy reuse factor", 100.0, 1, "%"),
    ("carbon_saved_t", "CO2 saved", 1.0, 0, "t/a"),
];

/// A number with a sign that reads as one.
fn number(value: f64, digits: usize) -> String {
    let text = grouped(value.abs(), digits);
    if value < 0.0 {
        format!("−{text}")
    } else {
        text
    }
}

/// The keys of an input as their register has them: value, unit, source.
fn parameters(study: &Study, keys: &[&str]) -> Vec<Value> {
    study
        .uncertainty
        .register
        .iter()
        .filter(|line| {
            let own = line.key.strip_prefix("uncertainty.");
            own.is_some_and(|key| keys.contains(&key))
        })
        .map(|line| {
            json!({ "key": line.key, "value": line.value, "unit": line.unit,
                    "source": line.source, "confidence": line.confidence })
        })
        .collect()
}

fn figure_value(label: &str, base: Option<f64>, spread: Option<&Spread>) -> Value {
    json!({
        "label": label,
        "base": base,
        "samples": spread.map_or(0, |s| s.count),
        "p10": spread.map(|s| s.p10),
        "p50": spread.map(|s| s.p50),
        "p90": spread.map(|s| s.p90),
        "mean": spread.map(|s| s.mean),
        "min": spread.map(|s| s.min),
        "max": spread.map(|s| s.max),
    })
}

fn what_if_value(answer: &WhatIf, base: &Figures) -> Value {
    let figures = answer.figures.as_ref().map(|figures| {
        HEADLINES
            .iter()
            .zip(figures)
            .map(|(figure, value)| (figure.name.to_owned(), json!(value)))
            .collect::<Map<_, _>>()
    });
    json!({
        "id": answer.id,
        "question": answer.question,
        "assumes": answer.assumes,
        "npv_change_eur": npv_change(answer, base),
        "extra_cost_eur_per_year": answer.extra_cost_eur,
        "unserved_mwh": answer.unserved_mwh,
        "unserved_on_coldest_day_mwh": answer.unserved_on_coldest_day_mwh,
        "coldest_day_mwh": answer.coldest_day.iter()
            .map(|(id, heat)| (id.clone(), json!(heat))).collect::<Map<_, _>>(),
        "figures": figures,
    })
}

fn npv_change(answer: &WhatIf, base: &Figures) -> Option<f64> {
    Some(answer.figures.as_ref()?[NPV]? - base[NPV]?)
}

/// The result for people: spread, chances, what weighs most, what-ifs.
pub fn uncertainty_lines(result: &Uncertainty) -> Vec<String> {
    let mut lines = vec![headline(result)];
    for (name, scale, digits, unit) in [
        ("lcoh_eur_mwh", 1.0, 0, "€/MWh"),
        ("irr_share", 100.0, 1, "%"),
        ("payback_a", 1.0, 0, "a"),
        ("share_covered", 100.0, 0, "%"),
        ("heat_used_mwh", 1e-3, 1, "GWh/a"),
        ("carbon_saved_t", 1.0, 0, "t/a"),
    ] {
        lines.extend(spread_line(result, name, (scale, digits, unit)));
    }
    lines.push(format!(
        "  loses money (NPV < 0) in {} % of {} samples",
        grouped(100.0 * result.loss_probability, 1),
        grouped(result.samples.len() as f64, 0)
    ));
    lines.extend(weights(result));
    lines.extend(result.what_ifs.iter().map(|w| what_if_line(w, result)));
    lines
}

fn headline(result: &Uncertainty) -> String {
    let base = result.base[NPV].unwrap_or(0.0);
    let spread = result.spreads[NPV].map_or(String::new(), |s| {
        format!(" (P10 {}, P90 {})", signed(s.p10), signed(s.p90))
    });
    format!("  NPV {} M€{spread}", signed(base))
}

/// Millions with sign and one digit.
fn signed(eur: f64) -> String {
    let text = grouped(eur.abs() / 1e6, 1);
    if eur < 0.0 {
        format!("−{text}")
    } else {
        format!("+{text}")
    }
}

fn spread_line(
    result: &Uncertainty,
    name: &str,
    (scale, digits, unit): (f64, usize, &str),
) -> Option<String> {
    let n = HEADLINES.iter().position(|figure| figure.name == name)?;
    let spread = result.spreads[n]?;
    let show = |value: f64| grouped(value * scale, digits);
    let base = result.base[n].map_or("none".to_owned(), show);
    let missing = result.samples.len() - spread.count;
    let note = if missing > 0 {
        format!("; none in {missing} samples")
    } else {
        String::new()
    };
    let label = HEADLINES[n].label.split(',').next().unwrap_or_default();
    Some(format!(
        "    {label:32} {base} {unit} (P10 {}, P50 {}, P90 {}{note})",
        show(spread.p10),
        show(spread.p50),
        show(spread.p90)
    ))
}

/// The four inputs that move the net present value most.
fn weights(result: &Uncertainty) -> Option<String> {
    let mut order: Vec<(f64, &str)> = INPUTS
        .iter()
        .zip(&result.correlations)
        .filter_map(|(input, rho)| Some(((*rho)?, input.name)))
        .collect();
    order.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()).then(a.1.cmp(b.1)));
    let words: Vec<String> = order
        .iter()
        .take(4)
        .map(|(rho, name)| {
            format!(
                "{name} {}{:.2}",
                if *rho < 0.0 { "−" } else { "+" },
                rho.abs()
            )
        })
        .collect();
    (!words.is_empty()).then(|| format!("  weighs most (rank correlation)  {}", words.join(" · ")))
}

fn what_if_line(answer: &WhatIf, result: &Uncertainty) -> String {
    let mut parts = Vec::new();
    if let Some(change) = npv_change(answer, &result.base) {
        let npv = result.base[NPV].unwrap_or(0.0) + change;
        parts.push(format!("NPV {} M€ ({})", signed(npv), signed(change)));
    }
    if let Some(cost) = answer.extra_cost_eur {
        parts.push(format!(
            "costs {} k€ more in a year",
            grouped(cost / 1e3, 0)
        ));
    }
    if let Some(lacking) = answer.unserved_on_coldest_day_mwh {
        parts.push(format!(
            "{} MWh not supplied on the coldest day",
            grouped(lacking, 1)
        ));
    }
    if let Some(lacking) = answer.unserved_mwh.filter(|mwh| *mwh > 1e-3) {
        parts.push(format!("{} MWh a year not supplied", grouped(lacking, 0)));
    }
    let covers: Vec<String> = answer
        .coldest_day
        .iter()
        .filter(|(_, heat)| heat.abs() > 0.05)
        .map(|(id, heat)| format!("{id} {} MWh", grouped(*heat, 0)))
        .collect();
    if !covers.is_empty() {
        parts.push(format!("that day {}", covers.join(", ")));
    }
    format!("  if {}: {}", answer.question, parts.join("; "))
}
