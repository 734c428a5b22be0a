//! A pipe as a row of plugs: water that moves without mixing and cools towards the ground.
//!
//! The wall takes part with the temperature of the water beside it: a metre of pipe holds the heat
//! of its water and of its steel, so a front runs slower than the water by that share. In terms of
//! mass the pipe is longer than it is. Everything is enthalpy of water, J/kg; a plug is given by
//! its mass, its mean, and how much longer its one edge has been in the pipe than its other, for
//! within a plug the older water is the cooler.
//!
//! `dh/dt = −k (h − h_g)`, `k = u L / (M c)` with `c = (h − h_g)/(T − T_g)`, is integrated exactly
//! over every part of a plug and every time it leaves at: flow and ground are steady in a step.

use super::checkpoint::{Reader, Writer};
use super::error::Error;
use super::signal::Signal;
use std::collections::VecDeque;

/// Plugs a pipe can hold by default; more are merged where it hurts least.
pub(crate) const MOST_PLUGS: usize = 48;
/// Shares of the content smaller than this are rounding.
const CRUMB: f64 = 1e-12;

/// Water of one origin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Plug {
    /// Mass, kg, the wall's share included.
    pub(crate) mass: f64,
    /// Mean enthalpy, J/kg.
    pub(crate) enthalpy: f64,
    /// How much longer the edge towards the pipe's end has been in the pipe than the other, s.
    pub(crate) ageing: f64,
}

/// What a step does to a pipe.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Around {
    /// Length of the step, s.
    pub(crate) seconds: f64,
    /// Cooling constant, 1/s.
    pub(crate) cooling: f64,
    /// Enthalpy at ground temperature, J/kg.
    pub(crate) ground: f64,
}

/// The content of one pipe, from its start to its end.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Plugs {
    /// Mass held, kg, the wall's share included.
    content: f64,
    row: VecDeque<Plug>,
    most: usize,
    /// Heat lost since the start, J.
    pub(crate) lost: f64,
}

/// `(eˣ − 1)/x`.
#[inline]
pub(crate) fn mean_growth(x: f64) -> f64 {
    if x.abs() < 0.03 {
        1.0 + x * (0.5 + x * (1.0 / 6.0 + x * (1.0 / 24.0 + x * (1.0 / 120.0))))
    } else {
        x.exp_m1() / x
    }
}

/// `eˣ`, cheap for small `x`.
#[inline]
fn growth(x: f64) -> f64 {
    if x.abs() < 0.03 {
        1.0 + x * mean_growth(x)
    } else {
        x.exp()
    }
}

/// What is left of the excess at a plug's outer edge, as a mean over the part that leaves from
/// `time` on; `younger` is how much less time its last water spends in the pipe than its first.
#[inline]
fn leaving_share(k: f64, time: f64, younger: f64) -> f64 {
    growth(-k * time) * mean_growth(k * younger)
}

impl Plugs {
    /// A pipe at an enthalpy that runs linearly from its start to its end.
    pub(crate) fn new(content: f64, (start, end): (f64, f64), most: usize) -> Self {
        let pieces = if (start - end).abs() > 1.0 {
            most.clamp(1, 16)
        } else {
            1
        };
        let row = (0..pieces)
            .map(|i| {
                let at = (i as f64 + 0.5) / pieces as f64;
                Plug {
                    mass: content / pieces as f64,
                    enthalpy: start + (end - start) * at,
                    ageing: 0.0,
                }
            })
            .collect();
        Self {
            content,
            row,
            most: most.max(2),
            lost: 0.0,
        }
    }

    /// Mass held, kg, the wall's share included.
    pub(crate) const fn content(&self) -> f64 {
        self.content
    }

    /// Heat held, J.
    pub(crate) fn stored(&self) -> f64 {
        self.row.iter().map(|plug| plug.mass * plug.enthalpy).sum()
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.number(self.lost);
        out.count(self.row.len());
        for plug in &self.row {
            out.number(plug.mass);
            out.number(plug.enthalpy);
            out.number(plug.ageing);
        }
    }

    pub(crate) fn read(&mut self, from: &mut Reader<'_>) -> Result<(), Error> {
        self.lost = from.number()?;
        let plugs = from.count()?;
        self.row.clear();
        for _ in 0..plugs {
            self.row.push_back(Plug {
                mass: from.number()?,
                enthalpy: from.number()?,
                ageing: from.number()?,
            });
        }
        Ok(())
    }

    /// Enthalpy right at an end of the pipe; `cooling` and `ground` as in [`Around`].
    pub(crate) fn at_end(&self, is_end: bool, around: &Around) -> f64 {
        let plug = if is_end {
            self.row.back()
        } else {
            self.row.front()
        };
        plug.map_or(around.ground, |plug| {
            let older = if is_end { plug.ageing } else { -plug.ageing };
            let x = around.cooling * older;
            around.ground + (plug.enthalpy - around.ground) / mean_growth(x)
        })
    }

    /// Lets a mass flow through for a step: positive from the start to the end of the pipe.
    ///
    /// Returns what leaves. Heat that leaves, stays and is lost add up to what was there and what
    /// entered, to rounding.
    pub(crate) fn advance(&mut self, mass: f64, inflow: &Signal, around: &Around) -> Signal {
        let forward = mass >= 0.0;
        let through = mass.abs();
        let mut out = Signal::EMPTY;
        if self.content <= 0.0 {
            return *inflow;
        }
        if through <= CRUMB * self.content {
            self.cool(around);
            return Signal::constant(self.at_end(forward, around));
        }
        let leaving = through.min(self.content);
        self.pop(leaving, (forward, through), around, &mut out);
        self.cool(around);
        let delay = around.seconds * (self.content / through);
        self.push(inflow, (forward, through), delay, around, &mut out);
        out
    }

    /// What [`Self::advance`] would return, with nothing moved.
    pub(crate) fn peek(&self, mass: f64, inflow: &Signal, around: &Around) -> Signal {
        let forward = mass >= 0.0;
        let through = mass.abs();
        if self.content <= 0.0 {
            return *inflow;
        }
        if through <= CRUMB * self.content {
            return Signal::constant(self.at_end(forward, around));
        }
        let mut out = Signal::EMPTY;
        let (k, ground, seconds) = (around.cooling, around.ground, around.seconds);
        let (mut left, mut time) = (through.min(self.content), 0.0);
        let n = self.row.len();
        for i in 0..n {
            if left <= CRUMB * self.content {
                break;
            }
            let plug = &self.row[if forward { n - 1 - i } else { i }];
            let older = if forward { plug.ageing } else { -plug.ageing };
            let taken = plug.mass.min(left);
            let spell = taken / through * seconds;
            let oldest = (plug.enthalpy - ground) / mean_growth(k * older);
            let part = older * (taken / plug.mass) - spell;
            out.push(
                taken / through,
                ground + oldest * leaving_share(k, time, part),
            );
            left -= taken;
            time += spell;
        }
        if through > self.content {
            let delay = seconds * (self.content / through);
            let (at_delay, last) = (growth(-k * delay), seconds - delay);
            let mut from = 0.0;
            for (width, enthalpy) in inflow.spells() {
                let to = (from + width * seconds).min(last).max(from);
                out.push(
                    (to - from) / seconds,
                    ground + (enthalpy - ground) * at_delay,
                );
                from += width * seconds;
            }
        }
        out
    }

    /// Takes `leaving` out at the far end.
    fn pop(
        &mut self,
        leaving: f64,
        (forward, through): (bool, f64),
        around: &Around,
        out: &mut Signal,
    ) {
        let (k, ground) = (around.cooling, around.ground);
        let per_kg = around.seconds / through;
        let (mut left, mut time) = (leaving, 0.0);
        let is_emptied = leaving >= self.content;
        while is_emptied || left > CRUMB * self.content {
            let Some(plug) = (if forward {
                self.row.pop_back()
            } else {
                self.row.pop_front()
            }) else {
                break;
            };
            let older = if forward { plug.ageing } else { -plug.ageing };
            let is_whole = is_emptied || plug.mass <= left * (1.0 + CRUMB);
            let taken = if is_whole { plug.mass } else { left };
            let share = taken / plug.mass;
            let spell = taken * per_kg;
            let oldest = (plug.enthalpy - ground) / mean_growth(k * older);
            let excess = oldest * leaving_share(k, time, older * share - spell);
            out.push(taken / through, ground + excess);
            let before = if is_whole {
                plug.enthalpy
            } else {
                let rest =
                    oldest * growth(k * older * share) * mean_growth(k * older * (1.0 - share));
                let kept = Plug {
                    mass: plug.mass - taken,
                    enthalpy: ground + rest,
                    ageing: plug.ageing * (1.0 - share),
                };
                if forward {
                    self.row.push_back(kept);
                } else {
                    self.row.push_front(kept);
                }
                // what the split leaves to the part taken, so that no heat is made or lost
                (plug.mass * plug.enthalpy - kept.mass * kept.enthalpy) / taken
            };
            self.lost += taken * (before - (ground + excess));
            left -= taken;
            time += spell;
        }
    }

    /// Cools what stays for the whole step.
    fn cool(&mut self, around: &Around) {
        let less = -(-around.cooling * around.seconds).exp_m1();
        for plug in &mut self.row {
            let lost = (plug.enthalpy - around.ground) * less;
            plug.enthalpy -= lost;
            self.lost += plug.mass * lost;
        }
    }

    /// Lets the inflow in; what runs through within the step goes out at once.
    fn push(
        &mut self,
        inflow: &Signal,
        (forward, through): (bool, f64),
        delay: f64,
        around: &Around,
        out: &mut Signal,
    ) {
        let (k, seconds) = (around.cooling, around.seconds);
        let last_through = seconds - delay;
        let at_delay = growth(-k * delay);
        let (mut from, mut room) = (0.0, through.min(self.content));
        let last = inflow.spells().count();
        for (i, (width, enthalpy)) in inflow.spells().enumerate() {
            let to = if i + 1 == last {
                seconds
            } else {
                (from + width * seconds).min(seconds)
            };
            let excess = enthalpy - around.ground;
            let passing = to.min(last_through) - from;
            if passing > 0.0 {
                out.push(passing / seconds, around.ground + excess * at_delay);
                self.lost += passing / seconds * through * excess * (1.0 - at_delay);
            }
            let enters = from.max(last_through);
            if to > enters {
                let spell = to - enters;
                let left = growth(-k * (seconds - to)) * mean_growth(-k * spell);
                let mass = if i + 1 == last {
                    room
                } else {
                    (through * spell / seconds).min(room)
                };
                room -= mass;
                self.lost += mass * excess * (1.0 - left);
                let plug = Plug {
                    mass,
                    enthalpy: around.ground + excess * left,
                    ageing: if forward { spell } else { -spell },
                };
                self.add(plug, forward);
            }
            from = to;
        }
    }

    /// Gives heat to the last `mass` that entered, evenly.
    pub(crate) fn correct(&mut self, forward: bool, mass: f64, heat: f64) {
        let mass = mass.min(self.content);
        let n = self.row.len();
        let mut left = mass;
        for i in 0..n {
            let plug = &mut self.row[if forward { i } else { n - 1 - i }];
            let part = plug.mass.min(left);
            plug.enthalpy += heat * (part / mass) / plug.mass;
            left -= part;
            if left <= 0.0 {
                return;
            }
        }
    }

    fn add(&mut self, plug: Plug, forward: bool) {
        let last = if forward {
            self.row.front_mut()
        } else {
            self.row.back_mut()
        };
        if let Some(last) = last
            && (plug.mass <= CRUMB * self.content || last.mass <= CRUMB * self.content)
        {
            *last = joined(last, &plug);
            return;
        }
        if forward {
            self.row.push_front(plug);
        } else {
            self.row.push_back(plug);
        }
        if self.row.len() > self.most {
            self.merge_one();
        }
    }

    /// Merges the two neighbours whose merging loses least detail.
    fn merge_one(&mut self) {
        let mut least = (0, f64::INFINITY);
        for i in 0..self.row.len() - 1 {
            let (a, b) = (&self.row[i], &self.row[i + 1]);
            let step = a.enthalpy - b.enthalpy;
            // the second term keeps plugs of equal temperature from piling up as crumbs
            let cost = a.mass * b.mass / (a.mass + b.mass) * (step * step + 1e-3);
            if cost < least.1 {
                least = (i, cost);
            }
        }
        let i = least.0;
        if let Some(second) = self.row.remove(i + 1) {
            self.row[i] = joined(&self.row[i], &second);
        }
    }
}

/// Two neighbours as one: mass and heat are kept.
fn joined(a: &Plug, b: &Plug) -> Plug {
    let mass = a.mass + b.mass;
    Plug {
        mass,
        enthalpy: a.enthalpy + (b.enthalpy - a.enthalpy) * (b.mass / mass),
        ageing: a.ageing + b.ageing,
    }
}

#[cfg(test)]
mod tests;
