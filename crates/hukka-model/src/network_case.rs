//! A network as another program describes it: every pipe, valve, pump, plant and consumer by name.
//!
//! Made by `hukka-formats` from a file, simulated by `hukka-network`. Unlike a `Design`, where
//! supply and return lie in one trench, a case names each pipe; it need not be a heat network.

use hukka_units::{
    HeatPower, Length, LinearLossCoefficient, MassFlow, Pressure, Temperature, TimeSpan,
};

/// A network to simulate, with what drives it.
///
/// Invariants: all indices point into `nodes`; ids are unique within each kind.
#[derive(Debug, Clone, PartialEq)]
pub struct NetworkCase {
    /// For people.
    pub name: String,
    /// What pipes without a ground temperature of their own lose heat to.
    pub ambient_temperature: Temperature,
    /// Law of pipe friction.
    pub friction: FrictionLaw,
    /// How the height of a node enters its pressure.
    pub air: AirPressure,
    /// What flows.
    pub fluid: CaseFluid,
    /// Points where elements meet.
    pub nodes: Vec<CaseNode>,
    /// Pipes.
    pub pipes: Vec<CasePipe>,
    /// Valves, by what they control.
    pub valves: Vec<CaseValve>,
    /// Pumps between two nodes.
    pub pumps: Vec<CasePump>,
    /// Nodes of given pressure: reservoirs, tanks, external grids.
    pub pressures: Vec<FixedPressure>,
    /// Water taken from or given to single nodes.
    pub takings: Vec<Taking>,
    /// Plants between the return and the supply side.
    pub sources: Vec<CaseSource>,
    /// Consumers between the supply and the return side.
    pub consumers: Vec<CaseConsumer>,
    /// Changes over time; empty for one steady state.
    pub series: Vec<CaseSeries>,
    /// Rows of the series, seconds from the start; not needed to be regular.
    pub times: Vec<TimeSpan>,
}

/// Side of the network a node is on; `Neither` where the file does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NetworkSide {
    /// Water on its way to consumers.
    Supply,
    /// Water on its way back.
    Return,
    /// Not stated, or not a heat network.
    #[default]
    Neither,
}

/// A point where elements meet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CaseNode {
    /// Name in the file.
    pub id: String,
    /// Side of the network.
    pub side: NetworkSide,
    /// Place on a plane or as longitude and latitude, as the file gives it.
    pub place: Option<(f64, f64)>,
    /// Height above a common level.
    pub height: Length,
    /// Temperature at the start of a dynamic run.
    pub initial_temperature: Option<Temperature>,
}

/// Law of pipe friction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FrictionLaw {
    /// Colebrook–White at every Reynolds number.
    #[default]
    Colebrook,
    /// Swamee–Jain at every Reynolds number.
    SwameeJain,
    /// Rough-pipe factor after Nikuradse plus 64/Re, always added.
    Nikuradse,
    /// Hazen–Williams; `CasePipe::hazen_williams` holds the coefficient.
    HazenWilliams,
    /// Darcy–Weisbach as EPANET: laminar below Re 2000, Swamee–Jain above 4000, a cubic between.
    EpanetDarcyWeisbach,
}

/// Reference of gauge pressures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AirPressure {
    /// Gauge against the thinner air at the node's own height (1.01325 bar at height 0).
    #[default]
    ByHeight,
    /// Gauge against one air pressure everywhere.
    Same,
}

/// What flows.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum CaseFluid {
    /// Liquid water, hukka's own laws.
    #[default]
    Water,
    /// Properties by temperature, linear between the points and beyond them.
    Table(FluidTable),
    /// The same properties at every temperature.
    Constant {
        /// kg/m³.
        density_kg_m3: f64,
        /// Dynamic viscosity, Pa s.
        viscosity_pa_s: f64,
        /// J/(kg K).
        specific_heat_j_kgk: f64,
    },
    /// Water with a share of glycol by mass.
    Glycol {
        /// Which glycol.
        kind: GlycolKind,
        /// Mass of glycol in the mass of the mixture, 0–0.6.
        mass_share: f64,
    },
}

/// Antifreeze in the water.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GlycolKind {
    /// Ethylene glycol.
    Ethylene,
    /// Propylene glycol.
    Propylene,
}

/// Properties by temperature: `(kelvin, value)`, ascending.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FluidTable {
    /// kg/m³.
    pub density: Vec<(f64, f64)>,
    /// J/(kg K).
    pub specific_heat: Vec<(f64, f64)>,
    /// Dynamic viscosity, Pa s.
    pub viscosity: Vec<(f64, f64)>,
}

/// A pipe; flow is positive from `from` to `to`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CasePipe {
    /// Name in the file.
    pub id: String,
    /// Node where positive flow enters.
    pub from: usize,
    /// Node where positive flow leaves.
    pub to: usize,
    /// Length.
    pub length: Length,
    /// Inner diameter of the carrier pipe.
    pub inner_diameter: Length,
    /// Outer diameter of the carrier pipe.
    pub outer_diameter: Option<Length>,
    /// Roughness of the wall.
    pub roughness: Length,
    /// Coefficient of Hazen and Williams.
    pub hazen_williams: Option<f64>,
    /// Sum of the coefficients of fittings, on the velocity head.
    pub minor_loss: f64,
    /// Heat lost per metre and kelvin to `ground_temperature`.
    pub loss: LinearLossCoefficient,
    /// Ground around this pipe; the case's ambient temperature if not stated.
    pub ground_temperature: Option<Temperature>,
    /// Heat held by the wall: density times specific heat, J/(m³ K).
    pub wall_heat_j_m3k: Option<f64>,
    /// Pipe in the same trench whose temperature this one feels, and the coupling between the two.
    pub neighbour: Option<(usize, LinearLossCoefficient)>,
    /// Closed pipes carry nothing.
    pub is_closed: bool,
    /// Lets water through only from `from` to `to`.
    pub is_non_return: bool,
}

/// A valve between two nodes.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseValve {
    /// Name in the file.
    pub id: String,
    /// Upstream node.
    pub from: usize,
    /// Downstream node.
    pub to: usize,
    /// Bore; loss coefficients refer to it.
    pub diameter: Length,
    /// Loss coefficient when wide open.
    pub minor_loss: f64,
    /// What it does.
    pub kind: ValveKind,
}

/// What a valve does.
#[derive(Debug, Clone, PartialEq)]
pub enum ValveKind {
    /// Open, with its `minor_loss` only.
    Open,
    /// Shut.
    Closed,
    /// Opens only from `from` to `to`.
    NonReturn,
    /// A throttle of this loss coefficient.
    Throttle(f64),
    /// Keeps the pressure at `to` from rising above this.
    PressureReducing(Pressure),
    /// Keeps the pressure at `from` from falling below this.
    PressureSustaining(Pressure),
    /// Holds the pressure at another node by acting between its own two.
    PressureControl {
        /// Node whose pressure is held.
        node: usize,
        /// Pressure there.
        pressure: Pressure,
    },
    /// Takes this pressure difference, whatever flows.
    PressureBreaker(Pressure),
    /// Lets at most this flow through.
    FlowLimit(MassFlow),
    /// Makes exactly this flow.
    FlowControl(MassFlow),
    /// Pressure drop by volume flow, m³/s and Pa, ascending.
    Curve(Vec<(f64, f64)>),
}

/// A pump; pressure rises from `from` to `to`.
#[derive(Debug, Clone, PartialEq)]
pub struct CasePump {
    /// Name in the file.
    pub id: String,
    /// Suction node.
    pub from: usize,
    /// Pressure node.
    pub to: usize,
    /// What it does.
    pub kind: PumpKind,
    /// Speed relative to the curve's.
    pub speed: f64,
    /// Density at which a mass flow has the curve's volume flow, kg/m³; that of the water if `None`.
    pub curve_density: Option<f64>,
    /// Wire to water.
    pub efficiency: Option<f64>,
    /// Stands still; acts as a shut valve.
    pub is_off: bool,
}

/// What a pump does.
#[derive(Debug, Clone, PartialEq)]
pub enum PumpKind {
    /// Raises the pressure by this, whatever flows.
    Lift(Pressure),
    /// Rise of pressure by volume flow, m³/s and Pa: straight between points, ascending.
    Curve(Vec<(f64, f64)>),
    /// `rise = shut_off − coefficient · Q^exponent`, Pa and m³/s.
    Power {
        /// Rise at no flow, Pa.
        shut_off_pa: f64,
        /// Pa per (m³/s)^exponent.
        coefficient: f64,
        /// Power of the flow.
        exponent: f64,
    },
    /// Polynomial of the volume flow, Pa per (m³/s)^k, from the constant term up.
    Polynomial(Vec<f64>),
    /// Gives this hydraulic power to the water, W.
    HydraulicPower(f64),
}

/// A node whose pressure is given.
#[derive(Debug, Clone, PartialEq)]
pub struct FixedPressure {
    /// Name in the file.
    pub id: String,
    /// Node.
    pub node: usize,
    /// Pressure there; `None` if the element gives a temperature only.
    pub pressure: Option<Pressure>,
    /// Water that enters here.
    pub temperature: Option<Temperature>,
}

/// Water taken at a node; negative if given.
#[derive(Debug, Clone, PartialEq)]
pub struct Taking {
    /// Name in the file.
    pub id: String,
    /// Node.
    pub node: usize,
    /// Flow out of the network.
    pub mass_flow: MassFlow,
    /// Temperature of water given; the node's own if not stated.
    pub temperature: Option<Temperature>,
}

/// A plant: takes water from the return side and gives it to the supply side.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseSource {
    /// Name in the file.
    pub id: String,
    /// Node it gives to.
    pub supply_node: usize,
    /// Node it takes from.
    pub return_node: usize,
    /// Water it gives.
    pub supply_temperature: Temperature,
    /// What it holds.
    pub kind: SourceKind,
}

/// What a plant holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SourceKind {
    /// Both pressures; flow and heat follow.
    Pressure {
        /// At the supply node.
        supply: Pressure,
        /// Supply above return.
        difference: Pressure,
    },
    /// The supply pressure, and a difference such that the worst-placed consumer gets `least`.
    WorstPoint {
        /// At the supply node.
        supply: Pressure,
        /// Pressure difference the index consumer must have.
        least: Pressure,
    },
    /// Flow; heat follows.
    MassFlow(MassFlow),
    /// Heat; flow follows from the return temperature found.
    Heat(HeatPower),
    /// Heat and flow; the given supply temperature is not used.
    HeatAndFlow(HeatPower, MassFlow),
    /// Flow warmed by a given heat without a change of side: a heat pump that lifts return water.
    ReturnLift(HeatPower),
}

/// A consumer: takes water from the supply side and gives it back cooler.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseConsumer {
    /// Name in the file.
    pub id: String,
    /// Node it takes from.
    pub supply_node: usize,
    /// Node it gives back to.
    pub return_node: usize,
    /// Heat taken.
    pub heat: Option<HeatPower>,
    /// Water taken.
    pub mass_flow: Option<MassFlow>,
    /// Water given back.
    pub return_temperature: Option<Temperature>,
    /// Cooling of the water.
    pub cooling_k: Option<f64>,
    /// Which two of the four above hold, or a heat exchanger.
    pub mode: ConsumerMode,
    /// Water that flows in any case, through a bypass if no heat is wanted.
    pub min_mass_flow: MassFlow,
    /// Bore and loss coefficient if the element throttles by itself; else a free control valve.
    pub resistance: Option<(Length, f64)>,
}

/// What decides a consumer's flow.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ConsumerMode {
    /// Heat and return temperature.
    HeatReturn,
    /// Heat and cooling.
    HeatCooling,
    /// Heat and flow.
    HeatFlow,
    /// Flow and cooling.
    FlowCooling,
    /// Return temperature and flow.
    ReturnFlow,
    /// Heat through a counterflow exchanger to a secondary circuit; flow and return temperature follow.
    Substation {
        /// Secondary supply the building wants.
        secondary_supply: Temperature,
        /// Secondary return coming from the building.
        secondary_return: Temperature,
        /// Transfer coefficient times area at the design point, W/K.
        conductance_w_k: f64,
    },
}

/// One column of what changes over time.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseSeries {
    /// Element and quantity.
    pub target: SeriesTarget,
    /// One value per time, SI; `None` keeps the value of the case.
    pub values: Vec<Option<f64>>,
}

/// What a series changes; indices into the lists of the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeriesTarget {
    /// Supply temperature of a source, K.
    SourceTemperature(usize),
    /// Flow of a source, kg/s.
    SourceFlow(usize),
    /// Heat of a source, W.
    SourceHeat(usize),
    /// Supply pressure of a source, Pa.
    SourcePressure(usize),
    /// Pressure difference of a source, Pa.
    SourceDifference(usize),
    /// Heat of a consumer, W.
    ConsumerHeat(usize),
    /// Flow of a consumer, kg/s.
    ConsumerFlow(usize),
    /// Return temperature of a consumer, K.
    ConsumerReturn(usize),
    /// Cooling of a consumer, K.
    ConsumerCooling(usize),
    /// The case's ambient temperature, K.
    Ambient,
}

/// What was found: one steady state, or one row of a series.
///
/// # Shapes  `nodes` as the case's; `pipes`, `valves`, `pumps`, `consumers`, `sources` likewise
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CaseState {
    /// Solved to tolerance.
    pub is_converged: bool,
    /// Iterations used.
    pub iterations: usize,
    /// Largest relative error left in mass, pressure and heat.
    pub residual: f64,
    /// Gauge pressure at nodes, Pa; `None` where cut off from every given pressure.
    pub pressure_pa: Vec<Option<f64>>,
    /// Temperature at nodes, K.
    pub temperature_k: Vec<f64>,
    /// Pipes.
    pub pipes: Vec<CasePipeState>,
    /// Flow through valves, kg/s.
    pub valve_flow_kg_s: Vec<f64>,
    /// Flow through pumps, kg/s.
    pub pump_flow_kg_s: Vec<f64>,
    /// Consumers.
    pub consumers: Vec<CaseConsumerState>,
    /// Sources.
    pub sources: Vec<CaseSourceState>,
}

/// A pipe in one state. SI.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct CasePipeState {
    /// Positive from `from` to `to`, kg/s.
    pub mass_flow_kg_s: f64,
    /// Water leaving at the downstream end, K.
    pub outlet_temperature_k: f64,
    /// Pressure lost to friction and fittings, Pa; positive whatever the direction.
    pub friction_pa: f64,
    /// Mean velocity, m/s.
    pub velocity_m_s: f64,
    /// Reynolds number.
    pub reynolds: f64,
    /// Darcy friction factor.
    pub friction_factor: f64,
    /// Heat lost, W.
    pub loss_w: f64,
}

/// A consumer in one state. SI.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct CaseConsumerState {
    /// Water taken, kg/s.
    pub mass_flow_kg_s: f64,
    /// Heat taken, W.
    pub heat_w: f64,
    /// Water coming, K.
    pub inlet_temperature_k: f64,
    /// Water given back, K.
    pub outlet_temperature_k: f64,
    /// Supply above return, Pa.
    pub differential_pressure_pa: f64,
}

/// A source in one state. SI.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct CaseSourceState {
    /// Water given to the supply side, kg/s.
    pub mass_flow_kg_s: f64,
    /// Water taken, K.
    pub return_temperature_k: f64,
    /// Water given, K.
    pub supply_temperature_k: f64,
    /// Heat given, W.
    pub heat_w: f64,
    /// Supply above return, Pa.
    pub differential_pressure_pa: f64,
}
