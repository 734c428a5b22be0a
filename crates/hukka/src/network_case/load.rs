//! A case from disk, with the files that belong to it.

use crate::Error;
use hukka_formats::network::{
    CaseFile, NetworkFormat, SERIES_FILES, WATER_TABLE_FILE, WaterView, read,
};
use hukka_model::network_case::NetworkCase;
use hukka_model::{Diagnostic, Place};
use std::fs;
use std::path::{Path, PathBuf};

/// Larger files are refused unread.
const LARGEST_FILE: u64 = 1 << 30;

/// A network read from a file.
#[derive(Debug)]
pub struct LoadedCase {
    /// The network.
    pub case: NetworkCase,
    /// Format of the file.
    pub format: NetworkFormat,
    /// How an EPANET user would name and measure the results.
    pub water: Option<WaterView>,
    /// What was assumed, left out or warned of.
    pub diagnostics: Vec<Diagnostic>,
}

/// Whether a path is a network case rather than a study: a file of another format, or a folder
/// that holds `case.json` or one `.inp` file and no `study.toml`.
pub fn is_case_path(path: &Path) -> bool {
    if path.is_dir() {
        return !path.join("study.toml").exists() && file_in(path).is_some();
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    NetworkFormat::of_name(&name).is_some_and(|format| format != NetworkFormat::GeoJson)
}

/// The case file of a folder.
fn file_in(folder: &Path) -> Option<PathBuf> {
    let case = folder.join("case.json");
    if case.is_file() {
        return Some(case);
    }
    let mut inputs = fs::read_dir(folder)
        .ok()?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| {
            path.extension()
                .is_some_and(|end| end == "inp" || end == "esdl")
        });
    let first = inputs.next()?;
    inputs.next().is_none().then_some(first)
}

/// Reads a network with its series.
///
/// # Errors  [`Error::Input`] with everything found if the file cannot be used
pub fn read_case(path: &Path) -> Result<LoadedCase, Error> {
    let path = if path.is_dir() {
        file_in(path).unwrap_or_else(|| path.to_owned())
    } else {
        path.to_owned()
    };
    let name = path.display().to_string();
    let bytes = read_bytes(&path)?;
    let beside = beside(&path)?;
    let found = read(CaseFile {
        name: &name,
        bytes: &bytes,
        beside: &beside,
    });
    match (found.case, found.format) {
        (Some(case), Some(format)) => Ok(LoadedCase {
            case,
            format,
            water: found.water,
            diagnostics: found.diagnostics,
        }),
        _ => Err(Error::Input(found.diagnostics)),
    }
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, Error> {
    let problem = |message: &str, seen: String| {
        let finding = Diagnostic::error("HK1001", message)
            .at(Place::file(path.display().to_string()))
            .seen(seen)
            .allowed("a file that can be read, of at most 1 GiB")
            .help("name a file that exists and can be read");
        Error::Input(vec![finding])
    };
    let size = fs::metadata(path)
        .map_err(|error| problem("the file cannot be read", error.to_string()))?
        .len();
    if size > LARGEST_FILE {
        let seen = format!("{:.1} GB", size as f64 / 1e9);
        return Err(problem("the file is too large", seen));
    }
    #[expect(
        clippy::disallowed_methods,
        reason = "the facade is where files are read"
    )]
    fs::read(path).map_err(|error| problem("the file cannot be read", error.to_string()))
}

/// Series beside a case, and the water table there or in the folder above.
fn beside(path: &Path) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    let mut files = Vec::new();
    if path.extension().is_none_or(|end| end != "json") {
        return Ok(files);
    }
    for name in SERIES_FILES {
        let file = folder.join(name);
        if file.is_file() {
            files.push((name.to_owned(), read_bytes(&file)?));
        }
    }
    let tables = [
        folder.join(WATER_TABLE_FILE),
        folder.join("..").join(WATER_TABLE_FILE),
    ];
    if let Some(table) = tables.iter().find(|table| table.is_file()) {
        files.push((WATER_TABLE_FILE.to_owned(), read_bytes(table)?));
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_are_told_from_studies() {
        for name in ["case.json", "a/net.inp", "net.esdl", "NET.INP"] {
            assert!(is_case_path(Path::new(name)), "{name}");
        }
        for name in ["study.toml", "kotka", "a/b", "map.geojson"] {
            assert!(!is_case_path(Path::new(name)), "{name}");
        }
    }

    #[test]
    fn a_file_that_is_not_there_is_a_finding() {
        let Err(Error::Input(found)) = read_case(Path::new("nowhere/case.json")) else {
            panic!("read");
        };
        assert_eq!(found[0].code, "HK1001");
    }
}
