//! Real series beside the project; skipped, visibly, where they are absent.

use crate::support::{UTC_2023, UTC_2024, codes, helsinki_from, helsinki_year};
use hukka_model::{Diagnostic, TimeAxis};
use hukka_series::{
    CARBON_INTENSITY, ELECTRICITY_PRICE, HEAT_LOAD, OUTDOOR_TEMPERATURE, SeriesQuantity,
    SeriesRequest, natural_start, read_series,
};
use std::path::Path;

/// Real series live beside the checkout; without them the test says so and passes.
fn shared(name: &str) -> Option<Vec<u8>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data")
        .join(name);
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        eprintln!("skipped: ../shared/data/{name} is not here");
    }
    bytes
}

/// Values, findings, natural start.
type Reading = (Option<Vec<f64>>, Vec<Diagnostic>, Option<i64>);

fn read(
    name: &str,
    column: Option<&str>,
    quantity: &SeriesQuantity,
    axis: &TimeAxis,
) -> Option<Reading> {
    let bytes = shared(name)?;
    let request = SeriesRequest {
        file: name,
        bytes: &bytes,
        column,
        time_zone: None,
        quantity,
        gaps: hukka_series::Gaps::default(),
    };
    let (values, found) = read_series(&request, axis);
    Some((values, found, natural_start(&request)))
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

#[test]
fn helsinki_vantaa_2023_has_its_known_mean_and_minimum() {
    let name = "helsinki-vantaa_2023_temperature.csv";
    let Some((values, found, start)) =
        read(name, None, &OUTDOOR_TEMPERATURE, &helsinki_from(UTC_2023))
    else {
        return;
    };
    let values = values.unwrap();
    assert_eq!(codes(&found), ["HK0224"]);
    assert_eq!(start, Some(UTC_2023));
    assert!((mean(&values) - 6.2803).abs() < 1e-4, "{}", mean(&values));
    assert!((values.iter().copied().fold(f64::INFINITY, f64::min) + 17.1).abs() < 1e-9);
}

#[test]
fn se3_2023_has_its_known_mean() {
    let name = "day_ahead_prices_dk_se_no2_de_2023_hourly.csv";
    let column = Some("price_se3");
    let axis = helsinki_from(UTC_2023);
    let Some((values, found, _)) = read(name, column, &ELECTRICITY_PRICE, &axis) else {
        return;
    };
    assert!(found.is_empty(), "{found:#?}");
    assert!((mean(&values.unwrap()) - 51.70).abs() < 0.005);
    let (_, found, _) = read(name, None, &ELECTRICITY_PRICE, &axis).unwrap();
    assert_eq!(codes(&found), ["HK0204"]);
    let (values, found, _) = read(name, column, &ELECTRICITY_PRICE, &helsinki_year(2023)).unwrap();
    assert_eq!(codes(&found), ["HK0217"]);
    assert_eq!(values.unwrap().len(), 8760);
}

#[test]
fn odense_is_read_in_an_ordinary_and_a_leap_year() {
    let name = "odense_fyn_weather_2023-2025_hourly.csv";
    for (start, hours) in [(UTC_2023, 8760), (UTC_2024, 8784)] {
        let axis = helsinki_from(start);
        let Some((values, _, _)) = read(name, None, &OUTDOOR_TEMPERATURE, &axis) else {
            return;
        };
        let values = values.unwrap();
        assert_eq!(values.len(), hours);
        assert!((9.0..10.5).contains(&mean(&values)));
    }
}

#[test]
fn a_quarter_of_quarter_hours_does_not_cover_a_year() {
    let name = "day_ahead_prices_se3_dk1_2026-q2_15min.csv";
    let column = Some("price_se3_eur_per_mwh");
    let Some((values, found, start)) = read(name, column, &ELECTRICITY_PRICE, &helsinki_year(2026))
    else {
        return;
    };
    assert!(values.is_none());
    assert_eq!(codes(&found), ["HK0216"]);
    assert_eq!(
        found[0].seen.as_deref(),
        Some("2026-03-31T22:00:00Z to 2026-06-27T22:00:00Z")
    );
    assert_eq!(start, Some(1_774_994_400));
}

#[test]
fn heat_loads_and_carbon_of_real_places_are_read() {
    let name = "dh_load_flensburg_sonderborg_2016-2019_hourly.csv";
    let axis = helsinki_from(1_451_606_400);
    if let Some((values, _, _)) = read(name, Some("heat_load_sonderborg"), &HEAT_LOAD, &axis) {
        let gwh = values.unwrap().iter().sum::<f64>() / 1000.0;
        assert!((310.0..330.0).contains(&gwh), "{gwh}");
    }
    let name = "fi_grid_carbon_intensity_2022_hourly.csv";
    let axis = helsinki_from(1_640_995_200);
    let column = Some("ci_direct_gco2eq_per_kwh");
    if let Some((values, found, _)) = read(name, column, &CARBON_INTENSITY, &axis) {
        assert!(found.is_empty(), "{found:#?}");
        assert!((mean(&values.unwrap()) - 103.0).abs() < 1.0);
    }
}
