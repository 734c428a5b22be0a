//! What stops a dynamic run before it starts.

/// Why a case cannot be run over time.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The case has no times.
    #[error("the case has no times to simulate")]
    NoTimes,
    /// Times do not ascend.
    #[error("time {at_s} s in row {row} does not come after the row before")]
    TimesNotAscending {
        /// Row, from 0.
        row: usize,
        /// Its time.
        at_s: f64,
    },
    /// A series does not have one value per time.
    #[error("series {series} has {found} values, there are {times} times")]
    SeriesLength {
        /// Index into the case's series.
        series: usize,
        /// Values found.
        found: usize,
        /// Times of the case.
        times: usize,
    },
    /// Something points to an element that does not exist.
    #[error("{what} points to element {index}, but there are {count}")]
    UnknownElement {
        /// What points there.
        what: String,
        /// The index.
        index: usize,
        /// Elements there are.
        count: usize,
    },
    /// The case cannot be simulated at all.
    #[error(transparent)]
    Case(#[from] crate::Error),
    /// An element has an impossible number.
    #[error("{element}: {what} is {value}")]
    BadNumber {
        /// Name of the element.
        element: String,
        /// Which number.
        what: &'static str,
        /// Its value.
        value: f64,
    },
    /// An element the dynamic run does not know yet.
    #[error("{element}: {what} cannot be simulated over time")]
    Unsupported {
        /// Name of the element.
        element: String,
        /// What about it.
        what: &'static str,
    },
    /// Flows do not follow from what is given.
    #[error("no flow can be found at {at_s} s: {why}")]
    Hydraulics {
        /// Time.
        at_s: f64,
        /// What went wrong.
        why: String,
    },
    /// An option is out of its range.
    #[error("option {what} is {value}")]
    BadOption {
        /// Which.
        what: &'static str,
        /// Its value.
        value: f64,
    },
    /// A checkpoint does not belong to this case, or is damaged.
    #[error("the checkpoint does not fit this case: {why}")]
    Checkpoint {
        /// What does not fit.
        why: &'static str,
    },
    /// The observer asked to stop.
    #[error("stopped after {done} of {total} times")]
    Stopped {
        /// Times finished.
        done: usize,
        /// Times of the case.
        total: usize,
    },
}
