//! The time axis: one year of whole hours with the local calendar of a place.

use crate::codes;
use crate::holiday::{is_known_country, is_public_holiday};
use hukka_model::{Diagnostic, LocalHour, TimeAxis};
use jiff::civil::{Date, date};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

/// Years a study may lie in.
pub(crate) const YEARS: core::ops::RangeInclusive<i16> = 1900..=2200;

/// Hours in the year that begins at an instant: 8,784 if it holds a 29 February, else 8,760.
///
/// The year ends at the same UTC date and time one year later; a year that begins on 29 February
/// ends on 1 March. Instants outside 1900 to 2200 count 8,760.
pub fn hours_in_year_from(start_unix_s: i64) -> usize {
    let Ok(start) = Timestamp::from_second(start_unix_s) else {
        return 8760;
    };
    let day = Offset::UTC.to_datetime(start).date();
    let leap_year = if (day.month(), day.day()) <= (2, 29) {
        day.year()
    } else {
        day.year().saturating_add(1)
    };
    if is_leap(leap_year) { 8784 } else { 8760 }
}

/// The axis of one year of hours from an instant, with the calendar of a time zone and the public
/// holidays of a country.
///
/// `start_unix_s` is the start of the first hour in seconds since 1970-01-01T00:00Z, a whole hour.
/// `time_zone` is an IANA name, `UTC`, or a fixed offset such as `+02:00`. The hour of a zone whose
/// offset is not whole hours is the one in which the step begins.
pub fn time_axis(
    time_zone: &str,
    start_unix_s: i64,
    country: &str,
) -> (Option<TimeAxis>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let zone = zone_or_diagnostic(time_zone, &mut diagnostics);
    let start = start_or_diagnostic(start_unix_s, &mut diagnostics);
    if !is_known_country(country) {
        diagnostics.push(
            Diagnostic::note(
                codes::HOLIDAYS_UNKNOWN,
                format!("hukka knows no public holidays of `{country}`; none are counted"),
            )
            .seen(country)
            .allowed(crate::holiday::HOLIDAY_COUNTRIES.join(", ")),
        );
    }
    let (Some(zone), Some(start)) = (zone, start) else {
        return (None, diagnostics);
    };
    let calendar = (0..hours_in_year_from(start_unix_s))
        .map(|step| {
            local_hour(
                start + SignedDuration::from_hours(step as i64),
                &zone,
                country,
            )
        })
        .collect();
    let axis = TimeAxis {
        start_unix_s,
        time_zone: time_zone.to_owned(),
        calendar,
    };
    (Some(axis), diagnostics)
}

/// The instant at which a calendar year begins in a time zone, seconds since 1970-01-01T00:00Z,
/// cut to the whole UTC hour.
///
/// # Errors  an unknown zone, or a year outside 1900 to 2200
#[expect(
    clippy::result_large_err,
    reason = "once per study; the diagnostic is handed on as it is"
)]
pub fn local_year_start(time_zone: &str, year: i16) -> Result<i64, Diagnostic> {
    let mut diagnostics = Vec::new();
    let Some(zone) = zone_or_diagnostic(time_zone, &mut diagnostics) else {
        return Err(diagnostics.remove(0));
    };
    let out_of_range = || {
        Diagnostic::error(
            codes::START,
            format!("the study year {year} is out of range"),
        )
        .seen(year)
        .allowed(format!("{} to {}", YEARS.start(), YEARS.end()))
    };
    if !YEARS.contains(&year) {
        return Err(out_of_range());
    }
    let midnight = zone
        .to_timestamp(date(year, 1, 1).at(0, 0, 0, 0))
        .map_err(|_| out_of_range())?
        .as_second();
    Ok(midnight - midnight.rem_euclid(3600))
}

/// A time zone by IANA name, `UTC`, `Z`, or fixed offset.
pub(crate) fn find_zone(name: &str) -> Option<TimeZone> {
    let name = name.trim();
    if name.eq_ignore_ascii_case("utc") || name.eq_ignore_ascii_case("z") {
        return Some(TimeZone::UTC);
    }
    if name.starts_with(['+', '-']) {
        let minutes = crate::csv::parse_offset(name)?;
        return Offset::from_seconds(minutes * 60).ok().map(TimeZone::fixed);
    }
    TimeZone::get(name).ok()
}

/// Says that a zone is not known.
pub(crate) fn unknown_zone(name: &str) -> Diagnostic {
    Diagnostic::error(codes::ZONE, format!("the time zone `{name}` is not known"))
        .about("time_zone")
        .seen(name)
        .allowed(
            "an IANA name such as `Europe/Helsinki`, `UTC`, or a fixed offset such as `+02:00`",
        )
        .help("write region and city, as in `Europe/Berlin`")
}

fn zone_or_diagnostic(name: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<TimeZone> {
    let zone = find_zone(name);
    if zone.is_none() {
        diagnostics.push(unknown_zone(name));
    }
    zone
}

fn start_or_diagnostic(start_unix_s: i64, diagnostics: &mut Vec<Diagnostic>) -> Option<Timestamp> {
    let start = Timestamp::from_second(start_unix_s)
        .ok()
        .filter(|start| YEARS.contains(&Offset::UTC.to_datetime(*start).year()));
    if start.is_none() || start_unix_s.rem_euclid(3600) != 0 {
        diagnostics.push(
            Diagnostic::error(codes::START, "the study year cannot begin at this instant")
                .seen(start.map_or_else(|| format!("{start_unix_s} s"), |start| start.to_string()))
                .allowed("a whole UTC hour between the years 1900 and 2200"),
        );
        return None;
    }
    start
}

fn local_hour(instant: Timestamp, zone: &TimeZone, country: &str) -> LocalHour {
    let offset = zone.to_offset(instant);
    let local = offset.to_datetime(instant);
    let day = local.date();
    LocalHour {
        year: day.year(),
        month: day.month() as u8,
        day: day.day() as u8,
        hour: local.hour() as u8,
        weekday: day.weekday().to_monday_zero_offset() as u8,
        day_of_year: (day.day_of_year() - 1) as u16,
        is_holiday: is_holiday_date(country, day),
        utc_offset_minutes: offset.seconds().div_euclid(60) as i16,
    }
}

fn is_holiday_date(country: &str, day: Date) -> bool {
    is_public_holiday(country, day.year(), day.month() as u8, day.day() as u8).unwrap_or(false)
}

/// Whether a Gregorian year has a 29 February.
pub(crate) fn is_leap(year: i16) -> bool {
    date(year.clamp(-9999, 9999), 1, 1).in_leap_year()
}
