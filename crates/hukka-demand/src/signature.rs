//! Energy signature: what a meter teaches about a demand, carried to other weather.

use hukka_model::LocalHour;
use hukka_numerics::solve_positive;

/// Terms of the signature.
const TERMS: usize = 76;
/// Terms that are not zero in one hour.
const LIVE: usize = 6;
/// Lags tried, hours: air and walls answer fast and slowly.
const FAST_H: [f64; 2] = [3.0, 12.0];
const SLOW_H: [f64; 2] = [36.0, 72.0];
/// Shares of the fast lag tried.
const FAST_SHARE: [f64; 4] = [0.0, 0.3, 0.5, 0.7];
/// Change points tried, °C.
const CHANGE_C: [f64; 4] = [12.0, 14.0, 16.0, 18.0];
/// Huber's limit in standard deviations of normal errors: 95 % efficient without outliers.
const HUBER: f64 = 1.345;
/// Robust passes.
const PASSES: usize = 8;
/// Median absolute deviation to standard deviation.
const MAD_TO_SIGMA: f64 = 1.4826;

/// How well a signature follows a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// Root mean square error over the mean, hour by hour.
    pub cv_rmse: f64,
    /// Mean error over the mean.
    pub bias: f64,
    /// Highest hour of the signature over the highest measured.
    pub peak_ratio: f64,
}

/// Change-point regression on lagged outdoor temperature, hour of day, free days and season.
///
/// `q = b(hour, day kind) + (s(hour) + s_f·free) max(0, T_c − T_eff) + c·cos ωd + e·sin ωd + g·sun`,
/// `T_eff = a·lag(T, τ₁) + (1 − a)·lag(T, τ₂)`, never below zero. Lags, share and change point by
/// search, the rest by least squares with Huber weights: dips that a meter makes up later do not
/// bend the line.
///
/// # Assumptions  the same users; wind and radiation act as in the metered year
/// # Valid for    at least a winter and a summer of hourly values
/// # Source       energy signature with change point, ASHRAE Guideline 14 (CV(RMSE) below 30 %
///   hourly counts as calibrated)
#[derive(Debug, Clone, PartialEq)]
pub struct Signature {
    lags_h: (f64, f64),
    fast_share: f64,
    change_c: f64,
    terms: Vec<f64>,
}

impl Signature {
    /// Fits a metered load; `None` without at least 1,000 hours or with a load that is constant.
    ///
    /// # Shapes  `load[hour]`, `outdoor_c[hour]`, `calendar[hour]`, hours in a row
    pub fn of_meter(load: &[f64], outdoor_c: &[f64], calendar: &[LocalHour]) -> Option<Self> {
        const FEWEST_HOURS: usize = 1000;
        let is_finite = |values: &[f64]| values.iter().all(|v| v.is_finite());
        if load.len() < FEWEST_HOURS || !is_finite(load) || !is_finite(outdoor_c) {
            return None;
        }
        let mut best: Option<(f64, Self)> = None;
        for fast in FAST_H {
            for slow in SLOW_H {
                for fast_share in FAST_SHARE {
                    for change_c in CHANGE_C {
                        let mut trial = Self {
                            lags_h: (fast, slow),
                            fast_share,
                            change_c,
                            terms: Vec::new(),
                        };
                        let rows = trial.rows(outdoor_c, calendar);
                        let Some(terms) = least_squares(&rows, load, |_| 1.0) else {
                            continue;
                        };
                        let error = squares(&rows, &terms, load);
                        if best.as_ref().is_none_or(|(least, _)| error < *least) {
                            trial.terms = terms;
                            best = Some((error, trial));
                        }
                    }
                }
            }
        }
        let (_, mut signature) = best?;
        signature.resist_outliers(load, outdoor_c, calendar);
        Some(signature)
    }

    /// Repeats the fit with less weight on hours far off.
    fn resist_outliers(&mut self, load: &[f64], outdoor_c: &[f64], calendar: &[LocalHour]) {
        let rows = self.rows(outdoor_c, calendar);
        for _ in 0..PASSES {
            let off: Vec<f64> = rows
                .iter()
                .zip(load)
                .map(|(row, q)| (q - value(row, &self.terms)).abs())
                .collect();
            let limit = HUBER * MAD_TO_SIGMA * median(&off);
            if limit <= 0.0 {
                return;
            }
            let weight = |hour: usize| (limit / off[hour].max(limit)).min(1.0);
            match least_squares(&rows, load, weight) {
                Some(terms) => self.terms = terms,
                None => return,
            }
        }
    }

    /// The load in other weather, unit of the meter, never below zero.
    ///
    /// # Shapes  `outdoor_c[hour]`, `calendar[hour]` → `load[hour]`; the days before the first are
    ///   the last ones
    pub fn predict(&self, outdoor_c: &[f64], calendar: &[LocalHour]) -> Vec<f64> {
        self.rows(outdoor_c, calendar)
            .iter()
            .map(|row| value(row, &self.terms).max(0.0))
            .collect()
    }

    /// The load of a steady winter day at an outdoor temperature: its highest hour.
    pub fn coldest_hour(&self, outdoor_c: f64) -> f64 {
        const MIDWINTER: u16 = 14;
        let day: Vec<LocalHour> = (0..48)
            .map(|hour| LocalHour {
                year: 2025,
                month: 1,
                day: 15,
                hour: (hour % 24) as u8,
                weekday: if hour < 24 { 2 } else { 6 },
                day_of_year: MIDWINTER,
                is_holiday: false,
                utc_offset_minutes: 0,
            })
            .collect();
        self.predict(&[outdoor_c; 48], &day)
            .into_iter()
            .fold(0.0, f64::max)
    }

    /// How well it follows a measured load.
    pub fn fit(&self, load: &[f64], outdoor_c: &[f64], calendar: &[LocalHour]) -> Fit {
        let model = self.predict(outdoor_c, calendar);
        let count = load.len() as f64;
        let mean = load.iter().sum::<f64>() / count;
        let off = || model.iter().zip(load).map(|(a, b)| a - b);
        let highest = |values: &[f64]| values.iter().copied().fold(0.0, f64::max);
        Fit {
            cv_rmse: (off().map(|e| e * e).sum::<f64>() / count).sqrt() / mean,
            bias: off().sum::<f64>() / count / mean,
            peak_ratio: highest(&model) / highest(load),
        }
    }

    /// Outdoor temperature above which the demand no longer feels it, °C.
    pub const fn change_point_c(&self) -> f64 {
        self.change_c
    }

    fn rows(&self, outdoor_c: &[f64], calendar: &[LocalHour]) -> Vec<[(usize, f64); LIVE]> {
        let fast = crate::weather::smoothed(outdoor_c, self.lags_h.0);
        let slow = crate::weather::smoothed(outdoor_c, self.lags_h.1);
        calendar
            .iter()
            .zip(fast.iter().zip(&slow))
            .map(|(hour, (fast, slow))| {
                let felt = self.fast_share * fast + (1.0 - self.fast_share) * slow;
                row(hour, (self.change_c - felt).max(0.0))
            })
            .collect()
    }
}

/// The live terms of one hour.
fn row(hour: &LocalHour, cold: f64) -> [(usize, f64); LIVE] {
    let h = usize::from(hour.hour.min(23));
    let is_free = !hour.is_working_day();
    let angle = std::f64::consts::TAU * f64::from(hour.day_of_year) / 365.25;
    let height = (std::f64::consts::PI * (h as f64 - 6.0) / 12.0).sin();
    let sun = height.max(0.0) * (1.0 - (angle + 0.19).cos());
    let free = if is_free { cold } else { 0.0 };
    [
        (if is_free { 24 + h } else { h }, 1.0),
        (48 + h, cold),
        (72, free),
        (73, angle.cos()),
        (74, angle.sin()),
        (75, sun),
    ]
}

fn value(row: &[(usize, f64); LIVE], terms: &[f64]) -> f64 {
    row.iter().map(|(term, x)| terms[*term] * x).sum()
}

fn squares(rows: &[[(usize, f64); LIVE]], terms: &[f64], load: &[f64]) -> f64 {
    rows.iter()
        .zip(load)
        .map(|(row, q)| (q - value(row, terms)).powi(2))
        .sum()
}

/// Weighted least squares by normal equations; `None` if they cannot be solved.
fn least_squares(
    rows: &[[(usize, f64); LIVE]],
    load: &[f64],
    weight: impl Fn(usize) -> f64,
) -> Option<Vec<f64>> {
    let mut a = vec![0.0; TERMS * TERMS];
    let mut b = vec![0.0; TERMS];
    for (hour, (row, q)) in rows.iter().zip(load).enumerate() {
        let w = weight(hour);
        for (i, x) in row {
            b[*i] += w * x * q;
            for (j, y) in row {
                a[i * TERMS + j] += w * x * y;
            }
        }
    }
    // A day kind that never occurs has no term: the ridge keeps it at zero.
    let ridge = 1e-12 * (0..TERMS).map(|i| a[i * TERMS + i]).fold(1.0, f64::max);
    for i in 0..TERMS {
        a[i * TERMS + i] += ridge;
    }
    solve_positive(&mut a, &mut b).ok()?;
    Some(b)
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
        .get(sorted.len().div_euclid(2))
        .copied()
        .unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year() -> (Vec<f64>, Vec<LocalHour>) {
        (0..8760_u16)
            .map(|step| {
                let day_of_year = step.div_euclid(24);
                let season =
                    (std::f64::consts::TAU * (f64::from(day_of_year) - 20.0) / 365.0).cos();
                let wobble = 4.0 * (f64::from(step) * 0.013).sin();
                let hour = LocalHour {
                    year: 2025,
                    month: (day_of_year.div_euclid(31) + 1) as u8,
                    day: 1,
                    hour: (step % 24) as u8,
                    weekday: (day_of_year % 7) as u8,
                    day_of_year,
                    is_holiday: false,
                    utc_offset_minutes: 0,
                };
                (6.0 - 11.0 * season + wobble, hour)
            })
            .unzip()
    }

    fn truth(outdoor: &[f64], calendar: &[LocalHour]) -> Vec<f64> {
        let slow = crate::weather::smoothed(outdoor, 36.0);
        slow.iter()
            .zip(calendar)
            .map(|(t, hour)| {
                let morning = if (6..9).contains(&hour.hour) {
                    1.2
                } else {
                    1.0
                };
                5.0 + 2.0 * morning * (16.0 - t).max(0.0)
            })
            .collect()
    }

    #[test]
    fn a_signature_of_its_own_form_is_found_and_carried_to_a_colder_year() {
        let (outdoor, calendar) = year();
        let load = truth(&outdoor, &calendar);
        let signature = Signature::of_meter(&load, &outdoor, &calendar).unwrap();
        assert!(signature.fit(&load, &outdoor, &calendar).cv_rmse < 1e-5);
        let colder: Vec<f64> = outdoor.iter().map(|t| t - 3.0).collect();
        let fit = signature.fit(&truth(&colder, &calendar), &colder, &calendar);
        assert!(
            fit.cv_rmse < 1e-4 && (fit.peak_ratio - 1.0).abs() < 1e-4,
            "{fit:?}"
        );
        assert!((signature.change_point_c() - 16.0).abs() < 1e-9);
    }

    #[test]
    fn dips_and_made_up_hours_do_not_bend_the_line() {
        let (outdoor, calendar) = year();
        let clean = truth(&outdoor, &calendar);
        let mut load = clean.clone();
        for start in (100..8000).step_by(397) {
            load[start] = 0.0;
            load[start + 1] *= 2.0;
        }
        let signature = Signature::of_meter(&load, &outdoor, &calendar).unwrap();
        let fit = signature.fit(&clean, &outdoor, &calendar);
        assert!(fit.cv_rmse < 0.01, "{fit:?}");
    }

    #[test]
    fn a_short_or_broken_meter_has_no_signature() {
        let (outdoor, calendar) = year();
        let load = truth(&outdoor, &calendar);
        assert!(Signature::of_meter(&load[..500], &outdoor[..500], &calendar[..500]).is_none());
        let mut broken = load;
        broken[7] = f64::NAN;
        assert!(Signature::of_meter(&broken, &outdoor, &calendar).is_none());
    }
}
