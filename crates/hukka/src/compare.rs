//! Runs side by side: verdicts, headline figures, and the inputs that differ.
//!
//! Everything comes from the runs' `summary.json`; nothing is reckoned but the difference to the
//! first run. Runs of other versions may lack figures: they are left empty and told.

mod page;
mod read;
mod table;

pub use page::{compare_csv, compare_html, compare_json, compare_text};
pub use read::RunProblem;

use crate::Error;
use read::ReadRun;
use std::path::PathBuf;

/// One run as a column.
#[derive(Debug, Clone, PartialEq)]
pub struct ComparedRun {
    /// Name of the column: the folder's, made unique.
    pub label: String,
    /// Name of the study.
    pub study: String,
    /// Run id.
    pub run_id: String,
    /// Version that made it.
    pub version: String,
    /// `go` or `no_go`.
    pub verdict: String,
    /// One sentence.
    pub headline: String,
    /// Drivers of the verdict, strongest first.
    pub reasons: Vec<String>,
}

/// One figure of all runs.
#[derive(Debug, Clone, PartialEq)]
pub struct ComparedFigure {
    /// Where it stands in `summary.json`.
    pub key: String,
    /// What it is.
    pub label: &'static str,
    /// Unit shown.
    pub unit: &'static str,
    /// Decimals shown.
    pub digits: usize,
    /// One value per run, in the unit shown; `None` where a run does not have it.
    pub values: Vec<Option<f64>>,
}

/// One input that is not the same in all runs.
#[derive(Debug, Clone, PartialEq)]
pub struct ComparedInput {
    /// Key in the study file.
    pub key: String,
    /// Unit.
    pub unit: String,
    /// One value per run; `None` where a run does not have the input.
    pub values: Vec<Option<String>>,
}

/// Runs side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The runs.
    pub runs: Vec<ComparedRun>,
    /// Figures that at least one run has.
    pub figures: Vec<ComparedFigure>,
    /// Inputs that differ.
    pub inputs: Vec<ComparedInput>,
    /// What the reader should know: other versions, missing parts.
    pub notes: Vec<String>,
}

/// Reads runs and puts them side by side.
///
/// # Errors  [`Error::Runs`] with every run that cannot be read
pub fn compare(runs: &[PathBuf]) -> Result<Comparison, Error> {
    let mut problems = Vec::new();
    let mut found: Vec<ReadRun> = Vec::new();
    for path in runs {
        match read::run(path) {
            Ok(run) => found.push(run),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() {
        Ok(table::comparison(&found))
    } else {
        Err(Error::Runs(problems))
    }
}

#[cfg(test)]
mod tests;
