//! What flows past a point during one time step: a few spells of constant enthalpy.
//!
//! Invariants: widths are shares of the step and sum to one; the mean is kept to rounding whatever
//! is merged.

/// Spells a signal can hold; more are merged where it hurts least.
const MOST: usize = 4;
/// Neighbours nearer than this are one spell, J/kg (about 0.005 K).
const SAME_J_KG: f64 = 20.0;

/// Enthalpy by spells of a step, J/kg, first to last.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Signal {
    len: usize,
    width: [f64; MOST],
    value: [f64; MOST],
}

impl Signal {
    pub(crate) const EMPTY: Self = Self {
        len: 0,
        width: [0.0; MOST],
        value: [0.0; MOST],
    };

    pub(crate) const fn constant(value: f64) -> Self {
        let mut signal = Self::EMPTY;
        signal.len = 1;
        signal.width[0] = 1.0;
        signal.value[0] = value;
        signal
    }

    /// Adds a spell at the end.
    #[inline]
    pub(crate) fn push(&mut self, width: f64, value: f64) {
        if width <= 0.0 {
            return;
        }
        if let Some(last) = self.len.checked_sub(1)
            && (self.value[last] - value).abs() <= SAME_J_KG
        {
            self.join_last(width, value);
        } else if self.len < MOST {
            self.width[self.len] = width;
            self.value[self.len] = value;
            self.len += 1;
        } else {
            self.make_room(width, value);
        }
    }

    fn join_last(&mut self, width: f64, value: f64) {
        let last = self.len - 1;
        let sum = self.width[last] + width;
        self.value[last] += (value - self.value[last]) * (width / sum);
        self.width[last] = sum;
    }

    /// Merges the two neighbours whose merging loses least, the newcomer included.
    fn make_room(&mut self, width: f64, value: f64) {
        let cost = |(w, v): (f64, f64), (x, u): (f64, f64)| w * x / (w + x) * (v - u) * (v - u);
        let mut least = (
            MOST - 1,
            cost((self.width[MOST - 1], self.value[MOST - 1]), (width, value)),
        );
        for i in 0..MOST - 1 {
            let found = cost(
                (self.width[i], self.value[i]),
                (self.width[i + 1], self.value[i + 1]),
            );
            if found < least.1 {
                least = (i, found);
            }
        }
        let i = least.0;
        if i == MOST - 1 {
            self.join_last(width, value);
            return;
        }
        let sum = self.width[i] + self.width[i + 1];
        self.value[i] += (self.value[i + 1] - self.value[i]) * (self.width[i + 1] / sum);
        self.width[i] = sum;
        for k in i + 1..MOST - 1 {
            self.width[k] = self.width[k + 1];
            self.value[k] = self.value[k + 1];
        }
        self.width[MOST - 1] = width;
        self.value[MOST - 1] = value;
    }

    /// Spells: `(share of the step, enthalpy)`.
    pub(crate) fn spells(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        (0..self.len).map(|i| (self.width[i], self.value[i]))
    }

    /// Mean over the step.
    #[inline]
    pub(crate) fn mean(&self) -> f64 {
        if self.len == 1 {
            return self.value[0];
        }
        let (mut weight, mut sum) = (0.0, 0.0);
        for (width, value) in self.spells() {
            weight += width;
            sum += width * value;
        }
        sum / weight
    }

    /// Mean between two shares of the step.
    pub(crate) fn mean_between(&self, from: f64, to: f64) -> f64 {
        let (mut at, mut weight, mut sum) = (0.0, 0.0, 0.0);
        for (width, value) in self.spells() {
            let part = (at + width).min(to) - at.max(from);
            if part > 0.0 {
                weight += part;
                sum += part * value;
            }
            at += width;
        }
        if weight > 0.0 {
            sum / weight
        } else {
            self.last()
        }
    }

    /// What flows at the end of the step.
    pub(crate) const fn last(&self) -> f64 {
        self.value[self.len.saturating_sub(1)]
    }

    /// The same with every value moved.
    pub(crate) fn shifted(mut self, by: f64) -> Self {
        for value in &mut self.value[..self.len] {
            *value += by;
        }
        self
    }

    /// Two streams mixed, each steady in mass over the step.
    pub(crate) fn mixed((mass, a): (f64, &Self), (other, b): (f64, &Self)) -> Self {
        let (p, q) = (mass / (mass + other), other / (mass + other));
        if a.len == 1 && b.len == 1 {
            return Self::constant(p * a.value[0] + q * b.value[0]);
        }
        let mut out = Self::EMPTY;
        let (mut i, mut j) = (0, 0);
        let (mut left_a, mut left_b) = (a.width[0], b.width[0]);
        while i < a.len && j < b.len {
            let value = p * a.value[i] + q * b.value[j];
            if (left_a <= left_b && i + 1 < a.len) || j + 1 == b.len {
                out.push(left_a, value);
                left_b -= left_a;
                i += 1;
                left_a = a.width.get(i).copied().unwrap_or(0.0);
            } else {
                out.push(left_b, value);
                left_a -= left_b;
                j += 1;
                left_b = b.width.get(j).copied().unwrap_or(0.0);
            }
        }
        // widths of either stream sum to one to rounding only: the mean must not feel it
        out.shifted(p * a.mean() + q * b.mean() - out.mean())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn made(values: &[(f64, f64)]) -> (Signal, f64) {
        let total: f64 = values.iter().map(|v| v.0).sum();
        let mut signal = Signal::EMPTY;
        for &(width, value) in values {
            signal.push(width / total, value);
        }
        (signal, values.iter().map(|(w, v)| w / total * v).sum())
    }

    fn spells() -> impl Strategy<Value = Vec<(f64, f64)>> {
        prop::collection::vec((1e-3..1.0_f64, 0.0..4e5_f64), 1..9)
    }

    #[test]
    fn two_spells_mix_where_they_overlap() {
        let (a, _) = made(&[(0.25, 100.0), (0.75, 300.0)]);
        let mixed = Signal::mixed((1.0, &a), (3.0, &Signal::constant(500.0)));
        let spells: Vec<_> = mixed.spells().collect();
        assert_eq!(spells.len(), 2);
        assert!((spells[0].1 - 400.0).abs() < 1e-9 && (spells[1].1 - 450.0).abs() < 1e-9);
        assert!((mixed.mean_between(0.0, 0.5) - 425.0).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn merging_keeps_the_mean_and_the_bounds(values in spells()) {
            let (signal, mean) = made(&values);
            prop_assert!((signal.mean() - mean).abs() < 1e-8 * mean.abs().max(1.0));
            prop_assert!((signal.spells().map(|s| s.0).sum::<f64>() - 1.0).abs() < 1e-12);
            let most = values.iter().map(|v| v.1).fold(f64::MIN, f64::max);
            prop_assert!(signal.spells().all(|s| s.1 <= most + 1e-9 && s.1 >= -1e-9));
        }

        #[test]
        fn mixing_keeps_the_heat(a in spells(), b in spells(), m in 1e-3..1e3_f64) {
            let ((a, _), (b, _)) = (made(&a), made(&b));
            let mixed = Signal::mixed((m, &a), (1.0, &b));
            let expected = (m * a.mean() + b.mean()) / (m + 1.0);
            prop_assert!((mixed.mean() - expected).abs() < 1e-10 * expected.abs().max(1.0));
        }
    }
}
