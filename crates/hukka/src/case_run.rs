//! A dispatch case on its own: from its folder to the files of its result.

mod owners;

use crate::tables::{Column, Table, to_csv, to_parquet};
use crate::{Error, OutputFile};
use hukka_dispatch::owners::OwnersOutcome;
use hukka_dispatch::park::{
    CaseOutcome, ParkOptions, UnitAccount, carbon_t, solve_case, without_data_centre,
};
use hukka_formats::{CASE_FILE, CaseFiles, ROLLING_FILE, SERIES_FILE, read_dispatch_case};
use hukka_model::{Diagnostic, DispatchCase, Place, SolveStatus};
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// A case that has been solved.
#[derive(Debug)]
pub struct CaseRun {
    /// What was asked.
    pub case: DispatchCase,
    /// What came out.
    pub outcome: CaseOutcome,
    /// The same park without the data centre, if asked for or if there are contracts.
    pub without: Option<CaseOutcome>,
    /// What contracts make of it, if the case names any; answered in the linear model.
    pub owners: Option<OwnersOutcome>,
    /// Findings of reading and solving.
    pub diagnostics: Vec<Diagnostic>,
    /// Seconds spent reading.
    pub read_s: f64,
}

/// The folder of a dispatch case, if a path leads to one.
pub fn case_folder(path: &Path) -> Option<PathBuf> {
    if path.file_name().is_some_and(|name| name == CASE_FILE) && path.is_file() {
        let parent = path
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty());
        return Some(parent.unwrap_or(Path::new(".")).to_owned());
    }
    path.join(CASE_FILE).is_file().then(|| path.to_owned())
}

/// Reads and solves the case in a folder; `has_without` asks for the park without the data centre
/// beside it.
///
/// # Errors  [`Error::Input`] with every finding; a solver that fails
pub fn dispatch_case(
    folder: &Path,
    options: &ParkOptions,
    has_without: bool,
) -> Result<CaseRun, Error> {
    let clock = now();
    let (case, mut diagnostics) = read(folder)?;
    let Some(case) = case else {
        return Err(Error::Input(diagnostics));
    };
    let read_s = clock.elapsed().as_secs_f64();
    let seconds = || clock.elapsed().as_secs_f64();
    let (outcome, found) = solve_case(&case, options, &seconds).map_err(failed)?;
    diagnostics.extend(found);
    let without = (has_without || case.owners.is_some())
        .then(|| solve_case(&without_data_centre(&case), options, &seconds))
        .transpose()
        .map_err(failed)?;
    let owners = owners::answer(&case, options, &seconds).map_err(failed)?;
    Ok(CaseRun {
        case,
        outcome,
        without: without.map(|(outcome, _)| outcome),
        owners,
        diagnostics,
        read_s,
    })
}

fn failed(source: hukka_dispatch::Error) -> Error {
    Error::Stage {
        stage: "dispatch",
        source: Box::new(source),
    }
}

fn read(folder: &Path) -> Result<(Option<DispatchCase>, Vec<Diagnostic>), Error> {
    let (mut found, mut contents) = (Vec::new(), Vec::new());
    for name in [CASE_FILE, SERIES_FILE] {
        match bytes_of(&folder.join(name)) {
            Ok(bytes) => contents.push(bytes),
            Err(error) => found.push(
                Diagnostic::error("HK0906", format!("{name} cannot be read: {error}"))
                    .at(Place::file(name))
                    .help("a dispatch case is a folder with case.json and series.csv"),
            ),
        }
    }
    let rolling = folder.join(ROLLING_FILE);
    let rolling = rolling.is_file().then(|| bytes_of(&rolling));
    let rolling = match rolling.transpose() {
        Ok(bytes) => bytes,
        Err(error) => {
            let message = format!("{ROLLING_FILE} cannot be read: {error}");
            found.push(Diagnostic::error("HK0906", message).at(Place::file(ROLLING_FILE)));
            None
        }
    };
    let [case, series] = contents.as_slice() else {
        return Err(Error::Input(found));
    };
    let (case, more) = read_dispatch_case(CaseFiles {
        case,
        series,
        rolling: rolling.as_deref(),
    });
    let is_readable = found.is_empty();
    found.extend(more);
    Ok((case.filter(|_| is_readable), found))
}

fn bytes_of(path: &Path) -> std::io::Result<Vec<u8>> {
    #[expect(clippy::disallowed_methods, reason = "the facade reads the case")]
    std::fs::read(path)
}

/// The files of a solved case: the summary, the plan and the prices.
///
/// # Errors  [`Error::Encode`]
pub fn files_of_case(run: &CaseRun, csv: bool) -> Result<Vec<OutputFile>, Error> {
    let encode = if csv { to_csv } else { to_parquet };
    let mut text = format!("{:#}", summary(run)).into_bytes();
    text.push(b'\n');
    let mut files = vec![
        OutputFile {
            path: "summary.json".into(),
            bytes: text,
        },
        encode(&plan_table(run))?,
        encode(&price_table(run))?,
    ];
    if let Some(table) = owners::table(run) {
        files.push(encode(&table)?);
    }
    Ok(files)
}

/// The plan, with the columns of the cases' own solutions first.
fn plan_table(run: &CaseRun) -> Table {
    let (case, plan) = (&run.case, &run.outcome.plan);
    let mut columns = vec![steps(case)];
    let mut put = |name: String, values: &[f64]| {
        if !values.is_empty() {
            columns.push((
                name,
                Column::Number(values.iter().map(|x| x + 0.0).collect()),
            ));
        }
    };
    for (unit, heat) in case.units.iter().zip(&plan.heat_mw) {
        put(format!("q_{}", unit.id), heat);
    }
    for (index, store) in case.stores.iter().enumerate() {
        let tail = match case.stores.len() {
            1 => String::new(),
            _ => format!("_{}", store.id),
        };
        put(format!("charge{tail}"), &plan.charge_mw[index]);
        put(format!("discharge{tail}"), &plan.discharge_mw[index]);
        put(format!("soc{tail}"), &plan.level_mwh[index]);
    }
    put("p_buy".into(), &plan.buy_mw);
    put("p_sell".into(), &plan.sell_mw);
    put("unserved".into(), &plan.unserved_mw);
    for (index, unit) in case.units.iter().enumerate() {
        if !case.is_committed(index) {
            continue;
        }
        let (on, start, stop) = on_columns(case, index, &plan.is_on[index]);
        put(format!("u_{}", unit.id), &on);
        put(format!("v_{}", unit.id), &start);
        put(format!("w_{}", unit.id), &stop);
    }
    for (unit, power) in case.units.iter().zip(&plan.condensing_mw) {
        put(format!("p_condensing_{}", unit.id), power);
    }
    if case.dump.is_some() {
        put("dumped".into(), &plan.dumped_mw);
    }
    for (index, source) in case.sources.iter().enumerate() {
        put(
            format!("free_cooling_{}", source.id),
            &plan.free_cooling_mw[index],
        );
        put(format!("chiller_{}", source.id), &plan.chiller_mw[index]);
    }
    if case.electricity.reserve.is_some() {
        put("reserve".into(), &plan.reserve_mw);
    }
    Table {
        name: "solution",
        columns,
    }
}

fn steps(case: &DispatchCase) -> (String, Column) {
    let steps = (0..case.steps()).map(|step| step as f64);
    ("step".to_owned(), Column::Number(steps.collect()))
}

/// On, started and stopped as zeros and ones.
fn on_columns(case: &DispatchCase, unit: usize, is_on: &[bool]) -> (Vec<f64>, Vec<f64>, Vec<f64>) {
    let rules = case.units[unit].commitment;
    let mut was_on = rules.is_some_and(|rules| rules.initial_on);
    let one = |flag: bool| f64::from(u8::from(flag));
    let (mut on, mut start, mut stop) = (Vec::new(), Vec::new(), Vec::new());
    for now in is_on {
        on.push(one(*now));
        start.push(one(*now && !was_on));
        stop.push(one(!*now && was_on));
        was_on = *now;
    }
    (on, start, stop)
}

/// What heat is worth and what CO2 is emitted, step by step.
fn price_table(run: &CaseRun) -> Table {
    let (case, plan) = (&run.case, &run.outcome.plan);
    let mut columns = vec![steps(case)];
    let mut put = |name: String, values: &[f64]| {
        columns.push((name, Column::Number(values.to_vec())));
    };
    put(
        "heat_price_eur_per_mwh".into(),
        &plan.heat_price_eur_per_mwh,
    );
    for (source, worth) in case.sources.iter().zip(&plan.source_worth_eur_per_mwh) {
        put(format!("worth_of_{}_eur_per_mwh", source.id), worth);
    }
    let every = 0..case.steps();
    let fuel: Vec<f64> = every.map(|t| carbon_t(case, plan, t)).collect();
    put("co2_fuel_t".into(), &fuel);
    let net = |t: usize| plan.buy_mw[t] - plan.sell_mw[t];
    let bought = |t: usize| plan.buy_mw[t];
    let factors: [(_, _, &dyn Fn(usize) -> f64); 2] = [
        ("average", &case.carbon.average_grid_t_per_mwh, &bought),
        ("marginal", &case.carbon.marginal_grid_t_per_mwh, &net),
    ];
    for (name, factor, power) in factors {
        if let Some(factor) = factor {
            let steps = factor.iter().zip(&case.step_hours).enumerate();
            let tonnes: Vec<f64> = steps.map(|(t, (f, hours))| f * hours * power(t)).collect();
            put(format!("co2_grid_{name}_t"), &tonnes);
        }
    }
    Table {
        name: "prices",
        columns,
    }
}

fn summary(run: &CaseRun) -> Value {
    let (outcome, sum) = (&run.outcome, &run.outcome.account);
    let status = match outcome.plan.status {
        SolveStatus::Infeasible => "infeasible",
        _ if sum.unserved_mwh > 1e-6 => "heat_unserved",
        _ => "solved",
    };
    let units = sum
        .units
        .iter()
        .map(|unit| (unit.id.clone(), unit_json(unit)));
    let stores = run
        .case
        .stores
        .iter()
        .zip(&outcome.plan.store_worth_eur_per_mwh);
    let stores = stores.map(|(store, worth)| (store.id.clone(), json!(worth)));
    json!({
        "case": run.case.name,
        "status": status,
        "objective_eur": outcome.objective_eur,
        "bound_eur": finite(outcome.bound_eur),
        "gap": finite(outcome.gap),
        "engine": outcome.engine,
        "windows": outcome.windows,
        "read_s": run.read_s,
        "build_s": outcome.build_s,
        "solve_s": outcome.solve_s,
        "steps": run.case.steps(),
        "hours": run.case.step_hours.iter().sum::<f64>(),
        "heat_mwh": sum.units.iter()
            .map(|unit| (unit.id.clone(), json!(unit.heat_mwh)))
            .collect::<Map<_, _>>(),
        "units": units.collect::<Map<_, _>>(),
        "demand_mwh": sum.demand_mwh,
        "unserved_mwh": sum.unserved_mwh,
        "dumped_mwh": sum.dumped_mwh,
        "charge_mwh": sum.charge_mwh,
        "discharge_mwh": sum.discharge_mwh,
        "store_loss_mwh": sum.store_loss_mwh,
        "store_burning_steps": sum.burning_steps,
        "source_available_mwh": sum.source_mwh,
        "source_used_mwh": sum.source_used_mwh,
        "electricity_bought_mwh": sum.buy_mwh,
        "electricity_sold_mwh": sum.sell_mwh,
        "cooling_electricity_mwh": sum.cooling_electricity_mwh,
        "co2_fuel_t": sum.co2_fuel_t,
        "co2_grid_average_t": sum.co2_grid_average_t,
        "co2_grid_marginal_t": sum.co2_grid_marginal_t,
        "money_eur": money_json(run),
        "store_worth_eur_per_mwh": stores.collect::<Map<_, _>>(),
        "heat_price_duration_curve": duration_curve(run),
        "check": {
            "feasibility_worst_mw": finite(outcome.score.worst_mw),
            "worst_rule": outcome.score.worst_rule.as_ref().map(|(rule, _)| rule),
            "worst_step": outcome.score.worst_rule.as_ref().map(|(_, step)| step),
            "broken_minimum_times": outcome.score.broken_times,
            "value_eur": outcome.score.value_eur,
        },
        "feasibility_worst_mw": finite(outcome.score.worst_mw),
        "without_data_centre": run.without.as_ref().map(|without| without_json(run, without)),
        "owners": owners::summary(run),
        "findings": run.diagnostics,
    })
}

/// The park without the data centre, and what the data centre's heat changes.
fn without_json(run: &CaseRun, without: &CaseOutcome) -> Value {
    let (with, sum) = (&run.outcome, &without.account);
    let units = sum
        .units
        .iter()
        .map(|unit| (unit.id.clone(), json!(unit.heat_mwh)));
    let saved = |with: f64, without: f64| without - with;
    let both = |with: Option<f64>, without: Option<f64>| Some(saved(with?, without?));
    json!({
        "objective_eur": without.objective_eur,
        "bound_eur": finite(without.bound_eur),
        "engine": without.engine,
        "heat_mwh": units.collect::<Map<_, _>>(),
        "unserved_mwh": sum.unserved_mwh,
        "electricity_bought_mwh": sum.buy_mwh,
        "electricity_sold_mwh": sum.sell_mwh,
        "co2_fuel_t": sum.co2_fuel_t,
        "co2_grid_average_t": sum.co2_grid_average_t,
        "co2_grid_marginal_t": sum.co2_grid_marginal_t,
        "feasibility_worst_mw": finite(without.score.worst_mw),
        "saved_by_data_centre": {
            "cost_eur": saved(with.objective_eur, without.objective_eur),
            "co2_fuel_t": saved(with.account.co2_fuel_t, sum.co2_fuel_t),
            "co2_grid_average_t": both(with.account.co2_grid_average_t, sum.co2_grid_average_t),
            "co2_grid_marginal_t": both(with.account.co2_grid_marginal_t, sum.co2_grid_marginal_t),
        },
    })
}

/// A number, or nothing where there is none.
fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

fn unit_json(unit: &UnitAccount) -> Value {
    json!({
        "heat_mwh": unit.heat_mwh,
        "electricity_mwh": unit.electricity_mwh,
        "fuel_mwh": unit.fuel_mwh,
        "source_mwh": unit.source_mwh,
        "co2_t": unit.co2_t,
        "starts": unit.starts,
        "hours_on": unit.hours_on,
        "cost_without_electricity_eur": unit.cost_eur,
    })
}

fn money_json(run: &CaseRun) -> Value {
    let money = &run.outcome.account.money;
    json!({
        "fuel": money.fuel,
        "co2": money.carbon,
        "upkeep": money.upkeep,
        "electricity": money.electricity,
        "electricity_fees": money.electricity_fees,
        "electricity_sold": money.electricity_sold,
        "starts": money.starts,
        "source_heat": money.source_heat,
        "heat_bought": money.heat_bought,
        "heat_sold": money.heat_sold,
        "unserved": money.unserved,
        "dump": money.dump,
        "reserve": money.reserve,
    })
}

/// Marginal heat price from dearest to cheapest at every hundredth of the time.
fn duration_curve(run: &CaseRun) -> Vec<f64> {
    let prices = run.outcome.plan.heat_price_eur_per_mwh.iter().copied();
    let mut steps: Vec<(f64, f64)> = prices.zip(run.case.step_hours.iter().copied()).collect();
    steps.sort_by(|a, b| b.0.total_cmp(&a.0));
    let all: f64 = run.case.step_hours.iter().sum();
    let (mut curve, mut passed, mut index) = (Vec::with_capacity(101), 0.0, 0);
    for percent in 0..=100 {
        let asked = all * f64::from(percent) / 100.0;
        while index + 1 < steps.len() && passed + steps[index].1 <= asked {
            passed += steps[index].1;
            index += 1;
        }
        curve.push(steps[index].0);
    }
    curve
}

fn now() -> Instant {
    #[expect(
        clippy::disallowed_methods,
        reason = "the summary tells how long it took"
    )]
    Instant::now()
}
