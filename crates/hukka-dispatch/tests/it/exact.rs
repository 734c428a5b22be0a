//! The exact engine against the general solver, and what holds for every chain.

use crate::chains::{Dice, random};
use crate::judge::{check, check_chain, solved, turnover};
use crate::year;
use hukka_dispatch::exact::{
    Chain, Ends, Options, Outcome, Series, Solution, ValueFunction, solve,
};

/// Rounding of a cost, EUR per EUR moved.
const ROUNDING: f64 = 1e-10;

/// Changes every value of a series.
fn map(series: &Series, change: impl Fn(usize, f64) -> f64, steps: usize) -> Series {
    Series::PerStep((0..steps).map(|t| change(t, series.at(t))).collect())
}

/// Least cost; without end where there is no operation.
fn cost(chain: &Chain) -> f64 {
    solved(chain).map_or(f64::INFINITY, |solution| solution.objective_eur)
}

/// A few hundred chains with their solutions and dice of their own.
fn each(seeds: core::ops::Range<u64>, mut claim: impl FnMut(&Chain, &Solution, &mut Dice)) {
    for seed in seeds {
        let chain = random(seed);
        // Least activities may leave no operation.
        if let Some(solution) = solved(&chain) {
            claim(&chain, &solution, &mut Dice(seed));
        }
    }
}

/// Their value functions have thousands of pieces, more than ordinary stores ever see.
#[test]
fn large_stores_have_the_optimum_of_the_general_solver() {
    for (seed, steps, step_h, capacity, loss) in [
        (1, 1500, 1.0, 60_000.0, 0.0),
        (2, 1500, 1.0, 100_000.0, 0.000_077),
        (3, 1200, 1.0, 30_000.0, 0.001),
        (4, 2000, 0.25, 40_000.0, 0.0001),
        (5, 900, 1.0, 5_000.0, 0.01),
    ] {
        for is_closed in [true, false] {
            let mut chain = year::window(steps, step_h, seed);
            let store = chain.store.as_mut().unwrap();
            store.capacity_mwh = capacity.into();
            store.loss_per_h = loss;
            if !is_closed {
                store.ends = Ends::From {
                    start_mwh: 0.3 * capacity,
                    end: ValueFunction::new(0.0, 0.0, &[(capacity, -20.0)]).unwrap(),
                };
            }
            assert_eq!(check_chain(seed, &chain), Ok(()), "closed: {is_closed}");
        }
    }
}

#[test]
fn random_parks_and_windows_have_the_optimum_of_the_general_solver() {
    let failures: Vec<String> = (0..1000).filter_map(|seed| check(seed).err()).collect();
    assert!(
        failures.is_empty(),
        "{} failures:\n{}",
        failures.len(),
        failures[..failures.len().min(20)].join("\n")
    );
}

#[test]
fn a_cheaper_unit_never_makes_the_optimum_dearer() {
    each(20_000..20_200, |chain, solution, dice| {
        if chain.units.is_empty() {
            return;
        }
        let mut cheaper = chain.clone();
        let unit = &mut cheaper.units[dice.below(chain.units.len())];
        let less = dice.between(0.0, 30.0);
        unit.cost_eur_mwh = map(&unit.cost_eur_mwh, |_, c| c - less, chain.steps());
        let slack = ROUNDING * turnover(chain, solution);
        assert!(cost(&cheaper) <= solution.objective_eur + slack);
    });
}

#[test]
fn a_larger_store_never_makes_the_optimum_dearer() {
    each(21_000..21_200, |chain, solution, dice| {
        let mut larger = chain.clone();
        let Some(store) = &mut larger.store else {
            return;
        };
        let more = dice.between(0.0, 40.0);
        // Content above the old capacity must be worth something known.
        if let Ends::From { end, .. } = &mut store.ends {
            let (from, to) = end.range();
            let mut pieces: Vec<(f64, f64)> = end.pieces().collect();
            pieces.push((more, 0.0));
            *end = ValueFunction::new(from, end.cost_at(from).unwrap(), &pieces).unwrap();
            assert!(end.range().1 >= to);
        }
        store.capacity_mwh = map(&store.capacity_mwh, |_, c| c + more, chain.steps());
        let slack = ROUNDING * turnover(chain, solution);
        assert!(cost(&larger) <= solution.objective_eur + slack);
    });
}

/// A convex optimum lies above the line its dual draws: `v(b ± δ) ≥ v(b) ± y δ`.
fn supports(
    chain: &Chain,
    solution: &Solution,
    dual: f64,
    step: f64,
    changed: impl Fn(f64) -> Option<Chain>,
) {
    let slack = ROUNDING * turnover(chain, solution);
    for delta in [step, -step] {
        if let Some(changed) = changed(delta) {
            let least = solution.objective_eur + dual * delta;
            let found = cost(&changed);
            assert!(
                found >= least - slack,
                "changed by {delta}: {found}, the dual {dual} promised at least {least}"
            );
        }
    }
}

#[test]
fn the_heat_price_is_what_more_and_less_demand_cost() {
    each(22_000..22_200, |chain, solution, dice| {
        let t = dice.below(chain.steps());
        let dual = chain.step_h[t] * solution.heat_price_eur_mwh[t];
        let step = 0.05 * (0.1 + chain.demand_mw[t]);
        supports(chain, solution, dual, step, |delta| {
            let mut changed = chain.clone();
            changed.demand_mw[t] += delta;
            (changed.demand_mw[t] >= 0.0).then_some(changed)
        });
    });
}

#[test]
fn the_worth_of_source_heat_is_what_more_and_less_of_it_change() {
    each(23_000..23_300, |chain, solution, dice| {
        if chain.limits.is_empty() {
            return;
        }
        let (t, k) = (dice.below(chain.steps()), dice.below(chain.limits.len()));
        let dual = -chain.step_h[t] * solution.worth.limits[k][t];
        let limit = chain.limits[k].limit_mw.at(t);
        supports(chain, solution, dual, 0.1 + 0.05 * limit, |delta| {
            let mut changed = chain.clone();
            let series = &chain.limits[k].limit_mw;
            let with = |s, v| if s == t { v + delta } else { v };
            changed.limits[k].limit_mw = map(series, with, chain.steps());
            (limit + delta >= 0.0).then_some(changed)
        });
    });
}

#[test]
fn the_worth_of_the_store_is_what_its_size_and_power_change() {
    each(24_000..24_300, |chain, solution, dice| {
        let Some(store) = &chain.store else { return };
        if store.ends != Ends::Cyclic {
            return;
        }
        let worth = &solution.worth;
        let which = dice.below(3);
        let (series, of_step): (&Series, &[f64]) = match which {
            0 => (&store.capacity_mwh, &worth.capacity),
            1 => (&store.max_charge_mw, &worth.charge),
            _ => (&store.max_discharge_mw, &worth.discharge),
        };
        let hours = |t: usize| if which == 0 { 1.0 } else { chain.step_h[t] };
        let dual: f64 = of_step.iter().enumerate().map(|(t, w)| -hours(t) * w).sum();
        supports(chain, solution, dual, 0.1, |delta| {
            let mut changed = chain.clone();
            let wider = map(series, |_, v| v + delta, chain.steps());
            let store = changed.store.as_mut()?;
            match which {
                0 => store.capacity_mwh = wider,
                1 => store.max_charge_mw = wider,
                _ => store.max_discharge_mw = wider,
            }
            (series.at(0) + delta >= 0.0).then_some(changed)
        });
    });
}

#[test]
fn the_value_of_content_prices_the_rest_of_the_run() {
    let options = Options {
        keeps_value_functions: true,
    };
    each(25_000..25_300, |chain, solution, dice| {
        let Some(store) = &chain.store else { return };
        let Ends::From { end, .. } = &store.ends else {
            return;
        };
        if chain.steps() < 2 {
            return;
        }
        let Outcome::Optimal(kept) = solve(chain, &options).unwrap() else {
            panic!("the same chain has the same optimum");
        };
        let t = dice.below(chain.steps() - 1);
        let mut rest = chain.clone();
        let cut = |series: &Series| {
            Series::PerStep((t + 1..chain.steps()).map(|s| series.at(s)).collect())
        };
        rest.step_h.drain(..=t);
        rest.demand_mw.drain(..=t);
        for unit in &mut rest.units {
            unit.min_mw = cut(&unit.min_mw);
            unit.max_mw = cut(&unit.max_mw);
            unit.cost_eur_mwh = cut(&unit.cost_eur_mwh);
            unit.electricity = cut(&unit.electricity);
        }
        for limit in &mut rest.limits {
            limit.limit_mw = cut(&limit.limit_mw);
            for (_, factor) in &mut limit.members {
                *factor = cut(factor);
            }
        }
        if let Some(grid) = &mut rest.grid {
            grid.buy_eur_mwh = cut(&grid.buy_eur_mwh);
            grid.sell_eur_mwh = cut(&grid.sell_eur_mwh);
        }
        let value = kept.value_function(t).expect("it was asked for");
        let content = dice.unit() * store.capacity_mwh.at(t);
        let start = Ends::From {
            start_mwh: content,
            end: end.clone(),
        };
        if let Some(store) = &mut rest.store {
            store.ends = start;
        }
        let slack = ROUNDING * (turnover(chain, solution) + 1e3 * content);
        let Some(value) = value.cost_at(content) else {
            assert!(cost(&rest).is_infinite());
            return;
        };
        assert!((value - cost(&rest)).abs() <= slack);
    });
}
