//! How well an hour serves the consumers: what a supply temperature must not spoil.

use crate::chunk::At;
use crate::plan::Plan;
use crate::solver::{Boundary, Hour};
use crate::year::Year;
use hukka_units::{SECONDS_PER_HOUR, TimeSpan};

/// A consumer that misses more than this share of the heat misses some.
const SHORTFALL_SHARE: f64 = 1e-6;
/// Differences below these count as none.
const MARGIN_DUST_K: f64 = 1e-6;
const USE_DUST: f64 = 1e-9;
/// Hours ahead that a level must hold, whatever the delay.
const MOST_DELAY_H: usize = 48;

/// How well one hour serves the consumers. SI.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct HourService {
    is_solved: bool,
    margin_k: f64,
    pipe_use: f64,
    shortfall: f64,
}

impl HourService {
    pub(crate) fn of<const L: usize>(
        plan: &Plan<'_>,
        (solver, l): At<'_, L>,
        boundary: &Boundary<'_>,
        hour: &Hour,
    ) -> Self {
        let mut margin_k = f64::INFINITY;
        for (i, connected) in plan.inputs.design.connected.iter().enumerate() {
            if boundary.draws[i].heat_w > 0.0 {
                let consumer = &plan.inputs.demand.consumers[connected.consumer];
                let found = solver.supply.temperature[solver.draws.place[i]][l];
                margin_k = margin_k.min(found - consumer.required_supply_temperature.k());
            }
        }
        let pipes = solver.network.trench_pipe.iter().zip(&plan.limits);
        let pipe_use = pipes.map(|(&(pipe, _), &(most_flow, most_drop))| {
            let flow = solver.supply.mass_flow[pipe][l].abs() / most_flow;
            flow.max(solver.supply.friction[pipe][l].abs() / most_drop)
        });
        let asked = hour.delivered_w + hour.shortfall_w;
        Self {
            is_solved: hour.is_converged && hour.is_finite,
            margin_k,
            pipe_use: pipe_use.fold(0.0, f64::max),
            shortfall: hour.shortfall_w / asked.max(f64::MIN_POSITIVE),
        }
    }

    /// Whether nobody is worse off than with the curve, or needs no better.
    ///
    /// Nobody who gets the water he needs loses it, no pipe comes to or goes further beyond its
    /// limits of velocity and gradient, and no heat is missing that was there.
    fn is_as_good_as(&self, curve: &Self) -> bool {
        self.is_solved
            && self.margin_k >= curve.margin_k.min(0.0) - MARGIN_DUST_K
            && self.pipe_use <= curve.pipe_use.max(1.0) + USE_DUST
            && self.shortfall <= curve.shortfall + SHORTFALL_SHARE
    }
}

/// How well each hour of a simulated year serves the consumers.
#[derive(Debug, Clone, Default)]
pub struct Service {
    hours: Vec<HourService>,
    /// Hours that the water of each hour is on its way to the index consumer.
    delay_h: Vec<usize>,
}

impl PartialEq for Service {
    fn eq(&self, other: &Self) -> bool {
        let same = |(a, b): (&HourService, &HourService)| {
            let bits = |hour: &HourService| {
                [hour.margin_k, hour.pipe_use, hour.shortfall].map(f64::to_bits)
            };
            a.is_solved == b.is_solved && bits(a) == bits(b)
        };
        self.delay_h == other.delay_h
            && self.hours.len() == other.hours.len()
            && self.hours.iter().zip(&other.hours).all(same)
    }
}

impl Service {
    pub(crate) fn of(year: &mut Year) -> Self {
        let whole = |seconds: f64| {
            let hours = (seconds / SECONDS_PER_HOUR).ceil().max(0.0);
            (hours as usize).min(MOST_DELAY_H)
        };
        let delay_h = year.rows.iter().map(|row| whole(row.delay_s)).collect();
        Self {
            hours: std::mem::take(&mut year.service),
            delay_h,
        }
    }

    /// Hours in which the plant may give this supply temperature instead of the curve's.
    ///
    /// Allowed is an hour in which no consumer gets colder water than he needs (or, where the curve
    /// itself gives less, than the curve's worst), no pipe is loaded beyond its limits (or the
    /// curve's worst), and no heat is missing that the curve delivers. The water arrives later than
    /// it leaves: all this must hold from the hour in which it leaves to the one in which it
    /// reaches the index consumer, by [`hukka_model::NetworkHourly::index_delay`].
    ///
    /// # Shapes  both years of the same axis
    pub fn allowed(&self, curve: &Self) -> Vec<bool> {
        let good: Vec<bool> = self
            .hours
            .iter()
            .zip(&curve.hours)
            .map(|(level, curve)| level.is_as_good_as(curve))
            .collect();
        let holds = |t: usize| {
            let last = (t + self.delay_h[t]).min(good.len() - 1);
            good[t..=last].iter().all(|good| *good)
        };
        (0..good.len()).map(holds).collect()
    }

    /// Longest way of the water to the index consumer in any hour, whole hours.
    pub fn longest_delay(&self) -> TimeSpan {
        TimeSpan::from_h(self.delay_h.iter().copied().max().unwrap_or(0) as f64)
    }

    /// Least margin of any served consumer's water over what he needs, by hour, kelvin; infinite
    /// in hours in which nobody draws heat.
    pub fn margins_k(&self) -> Vec<f64> {
        self.hours.iter().map(|hour| hour.margin_k).collect()
    }
}
