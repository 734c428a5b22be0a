//! R1234ze(E): coefficients of its equation of state, as published.

use crate::refrigerant::fluid::Fluid;
use crate::refrigerant::terms::{Ideal, Residual};

/// R1234ze(E).
pub static FLUID: Fluid = Fluid {
    name: "R1234ze(E)",
    aliases: &["R1234ze"],
    molar_mass: 0.114_041_592_8,
    gas_constant: 8.314_472,
    reducing_temperature: 382.513,
    reducing_density: 4290.0,
    critical_temperature: 382.52,
    critical_pressure: 3_635_376.3,
    acentric_factor: 0.313_122_418_459_898_4,
    min_temperature: 168.62,
    max_temperature: 420.0,
    ideal: &[
        Ideal::LogTau(3.0),
        Ideal::Einstein(9.3575, 1.341_130_889_669_11),
        Ideal::Einstein(10.717, 5.155_380_340_014_59),
    ],
    residual: &[
        Residual::Power([0.039_827_97, 4.0, 1.0, 0.0]),
        Residual::Power([1.812_227, 1.0, 0.223, 0.0]),
        Residual::Power([-2.537_512, 1.0, 0.755, 0.0]),
        Residual::Power([-0.533_325_4, 2.0, 1.24, 0.0]),
        Residual::Power([0.167_703_1, 3.0, 0.44, 0.0]),
        Residual::Power([-1.323_801, 1.0, 2.0, 2.0]),
        Residual::Power([-0.669_465_4, 3.0, 2.2, 2.0]),
        Residual::Power([0.807_271_8, 2.0, 1.2, 1.0]),
        Residual::Power([-0.774_022_9, 2.0, 1.5, 2.0]),
        Residual::Power([-0.018_438_46, 7.0, 0.9, 1.0]),
        Residual::Gaussian([1.407_916, 1.0, 1.33, 1.0, 0.728, 1.21, 0.943]),
        Residual::Gaussian([-0.423_708_2, 1.0, 1.75, 1.61, 0.87, 1.37, 0.642]),
        Residual::Gaussian([-0.227_006_8, 3.0, 2.11, 1.24, 0.855, 0.98, 0.59]),
        Residual::Gaussian([-0.805_213, 3.0, 1.0, 9.34, 0.79, 171.0, 1.2]),
        Residual::Gaussian([0.009_943_18, 2.0, 1.5, 5.78, 1.3, 47.4, 1.33]),
        Residual::Gaussian([-0.008_798_793, 1.0, 1.0, 3.08, 0.71, 15.4, 0.64]),
    ],
    source: "Thol and Lemmon 2016, Int. J. Thermophys. 37, 28",
};
