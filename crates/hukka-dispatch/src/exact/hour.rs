//! One step of the park: which units are tied together, and their corners as heat rises.

use super::chain::{Chain, ChainError, Series};
use super::curve::{Curves, Head, Piece, Source, Watched};
use super::simplex::{Entry, Simplex, Stuck};
use super::solution::{Infeasible, Misfit};

/// Row of a step's coupled programme.
pub(super) const ELECTRICITY: u32 = u32::MAX;

/// Why there is no curve.
pub(super) enum Fault {
    Chain(ChainError),
    Infeasible(Infeasible),
}

/// Why one step has none.
enum StepFault {
    Stuck,
    /// Least activities break a limit.
    Infeasible,
}

impl From<Stuck> for StepFault {
    fn from(_: Stuck) -> Self {
        Self::Stuck
    }
}

/// Numbers of one step, gathered from the series; activities above their least.
#[derive(Default)]
struct Gathered {
    least: Vec<f64>,
    max: Vec<f64>,
    cost: Vec<f64>,
    electricity: Vec<f64>,
    /// `factors[row · units + unit]` of the rows kept.
    factors: Vec<f64>,
    rows: Vec<u32>,
    right: Vec<f64>,
    is_coupled: Vec<bool>,
}

/// Tableaus of growing size; most steps need the smallest.
struct Tableaus {
    small: Simplex<4>,
    medium: Simplex<8>,
    large: Simplex<16>,
    huge: Simplex<32>,
}

/// Builds the cost curves of all steps.
pub(super) fn curves(chain: &Chain) -> Result<Curves, Fault> {
    let mut builder = Builder {
        chain,
        gathered: Gathered::default(),
        tableaus: Tableaus {
            small: Simplex::new(),
            medium: Simplex::new(),
            large: Simplex::new(),
            huge: Simplex::new(),
        },
        merit: Vec::new(),
        corners: Vec::new(),
        curves: Curves::with_capacity(chain.steps(), chain.units.len()),
    };
    for step in 0..chain.steps() {
        builder.step(step).map_err(|fault| match fault {
            StepFault::Stuck => Fault::Chain(ChainError::Stuck { step }),
            StepFault::Infeasible => Fault::Infeasible(Infeasible::new(step, Misfit::Limits)),
        })?;
    }
    Ok(builder.curves)
}

struct Builder<'a> {
    chain: &'a Chain,
    gathered: Gathered,
    tableaus: Tableaus,
    merit: Vec<Piece>,
    corners: Vec<Piece>,
    curves: Curves,
}

impl Builder<'_> {
    fn step(&mut self, step: usize) -> Result<(), StepFault> {
        let mut head = self.curves.head();
        self.gather(step);
        let price = self.electricity_row(step);
        head.fixed_price = price;
        self.limit_rows(step);
        self.couple();
        self.merit_order(&mut head);
        self.corners.clear();
        let (heat, cost) = match self.gathered.rows.len() {
            0 => (0.0, 0.0),
            1..=2 => self.walk::<4>(step, |t| &mut t.small)?,
            3..=6 => self.walk::<8>(step, |t| &mut t.medium)?,
            7..=14 => self.walk::<16>(step, |t| &mut t.large)?,
            _ => self.walk::<32>(step, |t| &mut t.huge)?,
        };
        head.heat += heat;
        head.cost += cost;
        self.curves.push(head, &self.corners, &self.merit);
        Ok(())
    }

    fn gather(&mut self, step: usize) {
        let g = &mut self.gathered;
        g.least.clear();
        g.max.clear();
        g.cost.clear();
        g.electricity.clear();
        g.factors.clear();
        g.rows.clear();
        g.right.clear();
        for unit in &self.chain.units {
            let least = unit.min_mw.at(step);
            g.least.push(least);
            g.max.push(unit.max_mw.at(step) - least);
            g.cost.push(unit.cost_eur_mwh.at(step));
            g.electricity.push(unit.electricity.at(step));
        }
    }

    /// Adds the row of electricity where buying and selling both matter or a limit may bind;
    /// otherwise prices it into the units and says the price.
    fn electricity_row(&mut self, step: usize) -> Option<f64> {
        let grid = self.chain.grid.as_ref()?;
        let g = &mut self.gathered;
        let (buy, sell) = (grid.buy_eur_mwh.at(step), grid.sell_eur_mwh.at(step));
        let (most_bought, most_sold) = (grid.max_buy_mw.at(step), grid.max_sell_mw.at(step));
        // Electricity taken on balance lies between these two.
        let (mut base, mut low, mut high) = (0.0, 0.0, 0.0);
        for (e, (least, max)) in g.electricity.iter().zip(g.least.iter().zip(&g.max)) {
            base += e * least;
            low += (e * max).min(0.0);
            high += (e * max).max(0.0);
        }
        let (low, high) = (base + low, base + high);
        let has_room = high <= most_bought && -low <= most_sold;
        let is_plain = has_room && buy >= sell;
        if is_plain && (low >= 0.0 || high <= 0.0 || buy <= sell) {
            let price = if low >= 0.0 { buy } else { sell };
            for (cost, e) in g.cost.iter_mut().zip(&g.electricity) {
                *cost += price * e;
            }
            return Some(price);
        }
        g.rows.push(ELECTRICITY);
        g.right.push(-base);
        g.factors.extend_from_slice(&g.electricity);
        None
    }

    /// Adds the rows of the shared limits that can bind.
    fn limit_rows(&mut self, step: usize) {
        let g = &mut self.gathered;
        let units = self.chain.units.len();
        for (k, limit) in self.chain.limits.iter().enumerate() {
            let mut right = limit.limit_mw.at(step);
            let factor = |series: &Series| series.at(step);
            let mut most = 0.0;
            for (i, series) in &limit.members {
                let factor = factor(series);
                right -= factor * g.least[*i];
                most += (factor * g.max[*i]).max(0.0);
            }
            if most <= right {
                continue;
            }
            let first = g.factors.len();
            g.factors.resize(first + units, 0.0);
            for (i, series) in &limit.members {
                g.factors[first + i] += factor(series);
            }
            g.rows.push(k as u32);
            g.right.push(right);
        }
    }

    fn couple(&mut self) {
        let g = &mut self.gathered;
        let units = self.chain.units.len();
        g.is_coupled.clear();
        g.is_coupled.resize(units, false);
        for row in g.factors.chunks_exact(units.max(1)) {
            for (is_coupled, (factor, max)) in g.is_coupled.iter_mut().zip(row.iter().zip(&g.max)) {
                *is_coupled |= factor.abs() > 0.0 && *max > 0.0;
            }
        }
    }

    /// The units that share nothing, by cost of heat; those that take heat start in full.
    fn merit_order(&mut self, head: &mut Head) {
        self.merit.clear();
        let g = &self.gathered;
        for (i, unit) in self.chain.units.iter().enumerate() {
            let (max, cost) = (g.max[i], g.cost[i]);
            head.heat += unit.heat * g.least[i];
            head.cost += cost * g.least[i];
            if g.is_coupled[i] || max <= 0.0 {
                continue;
            }
            if unit.heat.abs() > 0.0 {
                self.merit.push(Piece {
                    slope: cost / unit.heat,
                    width: unit.heat.abs() * max,
                    source: Source::Unit(i as u32),
                });
                if unit.heat < 0.0 {
                    head.heat += unit.heat * max;
                    head.cost += cost * max;
                }
            } else {
                head.cost += (cost * max).min(0.0);
            }
        }
        if let Some(price) = self.chain.unserved_eur_mwh {
            self.merit.push(Piece {
                slope: price,
                width: f64::INFINITY,
                source: Source::Unserved,
            });
        }
        // Few and mostly sorted already; stable, so ties keep the order of the list.
        for i in 1..self.merit.len() {
            let mut j = i;
            while j > 0 && self.merit[j - 1].slope > self.merit[j].slope {
                self.merit.swap(j - 1, j);
                j -= 1;
            }
        }
    }

    /// Walks the corners of the coupled units from least to most heat; least heat and its cost.
    fn walk<const S: usize>(
        &mut self,
        step: usize,
        tableau: impl Fn(&mut Tableaus) -> &mut Simplex<S>,
    ) -> Result<(f64, f64), StepFault> {
        let simplex = tableau(&mut self.tableaus);
        let watched = fill(self.chain, &self.gathered, step, simplex);
        if !simplex.make_feasible()? {
            return Err(StepFault::Infeasible);
        }
        simplex.minimise_heat()?;
        let g = &self.gathered;
        let members = || (0..g.max.len()).filter(|&i| g.is_coupled[i]);
        self.curves.open(members().map(|i| i as u32), &g.rows);
        self.curves.stage(f64::NEG_INFINITY, simplex, &watched);
        let (least, mut heat) = (simplex.heat(), simplex.heat());
        let mut cost: f64 = members()
            .enumerate()
            .map(|(column, i)| g.cost[i] * simplex.value_of(column))
            .sum();
        if let (Some(grid), true) = (&self.chain.grid, watched.has_electricity) {
            let buy = watched.members;
            cost += grid.buy_eur_mwh.at(step) * simplex.value_of(buy)
                - grid.sell_eur_mwh.at(step) * simplex.value_of(buy + 1);
        }
        let mut price = f64::NEG_INFINITY;
        for _ in 0..simplex.most_pivots() {
            let Some(next) = simplex.raise_price(price)? else {
                return Ok((least, cost));
            };
            price = next;
            self.curves.stage(price, simplex, &watched);
            if simplex.heat() > heat {
                self.corners.push(Piece {
                    slope: price,
                    width: simplex.heat() - heat,
                    source: Source::Coupled,
                });
                heat = simplex.heat();
            }
        }
        Err(StepFault::Stuck)
    }
}

/// Fills the tableau: coupled units, then bought and sold electricity, then the slacks.
fn fill<const S: usize>(
    chain: &Chain,
    g: &Gathered,
    step: usize,
    simplex: &mut Simplex<S>,
) -> Watched<S> {
    let rows = g.rows.len();
    let units = chain.units.len();
    simplex.clear(rows);
    let mut watched = Watched {
        members: 0,
        has_electricity: g.rows.first() == Some(&ELECTRICITY),
        rows,
        columns: [0; S],
    };
    let mut entries = [0.0; S];
    for (i, unit) in chain.units.iter().enumerate() {
        if g.is_coupled[i] {
            for (row, entry) in entries[..rows].iter_mut().enumerate() {
                *entry = g.factors[row * units + i];
            }
            simplex.add(&Entry {
                cost: g.cost[i],
                heat: unit.heat,
                max: g.max[i],
                rows: &entries[..rows],
            });
            watched.members += 1;
        }
    }
    for (row, &which) in g.rows.iter().enumerate() {
        entries = [0.0; S];
        let mut add = |cost: f64, max: f64, sign: f64| {
            entries[row] = sign;
            let rows = &entries[..rows];
            simplex.add(&Entry {
                cost,
                heat: 0.0,
                max,
                rows,
            })
        };
        watched.columns[row] = match (&chain.grid, which) {
            (Some(grid), ELECTRICITY) => {
                let buy = add(grid.buy_eur_mwh.at(step), grid.max_buy_mw.at(step), -1.0);
                add(-grid.sell_eur_mwh.at(step), grid.max_sell_mw.at(step), 1.0);
                buy
            }
            _ => add(0.0, f64::INFINITY, 1.0),
        };
    }
    for (row, &right) in g.right.iter().enumerate() {
        let is_surplus = g.rows[row] == ELECTRICITY && right > 0.0;
        // A surplus from least activities is sold: the column after what is bought.
        let column = watched.columns[row] + usize::from(is_surplus);
        simplex.start(column, row, right);
    }
    watched
}
