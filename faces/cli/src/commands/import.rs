//! `hukka import`: studies of data from elsewhere.

use super::report_error;
use crate::args::ImportOsmArgs;
use crate::commands::exit;
use crate::console;
use hukka::{Error, MapRequest};

/// `hukka import osm`.
pub(crate) fn osm(args: &ImportOsmArgs) -> u8 {
    let request = MapRequest {
        file: args.file.display().to_string(),
        window: args.bbox,
        name: args.name.clone(),
        data_centre: args.data_centre,
        it_load_mw: args.it_load_mw,
    };
    let imported = match hukka::import_osm(&args.file, &request, &args.out, args.force) {
        Ok(imported) => imported,
        Err(error) => {
            if let Error::Input(problems) = &error {
                console::findings(&hukka::render(problems, console::is_colourful()));
            }
            return report_error(&error);
        }
    };
    if !args.quiet {
        for line in &imported.summary {
            console::line(&format!("  {line}"));
        }
        console::line("  each with its place in import_report.csv");
        console::line("  map data © OpenStreetMap contributors, ODbL");
    }
    console::line(&format!("  written   {}", args.out.display()));
    exit::DONE
}
