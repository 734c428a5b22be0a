//! Slips that used to pass in silence, or to be explained badly.

use crate::folder::{
    Folder, LUMPED, MAPPED, collection, errors_of, house, lumped_error, only, street,
};
use hukka_model::{Diagnostic, Severity};
use hukka_study::{Loaded, load};

fn lumped(from: &str, to: &str) -> Loaded {
    assert!(LUMPED.contains(from));
    Folder::new(&LUMPED.replace(from, to)).load(&[])
}

fn with_code<'d>(loaded: &'d Loaded, code: &str) -> Vec<&'d Diagnostic> {
    let found = loaded.diagnostics.iter();
    found.filter(|found| found.code == code).collect()
}

/// Hours of 2023 in local time without offset.
fn local_hours(header: &str, values: &str) -> String {
    let mut text = format!("{header}\n");
    for day in 0..365 {
        let date = jiff_date(day);
        for hour in 0..24 {
            text.push_str(&format!("{date} {hour:02}:00,{values}\n"));
        }
    }
    text
}

fn jiff_date(day: i64) -> String {
    let date = jiff::civil::date(2023, 1, 1) + jiff::SignedDuration::from_hours(24 * day);
    date.to_string()
}

#[test]
fn every_year_of_fill_is_reached() {
    let fill = "it_load_mw = 10\nfill = [0.2, 0.4, 0.6, 0.8, 1.0]\n[money]\nhorizon_a = 4";
    let error = lumped_error("it_load_mw = 10", fill);
    assert_eq!(
        (error.code.as_str(), error.seen.as_deref()),
        ("HK0107", Some("5 years"))
    );
    assert_eq!(error.subject.as_deref(), Some("data_centre.summa.fill"));
    let help = error.help.expect("a way out");
    assert!(help.contains("shorten") && help.contains("horizon_a = 5"));
    let enough = fill.replace("horizon_a = 4", "horizon_a = 5");
    assert!(lumped("it_load_mw = 10", &enough).is_sound());
}

#[test]
fn a_data_centre_that_never_fills_is_an_error() {
    let error = lumped_error("it_load_mw = 10", "it_load_mw = 10\nfill = [0, 0.0]");
    assert_eq!(error.message, "the data centre never fills");
    let error = lumped_error("it_load_mw = 10", "it_load_mw = 10\nfill = [1, 0]");
    assert_eq!(error.message, "the data centre stays empty");
}

#[test]
fn curves_the_wrong_way_round_are_asked_about() {
    let error = lumped_error(
        "at_minus_26_c = 95, at_plus_8_c = 70",
        "at_minus_26_c = 70, at_plus_8_c = 95",
    );
    assert_eq!(
        (error.code.as_str(), error.help.as_deref()),
        ("HK0121", Some("are the two values swapped?"))
    );
    let back = "[network]\nreturn_temperature = { at_minus_26_c = 40, at_plus_8_c = 50 }";
    let loaded = lumped("[network]", back);
    assert!(loaded.is_sound());
    let found = with_code(&loaded, "HK0121");
    assert_eq!((found.len(), found[0].severity), (1, Severity::Warning));
}

#[test]
fn a_place_outside_its_time_zone_or_country_is_asked_about() {
    for (from, to) in [
        ("Europe/Helsinki", "America/New_York"),
        (
            "latitude = 60.57\nlongitude = 27.20",
            "latitude = 27.20\nlongitude = 60.57",
        ),
        ("longitude = 27.20", "longitude = -27.20\ncountry = \"FI\""),
    ] {
        let loaded = lumped(from, to);
        assert!(loaded.is_sound());
        let found = with_code(&loaded, "HK0123");
        assert_eq!((found.len(), found[0].severity), (1, Severity::Warning));
        assert!(
            found[0]
                .help
                .as_ref()
                .is_some_and(|h| h.contains("swapped"))
        );
    }
    for (longitude, zone) in [("178", "Pacific/Auckland"), ("-178", "Pacific/Auckland")] {
        let text = LUMPED.replace("Europe/Helsinki", zone);
        let text = text.replace("longitude = 27.20", &format!("longitude = {longitude}"));
        let loaded = Folder::new(&text).load(&[]);
        assert!(with_code(&loaded, "HK0123").is_empty(), "{longitude}");
    }
}

#[test]
fn what_a_variant_adds_is_said() {
    let added = |id: &str| {
        let patch = format!("[[data_centre]]\nid = \"{id}\"\nit_load_mw = 1\n");
        let loaded = Folder::new(LUMPED)
            .with("variants/v.toml", &patch)
            .load(&[("variant", "v")]);
        assert!(loaded.is_sound());
        let found = with_code(&loaded, "HK0114");
        found.into_iter().cloned().collect::<Vec<_>>()
    };
    let slip = &added("sumna")[0];
    assert_eq!(slip.severity, Severity::Warning);
    assert_eq!(slip.message, "the variant adds data_centre `sumna`");
    assert_eq!(slip.help.as_deref(), Some("did you mean `summa`?"));
    assert_eq!(
        slip.place
            .as_ref()
            .map(|place| (place.file.as_str(), place.line)),
        Some(("variants/v.toml", Some(2)))
    );
    for id in ["south", "summa2"] {
        assert_eq!(added(id)[0].severity, Severity::Note, "{id}");
    }
    assert!(added("summa").is_empty());
}

#[test]
fn machines_share_no_id() {
    let pump = "[[heat_pump]]\nid = \"x\"\n[[boiler]]\nid = \"y\"\nfuel = \"gas\"\n";
    let error = lumped_error(
        "[network]",
        &format!("{pump}[[store]]\nid = \"x\"\n[network]"),
    );
    assert_eq!(error.code, "HK0109");
    assert_eq!(
        error.message,
        "a heat pump and a store have the same id `x`"
    );
    // The machines hukka adds itself step aside.
    let study = Folder::new(&LUMPED.replace(
        "[network]",
        "[[boiler]]\nid = \"tank\"\nfuel = \"gas\"\n[[boiler]]\nid = \"heat-pump-summa\"\nfuel = \"oil\"\n[network]",
    ))
    .study(&[]);
    assert_eq!(study.stores[0].id, "tank-");
    assert_eq!(study.heat_pumps[0].id, "heat-pump-summa-");
}

#[test]
fn customers_share_no_id() {
    let lump = "[[lumped_demand]]\nid = \"a\"\nannual_mwh = 9\nposition = [26.951, 60.531]\n";
    let text = MAPPED.replace("[network]", &format!("{lump}[network]"));
    let error = only(Folder::mapped().with("study.toml", &text).errors(&[]));
    assert_eq!(error.code, "HK0109");
    assert_eq!(
        error.message,
        "a building and a lumped demand have the same id `a`"
    );
}

#[test]
fn ids_and_names_on_maps_can_be_shown() {
    let long = "x".repeat(101);
    for id in ["", "  ", "a\\u0007b", long.as_str()] {
        let text = collection(&[house("b", 26.951, 60.531), house(id, 26.952, 60.531)]);
        let error = only(
            Folder::mapped()
                .with("buildings.geojson", &text)
                .errors(&[]),
        );
        assert_eq!(
            (error.code.as_str(), error.message.as_str()),
            ("HK0309", "the id cannot be used"),
            "{id:?}"
        );
        assert_eq!(error.subject.as_deref(), Some("feature 2"));
    }
    let street = collection(&[street("s\\u0000", 26.95, 60.53, 26.958, 60.538)]);
    let error = only(
        Folder::mapped()
            .with("streets.geojson", &street)
            .errors(&[]),
    );
    assert_eq!(error.code, "HK0309");
    let fine = "ä".repeat(100);
    let text = collection(&[house(&fine, 26.951, 60.531)]);
    assert!(
        Folder::mapped()
            .with("buildings.geojson", &text)
            .load(&[])
            .is_sound()
    );
}

#[test]
fn control_characters_are_refused_in_texts() {
    for key in ["name = \"Ham\\u0007ina\"", "name = \"Ham\\nina\""] {
        let error = lumped_error("name = \"Hamina\"", key);
        assert_eq!(error.message, "`name` holds a control character");
    }
    let described = "name = \"Hamina\"\ndescription = \"one\\ntwo\"";
    assert!(lumped("name = \"Hamina\"", described).is_sound());
    let error = lumped_error("name = \"Hamina\"", &described.replace("\\n", "\\u001b"));
    assert_eq!(error.seen.as_deref(), Some("U+001B"));
}

#[test]
fn a_property_nearly_right_is_asked_about_once() {
    let slip = |id: &str, lon: f64| {
        house(id, lon, 60.531).replace("\"id\"", "\"anual_mwh\": 20, \"user\": \"x\", \"id\"")
    };
    let text = collection(&[slip("a", 26.951), slip("b", 26.952), slip("c", 26.953)]);
    let loaded = Folder::mapped().with("buildings.geojson", &text).load(&[]);
    assert!(loaded.is_sound());
    let found = with_code(&loaded, "HK0309");
    assert_eq!((found.len(), found[0].severity), (1, Severity::Warning));
    assert_eq!(found[0].help.as_deref(), Some("did you mean `annual_mwh`?"));
    assert_eq!(found[0].seen.as_deref(), Some("in 3 of the features"));
}

#[test]
fn a_series_names_its_own_keys() {
    let prices = |keys: &str| {
        let table =
            format!("[time]\nyear = 2023\n[prices]\nelectricity = \"p.csv\"\n{keys}[network]");
        Folder::new(&LUMPED.replace("[network]", &table))
    };
    let folder = prices("").with("p.csv", &local_hours("time,price", "40"));
    let error = only(folder.errors(&[]));
    assert_eq!(
        (error.code.as_str(), error.subject.as_deref()),
        ("HK0212", Some("prices.electricity_time_zone"))
    );
    assert!(
        error
            .help
            .is_some_and(|h| h.contains("`prices.electricity_time_zone`"))
    );
    let folder = prices("electricity_time_zone = \"UTC\"\n")
        .with("p.csv", &local_hours("time,north,south", "40,41"));
    let error = only(folder.errors(&[]));
    assert_eq!(
        (error.code.as_str(), error.subject.as_deref()),
        ("HK0204", Some("prices.electricity_column"))
    );
    let help = error.help.expect("help");
    assert!(help.contains("`prices.electricity_column`"), "{help}");
    assert_eq!(error.seen.as_deref(), Some("`north`, `south`"));
}

#[test]
fn a_misspelt_key_of_a_series_has_no_echo() {
    for (table, keys) in [
        (
            "prices",
            "electricity = \"s.csv\"\nelectricity_timezone = \"UTC\"\n",
        ),
        (
            "prices",
            "electricity = \"s.csv\"\nelectricity_time_zone = \"Europe/Helsinky\"\n",
        ),
        (
            "weather",
            "file = \"s.csv\"\ntimezone = \"Europe/Helsinki\"\n",
        ),
    ] {
        let text = LUMPED.replace("[network]", &format!("[{table}]\n{keys}[network]"));
        let folder = Folder::new(&text).with("s.csv", &local_hours("time,x", "4"));
        let error = only(folder.errors(&[]));
        assert!(
            ["HK0102", "HK0105"].contains(&error.code.as_str()),
            "{keys}"
        );
    }
    let text = LUMPED.replace(
        "[network]",
        "[time]\nyear = 2023\n[prices]\nelectricity = \"s.csv\"\nelectricity_time_zone = \"UTC\"\nelectricity_colum = \"b\"\n[network]",
    );
    let folder = Folder::new(&text).with("s.csv", &local_hours("time,a,b", "4,5"));
    assert_eq!(only(folder.errors(&[])).code, "HK0102");
}

#[cfg(unix)]
#[test]
fn a_link_to_nowhere_is_called_so() {
    let folder = Folder::new(LUMPED);
    std::os::unix::fs::symlink("gone.csv", folder.path().join("weather.csv")).expect("a link");
    let error = only(folder.errors(&[("weather.file", "weather.csv")]));
    assert_eq!(error.code, "HK0901");
    assert_eq!(error.message, "`weather.csv` is a link to nowhere");
    assert!(error.seen.is_some_and(|seen| seen.contains("gone.csv")));
    let error = only(folder.errors(&[("weather.file", "wether.csv")]));
    assert!(!error.help.is_some_and(|help| help.contains("weather.csv")));
}

#[test]
fn a_file_that_is_no_study_says_what_a_study_is() {
    let folder = Folder::new(LUMPED)
        .with("README.md", "# x")
        .with("variants/v.toml", "name = \"x\"\n");
    for name in ["README.md", "variants/v.toml"] {
        let loaded = load(&folder.path().join(name), &[]);
        let error = only(loaded.diagnostics);
        assert_eq!(error.code, "HK0908");
        assert!(
            error
                .allowed
                .is_some_and(|text| text.contains("a folder with a `study.toml`"))
        );
    }
    assert!(load(&folder.path().join("study.toml"), &[]).is_sound());
    if cfg!(unix) {
        let loaded = load(std::path::Path::new("/dev/null"), &[]);
        assert_eq!(only(loaded.diagnostics).code, "HK0908");
    }
}

#[test]
fn only_a_plausible_share_is_taken_for_per_cent() {
    let error = lumped_error("it_load_mw = 10", "it_load_mw = 10\nutilisation = 1.5");
    assert_eq!((error.code.as_str(), error.help), ("HK0107", None));
    assert!(error.allowed.is_some_and(|allowed| allowed.contains("0–1")));
    let boiler = "[[boiler]]\nid = \"b\"\nfuel = \"gas\"\nefficiency = 120\n[network]";
    let help = lumped_error("[network]", boiler).help.expect("help");
    assert!(
        help.contains("not per cent") && help.contains("1.2"),
        "{help}"
    );
    let error = lumped_error("[network]", &boiler.replace("120", "90"));
    assert!(
        error
            .help
            .is_some_and(|help| help.ends_with("did you mean 0.9?"))
    );
}

#[test]
fn thousands_of_unknown_keys_are_counted() {
    let mut keys = String::new();
    for n in 0..3000 {
        keys.push_str(&format!("\nunheard_{n} = 1"));
    }
    let errors = errors_of(LUMPED, "it_load_mw = 10", &format!("it_load_mw = 10{keys}"));
    assert_eq!(errors.len(), 21);
    assert_eq!(errors[20].message, "and 2980 more unknown keys and tables");
}

#[test]
fn a_nul_byte_is_called_by_its_name() {
    let folder = Folder::new(LUMPED).with("study.toml", &format!("{LUMPED}\0"));
    let error = only(folder.errors(&[]));
    assert_eq!(error.code, "HK0907");
    assert_eq!(error.message, "`study.toml` holds a NUL byte");
    assert!(error.seen.is_some_and(|seen| seen.contains("line 19")));
}

#[test]
fn a_store_of_nothing_is_registered_as_none() {
    let text = LUMPED.replace(
        "[network]",
        "[[store]]\nid = \"tank\"\ncapacity_mwh = 0\n[network]",
    );
    let study = Folder::new(&text).study(&[]);
    let line = study
        .assumptions
        .iter()
        .find(|line| line.key == "store.tank")
        .expect("listed");
    assert_eq!(
        (line.value.as_str(), line.source.as_str()),
        ("no store", "study.toml:19")
    );
}

#[test]
fn somebody_connects() {
    let error = lumped_error("[network]", "[design]\nconnection_share = 0\n[network]");
    assert_eq!(error.code, "HK0107");
    assert_eq!(error.allowed.as_deref(), Some("allowed: above 0, up to 1"));
}
