//! Counterflow heat exchangers. SI; temperatures in kelvin.

/// Temperature difference at the cold end of a counterflow exchanger, K, for a heat given.
///
/// Solves `(a − b) / ln(a/b) = q / UA` for `b > 0`; `a` is the difference at the hot end, `q/UA`
/// the logarithmic mean difference the heat needs. `None` if `a` or the mean is not positive.
///
/// # Assumptions  counterflow · constant specific heats and transfer coefficient · no loss
/// # Valid for    any positive differences; one solution always exists
/// # Source       VDI Heat Atlas, C1: logarithmic mean temperature difference
pub fn cold_end_difference(hot_end: f64, mean: f64) -> Option<f64> {
    if !(hot_end > 0.0 && mean > 0.0 && hot_end.is_finite() && mean.is_finite()) {
        return None;
    }
    // with z = ln(b/a): (eᶻ − 1)/z = mean/a =: r; concave in ln, Newton on ln((eᶻ−1)/z) − ln r
    let goal = (mean / hot_end).ln();
    let mut z = 2.0 * goal;
    if goal < -1.0 {
        z = -(-goal).exp(); // (eᶻ − 1)/z ≈ −1/z for strongly negative z
    }
    for _ in 0..60 {
        let (value, slope) = log_mean(z);
        let step = (value - goal) / slope;
        z -= step.clamp(-0.5 * z.abs() - 1.0, 0.5 * z.abs() + 1.0);
        if step.abs() <= 1e-14 * z.abs().max(1.0) {
            break;
        }
    }
    Some(hot_end * z.exp())
}

/// `ln((eᶻ − 1)/z)` and its slope.
fn log_mean(z: f64) -> (f64, f64) {
    if z.abs() < 1e-4 {
        return (z / 2.0 + z * z / 24.0, 0.5 + z / 12.0);
    }
    let e = z.exp_m1();
    ((e / z).ln(), (e + 1.0) / e - 1.0 / z)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn equal_differences_are_their_own_mean() {
        let found = cold_end_difference(10.0, 10.0);
        assert!(found.is_some_and(|b| (b - 10.0).abs() < 1e-9));
    }

    #[test]
    fn no_difference_at_the_hot_end_moves_no_heat() {
        assert!(cold_end_difference(0.0, 5.0).is_none());
        assert!(cold_end_difference(-1.0, 5.0).is_none());
    }

    proptest! {
        #[test]
        fn the_mean_is_met(a in 0.1..100.0_f64, log_ratio in -12.0..5.0_f64) {
            let b = a * log_ratio.exp();
            prop_assume!(log_ratio.abs() > 1e-3);
            let mean = (a - b) / (a / b).ln();
            let found = cold_end_difference(a, mean);
            prop_assert!(found.is_some_and(|f| (f / b - 1.0).abs() < 1e-8), "{found:?} {b}");
        }
    }
}
