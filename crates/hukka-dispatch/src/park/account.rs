//! Energy, CO2 and money of a plan.

use super::terms::{condensing_carbon, heat_terms};
use hukka_model::{CasePlan, CaseUnitKind, DispatchCase};

/// One unit over the whole span.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct UnitAccount {
    /// Name.
    pub id: String,
    /// Heat made (or sold), MWh.
    pub heat_mwh: f64,
    /// Electricity drawn, MWh; negative when made.
    pub electricity_mwh: f64,
    /// Fuel burnt, MWh.
    pub fuel_mwh: f64,
    /// Source heat drawn, MWh.
    pub source_mwh: f64,
    /// Fuel CO2, t.
    pub co2_t: f64,
    /// Starts.
    pub starts: usize,
    /// Hours on: with heat or, for committed units, switched on.
    pub hours_on: f64,
    /// Cost of fuel with tax, CO2, upkeep, starts, heat bought less sold; electricity is the park's.
    pub cost_eur: f64,
}

/// A plan over the whole span.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CaseAccount {
    /// By unit.
    pub units: Vec<UnitAccount>,
    /// Heat to be fed, MWh.
    pub demand_mwh: f64,
    /// Heat not supplied, MWh.
    pub unserved_mwh: f64,
    /// Heat thrown away, MWh.
    pub dumped_mwh: f64,
    /// Heat put into stores, MWh.
    pub charge_mwh: f64,
    /// Heat taken from stores, MWh.
    pub discharge_mwh: f64,
    /// Heat lost in stores, MWh: `Σ h (charge − discharge) − rise of the content`.
    pub store_loss_mwh: f64,
    /// Steps in which a store is filled and emptied at once: heat is burnt there.
    pub burning_steps: usize,
    /// Source heat on offer, MWh.
    pub source_mwh: f64,
    /// Source heat drawn, MWh.
    pub source_used_mwh: f64,
    /// Electricity bought, MWh.
    pub buy_mwh: f64,
    /// Electricity sold, MWh.
    pub sell_mwh: f64,
    /// Electricity for cooling what the heat pumps leave, MWh.
    pub cooling_electricity_mwh: f64,
    /// CO2 of fuel, t.
    pub co2_fuel_t: f64,
    /// CO2 of electricity bought at the average factor, t.
    pub co2_grid_average_t: Option<f64>,
    /// CO2 of electricity bought less sold at the marginal factor, t.
    pub co2_grid_marginal_t: Option<f64>,
    /// Money, EUR; the sum is the objective.
    pub money: Money,
}

/// Parts of the objective, EUR; income is negative.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Money {
    /// Fuel with its tax.
    pub fuel: f64,
    /// CO2 of fuel.
    pub carbon: f64,
    /// Upkeep.
    pub upkeep: f64,
    /// Electricity bought at the day-ahead price.
    pub electricity: f64,
    /// Fees and taxes on electricity bought.
    pub electricity_fees: f64,
    /// Electricity sold, after fees.
    pub electricity_sold: f64,
    /// Starts.
    pub starts: f64,
    /// Source heat drawn.
    pub source_heat: f64,
    /// Heat bought.
    pub heat_bought: f64,
    /// Heat sold.
    pub heat_sold: f64,
    /// Penalty for heat not supplied.
    pub unserved: f64,
    /// Throwing heat away.
    pub dump: f64,
    /// Reserve.
    pub reserve: f64,
}

impl Money {
    /// The objective.
    pub fn total(&self) -> f64 {
        self.fuel
            + self.carbon
            + self.upkeep
            + self.electricity
            + self.electricity_fees
            + self.electricity_sold
            + self.starts
            + self.source_heat
            + self.heat_bought
            + self.heat_sold
            + self.unserved
            + self.dump
            + self.reserve
    }
}

/// Accounts a plan.
pub fn account(case: &DispatchCase, plan: &CasePlan) -> CaseAccount {
    let mut sum = CaseAccount {
        units: (0..case.units.len())
            .map(|unit| of_unit(case, plan, unit))
            .collect(),
        ..CaseAccount::default()
    };
    for unit in 0..case.units.len() {
        add_unit_money(case, plan, unit, &mut sum);
    }
    for t in 0..case.steps() {
        add_step(case, plan, t, &mut sum);
    }
    add_stores(case, plan, &mut sum);
    sum.source_used_mwh = sum.units.iter().map(|unit| unit.source_mwh).sum();
    sum.co2_fuel_t = sum.units.iter().map(|unit| unit.co2_t).sum();
    let weighted = |factors: &Option<Vec<f64>>, power: &dyn Fn(usize) -> f64| {
        let factors = factors.as_ref()?;
        let steps = factors.iter().enumerate();
        Some(steps.map(|(t, f)| f * power(t) * case.step_hours[t]).sum())
    };
    let (buy, sell) = (&plan.buy_mw, &plan.sell_mw);
    sum.co2_grid_average_t = weighted(&case.carbon.average_grid_t_per_mwh, &|t| buy[t]);
    sum.co2_grid_marginal_t = weighted(&case.carbon.marginal_grid_t_per_mwh, &|t| buy[t] - sell[t]);
    sum
}

/// CO2 of the fuel burnt in a step, t.
pub fn carbon_t(case: &DispatchCase, plan: &CasePlan, t: usize) -> f64 {
    let units = (0..case.units.len()).map(|unit| {
        let heat = heat_terms(case, unit, t).carbon * plan.heat_mw[unit][t];
        let power = condensing(plan, unit, t);
        heat + condensing_carbon(&case.units[unit].kind) * power
    });
    case.step_hours[t] * units.sum::<f64>()
}

/// Condensing power in a step, MW.
fn condensing(plan: &CasePlan, unit: usize, t: usize) -> f64 {
    plan.condensing_mw[unit].get(t).copied().unwrap_or(0.0)
}

/// Fuel per condensing power and its CO2 factor.
fn condensing_terms(kind: &CaseUnitKind) -> (f64, f64) {
    match kind {
        CaseUnitKind::ExtractionChp {
            condensing_efficiency,
            fuel,
            ..
        } => (1.0 / condensing_efficiency, fuel.co2_t_per_mwh),
        _ => (0.0, 0.0),
    }
}

fn of_unit(case: &DispatchCase, plan: &CasePlan, unit: usize) -> UnitAccount {
    let mut sum = UnitAccount {
        id: case.units[unit].id.clone(),
        ..UnitAccount::default()
    };
    let (per_power, factor) = condensing_terms(&case.units[unit].kind);
    let is_committed = case.is_committed(unit);
    for (t, hours) in case.step_hours.iter().enumerate() {
        let heat = plan.heat_mw[unit][t];
        let power = condensing(plan, unit, t);
        let terms = heat_terms(case, unit, t);
        sum.heat_mwh += hours * heat;
        sum.electricity_mwh += hours * (terms.electricity * heat - power);
        sum.fuel_mwh += hours * (terms.fuel * heat + per_power * power);
        sum.source_mwh += hours * terms.source * heat;
        sum.co2_t += hours * (terms.carbon * heat + per_power * factor * power);
        let is_on = if is_committed {
            plan.is_on[unit][t]
        } else {
            heat + power > 1e-6
        };
        sum.hours_on += if is_on { *hours } else { 0.0 };
    }
    sum.starts = if is_committed {
        starts(case, plan, unit)
    } else {
        0
    };
    sum
}

/// Starts of a committed unit.
fn starts(case: &DispatchCase, plan: &CasePlan, unit: usize) -> usize {
    let mut was_on = case.units[unit].commitment.is_some_and(|r| r.initial_on);
    let mut count = 0;
    for is_on in &plan.is_on[unit] {
        count += usize::from(*is_on && !was_on);
        was_on = *is_on;
    }
    count
}

fn add_unit_money(case: &DispatchCase, plan: &CasePlan, unit: usize, sum: &mut CaseAccount) {
    let rules = &case.units[unit];
    let (fuel, carbon) = match &rules.kind {
        CaseUnitKind::Boiler { fuel, .. }
        | CaseUnitKind::BackPressureChp { fuel, .. }
        | CaseUnitKind::ExtractionChp { fuel, .. } => (
            fuel.price_eur_per_mwh + fuel.tax_eur_per_mwh,
            case.carbon.price_eur_per_t * fuel.co2_t_per_mwh,
        ),
        _ => (0.0, 0.0),
    };
    let traded = |prices: &[f64]| -> f64 {
        let steps = prices.iter().enumerate();
        steps
            .map(|(t, price)| case.step_hours[t] * price * plan.heat_mw[unit][t])
            .sum()
    };
    let drawn = match &rules.kind {
        CaseUnitKind::HeatPump { source, .. } => {
            let prices = case.sources[*source].price_eur_per_mwh.iter().flatten();
            let steps = prices.enumerate().map(|(t, price)| {
                let drawn = heat_terms(case, unit, t).source * plan.heat_mw[unit][t];
                case.step_hours[t] * price * drawn
            });
            steps.sum()
        }
        _ => 0.0,
    };
    let (bought, sold) = match &rules.kind {
        CaseUnitKind::HeatPurchase { price_eur_per_mwh } => (traded(price_eur_per_mwh), 0.0),
        CaseUnitKind::HeatSale { price_eur_per_mwh } => (0.0, -traded(price_eur_per_mwh)),
        _ => (0.0, 0.0),
    };
    let unit = &mut sum.units[unit];
    let upkeep = unit.heat_mwh * rules.vom_eur_per_mwh;
    let start = rules.commitment.map_or(0.0, |r| r.start_cost_eur) * unit.starts as f64;
    let (fuel, carbon) = (unit.fuel_mwh * fuel, unit.fuel_mwh * carbon);
    unit.cost_eur = fuel + carbon + upkeep + start + drawn + bought + sold;
    sum.money.fuel += fuel;
    sum.money.carbon += carbon;
    sum.money.upkeep += upkeep;
    sum.money.starts += start;
    sum.money.source_heat += drawn;
    sum.money.heat_bought += bought;
    sum.money.heat_sold += sold;
}

fn add_step(case: &DispatchCase, plan: &CasePlan, t: usize, sum: &mut CaseAccount) {
    let (hours, grid) = (case.step_hours[t], &case.electricity);
    let price = grid.price_eur_per_mwh[t];
    let (buy, sell) = (hours * plan.buy_mw[t], hours * plan.sell_mw[t]);
    sum.demand_mwh += hours * case.heat_demand_mw[t];
    sum.unserved_mwh += hours * plan.unserved_mw[t];
    sum.dumped_mwh += hours * plan.dumped_mw[t];
    sum.buy_mwh += buy;
    sum.sell_mwh += sell;
    sum.money.electricity += buy * price;
    sum.money.electricity_fees += buy * grid.buy_fee_eur_per_mwh[t];
    sum.money.electricity_sold -= sell * (price - grid.sell_fee_eur_per_mwh[t]);
    sum.money.unserved += hours * plan.unserved_mw[t] * case.unserved_eur_per_mwh;
    let dump = case.dump.map_or(0.0, |dump| dump.cost_eur_per_mwh);
    sum.money.dump += hours * plan.dumped_mw[t] * dump;
    if let Some(reserve) = &grid.reserve {
        sum.money.reserve -= hours * plan.reserve_mw[t] * reserve.price_eur_per_mw_h[t];
    }
    for (index, source) in case.sources.iter().enumerate() {
        sum.source_mwh += hours * source.available_mw[t];
        if let Some(plant) = &source.cooling {
            sum.cooling_electricity_mwh += hours
                * (plan.free_cooling_mw[index][t] * plant.free_electricity_per_heat
                    + plan.chiller_mw[index][t] * plant.chiller_electricity_per_heat[t]);
        }
    }
}

fn add_stores(case: &DispatchCase, plan: &CasePlan, sum: &mut CaseAccount) {
    for (index, store) in case.stores.iter().enumerate() {
        let (mut charge, mut discharge) = (0.0, 0.0);
        for (t, hours) in case.step_hours.iter().enumerate() {
            let (fill, empty) = (plan.charge_mw[index][t], plan.discharge_mw[index][t]);
            charge += hours * fill;
            discharge += hours * empty;
            sum.burning_steps += usize::from(fill > 1e-6 && empty > 1e-6);
        }
        let last = plan.level_mwh[index].last().copied().unwrap_or(0.0);
        let first = if store.cyclic {
            last
        } else {
            store.initial_fraction * store.capacity_mwh
        };
        sum.charge_mwh += charge;
        sum.discharge_mwh += discharge;
        sum.store_loss_mwh += charge - discharge - (last - first);
    }
}
