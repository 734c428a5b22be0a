//! Machines that make and keep heat, as the study gives them and as the design sizes them.

use crate::heat_pump::{HeatPumpModel, PumpArrangement};
use hukka_units::{
    ContentCost, EnergyPrice, HeatEnergy, HeatPower, PowerCost, Ratio, Temperature,
    TemperatureDifference, TimeSpan,
};
use serde::{Deserialize, Serialize};

/// What a boiler burns or draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fuel {
    /// Natural gas.
    Gas,
    /// Light fuel oil.
    Oil,
    /// Wood chips and forest residue.
    WoodChip,
    /// Peat.
    Peat,
    /// Electricity in an electrode boiler.
    Electricity,
}

impl Fuel {
    /// Every fuel, in the order tables show them.
    pub const ALL: [Self; 5] = [
        Self::Gas,
        Self::Oil,
        Self::WoodChip,
        Self::Peat,
        Self::Electricity,
    ];

    /// Position in [`Fuel::ALL`]; prices and emission factors are stored by it.
    pub const fn index(self) -> usize {
        match self {
            Self::Gas => 0,
            Self::Oil => 1,
            Self::WoodChip => 2,
            Self::Peat => 3,
            Self::Electricity => 4,
        }
    }

    /// Name in prose.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Gas => "gas",
            Self::Oil => "oil",
            Self::WoodChip => "wood chip",
            Self::Peat => "peat",
            Self::Electricity => "electricity",
        }
    }
}

/// A heat pump that lifts one data centre's heat into the network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeatPump {
    /// Id, unique in the study.
    pub id: String,
    /// Index of the data centre it draws from.
    pub data_centre: usize,
    /// Heat delivered at the design point; `None` lets the design size it.
    pub heat_capacity: Option<HeatPower>,
    /// Law for the COP.
    pub model: HeatPumpModel,
    /// Isentropic efficiency of the compressor (Jensen), or share of the ideal COP.
    pub efficiency: Ratio,
    /// Smallest temperature difference in evaporator and condenser.
    pub pinch: TemperatureDifference,
    /// Hottest water it can make; above it a boiler tops up.
    pub max_outlet_temperature: Temperature,
    /// Units in series and parallel, part load, smallest lift, defrost.
    #[serde(default)]
    pub arrangement: PumpArrangement,
    /// Investment per unit of heat capacity.
    pub investment: PowerCost,
    /// Fixed upkeep per year, share of the investment.
    pub fixed_upkeep: Ratio,
    /// Upkeep per unit of heat made.
    pub variable_upkeep: EnergyPrice,
    /// Technical life.
    pub life: TimeSpan,
}

/// A boiler, fired or electric, old or new.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Boiler {
    /// Id, unique in the study.
    pub id: String,
    /// What it burns or draws.
    pub fuel: Fuel,
    /// Heat delivered at full load; `None` lets the design size it.
    pub heat_capacity: Option<HeatPower>,
    /// Heat out per fuel in, lower heating value.
    pub efficiency: Ratio,
    /// Already standing: no investment, and part of today's supply.
    pub is_existing: bool,
    /// Investment per unit of heat capacity.
    pub investment: PowerCost,
    /// Fixed upkeep per year, share of the investment.
    pub fixed_upkeep: Ratio,
    /// Upkeep per unit of heat made.
    pub variable_upkeep: EnergyPrice,
    /// Technical life.
    pub life: TimeSpan,
}

/// How a store is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoreKind {
    /// Insulated steel tank.
    Tank,
    /// Covered pit.
    Pit,
}

/// A hot-water store.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Store {
    /// Id, unique in the study.
    pub id: String,
    /// Tank or pit.
    pub kind: StoreKind,
    /// Heat it holds between empty and full; `None` lets the design size it.
    pub capacity: Option<HeatEnergy>,
    /// Fastest charging and discharging; `None` means full in six hours.
    pub max_power: Option<HeatPower>,
    /// Share of the content lost per hour.
    pub loss_per_hour: Ratio,
    /// Investment per unit of content.
    pub investment: ContentCost,
    /// Fixed upkeep per year, share of the investment.
    pub fixed_upkeep: Ratio,
    /// Technical life.
    pub life: TimeSpan,
    /// Already standing.
    pub is_existing: bool,
}
