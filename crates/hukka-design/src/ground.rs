//! Where pipes may lie: streets and pipes as one graph, with consumers and sites hooked on.

mod hook;
mod index;
mod sites;
mod town;

use crate::findings::Findings;
use crate::geometry::{self, Point, point};
use crate::lines::{Components, Line, LineGraph, Meeting};
use hook::{Foot, Splitter};
use hukka_model::{HeatDemand, Study, TrenchKind, UnconnectedReason};
use index::LineIndex;
pub(crate) use town::{has_plant, stands_in_town};

/// Factor from straight distance to pipe length where no street is followed.
pub(crate) const DETOUR: f64 = 1.2;
/// Sites nearer than this to a line stand on it, metres.
const ON_LINE: f64 = 5.0;
/// Streets nearer than this to an existing pipe are joined to it, metres.
const STREET_TO_PIPE: f64 = 20.0;

/// A possible (or existing) trench.
#[derive(Debug, Clone)]
pub(crate) struct GroundEdge {
    pub(crate) a: usize,
    pub(crate) b: usize,
    pub(crate) length: f64,
    pub(crate) path: Vec<Point>,
    pub(crate) kind: TrenchKind,
    pub(crate) cost_factor: f64,
    /// Index into `study.existing_pipes`.
    pub(crate) existing: Option<usize>,
    /// Its length is [`DETOUR`] times the straight line.
    pub(crate) is_estimated: bool,
}

/// What lies there for a consumer before anything is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Laid {
    /// Nothing.
    Nothing,
    /// A pipe in the ground ends at the building.
    ServicePipe,
    /// Its own network, with the plant in its midst.
    Town,
}

/// How a consumer would be reached.
#[derive(Debug, Clone)]
pub(crate) struct Hook {
    /// Node of the graph.
    pub(crate) node: usize,
    /// Length of the pipe from there, metres.
    pub(crate) length: f64,
    /// Where that pipe ends.
    pub(crate) end: Point,
    /// Service pipe, or transmission for a whole quarter.
    pub(crate) kind: TrenchKind,
    /// What lies there already.
    pub(crate) laid: Laid,
    /// Its length is [`DETOUR`] times the straight line.
    pub(crate) is_estimated: bool,
}

/// Whether the study wants a consumer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wish {
    /// As the design finds best.
    Free,
    /// Must be connected.
    Must,
    /// Left out.
    Out(UnconnectedReason),
}

/// Streets, pipes, sites and hooks.
#[derive(Debug, Clone)]
pub(crate) struct Ground {
    pub(crate) nodes: Vec<Point>,
    pub(crate) edges: Vec<GroundEdge>,
    /// Node of the energy centre.
    pub(crate) root: usize,
    /// Node of every data centre.
    pub(crate) data_centres: Vec<usize>,
    /// How each consumer would be reached, or why not.
    pub(crate) hooks: Vec<Result<Hook, UnconnectedReason>>,
}

/// What the study wants with each consumer, before any geometry.
pub(crate) fn wishes(study: &Study, demand: &HeatDemand) -> Vec<Wish> {
    let is_supplied = stands_in_town(study, demand);
    demand
        .consumers
        .iter()
        .map(|consumer| {
            let wanted = consumer
                .building
                .and_then(|b| study.buildings[b].is_connected);
            let annual = consumer.annual();
            let is_small = consumer.building.is_some() && annual < study.design.min_annual_heat;
            match wanted {
                Some(false) => Wish::Out(UnconnectedReason::NotWilling),
                _ if annual.si() <= 0.0 => Wish::Out(UnconnectedReason::TooSmall),
                Some(true) => Wish::Must,
                None if is_supplied => Wish::Must,
                None if is_small => Wish::Out(UnconnectedReason::TooSmall),
                None => Wish::Free,
            }
        })
        .collect()
}

/// Lays streets and pipes out as one graph and hooks consumers and sites on.
pub(crate) fn lay(
    study: &Study,
    demand: &HeatDemand,
    wishes: &[Wish],
    findings: &mut Findings,
) -> Ground {
    let ways = Ways::of(study, findings);
    let feet: Vec<Result<Foot, UnconnectedReason>> = (0..demand.consumers.len())
        .map(|c| hook::foot_of(study, demand, c, (wishes[c], &ways), findings))
        .collect();
    let main = main_component(demand, &ways, &feet);
    ways.report_parts(main, findings);
    let mut splitter = Splitter::new(&ways);
    let asked: Vec<Result<hook::Asked, UnconnectedReason>> = feet
        .into_iter()
        .map(|foot| foot.and_then(|foot| splitter.ask(&ways, foot, main)))
        .collect();
    let sites = sites::place(
        study,
        demand,
        wishes,
        (&ways, main),
        &mut splitter,
        findings,
    );
    let mut split = splitter.split(&ways);
    sites::build(sites, &mut split);
    let hooks = hook::build(study, demand, asked, &split);
    Ground {
        hooks,
        ..split.ground
    }
}

/// The part with the most heat hooked on: its lowest node. `None` when nobody is.
fn main_component(
    demand: &HeatDemand,
    ways: &Ways,
    feet: &[Result<Foot, UnconnectedReason>],
) -> Option<usize> {
    let mut heat = vec![0.0; ways.nodes.len()];
    for (consumer, foot) in demand.consumers.iter().zip(feet) {
        if let Ok(Foot::OnLine { edge, .. }) = foot {
            heat[ways.part[ways.edges[*edge].a]] += consumer.annual().si();
        }
    }
    (0..heat.len())
        .filter(|&n| heat[n] > 0.0)
        .max_by(|&x, &y| heat[x].total_cmp(&heat[y]).then(y.cmp(&x)))
}

/// Streets and pipes before anything hangs on them.
#[derive(Debug)]
pub(crate) struct Ways {
    nodes: Vec<Point>,
    edges: Vec<GroundEdge>,
    /// Lowest node of the part every node belongs to.
    part: Vec<usize>,
    pipes: LineIndex,
    streets: LineIndex,
    /// Street nodes to be joined to a pipe: node, foot on the pipe.
    links: Vec<(usize, index::Nearest)>,
}

impl Ways {
    fn of(study: &Study, findings: &mut Findings) -> Self {
        let pipes = pipe_graph(study);
        let streets = street_graph(study);
        findings.duplicates(&streets);
        let offset = pipes.nodes.len();
        let mut nodes = pipes.nodes;
        nodes.extend(&streets.nodes);
        let mut edges: Vec<GroundEdge> = Vec::new();
        for edge in pipes.edges {
            edges.push(GroundEdge {
                a: edge.a,
                b: edge.b,
                length: edge.length,
                path: edge.path,
                kind: TrenchKind::Street,
                cost_factor: edge.cost_factor,
                existing: Some(edge.origin),
                is_estimated: false,
            });
        }
        let pipe_edges = edges.len();
        for edge in streets.edges {
            edges.push(GroundEdge {
                a: edge.a + offset,
                b: edge.b + offset,
                length: edge.length,
                path: edge.path,
                kind: TrenchKind::Street,
                cost_factor: edge.cost_factor,
                existing: None,
                is_estimated: false,
            });
        }
        let pipes = LineIndex::new(&edges, 0..pipe_edges);
        let streets = LineIndex::new(&edges, pipe_edges..edges.len());
        let mut components = Components::new(nodes.len());
        for edge in &edges {
            components.join(edge.a, edge.b);
        }
        let mut links = Vec::new();
        for (node, &at) in nodes.iter().enumerate().skip(offset) {
            if let Some(near) = pipes
                .nearest(at)
                .filter(|near| near.distance <= STREET_TO_PIPE)
            {
                components.join(edges[near.edge].a, node);
                links.push((node, near));
            }
        }
        let part = (0..nodes.len()).map(|n| components.root(n)).collect();
        Self {
            nodes,
            edges,
            part,
            pipes,
            streets,
            links,
        }
    }

    /// Whether pipes lie in the ground.
    fn has_pipes(&self) -> bool {
        !self.pipes.is_empty()
    }

    /// Whether there is any line at all.
    fn is_empty(&self) -> bool {
        self.edges.is_empty()
    }

    /// Tells how streets and pipes hang together.
    fn report_parts(&self, main: Option<usize>, findings: &mut Findings) {
        let Some(main) = main else {
            return;
        };
        let mut apart = vec![0.0; self.nodes.len()];
        let (mut streets, mut pipes) = (0.0, 0.0);
        for edge in &self.edges {
            let part = self.part[edge.a];
            if part != main {
                apart[part] += edge.length;
                if edge.existing.is_some() {
                    pipes += edge.length;
                } else {
                    streets += edge.length;
                }
            }
        }
        let parts = apart.iter().filter(|length| **length > 0.0).count();
        findings.apart(parts, streets, pipes);
    }
}

fn path_of(positions: &[hukka_model::Position]) -> Vec<Point> {
    positions.iter().map(|&p| point(p)).collect()
}

fn street_graph(study: &Study) -> LineGraph {
    let lines: Vec<Line> = study
        .streets
        .iter()
        .enumerate()
        .map(|(origin, street)| Line {
            path: path_of(&street.path),
            cost_factor: street.cost_factor.si(),
            stretch: 1.0,
            origin,
        })
        .collect();
    LineGraph::build(
        &lines,
        Meeting {
            coincidence: 0.5,
            end_on_line: 2.0,
            at_inner_corners: true,
            merges_duplicates: true,
        },
    )
}

fn pipe_graph(study: &Study) -> LineGraph {
    let lines: Vec<Line> = study
        .existing_pipes
        .iter()
        .enumerate()
        .map(|(origin, pipe)| {
            let path = path_of(&pipe.path);
            let drawn = geometry::path_length(&path);
            let stretch = match pipe.length {
                Some(length) if drawn > 0.0 => length.si() / drawn,
                _ => 1.0,
            };
            Line {
                path,
                cost_factor: 0.0,
                stretch,
                origin,
            }
        })
        .collect();
    LineGraph::build(
        &lines,
        Meeting {
            coincidence: 0.5,
            end_on_line: 0.5,
            at_inner_corners: false,
            merges_duplicates: false,
        },
    )
}
