//! The study's park as a chain for the exact engine, and its solution in the programme's layout.

use crate::exact::{self, Chain, Ends, Outcome, SharedLimit, Solution, Store, Unit};
use crate::programme::{Layout, Point};
use crate::study_park::Park;

/// The optimum of a park with one store or none; `None` where the exact engine does not apply or
/// does not finish, so that the general solver has to.
pub(crate) fn solve(park: &Park) -> Option<Point> {
    if park.tanks.len() > 1 {
        return None;
    }
    let chain = chain(park);
    match exact::solve(&chain, &exact::Options::default()) {
        Ok(Outcome::Optimal(solution)) => Some(point(park, &solution)),
        Ok(Outcome::Infeasible(_)) | Err(_) => None,
    }
}

/// Units in the park's order, then unserved heat, limited to the demand, then the free dump.
fn chain(park: &Park) -> Chain {
    let hours = park.hours();
    let mut units: Vec<Unit> = park
        .units
        .iter()
        .map(|unit| Unit::heat_only(unit.limit.clone(), unit.cost.clone()))
        .collect();
    units.push(Unit::heat_only(park.demand.clone(), park.unserved_price));
    let power = park.tanks.first().map_or(0.0, |tank| tank.power);
    // More than can ever be thrown away.
    let most = |t: usize| {
        let made: f64 = park.units.iter().map(|unit| unit.limit[t]).sum();
        made + park.demand[t] + power
    };
    let surplus: Vec<f64> = (0..hours).map(most).collect();
    units.push(Unit::taking_heat(surplus, 0.0));
    let limit = |limit: &crate::study_park::SharedLimit| SharedLimit {
        members: limit
            .members
            .iter()
            .map(|(unit, factors)| (*unit, factors.clone().into()))
            .collect(),
        limit_mw: limit.limit.clone().into(),
    };
    Chain {
        step_h: vec![1.0; hours],
        demand_mw: park.demand.clone(),
        unserved_eur_mwh: None,
        units,
        limits: park.shared.iter().map(limit).collect(),
        grid: None,
        store: park.tanks.first().map(|tank| Store {
            capacity_mwh: tank.capacity.into(),
            max_charge_mw: tank.power.into(),
            max_discharge_mw: tank.power.into(),
            charge_efficiency: 1.0,
            discharge_efficiency: 1.0,
            loss_per_h: 1.0 - tank.keep,
            ends: Ends::Cyclic,
        }),
    }
}

/// Columns and duals block by block: a limit's dual is less its worth, the charge row's what heat
/// is worth beyond the content it would become.
fn point(park: &Park, solution: &Solution) -> Point {
    let layout = Layout::of(park);
    let mut point = Point {
        columns: Vec::with_capacity(park.hours() * layout.columns()),
        duals: Vec::with_capacity(park.hours() * layout.rows()),
    };
    for t in 0..park.hours() {
        // The units and, after them, unserved heat.
        let made = &solution.activity_mw[..=park.units.len()];
        point.columns.extend(made.iter().map(|heat| heat[t]));
        let price = solution.heat_price_eur_mwh[t];
        point.duals.push(price);
        if !park.tanks.is_empty() {
            point.columns.push(solution.content_mwh[t]);
            point.duals.push(price - solution.worth.content[t]);
        }
        let limits = solution.worth.limits.iter();
        point.duals.extend(limits.map(|worth| -worth[t]));
    }
    point
}
