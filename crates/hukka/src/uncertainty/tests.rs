//! Samples of the bundled Hamina study: same bits, resumed bits, the study itself without spread.

use super::*;
use crate::progress::Silent;
use std::fs;

const HAMINA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/hamina");

/// Every key of `[uncertainty]` that spreads an input.
const SPREADS: [&str; 12] = [
    "temperature_sd_k",
    "weather_weeks",
    "heat_demand_sd_share",
    "electricity_price_sd_share",
    "electricity_swing_sd_share",
    "fossil_fuel_price_sd_share",
    "solid_fuel_price_sd_share",
    "carbon_price_sd_share",
    "investment_sd_share",
    "heat_pump_efficiency_sd_share",
    "fill_delay_chance_share",
    "leave_chance_share",
];

fn study(overrides: &[(String, String)]) -> Study {
    let loaded = hukka_study::load(Path::new(HAMINA), overrides);
    loaded.study.expect("the bundled study has no errors")
}

fn base_run(study: &Study) -> Run {
    crate::run(study, &crate::Options::default(), &mut Silent).unwrap()
}

fn info() -> RunInfo {
    RunInfo {
        version: crate::VERSION.to_owned(),
        run_id: "0123456789ab".to_owned(),
        command: "hukka uncertainty hamina".to_owned(),
    }
}

fn options(samples: usize) -> UncertaintyOptions {
    UncertaintyOptions {
        samples,
        seed: 3,
        partial: None,
        resume: false,
    }
}

fn bytes(study: &Study, run: &Run, options: &UncertaintyOptions) -> Vec<crate::OutputFile> {
    let result = uncertainty(study, run, (options, &info()), &mut Silent).unwrap();
    files_of_uncertainty(study, &result, &info())
}

#[test]
fn one_and_two_threads_give_the_same_files() {
    let study = study(&[]);
    let run = base_run(&study);
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| bytes(&study, &run, &options(5)))
    };
    assert_eq!(with(1), with(2));
}

#[test]
fn without_spread_every_sample_is_the_study_itself() {
    let none: Vec<(String, String)> = SPREADS
        .iter()
        .map(|key| (format!("uncertainty.{key}"), "0".to_owned()))
        .collect();
    let study = study(&none);
    let run = base_run(&study);
    let result = uncertainty(&study, &run, (&options(3), &info()), &mut Silent).unwrap();
    let kpis = &run.assessment.as_ref().unwrap().kpis;
    for sample in &result.samples {
        assert_eq!(sample.figures, result.base);
        let at = |name: &str| {
            let n = HEADLINES.iter().position(|f| f.name == name).unwrap();
            sample.figures[n].unwrap().to_bits()
        };
        assert_eq!(at("npv_eur"), kpis.npv.eur().to_bits());
        assert_eq!(at("lcoh_eur_mwh"), kpis.lcoh.eur_mwh().to_bits());
        assert_eq!(at("heat_used_mwh"), kpis.heat_used.mwh().to_bits());
        assert_eq!(at("irr_share"), kpis.irr.unwrap().fraction().to_bits());
    }
    assert!(result.correlations.iter().all(Option::is_none));
}

#[test]
fn a_resumed_run_writes_the_same_file_as_one_that_never_stopped() {
    let study = study(&[]);
    let run = base_run(&study);
    let home = tempfile::tempdir().unwrap();
    let partial = partial_file(&home.path().join("result"));
    let streamed = UncertaintyOptions {
        partial: Some(partial.clone()),
        ..options(4)
    };
    let whole = bytes(&study, &run, &options(6));
    let _ = bytes(&study, &run, &streamed);
    // The power fails in the middle of a line.
    let length = fs::metadata(&partial).unwrap().len();
    let file = fs::OpenOptions::new().write(true).open(&partial).unwrap();
    file.set_len(length - 9).unwrap();
    let go_on = UncertaintyOptions {
        resume: true,
        samples: 6,
        ..streamed.clone()
    };
    assert_eq!(bytes(&study, &run, &go_on), whole);
    let other_seed = UncertaintyOptions { seed: 4, ..go_on };
    let refused = uncertainty(&study, &run, (&other_seed, &info()), &mut Silent);
    assert!(matches!(refused, Err(Error::OtherSamples(_))));
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the run's own file, damaged on purpose"
)]
fn damaged_samples_are_refused_not_continued() {
    let study = study(&[]);
    let run = base_run(&study);
    let home = tempfile::tempdir().unwrap();
    let partial = partial_file(&home.path().join("result"));
    let streamed = UncertaintyOptions {
        partial: Some(partial.clone()),
        ..options(2)
    };
    let _ = bytes(&study, &run, &streamed);
    let sound = fs::read(&partial).unwrap();
    let go_on = UncertaintyOptions {
        resume: true,
        ..streamed
    };
    let mut garbled = sound.clone();
    garbled[40] = 0xff;
    let text = String::from_utf8(sound).unwrap();
    let at = text.find("\n0,").unwrap() + 3;
    let end = at + text[at..].find(',').unwrap();
    let no_number = format!("{}NaN{}", &text[..at], &text[end..]);
    for damaged in [garbled, no_number.into_bytes(), Vec::new()] {
        fs::write(&partial, &damaged).unwrap();
        let refused = uncertainty(&study, &run, (&go_on, &info()), &mut Silent);
        assert!(matches!(refused, Err(Error::OtherSamples(_))));
        assert_eq!(fs::read(&partial).unwrap(), damaged, "left as it was");
    }
}

#[test]
fn percentiles_rise_and_what_ifs_answer() {
    let study = study(&[]);
    let run = base_run(&study);
    let result = uncertainty(&study, &run, (&options(8), &info()), &mut Silent).unwrap();
    for spread in result.spreads.iter().flatten() {
        let rising = [spread.min, spread.p10, spread.p50, spread.p90, spread.max];
        assert!(
            rising.windows(2).all(|pair| pair[0] <= pair[1]),
            "{spread:?}"
        );
    }
    let asked = |id: &str| result.what_ifs.iter().find(|w| w.id == id).unwrap();
    let npv = |id: &str| asked(id).figures.unwrap()[NPV].unwrap();
    let base = result.base[NPV].unwrap();
    assert!(npv("leaves") < npv("halves") && npv("halves") < base);
    assert!(npv("electricity_x3") < base);
    let trip = asked("trips_on_coldest_day");
    let pump = trip
        .coldest_day
        .iter()
        .find(|(id, _)| id == "summa")
        .unwrap();
    assert!(pump.1.abs() < 1e-9, "a tripped data centre gives no heat");
    assert!(trip.extra_cost_eur.unwrap() > 0.0);
    let day: f64 = trip.coldest_day.iter().map(|(_, heat)| heat).sum();
    assert!(day + trip.unserved_on_coldest_day_mwh.unwrap() > 100.0);
    assert!(asked("largest_boiler_out").extra_cost_eur.unwrap() >= 0.0);
    assert!(asked("without_store").figures.is_some());
    let files = files_of_uncertainty(&study, &result, &info());
    let json: serde_json::Value = serde_json::from_slice(&files[0].bytes).unwrap();
    for input in json["inputs"].as_array().unwrap() {
        for line in input["parameters"].as_array().unwrap() {
            assert!(!line["source"].as_str().unwrap().is_empty(), "{input}");
        }
        assert!(
            !input["parameters"].as_array().unwrap().is_empty(),
            "{input}"
        );
    }
}

#[test]
fn wrong_keys_and_values_are_reported_together() {
    let wrong = [
        ("uncertainty.investment_sd_share".to_owned(), "7".to_owned()),
        ("uncertainty.weather_weeks".to_owned(), "1.5".to_owned()),
        ("uncertainty.carbon_sd".to_owned(), "0.1".to_owned()),
    ];
    let loaded = hukka_study::load(Path::new(HAMINA), &wrong);
    let errors = loaded.diagnostics.iter().filter(|d| d.is_error()).count();
    assert!(loaded.study.is_none());
    assert_eq!(errors, 3, "{:?}", loaded.diagnostics);
}

#[test]
fn a_warmer_year_needs_less_heat_and_a_moved_year_as_much_weather() {
    let study = study(&[]);
    let run = base_run(&study);
    let base = Base::new(&study, &run);
    let delivered = |change: &Change| {
        let n = HEADLINES
            .iter()
            .position(|f| f.name == "heat_delivered_mwh")
            .unwrap();
        figures(&evaluate(&base, change).unwrap())[n].unwrap()
    };
    let own = delivered(&Change::NONE);
    let warm = delivered(&Change {
        temperature_k: 2.0,
        ..Change::NONE
    });
    let moved = delivered(&Change {
        weeks: 3,
        ..Change::NONE
    });
    assert!(warm < 0.95 * own && warm > 0.8 * own, "{warm} {own}");
    assert!((moved / own - 1.0).abs() < 0.03, "{moved} {own}");
    let more = delivered(&Change {
        demand: 1.1,
        ..Change::NONE
    });
    assert!((more / own - 1.1).abs() < 1e-9);
}
