//! The stage: one heat source per data centre.

use crate::check;
use crate::cooling::is_air_side;
use crate::error::Error;
use crate::offer::offer;
use hukka_model::{CoolingModel, DataCentre, Diagnostic, HeatRejection, HeatSource, Study};
use hukka_numerics::Observer;
use hukka_units::{Ratio, as_si};

/// What the stage works from.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// The checked study.
    pub study: &'a Study,
}

/// What the stage may be told.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Options {
    /// Share of the installed load present; `None` takes the last value of each data centre.
    pub fill: Option<Ratio>,
}

/// The heat every data centre offers, hour by hour.
///
/// Server power follows fill, utilisation and idle share; with losses, fans and pumps it is the
/// heat to be removed. The capture share of it reaches the capture point; of that, the heat pump
/// takes what it cools out of the stream, and the rest is not recoverable. The source stream keeps its temperature at part load, as flow follows heat at a constant temperature rise.
///
/// Cooling follows the outdoor temperature; where towers reject heat and the humidity is known, the wet
/// bulb in its place.
///
/// # Assumptions  every heat-carrying flow is speed-controlled; heat is removed in the hour it
///   arises
/// # Shapes       sources in the order of `study.data_centres`; series with one value per step
/// # Errors       a number or series outside its meaning; stopped by the observer
pub fn run(
    inputs: &Inputs<'_>,
    options: &Options,
    observer: &mut impl Observer,
) -> Result<(Vec<HeatSource>, Vec<Diagnostic>), Error> {
    let study = inputs.study;
    let outdoor = outdoor_temperature(study)?;
    let wet_bulb = wet_bulb_temperature(study)?;
    let total = study.data_centres.len();
    let mut sources = Vec::with_capacity(total);
    let mut diagnostics = Vec::new();
    for (index, centre) in study.data_centres.iter().enumerate() {
        if observer.should_stop() {
            return Err(Error::Stopped);
        }
        check::numbers(centre, outdoor.len())?;
        let fill = fill_of(centre, options)?;
        diagnostics.extend(check::combination(centre));
        // Towers cool water towards the wet bulb; economisers of air meet the air itself.
        let uses_tower = centre.heat_rejection == HeatRejection::WetTower
            && !is_air_side(centre.cooling)
            && centre.cooling_model != CoolingModel::DcEh;
        let felt = wet_bulb.filter(|_| uses_tower).unwrap_or(outdoor);
        if uses_tower && wet_bulb.is_none() {
            diagnostics.push(check::dry_tower(centre));
        }
        let source = offer(index, centre, fill, felt);
        diagnostics.extend(check::resilience(centre, &source.cooling.resilience));
        diagnostics.extend(check::ambient_heat(centre, fill, outdoor));
        if !source.recoverable.iter().any(|heat| heat.w() > 0.0) {
            diagnostics.push(check::nothing_offered(centre, fill.fraction()));
        }
        sources.push(source);
        observer.progress(index + 1, total);
    }
    Ok((sources, diagnostics))
}

fn outdoor_temperature(study: &Study) -> Result<&[f64], Error> {
    let outdoor = as_si(&study.weather.outdoor_temperature);
    if outdoor.len() != study.axis.len() {
        return Err(Error::SeriesLength {
            subject: "outdoor temperature".to_owned(),
            found: outdoor.len(),
            expected: study.axis.len(),
        });
    }
    match outdoor.iter().position(|t| !t.is_finite()) {
        Some(step) => Err(Error::Weather { step }),
        None => Ok(outdoor),
    }
}

/// The wet bulb, where the study's weather has one.
fn wet_bulb_temperature(study: &Study) -> Result<Option<&[f64]>, Error> {
    let Some(wet) = &study.weather.wet_bulb_temperature else {
        return Ok(None);
    };
    let wet = as_si(wet);
    if wet.len() != study.axis.len() {
        return Err(Error::SeriesLength {
            subject: "wet-bulb temperature".to_owned(),
            found: wet.len(),
            expected: study.axis.len(),
        });
    }
    match wet.iter().position(|t| !t.is_finite()) {
        Some(step) => Err(Error::Weather { step }),
        None => Ok(Some(wet)),
    }
}

fn fill_of(centre: &DataCentre, options: &Options) -> Result<Ratio, Error> {
    let fill = options
        .fill
        .or_else(|| centre.fill.last().copied())
        .ok_or_else(|| Error::NoFill {
            data_centre: centre.id.clone(),
        })?;
    if (0.0..=1.0).contains(&fill.fraction()) {
        Ok(fill)
    } else {
        Err(Error::OutOfRange {
            data_centre: centre.id.clone(),
            key: "fill",
            value: fill.fraction(),
            allowed: "0 to 1",
        })
    }
}
