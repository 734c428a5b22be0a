//! What makes a programme unusable before or inside the solver.

/// A programme that cannot be handed to the solver, or a solver that refuses it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A cost, bound or coefficient is not a number (or infinite where it may not be).
    #[error("{what} {index} is {value}, not a usable number")]
    NotFinite {
        /// Kind of entry: `cost of column`, `bound of row`, ...
        what: &'static str,
        /// Index of the column, row or coefficient.
        index: usize,
        /// The value found.
        value: f64,
    },
    /// A coefficient names a row that does not exist.
    #[error("column {column} names row {row}, but there are {rows} rows")]
    UnknownRow {
        /// Column with the coefficient.
        column: usize,
        /// Row it names.
        row: usize,
        /// Rows there are.
        rows: usize,
    },
    /// More rows, columns or coefficients than the solver can index.
    #[error("{count} {what} are more than the solver can index")]
    TooLarge {
        /// Rows, columns or coefficients.
        what: &'static str,
        /// How many.
        count: usize,
    },
    /// The solver does not accept an option.
    #[error("the solver refused option {option}")]
    Option {
        /// Name of the option.
        option: &'static str,
    },
    /// The solver refused the programme or failed while running.
    #[error("the solver failed while {doing}")]
    Solver {
        /// What it was doing.
        doing: &'static str,
    },
}
