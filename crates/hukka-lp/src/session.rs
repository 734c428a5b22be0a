//! A programme that is solved again and again while rows are added and bounds moved.

use crate::highs_backend::Live;
use crate::{Bounds, Column, Error, Options, Problem, Row, Solution};

/// A linear programme kept inside the solver, so that each solve starts from the last basis.
///
/// Integrality is left out: a session solves the relaxation. The programme with all its rows can be
/// had at any time, to prove a bound with [`Problem::lower_bound`] or to search in integers.
#[derive(Debug)]
pub struct Session {
    live: Live,
    problem: Problem,
    further: Vec<(Bounds, Vec<(Column, f64)>)>,
}

impl Session {
    /// Hands the programme to the solver.
    ///
    /// # Errors  unusable numbers, unknown rows, options or programmes the solver refuses
    pub fn new(problem: &Problem, options: &Options) -> Result<Self, Error> {
        problem.check()?;
        Ok(Self {
            live: Live::new(problem, options)?,
            problem: problem.clone(),
            further: Vec::new(),
        })
    }

    /// Adds a row over existing columns.
    ///
    /// # Errors  a row the solver refuses
    pub fn add_row(&mut self, bounds: Bounds, entries: &[(Column, f64)]) -> Result<Row, Error> {
        self.live.add_row(bounds, entries)?;
        self.further.push((bounds, entries.to_vec()));
        Ok(Row(self.problem.rows() + self.further.len() - 1))
    }

    /// Moves the bounds of a column.
    pub fn set_bounds(&mut self, column: Column, bounds: Bounds) {
        self.live.set_bounds(column, bounds);
        self.problem.columns[column.0] = bounds;
    }

    /// Changes the cost of a column.
    pub fn set_cost(&mut self, column: Column, cost: f64) {
        self.live.set_cost(column, cost);
        self.problem.costs[column.0] = cost;
    }

    /// The programme as it is now, integrality included.
    pub fn problem(&self) -> Problem {
        self.problem.with_rows(&self.further)
    }

    /// Solves the relaxation from the last basis.
    ///
    /// # Errors  the solver failed
    pub fn solve(&mut self) -> Result<Solution, Error> {
        self.live.solve(&self.problem)
    }
}
