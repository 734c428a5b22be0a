//! The stage as others call it: whole nouns in, a plan out.

#![expect(
    clippy::unwrap_used,
    reason = "a test may fail on what it does not expect"
)]
#![expect(
    clippy::float_cmp,
    reason = "zero and the direct-exchange COP are exact"
)]

mod cases;
mod chains;
mod dispatch_cases;
mod exact;
mod exact_traps;
mod infeasible;
mod judge;
mod operation;
mod part_load;
mod reference_week;
mod study_owners;
mod supply_level;
mod town;
mod year;
