//! The stage as a whole.

use crate::support::{HOURS, data_centre, study};
use hukka_model::{
    CapturePoint, CoolingKind, DataCentre, Diagnostic, HeatSource, Severity, Utilisation,
};
use hukka_source::{Error, Inputs, Options, run};
use hukka_units::{ElectricPower, Ratio, Temperature, TemperatureDifference, as_si};
use proptest::prelude::*;

fn offer(centre: DataCentre, fill: Option<f64>) -> Result<(HeatSource, Vec<Diagnostic>), Error> {
    let study = study(centre);
    let options = Options {
        fill: fill.map(Ratio::from_fraction),
    };
    let (mut sources, diagnostics) = run(&Inputs { study: &study }, &options, &mut ())?;
    Ok((sources.remove(0), diagnostics))
}

fn sum(values: &[f64]) -> f64 {
    values.iter().sum()
}

/// Largest gap of the balance, relative to the heat of the hour.
fn balance_gap(source: &HeatSource) -> f64 {
    (0..source.it_power.len())
        .map(|t| {
            let heat = source.it_power[t].w() + source.auxiliary_power[t].w();
            let split = source.recoverable[t].w() + source.unrecoverable[t].w();
            (heat - split).abs() / heat.max(1.0)
        })
        .fold(0.0, f64::max)
}

#[test]
fn an_air_cooled_data_centre_has_a_plausible_year() {
    let (source, diagnostics) = offer(data_centre(), None).unwrap();
    let it = sum(as_si(&source.it_power));
    let auxiliary = sum(as_si(&source.auxiliary_power));
    let cooling = sum(as_si(&source.cooling_power));
    let pue = (it + auxiliary + cooling) / it;
    let mechanical = source.is_mechanical_cooling.iter().filter(|m| **m).count();
    let text = format!(
        "PUE {pue:.3}, cooling/IT {:.4}, mechanical {mechanical} h",
        cooling / it
    );
    eprintln!("{text}");
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert!((1.08..1.30).contains(&pue), "{text}");
    assert!((0.03..0.12).contains(&(cooling / it)), "{text}");
    assert!((1500..3500).contains(&mechanical), "{text}");
    assert!((source.it_power[0].mw() - 7.72).abs() < 1e-9);
}

#[test]
fn winter_is_free_cooling_and_hot_days_are_not() {
    let (source, _) = offer(data_centre(), None).unwrap();
    let hottest = 4815;
    assert!(!source.is_mechanical_cooling[100] && source.is_mechanical_cooling[hottest]);
    assert!((source.cooling_saved_per_heat[100].fraction() - 0.03).abs() < 1e-12);
    assert!(source.cooling_saved_per_heat[hottest].fraction() > 0.1);
}

#[test]
fn fill_scales_everything_but_temperatures_and_prices_per_heat() {
    let (full, _) = offer(data_centre(), None).unwrap();
    let (half, _) = offer(data_centre(), Some(0.5)).unwrap();
    assert!((half.fill.fraction() - 0.5).abs() < 1e-12);
    for t in (0..HOURS).step_by(97) {
        assert!((half.recoverable[t].w() / full.recoverable[t].w() - 0.5).abs() < 1e-12);
        assert!((half.cooling_power[t].w() / full.cooling_power[t].w() - 0.5).abs() < 1e-12);
    }
    assert_eq!(half.cooling_saved_per_heat, full.cooling_saved_per_heat);
    assert_eq!(half.source_temperature, full.source_temperature);
}

#[test]
fn without_an_option_the_last_fill_counts() {
    let (source, _) = offer(data_centre(), None).unwrap();
    assert!((source.fill.fraction() - 1.0).abs() < 1e-12);
}

#[test]
fn a_trace_moves_the_heat_hour_by_hour() {
    let trace = (0..HOURS)
        .map(|t| Ratio::from_fraction(if t % 24 < 8 { 0.2 } else { 0.9 }))
        .collect();
    let centre = DataCentre {
        utilisation: Utilisation::Hourly(trace),
        ..data_centre()
    };
    let (source, _) = offer(centre, None).unwrap();
    assert!((source.it_power[3].mw() - 5.2).abs() < 1e-9);
    assert!((source.it_power[12].mw() - 9.4).abs() < 1e-9);
    assert!(source.auxiliary_power[3] < source.auxiliary_power[12]);
    assert!(source.recoverable[3] < source.recoverable[12]);
}

#[test]
fn exhaust_air_saves_nothing_and_return_air_saves_all() {
    let economiser = |capture| DataCentre {
        cooling: CoolingKind::AirEconomiser,
        capture,
        cooling_supply_temperature: Temperature::from_c(20.0),
        ..data_centre()
    };
    let (exhaust, _) = offer(economiser(CapturePoint::ExhaustAir), None).unwrap();
    let (back, _) = offer(economiser(CapturePoint::ReturnAir), None).unwrap();
    assert!(
        exhaust
            .cooling_saved_per_heat
            .iter()
            .all(|s| s.fraction().abs() < 1e-15)
    );
    assert!(
        back.cooling_saved_per_heat
            .iter()
            .all(|s| s.fraction() > 0.0)
    );
}

#[test]
fn condenser_water_saves_the_dry_cooler_when_the_chiller_runs_and_costs_it_otherwise() {
    let centre = DataCentre {
        capture: CapturePoint::CondenserWater,
        source_temperature: Temperature::from_c(35.0),
        source_cooling: TemperatureDifference::from_kelvin(5.0),
        ..data_centre()
    };
    let (source, diagnostics) = offer(centre, None).unwrap();
    let winter = source.cooling_saved_per_heat[100].fraction();
    let summer = source.cooling_saved_per_heat[4815].fraction();
    assert!(
        (winter - (0.03 * 4.3 - 1.0) / 5.3).abs() < 1e-12,
        "{winter}"
    );
    assert!((summer - 0.03).abs() < 0.002, "{summer}");
    assert_eq!(diagnostics[0].code, "HK0456");
    assert_eq!(diagnostics[0].severity, Severity::Note);
}

#[test]
fn saving_never_exceeds_what_rejection_costs() {
    for capture in [
        CapturePoint::ExhaustAir,
        CapturePoint::ReturnAir,
        CapturePoint::ChilledWaterReturn,
        CapturePoint::CondenserWater,
        CapturePoint::FacilityWater,
    ] {
        let centre = DataCentre {
            capture,
            ..data_centre()
        };
        let (source, _) = offer(centre, None).unwrap();
        for t in 0..HOURS {
            let saved = source.cooling_saved_per_heat[t].fraction() * source.recoverable[t].w();
            assert!(
                saved <= source.cooling_power[t].w() + 1e-6,
                "{capture:?}, hour {t}"
            );
        }
    }
}

#[test]
fn cooling_the_loop_less_takes_only_a_part_of_its_heat() {
    let hamina = |cooled| DataCentre {
        capture: CapturePoint::ChilledWaterReturn,
        source_temperature: Temperature::from_c(28.0),
        source_cooling: TemperatureDifference::from_kelvin(cooled),
        ..data_centre()
    };
    let (all, silent) = offer(hamina(10.0), None).unwrap();
    let (part, noted) = offer(hamina(6.0), None).unwrap();
    assert!(silent.is_empty(), "{silent:?}");
    assert_eq!(noted.len(), 1);
    assert_eq!(
        (noted[0].code.as_str(), noted[0].severity),
        ("HK0458", Severity::Note)
    );
    assert!(noted[0].message.contains("40 %"), "{}", noted[0].message);
    assert!(balance_gap(&part) < 1e-12);
    for t in (0..HOURS).step_by(97) {
        assert!((part.recoverable[t].w() / all.recoverable[t].w() - 0.6).abs() < 1e-12);
        assert!((part.source_return_temperature[t].c() - 22.0).abs() < 1e-9);
        assert!((part.cooling_power[t].w() - all.cooling_power[t].w()).abs() < 1e-6);
    }
}

#[test]
fn a_loop_warmed_more_than_loops_are_is_warned_of() {
    let hot = DataCentre {
        capture: CapturePoint::ChilledWaterReturn,
        source_temperature: Temperature::from_c(70.0),
        source_cooling: TemperatureDifference::from_kelvin(6.0),
        ..data_centre()
    };
    let (_, found) = offer(hot, None).unwrap();
    let warned = found.iter().find(|d| d.code == "HK0458").unwrap();
    assert_eq!(warned.severity, Severity::Warning);
    let help = warned.help.as_ref().unwrap();
    assert!(help.contains("cooling_supply_temperature_c"), "{help}");
}

#[test]
fn coils_in_return_air_are_bound_by_the_air_they_have_to_supply() {
    let coil = |cooling, supply, cooled| DataCentre {
        cooling,
        source_cooling: TemperatureDifference::from_kelvin(cooled),
        cooling_supply_temperature: Temperature::from_c(supply),
        ..data_centre()
    };
    let taken = |centre: DataCentre| {
        let (source, _) = offer(centre, None).unwrap();
        let heat = source.it_power[0].w() + source.auxiliary_power[0].w();
        source.recoverable[0].w() / (0.95 * heat)
    };
    // Air 33 to 20 °C, water 28 to 15 °C.
    let economiser = |cooled| taken(coil(CoolingKind::AirEconomiser, 20.0, cooled));
    assert!((economiser(13.0) - 1.0).abs() < 1e-12);
    assert!((economiser(10.0) - 10.0 / 13.0).abs() < 1e-12);
    let room = |cooled| taken(coil(CoolingKind::CrahChilledWater, 18.0, cooled));
    assert!((room(10.0) - 1.0).abs() < 1e-12);
    assert!((room(5.0) - 0.5).abs() < 1e-12);
}

#[test]
fn exhaust_air_and_condenser_water_keep_their_share_however_far_they_are_cooled() {
    for capture in [CapturePoint::ExhaustAir, CapturePoint::CondenserWater] {
        let centre = |cooled| DataCentre {
            capture,
            source_temperature: Temperature::from_c(35.0),
            source_cooling: TemperatureDifference::from_kelvin(cooled),
            ..data_centre()
        };
        let (little, _) = offer(centre(2.0), None).unwrap();
        let (much, _) = offer(centre(10.0), None).unwrap();
        assert_eq!(little.recoverable, much.recoverable);
    }
}

#[test]
fn odd_pairs_and_temperatures_are_warned_of() {
    let cases = [
        (
            "HK0451",
            DataCentre {
                capture: CapturePoint::FacilityWater,
                ..data_centre()
            },
        ),
        (
            "HK0452",
            DataCentre {
                capture: CapturePoint::ChilledWaterReturn,
                source_temperature: Temperature::from_c(17.0),
                ..data_centre()
            },
        ),
        (
            "HK0453",
            DataCentre {
                capture: CapturePoint::ChilledWaterReturn,
                source_temperature: Temperature::from_c(24.0),
                ..data_centre()
            },
        ),
        (
            "HK0454",
            DataCentre {
                source_temperature: Temperature::from_c(12.0),
                ..data_centre()
            },
        ),
        (
            "HK0455",
            DataCentre {
                it_load: ElectricPower::ZERO,
                ..data_centre()
            },
        ),
        (
            "HK0456",
            DataCentre {
                capture: CapturePoint::CondenserWater,
                ..data_centre()
            },
        ),
        (
            "HK0458",
            DataCentre {
                source_cooling: TemperatureDifference::from_kelvin(4.0),
                ..data_centre()
            },
        ),
        (
            "HK0457",
            DataCentre {
                cooling: CoolingKind::DirectToChip,
                capture: CapturePoint::FacilityWater,
                capture_share: Ratio::from_fraction(1.0),
                source_temperature: Temperature::from_c(45.0),
                cooling_supply_temperature: Temperature::from_c(35.0),
                ..data_centre()
            },
        ),
    ];
    for (code, centre) in cases {
        let (_, diagnostics) = offer(centre, None).unwrap();
        let codes: Vec<&str> = diagnostics.iter().map(|d| d.code.as_str()).collect();
        assert!(codes.contains(&code), "{code} not in {codes:?}");
        assert!(!diagnostics.iter().any(Diagnostic::is_error));
        assert!(hukka_source::CODES.iter().any(|(known, _)| *known == code));
    }
}

#[test]
fn wrong_numbers_and_series_stop_the_stage_with_their_value() {
    let half = DataCentre {
        utilisation: Utilisation::Hourly(vec![Ratio::from_fraction(0.5); 8759]),
        ..data_centre()
    };
    assert!(matches!(
        offer(half, None),
        Err(Error::SeriesLength {
            found: 8759,
            expected: HOURS,
            ..
        })
    ));
    let out = |centre| match offer(centre, None) {
        Err(Error::OutOfRange { key, .. }) => key,
        other => panic!("{other:?}"),
    };
    let ratio = Ratio::from_fraction;
    assert_eq!(
        out(DataCentre {
            capture_share: ratio(1.2),
            ..data_centre()
        }),
        "capture_share"
    );
    assert_eq!(
        out(DataCentre {
            idle_share: ratio(f64::NAN),
            ..data_centre()
        }),
        "idle_share"
    );
    assert_eq!(
        out(DataCentre {
            chiller_cop: ratio(0.0),
            ..data_centre()
        }),
        "chiller_cop"
    );
    assert_eq!(
        out(DataCentre {
            utilisation: Utilisation::Constant(ratio(1.5)),
            ..data_centre()
        }),
        "utilisation"
    );
    assert_eq!(
        out(DataCentre {
            fill: vec![ratio(-0.5)],
            ..data_centre()
        }),
        "fill"
    );
    assert!(matches!(
        offer(
            DataCentre {
                fill: Vec::new(),
                ..data_centre()
            },
            None
        ),
        Err(Error::NoFill { .. })
    ));
}

#[test]
fn the_observer_can_stop_the_stage() {
    struct Stop;
    impl hukka_numerics::Observer for Stop {
        fn should_stop(&mut self) -> bool {
            true
        }
    }
    let study = study(data_centre());
    let stopped = run(&Inputs { study: &study }, &Options::default(), &mut Stop);
    assert_eq!(stopped.unwrap_err(), Error::Stopped);
}

fn any_cooling() -> impl Strategy<Value = CoolingKind> {
    prop_oneof![
        Just(CoolingKind::CrahChilledWater),
        Just(CoolingKind::RearDoor),
        Just(CoolingKind::AirEconomiser),
        Just(CoolingKind::DirectToChip),
        Just(CoolingKind::Immersion),
    ]
}

fn any_capture() -> impl Strategy<Value = CapturePoint> {
    prop_oneof![
        Just(CapturePoint::ExhaustAir),
        Just(CapturePoint::ReturnAir),
        Just(CapturePoint::ChilledWaterReturn),
        Just(CapturePoint::CondenserWater),
        Just(CapturePoint::FacilityWater),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn heat_is_conserved_every_hour(
        cooling in any_cooling(), capture in any_capture(),
        mw in 0.0..500.0_f64, fill in 0.0..=1.0_f64, idle in 0.0..=1.0_f64, use_share in 0.0..=1.0_f64,
        share in 0.0..=1.0_f64, loss in 0.0..0.2_f64, fan in 0.0..0.2_f64, cooled in 0.5..20.0_f64,
    ) {
        let ratio = Ratio::from_fraction;
        let centre = DataCentre {
            cooling, capture, it_load: ElectricPower::from_mw(mw), idle_share: ratio(idle),
            utilisation: Utilisation::Constant(ratio(use_share)), capture_share: ratio(share),
            power_loss_share: ratio(loss), fan_share: ratio(fan),
            source_cooling: TemperatureDifference::from_kelvin(cooled), ..data_centre()
        };
        let (source, _) = offer(centre, Some(fill)).unwrap();
        prop_assert!(balance_gap(&source) < 1e-9);
        for t in 0..HOURS {
            let heat = source.it_power[t].w() + source.auxiliary_power[t].w();
            prop_assert!(source.recoverable[t].w() >= 0.0 && source.unrecoverable[t].w() >= 0.0);
            prop_assert!(source.recoverable[t].w() <= heat);
            prop_assert!(source.cooling_power[t].w() >= 0.0);
        }
    }
}
