//! R236ea: coefficients of its equation of state, as published.

use crate::refrigerant::fluid::Fluid;
use crate::refrigerant::terms::{Ideal, Residual};

/// R236ea.
pub static FLUID: Fluid = Fluid {
    name: "R236ea",
    aliases: &[],
    molar_mass: 0.152_038_4,
    gas_constant: 8.314_472,
    reducing_temperature: 412.44,
    reducing_density: 3_716.166_442_161_98,
    critical_temperature: 412.44,
    critical_pressure: 3_415_700.7,
    acentric_factor: 0.368_216_632_162_995_4,
    min_temperature: 170.0,
    max_temperature: 412.0,
    ideal: &[
        Ideal::LogTau(2.762),
        Ideal::Einstein(0.7762, 0.349_141_693_337_212_7),
        Ideal::Einstein(10.41, 0.933_469_110_658_52),
        Ideal::Einstein(12.18, 3.724_178_062_263_602),
        Ideal::Einstein(3.332, 17.265_541_654_543_69),
    ],
    residual: &[
        Residual::Power([0.051_074, 4.0, 1.0, 0.0]),
        Residual::Power([2.5584, 1.0, 0.264, 0.0]),
        Residual::Power([-2.918, 1.0, 0.5638, 0.0]),
        Residual::Power([-0.714_85, 2.0, 1.306, 0.0]),
        Residual::Power([0.155_34, 3.0, 0.2062, 0.0]),
        Residual::Power([-1.5894, 1.0, 2.207, 2.0]),
        Residual::Power([-0.784, 3.0, 2.283, 2.0]),
        Residual::Power([0.857_67, 2.0, 1.373, 1.0]),
        Residual::Power([-0.672_35, 2.0, 2.33, 2.0]),
        Residual::Power([-0.017_953, 7.0, 0.6376, 1.0]),
        Residual::Gaussian([1.3165, 1.0, 1.08, 1.019, 0.7119, 1.3, 1.13]),
        Residual::Gaussian([-0.420_23, 1.0, 1.67, 1.341, 0.9102, 2.479, 0.6691]),
        Residual::Gaussian([-0.280_53, 3.0, 3.502, 1.034, 0.678, 1.068, 0.465]),
        Residual::Gaussian([-1.4134, 3.0, 4.357, 5.264, 0.7091, 79.85, 1.28]),
        Residual::Gaussian([-6.2617e-06, 2.0, 0.6945, 24.44, 1.727, 49.06, 0.8781]),
    ],
    source: "Rui, Pan and Wang 2013, Fluid Phase Equilib. 341, 78",
};
