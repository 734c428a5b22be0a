//! From a sized network to a design: machines, losses, money, names.

use crate::capex;
use crate::climate::Climate;
use crate::consumers::hourly;
use crate::findings::Findings;
use crate::geometry::position;
use crate::ground::DETOUR;
use crate::layout::Layout;
use crate::load::Load;
use crate::market::{Screened, screen};
use crate::plant;
use crate::stage::Inputs;
use hukka_model::{
    CATALOGUE, ConnectedConsumer, Design, DistributionLoss, NetworkNode, SourceConnection, Trench,
    TrenchKind,
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

impl Built<'_> {
    /// The design, but for those left out.
    pub(crate) fn design(&self, findings: &mut Findings) -> Design {
        let Inputs {
            study,
            demand,
            sources,
        } = *self.inputs;
        let consumers: Vec<usize> = self.layout.taps.iter().map(|tap| tap.consumer).collect();
        let heat = hourly(demand, &consumers, study.axis.len());
        let peak = heat.iter().copied().fold(0.0, f64::max);
        let trenches = self.trenches();
        let distribution_losses = self.distribution_losses();
        let loss = self.hourly_loss(&distribution_losses);
        let load: Vec<f64> = heat.iter().zip(&loss).map(|(q, l)| q + l).collect();
        let screened = screen(study, sources, self.climate, &load);
        let plant = self.plant(&screened, (&heat, &loss), &distribution_losses, findings);
        let stations: Vec<usize> = self
            .layout
            .taps
            .iter()
            .filter(|tap| !tap.is_existing)
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
        let lost = loss.iter().sum::<f64>() * SECONDS_PER_HOUR;
        let fed = lost + connected_heat.si();
        Design {
            nodes: self.nodes(),
            connected: self.connected(),
            unconnected: Vec::new(),
            sources: self.sources(),
            distribution_losses,
            capex: capex::list(study, demand, &trenches, (&stations, &plant)),
            trenches,
            heat_pumps: plant.heat_pumps,
            boilers: plant.boilers,
            stores: plant.stores,
            connected_heat,
            peak_demand: HeatPower::from_w(peak),
            linear_heat_density_mwh_m: if metres > 0.0 {
                connected_heat.mwh() / metres
            } else {
                0.0
            },
            estimated_loss_share: Ratio::from_fraction(if fed > 0.0 { lost / fed } else { 0.0 }),
        }
    }

    /// Sizes machines for the design day: coincident loads at design weather, or the highest hour
    /// if that is more, with losses at design temperatures.
    fn plant(
        &self,
        screened: &Screened,
        (heat, loss): (&[f64], &[f64]),
        distribution: &[DistributionLoss],
        findings: &mut Findings,
    ) -> plant::Plant {
        let study = self.inputs.study;
        let highest = |series: &[f64]| series.iter().copied().fold(0.0, f64::max);
        let coincident: f64 = self
            .layout
            .taps
            .iter()
            .map(|tap| self.loads[tap.consumer].coincident)
            .sum();
        let warm = self.climate.design.above_ground().max(0.0);
        let cold_loss = self.conductance(distribution) * warm;
        let design_load = coincident.max(highest(heat)) + cold_loss.max(highest(loss));
        let peak = highest(heat) + highest(loss);
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
        let mut counts = [0_u32; 3];
        self.layout
            .links
            .iter()
            .map(|link| {
                let pipe = &CATALOGUE[link.size];
                let length = Length::from_m(link.length);
                let id = match (link.existing, link.kind) {
                    (Some(p), _) => {
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
        let is_straight = self
            .layout
            .links
            .iter()
            .any(|link| link.kind == TrenchKind::Transmission && link.existing.is_none());
        if is_straight {
            findings.assumed(
                "design",
                format!("transmission pipes are {DETOUR} times as long as the straight line"),
            );
        }
        let consumers = &self.inputs.demand.consumers;
        let is_lumped = self
            .layout
            .taps
            .iter()
            .any(|tap| consumers[tap.consumer].position.is_none());
        if is_lumped && self.inputs.study.network.lumped_distance.is_none() {
            findings.assumed(
                "network.distance_km",
                "the town is 1 km from the energy centre, for the study gives no distance",
            );
        }
    }
}
