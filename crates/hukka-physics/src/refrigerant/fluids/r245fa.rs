//! R245fa: coefficients of its equation of state, as published.

use crate::refrigerant::fluid::Fluid;
use crate::refrigerant::terms::{Ideal, Residual};

/// R245fa.
pub static FLUID: Fluid = Fluid {
    name: "R245fa",
    aliases: &[],
    molar_mass: 0.134_047_94,
    gas_constant: 8.314_462_1,
    reducing_temperature: 427.01,
    reducing_density: 3875.0,
    critical_temperature: 427.01,
    critical_pressure: 3_651_000.0,
    acentric_factor: 0.3776,
    min_temperature: 171.05,
    max_temperature: 440.0,
    ideal: &[
        Ideal::LogTau(3.0),
        Ideal::Einstein(5.5728, 0.519_711_583_481_599_4),
        Ideal::Einstein(10.385, 2.364_453_600_524_394),
        Ideal::Einstein(12.554, 5.735_555_763_648_281),
    ],
    residual: &[
        Residual::Power([0.057_506_623, 4.0, 1.0, 0.0]),
        Residual::Power([1.561_597_5, 1.0, 0.27, 0.0]),
        Residual::Power([-2.361_448_5, 1.0, 0.9, 0.0]),
        Residual::Power([-0.517_735_21, 2.0, 1.09, 0.0]),
        Residual::Power([0.185_097_88, 3.0, 0.4, 0.0]),
        Residual::Power([-0.874_056_26, 1.0, 2.9, 2.0]),
        Residual::Power([-0.275_309_55, 3.0, 1.7, 2.0]),
        Residual::Power([0.579_711_51, 2.0, 0.8, 1.0]),
        Residual::Power([-0.399_343_06, 2.0, 3.6, 2.0]),
        Residual::Power([-0.033_230_277, 7.0, 1.05, 1.0]),
        Residual::Gaussian([0.832_105_08, 1.0, 1.8, 1.011, 0.709, 1.879, 1.081]),
        Residual::Gaussian([-0.335_443, 1.0, 4.0, 1.447, 0.939, 2.454, 0.651]),
        Residual::Gaussian([-0.101_178_01, 3.0, 4.5, 1.079, 0.703, 1.256, 0.468]),
        Residual::Gaussian([-0.009_149_586_7, 3.0, 2.0, 7.86, 0.777, 21.1, 1.293]),
    ],
    source: "Akasaka, Zhou and Lemmon 2015, J. Phys. Chem. Ref. Data 44, 013104",
};
