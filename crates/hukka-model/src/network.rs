//! The network through the year: temperatures, pressures, losses. Made by `hukka-network`.

use crate::dispatch::SolveStatus;
use hukka_units::{
    ElectricEnergy, ElectricPower, HeatEnergy, HeatPower, MassFlow, Money, Pressure,
    PressureGradient, Temperature, TemperatureDifference, TimeSpan, Velocity,
};
use serde::{Deserialize, Serialize};

/// Hourly values of the whole network.
///
/// # Shapes  one value per step of the axis in every series
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct NetworkHourly {
    /// Water leaving the plant.
    pub supply_temperature: Vec<Temperature>,
    /// Water coming back to the plant.
    pub return_temperature: Vec<Temperature>,
    /// Heat given to the water at the plant and all sources.
    pub heat_fed: Vec<HeatPower>,
    /// Heat taken by the substations.
    pub heat_delivered: Vec<HeatPower>,
    /// Heat lost to the ground, drawn and undrawn pipes.
    pub heat_loss: Vec<HeatPower>,
    /// Electricity of the network pumps.
    pub pump_power: Vec<ElectricPower>,
    /// Water circulated by plant and sources together.
    pub mass_flow: Vec<MassFlow>,
    /// Pressure difference the plant pumps give.
    pub differential_pressure: Vec<Pressure>,
    /// Connected consumer (index into `Design::connected`) with the least pressure difference.
    pub index_consumer: Vec<u32>,
    /// Supply temperature at the coldest-served connected consumer.
    pub coldest_supply_temperature: Vec<Temperature>,
    /// Age of the water at the index consumer: its time in the supply pipes along the way most of
    /// the water takes.
    #[serde(default)]
    pub index_delay: Vec<TimeSpan>,
}

/// One trench over the year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct TrenchResult {
    /// Heat lost by supply and return pipe.
    pub heat_loss: HeatEnergy,
    /// Largest flow in the supply pipe, either direction.
    pub max_mass_flow: MassFlow,
    /// Velocity then.
    pub max_velocity: Velocity,
    /// Pressure gradient then, one pipe.
    pub max_pressure_gradient: PressureGradient,
    /// Hours in which the supply pipe is faster or loses more pressure than the rules allow (the
    /// gradient does not count in service pipes).
    #[serde(default)]
    pub congested_hours: u32,
}

/// The whole network in one hour.
///
/// # Shapes  node series by `Design::nodes`, trench series by `Design::trenches`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NetworkSnapshot {
    /// For people: "coldest hour", "spring day", "July".
    pub label: String,
    /// Step of the axis.
    pub step: usize,
    /// Supply-side temperature at the nodes.
    pub supply_temperature: Vec<Temperature>,
    /// Return-side temperature at the nodes.
    pub return_temperature: Vec<Temperature>,
    /// Supply-side gauge pressure at the nodes.
    pub supply_pressure: Vec<Pressure>,
    /// Return-side gauge pressure at the nodes.
    pub return_pressure: Vec<Pressure>,
    /// Flow in the supply pipes, positive from `from` to `to`.
    pub mass_flow: Vec<MassFlow>,
}

/// The network through the year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NetworkState {
    /// Whether every hour converged.
    pub status: SolveStatus,
    /// Hours that did not converge.
    pub unsolved_steps: Vec<usize>,
    /// Largest remaining error over all hours, W and Pa relative to the hour's totals.
    pub worst_residual: f64,
    /// Hourly values of the whole.
    pub hourly: NetworkHourly,
    /// Every trench over the year.
    pub trenches: Vec<TrenchResult>,
    /// Chosen hours in full.
    pub snapshots: Vec<NetworkSnapshot>,
    /// Connected consumers that get colder water than they need, with the number of hours.
    pub cold_consumers: Vec<(usize, u32)>,
    /// How the supply temperature was chosen; `None` when it follows the curve.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supply_choice: Option<SupplyChoice>,
}

/// The supply temperature chosen hour by hour, and what that is worth.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SupplyChoice {
    /// Offset from the curve, one value per step of the axis; all zero when nothing beats the curve.
    pub offsets: Vec<TemperatureDifference>,
    /// Hours of the year at each offset, ascending.
    pub hours: Vec<(TemperatureDifference, u32)>,
    /// Operating cost of each round of choice, simulation and dispatch.
    pub rounds: Vec<Money>,
    /// Whether the last round changed the cost by less than the tolerance.
    pub is_settled: bool,
    /// The year on the curve alone.
    pub curve: SupplyAccount,
    /// The year as chosen, never dearer than the curve.
    pub chosen: SupplyAccount,
}

/// A year of operation at full fill, for comparing supply temperatures.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SupplyAccount {
    /// Objective of the dispatch and electricity of the network pumps.
    pub cost: Money,
    /// Of which electricity of the network pumps.
    pub pumping_cost: Money,
    /// Electricity of the network pumps.
    pub pumping: ElectricEnergy,
    /// Heat lost by the network.
    pub heat_loss: HeatEnergy,
    /// Electricity of the heat pumps.
    pub heat_pump_electricity: ElectricEnergy,
    /// Heat of the heat pumps.
    pub heat_pump_heat: HeatEnergy,
    /// Mean supply temperature over the hours.
    pub mean_supply_temperature: Temperature,
}

impl SupplyChoice {
    /// What the choice saves in a year against the curve alone.
    pub fn saved(&self) -> Money {
        self.curve.cost - self.chosen.cost
    }
}
