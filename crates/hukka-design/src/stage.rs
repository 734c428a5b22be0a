//! The stage: from demand and sources to a network and plant with sizes.

use crate::capex;
use crate::choose::{self, Grounds};
use crate::climate::Climate;
use crate::consumers::{hourly, loads};
use crate::findings::Findings;
use crate::geometry::position;
use crate::ground::{self, DETOUR};
use crate::layout::Layout;
use crate::load::Load;
use crate::market::{Lift, Screened, screen};
use crate::plant;
use crate::search::Effort;
use hukka_model::{
    CATALOGUE, ConnectedConsumer, Design, Diagnostic, DistributionLoss, HeatDemand, HeatSource,
    NetworkNode, SourceConnection, Study, Trench, TrenchKind,
};
use hukka_numerics::Observer;
use hukka_units::{
    HeatEnergy, HeatPower, Length, LinearLossCoefficient, Money, Ratio, SECONDS_PER_HOUR, as_si,
};

/// Losses assumed before the network is known, share of heat sold.
const FIRST_LOSS: f64 = 0.1;

/// What the design starts from.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// The checked study.
    pub study: &'a Study,
    /// Heat the place needs.
    pub demand: &'a HeatDemand,
    /// Heat the data centres offer, one entry per data centre.
    pub sources: &'a [HeatSource],
}

/// How hard the design searches. More rounds never give a worse network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Rounds of cutting what does not pay, adding what does and exchanging streets.
    pub rounds: usize,
    /// Sweeps over all exchanges in each round.
    pub sweeps: usize,
    /// Times the best network is shaken and improved again.
    pub kicks: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            rounds: 12,
            sweeps: 20,
            kicks: 60,
        }
    }
}

/// Why no design could be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The observer asked to stop.
    #[error("the design was stopped")]
    Stopped,
    /// A series has not one value per hour of the study.
    #[error("{what} has {seen} values; the study has {expected} hours")]
    Shape {
        /// Which series.
        what: String,
        /// Values found.
        seen: usize,
        /// Hours of the axis.
        expected: usize,
    },
    /// The study has no data centre.
    #[error("the study has no data centre")]
    NoDataCentre,
}

/// Routes and sizes the network, and sizes heat pumps, boilers and stores.
///
/// Streets become a graph, consumers and sites hang on it, a prize-collecting tree search chooses
/// who is connected (or everyone, or the pipes that lie there), pipes take the smallest catalogue
/// size for their load, and machines of open size are screened over the hours of the year.
///
/// # Assumptions   flat ground · straight service pipes · sites off the streets join by 1.2 times
///   the straight distance · boilers alone cover the design day
/// # Errors        `Stopped`, `Shape`, `NoDataCentre`; what is wrong with the place comes as
///   diagnostics, errors among them, with a design that shows them
pub fn run(
    inputs: &Inputs<'_>,
    options: &Options,
    observer: &mut impl Observer,
) -> Result<(Design, Vec<Diagnostic>), Error> {
    const STEPS: usize = 4;
    check(inputs)?;
    let Inputs {
        study,
        demand,
        sources,
    } = *inputs;
    let mut findings = Findings::default();
    let wishes = ground::wishes(study, demand);
    let ground = ground::lay(study, demand, &wishes, &mut findings);
    let candidates = choose::eligible(study, demand, &wishes, &ground.hooks);
    observer.progress(1, STEPS);
    let first_load: Vec<f64> = hourly(demand, &candidates.0, study.axis.len())
        .iter()
        .map(|q| q * (1.0 + FIRST_LOSS))
        .collect();
    let climate = Climate::new(study, &first_load);
    if climate.design.supply - climate.design.back < 1.0 {
        findings.flat_curve();
    }
    let loads = loads(demand);
    let source_power = source_power(study, sources, &climate, &first_load);
    let grounds = Grounds {
        study,
        demand,
        ground: &ground,
        loads: &loads,
        climate: &climate,
        heat_cost: screen(study, sources, &climate, &first_load).mean_cost,
        source_power: &source_power,
    };
    let effort = Effort {
        rounds: options.rounds,
        sweeps: options.sweeps,
        kicks: options.kicks,
    };
    let choice = choose::choose(
        &grounds,
        candidates,
        (&wishes, effort),
        &mut findings,
        observer,
    );
    if observer.should_stop() {
        return Err(Error::Stopped);
    }
    observer.progress(2, STEPS);
    let mut layout = Layout::new(study, demand, &ground, &choice);
    layout.describe_existing(study);
    layout.size(study, &loads, (&climate, &source_power), &mut findings);
    layout.simplify();
    observer.progress(3, STEPS);
    let built = Built {
        inputs,
        climate: &climate,
        loads: &loads,
        layout: &layout,
    };
    let mut design = built.design(&mut findings);
    design.unconnected = choice.unconnected;
    built.assume(&mut findings);
    observer.progress(STEPS, STEPS);
    Ok((design, findings.into_list()))
}

fn check(inputs: &Inputs<'_>) -> Result<(), Error> {
    let expected = inputs.study.axis.len();
    if inputs.study.data_centres.is_empty() {
        return Err(Error::NoDataCentre);
    }
    let shape = |what: String, seen: usize| {
        if seen == expected {
            Ok(())
        } else {
            Err(Error::Shape {
                what,
                seen,
                expected,
            })
        }
    };
    let weather = &inputs.study.weather;
    shape(
        "outdoor temperature".to_owned(),
        weather.outdoor_temperature.len(),
    )?;
    shape(
        "ground temperature".to_owned(),
        weather.ground_temperature.len(),
    )?;
    shape(
        "electricity price".to_owned(),
        inputs.study.prices.electricity.len(),
    )?;
    shape("heat demand".to_owned(), inputs.demand.total.len())?;
    for source in inputs.sources {
        shape(
            format!("heat source {}", source.id),
            source.recoverable.len(),
        )?;
    }
    for profile in &inputs.demand.profiles {
        shape(
            format!("profile {}", profile.name),
            profile.space_heat.len(),
        )?;
        shape(format!("profile {}", profile.name), profile.hot_water.len())?;
    }
    Ok(())
}

/// Most heat each data centre may feed: its heat pumps' capacity, or what its heat allows, but
/// never more than the highest hour. Watts.
fn source_power(
    study: &Study,
    sources: &[HeatSource],
    climate: &Climate,
    load: &[f64],
) -> Vec<f64> {
    let peak = load.iter().copied().fold(0.0, f64::max);
    let mut power = vec![0.0; study.data_centres.len()];
    for pump in &study.heat_pumps {
        let Some(source) = sources.iter().find(|s| s.data_centre == pump.data_centre) else {
            continue;
        };
        let most = pump.heat_capacity.map_or_else(
            || {
                let lift = Lift::new(study, source, pump, climate);
                as_si(&source.recoverable)
                    .iter()
                    .enumerate()
                    .map(|(t, q)| lift.available(t, *q))
                    .fold(0.0, f64::max)
            },
            HeatPower::si,
        );
        power[pump.data_centre] += most;
    }
    power.iter().map(|p: &f64| p.min(peak)).collect()
}

/// The network with sizes, on its way to a design.
struct Built<'a> {
    inputs: &'a Inputs<'a>,
    climate: &'a Climate,
    loads: &'a [Load],
    layout: &'a Layout,
}

impl Built<'_> {
    fn design(&self, findings: &mut Findings) -> Design {
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
    fn assume(&self, findings: &mut Findings) {
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
