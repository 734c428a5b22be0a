//! R1336mzz(E): coefficients of its equation of state, as published.

use crate::refrigerant::fluid::Fluid;
use crate::refrigerant::terms::{Ideal, Residual};

/// R1336mzz(E).
pub static FLUID: Fluid = Fluid {
    name: "R1336mzz(E)",
    aliases: &[],
    molar_mass: 0.164_049_1,
    gas_constant: 8.314_462_618,
    reducing_temperature: 403.53,
    reducing_density: 3129.0,
    critical_temperature: 403.53,
    critical_pressure: 2_779_002.2,
    acentric_factor: 0.412_768_695_218_114_2,
    min_temperature: 200.15,
    max_temperature: 410.0,
    ideal: &[
        Ideal::LogTau(3.0),
        Ideal::Power(-17.583_859_885_194_016, 0.0),
        Ideal::Power(11.524_417_012_948_918, 1.0),
        Ideal::Einstein(15.891, 1.362_971_774_093_623_8),
        Ideal::Einstein(14.143, 8.609_025_351_275),
    ],
    residual: &[
        Residual::Power([0.082_970_05, 4.0, 1.0, 0.0]),
        Residual::Power([1.121_365_8, 1.0, 0.117, 0.0]),
        Residual::Power([-2.027_903_868_075_6, 1.0, 1.0, 0.0]),
        Residual::Power([-0.348_670_621_311_3, 2.0, 1.0, 0.0]),
        Residual::Power([0.132_279_52, 3.0, 0.413, 0.0]),
        Residual::Power([-1.375_184_4, 1.0, 2.44, 2.0]),
        Residual::Power([-1.393_902_9, 3.0, 2.51, 2.0]),
        Residual::Power([0.111_908_39, 2.0, 0.535, 1.0]),
        Residual::Power([-0.906_350_88, 2.0, 1.927, 2.0]),
        Residual::Power([-0.050_014_594, 7.0, 1.186, 1.0]),
        Residual::Gaussian([1.795_374_8, 1.0, 0.876, 1.234, 1.23, 1.237, 1.21]),
        Residual::Gaussian([2.057_971_2, 1.0, 1.23, 1.34, 0.751, 0.384, 2.0]),
        Residual::Gaussian([-1.043_308_1, 3.0, 0.875, 1.13, 0.522, 1.24, 1.216]),
        Residual::Gaussian([-1.245_980_8, 2.0, 0.5181, 1.15, 0.32, 0.46, 2.27]),
        Residual::Gaussian([-0.497_122_49, 2.0, 0.86, 1.3, 1.22, 1.326, 1.26]),
    ],
    source: "Akasaka, Huber, Simoni and Lemmon 2023, Int. J. Thermophys. 44, 50",
};
