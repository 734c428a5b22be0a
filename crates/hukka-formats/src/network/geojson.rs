//! A network as a map: nodes as points, pipes, valves and pumps as lines.

use super::build::has_places;
use crate::findings::Findings;
use hukka_model::network_case::{CaseState, NetworkCase, NetworkSide};
use serde_json::{Value, json};

/// The network alone.
pub(super) fn write(case: &NetworkCase, found: &mut Findings) -> String {
    if !has_places(&case.nodes) {
        found.unsayable("no node has a place: the map is empty", &case.name);
    }
    found.unsayable(
        "a map keeps places, sizes and names; what drives the network is left out",
        "",
    );
    format!("{:#}\n", collection(case, None))
}

/// The network with what was found in it; `None` if the places say nothing.
pub fn with_state(case: &NetworkCase, state: &CaseState) -> Option<String> {
    has_places(&case.nodes).then(|| format!("{}\n", collection(case, Some(state))))
}

/// Whether places can be longitude and latitude.
fn is_geographic(case: &NetworkCase) -> bool {
    let mut places = case.nodes.iter().filter_map(|node| node.place);
    places.all(|(x, y)| x.abs() <= 180.0 && y.abs() <= 90.0)
        && case
            .nodes
            .iter()
            .any(|node| node.place.is_some_and(|(x, _)| x.fract().abs() > 0.0))
}

fn collection(case: &NetworkCase, state: Option<&CaseState>) -> Value {
    let mut features = Vec::new();
    for (index, node) in case.nodes.iter().enumerate() {
        let Some((x, y)) = node.place else { continue };
        let mut properties = json!({
            "kind": "node",
            "id": node.id,
            "height_m": node.height.m(),
            "side": match node.side {
                NetworkSide::Supply => Some("supply"),
                NetworkSide::Return => Some("return"),
                NetworkSide::Neither => None,
            },
        });
        if let Some(state) = state {
            properties["p_bar"] = json!(
                state
                    .pressure_pa
                    .get(index)
                    .copied()
                    .flatten()
                    .map(|p| p / 1e5)
            );
            properties["t_k"] = json!(state.temperature_k.get(index));
        }
        features.push(feature(
            json!({ "type": "Point", "coordinates": [x, y] }),
            properties,
        ));
    }
    links(case, state, &mut features);
    let mut top = json!({ "type": "FeatureCollection", "features": features });
    if !is_geographic(case) {
        top["coordinates_are"] = json!("plane");
    }
    top
}

fn feature(geometry: Value, properties: Value) -> Value {
    json!({ "type": "Feature", "properties": properties, "geometry": geometry })
}

fn line(case: &NetworkCase, from: usize, to: usize) -> Option<Value> {
    let (a, b) = (case.nodes.get(from)?.place?, case.nodes.get(to)?.place?);
    Some(json!({ "type": "LineString", "coordinates": [[a.0, a.1], [b.0, b.1]] }))
}

fn links(case: &NetworkCase, state: Option<&CaseState>, features: &mut Vec<Value>) {
    for (index, pipe) in case.pipes.iter().enumerate() {
        let Some(geometry) = line(case, pipe.from, pipe.to) else {
            continue;
        };
        let mut properties = json!({
            "kind": "pipe",
            "id": pipe.id,
            "length_m": pipe.length.m(),
            "inner_diameter_mm": pipe.inner_diameter.mm(),
        });
        if let Some(found) = state.and_then(|state| state.pipes.get(index)) {
            properties["mdot_kg_s"] = json!(found.mass_flow_kg_s);
            properties["velocity_m_s"] = json!(found.velocity_m_s);
            properties["loss_kw"] = json!(found.loss_w / 1e3);
        }
        features.push(feature(geometry, properties));
    }
    let others = [
        (
            "valve",
            case.valves
                .iter()
                .map(|v| (&v.id, v.from, v.to))
                .collect::<Vec<_>>(),
        ),
        (
            "pump",
            case.pumps.iter().map(|p| (&p.id, p.from, p.to)).collect(),
        ),
        (
            "source",
            case.sources
                .iter()
                .map(|s| (&s.id, s.return_node, s.supply_node))
                .collect(),
        ),
        (
            "consumer",
            case.consumers
                .iter()
                .map(|c| (&c.id, c.supply_node, c.return_node))
                .collect(),
        ),
    ];
    for (kind, elements) in others {
        for (id, from, to) in elements {
            if let Some(geometry) = line(case, from, to) {
                features.push(feature(geometry, json!({ "kind": kind, "id": id })));
            }
        }
    }
}
