//! Propylene (R1270): coefficients of its equation of state, as published.

use crate::refrigerant::fluid::Fluid;
use crate::refrigerant::terms::{Ideal, Residual};

/// Propylene (R1270).
pub static FLUID: Fluid = Fluid {
    name: "Propylene",
    aliases: &["R1270", "propene"],
    molar_mass: 0.042_079_74,
    gas_constant: 8.314_472,
    reducing_temperature: 364.211,
    reducing_density: 5457.0,
    critical_temperature: 364.211,
    critical_pressure: 4_555_000.0,
    acentric_factor: 0.146,
    min_temperature: 87.953,
    max_temperature: 575.0,
    ideal: &[
        Ideal::LogTau(3.0),
        Ideal::Einstein(1.544, 0.889_594_218_735_842_7),
        Ideal::Einstein(4.013, 2.671_528_317_376_466),
        Ideal::Einstein(8.923, 5.304_617_378_387_802),
        Ideal::Einstein(6.02, 11.853_019_266_304_42),
    ],
    residual: &[
        Residual::Power([0.043_410_02, 4.0, 1.0, 0.0]),
        Residual::Power([1.136_592, 1.0, 0.205, 0.0]),
        Residual::Power([-0.852_861_1, 1.0, 0.56, 0.0]),
        Residual::Power([0.521_666_9, 2.0, 0.676, 0.0]),
        Residual::Power([-1.382_953, 2.0, 1.0, 0.0]),
        Residual::Power([0.121_434_7, 3.0, 0.5, 0.0]),
        Residual::Power([-0.598_466_2, 1.0, 1.0, 1.0]),
        Residual::Power([-1.391_883, 1.0, 1.94, 2.0]),
        Residual::Power([-1.008_434, 3.0, 2.0, 2.0]),
        Residual::Power([0.196_124_9, 2.0, 1.0, 1.0]),
        Residual::Power([-0.360_693, 2.0, 2.66, 2.0]),
        Residual::Power([-0.002_407_175, 8.0, 0.83, 1.0]),
        Residual::Gaussian([0.743_212_1, 1.0, 1.6, 1.07, 0.78, 0.77, 1.21]),
        Residual::Gaussian([0.147_516_2, 1.0, 2.5, 0.66, 0.82, 0.83, 1.08]),
        Residual::Gaussian([-0.025_033_91, 2.0, 3.0, 1.2, 1.94, 0.607, 0.83]),
        Residual::Gaussian([-0.273_440_9, 3.0, 2.5, 1.12, 0.69, 0.4, 0.56]),
        Residual::Gaussian([0.006_378_889, 3.0, 2.72, 1.47, 1.96, 0.66, 1.22]),
        Residual::Gaussian([0.015_029_4, 2.0, 4.0, 1.93, 1.3, 0.07, 1.81]),
        Residual::Gaussian([-0.031_629_71, 1.0, 4.0, 3.3, 0.38, 3.1, 1.54]),
        Residual::Gaussian([-0.041_071_94, 2.0, 1.0, 15.4, 0.91, 387.0, 1.12]),
        Residual::Gaussian([-1.190_241, 3.0, 4.0, 6.0, 0.7, 41.0, 1.4]),
    ],
    source: "Lemmon, Overhoff, McLinden and Wagner 2013, as in REFPROP",
};
