//! Networks in files of other programs, through the command.

use crate::support::{hukka, root, text};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A case of the shared test set; says so where it is not there.
fn shared(path: &str) -> Option<PathBuf> {
    let path = root().join("../shared/cases").join(path);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: {} is not there", path.display());
    None
}

fn data(name: &str) -> PathBuf {
    root().join("crates/hukka-formats/tests/it/data").join(name)
}

/// Simulates a file into a folder of its own; the exit code must be as said.
fn simulate(file: &Path, more: &[&str], code: i32) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("out");
    let mut arguments = vec![
        "simulate",
        file.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
    ];
    arguments.extend(more);
    let output = hukka(&arguments);
    assert_eq!(
        output.status.code(),
        Some(code),
        "{}\n{}",
        text(&output.stdout),
        text(&output.stderr)
    );
    home
}

/// A table by the values of its first column.
fn table(path: &Path) -> BTreeMap<String, BTreeMap<String, String>> {
    let content =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut lines = content.lines();
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    lines
        .map(|line| {
            let fields: Vec<&str> = line.split(',').collect();
            let row = header
                .iter()
                .zip(&fields)
                .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()));
            (fields[0].to_owned(), row.collect())
        })
        .collect()
}

/// Every value of a column, found against expected.
fn compare(found: &Path, expected: &Path, column: &str, allowed: impl Fn(f64) -> f64) {
    let (found, expected) = (table(found), table(expected));
    for (id, row) in &expected {
        let Ok(wanted) = row[column].parse::<f64>() else {
            continue;
        };
        let value: f64 = found
            .get(id)
            .and_then(|row| row.get(column))
            .and_then(|text| text.parse().ok())
            .unwrap_or_else(|| panic!("no {column} of {id}"));
        assert!(
            (value - wanted).abs() <= allowed(wanted),
            "{id}: {column} {value}, expected {wanted}"
        );
    }
}

fn summary(out: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(out.join("summary.json")).unwrap()).unwrap()
}

#[test]
fn reference_cases_come_out_as_expected() {
    for name in [
        "tree20",
        "loop60_colebrook",
        "loop60_nikuradse",
        "series12_24h",
    ] {
        let Some(folder) = shared(&format!("network/{name}")) else {
            return;
        };
        let home = simulate(&folder.join("case.json"), &[], 0);
        let out = home.path().join("out");
        let flow = |value: f64| 5e-4 * value.abs() + 1e-6;
        let files = |table: &str| {
            (
                out.join(format!("{table}.csv")),
                folder.join(format!("expected_{table}.csv")),
            )
        };
        let (nodes, expected) = files("nodes");
        compare(&nodes, &expected, "p_bar", |_| 1e-4);
        compare(&nodes, &expected, "t_k", |_| 0.01);
        let (pipes, expected) = files("pipes");
        compare(&pipes, &expected, "mdot_kg_s", flow);
        compare(&pipes, &expected, "t_out_k", |_| 0.01);
        let (consumers, expected) = files("consumers");
        compare(&consumers, &expected, "mdot_kg_s", flow);
        compare(&consumers, &expected, "dp_bar", |_| 1e-4);
        let summary = summary(&out);
        assert_eq!(summary["converged"], true);
        assert!(summary["q_losses_w"].as_f64().unwrap() > 0.0);
        assert!(out.join("network.geojson").exists());
    }
}

/// The case with its series as the reference run took them: it handed the columns of heat, in the
/// order of the file, to the consumers in the order of its own table, where the one of given flow
/// comes last, and scaled that flow as the last column. See the test of the same case in
/// `hukka-network`.
fn as_the_reference_run_read_it(folder: &Path) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let case: Value = serde_json::from_str(&read("case.json")).unwrap();
    let consumers = case["consumers"].as_array().unwrap();
    let of_flow = consumers
        .iter()
        .find(|consumer| consumer["mode"] == "q_mdot")
        .unwrap();
    let others = consumers
        .iter()
        .filter(|consumer| consumer["mode"] != "q_mdot");
    let id = |consumer: &Value| consumer["id"].as_str().unwrap().to_owned();
    let mut names: Vec<String> = others
        .map(|consumer| format!("{}.q_w", id(consumer)))
        .collect();
    names.push(format!("{0}.q_w,{0}.mdot_kg_s", id(of_flow)));
    let usual = consumers.last().unwrap()["q_w"].as_f64().unwrap();
    let flow = of_flow["mdot_kg_s"].as_f64().unwrap();
    let mut series = format!("time_s,{}\n", names.join(","));
    for row in read("series_consumers.csv").lines().skip(1) {
        let last: f64 = row.rsplit(',').next().unwrap().parse().unwrap();
        series.push_str(&format!("{row},{}\n", flow * last / usual));
    }
    let write = |name: &str, text: &str| fs::write(home.path().join(name), text).unwrap();
    write("series_consumers.csv", &series);
    write("series_sources.csv", &read("series_sources.csv"));
    write("case.json", &read("case.json"));
    home
}

#[test]
fn a_series_of_steady_states_comes_out_as_expected() {
    let Some(folder) = shared("network/series12_24h") else {
        return;
    };
    let input = as_the_reference_run_read_it(&folder);
    let home = simulate(input.path(), &[], 0);
    let out = home.path().join("out");
    for (ours, theirs) in [
        ("series_nodes_p_bar", "expected_series_p_bar"),
        ("series_nodes_t_k", "expected_series_t_k"),
    ] {
        let (ours, theirs) = (
            out.join(format!("{ours}.csv")),
            folder.join(format!("{theirs}.csv")),
        );
        let header = fs::read_to_string(&theirs).unwrap();
        for node in header.lines().next().unwrap().split(',').skip(1) {
            compare(&ours, &theirs, node, |value| 1e-3 * value.abs());
        }
    }
    let expected = folder.join("expected_series_summary.csv");
    compare(
        &out.join("series_summary.csv"),
        &expected,
        "source_mdot_kg_s",
        |value| 1e-3 * value,
    );
    assert_eq!(summary(&out)["series"]["rows"], 24);
}

#[test]
fn epanet_files_come_out_as_expected() {
    for name in ["epanet_net2_hw", "epanet_net2_dw"] {
        let Some(folder) = shared(&format!("network/{name}")) else {
            return;
        };
        let home = simulate(&folder.join("network.inp"), &[], 0);
        let out = home.path().join("out");
        compare(
            &out.join("nodes.csv"),
            &folder.join("expected_nodes.csv"),
            "head_m",
            |_| 0.01,
        );
        compare(
            &out.join("nodes.csv"),
            &folder.join("expected_nodes.csv"),
            "demand_l_s",
            |value| 1e-3 * value.abs() + 1e-4,
        );
        for file in ["links.csv", "pipes.csv"] {
            compare(
                &out.join(file),
                &folder.join("expected_links.csv"),
                "flow_l_s",
                |value| 1e-3 * value.abs() + 1e-4,
            );
        }
    }
}

#[test]
fn a_measured_pipe_is_followed_over_time() {
    for (name, allowed_k) in [("ulg_150801", 0.6), ("ulg_151204_1", 0.5)] {
        let Some(folder) = shared(&format!("network/{name}")) else {
            return;
        };
        let home = simulate(&folder.join("case.json"), &["--dynamic"], 0);
        let ours = table(&home.path().join("out/series_nodes_t_k.csv"));
        let text = fs::read_to_string(folder.join("expected_series_t_k.csv")).unwrap();
        let rows: Vec<(f64, f64)> = text
            .lines()
            .skip(1)
            .map(|line| line.split_once(',').unwrap())
            .map(|(time, kelvin)| (time.parse().unwrap(), kelvin.parse().unwrap()))
            .collect();
        let found: BTreeMap<u64, f64> = ours
            .iter()
            .map(|(time, row)| {
                (
                    time.parse::<f64>().unwrap().to_bits(),
                    row["s_out"].parse().unwrap(),
                )
            })
            .collect();
        let (mut square, mut span) = (0.0, 0.0);
        for pair in rows.windows(2) {
            let off = |(time, kelvin): (f64, f64)| found[&time.to_bits()] - kelvin;
            let seconds = pair[1].0 - pair[0].0;
            square += seconds * (off(pair[0]).powi(2) + off(pair[1]).powi(2)) / 2.0;
            span += seconds;
        }
        let rmse = (square / span).sqrt();
        assert!(rmse <= allowed_k, "{name}: {rmse} K");
    }
}

#[test]
fn a_pandapipes_network_agrees_with_its_own_results() {
    let file = data("small.pandapipes.json");
    let home = simulate(&file, &[], 0);
    let nodes = table(&home.path().join("out/nodes.csv"));
    // Solved by pandapipes 0.16.0, bidirectional, its default friction law, tolerances 1e-9.
    for (node, bar, kelvin) in [
        ("J0", 6.0, 353.15),
        ("J1", 5.898_445_9, 349.716_373),
        ("J2", 5.797_915_5, 347.420_521),
        ("J3", 4.0, 319.740_310),
        ("J4", 3.909_548_7, 321.679_822),
        ("J5", 3.817_851_5, 320.0),
    ] {
        let of = |column: &str| nodes[node][column].parse::<f64>().unwrap();
        assert!(
            (of("p_bar") - bar).abs() < 1e-4,
            "{node}: {} bar, expected {bar}",
            of("p_bar")
        );
        assert!(
            (of("t_k") - kelvin).abs() < 0.01,
            "{node}: {} K, expected {kelvin}",
            of("t_k")
        );
    }
}

#[test]
fn energy_systems_are_simulated() {
    let small = data("small.esdl");
    let home = simulate(&small, &[], 0);
    let consumers = table(&home.path().join("out/consumers.csv"));
    let worst = consumers
        .values()
        .map(|row| row["dp_bar"].parse::<f64>().unwrap())
        .fold(f64::MAX, f64::min);
    assert!(
        (worst - 0.5).abs() < 1e-3,
        "the plant gives the worst-placed consumer 0.5 bar, not {worst}"
    );
    let Some(folder) = shared("formats") else {
        return;
    };
    for name in [
        "omotes_test1.esdl",
        "rtc_case_1a.esdl",
        "omotes_ates_and_storages.esdl",
        "omotes_simple_heat_pump.esdl",
    ] {
        let home = simulate(&folder.join(name), &[], 0);
        let summary = summary(&home.path().join("out"));
        let figure = |key: &str| summary[key].as_f64().unwrap();
        let open = figure("q_sources_w") - figure("q_consumers_w") - figure("q_losses_w");
        assert!(
            open.abs() < 1e-3 * figure("q_sources_w"),
            "{name}: {open} W open"
        );
        assert!(!summary["assumed"].as_array().unwrap().is_empty());
    }
}

#[test]
fn a_broken_file_is_refused_and_nothing_is_written() {
    let home = tempfile::tempdir().unwrap();
    let (file, out) = (home.path().join("case.json"), home.path().join("out"));
    let good = fs::read_to_string(data("small.json")).unwrap();
    for (content, words) in [
        (good[..good.len() - 200].to_owned(), "HK1001"),
        (
            good.replace("\"to\": \"s1\"", "\"to\": \"nowhere\""),
            "nowhere",
        ),
        ("{}".to_owned(), "HK1002"),
    ] {
        fs::write(&file, content).unwrap();
        let output = hukka(&[
            "simulate",
            file.to_str().unwrap(),
            "--out",
            out.to_str().unwrap(),
        ]);
        assert_eq!(output.status.code(), Some(3));
        assert!(
            text(&output.stderr).contains(words),
            "{}",
            text(&output.stderr)
        );
        assert!(!out.exists());
    }
}

#[test]
fn an_output_folder_that_is_there_is_kept_unless_forced() {
    let file = data("small.json");
    let home = simulate(&file, &[], 0);
    let out = home.path().join("out");
    let arguments = [
        "simulate",
        file.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
    ];
    assert_eq!(hukka(&arguments).status.code(), Some(5));
    let forced: Vec<&str> = arguments.iter().copied().chain(["--force"]).collect();
    assert_eq!(hukka(&forced).status.code(), Some(0));
}

#[test]
fn a_network_goes_through_every_format_and_comes_back() {
    let home = tempfile::tempdir().unwrap();
    let path = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    let start = data("small.json").to_str().unwrap().to_owned();
    for name in [
        "a.json",
        "a.inp",
        "a.esdl",
        "a.pandapipes.json",
        "a.geojson",
    ] {
        let output = hukka(&["convert", &start, &path(name)]);
        assert_eq!(
            output.status.code(),
            Some(0),
            "{name}: {}",
            text(&output.stderr)
        );
        assert_eq!(
            hukka(&["convert", &start, &path(name)]).status.code(),
            Some(5)
        );
    }
    for name in ["a.json", "a.inp", "a.esdl", "a.pandapipes.json"] {
        let output = hukka(&["simulate", &path(name), "--format", "json"]);
        assert_eq!(
            output.status.code(),
            Some(0),
            "{name}: {}",
            text(&output.stderr)
        );
        let summary: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(summary["converged"], true, "{name}");
    }
    // The same water, the same elements: the same state.
    let states: Vec<Value> = [start, path("a.json"), path("a.pandapipes.json")]
        .iter()
        .map(|file| {
            serde_json::from_slice(&hukka(&["simulate", file, "--format", "json"]).stdout).unwrap()
        })
        .collect();
    for state in &states[1..] {
        for key in ["q_sources_w", "q_losses_w", "min_consumer_dp_bar"] {
            let (a, b) = (
                state[key].as_f64().unwrap(),
                states[0][key].as_f64().unwrap(),
            );
            assert!((a - b).abs() < 1e-6 * b.abs(), "{key}: {a} {b}");
        }
    }
}
