//! A metered year of a lumped demand, with its own weather and its own calendar.

use super::place::PlaceInputs;
use super::series::{self, SeriesKeys};
use super::weather::{first_year, of_year};
use crate::context::Context;
use crate::reader::Reader;
use hukka_model::{Meter, TimeAxis};
use hukka_series::{HEAT_LOAD, OUTDOOR_TEMPERATURE};
use hukka_units::{HeatPower, Temperature};

const LOAD: SeriesKeys = SeriesKeys {
    file: "meter",
    column: "meter_column",
    zone: "meter_time_zone",
};
const OUTDOOR: SeriesKeys = SeriesKeys {
    column: "meter_temperature_column",
    ..LOAD
};

/// The meter behind a demand's keys; problems go to the context.
pub(crate) fn read(
    table: &Reader<'_>,
    place: &PlaceInputs,
    context: &mut Context,
) -> Option<Meter> {
    let load = series::open(table, LOAD, context);
    let year = table
        .optional_whole("meter_year", context)
        .and_then(|year| i16::try_from(year).ok());
    // The same file again: asked for only once it is known to be there, or it is missed twice.
    let outdoor = if load.is_some() {
        series::open(table, OUTDOOR, context)
    } else {
        table.optional_text(OUTDOOR.column, context);
        None
    };
    let (load, outdoor) = (load?, outdoor?);
    let first = hukka_series::natural_start(&load.request(&HEAT_LOAD));
    let axis = axis(year, first, place, context)?;
    let load = load.values(&HEAT_LOAD, &axis, context);
    let outdoor = outdoor.values(&OUTDOOR_TEMPERATURE, &axis, context);
    Some(Meter {
        load: load?.into_iter().map(HeatPower::from_mw).collect(),
        outdoor_temperature: outdoor?.into_iter().map(Temperature::from_c).collect(),
        calendar: axis.calendar,
    })
}

/// The hours of the metered year: the one stated, else the first whole one in the file.
fn axis(
    year: Option<i16>,
    first: Option<i64>,
    place: &PlaceInputs,
    context: &mut Context,
) -> Option<TimeAxis> {
    let year = match (year, first) {
        (Some(year), _) => Ok(year),
        (None, Some(first)) => first_year(first, place),
        // A file without a readable stamp is explained when its values are read.
        (None, None) => Ok(2025),
    };
    let start = year.and_then(|year| of_year(year, first, place));
    match start {
        Ok(start) => hukka_series::time_axis(&place.time_zone, start, &place.rules.country).0,
        Err(problem) => {
            if place.is_zone_sound {
                context.push(problem);
            }
            None
        }
    }
}
