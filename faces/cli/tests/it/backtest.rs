//! The back-test of real systems: bands that hold, assumptions listed, negative cases refused.

use crate::support::{hukka, root, text};
use serde_json::Value;
use std::fs;
use std::sync::OnceLock;

/// The back-test, run once for every test.
fn cases() -> &'static [Value] {
    static CASES: OnceLock<Vec<Value>> = OnceLock::new();
    CASES.get_or_init(|| {
        let output = hukka(&["backtest", "--format", "json"]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let table: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(table["schema"], "hukka-backtest/1");
        table["cases"].as_array().unwrap().clone()
    })
}

fn case(id: &str) -> &'static Value {
    cases().iter().find(|case| case["id"] == id).unwrap()
}

fn figures(case: &Value) -> &[Value] {
    case["figures"].as_array().unwrap()
}

#[test]
fn every_study_runs_and_every_figure_is_compared() {
    let folders = fs::read_dir(root().join("examples/backtest")).unwrap();
    assert_eq!(cases().len(), folders.count());
    assert!(cases().len() >= 17);
    for case in cases() {
        let id = case["id"].as_str().unwrap();
        assert_ne!(case["verdict"], "not_run", "{id}: {}", case["headline"]);
        assert!(
            !figures(case).is_empty() || case["expected"].is_string(),
            "{id}"
        );
        for figure in figures(case) {
            let value = |key: &str| figure[key].as_f64().unwrap();
            let band = [&figure["band"][0], &figure["band"][1]].map(|v| v.as_f64().unwrap());
            let is_inside = value("computed") >= band[0] && value("computed") <= band[1];
            let says = figure["agreement"] == "inside";
            assert_eq!(says, is_inside, "{id}: {figure}");
            assert!(
                !figure["source"].as_str().unwrap().is_empty(),
                "{id}: {figure}"
            );
        }
    }
}

#[test]
fn every_input_of_a_study_is_listed_as_published_derived_or_assumed() {
    for case in cases() {
        let id = case["id"].as_str().unwrap();
        let study = root().join("examples/backtest").join(id).join("study.toml");
        let study = fs::read_to_string(study).unwrap();
        for tag in ["published", "derived", "assumed"] {
            let written = study.matches(&format!("  # {tag}: ")).count();
            let listed = case["inputs"].as_array().unwrap().iter();
            let listed = listed.filter(|input| input["standing"] == tag).count();
            assert_eq!(listed, written, "{id}: {tag}");
        }
        assert!(!case["defaults"].as_array().unwrap().is_empty(), "{id}");
        assert!(study.contains("# assumed: "), "{id} assumes nothing?");
    }
}

#[test]
fn westville_stays_between_its_contract_and_its_target() {
    for figure in figures(case("frankfurt-westville")) {
        if figure["unit"] != "t/a" {
            assert_eq!(figure["agreement"], "inside", "{figure}");
        }
    }
}

#[test]
fn one_megawatt_heats_about_fifteen_hundred_flats() {
    for figure in figures(case("helsinki-he5")) {
        assert_eq!(figure["agreement"], "inside", "{figure}");
    }
}

#[test]
fn kajaani_follows_from_its_share_of_lorenz() {
    let fitted: Vec<&Value> = figures(case("kajaani-fenagy"))
        .iter()
        .filter(|figure| !figure["fitted"].as_array().unwrap().is_empty())
        .collect();
    assert_eq!(fitted.len(), 2);
    for figure in fitted {
        assert_eq!(figure["agreement"], "inside", "{figure}");
    }
}

#[test]
fn the_claim_of_espoo_does_not_add_up() {
    let espoo = case("espoo");
    assert_eq!(espoo["verdict"], "does_not_add_up");
    let pair = &espoo["consistency"][0];
    let hours = pair["full_load_h"].as_f64().unwrap();
    assert!((hours - 22_500.0).abs() < 1.0, "{pair}");
}

#[test]
fn too_small_too_far_and_not_needed_are_refused_for_that_reason() {
    for (id, driver) in [
        ("too-small", "heat"),
        ("too-far", "distance"),
        ("no-need", "cost"),
    ] {
        let case = case(id);
        assert_eq!(case["verdict"], "refused_as_stated", "{id}: {case}");
        assert_eq!(case["engine_verdict"], "no_go", "{id}");
        let drivers = case["drivers"].as_array().unwrap();
        assert!(drivers.iter().any(|one| one == driver), "{id}: {drivers:?}");
    }
}

#[test]
fn the_published_page_is_todays() {
    let shown = hukka(&["backtest", "--format", "markdown"]);
    let page = fs::read_to_string(root().join("docs/backtest.md")).unwrap();
    assert!(
        text(&shown.stdout) == page,
        "docs/backtest.md is stale; run `cargo xtask gen`"
    );
}

#[test]
fn one_thread_and_two_write_the_same_files() {
    let home = tempfile::tempdir().unwrap();
    let write = |threads: &str| {
        let out = home.path().join(threads);
        let done = hukka(&[
            "backtest",
            "--threads",
            threads,
            "--out",
            out.to_str().unwrap(),
        ]);
        assert!(done.status.success(), "{}", text(&done.stderr));
        ["backtest.csv", "backtest.json", "backtest.md"]
            .map(|name| fs::read(out.join(name)).unwrap())
    };
    assert!(write("1") == write("2"));
    let again = hukka(&["backtest", "--out", home.path().join("1").to_str().unwrap()]);
    assert_eq!(again.status.code(), Some(5));
}

#[test]
fn a_study_of_the_back_test_can_be_copied_and_run() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("mine");
    let folder = folder.to_str().unwrap();
    let made = hukka(&["new", folder, "--from", "backtest/odense"]);
    assert!(made.status.success(), "{}", text(&made.stderr));
    assert_eq!(hukka(&["check", folder]).status.code(), Some(0));
}
