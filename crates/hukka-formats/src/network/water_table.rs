//! The water of `hukka-network-case/1`: the tables its reference results were made with.
//!
//! Linear between the points and beyond them. Against IAPWS-IF97 at 11 bar the density differs by
//! up to 0.05 % and the specific heat by up to 0.1 %: more than the tolerance of the cases, so the
//! same table has to be used to check against them.
//!
//! Source: water properties of pandapipes 0.16.0. Copyright (c) 2020-2026 by Fraunhofer Institute
//! for Energy Economics and Energy System Technology (IEE), Kassel, and University of Kassel;
//! BSD-3-Clause, see `docs/licences/pandapipes.txt`.

use hukka_model::network_case::FluidTable;

/// The reference table.
pub(super) fn reference() -> FluidTable {
    FluidTable {
        density: DENSITY.to_vec(),
        specific_heat: SPECIFIC_HEAT.to_vec(),
        viscosity: VISCOSITY.to_vec(),
    }
}

/// kg/m³ by kelvin.
const DENSITY: [(f64, f64); 20] = [
    (274.0, 999.9),
    (277.0, 999.97),
    (283.0, 999.7),
    (288.0, 999.1),
    (293.0, 998.21),
    (298.0, 997.05),
    (303.0, 995.65),
    (308.0, 994.03),
    (313.0, 992.22),
    (318.0, 990.21),
    (323.0, 988.04),
    (328.0, 985.69),
    (333.0, 983.2),
    (338.0, 980.55),
    (343.0, 977.77),
    (348.0, 974.84),
    (353.0, 971.79),
    (358.0, 968.61),
    (363.0, 965.31),
    (368.0, 961.89),
];

/// J/(kg K) by kelvin.
const SPECIFIC_HEAT: [(f64, f64); 10] = [
    (283.0, 4_195.5),
    (293.0, 4_184.4),
    (298.0, 4_181.6),
    (303.0, 4_180.1),
    (313.0, 4_179.6),
    (323.0, 4_181.5),
    (333.0, 4_185.1),
    (343.0, 4_190.2),
    (353.0, 4_196.9),
    (363.0, 4_205.3),
];

/// Dynamic viscosity, Pa s, by kelvin.
const VISCOSITY: [(f64, f64); 20] = [
    (273.0, 0.001_793),
    (278.0, 0.001_519),
    (283.0, 0.001_306),
    (288.0, 0.001_138),
    (293.0, 0.001_002),
    (298.0, 0.000_89),
    (303.0, 0.000_798),
    (308.0, 0.000_72),
    (313.0, 0.000_653),
    (318.0, 0.000_596),
    (323.0, 0.000_547),
    (328.0, 0.000_504),
    (333.0, 0.000_467),
    (338.0, 0.000_433),
    (343.0, 0.000_404),
    (348.0, 0.000_378),
    (353.0, 0.000_354),
    (358.0, 0.000_333),
    (363.0, 0.000_315),
    (368.0, 0.000_297),
];
