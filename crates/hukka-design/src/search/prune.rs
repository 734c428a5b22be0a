//! Cutting customers and branches that do not pay for their pipes.

use super::tree::{Problem, Tree, is_gain};
use crate::load::Load;

/// Cuts, from the leaves to the root, every customer and branch whose removal gains: what its
/// own trenches cost, plus what smaller pipes towards the root save, less what it is worth.
/// Repeats until nothing more gains; returns whether anything was cut.
pub(crate) fn prune(problem: &Problem<'_>, tree: &mut Tree) -> bool {
    let mut any = false;
    loop {
        let customers = drop_customers(problem, tree);
        let branches = drop_branches(problem, tree);
        if !(customers || branches) {
            return any;
        }
        any = true;
        tree.rebuild(problem);
    }
}

fn drop_customers(problem: &Problem<'_>, tree: &mut Tree) -> bool {
    let mut any = false;
    for c in 0..problem.customers.len() {
        let customer = &problem.customers[c];
        if !tree.is_connected[c] || customer.load.forced > 0 {
            continue;
        }
        let saved = -tree.upstream_change(problem, customer.node, |load| load - customer.load);
        if is_gain(saved - customer.worth) {
            tree.is_connected[c] = false;
            tree.add_upstream(customer.node, Load::default() - customer.load);
            any = true;
        }
    }
    any
}

fn drop_branches(problem: &Problem<'_>, tree: &mut Tree) -> bool {
    let mut worth = vec![0.0; problem.node_count];
    let mut cost = vec![0.0; problem.node_count];
    let mut any = false;
    for position in (1..tree.order.len()).rev() {
        let node = tree.order[position];
        let Some(hop) = tree.parent[node] else {
            continue;
        };
        for &c in problem.customers_at(node) {
            if tree.is_connected[c] {
                worth[node] += problem.customers[c].worth;
            }
        }
        let load = tree.load[node];
        cost[node] += problem.edge_cost(hop.edge, &load);
        if load.is_empty() {
            continue;
        }
        if load.forced == 0 {
            let saved = cost[node] - tree.upstream_change(problem, hop.node, |whole| whole - load);
            if is_gain(saved - worth[node]) {
                cut(problem, tree, position);
                any = true;
                continue;
            }
        }
        worth[hop.node] += worth[node];
        cost[hop.node] += cost[node];
    }
    any
}

/// Disconnects everyone behind the node at a position of the order.
fn cut(problem: &Problem<'_>, tree: &mut Tree, position: usize) {
    let top = tree.order[position];
    let load = tree.load[top];
    let mut behind = vec![top];
    let mut is_behind = vec![false; problem.node_count];
    is_behind[top] = true;
    for &node in &tree.order[position + 1..] {
        if tree.parent[node].is_some_and(|hop| is_behind[hop.node]) {
            is_behind[node] = true;
            behind.push(node);
        }
    }
    tree.add_upstream(top, Load::default() - load);
    for node in behind {
        tree.load[node] = Load::default();
        for &c in problem.customers_at(node) {
            tree.is_connected[c] = false;
        }
    }
}
