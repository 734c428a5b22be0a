//! Commands that read a study.

use super::{exit, report_error};
use crate::args::{Format, RunArgs, StageArgs, StudyArgs};
use crate::console::{self, StageLines};
use hukka::model::{Diagnostic, Study, Verdict, VerdictKind};
use hukka::{Error, Options, OutputOptions, Run, RunInfo, Stage};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// `hukka check`: every problem at once.
pub(crate) fn check(args: &StudyArgs, strict: bool) -> u8 {
    let mut loaded = hukka::load(&args.study, &overrides(args));
    if let Some(study) = &loaded.study {
        loaded.diagnostics.extend(findings_of_stages(study));
    }
    let failing = loaded
        .diagnostics
        .iter()
        .any(|d| d.is_error() || (strict && d.severity >= hukka::model::Severity::Warning));
    match args.format {
        Format::Json => console::line(&format!("{:#}", findings_json(&loaded.diagnostics))),
        Format::Text => {
            show(&loaded.diagnostics, args.quiet);
            if !failing && !args.quiet {
                let name = loaded
                    .study
                    .as_ref()
                    .map_or("study", |study| study.name.as_str());
                console::line(&format!("{name}: no errors"));
            }
        }
    }
    if failing { exit::INPUT } else { exit::DONE }
}

/// What the quick stages find in a study that reads well: buildings off the streets, a data centre
/// that joins nothing, demand that cannot be served.
fn findings_of_stages(study: &Study) -> Vec<Diagnostic> {
    let options = Options {
        until: Stage::Design,
    };
    match hukka::run(study, &options, &mut hukka::Silent) {
        Ok(run) => run.diagnostics,
        Err(Error::Input(found) | Error::Infeasible(found)) => found,
        Err(_) => Vec::new(),
    }
}

/// `hukka run` and `hukka report`.
pub(crate) fn run(args: &RunArgs, report_only: bool) -> u8 {
    match try_run(args, report_only) {
        Ok(()) => exit::DONE,
        Err(error) => fail(&error, &args.study),
    }
}

fn try_run(args: &RunArgs, report_only: bool) -> Result<(), Error> {
    let (study, info, mut lines) = begin(&args.study, "run")?;
    let target = args
        .out
        .clone()
        .unwrap_or_else(|| default_target(&study, &info));
    hukka::check_target(&target, args.force)?;
    let mut run = hukka::run(
        &study.study,
        &Options {
            until: Stage::Report,
        },
        &mut lines,
    )?;
    prepend(&mut run, study.warnings);
    let clock = now();
    let options = OutputOptions { csv: args.csv };
    let mut files = hukka::files_of_run(&study.study, &run, &info, options)?;
    if report_only {
        const REPORT: [&str; 3] = ["report.html", "report.pdf", "summary.json"];
        files.retain(|file| REPORT.contains(&file.path.as_str()));
    }
    stop_if_asked(&mut lines)?;
    hukka::write_run_folder(&target, &files, args.force)?;
    let bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
    let what = format!("{} files, {:.1} MB", files.len(), bytes as f64 / 1e6);
    lines.stage_line("report", &what, clock.elapsed().as_secs_f64());
    drop(lines);
    conclude(args, &run, &info, &target);
    Ok(())
}

/// Any single stage with those before it.
pub(crate) fn stage(args: &StageArgs, until: Stage) -> u8 {
    match try_stage(args, until) {
        Ok(()) => exit::DONE,
        Err(error) => fail(&error, &args.study),
    }
}

fn try_stage(args: &StageArgs, until: Stage) -> Result<(), Error> {
    let (study, info, mut lines) = begin(&args.study, until.name())?;
    if let Some(target) = &args.out {
        hukka::check_target(target, args.force)?;
    }
    let mut run = hukka::run(&study.study, &Options { until }, &mut lines)?;
    prepend(&mut run, study.warnings);
    let files = hukka::files_of_stage(&study.study, &run, &info, until)?;
    stop_if_asked(&mut lines)?;
    drop(lines);
    if let Some(target) = &args.out {
        hukka::write_run_folder(target, &files, args.force)?;
    }
    if args.study.format == Format::Json {
        if let Some(summary) = files.iter().find(|file| file.path == "summary.json") {
            console::text(&String::from_utf8_lossy(&summary.bytes));
        }
    } else {
        show(&run.diagnostics, args.study.quiet);
        if until == Stage::Demand && !args.study.quiet {
            for text in hukka::demand_lines(&study.study, &run) {
                console::line(&text);
            }
        }
        if until == Stage::Source && !args.study.quiet {
            for text in hukka::source_lines(&run) {
                console::line(&text);
            }
        }
        if let Some(target) = &args.out {
            console::line(&format!("\n  written  {}", target.display()));
        }
    }
    Ok(())
}

/// A study without errors, with what it warned of.
pub(super) struct CheckedStudy {
    pub(super) study: Study,
    warnings: Vec<Diagnostic>,
}

/// Reads the study, tells what was read, and prepares the run's name and progress.
pub(super) fn begin(
    args: &StudyArgs,
    verb: &str,
) -> Result<(CheckedStudy, RunInfo, StageLines), Error> {
    let is_quiet = args.quiet || args.format == Format::Json;
    let lines = StageLines::new(is_quiet, console::stop_flag());
    let clock = now();
    let overrides = overrides(args);
    let loaded = hukka::load(&args.study, &overrides);
    let has_error = loaded.diagnostics.iter().any(Diagnostic::is_error);
    let Some(study) = loaded.study.filter(|_| !has_error) else {
        return Err(Error::Input(loaded.diagnostics));
    };
    lines.stage_line(
        "study",
        &hukka::study_line(&study),
        clock.elapsed().as_secs_f64(),
    );
    let info = RunInfo {
        version: hukka::VERSION.to_owned(),
        run_id: hukka::run_id(&study.input_files, &overrides),
        command: command_text(verb, &study.id, &overrides),
    };
    Ok((
        CheckedStudy {
            study,
            warnings: loaded.diagnostics,
        },
        info,
        lines,
    ))
}

/// The command that makes this run again, without paths of this machine.
fn command_text(verb: &str, study: &str, overrides: &[(String, String)]) -> String {
    let mut text = format!("hukka {verb} {study}");
    for (key, value) in overrides {
        if key == "variant" {
            text.push_str(&format!(" --variant {value}"));
        } else {
            text.push_str(&format!(" --set {key}={value}"));
        }
    }
    text
}

/// Whether something was asked for that only a study has.
pub(super) const fn changes_study(args: &StudyArgs) -> bool {
    !args.set.is_empty() || args.variant.is_some()
}

fn overrides(args: &StudyArgs) -> Vec<(String, String)> {
    let variant = args
        .variant
        .iter()
        .map(|name| ("variant".to_owned(), name.clone()));
    variant.chain(args.set.iter().cloned()).collect()
}

fn prepend(run: &mut Run, mut first: Vec<Diagnostic>) {
    first.append(&mut run.diagnostics);
    run.diagnostics = first;
}

fn stop_if_asked(lines: &mut StageLines) -> Result<(), Error> {
    use hukka::Progress as _;
    if lines.should_stop() {
        Err(Error::Stopped)
    } else {
        Ok(())
    }
}

pub(super) fn default_target(study: &CheckedStudy, info: &RunInfo) -> PathBuf {
    let short: String = info.run_id.chars().take(6).collect();
    Path::new("runs").join(format!("{}-{short}", study.study.id))
}

/// The verdict and where the report is.
fn conclude(args: &RunArgs, run: &Run, info: &RunInfo, target: &Path) {
    let Some(assessment) = &run.assessment else {
        return;
    };
    let report = target.join("report.html");
    if args.study.format == Format::Json {
        let verdict = &assessment.verdict;
        console::line(&format!(
            "{:#}",
            json!({
                "verdict": if verdict.kind == VerdictKind::Go { "go" } else { "no_go" },
                "headline": verdict.headline,
                "run_id": info.run_id,
                "folder": target,
                "report": report,
                "diagnostics": findings_json(&run.diagnostics),
            })
        ));
        return;
    }
    console::text(&verdict_text(&assessment.verdict));
    for line in run.uncertainty.iter().flat_map(hukka::spread_lines) {
        console::line(&line);
    }
    let (warnings, notes) = counts(&run.diagnostics);
    if warnings + notes > 0 {
        let what = format!(
            "{}, {}: see the report, section 10",
            counted(warnings, "warning"),
            counted(notes, "note")
        );
        console::line(&format!("  checked  {what}"));
    }
    console::line(&format!(
        "  report   {}      run id {} (inputs unchanged → same bits)",
        report.display(),
        info.run_id
    ));
}

/// The verdict in about ten lines.
fn verdict_text(verdict: &Verdict) -> String {
    let mut text = format!("\n  {}\n", verdict.headline);
    for (label, entries) in [
        ("why", &verdict.reasons),
        ("but", &verdict.cautions),
        ("watch", &verdict.watch),
    ] {
        for (index, (_, sentence)) in entries.iter().take(3).enumerate() {
            let label = if index == 0 { label } else { "" };
            text.push_str(&format!("    {label:7} {sentence}\n"));
        }
    }
    text.push('\n');
    text
}

fn counts(diagnostics: &[Diagnostic]) -> (usize, usize) {
    let of = |severity| {
        diagnostics
            .iter()
            .filter(|d| d.severity == severity)
            .count()
    };
    (
        of(hukka::model::Severity::Warning),
        of(hukka::model::Severity::Note),
    )
}

fn counted(number: usize, noun: &str) -> String {
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{number} {noun}s")
    }
}

/// Prints findings for people; notes and warnings stay silent when asked.
pub(super) fn show(diagnostics: &[Diagnostic], is_quiet: bool) {
    let chosen: Vec<Diagnostic> = diagnostics
        .iter()
        .filter(|d| d.is_error() || !is_quiet)
        .cloned()
        .collect();
    if !chosen.is_empty() {
        console::findings(&hukka::render(&chosen, console::is_colourful()));
    }
}

pub(super) fn findings_json(diagnostics: &[Diagnostic]) -> serde_json::Value {
    serde_json::to_value(diagnostics).unwrap_or_default()
}

/// Prints why a command ended without a result.
pub(super) fn fail(error: &Error, args: &StudyArgs) -> u8 {
    if let Error::Input(diagnostics) | Error::Infeasible(diagnostics) = error {
        if args.format == Format::Json {
            console::line(&format!("{:#}", findings_json(diagnostics)));
        } else {
            show(diagnostics, args.quiet);
            console::error(&format!("{error}; nothing was written"));
        }
    }
    report_error(error)
}

pub(super) fn now() -> Instant {
    #[expect(
        clippy::disallowed_methods,
        reason = "people want to know how long a stage took"
    )]
    Instant::now()
}
