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

/// How long to search.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Effort {
    /// Rounds of cutting, adding and exchanging.
    pub(crate) rounds: usize,
    /// Sweeps of exchanges in each round.
    pub(crate) sweeps: usize,
}

/// A tree that reaches every customer.
pub(crate) fn connect_everyone(
    problem: &Problem<'_>,
    effort: Effort,
    observer: &mut impl Observer,
) -> Tree {
    let everyone = vec![true; problem.customers.len()];
    let mut tree = Tree::empty(problem);
    grow::grow(problem, &mut tree, &everyone);
    for _ in 0..effort.rounds {
        if observer.should_stop() || !swap::improve(problem, &mut tree, effort.sweeps) {
            break;
        }
    }
    tree
}

/// A tree that reaches those who pay for their pipe, and those who must be reached.
pub(crate) fn connect_who_pays(
    problem: &Problem<'_>,
    effort: Effort,
    observer: &mut impl Observer,
) -> Tree {
    let mut tree = connect_everyone(
        problem,
        Effort {
            rounds: 1,
            ..effort
        },
        observer,
    );
    prune::prune(problem, &mut tree);
    for _ in 0..effort.rounds {
        if observer.should_stop() {
            break;
        }
        let swapped = swap::improve(problem, &mut tree, effort.sweeps);
        let added = extend::extend(problem, &mut tree);
        let cut = prune::prune(problem, &mut tree);
        if !(swapped || added || cut) {
            break;
        }
    }
    tree
}
