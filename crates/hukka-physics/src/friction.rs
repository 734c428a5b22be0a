//! Friction in pipes.
