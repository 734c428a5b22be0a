//! Rounding cuts over cut sets: pipes come in sizes, and a part of the town needs whole ones.
//!
//! Heat into a set `S` of nodes covers what the customers `T` in it draw and what pipes in it lose:
//!
//! ```text
//! Σ_{a into S} Σ_k u_ak z_ak + Σ_{s in S} P_s ≥ Σ_{c in T} load_c x_c + Σ_{a in S} loss_a y_a
//! ```
//!
//! with `u_ak` the most that pipe `k` delivers over arc `a`. With `x = 1 − x̄`, `y = 1 − ȳ` all binary
//! columns stand on the left with factors `g ≥ 0` and `R` on the right; a factor above `R` may be
//! lowered to `R`. For any divisor `q`, with `r = frac(R/q)`, mixed-integer rounding (Nemhauser and
//! Wolsey 1990) gives
//!
//! ```text
//! Σ (⌊g/q⌋ + min(1, frac(g/q)/r)) column + Σ continuous / (q r) ≥ ⌈R/q⌉
//! ```
//!
//! A set that draws a little more than a size carries needs the next size, or a second pipe: the
//! relaxation's mixture of a small and a large pipe breaks this. An arc counts with its pipes or
//! with its heat, whichever is less at the point.

use super::cuts::Cut;
use super::forest::Forest;
use super::instance::Instance;
use super::program::{Program, delivered, merged};
use hukka_lp::{Bounds, Column};
use std::collections::BTreeSet;

/// Least breach of a cut worth adding, with factors of about one.
const LEAST_BREACH: f64 = 0.01;
/// Customers and inner arcs are counted in when they are at least so much there.
const SHARES: [f64; 5] = [0.02, 0.2, 0.5, 0.8, 0.98];
/// Most nodes a set grows by.
const WIDENINGS: usize = 6;
/// Remainders outside this make cuts that are weak or badly scaled.
const REMAINDERS: core::ops::RangeInclusive<f64> = 0.01..=0.99;

/// Cuts a point breaks, the deepest first.
pub(crate) fn cuts(
    instance: &Instance,
    program: &Program,
    point: &[f64],
    best: Option<&Forest>,
) -> Vec<Cut> {
    let mut found: Vec<(f64, Cut)> = Vec::new();
    for set in sets(instance, program, point, best) {
        found.extend(widened(instance, program, point, set));
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.into_iter().map(|(_, cut)| cut).collect()
}

/// Sets to try: what hangs below each node of the best tree, and what the point's stronger arcs
/// reach from each node.
fn sets(
    instance: &Instance,
    program: &Program,
    point: &[f64],
    best: Option<&Forest>,
) -> BTreeSet<Vec<usize>> {
    let mut sets = BTreeSet::new();
    if let Some(forest) = best {
        for &top in forest.order.iter().skip(1) {
            let mut below = vec![false; instance.nodes + 1];
            below[top] = true;
            let mut members = vec![top];
            for &node in &forest.order {
                if forest.parent[node].is_some_and(|hop| below[hop.node]) {
                    below[node] = true;
                    members.push(node);
                }
            }
            members.sort_unstable();
            sets.insert(members);
        }
    }
    for least in [0.1, 0.3, 0.5, 0.7, 0.9] {
        for top in 0..instance.nodes {
            if program.into[top].is_empty() {
                continue;
            }
            let mut is_in = vec![false; instance.nodes];
            is_in[top] = true;
            let mut members = vec![top];
            let mut next = 0;
            while let Some(&node) = members.get(next) {
                next += 1;
                for &a in &program.out[node] {
                    let arc = &program.arcs[a];
                    if point[arc.built.0] > least && !std::mem::replace(&mut is_in[arc.to], true) {
                        members.push(arc.to);
                    }
                }
            }
            members.sort_unstable();
            sets.insert(members);
        }
    }
    sets
}

/// The inequality of a set before rounding.
struct Base {
    /// Arcs into the set.
    into: Vec<usize>,
    /// Columns that are counted as missing, with their factor, kW.
    missing: Vec<(Column, f64)>,
    /// Sources in the set.
    powers: Vec<Column>,
    /// Right side, kW.
    need: f64,
}

/// The deepest cut of a set and of sets that grow from it, node by node against the strongest
/// arc, as long as that helps.
fn widened(
    instance: &Instance,
    program: &Program,
    point: &[f64],
    mut set: Vec<usize>,
) -> Option<(f64, Cut)> {
    let mut best = of_set(instance, program, point, &set)?;
    for _ in 0..WIDENINGS {
        let Some(strongest) = best.strongest else {
            break;
        };
        set.push(program.arcs[strongest].from);
        let Some(wider) = of_set(instance, program, point, &set) else {
            break;
        };
        if wider.depth <= best.depth {
            break;
        }
        best = wider;
    }
    (best.depth > LEAST_BREACH).then(|| {
        (
            best.depth,
            write(instance, program, point, &best.base, best.q),
        )
    })
}

/// The best inequality of a set at a point.
struct Found {
    depth: f64,
    base: Base,
    q: f64,
    /// The arc into the set that counts most.
    strongest: Option<usize>,
}

/// The inequality of a set that the point breaks most, or comes nearest to breaking.
fn of_set(instance: &Instance, program: &Program, point: &[f64], set: &[usize]) -> Option<Found> {
    let mut is_in = vec![false; instance.nodes + 1];
    for &node in set {
        is_in[node] = true;
    }
    let mut best: Option<Found> = None;
    let mut last_need = -1.0_f64;
    for share in SHARES {
        let base = base(instance, program, point, (set, &is_in), share);
        if (base.need - last_need).abs() < 1e-9 || base.into.is_empty() {
            continue;
        }
        last_need = base.need;
        let deepest = divisors(instance, base.need)
            .map(|q| (depth(instance, program, point, &base, q), q))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((depth, q)) = deepest
            && best.as_ref().is_none_or(|other| depth > other.depth)
        {
            best = Some(Found {
                depth,
                base,
                q,
                strongest: None,
            });
        }
    }
    let mut best = best?;
    let measure = Measure::new(best.base.need, best.q);
    let weight = |a: usize| {
        let (pipes, heat) = sides(instance, program, point, a, measure);
        pipes.min(heat)
    };
    best.strongest = (best.base.into.iter().copied())
        .max_by(|&a, &b| weight(a).total_cmp(&weight(b)).then(b.cmp(&a)));
    Some(best)
}

fn base(
    instance: &Instance,
    program: &Program,
    point: &[f64],
    (set, is_in): (&[usize], &[bool]),
    share: f64,
) -> Base {
    let mut base = Base {
        into: Vec::new(),
        missing: Vec::new(),
        powers: Vec::new(),
        need: 0.0,
    };
    for &node in set {
        for &c in &instance.at[node] {
            let load = instance.customers[c].load;
            match program.customers[c] {
                None => base.need += load,
                Some(x) if point[x.0] >= share => {
                    base.need += load;
                    base.missing.push((x, load));
                }
                Some(_) => {}
            }
        }
        (base.powers).extend(instance.sources_at[node].iter().map(|&s| program.powers[s]));
        for &a in &program.into[node] {
            let arc = &program.arcs[a];
            if !is_in[arc.from] {
                base.into.push(a);
            } else if point[arc.built.0] >= share {
                let loss = least_loss(instance, program, a);
                base.need += loss;
                base.missing.push((arc.built, loss));
            }
        }
    }
    base.need *= 1.0 - 1e-7;
    base
}

fn least_loss(instance: &Instance, program: &Program, a: usize) -> f64 {
    let arc = &program.arcs[a];
    let pipes = &instance.law.pipes;
    let least = (arc.options.iter())
        .map(|&(k, _)| pipes[k].loss_b)
        .fold(f64::INFINITY, f64::min);
    instance.lines[arc.line].length * least.max(0.0)
}

/// Divisors to try: what sizes carry, and the need itself.
fn divisors(instance: &Instance, need: f64) -> impl Iterator<Item = f64> {
    let pipes = &instance.law.pipes;
    (pipes.iter().map(|pipe| pipe.capacity))
        .filter(move |&q| q < need && q > 0.01 * need)
        .chain([1.5 * need])
        .filter(move |&q| q > 1e-3 && REMAINDERS.contains(&(need / q).fract()))
}

/// A need in units of a divisor, and what is left over whole ones.
#[derive(Debug, Clone, Copy)]
struct Measure {
    need: f64,
    q: f64,
    remainder: f64,
}

impl Measure {
    fn new(need: f64, q: f64) -> Self {
        Self {
            need,
            q,
            remainder: (need / q).fract(),
        }
    }

    /// `⌊g/q⌋ + min(1, frac(g/q)/r)` of a binary column's factor.
    fn rounded(&self, g: f64) -> f64 {
        if g >= self.need {
            return self.right();
        }
        let whole = (g / self.q).floor();
        whole + ((g / self.q - whole) / self.remainder).min(1.0)
    }

    /// Factor of a continuous kilowatt.
    fn per_kw(&self) -> f64 {
        1.0 / (self.q * self.remainder)
    }

    fn right(&self) -> f64 {
        (self.need / self.q).ceil()
    }
}

/// Most an arc's pipe delivers, kW.
fn most_delivered(instance: &Instance, length: f64, pipe: usize) -> f64 {
    let pipe = &instance.law.pipes[pipe];
    (pipe.capacity * (1.0 - length * pipe.loss_a) - length * pipe.loss_b).max(0.0)
}

/// Left side of an arc's pipes and of its heat at the point.
fn sides(
    instance: &Instance,
    program: &Program,
    point: &[f64],
    a: usize,
    measure: Measure,
) -> (f64, f64) {
    let arc = &program.arcs[a];
    let length = instance.lines[arc.line].length;
    let pipes = (arc.options.iter())
        .filter(|(_, z)| point[z.0] > 0.0)
        .map(|&(k, z)| measure.rounded(most_delivered(instance, length, k)) * point[z.0])
        .sum();
    let heat: f64 = (delivered(instance, arc).iter())
        .map(|&(column, f)| f * point[column.0])
        .sum();
    (pipes, heat.max(0.0) * measure.per_kw())
}

/// By how much the point breaks the rounded inequality, relative to the size of its factors.
fn depth(instance: &Instance, program: &Program, point: &[f64], base: &Base, q: f64) -> f64 {
    let measure = Measure::new(base.need, q);
    let right = measure.right();
    let mut left = 0.0;
    for &(column, g) in &base.missing {
        left += measure.rounded(g) * (1.0 - point[column.0]);
    }
    for power in &base.powers {
        left += point[power.0] * measure.per_kw();
    }
    for &a in &base.into {
        let (pipes, heat) = sides(instance, program, point, a, measure);
        left += pipes.min(heat);
    }
    (right - left) / right.sqrt()
}

fn write(instance: &Instance, program: &Program, point: &[f64], base: &Base, q: f64) -> Cut {
    let measure = Measure::new(base.need, q);
    let mut right = measure.right();
    let mut entries = Vec::new();
    for &(column, g) in &base.missing {
        let factor = measure.rounded(g);
        right -= factor;
        entries.push((column, -factor));
    }
    for &power in &base.powers {
        entries.push((power, measure.per_kw()));
    }
    for &a in &base.into {
        let arc = &program.arcs[a];
        let (pipes, heat) = sides(instance, program, point, a, measure);
        if pipes <= heat {
            let length = instance.lines[arc.line].length;
            entries.extend((arc.options.iter()).map(|&(k, z)| {
                let most = most_delivered(instance, length, k);
                (z, measure.rounded(most))
            }));
        } else {
            let heat = delivered(instance, arc).into_iter();
            entries.extend(heat.map(|(column, f)| (column, f * measure.per_kw())));
        }
    }
    (Bounds::at_least(right), merged(entries))
}
