//! A value function of many pieces: the step back costs what it changes, not what there is.
//!
//! A large store with small losses gathers thousands of pieces. They are kept sorted in chunks; the
//! loss of a step scales all of them at once, by two factors, and what a step adds or cuts touches a
//! few chunks.

use super::value::{Change, Missed, Ties, ValueFunction};
use std::collections::VecDeque;

/// Pieces from which a value function counts as long.
pub(super) const LONG: usize = 384;
/// Pieces from which a chunk is split.
const FULL_CHUNK: usize = 96;
/// Factors beyond this are multiplied into the pieces.
const FAR: f64 = 1e6;

/// Pieces next to each other, by rising slope.
#[derive(Debug, Clone, Default)]
struct Chunk {
    width: Vec<f64>,
    slope: Vec<f64>,
    /// Sum of the widths.
    sum: f64,
}

impl Chunk {
    fn add_up(&mut self) {
        self.sum = self.width.iter().sum();
    }
}

/// A convex piecewise-linear cost by store content.
#[derive(Debug, Clone)]
pub(super) struct LongValue {
    from: f64,
    cost: f64,
    /// Width of a piece is its stored width times this.
    scale: f64,
    /// Slope of a piece is its stored slope times this.
    tilt: f64,
    chunks: VecDeque<Chunk>,
}

impl LongValue {
    pub(super) fn new(value: &ValueFunction) -> Self {
        let pieces: Vec<(f64, f64)> = value.pieces().collect();
        let chunks = pieces.chunks(FULL_CHUNK >> 1).map(|pieces| {
            let mut chunk = Chunk {
                width: pieces.iter().map(|(width, _)| *width).collect(),
                slope: pieces.iter().map(|(_, slope)| *slope).collect(),
                sum: 0.0,
            };
            chunk.add_up();
            chunk
        });
        Self {
            from: value.start(),
            cost: value.cost_at_start(),
            scale: 1.0,
            tilt: 1.0,
            chunks: chunks.collect(),
        }
    }

    /// Number of pieces.
    pub(super) fn len(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.width.len()).sum()
    }

    /// The same function, flat.
    pub(super) fn flat(&self) -> ValueFunction {
        let mut value = ValueFunction::exactly(self.from);
        let pieces = self.chunks.iter();
        let pieces = pieces.flat_map(|chunk| chunk.width.iter().zip(&chunk.slope));
        value.fill(
            self.cost,
            pieces.map(|(width, slope)| (width * self.scale, slope * self.tilt)),
        );
        value
    }

    /// As [`super::value::step_back`], for steps that keep some of the content.
    pub(super) fn step_back(
        &mut self,
        change: Change<'_>,
        (keep, capacity, slack): (f64, f64, f64),
        ties: Ties,
        places: &mut [f64],
    ) -> Result<(), Missed> {
        let high = keep * capacity;
        let first = self.from - change.to;
        if first > high + slack {
            return Err(Missed(first - high));
        }
        self.cost += change.cost_to;
        self.insert(change, first, ties, places);
        let mut at = first;
        if first < 0.0 {
            at = self.cut_below(first);
            if at < -slack {
                return Err(Missed(at));
            }
        }
        self.cut_above(high - at);
        self.from = first.clamp(0.0, high) / keep;
        self.scale /= keep;
        self.tilt *= keep;
        if self.scale > FAR || self.tilt > FAR || self.scale * FAR < 1.0 || self.tilt * FAR < 1.0 {
            *self = Self::new(&self.flat());
        }
        Ok(())
    }

    /// Puts the mirrored pieces of a change where their slopes belong; notes where each begins.
    fn insert(&mut self, change: Change<'_>, first: f64, ties: Ties, places: &mut [f64]) {
        if self.chunks.is_empty() {
            self.chunks.push_back(Chunk::default());
        }
        let count = change.width.len();
        let (mut c, mut least, mut before) = (0, 0, 0.0);
        for (j, place) in places.iter_mut().enumerate() {
            let k = count - 1 - j;
            let slope = -change.slope[k];
            let tilt = self.tilt;
            let is_before = |old: f64| {
                let old = old * tilt;
                old < slope || (ties == Ties::More && old <= slope)
            };
            while c + 1 < self.chunks.len()
                && self.chunks[c]
                    .slope
                    .last()
                    .is_none_or(|last| is_before(*last))
            {
                before += self.chunks[c].sum;
                (c, least) = (c + 1, 0);
            }
            let chunk = &mut self.chunks[c];
            let tail = chunk.slope[least..].partition_point(|old| is_before(*old));
            let index = least + tail;
            let within: f64 = chunk.width[..index].iter().sum();
            *place = first + (before + within) * self.scale;
            chunk.width.insert(index, change.width[k] / self.scale);
            chunk.slope.insert(index, slope / self.tilt);
            chunk.add_up();
            least = index + 1;
            if chunk.width.len() > FULL_CHUNK {
                (c, least, before) = self.split(c, least, before);
            }
        }
    }

    /// Splits a chunk; a place in it moves along.
    fn split(&mut self, c: usize, index: usize, before: f64) -> (usize, usize, f64) {
        let chunk = &mut self.chunks[c];
        let half = chunk.width.len() >> 1;
        let mut tail = Chunk {
            width: chunk.width.split_off(half),
            slope: chunk.slope.split_off(half),
            sum: 0.0,
        };
        chunk.add_up();
        tail.add_up();
        let sum = chunk.sum;
        self.chunks.insert(c + 1, tail);
        if index > half {
            (c + 1, index - half, before + sum)
        } else {
            (c, index, before)
        }
    }

    /// Cuts what lies below zero from a function that begins at `at`; where it begins then.
    fn cut_below(&mut self, mut at: f64) -> f64 {
        while let Some(chunk) = self.chunks.front_mut() {
            let mut gone = 0;
            for (width, slope) in chunk.width.iter_mut().zip(&chunk.slope) {
                let (wide, slope) = (*width * self.scale, slope * self.tilt);
                if at + wide <= 0.0 {
                    self.cost += wide * slope;
                    at += wide;
                    gone += 1;
                    continue;
                }
                self.cost -= at * slope;
                *width += at / self.scale;
                at = 0.0;
                break;
            }
            chunk.width.drain(..gone);
            chunk.slope.drain(..gone);
            chunk.add_up();
            if chunk.width.is_empty() {
                self.chunks.pop_front();
            }
            if at >= 0.0 {
                break;
            }
        }
        at
    }

    /// Cuts what lies beyond a width.
    fn cut_above(&mut self, width: f64) {
        let most = width / self.scale;
        let sum: f64 = self.chunks.iter().map(|chunk| chunk.sum).sum();
        let mut over = sum - most;
        while over > 0.0
            && let Some(chunk) = self.chunks.back_mut()
        {
            let mut left = chunk.width.len();
            while left > 0 && over > 0.0 {
                let last = chunk.width[left - 1];
                if last <= over {
                    over -= last;
                    left -= 1;
                } else {
                    chunk.width[left - 1] -= over;
                    over = 0.0;
                }
            }
            chunk.width.truncate(left);
            chunk.slope.truncate(left);
            chunk.add_up();
            if left == 0 {
                self.chunks.pop_back();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::value::step_back;
    use super::*;
    use proptest::prelude::*;

    /// A change of falling and rising cost, and the value function to begin with.
    fn pieces() -> impl Strategy<Value = Vec<(f64, f64)>> {
        prop::collection::vec((0.0_f64..9.0, -60.0_f64..60.0), 1..9)
    }

    proptest! {
        #[test]
        fn long_and_flat_value_functions_step_back_alike(
            steps in prop::collection::vec((pieces(), 0.98_f64..=1.0, 150.0_f64..900.0, any::<bool>()), 1..60),
            rest in -9.0_f64..0.0,
        ) {
            let mut flat = ValueFunction::between(0.0, 140.0);
            let mut long = LongValue::new(&flat);
            let mut spare = ValueFunction::exactly(0.0);
            for (mut pieces, keep, capacity, is_more) in steps {
                pieces.sort_by(|a, b| a.1.total_cmp(&b.1));
                let width: Vec<f64> = pieces.iter().map(|p| p.0).collect();
                let slope: Vec<f64> = pieces.iter().map(|p| p.1).collect();
                let to = rest + width.iter().sum::<f64>();
                let change = Change { to, cost_to: 3.0, width: &width, slope: &slope };
                let ties = if is_more { Ties::More } else { Ties::Less };
                let (mut a, mut b) = (vec![0.0; width.len()], vec![0.0; width.len()]);
                let terms = (keep, capacity, 1e-9);
                let one = step_back(&mut flat, change, terms, ties, (&mut a, &mut spare));
                let other = long.step_back(change, terms, ties, &mut b);
                prop_assert_eq!(one.is_ok(), other.is_ok());
                if one.is_err() {
                    break;
                }
                for (a, b) in a.iter().zip(&b) {
                    prop_assert!((a - b).abs() < 1e-9, "{a} {b}");
                }
                let same = long.flat();
                prop_assert!((same.range().0 - flat.range().0).abs() < 1e-9);
                prop_assert!((same.range().1 - flat.range().1).abs() < 1e-8);
                for share in [0.1, 0.5, 0.9] {
                    let (from, to) = flat.range();
                    let at = from + share * (to - from);
                    let (a, b) = (flat.cost_at(at).unwrap(), same.cost_at(at).unwrap());
                    prop_assert!((a - b).abs() < 1e-7 * (1.0 + a.abs()), "{a} {b}");
                }
            }
        }
    }
}
