//! The stage as others call it: whole nouns in, a plan out.

mod cases;
mod infeasible;
mod operation;
mod reference_week;
mod town;
