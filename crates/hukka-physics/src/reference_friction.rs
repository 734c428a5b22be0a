//! Friction laws as other programs use them, for networks described by those programs. SI.
//!
//! Each gives the Darcy factor `f` and its slope by the logarithm of the Reynolds number, so that
//! `dp/dx = f m|m| / (2 ρ A² d)` has the derivative `(2 f + df/dlnRe) |m| / (2 ρ A² d)` by `m`.

/// `2 / ln 10`: turns `−2 log10` into natural logarithms.
const TWO_LOG10: f64 = 2.0 / core::f64::consts::LN_10;

/// Reynolds number below which [`colebrook`] is continued in proportion to the flow.
pub const COLEBROOK_FROM: f64 = 1.0;
/// Reynolds number below which [`swamee_jain`] is continued in proportion to the flow.
pub const SWAMEE_JAIN_FROM: f64 = 25.0;

/// Acceleration of gravity EPANET works with, 32.2 ft/s², m/s².
pub const EPANET_GRAVITY: f64 = 32.2 * 0.3048;

/// A Darcy factor with its slope.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Factor {
    /// Darcy friction factor.
    pub value: f64,
    /// Its derivative by `ln Re`.
    pub slope: f64,
}

impl Factor {
    /// Laminar flow: `f = 64/Re`, and any other law scaled as `1/Re` below a limit.
    fn inverse(value: f64) -> Self {
        Self {
            value,
            slope: -value,
        }
    }
}

/// Colebrook–White at every Reynolds number, with `x = 1/√f` for the next start.
///
/// `1/√f = −2 log10( k/(3.71 d) + 2.51/(Re √f) )`, Newton in `1/√f` from `start` (0: none) to 1e-13.
///
/// # Valid for  Re > 0; below Re 1 the pressure loss goes on in proportion to the flow
/// # Source     Colebrook 1939, J. Inst. Civ. Eng. 11; at every Re as pandapipes 0.16 does
#[inline]
pub fn colebrook(reynolds: f64, relative_roughness: f64, start: f64) -> (Factor, f64) {
    let re = reynolds.max(COLEBROOK_FROM);
    let (rough, smooth) = (relative_roughness / 3.71, 2.51 / re);
    let mut x = if start > 0.0 {
        start
    } else {
        -TWO_LOG10 * (rough + 12.0 / re).min(0.5).ln()
    };
    let mut slope = 0.0;
    for _ in 0..12 {
        let argument = rough + smooth * x;
        slope = TWO_LOG10 * smooth / argument;
        let step = (x + TWO_LOG10 * argument.ln()) / (1.0 + slope);
        x = (x - step).max(0.1);
        // the error after this step is about step² slope / (2 x): 1e-7 leaves 1e-15
        if step.abs() < 1e-7 * x {
            break;
        }
    }
    let value = 1.0 / (x * x);
    if reynolds < COLEBROOK_FROM {
        return (
            Factor::inverse(value * COLEBROOK_FROM / reynolds.max(1e-300)),
            x,
        );
    }
    let factor = Factor {
        value,
        slope: -2.0 * value * slope / (1.0 + slope),
    };
    (factor, x)
}

/// Rough-pipe factor after Nikuradse with the laminar factor always added.
///
/// `f = 64/Re + (−2 log10(k/(3.71 d)))⁻²`
///
/// # Valid for  Re > 0; a smooth pipe has the laminar factor alone
/// # Source     Nikuradse 1933, VDI-Forschungsheft 361; the sum as pandapipes 0.16 takes it
#[inline]
pub fn nikuradse(reynolds: f64, rough_factor: f64) -> Factor {
    let laminar = 64.0 / reynolds.max(1e-300);
    Factor {
        value: laminar + rough_factor,
        slope: -laminar,
    }
}

/// The part of [`nikuradse`] that depends on the relative roughness alone.
pub fn nikuradse_rough_factor(relative_roughness: f64) -> f64 {
    if relative_roughness <= 0.0 {
        return 0.0;
    }
    let x = TWO_LOG10 * (relative_roughness / 3.71).ln();
    1.0 / (x * x)
}

/// Swamee–Jain at every Reynolds number.
///
/// `f = 0.25 / log10( k/(3.7 d) + 5.74/Re^0.9 )²`
///
/// # Valid for  physically 5e3 < Re < 1e8; below Re 25, where the law turns over, the pressure
///   loss goes on in proportion to the flow
/// # Source     Swamee & Jain 1976, J. Hydraul. Div. ASCE 102
#[inline]
pub fn swamee_jain(reynolds: f64, relative_roughness: f64) -> Factor {
    let re = reynolds.max(SWAMEE_JAIN_FROM);
    let smooth = 5.74 * re.powf(-0.9);
    let argument = relative_roughness / 3.7 + smooth;
    let x = -TWO_LOG10 * argument.ln();
    let value = 1.0 / (x * x);
    if reynolds < SWAMEE_JAIN_FROM {
        return Factor::inverse(value * SWAMEE_JAIN_FROM / reynolds.max(1e-300));
    }
    Factor {
        value,
        slope: -2.0 * value / x * TWO_LOG10 * 0.9 * smooth / argument,
    }
}

/// Darcy factor as EPANET takes it: laminar below Re 2000, Swamee–Jain above 4000, between them
/// the cubic that meets both with value and slope (Dunlop 1991).
///
/// # Valid for  any Re > 0
/// # Source     Rossman 2000, EPANET 2 Users Manual, appendix D
#[inline]
pub fn epanet(reynolds: f64, relative_roughness: f64) -> Factor {
    if reynolds <= 2000.0 {
        return Factor::inverse(64.0 / reynolds.max(1e-300));
    }
    if reynolds >= 4000.0 {
        return swamee_jain(reynolds, relative_roughness);
    }
    let end = swamee_jain(4000.0, relative_roughness);
    // over r = Re/2000 from 1 to 2: slopes by r are those by ln Re divided by r
    let (f0, d0, f1, d1) = (0.032, -0.032, end.value, end.slope / 2.0);
    let s = reynolds / 2000.0 - 1.0;
    let (c2, c3) = (3.0 * (f1 - f0) - 2.0 * d0 - d1, 2.0 * (f0 - f1) + d0 + d1);
    Factor {
        value: f0 + s * (d0 + s * (c2 + s * c3)),
        slope: (s + 1.0) * (d0 + s * (2.0 * c2 + s * 3.0 * c3)),
    }
}

/// Head lost per metre after Hazen and Williams by `(m³/s)^1.852`, as EPANET's constants have it.
///
/// `h/L = 4.727 C^−1.852 d^−4.871 q^1.852` in feet and cubic feet per second.
///
/// # Valid for  turbulent flow of cold water; the viscosity does not enter
/// # Source     Rossman 2000, EPANET 2 Users Manual, table 3.1
pub fn hazen_williams_resistance(coefficient: f64, diameter_m: f64) -> f64 {
    let foot = 0.3048_f64;
    4.727
        * coefficient.powf(-HAZEN_WILLIAMS_POWER)
        * (diameter_m / foot).powf(-4.871)
        * foot.powf(-3.0 * HAZEN_WILLIAMS_POWER)
}

/// Power of the flow in the law of Hazen and Williams.
pub const HAZEN_WILLIAMS_POWER: f64 = 1.852;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn factors(re: f64, k: f64) -> [Factor; 4] {
        [
            colebrook(re, k, 0.0).0,
            nikuradse(re, nikuradse_rough_factor(k)),
            swamee_jain(re, k),
            epanet(re, k),
        ]
    }

    proptest! {
        #[test]
        fn the_colebrook_law_is_met_at_every_reynolds_number(
            log_re in 0.1..8.0_f64, log_k in -6.0..-1.5_f64, start in 0.0..20.0_f64) {
            let (re, k) = (10f64.powf(log_re), 10f64.powf(log_k));
            let (f, x) = colebrook(re, k, start);
            let residual = x + 2.0 * (k / 3.71 + 2.51 * x / re).log10();
            prop_assert!(residual.abs() < 1e-12, "{residual}");
            prop_assert!((f.value * x * x - 1.0).abs() < 1e-12);
        }

        #[test]
        fn slopes_are_derivatives(log_re in 0.0..7.5_f64, log_k in -6.0..-1.5_f64) {
            let (re, k) = (10f64.powf(log_re), 10f64.powf(log_k));
            let h = 1e-6;
            let kinks = [COLEBROOK_FROM, SWAMEE_JAIN_FROM, 2000.0, 4000.0];
            prop_assume!(kinks.iter().all(|x| (x / re - 1.0).abs() > 1e-4));
            let (low, high) = (factors(re * (1.0 - h), k), factors(re * (1.0 + h), k));
            for ((f, a), b) in factors(re, k).iter().zip(low).zip(high) {
                let numeric = (b.value - a.value) / (2.0 * h);
                prop_assert!((f.slope - numeric).abs() < 1e-4 * f.value, "{f:?} {numeric}");
            }
        }

        #[test]
        fn losses_grow_with_the_flow(log_re in -3.0..7.5_f64, log_k in -6.0..-1.5_f64) {
            let (re, k) = (10f64.powf(log_re), 10f64.powf(log_k));
            for f in factors(re, k) {
                prop_assert!(2.0 * f.value + f.slope > 0.0, "{f:?}");
            }
        }
    }

    #[test]
    fn the_cubic_meets_both_laws() {
        let below = epanet(2000.0 + 1e-6, 1e-3);
        let above = epanet(4000.0 - 1e-6, 1e-3);
        let turbulent = swamee_jain(4000.0, 1e-3);
        assert!((below.value - 0.032).abs() < 1e-9 && (below.slope + 0.032).abs() < 1e-6);
        assert!((above.value - turbulent.value).abs() < 1e-9);
        assert!((above.slope - turbulent.slope).abs() < 1e-6);
    }

    #[test]
    fn hazen_williams_gives_the_known_constant() {
        // 10.667 in SI units
        let found = hazen_williams_resistance(1.0, 1.0);
        assert!((found / 10.667 - 1.0).abs() < 1e-3, "{found}");
    }
}
