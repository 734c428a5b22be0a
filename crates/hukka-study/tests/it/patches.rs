//! Variants and `--set`.

use crate::folder::{Folder, LUMPED, MAPPED, only};
use hukka_model::Confidence;

#[test]
fn a_set_value_wins_and_is_listed() {
    let study = Folder::new(LUMPED).study(&[("data_centre.summa.it_load_mw", "5")]);
    assert!((study.data_centres[0].it_load.mw() - 5.0).abs() < 1e-12);
    let line = study
        .assumptions
        .iter()
        .find(|assumption| assumption.key == "data_centre.summa.it_load_mw")
        .expect("listed");
    assert_eq!(
        (line.source.as_str(), line.confidence),
        ("set on the command line", Confidence::Given)
    );
}

#[test]
fn tables_are_reached_by_number_and_made_when_absent() {
    let study = Folder::new(LUMPED).study(&[
        ("data_centre.1.utilisation", "0.5"),
        ("money.horizon_a", "30"),
        ("network.supply_temperature.at_minus_26_c", "100"),
        ("name", "Another name"),
    ]);
    assert_eq!(
        (study.money.horizon_years, study.name.as_str()),
        (30, "Another name")
    );
    assert!((study.network.supply_temperature.at_cold.c() - 100.0).abs() < 1e-9);
}

#[test]
fn a_set_key_displaces_what_it_excludes() {
    let study = Folder::mapped().study(&[
        ("prices.electricity_eur_per_mwh", "50"),
        ("network.supply_temperature_c", "80"),
    ]);
    assert!(!study.prices.is_synthetic);
    assert!((study.prices.electricity[7].eur_mwh() - 50.0).abs() < 1e-9);
    assert!((study.network.supply_temperature.at_cold.c() - 80.0).abs() < 1e-9);
}

#[test]
fn two_set_keys_that_exclude_each_other_are_a_contradiction() {
    for pair in [
        [("money.discount_rate", "0.04"), ("money.debt_share", "0.5")],
        [("money.debt_share", "0.5"), ("money.discount_rate", "0.04")],
    ] {
        let error = only(Folder::new(LUMPED).errors(&pair));
        assert_eq!(error.code, "HK0111", "{error:?}");
    }
}

#[test]
fn unknown_paths_are_explained_on_the_command_line() {
    let folder = Folder::new(LUMPED);
    for (key, code, help) in [
        (
            "data_centre.suma.it_load_mw",
            "HK0113",
            "did you mean `summa`?",
        ),
        (
            "data_center.summa.it_load_mw",
            "HK0113",
            "did you mean `data_centre`?",
        ),
        (
            "data_centre.summa.it_load_kw",
            "HK0108",
            "write `it_load_mw = 0.005`",
        ),
        (
            "data_centre.summa.it_lod_mw",
            "HK0102",
            "did you mean `it_load_mw`?",
        ),
    ] {
        let error = only(folder.errors(&[(key, "5")]));
        assert_eq!(
            (error.code.as_str(), error.help.as_deref()),
            (code, Some(help)),
            "{key}"
        );
        assert_eq!(
            error.place.map(|place| place.file).as_deref(),
            Some("command line")
        );
    }
    assert_eq!(only(folder.errors(&[("network", "5")])).code, "HK0113");
    assert_eq!(only(folder.errors(&[("a..b", "5")])).code, "HK0113");
    let error = only(folder.errors(&[("data_centre.summa.it_load_mw", "0")]));
    assert_eq!(
        error.place.and_then(|place| place.text).as_deref(),
        Some("--set data_centre.summa.it_load_mw=0")
    );
}

#[test]
fn a_variant_holds_only_what_differs() {
    let folder = Folder::mapped()
        .with(
            "variants/half.toml",
            "[[data_centre]]\nid = \"north\"\nfill = [0.25, 0.5]\n",
        )
        .with(
            "variants/dear.toml",
            "[prices]\nelectricity_eur_per_mwh = 150\n",
        );
    let study = folder.study(&[("variant", "half")]);
    assert_eq!(study.data_centres[0].fill.len(), 2);
    assert!((study.data_centres[0].it_load.mw() - 10.0).abs() < 1e-12);
    assert!(
        study
            .input_files
            .iter()
            .any(|file| file.path == "variants/half.toml")
    );
    let line = study
        .assumptions
        .iter()
        .find(|a| a.key == "data_centre.north.fill")
        .expect("listed");
    assert_eq!(line.source, "variants/half.toml:3");
    let loaded = hukka_study::load(&folder.path(), &[("variant".to_owned(), "dear".to_owned())]);
    let study = loaded.study.expect("sound");
    assert!((study.prices.electricity[0].eur_mwh() - 150.0).abs() < 1e-9);
    let both = folder.study(&[("variant", "half"), ("data_centre.north.fill", "[1.0]")]);
    assert_eq!(both.data_centres[0].fill.len(), 1);
}

#[test]
fn a_variant_that_is_not_there_is_named() {
    let folder = Folder::new(LUMPED).with("variants/half-empty.toml", "");
    let error = only(folder.errors(&[("variant", "half-empti")]));
    assert_eq!(error.code, "HK0114");
    assert!(error.help.is_some_and(|help| help.contains("half-empty")));
    assert_eq!(
        only(folder.errors(&[("variant", "../study")])).code,
        "HK0114"
    );
}

#[test]
fn mistakes_in_a_variant_stand_in_the_variant() {
    let folder = Folder::mapped().with(
        "variants/x.toml",
        "# wrong\n[[data_centre]]\nid = \"north\"\nit_load_mw = 0\n",
    );
    let error = only(folder.errors(&[("variant", "x")]));
    let place = error.place.expect("a place");
    assert_eq!(
        (place.file.as_str(), place.line),
        ("variants/x.toml", Some(4))
    );
    assert!(MAPPED.contains("north"));
}
