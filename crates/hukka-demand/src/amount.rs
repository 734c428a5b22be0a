//! Yearly amounts of one consumer before they are bound to a profile. SI.

use crate::profile::ProfileKey;
use hukka_model::{BuildingUse, Position};
use hukka_units::Temperature;

/// What one consumer needs in a year.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Amount {
    pub(crate) id: String,
    pub(crate) building: Option<usize>,
    pub(crate) position: Option<Position>,
    pub(crate) key: ProfileKey,
    /// Balance point, °C: decides its weight in the profile.
    pub(crate) balance_c: f64,
    /// Joules in the year.
    pub(crate) space_heat: f64,
    pub(crate) hot_water: f64,
    /// Space heat at the design outdoor temperature, watts.
    pub(crate) design_space_heat: f64,
    pub(crate) heated_area: f64,
    pub(crate) year: i32,
    pub(crate) usage: BuildingUse,
    /// Supply temperature of its own heating, where it is known.
    pub(crate) secondary_supply: Option<Temperature>,
    /// Its hot water has hours of its own in the profile.
    pub(crate) has_own_water: bool,
    /// Stated by the user: calibration leaves it alone while it can.
    pub(crate) is_known: bool,
}

impl Amount {
    pub(crate) fn annual(&self) -> f64 {
        self.space_heat + self.hot_water
    }

    /// Multiplies the heat, not the size.
    pub(crate) fn scale(&mut self, factor: f64) {
        self.space_heat *= factor;
        self.hot_water *= factor;
        self.design_space_heat *= factor;
    }
}
