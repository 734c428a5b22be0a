//! Feasibility at a glance: one data centre and one district, hour by hour through a year.
//!
//! For a pair at a distance the plant is a heat pump on the data centre's heat, a pair of pipes to
//! the district and boilers there. Every hour of the year is evaluated: water temperatures, COP,
//! price of power, what is lost on the way; the heat pump runs when that is cheaper than the boiler.
//! For every pipe size the best heat-pump capacity is found exactly, and the size that is worth most
//! is kept. Nothing is a rule of thumb but the shape of the district's demand.

mod hours;
mod verdict;

pub use hours::{ScreenClimate, ScreenYear};
pub use verdict::{ScreenReason, screen};

use hukka_units::{
    EnergyPrice, HeatEnergy, HeatPower, Length, LengthCost, Money, PowerCost, Ratio, Temperature,
    TimeSpan,
};

/// One data centre and one district.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScreenPair {
    /// Heat the data centre gives off all year.
    pub heat: HeatPower,
    /// Temperature of that heat.
    pub source: Temperature,
    /// Temperature it is cooled to.
    pub source_return: Temperature,
    /// Length of trench between data centre and district.
    pub distance: Length,
    /// Heat the district's customers draw in a year.
    pub demand: HeatEnergy,
    /// Share of it that is hot water, the same all year.
    pub hot_water: Ratio,
    /// Heat sold per metre of trench in the district, J/m; `None` where a network exists.
    pub linear_heat_density: Option<f64>,
    /// Supply temperature on the design day and above 8 °C outdoors.
    pub supply: [Temperature; 2],
    /// Return temperature.
    pub back: Temperature,
    /// Share of heat fed in that the district's pipes lose.
    pub network_loss: Ratio,
    /// Cost of heat from the boiler, fuel and carbon included.
    pub boiler_heat: EnergyPrice,
    /// What customers pay; counts where the network is new.
    pub heat_price: EnergyPrice,
    /// What the data centre is paid.
    pub source_price: EnergyPrice,
    /// Grid fee and tax on top of the market's price of power.
    pub power_extra: EnergyPrice,
    /// The heat pump, installed.
    pub heat_pump: PowerCost,
    /// The boiler, installed; counts where the network is new.
    pub boiler: PowerCost,
    /// Substations per kilowatt of peak demand; count where the network is new.
    pub substation: PowerCost,
    /// Factor on the catalogue's cost of pipes.
    pub pipe_cost: Ratio,
    /// Real interest.
    pub interest: Ratio,
    /// Years counted.
    pub horizon: TimeSpan,
}

/// What becomes of a pair.
#[derive(Debug, Clone, PartialEq)]
pub struct ScreenResult {
    /// Best plant found; without heat from the data centre when none can be had.
    pub best: ScreenPoint,
    /// Every pipe size evaluated, thinnest first.
    pub frontier: Vec<ScreenPoint>,
    /// Greatest distance at which the pair still pays; zero when it pays at none.
    pub break_even: Length,
    /// Why it pays or not.
    pub reason: ScreenReason,
}

/// One plant for a pair, evaluated over the year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScreenPoint {
    /// Nominal diameter of the pipes to the district; `None` without heat from the data centre.
    pub dn: Option<u16>,
    /// Heat made by the heat pump at most.
    pub heat_pump: HeatPower,
    /// Heat of the data centre that arrives in the district in a year.
    pub delivered: HeatEnergy,
    /// Share of the district's heat that comes from the data centre.
    pub coverage: Ratio,
    /// Heat made over power drawn in a year; `None` when none is drawn.
    pub scop: Option<Ratio>,
    /// Share of the heat made that is lost on the way.
    pub lost: Ratio,
    /// Paid at the start.
    pub investment: Money,
    /// Yearly cost of everything in the pair's plant.
    pub yearly_cost: Money,
    /// Cost of heat from the data centre where it arrives.
    pub heat_cost: Option<EnergyPrice>,
    /// Worth over the years counted.
    pub net_present_value: Money,
}

/// Cost of a metre of pipe pair of a nominal diameter, before factors.
pub(crate) fn pipe_cost(size: usize) -> LengthCost {
    hukka_model::CATALOGUE[size].trench_cost
}
