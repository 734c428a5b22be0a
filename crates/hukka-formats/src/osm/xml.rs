//! OpenStreetMap XML, as editors and the map's own site write it.

use super::raw::{Point, Raw, Relation, Tags, Way};
use roxmltree::{Document, Node};

/// Reads a whole file.
pub(super) fn read(text: &str) -> Result<Raw, String> {
    let document = Document::parse(text).map_err(|error| error.to_string())?;
    let root = document.root_element();
    if !root.has_tag_name("osm") {
        let name = crate::findings::short(root.tag_name().name());
        return Err(format!("its root is `{name}`, not `osm`"));
    }
    let mut raw = Raw::default();
    for element in root.children().filter(Node::is_element) {
        let is_gone = element.attribute("action") == Some("delete")
            || element.attribute("visible") == Some("false");
        if is_gone {
            continue;
        }
        match element.tag_name().name() {
            "node" => raw.add_node(number(element, "id")?, point(element)),
            "way" => raw.ways.push(Way {
                id: number(element, "id")?,
                tags: tags(element),
                nodes: refs(element, "nd")
                    .map(|node| number(node, "ref"))
                    .collect::<Result<_, _>>()?,
            }),
            "relation" => raw.relations.push(Relation {
                id: number(element, "id")?,
                tags: tags(element),
                ways: refs(element, "member")
                    .filter(|member| member.attribute("type") == Some("way"))
                    .map(|member| {
                        let is_inner = member.attribute("role") == Some("inner");
                        Ok((number(member, "ref")?, is_inner))
                    })
                    .collect::<Result<_, String>>()?,
            }),
            _ => {}
        }
    }
    raw.settle();
    Ok(raw)
}

fn refs<'d>(element: Node<'d, 'd>, name: &'static str) -> impl Iterator<Item = Node<'d, 'd>> {
    element
        .children()
        .filter(move |child| child.has_tag_name(name))
}

fn tags(element: Node<'_, '_>) -> Tags {
    let pairs = element.children().filter(|child| child.has_tag_name("tag"));
    Tags(
        pairs
            .filter_map(|tag| {
                Some((
                    tag.attribute("k")?.to_owned(),
                    tag.attribute("v")?.to_owned(),
                ))
            })
            .collect(),
    )
}

fn number(element: Node<'_, '_>, key: &str) -> Result<i64, String> {
    let seen = element.attribute(key).unwrap_or_default();
    seen.trim().parse().map_err(|_| {
        let name = element.tag_name().name();
        let seen = crate::findings::short(seen);
        format!("`{key}` of a {name} is `{seen}`, not a whole number")
    })
}

fn point(element: Node<'_, '_>) -> Option<Point> {
    let degrees = |key| element.attribute(key)?.trim().parse::<f64>().ok();
    Point::from_degrees(degrees("lon")?, degrees("lat")?)
}
