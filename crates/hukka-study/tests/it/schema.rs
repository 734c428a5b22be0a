//! The JSON Schema that editors use.

use hukka_study::{schema, schema_text};

#[test]
fn the_committed_schema_is_up_to_date() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../schemas/hukka-study.schema.json"
    );
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        committed == schema_text(),
        "stale: run `cargo run --release -p hukka-study --example write-schema`"
    );
}

#[test]
fn the_schema_knows_units_ranges_words_and_defaults() {
    let schema = schema();
    let properties = &schema["properties"];
    let load = &properties["data_centre"]["items"]["properties"]["it_load_mw"];
    assert_eq!(load["exclusiveMinimum"], 0.0);
    assert_eq!(load["maximum"], 5000.0);
    assert!(
        load["description"]
            .as_str()
            .is_some_and(|text| text.contains("Unit: MW."))
    );
    let curve = &properties["network"]["properties"]["supply_temperature"];
    assert_eq!(
        curve["patternProperties"][r"^at_(minus_|plus_)?\d+(_\d+)?_c$"]["minimum"],
        40.0
    );
    assert_eq!(curve["default"]["at_minus_26_c"], 95.0);
    assert_eq!(
        properties["money"]["properties"]["discount_rate"]["default"],
        0.05
    );
    assert_eq!(properties["money"]["additionalProperties"], false);
    assert_eq!(schema["additionalProperties"], false);
    assert_eq!(properties["boiler"]["items"]["required"][1], "fuel");
}
