//! Years without a year: hours known by month, day and hour only.

use crate::codes;
use hukka_model::{Diagnostic, TimeAxis};
use jiff::Timestamp;
use jiff::tz::Offset;

/// Says what happens to 29 February when only one of file and axis has it.
pub(crate) fn leap_day_finding(axis: &TimeAxis, has_leap_day: bool) -> Option<Diagnostic> {
    let message = match (axis.len() == 8784, has_leap_day) {
        (true, false) => "the file has no 29 February; the day repeats 28 February",
        (false, true) => "the study year has no 29 February; that day of the file is left out",
        _ => return None,
    };
    Some(Diagnostic::warning(codes::LEAP_DAY, message))
}

/// For each step of an axis, the hour of a calendar year with the same month, day and hour at a
/// fixed offset from UTC.
///
/// # Shapes  `hour[step]`, each below 8,760, or 8,784 with a leap day
pub(crate) fn typical_hours(
    axis: &TimeAxis,
    utc_offset_minutes: i64,
    has_leap_day: bool,
) -> Vec<usize> {
    let year = if has_leap_day { 2024 } else { 2023 };
    (0..axis.len())
        .map(|step| {
            let wall = axis.unix_s(step) + 60 * utc_offset_minutes;
            let civil = Timestamp::from_second(wall).map_or_else(
                |_| jiff::civil::DateTime::default(),
                |at| Offset::UTC.to_datetime(at),
            );
            let is_leap_day = civil.month() == 2 && civil.day() == 29;
            let day = if is_leap_day && !has_leap_day {
                28
            } else {
                civil.day()
            };
            let typical = jiff::civil::date(year, civil.month(), day);
            24 * (typical.day_of_year() as usize - 1) + civil.hour() as usize
        })
        .collect()
}
