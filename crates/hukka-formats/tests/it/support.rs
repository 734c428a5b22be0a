//! Reading files and texts the short way.

use hukka_formats::network::{CaseFile, ReadCase, read};
use hukka_model::network_case::NetworkCase;
use std::path::PathBuf;

/// A folder of the shared test set, if it is there; says so if not.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases");
    let folder = root.join(path);
    if folder.exists() {
        return Some(folder);
    }
    eprintln!("skipped: {} is not there", folder.display());
    None
}

/// A file with the files beside it that a reader may ask for.
pub(crate) fn read_path(path: &std::path::Path) -> ReadCase {
    let bytes = std::fs::read(path).unwrap();
    let folder = path.parent().unwrap();
    let beside: Vec<(String, Vec<u8>)> = hukka_formats::network::SERIES_FILES
        .iter()
        .filter_map(|name| Some(((*name).to_owned(), std::fs::read(folder.join(name)).ok()?)))
        .collect();
    let name = path.file_name().unwrap().to_string_lossy();
    read(CaseFile {
        name: &name,
        bytes: &bytes,
        beside: &beside,
    })
}

pub(crate) fn read_text(name: &str, text: &str) -> ReadCase {
    read(CaseFile {
        name,
        bytes: text.as_bytes(),
        beside: &[],
    })
}

/// The case of a text that must be good.
pub(crate) fn good(name: &str, text: &str) -> NetworkCase {
    let read = read_text(name, text);
    read.case
        .unwrap_or_else(|| panic!("{:#?}", read.diagnostics))
}

/// Codes of the errors found in a text.
pub(crate) fn errors(name: &str, text: &str) -> Vec<String> {
    let read = read_text(name, text);
    assert!(read.case.is_none(), "read without errors: {text}");
    let errors = read
        .diagnostics
        .into_iter()
        .filter(hukka_model::Diagnostic::is_error);
    errors.map(|d| d.code).collect()
}

/// Whether some finding says all the words.
pub(crate) fn says(read: &ReadCase, words: &[&str]) -> bool {
    read.diagnostics.iter().any(|diagnostic| {
        let text = format!("{diagnostic:?}").to_lowercase();
        words.iter().all(|word| text.contains(&word.to_lowercase()))
    })
}
