//! Shortest ways from a tree into the rest of the graph.

use crate::case::forest::{Forest, Hop};
use crate::case::instance::Instance;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A distance that sorts; distances are finite and not negative.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Distance(f64);

impl Eq for Distance {}

impl PartialOrd for Distance {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Distance {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// Shortest ways from the members of a tree.
#[derive(Debug)]
pub(crate) struct Ways {
    /// Nearest member of each node.
    pub(crate) base: Vec<Option<usize>>,
    /// The way back towards the member; `None` at members.
    pub(crate) back: Vec<Option<Hop>>,
    /// Nodes that are no members, nearest first.
    pub(crate) order: Vec<usize>,
}

/// Weight of an edge: source arcs weigh nothing.
pub(crate) fn weight(weights: &[f64], edge: usize) -> f64 {
    weights.get(edge).copied().unwrap_or(0.0)
}

impl Ways {
    /// Ways through nodes outside the tree; the super-root and all members are starts.
    pub(crate) fn from(instance: &Instance, forest: &Forest, weights: &[f64]) -> Self {
        let size = instance.nodes + 1;
        let mut ways = Self {
            base: vec![None; size],
            back: vec![None; size],
            order: Vec::new(),
        };
        let mut distance = vec![f64::INFINITY; size];
        let mut heap = BinaryHeap::new();
        for &node in &forest.order {
            distance[node] = 0.0;
            ways.base[node] = Some(node);
            heap.push(Reverse((Distance(0.0), node)));
        }
        while let Some(Reverse((Distance(far), node))) = heap.pop() {
            if far > distance[node] {
                continue;
            }
            if far > 0.0 || !forest.has(instance, node) {
                ways.order.push(node);
            }
            for &(next, edge) in &instance.around[node] {
                let reached = far + weight(weights, edge) + 1e-9;
                if reached < distance[next] {
                    distance[next] = reached;
                    ways.base[next] = ways.base[node];
                    ways.back[next] = Some(Hop { node, edge });
                    heap.push(Reverse((Distance(reached), next)));
                }
            }
        }
        ways
    }

    /// Nodes from one back to its member, both included, with the edges between.
    pub(crate) fn back_from(&self, mut node: usize) -> (Vec<usize>, Vec<usize>) {
        let (mut nodes, mut edges) = (vec![node], Vec::new());
        while let Some(hop) = self.back[node] {
            edges.push(hop.edge);
            nodes.push(hop.node);
            node = hop.node;
        }
        (nodes, edges)
    }
}

/// Connects customers to the tree, the nearest first, each by its shortest way.
pub(crate) fn grow(instance: &Instance, forest: &mut Forest, wanted: &[bool], weights: &[f64]) {
    let size = instance.nodes + 1;
    let mut distance = vec![f64::INFINITY; size];
    let mut back: Vec<Option<Hop>> = vec![None; size];
    let mut is_member = vec![false; size];
    let mut heap = BinaryHeap::new();
    for &node in &forest.order {
        is_member[node] = true;
        distance[node] = 0.0;
        heap.push(Reverse((Distance(0.0), node)));
    }
    while let Some(Reverse((Distance(far), node))) = heap.pop() {
        if far > distance[node] {
            continue;
        }
        let here = &instance.at[node];
        let is_target = here.iter().any(|&c| wanted[c] && !forest.is_connected[c]);
        for &c in here {
            forest.is_connected[c] |= wanted[c];
        }
        if is_target {
            let mut on_way = node;
            while !is_member[on_way] {
                is_member[on_way] = true;
                distance[on_way] = 0.0;
                heap.push(Reverse((Distance(0.0), on_way)));
                forest.parent[on_way] = back[on_way];
                let Some(hop) = back[on_way] else { break };
                on_way = hop.node;
            }
        }
        let far = distance[node];
        for &(next, edge) in &instance.around[node] {
            let reached = far + weight(weights, edge) + 1e-9;
            if !is_member[next] && reached < distance[next] {
                distance[next] = reached;
                back[next] = Some(Hop { node, edge });
                heap.push(Reverse((Distance(reached), next)));
            }
        }
    }
    forest.settle(instance);
}
