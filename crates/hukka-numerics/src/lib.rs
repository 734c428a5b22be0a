//! Numerical methods that know nothing of heat: observers, roots, small dense systems, fixed points.
//!
//! Invariant: no type or name of the domain appears here.

mod anderson;
mod cholesky;
mod observer;
mod root;
mod sparse_cholesky;

pub use anderson::Anderson;
pub use cholesky::{NotPositive, solve_positive};
pub use observer::Observer;
pub use root::{NoBracket, find_root};
pub use sparse_cholesky::{SparseFactor, SparsePattern};
