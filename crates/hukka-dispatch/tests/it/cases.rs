//! Plants and prices at the edges: nothing offered, negative prices, series position, today's plant.

use crate::operation::{options, solve};
use crate::town::{Town, boiler, network, pump, source, tank};
use hukka_dispatch::{Case, DIRECT_EXCHANGE_COP, Error, Options};
use hukka_model::{Diagnostic, Fuel, SolveStatus, UnitKind};
use hukka_units::{EnergyPrice, HeatPower, Ratio, Temperature};

fn codes(diagnostics: &[Diagnostic]) -> Vec<&str> {
    diagnostics.iter().map(|d| d.code.as_str()).collect()
}

fn demand_of(town: &Town) -> Vec<f64> {
    town.network
        .hourly
        .heat_fed
        .iter()
        .map(|heat| heat.mw())
        .collect()
}

#[test]
fn a_plant_without_heat_pumps_runs_on_boilers() {
    let mut town = Town::new(24 * 10, 1);
    town.design.heat_pumps.clear();
    let plan = solve(&town);
    assert_eq!(plan.status, SolveStatus::Converged);
    assert_eq!(plan.units.len(), 1);
    assert_eq!(plan.heat_pump_heat().mwh(), 0.0);
}

#[test]
fn hours_without_source_heat_leave_the_pump_standing() {
    let mut town = Town::new(24 * 10, 1);
    for t in 24..72 {
        town.sources[0].recoverable[t] = HeatPower::ZERO;
    }
    let plan = solve(&town);
    assert!(
        plan.units[0].heat[24..72]
            .iter()
            .all(|heat| heat.w() == 0.0)
    );
    assert!(plan.units[0].heat[..24].iter().any(|heat| heat.w() > 0.0));
}

#[test]
fn negative_prices_dump_heat_and_say_so() {
    let mut town = Town::new(24 * 10, 1);
    town.design
        .boilers
        .push(boiler("electric", Fuel::Electricity, 60.0));
    town.study.prices.electricity[30] = EnergyPrice::from_eur_mwh(-500.0);
    let (plan, found) = town.run(&options()).unwrap();
    assert!(plan.dumped[30].mw() > 1.0);
    assert!((plan.units[2].heat[30].mw() - 60.0).abs() < 1e-9);
    assert!(codes(&found).contains(&"HK0706"));
    assert_eq!(plan.heat_price[30], EnergyPrice::ZERO);
}

#[test]
fn a_pump_below_the_supply_temperature_makes_its_share_only() {
    let mut town = Town::new(24 * 10, 1);
    let demand = demand_of(&town);
    town.network = network(&demand, 105.0, 45.0);
    town.design.heat_pumps[0].heat_capacity = Some(HeatPower::from_mw(30.0));
    town.sources = vec![source(0, demand.len(), 30.0)];
    let (plan, found) = town.run(&options()).unwrap();
    for (heat, demand) in plan.units[0].heat.iter().zip(&demand) {
        assert!(heat.mw() <= 0.75 * demand + 1e-9);
    }
    assert!(codes(&found).contains(&"HK0704"));
}

#[test]
fn two_pumps_below_the_supply_temperature_share_what_one_could_make() {
    let mut town = Town::new(24 * 10, 1);
    let demand = demand_of(&town);
    town.network = network(&demand, 105.0, 45.0);
    town.design.heat_pumps = vec![pump("a", 0, 30.0), pump("b", 1, 30.0)];
    town.sources = vec![source(0, demand.len(), 30.0), source(1, demand.len(), 30.0)];
    let plan = solve(&town);
    for (t, demand) in demand.iter().enumerate() {
        let both = plan.units[0].heat[t].mw() + plan.units[1].heat[t].mw();
        assert!(both <= 0.75 * demand + 1e-9);
    }
}

#[test]
fn a_hot_source_is_exchanged_directly() {
    let mut town = Town::new(24 * 10, 1);
    let demand = demand_of(&town);
    town.network = network(&demand, 60.0, 35.0);
    town.sources[0].source_temperature = vec![Temperature::from_c(70.0); demand.len()];
    town.sources[0].source_return_temperature = vec![Temperature::from_c(40.0); demand.len()];
    let (plan, found) = town.run(&options()).unwrap();
    assert!(
        plan.units[0]
            .cop
            .iter()
            .all(|cop| cop.fraction() == DIRECT_EXCHANGE_COP)
    );
    assert!(codes(&found).contains(&"HK0707"));
    // All of the 6 MW is above 35 + 5 °C, and the pumps' electricity becomes heat as well.
    let most = 6.0 / (1.0 - 1.0 / DIRECT_EXCHANGE_COP);
    assert!(
        plan.units[0]
            .available
            .iter()
            .all(|heat| (heat.mw() - most).abs() < 1e-9)
    );
}

#[test]
fn a_return_too_hot_for_the_pump_is_a_warning() {
    let mut town = Town::new(24 * 10, 1);
    let demand = demand_of(&town);
    town.network = network(&demand, 120.0, 95.0);
    let (plan, found) = town.run(&options()).unwrap();
    assert_eq!(plan.heat_pump_heat().mwh(), 0.0);
    assert!(codes(&found).contains(&"HK0703"));
}

#[test]
fn todays_plant_is_existing_boilers_and_stores() {
    let mut town = Town::new(24 * 10, 1);
    let mut old = boiler("old oil", Fuel::Oil, 45.0);
    old.is_existing = true;
    town.design.boilers.push(old);
    town.design.stores.push(tank("old", 20.0));
    town.design.stores[1].is_existing = true;
    town.sources.clear();
    let options = Options {
        case: Case::ExistingPlantOnly,
        ..options()
    };
    let (plan, found) = town.run(&options).unwrap();
    assert_eq!(plan.units.len(), 1);
    assert_eq!(plan.units[0].kind, UnitKind::Boiler(1));
    assert_eq!(plan.stores.len(), 1);
    assert_eq!(plan.fill, Ratio::ZERO);
    assert!(found.is_empty());
}

#[test]
fn without_an_existing_boiler_all_boilers_stand_for_todays_plant() {
    let town = Town::new(24 * 10, 1);
    let options = Options {
        case: Case::ExistingPlantOnly,
        ..options()
    };
    let (plan, found) = town.run(&options).unwrap();
    assert_eq!(plan.units[0].id, "gas");
    assert!(codes(&found).contains(&"HK0705"));
}

#[test]
fn an_empty_store_is_reported_empty() {
    let mut town = Town::new(24 * 10, 1);
    town.design.stores = vec![tank("none", 0.0)];
    let plan = solve(&town);
    assert_eq!(plan.stores[0].id, "none");
    assert!(plan.stores[0].level.iter().all(|level| level.mwh() == 0.0));
}

#[test]
fn a_lossless_store_and_flat_prices_have_many_optima_and_one_cost() {
    let mut town = Town::new(24 * 21, 1);
    town.study
        .prices
        .electricity
        .fill(EnergyPrice::from_eur_mwh(50.0));
    town.design.stores[0].loss_per_hour = Ratio::ZERO;
    let stored = solve(&town).objective.eur();
    let options = Options {
        window_hours: 24 * 21,
        ..options()
    };
    let whole = town.run(&options).unwrap().0.objective.eur();
    assert!((stored - whole).abs() <= 1e-6 * whole);
}

#[test]
fn two_stores_and_a_store_of_weeks_are_proven_too() {
    let mut town = Town::new(24 * 21, 1);
    town.design.stores.push(tank("quick", 30.0));
    town.design.stores[1].max_power = Some(HeatPower::from_mw(15.0));
    solve(&town);
    town.design.stores.push(tank("pit", 4000.0));
    solve(&town);
}

#[test]
fn free_source_heat_in_a_single_hour_year_works() {
    let plan = solve(&Town::new(1, 1));
    assert_eq!(plan.status, SolveStatus::Converged);
}

#[test]
fn inputs_that_do_not_fit_are_errors_with_names() {
    let mut town = Town::new(48, 1);
    town.design.boilers[0].heat_capacity = None;
    assert_eq!(
        town.run(&options()).unwrap_err(),
        Error::Unsized {
            id: "gas".to_owned()
        }
    );

    let mut town = Town::new(48, 1);
    town.sources.clear();
    assert!(matches!(
        town.run(&options()).unwrap_err(),
        Error::NoSource { data_centre: 0, .. }
    ));

    let mut town = Town::new(48, 1);
    town.study.prices.electricity.pop();
    let error = town.run(&options()).unwrap_err();
    assert!(matches!(
        error,
        Error::SeriesLength {
            expected: 48,
            found: 47,
            ..
        }
    ));

    let mut town = Town::new(48, 1);
    town.network.hourly.heat_fed[7] = HeatPower::from_mw(f64::NAN);
    assert!(matches!(
        town.run(&options()).unwrap_err(),
        Error::BadHour { step: 7, .. }
    ));

    let bad = Options {
        window_hours: 0,
        ..Options::default()
    };
    assert!(matches!(
        Town::new(48, 1).run(&bad).unwrap_err(),
        Error::BadOption { .. }
    ));
}

#[test]
fn an_observer_can_stop_the_stage() {
    struct Impatient;
    impl hukka_numerics::Observer for Impatient {
        fn should_stop(&mut self) -> bool {
            true
        }
    }
    let town = Town::new(48, 1);
    let stopped = hukka_dispatch::run(&town.inputs(), &options(), &mut Impatient);
    assert_eq!(stopped.unwrap_err(), Error::Stopped);
}
