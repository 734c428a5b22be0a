//! `hukka frontier`.

use crate::support::{Scene, hukka, text};
use serde_json::Value;
use std::fs;

fn number(point: &Value, key: &str) -> f64 {
    point[key]
        .as_f64()
        .unwrap_or_else(|| panic!("no {key} in {point}"))
}

fn flag(point: &Value, key: &str) -> bool {
    point[key].as_bool().unwrap()
}

/// At least as cheap, as much covered, as much saved, and better in one.
fn beats(a: &Value, b: &Value) -> bool {
    let gains = [
        number(b, "lcoh_eur_per_mwh") - number(a, "lcoh_eur_per_mwh"),
        number(a, "share_covered") - number(b, "share_covered"),
        number(a, "carbon_saved_t") - number(b, "carbon_saved_t"),
    ];
    gains.iter().all(|gain| *gain >= 0.0) && gains.iter().any(|gain| *gain > 0.0)
}

/// Hamina without its tank: the smallest grid there is.
fn small() -> Scene {
    let scene = Scene::of("hamina");
    scene.replace("study.toml", "capacity_mwh = 60", "capacity_mwh = 0");
    scene
}

#[test]
fn the_grid_its_front_and_the_point_to_build_are_written() {
    let scene = small();
    let out = scene.home.path().join("frontier");
    let study = scene.study();
    let arguments = ["frontier", &study, "--out", out.to_str().unwrap()];
    let done = hukka(&arguments);
    assert!(done.status.success(), "{}", text(&done.stderr));
    let found: Value =
        serde_json::from_str(&fs::read_to_string(out.join("frontier.json")).unwrap()).unwrap();
    assert_eq!(found["schema"], "hukka-frontier/1");
    let points = found["points"].as_array().unwrap();
    assert_eq!(points.len(), 15, "five heat pumps, no store, three curves");
    assert!(found["notes"].to_string().contains("no store"));

    let own = &points[found["own"].as_u64().unwrap() as usize];
    assert!(number(own, "supply_shift_k").abs() < 1e-12);
    assert!((number(own, "distance_km") - 2.0).abs() < 1e-9);
    assert!(flag(own, "is_feasible"));
    for point in points {
        let is_beaten = points
            .iter()
            .any(|other| flag(other, "is_feasible") && beats(other, point));
        assert_eq!(
            flag(point, "is_on_front"),
            flag(point, "is_feasible") && !is_beaten,
            "{point:#}"
        );
    }
    let best = &points[found["recommended"].as_u64().unwrap() as usize];
    assert!(flag(best, "is_on_front"));
    let slack = 0.005 * number(best, "investment_eur");
    for point in points.iter().filter(|point| flag(point, "is_on_front")) {
        assert!(number(point, "npv_eur") <= number(best, "npv_eur") + slack);
    }
    assert!(!found["why"].as_array().unwrap().is_empty());

    let far = found["by_distance"].as_array().unwrap();
    assert_eq!(far.len(), 7);
    for pair in far.windows(2) {
        assert!(number(&pair[1], "distance_km") > number(&pair[0], "distance_km"));
        assert!(number(&pair[1], "npv_eur") < number(&pair[0], "npv_eur"));
    }
    let csv = fs::read_to_string(out.join("frontier.csv")).unwrap();
    assert_eq!(csv.lines().count(), 1 + points.len() + far.len());
    assert!(!csv.contains("NaN") && !csv.contains("inf"));
    let page = fs::read_to_string(out.join("frontier.html")).unwrap();
    assert!(page.contains("<svg") && page.ends_with("</html>\n"));
    // A folder that is there is not replaced without being asked for, and no point is run for it.
    assert_eq!(hukka(&arguments).status.code(), Some(5));
}

#[test]
fn a_broken_study_has_no_frontier_and_nothing_is_written() {
    let scene = small();
    scene.replace("study.toml", "it_load_mw = 10", "it_load_mw = 0");
    scene.replace("study.toml", "utilisation = 0.62", "utilisation = 62");
    let out = scene.home.path().join("frontier");
    let done = hukka(&["frontier", &scene.study(), "--out", out.to_str().unwrap()]);
    let told = text(&done.stderr);
    assert_eq!(done.status.code(), Some(3), "{told}");
    assert!(told.contains("it_load_mw") && told.contains("utilisation"));
    assert!(scene.leftovers().is_empty(), "{:?}", scene.leftovers());
}

#[test]
fn a_frontier_takes_no_options_it_does_not_have() {
    let scene = small();
    let study = scene.study();
    for (more, code) in [
        (vec!["--samples", "3"], 2),
        (vec!["--fine=7"], 2),
        (vec!["--set", "distance"], 2),
        (vec!["--set", "data_centre.nord.it_load_mw=5"], 3),
        (vec!["--variant", "atlantis"], 3),
    ] {
        let out = scene.home.path().join("frontier");
        let mut arguments = vec!["frontier", &study, "--out", out.to_str().unwrap()];
        arguments.extend(&more);
        assert_eq!(hukka(&arguments).status.code(), Some(code), "{more:?}");
    }
    assert!(scene.leftovers().is_empty(), "{:?}", scene.leftovers());
}
