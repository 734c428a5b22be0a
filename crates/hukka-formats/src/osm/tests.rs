//! Small maps made here: what is read, mended and told.

use super::{Imported, Request, import};
use proptest::prelude::*;
use serde_json::Value;

/// One degree is 1e7 units; a corner of the test map.
const LON: f64 = 26.95;
const LAT: f64 = 60.53;

fn request() -> Request {
    Request {
        file: "town.osm".into(),
        window: None,
        name: None,
        data_centre: None,
        it_load_mw: None,
    }
}

/// Number, nodes and tags of a way.
type TestWay<'w> = (i64, &'w [i64], &'w [(&'w str, &'w str)]);

/// Nodes on a grid of 10⁻⁴ degrees, ways of node numbers, relations as they are.
fn xml(nodes: &[(i64, f64, f64)], ways: &[TestWay<'_>], more: &str) -> String {
    let mut out = String::from("<osm version=\"0.6\">");
    for (id, x, y) in nodes {
        let (lon, lat) = (x.mul_add(1e-4, LON), y.mul_add(1e-4, LAT));
        out.push_str(&format!(
            "<node id=\"{id}\" lon=\"{lon:.7}\" lat=\"{lat:.7}\"/>"
        ));
    }
    for (id, refs, tags) in ways {
        out.push_str(&format!("<way id=\"{id}\">"));
        refs.iter()
            .for_each(|node| out.push_str(&format!("<nd ref=\"{node}\"/>")));
        tags.iter()
            .for_each(|(k, v)| out.push_str(&format!("<tag k=\"{k}\" v=\"{v}\"/>")));
        out.push_str("</way>");
    }
    out + more + "</osm>"
}

/// A town with most mistakes a map can have.
fn town() -> String {
    let square = |id: i64, x: f64, y: f64| {
        [
            (id, x, y),
            (id + 1, x + 2.0, y),
            (id + 2, x + 2.0, y + 1.0),
            (id + 3, x, y + 1.0),
        ]
    };
    let mut nodes = Vec::new();
    for (n, x, y) in [
        (100, 0.0, 1.0),
        (110, 4.0, 1.0),
        (120, 8.0, 1.0),
        (130, 0.5, 1.25),
    ] {
        nodes.extend(square(n, x, y));
    }
    nodes.extend([(131, 1.0, 1.25), (132, 1.0, 1.5), (133, 0.5, 1.5)]);
    nodes.extend([(1, 0.0, 0.0), (2, 20.0, 0.0), (3, 5.0, -5.0), (4, 5.0, 5.0)]);
    nodes.extend([
        (5, 15.0, -5.0),
        (6, 15.0, 5.0),
        (7, 40.0, 40.0),
        (8, 41.0, 41.0),
    ]);
    xml(
        &nodes,
        &[
            (
                10,
                &[110, 111, 112, 113, 110],
                &[
                    ("building", "apartments"),
                    ("height", "12 m"),
                    ("start_date", "1960s"),
                ],
            ),
            (
                11,
                &[120, 121, 122, 123],
                &[("building", "yes"), ("amenity", "school")],
            ),
            (12, &[110, 111, 112, 113, 110], &[("building", "yes")]),
            (13, &[110, 112, 111, 113, 110], &[("building", "roof")]),
            (14, &[110, 111, 999, 110], &[("building", "house")]),
            (15, &[100, 101, 102], &[]),
            (16, &[102, 103, 100], &[]),
            (17, &[130, 131, 132, 133, 130], &[]),
            (18, &[100, 101, 102, 103, 100], &[("building", "no")]),
            (
                20,
                &[1, 2],
                &[("highway", "residential"), ("name", "Long Street")],
            ),
            (
                21,
                &[3, 4],
                &[("highway", "secondary"), ("surface", "asphalt")],
            ),
            (22, &[2, 1], &[("highway", "service")]),
            (23, &[7, 8], &[("highway", "track")]),
            (30, &[5, 6], &[("waterway", "river")]),
        ],
        "<relation id=\"40\"><member type=\"way\" ref=\"15\" role=\"outer\"/>\
         <member type=\"way\" ref=\"16\" role=\"outer\"/>\
         <member type=\"way\" ref=\"17\" role=\"inner\"/>\
         <tag k=\"type\" v=\"multipolygon\"/><tag k=\"building\" v=\"office\"/>\
         <tag k=\"building:levels\" v=\"3;4\"/></relation>",
    )
}

fn features(imported: &Imported, file: &str) -> Vec<Value> {
    let (_, bytes) = imported
        .files
        .iter()
        .find(|(name, _)| *name == file)
        .unwrap();
    let map: Value = serde_json::from_slice(bytes).unwrap();
    assert_eq!(map["attribution"], "© OpenStreetMap contributors, ODbL");
    map["features"].as_array().unwrap().clone()
}

fn by_id<'f>(features: &'f [Value], id: &str) -> &'f Value {
    let found = features
        .iter()
        .find(|feature| feature["properties"]["id"] == id);
    found.unwrap_or_else(|| panic!("{id} is not there"))
}

/// What the report says of an element.
fn told(imported: &Imported, what: &str, id: &str) -> bool {
    let (_, table) = imported
        .files
        .iter()
        .find(|f| f.0 == "import_report.csv")
        .unwrap();
    let table = String::from_utf8(table.clone()).unwrap();
    let start = format!("{what},{id},");
    table.lines().any(|line| line.starts_with(&start))
}

#[test]
fn buildings_come_with_what_their_tags_tell() {
    let imported = import(town().as_bytes(), &request()).unwrap();
    let buildings = features(&imported, "buildings.geojson");
    let ids: Vec<&str> = buildings
        .iter()
        .map(|f| f["properties"]["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["r40", "w10", "w11"]);
    let flats = &by_id(&buildings, "w10")["properties"];
    assert_eq!(flats["building"], "apartments");
    assert_eq!(
        (&flats["storeys"], &flats["construction_year"]),
        (&4.into(), &1965.into())
    );
    assert_eq!(flats["height_m"], 12);
    assert_eq!(by_id(&buildings, "w11")["properties"]["use"], "school");
    let office = by_id(&buildings, "r40");
    assert_eq!(office["properties"]["storeys"], 4);
    assert_eq!(
        office["geometry"]["coordinates"].as_array().unwrap().len(),
        2
    );
    for (what, id) in [
        ("building_unclosed", "w11"),
        ("building_twice", "w12"),
        ("building_twice", "w13"),
        ("building_crosses_itself", "w13"),
        ("building_incomplete", "w14"),
        ("not_a_building", "w18"),
        ("number_guessed", "w10"),
        ("number_guessed", "r40"),
        ("storeys_from_height", "w10"),
    ] {
        assert!(told(&imported, what, id), "{what} {id}");
    }
}

#[test]
fn streets_meet_where_they_cross_and_cost_more_across_water() {
    let imported = import(town().as_bytes(), &request()).unwrap();
    let streets = features(&imported, "streets.geojson");
    let ids: Vec<&str> = streets
        .iter()
        .map(|f| f["properties"]["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["w20", "w20-x1", "w20-x2", "w21", "w23"]);
    let bridge = &by_id(&streets, "w20-x1")["properties"];
    assert_eq!(
        (&bridge["cost_factor"], &bridge["crossing"]),
        (&3.into(), &"water".into())
    );
    let joint = &by_id(&streets, "w21")["geometry"]["coordinates"][1];
    let long = by_id(&streets, "w20")["geometry"]["coordinates"]
        .as_array()
        .unwrap();
    assert!(long.contains(joint));
    for (what, id) in [
        ("join_missing", "w20"),
        ("street_twice", "w22"),
        ("water_crossing", "w20"),
        ("disconnected", "w23"),
    ] {
        assert!(told(&imported, what, id), "{what} {id}");
    }
}

#[test]
fn buildings_over_the_edge_are_left_out_and_streets_cut() {
    let window = Some([LON - 1e-4, LAT - 6e-4, LON + 9e-4, LAT + 6e-4]);
    let imported = import(
        town().as_bytes(),
        &Request {
            window,
            ..request()
        },
    )
    .unwrap();
    assert_eq!(imported.buildings, 2);
    assert!(told(&imported, "building_cut", "w11"));
    assert!(told(&imported, "street_cut", "w20"));
    let elsewhere = Some([LAT, LON, LAT + 0.01, LON + 0.01]);
    let problems = import(
        town().as_bytes(),
        &Request {
            window: elsewhere,
            ..request()
        },
    );
    assert_eq!(problems.unwrap_err()[0].code, "HK1015");
}

#[test]
fn wrong_requests_are_told_all_at_once() {
    let wrong = Request {
        window: Some([27.0, 60.0, 26.0, 61.0]),
        data_centre: Some((260.0, 60.0)),
        it_load_mw: Some(-1.0),
        ..request()
    };
    let problems = import(town().as_bytes(), &wrong).unwrap_err();
    assert_eq!(problems.len(), 3);
    assert!(problems.iter().all(|problem| problem.code == "HK1004"));
}

#[test]
fn a_data_centre_far_from_the_map_is_told_at_once() {
    let at = |spot: (f64, f64)| {
        let request = Request {
            data_centre: Some(spot),
            it_load_mw: Some(5.0),
            ..request()
        };
        import(town().as_bytes(), &request)
    };
    assert!(at((LON, LAT)).is_ok());
    let swapped = at((LAT, LON)).unwrap_err();
    assert_eq!(swapped[0].code, "HK1004");
    assert!(swapped[0].allowed.as_ref().unwrap().contains("within 0.1°"));
}

fn varint(mut number: u64, out: &mut Vec<u8>) {
    while number > 0x7f {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn bytes(field: u64, content: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    varint(field << 3 | 2, &mut out);
    varint(content.len() as u64, &mut out);
    out.extend(content);
    out
}

fn steps(numbers: &[i64]) -> Vec<u8> {
    let (mut out, mut last) = (Vec::new(), 0);
    for number in numbers {
        let step = number - last;
        varint((step << 1 ^ (step >> 63)) as u64, &mut out);
        last = *number;
    }
    out
}

fn blob(kind: &str, content: &[u8]) -> Vec<u8> {
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(content, 6);
    let blob = bytes(3, &packed);
    let mut header = bytes(1, kind.as_bytes());
    varint(3 << 3, &mut header);
    varint(blob.len() as u64, &mut header);
    let mut out = (header.len() as u32).to_be_bytes().to_vec();
    out.extend(header);
    out.extend(blob);
    out
}

/// One house and one street as a binary file: dense nodes, two ways.
fn binary() -> Vec<u8> {
    let strings = ["", "building", "house", "highway", "residential"];
    let table: Vec<u8> = strings
        .iter()
        .flat_map(|s| bytes(1, s.as_bytes()))
        .collect();
    let ids: Vec<i64> = (1..=6).collect();
    let lon = [0, 2000, 2000, 0, -5000, 9000].map(|x| x + 269_500_000);
    let lat = [0, 0, 1000, 1000, -2000, -2000].map(|y| y + 605_300_000);
    let dense = [
        bytes(1, &steps(&ids)),
        bytes(8, &steps(&lat)),
        bytes(9, &steps(&lon)),
    ]
    .concat();
    let way = |id: u64, key: u64, value: u64, nodes: &[i64]| {
        let mut out = Vec::new();
        varint(1 << 3, &mut out);
        varint(id, &mut out);
        let (mut keys, mut values) = (Vec::new(), Vec::new());
        varint(key, &mut keys);
        varint(value, &mut values);
        [
            out,
            bytes(2, &keys),
            bytes(3, &values),
            bytes(8, &steps(nodes)),
        ]
        .concat()
    };
    let ways = [
        bytes(3, &way(7, 1, 2, &[1, 2, 3, 4, 1])),
        bytes(3, &way(8, 3, 4, &[5, 6])),
    ];
    let groups = [bytes(2, &bytes(2, &dense)), bytes(2, &ways.concat())].concat();
    let header = [bytes(4, b"OsmSchema-V0.6"), bytes(4, b"DenseNodes")].concat();
    let data = [bytes(1, &table), groups].concat();
    [blob("OSMHeader", &header), blob("OSMData", &data)].concat()
}

#[test]
fn binary_files_are_read() {
    let imported = import(&binary(), &request()).unwrap();
    assert_eq!((imported.buildings, imported.streets), (1, 1));
    let buildings = features(&imported, "buildings.geojson");
    let corner = &buildings[0]["geometry"]["coordinates"][0][2];
    assert_eq!(corner, &serde_json::json!([26.9502, 60.5301]));
}

#[test]
fn a_file_cut_short_is_told() {
    let whole = binary();
    for end in 5..whole.len() - 1 {
        let outcome = import(&whole[..end], &request());
        assert!(outcome.is_err(), "{end} of {} bytes", whole.len());
    }
}

#[test]
fn answers_of_overpass_are_read() {
    let json = r#"{"elements": [
        {"type": "node", "id": 1, "lon": 26.95, "lat": 60.53},
        {"type": "node", "id": 2, "lon": 26.9502, "lat": 60.53},
        {"type": "node", "id": 3, "lon": 26.9502, "lat": 60.5301},
        {"type": "way", "id": 7, "nodes": [1, 2, 3, 1], "tags": {"building": "house"}}]}"#;
    let imported = import(json.as_bytes(), &request()).unwrap();
    assert_eq!((imported.buildings, imported.streets), (1, 0));
}

proptest! {
    #[test]
    fn spoilt_files_never_panic(
        spots in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        is_binary in any::<bool>(),
    ) {
        let mut bytes = if is_binary { binary() } else { town().into_bytes() };
        for (spot, value) in spots {
            let at = spot.index(bytes.len());
            bytes[at] = value;
        }
        if let Err(problems) = import(&bytes, &request()) {
            prop_assert!(!problems.is_empty());
        }
    }

    /// Spoilt before packing, so that the damage reaches the messages inside.
    #[test]
    fn spoilt_blocks_never_panic(content in prop::collection::vec(any::<u8>(), 0..200)) {
        let header = blob("OSMHeader", &bytes(4, b"DenseNodes"));
        let file = [header, blob("OSMData", &content)].concat();
        prop_assert!(import(&file, &request()).is_err());
    }
}
