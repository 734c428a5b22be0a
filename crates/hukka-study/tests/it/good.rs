//! Sound studies: what they become, and what is written down about them.

use crate::folder::{Folder, LUMPED, MAPPED, collection, feature, house, square};
use hukka_model::{BuildingUse, CapturePoint, Confidence, Counterfactual, Study, Utilisation};

fn assumption<'s>(study: &'s Study, key: &str) -> &'s hukka_model::Assumption {
    study
        .assumptions
        .iter()
        .find(|assumption| assumption.key == key)
        .unwrap_or_else(|| panic!("`{key}` is in the register"))
}

#[test]
fn the_smallest_study_is_sound_and_whole() {
    assert!(MAPPED.lines().filter(|line| !line.is_empty()).count() <= 25);
    let study = Folder::mapped().study(&[]);
    assert_eq!(study.axis.len(), 8760);
    assert_eq!(study.axis.calendar[0].year, 2025);
    assert_eq!(study.weather.outdoor_temperature.len(), 8760);
    assert_eq!(study.weather.ground_temperature.len(), 8760);
    assert_eq!(study.prices.electricity.len(), 8760);
    assert_eq!(study.emissions.electricity.len(), 8760);
    assert!(study.weather.is_synthetic && study.prices.is_synthetic);
    assert_eq!((study.buildings.len(), study.streets.len()), (3, 1));
    assert_eq!(study.heat_pumps.len(), 1);
    assert_eq!((study.boilers.len(), study.stores.len()), (1, 1));
    assert!((study.data_centres[0].it_load.mw() - 10.0).abs() < 1e-12);
    assert!((study.data_centres[0].source_temperature.c() - 28.0).abs() < 1e-9);
    assert!((study.data_centres[0].source_cooling.kelvin() - 10.0).abs() < 1e-9);
    assert_eq!(study.data_centres[0].capture, CapturePoint::ReturnAir);
    assert!((study.weather.design_outdoor_temperature.c() + 26.0).abs() < 1e-9);
    assert!((study.network.supply_temperature.at_cold.c() - 95.0).abs() < 1e-9);
    assert_eq!(study.network.lumped_distance, None);
    assert!(matches!(
        study.counterfactual,
        Counterfactual::Individual { .. }
    ));
}

#[test]
fn houses_and_schools_are_read_with_their_sizes() {
    let study = Folder::mapped().study(&[]);
    let [a, _, c] = study.buildings.as_slice() else {
        panic!("three buildings");
    };
    assert_eq!((a.id.as_str(), a.usage), ("a", BuildingUse::House));
    assert!(
        (a.footprint.m2() - 144.0).abs() < 1.5,
        "{}",
        a.footprint.m2()
    );
    assert!((a.storeys - 1.0).abs() < 1e-12);
    assert_eq!((c.usage, c.construction_year), (BuildingUse::School, 1975));
    assert!((c.storeys - 3.0).abs() < 1e-12);
    assert_eq!(c.outline.len(), 4);
}

#[test]
fn every_default_is_listed_with_its_source() {
    let study = Folder::mapped().study(&[]);
    let rate = assumption(&study, "money.discount_rate");
    assert_eq!(
        (rate.value.as_str(), rate.confidence),
        ("0.05", Confidence::Default)
    );
    assert!(!rate.source.is_empty());
    let load = assumption(&study, "data_centre.north.it_load_mw");
    assert_eq!((load.value.as_str(), load.unit.as_str()), ("10", "MW"));
    assert_eq!(
        (load.source.as_str(), load.confidence),
        ("study.toml:22", Confidence::Given)
    );
    let storeys = assumption(&study, "place.buildings.storeys");
    assert!(
        storeys
            .source
            .starts_with("2 of 3 buildings by default rule"),
        "{}",
        storeys.source
    );
    for key in [
        "network.return_temperature_c",
        "prices.gas_eur_per_mwh",
        "heat_pump.heat-pump-north",
        "heat_pump.heat-pump-north.efficiency",
        "boiler.gas-boiler.investment_eur_per_kw",
        "store.tank.loss_share_per_h",
        "weather.seed",
        "data_centre.north.capture_share",
        "place.streets.cost_factor",
    ] {
        assert_eq!(
            assumption(&study, key).confidence,
            Confidence::Default,
            "{key}"
        );
    }
    assert_eq!(
        assumption(&study, "counterfactual.emission_kg_per_mwh").value,
        "202"
    );
    assert_eq!(
        assumption(&study, "network.supply_temperature").value,
        "95 at −26, 70 at 8 outdoors"
    );
}

#[test]
fn the_register_follows_the_study_format_and_says_each_thing_once() {
    let study = Folder::mapped().study(&[]);
    let keys: Vec<&str> = study.assumptions.iter().map(|a| a.key.as_str()).collect();
    for (n, key) in keys.iter().enumerate() {
        assert!(!keys[..n].contains(key), "{key} stands twice");
    }
    let at = |key: &str| keys.iter().position(|k| *k == key).expect("listed");
    assert!(at("name") < at("place.latitude"));
    assert!(at("weather.climate") < at("prices.profile"));
    assert!(at("network.depth_m") < at("money.horizon_a"));
}

#[test]
fn every_file_read_is_listed_with_its_hash() {
    let study = Folder::mapped().study(&[]);
    let paths: Vec<&str> = study
        .input_files
        .iter()
        .map(|file| file.path.as_str())
        .collect();
    assert_eq!(
        paths,
        ["study.toml", "buildings.geojson", "streets.geojson"]
    );
    assert_eq!(study.input_files[0].blake3, blake3_of(MAPPED));
    assert_eq!(study.input_files[0].bytes, MAPPED.len() as u64);
}

fn blake3_of(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

#[test]
fn a_study_without_a_map_has_a_distance() {
    let folder = Folder::new(LUMPED);
    let study = folder.study(&[]);
    assert_eq!(
        study.network.lumped_distance.map(|length| length.km()),
        Some(1.0)
    );
    assert_eq!(
        assumption(&study, "network.distance_km").confidence,
        Confidence::Default
    );
    let study = folder.study(&[
        ("data_centre.summa.position", "[27.20, 60.57]"),
        ("lumped_demand.town.position", "[27.20, 60.588]"),
    ]);
    let km = study
        .network
        .lumped_distance
        .map_or(0.0, |length| length.km());
    assert!((km - 2.4).abs() < 0.01, "{km}");
    assert_eq!(
        assumption(&study, "network.distance_km").confidence,
        Confidence::Derived
    );
}

#[test]
fn loading_twice_gives_the_same_study() {
    let folder = Folder::mapped();
    assert_eq!(folder.study(&[]), folder.study(&[]));
}

#[test]
fn a_study_file_can_be_named_itself() {
    let folder = Folder::new(LUMPED);
    let loaded = hukka_study::load(&folder.path().join("study.toml"), &[]);
    assert!(loaded.is_sound());
}

#[test]
fn a_data_centre_far_away_is_legal() {
    let study = Folder::mapped().study(&[("data_centre.north.position", "[26.95, 61.2]")]);
    let position = study.data_centres[0].position.expect("it stands somewhere");
    assert!((position.north.km() - 74.5).abs() < 1.0);
}

#[test]
fn unknown_buildings_follow_the_footprint_rule() {
    let buildings = collection(&[
        square("shed", 26.951, 60.531, 6.0, ""),
        square("home", 26.952, 60.531, 12.0, r#""building": "yes""#),
        square("hall", 26.953, 60.531, 40.0, r#""building": "yes""#),
        square(
            "sauna-with-heat",
            26.954,
            60.531,
            6.0,
            r#""annual_mwh": 12"#,
        ),
        square("garage", 26.955, 60.531, 12.0, r#""building": "garage""#),
    ]);
    let study = Folder::mapped()
        .with("buildings.geojson", &buildings)
        .study(&[]);
    let residential = |side: f64| {
        let map = collection(&[square(
            "r",
            26.951,
            60.531,
            side,
            r#""building": "residential""#,
        )]);
        let study = Folder::mapped().with("buildings.geojson", &map).study(&[]);
        study.buildings[0].usage
    };
    assert_eq!(residential(12.0), BuildingUse::House);
    assert_eq!(residential(20.0), BuildingUse::Apartment);
    let uses: Vec<BuildingUse> = study
        .buildings
        .iter()
        .map(|building| building.usage)
        .collect();
    assert_eq!(
        uses,
        [
            BuildingUse::Unheated,
            BuildingUse::House,
            BuildingUse::Other,
            BuildingUse::Other,
            BuildingUse::Unheated,
        ]
    );
    let rule = assumption(&study, "place.buildings.use");
    assert_eq!(
        rule.value,
        "below 60 m² not heated (1), below 250 m² house, above other"
    );
}

#[test]
fn holes_parts_and_points_count_rightly() {
    let ring = |lon: f64, lat: f64, d: f64| {
        format!(
            "[[{lon},{lat}],[{},{lat}],[{},{}],[{lon},{}],[{lon},{lat}]]",
            lon + 2.0 * d,
            lon + 2.0 * d,
            lat + d,
            lat + d
        )
    };
    let (outer, hole) = (ring(26.95, 60.53, 0.001), ring(26.9505, 60.5302, 0.0005));
    let small = ring(26.96, 60.53, 0.0002);
    let study = Folder::mapped()
        .with(
            "buildings.geojson",
            &collection(&[
                feature(r#""id": "holed""#, "Polygon", &format!("[{outer},{hole}]")),
                feature(
                    r#""id": "parts""#,
                    "MultiPolygon",
                    &format!("[[{small}],[{outer}]]"),
                ),
                feature(
                    r#""id": "point", "annual_mwh": 40"#,
                    "Point",
                    "[26.955, 60.531]",
                ),
            ]),
        )
        .study(&[]);
    let area = |n: usize| study.buildings[n].footprint.m2();
    let whole = 0.002 * 54_716.0 * 0.001 * 111_195.0;
    assert!((area(0) / (whole * 0.75) - 1.0).abs() < 1e-3, "{}", area(0));
    assert!((area(1) / (whole * 1.04) - 1.0).abs() < 1e-3, "{}", area(1));
    assert!(
        (study.buildings[1].outline[0].east.m() - study.buildings[0].outline[0].east.m()).abs()
            < 1e-6
    );
    assert!(study.buildings[2].outline.is_empty());
    assert_eq!(
        study.buildings[2]
            .known_annual_heat
            .map(|heat| heat.mwh().round()),
        Some(40.0)
    );
}

#[test]
fn plants_pipes_and_connection_wishes_are_read() {
    let study = Folder::mapped()
        .with(
            "study.toml",
            &MAPPED.replace(
                "[weather]",
                "plants = \"plants.geojson\"\nexisting_pipes = \"pipes.geojson\"\n\n[weather]",
            ),
        )
        .with(
            "plants.geojson",
            &collection(&[feature("", "Point", "[26.951, 60.531]")]),
        )
        .with(
            "pipes.geojson",
            &collection(&[feature(
                r#""id": "main", "dn": "DN150", "series": 3, "length_m": 420"#,
                "LineString",
                "[[26.95,60.53],[26.955,60.533]]",
            )]),
        )
        .with(
            "buildings.geojson",
            &collection(&[
                house("a", 26.951, 60.531).replace("\"id\"", "\"connect\": true, \"id\"")
            ]),
        )
        .study(&[]);
    assert!(study.plant_position.is_some());
    assert_eq!(
        (study.existing_pipes[0].dn, study.existing_pipes.len()),
        (150, 1)
    );
    assert_eq!(
        study.existing_pipes[0]
            .length
            .map(|length| length.m().round()),
        Some(420.0)
    );
    assert_eq!(study.buildings[0].is_connected, Some(true));
}

#[test]
fn series_files_fix_the_axis_and_give_their_values() {
    let mut weather = String::from("time,outdoor_temperature_c\n");
    let mut busy = String::from("time,utilisation\n");
    for hour in 0..8760_u32 {
        let (day, of_day) = (hour.div_euclid(24), hour.rem_euclid(24));
        let stamp =
            jiff::civil::date(2023, 1, 1).saturating_add(jiff::Span::new().days(i64::from(day)));
        weather.push_str(&format!(
            "{stamp}T{of_day:02}:00:00Z,{}\n",
            -5.0 + f64::from(of_day) / 10.0
        ));
        busy.push_str(&format!("{stamp}T{of_day:02}:00:00Z,0.5\n"));
    }
    let study = Folder::new(&LUMPED.replace(
        "it_load_mw = 10",
        "it_load_mw = 10\nutilisation = \"busy.csv\"",
    ))
    .with("weather.csv", &weather)
    .with("busy.csv", &busy)
    .study(&[("weather.file", "weather.csv")]);
    assert_eq!(study.axis.start_unix_s, 1_672_531_200);
    assert_eq!(study.axis.calendar[0].stamp(), "2023-01-01T02:00+02:00");
    assert_eq!(assumption(&study, "time.year").value, "2023");
    assert!((study.weather.outdoor_temperature[3].c() + 4.7).abs() < 1e-9);
    assert!((study.weather.design_outdoor_temperature.c() + 10.0).abs() < 1e-9);
    assert!(
        matches!(&study.data_centres[0].utilisation, Utilisation::Hourly(hours) if hours.len() == 8760)
    );
    assert!(!study.weather.is_synthetic);
    assert!(study.assumptions.iter().all(|a| a.key != "weather.climate"));
}

#[test]
fn a_store_of_capacity_zero_says_that_there_is_none() {
    let folder = Folder::new(&format!(
        "{LUMPED}\n[[store]]\nid = \"none\"\ncapacity_mwh = 0\n"
    ));
    let study = folder.study(&[]);
    assert_eq!(study.stores.len(), 1);
    assert!(
        study.stores[0]
            .capacity
            .is_some_and(|c| c.mwh().abs() < 1e-12)
    );
}

#[test]
fn the_heat_pump_cools_the_loop_by_its_own_difference_unless_told_otherwise() {
    let cases: [(&[&str], f64, f64); 9] = [
        (&["capture=return_air"], 28.0, 10.0),
        (&["capture=chilled_water_return"], 24.0, 6.0),
        (&["capture=condenser_water"], 35.0, 5.0),
        (&["cooling=rear_door"], 27.0, 7.0),
        (&["cooling=air_economiser"], 25.0, 10.0),
        (
            &["cooling=air_economiser", "capture=return_air"],
            28.0,
            13.0,
        ),
        (&["cooling=direct_to_chip"], 45.0, 10.0),
        (
            &["capture=chilled_water_return", "source_temperature_c=28"],
            28.0,
            10.0,
        ),
        (
            &[
                "capture=chilled_water_return",
                "source_temperature_c=28",
                "source_cooling_k=6",
            ],
            28.0,
            6.0,
        ),
    ];
    let folder = Folder::new(LUMPED);
    for (settings, temperature, cooled) in cases {
        let pairs: Vec<(String, &str)> = settings
            .iter()
            .filter_map(|pair| pair.split_once('='))
            .map(|(key, value)| (format!("data_centre.summa.{key}"), value))
            .collect();
        let overrides: Vec<(&str, &str)> = pairs.iter().map(|(k, v)| (k.as_str(), *v)).collect();
        let study = folder.study(&overrides);
        let found = &study.data_centres[0];
        assert!(
            (found.source_temperature.c() - temperature).abs() < 1e-9
                && (found.source_cooling.kelvin() - cooled).abs() < 1e-9,
            "{settings:?}: {} °C, {} K",
            found.source_temperature.c(),
            found.source_cooling.kelvin()
        );
    }
    let study = folder.study(&[
        ("data_centre.summa.capture", "chilled_water_return"),
        ("data_centre.summa.source_temperature_c", "28"),
    ]);
    let entry = assumption(&study, "data_centre.summa.source_cooling_k");
    assert_eq!(
        (entry.value.as_str(), entry.confidence),
        ("10", Confidence::Derived)
    );
}

#[test]
fn a_loop_without_a_rise_falls_back_to_the_usual_cooling() {
    let study = Folder::new(LUMPED).study(&[
        ("data_centre.summa.capture", "chilled_water_return"),
        ("data_centre.summa.source_temperature_c", "18"),
    ]);
    assert!((study.data_centres[0].source_cooling.kelvin() - 6.0).abs() < 1e-9);
}

#[test]
fn the_register_says_what_a_lumped_demand_is_and_which_prices_have_no_source() {
    let study = Folder::new(LUMPED).study(&[]);
    let built = assumption(&study, "lumped_demand.town.construction_year");
    assert_eq!(
        (built.value.as_str(), built.confidence),
        ("1975", Confidence::Default)
    );
    for key in [
        "gas_eur_per_mwh",
        "oil_eur_per_mwh",
        "peat_eur_per_mwh",
        "electricity_grid_fee_eur_per_mwh",
    ] {
        let source = &assumption(&study, &format!("prices.{key}")).source;
        assert!(
            source.starts_with("round figure of this project, no source: replace"),
            "{key}: {source}"
        );
    }
}

#[test]
fn a_store_volume_becomes_heat() {
    let study = Folder::new(&format!(
        "{LUMPED}\n[[store]]\nid = \"tank\"\nvolume_m3 = 1000\n"
    ))
    .study(&[]);
    let capacity = study.stores[0].capacity.map_or(0.0, |heat| heat.mwh());
    assert!(
        (capacity - 972.0 * 4190.0 * 50.0 * 1000.0 / 3.6e9).abs() < 1e-6,
        "{capacity}"
    );
    assert_eq!(
        assumption(&study, "store.tank.capacity_mwh").confidence,
        Confidence::Derived
    );
}

#[test]
fn finnish_prices_in_another_country_are_pointed_out() {
    let text = LUMPED.replace(
        "time_zone = \"Europe/Helsinki\"",
        "time_zone = \"Europe/Berlin\"\ncountry = \"DE\"",
    );
    let loaded = Folder::new(&text).load(&[]);
    assert!(loaded.is_sound());
    assert!(
        loaded
            .diagnostics
            .iter()
            .any(|diagnostic| diagnostic.code == "HK0124")
    );
}

#[test]
fn a_feature_without_geometry_is_left_out_with_a_word() {
    let empty = "{\"type\": \"Feature\", \"properties\": {}, \"geometry\": null}".to_owned();
    let buildings = collection(&[house("a", 26.951, 60.531), empty]);
    let loaded = Folder::mapped()
        .with("buildings.geojson", &buildings)
        .load(&[]);
    assert_eq!(loaded.study.map(|study| study.buildings.len()), Some(1));
    assert_eq!(loaded.diagnostics[0].code, "HK0310");
}

#[test]
fn weather_files_of_energyplus_are_read() {
    let mut epw = String::from(
        "LOCATION,Helsinki-Vantaa,-,FIN,TMY,029740,60.32,24.97,2.0,51.0\nDESIGN CONDITIONS,0\n\
         TYPICAL/EXTREME PERIODS,0\nGROUND TEMPERATURES,0\nHOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0\n\
         COMMENTS 1,\nCOMMENTS 2,\nDATA PERIODS,1,1,Data,Sunday, 1/ 1,12/31\n",
    );
    for hour in 0..8760_u32 {
        let day = jiff::civil::date(2021, 1, 1)
            .saturating_add(jiff::Span::new().days(i64::from(hour.div_euclid(24))));
        epw.push_str(&format!(
            "2021,{},{},{},60,x,{:.1},0,50,101325,0,0,0,0,0,0,0,0,0,0,0,3.0\n",
            day.month(),
            day.day(),
            hour.rem_euclid(24) + 1,
            f64::from(hour.rem_euclid(24)) - 10.0
        ));
    }
    let study = Folder::new(LUMPED)
        .with("w.epw", &epw)
        .study(&[("weather.file", "w.epw")]);
    assert_eq!(study.axis.calendar[0].year, 2025);
    assert!((study.weather.outdoor_temperature[5].c() + 5.0).abs() < 1e-9);
    assert_eq!(study.weather.provenance, "w.epw");
}

#[test]
fn supply_temperature_levels_always_hold_the_curve() {
    let with = |keys: &str| {
        let text = LUMPED.replace("[network]\n", &format!("[network]\n{keys}\n"));
        Folder::new(&text).study(&[]).network.supply_levels
    };
    assert_eq!(with(""), None);
    assert_eq!(with("supply_temperature_levels_k = [0]"), None);
    let levels = with("supply_temperature_levels_k = [10, -5]").unwrap();
    let kelvin: Vec<f64> = levels.offsets.iter().map(|k| k.kelvin()).collect();
    assert_eq!(format!("{kelvin:?}"), "[-5.0, 0.0, 10.0]");
    assert!((levels.ramp_per_hour.kelvin() - 5.0).abs() < 1e-12);
}
