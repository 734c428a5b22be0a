//! Holes that a named rule fills, and files of the Finnish Meteorological Institute.

use crate::support::{UTC_2023, codes, file, helsinki_from, helsinki_year, request, utc_rows};
use hukka_model::{Diagnostic, TimeAxis};
use hukka_series::{
    GapRule, Gaps, OUTDOOR_TEMPERATURE, RELATIVE_HUMIDITY, SeriesRequest, read_series,
};

const DAYS: Gaps = Gaps {
    rule: GapRule::SameHourOfNeighbouringDays,
    max_hours: 48,
};
const LINE: Gaps = Gaps {
    rule: GapRule::Linear,
    max_hours: 3,
};

fn read(bytes: &[u8], gaps: Gaps, axis: &TimeAxis) -> (Option<Vec<f64>>, Vec<Diagnostic>) {
    let request = SeriesRequest {
        gaps,
        ..request(bytes, &OUTDOOR_TEMPERATURE)
    };
    read_series(&request, axis)
}

#[test]
fn absent_rows_empty_cells_and_marks_are_holes_to_fill() {
    let axis = helsinki_from(UTC_2023);
    let mut rows = utc_rows(UTC_2023, 8760);
    let stamp = |row: &str| row.split(',').next().unwrap_or_default().to_owned();
    rows[100] = format!("{},", stamp(&rows[100]));
    rows[101] = format!("{},-9999", stamp(&rows[101]));
    rows[300] = format!("{},NaN", stamp(&rows[300]));
    rows.drain(700..703);
    let bytes = file("time,temperature_c", &rows);
    let (values, found) = read(&bytes, LINE, &axis);
    let values = values.unwrap_or_else(|| panic!("{found:#?}"));
    assert_eq!(codes(&found), ["HK0231"; 3]);
    for hour in [100, 101, 300, 700, 701, 702] {
        assert!(
            (values[hour] - crate::support::value(hour)).abs() < 1e-9,
            "{hour}"
        );
    }
    let seen = found[2].seen.clone().unwrap_or_default();
    assert!(
        seen.contains("2023-01-30T04:00") && seen.ends_with("20, 20.1, 20.2"),
        "{seen}"
    );
    let (values, found) = read(&bytes, Gaps::default(), &axis);
    assert!(values.is_none() && found.len() >= 4, "{found:#?}");
}

#[test]
fn longer_holes_than_allowed_stay_errors_beside_those_filled() {
    let axis = helsinki_from(UTC_2023);
    let mut rows = utc_rows(UTC_2023, 8760);
    rows.drain(4000..4004);
    rows.drain(100..102);
    let (values, found) = read(&file("time,temperature_c", &rows), LINE, &axis);
    assert!(values.is_none());
    let mut kinds = codes(&found);
    kinds.sort_unstable();
    assert_eq!(kinds, ["HK0210", "HK0231"]);
}

#[test]
fn a_file_that_begins_late_is_filled_from_the_days_after() {
    let axis = helsinki_from(UTC_2023);
    let rows = utc_rows(UTC_2023, 8760)[30..].to_vec();
    let bytes = file("time,temperature_c", &rows);
    let (values, found) = read(&bytes, DAYS, &axis);
    let values = values.unwrap_or_else(|| panic!("{found:#?}"));
    assert_eq!((values.len(), codes(&found)), (8760, vec!["HK0231"]));
    assert!((values[29] - values[53]).abs() < 1e-12);
    assert!(read(&bytes, Gaps::default(), &axis).0.is_none());
}

#[test]
fn quarter_hours_with_a_hole_leave_out_the_whole_hour() {
    let axis = helsinki_from(UTC_2023);
    let mut rows: Vec<String> = (0..4 * 8760)
        .map(|step| {
            let stamp = crate::support::utc_stamp(UTC_2023, step, 15);
            format!("{stamp}Z,{:.1}", crate::support::value(step / 4))
        })
        .collect();
    rows.remove(402);
    let (values, found) = read(&file("time,temperature_c", &rows), LINE, &axis);
    let values = values.unwrap_or_else(|| panic!("{found:#?}"));
    assert_eq!(codes(&found), ["HK0231"]);
    assert!((values[100] - 10.0).abs() < 1e-9);
}

#[test]
fn both_downloads_of_the_finnish_institute_are_read() {
    let axis = helsinki_year(2023);
    let mut old =
        "Vuosi,Kk,Pv,Klo,Aikavyöhyke,Suhteellinen kosteus (%),Ilman lämpötila (degC)\n".to_owned();
    let mut new = "\u{feff}\"Havaintoasema\",\"Vuosi\",\"Kuukausi\",\"Päivä\",\"Aika [Paikallinen aika]\",\"Ilman lämpötila [°C]\"\n".to_owned();
    for (hour, local) in axis.calendar.iter().enumerate() {
        let utc = crate::support::utc_stamp(axis.start_unix_s, hour, 60);
        let (date, time) = utc.split_once('T').unwrap_or_default();
        let part: Vec<&str> = date.split('-').collect();
        let value = crate::support::value(hour);
        let number = |text: &str| text.trim_start_matches('0').to_owned();
        old.push_str(&format!(
            "{},{},{},{time},UTC,80,{value}\n",
            part[0],
            number(part[1]),
            number(part[2])
        ));
        new.push_str(&format!(
            "\"Kouvola Anjala\",\"{}\",\"{}\",\"{}\",\"{:02}:00\",\"{value}\"\n",
            local.year, local.month, local.day, local.hour
        ));
    }
    let (values, found) = read(old.as_bytes(), Gaps::default(), &axis);
    assert!(
        values.is_some_and(|v| v == crate::support::values(8760)),
        "{found:#?}"
    );
    let humid = SeriesRequest {
        ..request(old.as_bytes(), &RELATIVE_HUMIDITY)
    };
    assert!(read_series(&humid, &axis).0.is_some_and(|v| v[0] > 79.0));
    let local = SeriesRequest {
        time_zone: Some("Europe/Helsinki"),
        ..request(new.as_bytes(), &OUTDOOR_TEMPERATURE)
    };
    let (values, found) = read_series(&local, &axis);
    assert!(
        values.is_some_and(|v| v == crate::support::values(8760)),
        "{found:#?}"
    );
    let (values, found) = read(new.as_bytes(), Gaps::default(), &axis);
    assert!(values.is_none());
    assert_eq!(codes(&found), ["HK0212"]);
}
