//! Judges a solution of the exact engine: against the general solver, its own bound, all limits.

use crate::chains::{programme, random};
use hukka_dispatch::exact::{Chain, Ends, Options, Outcome, Solution, solve};

pub(crate) fn optimum(chain: &Chain) -> Option<f64> {
    let programme = programme(chain);
    // The general solver gives up on a few programmes, and with one tolerance but not another.
    [1e-9, 1e-7].into_iter().find_map(|feasibility_tolerance| {
        let options = hukka_lp::Options {
            feasibility_tolerance,
            ..hukka_lp::Options::default()
        };
        let solution = programme.problem.solve(&options).unwrap();
        solution
            .is_optimal()
            .then_some(solution.objective + programme.constant)
    })
}

pub(crate) fn solved(chain: &Chain) -> Option<Solution> {
    match solve(chain, &Options::default()).unwrap() {
        Outcome::Optimal(solution) => Some(*solution),
        Outcome::Infeasible(_) => None,
    }
}

/// Money that moves: what an error is measured against.
pub(crate) fn turnover(chain: &Chain, solution: &Solution) -> f64 {
    let mut sum = 1.0;
    for (t, hours) in chain.step_h.iter().enumerate() {
        for (unit, activity) in chain.units.iter().zip(&solution.activity_mw) {
            sum += hours * (unit.cost_eur_mwh.at(t) * activity[t]).abs();
        }
        if let Some(grid) = &chain.grid {
            sum += hours * (grid.buy_eur_mwh.at(t) * solution.buy_mw[t]).abs();
            sum += hours * (grid.sell_eur_mwh.at(t) * solution.sell_mw[t]).abs();
        }
        sum += hours * chain.unserved_eur_mwh.unwrap_or(0.0) * solution.unserved_mw[t];
    }
    sum
}

/// Largest breach of any balance or limit, MW or MWh.
pub(crate) fn worst_breach(chain: &Chain, solution: &Solution) -> f64 {
    let mut worst: f64 = 0.0;
    let mut within = |value: f64, most: f64| {
        worst = worst.max(-value).max(value - most);
    };
    for t in 0..chain.steps() {
        let (mut heat, mut power) = (solution.unserved_mw[t] - chain.demand_mw[t], 0.0);
        within(solution.unserved_mw[t], f64::INFINITY);
        for (unit, activity) in chain.units.iter().zip(&solution.activity_mw) {
            let least = unit.min_mw.at(t);
            within(activity[t] - least, unit.max_mw.at(t) - least);
            heat += unit.heat * activity[t];
            power += unit.electricity.at(t) * activity[t];
        }
        if let Some(grid) = &chain.grid {
            within(solution.buy_mw[t], grid.max_buy_mw.at(t));
            within(solution.sell_mw[t], grid.max_sell_mw.at(t));
            power -= solution.buy_mw[t] - solution.sell_mw[t];
        }
        for limit in &chain.limits {
            let used: f64 = limit
                .members
                .iter()
                .map(|(i, f)| f.at(t) * solution.activity_mw[*i][t])
                .sum();
            within((used - limit.limit_mw.at(t)).max(0.0), 0.0);
        }
        if let Some(store) = &chain.store {
            let (charge, discharge) = (solution.charge_mw[t], solution.discharge_mw[t]);
            within(charge, store.max_charge_mw.at(t));
            within(discharge, store.max_discharge_mw.at(t));
            within(solution.content_mwh[t], store.capacity_mwh.at(t));
            heat += discharge - charge;
            let before = match (&store.ends, t) {
                (Ends::Cyclic, 0) => solution.content_mwh[chain.steps() - 1],
                (Ends::From { start_mwh, .. }, 0) => *start_mwh,
                _ => solution.content_mwh[t - 1],
            };
            let hours = chain.step_h[t];
            let kept = (1.0 - store.loss_per_h).powf(hours) * before;
            let change = store.charge_efficiency * charge - discharge / store.discharge_efficiency;
            within((kept + hours * change - solution.content_mwh[t]).abs(), 0.0);
        }
        within(heat.abs(), 0.0);
        within(power.abs(), 0.0);
    }
    worst
}

pub(crate) fn check(seed: u64) -> Result<(), String> {
    check_chain(seed, &random(seed))
}

/// Cost, bound, balances and limits of a chain against the general solver; `seed` names it.
pub(crate) fn check_chain(seed: u64, chain: &Chain) -> Result<(), String> {
    let expected = optimum(chain);
    let found = match solve(chain, &Options::default()) {
        Ok(Outcome::Optimal(solution)) => Some(*solution),
        Ok(Outcome::Infeasible(_)) => None,
        Err(error) => return Err(format!("seed {seed}: {error}")),
    };
    let (Some(expected), Some(found)) = (expected, &found) else {
        return if expected.is_none() && found.is_none() {
            Ok(())
        } else {
            Err(format!(
                "seed {seed}: HiGHS {expected:?}, found {:?}",
                found
                    .as_ref()
                    .map(|found| (found.objective_eur, worst_breach(chain, found)))
            ))
        };
    };
    let scale = turnover(chain, found);
    let error = (found.objective_eur - expected) / scale;
    let gap = (found.objective_eur - found.bound_eur) / scale;
    let breach = worst_breach(chain, found);
    if error.abs() > 1e-9 || gap > 1e-9 || breach > 1e-9 {
        return Err(format!(
            "seed {seed} ({} steps): error {error:.1e}, gap {gap:.1e}, breach {breach:.1e}, HiGHS {expected}, scale {scale}",
            chain.steps()
        ));
    }
    Ok(())
}
