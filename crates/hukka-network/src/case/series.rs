//! Steady states row by row: each on its own, many at a time, handed over in order.

use super::solve::{Row, Running};
use super::values::Values;
use super::{CaseOptions, Error, prepare};
use hukka_model::Diagnostic;
use hukka_model::network_case::{CaseState, NetworkCase};
use hukka_numerics::Observer;
use rayon::prelude::*;

/// Rows solved one after the other, each from the one before: fixed, so that results do not
/// depend on the number of threads.
const ROWS_IN_A_RUN: usize = 12;

/// Solves every row of the case's series and hands the states over in order.
///
/// Rows are split into runs of fixed length; the first row of each starts from the case's own
/// state. Only the rows in work are kept, whatever the length of the series.
///
/// # Shapes  `sink(row, state)` for every row of `case.times`, ascending
/// # Errors  as [`super::steady`]; [`Error::Stopped`] if the observer asks to stop
pub fn series(
    case: &NetworkCase,
    options: &CaseOptions,
    sink: &mut dyn FnMut(usize, CaseState),
    observer: &mut impl Observer,
) -> Result<Vec<Diagnostic>, Error> {
    let plan = prepare(case, options)?;
    let own = Values::of(case);
    let base = Row {
        plan: &plan,
        values: &own,
        options,
    }
    .solve(None);
    let rows = case.times.len();
    let starts: Vec<usize> = (0..rows).step_by(ROWS_IN_A_RUN).collect();
    let mut summary = Summary::default();
    let mut done = 0;
    for batch in starts.chunks(rayon::current_num_threads().max(1)) {
        if observer.should_stop() {
            return Err(Error::Stopped { done, total: rows });
        }
        let solved: Vec<Vec<(CaseState, Vec<Diagnostic>)>> = batch
            .par_iter()
            .map(|first| {
                let mut before: Option<Running> = None;
                (*first..rows.min(first + ROWS_IN_A_RUN))
                    .map(|row| {
                        let values = Values::at_row(case, row);
                        let row = Row {
                            plan: &plan,
                            values: &values,
                            options,
                        };
                        let start = before.take().filter(|b| b.is_converged);
                        let found = row.solve(Some(start.as_ref().unwrap_or(&base)));
                        let outcome = (row.outcome(&found), row.diagnose(&found));
                        before = Some(found);
                        outcome
                    })
                    .collect()
            })
            .collect();
        for (state, diagnostics) in solved.into_iter().flatten() {
            summary.note(done, diagnostics);
            sink(done, state);
            done += 1;
            observer.progress(done, rows);
        }
    }
    Ok(summary.told(rows))
}

/// Diagnostics of all rows: one of each kind, with how often it came.
#[derive(Default)]
struct Summary {
    found: Vec<(Diagnostic, usize, usize)>,
}

impl Summary {
    fn note(&mut self, row: usize, diagnostics: Vec<Diagnostic>) {
        for diagnostic in diagnostics {
            let same = self.found.iter_mut().find(|(first, ..)| {
                first.code == diagnostic.code && first.subject == diagnostic.subject
            });
            match same {
                Some((_, _, count)) => *count += 1,
                None => self.found.push((diagnostic, row, 1)),
            }
        }
    }

    fn told(self, rows: usize) -> Vec<Diagnostic> {
        self.found
            .into_iter()
            .map(|(mut diagnostic, row, count)| {
                diagnostic.message = format!(
                    "{} (in {count} of {rows} rows, the first is row {})",
                    diagnostic.message,
                    row + 1
                );
                diagnostic
            })
            .collect()
    }
}
