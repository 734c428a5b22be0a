//! `hukka uncertainty`: how sure the answer of a study is.

use super::study::{begin, default_target, fail, now};
use super::{exit, report_error};
use crate::args::{Format, UncertaintyArgs};
use crate::console;
use hukka::{Error, Options, Stage, UncertaintyOptions};
use std::path::PathBuf;

/// Runs the study, then its samples and what-ifs.
pub(crate) fn run(args: &UncertaintyArgs) -> u8 {
    match try_run(args) {
        Ok(()) => exit::DONE,
        Err(Error::Stopped) => {
            console::error(
                "stopped; the samples so far are kept: the same command with --resume goes on",
            );
            exit::STOPPED
        }
        Err(error @ Error::OtherSamples(_)) => report_error(&error),
        Err(error) => fail(&error, &args.study),
    }
}

fn with_suffix(target: PathBuf) -> PathBuf {
    let mut name = target.into_os_string();
    name.push("-uncertainty");
    name.into()
}

fn try_run(args: &UncertaintyArgs) -> Result<(), Error> {
    let (study, info, mut lines) = begin(&args.study, "uncertainty")?;
    let target = args
        .out
        .clone()
        .unwrap_or_else(|| with_suffix(default_target(&study, &info)));
    hukka::check_target(&target, args.force)?;
    let options = Options {
        until: Stage::Assess,
    };
    let run = hukka::run(&study.study, &options, &mut lines)?;
    let partial = hukka::partial_file(&target);
    let options = UncertaintyOptions {
        samples: args.samples as usize,
        seed: args.seed,
        partial: Some(partial.clone()),
        resume: args.resume,
    };
    let clock = now();
    let result = hukka::uncertainty(&study.study, &run, (&options, &info), &mut lines)?;
    let what = format!("{} of the full chain", result.samples.len());
    lines.stage_line("samples", &what, clock.elapsed().as_secs_f64());
    drop(lines);
    let files = hukka::files_of_uncertainty(&study.study, &result, &info);
    hukka::write_run_folder(&target, &files, args.force)?;
    // The whole result is in place; a leftover of the stream is untidy, not wrong.
    let _ = std::fs::remove_file(&partial);
    if args.study.format == Format::Json {
        if let Some(summary) = files.iter().find(|file| file.path == "uncertainty.json") {
            console::text(&String::from_utf8_lossy(&summary.bytes));
        }
        return Ok(());
    }
    console::line("");
    for line in hukka::uncertainty_lines(&result) {
        console::line(&line);
    }
    console::line(&format!("\n  written  {}", target.display()));
    Ok(())
}
