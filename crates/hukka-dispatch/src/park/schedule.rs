//! On/off decisions over a long span: blocks for the bound, joined and mended for the schedule.
//!
//! 1. The relaxation of the whole span prices the contents of the stores, `λ_t`, and the limits.
//! 2. The span is cut into blocks. A block buys its first content at `λ` and sells its last; a unit
//!    may be on before it for free. Each block is a small mixed-integer programme.
//! 3. The sum of the blocks' bounds is a bound for the span: every operation of the span, cut into
//!    blocks, pays and earns the same `λ` at each seam and no more for starts.
//! 4. The decisions are joined; around each seam they are made again between what stands on either
//!    side. Given all decisions, the whole span is dispatched at least cost.
//!
//! # Source  Lagrangian decomposition in time; weak duality

use super::extract::{copy_into, empty_plan};
use super::fallback;
use super::guide::{Guide, guide, no_solution};
use super::options::ParkOptions;
use super::programme::build;
use super::solve::{Answer, Clock, Stop, default_gap, lp_options, solve_window};
use super::window::{Fixed, LevelEnd, LevelStart, OnOff, StateStart, Window, state_at};
use crate::Error;
use hukka_lp::Status;
use hukka_model::{CasePlan, Diagnostic, DispatchCase};
use rayon::prelude::*;

/// Hours of a block.
const BLOCK_H: f64 = 336.0;
/// Hours on either side of a seam in which decisions are made again.
const MENDED_H: f64 = 36.0;
/// Part of the gap asked for that the blocks may leave open.
const BLOCK_SHARE: f64 = 0.75;
/// Part of the gap asked for that a mended seam may leave open.
const SEAM_SHARE: f64 = 0.2;

/// Whether a span is long enough to be cut.
pub(crate) fn is_long(case: &DispatchCase) -> bool {
    case.step_hours.iter().sum::<f64>() > 3.0 * BLOCK_H
}

/// Decides and dispatches a long span.
pub(crate) fn solve(
    case: &DispatchCase,
    options: &ParkOptions,
    clock: Clock<'_>,
) -> Result<Answer, Error> {
    let mut answer = Answer::new(case);
    let started = clock();
    let guide = guide(&Window::whole(case, OnOff::Relaxed), options.engine)?;
    let seams = seams(case, &guide);
    let asked = options.gap.unwrap_or_else(|| default_gap(case));
    let blocks = decide_blocks(case, &guide, &seams, (asked, options))?;
    answer
        .found
        .extend(blocks.iter().filter_map(|block| block.found.clone()));
    answer.bound = blocks.iter().map(|block| block.bound).sum::<f64>() - guide.cap_value;
    let mut plan = join(case, &blocks);
    for pair in seams.windows(3) {
        mend(case, &guide, (pair[0], pair[1], pair[2]), asked, &mut plan)?;
    }
    answer.windows = 2 * blocks.len();
    answer.solve_s += clock() - started;
    let on = plan.is_on;
    let whole = Window::whole(case, OnOff::Given(&on));
    let stop = Stop {
        engine: options.engine,
        gap: 0.0,
        limit_s: None,
    };
    let bound = answer.bound;
    solve_window(&whole, stop, whole.to, clock, &mut answer)?;
    answer.bound = bound;
    answer.engine = "highs blocks";
    Ok(answer)
}

/// First steps of the blocks and the end of the last: where the relaxation's store is nearly empty
/// or full a wrong price of content does least harm.
fn seams(case: &DispatchCase, guide: &Guide) -> Vec<usize> {
    let all: f64 = case.step_hours.iter().sum();
    let count = (all / BLOCK_H).round().max(1.0);
    let (mut seams, mut hour, mut t) = (vec![0], 0.0, 0);
    for block in 1..count as usize {
        let aim = all * block as f64 / count;
        let mut best: Option<(f64, usize)> = None;
        while t < case.steps() && hour < aim + BLOCK_H / 7.0 {
            if hour > aim - BLOCK_H / 7.0 {
                let room = slack_of_content(case, guide, t);
                if best.is_none_or(|(least, _)| room < least) {
                    best = Some((room, t + 1));
                }
            }
            hour += case.step_hours[t];
            t += 1;
        }
        seams.extend(best.map(|(_, seam)| seam));
    }
    seams.push(case.steps());
    seams
}

/// Distance of the largest store's content from empty or full after a step, share of the capacity.
fn slack_of_content(case: &DispatchCase, guide: &Guide, t: usize) -> f64 {
    let largest = (0..case.stores.len()).max_by(|a, b| {
        case.stores[*a]
            .capacity_mwh
            .total_cmp(&case.stores[*b].capacity_mwh)
    });
    largest.map_or(0.0, |store| {
        let level = guide.plan.level_mwh[store][t];
        let capacity = case.stores[store].capacity_at(t);
        level.min(capacity - level).max(0.0) / capacity.max(1e-9)
    })
}

/// A decided block.
struct Block {
    from: usize,
    to: usize,
    bound: f64,
    plan: CasePlan,
    found: Option<Diagnostic>,
}

fn decide_blocks(
    case: &DispatchCase,
    guide: &Guide,
    seams: &[usize],
    (asked, options): (f64, &ParkOptions),
) -> Result<Vec<Block>, Error> {
    let count = (seams.len() - 1) as f64;
    let solver = hukka_lp::Options {
        integer_gap: 0.0,
        absolute_gap: BLOCK_SHARE * asked * guide.cost.abs() / count,
        time_limit_s: options.time_limit_s.map(|limit| limit / count),
        ..lp_options()
    };
    let spans: Vec<&[usize]> = seams.windows(2).collect();
    let blocks: Vec<Result<Block, Error>> = spans
        .into_par_iter()
        .map(|span| decide(&block_window(case, guide, span[0], span[1]), &solver))
        .collect();
    blocks.into_iter().collect()
}

/// A block that buys its first content and sells its last.
fn block_window<'a>(case: &'a DispatchCase, guide: &Guide, from: usize, to: usize) -> Window<'a> {
    let mut window = Window::whole(case, OnOff::Decided);
    (window.from, window.to) = (from, to);
    for (store, rules) in case.stores.iter().enumerate() {
        let worth = |t: usize| guide.worth[store][t];
        if from > 0 || rules.cyclic {
            let before = if from > 0 { from } else { case.steps() } - 1;
            window.starts[store] = LevelStart::Bought(worth(before));
        }
        if to < case.steps() || rules.cyclic {
            window.ends[store].worth = worth(to - 1);
        }
    }
    if from > 0 {
        window.states.fill(StateStart::Free);
    }
    window.cap_prices = Some(guide.prices.clone());
    window
}

fn decide(window: &Window<'_>, solver: &hukka_lp::Options) -> Result<Block, Error> {
    let programme = build(window);
    let solution = programme.problem.solve(solver)?;
    let mut block = Block {
        from: window.from,
        to: window.to,
        bound: solution.bound,
        plan: empty_plan(window.case),
        found: None,
    };
    if !solution.columns.is_empty() {
        copy_into(&mut block.plan, window, &programme, &solution, window.to);
        return Ok(block);
    }
    let is_infeasible = matches!(
        solution.status,
        Status::Infeasible | Status::InfeasibleOrUnbounded
    );
    if is_infeasible && !window.has_slack {
        let slack = Window {
            has_slack: true,
            ..window.clone()
        };
        return decide(&slack, solver);
    }
    if is_infeasible {
        return Err(no_solution(window, &solution));
    }
    let rounded = fallback::rounded(window)?;
    block.bound = solution.bound.max(rounded.bound);
    block.plan = rounded.plan;
    block.found = Some(fallback::out_of_time(window));
    Ok(block)
}

/// On/off decisions and contents of the blocks, one after the other.
fn join(case: &DispatchCase, blocks: &[Block]) -> CasePlan {
    let mut plan = empty_plan(case);
    for block in blocks {
        let steps = block.from..block.to;
        for (to, from) in plan.is_on.iter_mut().zip(&block.plan.is_on) {
            if !from.is_empty() {
                to[steps.clone()].copy_from_slice(&from[steps.clone()]);
            }
        }
        for (to, from) in plan.level_mwh.iter_mut().zip(&block.plan.level_mwh) {
            to[steps.clone()].copy_from_slice(&from[steps.clone()]);
        }
    }
    plan
}

/// Decides again around a seam, between what stands on either side.
fn mend(
    case: &DispatchCase,
    guide: &Guide,
    (before, seam, after): (usize, usize, usize),
    asked: f64,
    plan: &mut CasePlan,
) -> Result<(), Error> {
    let back = steps_over(case, seam, MENDED_H, before, true);
    let ahead = steps_over(case, seam, MENDED_H, after, false);
    let kept = longest_rule(case);
    let to = steps_over(case, ahead, kept, after, false);
    let on = plan.is_on.clone();
    let mut window = Window::whole(case, OnOff::Decided);
    (window.from, window.to) = (back, to);
    for store in 0..case.stores.len() {
        if back > 0 {
            window.starts[store] = LevelStart::Known(plan.level_mwh[store][back - 1].max(0.0));
        }
        window.ends[store] = LevelEnd {
            least: plan.level_mwh[store][to - 1].max(0.0),
            worth: guide.worth[store][to - 1],
        };
    }
    window.states = (0..case.units.len())
        .map(|unit| state_at(case, &on, unit, back))
        .collect();
    window.cap_prices = Some(guide.prices.clone());
    window.fixed = Some(Fixed {
        on: &on,
        from: ahead,
    });
    let solver = hukka_lp::Options {
        integer_gap: 0.0,
        absolute_gap: SEAM_SHARE * asked * guide.cost.abs() * (BLOCK_H / 8760.0),
        ..lp_options()
    };
    let block = decide(&window, &solver)?;
    for (to_row, from_row) in plan.is_on.iter_mut().zip(&block.plan.is_on) {
        if !from_row.is_empty() {
            to_row[back..ahead].copy_from_slice(&from_row[back..ahead]);
        }
    }
    for (to_row, from_row) in plan.level_mwh.iter_mut().zip(&block.plan.level_mwh) {
        to_row[back..to].copy_from_slice(&from_row[back..to]);
    }
    Ok(())
}

/// Longest minimum time of any committed unit, h.
fn longest_rule(case: &DispatchCase) -> f64 {
    let rules = case.units.iter().filter_map(|unit| unit.commitment);
    rules.fold(0.0, |longest, rules| {
        rules.min_up_h.max(rules.min_down_h).max(longest)
    })
}

/// The step `hours` before or after another one, not beyond a limit.
fn steps_over(case: &DispatchCase, from: usize, hours: f64, limit: usize, back: bool) -> usize {
    let (mut t, mut sum) = (from, 0.0);
    while t != limit && sum < hours {
        if back {
            t -= 1;
            sum += case.step_hours[t];
        } else {
            sum += case.step_hours[t];
            t += 1;
        }
    }
    t
}
