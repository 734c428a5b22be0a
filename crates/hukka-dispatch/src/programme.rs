//! The linear programme of any run of hours that closes on itself, in a fixed layout.
//!
//! Every hour has the same block of rows and columns, so a year is put together from windows by
//! copying blocks.

use crate::study_park::Park;
use hukka_lp::{Bounds, Problem, Row};

/// Where the entries of an hour stand in its block.
///
/// Columns: heat of each unit, unserved heat, then the level of each store.
/// Rows: heat balance, charge of each store, then each shared limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Layout {
    units: usize,
    tanks: usize,
    shared: usize,
}

impl Layout {
    pub(crate) const fn of(park: &Park) -> Self {
        Self {
            units: park.units.len(),
            tanks: park.tanks.len(),
            shared: park.shared.len(),
        }
    }

    /// Columns per hour.
    pub(crate) const fn columns(self) -> usize {
        self.units + 1 + self.tanks
    }

    /// Rows per hour.
    pub(crate) const fn rows(self) -> usize {
        1 + self.tanks + self.shared
    }

    pub(crate) const fn unserved(self) -> usize {
        self.units
    }

    pub(crate) const fn level(self, tank: usize) -> usize {
        self.units + 1 + tank
    }
}

/// Values of all columns and duals of all rows of a run of hours, block by block.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Point {
    pub(crate) columns: Vec<f64>,
    pub(crate) duals: Vec<f64>,
}

impl Point {
    pub(crate) fn level(&self, layout: Layout, tank: usize, hour: usize) -> f64 {
        self.columns[hour * layout.columns() + layout.level(tank)]
    }

    /// Duals of the balance and of the stores' power: what heat and faster charging are worth.
    pub(crate) fn worth(&self, layout: Layout, hour: usize) -> &[f64] {
        &self.duals[hour * layout.rows()..][..=layout.tanks]
    }
}

/// The least-cost programme of consecutive hours; the first one follows the last one.
///
/// With heat `q`, unserved heat `z` and level `l`; the charge `x_st = l_st − keep_s l_s,t−1`,
/// negative when emptied, is written out and needs no column:
///
/// ```text
/// min  Σ_t ( Σ_i c_it q_it + p z_t )
/// s.t. Σ_i q_it + z_t − Σ_s x_st ≥ d_t           (what exceeds is thrown away)
///      −power_s ≤ x_st ≤ power_s
///      Σ_i f_kit q_it ≤ limit_kt
///      0 ≤ q_it ≤ limit_it, 0 ≤ z_t ≤ d_t, 0 ≤ l_st ≤ capacity_s
/// ```
///
/// Every column is boxed, so any row duals give a finite bound. Charging and discharging in one
/// hour are not told apart: without conversion losses both at once would change nothing.
pub(crate) fn build(park: &Park, hours: &[usize]) -> Problem {
    let layout = Layout::of(park);
    let shared_entries: usize = park.shared.iter().map(|limit| limit.members.len()).sum();
    let per_hour = layout.units + 1 + shared_entries + 4 * layout.tanks;
    let mut problem = Problem::with_capacity(
        layout.rows() * hours.len(),
        layout.columns() * hours.len(),
        per_hour * hours.len(),
    );
    for &t in hours {
        problem.add_row(Bounds::at_least(park.demand[t]));
        for tank in &park.tanks {
            problem.add_row(Bounds::between(-tank.power, tank.power));
        }
        for limit in &park.shared {
            problem.add_row(Bounds::at_most(limit.limit[t]));
        }
    }
    let mut entries = Vec::new();
    for (index, &t) in hours.iter().enumerate() {
        let first_row = index * layout.rows();
        let balance = Row(first_row);
        for (i, unit) in park.units.iter().enumerate() {
            entries.clear();
            entries.push((balance, 1.0));
            for (k, limit) in park.shared.iter().enumerate() {
                let factor = limit.members.iter().find(|(member, _)| *member == i);
                if let Some((_, factors)) = factor {
                    entries.push((Row(first_row + 1 + layout.tanks + k), factors[t]));
                }
            }
            problem.add_column(unit.cost[t], Bounds::between(0.0, unit.limit[t]), &entries);
        }
        let all = Bounds::between(0.0, park.demand[t]);
        problem.add_column(park.unserved_price, all, &[(balance, 1.0)]);
        let next_row = (index + 1) % hours.len() * layout.rows();
        let next_balance = Row(next_row);
        for (s, tank) in park.tanks.iter().enumerate() {
            let charge = Row(first_row + 1 + s);
            let room = Bounds::between(0.0, tank.capacity);
            let next = Row(next_row + 1 + s);
            if next == charge {
                let lost = 1.0 - tank.keep;
                problem.add_column(0.0, room, &[(balance, -lost), (charge, lost)]);
            } else {
                let here = [(balance, -1.0), (charge, 1.0)];
                let there = [(next_balance, tank.keep), (next, -tank.keep)];
                problem.add_column(0.0, room, &[here, there].concat());
            }
        }
    }
    problem
}
