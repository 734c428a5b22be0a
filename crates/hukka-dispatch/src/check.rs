//! Numbers and series the stage can work with, or an error that names them.

use crate::Error;
use hukka_units::{HeatPower, Quantity, as_si};

/// The size of a machine, MW.
pub(crate) fn capacity(id: &str, capacity: Option<HeatPower>) -> Result<f64, Error> {
    let capacity = capacity.ok_or_else(|| Error::Unsized { id: id.to_owned() })?;
    non_negative("capacity", id, capacity.mw())
}

/// A finite number.
pub(crate) fn number(what: &'static str, id: &str, value: f64) -> Result<f64, Error> {
    if value.is_finite() {
        Ok(value)
    } else {
        Err(Error::BadNumber {
            what,
            id: id.to_owned(),
            value,
        })
    }
}

/// A finite number, zero or more.
pub(crate) fn non_negative(what: &'static str, id: &str, value: f64) -> Result<f64, Error> {
    if value < 0.0 {
        return Err(Error::BadNumber {
            what,
            id: id.to_owned(),
            value,
        });
    }
    number(what, id, value)
}

/// The SI values of a series with one finite value per hour.
pub(crate) fn series<'a, Q: Quantity>(
    what: &'static str,
    id: &str,
    values: &'a [Q],
    hours: usize,
) -> Result<&'a [f64], Error> {
    if values.len() != hours {
        let (id, expected, found) = (id.to_owned(), hours, values.len());
        return Err(Error::SeriesLength {
            what,
            id,
            expected,
            found,
        });
    }
    let values = as_si(values);
    match values.iter().position(|value| !value.is_finite()) {
        None => Ok(values),
        Some(step) => Err(Error::BadHour {
            what,
            id: id.to_owned(),
            step,
            value: values[step],
        }),
    }
}
