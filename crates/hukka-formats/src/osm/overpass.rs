//! JSON of the Overpass interface: elements with node numbers (`out body; >; out skel;`).

use super::raw::{Point, Raw, Relation, Tags, Way};
use serde_json::Value;

/// Reads a whole file.
pub(super) fn read(text: &str) -> Result<Raw, String> {
    let document: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let Some(elements) = document.get("elements").and_then(Value::as_array) else {
        return Err("it has no list `elements`, as answers of Overpass have".to_owned());
    };
    let mut raw = Raw::default();
    for element in elements {
        let id = element.get("id").and_then(Value::as_i64);
        let id = id.ok_or("an element has no whole number `id`")?;
        match element.get("type").and_then(Value::as_str) {
            Some("node") => {
                let degrees = |key| element.get(key).and_then(Value::as_f64);
                let point = degrees("lon")
                    .zip(degrees("lat"))
                    .and_then(|(lon, lat)| Point::from_degrees(lon, lat));
                raw.add_node(id, point);
            }
            Some("way") => {
                let nodes = list(element, "nodes").map(Value::as_i64);
                let nodes: Option<Vec<i64>> = nodes.collect();
                raw.ways.push(Way {
                    id,
                    tags: tags(element),
                    nodes: nodes.ok_or_else(|| format!("a node number of way {id} is none"))?,
                });
            }
            Some("relation") => raw.relations.push(Relation {
                id,
                tags: tags(element),
                ways: list(element, "members")
                    .filter(|member| word(member, "type") == Some("way"))
                    .filter_map(|member| {
                        let way = member.get("ref")?.as_i64()?;
                        Some((way, word(member, "role") == Some("inner")))
                    })
                    .collect(),
            }),
            _ => {}
        }
    }
    raw.settle();
    Ok(raw)
}

fn list<'v>(element: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    element
        .get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn word<'v>(element: &'v Value, key: &str) -> Option<&'v str> {
    element.get(key).and_then(Value::as_str)
}

fn tags(element: &Value) -> Tags {
    let tags = element.get("tags").and_then(Value::as_object);
    let pairs = tags.into_iter().flatten();
    Tags(
        pairs
            .filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())))
            .collect(),
    )
}
