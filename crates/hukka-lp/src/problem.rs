//! A programme, stored by columns: rows first, then each column with its coefficients.

use crate::{Error, Options, Solution, Status, highs_backend};

/// Lower and upper bound; infinite where there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Smallest value.
    pub lower: f64,
    /// Largest value.
    pub upper: f64,
}

impl Bounds {
    /// No bound.
    pub const FREE: Self = Self {
        lower: f64::NEG_INFINITY,
        upper: f64::INFINITY,
    };

    /// Between two values, both allowed.
    pub const fn between(lower: f64, upper: f64) -> Self {
        Self { lower, upper }
    }

    /// Exactly one value.
    pub const fn equal(value: f64) -> Self {
        Self {
            lower: value,
            upper: value,
        }
    }

    /// At least a value.
    pub const fn at_least(lower: f64) -> Self {
        Self {
            lower,
            upper: f64::INFINITY,
        }
    }

    /// At most a value.
    pub const fn at_most(upper: f64) -> Self {
        Self {
            lower: f64::NEG_INFINITY,
            upper,
        }
    }

    const fn is_usable(self) -> bool {
        !self.lower.is_nan()
            && !self.upper.is_nan()
            && self.lower < f64::INFINITY
            && self.upper > f64::NEG_INFINITY
    }

    fn distance(self, value: f64) -> f64 {
        (self.lower - value).max(value - self.upper).max(0.0)
    }
}

/// A row of the programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row(pub usize);

/// A column (variable) of the programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Column(pub usize);

/// Minimise `cost · x` subject to `row bounds ∋ A x`, `column bounds ∋ x`, some columns integer.
///
/// # Errors  entries are checked when solving, all builders accept anything
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Problem {
    pub(crate) costs: Vec<f64>,
    pub(crate) columns: Vec<Bounds>,
    pub(crate) is_integer: Vec<bool>,
    pub(crate) rows: Vec<Bounds>,
    /// Coefficients of column `j` are `entries[starts[j]..starts[j + 1]]` (the last one open).
    pub(crate) starts: Vec<usize>,
    pub(crate) entries: Vec<(Row, f64)>,
}

impl Problem {
    /// A programme without rows and columns.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reserves memory for so many rows, columns and coefficients.
    pub fn with_capacity(rows: usize, columns: usize, entries: usize) -> Self {
        Self {
            costs: Vec::with_capacity(columns),
            columns: Vec::with_capacity(columns),
            is_integer: Vec::with_capacity(columns),
            rows: Vec::with_capacity(rows),
            starts: Vec::with_capacity(columns),
            entries: Vec::with_capacity(entries),
        }
    }

    /// Adds a row.
    pub fn add_row(&mut self, bounds: Bounds) -> Row {
        self.rows.push(bounds);
        Row(self.rows.len() - 1)
    }

    /// Adds a continuous column with its coefficients.
    pub fn add_column(&mut self, cost: f64, bounds: Bounds, entries: &[(Row, f64)]) -> Column {
        self.push_column(cost, bounds, entries, false)
    }

    /// Adds an integer column with its coefficients.
    pub fn add_integer_column(
        &mut self,
        cost: f64,
        bounds: Bounds,
        entries: &[(Row, f64)],
    ) -> Column {
        self.push_column(cost, bounds, entries, true)
    }

    fn push_column(
        &mut self,
        cost: f64,
        bounds: Bounds,
        entries: &[(Row, f64)],
        is_integer: bool,
    ) -> Column {
        self.starts.push(self.entries.len());
        self.entries.extend_from_slice(entries);
        self.costs.push(cost);
        self.columns.push(bounds);
        self.is_integer.push(is_integer);
        Column(self.costs.len() - 1)
    }

    /// Number of rows.
    pub const fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Number of columns.
    pub const fn columns(&self) -> usize {
        self.columns.len()
    }

    /// Solves the programme.
    ///
    /// # Errors  unusable numbers, unknown rows, options or programmes the solver refuses
    pub fn solve(&self, options: &Options) -> Result<Solution, Error> {
        self.solve_from(options, None)
    }

    /// Solves the programme starting from a point; one that is not feasible is ignored.
    ///
    /// # Errors  as [`Problem::solve`]
    pub fn solve_from(&self, options: &Options, start: Option<&[f64]>) -> Result<Solution, Error> {
        self.check()?;
        let is_crossed = |bounds: &Bounds| bounds.lower > bounds.upper;
        if self.columns.iter().chain(&self.rows).any(is_crossed) {
            return Ok(Solution::without_point(Status::Infeasible));
        }
        let start = start.filter(|point| point.len() == self.columns());
        highs_backend::solve(self, options, start)
    }

    /// Bounds of a column.
    pub fn bounds(&self, column: Column) -> Bounds {
        self.columns[column.0]
    }

    /// Whether a column takes whole values only.
    pub fn is_integer(&self, column: Column) -> bool {
        self.is_integer[column.0]
    }

    /// Changes the bounds of a column.
    pub fn set_bounds(&mut self, column: Column, bounds: Bounds) {
        self.columns[column.0] = bounds;
    }

    /// Lets every column take fractions: the relaxation.
    pub fn relax(&mut self) {
        self.is_integer.fill(false);
    }

    /// The coefficients of one column.
    pub fn entries_of(&self, column: Column) -> &[(Row, f64)] {
        let end = self
            .starts
            .get(column.0 + 1)
            .copied()
            .unwrap_or(self.entries.len());
        &self.entries[self.starts[column.0]..end]
    }

    /// Cost of a point.
    pub fn cost(&self, columns: &[f64]) -> f64 {
        self.costs
            .iter()
            .zip(columns)
            .map(|(cost, x)| cost * x)
            .sum()
    }

    /// Largest violation of any row, column bound or integrality at a point.
    pub fn worst_violation(&self, columns: &[f64]) -> f64 {
        let mut activity = vec![0.0; self.rows.len()];
        let mut worst: f64 = 0.0;
        for (j, &x) in columns.iter().enumerate() {
            worst = worst.max(self.columns[j].distance(x));
            if self.is_integer[j] {
                worst = worst.max((x - x.round()).abs());
            }
            for &(row, factor) in self.entries_of(Column(j)) {
                activity[row.0] += factor * x;
            }
        }
        self.rows
            .iter()
            .zip(activity)
            .fold(worst, |worst, (bounds, value)| {
                worst.max(bounds.distance(value))
            })
    }

    /// A lower bound on the cost of every feasible point, from any row duals.
    ///
    /// Lagrangian relaxation of the rows: with `r = c − Aᵀy`,
    /// `bound = Σ_i (y_i > 0 ? y_i·lower_i : y_i·upper_i) + Σ_j (r_j > 0 ? r_j·lower_j : r_j·upper_j)`.
    /// Weak duality makes it valid whatever `y` is; it equals the optimum for optimal duals of a
    /// linear programme. Duals whose sign meets an infinite row bound are taken as zero.
    ///
    /// # Valid for  any `row_duals`, one per row; `−∞` when a free column keeps a reduced cost
    /// # Source  weak duality of linear programming, Dantzig 1963
    pub fn lower_bound(&self, row_duals: &[f64]) -> f64 {
        let duals: Vec<f64> = self
            .rows
            .iter()
            .zip(row_duals)
            .map(|(bounds, &y)| {
                if end_against(*bounds, y).is_finite() {
                    y
                } else {
                    0.0
                }
            })
            .collect();
        let of_rows: f64 = self
            .rows
            .iter()
            .zip(&duals)
            .map(|(bounds, &y)| product(y, end_against(*bounds, y)))
            .sum();
        let of_columns: f64 = (0..self.costs.len())
            .map(|j| {
                let priced: f64 = self
                    .entries_of(Column(j))
                    .iter()
                    .map(|&(row, a)| a * duals[row.0])
                    .sum();
                let reduced = self.costs[j] - priced;
                product(reduced, end_against(self.columns[j], reduced))
            })
            .sum();
        of_rows + of_columns
    }

    /// The same programme with further rows over its columns.
    #[must_use]
    pub fn with_rows(&self, further: &[(Bounds, Vec<(Column, f64)>)]) -> Self {
        let mut added: Vec<Vec<(Row, f64)>> = vec![Vec::new(); self.columns()];
        for (k, (_, entries)) in further.iter().enumerate() {
            for &(column, factor) in entries {
                added[column.0].push((Row(self.rows() + k), factor));
            }
        }
        let mut whole = self.clone();
        whole.starts.clear();
        whole.entries.clear();
        for (j, added) in added.iter().enumerate() {
            whole.starts.push(whole.entries.len());
            whole.entries.extend_from_slice(self.entries_of(Column(j)));
            whole.entries.extend_from_slice(added);
        }
        whole.rows.extend(further.iter().map(|(bounds, _)| *bounds));
        whole
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        let not_finite = |what, index, value| Err(Error::NotFinite { what, index, value });
        if let Some(j) = self.costs.iter().position(|cost| !cost.is_finite()) {
            return not_finite("cost of column", j, self.costs[j]);
        }
        if let Some(j) = self.columns.iter().position(|bounds| !bounds.is_usable()) {
            return not_finite("bound of column", j, self.columns[j].lower);
        }
        if let Some(i) = self.rows.iter().position(|bounds| !bounds.is_usable()) {
            return not_finite("bound of row", i, self.rows[i].lower);
        }
        for j in 0..self.columns.len() {
            for &(row, factor) in self.entries_of(Column(j)) {
                if row.0 >= self.rows.len() {
                    return Err(Error::UnknownRow {
                        column: j,
                        row: row.0,
                        rows: self.rows.len(),
                    });
                }
                if !factor.is_finite() {
                    return not_finite("coefficient of column", j, factor);
                }
            }
        }
        for (what, count) in [
            ("rows", self.rows.len()),
            ("columns", self.columns.len()),
            ("coefficients", self.entries.len()),
        ] {
            if i32::try_from(count).is_err() {
                return Err(Error::TooLarge { what, count });
            }
        }
        Ok(())
    }
}

/// The bound that minimises `weight · x`.
const fn end_against(bounds: Bounds, weight: f64) -> f64 {
    if weight > 0.0 {
        bounds.lower
    } else {
        bounds.upper
    }
}

/// `weight · end`, zero for a zero weight even at an infinite end.
fn product(weight: f64, end: f64) -> f64 {
    if weight.abs() > 0.0 {
        weight * end
    } else {
        0.0
    }
}
