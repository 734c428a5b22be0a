//! A chain that closes on itself, cut open where every optimum passes, or where it costs least.
//!
//! Costs of the form `K(l_t − keep · l_(t−1))`, `K` convex, are submodular: the lower and the upper
//! envelope of two cheapest paths are cheapest paths between the envelopes of their ends. A cheapest
//! path of a window that starts and ends as low as can be, and one that starts and ends as high,
//! enclose some cyclic optimum. In a step after which the low one is not below the high one, a
//! cyclic optimum has that content: the chain is cut there and solved once with both ends fixed.

use super::pass::{Links, Path, Run, Values, reachable, values, walk};
use super::solution::{Infeasible, Misfit, SAME_CONTENT};
use super::value::{Ties, ValueFunction};

/// Steps of the first window in which low and high are to meet.
const FIRST_WINDOW: usize = 48;
/// Each window without a meeting is followed by one so many times longer.
const GROWTH: usize = 4;
/// Contents that count as the same where two paths meet, per MWh of the largest.
const MEETS: f64 = 1e-12;
/// Rounds of the search for the start content.
const MOST_ROUNDS: usize = 200;

/// A closed path with its value functions.
pub(super) struct Cycle {
    pub(super) path: Path,
    pub(super) values: Values,
}

/// The cheapest closed path.
pub(super) fn close(links: &Links, keeps: bool) -> Result<Cycle, Infeasible> {
    let mut count = FIRST_WINDOW.min(links.len());
    loop {
        if let Some((step, content)) = meeting(links, count)? {
            let run = Run::cyclic(links, (step + 1) % links.len(), links.len());
            if let Ok(cycle) = through(links, run, content, keeps) {
                return Ok(cycle);
            }
            break;
        }
        if count == links.len() {
            break;
        }
        count = (count * GROWTH).min(links.len());
    }
    search(links, keeps)
}

/// The cheapest path that starts and ends with a content.
fn through(links: &Links, run: Run, content: f64, keeps: bool) -> Result<Cycle, Infeasible> {
    let end = ValueFunction::exactly(content);
    let values = values(links, run, &end, (Ties::More, keeps))?;
    values.allows(links, run, content, &end)?;
    let path = walk(links, run, &values, (content, SAME_CONTENT[0]));
    Ok(Cycle { path, values })
}

/// A step of the first `count` after which some cyclic optimum has a known content.
fn meeting(links: &Links, count: usize) -> Result<Option<(usize, f64)>, Infeasible> {
    let run = Run::cyclic(links, 0, count);
    let ends = ends(links, run)?;
    let path = |start: f64, end: f64, ties: Ties| {
        let end = ValueFunction::exactly(end);
        values(links, run, &end, (ties, false))
            .map(|values| walk(links, run, &values, (start, SAME_CONTENT[0])))
    };
    // Any cheapest path serves: ties are broken towards the other one.
    let low = path(ends.low_start, ends.low_end, Ties::More);
    let high = path(ends.high_start, ends.high_end, Ties::Less);
    let (Ok(low), Ok(high)) = (low, high) else {
        return Ok(None);
    };
    let same = MEETS * (1.0 + links.largest());
    // Full or empty where possible: there the worth of content may jump.
    let meets = |i: &usize| low.content[*i] >= high.content[*i] - same;
    let is_edge = |i: &usize| {
        let content = high.content[*i];
        content <= 0.0 || content >= links.steps[*i].capacity
    };
    let found = (0..count).find(|i| meets(i) && is_edge(i));
    let found = found.or_else(|| (0..count).find(meets));
    Ok(found.map(|i| (i, high.content[i])))
}

/// Lowest and highest contents at both ends of a run.
struct RunEnds {
    low_start: f64,
    low_end: f64,
    high_start: f64,
    high_end: f64,
}

/// Lowest and highest contents at the start and at the end of a run that leave no step without one.
fn ends(links: &Links, run: Run) -> Result<RunEnds, Infeasible> {
    let mut viable = vec![(0.0, 0.0); run.count + 1];
    viable[run.count] = (0.0, capacity_before(links, run, run.count));
    for i in (0..run.count).rev() {
        let t = run.step(links, i);
        let (change, keep) = (&links.changes[t], links.steps[t].keep);
        let (low, high) = viable[i + 1];
        let capacity = capacity_before(links, run, i);
        let (low, high) = (low - change.to, high - change.from);
        let range = if keep > 0.0 {
            ((low / keep).max(0.0), (high / keep).min(capacity))
        } else {
            (0.0, capacity)
        };
        let is_empty = range.0 > range.1 || (keep <= 0.0 && (low > 0.0 || high < 0.0));
        if is_empty && range.0 > range.1 + 1e-12 * (1.0 + capacity) {
            let missing_mwh = if low > keep * capacity { low } else { high };
            return Err(Infeasible::new(t, Misfit::Content { missing_mwh }));
        }
        viable[i] = (range.0.min(range.1), range.1);
    }
    let (mut low, mut high) = viable[0];
    let start = (low, high);
    for i in 0..run.count {
        let t = run.step(links, i);
        let (change, keep) = (&links.changes[t], links.steps[t].keep);
        let (least, most) = viable[i + 1];
        low = (keep * low + change.from).max(least);
        high = (keep * high + change.to).min(most);
    }
    Ok(RunEnds {
        low_start: start.0,
        low_end: low,
        high_start: start.1,
        high_end: high,
    })
}

fn capacity_before(links: &Links, run: Run, i: usize) -> f64 {
    if i == 0 {
        run.start_capacity
    } else {
        links.steps[run.step(links, i - 1)].capacity
    }
}

/// The start content by cutting planes: the cost of a closed path is convex in it.
fn search(links: &Links, keeps: bool) -> Result<Cycle, Infeasible> {
    let run = Run::cyclic(links, 0, links.len());
    let (mut low, mut high) = closed_range(links, run)?;
    let at = |content: f64| -> Result<Cut, Infeasible> {
        let cycle = through(links, run, content, keeps)?;
        let (from, to) = cycle.values.start.range();
        let cost = cycle.values.start.cost_at(content.clamp(from, to));
        let cost = cost.unwrap_or(f64::INFINITY);
        let slope = super::duals::slope_of_closing(links, &cycle.path);
        Ok(Cut {
            content,
            cost,
            slope,
            cycle,
        })
    };
    let (mut left, mut right) = (at(low)?, at(high)?);
    for _ in 0..MOST_ROUNDS {
        if left.slope >= 0.0 || right.content <= left.content {
            return Ok(left.cycle);
        }
        if right.slope <= 0.0 {
            return Ok(right.cycle);
        }
        let (content, cost) = left.crossing(&right);
        if content <= left.content || content >= right.content {
            break;
        }
        let next = at(content.clamp(low, high))?;
        let is_least = next.cost <= cost + 1e-13 * (1.0 + cost.abs());
        if is_least || next.slope.abs() <= 0.0 {
            return Ok(next.cycle);
        }
        if next.slope < 0.0 {
            low = next.content;
            left = next;
        } else {
            high = next.content;
            right = next;
        }
    }
    Ok(if left.cost < right.cost { left } else { right }.cycle)
}

/// A closed path with its cost and how that changes with the start content.
struct Cut {
    content: f64,
    cost: f64,
    slope: f64,
    cycle: Cycle,
}

impl Cut {
    /// Where the tangents of two cuts cross, and at what cost.
    fn crossing(&self, right: &Self) -> (f64, f64) {
        let gap = right.content - self.content;
        let rise = right.cost - self.cost;
        let step = (rise - right.slope * gap) / (self.slope - right.slope);
        let step = step.clamp(0.0, gap);
        (self.content + step, self.cost + self.slope * step)
    }
}

/// Contents with which a path can start and end.
///
/// From a higher start both the lowest and the highest end are higher, but by no more: the starts
/// that can be reached again form a range, whose ends are found by halving.
fn closed_range(links: &Links, run: Run) -> Result<(f64, f64), Infeasible> {
    let reach = |start: f64| reachable(links, run, start);
    let viable = ends(links, run)?;
    let (from, to) = (viable.low_start, viable.high_start);
    // Too low a start cannot be reached from above; too high a one not from below.
    let is_high_enough = |s: f64| reach(s).low <= s;
    let is_low_enough = |s: f64| reach(s).high >= s;
    if !is_high_enough(to) || !is_low_enough(from) {
        let missing_mwh = if is_low_enough(from) {
            reach(to).low - to
        } else {
            reach(from).high - from
        };
        let misfit = Misfit::Content {
            missing_mwh: -missing_mwh,
        };
        return Err(Infeasible::new(links.len() - 1, misfit));
    }
    let low = halve(from, to, is_high_enough);
    let high = halve(to, from, is_low_enough);
    if low > high + 1e-12 * (1.0 + links.largest()) {
        let misfit = Misfit::Content {
            missing_mwh: low - high,
        };
        return Err(Infeasible::new(links.len() - 1, misfit));
    }
    Ok((low.min(high), high))
}

/// The fine end nearest to `bad`, given that `good` is fine.
fn halve(bad: f64, good: f64, is_fine: impl Fn(f64) -> bool) -> f64 {
    if is_fine(bad) {
        return bad;
    }
    let (mut bad, mut good) = (bad, good);
    for _ in 0..100 {
        let middle = bad + 0.5 * (good - bad);
        if is_fine(middle) {
            good = middle;
        } else {
            bad = middle;
        }
    }
    good
}
