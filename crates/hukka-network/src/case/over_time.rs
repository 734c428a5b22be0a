//! What a run over time needs of a case: flows and pressures while temperatures are given. SI.
//!
//! The water's temperatures come from its history there, not from a sweep; everything else is the
//! same: laws of links, controlled valves, consumers' wishes, parts cut off from every pressure.

use super::consumer::at_least;
use super::flow_order::STILL;
use super::hydraulics::{Drive, HydraulicState, HydraulicWork};
use super::link::LinkLaw;
use super::options::CaseOptions;
use super::plan::{EdgeKind, Plan, at, throttles_itself};
use super::solve::Row;
use super::thermal::Sweep;
use super::values::{ConsumerValues, SourceValues, Values};
use super::{FluidLaw, HeatCounting, prepare};
use crate::Error;
use crate::dynamic::Asked;
use hukka_model::network_case::{NetworkCase, SourceKind, ValveKind};
use hukka_units::Temperature;

/// Corrections of the plant's pressure difference for the worst-placed consumer, at most.
const WORST_POINT_ROUNDS: usize = 6;
/// … until it has what it needs within this, Pa.
const WORST_POINT_PA: f64 = 0.5;

/// Where the links of a run begin, by kind: pipes, valves, pumps, consumers, sources, the world.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layout {
    pub(crate) valves: usize,
    pub(crate) pumps: usize,
    pub(crate) consumers: usize,
    pub(crate) sources: usize,
    pub(crate) world: usize,
    pub(crate) end: usize,
}

impl Layout {
    pub(crate) fn of(case: &NetworkCase) -> Self {
        let valves = case.pipes.len();
        let pumps = valves + case.valves.len();
        let consumers = pumps + case.pumps.len();
        let sources = consumers + case.consumers.len();
        let world = sources + case.sources.len();
        Self {
            valves,
            pumps,
            consumers,
            sources,
            world,
            end: world + case.pressures.len(),
        }
    }
}

/// A case whose flows and pressures are solved again and again, each from the last.
#[derive(Debug)]
pub(crate) struct Hydraulic<'a> {
    plan: Plan<'a>,
    options: CaseOptions,
    layout: Layout,
    values: Values,
    /// Edge of each link of a run; `None` if it carries nothing.
    edge: Vec<Option<usize>>,
    state: Option<HydraulicState>,
    work: HydraulicWork,
    density: Vec<f64>,
    viscosity: Vec<f64>,
    head: Vec<f64>,
    still: Vec<f64>,
    taken: Vec<f64>,
    given: Vec<f64>,
    difference: Vec<f64>,
    /// How the last solve ended.
    pub(crate) is_converged: bool,
    pub(crate) iterations: usize,
    pub(crate) residual: f64,
}

/// A pipe's friction in the state solved last.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct PipeFriction {
    pub(crate) loss_pa: f64,
    pub(crate) factor: f64,
}

impl<'a> Hydraulic<'a> {
    pub(crate) fn new(case: &'a NetworkCase) -> Result<Self, Error> {
        let options = CaseOptions {
            counting: HeatCounting::Enthalpy,
            ..CaseOptions::default()
        };
        let plan = prepare(case, &options)?;
        let layout = Layout::of(case);
        let edge = (plan.pipe_edge.iter())
            .chain(&plan.valve_edge)
            .chain(&plan.pump_edge)
            .chain(&plan.consumer_edge)
            .chain(&plan.source_edge)
            .map(|e| at(*e))
            .collect();
        let links = plan.link_count();
        let nodes = case.nodes.len();
        Ok(Self {
            layout,
            values: Values::of(case),
            edge,
            state: None,
            work: HydraulicWork::default(),
            density: vec![0.0; links],
            viscosity: vec![0.0; links],
            head: vec![0.0; links],
            still: vec![0.0; links],
            taken: vec![0.0; nodes],
            given: vec![0.0; nodes],
            difference: vec![f64::NAN; case.sources.len()],
            is_converged: true,
            iterations: 0,
            residual: 0.0,
            options,
            plan,
        })
    }

    /// Starts afresh, so that the next solve does not depend on the ones before.
    pub(crate) fn forget(&mut self) {
        self.state = None;
        self.difference.fill(f64::NAN);
    }

    /// The fluid; heat is counted as difference of enthalpies.
    pub(crate) fn fluid(&self) -> &FluidLaw {
        &self.plan.fluid
    }

    /// Whether a link is part of the network that has a pressure.
    pub(crate) fn is_live(&self, link: usize) -> bool {
        self.edge[link].is_some()
    }

    /// Whether pressures decide about flows even where no loop is closed.
    pub(crate) fn has_laws_of_flow(&self) -> bool {
        let case = self.plan.case;
        let throttles = case.consumers.iter().any(|c| throttles_itself(c).is_some());
        let holds = |kind: &ValveKind| !matches!(kind, ValveKind::Open | ValveKind::Throttle(_));
        throttles
            || case.pipes.iter().any(|p| p.is_non_return)
            || case.valves.iter().any(|v| holds(&v.kind))
            || self.plan.is_cut_off.iter().any(|is_cut_off| *is_cut_off)
    }

    /// Whether a consumer's flow follows from pressures.
    pub(crate) fn throttles(&self, consumer: usize) -> bool {
        throttles_itself(&self.plan.case.consumers[consumer]).is_some()
    }

    /// Takes over what is asked now.
    pub(crate) fn ask(&mut self, asked: &Asked) {
        let case = self.plan.case;
        self.values = values(asked);
        let given = case.pressures.iter().filter_map(|p| p.temperature);
        let sources = asked.source_k.iter().copied();
        self.values.warmest = sources
            .chain(given.map(Temperature::si))
            .fold(asked.ambient_k, f64::max);
    }

    /// Flow a consumer wants of water at `inlet_k`, and what it gives back then, K.
    pub(crate) fn wish(&self, i: usize, inlet_k: f64) -> (f64, f64) {
        let sweep = Sweep {
            plan: &self.plan,
            values: &self.values,
            options: &self.options,
            flow: &[],
            entries: &[],
        };
        let consumer = sweep.consumer(i);
        let least_flow = self.plan.case.consumers[i].min_mass_flow.si();
        let flow = at_least(consumer.wish(inlet_k).flow, least_flow);
        (flow, consumer.outlet(inlet_k, flow))
    }

    /// Flows of links from pressures; those of consumers and sources without laws are taken from
    /// `flow`, the others written there.
    pub(crate) fn solve(&mut self, (node_k, pipe_k): (&[f64], &[f64]), flow: &mut [f64]) {
        self.properties(node_k, pipe_k);
        for (i, slot) in self.difference.iter_mut().enumerate() {
            let is_held = !matches!(
                self.plan.case.sources[i].kind,
                SourceKind::WorstPoint { .. }
            );
            if is_held || slot.is_nan() {
                *slot = self.values.sources[i].difference;
            }
        }
        self.iterations = 0;
        for _ in 0..WORST_POINT_ROUNDS {
            self.balance(flow);
            self.newton();
            if !self.follow_worst_point() {
                break;
            }
        }
        self.read(flow);
    }

    fn properties(&mut self, node_k: &[f64], pipe_k: &[f64]) {
        let plan = &self.plan;
        for (e, edge) in plan.edges.iter().enumerate().take(plan.link_count()) {
            let t = match edge.kind {
                EdgeKind::Pipe(i) => pipe_k[i],
                _ => 0.5 * (node_k[edge.from] + node_k[edge.to]),
            };
            self.density[e] = plan.fluid.density(t);
            self.viscosity[e] = plan.fluid.viscosity(t);
            self.head[e] = self.density[e] * plan.fall[e] + plan.air_head[e];
        }
    }

    fn balance(&mut self, flow: &[f64]) {
        let plan = &self.plan;
        self.taken.fill(0.0);
        for taking in &plan.case.takings {
            if !plan.is_cut_off[taking.node] {
                self.taken[taking.node] += taking.mass_flow.si();
            }
        }
        for (link, edge) in self.edge.iter().enumerate() {
            let Some(e) = edge.filter(|e| *e >= plan.link_count()) else {
                continue;
            };
            let edge = &plan.edges[e];
            if !self.is_slack(edge.kind) {
                self.taken[edge.from] += flow[link];
                self.taken[edge.to] -= flow[link];
            }
        }
        for (i, source) in plan.case.sources.iter().enumerate() {
            if self.is_slack(EdgeKind::Source(i)) {
                let pressure = self.values.sources[i].pressure;
                self.given[source.supply_node] = pressure;
                self.given[source.return_node] = pressure - self.difference[i];
            }
        }
        for fixed in &plan.case.pressures {
            if let Some(p) = fixed.pressure {
                self.given[fixed.node] = p.si();
            }
        }
    }

    fn is_slack(&self, kind: EdgeKind) -> bool {
        let EdgeKind::Source(i) = kind else {
            return false;
        };
        let kind = self.plan.case.sources[i].kind;
        matches!(
            kind,
            SourceKind::Pressure { .. } | SourceKind::WorstPoint { .. }
        )
    }

    fn newton(&mut self) {
        let drive = Drive {
            density: &self.density,
            viscosity: &self.viscosity,
            head: &self.head,
            swing: &self.still,
            taken: &self.taken,
            given_pressure: &self.given,
            held_pressure: &self.plan.held_pressure,
        };
        let hydraulics = &self.plan.hydraulics;
        let mut state = match self.state.take() {
            Some(state) => state,
            None => hydraulics.start(&drive),
        };
        let tolerance = self.options.tolerance;
        let mut outcome = hydraulics.solve(&drive, &mut state, &mut self.work, tolerance, 80);
        if !outcome.is_converged {
            state = hydraulics.start(&drive);
            outcome = hydraulics.solve(&drive, &mut state, &mut self.work, tolerance, 300);
        }
        self.iterations += outcome.iterations;
        self.is_converged = outcome.is_converged;
        self.residual = outcome.last_step;
        self.state = Some(state);
    }

    /// Gives the worst-placed consumer its pressure difference; true if anything had to change.
    fn follow_worst_point(&mut self) -> bool {
        let plan = &self.plan;
        let is_free = |kind: &SourceKind| matches!(kind, SourceKind::WorstPoint { .. });
        let Some(state) = &self.state else {
            return false;
        };
        let worst = plan
            .case
            .consumers
            .iter()
            .filter(|c| plan.is_running(c.supply_node, c.return_node))
            .map(|c| state.pressure[c.supply_node] - state.pressure[c.return_node])
            .min_by(f64::total_cmp);
        let mut has_moved = false;
        for (i, source) in plan.case.sources.iter().enumerate() {
            if let (true, Some(worst)) = (is_free(&source.kind), worst) {
                let missing = self.values.sources[i].difference - worst;
                if missing.abs() > WORST_POINT_PA {
                    self.difference[i] += missing;
                    has_moved = true;
                }
            }
        }
        has_moved
    }

    /// Flows and node temperatures, K, of the steady state for what is asked.
    pub(crate) fn steady(&self, flow: &mut [f64]) -> Vec<f64> {
        let row = Row {
            plan: &self.plan,
            values: &self.values,
            options: &self.options,
        };
        let running = row.solve(None);
        for (link, edge) in self.edge.iter().enumerate() {
            flow[link] = edge.map_or(0.0, |e| running.flow[e]);
            if flow[link].abs() <= STILL {
                flow[link] = 0.0;
            }
        }
        for (i, fixed) in self.plan.case.pressures.iter().enumerate() {
            let entering = running.entries.get(fixed.node).map_or(0.0, |e| e.flow);
            flow[self.layout.world + i] = -entering;
        }
        running.temperatures.node
    }

    /// Writes the flows of links, of slack sources and into the world.
    fn read(&self, flow: &mut [f64]) {
        let plan = &self.plan;
        let Some(state) = &self.state else {
            return;
        };
        let mut leaving = self.taken.clone();
        for (edge, m) in plan.edges.iter().zip(&state.mass_flow) {
            leaving[edge.from] += m;
            leaving[edge.to] -= m;
        }
        for (link, edge) in self.edge.iter().enumerate() {
            flow[link] = match edge {
                None => 0.0,
                Some(e) if *e < plan.link_count() => state.mass_flow[*e],
                Some(e) if self.is_slack(plan.edges[*e].kind) => leaving[plan.edges[*e].to],
                Some(_) => flow[link],
            };
            if flow[link].abs() <= STILL {
                flow[link] = 0.0;
            }
        }
        for (i, fixed) in plan.case.pressures.iter().enumerate() {
            let is_given = fixed.pressure.is_some();
            flow[self.layout.world + i] = if is_given { -leaving[fixed.node] } else { 0.0 };
        }
    }

    /// Gauge pressure at nodes, Pa; `None` where cut off.
    pub(crate) fn pressures(&self) -> Vec<Option<f64>> {
        let is_cut_off = &self.plan.is_cut_off;
        match &self.state {
            Some(state) => (state.pressure.iter())
                .zip(is_cut_off)
                .map(|(p, is_cut_off)| (!is_cut_off).then_some(*p))
                .collect(),
            None => vec![None; is_cut_off.len()],
        }
    }

    /// Friction of a pipe in the state solved last.
    pub(crate) fn friction(&self, pipe: usize, mass_flow: f64) -> PipeFriction {
        let Some(e) = self.edge[pipe] else {
            return PipeFriction::default();
        };
        let link = &self.plan.hydraulics.links()[e];
        let (density, viscosity) = (self.density[e], self.viscosity[e]);
        let factor = match &link.law {
            LinkLaw::Pipe(law) if mass_flow.abs() > STILL => {
                law.friction_factor(mass_flow, density, viscosity)
            }
            _ => 0.0,
        };
        PipeFriction {
            loss_pa: link.loss(mass_flow, density, viscosity, &mut 0.0).0.abs(),
            factor,
        }
    }
}

fn consumer_values(asked: &Asked, i: usize) -> ConsumerValues {
    ConsumerValues {
        heat: asked.heat[i].unwrap_or(0.0),
        flow: asked.mass_flow[i].unwrap_or(0.0),
        return_temperature: asked.return_k[i].unwrap_or(0.0),
        cooling: asked.cooling_k[i].unwrap_or(0.0),
    }
}

fn values(asked: &Asked) -> Values {
    Values {
        ambient: asked.ambient_k,
        warmest: asked.ambient_k,
        sources: (0..asked.source_k.len())
            .map(|i| SourceValues {
                temperature: asked.source_k[i],
                flow: asked.source_flow[i].unwrap_or(0.0),
                heat: asked.source_heat[i].unwrap_or(0.0),
                pressure: asked.source_pressure[i].unwrap_or(0.0),
                difference: asked.source_difference[i].unwrap_or(0.0),
            })
            .collect(),
        consumers: (0..asked.heat.len())
            .map(|i| consumer_values(asked, i))
            .collect(),
    }
}
