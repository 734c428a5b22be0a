//! Every bundled example loads, runs, closes its balances and gives the same bits again.

use crate::support::{
    Scene, SharedRun, hamina, helsinki, hukka, kotka, root, single_threaded, text,
};
use serde_json::Value;
use std::fs;

fn shared(example: &str) -> &'static SharedRun {
    match example {
        "kotka" => kotka(),
        "hamina" => hamina(),
        "helsinki" => helsinki(),
        other => panic!("tell this test how to run the example {other}"),
    }
}

fn names() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(root().join("examples"))
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().join("study.toml").is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn every_example_is_bundled_and_has_no_errors() {
    let listed = text(&hukka(&["examples"]).stdout);
    assert!(names().len() >= 2);
    for name in names() {
        assert!(listed.contains(&name), "{name} is not listed");
        let checked = hukka(&[
            "check",
            root().join("examples").join(&name).to_str().unwrap(),
        ]);
        assert_eq!(
            checked.status.code(),
            Some(0),
            "{name}: {}",
            text(&checked.stderr)
        );
    }
}

#[test]
fn balances_close_to_a_millionth_in_every_example() {
    for name in names() {
        let summary = shared(&name).summary();
        for law in ["heat", "it_heat", "money"] {
            let balance = &summary["balances"][law];
            let residual = balance["relative_residual"].as_f64().unwrap();
            assert!(residual < 1e-6, "{name}: {law} leaves {residual}");
            assert!(
                balance["inflow"].as_f64().unwrap() > 0.0,
                "{name}: {law} balances nothing"
            );
        }
    }
}

#[test]
fn one_thread_and_two_give_the_same_bits() {
    for name in names() {
        let alone = single_threaded(&name);
        let both = shared(&name);
        for file in [
            "summary.json",
            "hourly.csv",
            "network.geojson",
            "report.html",
            "report.pdf",
        ] {
            assert!(
                alone.bytes(file) == both.bytes(file),
                "{name}: {file} differs"
            );
        }
    }
}

#[test]
fn every_variant_of_every_example_has_no_errors() {
    for name in names() {
        let folder = root().join("examples").join(&name);
        let variants = folder.join("variants");
        for entry in fs::read_dir(variants).unwrap() {
            let path = entry.unwrap().path();
            let variant = path.file_stem().unwrap().to_str().unwrap();
            let study = folder.to_str().unwrap();
            let checked = hukka(&["check", study, "--variant", variant]);
            assert_eq!(
                checked.status.code(),
                Some(0),
                "{variant}: {}",
                text(&checked.stderr)
            );
        }
    }
}

#[test]
fn the_hourly_table_covers_the_year() {
    for name in names() {
        let csv = shared(&name).read("hourly.csv");
        assert_eq!(csv.lines().count(), 8761, "{name}");
        assert!(!csv.contains("NaN") && !csv.contains("inf"), "{name}");
        let bytes = fs::read(shared(&name).folder.join("hourly.parquet")).unwrap();
        assert_eq!(&bytes[..4], b"PAR1");
    }
}

#[test]
fn the_map_is_geojson_in_degrees() {
    let map: Value = serde_json::from_str(&kotka().read("network.geojson")).unwrap();
    let features = map["features"].as_array().unwrap();
    assert!(features.len() > 50);
    for feature in features {
        let mut coordinates = &feature["geometry"]["coordinates"];
        while coordinates[0].is_array() {
            coordinates = &coordinates[0];
        }
        let (longitude, latitude) = (
            coordinates[0].as_f64().unwrap(),
            coordinates[1].as_f64().unwrap(),
        );
        assert!((26.5..27.5).contains(&longitude) && (60.3..60.8).contains(&latitude));
    }
}

#[test]
fn the_terminal_shows_every_stage_and_the_verdict() {
    let stdout = &hamina().stdout;
    for word in [
        "study", "demand", "source", "design", "network", "dispatch", "assess", "report",
    ] {
        assert!(stdout.contains(word), "{word} is missing in\n{stdout}");
    }
    assert!(stdout.contains("GO") && stdout.contains("why"), "{stdout}");
}

#[test]
fn the_readme_shows_what_a_run_prints() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let mut checked = 0;
    for line in kotka().stdout.lines() {
        // Times and paths differ from run to run; everything else must be today's.
        let stage = line
            .trim_end()
            .trim_end_matches(" s")
            .trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ');
        let is_checked = !line.trim().is_empty() && !line.trim_start().starts_with("report");
        if is_checked {
            assert!(readme.contains(stage), "README.md lacks: {line}");
            checked += 1;
        }
    }
    assert!(checked > 12, "only {checked} lines were compared");
}

#[test]
fn the_readmes_error_is_the_one_users_get() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let scene = Scene::of("hamina");
    scene.replace("study.toml", "at_minus_26_c = 105", "at_minus_26_c = 1050");
    let shown = text(&hukka(&["check", &scene.study()]).stderr);
    let block = shown.trim_end();
    assert!(
        block.contains("HK0107") && readme.contains(block),
        "README.md lacks:\n{block}"
    );
}

#[test]
fn hamina_can_cover_most_of_the_town() {
    let share = hamina().summary()["kpis"]["share_covered"]
        .as_f64()
        .unwrap();
    assert!(
        (0.7..0.9).contains(&share),
        "announced are 80 %, found {share}"
    );
}
