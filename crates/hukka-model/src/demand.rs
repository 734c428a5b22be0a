//! Heat the town needs: yearly amounts per consumer, hourly shapes per kind of consumer.

use crate::geography::Position;
use hukka_units::{Area, HeatEnergy, HeatPower, SECONDS_PER_HOUR, Temperature};
use serde::{Deserialize, Serialize};

/// Shape of the demand over the year, the same for all consumers of one kind.
///
/// Invariant: each shape is non-negative and sums to 1 (or is all zero).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DemandProfile {
    /// Name for tables: `detached house, before 1978`.
    pub name: String,
    /// Share of the year's space heat in every hour.
    pub space_heat: Vec<f64>,
    /// Share of the year's hot-water heat in every hour.
    pub hot_water: Vec<f64>,
}

/// Heat one consumer needs in a year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConsumerDemand {
    /// Id of the building or lumped demand.
    pub id: String,
    /// Index into `study.buildings`; `None` for a lumped demand.
    pub building: Option<usize>,
    /// Where it is; `None` for a lumped demand without a map.
    pub position: Option<Position>,
    /// Index into `profiles`.
    pub profile: usize,
    /// Space heat over the year.
    pub space_heat: HeatEnergy,
    /// Hot water over the year.
    pub hot_water: HeatEnergy,
    /// Highest hour of the study year.
    pub peak: HeatPower,
    /// Heat need on the design day (design outdoor temperature), for sizing.
    pub design_power: HeatPower,
    /// Heated floor area.
    pub heated_area: Area,
    /// Supply temperature the consumer needs at the substation.
    pub required_supply_temperature: Temperature,
}

impl ConsumerDemand {
    /// Heat over the year.
    pub fn annual(&self) -> HeatEnergy {
        self.space_heat + self.hot_water
    }
}

/// Heat the whole place needs. Made by `hukka-demand`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeatDemand {
    /// Hourly shapes.
    pub profiles: Vec<DemandProfile>,
    /// Everyone who needs heat.
    pub consumers: Vec<ConsumerDemand>,
    /// Sum over all consumers, hour by hour.
    pub total: Vec<HeatPower>,
    /// Factor that brought the estimate to the study's known total; 1 when none was given.
    pub calibration: f64,
}

impl HeatDemand {
    /// Heat one consumer needs in one hour.
    #[inline]
    pub fn at(&self, consumer: usize, step: usize) -> HeatPower {
        let c = &self.consumers[consumer];
        let p = &self.profiles[c.profile];
        HeatPower::from_si(
            (c.space_heat.si() * p.space_heat[step] + c.hot_water.si() * p.hot_water[step])
                / SECONDS_PER_HOUR,
        )
    }

    /// Heat over the year of everyone.
    pub fn annual(&self) -> HeatEnergy {
        self.consumers.iter().map(ConsumerDemand::annual).sum()
    }
}
