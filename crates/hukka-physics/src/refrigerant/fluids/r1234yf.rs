//! R1234yf: coefficients of its equation of state, as published.

use crate::refrigerant::fluid::Fluid;
use crate::refrigerant::terms::{Ideal, Residual};

/// R1234yf.
pub static FLUID: Fluid = Fluid {
    name: "R1234yf",
    aliases: &[],
    molar_mass: 0.114_041_6,
    gas_constant: 8.314_462_618,
    reducing_temperature: 367.85,
    reducing_density: 4180.0,
    critical_temperature: 367.85,
    critical_pressure: 3_384_400.0,
    acentric_factor: 0.276,
    min_temperature: 121.6,
    max_temperature: 410.0,
    ideal: &[
        Ideal::LogTau(3.0),
        Ideal::Einstein(8.65, 1.391_871_686_828_870_3),
        Ideal::Einstein(9.75, 4.268_044_039_690_091),
        Ideal::Einstein(2.11, 12.233_247_247_519_369),
    ],
    residual: &[
        Residual::Power([0.034_038_7, 4.0, 1.0, 0.0]),
        Residual::Power([1.912_859, 1.0, 0.222, 0.0]),
        Residual::Power([-2.198_471_988_161_7, 1.0, 0.61, 0.0]),
        Residual::Power([-0.814_764_530_503_3, 2.0, 1.122, 0.0]),
        Residual::Power([0.228_828_2, 3.0, 0.5, 0.0]),
        Residual::Power([-1.654_36, 1.0, 2.14, 2.0]),
        Residual::Power([-1.446_628, 3.0, 2.284, 2.0]),
        Residual::Power([0.596_172_2, 2.0, 1.05, 1.0]),
        Residual::Power([-0.614_820_9, 2.0, 2.33, 2.0]),
        Residual::Power([-0.018_006_9, 7.0, 0.778, 1.0]),
        Residual::Gaussian([0.284_527_5, 1.0, 1.0, 28.1, 0.96, 1016.0, 1.061]),
        Residual::Gaussian([-0.305_080_9, 1.0, 2.0, 28.0, 0.96, 1000.0, 1.062]),
        Residual::Gaussian([2.198_935, 1.0, 1.236, 1.307, 0.853, 1.16, 1.3]),
        Residual::Gaussian([-0.427_032_9, 1.0, 1.6, 1.96, 1.15, 1.2, 1.04]),
        Residual::Gaussian([-0.401_558_1, 1.0, 1.85, 1.25, 1.3, 1.26, 1.0]),
        Residual::Gaussian([0.117_958_7, 1.0, 0.7, 1.0, 1.5, 1.6, 1.14]),
        Residual::Gaussian([-0.314_100_2, 1.0, 1.75, 2.2, 0.762, 0.87, 1.1]),
    ],
    source: "Lemmon and Akasaka 2022, Int. J. Thermophys. 43, 119",
};
