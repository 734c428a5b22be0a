//! The JSON Schema of `study.toml`, made from the same declarations that drive the reading.

use crate::curve::PATTERN;
use crate::keys;
use crate::spec::{DefaultValue, Fallback, Key, Kind, Range, Table, join};
use hukka_model::CATALOGUE;
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

/// The JSON Schema of `study.toml`.
pub fn schema() -> Value {
    let mut properties = properties(&keys::ROOT);
    for table in keys::TABLES {
        let mut object = object(table);
        if table.is_many {
            object = json!({
                "type": "array",
                "description": table.doc,
                "minItems": 1,
                "items": object,
            });
        }
        properties.insert(table.name.to_owned(), object);
    }
    let mut required = required(&keys::ROOT);
    required.extend([json!(keys::PLACE.name), json!(keys::DATA_CENTRE.name)]);
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": keys::FORMAT,
        "description": "Study of data-centre waste heat for district heating. Units stand in the keys.",
        "type": "object",
        "additionalProperties": false,
        "required": required,
        "properties": properties,
    })
}

/// The schema as committed: indented, with a line feed at the end.
pub fn schema_text() -> String {
    format!("{:#}\n", schema())
}

fn object(table: &Table) -> Value {
    let mut object = json!({
        "type": "object",
        "description": table.doc,
        "additionalProperties": false,
        "properties": properties(table),
    });
    let required = required(table);
    if !required.is_empty() {
        object["required"] = Value::Array(required);
    }
    let pairs = excluded_pairs(table);
    if !pairs.is_empty() {
        object["allOf"] = Value::Array(pairs);
    }
    object
}

fn excluded_pairs(table: &Table) -> Vec<Value> {
    let mut pairs = Vec::new();
    for group in table.either {
        for (n, first) in group.iter().enumerate() {
            for second in &group[n + 1..] {
                pairs.push(json!({ "not": { "required": [first, second] } }));
            }
        }
    }
    pairs
}

fn required(table: &Table) -> Vec<Value> {
    table
        .keys
        .iter()
        .filter(|key| key.is_required)
        .map(|key| json!(key.name))
        .collect()
}

fn properties(table: &Table) -> Map<String, Value> {
    table
        .keys
        .iter()
        .map(|key| (key.name.to_owned(), property(key)))
        .collect()
}

fn property(key: &Key) -> Value {
    let mut property = kind(key);
    property["description"] = json!(describe(key));
    if let Fallback::Fixed(default) = key.fallback {
        property["default"] = match default.value {
            DefaultValue::Number(value) => json!(value),
            DefaultValue::Integer(value) => json!(value),
            DefaultValue::Flag(value) => json!(value),
            DefaultValue::Text(value) => json!(value),
            DefaultValue::Numbers(values) => json!(values),
            DefaultValue::Curve(points) => Value::Object(
                points
                    .iter()
                    .map(|(outdoor, value)| (point_key(*outdoor), json!(value)))
                    .collect(),
            ),
        };
    }
    property
}

fn point_key(outdoor: f64) -> String {
    let sign = if outdoor < 0.0 { "minus" } else { "plus" };
    format!("at_{sign}_{}_c", outdoor.abs())
}

/// Meaning, unit, words and default in one text, as editors show it.
fn describe(key: &Key) -> String {
    let mut text = key.doc.to_owned();
    let symbol = match key.kind {
        Kind::Curve(_) => "°C",
        _ => key.symbol(),
    };
    if !symbol.is_empty() {
        let _ = write!(text, " Unit: {symbol}.");
    }
    if let Kind::Word(words) = key.kind {
        let list: Vec<String> = words
            .iter()
            .map(|(word, what)| format!("{word}: {what}"))
            .collect();
        let _ = write!(text, " {}.", list.join("; "));
    }
    match key.fallback {
        Fallback::Nothing => {}
        Fallback::Fixed(default) => {
            let shown = join(&default.value.show(), symbol);
            let _ = write!(text, " Default: {shown} ({}).", default.source);
        }
        Fallback::Depends(words) => {
            let _ = write!(text, " Default: {words}.");
        }
    }
    text
}

fn kind(key: &Key) -> Value {
    match key.kind {
        Kind::Text | Kind::File(_) | Kind::TimeZone => json!({ "type": "string", "minLength": 1 }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Number(range) => number(&range),
        Kind::Integer(min, max) => json!({ "type": "integer", "minimum": min, "maximum": max }),
        Kind::Word(words) => {
            let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            json!({ "type": "string", "enum": words })
        }
        Kind::NumberOrSeries(range) => {
            json!({ "anyOf": [number(&range), { "type": "string", "minLength": 1 }] })
        }
        Kind::Numbers(range) => json!({ "type": "array", "minItems": 1, "items": number(&range) }),
        Kind::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        Kind::Position => position(),
        Kind::Path => json!({ "type": "array", "minItems": 2, "items": position() }),
        Kind::Curve(range) => json!({
            "type": "object",
            "additionalProperties": false,
            "patternProperties": { PATTERN: number(&range) },
            "minProperties": 2,
            "maxProperties": 2,
        }),
        Kind::Diameter => {
            let sizes: Vec<u16> = CATALOGUE.iter().map(|pipe| pipe.dn).collect();
            json!({ "type": "integer", "enum": sizes })
        }
        Kind::Country => json!({ "type": "string", "pattern": "^[A-Z]{2}$" }),
    }
}

fn number(range: &Range) -> Value {
    let lower = if range.is_open {
        "exclusiveMinimum"
    } else {
        "minimum"
    };
    json!({ "type": "number", lower: range.min, "maximum": range.max })
}

fn position() -> Value {
    json!({
        "type": "array",
        "items": [
            { "type": "number", "minimum": -180, "maximum": 180 },
            { "type": "number", "minimum": -90, "maximum": 90 },
        ],
        "minItems": 2,
        "maxItems": 2,
    })
}
