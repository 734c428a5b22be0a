//! What can go wrong while writing a report.

/// Errors of the report.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A series does not have one value per hour, node, trench or step.
    #[error("{series} has {found} values; {expected} are needed")]
    Shape {
        /// Which series.
        series: String,
        /// Length it must have.
        expected: usize,
        /// Length it has.
        found: usize,
    },
    /// An index points outside its list.
    #[error("{reference} points to entry {index} of a list of {len}")]
    Dangling {
        /// Which reference.
        reference: String,
        /// Where it points.
        index: usize,
        /// How long the list is.
        len: usize,
    },
    /// A number is not finite.
    #[error("{series} holds a value that is not a finite number, at position {position}")]
    NotFinite {
        /// Which series or figure.
        series: String,
        /// Where in it.
        position: usize,
    },
    /// The page could not be filled in.
    #[error("the report's template could not be filled in")]
    Template(#[from] minijinja::Error),
}
