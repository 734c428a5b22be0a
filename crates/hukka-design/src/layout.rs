//! The network to be built or kept: nodes from the plant outwards, links, and their sizes.

mod simplify;
mod size;

use crate::choose::Choice;
use crate::geometry::Point;
use crate::ground::{Ground, Laid, has_plant};
use hukka_model::{HeatDemand, InsulationSeries, NodeKind, Study, TrenchKind};

/// A node of the network.
#[derive(Debug, Clone)]
pub(crate) struct LayoutNode {
    pub(crate) at: Point,
    pub(crate) kind: NodeKind,
    pub(crate) id: String,
}

/// A trench that is not to be built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Existing {
    /// A pipe of the study: index into `study.existing_pipes`.
    Pipe(usize),
    /// Stands for the network of a town.
    Town,
}

/// A trench of the network.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) length: f64,
    pub(crate) path: Vec<Point>,
    pub(crate) kind: TrenchKind,
    pub(crate) cost_factor: f64,
    pub(crate) existing: Option<Existing>,
    /// Its length is worked out from the straight line.
    pub(crate) is_estimated: bool,
    /// Catalogue index.
    pub(crate) size: usize,
    pub(crate) series: InsulationSeries,
    pub(crate) loss: f64,
    /// Heat flow, watts.
    pub(crate) power: f64,
    /// Heat flow it was sized for, at the design hour's temperatures.
    pub(crate) flow_power: f64,
    pub(crate) consumers: usize,
}

/// A consumer on a node.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tap {
    pub(crate) consumer: usize,
    pub(crate) node: usize,
    /// It has a substation.
    pub(crate) has_station: bool,
}

/// The network; node 0 is the plant.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    pub(crate) nodes: Vec<LayoutNode>,
    pub(crate) links: Vec<Link>,
    pub(crate) taps: Vec<Tap>,
    /// Node of every data centre.
    pub(crate) sources: Vec<usize>,
}

impl Layout {
    /// The chosen streets, everything in the ground that hangs on them, and service pipes.
    pub(crate) fn new(
        study: &Study,
        demand: &HeatDemand,
        ground: &Ground,
        choice: &Choice,
    ) -> Self {
        let mut builder = Builder::walk(ground, choice);
        let sources: Vec<usize> = ground
            .data_centres
            .iter()
            .map(|&node| builder.new_of[node].unwrap_or(0))
            .collect();
        for (dc, &node) in study.data_centres.iter().zip(&sources) {
            if node != 0 {
                builder.nodes[node].kind = NodeKind::Source;
                builder.nodes[node].id = format!("source-{}", dc.id);
            }
        }
        let mut taps = Vec::new();
        for &consumer in &choice.connected {
            let Ok(hook) = &ground.hooks[consumer] else {
                continue;
            };
            let Some(start) = builder.new_of[hook.node] else {
                continue;
            };
            let who = &demand.consumers[consumer];
            let what = if who.building.is_some() {
                "consumer"
            } else {
                "quarter"
            };
            let id = format!("{what}-{}", who.id);
            let node = if hook.laid == Laid::ServicePipe {
                builder.nodes[start].kind = NodeKind::Consumer;
                builder.nodes[start].id = id;
                start
            } else {
                builder.nodes.push(LayoutNode {
                    at: hook.end,
                    kind: NodeKind::Consumer,
                    id,
                });
                let to = builder.nodes.len() - 1;
                let path = vec![builder.nodes[start].at, hook.end];
                let mut link = Link::new((start, to), hook.length, path, hook.kind);
                link.is_estimated = hook.is_estimated;
                link.existing = (hook.laid == Laid::Town).then_some(Existing::Town);
                builder.links.push(link);
                to
            };
            taps.push(Tap {
                consumer,
                node,
                has_station: hook.laid != Laid::Nothing
                    || (who.building.is_none() && has_plant(study)),
            });
        }
        Self {
            nodes: builder.nodes,
            links: builder.links,
            taps,
            sources,
        }
    }

    /// Links around every node.
    pub(crate) fn around(&self) -> Vec<Vec<usize>> {
        let mut around = vec![Vec::new(); self.nodes.len()];
        for (l, link) in self.links.iter().enumerate() {
            around[link.from].push(l);
            if link.to != link.from {
                around[link.to].push(l);
            }
        }
        around
    }

    /// Shortest ways from a node: nodes in order of distance, distances, and the link before each.
    pub(crate) fn ways_from(&self, start: usize) -> Ways {
        use crate::search::Reached;
        let around = self.around();
        let mut distance = vec![f64::INFINITY; self.nodes.len()];
        let mut before = vec![None; self.nodes.len()];
        let mut is_done = vec![false; self.nodes.len()];
        let mut order = Vec::new();
        let mut heap = std::collections::BinaryHeap::new();
        distance[start] = 0.0;
        heap.push(Reached {
            distance: 0.0,
            node: start,
        });
        while let Some(reached) = heap.pop() {
            if core::mem::replace(&mut is_done[reached.node], true) {
                continue;
            }
            order.push(reached.node);
            for &l in &around[reached.node] {
                let link = &self.links[l];
                let next = link.from + link.to - reached.node;
                let longer = reached.distance + link.length;
                if longer < distance[next] {
                    distance[next] = longer;
                    before[next] = Some(l);
                    heap.push(Reached {
                        distance: longer,
                        node: next,
                    });
                }
            }
        }
        Ways {
            order,
            distance,
            before,
        }
    }
}

/// Shortest ways from one node.
#[derive(Debug, Clone)]
pub(crate) struct Ways {
    pub(crate) order: Vec<usize>,
    pub(crate) distance: Vec<f64>,
    pub(crate) before: Vec<Option<usize>>,
}

impl Link {
    fn new((from, to): (usize, usize), length: f64, path: Vec<Point>, kind: TrenchKind) -> Self {
        Self {
            from,
            to,
            length,
            path,
            kind,
            cost_factor: 1.0,
            existing: None,
            is_estimated: false,
            size: 0,
            series: InsulationSeries::Series2,
            loss: 0.0,
            power: 0.0,
            flow_power: 0.0,
            consumers: 0,
        }
    }
}

struct Builder {
    nodes: Vec<LayoutNode>,
    links: Vec<Link>,
    new_of: Vec<Option<usize>>,
}

impl Builder {
    /// Numbers nodes from the plant outwards over used edges and pipes in the ground.
    fn walk(ground: &Ground, choice: &Choice) -> Self {
        let is_kept = |e: usize| choice.is_used[e] || ground.edges[e].existing.is_some();
        let mut around = vec![Vec::new(); ground.nodes.len()];
        for (e, edge) in ground.edges.iter().enumerate() {
            if is_kept(e) {
                around[edge.a].push(e);
                around[edge.b].push(e);
            }
        }
        let mut builder = Self {
            nodes: Vec::new(),
            links: Vec::new(),
            new_of: vec![None; ground.nodes.len()],
        };
        builder.add(ground, ground.root, NodeKind::Plant);
        let mut is_laid = vec![false; ground.edges.len()];
        let mut queue = std::collections::VecDeque::from([ground.root]);
        while let Some(node) = queue.pop_front() {
            for &e in &around[node] {
                if core::mem::replace(&mut is_laid[e], true) {
                    continue;
                }
                let edge = &ground.edges[e];
                let (far, path) = if edge.a == node {
                    (edge.b, edge.path.clone())
                } else {
                    (edge.a, crate::geometry::reversed(&edge.path))
                };
                if builder.new_of[far].is_none() {
                    builder.add(ground, far, NodeKind::Junction);
                    queue.push_back(far);
                }
                let (Some(from), Some(to)) = (builder.new_of[node], builder.new_of[far]) else {
                    continue;
                };
                if from == to {
                    continue;
                }
                let mut link = Link::new((from, to), edge.length, path, edge.kind);
                link.cost_factor = edge.cost_factor;
                link.existing = edge.existing.map(Existing::Pipe);
                link.is_estimated = edge.is_estimated;
                builder.links.push(link);
            }
        }
        builder
    }

    fn add(&mut self, ground: &Ground, node: usize, kind: NodeKind) {
        self.new_of[node] = Some(self.nodes.len());
        let id = if kind == NodeKind::Plant {
            "plant".to_owned()
        } else {
            format!("junction-{}", self.nodes.len())
        };
        self.nodes.push(LayoutNode {
            at: ground.nodes[node],
            kind,
            id,
        });
    }
}
