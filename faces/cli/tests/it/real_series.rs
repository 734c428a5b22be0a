//! The examples on measured weather and real prices, which live beside the project, not in it.
//!
//! Reads `../shared/data`; skipped, visibly, where that is absent.

use crate::support::{Scene, root, text};
use serde_json::Value;
use std::fs;

const WEATHER: &str = "helsinki-vantaa_2023_temperature.csv";
const PRICES: &str = "day_ahead_prices_dk_se_no2_de_2023_hourly.csv";

/// Patch that puts the measured series in the place of an example's own.
const VARIANT: &str = r#"
[weather]
file = "helsinki-vantaa_2023_temperature.csv"
column = "outdoor_temperature_c"

[prices]
electricity = "day_ahead_prices_dk_se_no2_de_2023_hourly.csv"
electricity_column = "price_se3_eur_per_mwh"
"#;

/// The example with a variant of Helsinki-Vantaa 2023 weather and SE3 2023 prices, or `None`
/// without the data.
fn scene(example: &str) -> Option<Scene> {
    let data = root().join("../shared/data");
    if !data.join(WEATHER).is_file() {
        eprintln!("skipped: no ../shared/data here");
        return None;
    }
    let scene = Scene::of(example);
    for file in [WEATHER, PRICES] {
        fs::copy(data.join(file), scene.file(file)).unwrap();
    }
    scene.write("variants/real-2023.toml", VARIANT);
    Some(scene)
}

#[test]
fn both_examples_run_on_real_series_and_close_their_balances() {
    for example in ["kotka", "hamina"] {
        let Some(scene) = scene(example) else { return };
        let (output, folder) = scene.run(&["--variant", "real-2023"]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let summary: Value =
            serde_json::from_str(&fs::read_to_string(folder.join("summary.json")).unwrap())
                .unwrap();
        assert_eq!(summary["study"]["weather"]["is_synthetic"], false);
        assert_eq!(summary["study"]["prices"]["is_synthetic"], false);
        for (name, balance) in summary["balances"].as_object().unwrap() {
            let residual = balance["relative_residual"].as_f64().unwrap();
            assert!(residual < 1e-6, "{example}: {name} leaves {residual}");
        }
        let share = summary["kpis"]["share_covered"].as_f64().unwrap();
        assert!((0.5..1.0).contains(&share), "{example} covers {share}");
        let pue = summary["kpis"]["pue"].as_f64().unwrap();
        assert!((1.0..1.3).contains(&pue), "{example}: PUE {pue}");
    }
}
