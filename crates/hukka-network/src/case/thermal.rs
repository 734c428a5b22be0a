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
use super::plan::{Edge, EdgeKind, Plan};
use super::values::Values;
use hukka_model::network_case::{CasePipe, SourceKind};
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
    /// Rise of a node's temperature when all flows grow by a factor e, K.
    pub(super) warming: Vec<f64>,
    outlet_warming: Vec<f64>,
    order: FlowOrder,
    inflows: Vec<(f64, f64, f64)>,
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
            warming: vec![0.0; node.len()],
            outlet_warming: vec![0.0; edges],
            node,
            outlet,
            ..Self::default()
        }
    }

    /// Follows the water through the network once.
    pub(super) fn sweep(&mut self, sweep: &Sweep<'_>) {
        let plan = sweep.plan;
        self.order.update(plan, sweep.flow);
        for (i, source) in plan.case.sources.iter().enumerate() {
            let is_given = !matches!(
                source.kind,
                SourceKind::HeatAndFlow(..) | SourceKind::ReturnLift(_)
            );
            if let (Some(edge), true) = (super::plan::at(plan.source_edge[i]), is_given) {
                self.outlet[edge] = sweep.values.sources[i].temperature;
            }
        }
        let order = core::mem::take(&mut self.order.nodes);
        for &node in &order {
            self.mix(sweep, node as usize);
            self.send(sweep, node as usize);
        }
        self.order.nodes = order;
    }

    /// Temperature of a node from what flows in.
    fn mix(&mut self, sweep: &Sweep<'_>, node: usize) {
        if let Some(forced) = sweep.plan.forced_temperature[node] {
            self.node[node] = forced;
            self.warming[node] = 0.0;
            return;
        }
        self.inflows.clear();
        for &e in sweep.plan.near(node) {
            let (e, edge) = (e as usize, &sweep.plan.edges[e as usize]);
            let into = if edge.to == node {
                sweep.flow[e]
            } else {
                -sweep.flow[e]
            };
            if into > STILL {
                self.inflows
                    .push((into, self.outlet[e], self.outlet_warming[e]));
            }
        }
        if let Some(entry) = sweep.entries.get(node)
            && entry.flow > STILL
        {
            self.inflows.push((entry.flow, entry.temperature, 0.0));
        }
        (self.node[node], self.warming[node]) = match self.inflows[..] {
            [] => (still_temperature(sweep, node), 0.0),
            [(_, t, warming)] => (t, warming),
            _ => self.blend(sweep),
        };
    }

    fn blend(&self, sweep: &Sweep<'_>) -> (f64, f64) {
        let fluid = &sweep.plan.fluid;
        let total: f64 = self.inflows.iter().map(|i| i.0).sum();
        let mean = |of: fn(&(f64, f64, f64)) -> f64| {
            self.inflows.iter().map(|i| i.0 * of(i)).sum::<f64>() / total
        };
        let mut t = mean(|i| i.1);
        for _ in 0..6 {
            let excess: f64 = self
                .inflows
                .iter()
                .map(|(m, from, _)| m * fluid.heat_between(*from, t))
                .sum();
            let step = excess / (total * fluid.specific_heat(t));
            t += step;
            if step.abs() < 1e-12 * t {
                break;
            }
        }
        (t, mean(|i| i.2))
    }

    /// Outlets of everything that takes water at a node.
    fn send(&mut self, sweep: &Sweep<'_>, node: usize) {
        for &e in sweep.plan.near(node) {
            let (e, edge) = (e as usize, &sweep.plan.edges[e as usize]);
            let m = sweep.flow[e];
            let is_upstream = if m < 0.0 {
                edge.to == node
            } else {
                edge.from == node
            };
            if is_upstream {
                self.through(sweep, e, edge, node);
            }
        }
    }

    fn through(&mut self, sweep: &Sweep<'_>, e: usize, edge: &Edge, node: usize) {
        let (inlet, warming) = (self.node[node], self.warming[node]);
        let m = sweep.flow[e].abs();
        match edge.kind {
            EdgeKind::Passive => {
                self.outlet[e] = inlet;
                self.outlet_warming[e] = warming;
            }
            EdgeKind::Pipe(i) => self.pipe(sweep, (e, i), (inlet, warming), m),
            EdgeKind::Consumer(i) => {
                let consumer = sweep.consumer(i);
                self.outlet[e] = consumer.outlet(inlet, m);
                self.outlet_warming[e] = 0.0;
            }
            EdgeKind::Source(i) => {
                if let Some(t) = sweep.source_outlet(i, inlet, m) {
                    self.outlet[e] = t;
                }
                self.outlet_warming[e] = 0.0;
            }
        }
    }

    fn pipe(
        &mut self,
        sweep: &Sweep<'_>,
        (e, i): (usize, usize),
        (inlet, warming): (f64, f64),
        m: f64,
    ) {
        let pipe = &sweep.plan.case.pipes[i];
        let (loss, ground) = surroundings(pipe, sweep.values, &self.pipe_mean);
        let fluid = &sweep.plan.fluid;
        if loss <= 0.0 {
            self.outlet[e] = inlet;
            self.outlet_warming[e] = warming;
            self.pipe_mean[i] = inlet;
            return;
        }
        if m <= STILL {
            self.outlet[e] = ground;
            self.outlet_warming[e] = 0.0;
            self.pipe_mean[i] = ground;
            return;
        }
        let mut t = self.outlet[e];
        let per_capacity = loss / m;
        let (mut share, mut exponent) = (0.0, 0.0);
        for _ in 0..8 {
            exponent = per_capacity / fluid.capacity_between(inlet, t);
            share = (-exponent).exp();
            let next = ground + (inlet - ground) * share;
            let is_settled = (next - t).abs() < 1e-11 * t;
            t = next;
            if is_settled {
                break;
            }
        }
        self.outlet[e] = t;
        self.outlet_warming[e] = share * (warming + (inlet - ground) * exponent);
        self.pipe_mean[i] = ground + (inlet - t) / exponent;
    }
}

/// Heat lost per kelvin over the whole length, W/K, and the temperature it goes to.
///
/// A neighbour in the trench counts with its mean temperature beside the ground's.
pub(super) fn surroundings(pipe: &CasePipe, values: &Values, pipe_mean: &[f64]) -> (f64, f64) {
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
            least_cooling: self.options.least_cooling_k,
            fluid: &self.plan.fluid,
        }
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
