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
/// become sources at distance zero.
pub(crate) fn grow(problem: &Problem<'_>, tree: &mut Tree, wanted: &[bool]) {
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
            let longer = here + problem.edge_weight(edge);
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
