//! What stops the stage.

/// Why no demand could be made.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The axis has no hour.
    #[error("the study year has no hour")]
    EmptyAxis,
    /// A series of the study does not fit its axis.
    #[error("{subject} has {found} hours, the study year has {expected}")]
    SeriesLength {
        /// What the series is.
        subject: String,
        /// Hours found.
        found: usize,
        /// Hours of the axis.
        expected: usize,
    },
    /// An hour of the weather is not a number.
    #[error("{subject} of hour {step} is not a number")]
    Weather {
        /// Which temperature.
        subject: &'static str,
        /// Step of the axis.
        step: usize,
    },
    /// A stated amount is negative or not a number.
    #[error("{subject} is {value}, allowed is {allowed}")]
    OutOfRange {
        /// Id and key.
        subject: String,
        /// Its value, SI.
        value: f64,
        /// What it may be.
        allowed: &'static str,
    },
    /// No standard load profile for this customer and class.
    #[error("there is no standard load profile {customer} of building class {building_class}")]
    NoStandardProfile {
        /// Code of the customer.
        customer: &'static str,
        /// Class asked for.
        building_class: u8,
    },
    /// The observer asked to stop.
    #[error("stopped on request")]
    Stopped,
}
