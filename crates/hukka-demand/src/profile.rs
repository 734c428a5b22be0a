//! Profiles: the few hourly shapes that all consumers share.

use crate::amount::Amount;
use crate::degree_hours::{DegreeHours, kernel};
use crate::envelope::{Geometry, heat_loss};
use crate::hot_water::{hot_water_shape, normalise};
use crate::usage::{HEATED, UseTraits, traits};
use crate::weather::{Climate, smoothed};
use hukka_model::{BuildingUse, DemandProfile, LocalHour};
use std::collections::BTreeMap;

/// Buildings of one age behave alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AgeClass {
    /// Before the first strict insulation rules.
    Before1978,
    /// 1978 to 2002.
    From1978,
    /// 2003 to 2009.
    From2003,
    /// 2010 and later.
    From2010,
}

impl AgeClass {
    /// Every class, oldest first.
    pub const ALL: [Self; 4] = [
        Self::Before1978,
        Self::From1978,
        Self::From2003,
        Self::From2010,
    ];

    /// A year that stands for the class.
    const fn typical_year(self) -> i32 {
        match self {
            Self::Before1978 => 1970,
            Self::From1978 => 1990,
            Self::From2003 => 2006,
            Self::From2010 => 2016,
        }
    }

    /// The class of a year.
    pub const fn of(year: i32) -> Self {
        match year {
            ..=1977 => Self::Before1978,
            1978..=2002 => Self::From1978,
            2003..=2009 => Self::From2003,
            _ => Self::From2010,
        }
    }

    /// Name for tables.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Before1978 => "before 1978",
            Self::From1978 => "1978 to 2002",
            Self::From2003 => "2003 to 2009",
            Self::From2010 => "2010 and later",
        }
    }
}

/// What consumers with the same shape have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ProfileKey {
    /// Estimated: use and age.
    Kind(BuildingUse, AgeClass),
    /// Measured: index of the lumped demand.
    Measured(usize),
}

/// Weather and calendar as buildings of one use and age feel them.
pub(crate) struct UseClimate {
    pub(crate) traits: &'static UseTraits,
    /// Outdoor temperature with the sun in it, lagged, °C.
    pub(crate) temperature_c: Vec<f64>,
    pub(crate) is_open: Vec<bool>,
    pub(crate) degree_hours: DegreeHours,
}

impl UseClimate {
    /// The sun through the windows of a typical building counts as warmer air:
    /// `T_eff = lag(T_out + g A_w I / H)`.
    fn new(
        traits: &'static UseTraits,
        age: AgeClass,
        climate: &Climate,
        calendar: &[LocalHour],
    ) -> Self {
        let typical = Geometry::rectangle(traits.typical_footprint, traits.typical_storeys);
        let loss = heat_loss(&typical, traits, age.typical_year());
        let rise = loss.solar_aperture / loss.coefficient;
        let felt = climate.outdoor_c.iter().zip(&climate.sun);
        let felt: Vec<f64> = felt.map(|(t, sun)| t + rise * sun).collect();
        let temperature_c = smoothed(&felt, traits.lag_h);
        let is_open: Vec<bool> = calendar.iter().map(|h| traits.is_open(h)).collect();
        let degree_hours = DegreeHours::new(&temperature_c, &is_open, traits.setback);
        Self {
            traits,
            temperature_c,
            is_open,
            degree_hours,
        }
    }
}

/// [`UseClimate`] of every heated use and age.
pub(crate) struct Climates(BTreeMap<(BuildingUse, AgeClass), UseClimate>);

impl Climates {
    pub(crate) fn new(climate: &Climate, calendar: &[LocalHour]) -> Self {
        let mut all = BTreeMap::new();
        for usage in HEATED {
            let Some(traits) = traits(usage) else {
                continue;
            };
            for age in AgeClass::ALL {
                let felt = UseClimate::new(traits, age, climate, calendar);
                all.insert((usage, age), felt);
            }
        }
        Self(all)
    }

    /// `None` for unheated buildings.
    pub(crate) fn get(&self, usage: BuildingUse, age: AgeClass) -> Option<&UseClimate> {
        self.0.get(&(usage, age))
    }
}

/// One estimated profile: use, age and the heat-weighted balance point of its consumers.
pub(crate) struct Kind {
    pub(crate) usage: BuildingUse,
    pub(crate) age: AgeClass,
    pub(crate) balance_c: f64,
}

/// The estimated profiles the consumers need, in the order of their keys.
pub(crate) fn kinds(amounts: &[Amount]) -> BTreeMap<ProfileKey, Kind> {
    let mut sums: BTreeMap<ProfileKey, (f64, f64)> = BTreeMap::new();
    for amount in amounts {
        let weight = amount.space_heat.max(1.0);
        let sum = sums.entry(amount.key).or_default();
        sum.0 += weight;
        sum.1 += weight * amount.balance_c;
    }
    sums.into_iter()
        .filter_map(|(key, (weight, weighted))| match key {
            ProfileKey::Kind(usage, age) => {
                let kind = Kind {
                    usage,
                    age,
                    balance_c: weighted / weight,
                };
                Some((key, kind))
            }
            ProfileKey::Measured(_) => None,
        })
        .collect()
}

/// The shape of one kind, and whether no hour was cold enough so that it was spread evenly.
pub(crate) fn shape(
    kind: &Kind,
    felt: &UseClimate,
    climate: &Climate,
    calendar: &[LocalHour],
) -> (DemandProfile, bool) {
    let mut space_heat = kernel(
        &felt.temperature_c,
        &felt.is_open,
        felt.traits.setback,
        kind.balance_c,
    );
    let is_even = !space_heat.iter().any(|k| *k > 0.0);
    if is_even {
        space_heat.fill(1.0);
    }
    normalise(&mut space_heat);
    normalise(&mut space_heat);
    let profile = DemandProfile {
        name: format!("{}, {}", felt.traits.name, kind.age.label()),
        space_heat,
        hot_water: hot_water_shape(kind.usage, felt.traits, calendar, &climate.ground_c),
    };
    (profile, is_even)
}

/// Highest hour of `space · s_t + water · w_t` over the year, for any amounts.
///
/// Only the hours on the upper right hull of the points `(s_t, w_t)` can be the highest, so each
/// question looks at a handful of hours.
pub(crate) struct PeakHours(Vec<(f64, f64)>);

impl PeakHours {
    pub(crate) fn of(profile: &DemandProfile) -> Self {
        let shapes = profile.space_heat.iter().zip(&profile.hot_water);
        let mut points: Vec<(f64, f64)> = shapes.map(|(s, w)| (*s, *w)).collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let mut hull: Vec<(f64, f64)> = Vec::new();
        for point in points {
            while hull.len() >= 2 && turns_left(hull[hull.len() - 2], hull[hull.len() - 1], point) {
                hull.pop();
            }
            hull.push(point);
        }
        Self(hull)
    }

    pub(crate) fn highest(&self, space: f64, water: f64) -> f64 {
        self.0
            .iter()
            .map(|(s, w)| space * s + water * w)
            .fold(0.0, f64::max)
    }
}

fn turns_left(a: (f64, f64), b: (f64, f64), c: (f64, f64)) -> bool {
    (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0) >= 0.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_hull_finds_the_highest_hour(
            points in prop::collection::vec((0.0..1.0_f64, 0.0..1.0_f64), 1..200),
            space in 0.0..1e3_f64, water in 0.0..1e3_f64,
        ) {
            let (space_heat, hot_water): (Vec<f64>, Vec<f64>) = points.into_iter().unzip();
            let slow = space_heat.iter().zip(&hot_water)
                .map(|(s, w)| space * s + water * w).fold(0.0, f64::max);
            let profile = DemandProfile { name: String::new(), space_heat, hot_water };
            let fast = PeakHours::of(&profile).highest(space, water);
            prop_assert!((fast - slow).abs() <= 1e-12 * (1.0 + slow));
        }
    }
}
