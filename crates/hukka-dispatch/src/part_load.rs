//! Part load of heat pumps: the loss follows from the load, the load from the loss.
//!
//! A linear programme has one COP for each hour. The year is solved at full-load COP, then again
//! half way to the COP of the loads found, until what is booked at the loads' own COP costs what was
//! solved for.

use crate::Inputs;
use crate::machine::compressor;
use hukka_model::{DispatchPlan, UnitKind};
use hukka_physics::heat_pump::part_load::{bank_factor, factor};
use hukka_units::HeatPower;

/// Rounds at most.
pub(crate) const MAX_ROUNDS: usize = 10;
/// Loads below this share of the capacity are none.
const IDLE: f64 = 1e-9;
/// Cost booked above cost solved for that counts as none, share of the cost.
pub(crate) const SETTLED: f64 = 1e-4;

/// COP at the load over COP at full load, for every pump of the design and hour; empty for a pump
/// whose part load is not counted.
pub(crate) type LoadFactors = Vec<Vec<f64>>;

/// Whether any pump's part load is counted.
pub(crate) fn is_counted(inputs: &Inputs<'_>) -> bool {
    let mut pumps = inputs.design.heat_pumps.iter();
    pumps.any(|pump| pump.arrangement.part_load.is_some())
}

/// The factors of the loads of a plan, see [`of_loads`].
pub(crate) fn of_plan(inputs: &Inputs<'_>, plan: &DispatchPlan) -> LoadFactors {
    let loads = plan.units.iter().filter_map(|unit| {
        let UnitKind::HeatPump(index) = unit.kind else {
            return None;
        };
        Some((index, unit.heat.iter().map(|heat| heat.mw()).collect()))
    });
    of_loads(inputs, loads)
}

/// The factors of heat made, MW, by index of the heat pump.
///
/// As few units run as carry the load. Below the lowest load of one unit it starts and stops, at the
/// COP of its lowest load. An hour without heat counts as the mean of those with heat.
pub(crate) fn of_loads(
    inputs: &Inputs<'_>,
    loads: impl Iterator<Item = (usize, Vec<f64>)>,
) -> LoadFactors {
    let pumps = &inputs.design.heat_pumps;
    let mut factors: LoadFactors = vec![Vec::new(); pumps.len()];
    for (index, heat) in loads {
        let Some(pump) = pumps.get(index) else {
            continue;
        };
        let capacity = pump.heat_capacity.map_or(0.0, HeatPower::mw);
        let Some(kind) = pump.arrangement.part_load.filter(|_| capacity > 0.0) else {
            continue;
        };
        let (kind, beside) = (compressor(kind), pump.arrangement.in_parallel);
        let lowest = factor(kind, kind.min_load()).unwrap_or(1.0);
        let at_load: Vec<Option<f64>> = heat
            .iter()
            .map(|mw| (mw / capacity).min(1.0))
            .map(|load| (load > IDLE).then(|| bank_factor(kind, beside, load).unwrap_or(lowest)))
            .collect();
        let (sum, count) = at_load
            .iter()
            .flatten()
            .fold((0.0, 0.0), |(sum, count), factor| {
                (sum + factor, count + 1.0)
            });
        let idle = if count > 0.0 { sum / count } else { 1.0 };
        factors[index] = at_load.into_iter().map(|f| f.unwrap_or(idle)).collect();
    }
    factors
}

/// Hour by hour the lower of two factors: what is booked neither understates the electricity nor draws
/// more source heat than there is.
pub(crate) fn lower(used: &LoadFactors, found: &LoadFactors) -> LoadFactors {
    together(used, found, f64::min)
}

/// The next round's factors, half way to those found, so that hours do not change places for ever.
pub(crate) fn half_way(used: &LoadFactors, found: &LoadFactors) -> LoadFactors {
    together(used, found, f64::midpoint)
}

fn together(used: &LoadFactors, found: &LoadFactors, of: fn(f64, f64) -> f64) -> LoadFactors {
    let none = Vec::new();
    found
        .iter()
        .enumerate()
        .map(|(index, found)| {
            let used = used.get(index).unwrap_or(&none);
            let before = |t: usize| used.get(t).copied().unwrap_or(1.0);
            (0..found.len()).map(|t| of(before(t), found[t])).collect()
        })
        .collect()
}
