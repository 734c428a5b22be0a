//! A design problem on its own: a candidate graph, who may be connected, what pipes cost.
//!
//! Made by `hukka-formats` from a `hukka-design-problem/1` file, solved by `hukka-design`. Unlike
//! a `Study` it holds no buildings and no weather: every number the optimiser needs is given.

use hukka_units::{
    EnergyPrice, HeatEnergy, HeatPower, Length, LengthCost, Money, PowerCost, Ratio, TimeSpan,
};

/// A design problem.
///
/// Invariants: `a`, `b` and `node` are indices into `nodes`; the catalogue rises in capacity;
/// lengths, powers and prices are finite and not negative.
#[derive(Debug, Clone, PartialEq)]
pub struct DesignCase {
    /// For people.
    pub name: String,
    /// Points where trenches may meet.
    pub nodes: Vec<DesignNode>,
    /// Possible trenches.
    pub edges: Vec<DesignEdge>,
    /// Who may be connected.
    pub consumers: Vec<DesignConsumer>,
    /// Where heat may come from.
    pub sources: Vec<DesignSource>,
    /// Pipe sizes, rising in capacity; may be empty when only the linear pipe is wanted.
    pub catalogue: Vec<DesignPipe>,
    /// The linearised pipe; `None` when the file has none.
    pub linear: Option<LinearPipe>,
    /// Prices and hours.
    pub economics: DesignEconomics,
}

/// A point where trenches may meet.
#[derive(Debug, Clone, PartialEq)]
pub struct DesignNode {
    /// Number in the file.
    pub id: i64,
    /// Place on a plane.
    pub x: Length,
    /// Place on a plane.
    pub y: Length,
}

/// A possible trench for a supply and a return pipe.
#[derive(Debug, Clone, PartialEq)]
pub struct DesignEdge {
    /// Number in the file.
    pub id: i64,
    /// One end; flow from here is positive.
    pub a: usize,
    /// Other end.
    pub b: usize,
    /// Length of trench.
    pub length: Length,
    /// Whether it is a house connection.
    pub is_service: bool,
}

/// Somebody who may be connected.
#[derive(Debug, Clone, PartialEq)]
pub struct DesignConsumer {
    /// Number in the file.
    pub id: i64,
    /// Where.
    pub node: usize,
    /// What the network must be able to deliver.
    pub peak: HeatPower,
    /// What is sold in a year.
    pub annual: HeatEnergy,
}

/// Where heat may come from.
#[derive(Debug, Clone, PartialEq)]
pub struct DesignSource {
    /// Number in the file.
    pub id: i64,
    /// For people; may be empty.
    pub name: String,
    /// Where.
    pub node: usize,
    /// Most it can give.
    pub capacity: HeatPower,
    /// Investment in what is used of it.
    pub investment: PowerCost,
    /// Interest of that investment.
    pub interest: Ratio,
    /// Life of that investment.
    pub life: TimeSpan,
    /// Cost of its heat.
    pub price: EnergyPrice,
}

/// One pipe size; cost and loss are those of the trench, supply and return together.
#[derive(Debug, Clone, PartialEq)]
pub struct DesignPipe {
    /// Nominal size.
    pub dn: i64,
    /// Most heat that may enter.
    pub capacity: HeatPower,
    /// Investment per metre.
    pub cost: LengthCost,
    /// Heat lost per metre, W/m.
    pub loss_w_per_m: f64,
}

/// A pipe whose cost and loss are straight lines over the heat that enters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LinearPipe {
    /// Investment per metre and kilowatt.
    pub cost_a_eur_per_m_kw: f64,
    /// Investment per metre.
    pub cost_b_eur_per_m: f64,
    /// Loss per metre and kilowatt, kW.
    pub loss_a_kw_per_m_kw: f64,
    /// Loss per metre, kW.
    pub loss_b_kw_per_m: f64,
    /// Most heat that may enter.
    pub capacity: HeatPower,
}

/// Prices and hours.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DesignEconomics {
    /// Interest of pipes.
    pub interest: Ratio,
    /// Life of pipes.
    pub pipe_life: TimeSpan,
    /// Hours a year the peak would last.
    pub full_load: TimeSpan,
    /// What consumers pay.
    pub heat_price: EnergyPrice,
    /// What heat lost in the other hours costs.
    pub loss_price: EnergyPrice,
}

/// Which pipe costs are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Objective {
    /// Sizes of the catalogue.
    Catalogue,
    /// The linearised pipe.
    Linear,
}

impl Objective {
    /// Word in files and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Catalogue => "cat",
            Self::Linear => "lin",
        }
    }
}

/// Who is connected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConnectionMode {
    /// Everyone.
    Forced,
    /// Whoever makes the whole cheaper.
    Economic,
}

impl ConnectionMode {
    /// Word in files and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Forced => "forced",
            Self::Economic => "economic",
        }
    }
}

/// A network for a design problem.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DesignSolution {
    /// Trenches built, rising by edge.
    pub edges: Vec<BuiltEdge>,
    /// Power of each source.
    pub powers: Vec<HeatPower>,
    /// Consumers connected, rising.
    pub connected: Vec<usize>,
}

/// A trench that is built.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BuiltEdge {
    /// Index of the edge.
    pub edge: usize,
    /// Heat that enters at the upstream end; positive from `a` to `b`.
    pub inflow: HeatPower,
    /// Index of the catalogue size; `None` for the linear pipe.
    pub pipe: Option<usize>,
}

/// How the optimiser ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DesignStatus {
    /// No other network is better by more than the tolerance.
    Proven,
    /// Time ran out or the run was stopped: the best network so far, with its bound.
    Stopped,
    /// No network can serve everyone.
    Infeasible,
}

/// What the optimiser found.
#[derive(Debug, Clone, PartialEq)]
pub struct DesignOutcome {
    /// How it ended.
    pub status: DesignStatus,
    /// The best network; `None` when there is none.
    pub solution: Option<DesignSolution>,
    /// Yearly cost less revenue of the network.
    pub value: Option<Money>,
    /// Yearly cost of the network.
    pub cost: Option<Money>,
    /// No network has a smaller value than this.
    pub bound: Option<Money>,
    /// Why there is no network, with figures.
    pub evidence: Vec<String>,
    /// Steps of the work, for people.
    pub trace: Vec<DesignStep>,
}

impl DesignOutcome {
    /// Distance of the value from the bound as a share of the cost.
    pub fn gap_on_cost(&self) -> Option<Ratio> {
        let (value, cost, bound) = (self.value?, self.cost?, self.bound?);
        let distance = (value.eur() - bound.eur()).max(0.0);
        if distance <= 0.0 {
            return Some(Ratio::ZERO);
        }
        (cost.eur() > 0.0).then(|| Ratio::from_fraction(distance / cost.eur()))
    }
}

/// One step of the optimiser's work.
#[derive(Debug, Clone, PartialEq)]
pub struct DesignStep {
    /// What was done.
    pub what: String,
    /// Time since the start.
    pub after: TimeSpan,
    /// Best value known after it.
    pub value: Option<Money>,
    /// Best bound known after it.
    pub bound: Option<Money>,
}
