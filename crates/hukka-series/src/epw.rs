//! EnergyPlus weather files.

use crate::codes;
use crate::findings::Findings;
use crate::number::parse_number;
use crate::text::{decode, lines};
use crate::typical::{leap_day_finding, typical_hours};
use hukka_model::{Diagnostic, Place, TimeAxis};

/// Value that stands for a missing dry-bulb temperature.
const MISSING: f64 = 99.9;
/// Range of dry-bulb temperatures, °C.
const RANGE: core::ops::RangeInclusive<f64> = -60.0..=60.0;

/// Outdoor temperature of a weather file on an axis, and where it is for.
#[derive(Debug, Clone, PartialEq)]
pub struct EpwWeather {
    /// Dry-bulb temperature in °C, one per step.
    pub temperature_c: Vec<f64>,
    /// Name of the place: "Helsinki-Vantaa, FIN".
    pub place: String,
    /// Latitude, degrees north.
    pub latitude: f64,
    /// Longitude, degrees east.
    pub longitude: f64,
    /// Offset of local standard time from UTC, minutes.
    pub utc_offset_minutes: i16,
}

/// Header line of the file.
struct Location {
    place: String,
    latitude: f64,
    longitude: f64,
    utc_offset_minutes: i64,
}

/// Whether bytes begin as an EnergyPlus weather file does.
pub fn is_epw(bytes: &[u8]) -> bool {
    let body = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    body.get(..9)
        .is_some_and(|start| start.eq_ignore_ascii_case(b"LOCATION,"))
}

/// Reads the dry-bulb temperature of an EnergyPlus weather file onto the hours of an axis.
///
/// Hour `h` of a record (1 to 24, local standard time of the `LOCATION` line) is the interval that
/// ends at `h`. Records are matched by month, day and hour, whatever their year: typical-year files
/// mix years. 29 February repeats 28 February when the file lacks it.
///
/// # Shapes  `temperature_c[step]`, one per hour of the axis
pub fn read_epw(
    file: &str,
    bytes: &[u8],
    axis: &TimeAxis,
) -> (Option<EpwWeather>, Vec<Diagnostic>) {
    let mut findings = Findings::new(file);
    let weather = read(file, bytes, axis, &mut findings).filter(|_| !findings.has_error());
    (weather, findings.finish())
}

fn read(file: &str, bytes: &[u8], axis: &TimeAxis, findings: &mut Findings) -> Option<EpwWeather> {
    let text = match decode(file, bytes) {
        Ok(text) => text,
        Err(diagnostic) => {
            findings.push(diagnostic);
            return None;
        }
    };
    let location = location(file, text, findings);
    let year = records(file, text, findings)?;
    let location = location?;
    if let Some(finding) = leap_day_finding(axis, year.has_leap_day) {
        findings.push(finding);
    }
    let hours = typical_hours(axis, location.utc_offset_minutes, year.has_leap_day);
    Some(EpwWeather {
        temperature_c: hours.into_iter().map(|hour| year.values[hour]).collect(),
        place: location.place,
        latitude: location.latitude,
        longitude: location.longitude,
        utc_offset_minutes: location.utc_offset_minutes as i16,
    })
}

fn header_error(file: &str, line: usize, message: &str) -> Diagnostic {
    Diagnostic::error(codes::EPW_HEADER, message)
        .at(Place::line(file, line))
        .allowed("LOCATION,city,state,country,source,station,latitude,longitude,UTC offset,height")
        .help("take the file from its source again; hukka needs its place and time zone")
}

fn location(file: &str, text: &str, findings: &mut Findings) -> Option<Location> {
    let line = lines(text).find(|line| line.text.to_ascii_uppercase().starts_with("LOCATION,"));
    let Some(line) = line else {
        findings.push(header_error(
            file,
            1,
            "the weather file has no LOCATION line",
        ));
        return None;
    };
    let fields: Vec<&str> = line.text.split(',').map(str::trim).collect();
    let number = |index: usize, limit: f64| {
        fields
            .get(index)
            .and_then(|text| parse_number(text, '.'))
            .filter(|value| value.abs() <= limit)
    };
    let (Some(latitude), Some(longitude), Some(offset_h)) =
        (number(6, 90.0), number(7, 180.0), number(8, 14.0))
    else {
        let seen = fields
            .get(6..9)
            .map_or_else(String::new, |part| part.join(","));
        findings.push(
            header_error(
                file,
                line.number,
                "latitude, longitude or UTC offset cannot be read",
            )
            .seen(seen),
        );
        return None;
    };
    Some(Location {
        place: [fields[1], fields[3]].join(", "),
        latitude,
        longitude,
        utc_offset_minutes: (offset_h * 60.0).round() as i64,
    })
}

/// A calendar year of hourly values.
struct Year {
    values: Vec<f64>,
    has_leap_day: bool,
}

/// One record as read: where it is and its month, day, hour and temperature.
struct Record {
    line: usize,
    hour_of_year: usize,
    value: Option<f64>,
}

fn records(file: &str, text: &str, findings: &mut Findings) -> Option<Year> {
    let is_record = |text: &&str| text.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let count = lines(text).filter(|line| is_record(&line.text)).count();
    let has_leap_day = count == 8784;
    if count != 8760 && !has_leap_day {
        findings.push(
            Diagnostic::error(codes::COUNT, "the weather file is not one year of hours")
                .at(Place::file(file))
                .seen(format!("{count} records"))
                .allowed("8,760 or 8,784 records, one per hour")
                .help("take a whole hourly year; files with several records an hour are not read"),
        );
        return None;
    }
    let mut values: Vec<Option<f64>> = vec![None; count];
    let mut is_seen = vec![false; count];
    for line in lines(text).filter(|line| is_record(&line.text)) {
        let Some(record) = record(file, line.number, line.text, has_leap_day, findings) else {
            continue;
        };
        if core::mem::replace(&mut is_seen[record.hour_of_year], true) {
            findings.push(
                Diagnostic::error(codes::OVERLAP, "the hour comes twice in the weather file")
                    .at(Place::line(file, record.line))
                    .seen(line.text.split(',').take(5).collect::<Vec<_>>().join(","))
                    .help("keep one record per hour"),
            );
        }
        values[record.hour_of_year] = record.value;
    }
    let values = values.into_iter().collect::<Option<Vec<f64>>>();
    if values.is_none() && !findings.has_error() {
        findings.push(
            Diagnostic::error(
                codes::GAP,
                "hours of the year are missing in the weather file",
            )
            .help("take the file from its source again"),
        );
    }
    values.map(|values| Year {
        values,
        has_leap_day,
    })
}

fn record(
    file: &str,
    line: usize,
    text: &str,
    has_leap_day: bool,
    findings: &mut Findings,
) -> Option<Record> {
    let fields: Vec<&str> = text.split(',').take(7).map(str::trim).collect();
    let whole = |index: usize| fields.get(index).and_then(|text| text.parse::<i8>().ok());
    let year = if has_leap_day { 2024 } else { 2023 };
    let hour_of_year = match (whole(1), whole(2), whole(3)) {
        (Some(month), Some(day), Some(hour @ 1..=24)) => {
            let date = jiff::civil::Date::new(year, month, day).ok();
            date.map(|date| 24 * (date.day_of_year() as usize - 1) + hour as usize - 1)
        }
        _ => None,
    };
    let Some(hour_of_year) = hour_of_year else {
        findings.push(
            Diagnostic::error(
                codes::EPW_RECORD,
                "month, day or hour of the record cannot be read",
            )
            .at(Place::line(file, line))
            .seen(fields.join(","))
            .allowed("year,month 1–12,day,hour 1–24,minute"),
        );
        return None;
    };
    Some(Record {
        line,
        hour_of_year,
        value: temperature(file, line, fields.get(6).copied().unwrap_or(""), findings),
    })
}

fn temperature(file: &str, line: usize, text: &str, findings: &mut Findings) -> Option<f64> {
    let value = parse_number(text, '.');
    let finding = match value {
        Some(value) if (value - MISSING).abs() < 1e-9 => Diagnostic::error(
            codes::MISSING_VALUE,
            "the dry-bulb temperature is marked missing",
        ),
        Some(value) if RANGE.contains(&value) => return Some(value),
        Some(_) => Diagnostic::error(codes::RANGE, "the dry-bulb temperature is out of range"),
        None => Diagnostic::error(codes::NOT_A_NUMBER, "the dry-bulb temperature is no number"),
    };
    findings.push(
        finding
            .at(Place::line(file, line))
            .about("dry-bulb temperature, field 7")
            .seen(text)
            .allowed("−60 to 60 °C; 99.9 means missing")
            .help("mend the record, or take another file"),
    );
    None
}
