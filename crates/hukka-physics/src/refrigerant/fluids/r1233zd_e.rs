//! R1233zd(E): coefficients of its equation of state, as published.

use crate::refrigerant::fluid::Fluid;
use crate::refrigerant::terms::{Ideal, Residual};

/// R1233zd(E).
pub static FLUID: Fluid = Fluid {
    name: "R1233zd(E)",
    aliases: &["R1233zd"],
    molar_mass: 0.130_496_2,
    gas_constant: 8.314_462_618,
    reducing_temperature: 438.86,
    reducing_density: 3704.0,
    critical_temperature: 438.86,
    critical_pressure: 3_582_800.0,
    acentric_factor: 0.304,
    min_temperature: 165.75,
    max_temperature: 450.0,
    ideal: &[
        Ideal::LogTau(3.0),
        Ideal::Einstein(13.7, 1.734_038_189_855_534_8),
        Ideal::Einstein(7.0974, 6.539_670_965_683_817),
    ],
    residual: &[
        Residual::Power([0.043_942_57, 4.0, 1.0, 0.0]),
        Residual::Power([1.062_919, 1.0, 0.182, 0.0]),
        Residual::Power([-1.287_914_037_497_1, 1.0, 0.865, 0.0]),
        Residual::Power([-0.808_861_892_084_5, 2.0, 1.0924, 0.0]),
        Residual::Power([0.237_242_7, 3.0, 0.49, 0.0]),
        Residual::Power([-1.9403, 1.0, 1.958, 2.0]),
        Residual::Power([-2.831_967, 3.0, 2.05, 2.0]),
        Residual::Power([0.373_421, 2.0, 0.658, 1.0]),
        Residual::Power([-1.515_798, 2.0, 2.051, 2.0]),
        Residual::Power([-0.027_556_27, 7.0, 0.862, 1.0]),
        Residual::Gaussian([4.240_23, 1.0, 1.852, 1.532, 0.8834, 0.2912, 1.7171]),
        Residual::Gaussian([-0.031_526_71, 2.0, 1.92, 0.635, 1.386, 0.6245, 0.63]),
        Residual::Gaussian([-1.366_494, 3.0, 1.936, 1.4056, 0.5196, 0.669, 0.7852]),
        Residual::Gaussian([2.647_143, 1.0, 1.515, 1.451, 1.133, 0.5798, 2.251]),
        Residual::Gaussian([-2.325_463, 1.0, 2.668, 1.395, 0.9788, 0.4643, 1.821]),
        Residual::Gaussian([-0.254_152_1, 1.0, 1.755, 2.259, 1.166, 2.449, 2.074]),
        Residual::Gaussian([0.133_083_4, 1.0, 0.526, 24.3, 0.9244, 1061.4, 1.0797]),
        Residual::Gaussian([-0.156_921_7, 1.0, 2.98, 23.6, 0.9372, 917.8, 1.084]),
    ],
    source: "Akasaka and Lemmon 2022, J. Phys. Chem. Ref. Data 51, 023101",
};
