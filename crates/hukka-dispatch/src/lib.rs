//! Least-cost hourly operation of heat pumps, boilers and stores over the study year.
//!
//! `Study, Design, NetworkState, HeatSource → DispatchPlan`
//!
//! The year is one cyclic linear programme. With one store or none it is solved exactly by dynamic
//! programming ([`exact`]), without stores and shared limits by merit order. Several stores are
//! solved in overlapping windows, joined where neighbouring windows agree on the store levels and on
//! what heat is worth; neighbours that disagree are merged, and without a proof the year is solved
//! in one piece. Every plan is proven against the whole year by weak duality.
//!
//! Invariants: the plan satisfies every balance and limit to 1e-9 of the hour's demand; the bound
//! holds for every feasible operation of the year; the partition into windows does not depend on
//! the number of threads, so results are bit-identical.

mod check;
mod config;
mod diagnose;
mod error;
pub mod exact;
mod exchange;
mod machine;
mod merit_order;
pub mod owners;
pub mod park;
mod part_load;
mod plan;
mod polish;
mod programme;
mod pumps;
mod run;
mod study_chain;
mod study_park;
pub mod supply_level;
mod terms;
#[cfg(test)]
mod tests;
mod windows;

pub use config::{Case, Inputs, Options};
pub use error::Error;
pub use run::run;

/// COP booked for direct heat exchange: electricity of the circulation pumps only, 2 % of the heat.
pub const DIRECT_EXCHANGE_COP: f64 = 50.0;

/// Hours in which a store without a stated power is filled or emptied.
pub const DEFAULT_STORE_HOURS: f64 = 6.0;

/// Heat not supplied in an hour above which a plan counts as infeasible, megawatts.
pub const UNSERVED_TOLERANCE_MW: f64 = 1e-6;

/// Diagnostic codes of this stage.
pub const CODES: &[(&str, &str)] = &[
    ("HK0701", "the plant cannot supply all the heat"),
    (
        "HK0702",
        "the operating cost is not proven least within the tolerance",
    ),
    (
        "HK0703",
        "a heat pump cannot run in some hours: no coefficient of performance there",
    ),
    (
        "HK0704",
        "a heat pump cannot make the supply temperature in some hours: others top up",
    ),
    (
        "HK0705",
        "no boiler is marked as existing: all boilers stand for today's plant",
    ),
    (
        "HK0706",
        "heat is thrown away in some hours because making it earns money",
    ),
    (
        "HK0707",
        "the source is hot enough for direct heat exchange in some hours",
    ),
    (
        "HK0708",
        "unserved heat is priced below the dearest heat of the plant",
    ),
    ("HK0709", "the part load of the heat pumps has not settled"),
    ("HK1121", "a dispatch case leaves heat unsupplied"),
    ("HK1122", "a dispatch case cannot keep a limit"),
    (
        "HK1123",
        "a dispatch case is not solved to the gap asked for",
    ),
    ("HK1124", "the exact engine cannot solve a dispatch case"),
    ("HK1125", "time ran out before a dispatch case was solved"),
];
