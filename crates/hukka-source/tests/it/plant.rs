//! The data centre's own plant: halls, modes, failures, the published model, and the balance.

use crate::support::{HOURS, data_centre, study};
use hukka_model::{
    CapturePoint, CoolingKind, CoolingModel, CoolingUnits, DataCentre, Diagnostic, HeatRejection,
    HeatSource, ModeRules, Study, Utilisation, Weather, sample,
};
use hukka_source::{Inputs, Options, run};
use hukka_units::{
    ElectricPower, HeatPower, Ratio, Temperature, TemperatureDifference, TimeSpan, as_si,
};
use proptest::prelude::*;

fn offer(study: &Study) -> (HeatSource, Vec<Diagnostic>) {
    let (mut sources, diagnostics) = run(&Inputs { study }, &Options::default(), &mut ())
        .expect("a data centre within its ranges");
    (sources.remove(0), diagnostics)
}

fn modes(dwell_h: f64, dead_band: f64) -> CoolingModel {
    CoolingModel::Modes(ModeRules {
        dwell: TimeSpan::from_h(dwell_h),
        dead_band: TemperatureDifference::from_kelvin(dead_band),
    })
}

fn economiser(model: CoolingModel) -> DataCentre {
    DataCentre {
        cooling: CoolingKind::AirEconomiser,
        capture: CapturePoint::ExhaustAir,
        cooling_supply_temperature: Temperature::from_c(20.0),
        source_temperature: Temperature::from_c(25.0),
        idle_share: Ratio::from_fraction(0.0),
        cooling_model: model,
        ..data_centre()
    }
}

fn sum(values: &[f64]) -> f64 {
    values.iter().sum()
}

#[test]
fn modes_share_out_every_hour_and_cost_little_more_than_the_ideal() {
    let plain = offer(&study(data_centre())).0;
    let with = offer(&study(DataCentre {
        cooling_model: modes(1.0 / 3.0, 1.0),
        ..data_centre()
    }))
    .0;
    let hours = |values: &[Ratio]| sum(as_si(values));
    let (partial, full) = (
        hours(&with.cooling.partial_time),
        hours(&with.cooling.full_time),
    );
    assert!(partial > 100.0 && full > 10.0, "{partial} h, {full} h");
    for t in 0..HOURS {
        let both = with.cooling.partial_time[t].fraction() + with.cooling.full_time[t].fraction();
        assert!((-1e-12..=1.0 + 1e-12).contains(&both));
    }
    let ratio = sum(as_si(&with.cooling_power)) / sum(as_si(&plain.cooling_power));
    assert!((0.9..1.1).contains(&ratio), "{ratio}");
    // Within the dead band outdoor air goes on alone and the loop is a little warmer.
    let warmest = as_si(&with.cooling.supply_temperature)
        .iter()
        .copied()
        .fold(0.0, f64::max);
    assert!(warmest - 291.15 > 0.1, "{warmest}");
}

#[test]
fn a_longer_dwell_time_changes_modes_less_often() {
    let changes = |dwell| {
        let source = offer(&study(DataCentre {
            cooling_model: modes(dwell, 1.0),
            ..data_centre()
        }))
        .0;
        as_si(&source.cooling.partial_time)
            .windows(2)
            .filter(|pair| (pair[0] - pair[1]).abs() > 1e-9)
            .count()
    };
    assert!(changes(6.0) < changes(0.5));
}

#[test]
fn air_that_liquid_leaves_is_cooled_apart() {
    let liquid = |model| DataCentre {
        cooling: CoolingKind::DirectToChip,
        capture: CapturePoint::FacilityWater,
        capture_share: Ratio::from_fraction(0.75),
        cooling_supply_temperature: Temperature::from_c(40.0),
        source_temperature: Temperature::from_c(50.0),
        cooling_model: model,
        ..data_centre()
    };
    let warm = offer(&study(liquid(CoolingModel::Proportional))).0;
    let apart = offer(&study(liquid(modes(0.5, 1.0)))).0;
    let compressor = |source: &HeatSource| sum(as_si(&source.cooling.compressor_power));
    assert!(compressor(&warm).abs() < 1e-6);
    assert!(compressor(&apart) > 0.0);
    // What liquid takes away saves nothing of the room's chiller.
    assert!(sum(as_si(&apart.cooling.compressor_saved_per_heat)).abs() < 1e-9);
    assert_eq!(warm.recoverable, apart.recoverable);
}

#[test]
fn only_towers_use_water() {
    let dry = offer(&study(data_centre())).0;
    let wet = offer(&study(DataCentre {
        heat_rejection: HeatRejection::WetTower,
        ..data_centre()
    }))
    .0;
    let litres = |source: &HeatSource| {
        (0..HOURS)
            .map(|t| source.water_use(t, HeatPower::ZERO).kg_s() * 3600.0)
            .sum::<f64>()
    };
    assert!(litres(&dry).abs() < 1e-9);
    let per_kwh = litres(&wet) / (sum(as_si(&wet.it_power)) / 1e3);
    assert!(
        (1.5..2.3).contains(&per_kwh),
        "{per_kwh} l per kWh of servers"
    );
}

#[test]
fn towers_cool_towards_the_wet_bulb_and_run_the_chiller_less() {
    let mut study = study(DataCentre {
        heat_rejection: HeatRejection::WetTower,
        ..data_centre()
    });
    let (dry, told) = offer(&study);
    assert!(told.iter().any(|found| found.code == "HK0462"));
    let wetter = |t: &Temperature| *t + TemperatureDifference::from_kelvin(-3.0);
    study.weather.wet_bulb_temperature = Some(
        study
            .weather
            .outdoor_temperature
            .iter()
            .map(wetter)
            .collect(),
    );
    let (wet, told) = offer(&study);
    assert!(told.iter().all(|found| found.code != "HK0462"));
    let power = |source: &HeatSource| source.cooling_power.iter().map(|p| p.w()).sum::<f64>();
    assert!(power(&wet) < power(&dry));
    study.data_centres[0].heat_rejection = HeatRejection::Dry;
    let (coolers, _) = offer(&study);
    assert!((power(&coolers) - power(&dry)).abs() < 1e-6 * power(&dry));
}

#[test]
fn losing_district_heating_never_breaks_cooling_unless_the_site_is_too_small() {
    let safe = offer(&study(DataCentre {
        cooling_units: Some(CoolingUnits {
            installed: 4,
            spare: 1,
        }),
        ..data_centre()
    }));
    let resilience = safe.0.cooling.resilience;
    assert_eq!(resilience.without_district_heating.hours, 0);
    assert_eq!(resilience.without_one_unit.unwrap().hours, 0);
    let codes = |found: &[Diagnostic]| {
        found
            .iter()
            .map(|d| d.code.clone())
            .collect::<Vec<String>>()
    };
    assert!(codes(&safe.1).is_empty(), "{:?}", safe.1);
    let small = offer(&study(DataCentre {
        rejection_capacity: Some(HeatPower::from_mw(4.0)),
        cooling_units: Some(CoolingUnits {
            installed: 2,
            spare: 0,
        }),
        ..data_centre()
    }));
    assert_eq!(codes(&small.1), ["HK0459", "HK0460"]);
    assert!(small.0.cooling.resilience.without_district_heating.hours > 8000);
}

#[test]
fn the_published_model_gives_its_share_of_server_heat_and_return_air_nearly_all() {
    let published = offer(&study(economiser(CoolingModel::DcEh))).0;
    let it = sum(as_si(&published.it_power));
    let share = sum(as_si(&published.recoverable)) / it;
    let back = offer(&study(DataCentre {
        capture: CapturePoint::ReturnAir,
        source_temperature: Temperature::from_c(28.0),
        source_cooling: TemperatureDifference::from_kelvin(13.0),
        capture_share: Ratio::from_fraction(1.0),
        ..economiser(CoolingModel::Proportional)
    }))
    .0;
    let all = sum(as_si(&back.recoverable)) / sum(as_si(&back.it_power));
    eprintln!("recoverable per server energy: exhaust air {share:.3}, return air {all:.3}");
    assert!((0.5..0.7).contains(&share), "{share}");
    assert!(all > 1.0, "{all}");
}

/// The year of the published table, every hour of it, from the same temperatures and day shape.
#[expect(
    clippy::disallowed_methods,
    reason = "a test may read a reference case"
)]
#[test]
fn the_published_year_is_met_by_the_stage() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases/dc");
    let Ok(text) = std::fs::read_to_string(root.join("dceh_example_year_every7h.csv")) else {
        eprintln!("skipped: {} is absent", root.display());
        return;
    };
    let rows: Vec<Vec<f64>> = text
        .lines()
        .skip(1)
        .map(|line| line.split(',').map(|cell| cell.parse().unwrap()).collect())
        .collect();
    let steps = rows.len();
    let of = |column: usize| rows.iter().map(move |row| row[column]);
    let study = Study {
        weather: Weather {
            outdoor_temperature: of(1).map(Temperature::from_c).collect(),
            ..sample::weather(steps)
        },
        data_centres: vec![DataCentre {
            it_load: ElectricPower::from_mw(1.0),
            utilisation: Utilisation::Hourly(of(2).map(Ratio::from_fraction).collect()),
            power_loss_share: Ratio::from_fraction(0.0),
            ..economiser(CoolingModel::DcEh)
        }],
        ..sample::study(steps)
    };
    let (source, diagnostics) = offer(&study);
    let cooling: f64 = (0..steps)
        .map(|t| source.auxiliary_power[t].mw() + source.cooling_power[t].mw())
        .sum();
    let gap = cooling / of(16).sum::<f64>() - 1.0;
    assert!(gap.abs() < 1e-6, "cooling power {gap:e}");
    let mut counted = 0.0;
    for (t, row) in rows.iter().enumerate() {
        let own = source.recoverable[t].mw();
        let published = source.cooling.published_heat[t].mw();
        assert!(
            (published - row[19]).abs() < 1e-6,
            "hour {}: {published}",
            row[0]
        );
        // Above 20 °C outdoors the published figure holds heat of the outdoor air.
        if row[1] <= 20.0 {
            let gap = (own - row[19]).abs();
            assert!(gap < 1e-6, "hour {}: {own} for {}", row[0], row[19]);
        } else {
            assert!(own <= row[19] + 1e-9);
            counted += row[19] - own;
        }
    }
    let told = diagnostics.iter().any(|d| d.code == "HK0461");
    assert_eq!(told, counted > 1e-9, "{counted} MWh, {diagnostics:?}");
    let total = sum(as_si(&source.recoverable)) / 1e6;
    eprintln!(
        "dc-eh: {total:.2} MWh, the table {:.2}, of it {counted:.2} of outdoor air",
        of(19).sum::<f64>()
    );
}

fn any_centre() -> impl Strategy<Value = DataCentre> {
    let kinds = prop_oneof![
        Just((CoolingKind::CrahChilledWater, CapturePoint::ReturnAir)),
        Just((CoolingKind::CrahChilledWater, CapturePoint::CondenserWater)),
        Just((CoolingKind::InRow, CapturePoint::ChilledWaterReturn)),
        Just((CoolingKind::RearDoor, CapturePoint::FacilityWater)),
        Just((CoolingKind::DirectAirEconomiser, CapturePoint::ReturnAir)),
        Just((CoolingKind::AirEconomiser, CapturePoint::ExhaustAir)),
        Just((CoolingKind::DirectToChip, CapturePoint::FacilityWater)),
        Just((CoolingKind::Immersion, CapturePoint::FacilityWater)),
    ];
    let models = prop_oneof![
        Just(CoolingModel::Proportional),
        (0.01..5.0_f64, 0.0..3.0_f64).prop_map(|(dwell, band)| modes(dwell, band)),
        Just(CoolingModel::DcEh),
    ];
    (
        kinds,
        models,
        (0.1..200.0_f64, 0.0..1.0_f64, 0.05..=1.0_f64),
        (0.0..0.1_f64, 0.0..0.05_f64, 0.0..0.05_f64),
        (12.0..45.0_f64, 2.0..15.0_f64, 0.3..=1.0_f64, 2.0..8.0_f64),
    )
        .prop_map(|(kind, model, load, loss, loop_)| {
            let ratio = Ratio::from_fraction;
            DataCentre {
                cooling: kind.0,
                capture: kind.1,
                cooling_model: model,
                it_load: ElectricPower::from_mw(load.0),
                idle_share: ratio(load.1),
                utilisation: Utilisation::Constant(ratio(load.2)),
                power_loss_curve: Some([ratio(loss.0), ratio(loss.1), ratio(loss.2)]),
                cooling_supply_temperature: Temperature::from_c(loop_.0),
                source_temperature: Temperature::from_c(loop_.0 + loop_.1),
                source_cooling: TemperatureDifference::from_kelvin(loop_.1),
                capture_share: ratio(loop_.2),
                chiller_cop: ratio(loop_.3),
                ..data_centre()
            }
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn what_is_made_is_taken_or_rejected_for_any_plant_weather_and_load(
        centre in any_centre(), base in -35.0..35.0_f64, swing in 0.0..15.0_f64, part in 0.0..=1.0_f64,
    ) {
        let steps = 96;
        let weather = (0..steps)
            .map(|t| Temperature::from_c(base + swing * (f64::from(t) * 0.4).sin()))
            .collect();
        let study = Study {
            weather: Weather { outdoor_temperature: weather, ..sample::weather(96) },
            data_centres: vec![centre.clone()],
            ..sample::study(96)
        };
        let source = offer(&study).0;
        for t in 0..96 {
            let taken = HeatPower::from_w(part * source.recoverable[t].w());
            let heat = source.it_power[t].w() + source.auxiliary_power[t].w();
            let made = heat + source.compressor_power(t, taken).w();
            let rejected = source.rejected(t, taken).w();
            let scale = made.max(1.0);
            prop_assert!((made - taken.w() - rejected).abs() / scale < 1e-9);
            prop_assert!(taken.w() <= made * (1.0 + 1e-9), "{} of {made}", taken.w());
            prop_assert!(rejected >= -1e-9 * scale, "{rejected}");
            prop_assert!(source.compressor_power(t, taken).w() >= -1e-9 * scale);
            if centre.cooling_model == CoolingModel::DcEh {
                continue;
            }
            // The same by the flows of heat through the plant: chiller and coolers share a remainder.
            let idle = source.cooling.compressor_power[t].w();
            let by_flow = match centre.capture {
                CapturePoint::ExhaustAir => heat + idle - taken.w(),
                CapturePoint::CondenserWater => {
                    let cop = centre.chiller_cop.fraction();
                    let served = taken.w() * cop / (cop + 1.0);
                    (heat - served) * (1.0 + idle / heat)
                }
                _ => {
                    let saved = source.cooling.compressor_saved_per_heat[t].fraction();
                    heat - taken.w() + idle - taken.w() * saved
                }
            };
            prop_assert!((by_flow - rejected).abs() / scale < 1e-6, "{by_flow} for {rejected}");
            prop_assert!(source.pue(t, taken).unwrap() >= 1.0 - 1e-12);
        }
    }
}
