//! Which files a run folder holds.

pub(crate) mod compliance;

use crate::pipeline::Run;
use crate::progress::Stage;
use crate::run_folder::OutputFile;
use crate::{Error, demand_summary, tables};
use hukka_model::{Diagnostic, HeatSource, Study};
use hukka_report::RunInfo;
use hukka_units::HeatPower;
use serde_json::{Value, json};

/// What to write beside the essentials.
#[derive(Debug, Clone, Copy, Default)]
pub struct OutputOptions {
    /// Hourly results as CSV too.
    pub csv: bool,
}

/// Every file of a complete run: report, summary, map, tables.
pub fn files_of_run(
    study: &Study,
    run: &Run,
    info: &RunInfo,
    options: OutputOptions,
) -> Result<Vec<OutputFile>, Error> {
    let inputs = report_inputs(study, run, info);
    let (demand, design, network) = (inputs.demand, inputs.design, inputs.network);
    let assessment = inputs.assessment;
    let failed = |source: hukka_report::Error| Error::Stage {
        stage: "report",
        source: source.into(),
    };
    let report = hukka_report::html(&inputs).map_err(failed)?;
    let paper = hukka_report::pdf(&inputs).map_err(failed)?;
    let hourly = tables::hourly("hourly", study, hukka_report::hourly_table(&inputs));
    let mut files = vec![
        OutputFile {
            path: "report.html".into(),
            bytes: report.into_bytes(),
        },
        OutputFile {
            path: "report.pdf".into(),
            bytes: paper,
        },
        json_file("summary.json", &hukka_report::summary(&inputs)),
        json_file(
            "compliance.json",
            &hukka_report::compliance(&assessment.compliance),
        ),
        OutputFile {
            path: "compliance.csv".into(),
            bytes: compliance::csv(&assessment.compliance).into_bytes(),
        },
        json_file("network.geojson", &hukka_report::network_geojson(&inputs)),
        tables::to_parquet(&hourly)?,
        tables::to_csv(&tables::numbers(
            "monthly",
            hukka_report::monthly_table(&inputs),
        ))?,
        tables::to_csv(&tables::consumers(study, demand, Some(design)))?,
        tables::to_csv(&tables::trenches(design, Some(network)))?,
        tables::to_csv(&tables::capex(design))?,
    ];
    if options.csv {
        files.push(tables::to_csv(&hourly)?);
    }
    Ok(files)
}

/// What `summary.json` of a complete run holds.
pub(crate) fn summary(study: &Study, run: &Run, info: &RunInfo) -> Value {
    hukka_report::summary(&report_inputs(study, run, info))
}

/// Every noun of a complete run, as the report takes them.
fn report_inputs<'a>(
    study: &'a Study,
    run: &'a Run,
    info: &'a RunInfo,
) -> hukka_report::Inputs<'a> {
    let (Some(demand), Some(sources), Some(design), Some(network), Some(plan), Some(assessment)) = (
        &run.demand,
        &run.sources,
        &run.design,
        &run.network,
        run.plan(),
        &run.assessment,
    ) else {
        unreachable!("invariant: a complete run has every noun");
    };
    hukka_report::Inputs {
        study,
        demand,
        design,
        network,
        sources,
        plan,
        counterfactual: run.counterfactual.as_ref(),
        owners: run.owners.as_ref(),
        uncertainty: run.uncertainty.as_ref(),
        assessment,
        diagnostics: &run.diagnostics,
        run: info,
    }
}

/// The files of a run that stopped after one stage: that stage's tables and a short summary.
pub fn files_of_stage(
    study: &Study,
    run: &Run,
    info: &RunInfo,
    until: Stage,
) -> Result<Vec<OutputFile>, Error> {
    let mut files = vec![json_file(
        "summary.json",
        &stage_summary(study, run, info, until),
    )];
    if let Some(demand) = &run.demand {
        files.push(tables::to_csv(&tables::consumers(
            study,
            demand,
            run.design.as_ref(),
        ))?);
        let total = demand.total.iter().map(|q| q.mw()).collect();
        let table = tables::hourly("demand", study, vec![("heat_demand_mw".to_owned(), total)]);
        files.push(tables::to_csv(&table)?);
    }
    if let Some(sources) = &run.sources {
        files.push(tables::to_csv(&tables::source_hourly(study, sources))?);
    }
    if let Some(design) = &run.design {
        files.push(tables::to_csv(&tables::trenches(
            design,
            run.network.as_ref(),
        ))?);
        files.push(tables::to_csv(&tables::capex(design))?);
    }
    if let Some(network) = &run.network {
        files.push(tables::to_csv(&tables::network_hourly(study, network))?);
    }
    if let Some(plan) = run.plan() {
        files.push(tables::to_csv(&tables::plan_hourly(study, plan))?);
    }
    Ok(files)
}

/// What a partial run found, for machines.
fn stage_summary(study: &Study, run: &Run, info: &RunInfo, until: Stage) -> Value {
    json!({
        "schema": "hukka-stage-summary/1",
        "run": { "version": info.version, "run_id": info.run_id, "until": until.name() },
        "study": { "id": study.id, "name": study.name },
        "demand_mwh": run.demand.as_ref().map(|d| d.annual().mwh()),
        "demand": run.demand.as_ref().map(|d| demand_summary::value(study, d)),
        "recoverable_mwh": run.sources.as_ref().map(|s| {
            s.iter().flat_map(|s| &s.recoverable).map(|q| q.mw()).sum::<f64>()
        }),
        "sources": run.sources.as_ref().map(|s| s.iter().map(source_summary).collect::<Vec<_>>()),
        "trench_length_m": run.design.as_ref().map(|d| d.trench_length().m()),
        "investment_eur": run.design.as_ref().map(|d| d.investment().eur()),
        "heat_fed_mwh": run.network.as_ref().map(|n| {
            n.hourly.heat_fed.iter().map(|q| q.mw()).sum::<f64>()
        }),
        "objective_eur": run.plan().map(|p| p.objective.eur()),
        "bound_eur": run.plan().map(|p| p.bound.eur()),
        "diagnostics": run.diagnostics.iter().map(diagnostic_value).collect::<Vec<_>>(),
    })
}

/// A data centre's year: energy, cooling, failures.
fn source_summary(source: &HeatSource) -> Value {
    let steps = source.recoverable.len();
    let sum = |value: &dyn Fn(usize) -> f64| (0..steps).map(value).sum::<f64>();
    let it = sum(&|t| source.it_power[t].mw());
    let facility =
        it + sum(&|t| source.auxiliary_power[t].mw()) + sum(&|t| source.cooling_power[t].mw());
    let resilience = &source.cooling.resilience;
    json!({
        "data_centre": source.id,
        "it_mwh": it,
        "facility_mwh": facility,
        "pue": (it > 0.0).then(|| facility / it),
        "cooling_mwh": sum(&|t| source.cooling_power[t].mw()),
        "recoverable_mwh": sum(&|t| source.recoverable[t].mw()),
        "recoverable_per_it": (it > 0.0).then(|| sum(&|t| source.recoverable[t].mw()) / it),
        "rejected_when_all_is_taken_mwh": sum(&|t| source.rejected(t, source.recoverable[t]).mw()),
        "water_m3": sum(&|t| source.water_use(t, HeatPower::ZERO).kg_s() * 3.6),
        "free_cooling_h": sum(&|t| {
            1.0 - source.cooling.partial_time[t].fraction() - source.cooling.full_time[t].fraction()
        }),
        "partial_cooling_h": sum(&|t| source.cooling.partial_time[t].fraction()),
        "full_mechanical_h": sum(&|t| source.cooling.full_time[t].fraction()),
        "unmet_hours_without_district_heating": resilience.without_district_heating.hours,
        "unmet_hours_without_one_unit": resilience.without_one_unit.map(|unmet| unmet.hours),
    })
}

fn diagnostic_value(diagnostic: &Diagnostic) -> Value {
    serde_json::to_value(diagnostic).unwrap_or(Value::Null)
}

fn json_file(path: &str, value: &Value) -> OutputFile {
    let mut bytes = format!("{value:#}").into_bytes();
    bytes.push(b'\n');
    OutputFile {
        path: path.into(),
        bytes,
    }
}
