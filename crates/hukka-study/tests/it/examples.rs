//! The examples of the project, and real series beside it.

use crate::folder::{Folder, LUMPED};
use hukka_study::{load, render};
use std::path::{Path, PathBuf};

fn example(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../examples")
        .join(name);
    if path.join("study.toml").is_file() {
        Some(path)
    } else {
        eprintln!("skipped: examples/{name} is not there");
        None
    }
}

fn shared(name: &str) -> Option<Vec<u8>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data")
        .join(name);
    let bytes = std::fs::read(path).ok();
    if bytes.is_none() {
        eprintln!("skipped: shared/data/{name} is not there");
    }
    bytes
}

#[test]
fn hamina_is_sound() {
    let Some(path) = example("hamina") else {
        return;
    };
    let loaded = load(&path, &[]);
    assert!(loaded.is_sound(), "{}", render(&loaded.diagnostics, false));
}

#[test]
fn kotka_is_sound_with_all_its_buildings() {
    let Some(path) = example("kotka") else { return };
    let series_there = path.join("weather.csv").is_file() && path.join("prices.csv").is_file();
    let without: Vec<(String, String)> = if series_there {
        Vec::new()
    } else {
        eprintln!("skipped: the series of kotka are not there; synthetic ones take their place");
        vec![
            ("weather.climate".to_owned(), "southern-finland".to_owned()),
            ("prices.profile".to_owned(), "nordic-2023".to_owned()),
        ]
    };
    let loaded = load(&path, &without);
    let text = render(&loaded.diagnostics, false);
    let study = loaded.study.unwrap_or_else(|| panic!("{text}"));
    assert!(study.buildings.len() > 2000, "{}", study.buildings.len());
    assert!(study.streets.len() > 100);
}

#[test]
fn every_variant_of_every_example_is_sound() {
    for name in ["hamina", "kotka"] {
        let Some(path) = example(name) else { continue };
        let Ok(variants) = std::fs::read_dir(path.join("variants")) else {
            continue;
        };
        for variant in variants.filter_map(Result::ok) {
            let stem = variant
                .path()
                .file_stem()
                .map(|stem| stem.to_string_lossy().into_owned());
            let overrides = [
                ("weather.climate".to_owned(), "southern-finland".to_owned()),
                ("prices.profile".to_owned(), "nordic-2023".to_owned()),
                ("variant".to_owned(), stem.unwrap_or_default()),
            ];
            let loaded = load(&path, &overrides);
            assert!(loaded.is_sound(), "{}", render(&loaded.diagnostics, false));
        }
    }
}

#[test]
fn real_weather_and_prices_of_2023_fit_together() {
    let weather = shared("helsinki-vantaa_2023_temperature.csv");
    let prices = shared("day_ahead_prices_dk_se_no2_de_2023_hourly.csv");
    let (Some(weather), Some(prices)) = (weather, prices) else {
        return;
    };
    let study = Folder::new(LUMPED)
        .with_bytes("weather.csv", &weather)
        .with_bytes("prices.csv", &prices)
        .study(&[
            ("weather.file", "weather.csv"),
            ("weather.column", "outdoor_temperature_c"),
            ("prices.electricity", "prices.csv"),
            ("prices.electricity_column", "price_se3_eur_per_mwh"),
        ]);
    assert_eq!(study.axis.len(), 8760);
    let outdoor = &study.weather.outdoor_temperature;
    let mean = outdoor.iter().map(|t| t.c()).sum::<f64>() / 8760.0;
    assert!((mean - 6.2803).abs() < 0.01, "{mean}");
    let price = study
        .prices
        .electricity
        .iter()
        .map(|p| p.eur_mwh())
        .sum::<f64>()
        / 8760.0;
    assert!((price - 51.7).abs() < 0.05, "{price}");
    assert!((study.weather.design_outdoor_temperature.c() + 22.0).abs() < 1e-9);
    let ground = &study.weather.ground_temperature;
    let ground_mean = ground.iter().map(|t| t.c()).sum::<f64>() / 8760.0;
    assert!((ground_mean - mean).abs() < 0.2, "{ground_mean}");
    let coldest = ground.iter().map(|t| t.c()).fold(f64::INFINITY, f64::min);
    assert!((-2.5..1.0).contains(&coldest), "{coldest}");
}
