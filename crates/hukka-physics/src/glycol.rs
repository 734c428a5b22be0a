//! Properties of water with glycol. SI on plain `f64`; temperatures in kelvin.
//!
//! Every property is a double polynomial in `x` (mass of glycol per mass of mixture, %) and `y`
//! (°C), both counted from the middle of the data: `f = Σ cᵢⱼ (x − xₘ)ⁱ (y − yₘ)ʲ`; for the
//! viscosity `f = ln(η / mPa s)`.
//!
//! # Valid for  0–60 % by mass, freezing point (at the least −45 °C) to 100 °C; outside, the share
//!   and the temperature are taken at the nearer end
//! # Source     Melinder 2010, Properties of Secondary Working Fluids for Indirect Systems, IIR

use hukka_units::ZERO_CELSIUS_K;

/// Powers `(i, j)` of the terms, as the coefficients follow each other.
const POWERS: [(i32, i32); 18] = [
    (0, 0),
    (0, 1),
    (0, 2),
    (0, 3),
    (1, 0),
    (1, 1),
    (1, 2),
    (1, 3),
    (2, 0),
    (2, 1),
    (2, 2),
    (2, 3),
    (3, 0),
    (3, 1),
    (3, 2),
    (4, 0),
    (4, 1),
    (5, 0),
];

/// Largest mass share of glycol the fits cover.
pub const LARGEST_SHARE: f64 = 0.6;
/// Coldest and hottest mixture the fits cover, °C.
pub const RANGE_C: (f64, f64) = (-45.0, 100.0);

/// Coefficients of one kind of glycol: density, specific heat, logarithm of the viscosity.
struct Fit {
    middle: (f64, f64),
    density: [f64; 18],
    specific_heat: [f64; 18],
    log_viscosity: [f64; 18],
}

const ETHYLENE: Fit = Fit {
    middle: (30.8462, 31.728),
    density: [
        1034.0, -0.4781, -2.692e-3, 4.725e-6, 1.311, -6.876e-3, 4.805e-5, 1.69e-8, 7.49e-5,
        7.855e-5, -3.995e-7, 4.982e-9, -1.062e-4, 1.229e-6, -1.153e-8, -9.623e-7, -7.211e-8,
        4.891e-8,
    ],
    specific_heat: [
        3737.0, 2.93, -4.675e-3, -1.389e-5, -17.99, 0.1046, -4.147e-4, 1.847e-7, -9.933e-2,
        3.516e-4, 5.109e-6, -7.138e-8, 2.61e-3, -1.189e-6, -1.643e-7, 1.537e-5, -4.272e-7,
        -1.618e-6,
    ],
    log_viscosity: [
        0.4705, -2.55e-2, 1.782e-4, -7.669e-7, 2.471e-2, -1.171e-4, 1.052e-6, -1.634e-8, 3.328e-6,
        1.086e-6, 1.051e-8, -6.475e-10, 1.659e-6, 3.157e-9, 4.063e-10, 3.089e-8, 1.831e-10,
        -1.865e-9,
    ],
};

const PROPYLENE: Fit = Fit {
    middle: (30.7031, 32.7083),
    density: [
        1018.0, -0.5406, -2.666e-3, 1.347e-5, 0.7604, -9.45e-3, 5.541e-5, -1.343e-7, -2.498e-3,
        2.7e-5, -4.018e-7, 3.376e-9, -1.55e-4, 2.829e-6, -7.175e-9, -1.131e-6, -2.221e-8, 2.342e-8,
    ],
    specific_heat: [
        3882.0, 2.699, -1.659e-3, -1.032e-5, -13.04, 5.07e-2, -4.752e-5, 1.522e-6, -0.1598,
        9.534e-5, 1.167e-5, -4.87e-8, 3.539e-4, 3.102e-5, -2.95e-7, 5e-5, -7.135e-7, -4.959e-7,
    ],
    log_viscosity: [
        0.6837, -3.045e-2, 2.525e-4, -1.399e-6, 3.328e-2, -3.984e-4, 4.332e-6, -1.86e-8, 5.453e-5,
        -8.6e-8, -1.593e-8, -4.465e-11, -3.9e-6, 1.054e-7, -1.589e-9, -1.587e-8, 4.475e-10,
        3.564e-9,
    ],
};

/// A mixture of water and glycol of one share: cubic polynomials of the temperature.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mixture {
    middle_c: f64,
    density: [f64; 4],
    specific_heat: [f64; 4],
    log_viscosity: [f64; 4],
}

impl Mixture {
    /// Ethylene glycol of this mass share (0–0.6, clamped) in water.
    pub fn ethylene(mass_share: f64) -> Self {
        Self::of(&ETHYLENE, mass_share)
    }

    /// Propylene glycol of this mass share (0–0.6, clamped) in water.
    pub fn propylene(mass_share: f64) -> Self {
        Self::of(&PROPYLENE, mass_share)
    }

    fn of(fit: &Fit, mass_share: f64) -> Self {
        let x = 100.0 * mass_share.clamp(0.0, LARGEST_SHARE) - fit.middle.0;
        let at_share = |coefficients: &[f64; 18]| {
            let mut sums = [0.0; 4];
            for ((i, j), c) in POWERS.iter().zip(coefficients) {
                sums[*j as usize] += c * x.powi(*i);
            }
            sums
        };
        Self {
            middle_c: fit.middle.1,
            density: at_share(&fit.density),
            specific_heat: at_share(&fit.specific_heat),
            log_viscosity: at_share(&fit.log_viscosity),
        }
    }

    fn scaled(&self, t_k: f64) -> f64 {
        (t_k - ZERO_CELSIUS_K).clamp(RANGE_C.0, RANGE_C.1) - self.middle_c
    }

    /// Density, kg/m³.
    pub fn density(&self, t_k: f64) -> f64 {
        cubic(&self.density, self.scaled(t_k))
    }

    /// Specific heat, J/(kg K).
    pub fn specific_heat(&self, t_k: f64) -> f64 {
        cubic(&self.specific_heat, self.scaled(t_k))
    }

    /// Dynamic viscosity, Pa s.
    pub fn viscosity(&self, t_k: f64) -> f64 {
        1e-3 * cubic(&self.log_viscosity, self.scaled(t_k)).exp()
    }

    /// Enthalpy above the middle of the fit's temperatures, J/kg: the integral of the specific heat.
    pub fn enthalpy(&self, t_k: f64) -> f64 {
        let y = self.scaled(t_k);
        let beyond = (t_k - ZERO_CELSIUS_K - self.middle_c) - y;
        let [a, b, c, d] = self.specific_heat;
        y * (a + y * (b / 2.0 + y * (c / 3.0 + y * d / 4.0)))
            + beyond * cubic(&self.specific_heat, y)
    }
}

fn cubic(c: &[f64; 4], y: f64) -> f64 {
    c[0] + y * (c[1] + y * (c[2] + y * c[3]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn near(found: f64, expected: f64, share: f64) {
        assert!(
            (found / expected - 1.0).abs() < share,
            "{found} instead of {expected}"
        );
    }

    /// Common tables at 20 °C, 30 % by mass; they differ among themselves by several per cent.
    #[test]
    fn mixtures_agree_with_common_tables() {
        let (t, ethylene, propylene) = (293.15, Mixture::ethylene(0.3), Mixture::propylene(0.3));
        near(ethylene.density(t), 1039.0, 3e-3);
        near(ethylene.specific_heat(t), 3_683.0, 1.5e-2);
        near(ethylene.viscosity(t), 2.1e-3, 0.12);
        near(propylene.density(t), 1024.0, 3e-3);
        near(propylene.specific_heat(t), 3_855.0, 1.5e-2);
        near(propylene.viscosity(t), 2.7e-3, 0.12);
    }

    #[test]
    fn without_glycol_the_mixture_is_nearly_water() {
        for c in [10.0, 30.0, 60.0, 80.0] {
            let t = c + 273.15;
            for mixture in [Mixture::ethylene(0.0), Mixture::propylene(0.0)] {
                near(mixture.density(t), crate::water::density(t), 6e-3);
                near(
                    mixture.specific_heat(t),
                    crate::water::specific_heat(t),
                    3e-2,
                );
                near(mixture.viscosity(t), crate::water::viscosity(t), 0.15);
            }
        }
    }

    proptest! {
        #[test]
        fn enthalpy_is_the_integral_of_the_specific_heat(
            share in 0.0..0.6_f64, c in -30.0..120.0_f64) {
            let t = c + 273.15;
            for mixture in [Mixture::ethylene(share), Mixture::propylene(share)] {
                let slope = (mixture.enthalpy(t + 1e-3) - mixture.enthalpy(t - 1e-3)) / 2e-3;
                prop_assert!((slope / mixture.specific_heat(t) - 1.0).abs() < 1e-4);
            }
        }

        #[test]
        fn warmer_mixtures_are_thinner_and_lighter(share in 0.0..0.6_f64, c in 0.0..99.0_f64) {
            let t = c + 273.15;
            for mixture in [Mixture::ethylene(share), Mixture::propylene(share)] {
                prop_assert!(mixture.viscosity(t + 1.0) < mixture.viscosity(t));
                prop_assert!(mixture.density(t + 1.0) < mixture.density(t) + 0.05);
            }
        }
    }
}
