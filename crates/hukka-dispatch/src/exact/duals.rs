//! What content is worth along a path.
//!
//! The worth `k_t` of one more MWh in the store after step `t` is a slope of the step's cost at its
//! change. Between full and empty it only shrinks with the loss, `k_t = keep · k_(t+1)`; a full
//! store lets it rise more, an empty one less. Sets of values that fit are carried forwards, one
//! value is picked backwards.

use super::pass::{Links, Path};
use super::value::ValueFunction;

/// Rounds around a closed path until its seam fits.
const MOST_ROUNDS: usize = 4;

/// A closed interval, possibly without end.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Range {
    low: f64,
    high: f64,
}

impl Range {
    const ALL: Self = Self {
        low: f64::NEG_INFINITY,
        high: f64::INFINITY,
    };

    /// The common part; where rounding leaves none, the middle of the gap.
    fn and(self, other: Self) -> Self {
        let (low, high) = (self.low.max(other.low), self.high.min(other.high));
        if low <= high {
            return Self { low, high };
        }
        let middle = 0.5 * (low + high);
        Self {
            low: middle,
            high: middle,
        }
    }

    fn clamp(self, value: f64) -> f64 {
        value.max(self.low).min(self.high)
    }

    /// The highest finite value, or the lowest, or zero.
    fn pick(self) -> f64 {
        if self.high.is_finite() {
            self.high
        } else if self.low.is_finite() {
            self.low
        } else {
            0.0
        }
    }
}

/// Where a content stands: what it lets its worth do.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Joint {
    is_empty: bool,
    is_full: bool,
    /// Share of the content the next step keeps.
    keep: f64,
}

impl Joint {
    /// The worth before the joint that fits one after it, unless the joint lets it jump.
    fn before(self, after: f64) -> f64 {
        if self.keep > 0.0 {
            self.keep * after
        } else {
            0.0
        }
    }

    /// Values the next worth may take.
    fn forwards(self, worth: Range) -> Range {
        if self.keep <= 0.0 {
            return Range::ALL;
        }
        Range {
            low: if self.is_empty {
                f64::NEG_INFINITY
            } else {
                worth.low / self.keep
            },
            high: if self.is_full {
                f64::INFINITY
            } else {
                worth.high / self.keep
            },
        }
    }
}

/// How the end of the chain values content.
pub(super) enum Seam<'a> {
    /// The chain goes on at its start.
    Closed,
    /// The cost by content after the last step.
    End(&'a ValueFunction),
}

struct Scan<'a> {
    links: &'a Links,
    path: &'a Path,
    tolerance: f64,
}

impl Scan<'_> {
    fn joint(&self, i: usize) -> Joint {
        let run = self.path.run;
        let next = run.step(self.links, (i + 1) % run.count);
        let capacity = self.links.steps[run.step(self.links, i)].capacity;
        let content = self.path.content[i];
        Joint {
            is_empty: content <= self.tolerance,
            is_full: content >= capacity - self.tolerance,
            keep: self.links.steps[next].keep,
        }
    }

    fn slopes(&self, i: usize) -> Range {
        Range {
            low: self.path.below[i],
            high: self.path.above[i],
        }
    }

    /// Sets of worths that fit all steps up to each, from a set before the first.
    fn forwards(&self, mut allowed: Range) -> Vec<Range> {
        let mut sets = Vec::with_capacity(self.path.run.count);
        for i in 0..self.path.run.count {
            let set = allowed.and(self.slopes(i));
            sets.push(set);
            allowed = self.joint(i).forwards(set);
        }
        sets
    }

    /// One worth of each set, from the last to the first.
    fn backwards(&self, sets: &[Range], last: f64) -> Vec<f64> {
        let mut worth = vec![last; sets.len()];
        for i in (0..sets.len() - 1).rev() {
            worth[i] = sets[i].clamp(self.joint(i).before(worth[i + 1]));
        }
        worth
    }
}

fn scan<'a>(links: &'a Links, path: &'a Path) -> Scan<'a> {
    Scan {
        links,
        path,
        tolerance: path.tolerance,
    }
}

/// Worth of content after each step of a path, EUR/MWh.
pub(super) fn content_worth(links: &Links, path: &Path, seam: &Seam<'_>) -> Vec<f64> {
    let scan = scan(links, path);
    let count = path.run.count;
    match seam {
        Seam::End(end) => {
            let (below, above) = end.slopes(path.content[count - 1], scan.tolerance);
            let sets = scan.forwards(Range::ALL);
            let ends = Range {
                low: -above,
                high: -below,
            };
            let last = sets[count - 1].and(ends).pick();
            scan.backwards(&sets, last)
        }
        Seam::Closed => {
            let joint = scan.joint(count - 1);
            let mut sets = scan.forwards(Range::ALL);
            for _ in 0..MOST_ROUNDS {
                let again = scan.forwards(joint.forwards(sets[count - 1]));
                let is_settled = again[count - 1] == sets[count - 1];
                sets = again;
                if is_settled {
                    break;
                }
            }
            // Once around, the last worth x becomes clamp(s x, low, high), s the share of content
            // kept: the worth that fits the seam is what this leaves alone.
            let around = |last: f64| {
                let first = scan.backwards(&sets, last)[0];
                sets[count - 1].clamp(joint.before(first))
            };
            let range = Range {
                low: around(f64::NEG_INFINITY),
                high: around(f64::INFINITY),
            };
            let loses = path.run.loses(links);
            let last = if loses {
                range.clamp(0.0)
            } else {
                range.pick()
            };
            scan.backwards(&sets, last)
        }
    }
}

/// How the cost of a path changes when both its ends are raised together, EUR/MWh.
///
/// More content at the start saves `keep · k_first`, more at the end costs `k_last`.
pub(super) fn slope_of_closing(links: &Links, path: &Path) -> f64 {
    let scan = scan(links, path);
    let sets = scan.forwards(Range::ALL);
    let last = sets[sets.len() - 1].pick();
    let worth = scan.backwards(&sets, last);
    let keep = links.steps[path.run.step(links, 0)].keep;
    last - keep * worth[0]
}

/// Worth of one more MWh of capacity in each step of a path, EUR/MWh: what keeping it would save.
pub(super) fn capacity_worth(
    links: &Links,
    path: &Path,
    worth: &[f64],
    seam: &Seam<'_>,
) -> Vec<f64> {
    let scan = scan(links, path);
    let count = path.run.count;
    (0..count)
        .map(|i| {
            let joint = scan.joint(i);
            if !joint.is_full {
                return 0.0;
            }
            let later = match seam {
                Seam::End(end) if i + 1 == count => {
                    let below = end.slopes(path.content[i], scan.tolerance).0;
                    if below.is_finite() { -below } else { worth[i] }
                }
                _ => joint.keep * worth[(i + 1) % count],
            };
            (later - worth[i]).max(0.0)
        })
        .collect()
}
