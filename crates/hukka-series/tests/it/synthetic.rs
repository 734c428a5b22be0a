//! Synthetic years meet the statistics they state.

use crate::support::{helsinki_year, read_temperature};
use hukka_model::TimeAxis;
use hukka_series::{
    CLIMATES, Climate, PROFILES, PriceProfile, local_year_start, seasonal_wave, synthetic_prices,
    synthetic_temperature, time_axis, write_csv,
};
use hukka_units::{EnergyPrice, Temperature};

fn celsius(series: &[Temperature]) -> Vec<f64> {
    series.iter().map(|value| value.c()).collect()
}

fn eur_mwh(series: &[EnergyPrice]) -> Vec<f64> {
    series.iter().map(|value| value.eur_mwh()).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn lowest(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::INFINITY, f64::min)
}

fn highest(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::NEG_INFINITY, f64::max)
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

fn of_months(axis: &TimeAxis, values: &[f64], months: &[u8]) -> Vec<f64> {
    let hours = axis.calendar.iter().zip(values);
    hours
        .filter(|(hour, _)| months.contains(&hour.month))
        .map(|(_, value)| *value)
        .collect()
}

/// Correlation of a series with itself some steps later, after removing its monthly means.
fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let (mean_a, mean_b) = (mean(a), mean(b));
    let pairs = || a.iter().zip(b).map(|(a, b)| (a - mean_a, b - mean_b));
    let covariance: f64 = pairs().map(|(a, b)| a * b).sum();
    let (var_a, var_b) = pairs().fold((0.0, 0.0), |(x, y), (a, b)| (x + a * a, y + b * b));
    covariance / (var_a * var_b).sqrt()
}

#[test]
fn monthly_means_are_the_normals() {
    for year in [2023, 2024] {
        let axis = helsinki_year(year);
        for climate in CLIMATES {
            for seed in [1, 2, 77] {
                let series = celsius(&synthetic_temperature(climate, seed, &axis));
                for month in 1..=12 {
                    let found = mean(&of_months(&axis, &series, &[month]));
                    let normal = climate.monthly_mean[usize::from(month) - 1].c();
                    assert!(
                        (found - normal).abs() < 0.05,
                        "{} {month} {found}",
                        climate.name
                    );
                }
            }
        }
    }
}

#[test]
fn the_coldest_hour_of_southern_finland_lies_between_20_and_26_degrees_of_frost() {
    let axis = helsinki_year(2025);
    let climate = Climate::named("southern-finland").unwrap();
    for seed in 0..60 {
        let series = celsius(&synthetic_temperature(climate, seed, &axis));
        let (low, high) = (lowest(&series), highest(&series));
        assert!((-26.0..=-20.0).contains(&low), "seed {seed}: {low}");
        assert!((23.0..=36.0).contains(&high), "seed {seed}: {high}");
    }
}

#[test]
fn every_climate_meets_its_coldest_hour() {
    let axis = helsinki_year(2025);
    for climate in CLIMATES {
        assert!(climate.design_outdoor_temperature.c() <= climate.coldest_hour.c() + 2.0);
        assert!(climate.source.contains("1991–2020"));
        for seed in 0..20 {
            let low = lowest(&celsius(&synthetic_temperature(climate, seed, &axis)));
            let distance = (low - climate.coldest_hour.c()).abs();
            assert!(distance < 1.55, "{} seed {seed}: {low}", climate.name);
        }
    }
}

#[test]
fn days_swing_more_in_summer_and_weather_lasts_for_days() {
    let axis = helsinki_year(2023);
    let climate = Climate::named("southern-finland").unwrap();
    let series = celsius(&synthetic_temperature(climate, 1, &axis));
    let swing = |months: &[u8]| {
        let by_hour = |hour: u8| {
            let hours = axis.calendar.iter().zip(&series);
            let picked: Vec<f64> = hours
                .filter(|(local, _)| months.contains(&local.month) && local.hour == hour)
                .map(|(_, value)| *value)
                .collect();
            mean(&picked)
        };
        by_hour(15) - by_hour(4)
    };
    assert!(swing(&[6, 7]) > 6.0, "{}", swing(&[6, 7]));
    assert!(swing(&[12, 1]).abs() < 2.5, "{}", swing(&[12, 1]));
    let january = of_months(&axis, &series, &[1]);
    assert!(correlation(&january[24..], &january[..720]) > 0.4);
    let steps: Vec<f64> = january
        .windows(2)
        .map(|pair| (pair[1] - pair[0]).powi(2))
        .collect();
    let hourly_change = mean(&steps).sqrt();
    assert!((0.3..0.8).contains(&hourly_change), "{hourly_change}");
}

#[test]
fn the_same_seed_gives_the_same_bits_and_another_seed_another_year() {
    let axis = helsinki_year(2025);
    for climate in CLIMATES {
        let first = synthetic_temperature(climate, 5, &axis);
        assert_eq!(first, synthetic_temperature(climate, 5, &axis));
        assert_ne!(first, synthetic_temperature(climate, 6, &axis));
    }
    for profile in PROFILES {
        let first = synthetic_prices(profile, 5, &axis, None);
        assert_eq!(first, synthetic_prices(profile, 5, &axis, None));
        assert_ne!(first, synthetic_prices(profile, 6, &axis, None));
    }
}

#[test]
fn a_written_synthetic_year_is_read_back_to_the_bit() {
    let axis = helsinki_year(2025);
    let climate = Climate::named("helsinki").unwrap();
    let made = synthetic_temperature(climate, 9, &axis);
    let text = write_csv(&celsius(&made), &axis, "outdoor_temperature_c", &[]);
    let (read, found) = read_temperature(text.as_bytes(), None, &axis);
    assert!(found.is_empty());
    let read: Vec<Temperature> = read.unwrap().into_iter().map(Temperature::from_c).collect();
    assert_eq!(read, made);
}

#[test]
fn prices_meet_the_stated_statistics_with_and_without_weather() {
    for year in [2023, 2024] {
        let axis = helsinki_year(year);
        let weather = synthetic_temperature(&CLIMATES[0], 1, &axis);
        for profile in PROFILES {
            for (seed, temperature) in [(1, None), (2, Some(weather.as_slice())), (99, None)] {
                let prices = eur_mwh(&synthetic_prices(profile, seed, &axis, temperature));
                let target = profile.mean.eur_mwh();
                assert!(
                    (mean(&prices) / target - 1.0).abs() < 1e-4,
                    "{}",
                    profile.name
                );
                let at_or_below = prices.iter().filter(|price| **price <= 0.0).count() as f64
                    / prices.len() as f64;
                assert!((at_or_below - profile.share_at_or_below_zero.fraction()).abs() < 0.002);
            }
        }
    }
}

#[test]
fn quantiles_are_those_of_the_table() {
    let axis = helsinki_year(2025);
    let expected = [
        ("nordic-2023", [3.5, 42.0, 125.0, 205.0, -62.0, 355.0]),
        ("nordic-2024", [0.6, 32.0, 103.0, 200.0, -73.0, 867.0]),
        ("german-2023", [23.0, 98.0, 148.0, 209.0, -503.0, 528.0]),
    ];
    for (name, [p10, p50, p90, p99, low, high]) in expected {
        let profile = PriceProfile::named(name).unwrap();
        let prices = sorted(&eur_mwh(&synthetic_prices(profile, 3, &axis, None)));
        let at = |share: f64| prices[(share * 8759.0).round() as usize];
        eprintln!(
            "{name}: {:?}",
            [at(0.1), at(0.5), at(0.9), at(0.99), at(0.0), at(1.0)]
        );
        for (share, value) in [(0.1, p10), (0.5, p50), (0.9, p90), (0.99, p99)] {
            assert!(
                (at(share) - value).abs() < 0.5 + 0.01 * value,
                "{name} {share}: {}",
                at(share)
            );
        }
        assert!(
            (at(0.0) - low).abs() < 0.05 * low.abs(),
            "{name} lowest {}",
            at(0.0)
        );
        assert!(
            (at(1.0) - high).abs() < 0.05 * high,
            "{name} highest {}",
            at(1.0)
        );
    }
}

#[test]
fn nordic_prices_are_higher_in_winter_and_at_working_hours() {
    let axis = helsinki_year(2025);
    let profile = PriceProfile::named("nordic-2023").unwrap();
    let weather = synthetic_temperature(&CLIMATES[0], 4, &axis);
    let prices = eur_mwh(&synthetic_prices(profile, 4, &axis, Some(&weather)));
    let winter = mean(&of_months(&axis, &prices, &[1, 2, 12]));
    let summer = mean(&of_months(&axis, &prices, &[6, 7, 8]));
    assert!(winter > 1.3 * summer, "{winter} {summer}");
    let pick = |is_wanted: &dyn Fn(usize) -> bool| {
        let hours: Vec<f64> = (0..8760)
            .filter(|step| is_wanted(*step))
            .map(|step| prices[step])
            .collect();
        mean(&hours)
    };
    let morning =
        pick(&|step| axis.calendar[step].is_working_day() && axis.calendar[step].hour == 9);
    let night = pick(&|step| axis.calendar[step].is_working_day() && axis.calendar[step].hour == 4);
    let weekend =
        pick(&|step| !axis.calendar[step].is_working_day() && axis.calendar[step].hour == 9);
    assert!(
        morning > 1.4 * night && morning > 1.3 * weekend,
        "{morning} {night} {weekend}"
    );
    assert!(correlation(&prices[1..], &prices[..8759]) > 0.9);
}

#[test]
fn cold_spells_are_dear_only_when_the_prices_know_the_weather() {
    let axis = helsinki_year(2025);
    let profile = PriceProfile::named("nordic-2023").unwrap();
    let link = |knows_weather: bool| {
        let links: Vec<f64> = (0..24)
            .map(|seed| {
                let weather = synthetic_temperature(&CLIMATES[0], seed, &axis);
                let known = knows_weather.then_some(weather.as_slice());
                let prices = eur_mwh(&synthetic_prices(profile, seed, &axis, known));
                let cold = of_months(&axis, &celsius(&weather), &[1]);
                correlation(&cold, &of_months(&axis, &prices, &[1]))
            })
            .collect();
        mean(&links)
    };
    let (with, without) = (link(true), link(false));
    eprintln!("January correlation of price and temperature: {with:.2}, unlinked {without:.2}");
    assert!(with < -0.2 && without.abs() < 0.15, "{with} {without}");
}

#[test]
fn the_seasonal_wave_of_a_wave_is_itself() {
    let axis = helsinki_year(2023);
    let series: Vec<Temperature> = axis
        .calendar
        .iter()
        .map(|hour| {
            let day = f64::from(hour.day_of_year) + (f64::from(hour.hour) + 0.5) / 24.0;
            Temperature::from_c(6.1 - 11.0 * (core::f64::consts::TAU * (day - 30.0) / 365.0).cos())
        })
        .collect();
    let wave = seasonal_wave(&series, &axis);
    assert!((wave.mean.c() - 6.1).abs() < 0.01);
    assert!((wave.amplitude.kelvin() - 11.0).abs() < 0.01);
    assert!((wave.coldest_day - 30.0).abs() < 0.1);
    let synthetic = synthetic_temperature(&CLIMATES[0], 1, &axis);
    let wave = seasonal_wave(&synthetic, &axis);
    assert!((wave.mean.c() - 6.1).abs() < 0.1, "{}", wave.mean.c());
    assert!((10.0..12.0).contains(&wave.amplitude.kelvin()));
    assert!(
        (10.0..40.0).contains(&wave.coldest_day),
        "{}",
        wave.coldest_day
    );
}

#[test]
fn a_year_that_starts_in_july_and_one_elsewhere_work_as_well() {
    let start = local_year_start("Europe/Dublin", 2023).unwrap() + 181 * 86_400;
    let axis = time_axis("Europe/Dublin", start, "IE").0.unwrap();
    assert_eq!(axis.len(), 8784);
    let climate = Climate::named("dublin").unwrap();
    let series = celsius(&synthetic_temperature(climate, 1, &axis));
    assert!((mean(&of_months(&axis, &series, &[1])) - 5.2).abs() < 0.05);
    let prices = synthetic_prices(&PROFILES[2], 1, &axis, None);
    assert!((mean(&eur_mwh(&prices)) - 95.2).abs() < 0.01);
}
