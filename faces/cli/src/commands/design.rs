//! `hukka design`: a study's design stage, or a design problem on its own.

use super::exit;
use super::study::{changes_study, fail, now, show, stage};
use crate::args::{Connection, DesignArgs, Format, PipeCosts};
use crate::console;
use hukka::model::{ConnectionMode, Objective};
use hukka::{DesignCaseOptions, DesignCaseProgress, Error, Stage};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// A study's design, or a design problem when the path is a `.json` file.
pub(crate) fn design(args: &DesignArgs) -> u8 {
    if !hukka::is_design_case(&args.stage.study.study) {
        return stage(&args.stage, Stage::Design);
    }
    if changes_study(&args.stage.study) {
        console::error("--set and --variant belong to studies, not to design problems");
        return exit::USAGE;
    }
    match problem(args) {
        Ok(()) => exit::DONE,
        Err(error) => fail(&error, &args.stage.study),
    }
}

fn problem(args: &DesignArgs) -> Result<(), Error> {
    let study = &args.stage.study;
    let is_json = study.format == Format::Json;
    if let Some(target) = &args.stage.out {
        hukka::check_target(target, args.stage.force)?;
    }
    let mut progress = Watch {
        start: now(),
        stop: console::stop_flag(),
        is_quiet: study.quiet || is_json,
    };
    let options = options(args);
    let run = hukka::run_design_case(&study.study, &options, &mut progress)?;
    if let Some(target) = &args.stage.out {
        hukka::write_run_folder(target, &run.files, args.stage.force)?;
    }
    if is_json {
        if let Some(summary) = run.files.iter().find(|file| file.path == "summary.json") {
            console::text(&String::from_utf8_lossy(&summary.bytes));
        }
        return Ok(());
    }
    show(&run.diagnostics, study.quiet);
    console::line(&format!("  {}", hukka::design_case_line(&run)));
    if let Some(target) = &args.stage.out {
        console::line(&format!("\n  written  {}", target.display()));
    }
    Ok(())
}

fn options(args: &DesignArgs) -> DesignCaseOptions {
    let objective = match args.objective {
        PipeCosts::Cat => Objective::Catalogue,
        PipeCosts::Lin => Objective::Linear,
    };
    let mode = match args.mode {
        Connection::Forced => ConnectionMode::Forced,
        Connection::Economic => ConnectionMode::Economic,
    };
    DesignCaseOptions {
        time_limit_s: args.time_limit,
        seed: args.seed,
        ..DesignCaseOptions::new(objective, mode)
    }
}

/// Keeps the time, prints the steps, hears Ctrl-C.
struct Watch {
    start: Instant,
    stop: Arc<AtomicBool>,
    is_quiet: bool,
}

impl DesignCaseProgress for Watch {
    fn seconds(&mut self) -> f64 {
        self.start.elapsed().as_secs_f64()
    }

    fn should_stop(&mut self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }

    fn step(&mut self, what: &str, value: Option<f64>, bound: Option<f64>) {
        if self.is_quiet {
            return;
        }
        let number = |value: Option<f64>| {
            value.map_or_else(|| "–".to_owned(), |value| format!("{value:.0}"))
        };
        let seconds = self.seconds();
        console::line(&format!(
            "  {what:<34} best {:>12} bound {:>12} EUR/a {seconds:>7.1} s",
            number(value),
            number(bound)
        ));
    }
}
