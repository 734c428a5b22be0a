//! Limits that reach over steps and windows, and runs that are stopped or cannot be kept.

use super::*;
use hukka_model::{
    CaseForecast, CoolingPlant, Diagnostic, DispatchCase, DispatchMode, RollingRule, SolveStatus,
    WindowEnds,
};

fn park(seed: u64, steps: usize, mode: DispatchMode) -> DispatchCase {
    synthetic_case(&Synthetic {
        seed,
        steps,
        step_h: 1.0,
        start_hour: 400.0,
        mode,
    })
}

fn run(case: &DispatchCase, options: &ParkOptions) -> (CaseOutcome, Vec<Diagnostic>) {
    solve_case(case, options, &|| 0.0).unwrap()
}

fn rolling(window_h: f64, step_h: f64, ends: WindowEnds) -> ParkOptions {
    ParkOptions {
        rolling: Some(RollingRule {
            window_h,
            step_h,
            ends,
        }),
        ..ParkOptions::default()
    }
}

fn assert_kept(outcome: &CaseOutcome) {
    assert!(outcome.score.worst_mw < 1e-6, "{:?}", outcome.score);
    assert_eq!(outcome.score.broken_times, 0);
    assert!(outcome.bound_eur <= outcome.objective_eur + 1e-6);
}

#[test]
fn ramps_hold_across_the_seams_of_windows() {
    for mode in [DispatchMode::Lp, DispatchMode::Milp] {
        let mut case = park(11, 96, mode);
        for unit in [2, 3, 5] {
            case.units[unit].ramp_mw_per_h = Some(2.5);
        }
        let (outcome, _) = run(&case, &rolling(36.0, 12.0, WindowEnds::InitialFraction));
        assert_kept(&outcome);
    }
}

#[test]
fn a_unit_whose_least_load_exceeds_its_ramp_can_run() {
    let mut case = park(11, 48, DispatchMode::Milp);
    for unit in [0, 1, 2, 5] {
        case.units[unit].max_heat_mw = 0.0;
    }
    case.units[3].ramp_mw_per_h = Some(1.0);
    case.units[3].availability = Some((0..48).map(|t| f64::from(u8::from(t > 9))).collect());
    let (outcome, _) = run(&case, &ParkOptions::default());
    assert_kept(&outcome);
    assert!(outcome.account.units[3].heat_mwh > 100.0);
    let heat = &outcome.plan.heat_mw[3];
    assert!(heat.windows(2).any(|pair| pair[1] - pair[0] > 1.0 + 1e-6));
}

#[test]
fn limits_over_the_whole_span_hold_in_windows() {
    let mut case = park(7, 144, DispatchMode::Lp);
    let free = run(&case, &ParkOptions::default()).0;
    let heat = |unit: usize| free.account.units[unit].heat_mwh;
    case.carbon.cap_t = Some(0.8 * free.account.co2_fuel_t);
    case.units[3].max_heat_mwh = Some(0.7 * heat(3));
    case.units[4].min_heat_mwh = Some(heat(4) + 120.0);
    let options = rolling(48.0, 24.0, WindowEnds::InitialFraction);
    for case in [case.clone(), {
        case.mode = DispatchMode::Milp;
        case
    }] {
        let (outcome, found) = run(&case, &options);
        assert_eq!(outcome.plan.status, SolveStatus::Converged, "{found:?}");
        assert_kept(&outcome);
    }
}

#[test]
fn a_volume_that_must_be_taken_is_taken_at_least_cost() {
    let mut case = park(7, 96, DispatchMode::Lp);
    let free = run(&case, &ParkOptions::default()).0;
    let least = free.account.units[4].heat_mwh + 200.0;
    case.units[4].min_heat_mwh = Some(least);
    let (outcome, _) = run(&case, &ParkOptions::default());
    assert_kept(&outcome);
    assert!((outcome.account.units[4].heat_mwh - least).abs() < 1e-6);
    assert!(outcome.objective_eur > free.objective_eur);
}

#[test]
fn water_values_come_near_the_cost_of_full_foresight() {
    let mut case = park(3, 480, DispatchMode::Lp);
    case.stores[0].capacity_mwh = 2500.0;
    case.stores[0].loss_fraction_per_h = 0.0001;
    let fixed = run(&case, &rolling(48.0, 24.0, WindowEnds::InitialFraction)).0;
    let water = run(&case, &rolling(48.0, 24.0, WindowEnds::WaterValue)).0;
    assert_kept(&fixed);
    assert_kept(&water);
    assert!((fixed.bound_eur - water.bound_eur).abs() < 1e-6 * water.bound_eur);
    assert!(water.gap < 0.5 * fixed.gap, "{} {}", water.gap, fixed.gap);
    for engine in [Engine::Highs, Engine::Auto] {
        let options = ParkOptions {
            engine,
            ..rolling(48.0, 24.0, WindowEnds::WaterValue)
        };
        let last = run(&case, &options).0.plan.level_mwh[0][479];
        assert!(last >= 1250.0 - 1e-6, "{last}");
    }
}

#[test]
fn a_wrong_forecast_costs_money_and_breaks_nothing() {
    let mut case = park(3, 240, DispatchMode::Lp);
    let options = rolling(72.0, 12.0, WindowEnds::InitialFraction);
    let known = run(&case, &options).0;
    let price = &case.electricity.price_eur_per_mwh;
    case.forecast = Some(CaseForecast {
        heat_demand_mw: Some(case.heat_demand_mw.iter().map(|d| 0.4 * d).collect()),
        electricity_price_eur_per_mwh: Some(price.iter().map(|p| 90.0 - p).collect()),
        source_mw: vec![None],
    });
    let believed = run(&case, &options).0;
    assert_kept(&believed);
    assert!(believed.objective_eur > known.objective_eur);
    assert!((believed.bound_eur - known.bound_eur).abs() < 1e-9 * known.bound_eur);
    let foresight = ParkOptions {
        perfect_foresight: true,
        ..options
    };
    assert!(run(&case, &foresight).0.objective_eur <= known.objective_eur);
}

#[test]
fn a_run_that_is_stopped_has_a_plan_and_a_bound() {
    for (steps, mode) in [
        (300, DispatchMode::Milp),
        (1100, DispatchMode::Milp),
        (300, DispatchMode::Lp),
    ] {
        let case = park(5, steps, mode);
        let options = ParkOptions {
            engine: Engine::Highs,
            time_limit_s: Some(1e-6),
            ..ParkOptions::default()
        };
        let (outcome, found) = run(&case, &options);
        let scale = outcome.objective_eur.abs();
        assert!(outcome.score.worst_mw < 1e-6, "{:?}", outcome.score);
        assert_eq!(outcome.score.broken_times, 0);
        assert!(found.iter().any(|d| d.code == "HK1125"), "{found:?}");
        assert!(found.iter().any(|d| d.code == "HK1123"), "{found:?}");
        let linear = DispatchCase {
            mode: DispatchMode::Lp,
            ..case
        };
        let least = run(&linear, &ParkOptions::default()).0.objective_eur;
        assert!(outcome.objective_eur >= least - 1e-7 * scale);
        if mode == DispatchMode::Milp {
            assert!(outcome.bound_eur > 0.9 * least, "{}", outcome.bound_eur);
        }
    }
}

#[test]
fn a_long_span_that_cannot_keep_its_limits_says_where() {
    let mut case = park(5, 1100, DispatchMode::Milp);
    for unit in [0, 1, 3] {
        case.units[unit].commitment = None;
    }
    case.sources[0].available_mw[700] = 90.0;
    case.sources[0].cooling = Some(CoolingPlant {
        free_max_mw: vec![0.0; 1100],
        free_electricity_per_heat: 0.0,
        chiller_max_mw: 40.0,
        chiller_electricity_per_heat: vec![0.2; 1100],
    });
    let options = ParkOptions {
        gap: Some(1e-2),
        ..ParkOptions::default()
    };
    let (outcome, found) = run(&case, &options);
    assert_eq!(outcome.plan.status, SolveStatus::Infeasible);
    let named = found.iter().find(|d| d.code == "HK1122").unwrap();
    assert!(named.message.contains("cannot be cooled"), "{named:?}");
    assert!(named.message.contains("step 700"), "{named:?}");
}

#[test]
fn units_that_must_stay_on_without_source_or_plant_leave_a_plan() {
    let mut case = park(5, 72, DispatchMode::Milp);
    if let Some(rules) = &mut case.units[0].commitment {
        rules.min_up_h = 60.0;
        rules.initial_on = false;
    }
    for t in 30..72 {
        case.sources[0].available_mw[t] = 0.0;
    }
    case.units[3].availability = Some((0..72).map(|t| f64::from(u8::from(t < 30))).collect());
    case.units[3].ramp_mw_per_h = Some(0.5);
    let options = rolling(12.0, 6.0, WindowEnds::InitialFraction);
    let (outcome, _) = run(&case, &options);
    assert!(outcome.objective_eur.is_finite());
    assert!(
        outcome
            .plan
            .heat_mw
            .iter()
            .flatten()
            .all(|heat| heat.is_finite())
    );
}
