//! `[time]` and `[weather]`: the hours of the year, outdoor and ground temperature.

use super::climate;
use super::place::PlaceInputs;
use super::series::{self, SeriesFile, SeriesKeys};
use crate::codes;
use crate::context::Context;
use crate::defaults;
use crate::keys;
use crate::node::Entries;
use crate::reader::Reader;
use crate::spec::{DefaultValue, plain};
use hukka_model::{Diagnostic, ExtremeYear, TimeAxis, Weather};
use hukka_physics::pipe_loss::ground_temperature;
use hukka_series::OUTDOOR_TEMPERATURE;
use hukka_units::{Length, Temperature};

const FILE: SeriesKeys = SeriesKeys {
    file: "file",
    column: "column",
    zone: "time_zone",
};
/// A file that begins this close to the local new year begins the axis.
const NEW_YEAR_SLACK_S: i64 = 24 * 3600;
/// Weather from farther away is worth a word.
const WEATHER_REACH_KM: f64 = 200.0;

/// The axis, and the weather file that may have fixed it.
pub(crate) struct FoundAxis<'n> {
    pub(crate) axis: TimeAxis,
    file: Option<SeriesFile<'n>>,
}

/// The hours of the study year.
pub(crate) fn axis<'n>(
    root: &'n Entries,
    place: &PlaceInputs,
    context: &mut Context,
) -> Option<FoundAxis<'n>> {
    let time = Reader::one(root, &keys::TIME);
    let given = time
        .optional_whole("year", context)
        .and_then(|year| i16::try_from(year).ok());
    let file = series::open(&Reader::one(root, &keys::WEATHER), FILE, context);
    let first = file
        .as_ref()
        .filter(|file| !hukka_series::is_epw(&file.bytes))
        .and_then(|file| hukka_series::natural_start(&file.request(&OUTDOOR_TEMPERATURE)));
    // Without the zone its file needs, the year is anyone's guess, and so is what follows from it.
    let is_year_lost = given.is_none()
        && first.is_none()
        && file.as_ref().is_some_and(|file| file.is_zone_attempted);
    if is_year_lost {
        return None;
    }
    let start = match (given, first) {
        (Some(year), first) => of_year(year, first, place),
        (None, Some(first)) => first_year(first, place).and_then(|year| {
            let source = "first stamp of the weather file";
            time.derived("year", f64::from(year), source, context);
            of_year(year, Some(first), place)
        }),
        (None, None) => {
            let year = time_default(&time, context);
            of_year(year, None, place)
        }
    };
    let start = match start {
        Ok(start) => start,
        Err(problem) => {
            // An unknown time zone has been reported with its place already.
            if place.is_zone_sound {
                context.push(problem);
            }
            return None;
        }
    };
    let (axis, findings) = hukka_series::time_axis(&place.time_zone, start, &place.rules.country);
    context.diagnostics.extend(findings);
    axis.map(|axis| FoundAxis { axis, file })
}

fn time_default(time: &Reader<'_>, context: &mut Context) -> i16 {
    let default = &defaults::YEAR;
    let DefaultValue::Integer(year) = default.value else {
        unreachable!("invariant: the default year is a whole number");
    };
    if !time.has("year") {
        time.defaulted("year", default, context);
    }
    i16::try_from(year).unwrap_or(2025)
}

/// Start of a local year, or of the file when that lies within a day of it.
pub(super) fn of_year(
    year: i16,
    first: Option<i64>,
    place: &PlaceInputs,
) -> Result<i64, Diagnostic> {
    let local = hukka_series::local_year_start(&place.time_zone, year)?;
    Ok(first
        .filter(|first| (first - local).abs() <= NEW_YEAR_SLACK_S)
        .unwrap_or(local))
}

/// The first local year a file holds from its beginning on.
pub(super) fn first_year(first: i64, place: &PlaceInputs) -> Result<i16, Diagnostic> {
    let guess = i16::try_from(1970 + first.div_euclid(31_556_952)).unwrap_or(2025);
    for year in guess - 1..=guess + 1 {
        let local = hukka_series::local_year_start(&place.time_zone, year)?;
        if first <= local + NEW_YEAR_SLACK_S {
            return Ok(year);
        }
    }
    Ok(guess + 2)
}

/// Reads `[weather]` onto the axis.
pub(crate) fn read(
    root: &Entries,
    place: &PlaceInputs,
    found: Option<&FoundAxis<'_>>,
    depth: Length,
    context: &mut Context,
) -> Option<Weather> {
    let table = Reader::one(root, &keys::WEATHER);
    let change = climate::change(&table, context);
    let extreme = climate::extreme(&table, place, found.map(|found| &found.axis), context);
    let mut wet_bulb_temperature = None;
    let (outdoor, (mut provenance, is_synthetic), climate) = if table.has("file") {
        series::idle_seed(&table, "file", context);
        let found = found?;
        let file = found.file.as_ref()?;
        let outdoor = from_file(&table, file, &found.axis, place, context)?;
        let with = (outdoor.as_slice(), &found.axis);
        wet_bulb_temperature = climate::wet_bulbs(&table, file, with, context);
        let outdoor = outdoor.into_iter().map(Temperature::from_c).collect();
        (outdoor, file.provenance(), None)
    } else {
        let climate = table.text("climate", context);
        let seed = u64::try_from(table.whole("seed", context)).unwrap_or(1);
        let climate = hukka_series::Climate::named(climate)?;
        let outdoor = hukka_series::synthetic_temperature(climate, seed, &found?.axis);
        let provenance = format!("synthetic: {}, seed {seed}", climate.name);
        (outdoor, (provenance, true), Some(climate))
    };
    let axis = &found?.axis;
    if !change.is_empty() {
        provenance.push_str(", with climate change");
    }
    let outdoor = climate::changed(outdoor, &change, axis);
    let wet_bulb_temperature = wet_bulb_temperature.map(|wet| climate::changed(wet, &change, axis));
    let extreme = extreme.map(|year: ExtremeYear| ExtremeYear {
        outdoor_temperature: climate::changed(year.outdoor_temperature, &change, axis),
        ..year
    });
    let design = design_temperature(&table, (&outdoor, extreme.as_ref()), climate, context);
    Some(Weather {
        ground_temperature: ground(&outdoor, axis, depth, context),
        outdoor_temperature: outdoor,
        design_outdoor_temperature: design,
        wet_bulb_temperature,
        extreme,
        provenance,
        is_synthetic,
    })
}

fn from_file(
    table: &Reader<'_>,
    file: &SeriesFile<'_>,
    axis: &TimeAxis,
    place: &PlaceInputs,
    context: &mut Context,
) -> Option<Vec<f64>> {
    if !hukka_series::is_epw(&file.bytes) {
        let request = file.request(&OUTDOOR_TEMPERATURE);
        let (values, findings) = hukka_series::read_series(&request, axis);
        context.diagnostics.extend(findings);
        return values;
    }
    let (weather, findings) = hukka_series::read_epw(file.name, &file.bytes, axis, context.gaps);
    context.diagnostics.extend(findings);
    let weather = weather?;
    let distance = place.distance_km((weather.longitude, weather.latitude));
    if place.is_sound && distance > WEATHER_REACH_KM {
        let at = table.place("file", context);
        context.push(
            Diagnostic::warning(codes::TOO_FAR, "the weather is from far away")
                .at(at)
                .about("weather.file")
                .seen(format!(
                    "{}, {} km from [place]",
                    weather.place,
                    hukka_units::grouped(distance, 0)
                ))
                .allowed(format!("within {WEATHER_REACH_KM} km"))
                .help("take the weather file of a station nearby"),
        );
    }
    Some(weather.temperature_c)
}

fn design_temperature(
    table: &Reader<'_>,
    (outdoor, extreme): (&[Temperature], Option<&ExtremeYear>),
    climate: Option<&hukka_series::Climate>,
    context: &mut Context,
) -> Temperature {
    const KEY: &str = "design_outdoor_temperature_c";
    if let Some(given) = table.optional(KEY, context) {
        return Temperature::from_c(given);
    }
    let coldest_of = |hours: &[Temperature]| {
        let celsius = hours.iter().map(|t| t.c());
        celsius.fold(f64::INFINITY, f64::min)
    };
    let (celsius, source) = if let Some(year) = extreme {
        let coldest = coldest_of(&year.outdoor_temperature);
        let source = "coldest hour of the extreme year".to_owned();
        ((coldest * 10.0).round() / 10.0, source)
    } else if let Some(climate) = climate {
        let source = format!("design temperature of the climate {}", climate.name);
        (climate.design_outdoor_temperature.c(), source)
    } else {
        let coldest = coldest_of(outdoor);
        let source = format!("coldest hour, {} °C, less 5 K", plain_tenth(coldest));
        ((coldest - 5.0).round(), source)
    };
    table.derived(KEY, celsius, &source, context);
    Temperature::from_c(celsius)
}

fn plain_tenth(value: f64) -> String {
    plain((value * 10.0).round() / 10.0)
}

/// Undisturbed ground temperature at pipe depth, hour by hour.
///
/// # Source  Kusuda & Achenbach 1965 with the first harmonic of the outdoor temperature
fn ground(
    outdoor: &[Temperature],
    axis: &TimeAxis,
    depth: Length,
    context: &mut Context,
) -> Vec<Temperature> {
    let wave = hukka_series::seasonal_wave(outdoor, axis);
    let diffusivity = defaults::SOIL_DIFFUSIVITY_M2_S;
    context.derive(
        "weather.ground_temperature",
        &format!(
            "{} ± {}",
            plain_tenth(wave.mean.c()),
            plain_tenth(wave.amplitude.kelvin())
        ),
        "°C at the surface",
        &format!(
            "yearly wave of the outdoor temperature, damped to {} m depth after Kusuda with a soil \
             diffusivity of {diffusivity:e} m²/s",
            plain(depth.m())
        ),
    );
    axis.calendar
        .iter()
        .map(|hour| {
            let day = f64::from(hour.day_of_year) + (f64::from(hour.hour) + 0.5) / 24.0;
            Temperature::from_k(ground_temperature(
                wave.mean.k(),
                wave.amplitude.kelvin(),
                depth.m(),
                diffusivity,
                day,
                wave.coldest_day,
            ))
        })
        .collect()
}
