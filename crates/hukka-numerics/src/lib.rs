//! Numerical methods that know nothing of heat: observers, roots, dense and sparse systems, fixed
//! points.
//!
//! Invariant: no type or name of the domain appears here.

#![expect(
    clippy::needless_range_loop,
    reason = "one index runs through the lanes of several arrays"
)]

mod anderson;
mod cholesky;
mod lane_anderson;
mod lane_blocks;
mod lane_cholesky;
mod observer;
mod root;
mod sparse_cholesky;

pub use anderson::Anderson;
pub use cholesky::{NotPositive, solve_positive};
pub use lane_anderson::LaneAnderson;
pub use lane_blocks::{Block, LaneBlockSystem, LaneBlocks};
pub use lane_cholesky::{LaneCholesky, LaneFactor};
pub use observer::Observer;
pub use root::{NoBracket, find_root};
pub use sparse_cholesky::{SparseFactor, SparsePattern};
