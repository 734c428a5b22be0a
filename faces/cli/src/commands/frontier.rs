//! `hukka frontier`: which sizes are worth building, and how far the heat can go.

use super::exit;
use super::study::{begin, default_target, fail, now};
use crate::args::{Format, FrontierArgs};
use crate::console;
use hukka::{Error, FrontierOptions, Options, Stage};

/// Runs the study, then the grid around it.
pub(crate) fn run(args: &FrontierArgs) -> u8 {
    match try_run(args) {
        Ok(()) => exit::DONE,
        Err(error) => fail(&error, &args.study),
    }
}

fn try_run(args: &FrontierArgs) -> Result<(), Error> {
    let (study, info, mut lines) = begin(&args.study, "frontier")?;
    let target = args.out.clone().unwrap_or_else(|| {
        let mut name = default_target(&study, &info).into_os_string();
        name.push("-frontier");
        name.into()
    });
    hukka::check_target(&target, args.force)?;
    let until = Options {
        until: Stage::Assess,
    };
    let run = hukka::run(&study.study, &until, &mut lines)?;
    let clock = now();
    let options = FrontierOptions { is_fine: args.fine };
    let frontier = hukka::frontier(&study.study, &run, options, &mut lines)?;
    let what = format!(
        "{} points of the full chain",
        frontier.points.len() + frontier.by_distance.len()
    );
    lines.stage_line("frontier", &what, clock.elapsed().as_secs_f64());
    drop(lines);
    let files = hukka::files_of_frontier(&study.study, &frontier, &info);
    hukka::write_run_folder(&target, &files, args.force)?;
    if args.study.format == Format::Json {
        if let Some(json) = files.iter().find(|file| file.path == "frontier.json") {
            console::text(&String::from_utf8_lossy(&json.bytes));
        }
        return Ok(());
    }
    console::line("");
    for line in hukka::frontier_lines(&frontier) {
        console::line(&line);
    }
    console::line(&format!("\n  written  {}", target.display()));
    Ok(())
}
