//! A smooth yearly curve with given monthly means.

use core::f64::consts::TAU;
use hukka_model::TimeAxis;

/// Functions in the curve: a mean, five harmonics of two, and the sine of the sixth.
const TERMS: usize = 12;

/// The trigonometric curves of one axis whose monthly means can be set at will.
///
/// `F(θ) = a₀ + Σₖ₌₁…₅ (aₖ cos kθ + bₖ sin kθ) + b₆ sin 6θ`, `θ` the share of the local calendar
/// year; twelve coefficients for twelve means.
#[derive(Debug)]
pub(crate) struct MonthlyCurve {
    /// Basis at every step.
    basis: Vec<[f64; TERMS]>,
    /// Month of every step, 0 to 11.
    months: Vec<usize>,
    /// Mean of each function over each month.
    means: [[f64; TERMS]; 12],
}

impl MonthlyCurve {
    /// The curves of an axis.
    pub(crate) fn new(axis: &TimeAxis) -> Self {
        let days = axis.len() as f64 / 24.0;
        let basis: Vec<[f64; TERMS]> = axis
            .calendar
            .iter()
            .map(|hour| {
                let day = f64::from(hour.day_of_year) + (f64::from(hour.hour) + 0.5) / 24.0;
                functions(day / days)
            })
            .collect();
        let months: Vec<usize> = axis
            .calendar
            .iter()
            .map(|hour| usize::from(hour.month.clamp(1, 12)) - 1)
            .collect();
        let mut means = [[0.0; TERMS]; 12];
        let mut counts = [0_usize; 12];
        for (month, row) in months.iter().zip(&basis) {
            counts[*month] += 1;
            for (sum, value) in means[*month].iter_mut().zip(row) {
                *sum += value;
            }
        }
        for (month, (row, count)) in means.iter_mut().zip(counts).enumerate() {
            if count == 0 {
                *row = functions((month as f64 + 0.5) / 12.0);
            } else {
                for sum in row.iter_mut() {
                    *sum /= count as f64;
                }
            }
        }
        Self {
            basis,
            months,
            means,
        }
    }

    /// Means of a series by month; zero for a month the axis lacks.
    pub(crate) fn means_of(&self, values: &[f64]) -> [f64; 12] {
        let mut sums = [0.0; 12];
        let mut counts = [0_usize; 12];
        for (month, value) in self.months.iter().zip(values) {
            sums[*month] += value;
            counts[*month] += 1;
        }
        core::array::from_fn(|month| sums[month] / counts[month].max(1) as f64)
    }

    /// The curve with these monthly means.
    ///
    /// # Shapes  one value per step
    pub(crate) fn with_means(&self, means: [f64; 12]) -> Vec<f64> {
        let coefficients = solve(self.means, means);
        self.basis
            .iter()
            .map(|row| row.iter().zip(coefficients).map(|(f, c)| f * c).sum())
            .collect()
    }
}

fn functions(share_of_year: f64) -> [f64; TERMS] {
    let angle = TAU * share_of_year;
    let mut row = [1.0; TERMS];
    for harmonic in 1..6 {
        let (sine, cosine) = (angle * harmonic as f64).sin_cos();
        row[2 * harmonic - 1] = cosine;
        row[2 * harmonic] = sine;
    }
    row[TERMS - 1] = (6.0 * angle).sin();
    row
}

/// Gaussian elimination with row pivoting.
fn solve(mut matrix: [[f64; TERMS]; 12], mut right: [f64; 12]) -> [f64; 12] {
    for column in 0..TERMS {
        let pivot = (column..12)
            .max_by(|a, b| {
                matrix[*a][column]
                    .abs()
                    .total_cmp(&matrix[*b][column].abs())
            })
            .unwrap_or(column);
        matrix.swap(column, pivot);
        right.swap(column, pivot);
        let pivot_row = matrix[column];
        for row in column + 1..12 {
            let factor = matrix[row][column] / pivot_row[column];
            for (value, above) in matrix[row].iter_mut().zip(pivot_row) {
                *value -= factor * above;
            }
            right[row] -= factor * right[column];
        }
    }
    let mut solution = [0.0; 12];
    for row in (0..12).rev() {
        let known: f64 = (row + 1..12)
            .map(|later| matrix[row][later] * solution[later])
            .sum();
        solution[row] = (right[row] - known) / matrix[row][row];
    }
    solution
}
