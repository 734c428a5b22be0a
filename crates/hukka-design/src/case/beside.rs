//! Work on the second thread: the solver's, which cannot be asked to stop, and the tree search's.

use super::instance::Instance;
use super::search::{self, Shakes};
use super::solve::{CaseProgress, Work};
use hukka_lp::{Bounds, Column, Error, Options, Problem, Session, Solution};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// How often the clock and the user are looked at while waiting.
const PATIENCE: Duration = Duration::from_millis(20);

/// A cut as a row.
pub(crate) type Row = (Bounds, Vec<(Column, f64)>);

/// A relaxation on a thread of its own, left alone when the user wants out.
pub(crate) struct Relaxer {
    rows: Sender<Vec<Row>>,
    solutions: Receiver<Result<Solution, Error>>,
}

impl Relaxer {
    /// Hands the programme to the solver; the first solution comes without being asked for.
    pub(crate) fn new(problem: Problem, options: Options) -> Self {
        let (rows, more) = channel::<Vec<Row>>();
        let (sender, solutions) = channel();
        std::thread::spawn(move || {
            let work = || -> Result<(), Error> {
                let mut session = Session::new(&problem, &options)?;
                loop {
                    if sender.send(session.solve()).is_err() {
                        return Ok(());
                    }
                    let Ok(rows) = more.recv() else {
                        return Ok(());
                    };
                    for (bounds, entries) in rows {
                        session.add_row(bounds, &entries)?;
                    }
                }
            };
            if let Err(error) = work() {
                let _ = sender.send(Err(error));
            }
        });
        Self { rows, solutions }
    }

    /// Adds rows and solves again.
    pub(crate) fn add(&self, rows: Vec<Row>) {
        // A thread that has ended has left its error to be received.
        let _ = self.rows.send(rows);
    }

    /// The next solution; `None` when the time is over first.
    pub(crate) fn wait(
        &self,
        limit: f64,
        progress: &mut dyn CaseProgress,
    ) -> Result<Option<Solution>, Error> {
        wait(&self.solutions, &mut || progress.is_over(limit))
    }
}

/// A search in integers on a thread of its own; `None` when it is to stop before it ends.
pub(crate) fn integers(
    problem: Problem,
    options: Options,
    start: Option<Vec<f64>>,
    is_over: &mut dyn FnMut() -> bool,
) -> Result<Option<Solution>, Error> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let _ = sender.send(problem.solve_from(&options, start.as_deref()));
    });
    wait(&receiver, is_over)
}

fn wait(
    receiver: &Receiver<Result<Solution, Error>>,
    is_over: &mut dyn FnMut() -> bool,
) -> Result<Option<Solution>, Error> {
    loop {
        match receiver.recv_timeout(PATIENCE) {
            Ok(result) => return result.map(Some),
            Err(RecvTimeoutError::Timeout) if !is_over() => {}
            Err(_) => return Ok(None),
        }
    }
}

/// Shakes the best tree on the second thread while `other` works on this one; the tree found is
/// offered when both are done. `other` tells whether its result makes the tree unneeded.
pub(crate) fn shaken(
    instance: &Instance,
    work: &mut Work,
    (shakes, limit): (&Shakes, f64),
    progress: &mut dyn CaseProgress,
    other: impl FnOnce(&mut Work, &mut dyn CaseProgress) -> Result<bool, Error>,
) -> Result<(), Error> {
    let must_stop = AtomicBool::new(false);
    let start = work.best.clone();
    let found = std::thread::scope(|scope| {
        let search = start.map(|mut forest| {
            scope.spawn(|| {
                search::shake(instance, &mut forest, shakes, &mut |_| {
                    !must_stop.load(Ordering::Relaxed)
                });
                forest
            })
        });
        let is_unneeded = other(work, progress);
        let Some(search) = search else {
            return is_unneeded.map(|_| None);
        };
        if is_unneeded.is_err() {
            must_stop.store(true, Ordering::Relaxed);
        }
        let is_unneeded = is_unneeded?;
        while !search.is_finished() {
            if is_unneeded || progress.is_over(limit) {
                must_stop.store(true, Ordering::Relaxed);
            }
            std::thread::sleep(PATIENCE);
        }
        // A search that panicked is a mistake of ours and is not hidden.
        let forest = search.join().expect("invariant: the tree search ends");
        Ok((!is_unneeded).then_some(forest))
    })?;
    if let Some(forest) = found {
        work.offer(instance, forest);
    }
    Ok(())
}
