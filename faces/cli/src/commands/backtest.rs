//! `hukka backtest`: what is announced of real systems beside what is computed.

use super::{exit, report_error};
use crate::args::{BacktestArgs, TableFormat};
use crate::console;
use hukka::{Error, OutputFile};

/// Runs every study of the back-test; prints one table and writes it.
pub(crate) fn run(args: &BacktestArgs) -> u8 {
    match try_run(args) {
        Ok(()) => exit::DONE,
        Err(error) => report_error(&error),
    }
}

fn try_run(args: &BacktestArgs) -> Result<(), Error> {
    if let Some(target) = &args.out {
        hukka::check_target(target, args.force)?;
    }
    let cases = hukka::backtest()?;
    if let Some(target) = &args.out {
        let files = [
            ("backtest.csv", hukka::backtest_csv(&cases)?),
            ("backtest.json", hukka::backtest_json(&cases)),
            ("backtest.md", hukka::backtest_markdown(&cases)),
        ]
        .map(|(path, text)| OutputFile {
            path: path.to_owned(),
            bytes: text.into_bytes(),
        });
        hukka::write_run_folder(target, &files, args.force)?;
    }
    console::text(&match args.format {
        TableFormat::Text => hukka::backtest_text(&cases),
        TableFormat::Json => hukka::backtest_json(&cases),
        TableFormat::Csv => hukka::backtest_csv(&cases)?,
        TableFormat::Markdown => hukka::backtest_markdown(&cases),
    });
    if let (Some(target), TableFormat::Text) = (&args.out, args.format) {
        console::line(&format!("\n  written  {}", target.display()));
    }
    Ok(())
}
