//! Sparse symmetric positive definite systems: ordered once, factorised and solved many times.

use crate::NotPositive;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Mark of a pair that joins a row to itself.
const NOWHERE: u32 = u32::MAX;

/// Where the entries of a symmetric matrix and of its factor `L D Lᵀ` stand.
///
/// Rows are eliminated by minimum degree, ties by index: on trees without any fill. Made once for
/// a pattern, shared by all threads.
///
/// # Source  Tinney & Walker 1967, Proc. IEEE 55 (scheme 2)
#[derive(Debug, Clone)]
pub struct SparsePattern {
    order: Vec<u32>,
    start: Vec<u32>,
    rows: Vec<u32>,
    place: Vec<u32>,
    slot: Vec<u32>,
}

/// Numbers of one factorisation; its buffers are reused.
#[derive(Debug, Clone, Default)]
pub struct SparseFactor {
    pivots: Vec<f64>,
    lower: Vec<f64>,
    right: Vec<f64>,
}

impl SparsePattern {
    /// Orders a matrix of `n` rows whose entries off the diagonal stand at `pairs`.
    ///
    /// The same pair may come several times, in either direction; a pair of equal ends is ignored.
    ///
    /// # Panics
    ///
    /// If a pair names a row that does not exist: a bug of the caller.
    pub fn new(n: usize, pairs: &[(usize, usize)]) -> Self {
        let Elimination {
            order,
            mut rows,
            start,
            ..
        } = Elimination::of(n, pairs);
        let mut place = vec![0_u32; n];
        for (at, row) in order.iter().enumerate() {
            place[*row as usize] = at as u32;
        }
        for ends in start.windows(2) {
            let column = &mut rows[ends[0] as usize..ends[1] as usize];
            for row in column.iter_mut() {
                *row = place[*row as usize];
            }
            column.sort_unstable();
        }
        let slot = pairs
            .iter()
            .map(|&(a, b)| {
                if a == b {
                    return NOWHERE;
                }
                let (low, high) = (place[a].min(place[b]), place[a].max(place[b]));
                let column = start[low as usize] as usize..start[low as usize + 1] as usize;
                let within = rows[column.clone()].partition_point(|row| *row < high);
                (column.start + within) as u32
            })
            .collect();
        Self {
            order,
            start,
            rows,
            place,
            slot,
        }
    }

    /// Rows of the matrix.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether the matrix has no rows.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// Entries of the factor off its diagonal.
    pub fn fill(&self) -> usize {
        self.rows.len()
    }

    /// Factorises the matrix with this diagonal and these values at the pairs (repeated pairs add up).
    ///
    /// # Shapes  `diagonal[row]`, `values[pair]`
    /// # Errors  [`NotPositive`] with the row whose pivot is not a positive finite number
    pub fn factor(
        &self,
        diagonal: &[f64],
        values: &[f64],
        into: &mut SparseFactor,
    ) -> Result<(), NotPositive> {
        self.load(diagonal, values, into);
        let SparseFactor { pivots, lower, .. } = into;
        for k in 0..self.len() {
            let pivot = pivots[k];
            self.check(k, pivot)?;
            let column = self.column(k);
            for i in column.clone() {
                let at_i = lower[i];
                let row = self.rows[i] as usize;
                let scaled = at_i / pivot;
                pivots[row] -= scaled * at_i;
                self.spread(row, i + 1..column.end, lower, -scaled);
            }
            for value in &mut lower[column] {
                *value /= pivot;
            }
        }
        Ok(())
    }

    /// Factorises a grounded Laplacian: conductances ≥ 0 at the pairs and ≥ 0 from rows to ground.
    ///
    /// The diagonal is the sum of a row's conductances and its ground. Pivots are sums of positive
    /// numbers only, so that the factor keeps its relative accuracy however far apart the
    /// conductances lie: 1e3 beside 1e-15 is no trouble.
    ///
    /// # Shapes  `ground[row]`, `conductance[pair]`
    /// # Errors  [`NotPositive`] if a part of the graph touches no ground
    /// # Source  Alfa, Xue & Ye 2002, Math. Comp. 71 (accurate factors of dominant M-matrices)
    pub fn factor_grounded(
        &self,
        ground: &[f64],
        conductance: &[f64],
        into: &mut SparseFactor,
    ) -> Result<(), NotPositive> {
        self.load(ground, conductance, into);
        let SparseFactor { pivots, lower, .. } = into;
        for k in 0..self.len() {
            let column = self.column(k);
            let to_ground = pivots[k];
            let pivot = to_ground + lower[column.clone()].iter().sum::<f64>();
            self.check(k, pivot)?;
            pivots[k] = pivot;
            for i in column.clone() {
                let row = self.rows[i] as usize;
                let scaled = lower[i] / pivot;
                pivots[row] += scaled * to_ground;
                self.spread(row, i + 1..column.end, lower, scaled);
            }
            for value in &mut lower[column] {
                *value /= -pivot;
            }
        }
        Ok(())
    }

    /// Solves `A x = b` with a factor made before; `b` becomes `x`.
    ///
    /// # Shapes  `b[row]`
    pub fn solve(&self, factor: &mut SparseFactor, b: &mut [f64]) {
        let SparseFactor {
            pivots,
            lower,
            right,
        } = factor;
        right.clear();
        right.extend(self.order.iter().map(|row| b[*row as usize]));
        for k in 0..self.len() {
            let x = right[k];
            for i in self.column(k) {
                right[self.rows[i] as usize] -= lower[i] * x;
            }
        }
        for k in (0..self.len()).rev() {
            let known: f64 = self
                .column(k)
                .map(|i| lower[i] * right[self.rows[i] as usize])
                .sum();
            right[k] = right[k] / pivots[k] - known;
            b[self.order[k] as usize] = right[k];
        }
    }

    fn column(&self, k: usize) -> core::ops::Range<usize> {
        self.start[k] as usize..self.start[k + 1] as usize
    }

    fn load(&self, diagonal: &[f64], values: &[f64], into: &mut SparseFactor) {
        into.pivots.clear();
        into.pivots
            .extend(self.order.iter().map(|row| diagonal[*row as usize]));
        into.lower.clear();
        into.lower.resize(self.rows.len(), 0.0);
        for (slot, value) in self.slot.iter().zip(values) {
            if *slot != NOWHERE {
                into.lower[*slot as usize] += value;
            }
        }
    }

    /// Adds `by` times the entries `others` of one column to the column `target`.
    #[inline]
    fn spread(&self, target: usize, others: core::ops::Range<usize>, lower: &mut [f64], by: f64) {
        if others.is_empty() {
            return;
        }
        let mut at = self.start[target] as usize;
        for j in others {
            while self.rows[at] < self.rows[j] {
                at += 1;
            }
            lower[at] += by * lower[j];
        }
    }

    fn check(&self, k: usize, pivot: f64) -> Result<(), NotPositive> {
        if pivot > 0.0 && pivot.is_finite() {
            return Ok(());
        }
        Err(NotPositive {
            row: self.order[k] as usize,
            pivot,
        })
    }

    /// Position of a row in the order of elimination.
    pub fn position(&self, row: usize) -> usize {
        self.place[row] as usize
    }
}

/// Order of elimination, and for each step the rows its column of the factor reaches.
struct Elimination {
    order: Vec<u32>,
    rows: Vec<u32>,
    start: Vec<u32>,
    is_done: Vec<bool>,
}

impl Elimination {
    fn of(n: usize, pairs: &[(usize, usize)]) -> Self {
        let mut found = Self {
            order: Vec::with_capacity(n),
            rows: Vec::with_capacity(2 * n),
            start: Vec::with_capacity(n + 1),
            is_done: vec![false; n],
        };
        found.start.push(0);
        let (ends, others) = adjacency(n, pairs);
        let near = |row: usize| &others[ends[row] as usize..ends[row + 1] as usize];
        found.leaves(n, near);
        found.core(n, near);
        found
    }

    fn next(&mut self, row: u32, column: &[u32]) {
        self.is_done[row as usize] = true;
        self.order.push(row);
        self.rows.extend_from_slice(column);
        self.start.push(self.rows.len() as u32);
    }

    /// Rows with one neighbour left, again and again: what hangs on as trees.
    fn leaves<'a>(&mut self, n: usize, near: impl Fn(usize) -> &'a [u32]) {
        let mut degree: Vec<u32> = (0..n).map(|row| near(row).len() as u32).collect();
        let mut queue: Vec<u32> = (0..n as u32)
            .filter(|row| degree[*row as usize] == 1)
            .collect();
        let mut at = 0;
        while let Some(&row) = queue.get(at) {
            at += 1;
            let open = |other: &&u32| !self.is_done[**other as usize];
            let Some(&other) = near(row as usize).iter().find(open) else {
                continue;
            };
            self.next(row, &[other]);
            degree[other as usize] -= 1;
            if degree[other as usize] == 1 {
                queue.push(other);
            }
        }
    }

    /// The rest by minimum degree.
    fn core<'a>(&mut self, n: usize, near: impl Fn(usize) -> &'a [u32]) {
        let mut neighbours: Vec<Vec<u32>> = vec![Vec::new(); n];
        let mut queue = BinaryHeap::new();
        for (row, list) in neighbours.iter_mut().enumerate() {
            if self.is_done[row] {
                continue;
            }
            let open = |other: &u32| !self.is_done[*other as usize];
            list.extend(near(row).iter().copied().filter(open));
            list.sort_unstable();
            list.dedup();
            queue.push(Reverse((list.len() as u32, row as u32)));
        }
        let mut merged = Vec::new();
        while let Some(Reverse((degree, row))) = queue.pop() {
            let at = row as usize;
            if self.is_done[at] || neighbours[at].len() != degree as usize {
                continue;
            }
            let clique = core::mem::take(&mut neighbours[at]);
            for &other in &clique {
                let list = &mut neighbours[other as usize];
                merge(list, &clique, (row, other), &mut merged);
                core::mem::swap(list, &mut merged);
                queue.push(Reverse((list.len() as u32, other)));
            }
            self.next(row, &clique);
        }
    }
}

/// Neighbours of all rows in one list, repeated pairs repeated; row `i` has `ends[i]..ends[i + 1]`.
fn adjacency(n: usize, pairs: &[(usize, usize)]) -> (Vec<u32>, Vec<u32>) {
    let mut ends = vec![0_u32; n + 1];
    let apart = || pairs.iter().filter(|(a, b)| a != b);
    for &(a, b) in apart() {
        ends[a + 1] += 1;
        ends[b + 1] += 1;
    }
    for row in 0..n {
        ends[row + 1] += ends[row];
    }
    let mut next = ends.clone();
    let mut others = vec![0_u32; ends[n] as usize];
    for &(a, b) in apart() {
        for (row, other) in [(a, b), (b, a)] {
            others[next[row] as usize] = other as u32;
            next[row] += 1;
        }
    }
    (ends, others)
}

/// Union of two ascending lists without two members.
fn merge(a: &[u32], b: &[u32], without: (u32, u32), into: &mut Vec<u32>) {
    into.clear();
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        let next = match (a.get(i), b.get(j)) {
            (Some(x), Some(y)) => *x.min(y),
            (Some(x), None) | (None, Some(x)) => *x,
            (None, None) => break,
        };
        i += usize::from(a.get(i) == Some(&next));
        j += usize::from(b.get(j) == Some(&next));
        if next != without.0 && next != without.1 {
            into.push(next);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_tree_is_factorised_without_fill() {
        let pairs: Vec<_> = (1..200).map(|i| (i, (i * 7) % i)).collect();
        assert_eq!(SparsePattern::new(200, &pairs).fill(), 199);
    }

    #[test]
    fn a_part_without_ground_is_reported() {
        let pattern = SparsePattern::new(4, &[(0, 1), (2, 3)]);
        let mut factor = SparseFactor::default();
        let error = pattern.factor_grounded(&[1.0, 0.0, 0.0, 0.0], &[1.0, 1.0], &mut factor);
        assert!(error.is_err_and(|e| e.row >= 2));
    }

    #[test]
    fn an_indefinite_matrix_is_reported() {
        let pattern = SparsePattern::new(2, &[(0, 1)]);
        let found = pattern.factor(&[1.0, 1.0], &[2.0], &mut SparseFactor::default());
        assert!(found.is_err_and(|e| (e.pivot + 3.0).abs() < 1e-12));
    }

    #[test]
    fn conductances_of_any_size_keep_their_accuracy() {
        // a chain of good conductors behind a leak: 1 unit through the leak lifts them by 1e15
        let pattern = SparsePattern::new(3, &[(0, 1), (1, 2)]);
        let mut factor = SparseFactor::default();
        let ground = [1e-15, 0.0, 0.0];
        assert!(
            pattern
                .factor_grounded(&ground, &[1e3, 1e3], &mut factor)
                .is_ok()
        );
        let mut x = [0.0, 0.0, 1.0];
        pattern.solve(&mut factor, &mut x);
        assert!(x.iter().all(|x| (x * 1e-15 - 1.0).abs() < 1e-12), "{x:?}");
    }

    #[test]
    fn repeated_and_reversed_pairs_add_up() {
        let pattern = SparsePattern::new(2, &[(0, 1), (1, 0), (1, 1)]);
        let mut factor = SparseFactor::default();
        assert!(
            pattern
                .factor(&[4.0, 4.0], &[-1.0, -1.0, 9.0], &mut factor)
                .is_ok()
        );
        let mut x = [2.0, 2.0];
        pattern.solve(&mut factor, &mut x);
        assert!(x.iter().all(|x| (x - 1.0).abs() < 1e-14));
    }

    proptest! {
        #[test]
        fn the_solution_satisfies_the_system(
            n in 2_usize..40,
            ends in prop::collection::vec((0_usize..40, 0_usize..40, -1.0..1.0_f64), 0..120),
            b in prop::collection::vec(-1.0..1.0_f64, 40),
        ) {
            let pairs: Vec<_> = ends.iter().map(|(i, j, _)| (i % n, j % n)).collect();
            let values: Vec<f64> = ends.iter().map(|e| e.2).collect();
            let conductance: Vec<f64> = values.iter().map(|v| v.abs()).collect();
            let mut size = vec![0.1; n];
            for ((i, j), v) in pairs.iter().zip(&conductance) {
                if i != j {
                    size[*i] += v;
                    size[*j] += v;
                }
            }
            let pattern = SparsePattern::new(n, &pairs);
            let mut factor = SparseFactor::default();
            for is_grounded in [false, true] {
                let off: Vec<f64> = if is_grounded {
                    prop_assert!(pattern.factor_grounded(&vec![0.1; n], &conductance, &mut factor).is_ok());
                    conductance.iter().map(|v| -v).collect()
                } else {
                    prop_assert!(pattern.factor(&size, &values, &mut factor).is_ok());
                    values.clone()
                };
                let mut x = b[..n].to_vec();
                pattern.solve(&mut factor, &mut x);
                let mut row: Vec<f64> = (0..n).map(|i| size[i] * x[i] - b[i]).collect();
                for ((i, j), v) in pairs.iter().zip(&off) {
                    if i != j {
                        row[*i] += v * x[*j];
                        row[*j] += v * x[*i];
                    }
                }
                prop_assert!(row.iter().all(|r| r.abs() < 1e-9), "{row:?}");
            }
        }
    }
}
