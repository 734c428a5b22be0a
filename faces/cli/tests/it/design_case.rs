//! `hukka design CASE.json`: a design problem on its own.

use crate::support::{hukka, text};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::process::Output;
use tempfile::TempDir;

/// A street ring with two houses near the plant and one too far to pay.
fn case() -> Value {
    let node = |id: i64, x: f64, y: f64| json!({"id": id, "x": x, "y": y});
    let edge = |id: i64, a: i64, b: i64, length: f64| json!({"id": id, "a": a, "b": b, "length_m": length, "kind": "street"});
    let pipe = |dn: i64, kw: f64, eur: f64, loss: f64| json!({"dn": dn, "capacity_kw": kw, "cost_eur_per_m": eur, "loss_w_per_m": loss});
    json!({
        "format": "hukka-design-problem/1", "name": "ring",
        "nodes": [node(1, 0.0, 0.0), node(2, 100.0, 0.0), node(3, 200.0, 0.0),
            node(4, 100.0, 100.0), node(5, 3000.0, 0.0)],
        "edges": [edge(10, 1, 2, 100.0), edge(11, 3, 2, 100.0), edge(12, 2, 4, 100.0),
            edge(13, 3, 4, 140.0), edge(14, 3, 5, 2800.0)],
        "consumers": [
            {"id": 20, "node": 3, "peak_kw": 120, "annual_mwh": 300},
            {"id": 21, "node": 4, "peak_kw": 80, "annual_mwh": 200},
            {"id": 22, "node": 5, "peak_kw": 5, "annual_mwh": 9}],
        "sources": [{"id": 30, "name": "plant", "node": 1, "capacity_kw": 500,
            "capex_eur_per_kw": 300, "interest": 0.04, "life_a": 20, "price_eur_per_mwh": 30}],
        "catalogue": [pipe(25, 60.0, 400.0, 14.0), pipe(40, 150.0, 480.0, 18.0),
            pipe(65, 400.0, 600.0, 22.0)],
        "economics": {"interest": 0.04, "pipe_life_a": 40, "flh_source_h": 2500,
            "heat_price_eur_per_mwh": 90, "loss_price_eur_per_mwh": 35, "simultaneity": 1}
    })
}

struct Solved {
    _home: TempDir,
    output: Output,
    summary: Value,
    solution: Value,
}

fn design(home: &TempDir, content: &str, more: &[&str]) -> Output {
    let file = home.path().join("case.json");
    fs::write(&file, content).unwrap();
    let out = home.path().join("out");
    let mut arguments = vec!["design", file.to_str().unwrap()];
    arguments.extend(["--out", out.to_str().unwrap()]);
    arguments.extend(more);
    hukka(&arguments)
}

fn solved(case: &Value, more: &[&str]) -> Solved {
    let home = tempfile::tempdir().unwrap();
    let output = design(&home, &case.to_string(), more);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let read = |name: &str| {
        let content = fs::read_to_string(home.path().join("out").join(name)).unwrap();
        serde_json::from_str(&content).unwrap()
    };
    Solved {
        summary: read("summary.json"),
        solution: read("solution.json"),
        output,
        _home: home,
    }
}

fn number(value: &Value, key: &str) -> f64 {
    value[key]
        .as_f64()
        .unwrap_or_else(|| panic!("no {key} in {value}"))
}

fn rows<'v>(value: &'v Value, key: &str) -> &'v Vec<Value> {
    value[key].as_array().unwrap()
}

fn row<'v>(value: &'v Value, key: &str, by: &str, id: &Value) -> &'v Value {
    rows(value, key)
        .iter()
        .find(|row| row[by] == *id)
        .unwrap_or_else(|| panic!("no {key} {id}"))
}

fn annuity(interest: f64, years: f64) -> f64 {
    let growth = (1.0 + interest).powf(years);
    interest * growth / (growth - 1.0)
}

/// What a reader of the format reckons from the files alone: balance of every node, sizes, value.
fn value_of(case: &Value, solution: &Value) -> f64 {
    let money = &case["economics"];
    let hours = number(money, "flh_source_h");
    let crf = annuity(number(money, "interest"), number(money, "pipe_life_a"));
    let mut surplus: BTreeMap<i64, f64> = BTreeMap::new();
    let mut value = 0.0;
    for built in rows(solution, "edges") {
        let edge = row(case, "edges", "id", &built["id"]);
        let pipe = row(case, "catalogue", "dn", &built["dn"]);
        let flow = number(built, "flow_in_kw");
        let loss = number(edge, "length_m") * number(pipe, "loss_w_per_m") / 1e3;
        assert!(flow.abs() <= number(pipe, "capacity_kw") + 0.05, "{built}");
        let (from, to) = if flow > 0.0 { ("a", "b") } else { ("b", "a") };
        *surplus.entry(edge[from].as_i64().unwrap()).or_default() -= flow.abs();
        *surplus.entry(edge[to].as_i64().unwrap()).or_default() += flow.abs() - loss;
        value += crf * number(edge, "length_m") * number(pipe, "cost_eur_per_m");
        value += loss * (8760.0 - hours) / 1e3 * number(money, "loss_price_eur_per_mwh");
    }
    for source in rows(case, "sources") {
        let power = number(&solution["sources"], &source["id"].to_string());
        assert!(power <= number(source, "capacity_kw") + 0.05);
        *surplus.entry(source["node"].as_i64().unwrap()).or_default() += power;
        let crf = annuity(number(source, "interest"), number(source, "life_a"));
        let per_kw = number(source, "capex_eur_per_kw") * crf
            + number(source, "price_eur_per_mwh") * hours / 1e3;
        value += power * per_kw;
    }
    for id in rows(solution, "connected") {
        let consumer = row(case, "consumers", "id", id);
        *surplus
            .entry(consumer["node"].as_i64().unwrap())
            .or_default() -= number(consumer, "peak_kw");
        value -= number(money, "heat_price_eur_per_mwh") * number(consumer, "annual_mwh");
    }
    for (node, left) in surplus {
        assert!(left.abs() <= 0.05, "node {node}: {left} kW open");
    }
    value
}

#[test]
fn whoever_pays_is_connected_and_the_value_is_what_a_reader_reckons() {
    let found = solved(&case(), &[]);
    assert_eq!(found.solution["connected"], json!([20, 21]));
    let ids: Vec<i64> = rows(&found.solution, "edges")
        .iter()
        .map(|edge| edge["id"].as_i64().unwrap())
        .collect();
    assert_eq!(ids, [10, 11, 12], "a tree, and not the longer way round");
    // Edge 11 is drawn from the house to the street: its heat runs against it.
    let against = row(&found.solution, "edges", "id", &json!(11));
    assert!(number(against, "flow_in_kw") < -120.0, "{against}");
    let value = value_of(&case(), &found.solution);
    let summary = &found.summary;
    assert!((number(summary, "value_eur_a") - value).abs() < 1e-6 * value.abs());
    assert_eq!(summary["status"], "proven");
    assert!(number(summary, "bound_eur_a") <= value + 1e-6 * value.abs());
    assert!(number(summary, "gap_on_cost") <= 1e-5);
    let net = number(summary, "cost_eur_a") - number(summary, "revenue_eur_a");
    assert!((net - value).abs() < 1e-6 * value.abs());
    assert!((number(summary, "trench_m") - 300.0).abs() < 1e-9);
    assert_eq!(summary["connected"], 2);
    assert_eq!(summary["consumers"], 3);
    assert!(text(&found.output.stdout).contains("2 of 3 consumers"));
}

#[test]
fn everyone_costs_more_than_whoever_pays() {
    let forced = solved(&case(), &["--mode", "forced", "--format", "json"]);
    assert_eq!(forced.solution["connected"], json!([20, 21, 22]));
    let value = value_of(&case(), &forced.solution);
    assert!((number(&forced.summary, "value_eur_a") - value).abs() < 1e-6 * value.abs());
    let economic = solved(&case(), &[]);
    assert!(number(&economic.summary, "value_eur_a") < value);
    let printed: Value = serde_json::from_slice(&forced.output.stdout).unwrap();
    assert_eq!(printed, forced.summary);
}

#[test]
fn a_time_limit_gives_a_whole_network_or_a_word_why_not() {
    let found = solved(&case(), &["--time-limit", "0.000001", "--seed", "7"]);
    let value = value_of(&case(), &found.solution);
    assert!((number(&found.summary, "value_eur_a") - value).abs() < 1e-6 * value.abs());
    assert!((number(&found.summary, "time_limit_s") - 1e-6).abs() < 1e-12);
    assert_eq!(found.summary["seed"], 7);
    let home = tempfile::tempdir().unwrap();
    for limit in ["0", "-1", "nan", "inf", "soon"] {
        let limit = format!("--time-limit={limit}");
        let refused = design(&home, &case().to_string(), &[&limit]);
        assert_eq!(refused.status.code(), Some(2), "{limit}");
    }
    assert!(!home.path().join("out").exists());
}

#[test]
fn options_of_studies_are_not_taken_in_silence() {
    let home = tempfile::tempdir().unwrap();
    for more in [["--set", "network.distance_km=3"], ["--variant", "none"]] {
        let refused = design(&home, &case().to_string(), &more);
        assert_eq!(refused.status.code(), Some(2), "{more:?}");
        assert!(text(&refused.stderr).contains("belong to studies"));
    }
    assert!(!home.path().join("out").exists());
}

#[test]
fn a_house_out_of_reach_leaves_no_network_for_everyone() {
    let mut cut = case();
    cut["edges"].as_array_mut().unwrap().pop();
    let home = tempfile::tempdir().unwrap();
    let refused = design(&home, &cut.to_string(), &["--mode", "forced"]);
    let told = text(&refused.stderr);
    assert_eq!(refused.status.code(), Some(4), "{told}");
    assert!(told.contains("HK1211") && told.contains("22"), "{told}");
    assert!(!home.path().join("out").exists());
    let economic = solved(&cut, &[]);
    assert_eq!(economic.solution["connected"], json!([20, 21]));
    assert!(text(&economic.output.stderr).contains("HK1206"));
}

#[test]
fn a_truncated_problem_is_refused_wherever_it_is_cut() {
    let home = tempfile::tempdir().unwrap();
    let whole = case().to_string();
    for share in [0.0, 0.2, 0.5, 0.8, 0.999] {
        let end = (share * whole.len() as f64) as usize;
        let refused = design(&home, &whole[..end], &[]);
        let told = text(&refused.stderr);
        assert_eq!(refused.status.code(), Some(3), "{end}: {told}");
        assert!(told.contains("HK1201"), "{end}: {told}");
    }
    for word in ["NaN", "Infinity", "1e999"] {
        let odd = whole.replace("2800.0", word);
        assert_ne!(odd, whole);
        let refused = design(&home, &odd, &[]);
        let told = text(&refused.stderr);
        assert_eq!(refused.status.code(), Some(3), "{word}: {told}");
        assert!(told.contains("HK1201"), "{word}: {told}");
    }
    assert!(!home.path().join("out").exists());
}

#[test]
fn every_problem_is_told_at_once_and_nothing_is_written() {
    let home = tempfile::tempdir().unwrap();
    let mut bad = case();
    bad["edges"][0]["length_m"] = json!(-100);
    bad["edges"][1]["b"] = json!(77);
    bad["consumers"][0]["peak_kw"] = json!("NaN");
    bad["consumers"][1]["id"] = json!(20);
    bad["sources"][0]["life_a"] = json!(0);
    bad["catalogue"][2]["dn"] = json!(40);
    bad["economics"]["flh_source_h"] = json!(9000);
    bad["economics"].as_object_mut().unwrap().remove("interest");
    let refused = design(&home, &bad.to_string(), &[]);
    let told = text(&refused.stderr);
    assert_eq!(refused.status.code(), Some(3), "{told}");
    for place in [
        "edges[0].length_m",
        "edges[1].b",
        "consumers[0].peak_kw",
        "consumers[1].id",
        "sources[0].life_a",
        "catalogue.dn",
        "economics.flh_source_h",
        "economics.interest",
    ] {
        assert!(told.contains(place), "{place} is not told: {told}");
    }
    for seen in ["-100", "77", "NaN", "9000"] {
        assert!(told.contains(seen), "{seen} is not told: {told}");
    }
    let as_json = design(&home, &bad.to_string(), &["--format", "json"]);
    let found: Value = serde_json::from_slice(&as_json.stdout).unwrap();
    assert_eq!(found.as_array().unwrap().len(), 8, "{found:#}");
    let without = design(&home, &case().to_string(), &["--objective", "lin"]);
    assert_eq!(without.status.code(), Some(3));
    assert!(text(&without.stderr).contains("HK1209"));
    assert!(!home.path().join("out").exists());
}
