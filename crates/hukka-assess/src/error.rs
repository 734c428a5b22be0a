//! What stops the assessment: inputs that do not fit together. Users' mistakes are diagnostics.

/// Why an assessment could not be made.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no simulated year.
    #[error("no operating year was simulated")]
    NoOperatingYear,
    /// Two years in a row do not rise in fill.
    #[error("fill levels must rise: {before} is followed by {after}")]
    FillNotAscending {
        /// The earlier level.
        before: f64,
        /// The level after it.
        after: f64,
    },
    /// A series has the wrong number of hours.
    #[error("{series} has {found} values, the year has {expected} hours")]
    WrongLength {
        /// Name of the series.
        series: String,
        /// Hours of the axis.
        expected: usize,
        /// Values found.
        found: usize,
    },
    /// A plan or design names something that is not there.
    #[error("{what} refers to number {index}, only {count} are there")]
    UnknownIndex {
        /// Who refers.
        what: String,
        /// The number it names.
        index: usize,
        /// How many there are.
        count: usize,
    },
    /// The counterfactual is the existing plant, but its dispatch was not handed over.
    #[error("the counterfactual is the existing plant, but no plan of it was given")]
    NoCounterfactualPlan,
    /// The study counts no year.
    #[error("the money horizon is zero years")]
    EmptyHorizon,
    /// An option is outside its range.
    #[error("option {name} is {value}, allowed is {allowed}")]
    Option {
        /// Name of the option.
        name: &'static str,
        /// Value seen.
        value: f64,
        /// What is allowed.
        allowed: &'static str,
    },
    /// A result is not a finite number, so an input was not.
    #[error("{what} is not a finite number; one of the series it is made of is not")]
    NotFinite {
        /// The figure.
        what: &'static str,
    },
    /// The observer asked to stop.
    #[error("stopped")]
    Stopped,
}
