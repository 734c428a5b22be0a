//! Exponential and natural logarithm without branches, so that loops over them vectorise.
//!
//! The same bits on every processor and in every lane: only additions, multiplications, divisions
//! and shifts of bits are used.

#![expect(
    clippy::inline_always,
    reason = "a call inside the loop would keep it from being vectorised"
)]

use core::f64::consts::{FRAC_1_SQRT_2, LOG2_E};

/// Adding it leaves the nearest whole number in the low bits.
const ROUND: f64 = 6_755_399_441_055_744.0;
/// `ln 2` in two parts; the first has so few digits that whole multiples of it are exact.
const LN_2_HIGH: f64 = 6.931_471_803_691_238e-1;
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;
/// 2^52: a whole number below it sits in its low bits.
const WHOLE: f64 = 4_503_599_627_370_496.0;
const EXPONENT_SHIFT: u32 = 52;
const EXPONENT_BIAS: u64 = 1023 << EXPONENT_SHIFT;
/// Beyond this the result would leave the normal numbers.
const LARGEST_ARGUMENT: f64 = 700.0;

/// `1/k!`, k = 0, 2, 4 … 12.
const EVEN: [f64; 7] = [
    1.0,
    1.0 / 2.0,
    1.0 / 24.0,
    1.0 / 720.0,
    1.0 / 40_320.0,
    1.0 / 3_628_800.0,
    1.0 / 479_001_600.0,
];
/// `1/k!`, k = 1, 3, 5 … 13.
const ODD: [f64; 7] = [
    1.0,
    1.0 / 6.0,
    1.0 / 120.0,
    1.0 / 5_040.0,
    1.0 / 362_880.0,
    1.0 / 39_916_800.0,
    1.0 / 6_227_020_800.0,
];

/// Exponential function.
///
/// `e^x = 2^k e^r`, `k` the nearest whole number to `x / ln 2`, `e^r` by its series to `r^13`.
///
/// # Valid for  any number; beyond ±700 the value at ±700; relative error below 6e-16
#[inline(always)]
pub fn exp(x: f64) -> f64 {
    let x = x.clamp(-LARGEST_ARGUMENT, LARGEST_ARGUMENT);
    let turned = x * LOG2_E + ROUND;
    let k = turned - ROUND;
    let r = (x - k * LN_2_HIGH) - k * LN_2_LOW;
    let z = r * r;
    let power = (turned.to_bits() << EXPONENT_SHIFT).wrapping_add(EXPONENT_BIAS);
    (series(&EVEN, z) + r * series(&ODD, z)) * f64::from_bits(power)
}

/// `1/(2k + 1)`, k even, then k odd.
const LOG_EVEN: [f64; 5] = [1.0, 1.0 / 5.0, 1.0 / 9.0, 1.0 / 13.0, 1.0 / 17.0];
const LOG_ODD: [f64; 5] = [1.0 / 3.0, 1.0 / 7.0, 1.0 / 11.0, 1.0 / 15.0, 1.0 / 19.0];

/// Natural logarithm of a positive normal number.
///
/// `ln x = k ln 2 + ln m`, `m` within `1/√2 … √2`, `ln m = 2 (s + s³/3 + s⁵/5 …)` with
/// `s = (m − 1)/(m + 1)`.
///
/// # Valid for  2.3e-308 and above; error below 6e-16 relative or 2e-16 absolute
#[inline(always)]
pub fn ln(x: f64) -> f64 {
    let (k, m) = split(x);
    let s = (m - 1.0) / (m + 1.0);
    let z = s * s;
    let w = z * z;
    let sum = series(&LOG_EVEN, w) + z * series(&LOG_ODD, w);
    k * LN_2_HIGH + (k * LN_2_LOW + 2.0 * s * sum)
}

/// Natural logarithm within 1e-4: a start for iterations.
#[inline(always)]
pub(crate) fn rough_ln(x: f64) -> f64 {
    let (k, m) = split(x);
    let s = (m - 1.0) / (m + 1.0);
    k * core::f64::consts::LN_2 + s * (2.0 + s * s * (2.0 / 3.0))
}

/// `x = 2^k m` with `m` around one.
#[inline(always)]
fn split(x: f64) -> (f64, f64) {
    const OFFSET: u64 = 1024;
    let bits = x.to_bits();
    let above = bits.wrapping_sub(FRAC_1_SQRT_2.to_bits());
    let k = above.wrapping_add(OFFSET << EXPONENT_SHIFT) >> EXPONENT_SHIFT;
    let m = f64::from_bits(bits.wrapping_sub(k.wrapping_sub(OFFSET) << EXPONENT_SHIFT));
    let k = f64::from_bits(k | WHOLE.to_bits()) - (WHOLE + OFFSET as f64);
    (k, m)
}

#[inline(always)]
const fn series<const N: usize>(coefficients: &[f64; N], x: f64) -> f64 {
    let mut sum = coefficients[N - 1];
    let mut i = N - 1;
    while i > 0 {
        i -= 1;
        sum = sum * x + coefficients[i];
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_ends_are_kept() {
        assert!((exp(0.0) - 1.0).abs() < f64::EPSILON);
        assert!(exp(-1e9) > 0.0 && exp(-1e9) < 1e-300 && exp(1e9).is_finite());
        assert!(ln(1.0).abs() < f64::MIN_POSITIVE);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn exp_agrees_with_the_library(x in -690.0..690.0_f64) {
            prop_assert!((exp(x) / x.exp() - 1.0).abs() < 6e-16);
        }

        #[test]
        fn small_exp_agrees_with_the_library(x in -1.0..1.0_f64) {
            prop_assert!((exp(x) / x.exp() - 1.0).abs() < 6e-16);
        }

        #[test]
        fn ln_agrees_with_the_library(power in -300.0..300.0_f64) {
            let x = 10f64.powf(power);
            prop_assert!((ln(x) - x.ln()).abs() <= 6e-16 * x.ln().abs().max(0.3));
            prop_assert!((rough_ln(x) - x.ln()).abs() < 1.2e-4);
        }

        #[test]
        fn ln_near_one_agrees_with_the_library(x in 0.4..2.5_f64) {
            prop_assert!((ln(x) - x.ln()).abs() <= 6e-16 * x.ln().abs().max(0.3));
        }
    }
}
