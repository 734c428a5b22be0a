//! Routes and sizes the network and its plant: `Study, HeatDemand, HeatSource → Design`.
//!
//! Streets and pipes in the ground become a graph; consumers and sites hang on it; a
//! prize-collecting tree search in real catalogue costs chooses who is connected; pipes are sized
//! by pressure gradient, velocity and diversity; machines of open size are screened over the year.
//!
//! Invariants: node 0 of a design is the plant and everything hangs on it; pipes never grow
//! thinner towards the plant; the same study gives the same design, bit for bit; no clock, file
//! or random number is used; too small or too far is a design to be judged, never a failure.

mod alone;
mod built;
mod candidates;
mod capex;
pub mod case;
mod choose;
mod climate;
mod consumers;
mod economics;
mod findings;
mod geometry;
mod ground;
mod layout;
mod lines;
mod load;
mod machine;
mod market;
mod pipes;
mod plant;
mod route_bound;
pub mod screen;
mod search;
mod stage;

pub use alone::without_data_centres;
pub use findings::CODES;
pub use stage::{Error, Inputs, Options, run};
