//! A plan when the solver was stopped before it found one: the relaxation's decisions, rounded.

use super::extract::{copy_into, empty_plan};
use super::minimum_times::steps_to_go;
use super::programme::build;
use super::solve::lp_options;
use super::window::{OnOff, StateStart, Window};
use crate::Error;
use hukka_model::{CasePlan, Diagnostic};

/// A unit whose relaxed decision is this much or more is on.
const ON: f64 = 0.5;

/// Decisions of a window and the proven bound of its relaxation.
pub(crate) struct Rounded {
    pub(crate) plan: CasePlan,
    pub(crate) bound: f64,
}

/// Solves the relaxation of a window and rounds its decisions, minimum times kept.
pub(crate) fn rounded(window: &Window<'_>) -> Result<Rounded, Error> {
    let relaxed = Window {
        on_off: OnOff::Relaxed,
        has_slack: true,
        ..window.clone()
    };
    let programme = build(&relaxed);
    let solution = programme.problem.solve(&lp_options())?;
    if !solution.is_optimal() {
        return Err(super::guide::no_solution(window, &solution));
    }
    let mut plan = empty_plan(window.case);
    copy_into(&mut plan, &relaxed, &programme, &solution, window.to);
    for unit in 0..window.case.units.len() {
        if let Some(column) = programme.layout.on[unit] {
            let share = |step: usize| solution.columns[programme.layout.column(step, column).0];
            round(window, unit, &share, &mut plan.is_on[unit]);
        }
    }
    Ok(Rounded {
        plan,
        bound: solution.bound,
    })
}

/// Rounds the decisions of a unit; a state lasts its minimum time.
fn round(window: &Window<'_>, unit: usize, share: &dyn Fn(usize) -> f64, on: &mut [bool]) {
    let rules = window.case.units[unit].commitment;
    let Some(rules) = rules else { return };
    let (mut state, mut held) = match window.states[unit] {
        StateStart::Known { is_on, hours } => (is_on, hours),
        StateStart::Free => (share(0) >= ON, f64::INFINITY),
    };
    for step in 0..window.steps() {
        let least = if state {
            rules.min_up_h
        } else {
            rules.min_down_h
        };
        let must_stay = steps_to_go(&window.step_hours()[step..], held, least) > 0;
        let wanted = share(step) >= ON;
        if wanted != state && !must_stay {
            (state, held) = (wanted, 0.0);
        }
        held += window.hours(step);
        on[window.from + step] = state;
    }
}

/// Tells that decisions are rounded.
pub(crate) fn out_of_time(window: &Window<'_>) -> Diagnostic {
    Diagnostic::warning(
        "HK1125",
        "time ran out before on/off decisions were found; those of the relaxation were rounded",
    )
    .seen(format!("steps {} to {}", window.from, window.to - 1))
    .help("give more time, or ask for a wider gap")
}
