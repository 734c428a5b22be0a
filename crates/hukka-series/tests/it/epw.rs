//! EnergyPlus weather files.

use crate::support::{UTC_2023, codes, helsinki_from, helsinki_year};
use hukka_series::{GapRule, Gaps, is_epw, read_epw};
use std::fmt::Write;

const HEADER: &str = "LOCATION,Helsinki-Vantaa,-,FIN,TMY,029740,60.32,24.97,2.0,51.0\n\
                      DESIGN CONDITIONS,0\nTYPICAL/EXTREME PERIODS,0\nGROUND TEMPERATURES,0\n\
                      HOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0\nCOMMENTS 1,x\nCOMMENTS 2,x\n\
                      DATA PERIODS,1,1,Data,Sunday, 1/ 1,12/31\n";

fn temperature(hour: usize) -> f64 {
    ((hour % 400) as f64 - 200.0) / 10.0
}

/// A typical year whose months come from different years.
fn weather(has_leap_day: bool) -> String {
    let mut text = HEADER.to_owned();
    let year = if has_leap_day { 2024 } else { 2023 };
    let mut day = jiff::civil::date(year, 1, 1);
    let mut hour_of_year = 0;
    while day.year() == year {
        for hour in 1..=24 {
            writeln!(
                text,
                "{},{},{},{hour},60,?9?9,{:.1},0.5,80,101325",
                1990 + i16::from(day.month()),
                day.month(),
                day.day(),
                temperature(hour_of_year)
            )
            .unwrap();
            hour_of_year += 1;
        }
        day = day.tomorrow().unwrap();
    }
    text
}

#[test]
fn hours_ending_in_local_standard_time_become_hours_of_the_axis() {
    let text = weather(false);
    assert!(is_epw(text.as_bytes()));
    let (read, found) = read_epw(
        "w.epw",
        text.as_bytes(),
        &helsinki_year(2023),
        Gaps::default(),
    );
    assert!(found.is_empty(), "{found:#?}");
    let read = read.unwrap();
    assert_eq!(read.place, "Helsinki-Vantaa, FIN");
    assert_eq!(read.utc_offset_minutes, 120);
    let expected: Vec<f64> = (0..8760).map(temperature).collect();
    assert!(read.temperature_c == expected);
    let (read, _) = read_epw(
        "w.epw",
        text.as_bytes(),
        &helsinki_from(UTC_2023),
        Gaps::default(),
    );
    assert_eq!(read.unwrap().temperature_c[0], temperature(2));
}

#[test]
fn the_leap_day_is_repeated_or_left_out() {
    let (read, found) = read_epw(
        "w.epw",
        weather(false).as_bytes(),
        &helsinki_year(2024),
        Gaps::default(),
    );
    assert_eq!(codes(&found), ["HK0228"]);
    let read = read.unwrap().temperature_c;
    assert_eq!(read[59 * 24..60 * 24], read[58 * 24..59 * 24]);
    let (read, found) = read_epw(
        "w.epw",
        weather(true).as_bytes(),
        &helsinki_year(2023),
        Gaps::default(),
    );
    assert_eq!(codes(&found), ["HK0228"]);
    assert_eq!(read.unwrap().temperature_c[59 * 24], temperature(60 * 24));
    let (_, found) = read_epw(
        "w.epw",
        weather(true).as_bytes(),
        &helsinki_year(2024),
        Gaps::default(),
    );
    assert!(found.is_empty());
}

#[test]
fn missing_wild_and_broken_values_are_named() {
    let text = weather(false)
        .replacen(",?9?9,-20.0,", ",?9?9,99.9,", 1)
        .replacen(",?9?9,-19.9,", ",?9?9,-199.9,", 1)
        .replacen(",?9?9,-19.8,", ",?9?9,cold,", 1)
        .replacen("1991,1,1,4,", "1991,1,1,25,", 1);
    let (read, found) = read_epw(
        "w.epw",
        text.as_bytes(),
        &helsinki_year(2023),
        Gaps::default(),
    );
    assert!(read.is_none());
    assert_eq!(codes(&found), ["HK0207", "HK0220", "HK0206", "HK0227"]);
    assert_eq!(found[0].place.as_ref().unwrap().line, Some(9));
}

#[test]
fn short_files_and_broken_headers_are_refused() {
    let text = weather(false);
    let cut = text.rsplit_once("1992").unwrap().0;
    let (_, found) = read_epw(
        "w.epw",
        cut.as_bytes(),
        &helsinki_year(2023),
        Gaps::default(),
    );
    assert_eq!(codes(&found), ["HK0215"]);
    let headless = text.replacen("LOCATION", "PLACE", 1);
    assert_eq!(
        codes(
            &read_epw(
                "w.epw",
                headless.as_bytes(),
                &helsinki_year(2023),
                Gaps::default()
            )
            .1
        ),
        ["HK0226"]
    );
    let zoneless = text.replacen("24.97,2.0,", "24.97,east,", 1);
    assert_eq!(
        codes(
            &read_epw(
                "w.epw",
                zoneless.as_bytes(),
                &helsinki_year(2023),
                Gaps::default()
            )
            .1
        ),
        ["HK0226"]
    );
    let twice = text.replacen("1991,1,1,2,", "1991,1,1,1,", 1);
    assert_eq!(
        codes(
            &read_epw(
                "w.epw",
                twice.as_bytes(),
                &helsinki_year(2023),
                Gaps::default()
            )
            .1
        ),
        ["HK0211"]
    );
}

#[test]
fn missing_hours_are_filled_by_the_named_rule_and_told() {
    let gaps = Gaps {
        rule: GapRule::Linear,
        max_hours: 6,
    };
    let whole = weather(false);
    let value = |hour: usize| format!(",{:.1},0.5", temperature(hour));
    let mut rows: Vec<String> = whole.lines().map(str::to_owned).collect();
    let header = HEADER.lines().count();
    for hour in [1000, 1001] {
        rows[header + hour] = rows[header + hour].replace(&value(hour), ",9999,0.5");
    }
    rows.remove(header + 5000);
    let text = rows.join("\n");
    let (read, found) = read_epw("w.epw", text.as_bytes(), &helsinki_year(2023), gaps);
    let read = read.unwrap_or_else(|| panic!("{found:#?}"));
    assert_eq!(codes(&found), ["HK0231", "HK0231"]);
    assert!((read.temperature_c[1001] - temperature(1001)).abs() < 1e-9);
    assert!((read.temperature_c[5000] - temperature(5000)).abs() < 1e-9);
    let air = read.air.expect("the file has humidity and pressure");
    assert!((air.humidity_percent[8759] - 80.0).abs() < 1e-12);
    let (_, found) = read_epw(
        "w.epw",
        text.as_bytes(),
        &helsinki_year(2023),
        Gaps::default(),
    );
    assert!(
        found.iter().all(hukka_model::Diagnostic::is_error),
        "{found:#?}"
    );
}
