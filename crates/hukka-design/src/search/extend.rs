//! Adding customers and branches that pay for their pipes.

use super::grow::{grow, ways_out};
use super::tree::{Problem, Tree, is_gain};
use crate::load::Load;

/// Adds unconnected customers where it gains: single ones on the tree first, then branches.
/// A branch is grown to all customers of worth around it, cut back to its best part at its own
/// sizes, and taken when its worth exceeds its trenches plus the larger pipes towards the root.
/// Returns whether anything was added.
pub(crate) fn extend(problem: &Problem<'_>, tree: &mut Tree) -> bool {
    let mut any = add_singles(problem, tree);
    let wanted: Vec<bool> = (0..problem.customers.len())
        .map(|c| !tree.is_connected[c] && problem.customers[c].worth > 0.0)
        .collect();
    let mut grown = tree.clone();
    grow(problem, &mut grown, &wanted, &problem.weights());
    let list = branches(&grown, tree);
    let mut slot_of = vec![None; problem.node_count];
    for (slot, &node) in list.iter().flat_map(|branch| branch.iter().enumerate()) {
        slot_of[node] = Some(slot);
    }
    for nodes in &list {
        let branch = Branch {
            nodes,
            slot_of: &slot_of,
        };
        any |= add_branch(problem, tree, &grown, &branch);
    }
    while add_one_by_itself(problem, tree) {
        any = true;
    }
    any
}

/// A branch and where its nodes stand in it.
struct Branch<'a> {
    nodes: &'a [usize],
    slot_of: &'a [Option<usize>],
}

fn add_singles(problem: &Problem<'_>, tree: &mut Tree) -> bool {
    let mut any = false;
    for c in 0..problem.customers.len() {
        let customer = &problem.customers[c];
        if tree.is_connected[c] || !tree.is_member[customer.node] || customer.worth <= 0.0 {
            continue;
        }
        let extra = tree.upstream_change(problem, customer.node, |load| load + customer.load);
        if is_gain(customer.worth - extra) {
            tree.is_connected[c] = true;
            tree.add_upstream(customer.node, customer.load);
            any = true;
        }
    }
    any
}

/// Adds the first customer that gains alone, by its shortest way to the tree.
fn add_one_by_itself(problem: &Problem<'_>, tree: &mut Tree) -> bool {
    let before = ways_out(problem, tree, &problem.weights()).before;
    for (c, customer) in problem.customers.iter().enumerate() {
        if tree.is_connected[c] || customer.worth <= 0.0 {
            continue;
        }
        let mut way = Vec::new();
        let mut node = customer.node;
        while let Some(hop) = before[node] {
            way.push((node, hop));
            node = hop.node;
        }
        if !tree.is_member[node] {
            continue;
        }
        let own: f64 = way
            .iter()
            .map(|(_, hop)| problem.edge_cost(hop.edge, &customer.load))
            .sum();
        let extra = tree.upstream_change(problem, node, |load| load + customer.load);
        if is_gain(customer.worth - own - extra) {
            for (node, hop) in way {
                tree.parent[node] = Some(hop);
                tree.is_member[node] = true;
            }
            tree.is_connected[c] = true;
            tree.rebuild(problem);
            return true;
        }
    }
    false
}

/// Nodes of every branch the grown tree has beyond the old one, parents before children.
fn branches(grown: &Tree, old: &Tree) -> Vec<Vec<usize>> {
    let mut branch_of = vec![usize::MAX; grown.parent.len()];
    let mut list: Vec<Vec<usize>> = Vec::new();
    for &node in &grown.order {
        let Some(hop) = grown.parent[node] else {
            continue;
        };
        if old.is_member[node] {
            continue;
        }
        if old.is_member[hop.node] {
            branch_of[node] = list.len();
            list.push(vec![node]);
        } else {
            branch_of[node] = branch_of[hop.node];
            list[branch_of[node]].push(node);
        }
    }
    list
}

fn add_branch(problem: &Problem<'_>, tree: &mut Tree, grown: &Tree, branch: &Branch<'_>) -> bool {
    let mut chosen: Vec<usize> = branch
        .nodes
        .iter()
        .flat_map(|&node| problem.customers_at(node))
        .copied()
        .filter(|&c| grown.is_connected[c])
        .collect();
    let (value, load) = loop {
        let before = chosen.len();
        let value = best_part(problem, grown, branch, &mut chosen);
        if chosen.is_empty() {
            return false;
        }
        if chosen.len() == before {
            break value;
        }
    };
    let Some(foot) = grown.parent[branch.nodes[0]] else {
        return false;
    };
    let extra = tree.upstream_change(problem, foot.node, |whole| whole + load);
    if !is_gain(value - extra) {
        return false;
    }
    for &node in branch.nodes {
        tree.parent[node] = grown.parent[node];
        tree.is_member[node] = true;
    }
    for &c in &chosen {
        tree.is_connected[c] = true;
    }
    tree.rebuild(problem);
    true
}

/// Keeps of the chosen customers those in the best part of the branch at present sizes, exact
/// for fixed costs: `v(n) = Σ worth + Σ max(0, v(child) − cost)`. Returns value and load of what
/// was chosen before the cut.
fn best_part(
    problem: &Problem<'_>,
    grown: &Tree,
    branch: &Branch<'_>,
    chosen: &mut Vec<usize>,
) -> (f64, Load) {
    let slot = |node: usize| branch.slot_of[node];
    let branch = branch.nodes;
    let mut load = vec![Load::default(); branch.len()];
    let mut value = vec![0.0; branch.len()];
    let mut plain = 0.0;
    for &c in chosen.iter() {
        if let Some(s) = slot(problem.customers[c].node) {
            load[s] += problem.customers[c].load;
            value[s] += problem.customers[c].worth;
            plain += problem.customers[c].worth;
        }
    }
    let mut is_kept = vec![true; branch.len()];
    for s in (0..branch.len()).rev() {
        let Some(hop) = grown.parent[branch[s]] else {
            continue;
        };
        let cost = problem.edge_cost(hop.edge, &load[s]);
        plain -= cost;
        let net = value[s] - cost;
        is_kept[s] = net > 0.0;
        if let (true, Some(up)) = (s > 0, slot(hop.node)) {
            let here = load[s];
            load[up] += here;
            if is_kept[s] {
                value[up] += net;
            }
        }
    }
    for s in 1..branch.len() {
        if let Some(up) = grown.parent[branch[s]].and_then(|hop| slot(hop.node)) {
            is_kept[s] = is_kept[s] && is_kept[up];
        }
    }
    chosen.retain(|&c| slot(problem.customers[c].node).is_some_and(|s| is_kept[s]));
    (plain, load[0])
}
