//! Zero of a continuous function of one variable between two points of opposite sign.

/// The function has the same sign at both ends.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("no change of sign between {low} ({at_low:e}) and {high} ({at_high:e})")]
pub struct NoBracket {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Value at the lower end.
    pub at_low: f64,
    /// Value at the upper end.
    pub at_high: f64,
}

/// Finds `x` with `f(x) = 0` between `low` and `high` to within `tolerance` in `x`.
///
/// Illinois false position, with a halving of the bracket whenever it shrinks too slowly.
///
/// # Valid for  continuous `f`; any kink or slope
/// # Errors     [`NoBracket`] if `f` has the same sign at both ends or a value is not a number
pub fn find_root(
    mut f: impl FnMut(f64) -> f64,
    low: f64,
    high: f64,
    tolerance: f64,
) -> Result<f64, NoBracket> {
    let (mut a, mut b) = (low, high);
    let (mut fa, mut fb) = (f(a), f(b));
    if fa.abs() <= 0.0 {
        return Ok(a);
    }
    if fb.abs() <= 0.0 {
        return Ok(b);
    }
    if fa.is_nan() || fb.is_nan() || (fa > 0.0) == (fb > 0.0) {
        return Err(NoBracket {
            low,
            high,
            at_low: fa,
            at_high: fb,
        });
    }
    let mut last_side = 0_i8;
    for step in 0..400 {
        let width = (b - a).abs();
        if width <= tolerance {
            break;
        }
        let guess = if step % 3 == 2 {
            0.5 * (a + b)
        } else {
            (a * fb - b * fa) / (fb - fa)
        };
        let x = if guess.is_finite() {
            guess
        } else {
            0.5 * (a + b)
        };
        let fx = f(x);
        if fx.abs() <= 0.0 {
            return Ok(x);
        }
        let side = if (fx > 0.0) == (fa > 0.0) { 1 } else { -1 };
        if side == 1 {
            (a, fa) = (x, fx);
            fb *= if last_side == 1 { 0.5 } else { 1.0 };
        } else {
            (b, fb) = (x, fx);
            fa *= if last_side == -1 { 0.5 } else { 1.0 };
        }
        last_side = side;
    }
    Ok(0.5 * (a + b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_same_sign_at_both_ends_is_an_error() {
        assert!(find_root(|x| x * x + 1.0, -1.0, 1.0, 1e-9).is_err());
        assert!(find_root(|_| f64::NAN, -1.0, 1.0, 1e-9).is_err());
    }

    proptest! {
        #[test]
        fn a_kinked_cubic_is_solved(root in -5.0..5.0_f64) {
            let f = |x: f64| {
                let d = x - root;
                d * d * d + if d > 0.0 { 3.0 * d } else { 1e-3 * d }
            };
            let x = find_root(f, -10.0, 11.0, 1e-10);
            prop_assert!(x.is_ok_and(|x| (x - root).abs() < 1e-9));
        }
    }
}
