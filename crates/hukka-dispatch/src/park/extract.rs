//! A programme's solution as a plan.

use super::programme::Programme;
use super::window::{OnOff, Window};
use hukka_lp::{Column, Solution};
use hukka_model::{CasePlan, DispatchCase, SolveStatus};

/// Values closer to a bound than this are the bound.
const TINY: f64 = 1e-11;

/// A plan of the right shape with nothing in it.
pub(crate) fn empty_plan(case: &DispatchCase) -> CasePlan {
    let steps = case.steps();
    let rows = |count: usize| vec![vec![0.0; steps]; count];
    let committed = (0..case.units.len()).map(|unit| {
        if case.is_committed(unit) {
            vec![false; steps]
        } else {
            Vec::new()
        }
    });
    let condensing = (0..case.units.len()).map(|unit| {
        if super::layout::condenses(case, unit) {
            vec![0.0; steps]
        } else {
            Vec::new()
        }
    });
    let cooled = || {
        let sources = case.sources.iter();
        sources.map(|source| vec![0.0; if source.cooling.is_some() { steps } else { 0 }])
    };
    CasePlan {
        status: SolveStatus::Converged,
        heat_mw: rows(case.units.len()),
        condensing_mw: condensing.collect(),
        is_on: committed.collect(),
        charge_mw: rows(case.stores.len()),
        discharge_mw: rows(case.stores.len()),
        level_mwh: rows(case.stores.len()),
        buy_mw: vec![0.0; steps],
        sell_mw: vec![0.0; steps],
        unserved_mw: vec![0.0; steps],
        dumped_mw: vec![0.0; steps],
        free_cooling_mw: cooled().collect(),
        chiller_mw: cooled().collect(),
        reserve_mw: vec![0.0; steps],
        heat_price_eur_per_mwh: vec![0.0; steps],
        source_worth_eur_per_mwh: rows(case.sources.len()),
        store_worth_eur_per_mwh: vec![0.0; case.stores.len()],
    }
}

/// Copies the steps of a window up to `keep_to` into the plan, duals where there are any.
pub(crate) fn copy_into(
    plan: &mut CasePlan,
    window: &Window<'_>,
    programme: &Programme,
    solution: &Solution,
    keep_to: usize,
) {
    let (case, layout) = (window.case, &programme.layout);
    let value = |column: Column| {
        let x = solution.columns[column.0];
        if x.abs() < TINY { 0.0 } else { x }
    };
    for step in 0..keep_to - window.from {
        let t = window.from + step;
        let at = |offset: usize| value(layout.column(step, offset));
        for unit in 0..case.units.len() {
            plan.heat_mw[unit][t] = at(unit);
            if let Some(offset) = layout.condensing[unit] {
                plan.condensing_mw[unit][t] = at(offset);
            }
            if let Some(offset) = layout.on[unit] {
                plan.is_on[unit][t] = at(offset) > 0.5;
            } else if let OnOff::Given(on) = window.on_off
                && case.is_committed(unit)
            {
                plan.is_on[unit][t] = on[unit][t];
            }
        }
        for store in 0..case.stores.len() {
            let first = layout.first_store + 3 * store;
            plan.charge_mw[store][t] = at(first);
            plan.discharge_mw[store][t] = at(first + 1);
            plan.level_mwh[store][t] = at(first + 2);
        }
        plan.buy_mw[t] = at(layout.buy);
        plan.sell_mw[t] = at(layout.buy + 1);
        plan.unserved_mw[t] = at(layout.buy + 2);
        if let Some(offset) = layout.dump {
            plan.dumped_mw[t] = at(offset);
        }
        for (source, offset) in layout.cooling.iter().enumerate() {
            if let Some(offset) = offset {
                plan.free_cooling_mw[source][t] = at(*offset);
                plan.chiller_mw[source][t] = at(offset + 1);
            }
        }
        if let Some(offset) = layout.reserve {
            plan.reserve_mw[t] = at(offset);
        }
    }
    copy_duals(plan, window, programme, solution, keep_to);
}

fn copy_duals(
    plan: &mut CasePlan,
    window: &Window<'_>,
    programme: &Programme,
    solution: &Solution,
    keep_to: usize,
) {
    let (case, layout) = (window.case, &programme.layout);
    for step in 0..keep_to - window.from {
        let (t, hours) = (window.from + step, window.hours(step));
        let dual = |row: usize| solution.row_duals[layout.row(step, row).0];
        plan.heat_price_eur_per_mwh[t] = dual(0) / hours;
        for source in 0..case.sources.len() {
            plan.source_worth_eur_per_mwh[source][t] = -dual(layout.row_source + source) / hours;
        }
        for store in 0..case.stores.len() {
            let level = layout.level(step, store).0;
            let capacity = case.stores[store].capacity_at(t);
            let is_full = solution.columns[level] > 0.5 * capacity;
            if is_full && case.stores[store].capacity_mwh > 0.0 {
                let share = capacity / case.stores[store].capacity_mwh;
                plan.store_worth_eur_per_mwh[store] -=
                    share * solution.column_duals[level].min(0.0);
            }
        }
    }
}
