//! EnergyPlus weather files.

use crate::codes;
use crate::findings::Findings;
use crate::gaps::{Gaps, fill};
use crate::number::parse_number;
use crate::text::{decode, lines};
use crate::typical::{leap_day_finding, typical_hours};
use hukka_model::{Diagnostic, Place, TimeAxis};

/// Values that stand for a missing dry-bulb temperature: that of the format, and others met in files.
const MARKS: [f64; 6] = [99.9, 999.0, 999.9, 9999.0, -999.0, -9999.0];
/// Pressures of air where people live, Pa.
const PRESSURE: core::ops::RangeInclusive<f64> = 50_000.0..=110_000.0;
/// Range of dry-bulb temperatures, °C.
const RANGE: core::ops::RangeInclusive<f64> = -60.0..=60.0;

/// Outdoor temperature and humidity of a weather file on an axis, and where it is for.
#[derive(Debug, Clone, PartialEq)]
pub struct EpwWeather {
    /// Dry-bulb temperature in °C, one per step.
    pub temperature_c: Vec<f64>,
    /// Humidity and pressure; `None` where a tenth of the hours or more lacks them.
    pub air: Option<HumidAir>,
    /// Name of the place: "Helsinki-Vantaa, FIN".
    pub place: String,
    /// Latitude, degrees north.
    pub latitude: f64,
    /// Longitude, degrees east.
    pub longitude: f64,
    /// Offset of local standard time from UTC, minutes.
    pub utc_offset_minutes: i16,
}

/// How damp the outdoor air is.
#[derive(Debug, Clone, PartialEq)]
pub struct HumidAir {
    /// Relative humidity in per cent, one per step.
    pub humidity_percent: Vec<f64>,
    /// Pressure in Pa, one per step.
    pub pressure_pa: Vec<f64>,
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
/// mix years. 29 February repeats 28 February when the file lacks it. A missing dry-bulb temperature is
/// an error, or filled by the rule; missing humidity and pressure keep the value before them.
///
/// # Shapes  `temperature_c[step]`, one per hour of the axis
pub fn read_epw(
    file: &str,
    bytes: &[u8],
    axis: &TimeAxis,
    gaps: Gaps,
) -> (Option<EpwWeather>, Vec<Diagnostic>) {
    let mut findings = Findings::new(file);
    let weather = read((file, bytes), axis, gaps, &mut findings).filter(|_| !findings.has_error());
    (weather, findings.finish())
}

fn read(
    (file, bytes): (&str, &[u8]),
    axis: &TimeAxis,
    gaps: Gaps,
    findings: &mut Findings,
) -> Option<EpwWeather> {
    let text = match decode(file, bytes) {
        Ok(text) => text,
        Err(diagnostic) => {
            findings.push(diagnostic);
            return None;
        }
    };
    let location = location(file, text, findings);
    let year = records(file, text, gaps, findings)?;
    let location = location?;
    if let Some(finding) = leap_day_finding(axis, year.has_leap_day) {
        findings.push(finding);
    }
    let hours = typical_hours(axis, location.utc_offset_minutes, year.has_leap_day);
    let on_axis = |values: &[f64]| hours.iter().map(|hour| values[*hour]).collect::<Vec<f64>>();
    Some(EpwWeather {
        temperature_c: on_axis(&year.temperature_c),
        air: year.air.map(|(humidity, pressure)| HumidAir {
            humidity_percent: on_axis(&humidity),
            pressure_pa: on_axis(&pressure),
        }),
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
    temperature_c: Vec<f64>,
    /// Relative humidity in per cent and pressure in Pa, where every hour has them.
    air: Option<(Vec<f64>, Vec<f64>)>,
    has_leap_day: bool,
}

/// One record as read: where it is and its month, day, hour and values.
struct Record {
    line: usize,
    hour_of_year: usize,
    temperature_c: Option<f64>,
    humidity: Option<f64>,
    pressure: Option<f64>,
}

fn records(file: &str, text: &str, gaps: Gaps, findings: &mut Findings) -> Option<Year> {
    let is_record = |text: &&str| text.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let all = || lines(text).filter(|line| is_record(&line.text));
    let count = all().count();
    let has_leap_day = if gaps.fills() {
        all().any(|line| is_leap_day(line.text))
    } else {
        count == 8784
    };
    let expected = if has_leap_day { 8784 } else { 8760 };
    if count != expected && !(gaps.fills() && count < expected) {
        findings.push(
            Diagnostic::error(codes::COUNT, "the weather file is not one year of hours")
                .at(Place::file(file))
                .seen(format!("{count} records"))
                .allowed("8,760 or 8,784 records, one per hour")
                .help("take a whole hourly year; files with several records an hour are not read"),
        );
        return None;
    }
    let mut temperature: Vec<Option<f64>> = vec![None; expected];
    let mut humidity = temperature.clone();
    let mut pressure = temperature.clone();
    let mut is_seen = vec![false; expected];
    for line in all() {
        let Some(record) = record(file, (line.number, line.text), has_leap_day, gaps, findings)
        else {
            continue;
        };
        let hour = record.hour_of_year;
        if core::mem::replace(&mut is_seen[hour], true) {
            findings.push(
                Diagnostic::error(codes::OVERLAP, "the hour comes twice in the weather file")
                    .at(Place::line(file, record.line))
                    .seen(line.text.split(',').take(5).collect::<Vec<_>>().join(","))
                    .help("keep one record per hour"),
            );
        }
        temperature[hour] = record.temperature_c;
        humidity[hour] = record.humidity;
        pressure[hour] = record.pressure;
    }
    let whole = temperature.iter().copied().collect::<Option<Vec<f64>>>();
    let temperature_c = match whole {
        Some(whole) => whole,
        None if gaps.fills() => {
            let name = "dry-bulb temperature";
            let stamp = |hour: usize| format!("hour {} of the file's year", hour + 1);
            fill((&temperature, 0..expected), gaps, name, stamp, findings)?
        }
        None => {
            if !findings.has_error() {
                findings.push(
                    Diagnostic::error(
                        codes::GAP,
                        "hours of the year are missing in the weather file",
                    )
                    .help("take the file from its source again"),
                );
            }
            return None;
        }
    };
    Some(Year {
        temperature_c,
        air: held(&humidity).zip(held(&pressure)),
        has_leap_day,
    })
}

/// Whether a record is one of 29 February.
fn is_leap_day(text: &str) -> bool {
    let mut fields = text.split(',').skip(1).map(str::trim);
    fields.next() == Some("2") && fields.next() == Some("29")
}

/// A side series whose few missing hours keep the value before them; `None` where a tenth or more
/// is missing.
fn held(values: &[Option<f64>]) -> Option<Vec<f64>> {
    let missing = values.iter().filter(|value| value.is_none()).count();
    if 10 * missing >= values.len() {
        return None;
    }
    let mut last = values.iter().flatten().next().copied()?;
    Some(
        values
            .iter()
            .map(|value| {
                last = value.unwrap_or(last);
                last
            })
            .collect(),
    )
}

fn record(
    file: &str,
    (line, text): (usize, &str),
    has_leap_day: bool,
    gaps: Gaps,
    findings: &mut Findings,
) -> Option<Record> {
    let fields: Vec<&str> = text.split(',').take(10).map(str::trim).collect();
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
            .seen(fields[..fields.len().min(7)].join(","))
            .allowed("year,month 1–12,day,hour 1–24,minute"),
        );
        return None;
    };
    let field = |index: usize| fields.get(index).copied().unwrap_or("");
    Some(Record {
        line,
        hour_of_year,
        temperature_c: temperature((file, line), gaps, field(6), findings),
        humidity: parse_number(field(8), '.').filter(|value| (0.0..=110.0).contains(value)),
        pressure: parse_number(field(9), '.').filter(|value| PRESSURE.contains(value)),
    })
}

fn temperature(
    (file, line): (&str, usize),
    gaps: Gaps,
    text: &str,
    findings: &mut Findings,
) -> Option<f64> {
    let value = parse_number(text, '.');
    let is_mark = |value: f64| MARKS.iter().any(|mark| (value - mark).abs() < 1e-9);
    if gaps.fills() && (text.is_empty() || value.is_some_and(is_mark)) {
        return None;
    }
    let finding = match value {
        Some(value) if is_mark(value) => Diagnostic::error(
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
