//! `hukka heat-pump`: a table of operating points in, the same with COP out.

use super::generate::deliver_anew;
use super::{exit, report_error};
use crate::args::HeatPumpArgs;
use crate::console;
use hukka::{Error, HeatPumpModel, heat_pump_table};
use std::path::Path;

pub(crate) fn run(args: &HeatPumpArgs) -> u8 {
    if args.list {
        for (name, what) in hukka::MODELS {
            console::line(&format!("{name:15} {what}"));
        }
        return exit::DONE;
    }
    match try_run(args) {
        Ok(code) => code,
        Err(Error::Input(found)) => {
            console::findings(&hukka::render(&found, console::is_colourful()));
            exit::INPUT
        }
        Err(error) => report_error(&error),
    }
}

fn try_run(args: &HeatPumpArgs) -> Result<u8, Error> {
    let Some(table) = &args.table else {
        return Ok(exit::USAGE);
    };
    let text = hukka::read_text(table)?;
    let map = args
        .map
        .as_deref()
        .map(|path| hukka::read_text(path).map(|text| (name(path), text)))
        .transpose()?;
    let model = HeatPumpModel {
        name: &args.model,
        map: map
            .as_ref()
            .map(|(name, text)| (name.as_str(), text.as_str())),
    };
    let found = heat_pump_table(&name(table), &text, &model)?;
    console::findings(&hukka::render(&found.diagnostics, console::is_colourful()));
    let code = deliver_anew(args.out.as_deref(), &found.csv, args.force);
    if let (Some(path), exit::DONE) = (&args.out, code) {
        console::line(&format!(
            "{}: {} rows, {} with a COP",
            path.display(),
            found.rows,
            found.with_cop
        ));
    }
    Ok(code)
}

fn name(path: &Path) -> String {
    path.display().to_string()
}
