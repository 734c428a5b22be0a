//! Series files as users have them: separators, decimals, zones, steps.

use crate::support::{
    UTC_2023, UTC_2024, codes, file, helsinki_from, helsinki_year, local_rows, read_price,
    read_temperature, request, utc_rows, utc_stamp, value, values,
};
use hukka_series::{
    ELECTRICITY_PRICE, OUTDOOR_TEMPERATURE, SeriesRequest, natural_start, read_series, write_csv,
};
use proptest::prelude::*;

#[test]
fn an_hourly_utc_file_is_read_as_it_is() {
    let bytes = file("time_utc,temperature_c", &utc_rows(UTC_2023, 8760));
    let (read, found) = read_temperature(&bytes, None, &helsinki_from(UTC_2023));
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(read.unwrap(), values(8760));
    assert_eq!(
        natural_start(&request(&bytes, &OUTDOOR_TEMPERATURE)),
        Some(UTC_2023)
    );
}

#[test]
fn semicolons_decimal_commas_byte_order_mark_comments_and_windows_lines_are_read() {
    let rows: Vec<String> = utc_rows(UTC_2023, 8760)
        .iter()
        .map(|row| row.replace(',', ";").replace('.', ","))
        .collect();
    let text = format!(
        "\u{feff}# Kotka\r\n\r\nAika;Lämpötila (°C)\r\n# midway\r\n{}\r\n",
        rows.join("\r\n")
    );
    let (read, found) = read_temperature(text.as_bytes(), None, &helsinki_from(UTC_2023));
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(read.unwrap(), values(8760));
}

#[test]
fn tabs_quotes_and_a_separator_line_are_read() {
    let tabs: Vec<String> = utc_rows(UTC_2023, 8760)
        .iter()
        .map(|row| row.replace(',', "\t"))
        .collect();
    let (read, _) = read_temperature(&file("t\tx", &tabs), None, &helsinki_from(UTC_2023));
    assert_eq!(read.unwrap(), values(8760));
    let quoted: Vec<String> = utc_rows(UTC_2023, 8760)
        .iter()
        .map(|row| {
            let (stamp, number) = row.split_once(',').unwrap();
            format!("\"{stamp}\",\"{}\"", number.replace('.', ","))
        })
        .collect();
    let bytes = file("\"time, UTC\",\"x\"", &quoted);
    let (read, found) = read_temperature(&bytes, None, &helsinki_from(UTC_2023));
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(read.unwrap(), values(8760));
    let stated: Vec<String> = tabs.iter().map(|row| row.replace('\t', "|")).collect();
    let (read, _) = read_temperature(&file("sep=|\nt|x", &stated), None, &helsinki_from(UTC_2023));
    assert_eq!(read.unwrap(), values(8760));
}

#[test]
fn local_stamps_with_a_stated_zone_survive_both_clock_changes() {
    let axis = helsinki_year(2023);
    let bytes = file("time,temperature_c", &local_rows(&axis));
    let (read, found) = read_temperature(&bytes, Some("Europe/Helsinki"), &axis);
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(read.unwrap(), values(8760));
    let request = SeriesRequest {
        time_zone: Some("Europe/Helsinki"),
        ..request(&bytes, &OUTDOOR_TEMPERATURE)
    };
    assert_eq!(natural_start(&request), Some(axis.start_unix_s));
}

#[test]
fn stamps_with_changing_offsets_survive_both_clock_changes() {
    let axis = helsinki_year(2023);
    let rows: Vec<String> = (0..axis.len())
        .map(|step| format!("{},{:.1}", axis.stamp(step), value(step)))
        .collect();
    let (read, found) = read_temperature(&file("time,x", &rows), Some("Europe/Helsinki"), &axis);
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(read.unwrap(), values(8760));
}

#[test]
fn a_leap_year_of_local_stamps_is_read() {
    let axis = helsinki_year(2024);
    let bytes = file("time,temperature_c", &local_rows(&axis));
    let (read, found) = read_temperature(&bytes, Some("Europe/Helsinki"), &axis);
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(read.unwrap(), values(8784));
}

#[test]
fn quarter_hours_are_averaged_and_so_are_half_hours() {
    for (minutes, per_hour) in [(15, 4), (30, 2)] {
        let rows: Vec<String> = (0..8760 * per_hour)
            .map(|step| {
                let shift = (step % per_hour) as f64 - (per_hour - 1) as f64 / 2.0;
                format!(
                    "{}Z;{:.2}",
                    utc_stamp(UTC_2023, step, minutes),
                    value(step / per_hour) + shift
                )
            })
            .collect();
        let (read, found) = read_temperature(&file("t;x", &rows), None, &helsinki_from(UTC_2023));
        assert!(found.is_empty(), "{found:#?}");
        for (read, expected) in read.unwrap().iter().zip(values(8760)) {
            assert!((read - expected).abs() < 1e-12);
        }
    }
}

#[test]
fn local_quarter_hours_survive_the_doubled_hour() {
    let axis = helsinki_year(2023);
    let rows: Vec<String> = (0..4 * axis.len())
        .map(|step| {
            let local = axis.calendar[step / 4];
            format!(
                "{}.{}.{} {:02}.{:02};{}",
                local.day,
                local.month,
                local.year,
                local.hour,
                15 * (step % 4),
                value(step / 4)
            )
        })
        .collect();
    let (read, found) = read_temperature(&file("aika;x", &rows), Some("Europe/Helsinki"), &axis);
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(read.unwrap(), values(8760));
}

#[test]
fn a_file_of_the_utc_year_is_completed_for_the_local_year_with_a_warning() {
    let axis = helsinki_year(2023);
    let bytes = file("time_utc,temperature_c", &utc_rows(UTC_2023, 8760));
    let (read, found) = read_temperature(&bytes, None, &axis);
    assert_eq!(codes(&found), ["HK0217"]);
    assert!(!found[0].is_error());
    assert!(found[0].message.contains("2 h"), "{}", found[0].message);
    let read = read.unwrap();
    assert_eq!(read[..3], [value(8758), value(8759), value(0)]);
    assert_eq!(read[8759], value(8757));
}

#[test]
fn a_year_is_cut_out_of_a_longer_file() {
    let bytes = file("time_utc,temperature_c", &utc_rows(UTC_2023, 8760 + 8784));
    let (read, found) = read_temperature(&bytes, None, &helsinki_from(UTC_2024));
    assert!(found.is_empty());
    assert_eq!(read.unwrap()[0], value(8760));
}

#[test]
fn bare_numbers_are_local_standard_hours_of_the_year() {
    let axis = helsinki_year(2023);
    let rows: Vec<String> = values(8760)
        .iter()
        .map(|v| format!("{v:.1}").replace('.', ","))
        .collect();
    for bytes in [file("temperature", &rows), rows.join("\n").into_bytes()] {
        let (read, found) = read_temperature(&bytes, None, &axis);
        assert_eq!(codes(&found), ["HK0218"]);
        assert!(!found[0].is_error());
        assert_eq!(
            read.unwrap(),
            values(8760),
            "winter start: local standard is local time"
        );
        assert_eq!(natural_start(&request(&bytes, &OUTDOOR_TEMPERATURE)), None);
    }
}

#[test]
fn bare_numbers_of_an_ordinary_year_repeat_28_february_in_a_leap_year() {
    let axis = helsinki_year(2024);
    let rows: Vec<String> = values(8760).iter().map(ToString::to_string).collect();
    let (read, found) = read_temperature(&file("x", &rows), None, &axis);
    assert_eq!(codes(&found), ["HK0218", "HK0228"]);
    let read = read.unwrap();
    assert_eq!(read[59 * 24..60 * 24], read[58 * 24..59 * 24]);
    assert_eq!(read[8783], value(8759));
}

#[test]
fn the_column_is_found_by_name_with_or_without_unit() {
    let rows: Vec<String> = utc_rows(UTC_2023, 8760)
        .iter()
        .map(|row| format!("{row},7"))
        .collect();
    let bytes = file("time,Electricity_eur_per_mwh,other", &rows);
    for column in [
        "Electricity_eur_per_mwh",
        "electricity_eur_per_mwh",
        "electricity",
    ] {
        let request = SeriesRequest {
            column: Some(column),
            ..request(&bytes, &ELECTRICITY_PRICE)
        };
        assert_eq!(
            read_series(&request, &helsinki_from(UTC_2023)).0.unwrap(),
            values(8760)
        );
    }
    let (read, found) = read_price(&bytes, &helsinki_from(UTC_2023));
    assert_eq!(codes(&found), ["HK0224"]);
    assert_eq!(read.unwrap(), values(8760));
}

#[test]
fn a_unit_in_the_header_is_converted_with_a_note() {
    let rows: Vec<String> = (0..8760)
        .map(|hour| {
            format!(
                "{}Z,{:.2}",
                utc_stamp(UTC_2023, hour, 60),
                value(hour) + 273.15
            )
        })
        .collect();
    let (read, found) = read_temperature(&file("time,t_k", &rows), None, &helsinki_from(UTC_2023));
    assert_eq!(codes(&found), ["HK0225"]);
    assert!((read.unwrap()[499] - 49.9).abs() < 1e-9);
}

#[test]
fn what_is_written_is_read_back_to_the_bit() {
    let axis = helsinki_year(2024);
    let comments = [
        "synthetic: southern-finland, seed 1".to_owned(),
        "two\nlines".to_owned(),
    ];
    let text = write_csv(&values(8784), &axis, "temperature_c", &comments);
    assert!(text.starts_with("# synthetic: southern-finland, seed 1\n# two\n# lines\ntime_utc,temperature_c\n2023-12-31T22:00:00Z,0\n"));
    let (read, found) = read_temperature(text.as_bytes(), None, &axis);
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(read.unwrap(), values(8784));
}

#[test]
fn a_year_of_hours_is_read_within_ten_milliseconds() {
    let axis = helsinki_year(2023);
    let bytes = file("time,temperature_c", &local_rows(&axis));
    let started = std::time::Instant::now();
    let best = (0..5)
        .map(|_| {
            let before = started.elapsed();
            assert!(
                read_temperature(&bytes, Some("Europe/Helsinki"), &axis)
                    .0
                    .is_some()
            );
            started.elapsed().saturating_sub(before)
        })
        .min()
        .unwrap();
    eprintln!("8,760 rows read in {best:?}");
    assert!(best.as_millis() < 10 || cfg!(debug_assertions), "{best:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_finite_series_survives_writing_and_reading(seed in any::<u64>(), scale in 0.001..40.0_f64) {
        let axis = helsinki_from(UTC_2023);
        let mut state = seed | 1;
        let series: Vec<f64> = (0..axis.len()).map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let wide = ((state >> 33) as f64 / f64::from(1_u32 << 31) - 0.5) * scale;
            (wide * 1e6).round() / 1e6
        }).collect();
        let text = write_csv(&series, &axis, "x_c", &[]);
        let (read, _) = read_temperature(text.as_bytes(), None, &axis);
        prop_assert_eq!(read.unwrap(), series);
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read_temperature(&bytes, Some("Europe/Helsinki"), &helsinki_from(UTC_2023));
        let _ = hukka_series::read_epw(
            "w.epw",
            &bytes,
            &helsinki_from(UTC_2023),
            hukka_series::Gaps::default(),
        );
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "(([0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}Z?|[-0-9.,;\" \u{2212}°e]{0,9}|nan)[,;\n\t]){0,40}") {
        let _ = read_temperature(text.as_bytes(), None, &helsinki_from(UTC_2023));
        let _ = read_temperature(text.as_bytes(), Some("UTC"), &helsinki_from(UTC_2023));
        let _ = natural_start(&request(text.as_bytes(), &OUTDOOR_TEMPERATURE));
    }
}
