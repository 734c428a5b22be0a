//! From the last step to the first by value functions, and back along the cheapest contents.

use super::chain::{Chain, Store};
use super::curve::Curves;
use super::long_value::{LONG, LongValue};
use super::solution::{Infeasible, Misfit};
use super::tank::{ChangeCost, Pieces, Step, Unbalanced, change_cost};
use super::value::{Change, Missed, Ties, ValueFunction, step_back};

/// All steps as the store sees them.
pub(super) struct Links {
    pub(super) steps: Vec<Step>,
    pub(super) changes: Vec<ChangeCost>,
    pieces: Pieces,
    /// First piece of each step, and the end.
    first: Vec<usize>,
}

impl Links {
    pub(super) fn new(chain: &Chain, store: &Store, curves: &Curves) -> Result<Self, Infeasible> {
        let count = chain.steps();
        let mut links = Self {
            steps: Vec::with_capacity(count),
            changes: Vec::with_capacity(count),
            pieces: Pieces {
                width: Vec::with_capacity(8 * count),
                slope: Vec::with_capacity(8 * count),
            },
            first: Vec::with_capacity(count + 1),
        };
        let keep_of = |hours: f64| (1.0 - store.loss_per_h).powf(hours);
        let (mut known_hours, mut keep) = (1.0, keep_of(1.0));
        for t in 0..count {
            let hours = chain.step_h[t];
            if hours.to_bits() != f64::to_bits(known_hours) {
                (known_hours, keep) = (hours, keep_of(hours));
            }
            let step = Step {
                hours,
                demand: chain.demand_mw[t],
                max_charge: store.max_charge_mw.at(t),
                max_discharge: store.max_discharge_mw.at(t),
                charge_efficiency: store.charge_efficiency,
                discharge_efficiency: store.discharge_efficiency,
                keep,
                capacity: store.capacity_mwh.at(t),
            };
            links.first.push(links.pieces.width.len());
            let change = change_cost(&curves.of(t), &step, &mut links.pieces)
                .map_err(|Unbalanced(by)| Infeasible::new(t, Misfit::Heat { missing_mw: by }))?;
            links.changes.push(change);
            links.steps.push(step);
        }
        links.first.push(links.pieces.width.len());
        Ok(links)
    }

    pub(super) const fn len(&self) -> usize {
        self.steps.len()
    }

    fn change(&self, step: usize) -> Change<'_> {
        let range = self.first[step]..self.first[step + 1];
        Change {
            to: self.changes[step].to,
            cost_to: self.changes[step].cost_to,
            width: &self.pieces.width[range.clone()],
            slope: &self.pieces.slope[range],
        }
    }

    /// Largest content any step allows.
    pub(super) fn largest(&self) -> f64 {
        self.steps.iter().map(|s| s.capacity).fold(0.0, f64::max)
    }
}

/// Consecutive steps, going on at the first after the last.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Run {
    pub(super) first: usize,
    pub(super) count: usize,
    /// Largest content before the first step.
    pub(super) start_capacity: f64,
}

impl Run {
    /// Consecutive steps of a chain that closes on itself.
    pub(super) fn cyclic(links: &Links, first: usize, count: usize) -> Self {
        let before = (first + links.len() - 1) % links.len();
        Self {
            first,
            count,
            start_capacity: links.steps[before].capacity,
        }
    }

    /// Whether content is lost in some step.
    pub(super) fn loses(&self, links: &Links) -> bool {
        (0..self.count).any(|i| links.steps[self.step(links, i)].keep < 1.0)
    }

    pub(super) const fn step(&self, links: &Links, i: usize) -> usize {
        let step = self.first + i;
        if step < links.len() {
            step
        } else {
            step % links.len()
        }
    }
}

/// What the backward pass leaves: the cost-to-go at the start and where each change begins.
pub(super) struct Values {
    pub(super) start: ValueFunction,
    places: Vec<f64>,
    first: Vec<usize>,
    /// Cost-to-go after each step of the run, last step first, if asked for.
    pub(super) kept: Vec<ValueFunction>,
}

impl Values {
    /// Whether a run can start with a content and end in a range.
    ///
    /// The range of starts that the backward pass leaves is exact but for rounding, which losses
    /// blow up on the way back; in doubt the contents that can be reached forwards decide.
    pub(super) fn allows(
        &self,
        links: &Links,
        run: Run,
        start: f64,
        end: &ValueFunction,
    ) -> Result<(), Infeasible> {
        let (from, to) = self.start.range();
        if start >= from && start <= to {
            return Ok(());
        }
        let reach = reachable(links, run, start);
        let slack = 1e-9 * (1.0 + links.largest());
        let meets = reach.low <= end.range().1 + slack && reach.high >= end.range().0 - slack;
        if meets && reach.overshoot <= slack {
            return Ok(());
        }
        let missing_mwh = if start < from {
            from - start
        } else {
            to - start
        };
        let misfit = Misfit::Content { missing_mwh };
        Err(Infeasible::new(run.first, misfit))
    }
}

/// What contents a run can end with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reach {
    pub(super) low: f64,
    pub(super) high: f64,
    /// By how much some step must exceed its capacity, or fall below empty; none when negative.
    overshoot: f64,
}

/// Lowest and highest content at the end of a run from a start, held within the capacities.
pub(super) fn reachable(links: &Links, run: Run, start: f64) -> Reach {
    let mut reach = Reach {
        low: start,
        high: start,
        overshoot: f64::NEG_INFINITY,
    };
    for i in 0..run.count {
        let t = run.step(links, i);
        let (change, step) = (&links.changes[t], &links.steps[t]);
        let (low, high) = (
            step.keep * reach.low + change.from,
            step.keep * reach.high + change.to,
        );
        reach.overshoot = reach.overshoot.max(low - step.capacity).max(-high);
        reach.low = low.clamp(0.0, step.capacity);
        reach.high = high.clamp(0.0, step.capacity);
    }
    reach
}

/// The backward pass.
pub(super) fn values(
    links: &Links,
    run: Run,
    end: &ValueFunction,
    (ties, keeps): (Ties, bool),
) -> Result<Values, Infeasible> {
    let last = run.step(links, run.count - 1);
    let Some(end) = end.within(links.steps[last].capacity) else {
        let too_much = end.range().0 - links.steps[last].capacity;
        let misfit = Misfit::Content {
            missing_mwh: -too_much,
        };
        return Err(Infeasible::new(last, misfit));
    };
    let mut first = Vec::with_capacity(run.count);
    let mut total = 0;
    for i in 0..run.count {
        let step = run.step(links, i);
        first.push(total);
        total += links.first[step + 1] - links.first[step];
    }
    let mut found = Values {
        start: end,
        places: vec![0.0; total],
        first,
        kept: Vec::new(),
    };
    let mut spare = ValueFunction::exactly(0.0);
    let mut long: Option<LongValue> = None;
    // Rounding of the contents allowed; going back blows it up by the loss.
    let size = 1.0 + links.largest();
    let mut slack = 1e-12 * size;
    for i in (0..run.count).rev() {
        let step = run.step(links, i);
        if keeps {
            let kept = long.as_ref().map(LongValue::flat);
            found.kept.push(kept.unwrap_or_else(|| found.start.clone()));
        }
        let change = links.change(step);
        let capacity = if i == 0 {
            run.start_capacity
        } else {
            links.steps[run.step(links, i - 1)].capacity
        };
        let places = &mut found.places[found.first[i]..][..change.width.len()];
        let terms = (links.steps[step].keep, capacity, slack);
        choose(&mut found.start, &mut long, terms.0);
        match &mut long {
            Some(long) => long.step_back(change, terms, ties, places),
            None => step_back(&mut found.start, change, terms, ties, (places, &mut spare)),
        }
        .map_err(|Missed(by)| Infeasible::new(step, Misfit::Content { missing_mwh: by }))?;
        slack = (slack / links.steps[step].keep).min(1e-6 * size);
    }
    if let Some(long) = long {
        found.start = long.flat();
    }
    Ok(found)
}

/// Long functions in chunks, others and those that a step without memory ends flat.
fn choose(flat: &mut ValueFunction, long: &mut Option<LongValue>, keep: f64) {
    match long {
        None if flat.pieces().len() > LONG && keep > 0.0 => *long = Some(LongValue::new(flat)),
        Some(pieces) if keep <= 0.0 || pieces.len() < LONG >> 2 => {
            *flat = pieces.flat();
            *long = None;
        }
        _ => {}
    }
}

/// Contents and changes along a run.
///
/// # Shapes  one value per step of the run, in its order
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Path {
    pub(super) run: Run,
    pub(super) start: f64,
    /// After the step.
    pub(super) content: Vec<f64>,
    pub(super) change: Vec<f64>,
    /// Slopes of the step's cost just below and above its change.
    pub(super) below: Vec<f64>,
    pub(super) above: Vec<f64>,
    /// Contents that count as the same, MWh.
    pub(super) tolerance: f64,
    /// The step that misses its capacity most, and by how much: rounding, or there is no path.
    pub(super) missed: (usize, f64),
}

/// The forward walk from a content; contents within `same` per MWh of the largest count as the same.
pub(super) fn walk(links: &Links, run: Run, values: &Values, (start, same): (f64, f64)) -> Path {
    let tolerance = same * (1.0 + links.largest());
    let mut path = Path {
        run,
        start,
        content: Vec::with_capacity(run.count),
        change: Vec::with_capacity(run.count),
        below: Vec::with_capacity(run.count),
        above: Vec::with_capacity(run.count),
        tolerance,
        missed: (run.first, 0.0),
    };
    let mut content = start;
    for i in 0..run.count {
        let t = run.step(links, i);
        let step = &links.steps[t];
        let cost = links.change(t);
        let places = &values.places[values.first[i]..][..cost.width.len()];
        let kept = step.keep * content;
        let (change, below, above) = pick(cost, places, kept, tolerance);
        let wanted = kept + change;
        content = wanted.clamp(0.0, step.capacity);
        if (content - wanted).abs() > path.missed.1.abs() {
            path.missed = (t, content - wanted);
        }
        path.content.push(content);
        path.change.push(change);
        path.below.push(below);
        path.above.push(above);
    }
    path
}

/// The change made from a content, and the slopes of the step's cost on either side of it.
///
/// Pieces no wider than the tolerance do not count as sides.
fn pick(cost: Change<'_>, places: &[f64], kept: f64, tolerance: f64) -> (f64, f64, f64) {
    let count = cost.width.len();
    let mut change = cost.to;
    let mut above = f64::INFINITY;
    for (j, place) in places.iter().enumerate() {
        let k = count - 1 - j;
        let over = kept - place;
        if over > 0.0 {
            change -= over.min(cost.width[k]);
        }
        if over > tolerance {
            above = cost.slope[k];
        }
        if over < cost.width[k] - tolerance {
            return (change, cost.slope[k], above);
        }
    }
    (change, f64::NEG_INFINITY, above)
}
