//! A study folder made for one test.

use hukka_model::{Diagnostic, Study};
use hukka_study::{Loaded, load, render};
use std::path::PathBuf;

/// The 20-line study without a map.
pub(crate) const LUMPED: &str = r#"schema = "hukka-study/1"
name = "Hamina"

[place]
latitude = 60.57
longitude = 27.20
time_zone = "Europe/Helsinki"

[[lumped_demand]]
id = "town"
annual_mwh = 27000

[[data_centre]]
id = "summa"
it_load_mw = 10

[network]
supply_temperature = { at_minus_26_c = 95, at_plus_8_c = 70 }
"#;

/// The smallest study with a map.
pub(crate) const MAPPED: &str = r#"#:schema ./hukka-study.schema.json
schema = "hukka-study/1"
name   = "Kotka, Karhula: 10 MW data centre"

[place]
latitude = 60.53
longitude = 26.95
time_zone = "Europe/Helsinki"
buildings = "buildings.geojson"
streets   = "streets.geojson"

[weather]
climate = "southern-finland"

[prices]
profile = "nordic-2023"
carbon_eur_per_t = 85

[[data_centre]]
id = "north"
position = [26.958, 60.538]
it_load_mw = 10
utilisation = 0.62
cooling = "crah_chilled_water"
capture = "return_air"

[network]
supply_temperature = { at_minus_26_c = 95, at_plus_8_c = 70 }
"#;

/// A folder of its own, gone at the end of the test.
pub(crate) struct Folder {
    inside: tempfile::TempDir,
}

impl Folder {
    /// A folder with a study file.
    pub(crate) fn new(study: &str) -> Self {
        let folder = Self {
            inside: tempfile::tempdir().expect("a temporary folder"),
        };
        folder.with("study.toml", study)
    }

    /// The mapped study with two houses, a school and a street.
    pub(crate) fn mapped() -> Self {
        Self::new(MAPPED)
            .with(
                "buildings.geojson",
                &collection(&[
                    house("a", 26.951, 60.531),
                    house("b", 26.952, 60.532),
                    square(
                        "c",
                        26.953,
                        60.533,
                        40.0,
                        r#""building": "school", "building:levels": "3""#,
                    ),
                ]),
            )
            .with(
                "streets.geojson",
                &collection(&[street("s1", 26.95, 60.53, 26.958, 60.538)]),
            )
    }

    pub(crate) fn with(self, name: &str, text: &str) -> Self {
        self.with_bytes(name, text.as_bytes())
    }

    pub(crate) fn with_bytes(self, name: &str, bytes: &[u8]) -> Self {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, bytes).expect("a written file");
        self
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.inside.path().to_owned()
    }

    pub(crate) fn load(&self, overrides: &[(&str, &str)]) -> Loaded {
        let pairs: Vec<(String, String)> = overrides
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect();
        load(&self.path(), &pairs)
    }

    /// The study, which must be sound.
    pub(crate) fn study(&self, overrides: &[(&str, &str)]) -> Study {
        let loaded = self.load(overrides);
        let text = render(&loaded.diagnostics, false);
        loaded
            .study
            .unwrap_or_else(|| panic!("the study is sound\n{text}"))
    }

    /// The diagnostics of a study that must not be sound.
    pub(crate) fn errors(&self, overrides: &[(&str, &str)]) -> Vec<Diagnostic> {
        let loaded = self.load(overrides);
        assert!(loaded.study.is_none(), "the study has an error");
        loaded.diagnostics
    }
}

/// Diagnostics of a changed text.
pub(crate) fn errors_of(base: &str, from: &str, to: &str) -> Vec<Diagnostic> {
    assert!(base.contains(from), "the text has `{from}`");
    Folder::new(&base.replace(from, to)).errors(&[])
}

/// The only error of a changed lumped study.
pub(crate) fn lumped_error(from: &str, to: &str) -> Diagnostic {
    only(errors_of(LUMPED, from, to))
}

/// The only error in a list.
pub(crate) fn only(diagnostics: Vec<Diagnostic>) -> Diagnostic {
    let text = render(&diagnostics, false);
    let mut errors: Vec<Diagnostic> = diagnostics
        .into_iter()
        .filter(Diagnostic::is_error)
        .collect();
    assert_eq!(errors.len(), 1, "one error\n{text}");
    errors.remove(0)
}

pub(crate) fn collection(features: &[String]) -> String {
    format!(
        "{{\"type\": \"FeatureCollection\", \"features\": [\n{}\n]}}\n",
        features.join(",\n")
    )
}

/// A house of 12 m by 12 m.
pub(crate) fn house(id: &str, longitude: f64, latitude: f64) -> String {
    square(id, longitude, latitude, 12.0, r#""building": "detached""#)
}

pub(crate) fn square(id: &str, lon: f64, lat: f64, side_m: f64, properties: &str) -> String {
    let (east, north) = (lon + side_m / 54_700.0, lat + side_m / 111_195.0);
    let comma = if properties.is_empty() { "" } else { ", " };
    feature(
        &format!("\"id\": \"{id}\"{comma}{properties}"),
        "Polygon",
        &format!("[[[{lon},{lat}],[{east},{lat}],[{east},{north}],[{lon},{north}],[{lon},{lat}]]]"),
    )
}

pub(crate) fn street(id: &str, lon: f64, lat: f64, lon2: f64, lat2: f64) -> String {
    feature(
        &format!("\"id\": \"{id}\", \"highway\": \"residential\""),
        "LineString",
        &format!("[[{lon},{lat}],[{lon2},{lat2}]]"),
    )
}

pub(crate) fn feature(properties: &str, kind: &str, coordinates: &str) -> String {
    format!(
        "{{\"type\": \"Feature\", \"properties\": {{{properties}}}, \
         \"geometry\": {{\"type\": \"{kind}\", \"coordinates\": {coordinates}}}}}"
    )
}
