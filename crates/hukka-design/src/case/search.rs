//! A tree search for any pipe cost: grow, exchange ways, cut and add customers, shake, repeat.

mod choose;
mod exchange;
mod ways;

use super::forest::Forest;
use super::instance::Instance;
use crate::search::Numbers;

/// Gains below this are noise, EUR/a.
const LEAST_GAIN: f64 = 1e-6;

/// Tells whether to go on.
pub(crate) type GoOn<'a> = dyn FnMut(f64) -> bool + 'a;

/// Weights of edges for measuring ways: yearly cost in a middling size.
pub(crate) fn plain_weights(instance: &Instance) -> Vec<f64> {
    let pipes = &instance.law.pipes;
    let middling = pipes.len().min(4).saturating_sub(1);
    let per_metre = pipes.get(middling).map_or(1.0, |pipe| pipe.fixed.max(1e-6));
    (instance.lines.iter())
        .map(|line| line.length * per_metre)
        .collect()
}

/// First trees: everyone from all sources, everyone from each source alone; the best, improved.
pub(crate) fn start(instance: &Instance, go_on: &mut GoOn<'_>) -> Forest {
    let weights = plain_weights(instance);
    let everyone = vec![true; instance.customers.len()];
    let mut best = Forest::empty(instance);
    if instance.is_forced() {
        best.value = f64::INFINITY;
    }
    let alone = (0..instance.sources.len()).map(Some);
    for only in std::iter::once(None).chain(alone) {
        if only.is_some() && instance.sources.len() == 1 {
            continue;
        }
        let mut forest = Forest::empty(instance);
        match only {
            None => ways::grow(instance, &mut forest, &everyone, &weights),
            Some(s) => grow_from(instance, &mut forest, &everyone, &weights, s),
        }
        improve(instance, &mut forest, &weights);
        if forest.value < best.value {
            best = forest;
        }
        if !go_on(best.value) {
            break;
        }
    }
    best
}

/// Grows as if there were one source only.
fn grow_from(
    instance: &Instance,
    forest: &mut Forest,
    wanted: &[bool],
    weights: &[f64],
    source: usize,
) {
    let node = instance.sources[source].node;
    forest.parent[node] = Some(super::forest::Hop {
        node: instance.root(),
        edge: instance.lines.len() + source,
    });
    forest.order = vec![node];
    let mut weights = weights.to_vec();
    weights.resize(instance.lines.len(), 0.0);
    weights.resize(instance.lines.len() + instance.sources.len(), 1e12);
    ways::grow(instance, forest, wanted, &weights);
}

/// The tree that reaches those wanted along weights given, improved.
pub(crate) fn along(instance: &Instance, wanted: &[bool], weights: &[f64]) -> Forest {
    let mut forest = Forest::empty(instance);
    ways::grow(instance, &mut forest, wanted, weights);
    improve(instance, &mut forest, &plain_weights(instance));
    forest
}

/// Exchanges, cuts and adds until none of it gains.
pub(crate) fn improve(instance: &Instance, forest: &mut Forest, weights: &[f64]) {
    if instance.is_forced() {
        exchange::improve(instance, forest, weights);
        return;
    }
    choose::prune(instance, forest);
    loop {
        let exchanged = exchange::improve(instance, forest, weights);
        let added = choose::extend(instance, forest, weights);
        let cut = choose::prune(instance, forest);
        if !(exchanged || added || cut) {
            return;
        }
    }
}

/// How a tree is shaken.
#[derive(Debug, Clone)]
pub(crate) struct Shakes {
    pub(crate) seed: u64,
    pub(crate) rounds: usize,
    /// Weights of edges that are falsified for growing; see [`plain_weights`].
    pub(crate) weights: Vec<f64>,
}

/// Shakes the best tree and improves it again until told to stop.
pub(crate) fn shake(instance: &Instance, best: &mut Forest, shakes: &Shakes, go_on: &mut GoOn<'_>) {
    let mut numbers =
        Numbers(shakes.seed.wrapping_mul(0x2545_F491_4F6C_DD1D) ^ 0x9E37_79B9_7F4A_7C15);
    let plain = plain_weights(instance);
    for round in 0..shakes.rounds {
        if !go_on(best.value) {
            return;
        }
        let wrong: Vec<f64> = (shakes.weights.iter())
            .map(|w| w * (0.5 + numbers.below(1000) as f64 / 1000.0))
            .collect();
        let mut other = best.clone();
        match round % 4 {
            0 | 1 => exchange_some(instance, &mut other, &wrong, &mut numbers),
            2 => add_around(instance, &mut other, &wrong, &mut numbers),
            _ => {
                let wanted = best.is_connected.clone();
                other = Forest::empty(instance);
                ways::grow(instance, &mut other, &wanted, &wrong);
            }
        }
        improve(instance, &mut other, &plain);
        if other.value < best.value - LEAST_GAIN {
            *best = other;
        }
    }
}

/// A few exchanges over edges drawn at random.
fn exchange_some(instance: &Instance, forest: &mut Forest, weights: &[f64], numbers: &mut Numbers) {
    let edges = instance.lines.len() + instance.sources.len();
    let wanted = 2 + numbers.below(4);
    let mut done = 0;
    for _ in 0..60 {
        if edges == 0 || done == wanted {
            break;
        }
        done += usize::from(exchange::force(
            instance,
            forest,
            weights,
            numbers.below(edges),
        ));
    }
}

/// Connects everyone around a node drawn at random; in forced mode, where all are connected, the
/// surroundings are hung anew.
fn add_around(instance: &Instance, forest: &mut Forest, weights: &[f64], numbers: &mut Numbers) {
    if instance.nodes == 0 {
        return;
    }
    let mut wanted = forest.is_connected.clone();
    let mut is_near = vec![false; instance.nodes + 1];
    let mut near = vec![numbers.below(instance.nodes)];
    let size = 5 + numbers.below(instance.nodes.div_ceil(8).max(1));
    let mut next = 0;
    while next < near.len() && near.len() < size {
        for &(other, _) in &instance.around[near[next]] {
            if other != instance.root() && !std::mem::replace(&mut is_near[other], true) {
                near.push(other);
            }
        }
        next += 1;
    }
    for &node in &near {
        for &c in &instance.at[node] {
            wanted[c] = true;
            forest.is_connected[c] = false;
        }
    }
    forest.settle(instance);
    ways::grow(instance, forest, &wanted, weights);
}
