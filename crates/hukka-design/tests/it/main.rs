//! The stage on hand-made places and on a real one.

mod case;
mod existing;
mod interface;
mod kotka;
mod lumped;
mod money;
mod place;
mod reach;
mod streets;
mod town;
