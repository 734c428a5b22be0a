//! Limited foresight: overlapping windows, the first steps of each are kept.
//!
//! Window `k` sees the hours `[kD, kD + W)` and keeps the first `D`. A
//! store starts with the content kept so far, at first its initial fraction, and ends every window
//! with the initial fraction or more, or with what content is worth to the whole span (water
//! values). Units carry their state, the hours they have been in it, and their heat (ramps).

use super::guide::{Guide, allowance, guide};
use super::options::ParkOptions;
use super::solve::{Answer, Clock, Stop, default_gap, solve_window};
use super::window::{
    Allowance, LevelEnd, LevelStart, OnOff, StateStart, Window, heat_caps, initial_states,
};
use crate::Error;
use hukka_model::{
    CaseForecast, CasePlan, Diagnostic, DispatchCase, DispatchMode, RollingRule, WindowEnds,
};

/// Gap of one mixed-integer window when none is asked for.
const WINDOW_GAP: f64 = 1e-3;
/// Tolerance on sums of step lengths, h.
const SAME_HOURS: f64 = 1e-9;

/// Windows when time has run out for the whole span.
pub(crate) const IN_HASTE: RollingRule = RollingRule {
    window_h: 168.0,
    step_h: 120.0,
    ends: WindowEnds::InitialFraction,
};
/// Findings of windows that are told one by one.
const MOST_FINDINGS: usize = 12;

/// Solves a case in windows.
pub(crate) fn solve(
    case: &DispatchCase,
    rule: RollingRule,
    options: &ParkOptions,
    clock: Clock<'_>,
) -> Result<Answer, Error> {
    let mut answer = Answer::new(case);
    let hours: f64 = case.step_hours.iter().sum();
    let stop = Stop {
        engine: options.engine,
        gap: options
            .gap
            .unwrap_or_else(|| default_gap(case).max(WINDOW_GAP)),
        limit_s: options
            .time_limit_s
            .map(|limit| limit / (hours / rule.step_h).max(1.0)),
    };
    answer.bound = plan_in_windows(case, rule, stop, clock, &mut answer)?;
    few(&mut answer.found);
    Ok(answer)
}

/// Makes the plan and gives the bound: no operation that starts and ends as the windows do costs
/// less, even knowing the future.
///
/// Limits over the whole span: a window may use what is left of them after what the optimum of the
/// whole span uses behind it. What windows see beyond their kept steps is the forecast, if any.
pub(crate) fn plan_in_windows(
    case: &DispatchCase,
    rule: RollingRule,
    stop: Stop,
    clock: Clock<'_>,
    answer: &mut Answer,
) -> Result<f64, Error> {
    let started = clock();
    let guide = guide(&whole(case), stop.engine)?;
    answer.solve_s += clock() - started;
    let mut believed = case.forecast.as_ref().map(|forecast| Believed {
        case: case.clone(),
        forecast,
    });
    let mut window = first_window(case);
    while window.from < case.steps() {
        window.to = steps_ahead(case, window.from, rule.window_h);
        let keep_to = steps_ahead(case, window.from, rule.step_h).min(window.to);
        set_ends(case, rule, &guide, &mut window);
        window.allowance = allowed(case, &guide, &answer.plan, &window);
        match &mut believed {
            Some(believed) => {
                believed.look_ahead(case, (window.from, keep_to, window.to));
                let seen = Window {
                    case: &believed.case,
                    ..window.clone()
                };
                solve_window(&seen, stop, keep_to, clock, answer)?;
            }
            None => {
                solve_window(&window, stop, keep_to, clock, answer)?;
            }
        }
        carry_over(case, &answer.plan, &mut window, keep_to);
    }
    Ok(guide.bound)
}

/// The whole span, decisions relaxed, with the ends of limited foresight.
fn whole(case: &DispatchCase) -> Window<'_> {
    let on_off = match case.mode {
        DispatchMode::Lp => OnOff::Ignored,
        DispatchMode::Milp => OnOff::Relaxed,
    };
    Window {
        on_off,
        ..first_window(case)
    }
}

/// What the window asks of the stores when it ends; the last one ends as it began.
fn set_ends(case: &DispatchCase, rule: RollingRule, guide: &Guide, window: &mut Window<'_>) {
    if rule.ends == WindowEnds::InitialFraction {
        return;
    }
    let is_last = window.to == case.steps();
    for (index, store) in case.stores.iter().enumerate() {
        window.ends[index] = if is_last {
            LevelEnd {
                least: store.initial_fraction * store.capacity_mwh,
                worth: 0.0,
            }
        } else {
            LevelEnd {
                least: 0.0,
                worth: guide.worth[index][window.to - 1],
            }
        };
    }
}

/// What the window may use of limits over the whole span; `None` without such limits.
fn allowed(
    case: &DispatchCase,
    guide: &Guide,
    done: &CasePlan,
    window: &Window<'_>,
) -> Option<Allowance> {
    let has_caps = case.carbon.cap_t.is_some()
        || (0..case.units.len()).any(|unit| heat_caps(case, unit).is_some());
    has_caps.then(|| allowance(case, (done, &guide.plan), (window.from, window.to)))
}

/// The case as a window sees it.
struct Believed<'a> {
    case: DispatchCase,
    forecast: &'a CaseForecast,
}

impl Believed<'_> {
    /// Kept steps are the truth, those behind them the forecast.
    fn look_ahead(&mut self, truth: &DispatchCase, (from, keep_to, to): (usize, usize, usize)) {
        let set = |believed: &mut [f64], truth: &[f64], forecast: Option<&Vec<f64>>| {
            let Some(forecast) = forecast else { return };
            believed[from..keep_to].copy_from_slice(&truth[from..keep_to]);
            believed[keep_to..to].copy_from_slice(&forecast[keep_to..to]);
        };
        let forecast = self.forecast;
        set(
            &mut self.case.heat_demand_mw,
            &truth.heat_demand_mw,
            forecast.heat_demand_mw.as_ref(),
        );
        set(
            &mut self.case.electricity.price_eur_per_mwh,
            &truth.electricity.price_eur_per_mwh,
            forecast.electricity_price_eur_per_mwh.as_ref(),
        );
        let sources = self.case.sources.iter_mut().zip(&truth.sources);
        for ((believed, truth), forecast) in sources.zip(&forecast.source_mw) {
            set(
                &mut believed.available_mw,
                &truth.available_mw,
                forecast.as_ref(),
            );
        }
    }
}

/// Keeps the first findings and counts the rest.
fn few(found: &mut Vec<Diagnostic>) {
    let more = found.len().saturating_sub(MOST_FINDINGS);
    if more == 0 {
        return;
    }
    found.truncate(MOST_FINDINGS);
    found.push(
        Diagnostic::warning("HK1122", "limits are broken in further windows")
            .seen(format!("{more} more findings")),
    );
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
    for (unit, before) in window.before_mw.iter_mut().enumerate() {
        *before = Some(plan.heat_mw[unit][keep_to - 1]);
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
