//! A map of OpenStreetMap becomes a study folder.

use crate::run_folder::{check_folder, write_folder};
use crate::{Error, OutputFile};
use hukka_model::{Diagnostic, Place};
use std::path::Path;

pub use hukka_formats::osm::{Imported as ImportedMap, Request as MapRequest};

/// Everything an import writes; a folder with anything else in it is not replaced.
const OWN_FILES: [&str; 5] = [
    "buildings.geojson",
    "hukka-study.schema.json",
    "import_report.csv",
    "streets.geojson",
    "study.toml",
];

/// Refuses a target that must not be replaced, before any work is done.
pub fn check_import_target(target: &Path, force: bool) -> Result<(), Error> {
    check_folder(target, force, &OWN_FILES)
}

/// Reads a map and writes the study folder, whole or not at all.
pub fn import_osm(
    file: &Path,
    request: &MapRequest,
    target: &Path,
    force: bool,
) -> Result<ImportedMap, Error> {
    check_import_target(target, force)?;
    #[expect(
        clippy::disallowed_methods,
        reason = "the facade reads what the user names"
    )]
    let bytes = std::fs::read(file).map_err(|error| {
        Error::Input(vec![
            Diagnostic::error("HK1001", "the map cannot be opened")
                .at(Place::file(request.file.clone()))
                .seen(error)
                .help("check the path of the file"),
        ])
    })?;
    let imported = hukka_formats::osm::import(&bytes, request).map_err(Error::Input)?;
    let own = imported.files.iter().map(|(name, bytes)| OutputFile {
        path: (*name).to_owned(),
        bytes: bytes.clone(),
    });
    let schema = OutputFile {
        path: "hukka-study.schema.json".to_owned(),
        bytes: hukka_study::schema_text().into_bytes(),
    };
    let files: Vec<OutputFile> = own.chain([schema]).collect();
    write_folder(target, &files)?;
    Ok(imported)
}
