//! Hours that matter: hotter than the heat pumps, coldest of the year, electricity too dear.

use crate::book::{boiler_cost, source_price};
use crate::cash_flow::Ventures;
use crate::energy::{boiler_heat, heat_pumps, quotient, total};
use hukka_model::{HeatPump, Study, UnitKind};
use hukka_units::as_si;

/// Hours hotter than the heat pumps can make.
pub(super) struct HotHours {
    pub(super) hours: u32,
    pub(super) max_outlet_c: f64,
    pub(super) mean_supply_c: f64,
}

impl HotHours {
    pub(super) fn new(ventures: &Ventures<'_>) -> Self {
        let inputs = ventures.inputs;
        let supply = &inputs.network.hourly.supply_temperature;
        let mean = quotient(total(supply), supply.len() as f64);
        let mean_supply_c = mean - hukka_units::ZERO_CELSIUS_K;
        let pumps = inputs.design.heat_pumps.iter();
        let hottest = pumps
            .map(|pump| pump.max_outlet_temperature)
            .max_by(|a, b| a.k().total_cmp(&b.k()));
        let hours = hottest.map_or(0, |hottest| {
            let limit = hottest.k();
            let can_run = can_run(ventures);
            let hot = supply.iter().zip(&can_run);
            hot.filter(|(t, can_run)| **can_run && t.k() > limit)
                .count()
        });
        Self {
            hours: hours as u32,
            max_outlet_c: hottest.map_or(0.0, hukka_units::Temperature::c),
            mean_supply_c,
        }
    }
}

/// Hours in which the hottest heat pump has a COP: it stands still in the others.
fn can_run(ventures: &Ventures<'_>) -> Vec<bool> {
    let inputs = ventures.inputs;
    let plan = inputs.full().plan;
    let outlet = |unit: &&hukka_model::UnitPlan| match unit.kind {
        UnitKind::HeatPump(i) => inputs.design.heat_pumps[i].max_outlet_temperature.k(),
        UnitKind::Boiler(_) => 0.0,
    };
    heat_pumps(plan)
        .max_by(|a, b| outlet(a).total_cmp(&outlet(b)))
        .map_or_else(
            || vec![false; inputs.study.axis.len()],
            |unit| unit.cop.iter().map(|cop| cop.fraction() > 0.0).collect(),
        )
}

/// Share of the hours with boilers that are among as many coldest hours of the year.
pub(super) fn boiler_cold_share(ventures: &Ventures<'_>, hours: usize) -> f64 {
    if hours == 0 {
        return 0.0;
    }
    let outdoor = as_si(&ventures.inputs.study.weather.outdoor_temperature);
    let boilers = boiler_heat(ventures.inputs.full().plan);
    let mut sorted = outdoor.to_vec();
    sorted.sort_by(f64::total_cmp);
    let limit = sorted[(hours - 1).min(sorted.len() - 1)];
    let both = outdoor
        .iter()
        .zip(&boilers)
        .filter(|(t, q)| **t <= limit && **q > 1e3)
        .count();
    quotient(both as f64, hours as f64)
}

/// Share of the hours with boilers in which a heat pump runs below its limit though it could help,
/// because a boiler that runs is the cheaper of the two.
pub(super) fn boiler_dear_share(ventures: &Ventures<'_>, hours: u32) -> f64 {
    let inputs = ventures.inputs;
    let (study, plan) = (inputs.study, inputs.full().plan);
    let is_dear = |t: usize| {
        let boiler = plan.units.iter().filter_map(|unit| match unit.kind {
            UnitKind::Boiler(i) if unit.heat[t].w() > 1e3 => {
                Some(boiler_cost(study, &inputs.design.boilers[i], t).si())
            }
            _ => None,
        });
        let boiler = boiler.fold(f64::INFINITY, f64::min);
        heat_pumps(plan).any(|unit| {
            let spare = unit.available[t].si() - unit.heat[t].si();
            let UnitKind::HeatPump(i) = unit.kind else {
                return false;
            };
            let cop = unit.cop[t].fraction();
            let is_idle = cop > 0.0 && spare > 0.02 * unit.available[t].si().max(1e3);
            is_idle && pump_cost(study, &inputs.design.heat_pumps[i], (t, cop)) > boiler
        })
    };
    let dear = (0..study.axis.len()).filter(|t| is_dear(*t)).count();
    quotient(dear as f64, f64::from(hours)).min(1.0)
}

/// What one more unit of a heat pump's heat costs in an hour with a COP, SI.
fn pump_cost(study: &Study, pump: &HeatPump, (step, cop): (usize, f64)) -> f64 {
    let prices = &study.prices;
    let electricity =
        prices.electricity[step] + prices.electricity_grid_fee + prices.electricity_tax;
    let source = source_price(study, pump, step) * (1.0 - 1.0 / cop);
    (electricity / cop + source + pump.variable_upkeep).si()
}
