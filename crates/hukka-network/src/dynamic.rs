//! Transport through the network: delay, heat held by water and wall, reversal, standing water.
mod film;
mod plug;
mod signal;
