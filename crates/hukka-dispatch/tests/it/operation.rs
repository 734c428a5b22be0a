//! What every plan keeps: balances, limits, store equation, money, carbon, the same bits.

use crate::town::{Town, boiler, network, pump, source, tank};
use hukka_dispatch::Options;
use hukka_model::{DispatchPlan, Fuel, SolveStatus, UnitKind};
use hukka_units::{HeatPower, as_si};
use proptest::prelude::*;

/// A few weeks solved in windows of four days.
pub(crate) fn options() -> Options {
    Options {
        window_hours: 96,
        overlap_hours: 24,
        ..Options::default()
    }
}

pub(crate) fn solve(town: &Town) -> DispatchPlan {
    let (plan, _) = town.run(&options()).unwrap();
    assert!(plan.objective >= plan.bound);
    let gap = (plan.objective - plan.bound).eur() / plan.objective.eur().abs().max(1.0);
    assert!(gap <= 1e-6, "gap {gap}");
    plan
}

/// Largest relative error of the hourly balance, limits and store equation.
fn worst_error(town: &Town, plan: &DispatchPlan) -> f64 {
    let hours = plan.heat_demand.len();
    let mut worst: f64 = 0.0;
    for t in 0..hours {
        let before = (t + hours - 1) % hours;
        let demand = plan.heat_demand[t].mw();
        let mut balance = plan.unserved[t].mw() - plan.dumped[t].mw() - demand;
        for unit in &plan.units {
            let (heat, available) = (unit.heat[t].mw(), unit.available[t].mw());
            balance += heat;
            worst = worst.max(-heat).max(heat - available);
            if matches!(unit.kind, UnitKind::HeatPump(_)) {
                let split = unit.source_heat[t].mw() + unit.electricity[t].mw();
                worst = worst.max((split - heat).abs());
            }
        }
        for store in &plan.stores {
            let (charge, discharge) = (store.charge[t].mw(), store.discharge[t].mw());
            balance += discharge - charge;
            let kept = store.level[before].mwh() - store.loss[t].mw();
            worst = worst.max((kept + charge - discharge - store.level[t].mwh()).abs());
            worst = worst.max(charge.min(discharge));
        }
        for source in &town.sources {
            let taken: f64 = plan
                .units
                .iter()
                .filter(|unit| match unit.kind {
                    UnitKind::HeatPump(i) => {
                        town.design.heat_pumps[i].data_centre == source.data_centre
                    }
                    UnitKind::Boiler(_) => false,
                })
                .map(|unit| unit.source_heat[t].mw())
                .sum();
            worst = worst.max(taken - source.recoverable[t].mw());
        }
        worst = worst.max(balance.abs() / demand.max(1.0));
    }
    worst
}

/// The cost of a plan worked out again from its energies and the study alone, EUR.
fn cost_again(town: &Town, plan: &DispatchPlan) -> f64 {
    let prices = &town.study.prices;
    let mut cost = 0.0;
    for unit in &plan.units {
        for t in 0..plan.heat_demand.len() {
            let paid = prices.electricity[t].eur_mwh()
                + prices.electricity_grid_fee.eur_mwh()
                + prices.electricity_tax.eur_mwh();
            cost += unit.electricity[t].mw() * paid;
            match unit.kind {
                UnitKind::HeatPump(i) => {
                    let machine = &town.design.heat_pumps[i];
                    let price = town.study.data_centres[machine.data_centre].heat_price;
                    cost += unit.source_heat[t].mw() * price.eur_mwh();
                    cost += unit.heat[t].mw() * machine.variable_upkeep.eur_mwh();
                }
                UnitKind::Boiler(i) => {
                    let machine = &town.design.boilers[i];
                    let fuel = machine.fuel.index();
                    let carbon = town.study.emissions.fuel[fuel].kg_mwh() / 1000.0;
                    let burnt = unit.fuel[t].mw();
                    cost += burnt * prices.fuel[fuel].eur_mwh();
                    cost += burnt * carbon * prices.carbon.eur_t();
                    cost += unit.heat[t].mw() * machine.variable_upkeep.eur_mwh();
                }
            }
        }
    }
    cost + plan.unserved.iter().map(|heat| heat.mw()).sum::<f64>() * prices.unserved.eur_mwh()
}

fn check(town: &Town) -> DispatchPlan {
    let plan = solve(town);
    let error = worst_error(town, &plan);
    assert!(error <= 1e-9, "worst error {error}");
    let again = cost_again(town, &plan);
    let difference = (plan.objective.eur() - again).abs() / again.abs().max(1.0);
    assert!(
        difference <= 1e-9,
        "cost {again} against {}",
        plan.objective.eur()
    );
    plan
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn random_towns_keep_every_balance_limit_and_cost(
        seed in 0..1000_u64,
        pumps in 0..3_usize,
        capacity in prop_oneof![Just(0.0), 5.0..150.0_f64],
        supply in 70.0..110.0_f64,
        source_mw in prop_oneof![Just(0.0), 1.0..9.0_f64],
    ) {
        let mut town = Town::new(24 * 21, seed);
        let demand: Vec<f64> = town.network.hourly.heat_fed.iter().map(|q| q.mw()).collect();
        town.network = network(&demand, supply, 45.0);
        town.sources = vec![source(0, demand.len(), source_mw)];
        town.design.heat_pumps = (0..pumps).map(|i| pump(&format!("p{i}"), 0, 3.0 + i as f64)).collect();
        town.design.boilers.push(boiler("electric", Fuel::Electricity, 6.0));
        town.design.stores = vec![tank("tank", capacity)];
        let plan = check(&town);
        prop_assert_eq!(plan.status, SolveStatus::Converged);
    }
}

#[test]
fn carbon_counts_fuel_electricity_and_network_pumps() {
    let town = Town::new(24 * 14, 3);
    let plan = check(&town);
    let mut kg = 0.0;
    for t in 0..plan.heat_demand.len() {
        let electric: f64 = plan.units.iter().map(|unit| unit.electricity[t].mw()).sum();
        kg += (electric + plan.pump_power[t].mw()) * town.study.emissions.electricity[t].kg_mwh();
        kg += plan.units[1].fuel[t].mw() * 198.0;
    }
    assert!((plan.carbon.kg() - kg).abs() <= 1e-9 * kg);
    assert_eq!(plan.pump_power, town.network.hourly.pump_power);
}

#[test]
fn any_number_of_threads_gives_the_same_bits() {
    let town = Town::new(24 * 40, 5);
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| solve(&town))
    };
    let one = with(1);
    assert_eq!(one, with(2));
    assert_eq!(one, with(3));
}

#[test]
fn windows_of_any_length_find_the_same_cost() {
    let town = Town::new(24 * 60, 8);
    let cost = |window_hours: usize, overlap_hours: usize| {
        let options = Options {
            window_hours,
            overlap_hours,
            ..Options::default()
        };
        town.run(&options).unwrap().0.objective.eur()
    };
    let whole = cost(24 * 60, 0);
    for (window, overlap) in [(48, 10), (96, 24), (100, 30), (336, 48)] {
        let found = cost(window, overlap);
        assert!(
            (found - whole).abs() <= 1e-6 * whole,
            "{window} {overlap}: {found} and {whole}"
        );
    }
}

#[test]
fn the_heat_price_is_the_cost_of_the_gas_boiler_when_only_that_has_room() {
    let mut town = Town::new(48, 1);
    town.design.stores.clear();
    town.design.heat_pumps.clear();
    let plan = check(&town);
    let gas = (45.0 + 0.198 * 80.0) / 0.92 + 1.0;
    for price in &plan.heat_price {
        assert!((price.eur_mwh() - gas).abs() < 1e-9);
    }
}

#[test]
fn a_store_moves_heat_from_cheap_hours_to_dear_ones() {
    let mut town = Town::new(24 * 14, 2);
    town.design
        .boilers
        .push(boiler("electric", Fuel::Electricity, 20.0));
    let with = check(&town).objective;
    town.design.stores.clear();
    let without = check(&town).objective;
    assert!(with < without);
}

#[test]
fn no_series_is_negative_zero_or_tiny() {
    let plan = check(&Town::new(24 * 14, 6));
    let all = plan
        .units
        .iter()
        .map(|unit| &unit.heat)
        .chain([&plan.unserved, &plan.dumped]);
    for heat in all {
        let watts = as_si::<HeatPower>(heat);
        assert!(
            watts
                .iter()
                .all(|w| w.is_sign_positive() && (*w < 1e-12 || *w > 1e-3))
        );
    }
}
