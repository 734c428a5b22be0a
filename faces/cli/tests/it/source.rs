//! `hukka source` on data centres with halls, modes and the published model.

use crate::support::{Scene, hukka, text};
use serde_json::Value;
use std::fs;

const CENTRE: &str =
    "it_load_mw = 10                   # the part of the site that is coupled to the town
utilisation = 0.62
cooling = \"crah_chilled_water\"
capture = \"chilled_water_return\"
source_temperature_c = 28
";

/// Runs the source stage of Hamina with another data centre; summary and hourly table.
fn source(centre: &str, halls: &str) -> (Value, String) {
    let scene = Scene::of("hamina");
    scene.replace("study.toml", CENTRE, centre);
    let study = scene.read("study.toml");
    scene.write("study.toml", &format!("{study}\n{halls}"));
    let out = scene.home.path().join("out");
    let done = hukka(&["source", &scene.study(), "--out", out.to_str().unwrap()]);
    assert!(done.status.success(), "{}", text(&done.stderr));
    let summary = fs::read_to_string(out.join("summary.json")).unwrap();
    let table = fs::read_to_string(out.join("source.csv")).unwrap();
    let summary: Value = serde_json::from_str(&summary).unwrap();
    (summary["sources"][0].clone(), table)
}

fn column(table: &str, name: &str) -> Vec<f64> {
    let mut lines = table.lines();
    let index = lines
        .next()
        .unwrap()
        .split(',')
        .position(|header| header == name)
        .unwrap_or_else(|| panic!("no column {name}"));
    lines
        .map(|line| line.split(',').nth(index).unwrap().parse().unwrap())
        .collect()
}

#[test]
fn halls_and_modes_give_a_year_that_balances() {
    let centre = "it_load_mw = 10
cooling = \"in_row\"
cooling_model = \"modes\"
heat_rejection = \"wet_tower\"
cooling_units = 4
power_loss_curve = [0.02, 0.03, 0.01]
";
    let halls = "[[hall]]
id = \"one\"
it_load_mw = 6
workload = \"cloud\"
[[hall]]
id = \"two\"
it_load_mw = 4
fill = [0.0, 0.5, 1.0]
workload = \"ai_training\"
";
    let (summary, table) = source(centre, halls);
    let sum = |name: &str| column(&table, &format!("summa_{name}")).iter().sum::<f64>();
    let made = sum("it_mw") + sum("auxiliary_mw") + sum("compressor_mw");
    let gone = sum("captured_mw") + sum("rejected_mw");
    assert!((made / gone - 1.0).abs() < 1e-9, "{made} {gone}");
    assert!(
        summary["partial_cooling_h"].as_f64().unwrap() > 50.0,
        "{summary}"
    );
    assert!(
        summary["water_m3"].as_f64().unwrap() > 10_000.0,
        "{summary}"
    );
    assert_eq!(summary["unmet_hours_without_one_unit"], 0);
    let pue = summary["pue"].as_f64().unwrap();
    assert!((1.05..1.3).contains(&pue), "{pue}");
    let hours = column(&table, "summa_it_mw");
    // 6 MW of cloud swing by a tenth, 4 MW of training stand at 0.85.
    assert!(hours.iter().all(|mw| (6.0..8.0).contains(mw)));
}

#[test]
fn the_published_model_is_chosen_by_a_key() {
    let centre = "it_load_mw = 10
utilisation = 0.62
cooling = \"air_economiser\"
capture = \"exhaust_air\"
cooling_model = \"dc_eh\"
";
    let (summary, table) = source(centre, "");
    let share = summary["recoverable_per_it"].as_f64().unwrap();
    assert!((0.45..0.7).contains(&share), "{share}");
    let published = column(&table, "summa_published_heat_mw");
    let own = column(&table, "summa_recoverable_mw");
    assert!(published.iter().zip(&own).all(|(p, o)| *o <= p + 1e-9));
}

#[test]
fn halls_that_do_not_add_up_and_a_model_that_does_not_fit_are_told() {
    let scene = Scene::of("hamina");
    scene.replace(
        "study.toml",
        CENTRE,
        "it_load_mw = 10\ncooling_model = \"dc_eh\"\npower_loss_curve = [0.1, -0.5, 0.1]\ncooling_units = 2\nspare_cooling_units = 2\n",
    );
    let study = scene.read("study.toml");
    scene.write(
        "study.toml",
        &format!("{study}\n[[hall]]\nid = \"one\"\nit_load_mw = 6\ndata_centre = \"sumna\"\n[[hall]]\nid = \"two\"\nit_load_mw = 6\n"),
    );
    let done = hukka(&["check", &scene.study()]);
    let told = text(&done.stderr);
    assert_eq!(done.status.code(), Some(3), "{told}");
    for words in [
        "the halls do not make up the data centre",
        "does not fit this cooling",
        "is no curve of losses",
        "every cooling unit would be spare",
        "did you mean \"summa\"?",
    ] {
        assert!(told.contains(words), "{words} is not in {told}");
    }
}

#[test]
fn water_classes_set_the_temperatures() {
    let centre = "it_load_mw = 10
cooling = \"direct_to_chip\"
water_class = \"w45\"
";
    let (_, table) = source(centre, "");
    assert!((column(&table, "summa_source_c")[0] - 55.0).abs() < 1e-9);
    assert!((column(&table, "summa_cooling_supply_c")[0] - 45.0).abs() < 1e-9);
}
