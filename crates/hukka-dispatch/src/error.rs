//! What stops the stage; infeasible operation is not among it.

/// Inputs that do not fit together, or a solver that fails.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An option is out of range.
    #[error("option {option} is {value}")]
    BadOption {
        /// Name.
        option: &'static str,
        /// Value.
        value: f64,
    },
    /// The axis has no hour.
    #[error("the study year has no hours")]
    NoHours,
    /// A series does not have one value per hour of the axis.
    #[error("{what} of {id} has {found} values, the axis has {expected} hours")]
    SeriesLength {
        /// Name of the series.
        what: &'static str,
        /// Whose series.
        id: String,
        /// Hours of the axis.
        expected: usize,
        /// Values found.
        found: usize,
    },
    /// A number is not usable.
    #[error("{what} of {id} is {value}")]
    BadNumber {
        /// Name of the quantity.
        what: &'static str,
        /// Whose.
        id: String,
        /// The value.
        value: f64,
    },
    /// A number of a series is not usable.
    #[error("{what} of {id} is {value} in hour {step}")]
    BadHour {
        /// Name of the series.
        what: &'static str,
        /// Whose series.
        id: String,
        /// Step of the axis.
        step: usize,
        /// The value.
        value: f64,
    },
    /// The design left a machine without a size.
    #[error("{id} has no size")]
    Unsized {
        /// Id of the machine.
        id: String,
    },
    /// A heat pump draws from a data centre that offers no series.
    #[error("heat pump {id} draws from data centre {data_centre}, which offers no heat series")]
    NoSource {
        /// Id of the heat pump.
        id: String,
        /// Index of the data centre.
        data_centre: usize,
    },
    /// The COP table of a heat pump is no grid of two rising temperatures.
    #[error("the COP table of heat pump {id} is no grid")]
    BadTable {
        /// Id of the heat pump.
        id: String,
    },
    /// The solver failed.
    #[error("the linear programme could not be solved")]
    Programme(#[from] hukka_lp::Error),
    /// The solver ended without a solution although one exists: unserved heat is always possible.
    #[error("the solver ended {status:?} on hours {first} to {last}")]
    NoSolution {
        /// How it ended.
        status: hukka_lp::Status,
        /// First hour of the window.
        first: usize,
        /// Last hour of the window.
        last: usize,
    },
    /// The observer asked to stop.
    #[error("stopped")]
    Stopped,
}
