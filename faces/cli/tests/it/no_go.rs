//! A data centre that is too small or too far is a no-go with numbers, not an error.

use crate::support::{Scene, text};
use serde_json::Value;
use std::fs;

fn verdict(scene: &Scene, more: &[&str]) -> Value {
    let (output, folder) = scene.run(more);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    serde_json::from_str(&fs::read_to_string(folder.join("summary.json")).unwrap()).unwrap()
}

#[test]
fn a_tiny_data_centre_is_a_no_go_with_numbers() {
    let scene = Scene::of("hamina");
    let summary = verdict(&scene, &["--set", "data_centre.summa.it_load_mw=0.02"]);
    assert_eq!(
        summary["verdict"]["kind"], "no_go",
        "{}",
        summary["verdict"]
    );
    let reasons = summary["verdict"]["reasons"].to_string();
    assert!(reasons.chars().any(|c| c.is_ascii_digit()), "{reasons}");
}

#[test]
fn a_far_data_centre_is_a_no_go_with_numbers() {
    let scene = Scene::of("hamina");
    let summary = verdict(&scene, &["--set", "network.distance_km=60"]);
    assert_eq!(
        summary["verdict"]["kind"], "no_go",
        "{}",
        summary["verdict"]
    );
    let headline = summary["verdict"]["headline"]
        .as_str()
        .unwrap()
        .to_lowercase();
    assert!(headline.contains("far"), "{headline}");
}

#[test]
fn a_data_centre_far_from_the_map_is_a_no_go() {
    let scene = Scene::of("kotka");
    let summary = verdict(
        &scene,
        &["--set", "data_centre.north.position=[26.9585, 60.99]"],
    );
    assert_eq!(
        summary["verdict"]["kind"], "no_go",
        "{}",
        summary["verdict"]
    );
}
