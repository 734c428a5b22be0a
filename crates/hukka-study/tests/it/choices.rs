//! Laws of heat pumps, rules for holes, weather and stock of other years, as a study chooses them.

use crate::folder::{Folder, LUMPED, only};
use hukka_model::{CompressorKind, Diagnostic, HeatPumpModel, RenovationOrder, Study};
use hukka_study::render;
use std::fmt::Write as _;

fn lumped(more: &str) -> Folder {
    Folder::new(&format!("{LUMPED}\n{more}"))
}

fn value<'s>(study: &'s Study, key: &str) -> &'s str {
    let found = study.assumptions.iter().find(|line| line.key == key);
    &found
        .unwrap_or_else(|| panic!("`{key}` is in the register"))
        .value
}

/// Hours of some years of UTC weather, by hour and year.
fn weather(years: std::ops::RangeInclusive<i16>, celsius: impl Fn(i16, i64) -> f64) -> String {
    let mut text = "time,temperature_c\n".to_owned();
    let start = jiff::civil::date(*years.start(), 1, 1);
    let mut hour = 0;
    loop {
        let at = start.at(0, 0, 0, 0) + jiff::SignedDuration::from_hours(hour);
        if at.year() > *years.end() {
            return text;
        }
        let value = celsius(at.year(), hour);
        let _ = writeln!(text, "{}Z,{value:.2}", at.strftime("%Y-%m-%dT%H:%M"));
        hour += 1;
    }
}

#[test]
fn every_law_of_a_heat_pump_can_be_chosen() {
    let pump = |keys: &str| {
        let folder = lumped(&format!("[[heat_pump]]\nid = \"hp\"\n{keys}\n")).with(
            "map.csv",
            ";45;60;75;90\n10;4,6;3,6;2,9;0\n20;5,5;4,2;3,3;2,7\n30;6,6;5,0;3,9;3,1\n",
        );
        folder.study(&[]).heat_pumps[0].clone()
    };
    assert_eq!(pump("model = \"jesper\"").model, HeatPumpModel::Jesper);
    let isobutane = pump("model = \"jensen\"\nrefrigerant = \"R600a\"");
    assert_eq!(isobutane.model, HeatPumpModel::JensenIsobutane);
    let HeatPumpModel::Map(map) = pump("model = \"map\"\nmap = \"map.csv\"").model else {
        panic!("a map");
    };
    assert_eq!((map.cold.len(), map.hot.len(), map.cop[3]), (3, 4, None));
    let HeatPumpModel::Cycle(cycle) =
        pump("model = \"cycle\"\nrefrigerant = \"ammonia\"\nstages = 2").model
    else {
        panic!("a cycle");
    };
    assert!(cycle.cop.iter().flatten().all(|cop| cop.fraction() > 1.0));
    assert!(
        cycle
            .hot
            .last()
            .is_some_and(|t| (t.c() - 90.0).abs() < 1e-9)
    );
    let train = pump(
        "units_in_series = 3\nunits_in_parallel = 2\npart_load = \"screw\"\nmin_lift_k = 8\nexchanger_first = true",
    );
    let rules = train.arrangement;
    assert_eq!((rules.in_series, rules.in_parallel), (3, 2));
    assert_eq!(rules.part_load, Some(CompressorKind::Screw));
    assert!(rules.has_exchanger_first && (rules.min_lift.kelvin() - 8.0).abs() < 1e-12);
}

#[test]
fn what_is_wrong_with_a_law_is_told_with_its_way_out() {
    let problem = |keys: &str| -> Diagnostic {
        let folder = lumped(&format!("[[heat_pump]]\nid = \"hp\"\n{keys}\n"))
            .with("bad.csv", ";45;60\n10;4.6;x\n");
        only(folder.errors(&[]))
    };
    assert_eq!(problem("model = \"map\"").code, "HK0104");
    assert_eq!(problem("model = \"map\"\nmap = \"bad.csv\"").code, "HK0314");
    assert_eq!(
        problem("model = \"map\"\nmap = \"none.csv\"").code,
        "HK0901"
    );
    let unknown = problem("model = \"cycle\"\nrefrigerant = \"amonia\"");
    assert_eq!(unknown.code, "HK0105");
    assert!(unknown.help.is_some_and(|help| help.contains("Ammonia")));
    let loaded = lumped("[[heat_pump]]\nid = \"hp\"\nmap = \"bad.csv\"\n")
        .with("bad.csv", ";45;60\n")
        .load(&[]);
    assert!(loaded.diagnostics.iter().any(|d| d.code == "HK0112"));
}

#[test]
fn a_machine_that_cannot_be_built_is_warned_of() {
    let loaded = lumped("[[heat_pump]]\nid = \"hp\"\nmodel = \"cycle\"\nrefrigerant = \"propane\"\nmax_outlet_temperature_c = 100\n").load(&[]);
    assert!(
        loaded.study.is_some(),
        "{}",
        render(&loaded.diagnostics, false)
    );
    assert!(loaded.diagnostics.iter().any(|d| d.code == "HK0126"));
}

#[test]
fn holes_of_a_series_are_filled_only_by_a_named_rule() {
    let mut text = weather(2023..=2023, |_, hour| (hour % 24) as f64);
    text = text.replace("2023-03-04T05:00Z,5.00\n", "");
    let folder =
        |rule: &str| lumped(&format!("[weather]\nfile = \"w.csv\"\n{rule}")).with("w.csv", &text);
    let errors = folder("").errors(&[]);
    assert!(errors.iter().any(|d| d.code == "HK0210"), "{errors:#?}");
    for rule in ["linear", "same_hour_of_neighbouring_days"] {
        let loaded = folder(&format!("[series]\ngaps = \"{rule}\"\n")).load(&[]);
        let told = loaded.diagnostics.iter().filter(|d| d.code == "HK0231");
        assert_eq!(told.count(), 1, "{}", render(&loaded.diagnostics, false));
        let study = loaded.study.expect("a study");
        assert!(
            study
                .weather
                .outdoor_temperature
                .iter()
                .all(|t| t.is_finite())
        );
        assert_eq!(value(&study, "series.max_gap_h"), "6");
    }
}

#[test]
fn a_change_of_climate_needs_a_source_and_moves_each_month() {
    let months = "change_k = [3, 3, 2.5, 2, 2, 2, 2, 2, 2, 2.5, 3, 3]\n";
    let shifted = lumped(&format!(
        "[weather]\n{months}change_source = \"SSP2-4.5, 2050s\"\n"
    ));
    let (plain, warm) = (lumped("").study(&[]), shifted.study(&[]));
    for (t, hour) in plain.axis.calendar.iter().enumerate().step_by(97) {
        let by =
            (warm.weather.outdoor_temperature[t] - plain.weather.outdoor_temperature[t]).kelvin();
        let wanted = [3.0, 3.0, 2.5, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.5, 3.0, 3.0];
        assert!((by - wanted[usize::from(hour.month) - 1]).abs() < 1e-9);
    }
    let kept = shifted.load(&[]).diagnostics;
    assert!(kept.iter().any(|d| d.code == "HK0127"), "a total is kept");
    assert_eq!(
        only(lumped(&format!("[weather]\n{months}")).errors(&[])).code,
        "HK0104"
    );
    let short = "[weather]\nchange_k = [1, 2]\nchange_source = \"x\"\n";
    assert_eq!(only(lumped(short).errors(&[])).code, "HK0107");
}

#[test]
fn metered_totals_are_carried_by_degree_days() {
    let plain = lumped("").study(&[]);
    let folder = Folder::new(&LUMPED.replace(
        "annual_mwh = 27000\n",
        "annual_mwh = 27000\nmetered_degree_days = 4000\n",
    ));
    let carried = folder.study(&[]);
    let ratio = carried.lumped_demands[0].annual_heat.mwh() / 27000.0;
    let line = value(&carried, "lumped_demand.town.annual_mwh (normalised)");
    assert!((0.7..1.3).contains(&ratio) && !line.is_empty(), "{ratio}");
    let cold = weather(2021..=2021, |_, _| -3.0);
    let from_file = Folder::new(&LUMPED.replace(
        "annual_mwh = 27000\n",
        "annual_mwh = 27000\nmetered_weather = \"w.csv\"\n",
    ))
    .with("w.csv", &cold)
    .study(&[]);
    let share = from_file.lumped_demands[0].annual_heat.mwh() / 27000.0;
    // 20 K on each of 365 days; a quarter is hot water.
    let study_days = (ratio - 0.25) / 0.75 * 4000.0;
    assert!(
        (share - (0.25 + 0.75 * study_days / 7300.0)).abs() < 1e-3,
        "{share}"
    );
    assert!((plain.lumped_demands[0].annual_heat.mwh() - 27000.0).abs() < 1e-9);
}

#[test]
fn the_coldest_of_several_years_is_designed_for() {
    let years = weather(2020..=2022, |year, hour| {
        if year == 2021 && hour % 24 == 3 {
            -31.0
        } else {
            4.0
        }
    });
    let study = lumped("[weather]\nextreme_files = [\"years.csv\"]\n")
        .with("years.csv", &years)
        .study(&[]);
    let extreme = study.weather.extreme.as_ref().expect("an extreme year");
    assert_eq!(extreme.provenance, "years.csv 2021");
    assert!((study.weather.design_outdoor_temperature.c() + 31.0).abs() < 1e-9);
    assert_eq!(extreme.outdoor_temperature.len(), study.axis.len());
    let absent = lumped("[weather]\nextreme_files = [\"none.csv\"]\n").errors(&[]);
    assert_eq!(only(absent).code, "HK0901");
    let short = lumped("[weather]\nextreme_files = [\"short.csv\"]\n")
        .with(
            "short.csv",
            "time,temperature_c\n2020-01-01T00:00Z,1\n2020-01-01T01:00Z,2\n",
        )
        .errors(&[]);
    assert!(short.iter().any(|d| d.code == "HK0908"), "{short:#?}");
}

#[test]
fn humidity_gives_the_wet_bulb() {
    let rows = weather(2023..=2023, |_, _| 20.0);
    let rows = rows
        .replace("temperature_c\n", "temperature_c,humidity_pct\n")
        .replace(",20.00\n", ",20.00,50\n");
    let study = lumped("[weather]\nfile = \"w.csv\"\ncolumn = \"temperature_c\"\nhumidity_column = \"humidity_pct\"\n")
        .with("w.csv", &rows)
        .study(&[]);
    let wet = study.weather.wet_bulb_temperature.expect("a wet bulb");
    assert!((wet[100].c() - 13.8).abs() < 0.1, "{}", wet[100].c());
}

#[test]
fn renovations_and_processes_are_read() {
    let text = "[demand]\nstock_year = 2025\ntarget_year = 2040\n\
                [[renovation]]\nid = \"flats\"\nuses = [\"apartment\"]\nbuilt_until = 1980\n\
                stock_share_per_year = 0.02\nsaving_share = 0.3\nsecondary_supply_c = 60\norder = \"oldest_first\"\n";
    let stock = lumped(text).study(&[]).stock;
    assert!((stock.years() - 15.0).abs() < 1e-12);
    assert_eq!(stock.renovations[0].order, RenovationOrder::OldestFirst);
    assert!((stock.renovations[0].share_after(stock.years()) - 0.3).abs() < 1e-12);
    let unknown = text.replace("\"apartment\"", "\"castle\"");
    assert_eq!(only(lumped(&unknown).errors(&[])).code, "HK0105");
    let backwards = text.replace("target_year = 2040", "target_year = 2020");
    assert_eq!(only(lumped(&backwards).errors(&[])).code, "HK0111");
    let works = LUMPED.replace(
        "annual_mwh = 27000\n",
        "annual_mwh = 27000\nprocess_share = 0.6\nprocess_shifts = 3\nsecondary_supply_c = 35\n",
    );
    let study = Folder::new(&works).study(&[]);
    let process = study.lumped_demands[0].process.expect("a process");
    assert_eq!((process.shifts, process.days), (3, 5));
    assert!(study.lumped_demands[0].secondary_supply.is_some());
}
