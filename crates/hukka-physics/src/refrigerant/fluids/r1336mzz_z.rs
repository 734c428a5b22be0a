//! R1336mzz(Z): coefficients of its equation of state, as published.

use crate::refrigerant::fluid::Fluid;
use crate::refrigerant::terms::{Ideal, Residual};

/// R1336mzz(Z).
pub static FLUID: Fluid = Fluid {
    name: "R1336mzz(Z)",
    aliases: &[],
    molar_mass: 0.164_056,
    gas_constant: 8.314_462_618,
    reducing_temperature: 444.5,
    reducing_density: 3044.0,
    critical_temperature: 444.5,
    critical_pressure: 2_903_000.0,
    acentric_factor: 0.386,
    min_temperature: 182.65,
    max_temperature: 500.0,
    ideal: &[
        Ideal::LogTau(3.0),
        Ideal::Einstein(20.2, 1.655_793_025_871_766_1),
        Ideal::Einstein(5.275, 5.172_103_487_064_117),
    ],
    residual: &[
        Residual::Power([0.036_673_095, 4.0, 1.0, 0.0]),
        Residual::Power([1.195_661_9, 1.0, 0.26, 0.0]),
        Residual::Power([-1.846_237_6, 1.0, 1.0, 0.0]),
        Residual::Power([-0.605_992_97, 2.0, 1.0, 0.0]),
        Residual::Power([0.249_738_33, 3.0, 0.515, 0.0]),
        Residual::Power([-1.254_827_8, 1.0, 2.6, 2.0]),
        Residual::Power([-1.438_961_2, 3.0, 3.0, 2.0]),
        Residual::Power([0.351_688_87, 2.0, 0.74, 1.0]),
        Residual::Power([-0.821_040_51, 2.0, 2.68, 2.0]),
        Residual::Power([-0.031_747_538, 7.0, 0.96, 1.0]),
        Residual::Gaussian([1.028_138_8, 1.0, 1.06, 0.746, 1.225, 1.118, 0.962]),
        Residual::Gaussian([0.210_940_74, 1.0, 3.4, 2.406, 0.161, 3.065, 1.111]),
        Residual::Gaussian([0.701_701, 3.0, 1.617, 0.7804, 1.231, 0.7274, 1.135]),
        Residual::Gaussian([0.246_385_28, 2.0, 1.865, 1.25, 1.395, 0.8435, 1.163]),
        Residual::Gaussian([-1.529_503_4, 3.0, 1.737, 0.6826, 0.9072, 0.6754, 0.969]),
        Residual::Gaussian([0.334_249_78, 2.0, 3.29, 1.677, 0.958, 0.436, 1.286]),
        Residual::Gaussian([1.011_324, 2.0, 1.242, 1.762, 0.412, 3.808, 1.274]),
        Residual::Gaussian([-0.023_457_179, 1.0, 2.0, 21.0, 0.944, 1888.0, 1.056]),
    ],
    source: "McLinden and Akasaka 2020, J. Chem. Eng. Data 65, 4201",
};
