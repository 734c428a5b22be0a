//! A plant park to operate at least cost, as a dispatch case states it, and its plan.
//!
//! Made by `hukka-formats` from a case folder, solved by `hukka-dispatch`. Like the file and the
//! programme, it holds plain numbers in MW, MWh, hours, EUR and tonnes with the unit in each name:
//! that scale keeps the coefficients near one.

use crate::dispatch::SolveStatus;
use serde::{Deserialize, Serialize};

/// Everything that decides the operation of a park.
///
/// # Shapes  one value per step in every series
///
/// Invariants: series have the length of `step_hours`; indices point into `sources`; all numbers
/// are finite and in the ranges the reader checks.
#[derive(Debug, Clone, PartialEq)]
pub struct DispatchCase {
    /// For people.
    pub name: String,
    /// Whether on/off rules count.
    pub mode: DispatchMode,
    /// Length of each step, h.
    pub step_hours: Vec<f64>,
    /// Heat to be fed, mean of the step, MW.
    pub heat_demand_mw: Vec<f64>,
    /// Penalty for heat that is not supplied, EUR/MWh.
    pub unserved_eur_per_mwh: f64,
    /// Where surplus heat may be thrown away; `None` makes surplus infeasible.
    pub dump: Option<HeatDump>,
    /// Price and limits of CO2.
    pub carbon: CarbonRule,
    /// The one electric node.
    pub electricity: CaseElectricity,
    /// Heat of data centres and other sources for heat pumps.
    pub sources: Vec<CaseHeatSource>,
    /// What makes, buys or sells heat.
    pub units: Vec<CaseUnit>,
    /// Stores.
    pub stores: Vec<CaseStore>,
    /// Window and step when the operator cannot see the whole span.
    pub rolling: Option<RollingRule>,
    /// What windows believe of the steps they do not keep; `None`: the truth.
    pub forecast: Option<CaseForecast>,
    /// Heat contracts to compare.
    pub owners: Option<CaseOwners>,
}

/// Whether on/off rules count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DispatchMode {
    /// Continuous: minimum loads, starts and minimum times are left out.
    Lp,
    /// With on/off decisions.
    Milp,
}

/// Throwing heat away.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeatDump {
    /// Most heat, MW.
    pub max_mw: f64,
    /// Cost, EUR/MWh.
    pub cost_eur_per_mwh: f64,
}

/// Price and limits of CO2.
#[derive(Debug, Clone, PartialEq)]
pub struct CarbonRule {
    /// Price on fuel burnt, EUR/t.
    pub price_eur_per_t: f64,
    /// Most fuel CO2 over the whole span, t.
    pub cap_t: Option<f64>,
    /// Average factor of electricity bought, t/MWh; for the report only.
    pub average_grid_t_per_mwh: Option<Vec<f64>>,
    /// Marginal factor of electricity bought, t/MWh; for the report only.
    pub marginal_grid_t_per_mwh: Option<Vec<f64>>,
}

/// Buying and selling at one electric node.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseElectricity {
    /// Day-ahead price, EUR/MWh.
    pub price_eur_per_mwh: Vec<f64>,
    /// Fee and tax on electricity bought, EUR/MWh.
    pub buy_fee_eur_per_mwh: Vec<f64>,
    /// Fee on electricity sold, EUR/MWh.
    pub sell_fee_eur_per_mwh: Vec<f64>,
    /// Most bought, MW.
    pub max_buy_mw: f64,
    /// Most sold, MW.
    pub max_sell_mw: f64,
    /// Being paid for load that can be shed.
    pub reserve: Option<ReserveMarket>,
}

/// Up-regulation by shedding electric heat: offered power is at most what the members draw.
#[derive(Debug, Clone, PartialEq)]
pub struct ReserveMarket {
    /// Payment per MW held for an hour, EUR/MW/h.
    pub price_eur_per_mw_h: Vec<f64>,
    /// Most offered, MW.
    pub max_mw: f64,
    /// Units that can shed.
    pub units: Vec<usize>,
}

/// Heat that heat pumps may draw from.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseHeatSource {
    /// Name: the column of the series.
    pub id: String,
    /// Heat on offer, MW.
    pub available_mw: Vec<f64>,
    /// Price of heat drawn, EUR/MWh; `None` where it is free.
    pub price_eur_per_mwh: Option<Vec<f64>>,
    /// Plant that must cool what the heat pumps leave; `None` where cooling is free and unlimited.
    pub cooling: Option<CoolingPlant>,
}

/// Cooling plant of a data centre: `drawn + free + chiller = available` is a hard constraint.
#[derive(Debug, Clone, PartialEq)]
pub struct CoolingPlant {
    /// Most heat rejected by free cooling, MW.
    pub free_max_mw: Vec<f64>,
    /// Electricity of free cooling per heat rejected.
    pub free_electricity_per_heat: f64,
    /// Most heat rejected by the chiller, MW.
    pub chiller_max_mw: f64,
    /// Electricity of the chiller per heat rejected.
    pub chiller_electricity_per_heat: Vec<f64>,
}

/// Fuel of a unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CaseFuel {
    /// Price before CO2, EUR/MWh of fuel.
    pub price_eur_per_mwh: f64,
    /// CO2 per fuel burnt, t/MWh.
    pub co2_t_per_mwh: f64,
    /// Tax on fuel, EUR/MWh of fuel.
    pub tax_eur_per_mwh: f64,
}

/// What a unit is.
#[derive(Debug, Clone, PartialEq)]
pub enum CaseUnitKind {
    /// Heat pump: `electricity = heat / COP`, `source heat = heat · (1 − 1/COP)`.
    HeatPump {
        /// COP by step.
        cop: Vec<f64>,
        /// Index into `sources`.
        source: usize,
    },
    /// Electric boiler.
    ElectricBoiler {
        /// Heat per electricity.
        efficiency: f64,
    },
    /// Boiler for gas, biomass, waste or oil.
    Boiler {
        /// Heat per fuel.
        efficiency: f64,
        /// Fuel.
        fuel: CaseFuel,
    },
    /// Combined heat and power on its back-pressure line.
    BackPressureChp {
        /// Electricity per heat.
        power_to_heat: f64,
        /// Electricity per fuel.
        electric_efficiency: f64,
        /// Fuel.
        fuel: CaseFuel,
    },
    /// Combined heat and power that may condense: power `P = σ q + c`, `P + β q ≤ P_max`,
    /// fuel `(P + β q) / η`.
    ExtractionChp {
        /// Electricity per heat on the back-pressure line, σ.
        power_to_heat: f64,
        /// Electricity lost per heat taken out, β.
        power_loss_per_heat: f64,
        /// Electricity per fuel when condensing, η.
        condensing_efficiency: f64,
        /// Most electricity when condensing, MW.
        max_power_mw: f64,
        /// Fuel.
        fuel: CaseFuel,
    },
    /// Solar collectors: heat at most what the sun gives, the rest stays on the roof.
    SolarThermal {
        /// Most heat by step, MW.
        available_mw: Vec<f64>,
    },
    /// Heat bought from another network.
    HeatPurchase {
        /// Price, EUR/MWh.
        price_eur_per_mwh: Vec<f64>,
    },
    /// Heat sold to another network; takes heat out of the balance.
    HeatSale {
        /// Price, EUR/MWh.
        price_eur_per_mwh: Vec<f64>,
    },
}

/// A unit of the park.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseUnit {
    /// Name.
    pub id: String,
    /// What it is.
    pub kind: CaseUnitKind,
    /// Most heat, MW.
    pub max_heat_mw: f64,
    /// Upkeep, EUR/MWh of heat.
    pub vom_eur_per_mwh: f64,
    /// Share of the largest heat that can be had, by step.
    pub availability: Option<Vec<f64>>,
    /// Fastest rise and fall, MW/h; a start or stop may pass the minimum load at once.
    pub ramp_mw_per_h: Option<f64>,
    /// Most heat over the whole span, MWh: a limit on fuel, say.
    pub max_heat_mwh: Option<f64>,
    /// Least heat over the whole span, MWh: a volume that must be taken.
    pub min_heat_mwh: Option<f64>,
    /// On/off rules; count in `Milp` mode only.
    pub commitment: Option<Commitment>,
}

/// On/off rules of a unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Commitment {
    /// Least heat when on, share of the largest.
    pub min_load_fraction: f64,
    /// Cost of a start, EUR.
    pub start_cost_eur: f64,
    /// Shortest time on, h.
    pub min_up_h: f64,
    /// Shortest time off, h.
    pub min_down_h: f64,
    /// State before the first step, held for a long time.
    pub initial_on: bool,
}

/// A store: `level[t] = keep^h · level[t−1] + h·(η_c · charge − discharge / η_d)`.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseStore {
    /// Name.
    pub id: String,
    /// Content when full, MWh.
    pub capacity_mwh: f64,
    /// Share of the capacity that can be used, by step: the supply temperature decides it.
    pub capacity_factor: Option<Vec<f64>>,
    /// Most heat in, MW.
    pub max_charge_mw: f64,
    /// Most heat out, MW.
    pub max_discharge_mw: f64,
    /// Share of the content lost in an hour.
    pub loss_fraction_per_h: f64,
    /// Content gained per heat put in.
    pub charge_efficiency: f64,
    /// Heat got per content taken out.
    pub discharge_efficiency: f64,
    /// The first step follows the last.
    pub cyclic: bool,
    /// Content before the first step, share of the capacity; not used when cyclic.
    pub initial_fraction: f64,
}

/// Windows of limited foresight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RollingRule {
    /// Hours a window sees.
    pub window_h: f64,
    /// Hours of a window that are kept.
    pub step_h: f64,
    /// What is asked of stores at the end of a window.
    pub ends: WindowEnds,
}

/// What is asked of stores at the end of a window of limited foresight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WindowEnds {
    /// At least the initial fraction.
    #[default]
    InitialFraction,
    /// Anything: content is worth what the optimum of the whole span says (water values).
    WaterValue,
}

/// What is believed of steps that a window sees but does not keep; the kept ones are known.
///
/// # Shapes  one value per step; `source_mw` by source; `None` where the true series is believed
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CaseForecast {
    /// Heat demand, MW.
    pub heat_demand_mw: Option<Vec<f64>>,
    /// Day-ahead price, EUR/MWh.
    pub electricity_price_eur_per_mwh: Option<Vec<f64>>,
    /// Heat of the sources, MW.
    pub source_mw: Vec<Option<Vec<f64>>>,
}

/// Two owners: whose heat it is, what it costs them, and the contracts to compare.
///
/// # Shapes  one value per step
#[derive(Debug, Clone, PartialEq)]
pub struct CaseOwners {
    /// Index of the data centre's source; its own price in the case is not used.
    pub source: usize,
    /// What handing over heat costs the data centre, EUR/MWh.
    pub supply_eur_per_mwh: Vec<f64>,
    /// What the data centre saves in cooling per heat handed over, EUR/MWh.
    pub saved_cooling_eur_per_mwh: Vec<f64>,
    /// Contracts to compare.
    pub contracts: Vec<CaseContract>,
}

/// A heat contract; prices are per MWh of source heat drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum CaseContract {
    /// The heat is free.
    Free,
    /// One price.
    Fixed {
        /// EUR/MWh.
        price_eur_per_mwh: f64,
    },
    /// A straight line by outdoor temperature between two points, level beyond them.
    TemperatureIndexed {
        /// Outdoor temperature by step, °C.
        ambient_c: Vec<f64>,
        /// The cold point: temperature, °C, and price, EUR/MWh.
        cold: (f64, f64),
        /// The warm point.
        warm: (f64, f64),
    },
    /// One price; a volume is paid for whether it is drawn or not.
    TakeOrPay {
        /// EUR/MWh.
        price_eur_per_mwh: f64,
        /// Volume over the whole span, MWh.
        volume_mwh: f64,
    },
    /// A price for each step, published a day ahead.
    Published {
        /// EUR/MWh.
        price_eur_per_mwh: Vec<f64>,
    },
}

impl DispatchCase {
    /// Number of steps.
    pub const fn steps(&self) -> usize {
        self.step_hours.len()
    }

    /// Whether a unit's on/off rules count.
    pub fn is_committed(&self, unit: usize) -> bool {
        self.mode == DispatchMode::Milp && self.units[unit].commitment.is_some()
    }

    /// Most heat of a unit in a step, MW.
    pub fn heat_limit_mw(&self, unit: usize, step: usize) -> f64 {
        let unit = &self.units[unit];
        let share = unit.availability.as_ref().map_or(1.0, |share| share[step]);
        let most = unit.max_heat_mw * share;
        match &unit.kind {
            CaseUnitKind::SolarThermal { available_mw } => most.min(available_mw[step]),
            _ => most,
        }
    }
}

impl CaseStore {
    /// Largest content at the end of a step, MWh.
    pub fn capacity_at(&self, step: usize) -> f64 {
        let share = self.capacity_factor.as_ref().map_or(1.0, |f| f[step]);
        self.capacity_mwh * share
    }

    /// Share of the content left after some hours.
    pub fn keep(&self, hours: f64) -> f64 {
        (1.0 - self.loss_fraction_per_h).powf(hours)
    }
}

/// Operation of a park, step by step.
///
/// # Shapes  outer by unit, store or source, inner by step; empty where a kind does not apply
#[derive(Debug, Clone, PartialEq)]
pub struct CasePlan {
    /// How the solver ended; `Infeasible` when heat is unserved or a limit had to be broken.
    pub status: SolveStatus,
    /// Heat of each unit, MW.
    pub heat_mw: Vec<Vec<f64>>,
    /// Condensing power of extraction units, MW; empty for others.
    pub condensing_mw: Vec<Vec<f64>>,
    /// On/off of committed units; empty for others.
    pub is_on: Vec<Vec<bool>>,
    /// Heat into each store, MW.
    pub charge_mw: Vec<Vec<f64>>,
    /// Heat out of each store, MW.
    pub discharge_mw: Vec<Vec<f64>>,
    /// Content at the end of each step, MWh.
    pub level_mwh: Vec<Vec<f64>>,
    /// Electricity bought, MW.
    pub buy_mw: Vec<f64>,
    /// Electricity sold, MW.
    pub sell_mw: Vec<f64>,
    /// Heat not supplied, MW.
    pub unserved_mw: Vec<f64>,
    /// Heat thrown away, MW.
    pub dumped_mw: Vec<f64>,
    /// Heat rejected by free cooling, by source, MW; empty without a cooling plant.
    pub free_cooling_mw: Vec<Vec<f64>>,
    /// Heat rejected by the chiller, by source, MW.
    pub chiller_mw: Vec<Vec<f64>>,
    /// Load offered as reserve, MW.
    pub reserve_mw: Vec<f64>,
    /// What one more MWh of heat demand costs, EUR/MWh.
    pub heat_price_eur_per_mwh: Vec<f64>,
    /// What one more MWh of source heat saves, by source, EUR/MWh.
    pub source_worth_eur_per_mwh: Vec<Vec<f64>>,
    /// What one more MWh of store would save over the whole span, by store, EUR/MWh.
    pub store_worth_eur_per_mwh: Vec<f64>,
}
