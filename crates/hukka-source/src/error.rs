//! What stops the stage.

/// Why no heat source could be made.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A series of the study does not fit its axis.
    #[error("{subject} has {found} hours, the study year has {expected}")]
    SeriesLength {
        /// What the series is: an id and a name.
        subject: String,
        /// Hours found.
        found: usize,
        /// Hours of the axis.
        expected: usize,
    },
    /// A number of a data centre is outside its meaning.
    #[error("data centre {data_centre}: {key} is {value}, allowed is {allowed}")]
    OutOfRange {
        /// Id of the data centre.
        data_centre: String,
        /// Name of the number.
        key: &'static str,
        /// Its value.
        value: f64,
        /// What it may be.
        allowed: &'static str,
    },
    /// An hour of the outdoor temperature is not a number.
    #[error("outdoor temperature of hour {step} is not a number")]
    Weather {
        /// Step of the axis.
        step: usize,
    },
    /// A data centre has no fill level.
    #[error("data centre {data_centre} has no fill level")]
    NoFill {
        /// Id of the data centre.
        data_centre: String,
    },
    /// The observer asked to stop.
    #[error("stopped on request")]
    Stopped,
}
