//! Runs side by side, of folders that are whole, old, odd and broken.

use super::*;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

fn summary(version: &str, npv: f64, load: Option<&str>) -> Value {
    let mut value = json!({
        "schema": "hukka-summary/1",
        "run": { "version": version, "run_id": format!("{npv}") },
        "study": { "name": "Town <&> \"harbour\"" },
        "verdict": {
            "kind": if npv < 0.0 { "no_go" } else { "go" },
            "headline": "it pays, in short",
            "reasons": [{ "driver": "cost", "text": "heat is cheap" }],
        },
        "kpis": { "npv_eur": npv, "share_covered": 0.81, "irr": null },
    });
    if let Some(load) = load {
        value["register"] = json!([
            { "key": "data_centre.a.it_load_mw", "value": load, "unit": "MW" },
            { "key": "money.discount_rate", "value": "0.05", "unit": "" },
        ]);
    }
    value
}

#[expect(clippy::disallowed_methods, reason = "the test makes its runs")]
fn put(folder: &Path, text: &str) {
    fs::write(folder.join("summary.json"), text).unwrap();
}

fn written(home: &Path, name: &str, value: &Value) -> PathBuf {
    let folder = home.join(name);
    fs::create_dir_all(&folder).unwrap();
    put(&folder, &value.to_string());
    folder
}

#[test]
fn figures_stand_side_by_side_and_only_inputs_that_differ() {
    let home = tempfile::tempdir().unwrap();
    let a = written(home.path(), "a", &summary("0.1.0", 3.4e6, Some("10")));
    let b = written(home.path(), "b", &summary("0.1.0", -1.25e6, Some("5")));
    let comparison = compare(&[a, b.join("summary.json")]).unwrap();
    let labels: Vec<&str> = comparison.runs.iter().map(|r| r.label.as_str()).collect();
    assert_eq!(labels, ["a", "b"]);
    let npv = comparison
        .figures
        .iter()
        .find(|f| f.key == "kpis.npv_eur")
        .unwrap();
    assert_eq!(npv.values, [Some(3.4), Some(-1.25)]);
    assert!(
        comparison.figures.iter().all(|f| f.key != "kpis.irr"),
        "nobody has one"
    );
    assert_eq!(comparison.inputs.len(), 1);
    assert_eq!(
        comparison.inputs[0].values,
        [Some("10".to_owned()), Some("5".to_owned())]
    );
    assert_eq!(comparison.notes, Vec::<String>::new());
    let text = compare_text(&comparison);
    assert!(text.contains("NO-GO") && text.contains("−1.25"), "{text}");
    let csv = compare_csv(&comparison);
    assert!(
        csv.contains("figure,kpis.npv_eur,net present value,M€,3.4,-1.25\n"),
        "{csv}"
    );
    assert!(
        csv.contains("run,headline,,,\"it pays, in short\""),
        "{csv}"
    );
    let html = compare_html(&comparison);
    assert!(html.contains("Town &lt;&amp;&gt; &quot;harbour&quot;") && html.contains("−4.65"));
}

#[test]
fn other_versions_lack_figures_and_say_so() {
    let home = tempfile::tempdir().unwrap();
    let old = written(home.path(), "old", &summary("0.0.9", 1e6, None));
    let new = written(home.path(), "new", &summary("0.1.0", 2e6, Some("10")));
    let comparison = compare(&[old, new]).unwrap();
    assert_eq!(comparison.inputs, []);
    let notes = comparison.notes.join(" ");
    assert!(notes.contains("different versions") && notes.contains("no input register"));
}

#[test]
fn every_run_that_cannot_be_read_is_told_at_once() {
    let home = tempfile::tempdir().unwrap();
    let good = written(home.path(), "good", &summary("0.1.0", 1e6, Some("10")));
    let broken = written(home.path(), "broken", &json!({}));
    put(&broken, "{\"schema\": \"hukka");
    let other = written(
        home.path(),
        "stage",
        &json!({ "schema": "hukka-stage-summary/1" }),
    );
    let list = written(home.path(), "list", &json!([1, 2]));
    let empty = home.path().join("empty");
    fs::create_dir(&empty).unwrap();
    let missing = home.path().join("missing");
    let error = compare(&[good, broken, other, list, empty, missing]).unwrap_err();
    let Error::Runs(problems) = error else {
        panic!("{error}");
    };
    let all: Vec<String> = problems.iter().map(ToString::to_string).collect();
    for (problem, word) in all.iter().zip([
        "broken",
        "hukka-stage-summary/1",
        "no schema",
        "no summary.json",
        "no such run",
    ]) {
        assert!(problem.contains(word), "{problem}: {word}");
    }
    assert_eq!(all.len(), 5);
}

#[test]
fn a_summary_of_odd_types_is_shown_as_far_as_it_goes() {
    let home = tempfile::tempdir().unwrap();
    let odd = json!({
        "schema": "hukka-summary/7", "run": 3, "verdict": { "kind": 5, "reasons": "none" },
        "kpis": { "npv_eur": "much", "pue": 1e308 }, "register": [7, { "key": 1 }],
    });
    let a = written(home.path(), "x", &odd);
    let comparison = compare(&[a.clone(), a]).unwrap();
    assert_eq!(comparison.runs[1].label, "x (2)");
    for text in [
        compare_text(&comparison),
        compare_html(&comparison),
        compare_csv(&comparison),
    ] {
        assert!(!text.is_empty() && !text.contains("NaN"));
    }
}
