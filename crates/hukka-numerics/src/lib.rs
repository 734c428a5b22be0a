//! Numerical methods that know nothing of heat: observers, roots, dense and sparse systems, fixed
//! points.
//!
//! Invariant: no type or name of the domain appears here.

mod anderson;
mod cholesky;
mod lane_cholesky;
mod observer;
mod root;
mod sparse_cholesky;

pub use anderson::Anderson;
pub use cholesky::{NotPositive, solve_positive};
pub use lane_cholesky::{LaneCholesky, LaneFactor};
pub use observer::Observer;
pub use root::{NoBracket, find_root};
pub use sparse_cholesky::{SparseFactor, SparsePattern};
