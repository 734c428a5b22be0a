//! R1234ze(Z): coefficients of its equation of state, as published.

use crate::refrigerant::fluid::Fluid;
use crate::refrigerant::terms::{Ideal, Residual};

/// R1234ze(Z).
pub static FLUID: Fluid = Fluid {
    name: "R1234ze(Z)",
    aliases: &[],
    molar_mass: 0.114_041_6,
    gas_constant: 8.314_459_8,
    reducing_temperature: 423.27,
    reducing_density: 4000.0,
    critical_temperature: 423.27,
    critical_pressure: 3_530_619.7,
    acentric_factor: 0.326_838_720_064_214_66,
    min_temperature: 273.0,
    max_temperature: 440.0,
    ideal: &[
        Ideal::LogTau(3.0),
        Ideal::Einstein(4.2365, 0.047_251_163_559_902_665),
        Ideal::Einstein(13.063, 3.154_015_167_623_503),
    ],
    residual: &[
        Residual::Power([0.031_945_09, 4.0, 1.0, 0.0]),
        Residual::Power([1.394_592, 1.0, 0.333, 0.0]),
        Residual::Power([-2.300_799, 1.0, 1.0, 0.0]),
        Residual::Power([-0.255_669_3, 2.0, 1.0, 0.0]),
        Residual::Power([0.128_293_4, 3.0, 0.38, 0.0]),
        Residual::Power([-1.335_381, 1.0, 2.85, 2.0]),
        Residual::Power([-1.366_494, 3.0, 3.16, 2.0]),
        Residual::Power([0.200_491_2, 2.0, 0.607, 1.0]),
        Residual::Power([-0.648_970_9, 2.0, 2.2, 2.0]),
        Residual::Power([-0.022_200_33, 7.0, 1.0, 1.0]),
        Residual::Gaussian([1.665_38, 1.0, 1.83, 1.108, 0.933, 0.563, 1.246]),
        Residual::Gaussian([0.342_704_8, 1.0, 3.3, 1.579, 0.786, 1.724, 1.05]),
        Residual::Gaussian([-0.651_021_7, 3.0, 1.9, 1.098, 0.496, 0.806, 1.0]),
        Residual::Gaussian([-0.506_706_6, 2.0, 2.6, 0.672, 0.327, 0.505, 0.677]),
        Residual::Gaussian([-0.123_178_7, 3.0, 2.9, 3.38, 0.523, 26.4, 1.302]),
        Residual::Gaussian([0.088_281_06, 2.0, 3.0, 1.6, 0.308, 8.82, 1.274]),
    ],
    source: "Akasaka and Lemmon 2019, J. Chem. Eng. Data 64, 4679",
};
