//! What the relaxation of a whole span tells its windows.

use super::account::carbon_t;
use super::by_chain;
use super::extract::{copy_into, empty_plan};
use super::options::Engine;
use super::programme::build;
use super::solve::lp_options;
use super::window::{Allowance, CapPrices, Window, heat_caps};
use crate::Error;
use hukka_lp::{Bounds, Solution, Status};
use hukka_model::{CasePlan, DispatchCase};

/// Cost, prices and plan of the relaxation.
pub(crate) struct Guide {
    pub(crate) cost: f64,
    /// No plan costs less, EUR; minus infinity when limits had to be broken.
    pub(crate) bound: f64,
    /// Worth of content after each step, by store, EUR/MWh.
    pub(crate) worth: Vec<Vec<f64>>,
    pub(crate) plan: CasePlan,
    pub(crate) prices: CapPrices,
    /// What the limits over the whole span earn at their prices, EUR.
    pub(crate) cap_value: f64,
}

/// Solves a relaxed window: exactly where its park allows it, else through HiGHS; limits that
/// cannot be kept are broken at a high price.
pub(crate) fn guide(window: &Window<'_>, engine: Engine) -> Result<Guide, Error> {
    if engine != Engine::Highs && by_chain::obstacle(window).is_none() {
        let mut plan = empty_plan(window.case);
        if let Some(found) = by_chain::solve_by_chain(window, window.to, &mut plan) {
            return Ok(Guide {
                cost: found.bound,
                bound: found.bound,
                worth: window
                    .case
                    .stores
                    .iter()
                    .map(|_| found.worth.clone())
                    .collect(),
                plan,
                prices: CapPrices::default(),
                cap_value: 0.0,
            });
        }
    }
    let found = through_highs(window)?;
    if let Some(guide) = found {
        return Ok(guide);
    }
    let slack = Window {
        has_slack: true,
        ..window.clone()
    };
    through_highs(&slack)?.ok_or(Error::NoSolution {
        status: Status::Infeasible,
        first: window.from,
        last: window.to - 1,
    })
}

/// `None` when the window is infeasible.
fn through_highs(window: &Window<'_>) -> Result<Option<Guide>, Error> {
    let case = window.case;
    let programme = build(window);
    let solution = programme.problem.solve(&lp_options())?;
    if !solution.is_optimal() {
        return match solution.status {
            Status::Infeasible | Status::InfeasibleOrUnbounded if !window.has_slack => Ok(None),
            _ => Err(no_solution(window, &solution)),
        };
    }
    let layout = &programme.layout;
    let worth = (0..case.stores.len()).map(|store| {
        let row = |t: usize| layout.row(t, layout.row_store + store).0;
        let worth = (0..window.steps()).map(|t| -solution.row_duals[row(t)]);
        worth.collect()
    });
    let mut plan = empty_plan(case);
    copy_into(&mut plan, window, &programme, &solution, window.to);
    let price = |row: Option<hukka_lp::Row>| row.map_or(0.0, |row| -solution.row_duals[row.0]);
    let prices = CapPrices {
        carbon: price(programme.carbon_row).max(0.0),
        heat: programme.heat_rows.iter().map(|row| price(*row)).collect(),
    };
    let caps = (0..case.units.len()).map(|unit| heat_caps(case, unit));
    let heat: f64 = caps
        .zip(&prices.heat)
        .map(|(caps, price)| caps.map_or(0.0, |caps| value_at(caps, *price)))
        .sum();
    Ok(Some(Guide {
        cost: solution.objective,
        bound: if window.has_slack {
            f64::NEG_INFINITY
        } else {
            solution.bound
        },
        worth: worth.collect(),
        plan,
        cap_value: heat + prices.carbon * case.carbon.cap_t.unwrap_or(0.0),
        prices,
    }))
}

/// A price on a limit times the end of it that the price binds at.
fn value_at(caps: Bounds, price: f64) -> f64 {
    let end = if price > 0.0 { caps.upper } else { caps.lower };
    if end.is_finite() { price * end } else { 0.0 }
}

/// The window has no plan at all.
pub(crate) fn no_solution(window: &Window<'_>, solution: &Solution) -> Error {
    Error::NoSolution {
        status: solution.status,
        first: window.from,
        last: window.to - 1,
    }
}

/// What is left of the limits over the whole span for the steps `window.0..window.1`: all, less
/// what was used before, less what the guide uses after.
pub(crate) fn allowance(
    case: &DispatchCase,
    (done, guide): (&CasePlan, &CasePlan),
    (from, to): (usize, usize),
) -> Allowance {
    let others = |before: &dyn Fn(&CasePlan, usize) -> f64| -> f64 {
        let used: f64 = (0..from).map(|t| before(done, t)).sum();
        let planned: f64 = (to..case.steps()).map(|t| before(guide, t)).sum();
        used + planned
    };
    let carbon = case.carbon.cap_t.map(|cap| {
        let others = others(&|plan, t| carbon_t(case, plan, t));
        (cap - others).max(0.0)
    });
    let heat = (0..case.units.len()).map(|unit| {
        let caps = heat_caps(case, unit)?;
        let others = others(&|plan, t| case.step_hours[t] * plan.heat_mw[unit][t]);
        Some(Bounds {
            lower: caps.lower - others,
            upper: (caps.upper - others).max(0.0),
        })
    });
    Allowance {
        carbon,
        heat: heat.collect(),
    }
}
