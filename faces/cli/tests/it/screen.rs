//! `hukka screen`.

use crate::support::{hukka, root, text};
use std::fs;

#[test]
fn the_bundled_pairs_are_ranked_and_each_verdict_has_its_reason() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("screened");
    let table = root().join("examples/screen/pairs.csv");
    let arguments = [
        "screen",
        table.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
    ];
    let done = hukka(&arguments);
    assert!(done.status.success(), "{}", text(&done.stderr));
    let ranked = fs::read_to_string(out.join("screen.csv")).unwrap();
    let verdict = |pair: &str| {
        let line = ranked.lines().find(|line| line.contains(pair)).unwrap();
        line.split(',').nth(2).unwrap().to_owned()
    };
    assert_eq!(verdict("beside the town"), "pays");
    assert_eq!(verdict("thirty kilometres"), "too_far");
    assert_eq!(verdict("cheap waste heat already"), "heat_too_dear");
    assert_eq!(verdict("thin new quarter"), "network_too_thin");
    let summary: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(out.join("summary.json")).unwrap()).unwrap();
    assert_eq!(summary["pairs"], 8);
    assert!(
        fs::read_to_string(out.join("frontier.csv"))
            .unwrap()
            .lines()
            .count()
            > 8
    );
    // A folder that is there is not replaced without being asked for.
    assert_eq!(hukka(&arguments).status.code(), Some(5));
}

#[test]
fn a_broken_table_is_refused_whole_and_nothing_is_written() {
    let home = tempfile::tempdir().unwrap();
    let (table, out) = (home.path().join("pairs.csv"), home.path().join("out"));
    fs::write(&table, "heat_mw,distance_km\nlots,-1\n").unwrap();
    let done = hukka(&[
        "screen",
        table.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
    ]);
    assert_eq!(done.status.code(), Some(3));
    let told = text(&done.stderr);
    for seen in ["lots", "-1", "source_temperature_c", "demand_gwh_a"] {
        assert!(told.contains(seen), "{seen} is not told: {told}");
    }
    assert!(!out.exists());
}
