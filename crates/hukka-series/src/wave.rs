//! The seasonal wave of a temperature series.

use hukka_model::TimeAxis;
use hukka_units::{Temperature, TemperatureDifference};

/// Mean, amplitude and coldest day of a year: what the ground feels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SeasonalWave {
    /// Mean of the year.
    pub mean: Temperature,
    /// Half the swing from winter to summer.
    pub amplitude: TemperatureDifference,
    /// Day of the year of the lowest point, 0 at the start of 1 January, 0 to 365.
    pub coldest_day: f64,
}

/// The first harmonic of an hourly temperature year by least squares.
///
/// `T(d) = mean − amplitude · cos(2π (d − coldest_day) / D)`, `d` the local day of the year and `D`
/// the 365 or 366 days of the axis.
///
/// # Assumptions  the axis covers one whole year, so that harmonics are orthogonal
/// # Shapes  `temperature[step]`, one per hour of the axis
/// # Source  Kusuda & Achenbach 1965, ASHRAE Transactions 71(1): annual wave as boundary of the ground
pub fn seasonal_wave(temperature: &[Temperature], axis: &TimeAxis) -> SeasonalWave {
    let count = temperature.len().min(axis.len()).max(1) as f64;
    let days = axis.len() as f64 / 24.0;
    let turn = core::f64::consts::TAU / days;
    let mean_k = temperature.iter().map(|value| value.k()).sum::<f64>() / count;
    let (mut cosine, mut sine) = (0.0, 0.0);
    for (value, hour) in temperature.iter().zip(&axis.calendar) {
        let day = f64::from(hour.day_of_year) + (f64::from(hour.hour) + 0.5) / 24.0;
        cosine += (value.k() - mean_k) * (turn * day).cos();
        sine += (value.k() - mean_k) * (turn * day).sin();
    }
    let (cosine, sine) = (2.0 * cosine / count, 2.0 * sine / count);
    SeasonalWave {
        mean: Temperature::from_k(mean_k),
        amplitude: TemperatureDifference::from_kelvin(cosine.hypot(sine)),
        coldest_day: ((-sine).atan2(-cosine) / turn).rem_euclid(days),
    }
}
