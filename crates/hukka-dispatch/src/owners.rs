//! Two owners of one system: a utility that runs the park, a data centre that offers heat.
//!
//! `DispatchCase + CaseOwners → OwnersOutcome`
//!
//! Least system cost draws heat whenever it is worth more than it costs the data centre. Under a
//! contract each side does what is best for itself: the data centre offers heat in the hours in
//! which price and saved cooling pay for it; the utility draws what lowers its own cost. Payments
//! cancel, so what both lose against the joint optimum is the price of the contract.

mod answer;
mod contract;
mod ledger;
mod sharing;
mod study;
#[cfg(test)]
mod tests;

pub use answer::{ContractAnswer, OwnersOutcome, Parties, two_owners};
pub use study::study_account;
