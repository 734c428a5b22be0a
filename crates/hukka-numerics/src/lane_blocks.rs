//! Sparse systems of two unknowns per row with a fixed pattern, several at a time.
//!
//! As [`crate::LaneCholesky`], for matrices of 2 × 2 blocks whose pattern is symmetric and whose
//! numbers are not.

use crate::lane_cholesky::eliminate;

/// Four numbers of a 2 × 2 block, row by row, of `L` matrices.
pub type Block<const L: usize> = [[f64; L]; 4];

/// Order and pattern of the factors.
///
/// Rows are eliminated by minimum degree, without exchange of rows: the order never depends on the
/// numbers.
///
/// # Source  Golub & Van Loan 2013, Matrix Computations, 3.2 (block elimination)
#[derive(Debug, Clone, Default)]
pub struct LaneBlocks {
    /// Place of each row in the order of elimination.
    place: Vec<usize>,
    /// Rows after each row that it meets, ascending, rows one after the other.
    later: Vec<usize>,
    start: Vec<usize>,
    /// Slot of each given edge, and whether its first end is eliminated first.
    slots: Vec<(usize, bool)>,
    /// Slots of all pairs of later rows, row after row.
    pairs: Vec<usize>,
}

/// Numbers of `L` systems side by side; what is added to it, and after solving the solution.
#[derive(Debug, Clone, Default)]
pub struct LaneBlockSystem<const L: usize> {
    diagonal: Vec<Block<L>>,
    /// Blocks with the earlier row first, and with the later row first.
    upper: Vec<Block<L>>,
    lower: Vec<Block<L>>,
    right: Vec<[[f64; L]; 2]>,
}

impl LaneBlocks {
    /// The pattern of a matrix with `n` block rows and blocks at `edges`, given once for both
    /// halves.
    ///
    /// # Panics
    ///
    /// If an edge leaves the matrix or lies on its diagonal: a bug of the caller.
    pub fn new(n: usize, edges: &[(usize, usize)]) -> Self {
        assert!(
            edges.iter().all(|&(a, b)| a < n && b < n && a != b),
            "an edge outside the matrix"
        );
        let (order, columns) = eliminate(n, edges);
        let mut pattern = Self {
            place: vec![0; n],
            ..Self::default()
        };
        for (at, &row) in order.iter().enumerate() {
            pattern.place[row] = at;
        }
        for column in columns {
            let first = pattern.later.len();
            pattern.start.push(first);
            let places = column.iter().map(|&row| pattern.place[row]);
            pattern.later.extend(places);
            pattern.later[first..].sort_unstable();
        }
        pattern.start.push(pattern.later.len());
        let of = |&(a, b): &(usize, usize)| {
            let (a, b) = (pattern.place[a], pattern.place[b]);
            (pattern.slot(a.min(b), a.max(b)), a < b)
        };
        pattern.slots = edges.iter().map(of).collect();
        let mut pairs = Vec::new();
        for row in 0..n {
            let later = &pattern.later[pattern.start[row]..pattern.start[row + 1]];
            for (i, &a) in later.iter().enumerate() {
                pairs.extend(later[i + 1..].iter().map(|&b| pattern.slot(a, b)));
            }
        }
        pattern.pairs = pairs;
        pattern
    }

    fn slot(&self, row: usize, later: usize) -> usize {
        let (start, end) = (self.start[row], self.start[row + 1]);
        start + self.later[start..end].partition_point(|&at| at < later)
    }

    /// Number of block rows.
    pub const fn rows(&self) -> usize {
        self.place.len()
    }

    /// Empties the systems.
    pub fn clear<const L: usize>(&self, system: &mut LaneBlockSystem<L>) {
        let zero = [[0.0; L]; 4];
        for (blocks, count) in [
            (&mut system.diagonal, self.rows()),
            (&mut system.upper, self.later.len()),
            (&mut system.lower, self.later.len()),
        ] {
            blocks.clear();
            blocks.resize(count, zero);
        }
        system.right.clear();
        system.right.resize(self.rows(), [[0.0; L]; 2]);
    }

    /// The block on the diagonal and the right side of a row, to add to.
    pub fn row<'s, const L: usize>(
        &self,
        system: &'s mut LaneBlockSystem<L>,
        row: usize,
    ) -> (&'s mut Block<L>, &'s mut [[f64; L]; 2]) {
        let at = self.place[row];
        (&mut system.diagonal[at], &mut system.right[at])
    }

    /// The blocks of an edge `(a, b)`, to add to: row `a` with column `b`, then the other.
    pub fn edge<'s, const L: usize>(
        &self,
        system: &'s mut LaneBlockSystem<L>,
        edge: usize,
    ) -> (&'s mut Block<L>, &'s mut Block<L>) {
        let (slot, is_first) = self.slots[edge];
        let (upper, lower) = (&mut system.upper[slot], &mut system.lower[slot]);
        if is_first {
            (upper, lower)
        } else {
            (lower, upper)
        }
    }

    /// The solution of a row, after [`Self::solve`].
    pub fn solution<const L: usize>(
        &self,
        system: &LaneBlockSystem<L>,
        row: usize,
    ) -> [[f64; L]; 2] {
        system.right[self.place[row]]
    }

    /// Solves the systems in place; returns which of them could be solved.
    pub fn solve<const L: usize>(&self, system: &mut LaneBlockSystem<L>) -> [bool; L] {
        let mut is_solved = [true; L];
        let mut next_pair = 0;
        for row in 0..self.rows() {
            let inverse = inverse(&system.diagonal[row]);
            for l in 0..L {
                is_solved[l] &= (inverse[0][l] + inverse[3][l]).is_finite();
            }
            system.diagonal[row] = inverse;
            let slots = self.start[row]..self.start[row + 1];
            let right = system.right[row];
            for i in slots.clone() {
                let scaled = times(&system.lower[i], &inverse);
                let a = self.later[i];
                take(&mut system.diagonal[a], &scaled, &system.upper[i]);
                take_from_right(&mut system.right[a], &scaled, &right);
                for j in i + 1..slots.end {
                    let slot = self.pairs[next_pair];
                    next_pair += 1;
                    let upper = system.upper[j];
                    take(&mut system.upper[slot], &scaled, &upper);
                    let other = times(&system.lower[j], &inverse);
                    let upper = system.upper[i];
                    take(&mut system.lower[slot], &other, &upper);
                }
            }
        }
        for row in (0..self.rows()).rev() {
            let mut right = system.right[row];
            for i in self.start[row]..self.start[row + 1] {
                take_from_right(&mut right, &system.upper[i], &system.right[self.later[i]]);
            }
            let by = &system.diagonal[row];
            for l in 0..L {
                let (x, y) = (right[0][l], right[1][l]);
                system.right[row][0][l] = by[0][l] * x + by[1][l] * y;
                system.right[row][1][l] = by[2][l] * x + by[3][l] * y;
            }
        }
        is_solved
    }
}

#[inline]
fn inverse<const L: usize>(of: &Block<L>) -> Block<L> {
    let mut into = [[0.0; L]; 4];
    for l in 0..L {
        let by = 1.0 / (of[0][l] * of[3][l] - of[1][l] * of[2][l]);
        into[0][l] = by * of[3][l];
        into[1][l] = -by * of[1][l];
        into[2][l] = -by * of[2][l];
        into[3][l] = by * of[0][l];
    }
    into
}

#[inline]
fn times<const L: usize>(a: &Block<L>, b: &Block<L>) -> Block<L> {
    let mut into = [[0.0; L]; 4];
    for l in 0..L {
        into[0][l] = a[0][l] * b[0][l] + a[1][l] * b[2][l];
        into[1][l] = a[0][l] * b[1][l] + a[1][l] * b[3][l];
        into[2][l] = a[2][l] * b[0][l] + a[3][l] * b[2][l];
        into[3][l] = a[2][l] * b[1][l] + a[3][l] * b[3][l];
    }
    into
}

/// `from − a b`.
#[inline]
fn take<const L: usize>(from: &mut Block<L>, a: &Block<L>, b: &Block<L>) {
    let product = times(a, b);
    for (value, by) in from.iter_mut().zip(&product) {
        for l in 0..L {
            value[l] -= by[l];
        }
    }
}

#[inline]
fn take_from_right<const L: usize>(from: &mut [[f64; L]; 2], a: &Block<L>, x: &[[f64; L]; 2]) {
    for l in 0..L {
        from[0][l] -= a[0][l] * x[0][l] + a[1][l] * x[1][l];
        from[1][l] -= a[2][l] * x[0][l] + a[3][l] * x[1][l];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_solution_satisfies_the_system_of_blocks(
            n in 1_usize..30,
            raw in prop::collection::vec((0_usize..30, 0_usize..30), 0..80),
            numbers in prop::collection::vec(-1.0..1.0_f64, 640),
            goal in prop::collection::vec(-1.0..1.0_f64, 60),
        ) {
            let inside = raw.into_iter().map(|(a, b)| (a % n, b % n));
            let edges: Vec<_> = inside.filter(|(a, b)| a != b).collect();
            let pattern = LaneBlocks::new(n, &edges);
            let mut system = LaneBlockSystem::<2>::default();
            pattern.clear(&mut system);
            let mut b = vec![[0.0; 2]; n];
            let x = |row: usize| [goal[2 * row], goal[2 * row + 1]];
            let mut put = |row: usize, column: usize, block: &mut Block<2>, by: [f64; 4]| {
                for (value, add) in block.iter_mut().zip(by) {
                    value[0] += add;
                    value[1] += 2.0 * add;
                }
                let [u, v] = x(column);
                b[row][0] += by[0] * u + by[1] * v;
                b[row][1] += by[2] * u + by[3] * v;
            };
            for row in 0..n {
                put(row, row, pattern.row(&mut system, row).0, [200.0, 1.0, -2.0, 200.0]);
            }
            for (e, &(i, j)) in edges.iter().enumerate() {
                let at = |k: usize| numbers[8 * e + k];
                let (one, other) = pattern.edge(&mut system, e);
                put(i, j, one, [at(0), at(1), at(2), at(3)]);
                put(j, i, other, [at(4), at(5), at(6), at(7)]);
            }
            for (row, b) in b.iter().enumerate() {
                let right = pattern.row(&mut system, row).1;
                *right = [[b[0], 2.0 * b[0]], [b[1], 2.0 * b[1]]];
            }
            prop_assert_eq!(pattern.solve(&mut system), [true, true]);
            for row in 0..n {
                let found = pattern.solution(&system, row);
                for l in 0..2 {
                    prop_assert!((found[0][l] - x(row)[0]).abs() < 1e-9);
                    prop_assert!((found[1][l] - x(row)[1]).abs() < 1e-9);
                }
            }
        }
    }

    #[test]
    fn only_the_singular_system_is_reported() {
        let pattern = LaneBlocks::new(1, &[]);
        let mut system = LaneBlockSystem::<2>::default();
        pattern.clear(&mut system);
        *pattern.row(&mut system, 0).0 = [[1.0, 1.0], [0.0, 1.0], [0.0, 1.0], [1.0, 1.0]];
        assert_eq!(pattern.solve(&mut system), [true, false]);
    }
}
