//! Limited foresight: overlapping windows, the first steps of each are kept.
//!
//! Window `k` sees the hours `[kD, kD + W)` and keeps the first `D`. A
//! store starts with the content kept so far, at first its initial fraction, and ends every window
//! with the initial fraction or more. Units carry their state and the hours they have been in it.

use super::by_chain;
use super::extract::empty_plan;
use super::options::{Engine, ParkOptions};
use super::programme::build;
use super::solve::{Answer, Clock, Stop, default_gap, lp_options, solve_window};
use super::window::{LevelEnd, LevelStart, OnOff, StateStart, Window, initial_states};
use crate::Error;
use hukka_model::{CasePlan, DispatchCase, DispatchMode, RollingRule};

/// Gap of one mixed-integer window when none is asked for.
const WINDOW_GAP: f64 = 1e-3;
/// Tolerance on sums of step lengths, h.
const SAME_HOURS: f64 = 1e-9;

/// Solves a case in windows.
pub(crate) fn solve(
    case: &DispatchCase,
    rule: RollingRule,
    options: &ParkOptions,
    clock: Clock<'_>,
) -> Result<Answer, Error> {
    let mut answer = Answer::new(case);
    let stop = Stop {
        engine: options.engine,
        gap: options
            .gap
            .unwrap_or_else(|| default_gap(case).max(WINDOW_GAP)),
        limit_s: options.time_limit_s,
    };
    let mut window = first_window(case);
    while window.from < case.steps() {
        window.to = steps_ahead(case, window.from, rule.window_h);
        let keep_to = steps_ahead(case, window.from, rule.step_h).min(window.to);
        solve_window(&window, stop, keep_to, clock, &mut answer)?;
        carry_over(case, &answer.plan, &mut window, keep_to);
    }
    answer.bound = bound(case, options, clock, &mut answer)?;
    Ok(answer)
}

fn first_window(case: &DispatchCase) -> Window<'_> {
    let on_off = match case.mode {
        DispatchMode::Lp => OnOff::Ignored,
        DispatchMode::Milp => OnOff::Decided,
    };
    let initial = case
        .stores
        .iter()
        .map(|s| s.initial_fraction * s.capacity_mwh);
    let initial: Vec<f64> = initial.collect();
    Window {
        starts: initial
            .iter()
            .map(|level| LevelStart::Known(*level))
            .collect(),
        ends: initial
            .iter()
            .map(|level| LevelEnd {
                least: *level,
                worth: 0.0,
            })
            .collect(),
        states: initial_states(case),
        ..Window::whole(case, on_off)
    }
}

/// First step that begins `hours` or more after `from` begins; at least one step on.
fn steps_ahead(case: &DispatchCase, from: usize, hours: f64) -> usize {
    let (mut to, mut sum) = (from, 0.0);
    while to < case.steps() && (to == from || sum < hours - SAME_HOURS) {
        sum += case.step_hours[to];
        to += 1;
    }
    to
}

/// Moves the window's start behind what was kept.
fn carry_over(case: &DispatchCase, plan: &CasePlan, window: &mut Window<'_>, keep_to: usize) {
    for (store, start) in window.starts.iter_mut().enumerate() {
        *start = LevelStart::Known(plan.level_mwh[store][keep_to - 1].max(0.0));
    }
    for (unit, state) in window.states.iter_mut().enumerate() {
        if !case.is_committed(unit) {
            continue;
        }
        for t in window.from..keep_to {
            *state = advanced(*state, plan.is_on[unit][t], case.step_hours[t]);
        }
    }
    window.from = keep_to;
}

/// A unit's state after one more step.
fn advanced(state: StateStart, now: bool, length: f64) -> StateStart {
    match state {
        StateStart::Known { is_on, hours } if is_on == now => StateStart::Known {
            is_on,
            hours: hours + length,
        },
        _ => StateStart::Known {
            is_on: now,
            hours: length,
        },
    }
}

/// No operation that starts and ends as the windows do costs less, even knowing the future.
fn bound(
    case: &DispatchCase,
    options: &ParkOptions,
    clock: Clock<'_>,
    answer: &mut Answer,
) -> Result<f64, Error> {
    let started = clock();
    let on_off = match case.mode {
        DispatchMode::Lp => OnOff::Ignored,
        DispatchMode::Milp => OnOff::Relaxed,
    };
    let window = Window {
        on_off,
        to: case.steps(),
        from: 0,
        ..first_window(case)
    };
    if options.engine != Engine::Highs && by_chain::obstacle(&window).is_none() {
        let mut unused = empty_plan(case);
        if let Some(bound) = by_chain::solve_by_chain(&window, window.to, &mut unused) {
            answer.solve_s += clock() - started;
            return Ok(bound);
        }
    }
    let solution = build(&window).problem.solve(&lp_options())?;
    answer.solve_s += clock() - started;
    Ok(solution.bound)
}
