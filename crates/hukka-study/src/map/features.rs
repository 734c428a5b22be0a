//! The features of a GeoJSON text, each with the byte where it begins.

use super::findings::Findings;
use crate::codes;
use geojson::feature::Id;
use geojson::{GeometryValue, JsonObject};
use hukka_model::Diagnostic;
use serde::de::IgnoredAny;
use std::ops::Range;

/// One feature of a map.
pub(super) struct Feature {
    /// Number in the file, from 1.
    pub(super) number: usize,
    /// Byte where it begins.
    pub(super) offset: usize,
    pub(super) geometry: Option<GeometryValue>,
    pub(super) properties: JsonObject,
    /// The `id` member beside the properties.
    member_id: Option<String>,
}

impl Feature {
    /// The id as given: property `id`, the feature's own id, or an id of OpenStreetMap tools.
    pub(super) fn given_id(&self) -> Option<String> {
        let word = |value: &serde_json::Value| match value {
            serde_json::Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
            serde_json::Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        self.properties
            .get("id")
            .and_then(word)
            .or_else(|| self.member_id.clone())
            .or_else(|| {
                ["@id", "osm_id"]
                    .iter()
                    .find_map(|key| word(self.properties.get(*key)?))
            })
    }

    /// What to call it in a message.
    pub(super) fn subject(&self) -> String {
        self.given_id().map_or_else(
            || format!("feature {}", self.number),
            |id| format!("feature {} ({id})", self.number),
        )
    }
}

/// The bytes of every feature; says so when the text is no map at all.
pub(super) fn spans(name: &str, text: &str, findings: &mut Findings) -> Vec<Range<usize>> {
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        let offset = offset_of(text, error.line(), error.column());
        findings.push(
            offset,
            Diagnostic::error(codes::MAP_SYNTAX, format!("`{name}` is not valid JSON"))
                .seen(plain_message(&error))
                .help("export the map again as GeoJSON"),
        );
        return Vec::new();
    }
    let layout = Layout::scan(text);
    if layout.kind.as_deref() != Some("FeatureCollection") {
        let seen = layout.kind.map_or_else(
            || "no `type` at the top".to_owned(),
            |kind| format!("\"type\": \"{kind}\""),
        );
        findings.push(
            0,
            Diagnostic::error(
                codes::MAP_SYNTAX,
                format!("`{name}` is not a FeatureCollection"),
            )
            .seen(seen)
            .allowed("\"type\": \"FeatureCollection\" with a list of features")
            .help("export the map as a GeoJSON FeatureCollection"),
        );
        return Vec::new();
    }
    if let Some(offset) = layout.foreign_crs {
        findings.push(
            offset,
            Diagnostic::error(
                codes::MAP_COORDINATES,
                "the map states a coordinate system of its own",
            )
            .allowed("WGS 84: longitude and latitude in degrees (RFC 7946)")
            .help("export the map in EPSG:4326"),
        );
    }
    layout.features
}

/// Reads one feature, or says what is wrong with it.
pub(super) fn feature(
    number: usize,
    text: &str,
    span: Range<usize>,
    findings: &mut Findings,
) -> Option<Feature> {
    let slice = &text[span.clone()];
    match serde_json::from_str::<geojson::Feature>(slice) {
        Ok(read) => Some(Feature {
            number,
            offset: span.start,
            geometry: read.geometry.map(|geometry| geometry.value),
            properties: read.properties.unwrap_or_default(),
            member_id: read.id.map(|id| match id {
                Id::String(text) => text,
                Id::Number(number) => number.to_string(),
            }),
        }),
        Err(error) => {
            findings.push(
                span.start,
                Diagnostic::error(codes::MAP_FEATURE, "the feature cannot be read")
                    .about(format!("feature {number}"))
                    .seen(plain_message(&error))
                    .allowed("\"type\": \"Feature\" with a geometry and properties"),
            );
            None
        }
    }
}

/// The message of the JSON reader without its place.
fn plain_message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned()
}

fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    (start + column.saturating_sub(1)).min(text.len())
}

/// Where things stand in the text of a FeatureCollection that is known to be valid JSON.
struct Layout {
    kind: Option<String>,
    features: Vec<Range<usize>>,
    /// A `crs` member that names something other than WGS 84.
    foreign_crs: Option<usize>,
}

impl Layout {
    /// Walks the text once, keeping strings and depth apart.
    fn scan(text: &str) -> Self {
        let mut layout = Self {
            kind: None,
            features: Vec::new(),
            foreign_crs: None,
        };
        let mut cursor = Cursor {
            bytes: text.as_bytes(),
            at: 0,
        };
        cursor.space();
        if cursor.peek() != Some(b'{') {
            return layout;
        }
        cursor.at += 1;
        while let Some((key, value)) = cursor.member(text) {
            match key {
                "type" => layout.kind = serde_json::from_str(&text[value]).ok(),
                "features" => layout.features = items(text, &value),
                "crs" if is_foreign(&text[value.clone()]) => layout.foreign_crs = Some(value.start),
                _ => {}
            }
        }
        layout
    }
}

fn is_foreign(crs: &str) -> bool {
    let lower = crs.to_lowercase();
    lower != "null" && !lower.contains("crs84") && !lower.contains("4326")
}

/// Spans of the items of a JSON list.
fn items(text: &str, list: &Range<usize>) -> Vec<Range<usize>> {
    let mut cursor = Cursor {
        bytes: &text.as_bytes()[..list.end],
        at: list.start,
    };
    if cursor.peek() != Some(b'[') {
        return Vec::new();
    }
    cursor.at += 1;
    let mut spans = Vec::new();
    loop {
        cursor.space();
        match cursor.peek() {
            None | Some(b']') => return spans,
            Some(b',') => cursor.at += 1,
            Some(_) => {
                let start = cursor.at;
                cursor.skip_value();
                spans.push(start..cursor.at);
            }
        }
    }
}

/// A place in valid JSON text.
struct Cursor<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// The next `"key": value` of an object.
    fn member<'s>(&mut self, text: &'s str) -> Option<(&'s str, Range<usize>)> {
        self.space();
        if self.peek() == Some(b',') {
            self.at += 1;
            self.space();
        }
        if self.peek() != Some(b'"') {
            return None;
        }
        let key_start = self.at + 1;
        self.skip_string();
        let key = &text[key_start..self.at - 1];
        self.space();
        if self.peek() == Some(b':') {
            self.at += 1;
        }
        self.space();
        let start = self.at;
        self.skip_value();
        Some((key, start..self.at))
    }

    fn skip_string(&mut self) {
        self.at += 1;
        while let Some(byte) = self.peek() {
            match byte {
                b'\\' => self.at += 2,
                b'"' => {
                    self.at += 1;
                    return;
                }
                _ => self.at += 1,
            }
        }
    }

    fn skip_value(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => self.skip_string(),
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' | b',' if depth == 0 => return,
                b'}' | b']' => {
                    depth -= 1;
                    self.at += 1;
                }
                byte if depth == 0 && byte.is_ascii_whitespace() => return,
                _ => self.at += 1,
            }
            if depth == 0 && matches!(byte, b'"' | b'}' | b']') {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_are_found_with_their_bytes() {
        let text = "{\"type\": \"FeatureCollection\", \"name\": \"a ] } \\\" b\",\n \"features\": [\n\
                    {\"type\":\"Feature\",\"properties\":{\"t\":\"}],\"},\"geometry\":null},\n\
                    {\"type\":\"Feature\",\"properties\":null,\"geometry\":null}\n] }";
        let layout = Layout::scan(text);
        assert_eq!(layout.kind.as_deref(), Some("FeatureCollection"));
        assert_eq!(layout.features.len(), 2);
        for span in &layout.features {
            assert!(text[span.clone()].starts_with('{') && text[span.clone()].ends_with('}'));
        }
        assert_eq!(text[..layout.features[1].start].matches('\n').count(), 3);
    }

    #[test]
    fn another_coordinate_system_is_seen() {
        let crs = |name: &str| {
            format!(
                "{{\"type\":\"FeatureCollection\",\"crs\":{{\"properties\":{{\"name\":\"{name}\"}}}},\"features\":[]}}"
            )
        };
        assert!(
            Layout::scan(&crs("urn:ogc:def:crs:EPSG::3067"))
                .foreign_crs
                .is_some()
        );
        assert!(
            Layout::scan(&crs("urn:ogc:def:crs:OGC:1.3:CRS84"))
                .foreign_crs
                .is_none()
        );
    }
}
