//! Which consumers to connect and along which streets: a prize-collecting Steiner tree.
//!
//! Maximise `Σ worth of connected consumers − Σ yearly cost of trenches` over trees that hang on
//! the plant, where a trench costs what the smallest catalogue size for its load costs. Found by
//! growing a tree, exchanging cycle edges, cutting what does not pay and adding what does, until
//! no such move is left. Deterministic: ties fall to the lower index.

mod extend;
mod grow;
mod prune;
mod swap;
mod tree;

pub(crate) use grow::Reached;
pub(crate) use tree::{Customer, Problem, SearchEdge, Tree};

use hukka_numerics::Observer;

/// Gains below this are noise, €/a.
const LEAST_GAIN: f64 = 1e-6;

/// Kicks times nodes not to exceed: a kick takes longer on a large place.
const KICK_WORK: usize = 90_000;

/// How long to search.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Effort {
    /// Rounds of cutting, adding and exchanging.
    pub(crate) rounds: usize,
    /// Sweeps of exchanges in each round.
    pub(crate) sweeps: usize,
    /// Times the best tree is shaken and improved again.
    pub(crate) kicks: usize,
}

/// A tree that reaches every customer.
pub(crate) fn connect_everyone(
    problem: &Problem<'_>,
    effort: Effort,
    observer: &mut impl Observer,
) -> Tree {
    let everyone = vec![true; problem.customers.len()];
    let mut tree = Tree::empty(problem);
    grow::grow(problem, &mut tree, &everyone, &problem.weights());
    swap::improve(problem, &mut tree, effort.sweeps);
    shaken(problem, tree, effort, observer, |tree| {
        swap::improve(problem, tree, effort.sweeps);
    })
}

/// A tree that reaches those who pay for their pipe, and those who must be reached.
pub(crate) fn connect_who_pays(
    problem: &Problem<'_>,
    effort: Effort,
    observer: &mut impl Observer,
) -> Tree {
    let everyone = vec![true; problem.customers.len()];
    let mut tree = Tree::empty(problem);
    grow::grow(problem, &mut tree, &everyone, &problem.weights());
    swap::improve(problem, &mut tree, effort.sweeps);
    prune::prune(problem, &mut tree);
    settle(problem, &mut tree, effort);
    let mut tree = shaken(problem, tree, effort, observer, |tree| {
        prune::prune(problem, tree);
        settle(problem, tree, effort);
    });
    regrow(problem, &mut tree, effort);
    tree
}

/// Cuts, adds and exchanges until none of it gains.
fn settle(problem: &Problem<'_>, tree: &mut Tree, effort: Effort) {
    for _ in 0..effort.rounds {
        let swapped = swap::improve(problem, tree, effort.sweeps);
        let added = extend::extend(problem, tree);
        let cut = prune::prune(problem, tree);
        if !(swapped || added || cut) {
            break;
        }
    }
}

/// Grows the tree to everyone of worth once more and cuts it back, as long as that gains.
fn regrow(problem: &Problem<'_>, tree: &mut Tree, effort: Effort) {
    let wanted: Vec<bool> = problem
        .customers
        .iter()
        .map(|customer| customer.worth > 0.0)
        .collect();
    for _ in 0..effort.rounds {
        let mut other = tree.clone();
        grow::grow(problem, &mut other, &wanted, &problem.weights());
        swap::improve(problem, &mut other, effort.sweeps);
        prune::prune(problem, &mut other);
        settle(problem, &mut other, effort);
        if !tree::is_gain(other.objective(problem) - tree.objective(problem)) {
            break;
        }
        *tree = other;
    }
}

/// Shakes the best tree and improves it again, a fixed number of times with a fixed sequence of
/// numbers; keeps the best. A shake is a few forced exchanges, the same with ways measured
/// wrongly on purpose, or a tree grown afresh with such measures, now and then to everyone.
fn shaken(
    problem: &Problem<'_>,
    mut best: Tree,
    effort: Effort,
    observer: &mut impl Observer,
    improve: impl Fn(&mut Tree),
) -> Tree {
    let mut value = best.objective(problem);
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    let plain = problem.weights();
    let everyone = vec![true; problem.customers.len()];
    let affordable = KICK_WORK.div_euclid(problem.node_count.max(1));
    for k in 0..effort.kicks.min(affordable) {
        if observer.should_stop() {
            break;
        }
        let wrong: Vec<f64> = plain
            .iter()
            .map(|w| w * (0.4 + 1.6 * numbers.below(1000) as f64 / 1000.0))
            .collect();
        let mut other = best.clone();
        let weights = if k % 3 == 0 { &plain } else { &wrong };
        if k % 3 == 2 {
            other = Tree::empty(problem);
            let wanted = if k % 6 == 5 {
                &everyone
            } else {
                &best.is_connected
            };
            grow::grow(problem, &mut other, wanted, weights);
        } else if !swap::kick(problem, &mut other, weights, &mut numbers) {
            continue;
        }
        improve(&mut other);
        let reached = other.objective(problem);
        if tree::is_gain(reached - value) {
            value = reached;
            best = other;
        }
    }
    best
}

/// A fixed sequence of numbers (`SplitMix64`, Steele et al. 2014).
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    /// The next one, below `limit` (at least 1).
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % limit.max(1) as u64) as usize
    }
}

#[cfg(test)]
mod tests;
