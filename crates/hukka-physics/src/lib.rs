//! The laws of heat and flow: pure functions, each with its equation, range and source.
//!
//! Invariants: no input or output, no state; a law says what happens outside its range; numbers
//! are SI, temperatures in kelvin unless a name ends in `_c`.

pub mod convection;
pub mod elementary;
pub mod friction;
pub mod glycol;
pub mod heat_exchanger;
pub mod heat_pump;
pub mod it_load;
pub mod pipe_loss;
pub mod psychrometrics;
pub mod reference_friction;
pub mod refrigerant;
pub mod water;
