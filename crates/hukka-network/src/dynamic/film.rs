//! A pipe whose wall takes heat from the water through the film between them.
//!
//! Water moves as plugs along `n` cells of wall. Where plug and cell overlap they exchange heat:
//! `dh/dt = −g (h − w)`, `dw/dt = g/r (h − w) − k_w (w − h_g)`, with `g = α π d L / (M c)`, the
//! heat `r` a wall holds per heat of its water, and `w` the enthalpy water has at the wall's
//! temperature. Each overlap is integrated exactly; motion and exchange alternate symmetrically
//! (Strang), the water moving at most one cell at a time. Turbulence spreads fronts a little.

use super::checkpoint::{Reader, Writer};
use super::error::Error;
use super::plug::Around;
use super::signal::Signal;
use std::collections::VecDeque;

/// Cells a pipe has at least and at most.
const CELLS: (usize, usize) = (4, 160);
/// Length of a cell, m, where the number allows.
const CELL_M: f64 = 0.2;
/// Parts of a cell smaller than this are merged with their neighbour.
const CRUMB: f64 = 0.05;

/// What water and wall do to each other in a step.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Exchange {
    /// Film coefficient times wetted area over the heat capacity of the water, 1/s.
    pub(crate) film: f64,
    /// Dispersion over the square of the pipe's length, 1/s.
    pub(crate) spread: f64,
}

/// Water and wall of one pipe, from its start to its end.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FilmPipe {
    /// Water held, kg.
    content: f64,
    /// Heat the wall holds per heat of the water.
    ratio: f64,
    /// `(mass, enthalpy)` from the start of the pipe.
    water: VecDeque<(f64, f64)>,
    wall: Vec<f64>,
    gain: Vec<f64>,
    /// Heat lost since the start, J.
    pub(crate) lost: f64,
}

impl FilmPipe {
    /// A pipe at an enthalpy that runs linearly from its start to its end.
    pub(crate) fn new(content: f64, ratio: f64, length_m: f64, (start, end): (f64, f64)) -> Self {
        Self::with_cells(content, ratio, Self::cells(length_m), (start, end))
    }

    /// Cells of a pipe of this length.
    pub(crate) fn cells(length_m: f64) -> usize {
        ((length_m / CELL_M).ceil() as usize).clamp(CELLS.0, CELLS.1)
    }

    fn with_cells(content: f64, ratio: f64, cells: usize, (start, end): (f64, f64)) -> Self {
        let at = |i: usize| start + (end - start) * (i as f64 + 0.5) / cells as f64;
        Self {
            content,
            ratio,
            water: (0..cells)
                .map(|i| (content / cells as f64, at(i)))
                .collect(),
            wall: (0..cells).map(at).collect(),
            gain: vec![0.0; cells],
            lost: 0.0,
        }
    }

    /// Heat held by water and wall, J.
    pub(crate) fn stored(&self) -> f64 {
        let water: f64 = self.water.iter().map(|(mass, h)| mass * h).sum();
        let cell = self.ratio * self.content / self.wall.len() as f64;
        water + cell * self.wall.iter().sum::<f64>()
    }

    /// Enthalpy of the water at an end of the pipe.
    pub(crate) fn at_end(&self, is_end: bool) -> Option<f64> {
        let plug = |i: usize| self.water.get(i).map(|p| p.1);
        let n = self.water.len();
        if is_end {
            plug(n.wrapping_sub(1))
        } else {
            plug(0)
        }
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.number(self.lost);
        out.numbers(&self.wall);
        out.count(self.water.len());
        for (mass, h) in &self.water {
            out.number(*mass);
            out.number(*h);
        }
    }

    pub(crate) fn read(&mut self, from: &mut Reader<'_>) -> Result<(), Error> {
        self.lost = from.number()?;
        from.numbers_into(&mut self.wall)?;
        let plugs = from.count()?;
        self.water.clear();
        for _ in 0..plugs {
            self.water.push_back((from.number()?, from.number()?));
        }
        Ok(())
    }

    /// Gives heat to the last `mass` that entered, evenly.
    pub(crate) fn correct(&mut self, forward: bool, mass: f64, heat: f64) {
        let mass = mass.min(self.content);
        let n = self.water.len();
        let mut left = mass;
        for i in 0..n {
            let plug = &mut self.water[if forward { i } else { n - 1 - i }];
            let part = plug.0.min(left);
            plug.1 += heat * (part / mass) / plug.0;
            left -= part;
            if left <= 0.0 {
                return;
            }
        }
    }

    /// Lets a mass flow through for a step: positive from the start to the end of the pipe.
    ///
    /// `around.cooling` is that of the water were it alone: `u L / (M c)`.
    pub(crate) fn advance(
        &mut self,
        mass: f64,
        inflow: &Signal,
        around: &Around,
        exchange: &Exchange,
    ) -> Signal {
        let cell = self.content / self.wall.len() as f64;
        let moves = ((mass.abs() / cell).ceil() as usize).max(1);
        let seconds = around.seconds / moves as f64;
        let mut out = Signal::EMPTY;
        self.exchange(0.5 * seconds, around, exchange);
        for i in 0..moves {
            let (from, to) = (i as f64 / moves as f64, (i + 1) as f64 / moves as f64);
            if mass.abs() > 0.0 {
                let value = self.shift(mass / moves as f64, inflow.mean_between(from, to), cell);
                out.push(1.0 / moves as f64, value);
            }
            self.spread(seconds, exchange);
            let is_last = i + 1 == moves;
            let pause = if is_last { 0.5 * seconds } else { seconds };
            self.exchange(pause, around, exchange);
        }
        if mass.abs() > 0.0 {
            out
        } else {
            Signal::constant(self.at_end(true).unwrap_or(around.ground))
        }
    }

    /// Moves the water by at most one cell; returns the mean of what leaves.
    fn shift(&mut self, mass: f64, inflow: f64, cell: f64) -> f64 {
        let forward = mass > 0.0;
        let through = mass.abs();
        let (mut left, mut heat) = (through, 0.0);
        while left > 0.0 {
            let Some((held, h)) = (if forward {
                self.water.pop_back()
            } else {
                self.water.pop_front()
            }) else {
                break;
            };
            let taken = held.min(left);
            heat += taken * h;
            left -= taken;
            let mut rest = (held - taken, h);
            if rest.0 <= 0.0 {
                continue;
            }
            if rest.0 < CRUMB * cell {
                let next = if forward {
                    self.water.pop_back()
                } else {
                    self.water.pop_front()
                };
                rest = next.map_or(rest, |next| joined(rest, next));
            }
            if forward {
                self.water.push_back(rest);
            } else {
                self.water.push_front(rest);
            }
            break;
        }
        heat += left * inflow;
        let mut plug = (through - left, inflow);
        let first = if forward {
            self.water.front().copied()
        } else {
            self.water.back().copied()
        };
        if let Some(first) = first
            && (first.0 < 0.5 * cell || plug.0 < CRUMB * cell)
        {
            plug = joined(plug, first);
            if forward {
                self.water.pop_front();
            } else {
                self.water.pop_back();
            }
        }
        if forward {
            self.water.push_front(plug);
        } else {
            self.water.push_back(plug);
        }
        heat / through
    }

    /// Exchange between water and wall, and loss of the wall, for some seconds.
    fn exchange(&mut self, seconds: f64, around: &Around, exchange: &Exchange) {
        let r = self.ratio;
        let cells = self.wall.len();
        let cell = self.content / cells as f64;
        let settled = -(-exchange.film * (1.0 + 1.0 / r) * seconds).exp_m1();
        let given = settled * r / (1.0 + r);
        self.gain.fill(0.0);
        let (mut j, mut room) = (0, cell);
        for (mass, h) in &mut self.water {
            let (mut left, mut lost) = (*mass, 0.0);
            while left > 0.0 {
                let part = if j + 1 == cells { left } else { left.min(room) };
                let heat = part * given * (*h - self.wall[j]);
                lost += heat;
                self.gain[j] += heat;
                left -= part;
                room -= part;
                if room <= 0.0 && j + 1 < cells {
                    j += 1;
                    room = cell;
                }
            }
            *h -= lost / *mass;
        }
        let less = -(-around.cooling / r * seconds).exp_m1();
        let holds = r * cell;
        for (w, gain) in self.wall.iter_mut().zip(&self.gain) {
            let lost = (*w - around.ground + gain / holds) * less;
            *w += gain / holds - lost;
            self.lost += holds * lost;
        }
    }

    /// Mixing along the flow.
    fn spread(&mut self, seconds: f64, exchange: &Exchange) {
        if exchange.spread <= 0.0 {
            return;
        }
        let amount = exchange.spread * self.content * self.content * seconds;
        let mut carried = 0.0;
        for i in 0..self.water.len() {
            let (mass, h) = self.water[i];
            let mut moved = 0.0;
            if let Some(&(next, other)) = self.water.get(i + 1) {
                let share = (2.0 * amount / (mass + next)).min(0.25 * mass.min(next));
                moved = share * (h - other);
            }
            self.water[i].1 += (carried - moved) / mass;
            carried = moved;
        }
    }
}

fn joined(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    let mass = a.0 + b.0;
    (mass, a.1 + (b.1 - a.1) * (b.0 / mass))
}

#[cfg(test)]
mod tests;
