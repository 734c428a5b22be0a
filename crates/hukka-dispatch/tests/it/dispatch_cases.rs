//! The shared dispatch cases: optimum, bound, units, and the stated solution under the own check.

use hukka_dispatch::park::{Engine, ParkOptions, solve_case};
use hukka_formats::{CaseFiles, read_dispatch_case};
use hukka_model::{DispatchCase, DispatchMode};
use std::path::PathBuf;

/// A case with what is expected of it.
struct Known {
    case: DispatchCase,
    expected: serde_json::Value,
}

#[expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "the test reads shared cases and says when they are not there"
)]
fn known() -> Vec<Known> {
    let home = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases/dispatch");
    let Ok(folders) = std::fs::read_dir(&home) else {
        eprintln!("skipped: {} is not here", home.display());
        return Vec::new();
    };
    let mut folders: Vec<PathBuf> = folders.flatten().map(|entry| entry.path()).collect();
    folders.sort();
    let mut cases = Vec::new();
    for folder in folders {
        let read = |name: &str| std::fs::read(folder.join(name)).ok();
        let (Some(case), Some(series), Some(expected)) =
            (read("case.json"), read("series.csv"), read("expected.json"))
        else {
            continue;
        };
        let rolling = read("rolling.json");
        let files = CaseFiles {
            case: &case,
            series: &series,
            rolling: rolling.as_deref(),
        };
        let (case, found) = read_dispatch_case(files);
        assert!(found.is_empty(), "{found:?}");
        let expected = serde_json::from_slice(&expected).unwrap();
        let case = case.unwrap();
        cases.push(Known { case, expected });
    }
    cases
}

#[test]
fn shared_cases_reach_their_optimum_within_their_bound() {
    for Known { case, expected } in known() {
        let number = |key: &str| expected[key].as_f64().unwrap();
        let (best, bound) = (number("objective_eur"), number("bound_eur"));
        for engine in [Engine::Auto, Engine::Highs] {
            let options = ParkOptions {
                engine,
                ..ParkOptions::default()
            };
            let (outcome, found) = solve_case(&case, &options, &|| 0.0).unwrap();
            assert!(found.is_empty(), "{}: {found:?}", case.name);
            let tolerance = match case.mode {
                DispatchMode::Lp => 1e-9,
                DispatchMode::Milp => 1e-4,
            };
            let above = outcome.objective_eur - best;
            assert!(above <= tolerance * best.abs(), "{}: {above}", case.name);
            assert!(outcome.objective_eur >= bound - 1e-9 * bound.abs());
            assert!(outcome.score.worst_mw < 1e-6, "{:?}", outcome.score);
            assert_eq!(outcome.score.broken_times, 0);
            let value = outcome.score.value_eur;
            assert!((value - outcome.objective_eur).abs() < 1e-9 * best.abs());
            if case.mode == DispatchMode::Lp {
                units_agree(&outcome.account, &expected);
            }
        }
    }
}

/// Yearly energy of every unit within 0.1 % (and the digits printed).
fn units_agree(account: &hukka_dispatch::park::CaseAccount, expected: &serde_json::Value) {
    for unit in &account.units {
        let heat = expected["heat_mwh"][&unit.id].as_f64().unwrap();
        let tolerance = 1e-3 * heat.abs() + 0.01;
        assert!(
            (unit.heat_mwh - heat).abs() <= tolerance,
            "{}: {heat}",
            unit.id
        );
    }
}
