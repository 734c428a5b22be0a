//! Butane (R600): coefficients of its equation of state, as published.

use crate::refrigerant::fluid::Fluid;
use crate::refrigerant::terms::{Ideal, Residual};

/// Butane (R600).
pub static FLUID: Fluid = Fluid {
    name: "Butane",
    aliases: &["n-Butane", "R600"],
    molar_mass: 0.058_122_2,
    gas_constant: 8.314_472,
    reducing_temperature: 425.125,
    reducing_density: 3_922.769_612_987_809,
    critical_temperature: 425.125,
    critical_pressure: 3_796_000.0,
    acentric_factor: 0.200_810_094_644,
    min_temperature: 134.895,
    max_temperature: 575.0,
    ideal: &[
        Ideal::LogTau(3.246_804_87),
        Ideal::Einstein(5.549_132_89, 0.774_840_445),
        Ideal::Einstein(11.464_899_6, 3.340_602_552),
        Ideal::Einstein(7.599_875_84, 4.970_513_096),
        Ideal::Einstein(9.660_332_39, 9.975_553_778),
    ],
    residual: &[
        Residual::Power([2.553_699_824_163_5, 1.0, 0.5, 0.0]),
        Residual::Power([-4.458_595_180_669_6, 1.0, 1.0, 0.0]),
        Residual::Power([0.824_258_863_690_63, 1.0, 1.5, 0.0]),
        Residual::Power([0.112_150_070_114_42, 2.0, 0.0, 0.0]),
        Residual::Power([-0.035_910_933_680_333, 3.0, 0.5, 0.0]),
        Residual::Power([0.016_790_508_518_103, 4.0, 0.5, 0.0]),
        Residual::Power([0.032_734_072_508_724, 4.0, 0.75, 0.0]),
        Residual::Power([0.955_712_329_820_05, 1.0, 2.0, 1.0]),
        Residual::Power([-1.000_338_575_341_9, 1.0, 2.5, 1.0]),
        Residual::Power([0.085_581_548_803_855, 2.0, 2.5, 1.0]),
        Residual::Power([-0.025_147_918_369_616, 7.0, 1.5, 1.0]),
        Residual::Power([-0.001_520_295_857_891_8, 8.0, 1.0, 1.0]),
        Residual::Power([0.004_706_068_232_642, 8.0, 1.5, 1.0]),
        Residual::Power([-0.097_845_414_174_006, 1.0, 4.0, 2.0]),
        Residual::Power([-0.048_317_904_158_76, 2.0, 7.0, 2.0]),
        Residual::Power([0.178_412_718_654_68, 3.0, 3.0, 2.0]),
        Residual::Power([0.018_173_836_739_334, 3.0, 7.0, 2.0]),
        Residual::Power([-0.113_990_680_749_53, 4.0, 3.0, 2.0]),
        Residual::Power([0.019_329_896_666_669, 5.0, 1.0, 2.0]),
        Residual::Power([0.001_157_587_740_101, 5.0, 6.0, 2.0]),
        Residual::Power([0.000_152_538_086_981_16, 10.0, 0.0, 2.0]),
        Residual::Power([-0.043_688_558_458_471, 2.0, 6.0, 3.0]),
        Residual::Power([-0.008_240_319_062_998_9, 6.0, 13.0, 3.0]),
        Residual::Gaussian([-0.028_390_056_949_441, 1.0, 2.0, 10.0, 0.85, 150.0, 1.16]),
        Residual::Gaussian([0.001_490_466_622_468_1, 2.0, 0.0, 10.0, 1.0, 200.0, 1.13]),
    ],
    source: "Bücker and Wagner 2006, J. Phys. Chem. Ref. Data 35, 929",
};
