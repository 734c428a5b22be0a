//! Exit codes, run folders, overrides, generated files.

use crate::support::{Scene, hamina, hukka, text};
use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

#[test]
fn a_wrong_command_line_exits_with_two() {
    assert_eq!(hukka(&["frobnicate"]).status.code(), Some(2));
    assert_eq!(
        hukka(&["new", "x", "--from", "atlantis"]).status.code(),
        Some(2)
    );
    assert_eq!(
        hukka(&["prices", "--profile", "atlantis"]).status.code(),
        Some(2)
    );
}

#[test]
fn an_existing_run_is_kept_unless_forced() {
    let scene = Scene::of("hamina");
    let (first, folder) = scene.run(&[]);
    assert!(first.status.success(), "{}", text(&first.stderr));
    let before = fs::read(folder.join("summary.json")).unwrap();
    let (second, _) = scene.run(&["--set", "network.distance_km=3"]);
    assert_eq!(second.status.code(), Some(5));
    assert_eq!(fs::read(folder.join("summary.json")).unwrap(), before);
    let (third, _) = scene.run(&["--set", "network.distance_km=3", "--force"]);
    assert!(third.status.success(), "{}", text(&third.stderr));
    assert_ne!(fs::read(folder.join("summary.json")).unwrap(), before);
    assert_eq!(scene.leftovers(), ["run"]);
}

#[test]
fn the_run_id_names_inputs_and_overrides() {
    let scene = Scene::of("hamina");
    let id = |more: &[&str]| {
        let mut arguments = vec![
            "demand".to_owned(),
            scene.study(),
            "--format=json".to_owned(),
        ];
        arguments.extend(more.iter().map(ToString::to_string));
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let output = hukka(&arguments);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        value["run"]["run_id"].as_str().unwrap().to_owned()
    };
    let plain = id(&[]);
    assert_eq!(plain, id(&[]));
    assert_ne!(plain, id(&["--set", "network.distance_km=3"]));
}

#[test]
fn every_stage_verb_writes_its_tables() {
    let scene = Scene::of("hamina");
    for (verb, table) in [
        ("demand", "consumers.csv"),
        ("source", "source.csv"),
        ("design", "trenches.csv"),
        ("simulate", "network.csv"),
        ("dispatch", "dispatch.csv"),
        ("assess", "summary.json"),
    ] {
        let out = scene.home.path().join(verb);
        let output = hukka(&[verb, &scene.study(), "--out", out.to_str().unwrap()]);
        assert!(output.status.success(), "{verb}: {}", text(&output.stderr));
        assert!(out.join(table).is_file(), "{verb} did not write {table}");
        assert!(out.join("summary.json").is_file());
    }
    let out = scene.home.path().join("report");
    let output = hukka(&["report", &scene.study(), "--out", out.to_str().unwrap()]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(out.join("report.html").is_file() && out.join("report.pdf").is_file());
    assert!(!out.join("hourly.parquet").exists());
}

#[test]
fn the_schema_is_json_and_knows_the_keys() {
    let output = hukka(&["schema"]);
    let schema: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let printed = schema.to_string();
    for key in [
        "it_load_mw",
        "supply_temperature",
        "carbon_eur_per_t",
        "lumped_loss_share",
    ] {
        assert!(printed.contains(key), "{key} is not in the schema");
    }
}

#[test]
fn synthetic_series_can_be_read_back_as_a_study() {
    let scene = Scene::of("hamina");
    let weather = scene.file("weather.csv");
    let prices = scene.file("prices.csv");
    for (verb, path) in [("weather", &weather), ("prices", &prices)] {
        let output = hukka(&[
            verb,
            "--year",
            "2024",
            "--seed",
            "7",
            "--out",
            path.to_str().unwrap(),
        ]);
        assert!(output.status.success(), "{}", text(&output.stderr));
    }
    assert!(
        scene
            .read("weather.csv")
            .to_lowercase()
            .contains("synthetic")
    );
    scene.replace(
        "study.toml",
        "climate = \"southern-finland\"",
        "file = \"weather.csv\"",
    );
    scene.replace(
        "study.toml",
        "profile = \"nordic-2023\"",
        "electricity = \"prices.csv\"",
    );
    let checked = hukka(&["check", &scene.study()]);
    assert_eq!(checked.status.code(), Some(0), "{}", text(&checked.stderr));
    let demand = hukka(&["demand", &scene.study()]);
    assert!(
        text(&demand.stdout).contains("8,784 h"),
        "{}",
        text(&demand.stdout)
    );
}

#[test]
fn an_interrupted_run_leaves_nothing() {
    let scene = Scene::of("kotka");
    let out = scene.home.path().join("run");
    let mut child = Command::new(env!("CARGO_BIN_EXE_hukka"))
        .args(["run", &scene.study(), "--out", out.to_str().unwrap()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(400));
    let sent = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(
        sent.success(),
        "the run ended before it could be interrupted"
    );
    let status = child.wait().unwrap();
    assert_eq!(status.code(), Some(130));
    assert!(scene.leftovers().is_empty(), "{:?}", scene.leftovers());
}

#[test]
fn machines_get_json() {
    let scene = Scene::of("hamina");
    let (output, _) = scene.run(&["--format", "json"]);
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(["go", "no_go"].contains(&value["verdict"].as_str().unwrap()));
    assert!(hamina().summary()["run"]["run_id"].as_str().unwrap().len() == 12);
}

#[test]
fn a_dispatch_case_takes_no_options_of_studies() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("case.json"), "{}").unwrap();
    let out = home.path().join("out");
    for more in [["--set", "network.distance_km=3"], ["--variant", "none"]] {
        let mut arguments = vec!["dispatch", home.path().to_str().unwrap()];
        arguments.extend(["--out", out.to_str().unwrap()]);
        arguments.extend(more);
        let refused = hukka(&arguments);
        assert_eq!(refused.status.code(), Some(2), "{more:?}");
        assert!(text(&refused.stderr).contains("belong to studies"));
    }
    assert!(!out.exists());
}
