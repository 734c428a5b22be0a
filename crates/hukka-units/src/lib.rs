//! Physical quantities of hukka as newtypes: SI inside, named constructors and getters outside.
//!
//! Invariants: a quantity holds exactly one `f64` in SI; only physically meaningful operators
//! exist (see the algebra table in [`algebra`]); heat and electricity are different types, and the
//! coefficient of performance is the only bridge between them.
//!
//! Kernels work on plain SI slices: [`as_si`] opens a slice of quantities without copying.

mod algebra;
mod display;
mod quantity;
mod types;

pub use display::{format_si, grouped};
pub use quantity::{Quantity, as_si, from_si};
pub use types::*;

/// Seconds in one hour, the step of every series in a study.
pub const SECONDS_PER_HOUR: f64 = 3600.0;
/// Joules in one megawatt-hour.
pub const JOULES_PER_MWH: f64 = 3.6e9;
/// Kelvin at 0 °C.
pub const ZERO_CELSIUS_K: f64 = 273.15;
