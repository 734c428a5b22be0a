//! Maps with wrong features: each named by its number, id and line.

use crate::folder::{Folder, collection, feature, house, only, street};
use hukka_model::Diagnostic;

fn building_error(text: &str) -> Diagnostic {
    only(Folder::mapped().with("buildings.geojson", text).errors(&[]))
}

fn polygon_error(ring: &str) -> Diagnostic {
    let bad = feature(r#""id": "bad""#, "Polygon", &format!("[{ring}]"));
    building_error(&collection(&[house("a", 26.951, 60.531), bad]))
}

#[test]
fn a_polygon_that_crosses_itself_is_an_error_with_its_line() {
    let error = polygon_error(
        "[[26.95,60.53],[26.951,60.531],[26.951,60.53],[26.95,60.531],[26.95,60.53]]",
    );
    assert_eq!(error.code, "HK0305");
    assert_eq!(error.subject.as_deref(), Some("feature 2 (bad)"));
    let place = error.place.expect("a place");
    assert_eq!(
        (place.file.as_str(), place.line),
        ("buildings.geojson", Some(3))
    );
}

#[test]
fn rings_are_closed_long_enough_and_have_an_area() {
    for ring in [
        "[[26.95,60.53],[26.951,60.53],[26.951,60.531],[26.95,60.531]]",
        "[[26.95,60.53],[26.951,60.53],[26.95,60.53]]",
        "[[26.95,60.53],[26.951,60.53],[26.952,60.53],[26.95,60.53]]",
        "[]",
    ] {
        assert_eq!(polygon_error(ring).code, "HK0304", "{ring}");
    }
}

#[test]
fn coordinates_are_degrees_near_the_place() {
    let error =
        polygon_error("[[497000,6710000],[497010,6710000],[497010,6710010],[497000,6710000]]");
    assert_eq!(error.code, "HK0306");
    assert!(error.help.is_some_and(|help| help.contains("map grid")));
    let error = polygon_error("[[60.53,26.95],[60.53,26.951],[60.531,26.951],[60.53,26.95]]");
    assert_eq!(error.code, "HK0307");
    assert!(
        error
            .help
            .is_some_and(|help| help.contains("longitude comes first"))
    );
}

#[test]
fn a_stated_coordinate_system_must_be_the_right_one() {
    let text = collection(&[house("a", 26.951, 60.531)]).replacen(
        "\"features\"",
        "\"crs\": {\"type\": \"name\", \"properties\": {\"name\": \"urn:ogc:def:crs:EPSG::3067\"}}, \"features\"",
        1,
    );
    assert_eq!(building_error(&text).code, "HK0306");
}

#[test]
fn ids_are_used_once() {
    let error = building_error(&collection(&[
        house("a", 26.951, 60.531),
        house("a", 26.952, 60.531),
    ]));
    assert_eq!(
        (error.code.as_str(), error.help.as_deref()),
        ("HK0308", Some("the same id stands in feature 1 (a)"))
    );
    let streets = collection(&[
        street("s", 26.95, 60.53, 26.951, 60.531),
        street("s", 26.951, 60.531, 26.952, 60.532),
    ]);
    assert_eq!(
        only(
            Folder::mapped()
                .with("streets.geojson", &streets)
                .errors(&[])
        )
        .code,
        "HK0308"
    );
}

#[test]
fn geometries_of_no_use_are_named() {
    let line = feature(
        r#""id": "l""#,
        "LineString",
        "[[26.95,60.53],[26.951,60.53]]",
    );
    assert_eq!(building_error(&collection(&[line])).code, "HK0303");
    let point = feature(r#""id": "p""#, "Point", "[26.95,60.53]");
    assert_eq!(building_error(&collection(&[point])).code, "HK0309");
}

#[test]
fn properties_of_the_wrong_kind_are_named() {
    let with = |properties: &str| {
        let bad = house("a", 26.951, 60.531).replace("\"id\"", &format!("{properties}, \"id\""));
        building_error(&collection(&[bad]))
    };
    assert_eq!(with(r#""storeys": "many""#).code, "HK0309");
    assert_eq!(with(r#""storeys": -2"#).code, "HK0309");
    assert_eq!(with(r#""construction_year": 19"#).code, "HK0309");
    assert_eq!(with(r#""annual_mwh": 0"#).code, "HK0309");
    assert_eq!(with(r#""connect": "perhaps""#).code, "HK0309");
    let error = with(r#""use": "hous""#);
    assert_eq!(error.help.as_deref(), Some("did you mean \"house\"?"));
}

#[test]
fn broken_json_and_other_objects_are_named() {
    let error = building_error("{\"type\": \"FeatureCollection\",\n \"features\": [}\n");
    assert_eq!(error.code, "HK0301");
    assert_eq!(error.place.and_then(|place| place.line), Some(2));
    assert_eq!(building_error(&house("a", 26.951, 60.531)).code, "HK0301");
    assert_eq!(building_error("[1, 2]").code, "HK0301");
    assert_eq!(building_error(&collection(&[])).code, "HK0311");
    let odd = feature(r#""id": "odd""#, "Polygo", "[]");
    assert_eq!(building_error(&collection(&[odd])).code, "HK0302");
}

#[test]
fn lines_have_a_length() {
    let streets = collection(&[
        street("a", 26.95, 60.53, 26.951, 60.531),
        street("b", 26.95, 60.53, 26.95, 60.53),
    ]);
    let error = only(
        Folder::mapped()
            .with("streets.geojson", &streets)
            .errors(&[]),
    );
    assert_eq!(
        (error.code.as_str(), error.subject.as_deref()),
        ("HK0312", Some("feature 2 (b)"))
    );
}

#[test]
fn pipes_on_the_map_need_a_diameter() {
    let pipe = |properties: &str| {
        let text = collection(&[feature(
            properties,
            "LineString",
            "[[26.95,60.53],[26.951,60.531]]",
        )]);
        let folder = Folder::mapped().with("pipes.geojson", &text);
        only(folder.errors(&[("place.existing_pipes", "pipes.geojson")])).code
    };
    assert_eq!(pipe(r#""id": "p""#), "HK0309");
    assert_eq!(pipe(r#""id": "p", "dn": 110"#), "HK0120");
    assert_eq!(pipe(r#""id": "p", "dn": 100, "series": 4"#), "HK0309");
}

#[test]
fn many_findings_of_one_kind_are_counted() {
    let bad: Vec<String> = (0..50)
        .map(|n| {
            feature(
                &format!("\"id\": \"l{n}\""),
                "LineString",
                "[[26.95,60.53],[26.951,60.53]]",
            )
        })
        .collect();
    let errors = Folder::mapped()
        .with("buildings.geojson", &collection(&bad))
        .errors(&[]);
    assert_eq!(
        errors.iter().filter(|error| error.code == "HK0303").count(),
        20
    );
    let more = errors
        .iter()
        .find(|error| error.code == "HK0313")
        .expect("a count");
    assert!(
        more.message.starts_with("30 more like HK0303"),
        "{}",
        more.message
    );
}

#[test]
fn strange_bytes_never_panic() {
    for text in [
        "",
        "{",
        "null",
        "{\"type\":\"FeatureCollection\"}",
        "{\"type\":\"FeatureCollection\",\"features\":{}}",
        "{\"type\":\"FeatureCollection\",\"features\":[null,1,\"x\",[]]}",
        "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":null,\"geometry\":{\"type\":\"Point\",\"coordinates\":[1]}}]}",
        "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":null,\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[1],[2,3],[],[1]]]}}]}",
        "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"id\":{}},\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[]}}]}",
    ] {
        let errors = Folder::mapped().with("buildings.geojson", text).errors(&[]);
        assert!(errors.iter().any(Diagnostic::is_error), "{text}");
    }
}
