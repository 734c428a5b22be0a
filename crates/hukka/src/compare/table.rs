//! From summaries to rows.

use super::read::ReadRun;
use super::{ComparedFigure, ComparedInput, ComparedRun, Comparison};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Figures compared: pointer into the summary, label, unit, factor to that unit, decimals.
const FIGURES: [(&str, &str, &str, f64, usize); 29] = [
    (
        "/kpis/share_covered",
        "share of heat from the data centre",
        "%",
        100.0,
        1,
    ),
    (
        "/kpis/heat_delivered_mwh",
        "heat delivered",
        "GWh/a",
        1e-3,
        2,
    ),
    (
        "/kpis/heat_pump_heat_mwh",
        "heat of the heat pumps",
        "GWh/a",
        1e-3,
        2,
    ),
    (
        "/kpis/heat_used_mwh",
        "heat taken from the data centre",
        "GWh/a",
        1e-3,
        2,
    ),
    (
        "/kpis/use_share",
        "share of the data centre's heat used",
        "%",
        100.0,
        1,
    ),
    ("/kpis/mean_cop", "mean COP", "", 1.0, 2),
    (
        "/kpis/heat_pump_energy_mwh",
        "electricity of the heat pumps",
        "GWh/a",
        1e-3,
        2,
    ),
    ("/kpis/loss_share", "network loss", "%", 100.0, 1),
    ("/kpis/boiler_hours", "hours with boilers", "h/a", 1.0, 0),
    (
        "/kpis/boiler_peak_mw",
        "largest boiler output",
        "MW",
        1.0,
        1,
    ),
    ("/kpis/pue", "PUE", "", 1.0, 3),
    ("/kpis/erf", "ERF, heat pump outside", "", 1.0, 3),
    (
        "/kpis/erf_heat_pump_inside",
        "ERF, heat pump inside",
        "",
        1.0,
        3,
    ),
    ("/kpis/carbon_saved_t", "CO2 saved", "t/a", 1.0, 0),
    ("/kpis/investment_eur", "investment", "M€", 1e-6, 2),
    (
        "/kpis/lcoh_eur_per_mwh",
        "levelised cost of heat",
        "€/MWh",
        1.0,
        1,
    ),
    (
        "/kpis/heat_cost_counterfactual_eur_per_mwh",
        "cost of heat without",
        "€/MWh",
        1.0,
        1,
    ),
    ("/kpis/npv_eur", "net present value", "M€", 1e-6, 2),
    ("/kpis/npv_residual_eur", "of it value left", "M€", 1e-6, 2),
    ("/kpis/irr", "internal rate of return", "%", 100.0, 1),
    ("/kpis/payback_years", "payback", "a", 1.0, 1),
    (
        "/money/together/npv_eur",
        "value for all parties",
        "M€",
        1e-6,
        2,
    ),
    (
        "/money/price_band/splitting_eur_per_mwh",
        "price that splits the gain",
        "€/MWh",
        1.0,
        1,
    ),
    ("/kpis/trench_length_m", "trench", "km", 1e-3, 2),
    (
        "/kpis/distance_to_town_m",
        "distance to the town",
        "km",
        1e-3,
        2,
    ),
    ("/kpis/consumers", "consumers", "", 1.0, 0),
    (
        "/uncertainty/figures/npv_eur/p10",
        "net present value, P10",
        "M€",
        1e-6,
        2,
    ),
    (
        "/uncertainty/figures/npv_eur/p90",
        "net present value, P90",
        "M€",
        1e-6,
        2,
    ),
    (
        "/uncertainty/probability_of_negative_npv",
        "chance of a loss",
        "%",
        100.0,
        0,
    ),
];

/// Rows of all runs.
pub(super) fn comparison(found: &[ReadRun]) -> Comparison {
    let labels = labels(found);
    let runs: Vec<ComparedRun> = found
        .iter()
        .zip(&labels)
        .map(|(run, label)| column(&run.summary, label))
        .collect();
    let registers: Vec<Option<Register>> = found.iter().map(|run| register(&run.summary)).collect();
    let mut notes = version_notes(&runs);
    for (run, known) in runs.iter().zip(&registers) {
        if known.is_none() {
            notes.push(format!(
                "{} has no input register (made by version {}); its inputs are not compared",
                run.label, run.version
            ));
        }
    }
    Comparison {
        figures: figures(found),
        inputs: inputs(&registers),
        runs,
        notes,
    }
}

/// Folder names; the same name twice gets a number.
fn labels(found: &[ReadRun]) -> Vec<String> {
    let mut used: BTreeSet<String> = BTreeSet::new();
    found
        .iter()
        .map(|run| {
            let mut label = run.name.clone();
            let mut number = 2;
            while !used.insert(label.clone()) {
                label = format!("{} ({number})", run.name);
                number += 1;
            }
            label
        })
        .collect()
}

fn text(summary: &Value, pointer: &str) -> String {
    let found = summary.pointer(pointer).and_then(Value::as_str);
    found.unwrap_or_default().to_owned()
}

fn column(summary: &Value, label: &str) -> ComparedRun {
    let reasons = summary
        .pointer("/verdict/reasons")
        .and_then(Value::as_array);
    ComparedRun {
        label: label.to_owned(),
        study: text(summary, "/study/name"),
        run_id: text(summary, "/run/run_id"),
        version: text(summary, "/run/version"),
        verdict: text(summary, "/verdict/kind"),
        headline: text(summary, "/verdict/headline"),
        reasons: reasons
            .into_iter()
            .flatten()
            .map(|reason| text(reason, "/text"))
            .filter(|reason| !reason.is_empty())
            .collect(),
    }
}

fn version_notes(runs: &[ComparedRun]) -> Vec<String> {
    let versions: BTreeSet<&str> = runs.iter().map(|run| run.version.as_str()).collect();
    let mut notes = Vec::new();
    if versions.len() > 1 {
        let all: Vec<&str> = versions.into_iter().collect();
        notes.push(format!(
            "runs of different versions ({}): a difference may be the engine's",
            all.join(", ")
        ));
    }
    let twins = runs
        .iter()
        .enumerate()
        .flat_map(|(n, a)| runs[..n].iter().map(move |b| (a, b)))
        .filter(|(a, b)| !a.run_id.is_empty() && a.run_id == b.run_id);
    notes.extend(twins.map(|(a, b)| format!("{} and {} are the same run", b.label, a.label)));
    notes
}

fn figures(found: &[ReadRun]) -> Vec<ComparedFigure> {
    FIGURES
        .iter()
        .map(|(pointer, label, unit, factor, digits)| ComparedFigure {
            key: pointer.trim_start_matches('/').replace('/', "."),
            label,
            unit,
            digits: *digits,
            values: found
                .iter()
                .map(|run| run.summary.pointer(pointer)?.as_f64())
                .map(|value| value.map(|value| value * factor))
                .collect(),
        })
        .filter(|figure| figure.values.iter().any(Option::is_some))
        .collect()
}

/// Value and unit by key.
type Register = BTreeMap<String, (String, String)>;

/// The inputs of a run; a key that stands twice gets a number. `None` where there is no register.
fn register(summary: &Value) -> Option<Register> {
    let lines = summary.get("register")?.as_array()?;
    let mut out = Register::new();
    for line in lines {
        let key = text(line, "/key");
        let mut name = key.clone();
        let mut number = 2;
        while out.contains_key(&name) {
            name = format!("{key} ({number})");
            number += 1;
        }
        out.insert(name, (text(line, "/value"), text(line, "/unit")));
    }
    Some(out)
}

/// Inputs of the runs that have a register, where they are not all the same.
fn inputs(registers: &[Option<Register>]) -> Vec<ComparedInput> {
    let known = || registers.iter().flatten();
    let keys: BTreeSet<&String> = known().flat_map(BTreeMap::keys).collect();
    keys.into_iter()
        .filter_map(|key| {
            let of = |register: &Register| register.get(key).map(|(value, _)| value.clone());
            let all: BTreeSet<Option<String>> = known().map(of).collect();
            (all.len() > 1).then(|| ComparedInput {
                key: key.clone(),
                unit: known()
                    .find_map(|register| register.get(key))
                    .map(|(_, unit)| unit.clone())
                    .unwrap_or_default(),
                values: registers
                    .iter()
                    .map(|register| register.as_ref().and_then(of))
                    .collect(),
            })
        })
        .collect()
}
