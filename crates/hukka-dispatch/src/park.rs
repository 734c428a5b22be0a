//! Plant parks: a dispatch case operated at least cost.
//!
//! `DispatchCase + Options → CaseOutcome`
//!
//! The park is one programme, built straight into columns: linear, or mixed-integer with on/off
//! rules. Long mixed-integer spans and limited foresight are solved in windows.
//!
//! Numbers are MW, MWh, hours, EUR and tonnes: that scale keeps coefficients near one.

mod account;
mod by_chain;
mod counterfactual;
mod extract;
mod fallback;
mod guide;
mod layout;
#[cfg(test)]
mod limit_tests;
mod minimum_times;
mod options;
mod outcome;
mod programme;
mod ramps;
mod rolling;
mod schedule;
mod score;
mod shortfall;
mod slack;
mod solve;
mod synthetic;
mod terms;
#[cfg(test)]
mod tests;
mod window;

pub use account::{CaseAccount, UnitAccount, account, carbon_t};
pub use counterfactual::without_data_centre;
pub use options::{Engine, ParkOptions};
pub use outcome::CaseOutcome;
pub(crate) use score::cost;
pub use score::{Score, score};
pub use solve::{Clock, solve_case};
pub use synthetic::{Synthetic, synthetic_case};
