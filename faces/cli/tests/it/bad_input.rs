//! Every wrong input gets a coded diagnostic with place and way out, and nothing is written.

use crate::support::{Scene, findings, hukka, text};
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;

/// Checks that a spoilt study is refused, that some finding contains all the words, that a run
/// exits with the same code and writes nothing, and returns that finding.
fn refused(scene: &Scene, words: &[&str]) -> Value {
    let (code, found) = findings(scene, &[]);
    assert_eq!(code, 3, "{found:#?}");
    let is_match = |finding: &&Value| {
        let all = finding.to_string().to_lowercase();
        finding["severity"] == "error"
            && words.iter().all(|word| all.contains(&word.to_lowercase()))
    };
    let finding = found
        .iter()
        .find(is_match)
        .unwrap_or_else(|| panic!("no finding with {words:?} in {found:#?}"))
        .clone();
    let code = finding["code"].as_str().unwrap();
    assert!(code.len() == 6 && code.starts_with("HK"), "{code}");
    assert!(
        finding["help"].is_string() || finding["allowed"].is_string(),
        "{finding:#?}"
    );
    let (output, _) = scene.run(&[]);
    assert_eq!(output.status.code(), Some(3), "{}", text(&output.stdout));
    assert!(
        text(&output.stderr).contains(code),
        "{}",
        text(&output.stderr)
    );
    assert!(scene.leftovers().is_empty(), "{:?}", scene.leftovers());
    finding
}

/// Refused only once stages look at it: `run` ends with the code and writes nothing.
fn run_refused(scene: &Scene, exit: i32, words: &[&str]) -> String {
    let (output, _) = scene.run(&[]);
    let stderr = text(&output.stderr);
    assert_eq!(output.status.code(), Some(exit), "{stderr}");
    for word in words {
        assert!(
            stderr.to_lowercase().contains(&word.to_lowercase()),
            "no {word:?} in\n{stderr}"
        );
    }
    assert!(stderr.contains("error[HK"), "{stderr}");
    assert!(scene.leftovers().is_empty(), "{:?}", scene.leftovers());
    stderr
}

#[test]
fn a_missing_file_is_named_with_what_is_there() {
    let scene = Scene::of("kotka");
    scene.replace("study.toml", "buildings.geojson", "buildingz.geojson");
    let finding = refused(&scene, &["buildingz.geojson", "buildings.geojson"]);
    assert!(finding["place"]["line"].is_u64(), "{finding:#?}");
}

#[test]
fn a_missing_study_is_an_error_not_a_crash() {
    let output = hukka(&["check", "/nonexistent/study"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stderr).contains("error[HK"));
}

#[test]
fn an_unknown_key_gets_a_suggestion_and_a_place() {
    let scene = Scene::of("hamina");
    scene.replace("study.toml", "supply_temperature =", "suply_temperature =");
    let finding = refused(
        &scene,
        &["suply_temperature", "did you mean", "`supply_temperature`"],
    );
    let line = 1 + scene
        .read("study.toml")
        .lines()
        .position(|l| l.starts_with("suply"))
        .unwrap();
    assert_eq!(finding["place"]["line"], line);
    assert_eq!(finding["place"]["column"], 1);
}

#[test]
fn a_wrong_unit_says_the_right_one() {
    let scene = Scene::of("hamina");
    scene.replace("study.toml", "it_load_mw = 10", "it_load_kw = 10000");
    refused(&scene, &["it_load_kw", "it_load_mw"]);
}

#[test]
fn a_value_off_by_ten_says_the_range() {
    let scene = Scene::of("hamina");
    scene.replace("study.toml", "at_minus_26_c = 105", "at_minus_26_c = 1050");
    let finding = refused(&scene, &["1050", "160", "105"]);
    assert!(finding["place"]["column"].is_u64());
}

#[test]
fn a_wrong_sign_is_refused() {
    let scene = Scene::of("hamina");
    scene.replace(
        "study.toml",
        "carbon_eur_per_t = 85",
        "carbon_eur_per_t = -85",
    );
    refused(&scene, &["carbon_eur_per_t", "-85"]);
}

#[test]
fn nan_is_refused() {
    let scene = Scene::of("hamina");
    scene.replace("study.toml", "annual_mwh = 27000", "annual_mwh = nan");
    refused(&scene, &["annual_mwh", "nan"]);
}

#[test]
fn a_zero_megawatt_source_is_refused() {
    let scene = Scene::of("hamina");
    scene.replace("study.toml", "it_load_mw = 10", "it_load_mw = 0");
    refused(&scene, &["it_load_mw"]);
}

#[test]
fn all_problems_come_at_once() {
    let scene = Scene::of("hamina");
    scene.replace("study.toml", "it_load_mw = 10", "it_load_mw = 0");
    scene.replace("study.toml", "utilisation = 0.62", "utilisation = 62");
    scene.replace("study.toml", "distance_km = 2", "distanse_km = 2");
    scene.replace("study.toml", "annual_mwh = 27000", "annual_mwh = \"many\"");
    let (code, found) = findings(&scene, &[]);
    assert_eq!(code, 3);
    assert!(
        found.iter().filter(|f| f["severity"] == "error").count() >= 4,
        "{found:#?}"
    );
}

#[test]
fn broken_toml_has_a_line() {
    let scene = Scene::of("hamina");
    scene.replace("study.toml", "[prices]", "[prices");
    let finding = refused(&scene, &["study.toml"]);
    assert!(finding["place"]["line"].as_u64().unwrap() > 1);
}

/// A study with its own price file, spoilt by the caller.
fn with_prices(spoil: impl Fn(Vec<String>) -> Vec<String>) -> Scene {
    let scene = Scene::of("hamina");
    let path = scene.file("prices.csv");
    let made = hukka(&["prices", "--out", path.to_str().unwrap()]);
    assert!(made.status.success());
    let lines = scene
        .read("prices.csv")
        .lines()
        .map(str::to_owned)
        .collect();
    scene.write("prices.csv", &(spoil(lines).join("\n") + "\n"));
    scene.replace(
        "study.toml",
        "profile = \"nordic-2023\"",
        "electricity = \"prices.csv\"",
    );
    scene
}

#[test]
fn a_gap_names_its_rows() {
    let scene = with_prices(|mut lines| {
        lines.drain(3000..3005);
        lines
    });
    let finding = refused(&scene, &["prices.csv", "5"]);
    assert!(
        (2900..3100).contains(&finding["place"]["line"].as_u64().unwrap()),
        "{finding:#?}"
    );
}

#[test]
fn an_overlap_is_refused() {
    let scene = with_prices(|mut lines| {
        let repeated = lines[3000].clone();
        lines.insert(3001, repeated);
        lines
    });
    refused(&scene, &["prices.csv"]);
}

#[test]
fn a_value_that_is_no_number_is_refused() {
    let scene = with_prices(|mut lines| {
        let stamp = lines[500].split(',').next().unwrap().to_owned();
        lines[500] = format!("{stamp},NaN");
        lines
    });
    let finding = refused(&scene, &["prices.csv", "nan"]);
    assert_eq!(finding["place"]["line"], 501);
}

#[test]
fn numbers_alone_must_be_a_whole_year() {
    let scene = with_prices(|_| {
        let mut lines = vec!["price_eur_per_mwh".to_owned()];
        lines.extend((0..8759).map(|hour| format!("{}", 40 + hour % 7)));
        lines
    });
    refused(&scene, &["8759 rows", "8,760"]);
}

#[test]
fn a_year_that_lacks_an_hour_is_refused() {
    let scene = with_prices(|mut lines| {
        lines.pop();
        lines
    });
    refused(&scene, &["8759", "8760"]);
}

#[test]
fn local_stamps_need_a_zone() {
    let scene = with_prices(|lines| lines.iter().map(|line| line.replace('Z', "")).collect());
    refused(&scene, &["time_zone"]);
}

#[test]
fn a_wrong_zone_is_refused() {
    let scene = Scene::of("hamina");
    scene.replace("study.toml", "Europe/Helsinki", "Europe/Helsingfors");
    refused(&scene, &["Europe/Helsingfors"]);
}

#[test]
fn a_series_in_the_wrong_zone_does_not_cover_the_year() {
    let scene = with_prices(|lines| {
        lines
            .iter()
            .map(|line| line.replace("2025-", "2019-"))
            .collect()
    });
    scene.replace(
        "study.toml",
        "climate = \"southern-finland\"",
        "climate = \"southern-finland\"\n[time]\nyear = 2025",
    );
    refused(&scene, &["2019"]);
}

fn square(offset: f64, corners: &[(f64, f64)]) -> String {
    let mut ring = String::new();
    for (index, (east, north)) in corners.iter().enumerate() {
        let comma = if index > 0 { "," } else { "" };
        let _ = write!(
            ring,
            "{comma}[{},{}]",
            26.95 + offset + east * 1e-4,
            60.53 + north * 1e-4
        );
    }
    format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{{\"type\":\"Feature\",\"properties\":{{\"id\":\"b1\",\"use\":\"apartment\"}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[{ring}]]}}}}]}}"
    )
}

#[test]
fn a_self_crossing_polygon_is_refused() {
    let scene = Scene::of("kotka");
    let bow_tie = [(0.0, 0.0), (4.0, 4.0), (4.0, 0.0), (0.0, 4.0), (0.0, 0.0)];
    scene.write("buildings.geojson", &square(0.0, &bow_tie));
    refused(&scene, &["buildings.geojson", "b1", "cross"]);
}

#[test]
fn buildings_off_the_street_graph_are_refused() {
    let scene = Scene::of("kotka");
    let far = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0)];
    scene.write("buildings.geojson", &square(0.2, &far));
    run_refused(&scene, 3, &["b1", "street"]);
}

#[test]
fn a_data_centre_on_a_street_that_leads_nowhere_is_refused() {
    let scene = Scene::of("kotka");
    let island = "{\"type\":\"Feature\",\"properties\":{\"id\":\"island\"},\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[26.9575,60.5412],[26.9590,60.5413]]}}";
    scene.replace(
        "streets.geojson",
        "\"features\":[",
        &format!("\"features\":[{island},"),
    );
    run_refused(&scene, 3, &["north", "disconnected", "street"]);
    let (code, found) = findings(&scene, &[]);
    assert_eq!(code, 3, "check must say what run would: {found:#?}");
}

#[test]
fn a_data_centre_off_the_existing_network_is_refused() {
    let scene = Scene::of("kotka");
    scene.replace("study.toml", "streets = \"streets.geojson\"\n", "");
    scene.append(
        "study.toml",
        "[[existing_pipe]]\nid = \"main\"\npath = [[26.94, 60.525], [26.95, 60.525]]\ndn = 200\n",
    );
    run_refused(&scene, 3, &["north"]);
}

#[test]
fn an_unreadable_file_is_refused() {
    let scene = Scene::of("kotka");
    fs::remove_file(scene.file("streets.geojson")).unwrap();
    fs::create_dir(scene.file("streets.geojson")).unwrap();
    refused(&scene, &["streets.geojson"]);
}

#[test]
fn broken_geojson_is_refused_with_its_place() {
    let scene = Scene::of("kotka");
    scene.replace("streets.geojson", "\"features\"", "\"features");
    refused(&scene, &["streets.geojson"]);
}

#[test]
fn a_huge_file_is_refused_unread() {
    let scene = Scene::of("hamina");
    let file = fs::File::create(scene.file("prices.csv")).unwrap();
    file.set_len(20_000_000_000).unwrap();
    scene.replace(
        "study.toml",
        "profile = \"nordic-2023\"",
        "electricity = \"prices.csv\"",
    );
    refused(&scene, &["prices.csv"]);
}

#[test]
fn a_path_out_of_the_study_is_refused() {
    for path in ["../../../etc/passwd", "/etc/passwd"] {
        let scene = Scene::of("kotka");
        scene.replace("study.toml", "weather.csv", path);
        refused(&scene, &["passwd", "study folder"]);
    }
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_study_is_refused() {
    let scene = Scene::of("kotka");
    fs::remove_file(scene.file("weather.csv")).unwrap();
    std::os::unix::fs::symlink("/etc/hostname", scene.file("weather.csv")).unwrap();
    refused(&scene, &["weather.csv", "study folder"]);
}

#[test]
fn an_infeasible_dispatch_says_which_hours_lack_how_much() {
    let scene = Scene::of("hamina");
    scene.replace(
        "study.toml",
        "heat_capacity_mw = 8",
        "heat_capacity_mw = 0.1",
    );
    let stderr = run_refused(&scene, 4, &["MW", "boiler"]);
    assert!(stderr.contains("2025-"), "{stderr}");
}

#[test]
fn an_unknown_override_is_refused() {
    let scene = Scene::of("hamina");
    let (code, found) = findings(&scene, &["--set", "data_centre.nord.it_load_mw=5"]);
    assert_eq!(code, 3);
    assert!(
        found.iter().any(|f| f.to_string().contains("nord")),
        "{found:#?}"
    );
}
