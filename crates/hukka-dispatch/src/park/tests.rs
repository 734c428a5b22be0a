//! Parks against two engines, an independent check, and changes whose effect is known.

use super::*;
use hukka_model::{
    CaseFuel, CaseStore, CaseUnit, CaseUnitKind, CoolingPlant, DispatchCase, DispatchMode,
    HeatDump, ReserveMarket, RollingRule, SolveStatus, WindowEnds,
};
use proptest::prelude::*;

const FEASIBLE_MW: f64 = 1e-6;

fn park(seed: u64, steps: usize, mode: DispatchMode) -> DispatchCase {
    let start_hour = (seed * 977 % 8000) as f64;
    let step_h = 1.0;
    synthetic_case(&Synthetic {
        seed,
        steps,
        step_h,
        start_hour,
        mode,
    })
}

fn run(case: &DispatchCase, engine: Engine) -> CaseOutcome {
    let options = ParkOptions {
        engine,
        ..ParkOptions::default()
    };
    solve_case(case, &options, &|| 0.0).unwrap().0
}

fn assert_sound(outcome: &CaseOutcome) {
    assert!(outcome.score.worst_mw < FEASIBLE_MW, "{:?}", outcome.score);
    assert_eq!(outcome.score.broken_times, 0);
    let scale = 1e-9 * outcome.objective_eur.abs().max(1.0);
    assert!((outcome.score.value_eur - outcome.objective_eur).abs() <= scale);
    assert!(outcome.bound_eur <= outcome.objective_eur);
}

/// A park with everything that ties steps and networks together.
fn everything() -> DispatchCase {
    let mut case = park(5, 72, DispatchMode::Lp);
    let steps = case.steps();
    let unit = |id: &str, kind, max_heat_mw| CaseUnit {
        id: id.into(),
        kind,
        max_heat_mw,
        vom_eur_per_mwh: 0.5,
        availability: None,
        ramp_mw_per_h: None,
        max_heat_mwh: None,
        min_heat_mwh: None,
        commitment: None,
    };
    let fuel = CaseFuel {
        price_eur_per_mwh: 22.0,
        co2_t_per_mwh: 0.1,
        tax_eur_per_mwh: 1.0,
    };
    let extraction = CaseUnitKind::ExtractionChp {
        power_to_heat: 0.5,
        power_loss_per_heat: 0.15,
        condensing_efficiency: 0.4,
        max_power_mw: 20.0,
        fuel,
    };
    let sun = (0..steps).map(|t| f64::from(u8::from(t % 24 > 9)) * 4.0);
    let solar = CaseUnitKind::SolarThermal {
        available_mw: sun.collect(),
    };
    let price_eur_per_mwh = vec![31.0; steps];
    case.units.push(unit("extraction", extraction, 25.0));
    case.units.push(unit("solar", solar, 5.0));
    let sale = CaseUnitKind::HeatSale {
        price_eur_per_mwh: price_eur_per_mwh.clone(),
    };
    case.units.push(unit("neighbour", sale, 6.0));
    let purchase = CaseUnitKind::HeatPurchase { price_eur_per_mwh };
    case.units.push(unit("waste", purchase, 3.0));
    case.units[3].ramp_mw_per_h = Some(2.0);
    case.units[2].max_heat_mwh = Some(150.0);
    case.carbon.cap_t = Some(400.0);
    case.dump = Some(HeatDump {
        max_mw: 5.0,
        cost_eur_per_mwh: 1.0,
    });
    case.electricity.reserve = Some(ReserveMarket {
        price_eur_per_mw_h: vec![3.0; steps],
        max_mw: 8.0,
        units: vec![0, 4],
    });
    case.sources[0].cooling = Some(CoolingPlant {
        free_max_mw: (0..steps)
            .map(|t| if t % 24 < 8 { 30.0 } else { 2.0 })
            .collect(),
        free_electricity_per_heat: 0.03,
        chiller_max_mw: 40.0,
        chiller_electricity_per_heat: vec![0.25; steps],
    });
    let pit = CaseStore {
        id: "pit".into(),
        capacity_mwh: 900.0,
        capacity_factor: Some((0..steps).map(|t| 0.8 + 0.002 * (t % 50) as f64).collect()),
        max_charge_mw: 15.0,
        max_discharge_mw: 10.0,
        loss_fraction_per_h: 0.0002,
        charge_efficiency: 0.98,
        discharge_efficiency: 1.0,
        cyclic: false,
        initial_fraction: 0.3,
    };
    case.stores.push(pit);
    case
}

#[test]
fn every_kind_of_plant_keeps_every_rule() {
    let outcome = run(&everything(), Engine::Auto);
    assert_sound(&outcome);
    assert_eq!(outcome.engine, "highs");
    assert!(outcome.gap < 1e-9);
    let account = &outcome.account;
    assert!(account.cooling_electricity_mwh > 0.0);
    assert!(account.co2_fuel_t <= 400.0 + 1e-6);
}

#[test]
fn every_kind_of_plant_keeps_every_rule_with_on_off_decisions() {
    let mut case = everything();
    case.mode = DispatchMode::Milp;
    let outcome = run(&case, Engine::Auto);
    assert_sound(&outcome);
    assert!(outcome.gap <= 1e-4);
}

#[test]
fn mixed_steps_cost_what_equal_steps_of_the_same_hours_cost() {
    let fine = park(9, 48, DispatchMode::Lp);
    let mut coarse = fine.clone();
    let halved = |series: &[f64]| -> Vec<f64> {
        let all = series.iter().enumerate();
        all.filter(|(t, _)| *t < 24 || t % 2 == 0)
            .map(|(_, x)| *x)
            .collect()
    };
    let doubled = |series: &mut Vec<f64>| {
        for t in (24..48).step_by(2) {
            series[t + 1] = series[t];
        }
    };
    let mut same = fine;
    for case in [&mut same, &mut coarse] {
        doubled(&mut case.heat_demand_mw);
        doubled(&mut case.electricity.price_eur_per_mwh);
        doubled(&mut case.sources[0].available_mw);
        for unit in &mut case.units {
            if let CaseUnitKind::HeatPump { cop, .. } = &mut unit.kind {
                doubled(cop);
            }
        }
        case.stores[0].max_charge_mw = 0.0;
        case.stores[0].max_discharge_mw = 0.0;
    }
    coarse.step_hours = halved(&coarse.step_hours);
    coarse.step_hours[24..].fill(2.0);
    for series in [
        &mut coarse.heat_demand_mw,
        &mut coarse.electricity.price_eur_per_mwh,
        &mut coarse.electricity.buy_fee_eur_per_mwh,
        &mut coarse.electricity.sell_fee_eur_per_mwh,
        &mut coarse.sources[0].available_mw,
    ] {
        *series = halved(series);
    }
    for unit in &mut coarse.units {
        if let CaseUnitKind::HeatPump { cop, .. } = &mut unit.kind {
            *cop = halved(cop);
        }
    }
    let (a, b) = (run(&same, Engine::Highs), run(&coarse, Engine::Highs));
    assert!((a.objective_eur - b.objective_eur).abs() < 1e-7 * a.objective_eur);
    let exact = run(&coarse, Engine::Auto);
    assert!((exact.objective_eur - b.objective_eur).abs() < 1e-9 * b.objective_eur);
}

#[test]
fn a_park_that_cannot_keep_its_limits_says_where() {
    let mut case = park(2, 24, DispatchMode::Lp);
    case.sources[0].cooling = Some(CoolingPlant {
        free_max_mw: vec![0.0; 24],
        free_electricity_per_heat: 0.0,
        chiller_max_mw: 1.0,
        chiller_electricity_per_heat: vec![0.2; 24],
    });
    case.units[0].max_heat_mw = 0.0;
    case.units[1].max_heat_mw = 0.0;
    let (outcome, found) = solve_case(&case, &ParkOptions::default(), &|| 0.0).unwrap();
    assert_eq!(outcome.plan.status, SolveStatus::Infeasible);
    let named = found.iter().find(|d| d.code == "HK1122").unwrap();
    assert!(
        named.message.contains("cannot be cooled"),
        "{}",
        named.message
    );
    assert!(named.seen.as_ref().unwrap().contains("kW"));
}

#[test]
fn heat_that_is_lacking_is_named_by_step_and_kilowatt() {
    let mut case = park(2, 24, DispatchMode::Lp);
    for demand in &mut case.heat_demand_mw {
        *demand += 300.0;
    }
    let (outcome, found) = solve_case(&case, &ParkOptions::default(), &|| 0.0).unwrap();
    assert!(outcome.account.unserved_mwh > 1000.0);
    assert!(found.iter().any(|d| d.code == "HK1121"));
}

#[test]
fn rolling_windows_keep_minimum_times_and_contents_across_seams() {
    let mut case = park(4, 120, DispatchMode::Milp);
    case.rolling = Some(RollingRule {
        window_h: 48.0,
        step_h: 24.0,
        ends: WindowEnds::InitialFraction,
    });
    let outcome = run(&case, Engine::Auto);
    assert_sound(&outcome);
    assert_eq!(outcome.windows, 5);
    let last = outcome.plan.level_mwh[0][119];
    assert!(last >= 300.0 - 1e-6, "{last}");
    let free = ParkOptions {
        perfect_foresight: true,
        ..ParkOptions::default()
    };
    let foresight = solve_case(&case, &free, &|| 0.0).unwrap().0;
    assert!(foresight.windows == 1);
}

#[test]
fn rolling_linear_windows_agree_between_engines() {
    let mut case = park(6, 96, DispatchMode::Lp);
    case.rolling = Some(RollingRule {
        window_h: 48.0,
        step_h: 12.0,
        ends: WindowEnds::InitialFraction,
    });
    let (exact, highs) = (run(&case, Engine::Auto), run(&case, Engine::Highs));
    assert_sound(&exact);
    assert_sound(&highs);
    assert_eq!(exact.engine, "exact");
    assert!((exact.bound_eur - highs.bound_eur).abs() < 1e-9 * highs.bound_eur.abs());
}

#[test]
fn the_heat_price_is_what_one_more_megawatt_costs() {
    let case = park(8, 60, DispatchMode::Lp);
    for engine in [Engine::Exact, Engine::Highs] {
        let base = run(&case, engine);
        let changed = |t: usize, by: f64| {
            let mut case = case.clone();
            case.heat_demand_mw[t] += by;
            run(&case, engine).objective_eur
        };
        for t in [0, 13, 40, 59] {
            let step = 1e-4;
            let up = (changed(t, step) - base.objective_eur) / step;
            let down = (base.objective_eur - changed(t, -step)) / step;
            let price = base.plan.heat_price_eur_per_mwh[t];
            assert!(
                price <= up + 1e-3 && price >= down - 1e-3,
                "{down} {price} {up}"
            );
        }
        let mut more = case.clone();
        more.sources[0].available_mw[20] += 1e-4;
        let saved = (base.objective_eur - run(&more, engine).objective_eur) / 1e-4;
        let worth = base.plan.source_worth_eur_per_mwh[0][20];
        assert!(saved <= worth + 1e-3, "{saved} {worth}");
    }
}

#[test]
fn long_on_off_spans_are_proven_in_blocks() {
    let mut case = park(3, 1100, DispatchMode::Milp);
    // One committed unit keeps the test short.
    for unit in [0, 1, 3] {
        case.units[unit].commitment = None;
    }
    let options = ParkOptions {
        gap: Some(1e-2),
        ..ParkOptions::default()
    };
    let outcome = solve_case(&case, &options, &|| 0.0).unwrap().0;
    assert_sound(&outcome);
    assert_eq!(outcome.engine, "highs blocks");
    assert!(outcome.gap < 1e-2, "{}", outcome.gap);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn both_engines_find_the_same_cost(
        seed in 1_u64..10_000,
        steps in 2_usize..100,
        factor in (1.0_f64..8.0, -200.0_f64..100.0, 0.2_f64..1.3, 0.1_f64..2.0),
    ) {
        let mut case = park(seed, steps, DispatchMode::Lp);
        let (price, shift, demand, source) = factor;
        for value in &mut case.electricity.price_eur_per_mwh {
            *value = price * *value + shift;
        }
        for value in &mut case.heat_demand_mw {
            *value *= demand;
        }
        for value in &mut case.sources[0].available_mw {
            *value *= source;
        }
        let (exact, highs) = (run(&case, Engine::Exact), run(&case, Engine::Highs));
        prop_assert_eq!(exact.engine, "exact");
        assert_sound(&exact);
        assert_sound(&highs);
        let scale = highs.objective_eur.abs().max(1.0);
        prop_assert!((exact.objective_eur - highs.objective_eur).abs() <= 1e-9 * scale);
    }

    #[test]
    fn a_cheaper_unit_or_a_larger_store_is_never_dearer(
        seed in 1_u64..10_000,
        unit in 0_usize..6,
        grown in 1.0_f64..3.0,
    ) {
        let case = park(seed, 60, DispatchMode::Lp);
        let base = run(&case, Engine::Auto).objective_eur;
        let mut cheaper = case.clone();
        cheaper.units[unit].vom_eur_per_mwh -= 1.0;
        let mut larger = case;
        larger.stores[0].capacity_mwh *= grown;
        let tolerance = 1e-9 * base.abs();
        prop_assert!(run(&cheaper, Engine::Auto).objective_eur <= base + tolerance);
        prop_assert!(run(&larger, Engine::Auto).objective_eur <= base + tolerance);
    }

    #[test]
    fn on_off_schedules_keep_every_rule_and_lie_above_the_linear_optimum(
        seed in 1_u64..10_000,
        steps in 3_usize..30,
    ) {
        let case = park(seed, steps, DispatchMode::Milp);
        let mut linear = case.clone();
        linear.mode = DispatchMode::Lp;
        let outcome = run(&case, Engine::Auto);
        assert_sound(&outcome);
        prop_assert!(outcome.gap <= 1e-4);
        let least = run(&linear, Engine::Auto).objective_eur;
        prop_assert!(outcome.objective_eur >= least - 1e-7 * least.abs());
    }
}
