//! Standard load profiles of the German gas industry: the day's heat by temperature, the hour by
//! table.
//!
//! `Q_t = E · h(T_ref) F(weekday) S(class of T_ref, hour) / Σ_days h F`
//!
//! # Source
//! BDEW/VKU/GEODE guide "Abwicklung von Standardlastprofilen Gas" (2018), tables after the Technical
//! University of Munich; straight lines as published with When2Heat (Ruhnau et al. 2019)

mod hours;
mod sigmoid;

use hours::HourFactors;
use hukka_model::{LocalHour, ProfileLaw, StandardProfile};
use sigmoid::Sigmoid;

/// Why a profile cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// No table for this customer, class and windiness.
    Sigmoid,
    /// No straight lines for this customer.
    Lines,
}

/// Mean temperature of a day with the three before it, °C.
///
/// `T_ref = (T_d + T_{d−1}/2 + T_{d−2}/4 + T_{d−3}/8) / 1.875` on daily means; the days before the
/// first are the last ones of the series.
///
/// # Shapes  one value per day, in and out
pub fn reference_temperature(daily_mean_c: &[f64]) -> Vec<f64> {
    let days = daily_mean_c.len();
    (0..days)
        .map(|d| {
            let before = |back: usize| daily_mean_c[(d + days * 3 - back) % days];
            (before(0) + 0.5 * before(1) + 0.25 * before(2) + 0.125 * before(3)) / 1.875
        })
        .collect()
}

/// Share of the year's heat in every hour, by the published factors: the sum differs from 1 by
/// less than 1e-3, since the table's hours of a day do not add up to one exactly.
///
/// Public holidays count as Sundays.
///
/// # Shapes     `outdoor_c[step]`, `calendar[step]` → `share[step]`
/// # Valid for  the tables end at −20 °C: below it the coldest class goes on
/// # Errors     [`Missing`]
pub fn standard_share(
    profile: StandardProfile,
    country: &str,
    outdoor_c: &[f64],
    calendar: &[LocalHour],
) -> Result<Vec<f64>, Missing> {
    let sigmoid = Sigmoid::find(profile, country)?;
    let hours = HourFactors::find(profile).ok_or(Missing::Sigmoid)?;
    let days = Days::of(calendar);
    let reference = reference_temperature(&days.means(outdoor_c));
    let weight: Vec<f64> = reference
        .iter()
        .zip(&days.weekday)
        .map(|(t, weekday)| sigmoid.at(*t) * sigmoid::weekday_factor(profile.customer, *weekday))
        .collect();
    // Weighted by hours, so that a cut first or last day counts by its length.
    let total: f64 = days.of_step.iter().map(|d| weight[*d]).sum::<f64>() / 24.0;
    if total <= 0.0 {
        return Ok(vec![0.0; calendar.len()]);
    }
    Ok(calendar
        .iter()
        .zip(&days.of_step)
        .map(|(hour, &d)| {
            weight[d] / total * hours.at(days.weekday[d], usize::from(hour.hour), reference[d])
        })
        .collect())
}

/// Steps by local day.
struct Days {
    of_step: Vec<usize>,
    /// Monday is 0; holidays are Sundays.
    weekday: Vec<u8>,
}

impl Days {
    fn of(calendar: &[LocalHour]) -> Self {
        let mut days = Self {
            of_step: Vec::with_capacity(calendar.len()),
            weekday: Vec::new(),
        };
        let mut last = None;
        for hour in calendar {
            let date = (hour.year, hour.month, hour.day);
            if last != Some(date) {
                last = Some(date);
                let weekday = if hour.is_holiday {
                    6
                } else {
                    hour.weekday.min(6)
                };
                days.weekday.push(weekday);
            }
            days.of_step.push(days.weekday.len() - 1);
        }
        days
    }

    fn means(&self, values: &[f64]) -> Vec<f64> {
        let mut sums = vec![(0.0, 0.0); self.weekday.len()];
        for (value, &day) in values.iter().zip(&self.of_step) {
            sums[day].0 += value;
            sums[day].1 += 1.0;
        }
        sums.into_iter().map(|(sum, n)| sum / n).collect()
    }
}

/// Whether a law has tables for a customer.
pub fn has_lines(profile: StandardProfile) -> bool {
    profile.law == ProfileLaw::Sigmoid || sigmoid::lines(profile).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use hukka_model::ProfileCustomer;

    fn calendar(days: usize) -> Vec<LocalHour> {
        (0..days * 24)
            .map(|step| LocalHour {
                year: 2024,
                month: 1,
                day: (step.div_euclid(24) + 1) as u8,
                hour: (step % 24) as u8,
                weekday: (step.div_euclid(24) % 7) as u8,
                day_of_year: step.div_euclid(24) as u16,
                is_holiday: false,
                utc_offset_minutes: 60,
            })
            .collect()
    }

    fn house(law: ProfileLaw) -> StandardProfile {
        StandardProfile {
            customer: ProfileCustomer::Efh,
            building_class: 11,
            is_windy: false,
            law,
        }
    }

    #[test]
    fn the_day_before_the_first_is_the_last() {
        let t = reference_temperature(&[0.0, 0.0, 0.0, 0.0, 15.0]);
        assert!((t[0] - 0.5 * 15.0 / 1.875).abs() < 1e-12);
        assert!((t[1] - 0.25 * 15.0 / 1.875).abs() < 1e-12);
        assert!((t[4] - 15.0 / 1.875).abs() < 1e-12);
    }

    #[test]
    fn arctic_cold_has_a_profile_too() {
        let calendar = calendar(14);
        for law in [ProfileLaw::Sigmoid, ProfileLaw::SigmoidLinear] {
            let share = standard_share(house(law), "FI", &[-38.0; 14 * 24], &calendar).unwrap();
            assert!((share.iter().sum::<f64>() - 1.0).abs() < 1e-3);
            assert!(share.iter().all(|s| s.is_finite() && *s > 0.0));
        }
    }

    #[test]
    fn straight_lines_go_on_rising_where_the_sigmoid_flattens() {
        let calendar = calendar(28);
        let outdoor: Vec<f64> = (0..28 * 24)
            .map(|step| if step < 14 * 24 { -10.0 } else { -25.0 })
            .collect();
        let ratio = |law| {
            let share = standard_share(house(law), "DE", &outdoor, &calendar).unwrap();
            let day = |d: usize| share[d * 24..(d + 1) * 24].iter().sum::<f64>();
            day(26) / day(12)
        };
        assert!(ratio(ProfileLaw::SigmoidLinear) > 1.1 * ratio(ProfileLaw::Sigmoid));
    }

    #[test]
    fn every_customer_has_a_profile_for_every_class_it_knows() {
        let calendar = calendar(14);
        for (customer, _, _) in ProfileCustomer::ALL {
            let classes = if customer.is_home() { 1..=11 } else { 0..=0 };
            for (building_class, is_windy) in classes.flat_map(|c| [(c, false), (c, true)]) {
                let profile = StandardProfile {
                    customer,
                    building_class,
                    is_windy,
                    law: ProfileLaw::Sigmoid,
                };
                let share = standard_share(profile, "DE", &[3.0; 14 * 24], &calendar).unwrap();
                let sum: f64 = share.iter().sum();
                assert!((sum - 1.0).abs() < 2e-3, "{profile:?}: {sum}");
            }
        }
    }

    #[test]
    fn a_class_the_table_does_not_know_is_refused() {
        let mut profile = house(ProfileLaw::Sigmoid);
        profile.building_class = 12;
        let calendar = calendar(7);
        let outcome = standard_share(profile, "DE", &[3.0; 7 * 24], &calendar);
        assert_eq!(outcome, Err(Missing::Sigmoid));
        profile.customer = ProfileCustomer::Gwa;
        profile.building_class = 0;
        profile.law = ProfileLaw::SigmoidLinear;
        assert!(!has_lines(profile));
    }
}
