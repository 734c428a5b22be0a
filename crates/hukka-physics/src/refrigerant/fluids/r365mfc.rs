//! R365mfc: coefficients of its equation of state, as published.

use crate::refrigerant::fluid::Fluid;
use crate::refrigerant::terms::{Ideal, Residual};

/// R365mfc.
pub static FLUID: Fluid = Fluid {
    name: "R365mfc",
    aliases: &[],
    molar_mass: 0.148_074_52,
    gas_constant: 8.314_462_1,
    reducing_temperature: 460.0,
    reducing_density: 3200.0,
    critical_temperature: 460.0,
    critical_pressure: 3_266_207.1,
    acentric_factor: 0.377_445_097_168_266_8,
    min_temperature: 239.0,
    max_temperature: 500.0,
    ideal: &[
        Ideal::LogTau(3.0),
        Ideal::Einstein(17.47, 1.236_956_521_739_131),
        Ideal::Einstein(16.29, 4.852_173_913_043_479),
    ],
    residual: &[
        Residual::Power([2.200_27, 1.0, 0.24, 0.0]),
        Residual::Power([-2.8624, 1.0, 0.67, 0.0]),
        Residual::Power([0.384_559, 2.0, 0.5, 0.0]),
        Residual::Power([-0.621_227, 2.0, 1.25, 0.0]),
        Residual::Power([0.066_596_7, 4.0, 1.0, 0.0]),
        Residual::Power([-1.193_83, 1.0, 3.35, 1.0]),
        Residual::Power([0.635_935, 3.0, 2.5, 1.0]),
        Residual::Power([0.461_728, 6.0, 0.96, 1.0]),
        Residual::Power([-0.533_472, 6.0, 1.07, 1.0]),
        Residual::Power([-1.071_01, 2.0, 5.6, 2.0]),
        Residual::Power([0.139_29, 3.0, 6.9, 2.0]),
        Residual::Gaussian([-0.385_506, 1.0, 3.0, 0.97, 1.02, 1.07, 1.48]),
        Residual::Gaussian([0.885_653, 1.0, 3.6, 0.94, 0.62, 1.08, 1.49]),
        Residual::Gaussian([0.226_303, 1.0, 5.0, 2.15, 0.53, 10.9, 1.01]),
        Residual::Gaussian([-0.166_116, 2.0, 1.25, 2.66, 0.48, 22.6, 1.16]),
    ],
    source: "Lemmon and Span 2015, J. Chem. Eng. Data 60, 3745",
};
