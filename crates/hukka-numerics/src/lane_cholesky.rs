//! Sparse symmetric positive definite systems with a fixed pattern, several at a time.
//!
//! The order and the pattern of the factor are worked out once; factors are then computed for `L`
//! matrices of the same pattern side by side, so that the arithmetic vectorises whatever the
//! pattern.

/// Order and pattern of the factor of a symmetric matrix.
///
/// Rows are eliminated by minimum degree, which on graphs like street networks leaves little
/// fill-in.
///
/// # Source  George & Liu 1989, SIAM Review 31 (minimum degree); Davis 2006, Direct Methods for
///   Sparse Linear Systems, ch. 4 (up-looking factorisation)
#[derive(Debug, Clone, Default)]
pub struct LaneCholesky {
    /// Place of each row in the order of elimination.
    place: Vec<usize>,
    /// Columns of each row of `L` left of the diagonal, ascending, rows one after the other.
    row_columns: Vec<usize>,
    row_start: Vec<usize>,
    /// Rows of each column of `L` below the diagonal, ascending, columns one after the other.
    column_rows: Vec<usize>,
    column_start: Vec<usize>,
    /// Entries of the matrix left of the diagonal in the new order: `(row, column, which edge)`.
    entries: Vec<(usize, usize, usize)>,
    entry_start: Vec<usize>,
}

/// Numbers of `L` factors side by side.
#[derive(Debug, Clone, Default)]
pub struct LaneFactor<const L: usize> {
    lower: Vec<[f64; L]>,
    diagonal: Vec<[f64; L]>,
    row: Vec<[f64; L]>,
    filled: Vec<usize>,
}

impl LaneCholesky {
    /// The pattern of a matrix with `n` rows and entries at `edges`, given once for both halves.
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
        let mut place = vec![0; n];
        for (at, &row) in order.iter().enumerate() {
            place[row] = at;
        }
        let mut pattern = Self {
            place,
            ..Self::default()
        };
        let mut rows: Vec<Vec<usize>> = vec![Vec::new(); n];
        for (at, column) in columns.iter().enumerate() {
            let mut below: Vec<usize> = column.iter().map(|&row| pattern.place[row]).collect();
            below.sort_unstable();
            for &row in &below {
                rows[row].push(at);
            }
            pattern.column_start.push(pattern.column_rows.len());
            pattern.column_rows.extend(below);
        }
        pattern.column_start.push(pattern.column_rows.len());
        for row in rows {
            pattern.row_start.push(pattern.row_columns.len());
            pattern.row_columns.extend(row);
        }
        pattern.row_start.push(pattern.row_columns.len());
        pattern.index_entries(n, edges);
        pattern
    }

    fn index_entries(&mut self, n: usize, edges: &[(usize, usize)]) {
        let of = |(index, &(a, b)): (usize, &(usize, usize))| {
            let (a, b) = (self.place[a], self.place[b]);
            (a.max(b), a.min(b), index)
        };
        self.entries = edges.iter().enumerate().map(of).collect();
        self.entries.sort_unstable();
        let first = |row| self.entries.partition_point(|entry| entry.0 < row);
        self.entry_start = (0..=n).map(first).collect();
    }

    /// Number of rows.
    pub const fn rows(&self) -> usize {
        self.place.len()
    }

    /// Number of entries of the factor below its diagonal.
    pub const fn fill(&self) -> usize {
        self.column_rows.len()
    }

    /// Solves `A x = b` for `L` matrices side by side by `A = C D Cᵀ`; `b` becomes `x`.
    ///
    /// Returns which of the matrices are positive definite; of the others `x` means nothing.
    ///
    /// # Shapes  `diagonal[row][lane]`, `b[row][lane]`; `edge[edge][lane]` as the edges given to
    ///   [`Self::new`], entries given twice are summed
    pub fn solve<const L: usize>(
        &self,
        factor: &mut LaneFactor<L>,
        diagonal: &[[f64; L]],
        edge: &[[f64; L]],
        b: &mut [[f64; L]],
    ) -> [bool; L] {
        let is_positive = self.factorise(factor, diagonal, edge);
        let n = self.rows();
        let x = &mut factor.row;
        for (at, values) in self.place.iter().zip(b.iter()) {
            x[*at] = *values;
        }
        for column in 0..n {
            let value = x[column];
            for slot in self.column_start[column]..self.column_start[column + 1] {
                let row = &mut x[self.column_rows[slot]];
                for l in 0..L {
                    row[l] -= factor.lower[slot][l] * value[l];
                }
            }
        }
        for column in (0..n).rev() {
            let mut value = x[column];
            for l in 0..L {
                value[l] /= factor.diagonal[column][l];
            }
            for slot in self.column_start[column]..self.column_start[column + 1] {
                let row = &x[self.column_rows[slot]];
                for l in 0..L {
                    value[l] -= factor.lower[slot][l] * row[l];
                }
            }
            x[column] = value;
        }
        for (at, values) in self.place.iter().zip(b.iter_mut()) {
            *values = x[*at];
        }
        is_positive
    }

    /// Row by row: `y = A[row, ..]` is solved against the rows above.
    fn factorise<const L: usize>(
        &self,
        factor: &mut LaneFactor<L>,
        diagonal: &[[f64; L]],
        edge: &[[f64; L]],
    ) -> [bool; L] {
        let n = self.rows();
        factor.lower.resize(self.fill(), [0.0; L]);
        factor.diagonal.resize(n, [0.0; L]);
        factor.row.resize(n, [0.0; L]);
        factor.filled.clear();
        factor.filled.extend_from_slice(&self.column_start[..n]);
        for (at, values) in self.place.iter().zip(diagonal) {
            factor.diagonal[*at] = *values;
        }
        let mut is_positive = [true; L];
        for row in 0..n {
            self.factorise_row(factor, edge, row);
            for (is_good, pivot) in is_positive.iter_mut().zip(factor.diagonal[row]) {
                *is_good &= pivot > 0.0 && pivot.is_finite();
            }
        }
        is_positive
    }

    fn factorise_row<const L: usize>(
        &self,
        factor: &mut LaneFactor<L>,
        edge: &[[f64; L]],
        row: usize,
    ) {
        let columns = &self.row_columns[self.row_start[row]..self.row_start[row + 1]];
        let y = &mut factor.row;
        for &column in columns {
            y[column] = [0.0; L];
        }
        for &(_, column, index) in &self.entries[self.entry_start[row]..self.entry_start[row + 1]] {
            for l in 0..L {
                y[column][l] += edge[index][l];
            }
        }
        let mut pivot = factor.diagonal[row];
        for &column in columns {
            let value = y[column];
            let slot = factor.filled[column];
            for above in self.column_start[column]..slot {
                let other = &mut y[self.column_rows[above]];
                for l in 0..L {
                    other[l] -= factor.lower[above][l] * value[l];
                }
            }
            let mut scaled = value;
            for l in 0..L {
                scaled[l] /= factor.diagonal[column][l];
                pivot[l] -= scaled[l] * value[l];
            }
            factor.lower[slot] = scaled;
            factor.filled[column] = slot + 1;
        }
        factor.diagonal[row] = pivot;
    }
}

/// Order of elimination by minimum degree, and the rows left when each is eliminated.
pub(crate) fn eliminate(n: usize, edges: &[(usize, usize)]) -> (Vec<usize>, Vec<Vec<usize>>) {
    let mut near: Vec<Vec<usize>> = vec![Vec::new(); n];
    for &(a, b) in edges {
        near[a].push(b);
        near[b].push(a);
    }
    let mut waiting = std::collections::BTreeSet::new();
    for (row, list) in near.iter_mut().enumerate() {
        list.sort_unstable();
        list.dedup();
        waiting.insert((list.len(), row));
    }
    let (mut order, mut columns) = (Vec::with_capacity(n), Vec::with_capacity(n));
    while let Some((_, row)) = waiting.pop_first() {
        let clique = std::mem::take(&mut near[row]);
        for &other in &clique {
            waiting.remove(&(near[other].len(), other));
            near[other] = union_without(&near[other], &clique, (row, other));
            waiting.insert((near[other].len(), other));
        }
        order.push(row);
        columns.push(clique);
    }
    (order, columns)
}

/// Sorted union of two sorted lists, two rows left out.
fn union_without(a: &[usize], b: &[usize], out: (usize, usize)) -> Vec<usize> {
    let mut union = Vec::with_capacity(a.len() + b.len());
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        let (x, y) = (a.get(i).copied(), b.get(j).copied());
        let next = match (x, y) {
            (Some(x), Some(y)) => x.min(y),
            (Some(x), None) => x,
            (None, Some(y)) => y,
            (None, None) => break,
        };
        i += usize::from(x == Some(next));
        j += usize::from(y == Some(next));
        if next != out.0 && next != out.1 {
            union.push(next);
        }
    }
    union
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_tree_has_no_fill_in() {
        let edges: Vec<(usize, usize)> = (1..200).map(|i| (i, (i * 7) % i.min(13))).collect();
        assert_eq!(LaneCholesky::new(200, &edges).fill(), 199);
    }

    #[test]
    fn a_grid_of_streets_fills_in_little() {
        let at = |i: usize, j: usize| 40 * i + j;
        let mut edges = Vec::new();
        for i in 0..40 {
            for j in 0..40 {
                if i < 39 {
                    edges.push((at(i, j), at(i + 1, j)));
                }
                if j < 39 {
                    edges.push((at(i, j), at(i, j + 1)));
                }
            }
        }
        let fill = LaneCholesky::new(1600, &edges).fill();
        assert!(fill < 1600 * 15, "{fill}");
    }

    #[test]
    fn only_the_matrix_that_is_not_positive_is_reported() {
        let pattern = LaneCholesky::new(2, &[(0, 1)]);
        let mut b = [[1.0, 1.0], [0.0, 0.0]];
        let diagonal = [[2.0, 1.0], [2.0, 1.0]];
        let is_positive = pattern.solve(
            &mut LaneFactor::default(),
            &diagonal,
            &[[-1.0, -2.0]],
            &mut b,
        );
        assert_eq!(is_positive, [true, false]);
        assert!((b[0][0] - 2.0 / 3.0).abs() < 1e-15 && (b[1][0] - 1.0 / 3.0).abs() < 1e-15);
    }

    proptest! {
        #[test]
        fn the_solution_satisfies_the_system(
            n in 1_usize..40,
            raw in prop::collection::vec((0_usize..40, 0_usize..40, -1.0..1.0_f64), 0..120),
            goal in prop::collection::vec(-1.0..1.0_f64, 80),
        ) {
            let inside = raw.into_iter().map(|(a, b, v)| (a % n, b % n, v));
            let entries: Vec<_> = inside.filter(|(a, b, _)| a != b).collect();
            let edges: Vec<_> = entries.iter().map(|&(a, b, _)| (a, b)).collect();
            let values: Vec<[f64; 2]> = entries.iter().map(|e| [e.2, -0.5 * e.2]).collect();
            let mut diagonal = vec![[0.1, 0.1]; n];
            for (&(a, b), v) in edges.iter().zip(&values) {
                for l in 0..2 {
                    diagonal[a][l] += v[l].abs();
                    diagonal[b][l] += v[l].abs();
                }
            }
            let x: Vec<[f64; 2]> = (0..n).map(|i| [goal[2 * i], goal[2 * i + 1]]).collect();
            let mut b: Vec<[f64; 2]> =
                (0..n).map(|i| [diagonal[i][0] * x[i][0], diagonal[i][1] * x[i][1]]).collect();
            for (&(i, j), v) in edges.iter().zip(&values) {
                for l in 0..2 {
                    b[i][l] += v[l] * x[j][l];
                    b[j][l] += v[l] * x[i][l];
                }
            }
            let pattern = LaneCholesky::new(n, &edges);
            let is_positive = pattern.solve(&mut LaneFactor::default(), &diagonal, &values, &mut b);
            prop_assert_eq!(is_positive, [true, true]);
            for (found, wanted) in b.iter().flatten().zip(x.iter().flatten()) {
                prop_assert!((found - wanted).abs() < 1e-9);
            }
        }
    }
}
