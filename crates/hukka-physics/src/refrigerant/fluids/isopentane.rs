//! Isopentane (R601a): coefficients of its equation of state, as published.

use crate::refrigerant::fluid::Fluid;
use crate::refrigerant::terms::{Ideal, Residual};

/// Isopentane (R601a).
pub static FLUID: Fluid = Fluid {
    name: "Isopentane",
    aliases: &["R601a"],
    molar_mass: 0.072_148_78,
    gas_constant: 8.314_472,
    reducing_temperature: 460.35,
    reducing_density: 3271.0,
    critical_temperature: 460.35,
    critical_pressure: 3_378_000.0,
    acentric_factor: 0.2274,
    min_temperature: 112.65,
    max_temperature: 500.0,
    ideal: &[
        Ideal::LogTau(3.0),
        Ideal::Einstein(7.4056, 0.960_139_024_655_153_7),
        Ideal::Einstein(9.5772, 2.409_036_602_584_989),
        Ideal::Einstein(15.765, 4.494_406_429_890_301),
        Ideal::Einstein(12.119, 9.108_287_172_803_301),
    ],
    residual: &[
        Residual::Power([1.0963, 1.0, 0.25, 0.0]),
        Residual::Power([-3.0402, 1.0, 1.125, 0.0]),
        Residual::Power([1.0317, 1.0, 1.5, 0.0]),
        Residual::Power([-0.1541, 2.0, 1.375, 0.0]),
        Residual::Power([0.115_35, 3.0, 0.25, 0.0]),
        Residual::Power([0.000_298_09, 7.0, 0.875, 0.0]),
        Residual::Power([0.395_71, 2.0, 0.625, 1.0]),
        Residual::Power([-0.045_881, 5.0, 1.75, 1.0]),
        Residual::Power([-0.358_04, 1.0, 3.625, 2.0]),
        Residual::Power([-0.101_07, 4.0, 3.625, 2.0]),
        Residual::Power([-0.035_484, 3.0, 14.5, 3.0]),
        Residual::Power([0.018_156, 4.0, 12.0, 3.0]),
    ],
    source: "Lemmon and Span 2006, J. Chem. Eng. Data 51, 785",
};
