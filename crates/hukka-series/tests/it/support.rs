//! Builders of axes and files.

use hukka_model::{Diagnostic, TimeAxis};
use hukka_series::{
    ELECTRICITY_PRICE, OUTDOOR_TEMPERATURE, SeriesQuantity, SeriesRequest, local_year_start,
    read_series, time_axis,
};

pub(crate) const UTC_2023: i64 = 1_672_531_200;
pub(crate) const UTC_2024: i64 = 1_704_067_200;

pub(crate) fn helsinki_year(year: i16) -> TimeAxis {
    let start = local_year_start("Europe/Helsinki", year).unwrap();
    time_axis("Europe/Helsinki", start, "FI").0.unwrap()
}

pub(crate) fn helsinki_from(start: i64) -> TimeAxis {
    time_axis("Europe/Helsinki", start, "FI").0.unwrap()
}

/// A value that tells its hour: 0.0 to 49.9 with one decimal.
pub(crate) fn value(hour: usize) -> f64 {
    (hour % 500) as f64 / 10.0
}

pub(crate) fn values(count: usize) -> Vec<f64> {
    (0..count).map(value).collect()
}

/// `2023-01-01T00:00` plus minutes, in UTC.
pub(crate) fn utc_stamp(start: i64, step: usize, minutes: i64) -> String {
    let at = jiff::Timestamp::from_second(start + 60 * minutes * step as i64).unwrap();
    at.strftime("%Y-%m-%dT%H:%M").to_string()
}

/// Rows of an hourly UTC file, without header.
pub(crate) fn utc_rows(start: i64, count: usize) -> Vec<String> {
    (0..count)
        .map(|hour| format!("{}Z,{:.1}", utc_stamp(start, hour, 60), value(hour)))
        .collect()
}

/// Rows of local wall-clock stamps without offset.
pub(crate) fn local_rows(axis: &TimeAxis) -> Vec<String> {
    axis.calendar
        .iter()
        .enumerate()
        .map(|(hour, local)| {
            format!(
                "{:04}-{:02}-{:02} {:02}:00,{:.1}",
                local.year,
                local.month,
                local.day,
                local.hour,
                value(hour)
            )
        })
        .collect()
}

pub(crate) fn file(header: &str, rows: &[String]) -> Vec<u8> {
    format!("{header}\n{}\n", rows.join("\n")).into_bytes()
}

pub(crate) fn request<'a>(bytes: &'a [u8], quantity: &'a SeriesQuantity) -> SeriesRequest<'a> {
    SeriesRequest {
        file: "series.csv",
        bytes,
        column: None,
        time_zone: None,
        quantity,
        gaps: hukka_series::Gaps::default(),
    }
}

pub(crate) fn read_temperature(
    bytes: &[u8],
    time_zone: Option<&str>,
    axis: &TimeAxis,
) -> (Option<Vec<f64>>, Vec<Diagnostic>) {
    let request = SeriesRequest {
        time_zone,
        ..request(bytes, &OUTDOOR_TEMPERATURE)
    };
    read_series(&request, axis)
}

pub(crate) fn read_price(bytes: &[u8], axis: &TimeAxis) -> (Option<Vec<f64>>, Vec<Diagnostic>) {
    read_series(&request(bytes, &ELECTRICITY_PRICE), axis)
}

pub(crate) fn codes(diagnostics: &[Diagnostic]) -> Vec<&str> {
    diagnostics
        .iter()
        .map(|found| found.code.as_str())
        .collect()
}

/// The only diagnostic, which must be an error of this code.
pub(crate) fn only_error<'a>(
    result: &'a (Option<Vec<f64>>, Vec<Diagnostic>),
    code: &str,
) -> &'a Diagnostic {
    assert!(result.0.is_none(), "no values with an error");
    assert_eq!(codes(&result.1), [code], "{:#?}", result.1);
    assert!(result.1[0].is_error());
    assert!(result.1[0].help.is_some());
    assert_eq!(result.1[0].place.as_ref().unwrap().file, "series.csv");
    &result.1[0]
}

pub(crate) fn line_of(diagnostic: &Diagnostic) -> usize {
    diagnostic.place.as_ref().unwrap().line.unwrap()
}
