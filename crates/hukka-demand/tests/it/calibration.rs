//! Meeting a known total.

use crate::support::{building, codes, demand, house, lump, study};
use hukka_demand::{Inputs, Options, run};
use hukka_model::{BuildingUse, Study};
use hukka_units::HeatEnergy;
use proptest::prelude::*;

fn town(known_mwh: Option<f64>) -> Study {
    let mut study = study(
        vec![
            house("a"),
            building("b", BuildingUse::Apartment, 1968, 700.0, 6.0),
            building("c", BuildingUse::School, 1995, 2500.0, 2.0),
        ],
        Vec::new(),
    );
    study.known_annual_demand = known_mwh.map(HeatEnergy::from_mwh);
    study
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn a_known_total_is_met_to_a_billionth(known in 10.0..50_000.0_f64) {
        let (demand, _) = demand(&town(Some(known)));
        prop_assert!((demand.annual().mwh() / known - 1.0).abs() < 1e-9);
        let hourly: f64 = demand.total.iter().map(|q| q.mw()).sum();
        prop_assert!((hourly / known - 1.0).abs() < 1e-9);
    }
}

#[test]
fn the_factor_is_recorded_and_a_far_one_warned_of() {
    let (estimate, _) = demand(&town(None));
    assert!((estimate.calibration - 1.0).abs() < 1e-15);
    let total = estimate.annual().mwh();
    let (near, found) = demand(&town(Some(1.5 * total)));
    assert!((near.calibration - 1.5).abs() < 1e-9 && found.is_empty());
    for factor in [0.4, 2.5] {
        let (far, found) = demand(&town(Some(factor * total)));
        assert!((far.calibration / factor - 1.0).abs() < 1e-9);
        assert_eq!(codes(&found), ["HK0405"]);
    }
}

#[test]
fn peaks_and_design_power_follow_the_factor() {
    let (estimate, _) = demand(&town(None));
    let (double, _) = demand(&town(Some(2.0 * estimate.annual().mwh())));
    for (a, b) in estimate.consumers.iter().zip(&double.consumers) {
        assert!((b.peak.w() / a.peak.w() - 2.0).abs() < 1e-9);
        assert!((b.design_power.w() / a.design_power.w() - 2.0).abs() < 1e-9);
        assert!((b.heated_area.m2() - a.heated_area.m2()).abs() < 1e-9);
    }
}

#[test]
fn stated_buildings_keep_their_heat_while_the_total_allows() {
    let mut study = town(Some(2000.0));
    study.buildings[1].known_annual_heat = Some(HeatEnergy::from_mwh(500.0));
    let (kept, found) = demand(&study);
    assert!((kept.consumers[1].annual().mwh() - 500.0).abs() < 1e-9);
    assert!((kept.annual().mwh() - 2000.0).abs() < 1e-6, "{found:?}");
    study.known_annual_demand = Some(HeatEnergy::from_mwh(400.0));
    let (scaled, found) = demand(&study);
    assert!((scaled.annual().mwh() - 400.0).abs() < 1e-9);
    assert!(codes(&found).contains(&"HK0404"));
}

#[test]
fn a_total_without_buildings_is_warned_of_and_lumps_stay() {
    let mut study = study(Vec::new(), vec![lump("town")]);
    study.known_annual_demand = Some(HeatEnergy::from_mwh(5000.0));
    let (demand, found) = demand(&study);
    assert_eq!(codes(&found), ["HK0408"]);
    assert!((demand.annual().mwh() - 1000.0).abs() < 1e-9);
}

#[test]
fn the_raw_estimate_can_be_asked_for() {
    let study = town(Some(9000.0));
    let options = Options {
        skips_calibration: true,
    };
    let (raw, _) = run(&Inputs { study: &study }, &options, &mut ()).unwrap();
    let (estimate, _) = demand(&town(None));
    assert_eq!(raw, estimate);
}
