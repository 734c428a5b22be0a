//! What a supply temperature costs hour by hour, and the cheapest way through the year.
//!
//! EUR, MW and kelvin.

use crate::run::solve;
use crate::terms::{electricity_price, terms};
use crate::{Error, Inputs, Options, check};
use hukka_model::DispatchPlan;
use hukka_units::{ElectricPower, Money};

/// Costs closer than this count as the same, EUR: no reason to move the temperature.
const SAME_EUR: f64 = 1e-6;
/// Rounding when the ramp is compared.
const RAMP_DUST_K: f64 = 1e-9;

/// What the pumps of the network cost in a year: `Σ_t p_el,t · P_pump,t`, fee and tax included.
///
/// # Errors  series that do not fit the axis
pub fn pumping_cost(inputs: &Inputs<'_>) -> Result<Money, Error> {
    Ok(Money::from_eur(pumping(inputs)?.iter().sum()))
}

fn pumping(inputs: &Inputs<'_>) -> Result<Vec<f64>, Error> {
    let power = &inputs.network.hourly.pump_power;
    check::series("pump power", "network", power, inputs.study.axis.len())?;
    let price = electricity_price(inputs)?;
    let cost = |(price, power): (&f64, &ElectricPower)| price * power.mw();
    Ok(price.iter().zip(power).map(cost).collect())
}

/// Least cost of every hour on a network with the stores' charge held as in a plan, EUR.
///
/// `c_t = min Σ_i c_it q_it + p z_t + p_el,t P_pump,t  s.t.  Σ_i q_it + z_t ≥ d_t + Σ_s x_st`:
/// the heat fed with losses, the pumps' electricity, and what the supply temperature does to the
/// heat pumps' COP and reach. With the charge held the hours are independent, so each may take its
/// own supply temperature, and the sum over the hours is the cost of a plan that can be run.
///
/// # Errors  as [`crate::run`]
pub fn hourly_costs(
    inputs: &Inputs<'_>,
    options: &Options,
    plan: &DispatchPlan,
) -> Result<Vec<f64>, Error> {
    let mut park = terms(inputs, options.case)?.park;
    let hours = park.hours();
    for store in &plan.stores {
        check::series("charge", &store.id, &store.charge, hours)?;
        check::series("discharge", &store.id, &store.discharge, hours)?;
        for (t, demand) in park.demand.iter_mut().enumerate() {
            *demand += store.charge[t].mw() - store.discharge[t].mw();
        }
    }
    for demand in &mut park.demand {
        *demand = demand.max(0.0);
    }
    park.tanks.clear();
    let operation = solve(&park, options, &mut ())?.operation;
    let mut costs = pumping(inputs)?;
    for (t, cost) in costs.iter_mut().enumerate() {
        for (unit, heat) in park.units.iter().zip(&operation.heat) {
            *cost += unit.cost[t] * heat[t];
        }
        *cost += park.unserved_price * operation.unserved[t];
    }
    Ok(costs)
}

/// A supply temperature to choose from.
///
/// # Shapes  one value per hour in both series
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    /// Offset from the curve, K.
    pub offset_k: f64,
    /// Cost of every hour, EUR.
    pub cost: Vec<f64>,
    /// Hours in which it may be chosen.
    pub is_allowed: Vec<bool>,
}

/// The cheapest way through the levels whose offset changes no faster than the ramp, K by hour.
///
/// Shortest path over the hours (Bellman): `v_t(j) = c_t(j) + min_i v_(t−1)(i)` over the offsets
/// `i` no further from `j` than the ramp. Between levels further apart than the ramp lie steps of
/// equal size, priced in a straight line and allowed where both neighbours are. `None` when some
/// hour has no allowed level within reach.
///
/// # Assumptions  levels ascending; the year does not close on itself: weather does not either
/// # Source       dynamic programming, Bellman 1957
pub fn cheapest_offsets(levels: &[Level], ramp_k: f64) -> Option<Vec<f64>> {
    let points = points(levels, ramp_k);
    let hours = levels.first()?.cost.len();
    let near: Vec<Vec<usize>> = (0..points.len())
        .map(|j| nearest_first(&points, j, ramp_k))
        .collect();
    let mut best: Vec<f64> = vec![0.0; points.len()];
    let mut from: Vec<Vec<usize>> = Vec::with_capacity(hours);
    for t in 0..hours {
        let mut next = vec![f64::INFINITY; points.len()];
        let mut chosen: Vec<usize> = (0..points.len()).collect();
        for (j, point) in points.iter().enumerate() {
            let mut least = f64::INFINITY;
            for &i in &near[j] {
                // The nearest comes first; a further one has to be cheaper, not equal.
                if best[i] < least - SAME_EUR {
                    (least, chosen[j]) = (best[i], i);
                }
            }
            next[j] = least + point.cost(levels, t);
        }
        best = next;
        from.push(chosen);
    }
    let mut at = cheapest(&points, &best)?;
    let mut offsets = vec![0.0; hours];
    for t in (0..hours).rev() {
        offsets[t] = points[at].offset_k;
        at = from[t][at];
    }
    Some(offsets)
}

/// An offset on a level, or between it and the next.
struct Point {
    offset_k: f64,
    level: usize,
    /// Part of the way to the next level.
    share: f64,
}

impl Point {
    fn cost(&self, levels: &[Level], t: usize) -> f64 {
        let of = |level: usize| {
            if levels[level].is_allowed[t] {
                levels[level].cost[t]
            } else {
                f64::INFINITY
            }
        };
        let here = of(self.level);
        if self.share > 0.0 && here.is_finite() {
            // An infinite cost of the next level stays one.
            here + self.share * (of(self.level + 1) - here)
        } else {
            here
        }
    }
}

fn points(levels: &[Level], ramp_k: f64) -> Vec<Point> {
    let mut points = Vec::new();
    for (level, this) in levels.iter().enumerate() {
        let gap = levels
            .get(level + 1)
            .map_or(0.0, |next| next.offset_k - this.offset_k);
        let steps = ((gap - RAMP_DUST_K) / ramp_k).ceil().max(1.0) as usize;
        points.extend((0..steps).map(|step| {
            let share = step as f64 / steps as f64;
            Point {
                offset_k: this.offset_k + share * gap,
                level,
                share,
            }
        }));
    }
    points
}

/// Points from which one may come within the ramp: itself first, then the nearest.
fn nearest_first(points: &[Point], to: usize, ramp_k: f64) -> Vec<usize> {
    let distance = |i: usize| (points[i].offset_k - points[to].offset_k).abs();
    let mut near: Vec<usize> = (0..points.len())
        .filter(|&i| distance(i) <= ramp_k + RAMP_DUST_K)
        .collect();
    near.sort_by(|&a, &b| distance(a).total_cmp(&distance(b)).then(a.cmp(&b)));
    near
}

/// The end with the least cost, nearest to the curve among equals.
fn cheapest(points: &[Point], best: &[f64]) -> Option<usize> {
    let least = best.iter().copied().fold(f64::INFINITY, f64::min);
    (0..points.len())
        .filter(|&j| best[j].is_finite() && best[j] <= least + SAME_EUR)
        .min_by(|&a, &b| {
            let (a, b) = (points[a].offset_k.abs(), points[b].offset_k.abs());
            a.total_cmp(&b)
        })
}
