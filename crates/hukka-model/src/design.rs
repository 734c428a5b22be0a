//! The network and the plant to be built (or found). Made by `hukka-design`.

use crate::catalogue::InsulationSeries;
use crate::geography::Position;
use crate::plant::{Boiler, HeatPump, Store};
use hukka_units::{HeatEnergy, HeatPower, Length, LinearLossCoefficient, Money, Ratio, TimeSpan};
use serde::{Deserialize, Serialize};

/// What stands at a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NodeKind {
    /// Energy centre: boilers, stores and the main pumps; keeps the pressure.
    Plant,
    /// Heat pump at a data centre away from the energy centre.
    Source,
    /// Pipes meet or bend.
    Junction,
    /// Substation of a consumer.
    Consumer,
}

/// A point of the network; supply and return sides share it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NetworkNode {
    /// Id, unique among nodes.
    pub id: String,
    /// Where it is.
    pub position: Position,
    /// Height above the plant.
    pub elevation: Length,
    /// What stands there.
    pub kind: NodeKind,
}

/// Role of a trench.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrenchKind {
    /// From a data centre or plant to the streets.
    Transmission,
    /// Along a street.
    Street,
    /// From a street to a building.
    Service,
}

/// A route that carries a supply and a return pipe of one size.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trench {
    /// Id, unique among trenches.
    pub id: String,
    /// Start node; flow in the supply pipe is positive from here.
    pub from: usize,
    /// End node.
    pub to: usize,
    /// Length of each pipe.
    pub length: Length,
    /// Drawn line, from start to end node.
    pub path: Vec<Position>,
    /// Role.
    pub kind: TrenchKind,
    /// Nominal diameter, a catalogue size.
    pub dn: u16,
    /// Insulation class.
    pub series: InsulationSeries,
    /// Heat loss of one pipe to the ground, soil included.
    pub loss: LinearLossCoefficient,
    /// Already in the ground.
    pub is_existing: bool,
    /// Investment, pipes and laying.
    pub cost: Money,
    /// Heat flow it was sized for, diversity included.
    pub design_power: HeatPower,
    /// Consumers fed through it when nothing else fails.
    pub consumers_behind: usize,
}

/// A consumer that gets a substation.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ConnectedConsumer {
    /// Index into `HeatDemand::consumers`.
    pub consumer: usize,
    /// Node of the substation.
    pub node: usize,
    /// Distance to the plant along the network.
    pub distance: Length,
}

/// Why a consumer is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnconnectedReason {
    /// Its heat does not pay for its pipe.
    NotWorthPipe,
    /// Needs too little heat.
    TooSmall,
    /// Too far from any street.
    TooFarFromStreet,
    /// Its streets do not reach the plant.
    NoStreetToPlant,
    /// The study says no, or the owner is not among those willing.
    NotWilling,
}

/// A consumer that is left out.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct UnconnectedConsumer {
    /// Index into `HeatDemand::consumers`.
    pub consumer: usize,
    /// Why.
    pub reason: UnconnectedReason,
}

/// Where a data centre joins the network.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SourceConnection {
    /// Index into `study.data_centres`.
    pub data_centre: usize,
    /// Node, the plant node when the energy centre is at the data centre.
    pub node: usize,
    /// Length of pipe from the data centre to the first consumer's street or the town.
    pub distance_to_town: Length,
}

/// Loss of distribution pipes that are not drawn (behind a lumped demand).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct DistributionLoss {
    /// Heat lost per kelvin between mean water and ground temperature, W/K.
    pub conductance_w_k: f64,
    /// The node it hangs on.
    pub node: usize,
}

/// One thing to be paid for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CapexItem {
    /// What: "heat pump north, 8.2 MW".
    pub name: String,
    /// Group for the report: "network", "heat pump", "boiler", "store", "substations", "planning".
    pub group: String,
    /// Investment.
    pub amount: Money,
    /// Technical life.
    pub life: TimeSpan,
    /// Fixed upkeep per year.
    pub upkeep_per_year: Money,
}

/// The network and plant. Every machine has a size here.
///
/// Invariant: node 0 is the plant; every connected consumer is reachable from it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Design {
    /// Nodes; the first one is the plant.
    pub nodes: Vec<NetworkNode>,
    /// Trenches.
    pub trenches: Vec<Trench>,
    /// Consumers with a substation.
    pub connected: Vec<ConnectedConsumer>,
    /// Consumers left out.
    pub unconnected: Vec<UnconnectedConsumer>,
    /// Data centres on the network.
    pub sources: Vec<SourceConnection>,
    /// Undrawn distribution losses.
    pub distribution_losses: Vec<DistributionLoss>,
    /// Heat pumps, capacities set.
    pub heat_pumps: Vec<HeatPump>,
    /// Boilers, capacities set.
    pub boilers: Vec<Boiler>,
    /// Stores, capacities set.
    pub stores: Vec<Store>,
    /// Everything to be paid for.
    pub capex: Vec<CapexItem>,
    /// Heat of the connected consumers over the year.
    pub connected_heat: HeatEnergy,
    /// Highest hour of the connected consumers in the study year, without losses.
    pub peak_demand: HeatPower,
    /// Heat sold per metre of trench and year, MWh/(m a).
    pub linear_heat_density_mwh_m: f64,
    /// Share of the estimated heat loss in heat fed.
    pub estimated_loss_share: Ratio,
}

impl Design {
    /// Total trench length.
    pub fn trench_length(&self) -> Length {
        self.trenches.iter().map(|t| t.length).sum()
    }

    /// Total investment.
    pub fn investment(&self) -> Money {
        self.capex.iter().map(|item| item.amount).sum()
    }
}
