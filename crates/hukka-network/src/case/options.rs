//! How a case is solved.

use super::fluid_law::HeatCounting;

/// How a case is solved.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CaseOptions {
    /// How heat is counted between two temperatures.
    pub counting: HeatCounting,
    /// Largest relative change of flows in the last round of a converged state.
    pub tolerance: f64,
    /// Rounds of hydraulics and temperatures before a state counts as not converged.
    pub max_iterations: usize,
    /// Cooling that flows asked by heat are never sized below, K: colder water is a shortfall,
    /// not a flood.
    pub least_cooling_k: f64,
}

impl Default for CaseOptions {
    fn default() -> Self {
        Self {
            counting: HeatCounting::default(),
            tolerance: 1e-10,
            max_iterations: 300,
            least_cooling_k: 1.0,
        }
    }
}
