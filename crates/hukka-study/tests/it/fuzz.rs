//! Whatever is written, loading ends with a study or with diagnostics, never with a panic.

use crate::folder::{Folder, LUMPED, MAPPED, collection, house, street};
use hukka_study::render;
use proptest::prelude::*;

/// Bits of text that tend to break readers.
const SCRAPS: [&str; 20] = [
    "",
    "\"",
    "'",
    "=",
    "[",
    "]",
    "[[",
    "}",
    "{",
    "\n",
    "\r\n",
    "nan",
    "-1e308",
    "1979-05-27",
    "ö",
    "\u{0}",
    "[[data_centre]]\n",
    "data_centre = []\n",
    ".",
    "999999999999999999999",
];

fn broken(base: &'static str) -> impl Strategy<Value = String> {
    let cut = (0..base.len(), 0..24_usize, 0..SCRAPS.len());
    prop::collection::vec(cut, 1..4).prop_map(move |cuts| {
        let mut text = base.to_owned();
        for (at, length, scrap) in cuts {
            let start = floor(&text, at.min(text.len()));
            let end = floor(&text, (start + length).min(text.len()));
            text.replace_range(start..end.max(start), SCRAPS[scrap]);
        }
        text
    })
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn broken_study_files_never_panic(text in prop_oneof![broken(LUMPED), broken(MAPPED)]) {
        let loaded = Folder::mapped().with("study.toml", &text).load(&[]);
        let has_error = loaded.diagnostics.iter().any(hukka_model::Diagnostic::is_error);
        prop_assert_eq!(loaded.study.is_none(), has_error);
        let lines = render(&loaded.diagnostics, true).lines().count();
        prop_assert!(lines >= loaded.diagnostics.len());
    }

    #[test]
    fn broken_maps_never_panic(at in 0..900_usize, length in 0..40_usize, scrap in 0..SCRAPS.len()) {
        let mut text = collection(&[house("a", 26.951, 60.531), house("b", 26.952, 60.531)]);
        let start = at.min(text.len());
        let end = (start + length).min(text.len());
        text.replace_range(start..end, SCRAPS[scrap]);
        let loaded = Folder::mapped().with("buildings.geojson", &text).load(&[]);
        let has_error = loaded.diagnostics.iter().any(hukka_model::Diagnostic::is_error);
        prop_assert_eq!(loaded.study.is_none(), has_error);
    }

    #[test]
    fn any_override_never_panics(key in "[a-z_.\"0-9]{0,30}", value in "\\PC{0,20}") {
        let loaded = Folder::new(LUMPED).load(&[(key.as_str(), value.as_str())]);
        prop_assert!(loaded.study.is_some() || !loaded.diagnostics.is_empty());
    }
}

#[test]
fn a_large_map_is_read_quickly() {
    let houses: Vec<String> = (0..20_000_u32)
        .map(|n| {
            let (row, column) = (f64::from(n.div_euclid(200)), f64::from(n.rem_euclid(200)));
            house(
                &format!("h{n}"),
                26.90 + column * 0.0005,
                60.50 + row * 0.0003,
            )
        })
        .collect();
    let folder = Folder::mapped()
        .with("buildings.geojson", &collection(&houses))
        .with(
            "streets.geojson",
            &collection(&[street("s", 26.95, 60.53, 26.96, 60.54)]),
        );
    let study = folder.study(&[]);
    assert_eq!(study.buildings.len(), 20_000);
}
