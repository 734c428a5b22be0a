//! Convex cost by store content, and one step back in time.

/// A convex piecewise-linear cost by store content: what the rest of the run costs from there.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueFunction {
    from: f64,
    cost: f64,
    width: Vec<f64>,
    slope: Vec<f64>,
}

impl ValueFunction {
    /// Cost `cost_eur` at `from_mwh`, then pieces of width [MWh] and slope [EUR/MWh]; `None` unless
    /// all are finite, widths not negative and slopes rising.
    pub fn new(from_mwh: f64, cost_eur: f64, pieces: &[(f64, f64)]) -> Option<Self> {
        let is_finite = pieces.iter().all(|(w, s)| w.is_finite() && s.is_finite());
        let is_convex = pieces.windows(2).all(|pair| pair[0].1 <= pair[1].1);
        let is_wide = pieces.iter().all(|(width, _)| *width >= 0.0);
        let is_fine = from_mwh.is_finite() && cost_eur.is_finite() && is_finite;
        (is_fine && is_convex && is_wide && from_mwh >= 0.0).then(|| Self {
            from: from_mwh,
            cost: cost_eur,
            width: pieces.iter().map(|(width, _)| *width).collect(),
            slope: pieces.iter().map(|(_, slope)| *slope).collect(),
        })
    }

    /// Only this content is allowed.
    pub const fn exactly(content_mwh: f64) -> Self {
        Self {
            from: content_mwh,
            cost: 0.0,
            width: Vec::new(),
            slope: Vec::new(),
        }
    }

    /// Any content between the two is allowed and worth nothing.
    pub fn between(from_mwh: f64, to_mwh: f64) -> Self {
        Self {
            from: from_mwh,
            cost: 0.0,
            width: vec![(to_mwh - from_mwh).max(0.0)],
            slope: vec![0.0],
        }
    }

    /// Smallest and largest content allowed, MWh.
    pub fn range(&self) -> (f64, f64) {
        (self.from, self.from + self.width.iter().sum::<f64>())
    }

    /// Cost at a content, EUR; `None` where it is not allowed.
    pub fn cost_at(&self, content_mwh: f64) -> Option<f64> {
        let (from, to) = self.range();
        let tolerance = 1e-9 * (1.0 + to);
        if content_mwh < from - tolerance || content_mwh > to + tolerance {
            return None;
        }
        let mut left = (content_mwh - self.from).max(0.0);
        let mut cost = self.cost;
        for (width, slope) in self.width.iter().zip(&self.slope) {
            let taken = left.min(*width);
            cost += taken * slope;
            left -= taken;
        }
        Some(cost)
    }

    /// What one more MWh of content saves, EUR/MWh (the water value); `None` at and above the
    /// largest content.
    pub fn worth_at(&self, content_mwh: f64) -> Option<f64> {
        let mut end = self.from;
        for (width, slope) in self.width.iter().zip(&self.slope) {
            end += width;
            if content_mwh < end {
                return Some(-slope);
            }
        }
        None
    }

    /// The part up to a capacity; `None` when nothing is left.
    pub(super) fn within(&self, capacity: f64) -> Option<Self> {
        let mut room = capacity - self.from;
        if room < -1e-12 * (1.0 + capacity) {
            return None;
        }
        let mut found = Self::exactly(self.from.min(capacity));
        found.cost = self.cost;
        for (width, slope) in self.pieces() {
            if room <= 0.0 {
                break;
            }
            found.width.push(width.min(room));
            found.slope.push(slope);
            room -= width;
        }
        Some(found)
    }

    /// Smallest content allowed, MWh.
    pub(super) const fn start(&self) -> f64 {
        self.from
    }

    /// Cost there, EUR.
    pub(super) const fn cost_at_start(&self) -> f64 {
        self.cost
    }

    /// Sets the cost at the start and the pieces.
    pub(super) fn fill(&mut self, cost: f64, pieces: impl Iterator<Item = (f64, f64)>) {
        self.cost = cost;
        (self.width, self.slope) = pieces.unzip();
    }

    /// Slopes just below and above a content.
    pub(super) fn slopes(&self, content: f64, tolerance: f64) -> (f64, f64) {
        sides(self.pieces(), content - self.from, tolerance)
    }

    /// Pieces: width, MWh, and slope, EUR/MWh.
    pub fn pieces(&self) -> impl ExactSizeIterator<Item = (f64, f64)> + '_ {
        self.width.iter().copied().zip(self.slope.iter().copied())
    }
}

/// Slopes just below and above a place in a row of pieces (width, slope), infinite outside; pieces
/// no wider than the tolerance do not count.
pub(super) fn sides(
    pieces: impl Iterator<Item = (f64, f64)>,
    place: f64,
    tolerance: f64,
) -> (f64, f64) {
    let mut below = f64::NEG_INFINITY;
    let mut start = 0.0;
    for (width, slope) in pieces {
        if start < place - tolerance {
            below = slope;
        }
        start += width;
        if start > place + tolerance {
            return (below, slope);
        }
    }
    (below, f64::INFINITY)
}

/// How equal slopes are ordered: which way a choice without cost goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ties {
    /// Rather more content now.
    More,
    /// Rather less content now.
    Less,
}

/// The cost by change of content of a step, as one step back needs it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Change<'a> {
    pub(super) to: f64,
    pub(super) cost_to: f64,
    pub(super) width: &'a [f64],
    pub(super) slope: &'a [f64],
}

/// No content at the step's start leads to an allowed one at its end; by how many MWh it misses,
/// negative when there is too much.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Missed(pub(super) f64);

/// Cost-to-go before a step from that after it, in place.
///
/// ```text
/// V(l) = min over Δ of K(Δ) + W(keep · l + Δ),   0 ≤ l ≤ capacity before the step
/// ```
///
/// With `u = keep · l` this is the infimal convolution of `W` and `K(−δ)`: the pieces of both,
/// sorted by slope. `places[j]` becomes the `u` at which the mirrored piece `j` of `K` (last piece
/// first) begins; what lies outside the range is cut. A range missed by no more than `slack` is
/// met at its end.
pub(super) fn step_back(
    value: &mut ValueFunction,
    change: Change<'_>,
    (keep, capacity, slack): (f64, f64, f64),
    ties: Ties,
    (places, old): (&mut [f64], &mut ValueFunction),
) -> Result<(), Missed> {
    core::mem::swap(value, old);
    value.width.clear();
    value.slope.clear();
    let (low, high) = (0.0, keep * capacity);
    let first = old.from - change.to;
    if first > high + slack {
        return Err(Missed(first - high));
    }
    let mut out = Output {
        value,
        at: first,
        cost: old.cost + change.cost_to,
        low,
        high,
        scale: if keep > 0.0 { 1.0 / keep } else { 0.0 },
        keep,
    };
    let mut i = 0;
    let count = change.width.len();
    for (j, place) in places.iter_mut().enumerate() {
        let k = count - 1 - j;
        let slope = -change.slope[k];
        while i < old.slope.len()
            && (old.slope[i] < slope || (ties == Ties::More && old.slope[i] <= slope))
        {
            out.push(old.width[i], old.slope[i]);
            i += 1;
        }
        *place = out.at;
        out.push(change.width[k], slope);
    }
    while i < old.slope.len() && out.at < high {
        out.push(old.width[i], old.slope[i]);
        i += 1;
    }
    if out.at < low - slack {
        return Err(Missed(out.at));
    }
    let (start, cost) = (first.clamp(low, high), out.cost);
    value.from = if keep > 0.0 { start / keep } else { 0.0 };
    value.cost = cost;
    if keep <= 0.0 {
        value.width.push(capacity);
        value.slope.push(0.0);
    }
    Ok(())
}

/// The merged function as it grows, cut to its range and scaled to content before the loss.
struct Output<'a> {
    value: &'a mut ValueFunction,
    at: f64,
    cost: f64,
    low: f64,
    high: f64,
    scale: f64,
    keep: f64,
}

impl Output<'_> {
    fn push(&mut self, width: f64, slope: f64) {
        let (start, end) = (self.at, self.at + width);
        self.at = end;
        if start < self.low {
            self.cost += (end.min(self.low) - start) * slope;
        }
        let (from, to) = (start.max(self.low), end.min(self.high));
        if to > from && self.scale > 0.0 {
            self.value.width.push((to - from) * self.scale);
            self.value.slope.push(slope * self.keep);
        }
    }
}
