//! Dense symmetric positive definite systems, solved in place.

/// The matrix is not positive definite.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("matrix is not positive definite: pivot {pivot:e} in row {row}")]
pub struct NotPositive {
    /// Row of the pivot that failed, from 0.
    pub row: usize,
    /// Its value.
    pub pivot: f64,
}

/// Solves `A x = b` by Cholesky's factorisation `A = L Lᵀ`; `b` becomes `x`, `A` is overwritten.
///
/// # Shapes  `a[row * n + column]`, lower triangle used; `b[row]`, `n = b.len()`
/// # Errors  [`NotPositive`] if a pivot is not a positive finite number
///
/// # Panics
///
/// If `a` is shorter than `n²`: a bug of the caller.
pub fn solve_positive(a: &mut [f64], b: &mut [f64]) -> Result<(), NotPositive> {
    let n = b.len();
    assert!(
        a.len() >= n * n,
        "matrix shorter than its right-hand side asks for"
    );
    for i in 0..n {
        let (done, rest) = a.split_at_mut(i * n);
        let row = &mut rest[..=i];
        for j in 0..i {
            let other = &done[j * n..=j * n + j];
            row[j] = (row[j] - dot(&row[..j], &other[..j])) / other[j];
        }
        let pivot = row[i] - dot(&row[..i], &row[..i]);
        if !(pivot > 0.0 && pivot.is_finite()) {
            return Err(NotPositive { row: i, pivot });
        }
        row[i] = pivot.sqrt();
        b[i] = (b[i] - dot(&row[..i], &b[..i])) / row[i];
    }
    for i in (0..n).rev() {
        b[i] /= a[i * n + i];
        let x = b[i];
        for (value, factor) in b[..i].iter_mut().zip(&a[i * n..i * n + i]) {
            *value -= factor * x;
        }
    }
    Ok(())
}

#[inline]
fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_indefinite_matrix_is_reported_with_its_row() {
        let mut a = [1.0, 0.0, 2.0, 1.0];
        let error = solve_positive(&mut a, &mut [1.0, 1.0]).unwrap_err();
        assert_eq!(error.row, 1);
        assert!((error.pivot + 3.0).abs() < 1e-12);
    }

    #[test]
    fn an_empty_system_has_an_empty_solution() {
        assert!(solve_positive(&mut [], &mut []).is_ok());
    }

    proptest! {
        #[test]
        fn the_solution_satisfies_the_system(
            n in 1_usize..12, seed in prop::collection::vec(-1.0..1.0_f64, 144 + 12)) {
            let g = |i: usize, j: usize| seed[i * 12 + j];
            let mut a = vec![0.0; n * n];
            for i in 0..n {
                for j in 0..n {
                    let identity = if i == j { 0.5 } else { 0.0 };
                    a[i * n + j] = identity + (0..n).map(|k| g(i, k) * g(j, k)).sum::<f64>();
                }
            }
            let b = &seed[144..144 + n];
            let (mut factor, mut x) = (a.clone(), b.to_vec());
            prop_assert!(solve_positive(&mut factor, &mut x).is_ok());
            for i in 0..n {
                let row: f64 = (0..n).map(|j| a[i * n + j] * x[j]).sum();
                prop_assert!((row - b[i]).abs() < 1e-9);
            }
        }
    }
}
