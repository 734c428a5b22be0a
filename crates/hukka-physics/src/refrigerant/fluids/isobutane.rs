//! Isobutane (R600a): coefficients of its equation of state, as published.

use crate::refrigerant::fluid::Fluid;
use crate::refrigerant::terms::{Ideal, Residual};

/// Isobutane (R600a).
pub static FLUID: Fluid = Fluid {
    name: "Isobutane",
    aliases: &["R600a"],
    molar_mass: 0.058_122_2,
    gas_constant: 8.314_472,
    reducing_temperature: 407.81,
    reducing_density: 3_879.756_788_283_995,
    critical_temperature: 407.817,
    critical_pressure: 3_629_000.0,
    acentric_factor: 0.183_531_783_208,
    min_temperature: 113.73,
    max_temperature: 575.0,
    ideal: &[
        Ideal::LogTau(3.059_566_19),
        Ideal::Einstein(4.946_410_14, 0.951_277_902),
        Ideal::Einstein(4.094_751_97, 2.387_895_885),
        Ideal::Einstein(15.663_282_4, 4.346_904_269),
        Ideal::Einstein(9.739_181_22, 10.368_858_64),
    ],
    residual: &[
        Residual::Power([2.068_682_072_796_6, 1.0, 0.5, 0.0]),
        Residual::Power([-3.640_009_861_520_4, 1.0, 1.0, 0.0]),
        Residual::Power([0.519_687_544_272_44, 1.0, 1.5, 0.0]),
        Residual::Power([0.177_458_458_701_23, 2.0, 0.0, 0.0]),
        Residual::Power([-0.123_618_078_515_99, 3.0, 0.5, 0.0]),
        Residual::Power([0.045_145_314_010_528, 4.0, 0.5, 0.0]),
        Residual::Power([0.030_476_479_965_98, 4.0, 0.75, 0.0]),
        Residual::Power([0.755_083_877_063_02, 1.0, 2.0, 1.0]),
        Residual::Power([-0.858_853_810_156_29, 1.0, 2.5, 1.0]),
        Residual::Power([0.036_324_009_830_684, 2.0, 2.5, 1.0]),
        Residual::Power([-0.019_548_799_450_55, 7.0, 1.5, 1.0]),
        Residual::Power([-0.004_445_239_290_496, 8.0, 1.0, 1.0]),
        Residual::Power([0.004_641_076_366_646, 8.0, 1.5, 1.0]),
        Residual::Power([-0.071_444_097_992_825, 1.0, 4.0, 2.0]),
        Residual::Power([-0.080_765_060_030_713, 2.0, 7.0, 2.0]),
        Residual::Power([0.155_604_609_450_53, 3.0, 3.0, 2.0]),
        Residual::Power([0.002_031_875_216_033_2, 3.0, 7.0, 2.0]),
        Residual::Power([-0.106_248_835_716_89, 4.0, 3.0, 2.0]),
        Residual::Power([0.039_807_690_546_305, 5.0, 1.0, 2.0]),
        Residual::Power([0.016_371_431_292_386, 5.0, 6.0, 2.0]),
        Residual::Power([0.000_532_122_006_826_28, 10.0, 0.0, 2.0]),
        Residual::Power([-0.007_868_156_115_638_7, 2.0, 6.0, 3.0]),
        Residual::Power([-0.003_098_119_188_896_3, 6.0, 13.0, 3.0]),
        Residual::Gaussian([-0.042_276_036_810_382, 1.0, 2.0, 10.0, 0.85, 150.0, 1.16]),
        Residual::Gaussian([-0.005_300_104_455_807_9, 2.0, 0.0, 10.0, 1.0, 200.0, 1.13]),
    ],
    source: "Bücker and Wagner 2006, J. Phys. Chem. Ref. Data 35, 929",
};
