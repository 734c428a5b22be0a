//! Steady states of networks as other programs describe them: any topology, any element.
//!
//! In: a [`NetworkCase`]. Out: [`CaseState`]s with diagnostics.
//!
//! Invariants: mass is conserved at every node to rounding; every node and element closes its heat
//! balance as heat is counted; a state that does not converge says so; results do not depend on
//! the number of threads.

mod check;
mod consumer;
mod control;
mod findings;
mod flow_order;
mod fluid_law;
mod hydraulics;
mod link;
mod newton;
mod options;
mod outcome;
pub(crate) mod over_time;
mod plan;
mod series;
mod solve;
mod thermal;
mod values;

use crate::Error;
use hukka_model::Diagnostic;
use hukka_model::network_case::{CaseState, NetworkCase};
use hukka_numerics::Observer;

pub use check::check;
pub use control::{Control, ControlKind, ControlState, Doing};
pub use findings::CODES;
pub use fluid_law::{FluidLaw, HeatCounting};
pub use hydraulics::{
    Drive, HydraulicOutcome, HydraulicState, HydraulicWork, Hydraulics, TURN_KG_S,
};
pub use link::{GRAVITY, LEAST_SLOPE, Link, LinkLaw, PipeLaw, SHUT_SLOPE, fitting, pump_rise};
pub use options::CaseOptions;
pub use series::series;

/// The steady state of a case as it stands, its series left aside.
///
/// # Errors  [`Error::BadCase`] if [`check`] finds anything; [`Error::Stopped`] if the observer
///   asks to stop. A state that does not converge is no error: see `CaseState::is_converged`.
pub fn steady(
    case: &NetworkCase,
    options: &CaseOptions,
    observer: &mut impl Observer,
) -> Result<(CaseState, Vec<Diagnostic>), Error> {
    if observer.should_stop() {
        return Err(Error::Stopped { done: 0, total: 1 });
    }
    let plan = prepare(case, options)?;
    let values = values::Values::of(case);
    let row = solve::Row {
        plan: &plan,
        values: &values,
        options,
    };
    let running = row.solve(None);
    observer.progress(1, 1);
    Ok((row.outcome(&running), row.diagnose(&running)))
}

fn prepare<'a>(case: &'a NetworkCase, options: &CaseOptions) -> Result<plan::Plan<'a>, Error> {
    let found = check(case);
    let bad = |first: &Diagnostic| Error::BadCase {
        first: first.message.clone(),
        count: found.len(),
    };
    if let Some(first) = found.first() {
        return Err(bad(first));
    }
    let fluid = FluidLaw::new(&case.fluid, options.counting).ok_or_else(|| Error::BadCase {
        first: "fluid: a table of properties is empty or does not ascend".to_owned(),
        count: 1,
    })?;
    Ok(plan::Plan::new(case, fluid))
}
