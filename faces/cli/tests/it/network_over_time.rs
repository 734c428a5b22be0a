//! `hukka simulate --dynamic`: water moves from row to row.

use crate::support::{Scene, hukka, root, text};
use serde_json::Value;
use std::fs;
use std::process::Output;
use tempfile::TempDir;

const HOT_K: f64 = 353.15;
const COOL_K: f64 = 343.15;
/// The plant begins to cool at this time and has cooled one row later, s.
const CHANGE_S: f64 = 600.0;
const STEP_S: f64 = 60.0;
/// Water of a hundred metres of 50 mm: π/4 · 0.05² · 100 m at 972 kg/m³, at half a kilogram a second.
const DELAY_S: f64 = 381.7;

/// A plant, a hundred metres, a consumer of given flow, and a plant that cools by 10 K.
fn network() -> TempDir {
    let home = tempfile::tempdir().unwrap();
    let small = root().join("crates/hukka-formats/tests/it/data/small.json");
    let mut case: Value = serde_json::from_str(&fs::read_to_string(small).unwrap()).unwrap();
    case["consumers"][0] = serde_json::json!({"id": "c", "supply_node": "s1", "return_node": "r1",
        "mode": "q_mdot", "q_w": 30000, "mdot_kg_s": 0.5});
    fs::write(home.path().join("case.json"), case.to_string()).unwrap();
    let mut series = "time_s,plant.t_supply_k\n".to_owned();
    for row in 0..=40 {
        let time = f64::from(row) * STEP_S;
        let kelvin = if time <= CHANGE_S { HOT_K } else { COOL_K };
        series.push_str(&format!("{time},{kelvin}\n"));
    }
    fs::write(home.path().join("series_sources.csv"), series).unwrap();
    home
}

fn simulate(home: &TempDir, out: &str, more: &[&str]) -> Output {
    let (case, out) = (home.path().join("case.json"), home.path().join(out));
    let mut arguments = vec!["simulate", case.to_str().unwrap()];
    arguments.extend(["--out", out.to_str().unwrap()]);
    arguments.extend(more);
    hukka(&arguments)
}

fn summary(home: &TempDir, out: &str) -> Value {
    let path = home.path().join(out).join("summary.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// Times and values of a column of a series.
fn series(home: &TempDir, out: &str, name: &str, column: &str) -> Vec<(f64, f64)> {
    let content = fs::read_to_string(home.path().join(out).join(name)).unwrap();
    let mut lines = content.lines();
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    let index = header.iter().position(|name| *name == column).unwrap();
    lines
        .map(|line| {
            let cells: Vec<f64> = line.split(',').map(|cell| cell.parse().unwrap()).collect();
            (cells[0], cells[index])
        })
        .collect()
}

#[test]
fn cooler_water_reaches_the_consumer_after_its_way_through_the_pipe() {
    let home = network();
    for (out, more) in [("moving", "--dynamic"), ("still", "--steady")] {
        let done = simulate(&home, out, &[more]);
        assert!(done.status.success(), "{}", text(&done.stderr));
    }
    let at_plant = series(&home, "moving", "series_nodes_t_k.csv", "s0");
    let moving = series(&home, "moving", "series_nodes_t_k.csv", "s1");
    let still = series(&home, "still", "series_nodes_t_k.csv", "s1");
    assert_eq!((moving.len(), still.len()), (41, 41));
    let (hot, cool) = (still[0].1, still[40].1);
    assert!(hot < HOT_K && hot - cool > 9.5, "{hot} {cool}");
    for (row, (time, kelvin)) in moving.iter().enumerate() {
        if *time > CHANGE_S {
            assert!((still[row].1 - cool).abs() < 1e-6);
        }
        if *time > CHANGE_S + STEP_S {
            assert!((at_plant[row].1 - COOL_K).abs() < 1e-6);
        }
        // Half a minute each side for the density of the water; the start is even to 0.03 K.
        if *time < CHANGE_S + DELAY_S - 30.0 {
            assert!((kelvin - hot).abs() < 0.05, "{time} s: {kelvin}");
        }
        if *time > CHANGE_S + STEP_S + DELAY_S + 30.0 {
            assert!((kelvin - cool).abs() < 0.05, "{time} s: {kelvin}");
        }
    }
    let moved = summary(&home, "moving");
    assert_eq!(moved["series"]["mode"], "dynamic");
    assert_eq!(moved["series"]["rows"], 41);
    assert_eq!(moved["converged"], true);
    let open = moved["series"]["heat_balance"].as_f64().unwrap();
    assert!(open.abs() < 1e-6, "{open} of the heat is open");
    let steady = summary(&home, "still");
    assert_eq!(steady["series"]["mode"], "steady");
    assert!(steady["series"]["heat_balance"].is_null());
    // The tables of one state leave the series aside: the same whatever the mode.
    let nodes = |out: &str| fs::read(home.path().join(out).join("nodes.csv")).unwrap();
    assert_eq!(nodes("moving"), nodes("still"));
}

#[test]
fn threads_change_nothing() {
    let home = network();
    for (out, threads) in [("one", "1"), ("two", "2")] {
        let done = simulate(&home, out, &["--dynamic", "--threads", threads]);
        assert!(done.status.success(), "{}", text(&done.stderr));
    }
    for name in [
        "series_nodes_t_k.csv",
        "series_nodes_p_bar.csv",
        "series_summary.csv",
    ] {
        let read = |out: &str| fs::read(home.path().join(out).join(name)).unwrap();
        assert_eq!(read("one"), read("two"), "{name}");
    }
}

#[test]
fn series_that_cannot_be_read_are_refused_and_nothing_is_written() {
    let home = network();
    for (content, words) in [
        ("time_s,plant.t_supply_k\n0,350\n60,NaN\n", "NaN"),
        ("time_s,plant.t_supply_k\n0,350\n60,-5\n", "-5"),
        ("time_s,plant.t_supply_k\n60,350\n0,350\n", "time_s"),
        ("time_s,nowhere.t_supply_k\n0,350\n60,350\n", "nowhere"),
        ("time_s,plant.t_supply_k\n0,350\n60\n", "series_sources.csv"),
    ] {
        fs::write(home.path().join("series_sources.csv"), content).unwrap();
        let refused = simulate(&home, "out", &["--dynamic"]);
        let told = text(&refused.stderr);
        assert_eq!(refused.status.code(), Some(3), "{content}: {told}");
        assert!(told.contains(words), "{words} is not told: {told}");
        assert!(!home.path().join("out").exists());
    }
}

#[test]
fn a_case_without_times_cannot_be_followed_over_time() {
    let home = network();
    fs::remove_file(home.path().join("series_sources.csv")).unwrap();
    let refused = simulate(&home, "out", &["--dynamic"]);
    let told = text(&refused.stderr);
    assert_eq!(refused.status.code(), Some(3), "{told}");
    assert!(told.contains("HK1011"), "{told}");
    assert!(!home.path().join("out").exists());
}

#[test]
fn modes_exclude_each_other_and_belong_to_network_files() {
    let home = network();
    let both = simulate(&home, "out", &["--dynamic", "--steady"]);
    assert_eq!(both.status.code(), Some(2));
    let study = Scene::of("hamina");
    let done = hukka(&["simulate", &study.study(), "--dynamic"]);
    assert_eq!(done.status.code(), Some(2));
    assert!(text(&done.stderr).contains("network files"));
    assert!(!home.path().join("out").exists());
}
