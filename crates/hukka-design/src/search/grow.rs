//! Growing a tree to every wanted customer, nearest first (Takahashi–Matsuyama).

use super::tree::{Hop, Problem, Tree};
use core::cmp::Ordering;
use std::collections::BinaryHeap;

/// A heap entry: nearest first, then lower index.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Reached {
    pub(crate) distance: f64,
    pub(crate) node: usize,
}

impl Eq for Reached {}

impl Ord for Reached {
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .distance
            .total_cmp(&self.distance)
            .then(other.node.cmp(&self.node))
    }
}

impl PartialOrd for Reached {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Grows the tree until every wanted customer that can be reached is connected.
///
/// One search from all members at once; a customer popped joins with its whole way, whose nodes
/// become sources at distance zero. `weights` measures the edges.
pub(crate) fn grow(problem: &Problem<'_>, tree: &mut Tree, wanted: &[bool], weights: &[f64]) {
    let mut distance = vec![f64::INFINITY; problem.node_count];
    let mut before: Vec<Option<Hop>> = vec![None; problem.node_count];
    let mut heap = BinaryHeap::new();
    for &node in &tree.order {
        distance[node] = 0.0;
        heap.push(Reached {
            distance: 0.0,
            node,
        });
    }
    while let Some(reached) = heap.pop() {
        if reached.distance > distance[reached.node] {
            continue;
        }
        let mut is_tapped = false;
        for &c in problem.customers_at(reached.node) {
            if wanted[c] && !tree.is_connected[c] {
                tree.is_connected[c] = true;
                is_tapped = true;
            }
        }
        if is_tapped {
            let mut node = reached.node;
            while !tree.is_member[node] {
                tree.is_member[node] = true;
                tree.parent[node] = before[node];
                distance[node] = 0.0;
                heap.push(Reached {
                    distance: 0.0,
                    node,
                });
                node = before[node].map_or(problem.root, |hop| hop.node);
            }
        }
        let here = distance[reached.node];
        for &(next, edge) in problem.neighbours(reached.node) {
            let longer = here + weights[edge];
            if longer < distance[next] {
                distance[next] = longer;
                before[next] = Some(Hop {
                    node: reached.node,
                    edge,
                });
                heap.push(Reached {
                    distance: longer,
                    node: next,
                });
            }
        }
    }
    tree.rebuild(problem);
}

/// Shortest ways from the tree through nodes outside it.
#[derive(Debug, Clone)]
pub(crate) struct WaysOut {
    /// The way back towards the tree; `None` at members and where no way leads.
    pub(crate) before: Vec<Option<Hop>>,
    /// Tree node the way starts from; `usize::MAX` where no way leads.
    pub(crate) base: Vec<usize>,
}

/// Finds the shortest ways from the tree to all nodes outside it, measured by `weights`.
pub(crate) fn ways_out(problem: &Problem<'_>, tree: &Tree, weights: &[f64]) -> WaysOut {
    let mut distance = vec![f64::INFINITY; problem.node_count];
    let mut ways = WaysOut {
        before: vec![None; problem.node_count],
        base: vec![usize::MAX; problem.node_count],
    };
    let mut heap = BinaryHeap::new();
    for &node in &tree.order {
        distance[node] = 0.0;
        ways.base[node] = node;
        heap.push(Reached {
            distance: 0.0,
            node,
        });
    }
    while let Some(reached) = heap.pop() {
        if reached.distance > distance[reached.node] {
            continue;
        }
        for &(next, edge) in problem.neighbours(reached.node) {
            let longer = reached.distance + weights[edge];
            if !tree.is_member[next] && longer < distance[next] {
                distance[next] = longer;
                ways.base[next] = ways.base[reached.node];
                ways.before[next] = Some(Hop {
                    node: reached.node,
                    edge,
                });
                heap.push(Reached {
                    distance: longer,
                    node: next,
                });
            }
        }
    }
    ways
}
