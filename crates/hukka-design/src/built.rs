//! From a sized network to a design: machines, losses, money, names.

use crate::capex;
use crate::climate::Climate;
use crate::consumers::hourly;
use crate::economics::yearly_cost;
use crate::findings::Findings;
use crate::geometry::position;
use crate::ground::{DETOUR, stands_in_town};
use crate::layout::{Existing, Layout};
use crate::load::{Feed, Load};
use crate::market::{Screened, screen};
use crate::plant;
use crate::stage::Inputs;
use hukka_model::{
    CATALOGUE, ConnectedConsumer, Design, DistributionLoss, NetworkNode, SourceConnection, Study,
    Trench, TrenchKind,
};
use hukka_units::{
    HeatEnergy, HeatPower, Length, LinearLossCoefficient, Money, Ratio, SECONDS_PER_HOUR,
};

/// The network with sizes, on its way to a design.
pub(crate) struct Built<'a> {
    pub(crate) inputs: &'a Inputs<'a>,
    pub(crate) climate: &'a Climate,
    pub(crate) loads: &'a [Load],
    pub(crate) layout: &'a Layout,
}

/// Heat of the connected and of the pipes in every hour, watts.
struct Year {
    heat: Vec<f64>,
    loss: Vec<f64>,
}

fn highest(series: &[f64]) -> f64 {
    series.iter().copied().fold(0.0, f64::max)
}

/// What heat pumps feed in at every data centre, given their capacities, watts.
pub(crate) fn feeds(study: &Study, screened: &Screened, climate: &Climate) -> Vec<Feed> {
    let water = &climate.design;
    let cooling = (water.supply - water.back).max(1.0);
    let mut feeds = vec![Feed::default(); study.data_centres.len()];
    for (k, pump) in study.heat_pumps.iter().enumerate() {
        let capacity = screened.capacity[k];
        let heat = if screened.most[k] > 0.0 {
            capacity.min(screened.most[k])
        } else {
            capacity
        };
        let feed = &mut feeds[pump.data_centre];
        feed.heat += heat;
        feed.flow += heat.max(screened.flow[k] * cooling) / water.flow_excess;
    }
    feeds
}

impl Built<'_> {
    /// The design, but for those left out, and its yearly result, EUR.
    pub(crate) fn design(&self, findings: &mut Findings) -> (Design, f64) {
        let Inputs { study, demand, .. } = *self.inputs;
        let consumers = self.consumers();
        let trenches = self.trenches();
        let distribution_losses = self.distribution_losses();
        let year = self.year(&distribution_losses);
        let screened = self.screened(&year);
        let plant = self.plant(&screened, &year, &distribution_losses, findings);
        let stations: Vec<usize> = self
            .layout
            .taps
            .iter()
            .filter(|tap| !tap.has_station)
            .map(|tap| tap.consumer)
            .collect();
        let connected_heat: HeatEnergy = consumers
            .iter()
            .map(|&c| demand.consumers[c].annual())
            .sum();
        if consumers.is_empty() {
            findings.nobody();
        }
        let metres: f64 = trenches.iter().map(|t| t.length.m()).sum();
        let lost = year.loss.iter().sum::<f64>() * SECONDS_PER_HOUR;
        let fed = lost + connected_heat.si();
        let capex = capex::list(study, demand, &trenches, (&stations, &plant));
        let result = study.prices.heat.si() * connected_heat.si()
            - screened.running_cost
            - yearly_cost(&study.money, &capex);
        let design = Design {
            nodes: self.nodes(),
            connected: self.connected(),
            unconnected: Vec::new(),
            sources: self.sources(),
            distribution_losses,
            capex,
            trenches,
            heat_pumps: plant.heat_pumps,
            boilers: plant.boilers,
            stores: plant.stores,
            connected_heat,
            peak_demand: HeatPower::from_w(highest(&year.heat)),
            linear_heat_density_mwh_m: if metres > 0.0 {
                connected_heat.mwh() / metres
            } else {
                0.0
            },
            estimated_loss_share: Ratio::from_fraction(if fed > 0.0 { lost / fed } else { 0.0 }),
        };
        (design, result)
    }

    /// What each data centre's heat pumps feed in, as they would be sized for this network.
    pub(crate) fn feeds(&self) -> Vec<Feed> {
        let distribution = self.distribution_losses();
        let year = self.year(&distribution);
        let mut screened = self.screened(&year);
        let plant = self.plant(&screened, &year, &distribution, &mut Findings::default());
        screened.capacity = plant
            .heat_pumps
            .iter()
            .map(|pump| pump.heat_capacity.map_or(0.0, HeatPower::si))
            .collect();
        feeds(self.inputs.study, &screened, self.climate)
    }

    fn consumers(&self) -> Vec<usize> {
        self.layout.taps.iter().map(|tap| tap.consumer).collect()
    }

    fn year(&self, distribution: &[DistributionLoss]) -> Year {
        let Inputs { study, demand, .. } = *self.inputs;
        Year {
            heat: hourly(demand, &self.consumers(), study.axis.len()),
            loss: self.hourly_loss(distribution),
        }
    }

    fn screened(&self, year: &Year) -> Screened {
        let load: Vec<f64> = year
            .heat
            .iter()
            .zip(&year.loss)
            .map(|(q, l)| q + l)
            .collect();
        screen(self.inputs.study, self.inputs.sources, self.climate, &load)
    }

    /// Sizes machines for the design day: coincident loads at design weather, or the highest hour
    /// if that is more, with losses at design temperatures.
    fn plant(
        &self,
        screened: &Screened,
        year: &Year,
        distribution: &[DistributionLoss],
        findings: &mut Findings,
    ) -> plant::Plant {
        let study = self.inputs.study;
        let coincident: f64 = self
            .layout
            .taps
            .iter()
            .map(|tap| self.loads[tap.consumer].coincident)
            .sum();
        let warm = self.climate.design.above_ground().max(0.0);
        let cold_loss = self.conductance(distribution) * warm;
        let (heat, loss) = (highest(&year.heat), highest(&year.loss));
        let design_load = coincident.max(heat) + cold_loss.max(loss);
        let peak = heat + loss;
        plant::size(study, screened, (design_load, peak), findings)
    }

    /// Heat lost per kelvin between mean water and ground by everything, W/K.
    fn conductance(&self, distribution: &[DistributionLoss]) -> f64 {
        let drawn: f64 = self
            .layout
            .links
            .iter()
            .map(|link| 2.0 * link.loss * link.length)
            .sum();
        drawn + distribution.iter().map(|d| d.conductance_w_k).sum::<f64>()
    }

    fn hourly_loss(&self, distribution: &[DistributionLoss]) -> Vec<f64> {
        let conductance = self.conductance(distribution);
        self.climate
            .above_ground
            .iter()
            .map(|kelvin| (conductance * kelvin).max(0.0))
            .collect()
    }

    /// Conductance behind every lumped demand such that its yearly loss is the study's share of
    /// the heat fed to it: `G = Q s / (1 − s) / ∫ (T̄ − T_g) dt`.
    fn distribution_losses(&self) -> Vec<DistributionLoss> {
        let share = self
            .inputs
            .study
            .network
            .lumped_loss_share
            .si()
            .clamp(0.0, 0.9);
        let kelvin_seconds = self.climate.degree_seconds();
        let consumers = &self.inputs.demand.consumers;
        self.layout
            .taps
            .iter()
            .filter(|tap| consumers[tap.consumer].building.is_none())
            .filter(|_| share > 0.0 && kelvin_seconds > 0.0)
            .map(|tap| DistributionLoss {
                conductance_w_k: consumers[tap.consumer].annual().si() * share
                    / (1.0 - share)
                    / kelvin_seconds,
                node: tap.node,
            })
            .collect()
    }

    fn nodes(&self) -> Vec<NetworkNode> {
        self.layout
            .nodes
            .iter()
            .map(|node| NetworkNode {
                id: node.id.clone(),
                position: position(node.at),
                elevation: Length::ZERO,
                kind: node.kind,
            })
            .collect()
    }

    fn trenches(&self) -> Vec<Trench> {
        let study = self.inputs.study;
        let factor = study.design.pipe_cost_factor.si();
        let mut pieces = vec![0_u32; study.existing_pipes.len()];
        let mut counts = [0_u32; 4];
        self.layout
            .links
            .iter()
            .map(|link| {
                let pipe = &CATALOGUE[link.size];
                let length = Length::from_m(link.length);
                let id = match (link.existing, link.kind) {
                    (Some(Existing::Town), _) => {
                        counts[3] += 1;
                        format!("town-{}", counts[3])
                    }
                    (Some(Existing::Pipe(p)), _) => {
                        pieces[p] += 1;
                        let name = &study.existing_pipes[p].id;
                        if pieces[p] == 1 {
                            format!("pipe-{name}")
                        } else {
                            format!("pipe-{name}/{}", pieces[p])
                        }
                    }
                    (None, kind) => {
                        let (slot, name) = match kind {
                            TrenchKind::Transmission => (0, "transmission"),
                            TrenchKind::Street => (1, "street"),
                            TrenchKind::Service => (2, "service"),
                        };
                        counts[slot] += 1;
                        format!("{name}-{}", counts[slot])
                    }
                };
                Trench {
                    id,
                    from: link.from,
                    to: link.to,
                    length,
                    path: link.path.iter().map(|&p| position(p)).collect(),
                    kind: link.kind,
                    dn: pipe.dn,
                    series: link.series,
                    loss: LinearLossCoefficient::from_w_mk(link.loss),
                    is_existing: link.existing.is_some(),
                    cost: if link.existing.is_some() {
                        Money::ZERO
                    } else {
                        pipe.trench_cost * length * (link.cost_factor * factor)
                    },
                    design_power: HeatPower::from_w(link.power),
                    consumers_behind: link.consumers,
                }
            })
            .collect()
    }

    fn connected(&self) -> Vec<ConnectedConsumer> {
        let ways = self.layout.ways_from(0);
        self.layout
            .taps
            .iter()
            .map(|tap| ConnectedConsumer {
                consumer: tap.consumer,
                node: tap.node,
                distance: Length::from_m(ways.distance[tap.node]),
            })
            .collect()
    }

    /// Data centres with the length of pipe to the nearest consumer's branch.
    fn sources(&self) -> Vec<SourceConnection> {
        let around = self.layout.around();
        self.layout
            .sources
            .iter()
            .enumerate()
            .map(|(data_centre, &node)| {
                let ways = self.layout.ways_from(node);
                let nearest = self
                    .layout
                    .taps
                    .iter()
                    .map(|tap| {
                        let service: f64 = around[tap.node]
                            .iter()
                            .filter(|&&l| self.layout.links[l].kind == TrenchKind::Service)
                            .map(|&l| self.layout.links[l].length)
                            .sum();
                        (ways.distance[tap.node] - service).max(0.0)
                    })
                    .fold(f64::INFINITY, f64::min);
                SourceConnection {
                    data_centre,
                    node,
                    distance_to_town: Length::from_m(if nearest.is_finite() {
                        nearest
                    } else {
                        0.0
                    }),
                }
            })
            .collect()
    }

    /// Tells the rules the design applied.
    pub(crate) fn assume(&self, findings: &mut Findings) {
        findings.assumed(
            "design",
            "the ground is taken as flat: no heights are given",
        );
        if self.layout.links.iter().any(|link| link.is_estimated) {
            findings.assumed(
                "design",
                format!("transmission pipes are {DETOUR} times as long as the straight line"),
            );
        }
        if self.guesses_distance() {
            findings.assumed(
                "network.distance_km",
                "the town is 1 km from the data centre, for the study gives no distance",
            );
        }
    }

    /// Whether the way to the town has the length taken for want of a better one.
    fn guesses_distance(&self) -> bool {
        let study = self.inputs.study;
        let consumers = &self.inputs.demand.consumers;
        let mut taps = self.layout.taps.iter();
        if study.network.lumped_distance.is_some()
            || !taps.any(|tap| consumers[tap.consumer].position.is_none())
        {
            return false;
        }
        let is_placed = study.plant_position.is_some()
            && study.data_centres.iter().all(|dc| dc.position.is_some());
        !(is_placed && stands_in_town(study, self.inputs.demand))
    }
}
