//! `hukka dispatch`: the dispatch stage of a study, or a dispatch case on its own.

use super::{exit, study};
use crate::args::{DispatchArgs, EngineArg, Format};
use crate::console;
use hukka::model::{RollingRule, SolveStatus, WindowEnds};
use hukka::{CaseRun, Engine, Error, ParkOptions, Stage};
use std::path::Path;

/// Runs whichever the path leads to.
pub(crate) fn dispatch(args: &DispatchArgs) -> u8 {
    let Some(folder) = hukka::case_folder(&args.stage.study.study) else {
        return study::stage(&args.stage, Stage::Dispatch);
    };
    if study::changes_study(&args.stage.study) {
        console::error("--set and --variant belong to studies, not to dispatch cases");
        return exit::USAGE;
    }
    match try_case(args, &folder) {
        Ok(code) => code,
        Err(error) => study::fail(&error, &args.stage.study),
    }
}

fn try_case(args: &DispatchArgs, folder: &Path) -> Result<u8, Error> {
    if let Some(target) = &args.stage.out {
        hukka::check_target(target, args.stage.force)?;
    }
    let run = hukka::dispatch_case(folder, &options(args), args.counterfactual)?;
    let files = hukka::files_of_case(&run, args.csv)?;
    if let Some(target) = &args.stage.out {
        hukka::write_run_folder(target, &files, args.stage.force)?;
    }
    if args.stage.study.format == Format::Json {
        if let Some(summary) = files.iter().find(|file| file.path == "summary.json") {
            console::text(&String::from_utf8_lossy(&summary.bytes));
        }
    } else {
        study::show(&run.diagnostics, args.stage.study.quiet);
        if !args.stage.study.quiet {
            tell(&run, args.stage.out.as_deref());
        }
    }
    let is_infeasible = run.outcome.plan.status == SolveStatus::Infeasible;
    Ok(if is_infeasible {
        exit::INFEASIBLE
    } else {
        exit::DONE
    })
}

fn options(args: &DispatchArgs) -> ParkOptions {
    ParkOptions {
        engine: match args.engine {
            EngineArg::Auto => Engine::Auto,
            EngineArg::Exact => Engine::Exact,
            EngineArg::Highs => Engine::Highs,
        },
        gap: args.gap,
        time_limit_s: args.time_limit,
        rolling: args.rolling.map(|(window_h, step_h)| RollingRule {
            window_h,
            step_h,
            ends: if args.water_values {
                WindowEnds::WaterValue
            } else {
                WindowEnds::InitialFraction
            },
        }),
        perfect_foresight: args.perfect_foresight,
    }
}

/// The result in a few lines.
fn tell(run: &CaseRun, target: Option<&Path>) {
    let outcome = &run.outcome;
    console::line(&format!(
        "\n  {}: {} steps",
        run.case.name,
        run.case.steps()
    ));
    console::line(&format!(
        "    cost     {:.2} EUR, proven least to {:.4} % ({}, {:.2} s)",
        outcome.objective_eur,
        100.0 * outcome.gap,
        outcome.engine,
        outcome.build_s + outcome.solve_s
    ));
    for unit in &outcome.account.units {
        console::line(&format!(
            "    {:8} {:>12.1} MWh of heat",
            unit.id, unit.heat_mwh
        ));
    }
    if let Some(without) = &run.without {
        console::line(&format!(
            "    without the data centre {:.2} EUR: its heat saves {:.2} EUR",
            without.objective_eur,
            without.objective_eur - outcome.objective_eur
        ));
    }
    for contract in run.owners.iter().flat_map(|owners| &owners.contracts) {
        console::line(&format!(
            "    contract {:20} {:>12.0} EUR paid, {:.0} EUR above the joint optimum",
            contract.contract,
            contract.parties.payment(),
            contract.loss_eur
        ));
    }
    if let Some(target) = target {
        console::line(&format!("\n  written  {}", target.display()));
    }
}
