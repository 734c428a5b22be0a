//! Outdoor temperature as a building feels it.

use crate::error::Error;
use crate::solar::window_irradiance;
use hukka_model::Study;
use hukka_units::{Quantity, ZERO_CELSIUS_K, as_si};

/// The outdoor temperature lagged by a building's mass, °C.
///
/// First-order filter `T'_t = T'_(t−1) + (1 − e^(−1/τ)) (T_t − T'_(t−1))`, hourly, with the end of
/// the year running into its beginning.
///
/// # Valid for  `τ > 0` hours; 12–24 h for houses of wood to blocks of concrete
/// # Shapes     one value per hour, in and out
pub fn smoothed(outdoor_c: &[f64], lag_h: f64) -> Vec<f64> {
    let gain = 1.0 - (-1.0 / lag_h).exp();
    let warm_up = outdoor_c.len().min((lag_h * 12.0).ceil() as usize);
    let tail = &outdoor_c[outdoor_c.len() - warm_up..];
    let start = tail.first().copied().unwrap_or(0.0);
    let mut state = tail.iter().fold(start, |s, t| s + gain * (t - s));
    outdoor_c
        .iter()
        .map(|t| {
            state += gain * (t - state);
            state
        })
        .collect()
}

/// The study's temperatures in °C, checked.
pub(crate) struct Climate {
    pub(crate) outdoor_c: Vec<f64>,
    pub(crate) ground_c: Vec<f64>,
    pub(crate) design_c: f64,
    /// Sun on windows, W/m².
    pub(crate) sun: Vec<f64>,
}

impl Climate {
    pub(crate) fn of(study: &Study) -> Result<Self, Error> {
        if study.axis.is_empty() {
            return Err(Error::EmptyAxis);
        }
        let weather = &study.weather;
        let steps = study.axis.len();
        let design_c = weather.design_outdoor_temperature.c();
        if !design_c.is_finite() {
            return Err(Error::OutOfRange {
                subject: "weather.design_outdoor_temperature".to_owned(),
                value: design_c,
                allowed: "a temperature",
            });
        }
        Ok(Self {
            outdoor_c: celsius("outdoor temperature", &weather.outdoor_temperature, steps)?,
            ground_c: celsius("ground temperature", &weather.ground_temperature, steps)?,
            design_c,
            sun: sun(study),
        })
    }

    /// The same in the study's extreme year; `None` where it has none.
    pub(crate) fn of_extreme(study: &Study, typical: &Self) -> Result<Option<Self>, Error> {
        let Some(year) = &study.weather.extreme else {
            return Ok(None);
        };
        let steps = study.axis.len();
        Ok(Some(Self {
            outdoor_c: celsius(
                "extreme outdoor temperature",
                &year.outdoor_temperature,
                steps,
            )?,
            ground_c: typical.ground_c.clone(),
            design_c: typical.design_c,
            sun: typical.sun.clone(),
        }))
    }
}

fn sun(study: &Study) -> Vec<f64> {
    let place = study.place.projection;
    (0..study.axis.len())
        .map(|t| {
            window_irradiance(
                place.latitude_deg,
                place.longitude_deg,
                study.axis.unix_s(t),
            )
        })
        .collect()
}

fn celsius<Q: Quantity>(
    subject: &'static str,
    series: &[Q],
    steps: usize,
) -> Result<Vec<f64>, Error> {
    if series.len() != steps {
        return Err(Error::SeriesLength {
            subject: subject.to_owned(),
            found: series.len(),
            expected: steps,
        });
    }
    let values: Vec<f64> = as_si(series).iter().map(|k| k - ZERO_CELSIUS_K).collect();
    match values.iter().position(|t| !t.is_finite()) {
        Some(step) => Err(Error::Weather { subject, step }),
        None => Ok(values),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_temperature_stays_what_it_is() {
        assert!(
            smoothed(&[-5.0; 100], 24.0)
                .iter()
                .all(|t| (t + 5.0).abs() < 1e-12)
        );
    }

    #[test]
    fn a_step_is_followed_to_63_percent_within_the_lag() {
        let step: Vec<f64> = (0..8760)
            .map(|t| if t < 4000 { 0.0 } else { 10.0 })
            .collect();
        let found = smoothed(&step, 24.0)[4000 + 23];
        assert!(
            (found - 10.0 * (1.0 - (-1.0_f64).exp())).abs() < 1e-9,
            "{found}"
        );
    }

    #[test]
    fn the_yearly_mean_is_kept() {
        let year: Vec<f64> = (0..8760)
            .map(|t| 6.0 - 12.0 * (f64::from(t) / 8760.0 * std::f64::consts::TAU).cos())
            .collect();
        let mean = |x: &[f64]| x.iter().sum::<f64>() / 8760.0;
        assert!((mean(&smoothed(&year, 24.0)) - mean(&year)).abs() < 1e-3);
    }
}
