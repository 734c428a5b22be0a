//! The plan as a noun, from the exact operation.

use crate::check::series;
use crate::polish::Operation;
use crate::study_park::{Park, Unit};
use crate::terms::stores;
use crate::{Case, Error, Inputs};
use hukka_model::{DispatchPlan, SolveStatus, StorePlan, UnitKind, UnitPlan};
use hukka_units::{
    CarbonMass, ElectricPower, EnergyPrice, FuelPower, HeatEnergy, HeatPower, Money, Ratio,
    TimeSpan,
};

/// What is known of the operation beside its hours.
pub(crate) struct Outcome<'a> {
    pub(crate) status: SolveStatus,
    pub(crate) operation: &'a Operation,
    /// Lower bound on the cost, EUR.
    pub(crate) bound: f64,
    /// Worth of heat by hour, EUR/MWh.
    pub(crate) heat_price: Vec<f64>,
}

/// Makes the plan.
pub(crate) fn plan(
    inputs: &Inputs<'_>,
    case: Case,
    park: &Park,
    outcome: Outcome<'_>,
) -> Result<DispatchPlan, Error> {
    let hours = park.hours();
    let operation = outcome.operation;
    let pump_power = &inputs.network.hourly.pump_power;
    series("pump power", "network", pump_power, hours)?;
    let units: Vec<UnitPlan> = park
        .units
        .iter()
        .zip(&operation.heat)
        .map(|(unit, heat)| unit_plan(unit, heat))
        .collect();
    let carbon = carbon(inputs, &units)?;
    Ok(DispatchPlan {
        status: outcome.status,
        objective: Money::from_eur(operation.cost(park)),
        bound: Money::from_eur(outcome.bound),
        fill: fill(inputs, case),
        heat_demand: park
            .demand
            .iter()
            .map(|&mw| HeatPower::from_mw(mw))
            .collect(),
        units,
        stores: stores(inputs, case)
            .map(|store| {
                let tank = park.tanks.iter().position(|tank| tank.id == store.id);
                store_plan(&store.id, tank.map(|s| (park, operation, s)), hours)
            })
            .collect(),
        unserved: heat(&operation.unserved),
        dumped: heat(&operation.dumped),
        pump_power: pump_power.clone(),
        heat_price: outcome
            .heat_price
            .into_iter()
            .map(EnergyPrice::from_eur_mwh)
            .collect(),
        carbon,
    })
}

fn heat(mw: &[f64]) -> Vec<HeatPower> {
    mw.iter().map(|&mw| HeatPower::from_mw(mw)).collect()
}

fn unit_plan(unit: &Unit, made: &[f64]) -> UnitPlan {
    let electric = |t: usize| ElectricPower::from_mw(made[t] * unit.electricity[t]);
    UnitPlan {
        id: unit.id.clone(),
        kind: unit.kind,
        heat: heat(made),
        source_heat: (0..made.len())
            .map(|t| HeatPower::from_mw(made[t] * unit.source[t]))
            .collect(),
        electricity: (0..made.len()).map(electric).collect(),
        fuel: made
            .iter()
            .map(|mw| FuelPower::from_mw(mw * unit.fuel))
            .collect(),
        cop: unit
            .cop
            .iter()
            .map(|&cop| Ratio::from_fraction(cop))
            .collect(),
        available: heat(&unit.limit),
    }
}

/// The plan of a store; all zero when it holds nothing.
fn store_plan(id: &str, tank: Option<(&Park, &Operation, usize)>, hours: usize) -> StorePlan {
    let Some((park, operation, s)) = tank else {
        return StorePlan {
            id: id.to_owned(),
            charge: vec![HeatPower::ZERO; hours],
            discharge: vec![HeatPower::ZERO; hours],
            level: vec![HeatEnergy::ZERO; hours],
            loss: vec![HeatPower::ZERO; hours],
        };
    };
    let (charge, level) = (&operation.charge[s], &operation.level[s]);
    let before = |t: usize| level[(t + hours - 1) % hours];
    let lost = 1.0 - park.tanks[s].keep;
    StorePlan {
        id: id.to_owned(),
        charge: charge
            .iter()
            .map(|mw| HeatPower::from_mw(mw.max(0.0)))
            .collect(),
        discharge: charge
            .iter()
            .map(|mw| HeatPower::from_mw((-mw).max(0.0)))
            .collect(),
        level: level.iter().map(|&mwh| HeatEnergy::from_mwh(mwh)).collect(),
        loss: (0..hours)
            .map(|t| HeatPower::from_mw(lost * before(t)))
            .collect(),
    }
}

/// Share of the installed load present: mean over the data centres, weighted by their IT load.
fn fill(inputs: &Inputs<'_>, case: Case) -> Ratio {
    let sources = if case == Case::WithDataCentre {
        inputs.sources
    } else {
        &[]
    };
    let Some(first) = sources.first() else {
        return Ratio::ZERO;
    };
    if sources.iter().all(|source| source.fill == first.fill) {
        return first.fill;
    }
    let load = |index: usize| {
        inputs
            .study
            .data_centres
            .get(index)
            .map_or(0.0, |dc| dc.it_load.mw())
    };
    let total: f64 = sources.iter().map(|source| load(source.data_centre)).sum();
    let present: f64 = sources
        .iter()
        .map(|s| load(s.data_centre) * s.fill.fraction())
        .sum();
    Ratio::from_fraction(if total > 0.0 {
        present / total
    } else {
        first.fill.fraction()
    })
}

/// CO2 of the year: `Σ fuel · factor + Σ_t electricity_t · factor_t`, network pumps included.
fn carbon(inputs: &Inputs<'_>, units: &[UnitPlan]) -> Result<CarbonMass, Error> {
    let hour = TimeSpan::from_h(1.0);
    let factors = &inputs.study.emissions;
    let hours = inputs.study.axis.len();
    series(
        "emission factor",
        "electricity",
        &factors.electricity,
        hours,
    )?;
    let mut kg = 0.0;
    for unit in units {
        if let UnitKind::Boiler(index) = unit.kind {
            let fuel = inputs.design.boilers[index].fuel;
            let burnt = unit.fuel.iter().sum::<FuelPower>() * hour;
            kg += (burnt * factors.fuel[fuel.index()]).kg();
        }
        kg += of_electricity(&unit.electricity, inputs);
    }
    kg += of_electricity(&inputs.network.hourly.pump_power, inputs);
    Ok(CarbonMass::from_kg(kg))
}

fn of_electricity(power: &[ElectricPower], inputs: &Inputs<'_>) -> f64 {
    let hour = TimeSpan::from_h(1.0);
    let factors = &inputs.study.emissions.electricity;
    power
        .iter()
        .zip(factors)
        .map(|(&p, &factor)| (p * hour * factor).kg())
        .sum()
}
