//! Random parks against the whole-year programme: optimum, proof, exactness.

use crate::polish::{Operation, polish};
use crate::programme::{Layout, build};
use crate::run::solve;
use crate::study_park::{Park, SharedLimit, Tank, Unit};
use crate::windows::{self, Cut};
use crate::{Options, merit_order, study_chain};
use hukka_model::UnitKind;
use proptest::collection::vec;
use proptest::prelude::*;

fn unit(index: usize, cost: Vec<f64>, limit: Vec<f64>) -> Unit {
    let hours = cost.len();
    Unit {
        id: format!("u{index}"),
        kind: UnitKind::Boiler(index),
        cost,
        limit,
        cop: vec![0.0; hours],
        electricity: vec![0.0; hours],
        fuel: 0.0,
        source: vec![0.0; hours],
    }
}

/// Parks of a few days: costs from −60 to 240 EUR/MWh, idle hours, shared limits, up to two stores.
fn parks(tanks: core::ops::Range<usize>) -> impl Strategy<Value = Park> {
    (1..5_usize, tanks, 72..200_usize, any::<bool>()).prop_flat_map(
        |(units, tanks, hours, shares)| {
            let level = (-20.0..120.0_f64, 0.0..120.0_f64, 2.0..15.0_f64);
            let one = (
                level,
                vec(0.0..1.0_f64, hours),
                vec(0.0..1.0_f64, hours),
                0.0..0.3_f64,
            );
            let tank = (
                1.0..60.0_f64,
                2.0..12.0_f64,
                prop_oneof![Just(0.0), 1e-4..0.05_f64],
            );
            (
                vec(one, units),
                vec(tank, tanks),
                vec(0.0..25.0_f64, hours),
                0.5..8.0_f64,
            )
                .prop_map(move |(units, tanks, demand, room)| {
                    random_park(units, tanks, demand, shares, room)
                })
        },
    )
}

type RandomUnit = ((f64, f64, f64), Vec<f64>, Vec<f64>, f64);

fn random_park(
    units: Vec<RandomUnit>,
    tanks: Vec<(f64, f64, f64)>,
    demand: Vec<f64>,
    shares: bool,
    room: f64,
) -> Park {
    let hours = demand.len();
    let shared = if shares && units.len() > 1 {
        vec![SharedLimit {
            members: vec![(0, vec![0.7; hours]), (1, vec![0.6; hours])],
            limit: (0..hours)
                .map(|t| room * if t % 7 == 0 { 0.0 } else { 1.0 })
                .collect(),
        }]
    } else {
        Vec::new()
    };
    Park {
        demand,
        unserved_price: 1000.0,
        units: units
            .into_iter()
            .enumerate()
            .map(|(i, ((base, swing, size), noise, other, idle))| {
                let cost = noise.iter().map(|n| base + swing * (n - 0.3)).collect();
                let limit = other
                    .iter()
                    .map(|n| if *n < idle { 0.0 } else { size })
                    .collect();
                unit(i, cost, limit)
            })
            .collect(),
        shared,
        tanks: tanks
            .into_iter()
            .enumerate()
            .map(|(s, (capacity, hours, loss))| Tank {
                id: format!("s{s}"),
                capacity,
                power: capacity / hours,
                keep: 1.0 - loss,
            })
            .collect(),
    }
}

/// Largest error in balances, limits and store equations, MW or MWh.
fn worst_error(park: &Park, operation: &Operation) -> f64 {
    let mut worst: f64 = 0.0;
    for t in 0..park.hours() {
        let before = (t + park.hours() - 1) % park.hours();
        let mut balance = operation.unserved[t] - operation.dumped[t] - park.demand[t];
        worst = worst.max(-operation.unserved[t]).max(-operation.dumped[t]);
        for (unit, heat) in park.units.iter().zip(&operation.heat) {
            balance += heat[t];
            worst = worst.max(-heat[t]).max(heat[t] - unit.limit[t]);
        }
        for (s, tank) in park.tanks.iter().enumerate() {
            let (charge, level) = (operation.charge[s][t], operation.level[s][t]);
            balance -= charge;
            let equation = tank.keep * operation.level[s][before] + charge - level;
            worst = worst
                .max(equation.abs())
                .max(-level)
                .max(level - tank.capacity);
            worst = worst.max(charge.abs() - tank.power);
        }
        for limit in &park.shared {
            let used: f64 = limit
                .members
                .iter()
                .map(|(i, f)| f[t] * operation.heat[*i][t])
                .sum();
            worst = worst.max(used - limit.limit[t]);
        }
        worst = worst.max(balance.abs());
    }
    worst
}

/// Optimum of the whole year, straight from the solver.
fn optimum(park: &Park) -> f64 {
    let year: Vec<usize> = (0..park.hours()).collect();
    let solution = build(park, &year)
        .solve(&hukka_lp::Options::default())
        .unwrap();
    assert!(solution.is_optimal());
    solution.objective
}

fn scale(cost: f64) -> f64 {
    cost.abs().max(1.0)
}

const SMALL: Options = Options {
    case: crate::Case::WithDataCentre,
    gap_tolerance: 1e-6,
    window_hours: 36,
    overlap_hours: 12,
};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn random_parks_are_solved_to_their_optimum_with_proof(park in parks(0..3)) {
        let solved = solve(&park, &SMALL, &mut ()).unwrap();
        let cost = solved.operation.cost(&park);
        prop_assert!((cost - optimum(&park)).abs() <= 1e-6 * scale(cost));
        prop_assert!(solved.gap(&park) <= 1e-6);
        prop_assert!(worst_error(&park, &solved.operation) <= 1e-9);
    }

    #[test]
    fn parks_with_one_store_are_solved_exactly_without_the_general_solver(park in parks(0..2)) {
        let point = study_chain::solve(&park).expect("one store or none, few limits");
        let operation = polish(&park, &point);
        let cost = operation.cost(&park);
        prop_assert!((cost - optimum(&park)).abs() <= 1e-9 * scale(cost));
        prop_assert!(worst_error(&park, &operation) <= 1e-9);
        let year: Vec<usize> = (0..park.hours()).collect();
        let bound = build(&park, &year).lower_bound(&point.duals);
        prop_assert!((cost - bound).abs() <= 1e-9 * scale(cost));
    }

    #[test]
    fn windows_joined_are_as_good_as_the_whole(park in parks(1..2)) {
        let cut = Cut { keep: 36, overlap: 12 };
        let operation = polish(&park, &windows::solve(&park, cut).unwrap());
        let cost = operation.cost(&park);
        prop_assert!((cost - optimum(&park)).abs() <= 1e-6 * scale(cost));
        prop_assert!(worst_error(&park, &operation) <= 1e-9);
    }

    #[test]
    fn merit_order_is_the_optimum_without_stores(mut park in parks(0..1)) {
        park.shared.clear();
        let point = merit_order::solve(&park);
        let cost = polish(&park, &point).cost(&park);
        prop_assert!((cost - optimum(&park)).abs() <= 1e-9 * scale(cost));
        let year: Vec<usize> = (0..park.hours()).collect();
        let bound = build(&park, &year).lower_bound(&point.duals);
        prop_assert!((cost - bound).abs() <= 1e-9 * scale(cost));
    }

    #[test]
    fn a_cheaper_unit_never_makes_the_optimum_dearer(park in parks(0..2), less in 0.0..30.0_f64) {
        let mut cheaper = park.clone();
        cheaper.units[0].cost.iter_mut().for_each(|cost| *cost -= less);
        let cost = solve(&park, &SMALL, &mut ()).unwrap().operation.cost(&park);
        let after = solve(&cheaper, &SMALL, &mut ()).unwrap().operation.cost(&cheaper);
        prop_assert!(after <= cost + 1e-6 * scale(cost));
    }

    #[test]
    fn a_larger_store_never_makes_the_optimum_dearer(park in parks(1..2), more in 0.0..40.0_f64) {
        let mut larger = park.clone();
        larger.tanks[0].capacity += more;
        let cost = solve(&park, &SMALL, &mut ()).unwrap().operation.cost(&park);
        let after = solve(&larger, &SMALL, &mut ()).unwrap().operation.cost(&larger);
        prop_assert!(after <= cost + 1e-6 * scale(cost));
    }

    #[test]
    fn the_heat_price_is_what_a_little_more_demand_costs(park in parks(0..2), pick in 0.0..1.0_f64) {
        let t = (pick * park.hours() as f64) as usize;
        let solved = solve(&park, &SMALL, &mut ()).unwrap();
        let price = solved.heat_price(&park)[t];
        // A convex optimum lies between its slopes on either side.
        let mut more = park.clone();
        more.demand[t] += 0.1;
        let up = (optimum(&more) - optimum(&park)) / 0.1;
        prop_assert!(price <= up + 1e-4 * scale(up));
        if park.demand[t] > 0.1 {
            let mut less = park.clone();
            less.demand[t] -= 0.1;
            let down = (optimum(&park) - optimum(&less)) / 0.1;
            prop_assert!(price >= down - 1e-4 * scale(down));
        }
    }
}

#[test]
fn blocks_have_the_size_the_layout_says() {
    let park = random_park(
        vec![((10.0, 5.0, 3.0), vec![0.5; 4], vec![0.5; 4], 0.0); 2],
        vec![(5.0, 4.0, 0.01)],
        vec![2.0; 4],
        true,
        1.0,
    );
    let programme = build(&park, &[0, 1, 2, 3]);
    let layout = Layout::of(&park);
    assert_eq!(programme.columns(), 4 * layout.columns());
    assert_eq!(programme.rows(), 4 * layout.rows());
    // A single hour follows itself: the store only loses what it is given.
    assert!(
        build(&park, &[0])
            .solve(&hukka_lp::Options::default())
            .unwrap()
            .is_optimal()
    );
}
