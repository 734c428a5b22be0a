//! Exchanging cycle edges: a chord joins two branches, the dearest link of the cycle goes.

use super::Numbers;
use super::grow::{WaysOut, ways_out};
use super::tree::{Hop, Problem, Tree, is_gain};
use crate::load::Load;

/// A way outside the tree between two of its nodes: nodes from `nodes[0]` to the last, and the
/// edges between them.
#[derive(Debug, Clone)]
struct Chord {
    nodes: Vec<usize>,
    edges: Vec<usize>,
}

/// Exchanges as long as it lowers the yearly cost of trenches, at most `sweeps` times over all
/// chords; returns whether anything changed.
pub(crate) fn improve(problem: &Problem<'_>, tree: &mut Tree, sweeps: usize) -> bool {
    let weights = problem.weights();
    let mut any = false;
    for _ in 0..sweeps {
        let mut changed = false;
        for chord in chords(problem, tree, &weights) {
            if is_usable(tree, &chord) {
                changed |= exchange(problem, tree, &chord);
            }
        }
        if !changed {
            break;
        }
        any = true;
    }
    any
}

/// Cheapest ways between neighbouring tree nodes through nodes outside the tree (Mehlhorn).
fn chords(problem: &Problem<'_>, tree: &Tree, weights: &[f64]) -> Vec<Chord> {
    let ways = ways_out(problem, tree, weights);
    (0..problem.edges.len())
        .filter_map(|e| chord_through(problem, tree, &ways, e))
        .collect()
}

fn chord_through(
    problem: &Problem<'_>,
    tree: &Tree,
    WaysOut { before, base }: &WaysOut,
    e: usize,
) -> Option<Chord> {
    let edge = &problem.edges[e];
    let (x, y) = (edge.a, edge.b);
    let is_unreached = base[x] == usize::MAX || base[y] == usize::MAX;
    let is_spanning = |from: usize| before[from].is_some_and(|hop| hop.edge == e);
    let is_tree = |from: usize| tree.parent[from].is_some_and(|hop| hop.edge == e);
    if is_unreached
        || base[x] == base[y]
        || is_spanning(x)
        || is_spanning(y)
        || is_tree(x)
        || is_tree(y)
    {
        return None;
    }
    let mut chord = Chord {
        nodes: Vec::new(),
        edges: Vec::new(),
    };
    let mut node = x;
    while let Some(hop) = before[node] {
        chord.nodes.push(node);
        chord.edges.push(hop.edge);
        node = hop.node;
    }
    chord.nodes.push(node);
    chord.nodes.reverse();
    chord.edges.reverse();
    chord.edges.push(e);
    let mut node = y;
    while let Some(hop) = before[node] {
        chord.nodes.push(node);
        chord.edges.push(hop.edge);
        node = hop.node;
    }
    chord.nodes.push(node);
    Some(chord)
}

/// Whether earlier exchanges left the chord what it was.
fn is_usable(tree: &Tree, chord: &Chord) -> bool {
    let last = chord.nodes.len() - 1;
    tree.is_member[chord.nodes[0]]
        && tree.is_member[chord.nodes[last]]
        && chord.nodes[1..last].iter().all(|&n| !tree.is_member[n])
        && chord.nodes.windows(2).zip(&chord.edges).all(|(pair, &e)| {
            pair.iter()
                .all(|&n| tree.parent[n].is_none_or(|hop| hop.edge != e))
        })
}

/// Takes the best removal of the chord's cycle, if one gains.
fn exchange(problem: &Problem<'_>, tree: &mut Tree, chord: &Chord) -> bool {
    let last = chord.nodes.len() - 1;
    let (left, right) = ways_to_meeting(tree, chord.nodes[0], chord.nodes[last]);
    let from_left = best_removal(problem, tree, (&left, &right), &chord.edges);
    let from_right = best_removal(problem, tree, (&right, &left), &chord.edges);
    let (gain, position, is_left) = if from_left.0 >= from_right.0 {
        (from_left.0, from_left.1, true)
    } else {
        (from_right.0, from_right.1, false)
    };
    if !is_gain(gain) {
        return false;
    }
    let mut chord = chord.clone();
    if !is_left {
        chord.nodes.reverse();
        chord.edges.reverse();
    }
    let side = if is_left { &left } else { &right };
    rehang(problem, tree, &chord, &side[..=position]);
    true
}

/// Forces three exchanges at random, over chords measured by `weights`; false when the tree has
/// no cycle to close.
pub(super) fn kick(
    problem: &Problem<'_>,
    tree: &mut Tree,
    weights: &[f64],
    numbers: &mut Numbers,
) -> bool {
    const EXCHANGES: usize = 3;
    let list = chords(problem, tree, weights);
    if list.is_empty() {
        return false;
    }
    for _ in 0..EXCHANGES {
        let mut chord = list[numbers.below(list.len())].clone();
        if !is_usable(tree, &chord) {
            continue;
        }
        if numbers.below(2) == 1 {
            chord.nodes.reverse();
            chord.edges.reverse();
        }
        let last = chord.nodes.len() - 1;
        let (side, _) = ways_to_meeting(tree, chord.nodes[0], chord.nodes[last]);
        if !side.is_empty() {
            let position = numbers.below(side.len());
            rehang(problem, tree, &chord, &side[..=position]);
        }
    }
    true
}

/// Nodes on the ways from two nodes up to where they meet, the meeting node left out.
fn ways_to_meeting(tree: &Tree, u: usize, v: usize) -> (Vec<usize>, Vec<usize>) {
    let up = |mut node: usize| {
        let mut way = vec![node];
        while let Some(hop) = tree.parent[node] {
            node = hop.node;
            way.push(node);
        }
        way
    };
    let (mut left, mut right) = (up(u), up(v));
    while let (Some(&a), Some(&b)) = (left.last(), right.last()) {
        if a != b {
            break;
        }
        left.pop();
        right.pop();
    }
    (left, right)
}

/// Best link to take out on the `side` of the cycle: gain in €/a and position on the side.
///
/// With `S_i` the load on the link above the side's node i: what is cut off at i flows in
/// through the chord, so links below i carry `S_i − S_j`, links above `S_j − S_i`, and the other
/// side `T_j + S_i`.
fn best_removal(
    problem: &Problem<'_>,
    tree: &Tree,
    (side, other): (&[usize], &[usize]),
    chord: &[usize],
) -> (f64, usize) {
    let above = |node: usize| tree.parent[node].map_or(usize::MAX, |hop| hop.edge);
    let old: f64 = side
        .iter()
        .chain(other)
        .map(|&n| problem.edge_cost(above(n), &tree.load[n]))
        .sum();
    let mut best = (0.0, 0);
    for i in 0..side.len() {
        let cut: Load = tree.load[side[i]];
        let is_same_as_below = i > 0
            && tree.load[side[i - 1]].count == cut.count
            && tree.load[side[i - 1]].forced == cut.forced;
        if is_same_as_below {
            continue;
        }
        let mut new: f64 = chord.iter().map(|&e| problem.edge_cost(e, &cut)).sum();
        for (j, &n) in side.iter().enumerate() {
            let load = match j.cmp(&i) {
                core::cmp::Ordering::Less => cut - tree.load[n],
                core::cmp::Ordering::Equal => continue,
                core::cmp::Ordering::Greater => tree.load[n] - cut,
            };
            new += problem.edge_cost(above(n), &load);
            if new >= old {
                break;
            }
        }
        for &n in other {
            if new >= old {
                break;
            }
            new += problem.edge_cost(above(n), &(tree.load[n] + cut));
        }
        if old - new > best.0 {
            best = (old - new, i);
        }
    }
    best
}

/// Hangs the nodes `turned` (from the chord's first node up to the cut) on the chord's far end.
fn rehang(problem: &Problem<'_>, tree: &mut Tree, chord: &Chord, turned: &[usize]) {
    let links: Vec<Option<Hop>> = turned.iter().map(|&n| tree.parent[n]).collect();
    for i in (1..turned.len()).rev() {
        tree.parent[turned[i]] = links[i - 1].map(|hop| Hop {
            node: turned[i - 1],
            edge: hop.edge,
        });
    }
    for (pair, &edge) in chord.nodes.windows(2).zip(&chord.edges) {
        tree.parent[pair[0]] = Some(Hop {
            node: pair[1],
            edge,
        });
        tree.is_member[pair[0]] = true;
    }
    tree.rebuild(problem);
}
