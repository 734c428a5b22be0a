//! Who makes the heat in every hour. Made by `hukka-dispatch`.

use hukka_units::{
    CarbonMass, ElectricPower, EnergyPrice, FuelPower, HeatEnergy, HeatPower, Money, Ratio,
};
use serde::{Deserialize, Serialize};

/// How a solver ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SolveStatus {
    /// Solved to the asked accuracy.
    Converged,
    /// Stopped at the limit of iterations; the best iterate is returned.
    MaxIterations,
    /// Stopped by the observer.
    Stopped,
    /// No solution exists; the evidence is in the result.
    Infeasible,
    /// The arithmetic failed; the best iterate is returned.
    NumericalTrouble,
}

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// Heat pump on data-centre heat; index into `Design::heat_pumps`.
    HeatPump(usize),
    /// Boiler; index into `Design::boilers`.
    Boiler(usize),
}

/// One unit through the year.
///
/// # Shapes  one value per step; series that do not apply are all zero
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UnitPlan {
    /// Id of the heat pump or boiler.
    pub id: String,
    /// What it is.
    pub kind: UnitKind,
    /// Heat made.
    pub heat: Vec<HeatPower>,
    /// Heat taken from the data centre.
    pub source_heat: Vec<HeatPower>,
    /// Electricity used.
    pub electricity: Vec<ElectricPower>,
    /// Fuel burnt.
    pub fuel: Vec<FuelPower>,
    /// Coefficient of performance possible in the hour; direct exchange counts as 50 (pumping).
    pub cop: Vec<Ratio>,
    /// Largest heat it could give in the hour.
    pub available: Vec<HeatPower>,
}

/// One store through the year.
///
/// Invariant, cyclic: `level[t] = level[t−1]·(1 − loss) + charge[t] − discharge[t]`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StorePlan {
    /// Id.
    pub id: String,
    /// Heat put in.
    pub charge: Vec<HeatPower>,
    /// Heat taken out.
    pub discharge: Vec<HeatPower>,
    /// Content at the end of the hour.
    pub level: Vec<HeatEnergy>,
    /// Heat lost in the hour.
    pub loss: Vec<HeatPower>,
}

/// Least-cost operation of the plant over the year.
///
/// Invariant, every hour: `Σ heat + discharge − charge + unserved − dumped = heat_demand`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DispatchPlan {
    /// How the solver ended; `Infeasible` when some heat could not be supplied.
    pub status: SolveStatus,
    /// Operating cost found, unserved penalty included.
    pub objective: Money,
    /// Proven lower bound on it.
    pub bound: Money,
    /// Share of the installed data-centre load in this year.
    pub fill: Ratio,
    /// Heat the plant must feed into the network.
    pub heat_demand: Vec<HeatPower>,
    /// Units, in merit-order-neutral study order: heat pumps, then boilers.
    pub units: Vec<UnitPlan>,
    /// Stores.
    pub stores: Vec<StorePlan>,
    /// Heat that could not be supplied.
    pub unserved: Vec<HeatPower>,
    /// Heat thrown away on purpose, when electricity prices are negative.
    pub dumped: Vec<HeatPower>,
    /// Electricity of the network pumps.
    pub pump_power: Vec<ElectricPower>,
    /// Worth of one more unit of heat in the hour.
    pub heat_price: Vec<EnergyPrice>,
    /// CO2 of fuel and electricity over the year.
    pub carbon: CarbonMass,
}

impl DispatchPlan {
    /// Heat made by all heat pumps over the year.
    pub fn heat_pump_heat(&self) -> HeatEnergy {
        self.heat_of(|kind| matches!(kind, UnitKind::HeatPump(_)))
    }

    /// Heat made by the units a test accepts, over the year.
    pub fn heat_of(&self, accept: impl Fn(UnitKind) -> bool) -> HeatEnergy {
        let hour = hukka_units::TimeSpan::from_h(1.0);
        self.units
            .iter()
            .filter(|unit| accept(unit.kind))
            .map(|unit| unit.heat.iter().sum::<HeatPower>() * hour)
            .sum()
    }
}
