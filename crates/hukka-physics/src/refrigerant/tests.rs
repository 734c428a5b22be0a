//! The engine against published check values and an independent program.

use super::*;
use crate::refrigerant::state::{Phase, at, at_pressure};
use proptest::prelude::*;

fn near(found: f64, expected: f64, relative: f64, what: &str) {
    let error = found / expected - 1.0;
    assert!(
        error.abs() < relative,
        "{what}: {found} for {expected}, {error:e}"
    );
}

/// `(T in K, ρ in kg/m³, p in MPa, c_v in kJ/(kg K), s in kJ/(kg K))`, IAPWS R6-95 table 7.
const WATER_STATES: [(f64, f64, f64, f64, f64); 4] = [
    (300.0, 996.556, 0.099_241_835_2, 4.130_181_12, 0.393_062_643),
    (500.0, 0.435, 0.099_967_942_3, 1.508_175_41, 7.944_882_71),
    (500.0, 838.025, 10.000_385_8, 3.221_062_19, 2.566_908_98),
    (647.0, 358.0, 22.038_475_6, 6.183_157_28, 4.320_923_07),
];

/// `(T in K, p in MPa, ρ of liquid and vapour in kg/m³)`, IAPWS R6-95 table 8.
const WATER_SATURATION: [(f64, f64, f64, f64); 2] = [
    (275.0, 0.698_451_167e-3, 999.887_406, 0.550_664_919e-2),
    (450.0, 0.932_203_564, 890.341_250, 4.812_003_60),
];

#[test]
fn water_meets_the_check_values_of_its_standard() {
    let water = find("R718").unwrap();
    let offset = {
        let (t, rho, _, _, s) = WATER_STATES[0];
        at(water, t, rho / water.molar_mass).entropy / water.molar_mass - 1e3 * s
    };
    for (t, rho, p, cv, s) in WATER_STATES {
        let state = at(water, t, rho / water.molar_mass);
        near(state.pressure, 1e6 * p, 1e-8, "pressure");
        near(
            state.heat_capacity_volume / water.molar_mass,
            1e3 * cv,
            1e-8,
            "heat capacity",
        );
        near(
            state.entropy / water.molar_mass - offset,
            1e3 * s,
            1e-7,
            "entropy",
        );
    }
    for (t, p, liquid, vapour) in WATER_SATURATION {
        let found = saturation::at_temperature(water, t).unwrap();
        near(found.pressure, 1e6 * p, 1e-7, "vapour pressure");
        near(
            found.liquid.density * water.molar_mass,
            liquid,
            1e-7,
            "liquid",
        );
        near(
            found.vapour.density * water.molar_mass,
            vapour,
            1e-7,
            "vapour",
        );
    }
}

#[test]
fn every_refrigerant_agrees_with_an_independent_program() {
    let mut compared = 0;
    for line in include_str!("tests/states.csv").lines().skip(2) {
        let (name, rest) = line.split_once(',').unwrap();
        let fluid = find(name).unwrap_or_else(|| panic!("{name} is missing"));
        let v: Vec<f64> = rest.split(',').map(|cell| cell.parse().unwrap()).collect();
        let found = saturation::at_temperature(fluid, v[0])
            .unwrap_or_else(|error| panic!("{name} at {} K: {error}", v[0]));
        let m = fluid.molar_mass;
        let (liquid, vapour) = (found.liquid, found.vapour);
        near(found.pressure, v[1], 2e-7, line);
        near(liquid.density * m, v[2], 2e-6, line);
        near(vapour.density * m, v[3], 2e-6, line);
        near((vapour.enthalpy - liquid.enthalpy) / m, v[4], 2e-6, line);
        near((vapour.entropy - liquid.entropy) / m, v[5], 2e-6, line);
        let hot = at_pressure(fluid, v[0] + 40.0, found.pressure, Phase::Vapour).unwrap();
        near((hot.enthalpy - vapour.enthalpy) / m, v[6], 2e-6, line);
        near(hot.density * m, v[7], 2e-6, line);
        compared += 1;
    }
    assert_eq!(
        compared,
        include_str!("tests/states.csv").lines().count() - 2
    );
    assert!(compared > 85, "{compared}");
}

#[test]
fn names_are_found_whatever_their_spelling() {
    for (asked, name) in [
        ("ammonia", "Ammonia"),
        ("R-717", "Ammonia"),
        ("IsoButane", "Isobutane"),
        ("r600A", "Isobutane"),
        ("n-Propane", "Propane"),
        ("r1234ze(e)", "R1234ze(E)"),
        ("R1234ZEE", "R1234ze(E)"),
    ] {
        assert_eq!(find(asked).unwrap().name, name);
    }
    assert!(find("unobtainium").is_none());
}

#[test]
fn no_two_refrigerants_share_a_name() {
    for fluid in fluids::ALL {
        for name in std::iter::once(&fluid.name).chain(fluid.aliases) {
            assert!(std::ptr::eq(find(name).unwrap(), *fluid), "{name}");
        }
    }
}

#[test]
fn above_the_critical_point_there_is_no_saturation() {
    let fluid = find("R744").unwrap();
    let answer = saturation::at_temperature(fluid, 330.0);
    assert!(
        matches!(answer, Err(PropertyError::AboveCritical { .. })),
        "{answer:?}"
    );
}

proptest! {
    #[test]
    fn derivatives_are_those_of_the_function(
        which in 0..24_usize, reduced in 0.7..1.3_f64, filled in 0.02..2.4_f64,
    ) {
        let fluid = fluids::ALL[which];
        let t = reduced * fluid.critical_temperature;
        let rho = filled * fluid.reducing_density;
        let mid = at(fluid, t, rho);
        let (dt, dr) = (1e-5 * t, 1e-5 * rho);
        let (hot, cold) = (at(fluid, t + dt, rho), at(fluid, t - dt, rho));
        let (dense, thin) = (at(fluid, t, rho + dr), at(fluid, t, rho - dr));
        let scale = fluid.gas_constant * rho;
        let by_t = (hot.pressure - cold.pressure) / (2.0 * dt);
        prop_assert!((by_t - mid.pressure_by_temperature).abs() < 1e-4 * (scale + by_t.abs()));
        let by_rho = (dense.pressure - thin.pressure) / (2.0 * dr);
        let rt = fluid.gas_constant * t;
        prop_assert!((by_rho - mid.pressure_by_density).abs() < 1e-4 * (rt + by_rho.abs()));
        let cv = t * (hot.entropy - cold.entropy) / (2.0 * dt);
        prop_assert!((cv / mid.heat_capacity_volume - 1.0).abs() < 1e-3, "{cv}");
        // Maxwell: ∂s/∂ρ = −∂p/∂T / ρ²
        let ds = (dense.entropy - thin.entropy) / (2.0 * dr);
        let expected = -mid.pressure_by_temperature / (rho * rho);
        prop_assert!((ds - expected).abs() < 1e-4 * (expected.abs() + fluid.gas_constant / rho));
    }

    #[test]
    fn vapour_is_found_again_from_its_entropy_and_its_enthalpy(
        which in 0..24_usize, reduced in 0.6..0.98_f64, hotter in 0.0..0.5_f64,
    ) {
        let fluid = fluids::ALL[which];
        prop_assume!(reduced * fluid.critical_temperature > fluid.min_temperature);
        let cold = saturation::at_temperature(fluid, reduced * fluid.critical_temperature)
            .unwrap().vapour;
        let t = (1.0 + hotter) * cold.temperature;
        let hot = at_pressure(fluid, t, cold.pressure, Phase::Vapour).unwrap();
        let again = invert::at_entropy(fluid, &cold, hot.entropy).unwrap();
        prop_assert!((again.temperature / t - 1.0).abs() < 1e-8);
        let again = invert::at_enthalpy(fluid, &cold, hot.enthalpy).unwrap();
        prop_assert!((again.temperature / t - 1.0).abs() < 1e-8);
    }
}
