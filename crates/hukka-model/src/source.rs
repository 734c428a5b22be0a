//! The data centre as the study gives it, and the heat it offers hour by hour.

use crate::geography::Position;
use hukka_units::{
    ElectricPower, EnergyPrice, HeatPower, Ratio, Temperature, TemperatureDifference,
};
use serde::{Deserialize, Serialize};

/// What the servers are cooled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CoolingKind {
    /// Room air through coils fed with chilled water.
    CrahChilledWater,
    /// Rear-door heat exchangers.
    RearDoor,
    /// Indirect air-side economiser.
    AirEconomiser,
    /// Cold plates on the chips, the rest in air.
    DirectToChip,
    /// Servers in a bath of coolant.
    Immersion,
}

/// Where the heat is taken from the data centre: decides how warm it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CapturePoint {
    /// Air leaving the building after the economiser.
    ExhaustAir,
    /// Warm air on its way back to the room coils.
    ReturnAir,
    /// Chilled water on its way back to the chiller.
    ChilledWaterReturn,
    /// Water leaving the chiller's condenser.
    CondenserWater,
    /// Warm water leaving the liquid-cooled servers.
    FacilityWater,
}

/// How busy the installed servers are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Utilisation {
    /// The same all year.
    Constant(Ratio),
    /// One value per hour of the study year.
    Hourly(Vec<Ratio>),
}

/// A data centre as the study gives it; every default already filled in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DataCentre {
    /// Id, unique in the study.
    pub id: String,
    /// Where it stands; `None` only in a study without a map.
    pub position: Option<Position>,
    /// Electric power of all installed servers at full use.
    pub it_load: ElectricPower,
    /// Share of the installed load present, by operating year from 1; the last value stays.
    pub fill: Vec<Ratio>,
    /// How busy the servers are.
    pub utilisation: Utilisation,
    /// Share of full power drawn by idle servers.
    pub idle_share: Ratio,
    /// What the servers are cooled with.
    pub cooling: CoolingKind,
    /// Where the heat is taken.
    pub capture: CapturePoint,
    /// Share of the heat that reaches the capture point.
    pub capture_share: Ratio,
    /// Temperature of the water that reaches the heat pump: behind the coil where air is cooled.
    pub source_temperature: Temperature,
    /// How far the heat pump cools that water.
    pub source_cooling: TemperatureDifference,
    /// Losses of the power supply (UPS, transformers), share of IT power at full load.
    pub power_loss_share: Ratio,
    /// Fans and pumps, share of IT power at full load.
    pub fan_share: Ratio,
    /// Supply temperature the room or the water loop needs: decides free-cooling hours.
    pub cooling_supply_temperature: Temperature,
    /// COP of the data centre's own chiller when mechanical cooling runs.
    pub chiller_cop: Ratio,
    /// Electricity of free cooling (dry coolers, pumps) per heat rejected.
    pub free_cooling_share: Ratio,
    /// What the heat company pays for heat taken.
    pub heat_price: EnergyPrice,
}

/// Air over water in a coil, at both of its ends.
const COIL_APPROACH_K: f64 = 5.0;

impl DataCentre {
    /// Temperature of the water to the heat pump once all heat at the capture point is taken.
    ///
    /// Water loops: the loop's supply. Coils in return air take the place of room coils fed with
    /// water of that supply, or of an economiser that supplies air, 5 K warmer than the water.
    /// `None` for exhaust air and condenser water, which the supply says nothing about.
    pub fn coldest_source(&self) -> Option<Temperature> {
        let supply = self.cooling_supply_temperature;
        match (self.capture, self.cooling) {
            (CapturePoint::ExhaustAir | CapturePoint::CondenserWater, _) => None,
            (CapturePoint::ReturnAir, CoolingKind::AirEconomiser) => {
                Some(supply - TemperatureDifference::from_kelvin(COIL_APPROACH_K))
            }
            (
                CapturePoint::ReturnAir
                | CapturePoint::ChilledWaterReturn
                | CapturePoint::FacilityWater,
                _,
            ) => Some(supply),
        }
    }
}

/// The heat one data centre offers, hour by hour. Made by `hukka-source`.
///
/// Invariant, every hour: `it_power + auxiliary_power = recoverable + unrecoverable`, all of it
/// rejected by the data centre's own cooling unless somebody takes the recoverable part.
///
/// # Shapes  every series has one value per step
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeatSource {
    /// Id of the data centre.
    pub id: String,
    /// Index of the data centre in the study.
    pub data_centre: usize,
    /// Share of the installed load assumed present in this year.
    pub fill: Ratio,
    /// Power of the servers.
    pub it_power: Vec<ElectricPower>,
    /// Losses of power supply, fans and pumps that end up as heat in the cooled space.
    pub auxiliary_power: Vec<ElectricPower>,
    /// Electricity of the cooling plant when no heat is taken.
    pub cooling_power: Vec<ElectricPower>,
    /// Electricity of cooling saved per unit of heat taken.
    pub cooling_saved_per_heat: Vec<Ratio>,
    /// Heat at the capture point that a heat pump may take.
    pub recoverable: Vec<HeatPower>,
    /// Heat that never reaches the capture point, or stays in the stream after the heat pump.
    pub unrecoverable: Vec<HeatPower>,
    /// Temperature of the water that reaches the heat pump.
    pub source_temperature: Vec<Temperature>,
    /// Temperature to which a heat pump may cool the source stream.
    pub source_return_temperature: Vec<Temperature>,
    /// Whether the data centre's own chiller would run.
    pub is_mechanical_cooling: Vec<bool>,
}
