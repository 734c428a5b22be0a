//! Cyclopentane: coefficients of its equation of state, as published.

use crate::refrigerant::fluid::Fluid;
use crate::refrigerant::terms::{Ideal, Residual};

/// Cyclopentane.
pub static FLUID: Fluid = Fluid {
    name: "Cyclopentane",
    aliases: &[],
    molar_mass: 0.070_132_900_000_000_01,
    gas_constant: 8.314_472,
    reducing_temperature: 511.72,
    reducing_density: 3_920.000_000_000_001,
    critical_temperature: 511.72,
    critical_pressure: 4_582_761.2,
    acentric_factor: 0.201_929_045_751_572_78,
    min_temperature: 179.7,
    max_temperature: 550.0,
    ideal: &[
        Ideal::LogTau(3.0),
        Ideal::Einstein(1.34, 0.449_464_550_926_287_8),
        Ideal::Einstein(13.4, 2.305_948_565_621_824_4),
        Ideal::Einstein(17.4, 4.299_226_139_294_927),
        Ideal::Einstein(6.65, 10.161_807_238_333_463),
    ],
    residual: &[
        Residual::Power([0.063_092_8, 4.0, 1.0, 0.0]),
        Residual::Power([1.503_65, 1.0, 0.29, 0.0]),
        Residual::Power([-2.370_99, 1.0, 0.85, 0.0]),
        Residual::Power([-0.484_886, 2.0, 1.185, 0.0]),
        Residual::Power([0.191_843, 3.0, 0.45, 0.0]),
        Residual::Power([-0.835_582, 1.0, 2.28, 2.0]),
        Residual::Power([-0.435_929, 3.0, 1.8, 2.0]),
        Residual::Power([0.545_607, 2.0, 1.5, 1.0]),
        Residual::Power([-0.209_741, 2.0, 2.9, 2.0]),
        Residual::Power([-0.038_763_5, 7.0, 0.93, 1.0]),
        Residual::Gaussian([0.677_674, 1.0, 1.05, 0.86, 0.684, 0.63, 1.22]),
        Residual::Gaussian([-0.137_043, 1.0, 4.0, 0.85, 0.7, 2.8, 0.32]),
        Residual::Gaussian([-0.085_286_2, 3.0, 2.33, 0.86, 0.77, 0.5, 0.22]),
        Residual::Gaussian([-0.128_085, 3.0, 1.5, 1.53, 0.625, 0.95, 1.94]),
        Residual::Gaussian([-0.003_893_81, 2.0, 1.0, 5.13, 0.42, 0.23, 1.21]),
    ],
    source: "Gedanitz, Davila and Lemmon 2015, J. Chem. Eng. Data 60, 1331",
};
