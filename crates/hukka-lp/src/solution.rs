//! What a solve gives back.

/// How a solve ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Status {
    /// Solved within tolerances.
    Optimal,
    /// No point satisfies all rows and bounds.
    Infeasible,
    /// The objective falls without end.
    Unbounded,
    /// One of the two; presolve did not say which.
    InfeasibleOrUnbounded,
    /// Stopped at the limit of time or nodes; the columns hold the best point so far, if any.
    TimeLimit,
    /// The arithmetic failed or the solver gave up.
    NumericalTrouble,
}

/// Iterations by algorithm: also tells which one ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Iterations {
    /// Simplex.
    pub simplex: u64,
    /// Interior point.
    pub interior_point: u64,
    /// Crossover from an interior point to a vertex.
    pub crossover: u64,
}

/// Result of a solve.
///
/// # Shapes  `columns`, `column_duals` by column; `row_duals` by row; empty unless there is a point
/// # Sign    a dual is the change of the objective per unit of the row's right side (or bound)
#[derive(Debug, Clone, PartialEq)]
pub struct Solution {
    /// How it ended.
    pub status: Status,
    /// Cost of `columns`.
    pub objective: f64,
    /// No point costs less than this, as proven by the solver; `−∞` when nothing is proven.
    pub bound: f64,
    /// Values.
    pub columns: Vec<f64>,
    /// Duals of the rows; all zero for mixed-integer programmes.
    pub row_duals: Vec<f64>,
    /// Reduced costs of the columns; all zero for mixed-integer programmes.
    pub column_duals: Vec<f64>,
    /// Work done.
    pub iterations: Iterations,
}

impl Solution {
    /// A result without a point.
    pub(crate) const fn without_point(status: Status) -> Self {
        Self {
            status,
            objective: 0.0,
            bound: f64::NEG_INFINITY,
            columns: Vec::new(),
            row_duals: Vec::new(),
            column_duals: Vec::new(),
            iterations: Iterations {
                simplex: 0,
                interior_point: 0,
                crossover: 0,
            },
        }
    }

    /// Whether the point is optimal.
    pub fn is_optimal(&self) -> bool {
        self.status == Status::Optimal
    }
}
