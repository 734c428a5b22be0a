//! Ramps: how fast the heat of a unit may change, and what starting and stopping make of it.
//!
//! ```text
//! rise  q_t − q_{t−1} ≤ r·u_{t−1} + s·v_t          r = ramp · h,  s = max(r, least load)
//! fall  q_{t−1} − q_t ≤ r·u_t + s·w_t              w_t = u_{t−1} − u_t + v_t
//! ```
//!
//! A unit that starts may come up to its least load at once, and go down from there when it stops:
//! otherwise one whose least load exceeds its ramp could never run.
//!
//! # Source  start-up and shut-down ramps of unit commitment, Morales-España et al. 2013

use super::window::{OnOff, StateStart, Window};
use hukka_lp::Bounds;

/// Ramp of a step and of a start or stop in it, MW; `None` for units without a ramp.
pub(crate) fn limits(window: &Window<'_>, unit: usize, step: usize) -> Option<(f64, f64)> {
    let case = window.case;
    let ramp = case.units[unit].ramp_mw_per_h? * window.hours(step);
    if !window.counts_decisions() || !case.is_committed(unit) {
        return Some((ramp, ramp));
    }
    let rules = case.units[unit].commitment;
    let least = rules.map_or(0.0, |rules| {
        rules.min_load_fraction * case.units[unit].max_heat_mw
    });
    Some((ramp, ramp.max(least)))
}

/// Bounds of the rows of rise and fall of a step.
pub(crate) fn bounds(window: &Window<'_>, unit: usize, step: usize) -> [Bounds; 2] {
    let Some((ramp, turn)) = limits(window, unit, step) else {
        return [Bounds::FREE; 2];
    };
    let before = if step == 0 {
        let Some(heat) = window.before_mw[unit] else {
            return [Bounds::FREE; 2];
        };
        heat
    } else {
        0.0
    };
    let (rise, fall) = match window.on_off {
        OnOff::Given(on) if window.case.is_committed(unit) => {
            let t = window.from + step;
            let was_on = match step {
                0 => is_on_before(window, unit),
                _ => on[unit][t - 1],
            };
            (
                if was_on { ramp } else { turn },
                if on[unit][t] { ramp } else { turn },
            )
        }
        OnOff::Relaxed | OnOff::Decided if window.case.is_committed(unit) => {
            // The rest of the right side stands in the columns of on and start.
            let was_on = f64::from(u8::from(step == 0 && is_on_before(window, unit)));
            (ramp * was_on, turn * was_on)
        }
        _ => (ramp, ramp),
    };
    [
        Bounds::at_most(rise + before),
        Bounds::at_most(fall - before),
    ]
}

fn is_on_before(window: &Window<'_>, unit: usize) -> bool {
    match window.states[unit] {
        StateStart::Known { is_on, .. } => is_on,
        StateStart::Free => false,
    }
}
