//! Typical years of day-ahead electricity prices.

use super::monthly::MonthlyCurve;
use super::profile::PriceProfile;
use super::random::Random;
use crate::wave::seasonal_wave;
use core::f64::consts::TAU;
use hukka_model::TimeAxis;
use hukka_units::{EnergyPrice, Temperature};

/// Standard deviation of what shape and season leave open, as a score.
const RESIDUAL: f64 = 0.76;
/// The same where cold spells explain a part.
const RESIDUAL_WITH_COLD: f64 = 0.70;
/// Share and time constant in hours of wind and water, and of the hours' own noise.
const NOISE: [(f64, f64); 2] = [(0.65, 60.0), (0.35, 8.0)];

/// A typical year of hourly day-ahead prices, rounded to 0.01 EUR/MWh.
///
/// Every hour gets a score `s = month + hour of day + cold + noise`; noise is the sum of two
/// first-order autoregressive series (time constants 60 h and 8 h). The hours, ranked by score,
/// take their prices from the profile's quantiles, so that mean, spikes and hours below zero are
/// those of the profile whatever the seed. With a temperature series, hours colder than the season
/// are dearer.
///
/// The same profile, seed, axis and temperature give the same bits.
///
/// # Shapes  one value per hour of the axis; `temperature[step]` likewise, ignored if of another length
pub fn synthetic_prices(
    profile: &PriceProfile,
    seed: u64,
    axis: &TimeAxis,
    temperature: Option<&[Temperature]>,
) -> Vec<EnergyPrice> {
    let temperature = temperature.filter(|series| series.len() == axis.len());
    let scores = scores(profile, seed, axis, temperature);
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|a, b| scores[*a].total_cmp(&scores[*b]).then(a.cmp(b)));
    let count = scores.len() as f64;
    let unscaled: Vec<f64> = (0..scores.len())
        .map(|rank| quantile(profile.quantiles, (rank as f64 + 0.5) / count))
        .collect();
    let mean = unscaled.iter().sum::<f64>() / count;
    let scale = profile.mean.eur_mwh() / mean;
    let mut prices = vec![EnergyPrice::ZERO; scores.len()];
    for (rank, hour) in order.into_iter().enumerate() {
        let eur_mwh = (unscaled[rank] * scale * 100.0).round() / 100.0;
        prices[hour] = EnergyPrice::from_eur_mwh(eur_mwh);
    }
    prices
}

fn scores(
    profile: &PriceProfile,
    seed: u64,
    axis: &TimeAxis,
    temperature: Option<&[Temperature]>,
) -> Vec<f64> {
    let mut random = Random::new(seed, "prices");
    let season = MonthlyCurve::new(axis).with_means(profile.months);
    let [slow, fast] = NOISE.map(|(share, time_constant)| {
        let weight = share.sqrt();
        let series = random.autoregressive(axis.len(), time_constant);
        series
            .into_iter()
            .map(|score| weight * score)
            .collect::<Vec<f64>>()
    });
    let residual = if temperature.is_some() {
        RESIDUAL_WITH_COLD
    } else {
        RESIDUAL
    };
    let cold = cold_scores(profile, axis, temperature);
    (0..axis.len())
        .map(|step| {
            season[step]
                + hour_score(profile, axis, step)
                + cold[step]
                + residual * (slow[step] + fast[step])
        })
        .collect()
}

/// Share of summer in a day: 0 in mid-January, 1 in mid-July.
fn summer_share(axis: &TimeAxis, step: usize) -> f64 {
    let day = f64::from(axis.calendar[step].day_of_year);
    0.5 - 0.5 * (TAU * (day - 15.0) / 365.25).cos()
}

fn hour_score(profile: &PriceProfile, axis: &TimeAxis, step: usize) -> f64 {
    let local = axis.calendar[step];
    let (winter, summer) = if local.is_working_day() {
        (&profile.hours.working_winter, &profile.hours.working_summer)
    } else {
        (&profile.hours.free_winter, &profile.hours.free_summer)
    };
    let hour = usize::from(local.hour.min(23));
    let share = summer_share(axis, step);
    winter[hour] + (summer[hour] - winter[hour]) * share
}

/// Score of hours colder than the seasonal wave of the temperature series.
fn cold_scores(
    profile: &PriceProfile,
    axis: &TimeAxis,
    temperature: Option<&[Temperature]>,
) -> Vec<f64> {
    let Some(temperature) = temperature else {
        return vec![0.0; axis.len()];
    };
    let wave = seasonal_wave(temperature, axis);
    let days = axis.len() as f64 / 24.0;
    let [winter, summer] = profile.cold;
    (0..axis.len())
        .map(|step| {
            let day = f64::from(axis.calendar[step].day_of_year);
            let angle = TAU * (day - wave.coldest_day) / days;
            let usual_k = wave.mean.k() - wave.amplitude.kelvin() * angle.cos();
            let per_kelvin = winter + (summer - winter) * summer_share(axis, step);
            per_kelvin * (usual_k - temperature[step].k())
        })
        .collect()
}

/// Linear between the stated quantiles.
fn quantile(table: &[(f64, f64)], share: f64) -> f64 {
    let above = table
        .partition_point(|(known, _)| *known < share)
        .clamp(1, table.len() - 1);
    let (low, high) = (table[above - 1], table[above]);
    low.1 + (high.1 - low.1) * (share - low.0) / (high.0 - low.0)
}
