//! Faster fixed points: Anderson's mixing of the last few steps.

use crate::solve_positive;

/// Remembers the last steps of a fixed-point iteration and combines them.
///
/// For `x → x + f(x)` it takes the combination of the last differences that would have made `f`
/// smallest, `min ‖f − ΔF γ‖`, and steps to `x + f − (ΔX + ΔF) γ`.
///
/// # Source  Anderson 1965, J. ACM 12; Walker & Ni 2011, SIAM J. Numer. Anal. 49 (type II)
#[derive(Debug, Clone)]
pub struct Anderson {
    depth: usize,
    last: Option<(Vec<f64>, Vec<f64>)>,
    moves: Vec<(Vec<f64>, Vec<f64>)>,
}

impl Anderson {
    /// Mixing of at most `depth` earlier steps.
    pub const fn new(depth: usize) -> Self {
        Self {
            depth,
            last: None,
            moves: Vec::new(),
        }
    }

    /// Forgets all steps.
    pub fn restart(&mut self) {
        self.last = None;
        self.moves.clear();
    }

    /// Turns the plain step `f(x)` into the mixed one, in place.
    ///
    /// # Shapes  `x[i]`, `step[i]`, the same length every time until [`Self::restart`]
    pub fn mix(&mut self, x: &[f64], step: &mut [f64]) {
        if let Some((x_last, f_last)) = self.last.take() {
            if self.moves.len() == self.depth {
                self.moves.remove(0);
            }
            let by = |new: &[f64], old: Vec<f64>| -> Vec<f64> {
                new.iter().zip(old).map(|(a, b)| a - b).collect()
            };
            self.moves.push((by(x, x_last), by(step, f_last)));
        }
        self.last = Some((x.to_vec(), step.to_vec()));
        let Some(weights) = self.weights(step) else {
            self.moves.clear();
            return;
        };
        for ((dx, df), weight) in self.moves.iter().zip(weights) {
            for ((s, a), b) in step.iter_mut().zip(dx).zip(df) {
                *s -= weight * (a + b);
            }
        }
    }

    fn weights(&self, step: &[f64]) -> Option<Vec<f64>> {
        let n = self.moves.len();
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
        let mut matrix = vec![0.0; n * n];
        for (i, (_, a)) in self.moves.iter().enumerate() {
            for (j, (_, b)) in self.moves[..=i].iter().enumerate() {
                matrix[i * n + j] = dot(a, b);
            }
        }
        for i in 0..n {
            matrix[i * n + i] *= 1.0 + 1e-10;
        }
        let mut weights: Vec<f64> = self.moves.iter().map(|(_, df)| dot(df, step)).collect();
        solve_positive(&mut matrix, &mut weights).ok()?;
        weights
            .iter()
            .all(|w| w.is_finite() && w.abs() < 1e3)
            .then_some(weights)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_swinging_fixed_point_is_found_soon() {
        let slope = [-1.4, 0.7, -0.2];
        let goal = [1.0, -2.0, 5.0];
        let mut x = [0.0; 3];
        let mut mixer = Anderson::new(4);
        for _ in 0..8 {
            let mut step: Vec<f64> = (0..3)
                .map(|i| (slope[i] - 1.0) * (x[i] - goal[i]))
                .collect();
            mixer.mix(&x, &mut step);
            for (value, by) in x.iter_mut().zip(&step) {
                *value += by;
            }
        }
        assert!(
            x.iter().zip(goal).all(|(a, b)| (a - b).abs() < 1e-6),
            "{x:?}"
        );
    }
}
