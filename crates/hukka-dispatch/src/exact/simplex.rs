//! A tiny parametric simplex: all optima of one step as the price of heat rises.
//!
//! ```text
//! min  Σ_j (cost_j − μ heat_j) y_j      for every μ from −∞ to ∞
//! s.t. A y + slack = limit,  0 ≤ y ≤ max,  slack ≥ 0   (or the row's own two columns)
//! ```
//!
//! Each basis is optimal between two prices; the vertices met are the corners of the least cost as
//! a function of heat. Rows are few, so the tableau is kept whole, one small array per column with
//! cost and heat as its last two entries. Every step starts afresh from the unit basis: rounding
//! does not pile up.
//!
//! # Source  Gass & Saaty 1955 (parametric objective); Bland 1977 (smallest index among ties)

/// Rows the largest tableau holds.
pub(super) const MOST_ROWS: usize = 30;

/// Entries and directions smaller than this count as none: coefficients are of order one.
const TINY: f64 = 1e-11;
/// Breach of a bound that counts as keeping it, MW.
const FEASIBLE: f64 = 1e-10;
/// Rounding of activities, MW.
const ROUNDING: f64 = 1e-12;
/// Prices that differ by less than this count as tied, EUR/MWh per unit of their size.
const SAME_PRICE: f64 = 1e-12;

/// Where a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    AtZero,
    AtMax,
    Basic(u8),
}

/// A value within its bounds, on either when rounding alone keeps it from there.
fn snap(value: f64, max: f64) -> f64 {
    if value < ROUNDING {
        0.0
    } else if value > max - ROUNDING {
        max
    } else {
        value
    }
}

/// The tableau; `S` is the number of rows it can hold plus two.
pub(super) struct Simplex<const S: usize> {
    rows: usize,
    columns: Vec<[f64; S]>,
    max: Vec<f64>,
    place: Vec<Place>,
    basis: [usize; S],
    value: [f64; S],
    /// Heat made at the current vertex.
    heat: f64,
}

/// A column's entries for [`Simplex::add`].
pub(super) struct Entry<'a> {
    pub(super) cost: f64,
    pub(super) heat: f64,
    pub(super) max: f64,
    pub(super) rows: &'a [f64],
}

/// Why the walk along the prices ended early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stuck;

impl<const S: usize> Simplex<S> {
    const COST: usize = S - 2;
    const HEAT: usize = S - 1;

    pub(super) fn new() -> Self {
        Self {
            rows: 0,
            columns: Vec::new(),
            max: Vec::new(),
            place: Vec::new(),
            basis: [0; S],
            value: [0.0; S],
            heat: 0.0,
        }
    }

    /// Empties the tableau for a problem of so many rows.
    pub(super) fn clear(&mut self, rows: usize) {
        self.rows = rows;
        self.columns.clear();
        self.max.clear();
        self.place.clear();
        self.heat = 0.0;
    }

    /// Adds a column at zero; its index.
    pub(super) fn add(&mut self, entry: &Entry<'_>) -> usize {
        let mut column = [0.0; S];
        column[..self.rows].copy_from_slice(entry.rows);
        column[Self::COST] = entry.cost;
        column[Self::HEAT] = entry.heat;
        self.columns.push(column);
        self.max.push(entry.max);
        self.place.push(Place::AtZero);
        self.columns.len() - 1
    }

    /// Makes a column basic in a row in which it alone has an entry; the row's right side is its
    /// share of the start. Call once per row, after all columns are there.
    pub(super) fn start(&mut self, column: usize, row: usize, right: f64) {
        let sign = self.columns[column][row];
        self.basis[row] = column;
        self.value[row] = right / sign;
        self.place[column] = Place::Basic(row as u8);
        let pivot = self.columns[column];
        for entries in &mut self.columns {
            let factor = entries[row] / sign;
            entries[Self::COST] -= factor * pivot[Self::COST];
            entries[Self::HEAT] -= factor * pivot[Self::HEAT];
            entries[row] = factor;
        }
    }

    /// Heat made at the current vertex.
    pub(super) const fn heat(&self) -> f64 {
        self.heat
    }

    /// Value of a column.
    pub(super) fn value_of(&self, column: usize) -> f64 {
        match self.place[column] {
            Place::AtZero => 0.0,
            Place::AtMax => self.max[column],
            Place::Basic(row) => snap(self.value[row as usize], self.max[column]),
        }
    }

    /// Reduced cost of a column as `constant − price · slope`.
    pub(super) fn reduced(&self, column: usize) -> (f64, f64) {
        let entries = &self.columns[column];
        (entries[Self::COST], entries[Self::HEAT])
    }

    /// Goes to a point within all bounds; `false` when there is none.
    ///
    /// Primal simplex on the sum of the breaches.
    pub(super) fn make_feasible(&mut self) -> Result<bool, Stuck> {
        for _ in 0..self.most_pivots() {
            // +1 where a basic column has to fall, −1 where it has to rise.
            let mut wanted = [0.0_f64; S];
            for (row, wanted) in wanted.iter_mut().enumerate().take(self.rows) {
                if self.value[row] < -FEASIBLE {
                    *wanted = -1.0;
                } else if self.value[row] > self.max[self.basis[row]] + FEASIBLE {
                    *wanted = 1.0;
                }
            }
            if wanted.iter().all(|w| w.abs() < 0.5) {
                return Ok(true);
            }
            let helps = |j: &usize| {
                let entries = self.columns[*j].iter().zip(&wanted).take(self.rows);
                let gain: f64 = entries.map(|(entry, wanted)| entry * wanted).sum();
                self.max[*j] > 0.0
                    && match self.place[*j] {
                        Place::AtZero => gain > TINY,
                        Place::AtMax => gain < -TINY,
                        Place::Basic(_) => false,
                    }
            };
            let Some(j) = (0..self.columns.len()).find(helps) else {
                return Ok(false);
            };
            self.enter(j).ok_or(Stuck)?;
        }
        Err(Stuck)
    }

    /// Goes to the optimum with the least heat: heat first, then cost.
    pub(super) fn minimise_heat(&mut self) -> Result<(), Stuck> {
        for _ in 0..self.most_pivots() {
            let improves = |j: &usize| {
                let (cost, heat) = self.reduced(*j);
                let falls = heat < -TINY || (heat <= TINY && cost < -TINY * 1e2);
                let rises = heat > TINY || (heat >= -TINY && cost > TINY * 1e2);
                match self.place[*j] {
                    Place::AtZero => falls && self.max[*j] > 0.0,
                    Place::AtMax => rises && self.max[*j] > 0.0,
                    Place::Basic(_) => false,
                }
            };
            let Some(j) = (0..self.columns.len()).find(improves) else {
                return Ok(());
            };
            self.enter(j).ok_or(Stuck)?;
        }
        Err(Stuck)
    }

    /// Takes one step up in price from `price`; the price at which the next basis starts, or
    /// `None` when more heat cannot be made.
    pub(super) fn raise_price(&mut self, price: f64) -> Result<Option<f64>, Stuck> {
        let mut best = (f64::INFINITY, usize::MAX);
        for (j, entries) in self.columns.iter().enumerate() {
            let heat = entries[Self::HEAT];
            let is_next = match self.place[j] {
                Place::AtZero => heat > TINY && self.max[j] > 0.0,
                Place::AtMax => heat < -TINY && self.max[j] > 0.0,
                Place::Basic(_) => false,
            };
            if is_next {
                let at = (entries[Self::COST] / heat).max(price);
                if best.1 == usize::MAX || at < best.0 - SAME_PRICE * (1.0 + at.abs()) {
                    best = (at, j);
                }
            }
        }
        if best.1 == usize::MAX {
            return Ok(None);
        }
        self.enter(best.1).ok_or(Stuck)?;
        Ok(Some(best.0))
    }

    /// Pivots allowed in one step.
    pub(super) fn most_pivots(&self) -> usize {
        64 + 16 * self.columns.len()
    }

    /// Moves a column off its bound until something blocks; `None` when nothing does.
    fn enter(&mut self, j: usize) -> Option<()> {
        let is_rising = self.place[j] == Place::AtZero;
        let sign = if is_rising { 1.0 } else { -1.0 };
        let entries = self.columns[j];
        let mut most = self.max[j];
        let mut blocker = None;
        for (row, entry) in entries.iter().enumerate().take(self.rows) {
            let Some((room, is_at_max)) = self.room(row, -sign * entry) else {
                continue;
            };
            let is_first = blocker.is_none_or(|(other, _)| self.basis[row] < self.basis[other]);
            if room < most || (room <= most && is_first) {
                most = room;
                blocker = Some((row, is_at_max));
            }
        }
        if most.is_infinite() {
            return None;
        }
        for (value, entry) in self.value.iter_mut().zip(&entries).take(self.rows) {
            *value -= sign * most * entry;
        }
        self.heat += sign * most * entries[Self::HEAT];
        match blocker {
            None => {
                self.place[j] = if is_rising {
                    Place::AtMax
                } else {
                    Place::AtZero
                }
            }
            Some((row, leaves_at_max)) => {
                let start = if is_rising { 0.0 } else { self.max[j] };
                self.value[row] = start + sign * most;
                self.place[self.basis[row]] = if leaves_at_max {
                    Place::AtMax
                } else {
                    Place::AtZero
                };
                self.place[j] = Place::Basic(row as u8);
                self.basis[row] = j;
                self.pivot(row, &entries);
            }
        }
        Some(())
    }

    /// How far a basic column can move at a rate until it meets a bound, and whether that is its
    /// limit; one outside its bounds first meets the one it broke.
    fn room(&self, row: usize, rate: f64) -> Option<(f64, bool)> {
        if rate.abs() <= TINY {
            return None;
        }
        let (value, max) = (self.value[row], self.max[self.basis[row]]);
        let (distance, is_at_max) = if value < -FEASIBLE {
            (if rate > 0.0 { -value } else { return None }, false)
        } else if value > max + FEASIBLE {
            (if rate < 0.0 { value - max } else { return None }, true)
        } else if rate < 0.0 {
            (value, false)
        } else {
            (max - value, true)
        };
        Some(((distance / rate.abs()).max(0.0), is_at_max))
    }

    fn pivot(&mut self, row: usize, entering: &[f64; S]) {
        let inverse = 1.0 / entering[row];
        for entries in &mut self.columns {
            let factor = entries[row] * inverse;
            for (entry, &by) in entries.iter_mut().zip(entering) {
                *entry -= factor * by;
            }
            entries[row] = factor;
        }
    }
}
