//! What flows in a pandapipes network.

use super::frame::{content, number, numbers};
use crate::findings::Findings;
use crate::json::Json;
use crate::network::case::fluid::is_property;
use hukka_model::Diagnostic;
use hukka_model::network_case::{CaseFluid, FluidTable};

/// Temperatures two points of a straight line are taken at, K.
const ENDS_K: [f64; 2] = [273.15, 423.15];

/// The fluid of a network; water if it names water without properties.
pub(super) fn read(net: &Json<'_>, found: &mut Findings) -> CaseFluid {
    let Some(value) = net.get("fluid").filter(|value| !value.is_null()) else {
        found.assume("the network", "`fluid`", "water", "");
        return CaseFluid::Water;
    };
    let Some(fluid) = content(value) else {
        found.wrong(
            "the network",
            "fluid",
            &value.shown(),
            "a Fluid of pandapipes",
        );
        return CaseFluid::Water;
    };
    let name = fluid
        .get("name")
        .and_then(Json::text)
        .unwrap_or("fluid")
        .to_owned();
    let is_gas = fluid.get("is_gas") == Some(&Json::Bool(true))
        || fluid.get("fluid_type").and_then(Json::text) == Some("gas");
    if is_gas {
        found.push(
            Diagnostic::error("HK1011", "the network carries a gas")
                .seen(name)
                .allowed("a liquid")
                .help("hukka simulates heat and water networks only"),
        );
        return CaseFluid::Water;
    }
    let property = |key: &str| fluid.get("all_properties")?.get(key).and_then(points);
    let table = (
        property("density"),
        property("heat_capacity"),
        property("viscosity"),
    );
    if let (Some(density), Some(specific_heat), Some(viscosity)) = table {
        of_points(FluidTable {
            density,
            specific_heat,
            viscosity,
        })
    } else {
        found.simplified(
            "a fluid without usable density, heat capacity and viscosity is taken for water",
            &name,
        );
        CaseFluid::Water
    }
}

fn of_points(table: FluidTable) -> CaseFluid {
    let constant = |points: &[(f64, f64)]| {
        let first = points[0].1;
        points
            .iter()
            .all(|point| point.1.to_bits() == first.to_bits())
            .then_some(first)
    };
    match (
        constant(&table.density),
        constant(&table.viscosity),
        constant(&table.specific_heat),
    ) {
        (Some(density_kg_m3), Some(viscosity_pa_s), Some(specific_heat_j_kgk)) => {
            CaseFluid::Constant {
                density_kg_m3,
                viscosity_pa_s,
                specific_heat_j_kgk,
            }
        }
        _ => CaseFluid::Table(table),
    }
}

/// Density at a temperature, kg/m³; 1 where only the ratio of two is asked and it hardly changes.
pub(super) fn density(fluid: &CaseFluid, kelvin: f64) -> Option<f64> {
    let CaseFluid::Table(FluidTable { density, .. }) = fluid else {
        return None;
    };
    let after = density.partition_point(|point| point.0 < kelvin);
    let right = after.clamp(1, density.len().saturating_sub(1).max(1));
    let (Some(a), Some(b)) = (density.get(right - 1), density.get(right)) else {
        return None;
    };
    Some(a.1 + (b.1 - a.1) / (b.0 - a.0) * (kelvin - a.0))
}

/// A property by temperature; `None` if it is of an unknown kind or no property of a liquid.
fn points(property: &Json<'_>) -> Option<Vec<(f64, f64)>> {
    let kind = property.get("_class").and_then(Json::text)?;
    let values = content(property)?;
    let one = |key: &str| values.get(key).and_then(number);
    let points: Vec<(f64, f64)> = match kind {
        "FluidPropertyConstant" => {
            let value = one("value")?;
            ENDS_K.map(|kelvin| (kelvin, value)).to_vec()
        }
        "FluidPropertyLinear" => {
            let (slope, offset) = (one("slope")?, one("offset")?);
            ENDS_K
                .map(|kelvin| (kelvin, offset + slope * kelvin))
                .to_vec()
        }
        "FluidPropertyInterExtra" | "FluidPropertySutherland" => {
            let of = |keys: [&str; 2]| keys.iter().find_map(|key| values.get(key));
            let x = numbers(of(["x", "x_values"])?)?;
            let y = numbers(of(["y", "y_values"])?)?;
            if x.len() != y.len() {
                return None;
            }
            let mut points: Vec<_> = x.into_iter().zip(y).collect();
            points.sort_by(|a, b| a.0.total_cmp(&b.0));
            points
        }
        _ => return None,
    };
    is_property(&points).then_some(points)
}
