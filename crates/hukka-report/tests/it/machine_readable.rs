//! Summary, GeoJSON, tables.

use crate::fixture::Fixture;
use hukka_report::{hourly_table, html, monthly_table, network_geojson, summary};
use hukka_units::{ElectricEnergy, HeatEnergy, Ratio};

#[test]
fn the_summary_carries_every_stage_and_balance() {
    let fixture = Fixture::town(3);
    let value = summary(&fixture.inputs());
    assert_eq!(value["schema"], "hukka-summary/1");
    assert_eq!(value["verdict"]["kind"], "go");
    assert_eq!(value["stages"]["demand"]["consumers"], 3);
    assert_eq!(value["stages"]["network"]["index_consumer"], "b-0002");
    assert_eq!(value["inputs"][0]["path"], "study.toml");
    assert_eq!(value["diagnostics"]["count"], 2);
    for balance in ["heat", "it_heat", "money"] {
        assert!(value["balances"][balance]["relative_residual"].is_number());
    }
    let delivered = value["kpis"]["heat_delivered_mwh"].as_f64().unwrap();
    let connected = fixture.design.connected_heat.mwh();
    assert!((delivered - connected).abs() < 1e-6 * connected);
}

#[test]
fn no_figure_in_the_summary_is_missing_unless_the_noun_has_none() {
    let fixture = Fixture::town(3);
    let value = summary(&fixture.inputs());
    for (key, figure) in value["kpis"].as_object().unwrap() {
        assert!(figure.is_number(), "{key} is {figure}");
    }
}

#[test]
fn energies_of_the_law_carry_their_unit_and_agree_with_the_key_figures() {
    let fixture = Fixture::town(3);
    let value = summary(&fixture.inputs());
    let sheets = value["compliance"]["indicators"].as_array().unwrap();
    assert_eq!(sheets.len(), fixture.assessment.compliance.indicators.len());
    let outside = &sheets[0];
    assert_eq!(outside["boundary"], "heat_pump_outside");
    assert_eq!(
        outside["facility_energy_mwh"],
        value["kpis"]["facility_energy_mwh"]
    );
    let ratio = outside["reused_heat_mwh"].as_f64().unwrap()
        / outside["facility_energy_mwh"].as_f64().unwrap();
    let reused = fixture.assessment.compliance.indicators[0].reused_heat;
    let facility = fixture.assessment.compliance.indicators[0].facility_energy;
    assert!((ratio - reused.mwh() / facility.mwh()).abs() < 1e-12);
    assert!(outside.get("facility_energy").is_none());
}

#[test]
fn a_quotient_without_a_divisor_is_null_and_a_dash() {
    let mut fixture = Fixture::town(3);
    let kpis = &mut fixture.assessment.kpis;
    kpis.heat_pump_energy = ElectricEnergy::ZERO;
    kpis.heat_pump_heat = HeatEnergy::ZERO;
    kpis.it_energy = ElectricEnergy::ZERO;
    for ratio in [
        &mut kpis.mean_cop,
        &mut kpis.pue,
        &mut kpis.pue_without_reuse,
        &mut kpis.pue_heat_pump_inside,
        &mut kpis.erf,
        &mut kpis.erf_heat_pump_inside,
    ] {
        *ratio = Ratio::ZERO;
    }
    for sheet in &mut fixture.assessment.compliance.indicators {
        (sheet.pue, sheet.erf, sheet.ere) = (None, None, None);
    }
    let value = summary(&fixture.inputs());
    for key in [
        "mean_cop",
        "pue",
        "pue_without_reuse",
        "pue_heat_pump_inside",
        "erf",
        "erf_heat_pump_inside",
    ] {
        assert!(value["kpis"][key].is_null(), "{key}");
    }
    assert!(value["kpis"]["heat_pump_heat_mwh"].is_number());
    assert!(value["kpis"]["share_covered"].is_number());
    let page = html(&fixture.inputs()).unwrap();
    let row = page
        .split("facility energy over IT energy</td>")
        .nth(1)
        .expect("the figure is there");
    assert!(row.chars().take(60).any(|c| c == '–'));
    assert!(!page.contains("a mean COP of"));
}

#[test]
fn the_summary_is_the_same_twice() {
    let text = || serde_json::to_string(&summary(&Fixture::town(30).inputs())).unwrap();
    assert_eq!(text(), text());
}

#[test]
fn the_geojson_has_every_trench_and_consumer_with_real_coordinates() {
    let fixture = Fixture::town(60);
    let value = network_geojson(&fixture.inputs());
    let features = value["features"].as_array().unwrap();
    let of = |kind: &str| {
        features
            .iter()
            .filter(|f| f["properties"]["feature"] == kind)
            .count()
    };
    assert_eq!(of("trench"), fixture.design.trenches.len());
    assert_eq!(of("consumer"), 60);
    assert_eq!(of("plant"), 1);
    let left_out = features
        .iter()
        .filter(|f| f["properties"]["connected"] == false)
        .count();
    assert_eq!(left_out, fixture.design.unconnected.len());
    let first = &features[0]["geometry"]["coordinates"][0];
    assert!((first[0].as_f64().unwrap() - 26.95).abs() < 0.05);
    assert!((first[1].as_f64().unwrap() - 60.53).abs() < 0.05);
    assert!(
        features[0]["properties"]["coldest_hour_supply_from_c"]
            .as_f64()
            .unwrap()
            > 70.0
    );
}

#[test]
fn a_study_without_a_map_gets_no_invented_coordinates() {
    let value = network_geojson(&Fixture::lumped().inputs());
    for feature in value["features"].as_array().unwrap() {
        assert!(feature["geometry"].is_null());
    }
}

#[test]
fn every_hourly_column_has_a_unit_and_one_value_per_hour() {
    let fixture = Fixture::town(3);
    let table = hourly_table(&fixture.inputs());
    let units = [
        "_c", "_mw", "_mwh", "_kg_s", "_kpa", "_eur_mwh", "_kg_mwh", "_cop",
    ];
    for (name, values) in &table {
        assert_eq!(values.len(), 8760, "{name}");
        assert!(units.iter().any(|unit| name.ends_with(unit)), "{name}");
        assert!(values.iter().all(|value| value.is_finite()), "{name}");
    }
    let mut names: Vec<&String> = table.iter().map(|(name, _)| name).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), table.len());
}

#[test]
fn months_close() {
    let table = monthly_table(&Fixture::town(60).inputs());
    let column = |name: &str| -> &Vec<f64> { &table.iter().find(|(n, _)| n == name).unwrap().1 };
    for month in 0..12 {
        let made = column("heat_pump_north_heat_mwh")[month]
            + column("boiler_peak_heat_mwh")[month]
            + column("store_tank_discharge_mwh")[month]
            - column("store_tank_charge_mwh")[month];
        let fed = column("heat_fed_mwh")[month];
        let spent = column("heat_delivered_mwh")[month] + column("heat_loss_mwh")[month];
        assert!((made - fed).abs() < 1e-9 * fed, "{made} {fed}");
        assert!((spent - fed).abs() < 1e-9 * fed);
    }
}

#[test]
fn hours_in_a_thirteenth_month_are_counted_to_the_month_beside() {
    let mut fixture = Fixture::town(3);
    let calendar = &mut fixture.study.axis.calendar;
    calendar.rotate_left(2);
    for hour in calendar.iter_mut().rev().take(2) {
        hour.year = 2024;
    }
    let table = monthly_table(&fixture.inputs());
    assert_eq!(table[1].1, (1..=12).map(f64::from).collect::<Vec<f64>>());
    assert!(table[0].1.iter().all(|year| (year - 2023.0).abs() < 0.5));
}
