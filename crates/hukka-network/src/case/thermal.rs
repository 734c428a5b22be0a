//! Temperatures in one sweep along the flow. SI.
//!
//! ```text
//! T_out = T_ground + (T_in − T_ground) exp(−u L / (c |m|))     along a pipe
//! Σ m Δh(T_out, T_node) = 0                                    where flows meet
//! ```
//!
//! `c` and `Δh` as heat is counted. Water in a pipe that stands still takes the ground's temperature.

use super::consumer::Consumer;
use super::flow_order::{FlowOrder, STILL};
use super::options::CaseOptions;
use super::plan::{EdgeKind, Plan};
use super::values::Values;
use hukka_model::network_case::{CasePipe, ConsumerMode, SourceKind};
use hukka_units::Temperature;

/// Temperatures of a network, and how they answer to more flow.
#[derive(Debug, Clone, Default)]
pub(super) struct Temperatures {
    /// At nodes, K.
    pub(super) node: Vec<f64>,
    /// Where water leaves an edge, K.
    pub(super) outlet: Vec<f64>,
    /// Mean over the length of a pipe, K.
    pub(super) pipe_mean: Vec<f64>,
    /// How the outlet of an edge answers to its inlet, and to its flow, K per kg/s.
    pub(super) answer: Vec<(f64, f64)>,
    /// How a node and the outlet of an edge answer when all flow on the way there since the last
    /// meeting of waters grows alike, K per kg/s.
    pub(super) chain: Vec<f64>,
    pub(super) outlet_chain: Vec<f64>,
    /// Heat lost per kelvin over the length of edges, W/K, and the temperature it goes to, K;
    /// below 0 where the edge is no pipe.
    around: Vec<(f64, f64)>,
    pub(super) order: FlowOrder,
    inflows: Vec<(f64, f64)>,
}

/// Water that enters the network at a node, kg/s and K.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Entry {
    pub(super) flow: f64,
    pub(super) temperature: f64,
}

/// What a sweep reads.
#[derive(Clone, Copy)]
pub(super) struct Sweep<'a> {
    pub(super) plan: &'a Plan<'a>,
    pub(super) values: &'a Values,
    pub(super) options: &'a CaseOptions,
    /// Flow of edges, kg/s.
    pub(super) flow: &'a [f64],
    /// Water entering from outside, by node; empty if none does.
    pub(super) entries: &'a [Entry],
}

impl Temperatures {
    pub(super) fn start(plan: &Plan<'_>, values: &Values, node: Vec<f64>) -> Self {
        let edges = plan.edges.len();
        let mut outlet = vec![values.ambient; edges];
        for (e, edge) in plan.edges.iter().enumerate() {
            outlet[e] = node[edge.from];
        }
        Self {
            pipe_mean: plan.case.pipes.iter().map(|p| node[p.from]).collect(),
            answer: vec![(0.0, 0.0); edges],
            chain: vec![0.0; node.len()],
            outlet_chain: vec![0.0; edges],
            node,
            outlet,
            ..Self::default()
        }
    }

    /// Follows the water through the network once.
    pub(super) fn sweep(&mut self, sweep: &Sweep<'_>) {
        let plan = sweep.plan;
        self.order.update(plan, sweep.flow);
        if plan.has_neighbours {
            self.surround(plan, sweep.values);
        }
        for (i, source) in plan.case.sources.iter().enumerate() {
            let is_given = !matches!(
                source.kind,
                SourceKind::HeatAndFlow(..) | SourceKind::ReturnLift(_)
            );
            if let (Some(edge), true) = (super::plan::at(plan.source_edge[i]), is_given) {
                self.outlet[edge] = sweep.values.sources[i].temperature;
            }
        }
        let order = core::mem::take(&mut self.order);
        for (place, &node) in order.nodes.iter().enumerate() {
            self.mix(sweep, node as usize, order.arriving(place));
            self.send(sweep, node as usize, order.leaving(place));
        }
        self.order = order;
    }

    /// Losses and surroundings of pipes, as they stand in a row.
    pub(super) fn surround(&mut self, plan: &Plan<'_>, values: &Values) {
        self.around.clear();
        self.around
            .extend(plan.edges.iter().map(|edge| match edge.kind {
                EdgeKind::Pipe(i) => surroundings(&plan.case.pipes[i], values, &self.pipe_mean),
                _ => (-1.0, 0.0),
            }));
    }

    /// Temperature of a node from what flows in.
    fn mix(&mut self, sweep: &Sweep<'_>, node: usize, into: &[u32]) {
        if let Some(Some(forced)) = sweep.plan.forced_temperature.get(node) {
            self.node[node] = *forced;
            return;
        }
        if let (&[e], true) = (into, sweep.entries.is_empty()) {
            self.node[node] = self.outlet[e as usize];
            self.chain[node] = self.outlet_chain[e as usize];
            return;
        }
        self.inflows.clear();
        for &e in into {
            let e = e as usize;
            self.inflows.push((sweep.flow[e].abs(), self.outlet[e]));
        }
        if let Some(entry) = sweep.entries.get(node)
            && entry.flow > STILL
        {
            self.inflows.push((entry.flow, entry.temperature));
        }
        self.chain[node] = 0.0;
        self.node[node] = match self.inflows[..] {
            [] => still_temperature(sweep, node),
            [(_, t)] => t,
            _ => self.blend(sweep),
        };
    }

    fn blend(&self, sweep: &Sweep<'_>) -> f64 {
        let fluid = &sweep.plan.fluid;
        let total: f64 = self.inflows.iter().map(|i| i.0).sum();
        let mut t = self.inflows.iter().map(|i| i.0 * i.1).sum::<f64>() / total;
        for _ in 0..6 {
            let excess: f64 = self
                .inflows
                .iter()
                .map(|(m, from)| m * fluid.heat_between(*from, t))
                .sum();
            let step = excess / (total * fluid.specific_heat(t));
            t += step;
            if step.abs() < 1e-12 * t {
                break;
            }
        }
        t
    }

    /// Outlets of everything that takes water at a node.
    fn send(&mut self, sweep: &Sweep<'_>, node: usize, away: &[u32]) {
        let inlet = self.node[node];
        for &e in away {
            let e = e as usize;
            let m = sweep.flow[e].abs();
            if self.around[e].0 >= 0.0 {
                self.pipe(sweep, e, inlet, m);
                let (share, gain) = self.answer[e];
                self.outlet_chain[e] = share * self.chain[node] + gain;
                continue;
            }
            match sweep.plan.edges[e].kind {
                EdgeKind::Passive | EdgeKind::Pipe(_) => {
                    self.outlet[e] = inlet;
                    self.answer[e] = (1.0, 0.0);
                    self.outlet_chain[e] = self.chain[node];
                }
                EdgeKind::Consumer(i) => {
                    self.outlet[e] = sweep.consumer(i).outlet(inlet, m);
                    self.answer[e] = (0.0, 0.0);
                }
                EdgeKind::Source(i) => {
                    if let Some(t) = sweep.source_outlet(i, inlet, m) {
                        self.outlet[e] = t;
                    }
                    self.answer[e] = (0.0, 0.0);
                }
            }
        }
    }

    fn pipe(&mut self, sweep: &Sweep<'_>, e: usize, inlet: f64, m: f64) {
        let (loss, ground) = self.around[e];
        let fluid = &sweep.plan.fluid;
        let (outlet, mean, answer) = if loss <= 0.0 {
            (inlet, inlet, (1.0, 0.0))
        } else if m <= STILL {
            (ground, ground, (0.0, 0.0))
        } else {
            // the specific heat hardly depends on the outlet: each round goes on from the last
            let mut t = self.outlet[e];
            let (mut share, mut exponent) = (0.0, 0.0);
            for _ in 0..2 {
                exponent = loss / (m * fluid.capacity_between(inlet, t));
                share = (-exponent).exp();
                t = ground + (inlet - ground) * share;
            }
            (
                t,
                ground + (inlet - t) / exponent,
                (share, share * (inlet - ground) * exponent / m),
            )
        };
        self.outlet[e] = outlet;
        self.answer[e] = answer;
        if sweep.plan.has_neighbours
            && let EdgeKind::Pipe(i) = sweep.plan.edges[e].kind
        {
            self.pipe_mean[i] = mean;
        }
    }
}

/// Heat lost per kelvin over the whole length, W/K, and the temperature it goes to.
///
/// A neighbour in the trench counts with its mean temperature beside the ground's.
fn surroundings(pipe: &CasePipe, values: &Values, pipe_mean: &[f64]) -> (f64, f64) {
    let length = pipe.length.si();
    let ground = pipe
        .ground_temperature
        .map_or(values.ambient, Temperature::si);
    let to_ground = pipe.loss.si() * length;
    let Some((neighbour, coupling)) = pipe.neighbour else {
        return (to_ground, ground);
    };
    let to_neighbour = coupling.si() * length;
    let total = to_ground + to_neighbour;
    if total <= 0.0 {
        return (0.0, ground);
    }
    let beside = pipe_mean[neighbour];
    (total, (to_ground * ground + to_neighbour * beside) / total)
}

/// Temperature of a node nothing flows to: of the ground around its pipes, or of its neighbours.
fn still_temperature(sweep: &Sweep<'_>, node: usize) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for &e in sweep.plan.near(node) {
        if let EdgeKind::Pipe(i) = sweep.plan.edges[e as usize].kind {
            let pipe = &sweep.plan.case.pipes[i];
            sum += pipe
                .ground_temperature
                .map_or(sweep.values.ambient, Temperature::si);
            count += 1.0;
        }
    }
    if count > 0.0 {
        sum / count
    } else {
        sweep.values.ambient
    }
}

impl Sweep<'_> {
    pub(super) fn consumer(&self, i: usize) -> Consumer<'_> {
        let consumer = &self.plan.case.consumers[i];
        Consumer {
            mode: consumer.mode,
            values: &self.values.consumers[i],
            least_flow: consumer.min_mass_flow.si(),
            least_cooling: self.least_cooling(i),
            fluid: &self.plan.fluid,
        }
    }

    /// Cooling below which a consumer counts as short. Where the plant's water is warm enough and
    /// only cools on the way, more flow helps, and nearly all of the way may be asked for.
    fn least_cooling(&self, i: usize) -> f64 {
        let least = self.options.least_cooling_k;
        let is_given = self.plan.case.consumers[i].mode == ConsumerMode::HeatReturn;
        let warmest = self.values.warmest - self.values.consumers[i].return_temperature;
        if is_given && warmest > 5.0 * least {
            return 0.03 * least;
        }
        least
    }

    /// Water a source gives if that depends on the water it takes.
    fn source_outlet(&self, i: usize, inlet: f64, m: f64) -> Option<f64> {
        let values = &self.values.sources[i];
        match self.plan.case.sources[i].kind {
            SourceKind::HeatAndFlow(..) => Some(if m > STILL {
                self.plan.fluid.cooled_by(inlet, -values.heat / m)
            } else {
                inlet
            }),
            // a lift never warms beyond the source's own temperature: little flow takes little heat
            SourceKind::ReturnLift(_) => Some(if m > STILL {
                let warmed = self.plan.fluid.cooled_by(inlet, -values.heat / m);
                warmed.min(values.temperature.max(inlet))
            } else {
                inlet
            }),
            _ => None,
        }
    }
}
