//! Yearly heat of one building. SI; temperatures in °C.

use crate::amount::Amount;
use crate::envelope::{Geometry, HeatLoss, heat_loss};
use crate::error::Error;
use crate::profile::{AgeClass, Climates, ProfileKey, UseClimate};
use crate::usage::UseTraits;
use hukka_model::{Building, BuildingUse};
use hukka_units::SECONDS_PER_HOUR;

/// Joules in a kilowatt-hour.
const JOULES_PER_KWH: f64 = 3.6e6;
/// A stated amount is at most this much hot water.
const MAX_HOT_WATER_SHARE: f64 = 0.5;

/// What becomes of a building.
pub(crate) enum Outcome {
    /// It needs heat.
    Consumer(Amount),
    /// It is not heated, or stated to need nothing.
    Unheated,
    /// It is heated, but neither its size nor its heat is known.
    Unusable,
}

/// Heat of a building of some size, use and year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Estimate {
    pub(crate) heated_area: f64,
    pub(crate) balance_c: f64,
    pub(crate) space_heat: f64,
    pub(crate) hot_water: f64,
    pub(crate) design_space_heat: f64,
}

impl Estimate {
    /// Space heat `H · Σ max(0, T_base − T_out)` over the year, hot water by floor area, and space
    /// heat at the design outdoor temperature in steady state.
    pub(crate) fn new(geometry: &Geometry, felt: &UseClimate, year: i32, design_c: f64) -> Self {
        let loss = heat_loss(geometry, felt.traits, year);
        let HeatLoss {
            coefficient,
            balance_c,
            ..
        } = loss;
        let heated_area = geometry.heated_area(felt.traits);
        Self {
            heated_area,
            balance_c,
            space_heat: coefficient * felt.degree_hours.below(balance_c) * SECONDS_PER_HOUR,
            hot_water: felt.traits.hot_water * heated_area * JOULES_PER_KWH,
            design_space_heat: coefficient * (balance_c - design_c).max(0.0),
        }
    }

    /// A typical building of the use.
    pub(crate) fn typical(felt: &UseClimate, year: i32, design_c: f64) -> Self {
        let UseTraits {
            typical_footprint,
            typical_storeys,
            ..
        } = *felt.traits;
        let geometry = Geometry::rectangle(typical_footprint, typical_storeys);
        Self::new(&geometry, felt, year, design_c)
    }

    /// The same kind of building with another yearly amount; grows with it.
    pub(crate) fn grown_to(self, annual: f64) -> Self {
        let factor = annual / (self.space_heat + self.hot_water);
        Self {
            heated_area: self.heated_area * factor,
            balance_c: self.balance_c,
            space_heat: self.space_heat * factor,
            hot_water: self.hot_water * factor,
            design_space_heat: self.design_space_heat * factor,
        }
    }

    /// The same building with stated space heat and hot water.
    pub(crate) fn with_heat(self, space_heat: f64, hot_water: f64) -> Self {
        let factor = if self.space_heat > 0.0 {
            space_heat / self.space_heat
        } else {
            0.0
        };
        Self {
            space_heat,
            hot_water,
            design_space_heat: self.design_space_heat * factor,
            ..self
        }
    }

    /// The same building with a stated yearly amount: hot water as estimated, at most half.
    fn with_annual(self, annual: f64) -> Self {
        let hot_water = self.hot_water.min(MAX_HOT_WATER_SHARE * annual);
        self.with_heat(annual - hot_water, hot_water)
    }
}

/// The heat of one building, or why it is no consumer.
pub(crate) fn outcome(
    index: usize,
    building: &Building,
    climates: &Climates,
    design_c: f64,
) -> Result<Outcome, Error> {
    let known = known_heat(building)?;
    // Stated heat outweighs a use that says there is none.
    let usage = match (building.usage, known) {
        (BuildingUse::Unheated, Some(heat)) if heat > 0.0 => BuildingUse::Other,
        (usage, _) => usage,
    };
    let Some(felt) = climates.get(usage, AgeClass::of(building.construction_year)) else {
        return Ok(Outcome::Unheated);
    };
    let year = building.construction_year;
    let estimate = match (Geometry::of(building), known) {
        (_, Some(heat)) if heat <= 0.0 => return Ok(Outcome::Unheated),
        (None, None) => return Ok(Outcome::Unusable),
        (None, Some(heat)) => Estimate::typical(felt, year, design_c).grown_to(heat),
        (Some(geometry), None) => Estimate::new(&geometry, felt, year, design_c),
        (Some(geometry), Some(heat)) => {
            Estimate::new(&geometry, felt, year, design_c).with_annual(heat)
        }
    };
    Ok(Outcome::Consumer(Amount {
        id: building.id.clone(),
        building: Some(index),
        position: Some(building.position),
        key: ProfileKey::Kind(usage, AgeClass::of(year)),
        balance_c: estimate.balance_c,
        space_heat: estimate.space_heat,
        hot_water: estimate.hot_water,
        design_space_heat: estimate.design_space_heat,
        heated_area: estimate.heated_area,
        year,
        usage,
        secondary_supply: building.secondary_supply,
        has_own_water: true,
        is_known: known.is_some(),
    }))
}

fn known_heat(building: &Building) -> Result<Option<f64>, Error> {
    match building.known_annual_heat {
        Some(heat) if !(heat.is_finite() && heat.mwh() >= 0.0) => Err(Error::OutOfRange {
            subject: format!("annual heat of building {}", building.id),
            value: heat.si(),
            allowed: "0 or more",
        }),
        known => Ok(known.map(hukka_units::HeatEnergy::si)),
    }
}
