//! When people draw hot water.

use crate::usage::UseTraits;
use hukka_model::{BuildingUse, LocalHour};

/// Temperature hot water is made at, °C.
const HOT_C: f64 = 55.0;
/// Coldest and warmest mains water, °C: from groundwater to surface water in late summer.
const MAINS_C: (f64, f64) = (4.0, 14.0);
/// Homes in July, when many are away.
const JULY_HOMES: f64 = 0.95;
/// Schools in June and July, when they are closed.
const SUMMER_SCHOOLS: f64 = 0.2;
/// Draw in closed hours of buildings with opening hours, relative to open ones.
const CLOSED_DRAW: f64 = 0.1;

/// Draw of homes by hour of the day, relative.
const HOME_WORKING_DAY: [f64; 24] = [
    0.3, 0.2, 0.2, 0.2, 0.4, 1.0, 1.8, 1.8, 1.5, 1.3, 1.1, 0.9, 0.8, 0.7, 0.7, 0.7, 0.9, 1.2, 1.5,
    1.5, 1.3, 1.0, 0.8, 0.5,
];
const HOME_FREE_DAY: [f64; 24] = [
    0.4, 0.3, 0.2, 0.2, 0.3, 0.5, 0.9, 1.4, 1.8, 2.0, 1.8, 1.5, 1.2, 1.0, 0.9, 0.9, 1.1, 1.3, 1.5,
    1.5, 1.2, 1.0, 0.8, 0.5,
];

/// Share of the year's hot-water heat in every hour; sums to 1.
///
/// A constant part for circulation and the rest after the draw: homes and health buildings by hour
/// of working and free days, homes with a small lull in July; other buildings in their opening
/// hours. The drawn part grows with the heating the mains water needs, `55 °C − T_mains`, where
/// `T_mains` is the ground at pipe depth within 4–14 °C.
///
/// # Assumptions  mains water comes as warm as the ground around the pipe, but never freezes nor
///   gets warmer than Nordic waterworks deliver
/// # Shapes  `calendar[step]`, `ground_c[step]` → `share[step]`
/// # Source  shapes chosen for hukka after the two daily peaks of Danish heat meters (Schaffer et
///   al., Scientific Data 9, 420), whose July is 0.98 of August in 2019; mains water 4–14 °C is
///   general knowledge
pub fn hot_water_shape(
    usage: BuildingUse,
    traits: &UseTraits,
    calendar: &[LocalHour],
    ground_c: &[f64],
) -> Vec<f64> {
    let rise = |ground: &f64| HOT_C - ground.clamp(MAINS_C.0, MAINS_C.1);
    let mut drawn: Vec<f64> = calendar
        .iter()
        .zip(ground_c)
        .map(|(hour, t)| draw(usage, traits, hour) * rise(t))
        .collect();
    normalise(&mut drawn);
    let flat = traits.circulation_share / calendar.len() as f64;
    for share in &mut drawn {
        *share = flat + (1.0 - traits.circulation_share) * *share;
    }
    normalise(&mut drawn);
    drawn
}

fn draw(usage: BuildingUse, traits: &UseTraits, hour: &LocalHour) -> f64 {
    let index = usize::from(hour.hour.min(23));
    match usage {
        BuildingUse::House | BuildingUse::Apartment | BuildingUse::Health => {
            let is_home = usage != BuildingUse::Health;
            let season = if is_home && hour.month == 7 {
                JULY_HOMES
            } else {
                1.0
            };
            let day = if hour.is_working_day() {
                &HOME_WORKING_DAY
            } else {
                &HOME_FREE_DAY
            };
            season * day[index]
        }
        _ => {
            let is_away = usage == BuildingUse::School && matches!(hour.month, 6 | 7);
            let season = if is_away { SUMMER_SCHOOLS } else { 1.0 };
            season
                * if traits.is_open(hour) {
                    1.0
                } else {
                    CLOSED_DRAW
                }
        }
    }
}

/// Scales a non-negative series to a sum of 1; leaves an all-zero one alone.
pub(crate) fn normalise(series: &mut [f64]) {
    let sum: f64 = series.iter().sum();
    if sum > 0.0 {
        for value in series.iter_mut() {
            *value /= sum;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::usage::traits;
    use proptest::prelude::*;

    const NOON: LocalHour = LocalHour {
        year: 2023,
        month: 3,
        day: 7,
        hour: 12,
        weekday: 2,
        day_of_year: 65,
        is_holiday: false,
        utc_offset_minutes: 120,
    };

    /// Hot water at one ground temperature over that at another, the same hour of two days.
    fn ratio(ground_c: f64, other_c: f64) -> f64 {
        let flats = traits(BuildingUse::Apartment).unwrap();
        let traits = UseTraits {
            circulation_share: 0.0,
            ..*flats
        };
        let shape = hot_water_shape(
            BuildingUse::Apartment,
            &traits,
            &[NOON; 2],
            &[ground_c, other_c],
        );
        shape[0] / shape[1]
    }

    #[test]
    fn mains_water_stays_within_four_and_fourteen_degrees() {
        assert!((ratio(-1.85, 4.0) - 1.0).abs() < 1e-12);
        assert!((ratio(19.0, 14.0) - 1.0).abs() < 1e-12);
        assert!((ratio(4.0, 14.0) - 51.0 / 41.0).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn colder_ground_never_needs_less_hot_water(ground in -10.0..30.0_f64, colder in 0.0..20.0_f64) {
            prop_assert!(ratio(ground - colder, ground) >= 1.0 - 1e-12);
        }
    }
}
