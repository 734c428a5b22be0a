//! The plan: split over units, prices, worths, and the bound that proves it.

use super::chain::{Chain, ChainError, Ends, Store};
use super::curve::Curves;
use super::duals::{Seam, capacity_worth, content_worth};
use super::hour::Fault;
use super::pass::{Links, Path, Run, values, walk};
use super::value::{Ties, ValueFunction};
use super::{cycle, hour};

/// Rounding of heat that counts as the same corner, per MW of the step's heat.
const SAME_HEAT: f64 = 1e-9;

/// Contents that count as the same, per MWh of the largest: the first where it proves the plan,
/// else a coarser one. Only prices depend on it, never the plan.
pub(super) const SAME_CONTENT: [f64; 4] = [2e-12, 1e-10, 1e-8, 1e-6];
/// Gap above which coarser contents are tried.
const PROVEN: f64 = 1e-11;

/// Content by which a path may miss a step's capacity by rounding, per MWh of the largest.
const MISSED: f64 = 1e-8;

/// What is wanted beside the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// Keep the cost-to-go after every step, for [`Solution::value_function`].
    pub keeps_value_functions: bool,
}

/// How a chain was solved.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The least cost and how it is reached.
    Optimal(Box<Solution>),
    /// No operation meets all limits.
    Infeasible(Infeasible),
}

/// Where a chain cannot be operated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Infeasible {
    /// A step in which it fails.
    pub step: usize,
    /// What does not fit.
    pub misfit: Misfit,
}

/// What does not fit in a step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Misfit {
    /// Least activities break a shared limit or the grid's, whatever the heat.
    Limits,
    /// Heat lacking in the step, MW; negative when there is too much.
    Heat {
        /// How much.
        missing_mw: f64,
    },
    /// Content lacking to do what later steps need, MWh; negative when there is too much.
    Content {
        /// How much.
        missing_mwh: f64,
    },
}

impl Infeasible {
    pub(super) const fn new(step: usize, misfit: Misfit) -> Self {
        Self { step, misfit }
    }
}

/// What one more unit would save, per step.
///
/// # Shapes  one value per step, none without a store (`limits[limit][step]`)
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Worth {
    /// Shared limits, EUR/MWh: one more MWh of source heat in the step.
    pub limits: Vec<Vec<f64>>,
    /// Content after the step, EUR/MWh.
    pub content: Vec<f64>,
    /// Capacity after the step, EUR/MWh; the sum over the steps is the worth of a larger store.
    pub capacity: Vec<f64>,
    /// Power of charging, EUR/MWh.
    pub charge: Vec<f64>,
    /// Power of discharging, EUR/MWh.
    pub discharge: Vec<f64>,
}

/// The least-cost operation.
///
/// # Shapes  one value per step in every series
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Solution {
    /// Cost, EUR: of the steps, and of the content at the end if that has a cost.
    pub objective_eur: f64,
    /// Lower bound on the cost of every operation, from the prices by weak duality.
    pub bound_eur: f64,
    /// Activity of each unit: heat made, or heat taken by a dump.
    pub activity_mw: Vec<Vec<f64>>,
    /// Electricity bought.
    pub buy_mw: Vec<f64>,
    /// Electricity sold.
    pub sell_mw: Vec<f64>,
    /// Heat into the store.
    pub charge_mw: Vec<f64>,
    /// Heat out of the store.
    pub discharge_mw: Vec<f64>,
    /// Content after the step; empty without a store.
    pub content_mwh: Vec<f64>,
    /// Heat not supplied.
    pub unserved_mw: Vec<f64>,
    /// Cost of one more MWh of demand: the dual of the heat balance.
    pub heat_price_eur_mwh: Vec<f64>,
    /// Cost of one more MWh of electricity used in the park; zero without a grid.
    pub electricity_price_eur_mwh: Vec<f64>,
    /// What more of a limit would save.
    pub worth: Worth,
    value_functions: Vec<ValueFunction>,
}

impl Solution {
    /// Cost-to-go by content after a step, if kept; its negative slope is the water value. In a
    /// cyclic chain it is the cost until the chain is closed where it was cut.
    pub fn value_function(&self, step: usize) -> Option<&ValueFunction> {
        self.value_functions.get(step)
    }

    /// Share of the cost that could at most be saved: rounding.
    pub fn gap(&self) -> f64 {
        (self.objective_eur - self.bound_eur) / self.objective_eur.abs().max(1.0)
    }
}

/// The least-cost operation of a chain.
///
/// # Errors  [`ChainError`]: lengths, ranges, or a step whose curve could not be finished;
///   infeasible operation is an [`Outcome`]
pub fn solve(chain: &Chain, options: &Options) -> Result<Outcome, ChainError> {
    chain.validate()?;
    let solved = match hour::curves(chain) {
        Err(Fault::Chain(error)) => return Err(error),
        Err(Fault::Infeasible(infeasible)) => Err(infeasible),
        Ok(curves) => match &chain.store {
            None => without_store(chain, &curves),
            Some(store) => with_store(chain, store, &curves, *options),
        },
    };
    Ok(match solved {
        Ok(solution) => Outcome::Optimal(Box::new(solution)),
        Err(infeasible) => Outcome::Infeasible(infeasible),
    })
}

fn without_store(chain: &Chain, curves: &Curves) -> Result<Solution, Infeasible> {
    let mut plan = Plan::new(chain, curves);
    for t in 0..chain.steps() {
        let curve = curves.of(t);
        let demand = chain.demand_mw[t];
        let tolerance = SAME_HEAT * (1.0 + demand.abs());
        let least = curve.head.heat;
        let most = least + curve.pieces.iter().map(|p| p.width).sum::<f64>();
        if demand < least - tolerance || demand > most + tolerance {
            let missing_mw = if demand < least {
                demand - least
            } else {
                demand - most
            };
            return Err(Infeasible::new(t, Misfit::Heat { missing_mw }));
        }
        let (below, above) = curve.slopes(demand, tolerance);
        plan.step(t, demand, pick(below, above));
    }
    Ok(plan.finish(0.0))
}

fn with_store(
    chain: &Chain,
    store: &Store,
    curves: &Curves,
    options: Options,
) -> Result<Solution, Infeasible> {
    let links = Links::new(chain, store, curves)?;
    let keeps = options.keeps_value_functions;
    let (run, start, mut values, seam) = match &store.ends {
        Ends::Cyclic => {
            let cycle = cycle::close(&links, keeps)?;
            (cycle.path.run, cycle.path.start, cycle.values, Seam::Closed)
        }
        Ends::From { start_mwh, end } => {
            let run = Run {
                first: 0,
                count: links.len(),
                start_capacity: start_mwh.max(links.steps[0].capacity),
            };
            let values = values(&links, run, end, (Ties::More, keeps))?;
            values.allows(&links, run, *start_mwh, end)?;
            (run, *start_mwh, values, Seam::End(end))
        }
    };
    let kept = core::mem::take(&mut values.kept);
    let mut best: Option<Solution> = None;
    for same in SAME_CONTENT {
        let path = walk(&links, run, &values, (start, same));
        let (step, missing_mwh) = path.missed;
        if missing_mwh.abs() > MISSED * (1.0 + links.largest()) {
            let misfit = Misfit::Content { missing_mwh };
            return Err(Infeasible::new(step, misfit));
        }
        let found = write(chain, curves, &links, (&path, &seam));
        let is_better = best.as_ref().is_none_or(|b| found.bound_eur > b.bound_eur);
        if is_better {
            best = Some(found);
        }
        if best.as_ref().is_some_and(|b| b.gap() <= PROVEN) {
            break;
        }
    }
    let mut solution = best.unwrap_or_default();
    solution.value_functions = in_order(kept, &links, run);
    Ok(solution)
}

/// The plan of a path with its prices.
fn write(
    chain: &Chain,
    curves: &Curves,
    links: &Links,
    (path, seam): (&Path, &Seam<'_>),
) -> Solution {
    let worth = content_worth(links, path, seam);
    let capacity = capacity_worth(links, path, &worth, seam);
    let mut plan = Plan::new(chain, curves);
    plan.open_store();
    for i in 0..path.run.count {
        let t = path.run.step(links, i);
        let moved = (path.change[i], path.content[i]);
        plan.store_step(links, t, (moved, path.tolerance), worth[i]);
        plan.solution.worth.capacity[t] = capacity[i];
    }
    let end_cost = match seam {
        Seam::Closed => 0.0,
        Seam::End(end) => end.cost_at(path.content[path.run.count - 1]).unwrap_or(0.0),
    };
    plan.bound += bound_of_contents(links, path, &worth, seam);
    plan.finish(end_cost)
}

/// Value functions by step of the chain; they come last step of the run first.
fn in_order(mut kept: Vec<ValueFunction>, links: &Links, run: Run) -> Vec<ValueFunction> {
    if !kept.is_empty() {
        kept.reverse();
        kept.rotate_right(run.first % links.len());
    }
    kept
}

/// Share of the bound that is in the contents: `Σ min over l of (k_t − keep · k_(t+1)) l`.
fn bound_of_contents(links: &Links, path: &Path, worth: &[f64], seam: &Seam<'_>) -> f64 {
    let run = path.run;
    let mut bound = 0.0;
    for i in 0..run.count {
        let t = run.step(links, i);
        let capacity = links.steps[t].capacity;
        let next = run.step(links, (i + 1) % run.count);
        let later = links.steps[next].keep * worth[(i + 1) % run.count];
        bound += match seam {
            Seam::End(end) if i + 1 == run.count => {
                let first = run.step(links, 0);
                least_end(end, worth[i], capacity) - links.steps[first].keep * worth[0] * path.start
            }
            _ => (worth[i] - later).min(0.0) * capacity,
        };
    }
    bound
}

/// Least of `worth · l + end(l)` over the contents allowed.
fn least_end(end: &ValueFunction, worth: f64, capacity: f64) -> f64 {
    let Some(end) = end.within(capacity) else {
        return 0.0;
    };
    let (from, _) = end.range();
    let mut value = worth * from + end.cost_at(from).unwrap_or(0.0);
    for (width, slope) in end.pieces() {
        value += ((slope + worth) * width).min(0.0);
    }
    value
}

/// The price of a range: the highest that is finite, or the lowest.
fn pick(below: f64, above: f64) -> f64 {
    if above.is_finite() {
        above
    } else if below.is_finite() {
        below
    } else {
        0.0
    }
}

/// The plan as it is written, step by step.
struct Plan<'a> {
    chain: &'a Chain,
    curves: &'a Curves,
    solution: Solution,
    activity: Vec<f64>,
    limits: Vec<f64>,
    objective: f64,
    bound: f64,
}

impl<'a> Plan<'a> {
    fn new(chain: &'a Chain, curves: &'a Curves) -> Self {
        let steps = chain.steps();
        let series = || vec![0.0; steps];
        Self {
            chain,
            curves,
            solution: Solution {
                activity_mw: chain.units.iter().map(|_| series()).collect(),
                buy_mw: series(),
                sell_mw: series(),
                charge_mw: series(),
                discharge_mw: series(),
                unserved_mw: series(),
                heat_price_eur_mwh: series(),
                electricity_price_eur_mwh: series(),
                worth: Worth {
                    limits: chain.limits.iter().map(|_| series()).collect(),
                    ..Worth::default()
                },
                ..Solution::default()
            },
            activity: vec![0.0; chain.units.len()],
            limits: vec![0.0; chain.limits.len()],
            objective: 0.0,
            bound: 0.0,
        }
    }

    fn open_store(&mut self) {
        let series = || vec![0.0; self.chain.steps()];
        self.solution.content_mwh = series();
        self.solution.worth.content = series();
        self.solution.worth.capacity = series();
        self.solution.worth.charge = series();
        self.solution.worth.discharge = series();
    }

    /// Writes a step with its change of content, and what content is worth after it.
    ///
    /// The price of heat fits the worth `k` of content: charging says `price ≤ k · efficiency`,
    /// room to charge more says `≥`, discharging `price ≥ k / efficiency`, room for more `≤`.
    fn store_step(
        &mut self,
        links: &Links,
        t: usize,
        ((change, content), same): ((f64, f64), f64),
        worth: f64,
    ) {
        let step = &links.steps[t];
        let (charge, discharge) = links.changes[t].flows(step, change);
        let heat = step.demand + charge - discharge;
        let tolerance = SAME_HEAT * (1.0 + step.demand.abs() + step.max_charge);
        let tolerance = tolerance.max(same / step.hours);
        let curve = self.curves.of(t);
        let (mut low, mut high) = curve.slopes(heat, tolerance);
        let into = worth * step.charge_efficiency;
        let out = worth / step.discharge_efficiency;
        if charge > tolerance {
            high = high.min(into);
        }
        if charge < step.max_charge - tolerance {
            low = low.max(into);
        }
        if discharge > tolerance {
            low = low.max(out);
        }
        if discharge < step.max_discharge - tolerance {
            high = high.min(out);
        }
        let price = if low > high {
            0.5 * (low + high)
        } else {
            pick(low, high)
        };
        self.step(t, heat, price);
        let solution = &mut self.solution;
        solution.charge_mw[t] = charge;
        solution.discharge_mw[t] = discharge;
        solution.content_mwh[t] = content;
        solution.worth.content[t] = worth;
        solution.worth.charge[t] = (into - price).max(0.0);
        solution.worth.discharge[t] = (price - out).max(0.0);
        self.bound -= step.hours
            * (solution.worth.charge[t] * step.max_charge
                + solution.worth.discharge[t] * step.max_discharge);
    }

    /// Writes a step's heat and price.
    fn step(&mut self, t: usize, heat: f64, price: f64) {
        let chain = self.chain;
        let curve = self.curves.of(t);
        let (traded, unserved) = curve.split(chain, t, heat, &mut self.activity);
        self.limits.fill(0.0);
        let electricity = curve.duals(chain, t, price, &mut self.limits);
        let (mut cost, mut bound) = (0.0, price * chain.demand_mw[t]);
        if let Some(unserved_price) = chain.unserved_eur_mwh {
            cost += unserved_price * unserved;
        }
        if let Some(grid) = &chain.grid {
            let (buy, sell) = (grid.buy_eur_mwh.at(t), grid.sell_eur_mwh.at(t));
            cost += buy * traded.buy - sell * traded.sell;
            bound += (buy - electricity).min(0.0) * grid.max_buy_mw.at(t);
            bound += (electricity - sell).min(0.0) * grid.max_sell_mw.at(t);
        }
        for (k, (limit, worth)) in chain.limits.iter().zip(&self.limits).enumerate() {
            self.solution.worth.limits[k][t] = *worth;
            bound -= worth * limit.limit_mw.at(t);
        }
        for (i, unit) in chain.units.iter().enumerate() {
            let made = self.activity[i];
            self.solution.activity_mw[i][t] = made;
            let own = unit.cost_eur_mwh.at(t);
            cost += own * made;
            let reduced = own - price * unit.heat + electricity * unit.electricity.at(t);
            let reduced = reduced + self.limited(i, t);
            let end = if reduced > 0.0 {
                &unit.min_mw
            } else {
                &unit.max_mw
            };
            bound += reduced * end.at(t);
        }
        self.objective += chain.step_h[t] * cost;
        self.bound += chain.step_h[t] * bound;
        let solution = &mut self.solution;
        solution.buy_mw[t] = traded.buy;
        solution.sell_mw[t] = traded.sell;
        solution.unserved_mw[t] = unserved;
        solution.heat_price_eur_mwh[t] = price;
        solution.electricity_price_eur_mwh[t] = electricity;
    }

    /// What a unit's activity uses up of the limits, at their worth.
    fn limited(&self, unit: usize, t: usize) -> f64 {
        let mut used = 0.0;
        for (limit, worth) in self.chain.limits.iter().zip(&self.limits) {
            if *worth > 0.0 {
                for (member, factor) in &limit.members {
                    if *member == unit {
                        used += worth * factor.at(t);
                    }
                }
            }
        }
        used
    }

    fn finish(mut self, end_cost: f64) -> Solution {
        self.solution.objective_eur = self.objective + end_cost;
        // Weak duality puts the bound below the cost; only rounding can lift it above.
        self.solution.bound_eur = self.bound.min(self.solution.objective_eur);
        self.solution
    }
}
