//! The hours of the study year, with the local calendar people live by.

use serde::{Deserialize, Serialize};

/// One year of whole hours. A stamp names the start of its hour.
///
/// # Shapes  `calendar[step]`, 8,760 or 8,784 steps
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeAxis {
    /// Start of the first hour, seconds since 1970-01-01T00:00Z.
    pub start_unix_s: i64,
    /// IANA name of the place's time zone.
    pub time_zone: String,
    /// The local wall clock at the start of every hour.
    pub calendar: Vec<LocalHour>,
}

/// Local wall-clock time and calendar of one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalHour {
    /// Calendar year.
    pub year: i16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, from 1.
    pub day: u8,
    /// Hour of the day, 0 to 23.
    pub hour: u8,
    /// Day of the week, Monday is 0.
    pub weekday: u8,
    /// Day of the year, from 0.
    pub day_of_year: u16,
    /// Whether the day is a public holiday of the place's country.
    pub is_holiday: bool,
    /// Offset of local time from UTC, minutes.
    pub utc_offset_minutes: i16,
}

/// A day of the civil calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CalendarDate {
    /// Year.
    pub year: i16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, from 1.
    pub day: u8,
}

impl CalendarDate {
    /// A day; `None` if the calendar has no such day.
    pub const fn new(year: i16, month: u8, day: u8) -> Option<Self> {
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let last = match month {
            4 | 6 | 9 | 11 => 30,
            2 if is_leap => 29,
            2 => 28,
            1..=12 => 31,
            _ => 0,
        };
        if day == 0 || day > last {
            return None;
        }
        Some(Self { year, month, day })
    }

    /// Reads `2026-07-01`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || year.len() != 4 || month.len() != 2 || day.len() != 2 {
            return None;
        }
        Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// The same day so many years later; 29 February becomes 28.
    #[must_use]
    pub fn plus_years(self, years: i16) -> Self {
        let year = self.year + years;
        Self::new(year, self.month, self.day).unwrap_or(Self {
            year,
            month: 2,
            day: 28,
        })
    }
}

impl std::fmt::Display for CalendarDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl TimeAxis {
    /// Number of hours.
    pub const fn len(&self) -> usize {
        self.calendar.len()
    }

    /// Whether the axis has no hour.
    pub const fn is_empty(&self) -> bool {
        self.calendar.is_empty()
    }

    /// Start of a step, seconds since 1970-01-01T00:00Z.
    pub const fn unix_s(&self, step: usize) -> i64 {
        self.start_unix_s + 3600 * step as i64
    }

    /// The local stamp of a step with its offset: `2023-02-06T07:00+02:00`.
    pub fn stamp(&self, step: usize) -> String {
        self.calendar[step].stamp()
    }
}

impl LocalHour {
    /// ISO 8601 stamp with the offset: `2023-02-06T07:00+02:00`.
    pub fn stamp(&self) -> String {
        let sign = if self.utc_offset_minutes < 0 {
            '-'
        } else {
            '+'
        };
        let offset = self.utc_offset_minutes.unsigned_abs();
        let (hours, minutes) = (offset.div_euclid(60), offset.rem_euclid(60));
        format!(
            "{:04}-{:02}-{:02}T{:02}:00{sign}{hours:02}:{minutes:02}",
            self.year, self.month, self.day, self.hour
        )
    }

    /// Whether the day counts as a working day.
    pub const fn is_working_day(&self) -> bool {
        self.weekday < 5 && !self.is_holiday
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_that_do_not_exist_are_refused() {
        assert!(CalendarDate::parse("2026-02-29").is_none());
        assert!(CalendarDate::parse("2028-02-29").is_some());
        assert!(CalendarDate::parse("2026-13-01").is_none());
        assert!(CalendarDate::parse("2026-7-1").is_none());
        assert!(CalendarDate::parse("1900-02-29").is_none());
        assert!(CalendarDate::parse("2000-02-29").is_some());
    }

    #[test]
    fn a_date_reads_back_as_written_and_orders_by_time() {
        let date = CalendarDate::parse("2026-07-01").unwrap();
        assert_eq!(date.to_string(), "2026-07-01");
        assert!(CalendarDate::parse("2026-06-30").unwrap() < date);
        let leap = CalendarDate::parse("2028-02-29").unwrap();
        assert_eq!(leap.plus_years(2).to_string(), "2030-02-28");
    }
}
