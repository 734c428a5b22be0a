//! The optimiser for a design problem on its own: `DesignCase → DesignOutcome`.
//!
//! Kernel units in this folder: kW, metres, EUR a year. A tree search finds a network
//! (`search`), a cut-strengthened mixed-integer programme started from it proves a bound and
//! improves it (`prove`), and a scorer that shares no code with either re-checks the result
//! (`score`).

mod beside;
mod convert;
mod customers;
mod cuts;
mod flow;
mod forest;
mod instance;
mod law;
mod limits;
mod program;
mod prove;
mod rounding;
mod score;
mod search;
mod solve;

pub(crate) use prove::relaxed;
pub use score::{CaseScore, score};
pub use solve::{CaseError, CaseOptions, CaseProgress, solve};
