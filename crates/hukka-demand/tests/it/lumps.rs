//! Demands given as one number or one series.

use crate::support::{HOURS, codes, demand, lump, study};
use hukka_demand::{Error, Inputs, Options, run};
use hukka_model::{BuildingUse, LumpedDemand};
use hukka_units::{HeatEnergy, HeatPower, Ratio};

fn load(scale: f64) -> Vec<HeatPower> {
    let of = |t: usize| {
        let season = (std::f64::consts::TAU * (t as f64 - 432.0) / HOURS as f64).cos();
        HeatPower::from_kw(scale * (110.0 + 80.0 * season))
    };
    (0..HOURS).map(of).collect()
}

fn with_load(annual_mwh: f64, load: Vec<HeatPower>) -> LumpedDemand {
    LumpedDemand {
        annual_heat: HeatEnergy::from_mwh(annual_mwh),
        load: Some(load),
        ..lump("town")
    }
}

#[test]
fn a_town_as_one_number_has_a_finnish_load_curve() {
    let (demand, diagnostics) = demand(&study(Vec::new(), vec![lump("town")]));
    let consumer = &demand.consumers[0];
    assert!(diagnostics.is_empty());
    assert!((consumer.hot_water.mwh() - 200.0).abs() < 1e-9);
    assert!((consumer.annual().mwh() - 1000.0).abs() < 1e-9);
    assert!((2000.0..15_000.0).contains(&consumer.heated_area.m2()));
    let mean = 1000.0 / 8.76;
    let factor = mean / consumer.peak.kw();
    assert!((0.28..0.45).contains(&factor), "load factor {factor:.2}");
    assert!(consumer.design_power > consumer.peak);
}

#[test]
fn a_measured_load_is_followed_hour_by_hour() {
    let load = load(1.0);
    let sum: f64 = load.iter().map(|q| q.mw()).sum();
    let study = study(Vec::new(), vec![with_load(sum, load.clone())]);
    let (demand, diagnostics) = demand(&study);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    for (t, measured) in load.iter().enumerate() {
        assert!((demand.at(0, t).w() / measured.w() - 1.0).abs() < 1e-9);
        assert!((demand.total[t].w() / measured.w() - 1.0).abs() < 1e-9);
    }
    let consumer = &demand.consumers[0];
    assert!((consumer.peak.kw() - 190.0).abs() < 0.01);
    // The signature carries on to the design day beyond the coldest measured hour.
    assert!(consumer.design_power > consumer.peak);
    assert!(consumer.design_power.kw() < 2.5 * consumer.peak.kw());
}

#[test]
fn a_load_that_does_not_add_up_is_scaled_and_both_sums_are_shown() {
    let (demand, diagnostics) = demand(&study(Vec::new(), vec![with_load(500.0, load(1.0))]));
    assert!((demand.annual().mwh() - 500.0).abs() < 1e-9);
    assert_eq!(codes(&diagnostics), ["HK0406"]);
    let message = &diagnostics[0].message;
    assert!(
        message.contains("964 MWh") && message.contains("500 MWh"),
        "{message}"
    );
}

#[test]
fn bad_loads_are_errors_with_the_hour() {
    let mut negative = load(1.0);
    negative[9] = HeatPower::from_kw(-1.0);
    let (_, found) = demand(&study(Vec::new(), vec![with_load(500.0, negative)]));
    assert_eq!(codes(&found), ["HK0407"]);
    assert!(found[0].is_error() && found[0].message.contains("hour 10"));
    let (_, found) = demand(&study(
        Vec::new(),
        vec![with_load(500.0, vec![HeatPower::ZERO; HOURS])],
    ));
    assert_eq!(codes(&found), ["HK0407"]);
    let short = study(
        Vec::new(),
        vec![with_load(500.0, vec![HeatPower::ZERO; 8759])],
    );
    let error = run(&Inputs { study: &short }, &Options::default(), &mut ()).unwrap_err();
    assert!(matches!(error, Error::SeriesLength { found: 8759, .. }));
}

#[test]
fn a_lump_of_unheated_buildings_is_warned_of() {
    let odd = LumpedDemand {
        usage: BuildingUse::Unheated,
        ..lump("odd")
    };
    let (demand, found) = demand(&study(Vec::new(), vec![odd]));
    assert_eq!(codes(&found), ["HK0410"]);
    assert!((demand.annual().mwh() - 1000.0).abs() < 1e-9);
}

#[test]
fn heat_in_a_hot_place_is_spread_evenly_with_a_warning() {
    let mut hot = study(Vec::new(), vec![lump("town")]);
    for t in &mut hot.weather.outdoor_temperature {
        *t = hukka_units::Temperature::from_c(30.0);
    }
    let (demand, found) = demand(&hot);
    assert_eq!(codes(&found), ["HK0409"]);
    let hourly: f64 = demand.total.iter().map(|q| q.mw()).sum();
    assert!((hourly - 1000.0).abs() < 1e-6);
}

#[test]
fn shares_outside_their_meaning_stop_the_stage() {
    let odd = LumpedDemand {
        hot_water_share: Ratio::from_fraction(1.2),
        ..lump("odd")
    };
    let study = study(Vec::new(), vec![odd]);
    let error = run(&Inputs { study: &study }, &Options::default(), &mut ()).unwrap_err();
    assert!(matches!(error, Error::OutOfRange { .. }));
}

#[test]
fn a_meter_of_a_milder_year_is_carried_to_the_studys_weather() {
    let town = study(Vec::new(), Vec::new());
    let outdoor: Vec<f64> = town
        .weather
        .outdoor_temperature
        .iter()
        .map(|t| t.c())
        .collect();
    let load = |t: f64| 2.0 + 0.5 * (15.0 - t).max(0.0);
    let milder: Vec<f64> = outdoor.iter().map(|t| t + 4.0).collect();
    let meter = hukka_model::Meter {
        load: milder
            .iter()
            .map(|t| HeatPower::from_mw(load(*t)))
            .collect(),
        outdoor_temperature: milder
            .iter()
            .map(|t| hukka_units::Temperature::from_c(*t))
            .collect(),
        calendar: town.axis.calendar.clone(),
    };
    let metered = LumpedDemand {
        meter: Some(meter),
        process: None,
        secondary_supply: None,
        ..lump("harbour")
    };
    let annual = metered.annual_heat.mwh();
    let town = study(Vec::new(), vec![metered]);
    let (found, diagnostics) = demand(&town);
    assert_eq!(diagnostics.len(), 1);
    assert_eq!(diagnostics[0].code, "HK0411");
    let total: f64 = found.total.iter().map(|q| q.mw()).sum();
    assert!((total / annual - 1.0).abs() < 1e-9);
    // Hour by hour as the truth at the study's own weather, which the meter never saw.
    let truth: Vec<f64> = outdoor.iter().map(|t| load(*t)).collect();
    let scale = annual / truth.iter().sum::<f64>();
    let off: f64 = found
        .total
        .iter()
        .zip(&truth)
        .map(|(q, t)| (q.mw() - scale * t).powi(2))
        .sum();
    let cv = (off / truth.len() as f64).sqrt() / (annual / truth.len() as f64);
    assert!(cv < 0.10, "{cv}");
}

#[test]
fn a_meter_below_zero_teaches_nothing_and_says_so() {
    let mut town = study(Vec::new(), Vec::new());
    let steps = town.axis.len();
    let meter = hukka_model::Meter {
        load: vec![HeatPower::from_mw(-1.0); steps],
        outdoor_temperature: town.weather.outdoor_temperature.clone(),
        calendar: town.axis.calendar.clone(),
    };
    town.lumped_demands = vec![LumpedDemand {
        meter: Some(meter),
        process: None,
        secondary_supply: None,
        ..lump("harbour")
    }];
    let (found, diagnostics) = demand(&town);
    assert_eq!(diagnostics[0].code, "HK0413");
    assert!(found.annual().si() > 0.0);
}
