//! The plant as numbers the solver works on: megawatts, megawatt-hours and euros.
//!
//! The scale keeps the programme's coefficients near one; SI would spread them over 14 decades.

use hukka_model::UnitKind;

/// A unit that makes heat.
///
/// # Shapes  one value per hour in every series
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Unit {
    /// Id of the machine.
    pub(crate) id: String,
    /// What it is.
    pub(crate) kind: UnitKind,
    /// Cost of making heat, EUR/MWh.
    pub(crate) cost: Vec<f64>,
    /// Largest heat it can make, MW.
    pub(crate) limit: Vec<f64>,
    /// COP of a heat pump, 0 where it cannot run and for boilers.
    pub(crate) cop: Vec<f64>,
    /// Electricity per heat made.
    pub(crate) electricity: Vec<f64>,
    /// Fuel per heat made.
    pub(crate) fuel: f64,
    /// Heat taken from the data centre per heat made.
    pub(crate) source: Vec<f64>,
}

/// A limit that several units share: `Σ factor · heat ≤ limit`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SharedLimit {
    /// Index of the unit and its factor by hour.
    pub(crate) members: Vec<(usize, Vec<f64>)>,
    /// Right side by hour, MW.
    pub(crate) limit: Vec<f64>,
}

/// A store with content: `level[t] = keep · level[t−1] + charge[t]`, charge negative when emptied.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tank {
    /// Id of the store.
    pub(crate) id: String,
    /// Content when full, MWh.
    pub(crate) capacity: f64,
    /// Fastest charging and discharging, MW.
    pub(crate) power: f64,
    /// Share of the content left after an hour.
    pub(crate) keep: f64,
}

/// Everything that decides the operation.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Park {
    /// Heat to be fed, MW.
    pub(crate) demand: Vec<f64>,
    /// Price of heat that cannot be supplied, EUR/MWh.
    pub(crate) unserved_price: f64,
    /// Units: heat pumps, then boilers.
    pub(crate) units: Vec<Unit>,
    /// Limits that units share.
    pub(crate) shared: Vec<SharedLimit>,
    /// Stores.
    pub(crate) tanks: Vec<Tank>,
}

impl Park {
    /// Hours of the year.
    pub(crate) const fn hours(&self) -> usize {
        self.demand.len()
    }

    /// Whether no hour depends on another and no unit on another but through the demand.
    pub(crate) fn is_decoupled(&self) -> bool {
        self.tanks.is_empty() && self.shared.is_empty()
    }

    /// Highest cost of any unit in any hour in which it can run, EUR/MWh.
    pub(crate) fn dearest_cost(&self) -> f64 {
        let of_unit = |unit: &Unit| {
            let running = unit
                .cost
                .iter()
                .zip(&unit.limit)
                .filter(|(_, limit)| **limit > 0.0);
            running.map(|(cost, _)| *cost).fold(0.0, f64::max)
        };
        self.units.iter().map(of_unit).fold(0.0, f64::max)
    }

    /// Hours of mean demand the largest store holds: further than that a store does not look.
    pub(crate) fn store_hours(&self) -> f64 {
        let mean = self.demand.iter().sum::<f64>() / self.hours() as f64;
        let largest = self
            .tanks
            .iter()
            .map(|tank| tank.capacity)
            .fold(0.0, f64::max);
        if largest > 0.0 { largest / mean } else { 0.0 }
    }
}
