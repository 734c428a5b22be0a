//! A case made ready: links with pressure laws, edges that carry heat, parts without pressure.

use super::control::{Control, ControlKind};
use super::fluid_law::FluidLaw;
use super::hydraulics::Hydraulics;
use super::link::{GRAVITY, Link, LinkLaw, PipeLaw, fitting, fitting_scale};
use hukka_model::network_case::{
    AirPressure, CasePump, CaseValve, ConsumerMode, NetworkCase, PumpKind, SourceKind, ValveKind,
};

/// Air pressure at height 0, Pa.
const AIR_PA: f64 = 101_325.0;
const NOWHERE: usize = usize::MAX;

/// What an edge is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EdgeKind {
    Pipe(usize),
    /// Valve or pump: water passes as it is.
    Passive,
    Consumer(usize),
    Source(usize),
}

/// A way water goes from node to node; flow is positive from `from` to `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) kind: EdgeKind,
}

/// A case made ready. The first edges are the links of the hydraulics, in their order; the others
/// carry flows that are imposed or follow from a balance.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    pub(super) case: &'a NetworkCase,
    pub(super) fluid: FluidLaw,
    pub(super) hydraulics: Hydraulics,
    pub(super) edges: Vec<Edge>,
    /// Edges at each node: `near[near_start[node]..near_start[node + 1]]`.
    pub(super) near: Vec<u32>,
    pub(super) near_start: Vec<u32>,
    pub(super) pipe_edge: Vec<usize>,
    pub(super) valve_edge: Vec<usize>,
    pub(super) pump_edge: Vec<usize>,
    pub(super) consumer_edge: Vec<usize>,
    pub(super) source_edge: Vec<usize>,
    /// Head of links from air pressure alone, Pa, and height of fall times g.
    pub(super) air_head: Vec<f64>,
    pub(super) fall: Vec<f64>,
    pub(super) has_heights: bool,
    /// Some pipe feels another in its trench.
    pub(super) has_neighbours: bool,
    pub(super) is_cut_off: Vec<bool>,
    /// Temperature forced on a node; empty if on none.
    pub(super) forced_temperature: Vec<Option<f64>>,
    pub(super) held_pressure: Vec<f64>,
}

/// Index if there is one.
pub(super) fn at(index: usize) -> Option<usize> {
    (index != NOWHERE).then_some(index)
}

impl<'a> Plan<'a> {
    pub(super) fn new(case: &'a NetworkCase, fluid: FluidLaw) -> Self {
        let mut draft = Draft::new(case);
        draft.pipes();
        draft.valves();
        draft.pumps();
        draft.throttling_consumers();
        draft.lifting_sources();
        let (is_cut_off, is_given) = draft.parts();
        draft.imposed(&is_cut_off);
        let links = core::mem::take(&mut draft.links);
        let air = |node: usize| match case.air {
            AirPressure::Same => AIR_PA,
            AirPressure::ByHeight => {
                let height = case.nodes[node].height.si();
                AIR_PA * (1.0 - 0.0065 * height / 288.15).max(0.0).powf(5.255)
            }
        };
        let air_head = links.iter().map(|l| air(l.from) - air(l.to)).collect();
        let fall: Vec<f64> = links
            .iter()
            .map(|l| GRAVITY * (case.nodes[l.from].height.si() - case.nodes[l.to].height.si()))
            .collect();
        let (near_start, near) = neighbourhood(case.nodes.len(), &draft.edges);
        let mut forced_temperature = Vec::new();
        for fixed in &case.pressures {
            if let (None, Some(t)) = (fixed.pressure, fixed.temperature) {
                forced_temperature.resize(case.nodes.len(), None);
                forced_temperature[fixed.node] = Some(t.si());
            }
        }
        Self {
            case,
            fluid,
            hydraulics: Hydraulics::new(links, &is_given, draft.controls),
            edges: draft.edges,
            near,
            near_start,
            pipe_edge: draft.pipe_edge,
            valve_edge: draft.valve_edge,
            pump_edge: draft.pump_edge,
            consumer_edge: draft.consumer_edge,
            source_edge: draft.source_edge,
            air_head,
            has_neighbours: case.pipes.iter().any(|p| p.neighbour.is_some()),
            has_heights: fall.iter().any(|f| f.abs() > 0.0),
            fall,
            is_cut_off,
            forced_temperature,
            held_pressure: draft.held_pressure,
        }
    }

    /// Number of edges that are links.
    pub(super) fn link_count(&self) -> usize {
        self.hydraulics.links().len()
    }

    /// Edges at a node.
    #[inline]
    pub(super) fn near(&self, node: usize) -> &[u32] {
        &self.near[self.near_start[node] as usize..self.near_start[node + 1] as usize]
    }

    /// Air pressure at a node, Pa.
    pub(super) fn air_pressure(&self, node: usize) -> f64 {
        match self.case.air {
            AirPressure::Same => AIR_PA,
            AirPressure::ByHeight => {
                let height = self.case.nodes[node].height.si();
                AIR_PA * (1.0 - 0.0065 * height / 288.15).max(0.0).powf(5.255)
            }
        }
    }

    /// Whether an element is in the network at all.
    pub(super) fn is_running(&self, from: usize, to: usize) -> bool {
        !self.is_cut_off[from] && !self.is_cut_off[to]
    }
}

/// Whether the consumer's flow follows from the pressures at its ends.
pub(super) fn throttles_itself(
    consumer: &hukka_model::network_case::CaseConsumer,
) -> Option<(f64, f64)> {
    let (bore, loss) = consumer.resistance?;
    let is_free = consumer.mode == ConsumerMode::HeatFlow && consumer.mass_flow.is_none();
    is_free.then_some((bore.si(), loss))
}

struct Draft<'a> {
    case: &'a NetworkCase,
    links: Vec<Link>,
    edges: Vec<Edge>,
    controls: Vec<Control>,
    held_pressure: Vec<f64>,
    pipe_edge: Vec<usize>,
    valve_edge: Vec<usize>,
    pump_edge: Vec<usize>,
    consumer_edge: Vec<usize>,
    source_edge: Vec<usize>,
}

impl<'a> Draft<'a> {
    fn new(case: &'a NetworkCase) -> Self {
        Self {
            case,
            links: Vec::new(),
            edges: Vec::new(),
            controls: Vec::new(),
            held_pressure: Vec::new(),
            pipe_edge: vec![NOWHERE; case.pipes.len()],
            valve_edge: vec![NOWHERE; case.valves.len()],
            pump_edge: vec![NOWHERE; case.pumps.len()],
            consumer_edge: vec![NOWHERE; case.consumers.len()],
            source_edge: vec![NOWHERE; case.sources.len()],
        }
    }

    fn link(&mut self, from: usize, to: usize, law: LinkLaw, kind: EdgeKind) -> usize {
        self.links.push(Link {
            from,
            to,
            law,
            is_non_return: false,
        });
        self.edges.push(Edge { from, to, kind });
        self.edges.len() - 1
    }

    fn pipes(&mut self) {
        let case = self.case;
        for (i, pipe) in case.pipes.iter().enumerate() {
            if pipe.is_closed {
                continue;
            }
            let sizes = (
                pipe.length.si(),
                pipe.inner_diameter.si(),
                pipe.roughness.si(),
            );
            let law = PipeLaw::new(case.friction, sizes, pipe.minor_loss, pipe.hazen_williams);
            let edge = self.link(pipe.from, pipe.to, LinkLaw::Pipe(law), EdgeKind::Pipe(i));
            self.links[edge].is_non_return = pipe.is_non_return;
            self.pipe_edge[i] = edge;
        }
    }

    fn valves(&mut self) {
        let case = self.case;
        for (i, valve) in case.valves.iter().enumerate() {
            if let Some((law, is_non_return)) = valve_law(valve, fitting_scale(case.friction)) {
                let edge = self.link(valve.from, valve.to, law, EdgeKind::Passive);
                self.links[edge].is_non_return = is_non_return;
                self.valve_edge[i] = edge;
                self.control(edge, valve);
            }
        }
    }

    fn control(&mut self, link: usize, valve: &CaseValve) {
        let (kind, node, pressure) = match valve.kind {
            ValveKind::PressureReducing(p) => (ControlKind::Reduce, valve.to, p),
            ValveKind::PressureSustaining(p) => (ControlKind::Sustain, valve.from, p),
            ValveKind::PressureControl { node, pressure } => (ControlKind::Hold, node, pressure),
            _ => return,
        };
        self.controls.push(Control { link, node, kind });
        self.held_pressure.push(pressure.si());
    }

    fn pumps(&mut self) {
        let case = self.case;
        for (i, pump) in case.pumps.iter().enumerate() {
            if runs(pump) {
                let law = LinkLaw::Pump {
                    kind: pump.kind.clone(),
                    speed: pump.speed,
                    curve_density: pump.curve_density,
                };
                self.pump_edge[i] = self.link(pump.from, pump.to, law, EdgeKind::Passive);
            }
        }
    }

    fn throttling_consumers(&mut self) {
        let case = self.case;
        for (i, consumer) in case.consumers.iter().enumerate() {
            if let Some((bore, loss)) = throttles_itself(consumer) {
                let law = LinkLaw::Fitting(fitting(loss, bore));
                self.consumer_edge[i] = self.link(
                    consumer.supply_node,
                    consumer.return_node,
                    law,
                    EdgeKind::Consumer(i),
                );
            }
        }
    }

    fn lifting_sources(&mut self) {
        let case = self.case;
        for (i, source) in case.sources.iter().enumerate() {
            if let SourceKind::ReturnLift(_) = source.kind {
                self.source_edge[i] = self.link(
                    source.return_node,
                    source.supply_node,
                    LinkLaw::Fitting(0.0),
                    EdgeKind::Source(i),
                );
            }
        }
    }

    /// Nodes cut off from every given pressure, and nodes whose pressure is taken as given.
    fn parts(&self) -> (Vec<bool>, Vec<bool>) {
        let n = self.case.nodes.len();
        let mut is_given = vec![false; n];
        for source in &self.case.sources {
            if matches!(
                source.kind,
                SourceKind::Pressure { .. } | SourceKind::WorstPoint { .. }
            ) {
                is_given[source.supply_node] = true;
                is_given[source.return_node] = true;
            }
        }
        for fixed in &self.case.pressures {
            is_given[fixed.node] |= fixed.pressure.is_some();
        }
        let mut head: Vec<usize> = (0..n).collect();
        for link in &self.links {
            let (a, b) = (root(&mut head, link.from), root(&mut head, link.to));
            head[a.max(b)] = a.min(b);
        }
        let part: Vec<usize> = (0..n).map(|node| root(&mut head, node)).collect();
        let mut has_pressure = vec![false; n];
        for node in 0..n {
            has_pressure[part[node]] |= is_given[node];
        }
        for node in 0..n {
            // the first node of a part without pressure stands in for it
            is_given[node] |= part[node] == node && !has_pressure[node];
        }
        let is_cut_off = part.iter().map(|part| !has_pressure[*part]).collect();
        (is_cut_off, is_given)
    }

    /// Edges whose flow does not follow from pressures.
    fn imposed(&mut self, is_cut_off: &[bool]) {
        let case = self.case;
        let runs = |a: usize, b: usize| !is_cut_off[a] && !is_cut_off[b];
        for (i, valve) in case.valves.iter().enumerate() {
            if matches!(valve.kind, ValveKind::FlowControl(_)) && runs(valve.from, valve.to) {
                self.valve_edge[i] = self.edge(valve.from, valve.to, EdgeKind::Passive);
            }
        }
        for (i, consumer) in case.consumers.iter().enumerate() {
            let (from, to) = (consumer.supply_node, consumer.return_node);
            if self.consumer_edge[i] == NOWHERE && runs(from, to) {
                self.consumer_edge[i] = self.edge(from, to, EdgeKind::Consumer(i));
            }
        }
        for (i, source) in case.sources.iter().enumerate() {
            let (from, to) = (source.return_node, source.supply_node);
            if self.source_edge[i] == NOWHERE && runs(from, to) {
                self.source_edge[i] = self.edge(from, to, EdgeKind::Source(i));
            }
        }
    }

    fn edge(&mut self, from: usize, to: usize, kind: EdgeKind) -> usize {
        self.edges.push(Edge { from, to, kind });
        self.edges.len() - 1
    }
}

fn runs(pump: &CasePump) -> bool {
    let is_still = pump.is_off || pump.speed <= 0.0;
    let is_empty = matches!(&pump.kind, PumpKind::Curve(points) if points.is_empty());
    !is_still && !is_empty
}

/// Law of a valve that stands in the way of the water; `None` if shut or of imposed flow.
///
/// `scale` is what a loss coefficient counts under the case's friction law.
fn valve_law(valve: &CaseValve, scale: f64) -> Option<(LinkLaw, bool)> {
    let open = fitting(scale * valve.minor_loss, valve.diameter.si());
    let law = match &valve.kind {
        ValveKind::Closed | ValveKind::FlowControl(_) => return None,
        ValveKind::NonReturn => return Some((LinkLaw::Fitting(open), true)),
        ValveKind::Throttle(loss) => LinkLaw::Fitting(fitting(scale * loss, valve.diameter.si())),
        ValveKind::PressureBreaker(drop) => LinkLaw::Breaker {
            drop: drop.si(),
            fitting: open,
        },
        ValveKind::FlowLimit(limit) => LinkLaw::FlowLimit {
            limit: limit.si(),
            fitting: open,
        },
        ValveKind::Curve(points) => LinkLaw::Curve(points.clone()),
        ValveKind::Open
        | ValveKind::PressureReducing(_)
        | ValveKind::PressureSustaining(_)
        | ValveKind::PressureControl { .. } => LinkLaw::Fitting(open),
    };
    Some((law, false))
}

fn root(head: &mut [usize], mut node: usize) -> usize {
    while head[node] != node {
        head[node] = head[head[node]];
        node = head[node];
    }
    node
}

fn neighbourhood(nodes: usize, edges: &[Edge]) -> (Vec<u32>, Vec<u32>) {
    let mut start = vec![0_u32; nodes + 1];
    for edge in edges {
        start[edge.from + 1] += 1;
        start[edge.to + 1] += 1;
    }
    for node in 0..nodes {
        start[node + 1] += start[node];
    }
    let mut next = start.clone();
    let mut near = vec![0_u32; 2 * edges.len()];
    for (index, edge) in edges.iter().enumerate() {
        for node in [edge.from, edge.to] {
            near[next[node] as usize] = index as u32;
            next[node] += 1;
        }
    }
    (start, near)
}
