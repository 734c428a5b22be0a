//! Sums over the year and over units.

use hukka_model::{Design, DispatchPlan, Fuel, HeatSource, UnitKind, UnitPlan};
use hukka_units::{
    ElectricEnergy, ElectricPower, HeatEnergy, HeatPower, Quantity, TimeSpan, as_si,
};

/// The step of every series.
pub(crate) const HOUR: TimeSpan = TimeSpan::from_h(1.0);

/// Heat over the year.
pub(crate) fn heat(power: &[HeatPower]) -> HeatEnergy {
    HeatPower::from_si(total(power)) * HOUR
}

/// Electricity over the year.
pub(crate) fn electricity(power: &[ElectricPower]) -> ElectricEnergy {
    ElectricPower::from_si(total(power)) * HOUR
}

/// Plain sum of a series, SI.
pub(crate) fn total<Q: Quantity>(series: &[Q]) -> f64 {
    as_si(series).iter().sum()
}

/// `a / b`, or zero when `b` is zero.
pub(crate) fn quotient(a: f64, b: f64) -> f64 {
    if b.abs() > 0.0 { a / b } else { 0.0 }
}

/// Whether a unit is a heat pump.
pub(crate) const fn is_heat_pump(unit: &UnitPlan) -> bool {
    matches!(unit.kind, UnitKind::HeatPump(_))
}

/// The units of a plan that are heat pumps.
pub(crate) fn heat_pumps(plan: &DispatchPlan) -> impl Iterator<Item = &UnitPlan> {
    plan.units.iter().filter(|unit| is_heat_pump(unit))
}

/// What a boiler unit burns or draws; `None` for a heat pump.
pub(crate) fn fuel_of(design: &Design, unit: &UnitPlan) -> Option<Fuel> {
    match unit.kind {
        UnitKind::HeatPump(_) => None,
        UnitKind::Boiler(i) => Some(design.boilers[i].fuel),
    }
}

/// Heat taken from each source in every hour, W.
///
/// # Shapes  `[source][step]`
pub(crate) fn heat_taken(
    design: &Design,
    plan: &DispatchPlan,
    sources: &[HeatSource],
) -> Vec<Vec<f64>> {
    sources
        .iter()
        .map(|source| {
            let mut taken = vec![0.0; source.recoverable.len()];
            for unit in heat_pumps(plan) {
                let UnitKind::HeatPump(i) = unit.kind else {
                    continue;
                };
                if design.heat_pumps[i].data_centre == source.data_centre {
                    for (sum, q) in taken.iter_mut().zip(as_si(&unit.source_heat)) {
                        *sum += q;
                    }
                }
            }
            taken
        })
        .collect()
}

/// Heat made by all boilers in every hour, W.
pub(crate) fn boiler_heat(plan: &DispatchPlan) -> Vec<f64> {
    let mut sum = vec![0.0; plan.heat_demand.len()];
    for unit in plan.units.iter().filter(|unit| !is_heat_pump(unit)) {
        for (total, q) in sum.iter_mut().zip(as_si(&unit.heat)) {
            *total += q;
        }
    }
    sum
}

/// Electricity the data centres' cooling plants are spared in every hour: the heat taken times
/// the specific saving, never more than the cooling plant would have drawn.
pub(crate) fn cooling_saved(
    sources: &[HeatSource],
    taken: &[Vec<f64>],
    hours: usize,
) -> Vec<ElectricPower> {
    let mut saved = vec![ElectricPower::ZERO; hours];
    for (source, taken) in sources.iter().zip(taken) {
        for (t, q) in taken.iter().enumerate() {
            let spared = q * source.cooling_saved_per_heat[t].fraction();
            saved[t] += ElectricPower::from_si(spared).min(source.cooling_power[t]);
        }
    }
    saved
}
