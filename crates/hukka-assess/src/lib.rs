//! What a heat-reuse study is worth: energy, law, climate, money, verdict.
//!
//! Nouns in: `Study`, `HeatDemand`, `Design`, `NetworkState`, `HeatSource`, `DispatchPlan`.
//! Noun out: [`hukka_model::Assessment`].
//!
//! Invariants: every payment is computed hour by hour from the plan's energies and the study's
//! prices, never from the dispatch objective, which is only compared with them; every balance is
//! made of two sides that come from different series; no figure is NaN or infinite; a data centre
//! that is too small or too far is a no-go with numbers, never an error.
//!
//! Sensitivities price the same year again, without a new dispatch: see [`sensitivity`].

mod balance;
mod book;
mod cash_flow;
mod check;
mod distance;
mod energy;
mod error;
mod finance;
mod inputs;
mod kpis;
pub mod law;
mod ledger;
mod levels;
mod money;
mod reuse;
mod risks;
pub mod sensitivity;
mod stage;
mod terms;
#[cfg(test)]
mod testing;
mod text;
mod verdict;

pub use error::Error;
pub use finance::{annuity, internal_rate_of_return, net_present_value, payback};
pub use inputs::{Inputs, OperatingYear, Options};
pub use kpis::{Boundary, BoundaryIndicators};
pub use stage::{figures, run};

/// Codes of this crate and what they mean.
pub const CODES: &[(&str, &str)] = &[
    (
        "HK0801",
        "no heat is delivered, so costs per megawatt-hour are shown as zero",
    ),
    ("HK0802", "some heat could not be supplied"),
    (
        "HK0803",
        "a conservation law is not kept to the asked accuracy",
    ),
    (
        "HK0804",
        "the network delivers other heat than the connected consumers need",
    ),
    (
        "HK0805",
        "the boilers are too small to stand in for the heat pump when the data centre is empty",
    ),
    (
        "HK0806",
        "an operating year has a fill beyond the levels that were simulated",
    ),
    (
        "HK0807",
        "an operating cost differs from the cost the dispatch found",
    ),
];
