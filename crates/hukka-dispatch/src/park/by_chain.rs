//! Windows solved by the exact engine: a window as a chain of steps, and its solution as a plan.

use super::programme::least_load;
use super::terms::{fuel_cost, heat_terms};
use super::window::{LevelStart, OnOff, Window, heat_caps};
use crate::exact::{
    Chain, Ends, Grid, Outcome, SharedLimit, Solution, Store, Unit, ValueFunction, solve,
};
use hukka_model::{CasePlan, CaseUnitKind};

/// What running at minimum load earns in a chain, times the penalty for unserved heat: enough that
/// a unit that is on runs at least there.
const MUST_RUN: f64 = 10.0;
/// Heat below minimum load that counts as keeping it, MW.
const SAME_HEAT: f64 = 1e-6;

/// Activities that a unit of the case is made of.
#[derive(Debug, Clone, Copy, Default)]
struct Activities {
    /// Heat up to the minimum load, for units given to be on.
    must: Option<usize>,
    heat: usize,
    /// Fuel of an extraction plant as condensing power.
    condensing: Option<usize>,
}

/// Why a window is not for the exact engine.
pub(crate) fn obstacle(window: &Window<'_>) -> Option<&'static str> {
    let case = window.case;
    let has_decisions =
        window.has_decisions() && (0..case.units.len()).any(|i| case.is_committed(i));
    let owns_caps = window.cap_prices.is_none();
    let capped = case.carbon.cap_t.is_some()
        || (0..case.units.len()).any(|unit| heat_caps(case, unit).is_some());
    if has_decisions {
        Some("on/off decisions")
    } else if case.stores.len() > 1 {
        Some("several stores")
    } else if case.units.iter().any(|unit| unit.ramp_mw_per_h.is_some()) {
        Some("ramps")
    } else if owns_caps && capped {
        Some("limits over the whole span")
    } else if case.sources.iter().any(|source| source.cooling.is_some()) {
        Some("cooling plants")
    } else if case.electricity.reserve.is_some() {
        Some("a reserve market")
    } else if window
        .starts
        .iter()
        .any(|start| matches!(start, LevelStart::Bought(_)))
    {
        Some("contents that are bought")
    } else {
        None
    }
}

/// The proven bound, EUR, and what content of the store is worth after each step, EUR/MWh.
pub(crate) struct Chained {
    pub(crate) bound: f64,
    pub(crate) worth: Vec<f64>,
}

/// Solves a window and copies its steps up to `keep_to` into the plan.
/// `None` when the engine finds no operation: the general engine then says why.
pub(crate) fn solve_by_chain(
    window: &Window<'_>,
    keep_to: usize,
    plan: &mut CasePlan,
) -> Option<Chained> {
    let (chain, activities) = chain_of(window)?;
    let Ok(Outcome::Optimal(solution)) = solve(&chain, &crate::exact::Options::default()) else {
        return None;
    };
    for unit in &activities {
        if let Some(must) = unit.must {
            let limits = chain.units[must].max_mw.clone();
            let heat = &solution.activity_mw[must];
            if heat
                .iter()
                .enumerate()
                .any(|(t, q)| *q < limits.at(t) - SAME_HEAT)
            {
                return None;
            }
        }
    }
    copy_solution(window, keep_to, (&activities, &solution), plan);
    Some(Chained {
        bound: solution.bound_eur,
        worth: solution.worth.content,
    })
}

fn chain_of(window: &Window<'_>) -> Option<(Chain, Vec<Activities>)> {
    let case = window.case;
    let steps = window.from..window.to;
    let mut chain = Chain {
        step_h: window.step_hours().to_vec(),
        demand_mw: case.heat_demand_mw[steps.clone()].to_vec(),
        unserved_eur_mwh: Some(case.unserved_eur_per_mwh),
        units: Vec::new(),
        limits: Vec::new(),
        grid: Some(grid(window)),
        store: None,
    };
    for source in &case.sources {
        chain.limits.push(SharedLimit {
            members: Vec::new(),
            limit_mw: source.available_mw[steps.clone()].to_vec().into(),
        });
    }
    let units = 0..case.units.len();
    let activities = units
        .map(|unit| add_unit(window, unit, &mut chain))
        .collect();
    if let Some(dump) = case.dump {
        chain
            .units
            .push(Unit::taking_heat(dump.max_mw, dump.cost_eur_per_mwh));
    }
    if let Some(store) = case.stores.first() {
        let capacity: Vec<f64> = steps.map(|t| store.capacity_at(t)).collect();
        let last = capacity.last().copied()?;
        let end = window.ends[0];
        let least = end.least.min(last);
        let ends = match window.starts[0] {
            LevelStart::AsAtEnd => Ends::Cyclic,
            LevelStart::Known(start_mwh) => Ends::From {
                start_mwh,
                end: ValueFunction::new(least, -end.worth * least, &[(last - least, -end.worth)])?,
            },
            LevelStart::Bought(_) => return None,
        };
        chain.store = Some(Store {
            capacity_mwh: capacity.into(),
            max_charge_mw: store.max_charge_mw.into(),
            max_discharge_mw: store.max_discharge_mw.into(),
            charge_efficiency: store.charge_efficiency,
            discharge_efficiency: store.discharge_efficiency,
            loss_per_h: store.loss_fraction_per_h,
            ends,
        });
    }
    Some((chain, activities))
}

fn grid(window: &Window<'_>) -> Grid {
    let power = &window.case.electricity;
    let sum = |sign: f64, fee: &[f64]| -> Vec<f64> {
        let steps = window.from..window.to;
        steps
            .map(|t| power.price_eur_per_mwh[t] + sign * fee[t])
            .collect()
    };
    Grid {
        buy_eur_mwh: sum(1.0, &power.buy_fee_eur_per_mwh).into(),
        sell_eur_mwh: sum(-1.0, &power.sell_fee_eur_per_mwh).into(),
        max_buy_mw: power.max_buy_mw.into(),
        max_sell_mw: power.max_sell_mw.into(),
    }
}

/// Adds the activities of a unit to the chain.
fn add_unit(window: &Window<'_>, unit: usize, chain: &mut Chain) -> Activities {
    let (case, steps) = (window.case, window.from..window.to);
    let rules = &case.units[unit];
    let terms: Vec<_> = steps.clone().map(|t| heat_terms(case, unit, t)).collect();
    let prices = window.cap_prices.clone().unwrap_or_default();
    let cap_price = prices.heat.get(unit).copied().unwrap_or(0.0);
    let cost: Vec<f64> = terms
        .iter()
        .map(|term| term.cost + rules.vom_eur_per_mwh + cap_price + prices.carbon * term.carbon)
        .collect();
    let electricity: Vec<f64> = terms.iter().map(|term| term.electricity).collect();
    let is_given = matches!(window.on_off, OnOff::Given(_)) && case.is_committed(unit);
    let is_on = |t: usize| match window.on_off {
        OnOff::Given(on) if is_given => on[unit][t],
        _ => true,
    };
    let floor_at = |t: usize| {
        if is_given {
            least_load(case, unit, t)
        } else {
            0.0
        }
    };
    let (mut must_mw, mut more_mw) = (Vec::new(), Vec::new());
    for t in steps {
        let (limit, floor) = (case.heat_limit_mw(unit, t), floor_at(t));
        must_mw.push(if is_on(t) { floor } else { 0.0 });
        more_mw.push(if is_on(t) {
            (limit - floor).max(0.0)
        } else {
            0.0
        });
    }
    let mut found = Activities::default();
    if must_mw.iter().any(|floor| *floor > 0.0) {
        let bonus = MUST_RUN * case.unserved_eur_per_mwh.max(100.0);
        let paid: Vec<f64> = cost.iter().map(|cost| cost - bonus).collect();
        found.must = Some(chain.units.len());
        push(
            chain,
            window,
            unit,
            Unit::with_electricity(must_mw, paid, electricity.clone()),
        );
    }
    found.heat = chain.units.len();
    match &rules.kind {
        CaseUnitKind::HeatSale { .. } => {
            chain.units.push(Unit::taking_heat(more_mw, cost));
        }
        CaseUnitKind::ExtractionChp {
            power_to_heat,
            power_loss_per_heat,
            condensing_efficiency,
            max_power_mw,
            fuel,
        } => {
            let per_power = (fuel_cost(case, fuel) + prices.carbon * fuel.co2_t_per_mwh)
                / condensing_efficiency;
            let first = chain.units.len();
            let (pair, limit) = Unit::extraction(
                first,
                *max_power_mw,
                rules.max_heat_mw,
                per_power,
                (*power_loss_per_heat, *power_to_heat),
            );
            let [condensing, mut heat] = pair;
            heat.max_mw = more_mw.into();
            heat.cost_eur_mwh = (rules.vom_eur_per_mwh + cap_price).into();
            chain.units.extend([condensing, heat]);
            chain.limits.push(limit);
            found.condensing = Some(first);
            found.heat = first + 1;
        }
        _ => push(
            chain,
            window,
            unit,
            Unit::with_electricity(more_mw, cost, electricity),
        ),
    }
    found
}

/// Adds an activity and its draw on the source.
fn push(chain: &mut Chain, window: &Window<'_>, unit: usize, activity: Unit) {
    if let CaseUnitKind::HeatPump { source, .. } = window.case.units[unit].kind {
        let draw = (window.from..window.to).map(|t| heat_terms(window.case, unit, t).source);
        let draw: Vec<f64> = draw.collect();
        chain.limits[source]
            .members
            .push((chain.units.len(), draw.into()));
    }
    chain.units.push(activity);
}

fn copy_solution(
    window: &Window<'_>,
    keep_to: usize,
    (activities, solution): (&[Activities], &Solution),
    plan: &mut CasePlan,
) {
    let case = window.case;
    let count = keep_to - window.from;
    let copy = |to: &mut [f64], from: &[f64]| {
        to[window.from..keep_to].copy_from_slice(&from[..count]);
    };
    for (unit, parts) in activities.iter().enumerate() {
        copy(&mut plan.heat_mw[unit], &solution.activity_mw[parts.heat]);
        if let Some(must) = parts.must {
            for step in 0..count {
                plan.heat_mw[unit][window.from + step] += solution.activity_mw[must][step];
            }
        }
        if let (
            Some(first),
            CaseUnitKind::ExtractionChp {
                power_to_heat,
                power_loss_per_heat,
                ..
            },
        ) = (parts.condensing, &case.units[unit].kind)
        {
            for step in 0..count {
                let t = window.from + step;
                let heat = (power_to_heat + power_loss_per_heat) * plan.heat_mw[unit][t];
                let power = solution.activity_mw[first][step] - heat;
                plan.condensing_mw[unit][t] = power.max(0.0);
            }
        }
        if let OnOff::Given(on) = window.on_off
            && case.is_committed(unit)
        {
            plan.is_on[unit][window.from..keep_to].copy_from_slice(&on[unit][window.from..keep_to]);
        }
    }
    if case.dump.is_some()
        && let Some(dumped) = solution.activity_mw.last()
    {
        copy(&mut plan.dumped_mw, dumped);
    }
    if !case.stores.is_empty() {
        copy(&mut plan.charge_mw[0], &solution.charge_mw);
        copy(&mut plan.discharge_mw[0], &solution.discharge_mw);
        copy(&mut plan.level_mwh[0], &solution.content_mwh);
    }
    copy(&mut plan.buy_mw, &solution.buy_mw);
    copy(&mut plan.sell_mw, &solution.sell_mw);
    copy(&mut plan.unserved_mw, &solution.unserved_mw);
    copy(
        &mut plan.heat_price_eur_per_mwh,
        &solution.heat_price_eur_mwh,
    );
    for source in 0..case.sources.len() {
        copy(
            &mut plan.source_worth_eur_per_mwh[source],
            &solution.worth.limits[source],
        );
    }
    if let Some(worth) = plan.store_worth_eur_per_mwh.first_mut() {
        *worth += solution.worth.capacity[..count].iter().sum::<f64>();
    }
}
