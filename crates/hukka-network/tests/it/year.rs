//! The stage as the facade calls it.

use crate::study::{Case, case};
use hukka_model::{DistributionLoss, NetworkState, SolveStatus};
use hukka_network::{Error, Injection, Inputs, Options, run};
use hukka_numerics::Observer;
use hukka_units::{HeatPower, Temperature};

const STEPS: usize = 8760;

fn simulate(case: &Case, injections: &[Injection]) -> NetworkState {
    let inputs = Inputs {
        study: &case.study,
        demand: &case.demand,
        design: &case.design,
        injections,
    };
    run(&inputs, &Options::default(), &mut ()).unwrap().0
}

/// Plant, a street with three houses, a dead end, and a ring.
fn town(steps: usize) -> Case {
    let mut case = case(
        steps,
        9,
        &[
            (0, 1, 400.0, 100),
            (1, 2, 150.0, 80),
            (2, 3, 20.0, 25),
            (1, 4, 30.0, 32),
            (2, 5, 200.0, 65),
            (5, 6, 15.0, 25),
            (7, 2, 300.0, 65),
            (1, 5, 350.0, 65),
            (5, 8, 25.0, 40),
        ],
        &[(3, 30.0), (4, 400.0), (6, 60.0), (8, 800.0)],
    );
    case.design.distribution_losses.push(DistributionLoss {
        conductance_w_k: 150.0,
        node: 8,
    });
    case
}

fn worst_imbalance(state: &NetworkState) -> f64 {
    let h = &state.hourly;
    (0..h.heat_fed.len())
        .map(|t| {
            let out = h.heat_delivered[t].w() + h.heat_loss[t].w();
            (h.heat_fed[t].w() - out).abs() / out.max(1.0)
        })
        .fold(0.0, f64::max)
}

#[test]
fn a_year_closes_every_hour_and_serves_everyone() {
    let case = town(STEPS);
    let state = simulate(&case, &[]);
    assert_eq!(state.status, SolveStatus::Converged);
    assert!(
        worst_imbalance(&state) < 1e-9,
        "{}",
        worst_imbalance(&state)
    );
    let asked: f64 = (0..STEPS)
        .map(|t| (0..4).map(|i| case.demand.at(i, t).w()).sum::<f64>())
        .sum();
    let given: f64 = state.hourly.heat_delivered.iter().map(|q| q.w()).sum();
    assert!((given / asked - 1.0).abs() < 1e-9);
    let lost: f64 = state.hourly.heat_loss.iter().map(|q| q.w()).sum();
    let pipes: f64 = state
        .trenches
        .iter()
        .map(|t| t.heat_loss.si() / 3600.0)
        .sum();
    assert!(pipes < lost && lost < 0.5 * given, "{lost} {given}");
    assert!(
        state.cold_consumers.is_empty(),
        "{:?}",
        state.cold_consumers
    );
}

#[test]
fn pressures_serve_the_index_consumer_exactly() {
    let case = town(STEPS);
    let state = simulate(&case, &[]);
    assert_eq!(state.snapshots.len(), 3);
    let need = case.study.network.min_differential_pressure.pa();
    for snapshot in &state.snapshots {
        let dp =
            |node: usize| snapshot.supply_pressure[node].pa() - snapshot.return_pressure[node].pa();
        let index = state.hourly.index_consumer[snapshot.step] as usize;
        let nodes: Vec<usize> = case.design.connected.iter().map(|c| c.node).collect();
        assert!((dp(nodes[index]) - need).abs() < 1e-3);
        assert!(nodes.iter().all(|&node| dp(node) > need - 1e-3));
        let head = state.hourly.differential_pressure[snapshot.step].pa();
        assert!((dp(0) - head).abs() < 1e-6);
        assert!(
            (0..9).all(
                |i| (snapshot.supply_temperature[i] - snapshot.return_temperature[i]).kelvin()
                    > -1e-6
            ),
            "supply is never colder than return"
        );
    }
}

#[test]
fn one_thread_and_many_give_the_same_bits() {
    let case = town(2000);
    let injections = [Injection {
        node: 7,
        heat: (0..2000)
            .map(|t| HeatPower::from_kw(f64::from(t % 90)))
            .collect(),
    }];
    let with = |threads: usize| {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap()
            .install(|| simulate(&case, &injections))
    };
    let (one, four) = (with(1), with(4));
    assert_eq!(
        one.status,
        SolveStatus::Converged,
        "{:?}",
        one.unsolved_steps
    );
    assert!(worst_imbalance(&one) < 1e-8, "{}", worst_imbalance(&one));
    assert!(one == four);
}

#[test]
fn the_water_takes_its_time_and_narrow_pipes_are_counted() {
    let state = simulate(&town(300), &[]);
    let delays = &state.hourly.index_delay;
    assert_eq!(delays.len(), 300);
    assert!(delays.iter().all(|t| t.h() > 0.0 && t.h() < 50.0));
    assert!(state.trenches.iter().all(|t| t.congested_hours <= 300));
    let narrow = case(
        200,
        3,
        &[(0, 1, 500.0, 20), (1, 2, 20.0, 20)],
        &[(2, 4000.0)],
    );
    let state = simulate(&narrow, &[]);
    assert!(state.trenches.iter().all(|t| t.congested_hours == 200));
}

#[test]
fn a_source_that_covers_the_demand_leaves_nothing_to_the_plant() {
    let case = town(300);
    let alone = simulate(&case, &[]);
    let heat: Vec<_> = alone.hourly.heat_fed.iter().map(|q| *q * 0.9).collect();
    let with = simulate(&case, &[Injection { node: 7, heat }]);
    assert_eq!(with.status, SolveStatus::Converged);
    for t in 0..300 {
        let (a, b) = (alone.hourly.heat_fed[t].w(), with.hourly.heat_fed[t].w());
        assert!((a / b - 1.0).abs() < 0.2, "{t}: {a} {b}");
    }
    assert!(worst_imbalance(&with) < 1e-8);
}

#[test]
fn an_injection_at_the_plant_changes_nothing() {
    let case = town(200);
    let heat = vec![HeatPower::from_kw(100.0); 200];
    assert!(simulate(&case, &[Injection { node: 0, heat }]) == simulate(&case, &[]));
}

#[test]
fn a_year_without_any_demand_still_closes() {
    let mut case = town(500);
    for consumer in &mut case.demand.consumers {
        consumer.space_heat = consumer.space_heat * 0.0;
        consumer.hot_water = consumer.hot_water * 0.0;
    }
    let state = simulate(&case, &[]);
    assert_eq!(state.status, SolveStatus::Converged);
    assert!(worst_imbalance(&state) < 1e-9);
    assert!(
        state
            .hourly
            .heat_delivered
            .iter()
            .all(|q| q.w().abs() < 1e-6)
    );
    assert!(
        state
            .hourly
            .coldest_supply_temperature
            .iter()
            .all(|t| t.c() > 45.0)
    );
}

#[test]
fn water_that_is_too_cold_is_a_shortfall_not_a_flood() {
    let mut case = town(200);
    case.study.network.supply_temperature.at_cold = Temperature::from_c(47.0);
    case.study.network.supply_temperature.at_mild = Temperature::from_c(47.0);
    case.study.network.return_temperature.at_cold = Temperature::from_c(45.0);
    case.study.network.return_temperature.at_mild = Temperature::from_c(45.0);
    let inputs = Inputs {
        study: &case.study,
        demand: &case.demand,
        design: &case.design,
        injections: &[],
    };
    let (state, diagnostics) = run(&inputs, &Options::default(), &mut ()).unwrap();
    assert_eq!(state.status, SolveStatus::Converged);
    assert!(
        diagnostics.iter().any(|d| d.code == "HK0601"),
        "{diagnostics:?}"
    );
    assert!(worst_imbalance(&state) < 1e-9);
}

#[test]
fn a_plant_with_its_only_consumer_beside_it_works() {
    let case = case(100, 1, &[], &[(0, 1000.0)]);
    let state = simulate(&case, &[]);
    assert_eq!(state.status, SolveStatus::Converged);
    assert!(worst_imbalance(&state) < 1e-12);
}

#[test]
fn wrong_designs_are_errors_with_their_place() {
    let fails = |change: &dyn Fn(&mut Case)| {
        let mut case = town(50);
        change(&mut case);
        let inputs = Inputs {
            study: &case.study,
            demand: &case.demand,
            design: &case.design,
            injections: &[],
        };
        run(&inputs, &Options::default(), &mut ()).unwrap_err()
    };
    assert_eq!(
        fails(&|c| c.design.trenches[3].dn = 33),
        Error::UnknownPipeSize { trench: 3, dn: 33 }
    );
    assert_eq!(
        fails(&|c| {
            c.design.trenches.pop();
        }),
        Error::Disconnected { node: 8 }
    );
    assert!(matches!(
        fails(&|c| c.design.connected[1].node = 99),
        Error::UnknownNode { node: 99, .. }
    ));
    assert!(matches!(
        fails(&|c| c.demand.profiles[0].space_heat.truncate(49)),
        Error::SeriesLength {
            found: 49,
            steps: 50,
            ..
        }
    ));
    assert!(matches!(fails(&|c| c.design.nodes.clear()), Error::NoNodes));
}

struct Impatient;

impl Observer for Impatient {
    fn should_stop(&mut self) -> bool {
        true
    }
}

#[test]
fn an_observer_can_stop_the_year() {
    let case = town(50);
    let inputs = Inputs {
        study: &case.study,
        demand: &case.demand,
        design: &case.design,
        injections: &[],
    };
    let stopped = run(&inputs, &Options::default(), &mut Impatient).unwrap_err();
    assert_eq!(stopped, Error::Stopped { done: 0, total: 50 });
}

#[test]
fn pipes_far_too_small_are_an_error_with_numbers() {
    let mut case = case(
        200,
        3,
        &[(0, 1, 500.0, 20), (1, 2, 20.0, 20)],
        &[(2, 4000.0)],
    );
    let codes = |case: &Case| {
        let inputs = Inputs {
            study: &case.study,
            demand: &case.demand,
            design: &case.design,
            injections: &[],
        };
        run(&inputs, &Options::default(), &mut ()).unwrap().1
    };
    let found = codes(&case);
    let finding = found
        .iter()
        .find(|f| f.code == "HK0608")
        .expect("no finding");
    assert!(finding.is_error());
    assert!(
        finding
            .seen
            .as_ref()
            .is_some_and(|seen| seen.contains("m/s"))
    );
    assert!(found.iter().any(|f| f.code == "HK0607"), "{found:#?}");
    for trench in &mut case.design.trenches {
        trench.dn = 150;
    }
    assert!(
        codes(&case)
            .iter()
            .all(|f| f.code != "HK0608" && f.code != "HK0607")
    );
}
