//! The network through the year: hourly flows, temperatures, pressures, losses and pumping.
//!
//! In: a `Design` with its study, demand and the heat injected by sources. Out: `NetworkState`.
//!
//! Invariants: mass is conserved at every node to rounding and heat fed equals heat delivered plus
//! heat lost in every hour; the result does not depend on the number of threads; hours that do not
//! converge are named, never hidden.

#![expect(
    clippy::needless_range_loop,
    reason = "one index runs through the lanes of several arrays"
)]

mod age;
mod balance;
pub mod case;
mod chunk;
mod cycles;
mod distribute;
mod draw;
pub mod dynamic;
mod error;
mod findings;
mod fluid;
mod joint;
mod lanes;
mod loops;
mod pace;
mod plan;
mod service;
mod side;
mod solver;
mod start;
mod state;
mod thermal;
mod topology;
mod trunk;
mod turning;
mod year;

use hukka_model::{Design, HeatDemand, Study};
use hukka_units::{HeatPower, TemperatureDifference};

pub use distribute::Distribution;
pub use draw::{Draw, MIN_COOLING_K};
pub use error::Error;
pub use findings::CODES;
pub use fluid::{Fluid, Water};
pub use lanes::WIDTH as SIDE_BY_SIDE;
pub use service::Service;
pub use side::{Buoyancy, Friction, PressureLaws};
pub use solver::{Boundary, Hour, Inflow, InflowAmount, Solver, SolverOptions};
pub use state::{NodeState, PipeState};
pub use topology::{Network, PipeSpec};
pub use year::{Simulated, run, run_with_offsets};

/// How far below the plant's supply temperature water may arrive before a consumer counts as cold.
pub const COLD_MARGIN_K: f64 = 10.0;

/// What the stage reads.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// Rules, weather, calendar.
    pub study: &'a Study,
    /// Heat of the consumers.
    pub demand: &'a HeatDemand,
    /// Nodes, trenches, consumers connected.
    pub design: &'a Design,
    /// Heat given to the network away from the plant; at the plant node it is the plant's own.
    pub injections: &'a [Injection],
}

/// Heat a source gives to the network.
#[derive(Debug, Clone, PartialEq)]
pub struct Injection {
    /// Node where the source stands.
    pub node: usize,
    /// Heat, hour by hour.
    pub heat: Vec<HeatPower>,
}

/// How the network is simulated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Hours over which the outdoor temperature is averaged for the set-points: controllers damp
    /// the weather as the buildings do. 1 follows every hour.
    pub smoothing_hours: usize,
    /// Cooling on the way that the keep-warm flow of every consumer is sized for.
    pub bypass_cooling: TemperatureDifference,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            smoothing_hours: 24,
            bypass_cooling: TemperatureDifference::from_kelvin(8.0),
        }
    }
}
