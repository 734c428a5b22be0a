//! Linear and mixed-integer programmes: build by columns, solve with HiGHS, prove with duals.
//!
//! `Problem + Options → Solution`
//!
//! Invariants: HiGHS types appear in `highs_backend` only; the crate knows nothing of heat; the
//! same problem and options give the same bits; nothing is printed; infeasible and unbounded are
//! statuses of a [`Solution`], not errors.

mod error;
mod highs_backend;
mod options;
mod problem;
mod session;
mod solution;

pub use error::Error;
pub use options::{Method, Options};
pub use problem::{Bounds, Column, Problem, Row};
pub use session::Session;
pub use solution::{Iterations, Solution, Status};
