//! Propane (R290): coefficients of its equation of state, as published.

use crate::refrigerant::fluid::Fluid;
use crate::refrigerant::terms::{Ideal, Residual};

/// Propane (R290).
pub static FLUID: Fluid = Fluid {
    name: "Propane",
    aliases: &["n-Propane", "R290"],
    molar_mass: 0.044_095_62,
    gas_constant: 8.314_472,
    reducing_temperature: 369.89,
    reducing_density: 5_000.000_000_000_001,
    critical_temperature: 369.89,
    critical_pressure: 4_251_200.0,
    acentric_factor: 0.1521,
    min_temperature: 85.525,
    max_temperature: 650.0,
    ideal: &[
        Ideal::LogTau(3.0),
        Ideal::Einstein(3.043, 1.062_478),
        Ideal::Einstein(5.874, 3.344_237),
        Ideal::Einstein(9.337, 5.363_757),
        Ideal::Einstein(7.922, 11.762_957),
    ],
    residual: &[
        Residual::Power([0.042_910_051, 4.0, 1.0, 0.0]),
        Residual::Power([1.731_367_1, 1.0, 0.33, 0.0]),
        Residual::Power([-2.451_652_4, 1.0, 0.8, 0.0]),
        Residual::Power([0.341_574_66, 2.0, 0.43, 0.0]),
        Residual::Power([-0.460_478_98, 2.0, 0.9, 0.0]),
        Residual::Power([-0.668_472_95, 1.0, 2.46, 1.0]),
        Residual::Power([0.208_897_05, 3.0, 2.09, 1.0]),
        Residual::Power([0.194_213_81, 6.0, 0.88, 1.0]),
        Residual::Power([-0.229_178_51, 6.0, 1.09, 1.0]),
        Residual::Power([-0.604_058_66, 2.0, 3.25, 2.0]),
        Residual::Power([0.066_680_654, 3.0, 4.62, 2.0]),
        Residual::Gaussian([0.017_534_618, 1.0, 0.76, 0.963, 1.283, 2.33, 0.684]),
        Residual::Gaussian([0.338_742_42, 1.0, 2.5, 1.977, 0.6936, 3.47, 0.829]),
        Residual::Gaussian([0.222_287_77, 1.0, 2.75, 1.917, 0.788, 3.15, 1.419]),
        Residual::Gaussian([-0.232_190_62, 2.0, 3.05, 2.307, 0.473, 3.19, 0.817]),
        Residual::Gaussian([-0.092_206_94, 2.0, 2.55, 2.546, 0.8577, 0.92, 1.5]),
        Residual::Gaussian([-0.475_757_18, 4.0, 8.4, 3.28, 0.271, 18.8, 1.426]),
        Residual::Gaussian([-0.017_486_824, 1.0, 6.75, 14.6, 0.948, 547.8, 1.093]),
    ],
    source: "Lemmon, McLinden and Wagner 2009, J. Chem. Eng. Data 54, 3141",
};
