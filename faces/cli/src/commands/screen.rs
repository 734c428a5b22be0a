//! `hukka screen`: a table of pairs in, the same ranked with verdicts out.

use super::{exit, report_error};
use crate::args::ScreenArgs;
use crate::console;
use hukka::Error;

pub(crate) fn run(args: &ScreenArgs) -> u8 {
    if args.columns {
        for column in hukka::SCREEN_COLUMNS {
            let default = column
                .default
                .map_or_else(|| "required".to_owned(), |value| value.to_string());
            let (least, most) = column.range;
            console::line(&format!(
                "{:26} {default:>9}  {least}…{most}  {}",
                column.name, column.about
            ));
        }
        console::line(
            "climate, price_profile      words; hukka weather --list and hukka prices --list name them",
        );
        return exit::DONE;
    }
    match try_run(args) {
        Ok(()) => exit::DONE,
        Err(Error::Input(found)) => {
            console::findings(&hukka::render(&found, console::is_colourful()));
            exit::INPUT
        }
        Err(error) => report_error(&error),
    }
}

fn try_run(args: &ScreenArgs) -> Result<(), Error> {
    let (Some(table), Some(out)) = (&args.table, &args.out) else {
        return Ok(());
    };
    hukka::check_target(out, args.force)?;
    let run = hukka::screen_table(table)?;
    hukka::write_run_folder(out, &run.files, args.force)?;
    console::findings(&hukka::render(&run.diagnostics, console::is_colourful()));
    console::line(&format!("  {}", hukka::screen_line(&run)));
    console::line(&format!("\n  written  {}", out.display()));
    Ok(())
}
