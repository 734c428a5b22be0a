//! Why a run did not finish.

use hukka_model::Diagnostic;
use std::path::PathBuf;

/// Why a run did not finish. Nothing has been written when one of these is returned.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The study has errors; every one of them is in the list.
    #[error("the study has {}", hukka_study::summary_line(.0))]
    Input(Vec<Diagnostic>),
    /// The plant cannot supply the heat; the diagnostics say which hours lack how much.
    #[error("the plant cannot supply the heat asked for")]
    Infeasible(Vec<Diagnostic>),
    /// The time given was too short to find any network.
    #[error("no network: {evidence}")]
    NoNetwork {
        /// Why.
        evidence: String,
    },
    /// The user stopped the run.
    #[error("stopped before the end; nothing was written")]
    Stopped,
    /// The output folder exists already.
    #[error("{} exists already", .0.display())]
    TargetExists(PathBuf),
    /// The output folder holds files that are not a run's, so it is not replaced even when forced.
    #[error("{} holds what no run of hukka writes ({foreign}); it is not replaced", .target.display())]
    TargetForeign {
        /// The folder.
        target: PathBuf,
        /// Names found in it, a few.
        foreign: String,
    },
    /// A file of samples to continue belongs to other inputs, or is no such file.
    #[error("{} holds samples of other inputs or of another seed; delete it or do not --resume", .0.display())]
    OtherSamples(PathBuf),
    /// Runs to compare that cannot be read; every one of them is in the list.
    #[error("{}", told(.0))]
    Runs(Vec<crate::RunProblem>),
    /// No bundled example has this name.
    #[error("there is no example `{name}`; there are: {known}")]
    UnknownExample {
        /// Name asked for.
        name: String,
        /// Names there are.
        known: String,
    },
    /// A named generator does not exist.
    #[error("there is no {what} `{name}`; there are: {known}")]
    UnknownGenerator {
        /// "climate" or "price profile".
        what: &'static str,
        /// Name asked for.
        name: String,
        /// Names there are.
        known: String,
    },
    /// A file could not be written.
    #[error("cannot write {}: {source}", .path.display())]
    Write {
        /// File or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A table could not be encoded.
    #[error("cannot encode {table}: {reason}")]
    Encode {
        /// Table.
        table: String,
        /// Why.
        reason: String,
    },
    /// A stage failed in a way its inputs cannot explain.
    #[error("the {stage} stage failed: {source}")]
    Stage {
        /// Stage.
        stage: &'static str,
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// One problem a line.
fn told(problems: &[crate::RunProblem]) -> String {
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    lines.join("\n       ")
}
