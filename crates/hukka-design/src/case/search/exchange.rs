//! Exchanging ways: a new way between two nodes of the tree replaces one edge of its cycle.

use super::LEAST_GAIN;
use super::ways::Ways;
use crate::case::forest::{Forest, Hop, pass};
use crate::case::instance::Instance;

/// A way between two members through nodes outside the tree.
#[derive(Debug)]
struct Bridge {
    /// From one member to the other.
    nodes: Vec<usize>,
    edges: Vec<usize>,
}

impl Bridge {
    fn turned(&self) -> Self {
        Self {
            nodes: self.nodes.iter().rev().copied().collect(),
            edges: self.edges.iter().rev().copied().collect(),
        }
    }
}

/// An exchange: the node at the upper end of the cut loses its way up, its part is hung from the
/// far end of the bridge.
#[derive(Debug)]
struct Exchange {
    change: f64,
    bridge: Bridge,
    /// Nodes from the near end of the bridge up to the cut.
    turned: Vec<usize>,
}

/// Exchanges until none gains; tells whether any did.
pub(crate) fn improve(instance: &Instance, forest: &mut Forest, weights: &[f64]) -> bool {
    let mut has_gained = false;
    let mut is_going = true;
    while is_going {
        is_going = false;
        let mut ways = Ways::from(instance, forest, weights);
        for edge in 0..instance.lines.len() + instance.sources.len() {
            let Some(bridge) = bridge(instance, forest, &ways, edge) else {
                continue;
            };
            if let Some(exchange) = best(instance, forest, bridge) {
                let before = forest.clone();
                apply(instance, forest, &exchange);
                if forest.value < before.value - LEAST_GAIN {
                    is_going = true;
                    has_gained = true;
                    ways = Ways::from(instance, forest, weights);
                } else {
                    *forest = before;
                }
            }
        }
    }
    has_gained
}

/// The way over an edge that is not in the tree, between two members.
fn bridge(instance: &Instance, forest: &Forest, ways: &Ways, edge: usize) -> Option<Bridge> {
    let (x, y) = ends(instance, edge);
    let is_hop = |node: usize, other: usize| {
        [forest.parent[node], ways.back[node]].contains(&Some(Hop { node: other, edge }))
    };
    if is_hop(x, y) || is_hop(y, x) || ways.base[x]? == ways.base[y]? {
        return None;
    }
    let (mut nodes, mut edges) = ways.back_from(x);
    nodes.reverse();
    edges.reverse();
    let (other_nodes, other_edges) = ways.back_from(y);
    nodes.extend(other_nodes);
    edges.push(edge);
    edges.extend(other_edges);
    Some(Bridge { nodes, edges })
}

fn ends(instance: &Instance, edge: usize) -> (usize, usize) {
    match instance.source_of(edge) {
        Some(s) => (instance.root(), instance.sources[s].node),
        None => (instance.lines[edge].a, instance.lines[edge].b),
    }
}

/// The cut on the bridge's cycle that gains most, if any gains.
fn best(instance: &Instance, forest: &Forest, bridge: Bridge) -> Option<Exchange> {
    let turned = bridge.turned();
    let here = cut(instance, forest, bridge);
    let there = cut(instance, forest, turned);
    [here, there]
        .into_iter()
        .flatten()
        .min_by(|a, b| a.change.total_cmp(&b.change))
        .filter(|exchange| exchange.change < -LEAST_GAIN)
}

/// The best cut between the near end of the bridge and the meeting of both ends' ways up.
fn cut(instance: &Instance, forest: &Forest, bridge: Bridge) -> Option<Exchange> {
    let near = forest.way_up(*bridge.nodes.first()?);
    let far = forest.way_up(*bridge.nodes.last()?);
    let common = (near.iter().rev())
        .zip(far.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let meeting = near[near.len() - common];
    let near = &near[..near.len() - common];
    let far = &far[..far.len() - common];
    let mut best: Option<(f64, usize)> = None;
    for i in 0..near.len() {
        let change = change(instance, forest, &bridge, (near, far, meeting), i);
        if best.is_none_or(|(least, _)| change < least) {
            best = Some((change, i));
        }
    }
    let (change, i) = best?;
    Some(Exchange {
        change,
        bridge,
        turned: near[..=i].to_vec(),
    })
}

/// Change of value when the way up of `near[i]` is cut and its part hangs from the bridge.
fn change(
    instance: &Instance,
    forest: &Forest,
    bridge: &Bridge,
    (near, far, meeting): (&[usize], &[usize], usize),
    i: usize,
) -> f64 {
    let hanging = |k: usize| {
        let behind = if k > 0 {
            forest.drawn[near[k - 1]]
        } else {
            0.0
        };
        forest.need[near[k]] - behind
    };
    let mut change: f64 = -near[..=i].iter().map(|&n| forest.cost[n]).sum::<f64>();
    let mut need = hanging(i);
    if let Some(s) = hop_source(instance, forest, near[i]) {
        let source = &instance.sources[s];
        need -= source.capacity;
        change += source.price * source.capacity;
    }
    for k in (0..i).rev() {
        let Some(hop) = forest.parent[near[k]] else {
            return f64::INFINITY;
        };
        let passed = pass(instance, hop.edge, need);
        change += passed.cost;
        need = hanging(k) + passed.drawn;
    }
    for &edge in &bridge.edges {
        if let Some(s) = instance.source_of(edge) {
            let feed = forest.feed[s].unwrap_or(0.0);
            need += feed;
            change -= instance.sources[s].price * feed;
        }
        let passed = pass(instance, edge, need);
        change += passed.cost;
        need = passed.drawn;
    }
    let (there, more) = along(instance, forest, far, need);
    let (here, less) = along(instance, forest, &near[i + 1..], -forest.drawn[near[i]]);
    change + there + here + forest.upstream(instance, meeting, more + less)
}

/// The source whose arc a node hangs on.
fn hop_source(instance: &Instance, forest: &Forest, node: usize) -> Option<usize> {
    instance.source_of(forest.parent[node]?.edge)
}

/// Change of cost along a way up when more is needed at its first node, and the change passed on.
fn along(instance: &Instance, forest: &Forest, way: &[usize], mut more: f64) -> (f64, f64) {
    let mut change = 0.0;
    for &node in way {
        let Some(hop) = forest.parent[node] else {
            break;
        };
        let need = forest.need[node] + more;
        if need.abs() < 1e-9 {
            change -= forest.cost[node];
            more = -forest.drawn[node];
            continue;
        }
        let passed = pass(instance, hop.edge, need);
        change += passed.cost - forest.cost[node];
        more = passed.drawn - forest.drawn[node];
    }
    (change, more)
}

fn apply(instance: &Instance, forest: &mut Forest, exchange: &Exchange) {
    let bridge = &exchange.bridge;
    if let Some(&top) = exchange.turned.last()
        && let Some(s) = hop_source(instance, forest, top)
    {
        forest.feed[s] = Some(instance.sources[s].capacity);
    }
    let old: Vec<Option<Hop>> = exchange.turned.iter().map(|&n| forest.parent[n]).collect();
    for (k, &node) in exchange.turned.iter().enumerate().skip(1) {
        if let Some(hop) = old[k - 1] {
            forest.parent[node] = Some(Hop {
                node: exchange.turned[k - 1],
                edge: hop.edge,
            });
        }
    }
    for (k, &edge) in bridge.edges.iter().enumerate() {
        forest.parent[bridge.nodes[k]] = Some(Hop {
            node: bridge.nodes[k + 1],
            edge,
        });
        if let Some(s) = instance.source_of(edge) {
            forest.feed[s] = None;
        }
    }
    forest.settle(instance);
}

/// One exchange taken whatever it costs: the best cut on the cycle of a given edge.
pub(crate) fn force(
    instance: &Instance,
    forest: &mut Forest,
    weights: &[f64],
    edge: usize,
) -> bool {
    let ways = Ways::from(instance, forest, weights);
    let Some(bridge) = bridge(instance, forest, &ways, edge) else {
        return false;
    };
    let turned = bridge.turned();
    let chosen = [cut(instance, forest, bridge), cut(instance, forest, turned)]
        .into_iter()
        .flatten()
        .filter(|exchange| exchange.change.is_finite())
        .min_by(|a, b| a.change.total_cmp(&b.change));
    let Some(exchange) = chosen else {
        return false;
    };
    apply(instance, forest, &exchange);
    true
}
