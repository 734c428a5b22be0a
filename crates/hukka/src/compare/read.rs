//! The `summary.json` of a run.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// A summary larger than this is none of ours.
const MOST_BYTES: u64 = 256 << 20;
/// Schema of a whole run, whatever its version.
const SCHEMA: &str = "hukka-summary/";

/// Why a run cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {why}", .path.display())]
pub struct RunProblem {
    /// What was named.
    pub path: PathBuf,
    /// Why, and what to do.
    pub why: String,
}

/// A run read.
pub(super) struct ReadRun {
    /// Name of its folder.
    pub(super) name: String,
    pub(super) summary: Value,
}

/// Reads a run folder, or its summary.
pub(super) fn run(path: &Path) -> Result<ReadRun, RunProblem> {
    let problem = |why: String| RunProblem {
        path: path.to_owned(),
        why,
    };
    let file = if path.is_dir() {
        path.join("summary.json")
    } else {
        path.to_owned()
    };
    let size = match fs::metadata(&file) {
        Ok(about) if about.is_file() => about.len(),
        Ok(_) => {
            return Err(problem(
                "is neither a run folder nor a summary.json".to_owned(),
            ));
        }
        Err(_) if path.is_dir() => {
            return Err(problem(
                "holds no summary.json; is it the folder of a complete run?".to_owned(),
            ));
        }
        Err(_) => return Err(problem("there is no such run".to_owned())),
    };
    if size > MOST_BYTES {
        return Err(problem(format!(
            "{size} bytes are no summary.json of hukka"
        )));
    }
    #[expect(
        clippy::disallowed_methods,
        reason = "a run's own file, not an input of a study"
    )]
    let bytes = fs::read(&file).map_err(|source| problem(format!("cannot be read: {source}")))?;
    let summary: Value = serde_json::from_slice(&bytes)
        .map_err(|source| problem(format!("summary.json is broken: {source}")))?;
    let schema = summary.get("schema").and_then(Value::as_str).unwrap_or("");
    if !schema.starts_with(SCHEMA) {
        return Err(problem(if schema.is_empty() {
            "summary.json says no schema; it is not of a complete run of hukka".to_owned()
        } else {
            format!("summary.json is `{schema}`; only complete runs (`{SCHEMA}…`) are compared")
        }));
    }
    Ok(ReadRun {
        name: name(path),
        summary,
    })
}

/// The folder's name.
fn name(path: &Path) -> String {
    let folder = if path.is_dir() {
        path
    } else {
        path.parent().unwrap_or(path)
    };
    let full = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    full.file_name().map_or_else(
        || "run".to_owned(),
        |name| name.to_string_lossy().into_owned(),
    )
}
