//! What a run gives back.

use super::account::CaseAccount;
use super::score::Score;
use hukka_model::CasePlan;

/// A plan with its proof.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseOutcome {
    /// Who makes the heat in every step.
    pub plan: CasePlan,
    /// Energy, CO2 and money of the plan.
    pub account: CaseAccount,
    /// What an independent check of the plan found.
    pub score: Score,
    /// Cost of the plan, EUR.
    pub objective_eur: f64,
    /// No plan costs less, EUR; for limited foresight: none that knew the future.
    pub bound_eur: f64,
    /// `(objective − bound) / |objective|`.
    pub gap: f64,
    /// What solved it.
    pub engine: &'static str,
    /// Windows solved.
    pub windows: usize,
    /// Seconds on the caller's clock spent building programmes.
    pub build_s: f64,
    /// Seconds on the caller's clock spent solving.
    pub solve_s: f64,
}

/// Relative gap between a cost and a bound below it.
pub(crate) fn gap(objective: f64, bound: f64) -> f64 {
    let scale = objective.abs().max(1e-9);
    ((objective - bound) / scale).max(0.0)
}
