//! The network as GeoJSON, longitude and latitude in degrees.

use crate::inputs::Inputs;
use crate::label;
use hukka_model::{NetworkSnapshot, NodeKind, Position};
use serde_json::{Map, Value, json};

/// Digits kept after the degree's point: about a centimetre.
const DEGREE_SCALE: f64 = 1e7;

/// Trenches as lines; plants, sources and consumers (connected or not) as points.
///
/// In a study without a map every geometry is null: places that were never given are not made up.
pub fn network_geojson(inputs: &Inputs<'_>) -> Value {
    let mut features = Vec::new();
    trenches(inputs, &mut features);
    plants(inputs, &mut features);
    consumers(inputs, &mut features);
    json!({
        "type": "FeatureCollection",
        "attribution": inputs.study.attributions,
        "features": features,
    })
}

/// Whether places in the study are real: it gives buildings, streets or positions.
pub(crate) fn has_map(inputs: &Inputs<'_>) -> bool {
    let study = inputs.study;
    !study.buildings.is_empty()
        || !study.streets.is_empty()
        || !study.existing_pipes.is_empty()
        || study
            .lumped_demands
            .iter()
            .any(|demand| demand.position.is_some())
}

/// The snapshot of the coldest hour among those kept.
pub(crate) fn coldest_snapshot<'a>(inputs: &Inputs<'a>) -> Option<&'a NetworkSnapshot> {
    let outdoor = &inputs.study.weather.outdoor_temperature;
    inputs
        .network
        .snapshots
        .iter()
        .filter(|snapshot| snapshot.step < outdoor.len())
        .reduce(|best, next| {
            if outdoor[next.step] < outdoor[best.step] {
                next
            } else {
                best
            }
        })
}

fn coordinates(inputs: &Inputs<'_>, position: Position) -> Value {
    let (longitude, latitude) = inputs.study.place.projection.to_degrees(position);
    let round = |degrees: f64| (degrees * DEGREE_SCALE).round() / DEGREE_SCALE;
    json!([round(longitude), round(latitude)])
}

fn point(inputs: &Inputs<'_>, position: Option<Position>) -> Value {
    match position {
        Some(position) if has_map(inputs) => {
            json!({ "type": "Point", "coordinates": coordinates(inputs, position) })
        }
        _ => Value::Null,
    }
}

fn feature(geometry: Value, properties: Map<String, Value>) -> Value {
    json!({ "type": "Feature", "geometry": geometry, "properties": properties })
}

fn properties(pairs: Vec<(&str, Value)>) -> Map<String, Value> {
    pairs
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect()
}

fn trenches(inputs: &Inputs<'_>, features: &mut Vec<Value>) {
    let snapshot = coldest_snapshot(inputs);
    let supply = |node: usize| {
        snapshot
            .and_then(|s| s.supply_temperature.get(node))
            .map(|temperature| temperature.c())
    };
    for (trench, result) in inputs.design.trenches.iter().zip(&inputs.network.trenches) {
        let line: Vec<Value> = trench
            .path
            .iter()
            .map(|position| coordinates(inputs, *position))
            .collect();
        let geometry = if has_map(inputs) && line.len() >= 2 {
            json!({ "type": "LineString", "coordinates": line })
        } else {
            Value::Null
        };
        let properties = properties(vec![
            ("id", json!(trench.id)),
            ("feature", json!("trench")),
            ("kind", json!(label::trench_key(trench.kind))),
            ("dn", json!(trench.dn)),
            ("length_m", json!(trench.length.m())),
            ("is_existing", json!(trench.is_existing)),
            ("cost_eur", json!(trench.cost.eur())),
            ("design_power_kw", json!(trench.design_power.kw())),
            ("consumers_behind", json!(trench.consumers_behind)),
            ("loss_mwh", json!(result.heat_loss.mwh())),
            ("max_velocity_m_s", json!(result.max_velocity.m_s())),
            (
                "max_pressure_gradient_pa_m",
                json!(result.max_pressure_gradient.pa_m()),
            ),
            ("coldest_hour_supply_from_c", json!(supply(trench.from))),
            ("coldest_hour_supply_to_c", json!(supply(trench.to))),
        ]);
        features.push(feature(geometry, properties));
    }
}

fn plants(inputs: &Inputs<'_>, features: &mut Vec<Value>) {
    for node in &inputs.design.nodes {
        if matches!(node.kind, NodeKind::Plant | NodeKind::Source) {
            let properties = properties(vec![
                ("id", json!(node.id)),
                ("feature", json!(label::node_key(node.kind))),
            ]);
            features.push(feature(point(inputs, Some(node.position)), properties));
        }
    }
}

fn consumers(inputs: &Inputs<'_>, features: &mut Vec<Value>) {
    let of = |consumer: usize, reason: Value, position: Option<Position>| {
        let demand = &inputs.demand.consumers[consumer];
        let properties = properties(vec![
            ("id", json!(demand.id)),
            ("feature", json!("consumer")),
            ("annual_mwh", json!(demand.annual().mwh())),
            ("connected", json!(reason.is_null())),
            ("reason", reason),
        ]);
        feature(point(inputs, position), properties)
    };
    for connected in &inputs.design.connected {
        let node = &inputs.design.nodes[connected.node];
        features.push(of(connected.consumer, Value::Null, Some(node.position)));
    }
    for left_out in &inputs.design.unconnected {
        let position = inputs.demand.consumers[left_out.consumer].position;
        let reason = json!(label::reason_key(left_out.reason));
        features.push(of(left_out.consumer, reason, position));
    }
}
