//! Flows, pressures and temperatures of one steady state together. SI.
//!
//! Rounds of hydraulics and a temperature sweep; what the temperatures make of the flows asked by
//! heat and of the weights of water columns is fed back, mixed over the last rounds after Anderson.

use super::consumer::at_least;
use super::flow_order::STILL;
use super::hydraulics::{Drive, HydraulicState, HydraulicWork};
use super::newton::Newton;
use super::options::CaseOptions;
use super::plan::{EdgeKind, Plan, at};
use super::thermal::{Entry, Sweep, Temperatures};
use super::values::Values;
use hukka_model::network_case::{SourceKind, ValveKind};
use hukka_numerics::Anderson;
use hukka_units::Temperature;

/// Rounds remembered by the mixing.
const DEPTH: usize = 6;
/// Head that weighs as much as a whole flow in the mixing, Pa.
const HEAD_SCALE: f64 = 1e3;

/// A state in the making; a finished one is the start of the next.
#[derive(Debug, Clone, Default)]
pub(super) struct Running {
    pub(super) hydraulic: HydraulicState,
    pub(super) temperatures: Temperatures,
    /// Flow of edges: links first, then the others.
    pub(super) flow: Vec<f64>,
    pub(super) density: Vec<f64>,
    pub(super) viscosity: Vec<f64>,
    pub(super) head: Vec<f64>,
    pub(super) swing: Vec<f64>,
    /// See `HydraulicWork`.
    yielding: Vec<(f64, f64)>,
    /// Supply above return at sources that hold a worst point, Pa.
    pub(super) difference: Vec<f64>,
    pub(super) entries: Vec<Entry>,
    /// Flow out of the network at nodes through takings, kg/s.
    outside: Vec<f64>,
    taken: Vec<f64>,
    given: Vec<f64>,
    pub(super) iterations: usize,
    pub(super) error: f64,
    pub(super) is_converged: bool,
}

/// One row to solve.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) plan: &'a Plan<'a>,
    pub(super) values: &'a Values,
    pub(super) options: &'a CaseOptions,
}

impl Row<'_> {
    /// Solves the row, from the start given or from scratch.
    pub(super) fn solve(&self, start: Option<&Running>) -> Running {
        let mut running = start.cloned().unwrap_or_else(|| self.begin());
        self.impose_given_flows(&mut running);
        if self.rounds(&mut running, false) {
            return running;
        }
        // once more from scratch with short plain steps
        let mut patient = self.begin();
        self.impose_given_flows(&mut patient);
        let spent = running.iterations;
        self.rounds(&mut patient, true);
        patient.iterations += spent;
        if patient.is_converged || patient.error < running.error {
            return patient;
        }
        running
    }

    fn begin(&self) -> Running {
        let plan = self.plan;
        let case = plan.case;
        let links = plan.link_count();
        let hottest = self.values.warmest;
        let returns: Vec<f64> = (0..case.consumers.len())
            .map(|i| self.sweep(&[], &[]).consumer(i).wish(hottest).outlet)
            .collect();
        let coolest = if returns.is_empty() {
            hottest
        } else {
            returns.iter().sum::<f64>() / returns.len() as f64
        };
        let guess = case
            .nodes
            .iter()
            .map(|node| match node.side {
                hukka_model::network_case::NetworkSide::Return => coolest,
                _ => hottest,
            })
            .collect();
        let mut running = Running {
            temperatures: Temperatures::start(plan, self.values, guess),
            flow: vec![0.0; plan.edges.len()],
            density: vec![0.0; links],
            viscosity: vec![0.0; links],
            head: vec![0.0; links],
            swing: vec![0.0; links],
            yielding: vec![(0.0, 0.0); links],
            difference: self.values.sources.iter().map(|s| s.difference).collect(),
            taken: vec![0.0; case.nodes.len()],
            given: vec![0.0; case.nodes.len()],
            error: f64::INFINITY,
            ..Running::default()
        };
        self.properties(&mut running, true);
        for (i, _) in case.consumers.iter().enumerate() {
            if let Some(e) = at(plan.consumer_edge[i]).filter(|e| *e >= links) {
                let inlet = running.temperatures.node[plan.edges[e].from];
                let wish = self.sweep(&[], &[]).consumer(i).wish(inlet);
                running.flow[e] = at_least(wish.flow, case.consumers[i].min_mass_flow.si());
            }
        }
        for i in 0..case.sources.len() {
            if let Some(flow) = self.flow_for_heat(&running, i) {
                running.flow[plan.source_edge[i]] = flow;
            }
        }
        running.hydraulic = HydraulicState::default();
        running
    }

    pub(super) fn sweep<'b>(&'b self, flow: &'b [f64], entries: &'b [Entry]) -> Sweep<'b> {
        Sweep {
            plan: self.plan,
            values: self.values,
            options: self.options,
            flow,
            entries,
        }
    }

    /// Flows that no temperature changes: sources of given flow, flow controls, takings.
    fn impose_given_flows(&self, running: &mut Running) {
        let plan = self.plan;
        let case = plan.case;
        for (i, source) in case.sources.iter().enumerate() {
            if let (Some(e), SourceKind::MassFlow(_) | SourceKind::HeatAndFlow(..)) =
                (at(plan.source_edge[i]), source.kind)
            {
                running.flow[e] = self.values.sources[i].flow;
            }
        }
        for (i, valve) in case.valves.iter().enumerate() {
            if let (Some(e), ValveKind::FlowControl(m)) = (at(plan.valve_edge[i]), &valve.kind) {
                running.flow[e] = m.si();
            }
        }
        running.outside = vec![0.0; case.nodes.len()];
        for taking in &case.takings {
            if !plan.is_cut_off[taking.node] {
                running.outside[taking.node] += taking.mass_flow.si();
            }
        }
        running.temperatures.surround(plan, self.values);
        running.iterations = 0;
        running.is_converged = false;
        running.error = f64::INFINITY;
    }

    fn rounds(&self, running: &mut Running, is_patient: bool) -> bool {
        let mut work = HydraulicWork::default();
        let mut mixer = Anderson::new(DEPTH);
        let mut newton = Newton::default();
        let mut pace = Pace::new(is_patient);
        let rounds = self.options.max_iterations * if is_patient { 4 } else { 1 };
        for _ in 0..rounds {
            running.iterations += 1;
            let before = self.gather(running);
            let solved = self.hydraulics(running, &mut work);
            let warmed = self.temperatures(running);
            self.properties(running, false);
            let mut step = self.feedback(running, &before, &mut newton);
            let asked = self.error_of(&before, &step);
            running.error = asked.max(solved).max(warmed);
            if running.error <= self.options.tolerance {
                running.is_converged = true;
                return true;
            }
            pace.heed(running.error);
            if pace.share < 1.0 {
                mixer.restart();
                for s in &mut step {
                    *s *= pace.share;
                }
            } else {
                // heads go their own way: what the kernel knows of them mixing would spoil
                let mixed = running.flow.len() - self.plan.link_count() + running.difference.len();
                mixer.mix(&before[..mixed], &mut step[..mixed]);
            }
            self.scatter(running, &before, &step);
        }
        false
    }

    /// Solves the hydraulics with the flows imposed; returns the relative change of flows.
    fn hydraulics(&self, running: &mut Running, work: &mut HydraulicWork) -> f64 {
        let plan = self.plan;
        let links = plan.link_count();
        self.balance(running);
        let drive = Drive {
            density: &running.density,
            viscosity: &running.viscosity,
            head: &running.head,
            swing: &running.swing,
            taken: &running.taken,
            given_pressure: &running.given,
            held_pressure: &plan.held_pressure,
        };
        let is_first = running.hydraulic.mass_flow.len() != links
            || running.hydraulic.pressure.len() != plan.case.nodes.len();
        if is_first {
            running.hydraulic = plan.hydraulics.start(&drive);
        }
        work.yielding.clear();
        if plan.has_heights {
            work.yielding.extend_from_slice(&running.yielding);
        }
        let tolerance = (0.01 * running.error).clamp(1e-13, 1e-4);
        let outcome = plan
            .hydraulics
            .solve(&drive, &mut running.hydraulic, work, tolerance, 80);
        let mut change = 0.0_f64;
        let mut largest = 1e-9_f64;
        for (flow, now) in running.flow.iter_mut().zip(&running.hydraulic.mass_flow) {
            change = change.max((*flow - now).abs());
            largest = largest.max(now.abs());
            *flow = *now;
        }
        self.slack(running);
        if !outcome.is_converged {
            return outcome.last_step.max(1e-3);
        }
        change / largest
    }

    /// Flows out of the network at nodes, and pressures given.
    fn balance(&self, running: &mut Running) {
        let plan = self.plan;
        running.taken.copy_from_slice(&running.outside);
        for (e, edge) in plan.edges.iter().enumerate().skip(plan.link_count()) {
            if self.is_slack(edge.kind) {
                continue;
            }
            running.taken[edge.from] += running.flow[e];
            running.taken[edge.to] -= running.flow[e];
        }
        for (i, source) in plan.case.sources.iter().enumerate() {
            let values = &self.values.sources[i];
            let difference = match source.kind {
                SourceKind::Pressure { .. } => values.difference,
                SourceKind::WorstPoint { .. } => running.difference[i],
                _ => continue,
            };
            running.given[source.supply_node] = values.pressure;
            running.given[source.return_node] = values.pressure - difference;
        }
        for fixed in &plan.case.pressures {
            if let Some(p) = fixed.pressure {
                running.given[fixed.node] = p.si();
            }
        }
    }

    fn is_slack(&self, kind: EdgeKind) -> bool {
        let EdgeKind::Source(i) = kind else {
            return false;
        };
        matches!(
            self.plan.case.sources[i].kind,
            SourceKind::Pressure { .. } | SourceKind::WorstPoint { .. }
        )
    }

    /// What sources that hold a pressure give, and what enters where a pressure is given.
    fn slack(&self, running: &mut Running) {
        let plan = self.plan;
        let mut leaving = running.taken.clone();
        for (edge, m) in plan.edges.iter().zip(&running.hydraulic.mass_flow) {
            leaving[edge.from] += m;
            leaving[edge.to] -= m;
        }
        for (e, edge) in plan.edges.iter().enumerate().skip(plan.link_count()) {
            if self.is_slack(edge.kind) {
                running.flow[e] = leaving[edge.to];
            }
        }
        self.entries(running, &leaving);
    }

    /// Water from outside: given at nodes, or through elements that give a pressure.
    fn entries(&self, running: &mut Running, leaving: &[f64]) {
        let case = self.plan.case;
        running.entries.clear();
        if case.pressures.is_empty() && case.takings.is_empty() {
            return;
        }
        running.entries.resize(case.nodes.len(), Entry::default());
        let mut add = |node: usize, flow: f64, temperature: f64| {
            if flow > STILL {
                let entry = &mut running.entries[node];
                let total = entry.flow + flow;
                entry.temperature = (entry.temperature * entry.flow + temperature * flow) / total;
                entry.flow = total;
            }
        };
        for fixed in &case.pressures {
            if fixed.pressure.is_some() {
                let t = fixed
                    .temperature
                    .map_or(self.values.ambient, Temperature::si);
                add(fixed.node, leaving[fixed.node], t);
            }
        }
        for taking in &case.takings {
            let t = taking
                .temperature
                .map_or(running.temperatures.node[taking.node], Temperature::si);
            if !self.plan.is_cut_off[taking.node] {
                add(taking.node, -taking.mass_flow.si(), t);
            }
        }
    }

    /// Sweeps the temperatures; returns the largest relative change at a node.
    fn temperatures(&self, running: &mut Running) -> f64 {
        let before = running.temperatures.node.clone();
        let sweep = self.sweep(&running.flow, &running.entries);
        running.temperatures.sweep(&sweep);
        before
            .iter()
            .zip(&running.temperatures.node)
            .fold(0.0_f64, |worst, (a, b)| worst.max((a - b).abs()))
            / 100.0
    }

    /// Density, viscosity and weight of the water in links.
    fn properties(&self, running: &mut Running, is_start: bool) {
        let plan = self.plan;
        let t = &running.temperatures;
        let fluid = &plan.fluid;
        let node_density: Vec<f64> = t.node.iter().map(|t| fluid.density(*t)).collect();
        for (e, edge) in plan.edges.iter().enumerate().take(plan.link_count()) {
            let m = running.flow[e];
            let (up, down) = if m < 0.0 {
                (edge.to, edge.from)
            } else {
                (edge.from, edge.to)
            };
            let outlet = if is_start { t.node[down] } else { t.outlet[e] };
            let at_outlet = fluid.density(outlet);
            let density = 0.5 * (node_density[up] + at_outlet);
            running.density[e] = density;
            running.viscosity[e] = fluid.viscosity(0.5 * (t.node[up] + outlet));
            let fall = plan.fall[e];
            let (mut weight, mut swing) = (density * fall, 0.0);
            if fall.abs() > 0.0 && m.abs() < 100.0 * super::hydraulics::TURN_KG_S {
                // nearly still: the density depends on the direction, see `Drive::swing`
                let other = 0.5 * (node_density[down] + at_outlet);
                let ahead = if m < 0.0 { other } else { density };
                let back = if m < 0.0 { density } else { other };
                let turned = (m / super::hydraulics::TURN_KG_S).clamp(-1.0, 1.0);
                weight = 0.5 * (ahead + back) * fall;
                swing = 0.5 * (ahead - back) * fall;
                if swing > 0.0 {
                    weight += swing * turned;
                    swing = 0.0;
                }
            }
            running.yielding[e] = (0.0, m);
            if fall.abs() > 0.0 && !is_start {
                // more flow is warmer, and so lighter: where that slows it, the solve must know
                let warming = 0.5 * (t.chain[up] + t.outlet_chain[e]);
                let by_warming = fluid.density(outlet + 0.5) - fluid.density(outlet - 0.5);
                let growth = by_warming * warming * fall * if m < 0.0 { -1.0 } else { 1.0 };
                running.yielding[e].0 = (-growth).max(0.0);
            }
            running.head[e] = weight + plan.air_head[e];
            running.swing[e] = swing;
        }
    }

    /// Flow of a source that gives heat at its own temperature.
    fn flow_for_heat(&self, running: &Running, i: usize) -> Option<f64> {
        let plan = self.plan;
        let source = &plan.case.sources[i];
        at(plan.source_edge[i])?;
        let SourceKind::Heat(_) = source.kind else {
            return None;
        };
        let values = &self.values.sources[i];
        let taken = running.temperatures.node[source.return_node];
        let least = self.options.least_cooling_k * plan.fluid.specific_heat(taken);
        let warming = plan.fluid.heat_between(values.temperature, taken);
        Some(values.heat / warming.max(least))
    }

    /// What is fed back from round to round, scaled.
    fn gather(&self, running: &Running) -> Vec<f64> {
        let plan = self.plan;
        let mut x: Vec<f64> = running.flow[plan.link_count()..].to_vec();
        x.extend(running.difference.iter().map(|d| d / HEAD_SCALE));
        if plan.has_heights {
            x.extend(running.head.iter().map(|h| h / HEAD_SCALE));
        }
        x
    }

    /// How the fed-back numbers would change after this round.
    ///
    /// Heads have been renewed already; the others are worked out here.
    fn feedback(&self, running: &Running, before: &[f64], newton: &mut Newton) -> Vec<f64> {
        let plan = self.plan;
        let links = plan.link_count();
        let mut after = before.to_vec();
        let sweep = self.sweep(&running.flow, &running.entries);
        let warming = newton.warming(&sweep, &running.temperatures);
        for (e, edge) in plan.edges.iter().enumerate().skip(links) {
            after[e - links] = match edge.kind {
                EdgeKind::Consumer(i) => sweep.consumer(i).next_flow(
                    running.temperatures.node[edge.from],
                    running.flow[e],
                    warming[edge.from],
                ),
                EdgeKind::Source(i) => match self.flow_for_heat(running, i) {
                    Some(flow) => flow,
                    None => before[e - links],
                },
                _ => before[e - links],
            };
        }
        let others = plan.edges.len() - links;
        let worst = self.worst_difference(running);
        for (i, source) in plan.case.sources.iter().enumerate() {
            if let (SourceKind::WorstPoint { .. }, Some(worst)) = (source.kind, worst) {
                let missing = self.values.sources[i].difference - worst;
                after[others + i] += missing / HEAD_SCALE;
            }
        }
        if plan.has_heights {
            let heads = others + running.difference.len();
            for (slot, head) in after[heads..].iter_mut().zip(&running.head) {
                *slot = head / HEAD_SCALE;
            }
        }
        after.iter_mut().zip(before).for_each(|(a, b)| *a -= b);
        after
    }

    /// Smallest pressure difference at a consumer, Pa.
    pub(super) fn worst_difference(&self, running: &Running) -> Option<f64> {
        let plan = self.plan;
        plan.case
            .consumers
            .iter()
            .filter(|c| plan.is_running(c.supply_node, c.return_node))
            .map(|c| {
                running.hydraulic.pressure[c.supply_node]
                    - running.hydraulic.pressure[c.return_node]
            })
            .min_by(f64::total_cmp)
    }

    fn error_of(&self, before: &[f64], step: &[f64]) -> f64 {
        let others = self.plan.edges.len() - self.plan.link_count();
        let mean = before[..others].iter().map(|m| m.abs()).sum::<f64>() / others.max(1) as f64;
        let flows = before[..others]
            .iter()
            .zip(step)
            .map(|(m, by)| by.abs() / m.abs().max(1e-3 * mean).max(1e-9))
            .fold(0.0_f64, f64::max);
        let heads = step[others..]
            .iter()
            .fold(0.0_f64, |worst, by| worst.max(by.abs()));
        flows.max(heads * HEAD_SCALE / 1e5)
    }

    fn scatter(&self, running: &mut Running, before: &[f64], step: &[f64]) {
        let plan = self.plan;
        let links = plan.link_count();
        let others = plan.edges.len() - links;
        for (e, edge) in plan.edges.iter().enumerate().skip(links) {
            let (old, by) = (before[e - links], step[e - links]);
            running.flow[e] = match edge.kind {
                EdgeKind::Consumer(i) => {
                    let least = plan.case.consumers[i].min_mass_flow.si();
                    stepped(old, by).max(if old < 0.0 { old } else { least })
                }
                EdgeKind::Source(_) if !self.is_slack(edge.kind) => stepped(old, by),
                _ => running.flow[e],
            };
        }
        for (i, slot) in running.difference.iter_mut().enumerate() {
            *slot = HEAD_SCALE * (before[others + i] + step[others + i]);
        }
        if plan.has_heights {
            let from = others + running.difference.len();
            for (k, slot) in running.head.iter_mut().enumerate() {
                *slot = HEAD_SCALE * (before[from + k] + step[from + k]);
            }
        }
    }
}

/// A flow after its step: the mixing may not turn it round.
fn stepped(old: f64, by: f64) -> f64 {
    if old > 0.0 {
        (old + by).max(0.1 * old)
    } else {
        old + by
    }
}

/// How long steps are: shortened while they do not get nearer.
struct Pace {
    share: f64,
    longest: f64,
    best: f64,
    idle: u32,
}

impl Pace {
    const fn new(is_patient: bool) -> Self {
        let longest = if is_patient { 0.2 } else { 1.0 };
        Self {
            share: longest,
            longest,
            best: f64::INFINITY,
            idle: 0,
        }
    }

    fn heed(&mut self, error: f64) {
        if error < 0.9 * self.best {
            self.best = error;
            self.idle = 0;
            self.share = (1.1 * self.share).min(self.longest);
            return;
        }
        self.idle += 1;
        if self.idle >= 8 {
            self.share = (0.5 * self.share).max(0.03);
            self.best = error;
            self.idle = 0;
        }
    }
}
