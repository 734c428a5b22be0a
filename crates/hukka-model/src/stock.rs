//! What becomes of the buildings until the year a study asks for.

use crate::study::BuildingUse;
use hukka_units::{Ratio, Temperature};
use serde::{Deserialize, Serialize};

/// Renovation between the year the buildings are described for and the year that is asked for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct StockPlan {
    /// Year the buildings and their known heat are of.
    pub described_year: i32,
    /// Year whose demand is asked for.
    pub asked_year: i32,
    /// What is renovated; the first that fits a building counts.
    pub renovations: Vec<Renovation>,
}

impl StockPlan {
    /// Years between the two, never negative.
    pub fn years(&self) -> f64 {
        f64::from((self.asked_year - self.described_year).max(0))
    }
}

/// Which buildings a renovation comes to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RenovationOrder {
    /// Every building is renovated to the same share: the mean of many.
    #[default]
    Spread,
    /// Whole buildings, the oldest first, until their share of the floor area is reached.
    OldestFirst,
}

/// One kind of renovation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Renovation {
    /// Id, unique among renovations.
    pub id: String,
    /// Uses of the buildings; empty: all.
    pub usages: Vec<BuildingUse>,
    /// First year of construction.
    pub built_from: Option<i32>,
    /// Last year of construction.
    pub built_until: Option<i32>,
    /// Share of these buildings' floor area renovated in a year.
    pub share_per_year: Ratio,
    /// Space heat saved in a renovated building.
    pub saving: Ratio,
    /// Hot-water heat saved in a renovated building.
    pub hot_water_saving: Ratio,
    /// Secondary supply temperature of a renovated building on the design day, if it is lowered.
    pub secondary_supply: Option<Temperature>,
    /// Which buildings come first.
    pub order: RenovationOrder,
}

impl Renovation {
    /// Whether it is meant for a building.
    pub fn fits(&self, usage: BuildingUse, year: i32) -> bool {
        (self.usages.is_empty() || self.usages.contains(&usage))
            && self.built_from.is_none_or(|from| year >= from)
            && self.built_until.is_none_or(|until| year <= until)
    }

    /// Share of the floor area renovated after some years.
    pub fn share_after(&self, years: f64) -> f64 {
        (self.share_per_year.fraction() * years).clamp(0.0, 1.0)
    }
}

/// Heat for a process: follows shifts, not the weather.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Process {
    /// Share of the year's heat that goes into it.
    pub share: Ratio,
    /// Shifts of eight hours from six in the morning, 1 to 3.
    pub shifts: u8,
    /// Working days of a week from Monday, 5 to 7; with 7 public holidays are worked too.
    pub days: u8,
    /// Power outside the shifts over that within them.
    pub standby: Ratio,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_renovation_knows_its_buildings_and_never_passes_all_of_them() {
        let renovation = Renovation {
            id: "flats".to_owned(),
            usages: vec![BuildingUse::Apartment],
            built_from: Some(1960),
            built_until: Some(1979),
            share_per_year: Ratio::from_fraction(0.03),
            saving: Ratio::from_fraction(0.3),
            hot_water_saving: Ratio::ZERO,
            secondary_supply: None,
            order: RenovationOrder::Spread,
        };
        assert!(renovation.fits(BuildingUse::Apartment, 1979));
        assert!(!renovation.fits(BuildingUse::Apartment, 1980));
        assert!(!renovation.fits(BuildingUse::House, 1970));
        assert!((renovation.share_after(10.0) - 0.3).abs() < 1e-12);
        assert!((renovation.share_after(100.0) - 1.0).abs() < 1e-12);
    }
}
