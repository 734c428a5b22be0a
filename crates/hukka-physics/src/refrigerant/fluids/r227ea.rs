//! R227ea: coefficients of its equation of state, as published.

use crate::refrigerant::fluid::Fluid;
use crate::refrigerant::terms::{Ideal, Residual};

/// R227ea.
pub static FLUID: Fluid = Fluid {
    name: "R227ea",
    aliases: &[],
    molar_mass: 0.170_028_86,
    gas_constant: 8.314_462_1,
    reducing_temperature: 374.9,
    reducing_density: 3495.0,
    critical_temperature: 374.900_000_000_000_03,
    critical_pressure: 2_925_242.2,
    acentric_factor: 0.357_641_241_953_281_5,
    min_temperature: 146.35,
    max_temperature: 475.0,
    ideal: &[
        Ideal::LogTau(3.0),
        Ideal::Einstein(11.43, 1.074_953_320_885_57),
        Ideal::Einstein(12.83, 3.809_015_737_530_008),
    ],
    residual: &[
        Residual::Power([2.024_341, 1.0, 0.34, 0.0]),
        Residual::Power([-2.605_93, 1.0, 0.77, 0.0]),
        Residual::Power([0.495_721_6, 2.0, 0.36, 0.0]),
        Residual::Power([-0.824_082, 2.0, 0.9, 0.0]),
        Residual::Power([0.065_437_03, 4.0, 1.0, 0.0]),
        Residual::Power([-1.024_61, 1.0, 2.82, 1.0]),
        Residual::Power([0.624_706_5, 3.0, 2.1, 1.0]),
        Residual::Power([0.299_752_1, 6.0, 0.9, 1.0]),
        Residual::Power([-0.353_917, 6.0, 1.13, 1.0]),
        Residual::Power([-1.232_043, 2.0, 3.8, 2.0]),
        Residual::Power([-0.882_448_3, 3.0, 2.75, 2.0]),
        Residual::Gaussian([0.134_966_1, 1.0, 1.5, 0.83, 1.13, 1.72, 0.414]),
        Residual::Gaussian([-0.266_292_8, 2.0, 2.5, 2.19, 0.71, 5.2, 1.051]),
        Residual::Gaussian([0.176_473_3, 1.0, 2.5, 2.44, 1.2, 2.31, 1.226]),
        Residual::Gaussian([0.015_361_63, 1.0, 5.4, 3.65, 1.7, 1.02, 1.7]),
        Residual::Gaussian([-0.004_667_185, 4.0, 4.0, 8.88, 0.546, 5.63, 0.904]),
        Residual::Gaussian([-11.708_54, 2.0, 1.0, 8.23, 0.896, 50.9, 1.42]),
        Residual::Gaussian([0.911_451_2, 1.0, 3.5, 2.01, 0.747, 1.56, 0.926]),
    ],
    source: "Lemmon and Span 2015, J. Chem. Eng. Data 60, 3745",
};
