//! When people draw hot water.

use crate::usage::UseTraits;
use hukka_model::{BuildingUse, LocalHour};

/// Temperature hot water is made at, °C.
const HOT_C: f64 = 55.0;
/// Smallest heating of cold water counted, kelvin.
const MIN_RISE_K: f64 = 20.0;
/// Homes in July, when many are away.
const JULY_HOMES: f64 = 0.85;
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
/// A constant part for circulation and the rest after the draw: homes and health buildings by hour of working
/// and free days with a lull in July; other buildings in their opening hours. Both grow with the heating
/// the cold water needs, `55 °C − T_ground`.
///
/// # Shapes  `calendar[step]`, `ground_c[step]` → `share[step]`
/// # Source  shapes chosen for hukka after the two daily peaks of Danish heat meters (Schaffer et
///   al., Scientific Data 9, 420)
pub fn hot_water_shape(
    usage: BuildingUse,
    traits: &UseTraits,
    calendar: &[LocalHour],
    ground_c: &[f64],
) -> Vec<f64> {
    let rise = |t: &f64| (HOT_C - t).max(MIN_RISE_K);
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
