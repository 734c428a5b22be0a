//! The least-cost operation of a park with one store or none, found exactly without an LP solver.
//!
//! The year is a chain of convex piecewise-linear step costs tied together by the store level, so
//! dynamic programming on convex value functions is exact:
//!
//! 1. [`hour`]: the least cost of a net heat `x` in one step, by a parametric simplex over the few
//!    units that share electricity or source heat; [`curve`] merges the other units in merit order.
//! 2. [`tank`]: the step's cost of a change of content, charge and discharge losses included.
//! 3. [`value`], [`pass`]: the cost-to-go by content, from the last step to the first, then the
//!    levels from the first to the last.
//! 4. [`cycle`]: where a year that closes on itself may be cut open.
//! 5. [`duals`], [`solution`]: prices and worths, the split over units, and a lower bound that
//!    proves the plan by weak duality.
//!
//! Kernels work on MW, MWh, EUR and h: the scale keeps numbers near one.
//!
//! # Ties  of units of equal cost those that share electricity or a limit run first, then the one
//!   listed first. Heat is charged as early as no dearer. Where a price is not unique the worth
//!   of content changes as little and as late as the optimum allows, and the heat price is the
//!   highest that fits it.

mod chain;
mod curve;
mod cycle;
mod duals;
mod hour;
mod long_value;
mod pass;
mod simplex;
mod solution;
mod tank;
mod value;

pub use chain::{Chain, ChainError, Ends, Grid, Series, SharedLimit, Store, Unit};
pub use solution::{Infeasible, Misfit, Options, Outcome, Solution, Worth, solve};
pub use value::ValueFunction;
