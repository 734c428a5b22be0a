//! Series files with something wrong: every problem is named with its place.

use crate::support::{
    UTC_2023, UTC_2024, codes, file, helsinki_from, helsinki_year, line_of, local_rows, only_error,
    read_price, read_temperature, request, utc_rows, utc_stamp, value,
};
use hukka_series::{OUTDOOR_TEMPERATURE, SeriesRequest, UTILISATION, read_series};

const HEADER: &str = "time_utc,temperature_c";

fn with_rows(change: impl FnOnce(&mut Vec<String>)) -> Vec<u8> {
    let mut rows = utc_rows(UTC_2023, 8760);
    change(&mut rows);
    file(HEADER, &rows)
}

fn set_value(rows: &mut [String], row: usize, text: &str) {
    let (stamp, _) = rows[row].split_once(',').unwrap();
    rows[row] = format!("{stamp},{text}");
}

fn read(bytes: &[u8]) -> (Option<Vec<f64>>, Vec<hukka_model::Diagnostic>) {
    read_temperature(bytes, None, &helsinki_from(UTC_2023))
}

#[test]
fn text_nan_and_infinity_are_named_with_line_and_column() {
    for text in ["warm", "NaN", "inf", "1 234.5", "1,5e", "12 °C"] {
        let quoted = format!("\"{text}\"");
        let result = read(&with_rows(|rows| set_value(rows, 9, &quoted)));
        let found = only_error(&result, "HK0206");
        assert_eq!(line_of(found), 11);
        assert_eq!(found.place.as_ref().unwrap().column, Some(20));
        assert_eq!(found.seen.as_deref(), Some(text));
    }
}

#[test]
fn thousands_separators_are_never_guessed() {
    let result = read(&with_rows(|rows| set_value(rows, 9, "\"1,234.5\"")));
    assert!(
        only_error(&result, "HK0206")
            .help
            .as_ref()
            .unwrap()
            .contains("thousands")
    );
}

#[test]
fn mixed_decimal_marks_are_named() {
    let rows: Vec<String> = utc_rows(UTC_2023, 8760)
        .iter()
        .map(|r| r.replace(',', ";").replace('.', ","))
        .collect();
    let mut rows = rows;
    rows[3] = rows[3].replace(",3", ".3");
    let result = read(&file("t;x", &rows));
    assert!(
        only_error(&result, "HK0206")
            .help
            .as_ref()
            .unwrap()
            .contains("decimal mark")
    );
}

#[test]
fn a_decimal_comma_between_commas_is_a_row_of_too_many_fields() {
    let result = read(&with_rows(|rows| set_value(rows, 9, "1,5")));
    let found = only_error(&result, "HK0209");
    assert!(found.help.as_ref().unwrap().contains("decimal comma"));
    assert_eq!(found.seen.as_deref(), Some("3 fields"));
}

#[test]
fn missing_values_are_told_as_runs() {
    let result = read(&with_rows(|rows| {
        set_value(rows, 5, "");
        for row in 100..103 {
            set_value(rows, row, "NA");
        }
    }));
    assert!(result.0.is_none());
    assert_eq!(codes(&result.1), ["HK0207", "HK0207"]);
    assert_eq!(line_of(&result.1[0]), 7);
    assert_eq!(result.1[1].place.as_ref().unwrap().last_line, Some(104));
    assert!(result.1[1].message.contains("3 rows"));
}

#[test]
fn a_hole_says_where_and_how_long() {
    let result = read(&with_rows(|rows| drop(rows.drain(1000..1005))));
    let found = only_error(&result, "HK0210");
    assert!(found.message.contains("5 h missing"));
    assert_eq!(line_of(found), 1001);
    assert!(
        found
            .seen
            .as_ref()
            .unwrap()
            .contains("2023-02-11T15:00Z then 2023-02-11T21:00Z"),
        "{found:?}"
    );
}

#[test]
fn a_hole_at_the_change_to_summer_time_is_explained() {
    let axis = helsinki_year(2023);
    let rows: Vec<String> = local_rows(&axis)
        .iter()
        .map(|row| row.replacen(',', "+02:00,", 1))
        .collect();
    let (read, found) = read_temperature(&file("time,x", &rows), None, &axis);
    assert!(read.is_none());
    let gap = found.iter().find(|d| d.code == "HK0210").unwrap();
    assert!(gap.message.contains("1 h missing"));
    assert!(gap.help.as_ref().unwrap().contains("summer time begins"));
    let twice = found.iter().find(|d| d.code == "HK0211").unwrap();
    assert!(twice.help.as_ref().unwrap().contains("summer time ends"));
}

#[test]
fn repeated_and_backward_stamps_are_told_apart() {
    let result = read(&with_rows(|rows| rows.insert(50, rows[49].clone())));
    assert_eq!(line_of(only_error(&result, "HK0211")), 52);
    let result = read(&with_rows(|rows| rows.swap(50, 51)));
    assert_eq!(line_of(only_error(&result, "HK0213")), 53);
    let result = read(&with_rows(|rows| {
        let again = rows[40..50].to_vec();
        rows.splice(50..50, again);
    }));
    assert!(only_error(&result, "HK0213").message.contains("9 h"));
}

#[test]
fn stamps_without_offset_or_zone_are_not_guessed() {
    let axis = helsinki_year(2023);
    let result = read_temperature(&file("time,x", &local_rows(&axis)), None, &axis);
    let found = only_error(&result, "HK0212");
    assert!(found.help.as_ref().unwrap().contains("time_zone"));
    assert_eq!(line_of(found), 2);
    let result = read(&with_rows(|rows| rows[7] = rows[7].replace('Z', "")));
    assert!(only_error(&result, "HK0212").message.contains("1 of 8760"));
}

#[test]
fn the_wrong_zone_shows_at_the_hour_skipped_in_spring() {
    let rows: Vec<String> = utc_rows(UTC_2023, 8760)
        .iter()
        .map(|row| row.replace('Z', ""))
        .collect();
    let (read, found) = read_temperature(
        &file("time,x", &rows),
        Some("Europe/Helsinki"),
        &helsinki_year(2023),
    );
    assert!(read.is_none());
    let skipped = found.iter().find(|d| d.code == "HK0222").unwrap();
    assert_eq!(skipped.seen.as_deref(), Some("2023-03-26T03:00"));
    assert!(skipped.help.as_ref().unwrap().contains("+02:00"));
}

#[test]
fn an_october_hour_given_once_is_explained() {
    let axis = helsinki_year(2023);
    let mut rows = local_rows(&axis);
    let first = rows
        .iter()
        .position(|row| row.starts_with("2023-10-29 03:00"))
        .unwrap();
    rows.remove(first);
    let result = read_temperature(&file("time,x", &rows), Some("Europe/Helsinki"), &axis);
    assert!(
        only_error(&result, "HK0210")
            .help
            .as_ref()
            .unwrap()
            .contains("only once")
    );
}

#[test]
fn unknown_zones_and_contradicting_offsets_are_said() {
    let bytes = file(HEADER, &utc_rows(UTC_2023, 8760));
    let axis = helsinki_from(UTC_2023);
    let result = read_temperature(&bytes, Some("Finland/Kotka"), &axis);
    only_error(&result, "HK0219");
    let rows: Vec<String> = utc_rows(UTC_2023, 8760)
        .iter()
        .map(|row| row.replace('Z', "-05:00"))
        .collect();
    let axis = helsinki_from(UTC_2023 + 5 * 3600);
    let (read, found) = read_temperature(&file(HEADER, &rows), Some("Europe/Helsinki"), &axis);
    assert_eq!(codes(&found), ["HK0223"]);
    assert!(read.is_some() && !found[0].is_error());
}

#[test]
fn unreadable_stamps_are_named() {
    let result = read(&with_rows(|rows| {
        rows[20] = "2023-01-32T00:00Z,1.0".to_owned();
        rows[21] = ",1.0".to_owned();
    }));
    assert_eq!(codes(&result.1), ["HK0208", "HK0208"]);
    assert_eq!(line_of(&result.1[0]), 22);
    let result = read(&with_rows(|rows| {
        rows[20] = "2023-01-32T00:00Z,1.0".to_owned();
        rows.drain(700..702);
    }));
    assert_eq!(codes(&result.1), ["HK0208", "HK0210"]);
    let rows: Vec<String> = (0..8760)
        .map(|hour| format!("{:02}/01/2023 {:02}:00,1.0", 1 + hour / 24 % 28, hour % 24))
        .collect();
    let (read, found) = read_temperature(&file(HEADER, &rows), None, &helsinki_from(UTC_2023));
    assert!(read.is_none());
    assert!(found.iter().all(|d| d.code == "HK0208"));
    assert_eq!(found.len(), 21);
    assert!(found[20].message.contains("8740 more"));
    assert!(found[0].help.as_ref().unwrap().contains("slashes"));
}

#[test]
fn other_steps_and_stamps_off_the_step_are_refused() {
    for (minutes, count) in [(1440, 365), (45, 11_680), (180, 2920)] {
        let rows: Vec<String> = (0..count)
            .map(|step| format!("{}Z,1.0", utc_stamp(UTC_2023, step, minutes)))
            .collect();
        let result = read_temperature(&file(HEADER, &rows), None, &helsinki_from(UTC_2023));
        only_error(&result, "HK0214");
    }
    let rows: Vec<String> = (0..8760)
        .map(|step| format!("{}Z,1.0", utc_stamp(UTC_2023 + 1800, step, 60)))
        .collect();
    let result = read_temperature(&file(HEADER, &rows), None, &helsinki_from(UTC_2023));
    only_error(&result, "HK0214");
    let result = read(&with_rows(|rows| {
        rows.insert(4, "2023-01-01T03:20Z,1.0".to_owned());
    }));
    let found = only_error(&result, "HK0214");
    assert_eq!(line_of(found), 6);
}

#[test]
fn rows_without_stamps_must_be_a_year() {
    let axis = helsinki_from(UTC_2023);
    let rows: Vec<String> = (0..8759).map(|hour| value(hour).to_string()).collect();
    let result = read_temperature(&file("x", &rows), None, &axis);
    assert_eq!(
        only_error(&result, "HK0215").seen.as_deref(),
        Some("8759 rows")
    );
    let result = read_temperature(&file("x", &rows[..300]), None, &axis);
    only_error(&result, "HK0205");
}

#[test]
fn values_out_of_range_are_named_and_kelvin_is_recognised() {
    let result = read(&with_rows(|rows| set_value(rows, 9, "-273.0")));
    let found = only_error(&result, "HK0220");
    assert_eq!(found.allowed.as_deref(), Some("-60 to 60 °C"));
    let rows: Vec<String> = (0..8760)
        .map(|hour| {
            format!(
                "{}Z,{:.2}",
                utc_stamp(UTC_2023, hour, 60),
                279.0 + value(hour) / 5.0
            )
        })
        .collect();
    let result = read_temperature(
        &file("time,temperature", &rows),
        None,
        &helsinki_from(UTC_2023),
    );
    let found = only_error(&result, "HK0220");
    assert!(found.help.as_ref().unwrap().contains("look like K"));
    assert!(found.message.contains("8760 of 8760"));
}

#[test]
fn prices_per_kilowatt_hour_and_cents_are_recognised() {
    for (scale, unit) in [(0.005, "EUR/kWh"), (0.5, "c/kWh")] {
        let rows: Vec<String> = (0..8760)
            .map(|hour| {
                format!(
                    "{}Z,{:.4}",
                    utc_stamp(UTC_2023, hour, 60),
                    value(hour) * scale
                )
            })
            .collect();
        let (read, found) = read_price(&file("time,price", &rows), &helsinki_from(UTC_2023));
        assert!(read.is_some());
        assert_eq!(codes(&found), ["HK0221"]);
        assert!(found[0].message.contains(unit), "{}", found[0].message);
    }
    let rows: Vec<String> = (0..8760)
        .map(|hour| {
            format!(
                "{}Z,{:.1}",
                utc_stamp(UTC_2023, hour, 60),
                40.0 + value(hour)
            )
        })
        .collect();
    let bytes = file("time,load", &rows);
    let result = read_series(&request(&bytes, &UTILISATION), &helsinki_from(UTC_2023));
    assert!(
        only_error(&result, "HK0220")
            .help
            .as_ref()
            .unwrap()
            .contains("look like %")
    );
}

#[test]
fn a_series_that_does_not_cover_the_year_says_what_it_covers() {
    let result = read_temperature(
        &file(HEADER, &utc_rows(UTC_2023, 8760)),
        None,
        &helsinki_year(2024),
    );
    let found = only_error(&result, "HK0216");
    assert_eq!(
        found.seen.as_deref(),
        Some("2023-01-01T00:00:00Z to 2024-01-01T00:00:00Z")
    );
    assert!(found.help.as_ref().unwrap().contains("2023"));
    let result = read_temperature(
        &file(HEADER, &utc_rows(UTC_2024, 4000)),
        None,
        &helsinki_year(2024),
    );
    assert!(
        only_error(&result, "HK0216")
            .help
            .as_ref()
            .unwrap()
            .contains("4000 of 8784")
    );
    for hours in [8735, 8759] {
        let result = read_temperature(
            &file(HEADER, &utc_rows(UTC_2023, hours)),
            None,
            &helsinki_from(UTC_2023),
        );
        let code = if hours == 8759 { "HK0215" } else { "HK0216" };
        let found = only_error(&result, code);
        assert!(found.seen.as_ref().is_some_and(|seen| !seen.is_empty()));
    }
}

#[test]
fn files_too_large_or_too_long_are_refused() {
    let axis = helsinki_from(UTC_2023);
    let result = read_temperature(&vec![b'1'; 64 * 1024 * 1024 + 1], None, &axis);
    only_error(&result, "HK0201");
    let result = read_temperature("1\n".repeat(2_000_001).as_bytes(), None, &axis);
    only_error(&result, "HK0201");
}

#[test]
fn text_that_is_not_utf8_names_the_byte() {
    let axis = helsinki_from(UTC_2023);
    let latin = [
        b"time,l\xE4mp\n".as_slice(),
        &file(HEADER, &utc_rows(UTC_2023, 24)),
    ]
    .concat();
    let result = read_temperature(&latin, None, &axis);
    let found = only_error(&result, "HK0202");
    assert_eq!(found.seen.as_deref(), Some("byte 0xE4 at byte offset 6"));
    assert!(found.help.as_ref().unwrap().contains("Latin-1"));
    for bytes in [
        b"\xFF\xFEt\0i\0".as_slice(),
        b"\xFE\xFF\0t",
        b"PK\x03\x04\0\0",
    ] {
        let result = read_temperature(bytes, None, &axis);
        only_error(&result, "HK0202");
    }
}

#[test]
fn empty_files_and_headers_alone_are_said() {
    for text in ["", "\n\n# only a comment\n", "time,temperature_c\n"] {
        let result = read_temperature(text.as_bytes(), None, &helsinki_from(UTC_2023));
        only_error(&result, "HK0203");
    }
}

#[test]
fn several_or_wrong_columns_are_listed() {
    let rows: Vec<String> = utc_rows(UTC_2023, 100)
        .iter()
        .map(|row| format!("{row},7"))
        .collect();
    let bytes = file("time,north,south", &rows);
    let axis = helsinki_from(UTC_2023);
    let result = read_temperature(&bytes, None, &axis);
    assert!(
        only_error(&result, "HK0204")
            .seen
            .as_ref()
            .unwrap()
            .contains("`north`, `south`")
    );
    let request = SeriesRequest {
        column: Some("west"),
        ..request(&bytes, &OUTDOOR_TEMPERATURE)
    };
    let result = read_series(&request, &axis);
    assert!(
        only_error(&result, "HK0204")
            .allowed
            .as_ref()
            .unwrap()
            .contains("`south`")
    );
    let bytes = file("time,north,north", &rows);
    let request = SeriesRequest {
        column: Some("north"),
        bytes: &bytes,
        ..request
    };
    only_error(&read_series(&request, &axis), "HK0204");
}

#[test]
fn all_problems_of_a_file_come_at_once_and_at_most_twenty_of_a_kind() {
    let result = read(&with_rows(|rows| {
        for row in (100..400).step_by(10) {
            set_value(rows, row, "x");
        }
        set_value(rows, 20, "99");
        set_value(rows, 30, "");
        rows.drain(600..610);
        rows.insert(50, rows[49].clone());
    }));
    let found = codes(&result.1);
    assert!(result.0.is_none());
    assert_eq!(found.iter().filter(|code| **code == "HK0206").count(), 21);
    for code in ["HK0207", "HK0210", "HK0211", "HK0220"] {
        assert_eq!(
            found.iter().filter(|found| **found == code).count(),
            1,
            "{code}"
        );
    }
    assert!(
        result
            .1
            .iter()
            .any(|d| d.message == "and 10 more of HK0206 in this file")
    );
}

#[test]
fn a_change_of_step_is_said_once() {
    let quarters = |rows: &mut Vec<String>, from: usize, count: usize| {
        let first = UTC_2023 + 3600 * from as i64;
        let tail = (0..count).map(|step| format!("{}Z,1", utc_stamp(first, step, 15)));
        rows.splice(from.., tail);
    };
    for count in [96, 4 * 4000] {
        let result = read(&with_rows(|rows| quarters(rows, 4760, count)));
        assert!(result.0.is_none());
        let found = only_error(&result, "HK0214");
        assert_eq!(
            found.message,
            "the step changes from 1 h to 15 min at line 4762"
        );
        assert_eq!(line_of(found), 4762);
        assert_eq!(codes(&result.1), ["HK0214"]);
    }
}

#[test]
fn the_time_column_is_no_candidate_for_the_values() {
    let rows: Vec<String> = utc_rows(UTC_2023, 100)
        .iter()
        .map(|row| format!("{row},7"))
        .collect();
    let bytes = file("time,north,south", &rows);
    let axis = helsinki_from(UTC_2023);
    for column in [None, Some("west"), Some("time")] {
        let request = SeriesRequest {
            column,
            ..request(&bytes, &OUTDOOR_TEMPERATURE)
        };
        let result = read_series(&request, &axis);
        let found = only_error(&result, "HK0204");
        assert_eq!(found.subject.as_deref(), Some("column"));
        assert!(found.help.as_ref().unwrap().contains("`column`"));
        let shown = format!("{:?}{:?}", found.allowed, found.help);
        assert!(!shown.contains("`time`"), "{shown}");
    }
}

#[test]
fn a_nul_byte_is_called_by_its_name() {
    let result = read(&with_rows(|rows| set_value(rows, 9, "1\0")));
    let found = only_error(&result, "HK0202");
    assert_eq!(found.message, "the file holds a NUL byte");
    assert_eq!(line_of(found), 11);
}
