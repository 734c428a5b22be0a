//! An independent check of a plan. It shares no code with what makes plans: every rule is written
//! out again from the formulation of the cases.

use hukka_model::{CasePlan, CaseUnitKind, DispatchCase, DispatchMode};

/// What the check found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Score {
    /// Cost of the plan, EUR.
    pub value_eur: f64,
    /// Largest violation of a balance or limit, MW (contents per hour of the step).
    pub worst_mw: f64,
    /// The rule violated most, and its step.
    pub worst_rule: Option<(String, usize)>,
    /// Minimum times that are too short.
    pub broken_times: usize,
}

/// Checks a plan against a case.
pub fn score(case: &DispatchCase, plan: &CasePlan) -> Score {
    let mut sheet = Score::default();
    for t in 0..case.steps() {
        heat_balance(case, plan, t, &mut sheet);
        power_balance(case, plan, t, &mut sheet);
        sources(case, plan, t, &mut sheet);
        stores(case, plan, t, &mut sheet);
        units(case, plan, t, &mut sheet);
        reserve(case, plan, t, &mut sheet);
        sheet.value_eur += cost(case, plan, t);
    }
    for unit in 0..case.units.len() {
        spans(case, plan, unit, &mut sheet);
    }
    carbon_cap(case, plan, &mut sheet);
    sheet
}

impl Score {
    fn note(&mut self, violation: f64, step: usize, rule: &str) {
        // A value that is no number counts as the worst violation of all.
        let violation = if violation.is_nan() {
            f64::INFINITY
        } else {
            violation
        };
        if violation > self.worst_mw {
            self.worst_mw = violation;
            self.worst_rule = Some((rule.to_owned(), step));
        }
    }

    fn within(&mut self, value: f64, lower: f64, upper: f64, step: usize, rule: &str) {
        self.note(lower - value, step, rule);
        self.note(value - upper, step, rule);
        if value.is_nan() {
            self.note(f64::NAN, step, rule);
        }
    }
}

fn heat_balance(case: &DispatchCase, plan: &CasePlan, t: usize, sheet: &mut Score) {
    let mut fed = plan.unserved_mw[t] - plan.dumped_mw[t];
    for (unit, heat) in case.units.iter().zip(&plan.heat_mw) {
        if matches!(unit.kind, CaseUnitKind::HeatSale { .. }) {
            fed -= heat[t];
        } else {
            fed += heat[t];
        }
    }
    for (fill, empty) in plan.charge_mw.iter().zip(&plan.discharge_mw) {
        fed += empty[t] - fill[t];
    }
    sheet.note((fed - case.heat_demand_mw[t]).abs(), t, "heat balance");
    sheet.note(-plan.unserved_mw[t], t, "unserved heat below zero");
    let most = case.dump.map_or(0.0, |dump| dump.max_mw);
    sheet.within(plan.dumped_mw[t], 0.0, most, t, "heat dump");
}

/// Electricity a unit takes in a step, MW.
fn draws(case: &DispatchCase, plan: &CasePlan, unit: usize, t: usize) -> f64 {
    let heat = plan.heat_mw[unit][t];
    match &case.units[unit].kind {
        CaseUnitKind::HeatPump { cop, .. } => heat / cop[t],
        CaseUnitKind::ElectricBoiler { efficiency } => heat / efficiency,
        CaseUnitKind::BackPressureChp { power_to_heat, .. } => -power_to_heat * heat,
        CaseUnitKind::ExtractionChp { power_to_heat, .. } => {
            -power_to_heat * heat - plan.condensing_mw[unit][t]
        }
        _ => 0.0,
    }
}

fn power_balance(case: &DispatchCase, plan: &CasePlan, t: usize, sheet: &mut Score) {
    let mut drawn: f64 = (0..case.units.len())
        .map(|unit| draws(case, plan, unit, t))
        .sum();
    for (index, source) in case.sources.iter().enumerate() {
        if let Some(plant) = &source.cooling {
            drawn += plant.free_electricity_per_heat * plan.free_cooling_mw[index][t];
            drawn += plant.chiller_electricity_per_heat[t] * plan.chiller_mw[index][t];
        }
    }
    let grid = &case.electricity;
    let net = plan.buy_mw[t] - plan.sell_mw[t];
    sheet.note((net - drawn).abs(), t, "electricity balance");
    sheet.within(
        plan.buy_mw[t],
        0.0,
        grid.max_buy_mw,
        t,
        "electricity bought",
    );
    sheet.within(
        plan.sell_mw[t],
        0.0,
        grid.max_sell_mw,
        t,
        "electricity sold",
    );
}

fn sources(case: &DispatchCase, plan: &CasePlan, t: usize, sheet: &mut Score) {
    for (index, place) in case.sources.iter().enumerate() {
        let mut drawn = 0.0;
        for (unit, heat) in case.units.iter().zip(&plan.heat_mw) {
            if let CaseUnitKind::HeatPump { cop, source } = &unit.kind
                && *source == index
            {
                drawn += heat[t] - heat[t] / cop[t];
            }
        }
        match &place.cooling {
            None => sheet.note(drawn - place.available_mw[t], t, "source"),
            Some(plant) => {
                let (free, chiller) = (plan.free_cooling_mw[index][t], plan.chiller_mw[index][t]);
                let left = place.available_mw[t] - drawn - free - chiller;
                sheet.note(left.abs(), t, "cooling duty");
                sheet.within(free, 0.0, plant.free_max_mw[t], t, "free cooling");
                sheet.within(chiller, 0.0, plant.chiller_max_mw, t, "chiller");
            }
        }
    }
}

fn stores(case: &DispatchCase, plan: &CasePlan, t: usize, sheet: &mut Score) {
    for (index, store) in case.stores.iter().enumerate() {
        let hours = case.step_hours[t];
        let level = plan.level_mwh[index][t];
        let before = if t > 0 {
            plan.level_mwh[index][t - 1]
        } else if store.cyclic {
            plan.level_mwh[index][case.steps() - 1]
        } else {
            store.initial_fraction * store.capacity_mwh
        };
        let (fill, empty) = (plan.charge_mw[index][t], plan.discharge_mw[index][t]);
        let left = before * (1.0 - store.loss_fraction_per_h).powf(hours);
        let expected = left + hours * store.charge_efficiency * fill
            - hours * empty / store.discharge_efficiency;
        let share = store
            .capacity_factor
            .as_ref()
            .map_or(1.0, |factor| factor[t]);
        let full = store.capacity_mwh * share;
        sheet.note((level - expected).abs() / hours, t, "store balance");
        sheet.within(level / hours, 0.0, full / hours, t, "store content");
        sheet.within(fill, 0.0, store.max_charge_mw, t, "store charge");
        sheet.within(empty, 0.0, store.max_discharge_mw, t, "store discharge");
    }
}

fn units(case: &DispatchCase, plan: &CasePlan, t: usize, sheet: &mut Score) {
    for (index, unit) in case.units.iter().enumerate() {
        let heat = plan.heat_mw[index][t];
        let mut most = unit.max_heat_mw * unit.availability.as_ref().map_or(1.0, |s| s[t]);
        if let CaseUnitKind::SolarThermal { available_mw } = &unit.kind {
            most = most.min(available_mw[t]);
        }
        let mut least = 0.0;
        if let (DispatchMode::Milp, Some(rules)) = (case.mode, unit.commitment) {
            if plan.is_on[index][t] {
                // What there is counts as the minimum load when it is less.
                least = (rules.min_load_fraction * unit.max_heat_mw).min(most);
            } else {
                most = 0.0;
            }
        }
        sheet.within(heat, least, most, t, &format!("heat of {}", unit.id));
        if let CaseUnitKind::ExtractionChp {
            power_to_heat,
            power_loss_per_heat,
            max_power_mw,
            ..
        } = unit.kind
        {
            let power = plan.condensing_mw[index][t];
            sheet.note(-power, t, "condensing power below zero");
            let used = (power_to_heat + power_loss_per_heat) * heat + power;
            sheet.note(used - max_power_mw, t, "extraction limit");
        }
        if t > 0 {
            ramp(case, plan, index, t, sheet);
        }
    }
}

/// A change within the ramp; a start or stop may pass the minimum load at once.
fn ramp(case: &DispatchCase, plan: &CasePlan, index: usize, t: usize, sheet: &mut Score) {
    let unit = &case.units[index];
    let Some(ramp) = unit.ramp_mw_per_h else {
        return;
    };
    let mut most = ramp * case.step_hours[t];
    if let (DispatchMode::Milp, Some(rules)) = (case.mode, unit.commitment)
        && plan.is_on[index][t] != plan.is_on[index][t - 1]
    {
        most = most.max(rules.min_load_fraction * unit.max_heat_mw);
    }
    let change = (plan.heat_mw[index][t] - plan.heat_mw[index][t - 1]).abs();
    sheet.note(change - most, t, "ramp");
}

fn reserve(case: &DispatchCase, plan: &CasePlan, t: usize, sheet: &mut Score) {
    let Some(market) = &case.electricity.reserve else {
        return;
    };
    let shed: f64 = market
        .units
        .iter()
        .map(|unit| draws(case, plan, *unit, t).max(0.0))
        .sum();
    let most = market.max_mw.min(shed);
    sheet.within(plan.reserve_mw[t], 0.0, most, t, "reserve");
}

/// Minimum times and limits over the whole span.
fn spans(case: &DispatchCase, plan: &CasePlan, index: usize, sheet: &mut Score) {
    let unit = &case.units[index];
    let steps = plan.heat_mw[index].iter().zip(&case.step_hours);
    let heat: f64 = steps.map(|(heat, hours)| heat * hours).sum();
    let all: f64 = case.step_hours.iter().sum();
    let last = case.steps() - 1;
    if let Some(most) = unit.max_heat_mwh {
        sheet.note((heat - most) / all, last, "most heat of a unit");
    }
    if let Some(least) = unit.min_heat_mwh {
        sheet.note((least - heat) / all, last, "least heat of a unit");
    }
    let (DispatchMode::Milp, Some(rules)) = (case.mode, unit.commitment) else {
        return;
    };
    let (mut state, mut held) = (rules.initial_on, f64::INFINITY);
    for (on, hours) in plan.is_on[index].iter().zip(&case.step_hours) {
        if *on != state {
            let least = if state {
                rules.min_up_h
            } else {
                rules.min_down_h
            };
            sheet.broken_times += usize::from(held < least - 1e-9);
            (state, held) = (*on, 0.0);
        }
        held += hours;
    }
}

fn carbon_cap(case: &DispatchCase, plan: &CasePlan, sheet: &mut Score) {
    let Some(cap) = case.carbon.cap_t else {
        return;
    };
    let mut tonnes = 0.0;
    for index in 0..case.units.len() {
        for t in 0..case.steps() {
            let (fuel, factor) = burns(case, plan, index, t);
            tonnes += case.step_hours[t] * fuel * factor;
        }
    }
    let all: f64 = case.step_hours.iter().sum();
    sheet.note((tonnes - cap) / all, case.steps() - 1, "CO2 limit");
}

/// Fuel a unit burns in a step, MW, and its CO2 factor.
fn burns(case: &DispatchCase, plan: &CasePlan, index: usize, t: usize) -> (f64, f64) {
    let heat = plan.heat_mw[index][t];
    match &case.units[index].kind {
        CaseUnitKind::Boiler { efficiency, fuel } => (heat / efficiency, fuel.co2_t_per_mwh),
        CaseUnitKind::BackPressureChp {
            power_to_heat,
            electric_efficiency,
            fuel,
        } => (
            power_to_heat * heat / electric_efficiency,
            fuel.co2_t_per_mwh,
        ),
        CaseUnitKind::ExtractionChp {
            power_to_heat,
            power_loss_per_heat,
            condensing_efficiency,
            fuel,
            ..
        } => {
            let power = power_to_heat * heat + plan.condensing_mw[index][t];
            let all = power + power_loss_per_heat * heat;
            (all / condensing_efficiency, fuel.co2_t_per_mwh)
        }
        _ => (0.0, 0.0),
    }
}

/// Cost of a step, EUR.
pub(crate) fn cost(case: &DispatchCase, plan: &CasePlan, t: usize) -> f64 {
    let (hours, grid) = (case.step_hours[t], &case.electricity);
    let price = grid.price_eur_per_mwh[t];
    let mut rate = plan.buy_mw[t] * (price + grid.buy_fee_eur_per_mwh[t])
        - plan.sell_mw[t] * (price - grid.sell_fee_eur_per_mwh[t])
        + plan.unserved_mw[t] * case.unserved_eur_per_mwh;
    if let Some(dump) = case.dump {
        rate += plan.dumped_mw[t] * dump.cost_eur_per_mwh;
    }
    if let Some(market) = &grid.reserve {
        rate -= plan.reserve_mw[t] * market.price_eur_per_mw_h[t];
    }
    let mut once = 0.0;
    for (index, unit) in case.units.iter().enumerate() {
        let heat = plan.heat_mw[index][t];
        rate += heat * unit.vom_eur_per_mwh;
        match &unit.kind {
            CaseUnitKind::Boiler { fuel, .. }
            | CaseUnitKind::BackPressureChp { fuel, .. }
            | CaseUnitKind::ExtractionChp { fuel, .. } => {
                let (burnt, factor) = burns(case, plan, index, t);
                let per_mwh = fuel.price_eur_per_mwh + fuel.tax_eur_per_mwh;
                rate += burnt * (per_mwh + factor * case.carbon.price_eur_per_t);
            }
            CaseUnitKind::HeatPump { cop, source } => {
                if let Some(prices) = &case.sources[*source].price_eur_per_mwh {
                    rate += prices[t] * (heat - heat / cop[t]);
                }
            }
            CaseUnitKind::HeatPurchase { price_eur_per_mwh } => {
                rate += heat * price_eur_per_mwh[t];
            }
            CaseUnitKind::HeatSale { price_eur_per_mwh } => rate -= heat * price_eur_per_mwh[t],
            _ => {}
        }
        if let (DispatchMode::Milp, Some(rules)) = (case.mode, unit.commitment) {
            let was_on = if t > 0 {
                plan.is_on[index][t - 1]
            } else {
                rules.initial_on
            };
            if plan.is_on[index][t] && !was_on {
                once += rules.start_cost_eur;
            }
        }
    }
    hours * rate + once
}
