//! `hukka compare`: runs side by side.

use super::{exit, report_error};
use crate::args::{CompareArgs, CompareFormat};
use crate::console;
use hukka::{Error, OutputFile};

/// Reads the runs, prints them side by side and writes the comparison.
pub(crate) fn run(args: &CompareArgs) -> u8 {
    match try_run(args) {
        Ok(()) => exit::DONE,
        Err(error) => report_error(&error),
    }
}

fn try_run(args: &CompareArgs) -> Result<(), Error> {
    if let Some(target) = &args.out {
        hukka::check_target(target, args.force)?;
    }
    let comparison = hukka::compare(&args.runs)?;
    if let Some(target) = &args.out {
        let files = [
            ("compare.html", hukka::compare_html(&comparison)),
            ("compare.csv", hukka::compare_csv(&comparison)),
            ("compare.json", hukka::compare_json(&comparison)),
        ]
        .map(|(path, text)| OutputFile {
            path: path.to_owned(),
            bytes: text.into_bytes(),
        });
        hukka::write_run_folder(target, &files, args.force)?;
    }
    console::text(&match args.format {
        CompareFormat::Text => hukka::compare_text(&comparison),
        CompareFormat::Json => hukka::compare_json(&comparison),
        CompareFormat::Csv => hukka::compare_csv(&comparison),
        CompareFormat::Html => hukka::compare_html(&comparison),
    });
    if let (Some(target), CompareFormat::Text) = (&args.out, args.format) {
        console::line(&format!("\n  written  {}", target.display()));
    }
    Ok(())
}
