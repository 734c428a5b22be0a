//! What flows, as a case states it.

use crate::fields::{Fields, POSITIVE, Range};
use crate::findings::Findings;
use crate::json::Json;
use hukka_model::network_case::{CaseFluid, FluidTable, GlycolKind};
use serde_json::{Value, json};

/// The fluid under the key `fluid`.
pub(super) fn read(value: &Json<'_>, found: &mut Findings) -> CaseFluid {
    let Some(members) = value.map() else {
        found.wrong(
            "the case",
            "fluid",
            &value.shown(),
            "an object with a `type`",
        );
        return CaseFluid::Water;
    };
    let fields = Fields::of("the fluid", "", members);
    let fluid = match fields.text(found, "type") {
        Some("water") => CaseFluid::Water,
        Some("constant") => CaseFluid::Constant {
            density_kg_m3: fields.need(found, "density_kg_m3", PROPERTY),
            viscosity_pa_s: fields.need(found, "viscosity_pa_s", PROPERTY),
            specific_heat_j_kgk: fields.need(found, "heat_capacity_j_kgk", PROPERTY),
        },
        Some("ethylene_glycol") => glycol(&fields, GlycolKind::Ethylene, found),
        Some("propylene_glycol") => glycol(&fields, GlycolKind::Propylene, found),
        Some("table") => match table(&fields, found) {
            Some(table) => CaseFluid::Table(table),
            None => CaseFluid::Water,
        },
        other => {
            let allowed = "water, table, constant, ethylene_glycol, propylene_glycol";
            found.wrong("the fluid", "type", other.unwrap_or("nothing"), allowed);
            CaseFluid::Water
        }
    };
    fields.report_unknown(found);
    fluid
}

const PROPERTY: Range = Range::new(1e-9, 1e9, "more than 0");

fn glycol(fields: &Fields<'_, '_>, kind: GlycolKind, found: &mut Findings) -> CaseFluid {
    CaseFluid::Glycol {
        kind,
        mass_share: fields.need(found, "mass_share", Range::new(0.0, 0.6, "0 to 0.6")),
    }
}

/// A table of properties in a file of its own; `None` after a finding if it cannot be used.
pub(super) fn read_table_file(
    name: &str,
    bytes: &[u8],
    found: &mut Findings,
) -> Option<FluidTable> {
    let parsed = std::str::from_utf8(bytes)
        .ok()
        .and_then(|text| Json::parse(text).ok());
    let Some(Json::Map(members)) = parsed else {
        found.wrong(name, "the file", "this", "a JSON object with three tables");
        return None;
    };
    let fields = Fields::of("the water table", name, &members);
    fields.pass_over(&["source", "interpolation", "licence", "note"]);
    let table = table(&fields, found);
    fields.report_unknown(found);
    table
}

fn table(fields: &Fields<'_, '_>, found: &mut Findings) -> Option<FluidTable> {
    let density = property(fields, "density_kg_m3", found);
    let specific_heat = property(fields, "heat_capacity_j_kgk", found);
    let viscosity = property(fields, "viscosity_pa_s", found);
    Some(FluidTable {
        density: density?,
        specific_heat: specific_heat?,
        viscosity: viscosity?,
    })
}

/// One property by temperature: rising temperatures, positive values.
fn property(fields: &Fields<'_, '_>, key: &str, found: &mut Findings) -> Option<Vec<(f64, f64)>> {
    let Some(value) = fields.get(key) else {
        found.missing(&fields.subject(), key);
        return None;
    };
    let points = pairs(value).filter(|points| is_property(points));
    if points.is_none() {
        let allowed = "pairs [kelvin, value] with rising temperature and positive values";
        found.wrong(&fields.subject(), key, &value.shown(), allowed);
    }
    points
}

/// Whether points can be a property of a liquid.
pub(in crate::network) fn is_property(points: &[(f64, f64)]) -> bool {
    !points.is_empty()
        && points
            .iter()
            .all(|(_, value)| POSITIVE.holds(*value) && *value > 0.0)
        && points.windows(2).all(|pair| pair[0].0 < pair[1].0)
}

/// A list of pairs of numbers.
pub(super) fn pairs(value: &Json<'_>) -> Option<Vec<(f64, f64)>> {
    value
        .list()?
        .iter()
        .map(|pair| match pair.list()? {
            [x, y] => Some((x.number()?, y.number()?)),
            _ => None,
        })
        .collect()
}

/// The fluid as the key `fluid` states it.
pub(super) fn write(fluid: &CaseFluid) -> Value {
    match fluid {
        CaseFluid::Water => json!({ "type": "water" }),
        CaseFluid::Constant {
            density_kg_m3,
            viscosity_pa_s,
            specific_heat_j_kgk,
        } => json!({
            "type": "constant",
            "density_kg_m3": density_kg_m3,
            "heat_capacity_j_kgk": specific_heat_j_kgk,
            "viscosity_pa_s": viscosity_pa_s,
        }),
        CaseFluid::Glycol { kind, mass_share } => json!({
            "type": match kind {
                GlycolKind::Ethylene => "ethylene_glycol",
                GlycolKind::Propylene => "propylene_glycol",
            },
            "mass_share": mass_share,
        }),
        CaseFluid::Table(table) => json!({
            "type": "table",
            "density_kg_m3": table.density,
            "heat_capacity_j_kgk": table.specific_heat,
            "viscosity_pa_s": table.viscosity,
        }),
    }
}
