//! What is done to the weather of the file: climate change, wet bulb, an extreme year.

use super::place::PlaceInputs;
use super::series::{self, SeriesFile, SeriesKeys};
use super::weather::{first_year, of_year};
use crate::codes;
use crate::context::Context;
use crate::files::SERIES_LIMIT;
use crate::reader::Reader;
use hukka_model::{Diagnostic, ExtremeYear, TimeAxis};
use hukka_physics::psychrometrics::{STANDARD_PRESSURE, wet_bulb};
use hukka_series::{
    ExtremeRule, OUTDOOR_TEMPERATURE, RELATIVE_HUMIDITY, SeriesRequest, WeatherYear, extreme_year,
};
use hukka_units::{Temperature, TemperatureDifference};

/// Most years taken from one file.
const MOST_YEARS: i16 = 120;

/// Kelvin added to every hour, by month; empty for none.
///
/// Twelve offsets are the change of each month's mean; within a month all hours move alike, so the
/// swing of days and cold spells stays as it was.
///
/// # Source  the shift of the morphing method of Belcher, Hacker and Powell 2005; the offsets are the
///   user's, with their source
pub(super) fn change(table: &Reader<'_>, context: &mut Context) -> Vec<f64> {
    const KEY: &str = "change_k";
    let source = table.optional_text("change_source", context);
    let Some(given) = table.optional_numbers(KEY, context) else {
        return Vec::new();
    };
    let at = table.place(KEY, context);
    if given.len() != 1 && given.len() != 12 {
        context.push(
            Diagnostic::error(codes::OUT_OF_RANGE, "`change_k` is not a year of months")
                .at(at)
                .about(table.full(KEY))
                .seen(format!("{} numbers", given.len()))
                .allowed("one number, or twelve from January to December"),
        );
        return Vec::new();
    }
    if source.is_none() && !table.has("change_source") {
        context.push(
            Diagnostic::error(codes::MISSING_KEY, "`change_source` is missing")
                .at(at)
                .about(table.full("change_source"))
                .allowed("scenario, period and publication of the change, as text")
                .help("a change of climate without a source cannot be checked by anybody"),
        );
    }
    if given.len() == 1 {
        vec![given[0]; 12]
    } else {
        given
    }
}

/// The temperatures with the change of their month.
pub(super) fn changed(
    outdoor: Vec<Temperature>,
    change: &[f64],
    axis: &TimeAxis,
) -> Vec<Temperature> {
    if change.len() != 12 {
        return outdoor;
    }
    outdoor
        .into_iter()
        .zip(&axis.calendar)
        .map(|(t, hour)| {
            let month = usize::from(hour.month.clamp(1, 12)) - 1;
            t + TemperatureDifference::from_kelvin(change[month])
        })
        .collect()
}

/// The wet bulb of every hour, from humidity in the file.
pub(super) fn wet_bulbs(
    table: &Reader<'_>,
    file: &SeriesFile<'_>,
    (outdoor_c, axis): (&[f64], &TimeAxis),
    context: &mut Context,
) -> Option<Vec<Temperature>> {
    let given = table.optional_text("humidity_column", context);
    let wet = |humidity: &[f64], pressure: &dyn Fn(usize) -> f64| -> Vec<Temperature> {
        outdoor_c
            .iter()
            .zip(humidity)
            .enumerate()
            .map(|(step, (dry, percent))| {
                let dry = Temperature::from_c(*dry).k();
                Temperature::from_k(wet_bulb(dry, percent / 100.0, pressure(step)))
            })
            .collect()
    };
    if hukka_series::is_epw(&file.bytes) {
        // What is wrong with the file has been told when its temperature was read.
        let (weather, _) = hukka_series::read_epw(file.name, &file.bytes, axis, context.gaps);
        let air = weather?.air?;
        let found = wet(&air.humidity_percent, &|step| air.pressure_pa[step]);
        note(file.name, "its own pressure", context);
        return Some(found);
    }
    let request = SeriesRequest {
        column: Some(given?),
        ..file.request(&RELATIVE_HUMIDITY)
    };
    let (values, found) = hukka_series::read_series(&request, axis);
    context.diagnostics.extend(found);
    let humidity = values?;
    note(file.name, "101.325 kPa", context);
    Some(wet(&humidity, &|_| STANDARD_PRESSURE))
}

fn note(file: &str, pressure: &str, context: &mut Context) {
    context.derive(
        "weather.wet_bulb_temperature",
        "by hour",
        "°C",
        &format!("relative humidity of {file} at {pressure}, after the ASHRAE Handbook"),
    );
}

/// The extreme year of the files named, if any.
pub(super) fn extreme(
    table: &Reader<'_>,
    place: &PlaceInputs,
    axis: Option<&TimeAxis>,
    context: &mut Context,
) -> Option<ExtremeYear> {
    let names = table.texts("extreme_files");
    let column = table.optional_text("extreme_column", context);
    let zone = table.optional_text("extreme_time_zone", context);
    let rule = match table.optional_text("extreme", context) {
        Some("coldest_months") => ExtremeRule::ColdestMonths,
        _ => ExtremeRule::ColdestYear,
    };
    let axis = axis?;
    let mut years = Vec::new();
    for name in &names {
        match context.files.read(name, SERIES_LIMIT) {
            Ok(bytes) => {
                let named = (name.as_str(), bytes.as_slice());
                years.extend(whole_years(named, (column, zone), place, table, context));
            }
            Err(problem) => {
                let at = table.place("extreme_files", context);
                context.push(problem.at(at).about(table.full("extreme_files")));
            }
        }
    }
    let (outdoor_temperature, provenance) = extreme_year(rule, &years, axis)?;
    let names: Vec<&str> = years.iter().map(|year| year.name.as_str()).collect();
    context.derive(
        "weather.extreme_year",
        &provenance,
        "",
        &format!("of {} whole years: {}", years.len(), names.join(", ")),
    );
    Some(ExtremeYear {
        outdoor_temperature,
        provenance,
    })
}

/// Every whole local year of a file; its problems are told when it holds none.
fn whole_years(
    (name, bytes): (&str, &[u8]),
    (column, zone): (Option<&str>, Option<&str>),
    place: &PlaceInputs,
    table: &Reader<'_>,
    context: &mut Context,
) -> Vec<WeatherYear> {
    let gaps = context.gaps;
    let request = SeriesRequest {
        file: name,
        bytes,
        column,
        time_zone: zone,
        quantity: &OUTDOOR_TEMPERATURE,
        gaps,
    };
    let country = &place.rules.country;
    let axis_of = |year: i16, first: Option<i64>| {
        let start = of_year(year, first, place).ok()?;
        hukka_series::time_axis(&place.time_zone, start, country).0
    };
    if hukka_series::is_epw(bytes) {
        let Some(axis) = axis_of(2023, None) else {
            return Vec::new();
        };
        let (weather, found) = hukka_series::read_epw(name, bytes, &axis, gaps);
        context.diagnostics.extend(found);
        return weather
            .map(|weather| year_of(name.to_owned(), weather.temperature_c, axis))
            .into_iter()
            .collect();
    }
    let first = hukka_series::natural_start(&request);
    let from = first.and_then(|first| first_year(first, place).ok());
    let mut years: Vec<WeatherYear> = Vec::new();
    let mut problems = Vec::new();
    let begin = from.unwrap_or(2025);
    for year in begin..begin.saturating_add(most_years(bytes)) {
        // A file of several years begins only its first one.
        let begins = first.filter(|_| Some(year) == from);
        let Some(axis) = axis_of(year, begins) else {
            break;
        };
        let (values, found) = hukka_series::read_series(&request, &axis);
        match values {
            Some(values) => years.push(year_of(format!("{name} {year}"), values, axis)),
            None if years.is_empty() && problems.is_empty() => problems = found,
            None => {}
        }
    }
    if years.is_empty() {
        let at = table.place("extreme_files", context);
        context.push(
            Diagnostic::error(codes::FILE_KIND, "the weather file holds no whole year")
                .at(at)
                .about(table.full("extreme_files"))
                .seen(name)
                .allowed("hourly outdoor temperature of at least one whole local year")
                .help("what is wrong with its first year is told beside this"),
        );
        context.diagnostics.extend(problems);
    }
    years
}

/// Years a file can hold at most: an hour takes at least eight bytes.
fn most_years(bytes: &[u8]) -> i16 {
    let years = bytes.len().div_ceil(8 * 8760) + 1;
    i16::try_from(years).unwrap_or(MOST_YEARS).min(MOST_YEARS)
}

fn year_of(name: String, celsius: Vec<f64>, axis: TimeAxis) -> WeatherYear {
    WeatherYear {
        name,
        outdoor: celsius.into_iter().map(Temperature::from_c).collect(),
        calendar: axis.calendar,
    }
}

/// Degree days of a metered year's weather by a rule; `None` without the file.
pub(super) fn metered_degree_days(
    table: &Reader<'_>,
    rule: hukka_series::DegreeDayRule,
    place: &PlaceInputs,
    context: &mut Context,
) -> Option<f64> {
    const FILE: SeriesKeys = SeriesKeys {
        file: "metered_weather",
        column: "metered_weather_column",
        zone: "metered_weather_time_zone",
    };
    let file = series::open(table, FILE, context);
    let year = table
        .optional_whole("metered_year", context)
        .and_then(|year| i16::try_from(year).ok());
    let file = file?;
    let first = hukka_series::natural_start(&file.request(&OUTDOOR_TEMPERATURE));
    let year = match (year, first) {
        (Some(year), _) => year,
        (None, Some(first)) => first_year(first, place).ok()?,
        (None, None) => 2025,
    };
    let start = of_year(year, first, place).ok()?;
    let axis = hukka_series::time_axis(&place.time_zone, start, &place.rules.country).0?;
    let values = file.values(&OUTDOOR_TEMPERATURE, &axis, context)?;
    let outdoor: Vec<Temperature> = values.into_iter().map(Temperature::from_c).collect();
    Some(hukka_series::degree_days(rule, &outdoor, &axis.calendar))
}
