//! The bound: relaxation with cuts, fixing by reduced costs, then a search in integers. The tree
//! search goes on beside both.

use super::beside::{self, Relaxer, Row};
use super::convert::{from_columns, to_columns};
use super::cuts::Separator;
use super::instance::Instance;
use super::limits::limits;
use super::program::{Program, write};
use super::rounding;
use super::search::{self, Shakes};
use super::solve::{CaseProgress, Work};
use hukka_lp::{Bounds, Column, Error, Options, Problem, Session, Solution, Status};
use hukka_model::{ConnectionMode, DesignCase, Objective};

/// Rounds of cuts.
const ROUNDS: usize = 80;
/// Most rows of each kind added in one round.
const ROWS_A_ROUND: usize = 400;
/// Cuts have run dry when so many rounds close less than this share of the gap.
const DRY: (usize, f64) = (4, 0.04);

/// Runs the relaxation and the search; improves `work` as it goes.
///
/// # Errors  the solver refuses the programme
pub(crate) fn prove(
    instance: &Instance,
    work: &mut Work,
    (seed, rounds): (u64, usize),
    progress: &mut dyn CaseProgress,
) -> Result<(), Error> {
    let mut program = write(instance, &limits(instance));
    let limit = work.time_limit;
    let mut relaxed = None;
    let plain = search::plain_weights(instance);
    let shakes = Shakes {
        seed: seed.wrapping_add(1),
        rounds: 8 * rounds,
        weights: plain.clone(),
    };
    beside::shaken(
        instance,
        work,
        (&shakes, limit),
        progress,
        |work, progress| {
            relaxed = relax(instance, &program, work, progress)?;
            Ok(relaxed.is_none() || work.is_done())
        },
    )?;
    let Some((last, rows)) = relaxed else {
        return Ok(());
    };
    work.note(progress, "tree search beside the relaxation");
    if work.is_done() || progress.is_over(limit) {
        return Ok(());
    }
    fix(&mut program, &last, work);
    let problem = program.problem.with_rows(&still_tight(&rows, &last));
    let shakes = Shakes {
        seed: seed.wrapping_add(2),
        rounds: usize::MAX,
        weights: liked_weights(instance, &program, &last, &plain),
    };
    beside::shaken(
        instance,
        work,
        (&shakes, limit),
        progress,
        |work, progress| {
            integers(instance, &program, problem, work, progress)?;
            // What the search in integers leaves open is the clock's doing; else its word is final.
            Ok(!progress.is_over(limit))
        },
    )?;
    work.note(progress, "end");
    Ok(())
}

/// Columns times rounds of cuts not to exceed when only a bound is wanted.
const BOUND_WORK: usize = 250_000;

/// Arcs beyond which sets of nodes are too many to round over when only a bound is wanted.
const MOST_ROUNDED: usize = 6000;

/// A bound of a case with real sizes from the relaxation alone, in a number of rounds that depends
/// on the case's size and nothing else; `None` when someone cannot be reached or the solver fails.
pub(crate) fn relaxed(case: &DesignCase, mode: ConnectionMode) -> Option<f64> {
    let instance = Instance::new(case, Objective::Catalogue, mode);
    if instance.is_forced() && !instance.lost.is_empty() {
        return None;
    }
    let program = write(&instance, &limits(&instance));
    let mut session = Session::new(&program.problem, &Options::default()).ok()?;
    let mut separator = Separator::new(&instance, &program);
    let rounds = BOUND_WORK
        .div_euclid(program.problem.columns().max(1))
        .clamp(3, 16);
    let mut bound = None;
    for round in 0..rounds {
        let solution = session.solve().ok()?;
        if solution.status != Status::Optimal {
            break;
        }
        bound = Some(solution.objective + program.constant);
        let point = &solution.columns;
        let mut cuts = separator.connectivity(&instance, &program, point);
        cuts.truncate(ROWS_A_ROUND);
        if cuts.len() < ROWS_A_ROUND.div_euclid(2) && program.arcs.len() < MOST_ROUNDED {
            let rounded = rounding::cuts(&instance, &program, point, None);
            cuts.extend(rounded.into_iter().take(ROWS_A_ROUND));
        }
        if cuts.is_empty() || round + 1 == rounds {
            break;
        }
        for (bounds, entries) in cuts {
            session.add_row(bounds, &entries).ok()?;
        }
    }
    bound
}

/// Solves the relaxation and adds cuts until none is broken or they have run dry; `None` when it
/// is infeasible or the time is over before the first solution.
fn relax(
    instance: &Instance,
    program: &Program,
    work: &mut Work,
    progress: &mut dyn CaseProgress,
) -> Result<Option<(Solution, Vec<Row>)>, Error> {
    let options = Options {
        time_limit_s: work.time_limit.is_finite().then_some(work.time_limit),
        ..Options::default()
    };
    let relaxer = Relaxer::new(program.problem.clone(), options);
    let mut separator = Separator::new(instance, program);
    let mut rows: Vec<Row> = Vec::new();
    let mut last = None;
    let mut bounds: Vec<f64> = Vec::new();
    let has_sizes = instance.law.pipes.len() > 1;
    let limit = if has_sizes { 0.7 } else { 0.6 } * work.time_limit;
    for round in 0..ROUNDS {
        let Some(solution) = relaxer.wait(limit, progress)? else {
            break;
        };
        if solution.status == Status::Infeasible {
            work.nothing_better();
            return Ok(None);
        }
        if solution.status != Status::Optimal {
            break;
        }
        let raised = work.raise_bound(solution.objective + program.constant);
        bounds.push(work.bound);
        let point = &solution.columns;
        round_off(instance, program, point, work);
        let mut cuts = separator.connectivity(instance, program, point);
        if cuts.len() < 20 {
            cuts.extend(separator.flows(instance, program, point));
        }
        cuts.truncate(ROWS_A_ROUND);
        let others = cuts.len();
        if others < ROWS_A_ROUND.div_euclid(2) {
            let rounded = rounding::cuts(instance, program, point, work.best.as_ref());
            cuts.extend(rounded.into_iter().take(ROWS_A_ROUND));
        }
        let what = format!(
            "relaxation {round}: {others} + {} cuts",
            cuts.len() - others
        );
        work.note(progress, &what);
        last = Some(solution);
        let is_dry = if has_sizes {
            is_dry(&bounds, work)
        } else {
            round > 10 && !raised
        };
        if cuts.is_empty() || is_dry || work.is_done() || progress.is_over(limit) {
            break;
        }
        relaxer.add(cuts.clone());
        rows.extend(cuts);
    }
    Ok(last.map(|solution| (solution, rows)))
}

/// Whether the last rounds closed little of the gap.
fn is_dry(bounds: &[f64], work: &Work) -> bool {
    let (rounds, share) = DRY;
    let Some(before) = bounds.len().checked_sub(rounds + 4) else {
        return false;
    };
    work.bound - bounds[before + 3] < share * (work.best_value() - work.bound)
}

/// Weights that make ways cheap which the relaxation likes.
fn liked_weights(
    instance: &Instance,
    program: &Program,
    last: &Solution,
    plain: &[f64],
) -> Vec<f64> {
    let mut liked = vec![0.0_f64; instance.lines.len()];
    for arc in &program.arcs {
        liked[arc.line] += last.columns[arc.built.0];
    }
    (plain.iter().zip(&liked))
        .map(|(w, liked)| w * (1.02 - liked.clamp(0.0, 1.0)))
        .collect()
}

/// Trees along the arcs the relaxation likes.
fn round_off(instance: &Instance, program: &Program, point: &[f64], work: &mut Work) {
    let mut liked = vec![0.0_f64; instance.lines.len()];
    for arc in &program.arcs {
        liked[arc.line] += point[arc.built.0];
    }
    let plain = search::plain_weights(instance);
    let weights: Vec<f64> = (plain.iter().zip(&liked))
        .map(|(w, liked)| w * (1.02 - liked.clamp(0.0, 1.0)))
        .collect();
    for least in [0.5, 0.1] {
        let wanted: Vec<bool> = (program.customers.iter())
            .map(|x| x.is_none_or(|x| point[x.0] > least))
            .collect();
        let forest = search::along(instance, &wanted, &weights);
        work.offer(instance, forest);
        if instance.is_forced() {
            break;
        }
    }
}

/// Columns whose reduced cost alone lifts the bound above the best value are fixed.
fn fix(program: &mut Program, last: &Solution, work: &Work) {
    let room = work.best_value() - (last.objective + program.constant);
    for (j, &reduced) in last.column_duals.iter().enumerate() {
        let column = Column(j);
        if !program.problem.is_integer(column) || reduced.abs() <= room + 1e-6 {
            continue;
        }
        let bounds = program.problem.bounds(column);
        let end = if reduced > 0.0 {
            bounds.lower
        } else {
            bounds.upper
        };
        program.problem.set_bounds(column, Bounds::equal(end));
    }
}

/// Cuts that hold with little slack at the last point.
fn still_tight(rows: &[Row], last: &Solution) -> Vec<Row> {
    (rows.iter())
        .filter(|(bounds, entries)| {
            let activity: f64 = entries.iter().map(|&(c, f)| f * last.columns[c.0]).sum();
            let size: f64 = entries.iter().map(|&(_, f)| f.abs()).fold(1.0, f64::max);
            let slack = (activity - bounds.lower).min(bounds.upper - activity);
            slack < 0.05 * size
        })
        .cloned()
        .collect()
}

/// Branch and bound from the best tree.
fn integers(
    instance: &Instance,
    program: &Program,
    problem: Problem,
    work: &mut Work,
    progress: &mut dyn CaseProgress,
) -> Result<(), Error> {
    let limit = work.time_limit;
    let left = limit - progress.seconds();
    if left <= 0.0 {
        return Ok(());
    }
    let options = Options {
        integer_gap: 0.0,
        absolute_gap: work.tolerance(),
        time_limit_s: limit.is_finite().then_some(left),
        ..Options::default()
    };
    let start = (work.best.as_ref()).and_then(|forest| to_columns(instance, program, forest));
    work.note(progress, "search in integers");
    // The solver looks at its clock seldom: a second more than it was given, and it is left alone.
    let mut is_over = || progress.is_over(limit + 0.8);
    let Some(solution) = beside::integers(problem, options, start, &mut is_over)? else {
        return Ok(());
    };
    if solution.status == Status::Infeasible {
        work.nothing_better();
        return Ok(());
    }
    if !solution.columns.is_empty() {
        work.offer(instance, from_columns(instance, program, &solution.columns));
    }
    work.raise_bound(solution.bound + program.constant);
    Ok(())
}
