//! The bound: relaxation with cuts, fixing by reduced costs, then a search in integers.

use super::convert::{from_columns, to_columns};
use super::cuts::Separator;
use super::instance::Instance;
use super::limits::limits;
use super::program::{Program, write};
use super::search;
use super::solve::{CaseProgress, Work};
use hukka_lp::{Bounds, Column, Error, Options, Problem, Session, Solution, Status};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// Rounds of cuts.
const ROUNDS: usize = 60;
/// Most rows added in one round.
const ROWS_A_ROUND: usize = 400;

/// Runs the relaxation and the search; improves `work` as it goes.
///
/// # Errors  the solver refuses the programme
pub(crate) fn prove(
    instance: &Instance,
    work: &mut Work,
    progress: &mut dyn CaseProgress,
) -> Result<(), Error> {
    let mut program = write(instance, &limits(instance));
    let mut session = Session::new(&program.problem, &Options::default())?;
    let mut rows = Vec::new();
    let live = (&mut session, &mut rows);
    let Some(last) = relax(instance, &program, live, work, progress)? else {
        return Ok(());
    };
    if work.is_done() || progress.is_over(work.time_limit) {
        return Ok(());
    }
    round(instance, &program, &last, work);
    fix(&mut program, &last, work);
    let problem = program.problem.with_rows(&still_tight(&rows, &last));
    integers(instance, &program, problem, work, progress)
}

/// A cut as a row.
type Row = (Bounds, Vec<(Column, f64)>);

/// Solves the relaxation and adds cuts until none is broken; `None` when it is infeasible.
fn relax(
    instance: &Instance,
    program: &Program,
    (session, rows): (&mut Session, &mut Vec<Row>),
    work: &mut Work,
    progress: &mut dyn CaseProgress,
) -> Result<Option<Solution>, Error> {
    let mut separator = Separator::new(instance, program);
    let mut last = None;
    for round in 0..ROUNDS {
        let solution = session.solve()?;
        if solution.status == Status::Infeasible {
            work.nothing_better();
            return Ok(None);
        }
        if solution.status != Status::Optimal {
            break;
        }
        let raised = work.raise_bound(solution.objective + program.constant);
        let point = &solution.columns;
        let mut cuts = separator.connectivity(instance, program, point);
        if cuts.len() < 20 {
            cuts.extend(separator.flows(instance, program, point));
        }
        progress.step(
            &format!("relaxation {round}: {} cuts", cuts.len()),
            work.value(),
            Some(work.bound),
        );
        let is_over = work.is_done() || progress.is_over(0.6 * work.time_limit);
        last = Some(solution);
        if cuts.is_empty() || is_over || (round > 10 && !raised) {
            break;
        }
        cuts.truncate(ROWS_A_ROUND);
        for cut in cuts {
            session.add_row(cut.0, &cut.1)?;
            rows.push(cut);
        }
    }
    Ok(last)
}

/// Trees along the arcs the relaxation likes.
fn round(instance: &Instance, program: &Program, last: &Solution, work: &mut Work) {
    let mut liked = vec![0.0_f64; instance.lines.len()];
    for arc in &program.arcs {
        liked[arc.line] += last.columns[arc.built.0];
    }
    let plain = search::plain_weights(instance);
    let weights: Vec<f64> = (plain.iter().zip(&liked))
        .map(|(w, liked)| w * (1.02 - liked.clamp(0.0, 1.0)))
        .collect();
    for least in [0.5, 0.1] {
        let wanted: Vec<bool> = (program.customers.iter())
            .map(|x| x.is_none_or(|x| last.columns[x.0] > least))
            .collect();
        let forest = search::along(instance, &wanted, &weights);
        work.offer(instance, forest);
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
    let left = work.time_limit - progress.seconds();
    if left <= 0.0 {
        return Ok(());
    }
    let options = Options {
        integer_gap: 0.0,
        absolute_gap: work.tolerance(),
        time_limit_s: work.time_limit.is_finite().then_some(left),
        ..Options::default()
    };
    let start = (work.best.as_ref()).and_then(|forest| to_columns(instance, program, forest));
    progress.step("search in integers", work.value(), Some(work.bound));
    let (sender, receiver) = channel();
    // A search cannot be asked to stop: it runs aside, and is left alone when the user wants out.
    std::thread::spawn(move || {
        let _ = sender.send(problem.solve_from(&options, start.as_deref()));
    });
    let solution = loop {
        match receiver.recv_timeout(Duration::from_millis(50)) {
            Ok(result) => break result?,
            Err(RecvTimeoutError::Timeout) if !progress.should_stop() => {}
            Err(_) => return Ok(()),
        }
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
