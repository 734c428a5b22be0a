//! What a report is made from.

use hukka_model::{
    Assessment, Design, Diagnostic, DispatchPlan, HeatDemand, HeatSource, NetworkState,
    OwnersAccount, Study, UncertaintyResult,
};

/// Every noun of a run, by reference.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// The checked study.
    pub study: &'a Study,
    /// Heat the place needs.
    pub demand: &'a HeatDemand,
    /// Network and plant.
    pub design: &'a Design,
    /// The network through the year.
    pub network: &'a NetworkState,
    /// What the data centres offer at full fill.
    pub sources: &'a [HeatSource],
    /// Operation at full fill.
    pub plan: &'a DispatchPlan,
    /// Operation without the data centre, when the study compares with that.
    pub counterfactual: Option<&'a DispatchPlan>,
    /// Both owners' money, where heat of a data centre can be drawn.
    pub owners: Option<&'a OwnersAccount>,
    /// What it is worth.
    pub assessment: &'a Assessment,
    /// How sure that is, when the study asks for samples.
    pub uncertainty: Option<&'a UncertaintyResult>,
    /// Everything the stages had to say.
    pub diagnostics: &'a [Diagnostic],
    /// What was run.
    pub run: &'a RunInfo,
}

/// Identity of a run; no clock in it, so that the same inputs give the same report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunInfo {
    /// Version of hukka.
    pub version: String,
    /// Id made from the hashes of all inputs.
    pub run_id: String,
    /// The command as typed.
    pub command: String,
}
