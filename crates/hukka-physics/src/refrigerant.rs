//! Properties of real refrigerants from their published Helmholtz-energy equations of state.
//!
//! A fluid is a table of coefficients ([`fluids`]); one engine evaluates them all ([`state`]), finds
//! saturation by equal pressure and Gibbs energy of both phases ([`saturation`]) and inverts for
//! compressors ([`invert`]). Molar units inside: mol/m³, J/mol, J/(mol K); pressure in pascal,
//! temperature in kelvin. Enthalpy and entropy have a datum of their own: only differences mean
//! something.

mod error;
mod fluid;
pub mod fluids;
pub mod invert;
mod jet;
pub mod saturation;
pub mod state;
mod terms;

#[cfg(test)]
mod tests;

pub use error::PropertyError;
pub use fluid::{Fluid, find};
