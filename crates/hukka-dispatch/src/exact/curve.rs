//! The least cost of a net heat in each step, with what it takes to split it over units.

use super::chain::Chain;
use super::hour::ELECTRICITY;
use super::simplex::Simplex;
use super::value::sides;

/// Whose heat a piece of the curve is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// The units that share electricity or a limit.
    Coupled,
    /// A unit that shares nothing.
    Unit(u32),
    /// Heat not supplied.
    Unserved,
}

/// A piece of a convex curve: over `width` MW of heat each costs `slope` EUR/MWh.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Piece {
    pub(super) slope: f64,
    pub(super) width: f64,
    pub(super) source: Source,
}

/// Where a step's curve begins, and where its parts stand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Head {
    /// Least net heat, MW.
    pub(super) heat: f64,
    /// Its cost, EUR/h.
    pub(super) cost: f64,
    /// Price of electricity where it is priced into the units.
    pub(super) fixed_price: Option<f64>,
    piece: u32,
    member: u32,
    row: u32,
    stage: u32,
}

/// What a stage remembers of a tableau: the first columns, and of each row the column whose reduced
/// cost is the row's worth (its slack, or what is bought).
#[derive(Debug, Clone, Copy)]
pub(super) struct Watched<const S: usize> {
    pub(super) members: usize,
    pub(super) has_electricity: bool,
    pub(super) rows: usize,
    pub(super) columns: [usize; S],
}

/// Curves of all steps.
///
/// A *stage* is a basis of the coupled units: from `price` on these are their activities, and the
/// worth of each row is `constant − price · slope`. Numbers of a stage stand together: price, heat,
/// activities of the members, then bought and sold if there is a row of electricity, then two
/// numbers per row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Curves {
    heads: Vec<Head>,
    pieces: Vec<Piece>,
    members: Vec<u32>,
    rows: Vec<u32>,
    stages: Vec<f64>,
}

/// One step's parts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Curve<'a> {
    pub(super) head: &'a Head,
    pub(super) pieces: &'a [Piece],
    members: &'a [u32],
    rows: &'a [u32],
    stages: &'a [f64],
}

impl Curves {
    pub(super) fn with_capacity(steps: usize, units: usize) -> Self {
        Self {
            heads: Vec::with_capacity(steps + 1),
            pieces: Vec::with_capacity(steps * (units + 2)),
            members: Vec::with_capacity(steps * units),
            rows: Vec::with_capacity(steps * 2),
            stages: Vec::with_capacity(steps * units * 8),
        }
    }

    /// A head for the step that comes next.
    pub(super) fn head(&self) -> Head {
        Head {
            heat: 0.0,
            cost: 0.0,
            fixed_price: None,
            piece: self.pieces.len() as u32,
            member: self.members.len() as u32,
            row: self.rows.len() as u32,
            stage: self.stages.len() as u32,
        }
    }

    /// Opens the stages of the step that comes next.
    pub(super) fn open(&mut self, members: impl Iterator<Item = u32>, rows: &[u32]) {
        self.members.extend(members);
        self.rows.extend_from_slice(rows);
    }

    /// Adds a stage.
    pub(super) fn stage<const S: usize>(
        &mut self,
        price: f64,
        simplex: &Simplex<S>,
        watched: &Watched<S>,
    ) {
        self.stages.push(price);
        self.stages.push(simplex.heat());
        let values = watched.members + if watched.has_electricity { 2 } else { 0 };
        self.stages.extend((0..values).map(|j| simplex.value_of(j)));
        for &column in &watched.columns[..watched.rows] {
            let (constant, slope) = simplex.reduced(column);
            self.stages.push(constant);
            self.stages.push(slope);
        }
    }

    /// Closes the step: merges the corners of the coupled units with the others, coupled first
    /// among equals.
    pub(super) fn push(&mut self, head: Head, coupled: &[Piece], merit: &[Piece]) {
        let mut rest = merit.iter().peekable();
        for piece in coupled {
            while let Some(other) = rest.next_if(|other| other.slope < piece.slope) {
                self.pieces.push(*other);
            }
            self.pieces.push(*piece);
        }
        self.pieces.extend(rest);
        self.heads.push(head);
    }

    pub(super) fn of(&self, step: usize) -> Curve<'_> {
        let head = &self.heads[step];
        let next = self.heads.get(step + 1);
        let end = |from: fn(&Head) -> u32, all: usize| next.map_or(all, |h| from(h) as usize);
        Curve {
            head,
            pieces: &self.pieces[head.piece as usize..end(|h| h.piece, self.pieces.len())],
            members: &self.members[head.member as usize..end(|h| h.member, self.members.len())],
            rows: &self.rows[head.row as usize..end(|h| h.row, self.rows.len())],
            stages: &self.stages[head.stage as usize..end(|h| h.stage, self.stages.len())],
        }
    }
}

/// Electricity of a step, MW.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Traded {
    pub(super) buy: f64,
    pub(super) sell: f64,
}

impl Curve<'_> {
    fn has_electricity(&self) -> bool {
        self.rows.first() == Some(&ELECTRICITY)
    }

    fn stride(&self) -> usize {
        let traded = if self.has_electricity() { 2 } else { 0 };
        2 + self.members.len() + traded + 2 * self.rows.len()
    }

    /// Slopes of the curve just below and above a heat, EUR/MWh, heat within `tolerance` of a
    /// corner counting as there.
    pub(super) fn slopes(&self, heat: f64, tolerance: f64) -> (f64, f64) {
        let pieces = self.pieces.iter().map(|piece| (piece.width, piece.slope));
        sides(pieces, heat - self.head.heat, tolerance)
    }

    /// Splits a net heat over the units (into `activity`, one per unit); what is traded and what is
    /// not served.
    pub(super) fn split(
        &self,
        chain: &Chain,
        step: usize,
        heat: f64,
        activity: &mut [f64],
    ) -> (Traded, f64) {
        let price = self.head.fixed_price.unwrap_or(0.0);
        for (unit, activity) in chain.units.iter().zip(activity.iter_mut()) {
            let (least, max) = (unit.min_mw.at(step), unit.max_mw.at(step));
            let priced = || unit.cost_eur_mwh.at(step) + price * unit.electricity.at(step);
            let starts = unit.heat < 0.0 || (unit.heat <= 0.0 && priced() < 0.0);
            *activity = if starts { max } else { least };
        }
        let mut left = (heat - self.head.heat).max(0.0);
        let rounding = 1e-14 * (1.0 + heat.abs());
        let (mut coupled, mut unserved) = (0.0, 0.0);
        for piece in self.pieces {
            if left <= rounding {
                break;
            }
            let taken = left.min(piece.width);
            left -= taken;
            match piece.source {
                Source::Coupled => coupled += taken,
                Source::Unserved => unserved += taken,
                Source::Unit(i) => {
                    let unit = &chain.units[i as usize];
                    let (least, max) = (unit.min_mw.at(step), unit.max_mw.at(step));
                    let share = taken / unit.heat.abs();
                    activity[i as usize] = match (unit.heat > 0.0, taken < piece.width) {
                        (true, true) => (least + share).min(max),
                        (true, false) => max,
                        (false, true) => (max - share).max(least),
                        (false, false) => least,
                    };
                }
            }
        }
        let mut traded = Traded::default();
        if !self.rows.is_empty() {
            traded = self.split_coupled(chain, step, coupled, activity);
        }
        if !self.has_electricity() && chain.grid.is_some() {
            let net: f64 = chain
                .units
                .iter()
                .zip(activity.iter())
                .map(|(unit, a)| unit.electricity.at(step) * a)
                .sum();
            traded = Traded {
                buy: net.max(0.0),
                sell: (-net).max(0.0),
            };
        }
        (traded, unserved)
    }

    /// Activities of the coupled units between the two stages that enclose their heat.
    fn split_coupled(
        &self,
        chain: &Chain,
        step: usize,
        above_least: f64,
        activity: &mut [f64],
    ) -> Traded {
        let stride = self.stride();
        let stages = || self.stages.chunks_exact(stride);
        let heat = self.stages[1] + above_least;
        let after = stages().position(|stage| stage[1] >= heat);
        let last = stages().count() - 1;
        let after = after.unwrap_or(last);
        let before = after.saturating_sub(1);
        let stage = |k: usize| &self.stages[k * stride..][..stride];
        let (from, to) = (stage(before), stage(after));
        let share = if to[1] > from[1] {
            ((heat - from[1]) / (to[1] - from[1])).clamp(0.0, 1.0)
        } else {
            1.0
        };
        let between = |j: usize| from[j] + share * (to[j] - from[j]);
        for (j, &member) in self.members.iter().enumerate() {
            let least = chain.units[member as usize].min_mw.at(step);
            activity[member as usize] = least + between(2 + j);
        }
        let first = 2 + self.members.len();
        if self.has_electricity() {
            Traded {
                buy: between(first),
                sell: between(first + 1),
            }
        } else {
            Traded::default()
        }
    }

    /// Worth of each limit (into `worth`, EUR/MWh, zero where it does not bind) and the price of
    /// electricity in the park, when heat has a price.
    pub(super) fn duals(&self, chain: &Chain, step: usize, price: f64, worth: &mut [f64]) -> f64 {
        let mut electricity = self.head.fixed_price.unwrap_or(0.0);
        if self.rows.is_empty() {
            return electricity;
        }
        let stride = self.stride();
        let count = self
            .stages
            .chunks_exact(stride)
            .take_while(|stage| stage[0] <= price)
            .count()
            .max(1);
        let stage = &self.stages[(count - 1) * stride..][..stride];
        let numbers = &stage[stride - 2 * self.rows.len()..];
        for (&row, pair) in self.rows.iter().zip(numbers.chunks_exact(2)) {
            let reduced = if pair[1].abs() > 0.0 {
                pair[0] - price * pair[1]
            } else {
                pair[0]
            };
            if row == ELECTRICITY {
                let buy = chain.grid.as_ref().map_or(0.0, |g| g.buy_eur_mwh.at(step));
                electricity = buy - reduced;
            } else {
                worth[row as usize] = reduced.max(0.0);
            }
        }
        electricity
    }
}
