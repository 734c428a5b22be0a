//! Who is connected: cutting off what does not pay, adding what does.

use super::LEAST_GAIN;
use super::ways::{Ways, weight};
use crate::case::forest::{Forest, pass};
use crate::case::instance::Instance;

/// Most quarters tried in one go.
const QUARTERS: usize = 20;

/// Cuts branches and customers that do not pay, the worst first; tells whether any was.
pub(crate) fn prune(instance: &Instance, forest: &mut Forest) -> bool {
    let mut has_gained = false;
    loop {
        let mut found = branches(instance, forest);
        found.extend(singles(instance, forest));
        found.retain(|(change, _)| *change < -LEAST_GAIN);
        found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut is_going = false;
        for (_, what) in found {
            let before = forest.clone();
            match what {
                Cut::Branch(node) if forest.parent[node].is_some() => {
                    disconnect(instance, forest, node);
                }
                Cut::Customer(c) => forest.is_connected[c] = false,
                Cut::Branch(_) => continue,
            }
            forest.settle(instance);
            if forest.value < before.value - LEAST_GAIN {
                is_going = true;
            } else {
                *forest = before;
            }
        }
        has_gained |= is_going;
        if !is_going {
            return has_gained;
        }
    }
}

/// What may be cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Cut {
    Branch(usize),
    Customer(usize),
}

/// Change of value for every branch cut off.
fn branches(instance: &Instance, forest: &Forest) -> Vec<(f64, Cut)> {
    let mut inside = vec![0.0; instance.nodes + 1];
    for (c, customer) in instance.customers.iter().enumerate() {
        if forest.is_connected[c] {
            inside[customer.node] -= customer.worth;
        }
    }
    for (s, feed) in forest.feed.iter().enumerate() {
        inside[instance.sources[s].node] += instance.sources[s].price * feed.unwrap_or(0.0);
    }
    let mut found = Vec::with_capacity(forest.order.len());
    for &node in forest.order.iter().skip(1).rev() {
        let Some(hop) = forest.parent[node] else {
            continue;
        };
        inside[node] += forest.cost[node];
        inside[hop.node] += inside[node];
        if inside[node] > 0.0 || forest.drawn[node] > 0.0 {
            let upstream = forest.upstream(instance, hop.node, -forest.drawn[node]);
            found.push((upstream - inside[node], Cut::Branch(node)));
        }
    }
    found
}

/// Change of value for every customer cut off alone.
fn singles(instance: &Instance, forest: &Forest) -> Vec<(f64, Cut)> {
    (instance.customers.iter().enumerate())
        .filter(|(c, _)| forest.is_connected[*c])
        .map(|(c, customer)| {
            let change = forest.upstream(instance, customer.node, -customer.load) + customer.worth;
            (change, Cut::Customer(c))
        })
        .collect()
}

/// Takes a node and all behind it out of the tree.
fn disconnect(instance: &Instance, forest: &mut Forest, top: usize) {
    let mut is_out = vec![false; instance.nodes + 1];
    is_out[top] = true;
    for k in 0..forest.order.len() {
        let node = forest.order[k];
        if forest.parent[node].is_some_and(|hop| is_out[hop.node]) {
            is_out[node] = true;
        }
    }
    for (node, is_out) in is_out.iter().enumerate() {
        if *is_out {
            forest.parent[node] = None;
            for &c in &instance.at[node] {
                forest.is_connected[c] = false;
            }
            for &s in &instance.sources_at[node] {
                forest.feed[s] = None;
            }
        }
    }
}

/// Adds customers at the tree, ways to customers near it, and whole quarters; tells whether any
/// was added.
pub(crate) fn extend(instance: &Instance, forest: &mut Forest, weights: &[f64]) -> bool {
    let mut has_gained = false;
    loop {
        let gained = at_tree(instance, forest)
            | by_ways(instance, forest, weights)
            | quarters(instance, forest, weights);
        has_gained |= gained;
        if !gained {
            return has_gained;
        }
    }
}

fn at_tree(instance: &Instance, forest: &mut Forest) -> bool {
    let mut has_gained = false;
    for (c, customer) in instance.customers.iter().enumerate() {
        if forest.is_connected[c] || !forest.has(instance, customer.node) {
            continue;
        }
        let change = forest.upstream(instance, customer.node, customer.load) - customer.worth;
        if change < -LEAST_GAIN {
            let before = forest.value;
            forest.is_connected[c] = true;
            forest.settle(instance);
            if forest.value < before - LEAST_GAIN {
                has_gained = true;
            } else {
                forest.is_connected[c] = false;
                forest.settle(instance);
            }
        }
    }
    has_gained
}

/// Ways from the tree to single nodes, with everyone on the way.
fn by_ways(instance: &Instance, forest: &mut Forest, weights: &[f64]) -> bool {
    let ways = Ways::from(instance, forest, weights);
    let mut found: Vec<(f64, usize)> = (ways.order.iter().copied())
        .filter(|&node| !instance.at[node].is_empty())
        .map(|node| (change_of_way(instance, forest, &ways, node), node))
        .filter(|(change, _)| *change < -LEAST_GAIN)
        .collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut has_gained = false;
    for (_, node) in found {
        if forest.has(instance, node) {
            continue;
        }
        let before = forest.clone();
        add_way(instance, forest, &ways, node);
        forest.settle(instance);
        if forest.value < before.value - LEAST_GAIN {
            has_gained = true;
        } else {
            *forest = before;
        }
    }
    has_gained
}

fn change_of_way(instance: &Instance, forest: &Forest, ways: &Ways, node: usize) -> f64 {
    let (mut node, mut need, mut change) = (node, 0.0, 0.0);
    while let Some(hop) = ways.back[node] {
        for &c in &instance.at[node] {
            need += instance.customers[c].load;
            change -= instance.customers[c].worth;
        }
        let passed = pass(instance, hop.edge, need);
        change += passed.cost;
        need = passed.drawn;
        node = hop.node;
    }
    change + forest.upstream(instance, node, need)
}

fn add_way(instance: &Instance, forest: &mut Forest, ways: &Ways, mut node: usize) {
    while !forest.has(instance, node) {
        forest.parent[node] = ways.back[node];
        for &c in &instance.at[node] {
            forest.is_connected[c] = true;
        }
        let Some(hop) = ways.back[node] else { break };
        node = hop.node;
    }
}

/// Whole quarters along the shortest ways, where the worth behind pays for the smallest pipes.
fn quarters(instance: &Instance, forest: &mut Forest, weights: &[f64]) -> bool {
    let ways = Ways::from(instance, forest, weights);
    let heat = |node: usize| {
        let price = ways.base[node].map_or(0.0, |base| price_at(instance, forest, base));
        (instance.at[node].iter())
            .map(|&c| instance.customers[c].worth - price * instance.customers[c].load)
            .sum::<f64>()
    };
    let mut gain = vec![0.0; instance.nodes + 1];
    for &node in ways.order.iter().rev() {
        gain[node] += heat(node).max(0.0);
        if let Some(hop) = ways.back[node] {
            gain[node] -= weight(weights, hop.edge);
            if gain[node] > 0.0 && !forest.has(instance, hop.node) {
                gain[hop.node] += gain[node];
            }
        }
    }
    let mut tops: Vec<usize> = (ways.order.iter().copied())
        .filter(|&node| {
            gain[node] > 0.0 && ways.back[node].is_some_and(|hop| forest.has(instance, hop.node))
        })
        .collect();
    tops.sort_by(|a, b| gain[*b].total_cmp(&gain[*a]).then(a.cmp(b)));
    let mut has_gained = false;
    for top in tops.into_iter().take(QUARTERS) {
        let before = forest.clone();
        let mut is_in = vec![false; instance.nodes + 1];
        is_in[top] = true;
        for &node in &ways.order {
            let is_behind = ways.back[node].is_some_and(|hop| is_in[hop.node]);
            if node == top || (is_behind && gain[node] > 0.0) {
                is_in[node] = true;
                if !forest.has(instance, node) {
                    forest.parent[node] = ways.back[node];
                    for &c in &instance.at[node] {
                        forest.is_connected[c] = true;
                    }
                }
            }
        }
        forest.settle(instance);
        if forest.value < before.value - LEAST_GAIN {
            has_gained = true;
        } else {
            *forest = before;
        }
    }
    has_gained
}

/// What a kilowatt more costs at a member: the price of its source.
fn price_at(instance: &Instance, forest: &Forest, node: usize) -> f64 {
    let way = forest.way_up(node);
    let source = (way.iter().rev().nth(1))
        .and_then(|&top| forest.parent[top])
        .and_then(|hop| instance.source_of(hop.edge));
    source.map_or_else(
        || {
            let prices = instance.sources.iter().map(|s| s.price);
            prices.fold(f64::INFINITY, f64::min)
        },
        |s| instance.sources[s].price,
    )
}
