//! Typical years of outdoor temperature.

use super::climate::Climate;
use super::monthly::MonthlyCurve;
use super::random::Random;
use core::f64::consts::TAU;
use hukka_model::TimeAxis;
use hukka_units::Temperature;

/// Time constant of the weather, hours.
const SYNOPTIC_H: f64 = 72.0;
/// Time constant that keeps one hour like the next, hours.
const SMOOTH_H: f64 = 2.0;
/// Solar hour of the warmest time of day.
const WARMEST_HOUR: f64 = 14.6;
/// Day of the year on which days swing most.
const WIDEST_DAY: f64 = 157.0;
/// Day of the year on which the weather varies most.
const WILDEST_DAY: f64 = 20.0;
/// How far the coldest hour of a seed may lie from the climate's, K.
const COLDEST_SPREAD: f64 = 1.5;

/// A typical year of hourly outdoor temperature, rounded to 0.01 K.
///
/// `T = season + day + weather`. The season is a trigonometric curve that gives every month its
/// normal mean exactly. The day is a sine, warmest at 14.6 h solar time, widest in early June.
/// The weather is autoregressive with time constants of 72 h and 2 h and a standard deviation that
/// is largest in January; its cold side is stretched so that the coldest hour lies within
/// 1.5 K of the climate's.
///
/// The same climate, seed and axis give the same bits.
///
/// # Valid for  studies that want a plausible year; extremes of single years are not in it
/// # Shapes     one value per hour of the axis
pub fn synthetic_temperature(climate: &Climate, seed: u64, axis: &TimeAxis) -> Vec<Temperature> {
    let mut random = Random::new(seed, "temperature");
    let spread = COLDEST_SPREAD * (2.0 * random.uniform() - 1.0);
    let coldest_c = climate.coldest_hour.c() + spread;
    let day = daily_swing(climate, axis);
    let weather = weather(climate, axis, &mut random);
    let curve = MonthlyCurve::new(axis);
    let with_stretch = |stretch: f64| -> Vec<f64> {
        let raw: Vec<f64> = weather
            .iter()
            .zip(&day)
            .map(|(weather, day)| {
                day + if *weather < 0.0 {
                    weather * stretch
                } else {
                    *weather
                }
            })
            .collect();
        let means = curve.means_of(&raw);
        let season = curve.with_means(core::array::from_fn(|month| {
            climate.monthly_mean[month].c() - means[month]
        }));
        raw.iter()
            .zip(season)
            .map(|(raw, season)| raw + season)
            .collect()
    };
    let (mut low, mut high) = (0.4, 2.5);
    for _ in 0..30 {
        let middle = f64::midpoint(low, high);
        let coldest = with_stretch(middle)
            .into_iter()
            .fold(f64::INFINITY, f64::min);
        if coldest > coldest_c {
            low = middle;
        } else {
            high = middle;
        }
    }
    with_stretch(f64::midpoint(low, high))
        .into_iter()
        .map(|celsius| Temperature::from_c((celsius * 100.0).round() / 100.0))
        .collect()
}

/// A yearly cosine between its value half a year away and its value on a day.
fn yearly(axis: &TimeAxis, step: usize, top_day: f64, ends: [f64; 2]) -> f64 {
    let day = f64::from(axis.calendar[step].day_of_year);
    let share = 0.5 - 0.5 * (TAU * (day - top_day) / 365.25).cos();
    ends[0] + (ends[1] - ends[0]) * share
}

fn daily_swing(climate: &Climate, axis: &TimeAxis) -> Vec<f64> {
    let [narrow, wide] = climate.diurnal;
    (0..axis.len())
        .map(|step| {
            let amplitude = yearly(axis, step, WIDEST_DAY, [wide, narrow]);
            let utc_hour = axis.unix_s(step).rem_euclid(86_400) as f64 / 3600.0 + 0.5;
            let solar_hour = utc_hour + climate.longitude / 15.0;
            amplitude * (TAU * (solar_hour - WARMEST_HOUR) / 24.0).cos()
        })
        .collect()
}

fn weather(climate: &Climate, axis: &TimeAxis, random: &mut Random) -> Vec<f64> {
    random
        .smooth(axis.len(), SYNOPTIC_H, SMOOTH_H)
        .into_iter()
        .enumerate()
        .map(|(step, score)| score * yearly(axis, step, WILDEST_DAY, climate.deviation))
        .collect()
}
