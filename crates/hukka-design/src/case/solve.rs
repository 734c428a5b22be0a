//! One case from start to end: reduce, search, prove, check.

use super::convert::to_solution;
use super::forest::Forest;
use super::instance::Instance;
use super::prove;
use super::score::score;
use super::search::{self, Shakes};
use hukka_model::{ConnectionMode, DesignCase, DesignOutcome, DesignStatus, DesignStep, Objective};
use hukka_units::{Money, TimeSpan};

/// How to solve a case.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CaseOptions {
    /// Which pipe costs are meant.
    pub objective: Objective,
    /// Who is connected.
    pub mode: ConnectionMode,
    /// Seconds after which the best network so far is returned.
    pub time_limit_s: f64,
    /// Seed of the search's random numbers.
    pub seed: u64,
    /// Gap on cost at which a network counts as proven.
    pub gap: f64,
}

impl CaseOptions {
    /// Options with the usual limits.
    pub const fn new(objective: Objective, mode: ConnectionMode) -> Self {
        Self {
            objective,
            mode,
            time_limit_s: 60.0,
            seed: 1,
            gap: 1e-5,
        }
    }
}

/// The solver failed, or its result did not stand the check.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CaseError {
    /// The solver refused the programme.
    #[error("the programme could not be solved")]
    Solver(#[from] hukka_lp::Error),
    /// The network found breaks a rule.
    #[error("the network found breaks rules: {}", .0.join("; "))]
    Breach(Vec<String>),
}

/// Keeps the time and hears how far the work is.
pub trait CaseProgress {
    /// Seconds since the start.
    fn seconds(&mut self) -> f64;

    /// Whether the user wants out.
    fn should_stop(&mut self) -> bool {
        false
    }

    /// A step is done.
    fn step(&mut self, what: &str, value: Option<f64>, bound: Option<f64>) {
        let _ = (what, value, bound);
    }

    /// Whether the time given is over or the user wants out.
    fn is_over(&mut self, limit: f64) -> bool {
        self.should_stop() || self.seconds() > limit
    }
}

/// Best network and bound so far.
#[derive(Debug)]
pub(crate) struct Work {
    pub(crate) best: Option<Forest>,
    pub(crate) bound: f64,
    pub(crate) time_limit: f64,
    gap: f64,
    is_infeasible: bool,
    is_economic: bool,
    trace: Vec<DesignStep>,
}

impl Work {
    /// Takes a network if it is feasible and the best.
    pub(crate) fn offer(&mut self, instance: &Instance, forest: Forest) {
        let is_complete = !instance.is_forced() || forest.is_connected.iter().all(|c| *c);
        let is_better = (self.best.as_ref()).is_none_or(|best| forest.value < best.value);
        if is_complete && is_better && forest.excess <= 1e-9 {
            self.best = Some(forest);
        }
    }

    /// Tells how far the work is; steps that changed value or bound are kept as evidence.
    pub(crate) fn note(&mut self, progress: &mut dyn CaseProgress, what: &str) {
        let (value, bound) = (self.value(), self.bound.is_finite().then_some(self.bound));
        progress.step(what, value, bound);
        let step = DesignStep {
            what: what.to_owned(),
            after: TimeSpan::from_s(progress.seconds()),
            value: value.map(Money::from_eur),
            bound: bound.map(Money::from_eur),
        };
        let is_new = (self.trace.last())
            .is_none_or(|last| last.value != step.value || last.bound != step.bound);
        if is_new {
            self.trace.push(step);
        }
    }

    /// Best value, if there is a network.
    pub(crate) fn value(&self) -> Option<f64> {
        self.best.as_ref().map(|best| best.value)
    }

    /// Best value; infinite without a network.
    pub(crate) fn best_value(&self) -> f64 {
        self.value().unwrap_or(f64::INFINITY)
    }

    /// Raises the bound; tells whether that was worth mentioning.
    pub(crate) fn raise_bound(&mut self, bound: f64) -> bool {
        let raised = bound - self.bound;
        self.bound = self.bound.max(bound);
        raised > 0.02 * self.tolerance()
    }

    /// Distance of value and bound that counts as proven, EUR/a.
    pub(crate) fn tolerance(&self) -> f64 {
        let cost = self.best.as_ref().map_or(0.0, cost_of);
        (self.gap * cost).max(1e-4)
    }

    pub(crate) fn is_done(&self) -> bool {
        self.best_value() - self.bound <= self.tolerance()
    }

    /// No network is better than the best known; none at all when there is none known.
    pub(crate) fn nothing_better(&mut self) {
        match self.value() {
            Some(value) => self.bound = self.bound.max(value),
            None => self.is_infeasible = !self.is_economic,
        }
    }
}

/// Costs inside a tree; the pipes of customers' trails are left out, so this is a little small.
fn cost_of(forest: &Forest) -> f64 {
    forest.cost.iter().sum()
}

/// Finds a network for a case and proves how good it is.
///
/// # Errors  the solver failed, or the result did not stand the independent check
pub fn solve(
    case: &DesignCase,
    options: &CaseOptions,
    progress: &mut dyn CaseProgress,
) -> Result<DesignOutcome, CaseError> {
    let instance = Instance::new(case, options.objective, options.mode);
    let mut work = Work {
        best: None,
        bound: f64::NEG_INFINITY,
        time_limit: options.time_limit_s,
        gap: options.gap,
        is_infeasible: false,
        is_economic: options.mode == ConnectionMode::Economic,
        trace: Vec::new(),
    };
    let evidence = evidence(case, &instance);
    if !evidence.is_empty() {
        return Ok(nothing(evidence));
    }
    if !instance.is_forced() {
        work.offer(&instance, Forest::empty(&instance));
    }
    let rounds = 60_000_usize
        .div_euclid(instance.nodes.max(1))
        .clamp(10, 300);
    heuristic(&instance, (options.seed, rounds), &mut work, progress);
    prove::prove(&instance, &mut work, (options.seed, rounds), progress)?;
    if work.is_infeasible && work.best.is_none() {
        return Ok(nothing(vec![
            "the relaxation has no solution: pipes or sources are too small for everyone"
                .to_owned(),
        ]));
    }
    finish(case, &instance, options, &work)
}

/// Trees, the best of them shaken; takes at most a quarter of the time.
fn heuristic(
    instance: &Instance,
    (seed, rounds): (u64, usize),
    work: &mut Work,
    progress: &mut dyn CaseProgress,
) {
    let limit = 0.25 * work.time_limit;
    let mut forest = search::start(instance, &mut |_| !progress.is_over(limit));
    work.offer(instance, forest.clone());
    work.note(progress, "first tree");
    let shakes = Shakes {
        seed,
        rounds,
        weights: search::plain_weights(instance),
    };
    search::shake(instance, &mut forest, &shakes, &mut |_| {
        !progress.is_over(limit)
    });
    work.offer(instance, forest);
    work.note(progress, "shaken tree");
}

/// Why nothing can serve everyone, as far as that shows without a search.
fn evidence(case: &DesignCase, instance: &Instance) -> Vec<String> {
    let mut evidence = Vec::new();
    if !instance.is_forced() {
        return evidence;
    }
    if !instance.lost.is_empty() {
        let ids: Vec<String> = (instance.lost.iter().take(8))
            .map(|&c| case.consumers[c].id.to_string())
            .collect();
        evidence.push(format!(
            "{} consumers are out of reach of every source (ids {}{})",
            instance.lost.len(),
            ids.join(", "),
            if instance.lost.len() > 8 { ", …" } else { "" }
        ));
    }
    let need: f64 = instance.customers.iter().map(|c| c.load).sum();
    let have: f64 = instance.sources.iter().map(|s| s.capacity).sum();
    if have < need {
        evidence.push(format!(
            "the sources give {have:.1} kW together, the consumers draw {need:.1} kW with the \
             losses of their own pipes"
        ));
    }
    evidence
}

fn nothing(evidence: Vec<String>) -> DesignOutcome {
    DesignOutcome {
        status: DesignStatus::Infeasible,
        solution: None,
        value: None,
        cost: None,
        bound: None,
        evidence,
        trace: Vec::new(),
    }
}

/// Translates the best tree, scores it independently, and compares.
fn finish(
    case: &DesignCase,
    instance: &Instance,
    options: &CaseOptions,
    work: &Work,
) -> Result<DesignOutcome, CaseError> {
    let bound = work.bound.is_finite().then_some(work.bound);
    let solution = (work.best.as_ref()).and_then(|best| to_solution(case, instance, best));
    let Some(solution) = solution else {
        return Ok(DesignOutcome {
            status: DesignStatus::Stopped,
            bound: bound.map(Money::from_eur),
            evidence: vec!["no network was found in the time given".to_owned()],
            trace: work.trace.clone(),
            ..nothing(Vec::new())
        });
    };
    let scored = score(case, &solution, options.objective, options.mode);
    if !scored.breaches.is_empty() {
        return Err(CaseError::Breach(scored.breaches));
    }
    let value = scored.value.eur();
    let is_proven = bound.is_some_and(|bound| value - bound <= work.tolerance());
    Ok(DesignOutcome {
        status: if is_proven {
            DesignStatus::Proven
        } else {
            DesignStatus::Stopped
        },
        solution: Some(solution),
        value: Some(scored.value),
        cost: Some(scored.cost),
        // Rounding may lift a proven bound above the value by a hair.
        bound: bound.map(|bound| Money::from_eur(bound.min(value))),
        evidence: Vec::new(),
        trace: work.trace.clone(),
    })
}
