//! Maps of OpenStreetMap through the command.

use crate::support::{hukka, text};
use std::fs;

const MAP: &str = r#"<osm version="0.6">
<node id="1" lon="26.9500" lat="60.5300"/><node id="2" lon="26.9502" lat="60.5300"/>
<node id="3" lon="26.9502" lat="60.5301"/><node id="4" lon="26.9500" lat="60.5301"/>
<node id="5" lon="26.9490" lat="60.5298"/><node id="6" lon="26.9600" lat="60.5298"/>
<way id="7"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="4"/><nd ref="1"/>
<tag k="building" v="apartments"/><tag k="building:levels" v="4"/></way>
<way id="8"><nd ref="5"/><nd ref="6"/><tag k="highway" v="residential"/></way></osm>"#;

#[test]
fn a_map_becomes_a_study_that_is_checked() {
    let home = tempfile::tempdir().unwrap();
    let path = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    fs::write(path("town.osm"), MAP).unwrap();
    let (map, out) = (path("town.osm"), path("study"));
    let place = ["--data-centre", "26.955,60.531", "--it-load-mw", "1"];
    let arguments = [&["import", "osm", &map, "--out", &out], &place[..]].concat();
    let made = hukka(&arguments);
    assert_eq!(made.status.code(), Some(0), "{}", text(&made.stderr));
    assert!(text(&made.stdout).contains("1 buildings, 1 streets"));
    let checked = hukka(&["check", &out]);
    assert_eq!(checked.status.code(), Some(0), "{}", text(&checked.stderr));
    assert_eq!(hukka(&arguments).status.code(), Some(5));
    let forced = hukka(&[&arguments[..], &["--force"]].concat());
    assert_eq!(forced.status.code(), Some(0));
    fs::write(path("study/notes.txt"), "mine").unwrap();
    let kept = hukka(&[&arguments[..], &["--force"]].concat());
    assert_ne!(kept.status.code(), Some(0));
    assert!(fs::exists(path("study/notes.txt")).unwrap());
}

#[test]
fn maps_that_cannot_be_used_write_nothing() {
    let home = tempfile::tempdir().unwrap();
    let path = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    fs::write(path("town.osm"), MAP).unwrap();
    fs::write(path("half.osm"), &MAP[..300]).unwrap();
    fs::write(path("noise.osm.pbf"), [0_u8, 159, 146, 150]).unwrap();
    let out = path("study");
    for (file, more, code, word) in [
        ("half.osm", "26,60,27,61", 3, "HK1001"),
        ("noise.osm.pbf", "26,60,27,61", 3, "HK1002"),
        ("none.osm", "26,60,27,61", 3, "HK1001"),
        ("town.osm", "60,26,61,27", 3, "HK1015"),
        ("town.osm", "27,60,26,61", 3, "HK1004"),
        ("town.osm", "27,60,26", 2, "west,south,east,north"),
    ] {
        let ended = hukka(&["import", "osm", &path(file), "--bbox", more, "--out", &out]);
        assert_eq!(ended.status.code(), Some(code), "{file} {more}");
        assert!(
            text(&ended.stderr).contains(word),
            "{}",
            text(&ended.stderr)
        );
    }
    assert!(!fs::exists(&out).unwrap());
}
