//! Numerical methods that know nothing of heat: observers, roots, small dense systems.
//!
//! Invariant: no type or name of the domain appears here.

mod observer;

pub use observer::Observer;
