//! Pentane (R601): coefficients of its equation of state, as published.

use crate::refrigerant::fluid::Fluid;
use crate::refrigerant::terms::{Ideal, Residual};

/// Pentane (R601).
pub static FLUID: Fluid = Fluid {
    name: "Pentane",
    aliases: &["n-Pentane", "R601"],
    molar_mass: 0.072_148_78,
    gas_constant: 8.314_459_8,
    reducing_temperature: 469.7,
    reducing_density: 3210.0,
    critical_temperature: 469.700_000_000_000_05,
    critical_pressure: 3_367_519.0,
    acentric_factor: 0.251_031_912_680_427,
    min_temperature: 143.47,
    max_temperature: 650.0,
    ideal: &[
        Ideal::LogTau(3.0),
        Ideal::Einstein(6.618, 0.327_868_852_459_016_4),
        Ideal::Einstein(15.97, 2.818_820_523_738_556_6),
        Ideal::Einstein(15.29, 5.607_834_788_162_657),
    ],
    residual: &[
        Residual::Power([0.042_952_795, 4.0, 1.0, 0.0]),
        Residual::Power([2.492_399_9, 1.0, 0.367, 0.0]),
        Residual::Power([-2.603_872, 1.0, 0.704, 0.0]),
        Residual::Power([-0.838_299_13, 2.0, 1.04, 0.0]),
        Residual::Power([0.192_233_78, 3.0, 0.494, 0.0]),
        Residual::Power([-3.077_819_6, 1.0, 1.34, 2.0]),
        Residual::Power([-0.000_324_816, 1.0, 0.688, 3.0]),
        Residual::Power([-1.678_197_6, 3.0, 1.688, 2.0]),
        Residual::Power([0.641_642_5, 2.0, 0.88, 1.0]),
        Residual::Power([-1.730_093_4, 2.0, 1.357, 2.0]),
        Residual::Power([-0.017_585_046, 7.0, 1.021, 1.0]),
        Residual::Gaussian([4.570_888_3, 1.0, 0.979, 1.01, 0.927, 0.583, 1.06]),
        Residual::Gaussian([-0.075_818_8, 1.0, 2.966, 4.77, 0.968, 31.6, 1.37]),
        Residual::Gaussian([-0.621_226_33, 3.0, 1.35, 1.13, 0.735, 0.52, 1.09]),
        Residual::Gaussian([-0.424_130_43, 2.0, 0.664, 1.08, 1.196, 0.654, 1.19]),
        Residual::Gaussian([-2.041_844_3, 2.0, 0.937, 1.12, 0.617, 0.75, 0.83]),
    ],
    source: "Thol, Uhde, Lemmon and Span 2019, Fluid Phase Equilib. 489, 48",
};
