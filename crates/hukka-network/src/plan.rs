//! From the nouns to numbers for the solver: pipes, draws, temperatures by hour.

use crate::draw::Draw;
use crate::error::Error;
use crate::solver::{Boundary, Inflow, InflowAmount};
use crate::topology::{Network, PipeSpec};
use crate::{Inputs, Options};
use hukka_model::{Design, PipeType, Study, Trench, TrenchKind};
use hukka_physics::water;
use hukka_units::{HeatPower, Temperature, TemperatureDifference, as_si};

/// Node of the plant in every design.
const PLANT: usize = 0;

/// Everything that stays the same through the year, and the hourly boundary values.
pub(crate) struct Plan<'a> {
    pub(crate) inputs: &'a Inputs<'a>,
    pub(crate) network: Network,
    pub(crate) draw_nodes: Vec<usize>,
    pub(crate) inflow_nodes: Vec<usize>,
    inflow_heat: Vec<&'a [HeatPower]>,
    /// Loss each draw's keep-warm flow has to make up, W/K.
    keep_warm_w_k: Vec<f64>,
    /// Which source feeds a dead end that only keeps warm, by draw.
    dead_end_inflow: Vec<Option<usize>>,
    bypass_cooling_k: f64,
    /// Largest flow and largest pressure drop that the rules allow, by trench.
    pub(crate) limits: Vec<(f64, f64)>,
    /// Supply and return set-points by hour, K.
    pub(crate) supply_k: Vec<f64>,
    /// What the curve alone asks for, where the supply is moved off it.
    curve_k: Option<Vec<f64>>,
    pub(crate) return_k: Vec<f64>,
}

/// Boundary values of one hour, reused from hour to hour.
#[derive(Default)]
pub(crate) struct HourInputs {
    draws: Vec<Draw>,
    inflows: Vec<Inflow>,
}

impl<'a> Plan<'a> {
    pub(crate) fn new(inputs: &'a Inputs<'a>, options: &Options) -> Result<Self, Error> {
        check_series(inputs)?;
        check_rules(inputs.study, options)?;
        let (study, design) = (inputs.study, inputs.design);
        let elevations: Vec<f64> = design.nodes.iter().map(|node| node.elevation.m()).collect();
        let pipes = design
            .trenches
            .iter()
            .enumerate()
            .map(|(index, trench)| pipe_of(study, index, trench))
            .collect::<Result<Vec<_>, _>>()?;
        let network = Network::new(&elevations, &pipes, PLANT)?;
        let away: Vec<_> = inputs
            .injections
            .iter()
            .filter(|i| i.node != PLANT)
            .collect();
        let inflow_nodes: Vec<usize> = away.iter().map(|i| i.node).collect();
        let (draw_nodes, first_dead_end) = draw_nodes(&network, design)?;
        let dead_end_inflow = draw_nodes
            .iter()
            .enumerate()
            .map(|(draw, node)| {
                (draw >= first_dead_end)
                    .then(|| inflow_nodes.iter().position(|at| at == node))
                    .flatten()
            })
            .collect();
        let outdoor = smoothed(
            as_si(&study.weather.outdoor_temperature),
            options.smoothing_hours,
        );
        let curve = |rule: &hukka_model::TemperatureCurve| {
            outdoor
                .iter()
                .map(|&t| rule.at(Temperature::from_k(t)).k())
                .collect()
        };
        Ok(Self {
            keep_warm_w_k: network.loss_shares(&draw_nodes),
            inflow_heat: away.iter().map(|i| i.heat.as_slice()).collect(),
            supply_k: curve(&study.network.supply_temperature),
            return_k: curve(&study.network.return_temperature),
            curve_k: None,
            bypass_cooling_k: options.bypass_cooling.kelvin(),
            limits: limits(study, design, &pipes),
            inputs,
            network,
            draw_nodes,
            inflow_nodes,
            dead_end_inflow,
        })
    }

    /// Moves the supply off the curve hour by hour.
    pub(crate) fn moved(mut self, offsets: &[TemperatureDifference]) -> Result<Self, Error> {
        if offsets.len() != self.steps() {
            return Err(Error::SeriesLength {
                name: "supply temperature offset".to_owned(),
                found: offsets.len(),
                steps: self.steps(),
            });
        }
        if let Some(offset) = offsets.iter().find(|o| !o.kelvin().is_finite()) {
            return Err(Error::BadRule {
                what: "the supply temperature offset",
                value: offset.kelvin(),
            });
        }
        self.curve_k = Some(self.supply_k.clone());
        for (supply, offset) in self.supply_k.iter_mut().zip(offsets) {
            *supply += offset.kelvin();
        }
        Ok(self)
    }

    /// What the curve alone asks for in an hour, K.
    pub(crate) fn curve_k(&self, step: usize) -> f64 {
        self.curve_k.as_ref().unwrap_or(&self.supply_k)[step]
    }

    /// Whether the service of every hour is watched: only where supply temperatures are compared.
    pub(crate) const fn watches_service(&self) -> bool {
        self.curve_k.is_some()
    }

    /// Number of hours.
    pub(crate) const fn steps(&self) -> usize {
        self.inputs.study.axis.len()
    }

    /// Boundary values of one hour.
    ///
    /// Keep-warm flow: the supply-side loss on a draw's share of its way, made up by a cooling of
    /// [`Options::bypass_cooling`].
    pub(crate) fn boundary<'b>(&self, step: usize, hour: &'b mut HourInputs) -> Boundary<'b> {
        let study = self.inputs.study;
        let (supply, back) = (self.supply_k[step], self.return_k[step]);
        let ground = study.weather.ground_temperature[step].k();
        hour.inflows.clear();
        hour.inflows
            .extend(self.inflow_heat.iter().map(|heat| Inflow {
                amount: InflowAmount::Heat(heat[step].w()),
                temperature_k: supply,
            }));
        let design = self.inputs.design;
        let per_w_k =
            (supply - ground).max(0.0) / (water::specific_heat(supply) * self.bypass_cooling_k);
        hour.draws.clear();
        for draw in 0..self.draw_nodes.len() {
            let (mut heat_w, mut loss_w_k) = (0.0, 0.0);
            if let Some(connected) = design.connected.get(draw) {
                heat_w = self.inputs.demand.at(connected.consumer, step).w();
            } else if let Some(lost) = design
                .distribution_losses
                .get(draw - design.connected.len())
            {
                loss_w_k = lost.conductance_w_k;
            }
            let fed_here =
                self.dead_end_inflow[draw].is_some_and(|i| self.inflow_heat[i][step].w() > 0.0);
            let min_mass_flow = if fed_here {
                0.0
            } else {
                self.keep_warm_w_k[draw] * per_w_k
            };
            hour.draws.push(Draw {
                heat_w,
                loss_w_k,
                return_temperature_k: back,
                min_mass_flow,
            });
        }
        Boundary {
            supply_temperature_k: supply,
            surplus_return_temperature_k: back,
            ground_temperature_k: ground,
            draws: &hour.draws,
            inflows: &hour.inflows,
        }
    }
}

fn pipe_of(study: &Study, index: usize, trench: &Trench) -> Result<PipeSpec, Error> {
    let pipe = PipeType::by_dn(trench.dn).ok_or(Error::UnknownPipeSize {
        trench: index,
        dn: trench.dn,
    })?;
    Ok(PipeSpec {
        from: trench.from,
        to: trench.to,
        length_m: trench.length.m(),
        inner_diameter_m: pipe.inner_diameter.m(),
        roughness_m: study.network.roughness.m(),
        fitting_share: study.network.fitting_share.fraction(),
        loss_w_mk: trench.loss.w_mk(),
    })
}

/// Flow at the largest velocity, with hot water's density, and pressure drop at the largest
/// gradient; the gradient does not count in service pipes.
fn limits(study: &Study, design: &Design, pipes: &[PipeSpec]) -> Vec<(f64, f64)> {
    let rules = &study.network;
    let density = water::density(rules.supply_temperature.at_cold.k());
    let of = |(trench, pipe): (&Trench, &PipeSpec)| {
        let area = std::f64::consts::FRAC_PI_4 * pipe.inner_diameter_m.powi(2);
        let length = pipe.length_m * (1.0 + pipe.fitting_share);
        let drop = if trench.kind == TrenchKind::Service {
            f64::INFINITY
        } else {
            rules.max_pressure_gradient.pa_m() * length
        };
        (rules.max_velocity.m_s() * area * density, drop)
    };
    design.trenches.iter().zip(pipes).map(of).collect()
}

/// Consumers, then undrawn distribution, then dead ends that only keep warm.
fn draw_nodes(network: &Network, design: &Design) -> Result<(Vec<usize>, usize), Error> {
    let consumers = design.connected.iter().map(|c| c.node);
    let undrawn = design.distribution_losses.iter().map(|l| l.node);
    let mut nodes: Vec<usize> = consumers.chain(undrawn).collect();
    let mut is_served = vec![false; design.nodes.len()];
    for (draw, &node) in nodes.iter().enumerate() {
        let Some(served) = is_served.get_mut(node) else {
            return Err(Error::UnknownNode {
                what: format!("consumer {draw}"),
                node,
                nodes: design.nodes.len(),
            });
        };
        *served = true;
    }
    let first_dead_end = nodes.len();
    nodes.extend(
        (0..design.nodes.len()).filter(|&node| !is_served[node] && network.is_dead_end(node)),
    );
    Ok((nodes, first_dead_end))
}

/// Mean of the hours up to and including each one, as a heating controller damps the weather.
fn smoothed(outdoor_k: &[f64], hours: usize) -> Vec<f64> {
    (0..outdoor_k.len())
        .map(|step| {
            let window = &outdoor_k[(step + 1).saturating_sub(hours.max(1))..=step];
            window.iter().sum::<f64>() / window.len() as f64
        })
        .collect()
}

fn check_series(inputs: &Inputs<'_>) -> Result<(), Error> {
    let steps = inputs.study.axis.len();
    let weather = &inputs.study.weather;
    let mut series = vec![
        (
            "outdoor temperature".to_owned(),
            weather.outdoor_temperature.len(),
        ),
        (
            "ground temperature".to_owned(),
            weather.ground_temperature.len(),
        ),
    ];
    for profile in &inputs.demand.profiles {
        series.push((
            format!("space heat of {}", profile.name),
            profile.space_heat.len(),
        ));
        series.push((
            format!("hot water of {}", profile.name),
            profile.hot_water.len(),
        ));
    }
    for (index, injection) in inputs.injections.iter().enumerate() {
        series.push((format!("heat of injection {index}"), injection.heat.len()));
    }
    if let Some((name, found)) = series.into_iter().find(|(_, len)| *len != steps) {
        return Err(Error::SeriesLength { name, found, steps });
    }
    let heats = inputs
        .injections
        .iter()
        .flat_map(|i| &i.heat)
        .map(|heat| heat.w());
    if let Some(value) = heats.into_iter().find(|w| !(*w >= 0.0 && w.is_finite())) {
        return Err(Error::BadRule {
            what: "the heat of an injection",
            value,
        });
    }
    let consumers = inputs.demand.consumers.len();
    match inputs
        .design
        .connected
        .iter()
        .enumerate()
        .find(|(_, c)| c.consumer >= consumers)
    {
        Some((connected, c)) => Err(Error::UnknownConsumer {
            connected,
            consumer: c.consumer,
            consumers,
        }),
        None => Ok(()),
    }
}

fn check_rules(study: &Study, options: &Options) -> Result<(), Error> {
    let positive = [
        (
            "the pump efficiency",
            study.network.pump_efficiency.fraction(),
        ),
        (
            "the cooling that keep-warm flow is sized for",
            options.bypass_cooling.kelvin(),
        ),
    ];
    match positive
        .into_iter()
        .find(|(_, value)| !(*value > 0.0 && value.is_finite()))
    {
        Some((what, value)) => Err(Error::BadRule { what, value }),
        None => Ok(()),
    }
}
