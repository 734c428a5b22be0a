//! What goes in.

use crate::error::Error;
use hukka_model::{Design, DispatchPlan, HeatDemand, HeatSource, NetworkState, Study};
use hukka_units::Ratio;

/// One simulated fill level.
#[derive(Debug, Clone, Copy)]
pub struct OperatingYear<'a> {
    /// Share of the installed load present, load-weighted over the data centres.
    pub fill: Ratio,
    /// Operation at this level.
    pub plan: &'a DispatchPlan,
    /// Heat offered at this level.
    pub sources: &'a [HeatSource],
}

/// Everything an assessment needs.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// The checked study.
    pub study: &'a Study,
    /// Heat of all consumers.
    pub demand: &'a HeatDemand,
    /// What is built.
    pub design: &'a Design,
    /// The network through the year.
    pub network: &'a NetworkState,
    /// Heat offered at full fill.
    pub sources: &'a [HeatSource],
    /// The distinct fill levels simulated, ascending; the last one is full fill.
    pub years: &'a [OperatingYear<'a>],
    /// Operation of the existing plant alone, when that is the counterfactual.
    pub counterfactual: Option<&'a DispatchPlan>,
}

impl<'a> Inputs<'a> {
    /// The full-fill year.
    pub(crate) fn full(&self) -> OperatingYear<'a> {
        self.years[self.years.len() - 1]
    }
}

/// How strict the assessment is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Smallest share of heat from the data centre that may be called a go.
    pub min_share_covered: Ratio,
    /// Relative residual a balance may have before it is reported.
    pub balance_tolerance: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            min_share_covered: Ratio::from_percent(5.0),
            balance_tolerance: 1e-6,
        }
    }
}

impl Options {
    /// Checks every option.
    ///
    /// # Errors  [`Error::Option`] names the first one outside its range
    pub fn validate(&self) -> Result<(), Error> {
        let share = self.min_share_covered.fraction();
        if !(0.0..=1.0).contains(&share) {
            return Err(Error::Option {
                name: "min_share_covered",
                value: share,
                allowed: "0 to 1",
            });
        }
        if !(self.balance_tolerance > 0.0 && self.balance_tolerance < 1.0) {
            return Err(Error::Option {
                name: "balance_tolerance",
                value: self.balance_tolerance,
                allowed: "above 0, below 1",
            });
        }
        Ok(())
    }
}
