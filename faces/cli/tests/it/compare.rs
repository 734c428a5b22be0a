//! `hukka compare`.

use crate::support::{Scene, hamina, hukka, text};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Output;

/// Compares runs into a folder.
fn compare(runs: &[&Path], out: &Path, more: &[&str]) -> Output {
    let mut arguments = vec!["compare"];
    arguments.extend(runs.iter().map(|run| run.to_str().unwrap()));
    arguments.extend(["--out", out.to_str().unwrap()]);
    arguments.extend(more);
    hukka(&arguments)
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn two_runs_stand_side_by_side_with_the_one_input_that_differs() {
    let scene = Scene::of("hamina");
    let (done, far) = scene.run(&["--set", "network.distance_km=3"]);
    assert!(done.status.success(), "{}", text(&done.stderr));
    let near = &hamina().folder;
    let out = scene.home.path().join("compared");
    // A summary.json stands for its folder.
    let done = compare(&[near, &far.join("summary.json")], &out, &[]);
    assert!(done.status.success(), "{}", text(&done.stderr));

    let found = json(&out.join("compare.json"));
    assert_eq!(found["schema"], "hukka-compare/1");
    let summaries = [near, &far].map(|run| json(&run.join("summary.json")));
    for (run, summary) in found["runs"].as_array().unwrap().iter().zip(&summaries) {
        assert_eq!(run["run_id"], summary["run"]["run_id"]);
        assert_eq!(run["verdict"], summary["verdict"]["kind"]);
        assert_eq!(run["headline"], summary["verdict"]["headline"]);
    }
    // Both folders are called "run".
    assert_eq!(found["runs"][0]["label"], "run");
    assert_eq!(found["runs"][1]["label"], "run (2)");

    let inputs = found["inputs"].as_array().unwrap();
    let distance = inputs
        .iter()
        .find(|input| input["key"].as_str().unwrap().contains("distance"))
        .unwrap_or_else(|| panic!("no distance among {inputs:#?}"));
    let values: Vec<f64> = distance["values"]
        .as_array()
        .unwrap()
        .iter()
        .map(|value| value.as_str().unwrap().parse().unwrap())
        .collect();
    assert!((values[1] / values[0] - 1.5).abs() < 1e-12, "{distance}");

    let figure = |key: &str| {
        let figures = found["figures"].as_array().unwrap();
        let figure = figures.iter().find(|figure| figure["key"] == key).unwrap();
        [0, 1].map(|n| figure["values"][n].as_f64().unwrap())
    };
    let investment = figure("kpis.investment_eur");
    for (value, summary) in investment.iter().zip(&summaries) {
        let eur = summary["kpis"]["investment_eur"].as_f64().unwrap();
        assert!((value - eur / 1e6).abs() < 1e-12 * value.abs());
    }
    assert!(investment[1] > investment[0], "a longer pipe costs more");
    assert!(figure("kpis.npv_eur")[1] < figure("kpis.npv_eur")[0]);

    let csv = fs::read_to_string(out.join("compare.csv")).unwrap();
    assert!(csv.starts_with("kind,key,label,unit,run,run (2)\n"));
    let lines = |kind: &str| csv.lines().filter(|line| line.starts_with(kind)).count();
    assert_eq!(lines("input,"), inputs.len());
    assert_eq!(lines("figure,"), found["figures"].as_array().unwrap().len());
    let page = fs::read_to_string(out.join("compare.html")).unwrap();
    assert!(page.contains("Inputs that differ") && page.ends_with("</html>\n"));
    assert!(text(&done.stdout).contains("inputs that differ"));

    // What is there stays, unless it is asked for.
    assert_eq!(compare(&[near, &far], &out, &[]).status.code(), Some(5));
    let again = compare(&[near, &far], &out, &["--force", "--format", "json"]);
    assert_eq!(again.status.code(), Some(0));
    assert_eq!(again.stdout, fs::read(out.join("compare.json")).unwrap());
}

#[test]
fn a_run_beside_itself_is_told_and_differs_in_nothing() {
    let run = hamina().folder.to_str().unwrap();
    let done = hukka(&["compare", run, run]);
    let told = text(&done.stdout);
    assert_eq!(done.status.code(), Some(0));
    assert!(told.contains("no input differs"), "{told}");
    assert!(told.contains("are the same run"), "{told}");
}

#[test]
fn every_run_that_cannot_be_read_is_told_and_nothing_is_written() {
    let home = tempfile::tempdir().unwrap();
    let folder = |name: &str, summary: Option<&str>| {
        let folder = home.path().join(name);
        fs::create_dir(&folder).unwrap();
        if let Some(summary) = summary {
            fs::write(folder.join("summary.json"), summary).unwrap();
        }
        folder
    };
    let whole = hamina().read("summary.json");
    let missing = home.path().join("nowhere");
    let empty = folder("empty", None);
    let cut = folder("cut", Some(&whole[..1000]));
    let other = folder("other", Some("{\"schema\": \"hukka-frontier/1\"}"));
    let bare = folder("bare", Some("[1, 2]"));
    let out = home.path().join("compared");
    let good = &hamina().folder;
    let done = compare(&[good, &missing, &empty, &cut, &other, &bare], &out, &[]);
    let told = text(&done.stderr);
    assert_eq!(done.status.code(), Some(3), "{told}");
    for words in [
        "nowhere: there is no such run",
        "empty: holds no summary.json",
        "cut: summary.json is broken",
        "hukka-frontier/1",
        "bare: summary.json says no schema",
    ] {
        assert!(told.contains(words), "{words} is not told: {told}");
    }
    assert!(!out.exists());
    assert!(done.stdout.is_empty());
}

#[test]
fn one_run_alone_is_no_comparison() {
    let run = hamina().folder.to_str().unwrap();
    assert_eq!(hukka(&["compare", run]).status.code(), Some(2));
    let odd = hukka(&["compare", run, run, "--format", "pdf"]);
    assert_eq!(odd.status.code(), Some(2));
}
