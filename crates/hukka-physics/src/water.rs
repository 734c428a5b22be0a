//! Properties of liquid water. SI on plain `f64`; temperatures in kelvin.
//!
//! Every property is one short polynomial in `x = (T − 363.15 K)/90 K`, fitted by least relative
//! squares to IAPWS-IF97 (viscosity: IAPWS 2008) at 11 bar. Between 3 and 16 bar density moves by
//! 0.04 %, specific heat by 0.06 % and viscosity by 0.1 % more.
//!
//! # Valid for  0–180 °C, liquid; outside, the property keeps its value at the nearer end
//! # Source     IAPWS R7-97(2012) and R12-08; verified below against points of the formulation

#![expect(
    clippy::inline_always,
    reason = "a call inside the loop over lanes would keep it from being vectorised"
)]

use hukka_units::ZERO_CELSIUS_K;

const CENTRE_K: f64 = 363.15;
const HALF_RANGE_K: f64 = 90.0;
/// Coldest and hottest water the fits cover, as `x`.
const X_RANGE: (f64, f64) = (-1.0, 1.0);

const DENSITY: [f64; 6] = [
    965.756_096_094_766_2,
    -60.420_961_778_108_24,
    -18.972_859_677_315_49,
    2.515_262_140_028_071,
    -3.003_258_934_887_133,
    1.237_781_629_411_093,
];

const SPECIFIC_HEAT: [f64; 7] = [
    4_202.647_227_428_902,
    92.532_553_847_778_98,
    89.113_242_444_729_8,
    21.553_268_486_378_9,
    -10.745_629_796_542_3,
    -17.385_067_322_291_47,
    28.129_385_581_598_5,
];

/// Reciprocal of the dynamic viscosity, 1/(Pa s).
const FLUIDITY: [f64; 7] = [
    3_180.035_931_416_322,
    3_268.412_481_408_432,
    403.142_811_015_299_5,
    -249.312_195_479_663,
    16.515_110_000_373_89,
    26.085_600_706_552_71,
    4.209_208_292_330_493,
];

/// `x` as a polynomial in `h/4.2e5 − 0.9`, within 0.003 K: the start of the inversion.
const INVERSE_ENTHALPY: [f64; 7] = [
    0.003_458_902_284_703_755,
    1.110_237_208_939_498,
    -0.013_666_943_399_794_77,
    -0.008_376_158_729_665_443,
    -0.001_351_767_294_211_856,
    -0.001_444_805_344_524_883,
    0.001_352_315_511_118_21,
];

/// Integral of the specific heat over `x`, coefficient by coefficient, J/kg.
const ENTHALPY: [f64; 7] = {
    let mut out = [0.0; 7];
    let mut i = 0;
    while i < 7 {
        out[i] = SPECIFIC_HEAT[i] * HALF_RANGE_K / (i + 1) as f64;
        i += 1;
    }
    out
};

/// Integral at 0 °C (`x = −1`), taken off so that enthalpy is zero there.
const ENTHALPY_AT_ZERO: f64 = -polynomial(&ENTHALPY, -1.0);

#[inline(always)]
const fn polynomial<const N: usize>(coefficients: &[f64; N], x: f64) -> f64 {
    let mut sum = coefficients[N - 1];
    let mut i = N - 1;
    while i > 0 {
        i -= 1;
        sum = sum * x + coefficients[i];
    }
    sum
}

#[inline(always)]
fn scaled(t_k: f64) -> f64 {
    (t_k - CENTRE_K) * (1.0 / HALF_RANGE_K)
}

#[inline(always)]
fn clamped(t_k: f64) -> f64 {
    scaled(t_k).clamp(X_RANGE.0, X_RANGE.1)
}

/// Density of water, kg/m³, at a temperature in kelvin.
///
/// # Valid for  0–180 °C, error below 0.01 % at 11 bar; outside: value at the nearer end
#[inline(always)]
pub fn density(t_k: f64) -> f64 {
    polynomial(&DENSITY, clamped(t_k))
}

/// Specific heat of water at constant pressure, J/(kg K), at a temperature in kelvin.
///
/// # Valid for  0–180 °C, error below 0.05 % at 11 bar; outside: value at the nearer end
#[inline(always)]
pub fn specific_heat(t_k: f64) -> f64 {
    polynomial(&SPECIFIC_HEAT, clamped(t_k))
}

/// Dynamic viscosity of water, Pa s, at a temperature in kelvin.
///
/// # Valid for  0–180 °C, error below 0.02 % at 11 bar; outside: value at the nearer end
#[inline(always)]
pub fn viscosity(t_k: f64) -> f64 {
    1.0 / fluidity(t_k)
}

/// Reciprocal of [`viscosity`], 1/(Pa s).
#[inline(always)]
pub fn fluidity(t_k: f64) -> f64 {
    polynomial(&FLUIDITY, clamped(t_k))
}

/// Enthalpy of water above 0 °C, J/kg: the exact integral of [`specific_heat`].
///
/// # Valid for  0–180 °C, error below 6 J/kg (0.0015 K); outside: goes on with the specific heat
///   of the nearer end
#[inline(always)]
pub fn enthalpy(t_k: f64) -> f64 {
    let x = scaled(t_k);
    let inside = x.clamp(X_RANGE.0, X_RANGE.1);
    let beyond = x - inside;
    let h = polynomial(&ENTHALPY, inside) * inside - ENTHALPY_AT_ZERO;
    h + beyond * HALF_RANGE_K * polynomial(&SPECIFIC_HEAT, inside)
}

/// Temperature in kelvin of water with an enthalpy above 0 °C: the inverse of [`enthalpy`].
///
/// One Newton step from a fitted start.
///
/// # Valid for  as [`enthalpy`]; round trip within 1e-8 K
#[inline(always)]
pub fn temperature_of_enthalpy(h: f64) -> f64 {
    let start = polynomial(&INVERSE_ENTHALPY, h * (1.0 / 4.2e5) - 0.9).clamp(X_RANGE.0, X_RANGE.1);
    let found = polynomial(&ENTHALPY, start) * start - ENTHALPY_AT_ZERO;
    let warm = CENTRE_K + HALF_RANGE_K * start + (h - found) / polynomial(&SPECIFIC_HEAT, start);
    let cold = ZERO_CELSIUS_K + h * (1.0 / polynomial(&SPECIFIC_HEAT, X_RANGE.0));
    if h <= 0.0 { cold } else { warm }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// °C, kg/m³, J/(kg K), Pa s at the larger of 1.01325 bar and the saturation pressure.
    const IF97: [(f64, f64, f64, f64); 10] = [
        (10.0, 999.70, 4195.5, 1.3059e-3),
        (20.0, 998.21, 4184.4, 1.0016e-3),
        (40.0, 992.22, 4179.0, 6.527e-4),
        (50.0, 988.03, 4180.0, 5.465e-4),
        (60.0, 983.20, 4183.1, 4.660e-4),
        (80.0, 971.79, 4195.5, 3.540e-4),
        (90.0, 965.31, 4205.2, 3.142e-4),
        (100.0, 958.35, 4216.7, 2.816e-4),
        (150.0, 917.01, 4310.1, 1.825e-4),
        (180.0, 887.00, 4405.5, 1.504e-4),
    ];

    #[test]
    fn properties_agree_with_the_industrial_formulation() {
        for (c, density_kg_m3, cp, viscosity_pa_s) in IF97 {
            let t = c + 273.15;
            assert!(
                (density(t) / density_kg_m3 - 1.0).abs() < 1e-3,
                "density at {c}"
            );
            assert!(
                (specific_heat(t) / cp - 1.0).abs() < 1.3e-3,
                "specific heat at {c}"
            );
            assert!(
                (viscosity(t) / viscosity_pa_s - 1.0).abs() < 1.5e-3,
                "viscosity at {c}"
            );
        }
        let hot = enthalpy(373.15) - enthalpy(293.15);
        assert!((hot / (419_990.0 - 84_840.0) - 1.0).abs() < 2e-3);
    }

    #[test]
    fn beyond_the_range_properties_stay_at_the_end() {
        assert!((density(500.0) - density(453.15)).abs() < 1e-9);
        assert!((viscosity(200.0) - viscosity(273.15)).abs() < 1e-12);
        assert!(enthalpy(263.15) < 0.0 && enthalpy(273.15).abs() < 1e-6);
    }

    proptest! {
        #[test]
        fn warmer_water_is_thinner_and_lighter(c in 4.0..179.0_f64) {
            let t = c + 273.15;
            prop_assert!(density(t + 1.0) < density(t));
            prop_assert!(viscosity(t + 1.0) < viscosity(t));
        }

        #[test]
        fn enthalpy_is_the_integral_of_specific_heat(c in -10.0..190.0_f64) {
            let (t, step) = (c + 273.15, 1e-3);
            let slope = (enthalpy(t + step) - enthalpy(t - step)) / (2.0 * step);
            prop_assert!((slope / specific_heat(t) - 1.0).abs() < 1e-6);
        }

        #[test]
        fn temperature_of_enthalpy_inverts_enthalpy(c in -20.0..190.0_f64) {
            let t = c + 273.15;
            prop_assert!((temperature_of_enthalpy(enthalpy(t)) - t).abs() < 1e-8);
        }
    }
}
