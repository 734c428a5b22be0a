//! Which way heat can go over each line, and how much at most.

use super::instance::Instance;
use super::program::ArcLimit;

/// Two arcs for every line, `a→b` first.
///
/// Over a bridge of the graph heat goes only away from sources and towards customers, and at most
/// what the customers behind it draw with the losses behind it. Elsewhere the whole load bounds it.
pub(crate) fn limits(instance: &Instance) -> Vec<ArcLimit> {
    let whole = Side {
        load: instance.customers.iter().map(|c| c.load).sum(),
        length: instance.lines.iter().map(|line| line.length).sum(),
        customers: instance.customers.len(),
        sources: instance.sources.len(),
    };
    let supply: f64 = instance.sources.iter().map(|s| s.capacity).sum();
    let most = |side: &Side| with_losses(instance, side).min(supply);
    let mut limits = vec![
        ArcLimit {
            is_open: true,
            most: most(&whole),
            least: 0.0,
        };
        2 * instance.lines.len()
    ];
    for (line, below, side) in bridges(instance) {
        let other = Side {
            load: whole.load - side.load,
            length: whole.length - side.length - instance.lines[line].length,
            customers: whole.customers - side.customers,
            sources: whole.sources - side.sources,
        };
        let own = instance.lines[line].length;
        let towards_b = below == instance.lines[line].b;
        for (k, (from, to)) in [(&other, &side), (&side, &other)].into_iter().enumerate() {
            let index = 2 * line + usize::from((k == 0) != towards_b);
            let behind = Side {
                length: to.length + own,
                ..*to
            };
            limits[index] = ArcLimit {
                is_open: from.sources > 0 && to.customers > 0,
                most: most(&behind),
                least: if instance.is_forced() && to.sources == 0 {
                    to.load
                } else {
                    0.0
                },
            };
        }
    }
    limits
}

/// What lies on one side of a bridge.
#[derive(Debug, Clone, Copy, Default)]
struct Side {
    load: f64,
    length: f64,
    customers: usize,
    sources: usize,
}

/// Load with the most that can be lost over a length of trench.
fn with_losses(instance: &Instance, side: &Side) -> f64 {
    let pipes = &instance.law.pipes;
    let per_metre = pipes.iter().map(|pipe| pipe.loss_b).fold(0.0, f64::max);
    let share = pipes.iter().map(|pipe| pipe.loss_a).fold(0.0, f64::max);
    // (1 − Σ L a) ≤ Π (1 − L a): the inflow of any chain of trenches is at most this.
    let kept = (1.0 - side.length * share).max(0.05);
    (side.load + side.length * per_metre) / kept
}

/// Bridges with the node below and what hangs below, by depth-first search.
fn bridges(instance: &Instance) -> Vec<(usize, usize, Side)> {
    let mut seen = vec![usize::MAX; instance.nodes];
    let mut low = vec![usize::MAX; instance.nodes];
    let mut side = vec![Side::default(); instance.nodes];
    let mut found = Vec::new();
    let mut time = 0;
    for start in 0..instance.nodes {
        if seen[start] != usize::MAX {
            continue;
        }
        // (node, line it was entered by, next neighbour to look at)
        let mut stack = vec![(start, usize::MAX, 0_usize)];
        while let Some(&mut (node, entered, ref mut next)) = stack.last_mut() {
            if *next == 0 {
                seen[node] = time;
                low[node] = time;
                time += 1;
                side[node] = own(instance, node);
            }
            if let Some(&(other, line)) = instance.around[node].get(*next) {
                *next += 1;
                if line == entered || other == instance.root() {
                    continue;
                }
                if seen[other] == usize::MAX {
                    stack.push((other, line, 0));
                } else {
                    low[node] = low[node].min(seen[other]);
                    if seen[other] < seen[node] {
                        side[node].length += instance.lines[line].length;
                    }
                }
                continue;
            }
            stack.pop();
            if let Some(&(above, _, _)) = stack.last() {
                low[above] = low[above].min(low[node]);
                let below = side[node];
                if low[node] > seen[above] {
                    found.push((entered, node, below));
                }
                side[above].load += below.load;
                side[above].length += below.length + instance.lines[entered].length;
                side[above].customers += below.customers;
                side[above].sources += below.sources;
            }
        }
    }
    found
}

fn own(instance: &Instance, node: usize) -> Side {
    Side {
        load: (instance.at[node].iter())
            .map(|&c| instance.customers[c].load)
            .sum(),
        length: 0.0,
        customers: instance.at[node].len(),
        sources: instance.sources_at[node].len(),
    }
}
