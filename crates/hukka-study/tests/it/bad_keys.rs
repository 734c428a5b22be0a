//! Wrong keys and values: each with its code, its place and a way out.

use crate::folder::{Folder, LUMPED, MAPPED, errors_of, lumped_error, only};
use hukka_study::render;

#[test]
fn an_unknown_key_is_explained_where_it_stands() {
    let error = lumped_error("it_load_mw = 10", "it_load_mw = 10\nutilisaton = 0.5");
    assert_eq!(error.code, "HK0102");
    assert_eq!(error.help.as_deref(), Some("did you mean `utilisation`?"));
    assert_eq!(
        error.subject.as_deref(),
        Some("data_centre.summa.utilisaton")
    );
    let place = error.place.expect("a place");
    assert_eq!(
        (place.line, place.column, place.end_column),
        (Some(16), Some(1), Some(11))
    );
    assert_eq!(place.text.as_deref(), Some("utilisaton = 0.5"));
}

#[test]
fn a_key_in_the_wrong_table_is_sent_home() {
    let error = lumped_error("[network]\n", "[network]\nhorizon_a = 20\n");
    assert_eq!(
        error.help.as_deref(),
        Some("`horizon_a` belongs in [money]")
    );
    let error = lumped_error("[network]\n", "[network]\ndescription = \"x\"\n");
    assert!(
        error
            .help
            .is_some_and(|help| help.contains("top of the file"))
    );
}

#[test]
fn an_unknown_table_is_explained() {
    let error = lumped_error("[network]", "[weathr]\nclimate = \"odense\"\n\n[network]");
    assert_eq!(
        (error.code.as_str(), error.help.as_deref()),
        ("HK0102", Some("did you mean `weather`?"))
    );
}

#[test]
fn a_wrong_unit_is_converted() {
    let error = lumped_error("it_load_mw = 10", "it_load_kw = 10000");
    assert_eq!(error.code, "HK0108");
    assert_eq!(error.help.as_deref(), Some("write `it_load_mw = 10`"));
    let error = lumped_error(
        "supply_temperature = { at_minus_26_c = 95, at_plus_8_c = 70 }",
        "supply_temperature_k = 353.15",
    );
    assert_eq!(
        error.help.as_deref(),
        Some("write `supply_temperature_c = 80`")
    );
    let error = lumped_error("annual_mwh = 27000", "annual_gwh = 27");
    assert_eq!(error.help.as_deref(), Some("write `annual_mwh = 27000`"));
}

#[test]
fn a_wrong_type_says_what_was_seen_and_expected() {
    let error = lumped_error("it_load_mw = 10", "it_load_mw = \"10 MW\"");
    assert_eq!(error.code, "HK0103");
    assert_eq!(error.seen.as_deref(), Some("\"10 MW\" is text"));
    assert_eq!(error.help.as_deref(), Some("write 10 without quotes"));
    assert_eq!(
        lumped_error("[[data_centre]]", "[data_centre]").code,
        "HK0103"
    );
}

#[test]
fn values_out_of_range_come_with_the_plausible_slip() {
    let cases = [
        (
            "it_load_mw = 10",
            "it_load_mw = 10000",
            "is this in kW? 10,000 kW is 10 MW",
        ),
        ("it_load_mw = 10", "it_load_mw = -10", "did you mean 10?"),
        (
            "it_load_mw = 10",
            "it_load_mw = 10\nutilisation = 62",
            "a share, not per cent: did you mean 0.62?",
        ),
        (
            "it_load_mw = 10",
            "it_load_mw = 10\nsource_temperature_c = 303.15",
            "is this in kelvin? 303.15 K is 30 °C",
        ),
        (
            "at_minus_26_c = 95",
            "at_minus_26_c = 950",
            "did you mean 95?",
        ),
        (
            "latitude = 60.57",
            "latitude = 127.2",
            "are latitude and longitude swapped?",
        ),
        (
            "[network]",
            "[money]\ndiscount_rate = 5\n[network]",
            "a share, not per cent: did you mean 0.05?",
        ),
    ];
    for (from, to, help) in cases {
        let error = lumped_error(from, to);
        assert_eq!(
            (error.code.as_str(), error.help.as_deref()),
            ("HK0107", Some(help)),
            "{to}"
        );
    }
}

#[test]
fn the_temperature_error_looks_as_promised() {
    let errors = errors_of(LUMPED, "at_minus_26_c = 95", "at_minus_26_c = 950");
    let text = render(&errors, false);
    let expected = "\
error[HK0107]: temperature out of range
   ┌─ study.toml:18:40
18 │ supply_temperature = { at_minus_26_c = 950, at_plus_8_c = 70 }
   │                                        ^^^ 950 °C; a hot-water network allows 40–160 °C
   = help: did you mean 95?
";
    assert!(text.starts_with(expected), "{text}");
}

#[test]
fn a_source_without_load_is_an_error() {
    let error = lumped_error("it_load_mw = 10", "it_load_mw = 0");
    assert_eq!(error.code, "HK0107");
    assert_eq!(
        error.help.as_deref(),
        Some("a data centre without load gives no heat")
    );
}

#[test]
fn numbers_that_are_none_are_refused() {
    for value in ["nan", "inf", "-inf", "1e999"] {
        let error = lumped_error("it_load_mw = 10", &format!("it_load_mw = {value}"));
        assert_eq!(error.code, "HK0106", "{value}");
    }
}

#[test]
fn missing_keys_name_their_table() {
    let error = lumped_error("it_load_mw = 10\n", "");
    assert_eq!(error.code, "HK0104");
    assert_eq!(
        error.help.as_deref(),
        Some("add `it_load_mw = 10` to [[data_centre]]")
    );
    assert_eq!(error.place.and_then(|place| place.line), Some(13));
    let error = lumped_error("schema = \"hukka-study/1\"\n", "");
    assert_eq!(
        error.help.as_deref(),
        Some("add `schema = \"hukka-study/1\"` to the top of the file")
    );
    let errors = errors_of(
        LUMPED,
        "[place]\nlatitude = 60.57\nlongitude = 27.20\ntime_zone = \"Europe/Helsinki\"\n",
        "",
    );
    assert_eq!(
        errors.iter().filter(|error| error.code == "HK0104").count(),
        3
    );
}

#[test]
fn another_format_is_named() {
    assert_eq!(
        lumped_error("hukka-study/1", "hukka-study/7").code,
        "HK0119"
    );
}

#[test]
fn ids_are_unique_and_refer_to_something() {
    let error = lumped_error(
        "[network]",
        "[[data_centre]]\nid = \"summa\"\nit_load_mw = 1\n[network]",
    );
    assert_eq!(
        (error.code.as_str(), error.help.as_deref()),
        ("HK0109", Some("it is first used in line 14"))
    );
    let error = lumped_error(
        "[network]",
        "[[heat_pump]]\nid = \"hp\"\ndata_centre = \"suma\"\n[network]",
    );
    assert_eq!(
        (error.code.as_str(), error.help.as_deref()),
        ("HK0110", Some("did you mean \"summa\"?"))
    );
}

#[test]
fn the_return_stays_below_the_supply_in_all_weather() {
    let error = lumped_error("[network]", "[network]\nreturn_temperature_c = 72");
    assert_eq!(error.code, "HK0115");
    assert_eq!(
        error.seen.as_deref(),
        Some("supply 70 °C, return 72 °C at 8 °C outdoors")
    );
    let curve = "[network]\nreturn_temperature = { at_minus_26_c = 30, at_plus_20_c = 68 }";
    assert_eq!(lumped_error("[network]", curve).code, "HK0115");
}

#[test]
fn curves_have_two_points() {
    let error = lumped_error(", at_plus_8_c = 70", "");
    assert_eq!(error.code, "HK0121");
    assert!(
        error
            .help
            .is_some_and(|help| help.contains("supply_temperature_c = 95"))
    );
    assert_eq!(lumped_error("at_plus_8_c", "at_warm").code, "HK0121");
}

#[test]
fn keys_that_exclude_each_other_are_named() {
    let error = lumped_error("[network]", "[network]\nsupply_temperature_c = 80");
    assert_eq!(error.code, "HK0111");
}

#[test]
fn a_key_without_its_companion_is_only_a_warning() {
    let loaded =
        Folder::new(&LUMPED.replace("[network]", "[weather]\ncolumn = \"t\"\n[network]")).load(&[]);
    assert!(loaded.is_sound());
    assert_eq!(loaded.diagnostics[0].code, "HK0112");
}

#[test]
fn pipe_sizes_are_those_of_the_catalogue() {
    let pipe = "[[existing_pipe]]\nid = \"p\"\npath = [[26.95, 60.53], [26.96, 60.53]]\ndn = 110\n[network]";
    let folder = Folder::mapped().with("study.toml", &MAPPED.replace("[network]", pipe));
    let error = only(folder.errors(&[]));
    assert_eq!(error.code, "HK0120");
    assert_eq!(
        error.help.as_deref(),
        Some("the nearest sizes are DN100 and DN125")
    );
}

#[test]
fn a_position_far_from_the_place_is_a_mistake() {
    let error =
        only(Folder::mapped().errors(&[("data_centre.north.position", "[60.538, 26.958]")]));
    assert_eq!(error.code, "HK0116");
    assert!(
        error
            .help
            .is_some_and(|help| help.contains("did you mean [26.958, 60.538]"))
    );
    let error =
        only(Folder::mapped().errors(&[("data_centre.north.position", "[497000, 6710000]")]));
    assert_eq!(error.code, "HK0123");
    assert!(error.help.is_some_and(|help| help.contains("map grid")));
}

#[test]
fn a_map_asks_for_the_data_centres_position() {
    let folder = Folder::mapped().with(
        "study.toml",
        &MAPPED.replace("position = [26.958, 60.538]\n", ""),
    );
    assert_eq!(only(folder.errors(&[])).code, "HK0104");
}

#[test]
fn a_study_needs_demand_a_source_and_a_way() {
    let without = |from: &str, to: &str| only(errors_of(LUMPED, from, to)).code;
    assert_eq!(
        without("[[lumped_demand]]\nid = \"town\"\nannual_mwh = 27000\n", ""),
        "HK0117"
    );
    assert_eq!(
        without("[[data_centre]]\nid = \"summa\"\nit_load_mw = 10\n", ""),
        "HK0118"
    );
    let folder = Folder::mapped().with(
        "study.toml",
        &MAPPED.replace("streets   = \"streets.geojson\"\n", ""),
    );
    let error = only(folder.errors(&[]));
    assert_eq!(error.code, "HK0122");
    assert!(
        error
            .help
            .is_some_and(|help| help.contains("place.streets"))
    );
}

#[test]
fn cooling_and_capture_point_fit_together() {
    let error = lumped_error(
        "it_load_mw = 10",
        "it_load_mw = 10\ncooling = \"immersion\"\ncapture = \"return_air\"",
    );
    assert_eq!(error.code, "HK0111");
    assert_eq!(error.allowed.as_deref(), Some("`facility_water`"));
}

#[test]
fn the_existing_plant_must_exist_and_have_a_size() {
    let error = lumped_error(
        "[network]",
        "[counterfactual]\nkind = \"existing_plant\"\n[network]",
    );
    assert_eq!(error.code, "HK0111");
    let error = lumped_error(
        "[network]",
        "[[boiler]]\nid = \"old\"\nfuel = \"oil\"\nexisting = true\n[network]",
    );
    assert_eq!(error.code, "HK0125");
}

#[test]
fn time_zones_and_countries_are_known() {
    let error = lumped_error("Europe/Helsinki", "Helsinki");
    assert_eq!(
        (error.code.as_str(), error.help.as_deref()),
        ("HK0105", Some("did you mean \"Europe/Helsinki\"?"))
    );
    let error = lumped_error("[[lumped", "country = \"Finland\"\n[[lumped");
    assert_eq!(error.help.as_deref(), Some("did you mean \"FI\"?"));
}

#[test]
fn all_problems_come_at_once() {
    let text = LUMPED
        .replace("it_load_mw = 10", "it_load_mw = 0\nfan_share = \"x\"")
        .replace("annual_mwh = 27000", "annual_mw = 27000\nuse = \"flats\"")
        .replace("latitude = 60.57", "latitude = 160.57");
    let errors = Folder::new(&text).errors(&[]);
    let codes: Vec<&str> = errors.iter().map(|error| error.code.as_str()).collect();
    assert_eq!(codes, ["HK0107", "HK0108", "HK0105", "HK0107", "HK0103"]);
}

#[test]
fn broken_grammar_does_not_hide_other_problems() {
    let text = MAPPED
        .replace("it_load_mw = 10", "it_load_mw = = 10")
        .replace(
            "buildings = \"buildings.geojson\"",
            "buildings = \"absent.geojson\"",
        );
    let errors = Folder::mapped().with("study.toml", &text).errors(&[]);
    let codes: Vec<&str> = errors.iter().map(|error| error.code.as_str()).collect();
    assert_eq!(codes, ["HK0901", "HK0101"], "{}", render(&errors, false));
    assert_eq!(
        errors[1].place.as_ref().and_then(|place| place.line),
        Some(22)
    );
}

#[test]
fn diagnostics_are_json_too() {
    let errors = errors_of(LUMPED, "it_load_mw = 10", "it_load_mw = 0");
    let json = hukka_study::to_json(&errors);
    assert_eq!(json[0]["code"], "HK0107");
    assert_eq!(json[0]["place"]["line"], 15);
    assert_eq!(json[0]["severity"], "error");
}

#[test]
fn empty_lists_and_empty_data_centres_are_no_studies() {
    let none = LUMPED.replace("[[data_centre]]\nid = \"summa\"\nit_load_mw = 10\n", "");
    let none = none.replace("name =", "data_centre = []\nname =");
    assert_eq!(only(Folder::new(&none).errors(&[])).code, "HK0118");
    assert_eq!(
        lumped_error("it_load_mw = 10", "it_load_mw = 10\nfill = [0.5, 0]").code,
        "HK0107"
    );
    let sheds = crate::folder::collection(&[crate::folder::square("s", 26.951, 60.531, 5.0, "")]);
    let error = only(
        Folder::mapped()
            .with("buildings.geojson", &sheds)
            .errors(&[]),
    );
    assert_eq!(error.code, "HK0117");
}

#[test]
fn a_machine_of_size_zero_is_refused_with_what_to_write_instead() {
    let pump = "[[heat_pump]]\nid = \"hp\"\nheat_capacity_mw = 0\n\n[network]";
    let error = lumped_error("[network]", pump);
    assert_eq!(error.code, "HK0107");
    assert!(
        error
            .help
            .is_some_and(|help| help.contains("leave the key out"))
    );
    let store = "[[store]]\nid = \"s\"\nvolume_m3 = 0\n\n[network]";
    let error = lumped_error("[network]", store);
    assert!(
        error
            .help
            .is_some_and(|help| help.contains("capacity_mwh = 0"))
    );
}

#[test]
fn a_standard_profile_needs_a_class_and_law_it_has() {
    let with =
        |keys: &str| lumped_error("annual_mwh = 27000", &format!("annual_mwh = 27000\n{keys}"));
    let error = with("profile = \"gwa\"\nprofile_class = 3");
    assert_eq!(error.code, "HK0107");
    assert_eq!(error.allowed.as_deref(), Some("0"));
    let error = with("profile = \"gwa\"\nprofile_law = \"sigmoid_linear\"");
    assert_eq!(error.help.as_deref(), Some("use profile_law = \"sigmoid\""));
    let error = with("profile = \"efh\"\nprofile_class = 0");
    assert_eq!(error.allowed.as_deref(), Some("1–11"));
}

#[test]
fn supply_temperature_levels_are_few_distinct_and_possible() {
    let wrong = [
        ("[0, 5, 10, 15, 20, 25]", "one to 5 levels"),
        ("[0, 5, 5]", "levels at least 0.1 K apart"),
        ("[0, -25]", "40 to 160 °C, at least 5 K above the return"),
        ("[0, 60]", "offsets from the curve lie within −30 to 40 K"),
        ("[]", "at least one number"),
    ];
    for (levels, allowed) in wrong {
        let key = format!("[network]\nsupply_temperature_levels_k = {levels}\n");
        let error = lumped_error("[network]\n", &key);
        assert_eq!(error.code, "HK0107", "{levels}");
        assert_eq!(error.allowed.as_deref(), Some(allowed), "{levels}");
    }
    let error = lumped_error(
        "[network]\n",
        "[network]\nsupply_temperature_levels_k = [0, 5]\nsupply_temperature_ramp_k_per_h = 0\n",
    );
    assert_eq!(error.code, "HK0107");
    let error = lumped_error(
        "[network]\n",
        "[network]\nsupply_temperature_levels_k = 5\n",
    );
    assert_eq!(error.code, "HK0103");
}
