//! Friction in straight round pipes. SI on plain `f64`.

#![expect(
    clippy::inline_always,
    reason = "a call inside the loop over lanes would keep it from being vectorised"
)]

use crate::elementary::{ln, rough_ln};
use core::f64::consts::PI;

/// Reynolds number up to which the flow is taken as laminar.
pub const LAMINAR_BELOW: f64 = 2000.0;
/// Reynolds number from which the flow is taken as turbulent.
pub const TURBULENT_ABOVE: f64 = 4000.0;

/// `2 / ln 10`: turns `−2 log10` into natural logarithms.
const TWO_LOG10: f64 = 2.0 / core::f64::consts::LN_10;

/// Darcy friction factor of turbulent flow, implicit Colebrook–White law solved to 1e-14.
///
/// `1/√f = −2 log10( k/(3.71 d) + 2.51/(Re √f) )`, a step of Halley's method in `1/√f`.
///
/// # Assumptions  fully developed flow · round pipe
/// # Valid for    Re > 0; physically Re > 4000 and `k/d` up to 0.05; Re below 1 is taken as 1
/// # Source       Colebrook 1939, J. Inst. Civ. Eng. 11
#[inline]
pub fn darcy_factor_colebrook(reynolds: f64, relative_roughness: f64) -> f64 {
    let x = colebrook_root_anywhere(reynolds.max(1.0), relative_roughness * (1.0 / 3.71)).0;
    1.0 / (x * x)
}

/// `x = 1/√f` and `dx/d(ln Re)`.
///
/// The start is an explicit law within 2e-4 (its logarithms taken roughly); one step of Halley's
/// method on `x + (2/ln 10) ln(r + s x) = 0` cubes the error.
///
/// # Valid for  Re ≥ 2000: there within 1e-14
/// # Source  start: Praks & Brkić 2020, Symmetry 12(4), 553
#[inline(always)]
fn colebrook_root(reynolds: f64, roughness_term: f64) -> (f64, f64) {
    let smooth = 2.51 / reynolds;
    let guess = colebrook_guess(reynolds, roughness_term);
    let x = halley(guess, smooth, roughness_term);
    (x, root_slope(x, smooth, roughness_term))
}

/// The explicit start of [`colebrook_root`].
#[inline(always)]
fn colebrook_guess(reynolds: f64, roughness_term: f64) -> f64 {
    let b = rough_ln(reynolds) - 0.7794;
    let sum = reynolds * roughness_term * (3.71 / 8.0884) + b;
    let c = rough_ln(sum);
    TWO_LOG10 * (b - c + c / (sum - 0.5588 * c + 1.2079))
}

/// As [`colebrook_root`] for any Reynolds number from 1 on, where the explicit start is no good.
#[inline]
fn colebrook_root_anywhere(reynolds: f64, roughness_term: f64) -> (f64, f64) {
    let smooth = 2.51 / reynolds;
    let mut x = -TWO_LOG10 * rough_ln((roughness_term + 12.0 / reynolds).min(0.5));
    for _ in 0..4 {
        x = halley(x, smooth, roughness_term);
    }
    (x, root_slope(x, smooth, roughness_term))
}

/// `dx/d(ln Re)` at the root.
#[inline(always)]
fn root_slope(x: f64, smooth: f64, roughness_term: f64) -> f64 {
    let slope = TWO_LOG10 * smooth / (roughness_term + smooth * x);
    slope * x / (1.0 + slope)
}

/// One step of Halley's method, kept positive.
#[inline(always)]
fn halley(x: f64, smooth: f64, roughness_term: f64) -> f64 {
    let (above, below) = halley_parts(x, smooth, roughness_term);
    (x - above / below).max(0.1)
}

/// Numerator and denominator of the step of Halley's method.
#[inline(always)]
fn halley_parts(x: f64, smooth: f64, roughness_term: f64) -> (f64, f64) {
    let argument = roughness_term + smooth * x;
    let slope = TWO_LOG10 * smooth;
    let value = x + TWO_LOG10 * ln(argument);
    let first = argument + slope;
    let below = first * first + 0.5 * value * slope * smooth;
    (value * argument * first, below)
}

/// Darcy friction factor of turbulent flow, explicit.
///
/// `f = 0.25 / log10( k/(3.7 d) + 5.74/Re^0.9 )²`
///
/// # Valid for  5e3 < Re < 1e8, 1e-6 < `k/d` < 0.05; there within 3.5 % of Colebrook
/// # Source     Swamee & Jain 1976, J. Hydraul. Div. ASCE 102
pub fn darcy_factor_swamee_jain(reynolds: f64, relative_roughness: f64) -> f64 {
    let log = (relative_roughness / 3.7 + 5.74 / reynolds.powf(0.9)).log10();
    0.25 / (log * log)
}

/// Friction along one pipe: what does not change with the flow is worked out once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PipeFriction {
    /// `d/A`: Reynolds number is this times `|m|/η`.
    reynolds: f64,
    /// `32 L/(A d²)`: laminar pressure drop is this times `m η/ρ`.
    laminar: f64,
    /// `L/(2 A² d)`: turbulent pressure drop is this times `f m|m|/ρ`.
    turbulent: f64,
    /// `k/(3.71 d)`.
    roughness: f64,
}

impl PipeFriction {
    /// Friction of a pipe with inner diameter, roughness and length in metres.
    pub fn new(inner_diameter_m: f64, roughness_m: f64, length_m: f64) -> Self {
        let d = inner_diameter_m;
        let area = PI * 0.25 * d * d;
        Self {
            reynolds: d / area,
            laminar: 32.0 * length_m / (area * d * d),
            turbulent: length_m / (2.0 * area * area * d),
            roughness: roughness_m / (3.71 * d),
        }
    }

    /// Pressure drop, Pa, signed like the mass flow, and its derivative by the mass flow.
    ///
    /// `Δp = L f(Re) m|m| / (2 ρ A² d)`, `Re = |m| d / (η A)`: laminar `f = 64/Re` below Re 2000,
    /// Colebrook above Re 4000, between them `(1 − w) f_lam + w f_turb` with `w = s²(3 − 2s)`,
    /// `s = (Re − 2000)/2000`. Continuous with its slope, odd and strictly increasing in `m`.
    ///
    /// # Assumptions  steady · incompressible · one density and viscosity along the pipe
    /// # Valid for    any mass flow, zero included; positive diameter, density and viscosity
    /// # Sign         positive from `from` to `to`
    /// # Source       Darcy–Weisbach; Hagen–Poiseuille; Colebrook 1939; the blend is ours
    #[inline(always)]
    pub fn drop_and_slope(&self, mass_flow: f64, density: f64, viscosity: f64) -> (f64, f64) {
        const SPAN: f64 = TURBULENT_ABOVE - LAMINAR_BELOW;
        let size = mass_flow.abs();
        let reynolds = self.reynolds * size / viscosity;
        let (x, dx) = colebrook_root(reynolds.max(LAMINAR_BELOW), self.roughness);
        let factor = 1.0 / (x * x);
        let s = ((reynolds - LAMINAR_BELOW) * (1.0 / SPAN)).clamp(0.0, 1.0);
        let w = s * s * (3.0 - 2.0 * s);
        let by_density = 1.0 / density;
        let laminar = self.laminar * viscosity * by_density;
        let turbulent = self.turbulent * factor * size * by_density;
        let drop = laminar + w * (turbulent - laminar);
        let turning = 6.0 * s * (1.0 - s) * reynolds * (1.0 / SPAN) * (turbulent - laminar);
        let slope = laminar + w * (2.0 * turbulent * (1.0 - dx / x) - laminar) + turning;
        (drop * mass_flow, slope)
    }

    /// Pressure drop of [`Self::drop_and_slope`] alone, from the reciprocal of the viscosity, with
    /// as few divisions as will do.
    #[inline(always)]
    pub fn drop_of(&self, mass_flow: f64, density: f64, fluidity: f64) -> f64 {
        const SPAN: f64 = TURBULENT_ABOVE - LAMINAR_BELOW;
        let size = mass_flow.abs();
        let reynolds = self.reynolds * size * fluidity;
        let fast = reynolds.max(LAMINAR_BELOW);
        let thin = fluidity * density;
        let both = 1.0 / (fast * thin);
        let smooth = 2.51 * (both * thin);
        let by_thin = both * fast;
        let guess = colebrook_guess(fast, self.roughness);
        let (above, below) = halley_parts(guess, smooth, self.roughness);
        let root = below / (guess * below - above);
        let s = ((reynolds - LAMINAR_BELOW) * (1.0 / SPAN)).clamp(0.0, 1.0);
        let w = s * s * (3.0 - 2.0 * s);
        let laminar = self.laminar * by_thin;
        let turbulent = self.turbulent * (root * root) * size * (by_thin * fluidity);
        (laminar + w * (turbulent - laminar)) * mass_flow
    }

    /// As [`Self::drop_and_slope`], but with the Colebrook law at every Reynolds number.
    ///
    /// Some reference programs do this; in laminar flow it overstates friction. For comparisons.
    ///
    /// # Valid for  any mass flow; below Re 1 the factor of Re 1 is scaled as in laminar flow
    #[inline(always)]
    pub fn colebrook_drop_and_slope(
        &self,
        mass_flow: f64,
        density: f64,
        viscosity: f64,
    ) -> (f64, f64) {
        let reynolds = self.reynolds * mass_flow.abs() / viscosity;
        let (x, dx) = colebrook_root_anywhere(reynolds.max(1.0), self.roughness);
        // Below Re 1: |m| at Re 1, without slope of the factor.
        let is_slow = reynolds <= 1.0;
        let size = if is_slow {
            viscosity / self.reynolds
        } else {
            mass_flow.abs()
        };
        let drop = self.turbulent * size / (density * x * x);
        let slope = if is_slow { 1.0 } else { 2.0 * (1.0 - dx / x) };
        (drop * mass_flow, drop * slope)
    }
}

/// Pressure lost per metre, Pa/m, signed like the mass flow.
///
/// See [`PipeFriction::drop_and_slope`].
#[inline]
pub fn pressure_gradient(
    mass_flow: f64,
    inner_diameter_m: f64,
    roughness_m: f64,
    density: f64,
    viscosity: f64,
) -> f64 {
    pressure_gradient_and_slope(mass_flow, inner_diameter_m, roughness_m, density, viscosity).0
}

/// Pressure lost per metre, Pa/m, signed like the mass flow, and its derivative by the mass flow.
///
/// See [`PipeFriction::drop_and_slope`].
#[inline]
pub fn pressure_gradient_and_slope(
    mass_flow: f64,
    inner_diameter_m: f64,
    roughness_m: f64,
    density: f64,
    viscosity: f64,
) -> (f64, f64) {
    PipeFriction::new(inner_diameter_m, roughness_m, 1.0)
        .drop_and_slope(mass_flow, density, viscosity)
}

/// Mean velocity of the water, m/s, signed like the mass flow.
#[inline]
pub fn velocity(mass_flow: f64, inner_diameter_m: f64, density: f64) -> f64 {
    mass_flow / (density * PI * 0.25 * inner_diameter_m * inner_diameter_m)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HOT: (f64, f64) = (971.8, 3.54e-4);

    fn colebrook_residual(f: f64, reynolds: f64, relative: f64) -> f64 {
        let x = 1.0 / f.sqrt();
        x + 2.0 * (relative / 3.71 + 2.51 * x / reynolds).log10()
    }

    #[test]
    fn laminar_flow_follows_hagen_poiseuille() {
        let (d, m) = (0.0217, 1e-3);
        let area = PI * d * d / 4.0;
        let velocity = m / (HOT.0 * area);
        let expected = 32.0 * HOT.1 * velocity / (d * d);
        let found = pressure_gradient(m, d, 1e-4, HOT.0, HOT.1);
        assert!((found / expected - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_stagnant_pipe_has_no_gradient_and_a_finite_slope() {
        let (gradient, slope) = pressure_gradient_and_slope(0.0, 0.1, 1e-4, HOT.0, HOT.1);
        assert!(gradient.abs() < f64::MIN_POSITIVE && slope > 0.0 && slope.is_finite());
    }

    proptest! {
        #[test]
        fn the_colebrook_law_is_met(log_re in 3.6..8.0_f64, log_k in -7.0..-1.5_f64) {
            let (reynolds, relative) = (10f64.powf(log_re), 10f64.powf(log_k));
            let f = darcy_factor_colebrook(reynolds, relative);
            prop_assert!(colebrook_residual(f, reynolds, relative).abs() < 1e-12);
        }

        #[test]
        fn swamee_jain_is_near_colebrook(log_re in 3.7..8.0_f64, log_k in -6.0..-1.5_f64) {
            let (reynolds, relative) = (10f64.powf(log_re), 10f64.powf(log_k));
            let ratio = darcy_factor_swamee_jain(reynolds, relative)
                / darcy_factor_colebrook(reynolds, relative);
            prop_assert!((ratio - 1.0).abs() < 0.035, "{ratio}");
        }

        #[test]
        fn the_gradient_is_odd_and_grows(log_m in -6.0..3.0_f64, d in 0.02..1.0_f64) {
            let m = 10f64.powf(log_m);
            let at = |m: f64| pressure_gradient(m, d, 1e-4, HOT.0, HOT.1);
            prop_assert!((at(-m) + at(m)).abs() <= 1e-12 * at(m));
            prop_assert!(at(m * 1.001) > at(m) && at(m) > 0.0);
        }

        #[test]
        fn the_slope_is_the_derivative(log_re in 1.0..7.0_f64, d in 0.02..1.0_f64) {
            let m = 10f64.powf(log_re) * HOT.1 * PI * d / 4.0;
            let step = 1e-6 * m;
            let at = |m: f64| pressure_gradient(m, d, 1e-4, HOT.0, HOT.1);
            let numeric = (at(m + step) - at(m - step)) / (2.0 * step);
            let slope = pressure_gradient_and_slope(m, d, 1e-4, HOT.0, HOT.1).1;
            prop_assert!((slope / numeric - 1.0).abs() < 1e-4, "{slope} {numeric}");
        }

        #[test]
        fn the_drop_alone_is_the_drop(log_m in -6.0..3.0_f64, d in 0.015..1.2_f64, log_k in -6.0..-2.5_f64) {
            let m = 10f64.powf(log_m);
            let pipe = PipeFriction::new(d, 10f64.powf(log_k), 100.0);
            let alone = pipe.drop_of(-m, HOT.0, 1.0 / HOT.1);
            let drop = pipe.drop_and_slope(-m, HOT.0, HOT.1).0;
            prop_assert!((alone / drop - 1.0).abs() < 1e-13, "{alone} {drop}");
        }

        #[test]
        fn the_blend_has_no_step(d in 0.02..1.0_f64, edge in prop::sample::select(vec![LAMINAR_BELOW, TURBULENT_ABOVE])) {
            let m = edge * HOT.1 * PI * d / 4.0;
            let at = |m: f64| pressure_gradient_and_slope(m, d, 1e-4, HOT.0, HOT.1);
            let (below, above) = (at(m * (1.0 - 1e-9)), at(m * (1.0 + 1e-9)));
            prop_assert!((above.0 / below.0 - 1.0).abs() < 1e-6);
            prop_assert!((above.1 / below.1 - 1.0).abs() < 1e-5);
        }
    }
}
