//! Faster fixed points for several problems side by side: mixing of the last few steps.

use crate::solve_positive;

/// A list of values, one per problem each.
type Rows<const L: usize> = Vec<[f64; L]>;

/// Largest weight of an earlier step; beyond it the steps tell nothing.
const MAX_WEIGHT: f64 = 1e3;

/// Remembers the last steps of `L` fixed-point iterations and combines them.
///
/// For `x → x + f(x)` it takes the combination of the last differences that would have made `f`
/// smallest, `min ‖f − ΔF γ‖`, and steps to `x + f − (ΔX + ΔF) γ`; each problem by itself.
///
/// # Source  Anderson 1965, J. ACM 12; Walker & Ni 2011, SIAM J. Numer. Anal. 49 (type II)
#[derive(Debug, Clone)]
pub struct LaneAnderson<const L: usize> {
    depth: usize,
    has_last: bool,
    last: (Rows<L>, Rows<L>),
    /// Differences of `x` and of `f`, oldest first.
    moves: Vec<(Rows<L>, Rows<L>)>,
    /// Buffers of moves thrown away.
    spare: Vec<(Rows<L>, Rows<L>)>,
}

impl<const L: usize> LaneAnderson<L> {
    /// Mixing of at most `depth` earlier steps.
    pub const fn new(depth: usize) -> Self {
        Self {
            depth,
            has_last: false,
            last: (Vec::new(), Vec::new()),
            moves: Vec::new(),
            spare: Vec::new(),
        }
    }

    /// Forgets all steps.
    pub fn restart(&mut self) {
        self.has_last = false;
        self.spare.append(&mut self.moves);
    }

    /// Forgets the earlier steps of one problem.
    pub fn restart_lane(&mut self, lane: usize) {
        for (dx, df) in &mut self.moves {
            for row in dx.iter_mut().chain(df) {
                row[lane] = 0.0;
            }
        }
    }

    /// Turns the plain step `f(x)` into the mixed one, in place.
    ///
    /// # Shapes  `x[i][lane]`, `step[i][lane]`, the same length every time until [`Self::restart`]
    pub fn mix(&mut self, x: &[[f64; L]], step: &mut [[f64; L]]) {
        if self.has_last {
            let mut buffers = if self.moves.len() == self.depth {
                self.moves.remove(0)
            } else {
                self.spare.pop().unwrap_or_default()
            };
            difference(x, &self.last.0, &mut buffers.0);
            difference(step, &self.last.1, &mut buffers.1);
            self.moves.push(buffers);
        }
        self.has_last = true;
        self.last.0.clear();
        self.last.0.extend_from_slice(x);
        self.last.1.clear();
        self.last.1.extend_from_slice(step);
        let weights = self.weights(step);
        for ((dx, df), weight) in self.moves.iter().zip(&weights) {
            for ((s, a), b) in step.iter_mut().zip(dx).zip(df) {
                for l in 0..L {
                    s[l] -= weight[l] * (a[l] + b[l]);
                }
            }
        }
    }

    /// Weights of the moves, by move; zero where they tell nothing.
    fn weights(&mut self, step: &[[f64; L]]) -> Rows<L> {
        let n = self.moves.len();
        let mut products = vec![[0.0; L]; n * n];
        let mut goals = vec![[0.0; L]; n];
        for (i, (_, a)) in self.moves.iter().enumerate() {
            goals[i] = dot(a, step);
            for (j, (_, b)) in self.moves[..=i].iter().enumerate() {
                products[i * n + j] = dot(a, b);
            }
        }
        let mut weights = vec![[0.0; L]; n];
        for l in 0..L {
            let mut matrix: Vec<f64> = products.iter().map(|row| row[l]).collect();
            let mut goal: Vec<f64> = goals.iter().map(|row| row[l]).collect();
            for i in 0..n {
                let own = &mut matrix[i * n + i];
                *own = if *own > 0.0 {
                    *own * (1.0 + 1e-10)
                } else {
                    1.0
                };
            }
            let is_solved = solve_positive(&mut matrix, &mut goal).is_ok();
            if is_solved && goal.iter().all(|w| w.abs() < MAX_WEIGHT) {
                for (weight, found) in weights.iter_mut().zip(&goal) {
                    weight[l] = *found;
                }
            } else {
                self.restart_lane(l);
            }
        }
        weights
    }
}

fn difference<const L: usize>(new: &[[f64; L]], old: &[[f64; L]], into: &mut Rows<L>) {
    into.clear();
    into.extend(new.iter().zip(old).map(|(a, b)| {
        let mut by = *a;
        for l in 0..L {
            by[l] -= b[l];
        }
        by
    }));
}

fn dot<const L: usize>(a: &[[f64; L]], b: &[[f64; L]]) -> [f64; L] {
    let mut sum = [0.0; L];
    for (x, y) in a.iter().zip(b) {
        for l in 0..L {
            sum[l] += x[l] * y[l];
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swinging_fixed_points_are_found_soon_side_by_side() {
        let slope = [-1.4, 0.7, -0.2];
        let goal = [[1.0, 3.0], [-2.0, 0.5], [5.0, -7.0]];
        let mut x = [[0.0; 2]; 3];
        let mut mixer = LaneAnderson::<2>::new(4);
        for _ in 0..8 {
            let mut step: Vec<[f64; 2]> = (0..3)
                .map(|i| [0, 1].map(|l: usize| (slope[i] - 1.0) * (x[i][l] - goal[i][l])))
                .collect();
            mixer.mix(&x, &mut step);
            for (value, by) in x.iter_mut().flatten().zip(step.iter().flatten()) {
                *value += by;
            }
        }
        let pairs = x.iter().flatten().zip(goal.iter().flatten());
        assert!(pairs.clone().all(|(a, b)| (a - b).abs() < 1e-6), "{x:?}");
    }
}
