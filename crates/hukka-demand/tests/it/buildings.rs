//! Amounts of single buildings.

use crate::support::{building, codes, demand, house, study};
use hukka_demand::{Error, Inputs, Options, run};
use hukka_model::{BuildingUse, Position, Severity};
use hukka_units::{Area, HeatEnergy, Temperature};
use std::ops::Range;

/// Annual kWh per heated m² of one building.
fn specific(usage: BuildingUse, year: i32, footprint: f64, storeys: f64) -> f64 {
    let study = study(
        vec![building("b", usage, year, footprint, storeys)],
        Vec::new(),
    );
    let (demand, _) = demand(&study);
    let consumer = &demand.consumers[0];
    consumer.annual().kwh() / consumer.heated_area.m2()
}

#[test]
fn a_house_of_1975_needs_18_to_28_mwh() {
    let (demand, _) = demand(&study(vec![house("a")], Vec::new()));
    let consumer = &demand.consumers[0];
    let text = format!(
        "house 1975: {:.1} MWh, hot water {:.1}, design {:.1} kW, peak {:.1} kW",
        consumer.annual().mwh(),
        consumer.hot_water.mwh(),
        consumer.design_power.kw(),
        consumer.peak.kw()
    );
    eprintln!("{text}");
    assert!((18.0..28.0).contains(&consumer.annual().mwh()), "{text}");
    assert!((6.0..15.0).contains(&consumer.design_power.kw()), "{text}");
    assert!((consumer.heated_area.m2() - 120.0).abs() < 1e-9);
}

#[test]
fn specific_heat_lies_where_finnish_buildings_lie() {
    let cases: [(BuildingUse, i32, f64, f64, Range<f64>); 10] = [
        (BuildingUse::Apartment, 1975, 600.0, 5.0, 130.0..180.0),
        (BuildingUse::House, 2015, 120.0 / 0.88, 1.0, 60.0..110.0),
        (BuildingUse::House, 1990, 120.0 / 0.88, 1.0, 100.0..180.0),
        (BuildingUse::Apartment, 2018, 600.0, 5.0, 60.0..100.0),
        (BuildingUse::Office, 1980, 800.0, 4.0, 70.0..170.0),
        (BuildingUse::School, 1975, 2000.0, 2.0, 100.0..220.0),
        (BuildingUse::Retail, 1985, 1500.0, 1.0, 60.0..200.0),
        (BuildingUse::Health, 1980, 1500.0, 3.0, 130.0..280.0),
        (BuildingUse::Sport, 1990, 2000.0, 1.0, 90.0..250.0),
        (BuildingUse::Industrial, 1980, 3000.0, 1.0, 50.0..200.0),
    ];
    for (usage, year, footprint, storeys, range) in cases {
        let found = specific(usage, year, footprint, storeys);
        eprintln!("{usage:?} {year}: {found:.0} kWh/m²a, expected {range:?}");
        assert!(range.contains(&found), "{usage:?} {year}: {found:.0}");
    }
}

#[test]
fn newer_houses_need_less() {
    let needs: Vec<f64> = [1960, 1976, 1980, 1990, 2005, 2008, 2020]
        .map(|year| specific(BuildingUse::House, year, 136.0, 1.0))
        .to_vec();
    for pair in needs.windows(2) {
        assert!(pair[1] <= pair[0] + 1e-9, "{needs:?}");
    }
}

#[test]
fn stated_heat_is_kept_exactly() {
    let mut stated = house("a");
    stated.known_annual_heat = Some(HeatEnergy::from_mwh(15.0));
    let mut point = house("b");
    point.footprint = Area::ZERO;
    point.known_annual_heat = Some(HeatEnergy::from_mwh(40.0));
    let (demand, diagnostics) = demand(&study(vec![stated, point], Vec::new()));
    assert!((demand.consumers[0].annual().mwh() / 15.0 - 1.0).abs() < 1e-12);
    assert!((demand.consumers[1].annual().mwh() / 40.0 - 1.0).abs() < 1e-12);
    assert!(demand.consumers[1].heated_area.m2() > 100.0);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
}

#[test]
fn a_stated_heat_outweighs_a_use_without_heat() {
    let mut shed = building("shed", BuildingUse::Unheated, 1975, 60.0, 1.0);
    shed.known_annual_heat = Some(HeatEnergy::from_mwh(5.0));
    let (demand, _) = demand(&study(vec![shed], Vec::new()));
    assert!((demand.annual().mwh() - 5.0).abs() < 1e-9);
}

#[test]
fn unheated_and_unusable_buildings_are_counted_not_connected() {
    let shed = building("shed", BuildingUse::Unheated, 1975, 60.0, 1.0);
    let point = building("point", BuildingUse::House, 1975, 0.0, 1.0);
    let odd = building("odd", BuildingUse::House, 1975, 100.0, f64::NAN);
    let (demand, diagnostics) = demand(&study(vec![shed, house("a"), point, odd], Vec::new()));
    assert_eq!(demand.consumers.len(), 1);
    assert_eq!(demand.consumers[0].building, Some(1));
    assert_eq!(codes(&diagnostics), ["HK0402", "HK0403"]);
    assert_eq!(diagnostics[0].severity, Severity::Note);
    assert_eq!(diagnostics[1].seen.as_deref(), Some("point, odd"));
}

#[test]
fn nothing_that_needs_heat_is_an_error_with_a_code() {
    let (empty, diagnostics) = demand(&study(Vec::new(), Vec::new()));
    assert_eq!(codes(&diagnostics), ["HK0401"]);
    assert!(diagnostics[0].is_error());
    assert!(empty.consumers.is_empty() && empty.total.iter().all(|q| q.w().abs() < 1e-12));
}

#[test]
fn a_winding_outline_loses_more_than_a_compact_one() {
    let mut long = house("long");
    let corners = [(0.0, 0.0), (68.0, 0.0), (68.0, 2.0), (0.0, 2.0)];
    long.outline = corners.map(|(e, n)| Position::from_m(e, n)).to_vec();
    let (demand, _) = demand(&study(vec![house("compact"), long], Vec::new()));
    assert!(demand.consumers[1].annual() > demand.consumers[0].annual());
}

#[test]
fn old_buildings_need_hotter_water() {
    let new = building("new", BuildingUse::House, 2020, 136.0, 1.0);
    let (demand, _) = demand(&study(vec![house("old"), new], Vec::new()));
    let needs = |i: usize| demand.consumers[i].required_supply_temperature;
    assert!(needs(0) > needs(1) && needs(1) >= Temperature::from_c(65.0));
}

#[test]
fn wrong_amounts_and_series_stop_the_stage() {
    let mut negative = house("a");
    negative.known_annual_heat = Some(HeatEnergy::from_mwh(-1.0));
    let go = |study: &_| run(&Inputs { study }, &Options::default(), &mut ()).unwrap_err();
    assert!(matches!(
        go(&study(vec![negative], Vec::new())),
        Error::OutOfRange { .. }
    ));
    let mut short = study(vec![house("a")], Vec::new());
    short.weather.outdoor_temperature.pop();
    assert!(matches!(
        go(&short),
        Error::SeriesLength {
            found: 8759,
            expected: 8760,
            ..
        }
    ));
    let mut gap = study(vec![house("a")], Vec::new());
    gap.weather.outdoor_temperature[17] = Temperature::from_k(f64::NAN);
    assert!(matches!(go(&gap), Error::Weather { step: 17, .. }));
    let mut empty = study(vec![house("a")], Vec::new());
    empty.axis.calendar.clear();
    assert_eq!(go(&empty), Error::EmptyAxis);
}

#[test]
fn the_observer_can_stop_the_stage() {
    struct Stop;
    impl hukka_numerics::Observer for Stop {
        fn should_stop(&mut self) -> bool {
            true
        }
    }
    let study = study(vec![house("a")], Vec::new());
    let stopped = run(&Inputs { study: &study }, &Options::default(), &mut Stop);
    assert_eq!(stopped.unwrap_err(), Error::Stopped);
}
