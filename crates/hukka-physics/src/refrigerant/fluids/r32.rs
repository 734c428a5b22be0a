//! R32: coefficients of its equation of state, as published.

use crate::refrigerant::fluid::Fluid;
use crate::refrigerant::terms::{Ideal, Residual};

/// R32.
pub static FLUID: Fluid = Fluid {
    name: "R32",
    aliases: &[],
    molar_mass: 0.052_024,
    gas_constant: 8.314_471,
    reducing_temperature: 351.255,
    reducing_density: 8_150.084_599_999_999,
    critical_temperature: 351.255,
    critical_pressure: 5_782_000.0,
    acentric_factor: 0.2769,
    min_temperature: 136.34,
    max_temperature: 435.0,
    ideal: &[
        Ideal::LogTau(3.004_486),
        Ideal::Einstein(1.160_761, 2.271_853_8),
        Ideal::Einstein(2.645_151, 11.914_421),
        Ideal::Einstein(5.794_987, 5.141_563_8),
        Ideal::Einstein(1.129_475, 32.768_217),
    ],
    residual: &[
        Residual::Power([1.046_634, 1.0, 0.25, 0.0]),
        Residual::Power([-0.545_116_5, 2.0, 1.0, 0.0]),
        Residual::Power([-0.002_448_595, 5.0, -0.25, 0.0]),
        Residual::Power([-0.048_770_02, 1.0, -1.0, 0.0]),
        Residual::Power([0.035_201_58, 1.0, 2.0, 0.0]),
        Residual::Power([0.001_622_75, 3.0, 2.0, 0.0]),
        Residual::Power([2.377_225e-05, 8.0, 0.75, 0.0]),
        Residual::Power([0.029_149, 4.0, 0.25, 0.0]),
        Residual::Power([0.003_386_203, 4.0, 18.0, 4.0]),
        Residual::Power([-0.004_202_444, 4.0, 26.0, 3.0]),
        Residual::Power([0.000_478_202_5, 8.0, -1.0, 1.0]),
        Residual::Power([-0.005_504_323, 3.0, 25.0, 4.0]),
        Residual::Power([-0.024_183_96, 5.0, 1.75, 1.0]),
        Residual::Power([0.420_903_4, 1.0, 4.0, 2.0]),
        Residual::Power([-0.461_653_7, 1.0, 5.0, 2.0]),
        Residual::Power([-1.200_513, 3.0, 1.0, 1.0]),
        Residual::Power([-2.591_55, 1.0, 1.5, 1.0]),
        Residual::Power([-1.400_145, 2.0, 1.0, 1.0]),
        Residual::Power([0.826_301_7, 3.0, 0.5, 1.0]),
    ],
    source: "Tillner-Roth and Yokozeki 1997, J. Phys. Chem. Ref. Data 26, 1273",
};
