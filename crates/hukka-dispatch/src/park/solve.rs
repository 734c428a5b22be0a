//! The door: a case in, a plan with its proof out.

use super::account::account;
use super::by_chain;
use super::extract::{copy_into, empty_plan};
use super::fallback;
use super::guide::no_solution;
use super::options::{Engine, ParkOptions};
use super::outcome::{CaseOutcome, gap};
use super::programme::build;
use super::rolling;
use super::schedule;
use super::score::score;
use super::shortfall;
use super::window::{OnOff, Window};
use crate::Error;
use hukka_lp::{Solution, Status};
use hukka_model::{CasePlan, Diagnostic, DispatchCase, DispatchMode, SolveStatus};

/// The caller's clock in seconds: stages read none themselves.
pub type Clock<'a> = &'a (dyn Fn() -> f64 + Sync);

/// A plan before it is accounted.
pub(crate) struct Answer {
    pub(crate) plan: CasePlan,
    /// No plan costs less, EUR.
    pub(crate) bound: f64,
    pub(crate) engine: &'static str,
    pub(crate) windows: usize,
    pub(crate) build_s: f64,
    pub(crate) solve_s: f64,
    pub(crate) found: Vec<Diagnostic>,
}

impl Answer {
    /// Nothing solved yet.
    pub(crate) fn new(case: &DispatchCase) -> Self {
        Self {
            plan: empty_plan(case),
            bound: f64::NEG_INFINITY,
            engine: "highs",
            windows: 0,
            build_s: 0.0,
            solve_s: 0.0,
            found: Vec::new(),
        }
    }
}

/// Operates a park at least cost.
///
/// # Errors  [`Error::BadOption`], [`Error::NoHours`], or a solver that fails; a park that cannot
/// keep its limits is not an error: the plan then breaks them at a high price and says where
pub fn solve_case(
    case: &DispatchCase,
    options: &ParkOptions,
    clock: Clock<'_>,
) -> Result<(CaseOutcome, Vec<Diagnostic>), Error> {
    options.validate()?;
    if case.steps() == 0 {
        return Err(Error::NoHours);
    }
    let rule = options.rolling.or(case.rolling);
    let rule = rule.filter(|_| !options.perfect_foresight);
    let is_decided = case.mode == DispatchMode::Milp && schedule::is_long(case);
    let answer = match rule {
        Some(rule) => rolling::solve(case, rule, options, clock)?,
        None if is_decided => schedule::solve(case, options, clock)?,
        None => whole(case, options, clock)?,
    };
    let mut found = answer.found.clone();
    found.extend(shortfall::unserved(case, &answer.plan));
    let asked = options.gap.unwrap_or_else(|| default_gap(case));
    let outcome = match rule {
        None => conclude(case, answer),
        Some(_) => conclude(&cut_open(case), answer),
    };
    if rule.is_none() && outcome.gap > asked.max(1e-6) {
        found.push(open_gap(outcome.gap, asked));
    }
    Ok((outcome, found))
}

/// The case with stores that start at their initial fraction, as limited foresight has it.
fn cut_open(case: &DispatchCase) -> DispatchCase {
    let mut open = case.clone();
    for store in &mut open.stores {
        store.cyclic = false;
    }
    open
}

/// Accounts and checks a plan.
fn conclude(case: &DispatchCase, proven: Answer) -> CaseOutcome {
    let sum = account(case, &proven.plan);
    let objective = sum.money.total();
    let bound = proven.bound.min(objective);
    CaseOutcome {
        score: score(case, &proven.plan),
        account: sum,
        plan: proven.plan,
        objective_eur: objective,
        bound_eur: bound,
        gap: gap(objective, bound),
        engine: proven.engine,
        windows: proven.windows,
        build_s: proven.build_s,
        solve_s: proven.solve_s,
    }
}

fn not_exact(obstacle: &str) -> Diagnostic {
    Diagnostic::warning(
        "HK1124",
        "the exact engine cannot solve this case; HiGHS does",
    )
    .about("--engine exact")
    .seen(obstacle)
    .allowed("linear, at most one store, nothing else that ties steps together")
}

fn open_gap(reached: f64, asked: f64) -> Diagnostic {
    Diagnostic::warning(
        "HK1123",
        "the cost is not proven least to the gap asked for",
    )
    .seen(format!("{:.4} %", 100.0 * reached))
    .allowed(format!("{:.4} %", 100.0 * asked))
    .help("give more time, or ask for a wider gap")
}

/// Gap that is good enough when none is asked for: 1e-4 up to two weeks, 1e-3 up to two months.
pub(crate) fn default_gap(case: &DispatchCase) -> f64 {
    let hours: f64 = case.step_hours.iter().sum();
    match (case.mode, hours) {
        (DispatchMode::Lp, _) => 1e-6,
        (DispatchMode::Milp, hours) if hours <= 14.5 * 24.0 => 1e-4,
        (DispatchMode::Milp, hours) if hours <= 62.0 * 24.0 => 1e-3,
        (DispatchMode::Milp, _) => 5e-3,
    }
}

/// The whole span at once.
fn whole(case: &DispatchCase, options: &ParkOptions, clock: Clock<'_>) -> Result<Answer, Error> {
    let on_off = match case.mode {
        DispatchMode::Lp => OnOff::Ignored,
        DispatchMode::Milp => OnOff::Decided,
    };
    let window = Window::whole(case, on_off);
    let mut answer = Answer::new(case);
    if options.engine == Engine::Exact
        && let Some(obstacle) = by_chain::obstacle(&window)
    {
        answer.found.push(not_exact(obstacle));
    }
    let asked = options.gap.unwrap_or_else(|| default_gap(case));
    let stop = Stop {
        engine: options.engine,
        gap: asked,
        limit_s: options.time_limit_s,
    };
    answer.bound = solve_window(&window, stop, window.to, clock, &mut answer)?;
    Ok(answer)
}

/// When a window is good enough.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stop {
    /// What solves linear programmes.
    pub(crate) engine: Engine,
    /// Relative gap.
    pub(crate) gap: f64,
    /// Seconds for one solve.
    pub(crate) limit_s: Option<f64>,
}

/// Solves a window, copies its steps up to `keep_to` into the plan and gives the proven bound.
///
/// On/off decisions are made first; given them, the dispatch is solved again as a linear
/// programme: heat is exact and has a price.
pub(crate) fn solve_window(
    window: &Window<'_>,
    stop: Stop,
    keep_to: usize,
    clock: Clock<'_>,
    answer: &mut Answer,
) -> Result<f64, Error> {
    if stop.engine != Engine::Highs && by_chain::obstacle(window).is_none() {
        let started = clock();
        let chained = by_chain::solve_by_chain(window, keep_to, &mut answer.plan);
        answer.solve_s += clock() - started;
        if let Some(chained) = chained {
            answer.windows += 1;
            answer.engine = "exact";
            return Ok(chained.bound);
        }
    }
    let started = clock();
    let programme = build(window);
    let built = clock();
    answer.build_s += built - started;
    answer.windows += 1;
    let solver = hukka_lp::Options {
        integer_gap: stop.gap,
        time_limit_s: stop.limit_s,
        ..lp_options()
    };
    let solution = programme.problem.solve(&solver)?;
    answer.solve_s += clock() - built;
    if solution.columns.is_empty() {
        return without_point(window, &solution, (stop, keep_to), clock, answer);
    }
    copy_into(&mut answer.plan, window, &programme, &solution, keep_to);
    if window.has_slack {
        answer.plan.status = SolveStatus::Infeasible;
        let broken = shortfall::broken_limits(window, &programme, &solution);
        answer.found.extend(broken);
    }
    if window.on_off == OnOff::Decided {
        let mut whole = empty_plan(window.case);
        copy_into(&mut whole, window, &programme, &solution, window.to);
        dispatch_given(window, &whole.is_on, keep_to, answer)?;
    }
    Ok(solution.bound)
}

/// Dispatches a window whose on/off decisions are made; `false` when no heat fits them.
fn dispatch_given(
    window: &Window<'_>,
    on: &[Vec<bool>],
    keep_to: usize,
    answer: &mut Answer,
) -> Result<bool, Error> {
    let given = Window {
        on_off: OnOff::Given(on),
        ..window.clone()
    };
    if by_chain::obstacle(&given).is_none()
        && by_chain::solve_by_chain(&given, keep_to, &mut answer.plan).is_some()
    {
        return Ok(true);
    }
    let programme = build(&given);
    let solution = programme.problem.solve(&lp_options())?;
    if solution.is_optimal() {
        copy_into(&mut answer.plan, &given, &programme, &solution, keep_to);
    }
    Ok(solution.is_optimal())
}

/// What is known of a window for which the solver has no plan.
///
/// Infeasible: it is solved again with limits that may be broken at a high price. Out of time, or
/// out of numbers: on/off decisions are rounded and the rest is solved without a limit of time.
fn without_point(
    window: &Window<'_>,
    first: &Solution,
    (stop, keep_to): (Stop, usize),
    clock: Clock<'_>,
    answer: &mut Answer,
) -> Result<f64, Error> {
    let is_infeasible = matches!(
        first.status,
        Status::Infeasible | Status::InfeasibleOrUnbounded
    );
    if is_infeasible && !window.has_slack {
        let slack = Window {
            has_slack: true,
            ..window.clone()
        };
        let stop = Stop {
            gap: stop.gap.max(1e-3),
            ..stop
        };
        solve_window(&slack, stop, keep_to, clock, answer)?;
        return Ok(f64::NEG_INFINITY);
    }
    if window.on_off == OnOff::Decided && !is_infeasible {
        let started = clock();
        let rounded = fallback::rounded(window)?;
        answer.found.push(fallback::out_of_time(window));
        if !dispatch_given(window, &rounded.plan.is_on, keep_to, answer)? {
            let given = Window {
                on_off: OnOff::Given(&rounded.plan.is_on),
                has_slack: true,
                ..window.clone()
            };
            let no_limit = Stop {
                limit_s: None,
                ..stop
            };
            solve_window(&given, no_limit, keep_to, clock, answer)?;
        }
        answer.solve_s += clock() - started;
        return Ok(first.bound.max(rounded.bound));
    }
    if first.status == Status::TimeLimit && stop.limit_s.is_some() {
        return linear_out_of_time(window, first, (stop, keep_to), clock, answer);
    }
    Err(no_solution(window, first))
}

/// A linear programme that ran out of time: a whole span is dispatched in windows of limited
/// foresight, a window to its end.
fn linear_out_of_time(
    window: &Window<'_>,
    first: &Solution,
    (stop, keep_to): (Stop, usize),
    clock: Clock<'_>,
    answer: &mut Answer,
) -> Result<f64, Error> {
    let no_limit = Stop {
        limit_s: None,
        ..stop
    };
    if window.on_off != OnOff::Ignored || window.steps() < window.case.steps() {
        return solve_window(window, no_limit, keep_to, clock, answer);
    }
    rolling::plan_in_windows(window.case, rolling::IN_HASTE, no_limit, clock, answer)?;
    answer.found.push(
        Diagnostic::warning(
            "HK1125",
            "time ran out before the linear programme was solved; the plan is made in windows",
        )
        .help("give more time"),
    );
    Ok(first.bound)
}

/// Options of linear programmes.
pub(crate) fn lp_options() -> hukka_lp::Options {
    hukka_lp::Options::default()
}
