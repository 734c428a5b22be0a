//! The only file that knows HiGHS.

use crate::{Bounds, Column, Error, Iterations, Method, Options, Problem, Solution, Status};
use core::ops::RangeInclusive;
use highs::{
    Col, ColProblem, HighsModelStatus, HighsSolutionStatus, Model, RowProblem, Sense, SolvedModel,
};

/// Solves a checked programme.
pub(crate) fn solve(
    problem: &Problem,
    options: &Options,
    start: Option<&[f64]>,
) -> Result<Solution, Error> {
    if problem.columns() == 0 {
        let status = if problem.worst_violation(&[]) > 0.0 {
            Status::Infeasible
        } else {
            Status::Optimal
        };
        let row_duals = vec![0.0; problem.rows()];
        return Ok(Solution {
            row_duals,
            bound: 0.0,
            ..Solution::without_point(status)
        });
    }
    let mut model = translate(problem)
        .try_optimise(Sense::Minimise)
        .map_err(|_| Error::Solver {
            doing: "reading the programme",
        })?;
    configure(&mut model, options)?;
    if start.is_some() {
        model
            .try_set_solution(start, None, None, None)
            .map_err(|_| Error::Solver {
                doing: "reading the start",
            })?;
    }
    let solved = model
        .try_solve()
        .map_err(|_| Error::Solver { doing: "solving" })?;
    Ok(read(problem, &solved))
}

fn translate(problem: &Problem) -> ColProblem {
    let mut target = ColProblem::new();
    let rows: Vec<highs::Row> = problem
        .rows
        .iter()
        .map(|bounds| target.add_row(range(*bounds)))
        .collect();
    for j in 0..problem.columns() {
        target.add_column_with_integrality(
            problem.costs[j],
            range(problem.columns[j]),
            problem
                .entries_of(Column(j))
                .iter()
                .map(|&(row, factor)| (rows[row.0], factor)),
            problem.is_integer[j],
        );
    }
    target
}

const fn range(bounds: Bounds) -> RangeInclusive<f64> {
    bounds.lower..=bounds.upper
}

fn configure(model: &mut Model, options: &Options) -> Result<(), Error> {
    let refused = |option| Error::Option { option };
    model.make_quiet();
    let mut text = |option: &'static str, value: &str| {
        model
            .try_set_option(option, value)
            .map_err(|_| refused(option))
    };
    text("solver", method_name(options.method))?;
    text("presolve", if options.presolve { "on" } else { "off" })?;
    text("parallel", if options.threads > 1 { "on" } else { "off" })?;
    model
        .try_set_option("threads", i32::from(options.threads.max(1)))
        .map_err(|_| refused("threads"))?;
    let mut number = |option: &'static str, value: f64| {
        model
            .try_set_option(option, value)
            .map_err(|_| refused(option))
    };
    number(
        "primal_feasibility_tolerance",
        options.feasibility_tolerance,
    )?;
    number("dual_feasibility_tolerance", options.feasibility_tolerance)?;
    number("mip_rel_gap", options.integer_gap)?;
    number("mip_abs_gap", options.absolute_gap)?;
    if let Some(limit) = options.time_limit_s {
        number("time_limit", limit)?;
    }
    if let Some(nodes) = options.node_limit {
        let nodes = i32::try_from(nodes).unwrap_or(i32::MAX);
        model
            .try_set_option("mip_max_nodes", nodes)
            .map_err(|_| refused("mip_max_nodes"))?;
    }
    Ok(())
}

const fn method_name(method: Method) -> &'static str {
    match method {
        Method::Choose => "choose",
        Method::Simplex => "simplex",
        Method::InteriorPoint => "ipm",
    }
}

fn read(problem: &Problem, solved: &SolvedModel) -> Solution {
    let status = status(solved.status());
    let bound = bound(problem, solved, status);
    let has_point = match status {
        Status::Optimal => true,
        Status::TimeLimit => solved.primal_solution_status() == HighsSolutionStatus::Feasible,
        _ => false,
    };
    if !has_point {
        return Solution {
            bound,
            iterations: iterations(solved),
            ..Solution::without_point(status)
        };
    }
    let point = solved.get_solution();
    Solution {
        status,
        objective: problem.cost(point.columns()),
        bound: bound.min(problem.cost(point.columns())),
        columns: point.columns().to_vec(),
        row_duals: point.dual_rows().to_vec(),
        column_duals: point.dual_columns().to_vec(),
        iterations: iterations(solved),
    }
}

/// What the solver proved: its dual bound for integer programmes, the optimum for others.
fn bound(problem: &Problem, solved: &SolvedModel, status: Status) -> f64 {
    if problem.is_integer.contains(&true) && solved.mip_gap().is_finite() {
        let proven = solved.double_info_value(c"mip_dual_bound");
        return proven.unwrap_or(f64::NEG_INFINITY);
    }
    match status {
        Status::Optimal => solved.objective_value(),
        _ => f64::NEG_INFINITY,
    }
}

fn iterations(solved: &SolvedModel) -> Iterations {
    let count = |value: i64| u64::try_from(value).unwrap_or(0);
    Iterations {
        simplex: count(solved.simplex_iteration_count()),
        interior_point: count(solved.ipm_iteration_count()),
        crossover: count(solved.crossover_iteration_count()),
    }
}

const fn status(status: HighsModelStatus) -> Status {
    match status {
        HighsModelStatus::Optimal => Status::Optimal,
        HighsModelStatus::Infeasible => Status::Infeasible,
        HighsModelStatus::Unbounded => Status::Unbounded,
        HighsModelStatus::UnboundedOrInfeasible => Status::InfeasibleOrUnbounded,
        HighsModelStatus::ReachedTimeLimit | HighsModelStatus::ReachedSolutionLimit => {
            Status::TimeLimit
        }
        _ => Status::NumericalTrouble,
    }
}

/// A programme inside the solver, between solves.
#[derive(Debug)]
pub(crate) struct Live {
    /// Taken out while solving only; `None` after the solver failed.
    model: Option<Model>,
    columns: Vec<Col>,
}

impl Live {
    pub(crate) fn new(problem: &Problem, options: &Options) -> Result<Self, Error> {
        let mut target = RowProblem::new();
        let columns: Vec<Col> = (problem.costs.iter().zip(&problem.columns))
            .map(|(cost, bounds)| target.add_column(*cost, range(*bounds)))
            .collect();
        let mut rows: Vec<Vec<(Col, f64)>> = vec![Vec::new(); problem.rows()];
        for (j, column) in columns.iter().enumerate() {
            for &(row, factor) in problem.entries_of(Column(j)) {
                rows[row.0].push((*column, factor));
            }
        }
        for (bounds, entries) in problem.rows.iter().zip(&rows) {
            target.add_row(range(*bounds), entries);
        }
        let refused = |_| Error::Solver {
            doing: "reading the programme",
        };
        let mut model = target.try_optimise(Sense::Minimise).map_err(refused)?;
        configure(&mut model, options)?;
        Ok(Self {
            model: Some(model),
            columns,
        })
    }

    pub(crate) fn add_row(
        &mut self,
        bounds: Bounds,
        entries: &[(Column, f64)],
    ) -> Result<(), Error> {
        let failed = Error::Solver {
            doing: "adding a row",
        };
        let columns = &self.columns;
        let entries = entries.iter().map(|&(column, f)| (columns[column.0], f));
        let model = self.model.as_mut().ok_or(failed.clone())?;
        model
            .try_add_row(range(bounds), entries)
            .map(|_| ())
            .map_err(|_| failed)
    }

    pub(crate) fn set_bounds(&mut self, column: Column, bounds: Bounds) {
        if let Some(model) = &mut self.model {
            model.change_column_bounds(self.columns[column.0], range(bounds));
        }
    }

    pub(crate) fn set_cost(&mut self, column: Column, cost: f64) {
        if let Some(model) = &mut self.model {
            model.change_column_cost(self.columns[column.0], cost);
        }
    }

    pub(crate) fn solve(&mut self, problem: &Problem) -> Result<Solution, Error> {
        let failed = |()| Error::Solver { doing: "solving" };
        let model = self.model.take().ok_or(()).map_err(failed)?;
        let solved = model.try_solve().map_err(|_| failed(()))?;
        let solution = read(problem, &solved);
        self.model = Some(Model::from(solved));
        Ok(solution)
    }
}
