//! Files that are missing, elsewhere, unreadable or too large.

use crate::folder::{Folder, LUMPED, MAPPED, only};

fn weather_error(folder: Folder, name: &str) -> hukka_model::Diagnostic {
    only(folder.errors(&[("weather.file", name)]))
}

#[test]
fn a_missing_folder_and_a_missing_study_file_are_said() {
    let loaded = hukka_study::load(std::path::Path::new("/nowhere/at/all"), &[]);
    assert_eq!(only(loaded.diagnostics).code, "HK0901");
    let folder = Folder::new(LUMPED);
    std::fs::rename(
        folder.path().join("study.toml"),
        folder.path().join("studi.toml"),
    )
    .expect("renamed");
    let error = only(folder.load(&[]).diagnostics);
    assert_eq!(
        (error.code.as_str(), error.help.as_deref()),
        ("HK0901", Some("did you mean `studi.toml`?"))
    );
}

#[test]
fn a_missing_file_finds_its_namesake() {
    let error = weather_error(Folder::new(LUMPED).with("weather.csv", "x"), "wether.csv");
    assert_eq!(
        (error.code.as_str(), error.help.as_deref()),
        ("HK0901", Some("did you mean `weather.csv`?"))
    );
    let error = weather_error(
        Folder::new(LUMPED).with("series/weather.csv", "x"),
        "weather.csv",
    );
    assert_eq!(
        error.help.as_deref(),
        Some("did you mean `series/weather.csv`?")
    );
}

#[test]
fn a_path_out_of_the_folder_is_refused() {
    for name in ["../weather.csv", "/etc/hostname", "a/../../b.csv"] {
        assert_eq!(
            weather_error(Folder::new(LUMPED), name).code,
            "HK0902",
            "{name}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_refused() {
    let folder = Folder::new(LUMPED);
    let outside = tempfile::tempdir().expect("a folder");
    std::fs::write(outside.path().join("secret.csv"), "a,b\n").expect("written");
    std::os::unix::fs::symlink(
        outside.path().join("secret.csv"),
        folder.path().join("weather.csv"),
    )
    .expect("a link");
    let error = weather_error(folder, "weather.csv");
    assert_eq!(error.code, "HK0902");
    assert!(error.help.is_some_and(|help| help.contains("link")));
}

#[test]
fn a_folder_an_empty_file_and_a_foreign_kind_are_refused() {
    let folder = Folder::new(LUMPED).with("inner.csv/x", "x");
    assert_eq!(weather_error(folder, "inner.csv").code, "HK0903");
    assert_eq!(
        weather_error(Folder::new(LUMPED).with("w.csv", ""), "w.csv").code,
        "HK0904"
    );
    assert_eq!(
        weather_error(Folder::new(LUMPED), "weather.xlsx").code,
        "HK0908"
    );
}

#[test]
fn a_huge_file_is_refused_before_it_is_read() {
    let folder = Folder::new(LUMPED);
    let file = std::fs::File::create(folder.path().join("w.csv")).expect("a file");
    file.set_len(65 << 20).expect("a sparse file");
    let error = weather_error(folder, "w.csv");
    assert_eq!(
        (error.code.as_str(), error.seen.as_deref()),
        ("HK0905", Some("65 MiB"))
    );
    let folder = Folder::mapped();
    let file = std::fs::File::create(folder.path().join("buildings.geojson")).expect("a file");
    file.set_len(201 << 20).expect("a sparse file");
    assert_eq!(only(folder.errors(&[])).code, "HK0905");
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_said() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new(LUMPED).with("w.csv", "x");
    let path = folder.path().join("w.csv");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).expect("locked");
    if std::fs::File::open(&path).is_ok() {
        eprintln!("skipped: this user may read everything");
        return;
    }
    assert_eq!(weather_error(folder, "w.csv").code, "HK0906");
}

#[test]
fn a_study_file_that_is_not_text_is_said() {
    let folder = Folder::new(LUMPED).with_bytes("study.toml", b"name = \"\xff\xfe\"");
    assert_eq!(only(folder.errors(&[])).code, "HK0907");
}

#[test]
fn a_byte_order_mark_does_no_harm() {
    let folder = Folder::new(&format!("\u{feff}{LUMPED}"));
    assert_eq!(folder.study(&[]).name, "Hamina");
}

#[test]
fn a_series_with_a_hole_is_reported_from_its_file() {
    let mut csv = String::from("time,outdoor_temperature_c\n");
    for hour in (0..8760_u32).filter(|hour| !(2000..2003).contains(hour)) {
        let day = jiff::civil::date(2023, 1, 1)
            .saturating_add(jiff::Span::new().days(i64::from(hour.div_euclid(24))));
        csv.push_str(&format!("{day}T{:02}:00:00Z,1.0\n", hour.rem_euclid(24)));
    }
    let errors = Folder::new(LUMPED)
        .with("w.csv", &csv)
        .errors(&[("weather.file", "w.csv")]);
    assert!(errors.iter().any(|error| error.code == "HK0210"));
    assert!(errors.iter().all(|error| {
        error
            .place
            .as_ref()
            .is_some_and(|place| place.file == "w.csv")
    }));
}

#[test]
fn maps_with_other_endings_are_refused_by_name() {
    let folder = Folder::mapped().with(
        "study.toml",
        &MAPPED.replace("buildings.geojson", "buildings.shp"),
    );
    assert_eq!(only(folder.errors(&[])).code, "HK0908");
}
