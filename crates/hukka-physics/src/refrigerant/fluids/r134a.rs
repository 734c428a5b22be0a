//! R134a: coefficients of its equation of state, as published.

use crate::refrigerant::fluid::Fluid;
use crate::refrigerant::terms::{Ideal, Residual};

/// R134a.
pub static FLUID: Fluid = Fluid {
    name: "R134a",
    aliases: &[],
    molar_mass: 0.102_032,
    gas_constant: 8.314_471,
    reducing_temperature: 374.18,
    reducing_density: 4_978.830_171_000_001,
    critical_temperature: 374.21,
    critical_pressure: 4_059_280.0,
    acentric_factor: 0.326_84,
    min_temperature: 169.85,
    max_temperature: 455.0,
    ideal: &[
        Ideal::LogTau(-1.629_789),
        Ideal::Power(-9.723_916, -0.5),
        Ideal::Power(-3.927_17, -0.75),
    ],
    residual: &[
        Residual::Power([0.055_868_17, 2.0, -0.5, 0.0]),
        Residual::Power([0.498_223, 1.0, 0.0, 0.0]),
        Residual::Power([0.024_586_98, 3.0, 0.0, 0.0]),
        Residual::Power([0.000_857_014_5, 6.0, 0.0, 0.0]),
        Residual::Power([0.000_478_858_4, 6.0, 1.5, 0.0]),
        Residual::Power([-1.800_808, 1.0, 1.5, 0.0]),
        Residual::Power([0.267_164_1, 1.0, 2.0, 0.0]),
        Residual::Power([-0.047_816_52, 2.0, 2.0, 0.0]),
        Residual::Power([0.014_239_87, 5.0, 1.0, 1.0]),
        Residual::Power([0.332_406_2, 2.0, 3.0, 1.0]),
        Residual::Power([-0.007_485_907, 2.0, 5.0, 1.0]),
        Residual::Power([0.000_101_726_3, 4.0, 1.0, 2.0]),
        Residual::Power([-0.518_456_7, 1.0, 5.0, 2.0]),
        Residual::Power([-0.086_922_88, 4.0, 5.0, 2.0]),
        Residual::Power([0.205_714_4, 1.0, 6.0, 2.0]),
        Residual::Power([-0.005_000_457, 2.0, 10.0, 2.0]),
        Residual::Power([0.000_460_326_2, 4.0, 10.0, 2.0]),
        Residual::Power([-0.003_497_836, 1.0, 10.0, 3.0]),
        Residual::Power([0.006_995_038, 5.0, 18.0, 3.0]),
        Residual::Power([-0.014_521_84, 3.0, 22.0, 3.0]),
        Residual::Power([-0.000_128_545_8, 10.0, 50.0, 4.0]),
    ],
    source: "Tillner-Roth and Baehr 1994, J. Phys. Chem. Ref. Data 23, 657",
};
