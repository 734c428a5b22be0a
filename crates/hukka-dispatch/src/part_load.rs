//! Part load of heat pumps: the loss follows from the load, the load from the loss.
//!
//! A linear programme has one COP for each hour. The year is solved at full-load COP, then again
//! with the COP of the loads found, until the cost stays.

use crate::Inputs;
use crate::machine::compressor;
use hukka_model::{DispatchPlan, UnitKind};
use hukka_physics::heat_pump::part_load::{bank_factor, factor};
use hukka_units::HeatPower;

/// Rounds at most.
pub(crate) const MAX_ROUNDS: usize = 8;
/// Change of the cost between rounds that counts as none, share of the cost.
pub(crate) const SETTLED: f64 = 1e-4;

/// COP at the load over COP at full load, for every pump of the design and hour; empty for a pump
/// whose part load is not counted.
pub(crate) type LoadFactors = Vec<Vec<f64>>;

/// Whether any pump's part load is counted.
pub(crate) fn is_counted(inputs: &Inputs<'_>) -> bool {
    let mut pumps = inputs.design.heat_pumps.iter();
    pumps.any(|pump| pump.arrangement.part_load.is_some())
}

/// The factors of the loads of a plan.
///
/// As few units run as carry the load. Below the lowest load of one unit it starts and stops, at the
/// COP of its lowest load. An hour without heat counts as full load, where the machine would start.
pub(crate) fn of_plan(inputs: &Inputs<'_>, plan: &DispatchPlan) -> LoadFactors {
    let pumps = &inputs.design.heat_pumps;
    let mut factors: LoadFactors = vec![Vec::new(); pumps.len()];
    for unit in &plan.units {
        let UnitKind::HeatPump(index) = unit.kind else {
            continue;
        };
        let Some(pump) = pumps.get(index) else {
            continue;
        };
        let capacity = pump.heat_capacity.map_or(0.0, HeatPower::w);
        let Some(kind) = pump.arrangement.part_load.filter(|_| capacity > 0.0) else {
            continue;
        };
        let (kind, beside) = (compressor(kind), pump.arrangement.in_parallel);
        let lowest = factor(kind, kind.min_load()).unwrap_or(1.0);
        factors[index] = unit
            .heat
            .iter()
            .map(|heat| {
                let load = (heat.w() / capacity).min(1.0);
                if load > 1e-9 {
                    bank_factor(kind, beside, load).unwrap_or(lowest)
                } else {
                    1.0
                }
            })
            .collect();
    }
    factors
}
