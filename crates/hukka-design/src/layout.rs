//! The network to be built or kept: nodes from the plant outwards, links, and their sizes.

use crate::choose::Choice;
use crate::climate::Climate;
use crate::findings::Findings;
use crate::geometry::Point;
use crate::ground::Ground;
use crate::load::{Diversity, Load};
use crate::pipes::{Capacities, SERVICE_GRADIENT, index_of, loss_of};
use hukka_model::{CATALOGUE, HeatDemand, InsulationSeries, NodeKind, Study, TrenchKind};
use hukka_units::format_si;

/// A node of the network.
#[derive(Debug, Clone)]
pub(crate) struct LayoutNode {
    pub(crate) at: Point,
    pub(crate) kind: NodeKind,
    pub(crate) id: String,
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
    /// Index into `study.existing_pipes`.
    pub(crate) existing: Option<usize>,
    /// Catalogue index.
    pub(crate) size: usize,
    pub(crate) series: InsulationSeries,
    pub(crate) loss: f64,
    pub(crate) power: f64,
    pub(crate) consumers: usize,
}

/// A consumer on a node.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tap {
    pub(crate) consumer: usize,
    pub(crate) node: usize,
    /// Nothing was laid for it.
    pub(crate) is_existing: bool,
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
            let (Ok(hook), id) = (&ground.hooks[consumer], &demand.consumers[consumer].id) else {
                continue;
            };
            let Some(start) = builder.new_of[hook.node] else {
                continue;
            };
            let id = format!("consumer-{id}");
            let node = if hook.is_existing {
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
                builder
                    .links
                    .push(Link::new((start, to), hook.length, path, hook.kind));
                to
            };
            taps.push(Tap {
                consumer,
                node,
                is_existing: hook.is_existing,
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

    /// Sizes every new link for its load, losses behind it included, never thinner than what
    /// hangs on it.
    pub(crate) fn size(
        &mut self,
        study: &Study,
        loads: &[Load],
        (climate, source_power): (&Climate, &[f64]),
        findings: &mut Findings,
    ) {
        let rules = &study.network;
        let design = &climate.design;
        let street = Capacities::new(rules, design, rules.max_pressure_gradient.si());
        let service_gradient = SERVICE_GRADIENT.max(rules.max_pressure_gradient.si());
        let service = Capacities::new(rules, design, service_gradient);
        let diversity = Diversity::up_to(self.taps.len() + 1);
        let ways = self.ways_from(0);
        let behind = self.loads_behind(&ways, loads, source_power);
        let warm = 2.0 * design.above_ground().max(0.0);
        let mut lost = vec![0.0; self.links.len()];
        let mut too_much: Option<f64> = None;
        for _pass in 0..2 {
            let mut thickest = vec![0; self.nodes.len()];
            let mut lost_behind = vec![0.0; self.nodes.len()];
            for &node in ways.order.iter().rev() {
                let Some(l) = ways.before[node] else {
                    continue;
                };
                let link = &mut self.links[l];
                let up = link.from + link.to - node;
                link.power = behind[node].power(&diversity) + lost[l];
                link.consumers = behind[node].count.max(0) as usize;
                if link.existing.is_none() {
                    let is_service = link.kind == TrenchKind::Service;
                    let table = if is_service { &service } else { &street };
                    let (size, fits) = table.size(link.power);
                    if !fits {
                        too_much = Some(too_much.unwrap_or(0.0).max(link.power));
                    }
                    link.size = size.max(thickest[node]);
                    link.series = rules.series;
                    link.loss = loss_of(&CATALOGUE[link.size], link.series, rules);
                    thickest[up] = thickest[up].max(link.size);
                }
                lost[l] = lost_behind[node] + warm * link.loss * link.length;
                lost_behind[up] += lost[l];
            }
        }
        if let Some(power) = too_much {
            findings.beyond_catalogue(&format_si(power, "W"));
        }
        self.report_thin(study, &street, findings);
    }

    fn loads_behind(&self, ways: &Ways, loads: &[Load], source_power: &[f64]) -> Vec<Load> {
        let mut behind = vec![Load::default(); self.nodes.len()];
        for tap in &self.taps {
            behind[tap.node] += loads[tap.consumer];
        }
        for (&node, &source) in self.sources.iter().zip(source_power) {
            if node != 0 {
                behind[node] += Load {
                    forced: 1,
                    source,
                    ..Load::default()
                };
            }
        }
        for &node in ways.order.iter().rev() {
            if let Some(l) = ways.before[node] {
                let up = self.links[l].from + self.links[l].to - node;
                let load = behind[node];
                behind[up] += load;
            }
        }
        behind
    }

    /// Existing pipes that carry more than they can by the shortest ways.
    fn report_thin(&self, study: &Study, street: &Capacities, findings: &mut Findings) {
        let worst = self
            .links
            .iter()
            .filter_map(|link| {
                let over = link.power / street.of(link.size).max(1.0);
                link.existing.map(|pipe| (over, pipe))
            })
            .filter(|(over, _)| *over > 1.0)
            .max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)));
        if let Some((over, pipe)) = worst {
            findings.thin_pipe(&study.existing_pipes[pipe].id, over);
        }
    }

    /// Takes out junctions where one pipe simply goes on in the same size.
    pub(crate) fn simplify(&mut self) {
        let mut around = self.around();
        let mut is_gone = vec![false; self.links.len()];
        let mut is_tapped = vec![false; self.nodes.len()];
        is_tapped[0] = true;
        for tap in &self.taps {
            is_tapped[tap.node] = true;
        }
        for &node in &self.sources {
            is_tapped[node] = true;
        }
        let mut is_dropped = vec![false; self.nodes.len()];
        for node in 0..self.nodes.len() {
            let [a, b] = around[node][..] else {
                continue;
            };
            let far = |l: usize| self.links[l].from + self.links[l].to - node;
            if is_tapped[node]
                || a == b
                || far(a) == far(b)
                || !self.links[a].continues(&self.links[b])
            {
                continue;
            }
            let (start, end) = (far(a), far(b));
            let b_link = self.links[b].clone();
            self.links[a].append(node, b_link);
            is_gone[b] = true;
            is_dropped[node] = true;
            for l in &mut around[end] {
                if *l == b {
                    *l = a;
                }
            }
            debug_assert!(around[start].contains(&a), "start keeps its link");
        }
        self.compact(&is_gone, &is_dropped);
    }

    fn compact(&mut self, is_gone: &[bool], is_dropped: &[bool]) {
        let mut new_of = vec![0; self.nodes.len()];
        let mut next = 0;
        for (node, dropped) in is_dropped.iter().enumerate() {
            new_of[node] = next;
            next += usize::from(!dropped);
        }
        let mut drops = is_dropped.iter();
        self.nodes.retain(|_| drops.next() == Some(&false));
        let mut gone = is_gone.iter();
        self.links.retain(|_| gone.next() == Some(&false));
        for link in &mut self.links {
            link.from = new_of[link.from];
            link.to = new_of[link.to];
        }
        for tap in &mut self.taps {
            tap.node = new_of[tap.node];
        }
        for node in &mut self.sources {
            *node = new_of[*node];
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
            size: 0,
            series: InsulationSeries::Series2,
            loss: 0.0,
            power: 0.0,
            consumers: 0,
        }
    }

    /// Whether another link is the same pipe going on.
    fn continues(&self, other: &Self) -> bool {
        self.kind == other.kind
            && self.size == other.size
            && self.series == other.series
            && self.existing.is_some() == other.existing.is_some()
            && self.consumers == other.consumers
    }

    /// Lengthens the link by another one beyond a shared node.
    fn append(&mut self, node: usize, other: Self) {
        let far = other.from + other.to - node;
        let whole = self.length + other.length;
        if whole > 0.0 {
            self.cost_factor =
                (self.cost_factor * self.length + other.cost_factor * other.length) / whole;
        }
        self.length = whole;
        self.power = self.power.max(other.power);
        let onward = if other.from == node {
            other.path
        } else {
            crate::geometry::reversed(&other.path)
        };
        if self.to == node {
            self.path.extend(onward.into_iter().skip(1));
            self.to = far;
        } else {
            let mut path = crate::geometry::reversed(&onward);
            path.extend(self.path.iter().skip(1));
            self.path = path;
            self.from = far;
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
                link.existing = edge.existing;
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

impl Layout {
    /// Gives pipes in the ground their size, series and loss.
    pub(crate) fn describe_existing(&mut self, study: &Study) {
        for link in &mut self.links {
            if let Some(pipe) = link.existing {
                let pipe = &study.existing_pipes[pipe];
                link.size = index_of(pipe.dn);
                link.series = pipe.series;
                link.loss = loss_of(&CATALOGUE[link.size], link.series, &study.network);
            }
        }
    }
}
