//! Chains made to hit what has gone wrong before: each was a real error of a millionth or less that
//! ordinary cases let pass.

use crate::judge::{optimum, solved};
use hukka_dispatch::exact::{Chain, Ends, Grid, SharedLimit, Solution, Store, Unit};

fn chain(demand_mw: Vec<f64>) -> Chain {
    Chain {
        step_h: vec![1.0; demand_mw.len()],
        demand_mw,
        unserved_eur_mwh: Some(1000.0),
        units: Vec::new(),
        limits: Vec::new(),
        grid: None,
        store: None,
    }
}

fn tank(efficiency: f64) -> Store {
    Store {
        capacity_mwh: 50.0.into(),
        max_charge_mw: 10.0.into(),
        max_discharge_mw: 10.0.into(),
        charge_efficiency: efficiency,
        discharge_efficiency: efficiency,
        loss_per_h: 0.001,
        ends: Ends::Cyclic,
    }
}

fn grid(prices: &[f64], spread: f64) -> Grid {
    Grid {
        buy_eur_mwh: prices.to_vec().into(),
        sell_eur_mwh: prices
            .iter()
            .map(|price| price - spread)
            .collect::<Vec<_>>()
            .into(),
        max_buy_mw: 100.0.into(),
        max_sell_mw: 100.0.into(),
    }
}

/// The plan, found to be the general solver's and proven.
fn checked(chain: &Chain) -> Solution {
    let solution = solved(chain).expect("a feasible chain");
    let expected = optimum(chain).expect("a feasible chain");
    let scale = expected.abs().max(1.0);
    let found = solution.objective_eur;
    assert!(
        (found - expected).abs() <= 1e-9 * scale,
        "{found}, not {expected}"
    );
    assert!(solution.gap() <= 1e-9, "gap {}", solution.gap());
    solution
}

#[test]
fn three_cost_lines_meet_where_the_park_uses_its_own_power() {
    // At 50 EUR/MWh of power the pump, the boiler and the CHP all make heat at 40 EUR/MWh.
    for demand in [5.0, 15.0, 25.0, 40.0] {
        let mut chain = chain(vec![demand, demand + 1.0]);
        chain.units = vec![
            Unit::with_electricity(20.0, 15.0, 0.5),
            Unit::heat_only(20.0, 40.0),
            Unit::with_electricity(20.0, 75.0, -0.7),
        ];
        chain.grid = Some(grid(&[60.0, 60.0], 20.0));
        checked(&chain);
        chain.store = Some(tank(0.95));
        checked(&chain);
    }
}

#[test]
fn full_charge_and_discharge_at_once_may_equal_a_plain_discharge() {
    // 10 MW in and 10 MW out take 10 (1 / 0.9 − 0.9) MWh out of the store, as 1.9 MW plainly would.
    let mut chain = chain(vec![1.9, 12.0, 1.9]);
    chain.units = vec![Unit::with_electricity(30.0, 2.0, 1.0)];
    chain.grid = Some(grid(&[-120.0, 80.0, -120.0], 10.0));
    chain.store = Some(tank(0.9));
    let burnt = checked(&chain);
    assert!(burnt.charge_mw[0] > 0.0 && burnt.discharge_mw[0] > 0.0);
}

#[test]
fn heat_is_burnt_in_the_tank_at_no_net_heat_when_demand_is_small() {
    // The store has to be emptied into a demand smaller than its discharge.
    let mut chain = chain(vec![1.0; 3]);
    chain.units = vec![Unit::heat_only(5.0, 30.0)];
    chain.store = Some(Store {
        ends: Ends::From {
            start_mwh: 20.0,
            end: hukka_dispatch::exact::ValueFunction::between(0.0, 12.0),
        },
        ..tank(0.8)
    });
    let burnt = checked(&chain);
    assert!((0..3).any(|t| burnt.charge_mw[t] > 0.0 && burnt.discharge_mw[t] > 0.0));
    assert!(burnt.content_mwh[2] <= 12.0 + 1e-9);
}

#[test]
fn several_pumps_on_one_source_make_way_for_the_better_one() {
    let mut chain = chain((1..12).map(|t| 2.5 * f64::from(t)).collect());
    let steps = chain.steps();
    let cops = [2.0, 3.0, 3.0, 5.0];
    chain.units = cops
        .iter()
        .map(|cop| Unit::with_electricity(8.0, 1.0, 1.0 / cop))
        .collect();
    chain.units.push(Unit::heat_only(40.0, 55.0));
    chain.limits = vec![SharedLimit {
        members: (0..4).map(|i| (i, (1.0 - 1.0 / cops[i]).into())).collect(),
        limit_mw: 9.0.into(),
    }];
    chain.grid = Some(grid(&vec![30.0; steps], 0.0));
    let plan = checked(&chain);
    // With little heat wanted the best pump runs; at most heat per source the poorer ones do.
    assert!(plan.activity_mw[3][0] > 0.0 && plan.activity_mw[0][0] <= 0.0);
    assert!(plan.activity_mw[0][steps - 1] > 0.0);
    assert!(plan.worth.limits[0][steps - 1] > 0.0);
}

#[test]
fn an_extraction_plant_trades_power_for_heat_within_its_polygon() {
    let mut chain = chain(vec![0.0, 10.0, 20.0, 30.0, 45.0]);
    let (pair, limit) = Unit::extraction(0, 30.0, 40.0, 70.0, (0.15, 0.5));
    chain.units = pair.to_vec();
    chain.units.push(Unit::heat_only(50.0, 60.0));
    chain.limits = vec![limit];
    chain.grid = Some(grid(&[90.0, 65.0, 20.0, 90.0, 120.0], 5.0));
    let plan = checked(&chain);
    for t in 0..5 {
        let (condensing, heat) = (plan.activity_mw[0][t], plan.activity_mw[1][t]);
        assert!(condensing - 0.15 * heat >= 0.5 * heat - 1e-9);
    }
    // Dear power is made even without demand for heat.
    assert!(plan.activity_mw[0][0] > 29.9 && plan.sell_mw[0] > 29.9);
}

#[test]
fn a_least_activity_is_kept_where_it_costs_and_refused_where_it_cannot_be() {
    let mut chain = chain(vec![6.0, 20.0]);
    chain.units = vec![
        Unit::with_electricity(15.0, 80.0, -0.5).at_least(vec![5.0, 0.0]),
        Unit::heat_only(40.0, 30.0),
    ];
    chain.grid = Some(grid(&[40.0, 40.0], 10.0));
    let plan = checked(&chain);
    assert!((plan.activity_mw[0][0] - 5.0).abs() < 1e-12 && plan.activity_mw[0][1] <= 0.0);
    // No room to sell the power it makes.
    if let Some(grid) = &mut chain.grid {
        grid.max_sell_mw = 2.0.into();
    }
    assert!(solved(&chain).is_none() && optimum(&chain).is_none());
}

#[test]
fn without_a_price_for_unserved_heat_a_shortage_is_named() {
    use hukka_dispatch::exact::{Infeasible, Misfit, Options, Outcome, solve};
    let mut chain = chain(vec![5.0, 12.0, 5.0]);
    chain.unserved_eur_mwh = None;
    chain.units = vec![Unit::heat_only(10.0, 30.0)];
    let found = solve(&chain, &Options::default()).unwrap();
    let Outcome::Infeasible(Infeasible { step: 1, misfit }) = found else {
        panic!("{found:?}");
    };
    let Misfit::Heat { missing_mw } = misfit else {
        panic!("{misfit:?}");
    };
    assert!((missing_mw - 2.0).abs() < 1e-9);
    chain.store = Some(tank(1.0));
    checked(&chain);
}

#[test]
fn the_same_chain_has_the_same_bits_on_any_thread() {
    let chain = crate::year::window(24 * 28, 1.0, 3);
    let first = solved(&chain).unwrap();
    let others: Vec<Solution> = std::thread::scope(|scope| {
        let run = || solved(&chain).unwrap();
        let threads = [scope.spawn(run), scope.spawn(run)];
        threads.map(|thread| thread.join().unwrap()).into()
    });
    assert!(others.iter().all(|other| *other == first));
}
