//! Hourly series for display: sums, bins, the calendar's days and months.

use crate::inputs::Inputs;
use hukka_model::{TimeAxis, UnitKind};
use hukka_units::{Quantity, SECONDS_PER_HOUR};

/// Joules in one megawatt-hour over seconds in an hour: a watt-series' sum to megawatt-hours.
const WATTS_PER_MW: f64 = 1e6;

/// Fewer hours than this are no month of their own.
const FEW_HOURS: usize = 48;

/// Values of a series of quantities after a conversion.
pub(crate) fn converted<Q: Quantity>(series: &[Q], unit: impl Fn(Q) -> f64) -> Vec<f64> {
    series.iter().map(|value| unit(*value)).collect()
}

/// Megawatts of a series of powers (any kind, watts inside).
pub(crate) fn megawatts<Q: Quantity>(series: &[Q]) -> Vec<f64> {
    converted(series, |value| value.si() / WATTS_PER_MW)
}

/// Megawatt-hours of an hourly series of powers (any kind, watts inside).
pub(crate) fn annual_mwh<Q: Quantity>(series: &[Q]) -> f64 {
    series.iter().map(|value| value.si()).sum::<f64>() * SECONDS_PER_HOUR
        / hukka_units::JOULES_PER_MWH
}

/// Sum of several series of the same length, position by position.
pub(crate) fn summed<'a>(series: impl Iterator<Item = &'a [f64]>, len: usize) -> Vec<f64> {
    let mut total = vec![0.0; len];
    for one in series {
        for (sum, value) in total.iter_mut().zip(one) {
            *sum += value;
        }
    }
    total
}

/// Position and value of the largest value, the first of equals; `None` for an empty slice.
pub(crate) fn largest(values: &[f64]) -> Option<(usize, f64)> {
    values
        .iter()
        .copied()
        .enumerate()
        .reduce(|best, next| if next.1 > best.1 { next } else { best })
}

/// Position and value of the smallest value, the first of equals; `None` for an empty slice.
pub(crate) fn smallest(values: &[f64]) -> Option<(usize, f64)> {
    values
        .iter()
        .copied()
        .enumerate()
        .reduce(|best, next| if next.1 < best.1 { next } else { best })
}

/// Mean of a slice; zero for an empty one.
pub(crate) fn mean(values: &[f64]) -> f64 {
    if values.is_empty() {
        0.0
    } else {
        values.iter().sum::<f64>() / values.len() as f64
    }
}

/// Consecutive ranges of steps that share a key of their local hour.
fn ranges<K: PartialEq>(
    axis: &TimeAxis,
    key: impl Fn(&hukka_model::LocalHour) -> K,
) -> Vec<core::ops::Range<usize>> {
    let mut out: Vec<core::ops::Range<usize>> = Vec::new();
    for (step, hour) in axis.calendar.iter().enumerate() {
        match out.last_mut() {
            Some(range) if key(&axis.calendar[range.start]) == key(hour) => range.end = step + 1,
            _ => out.push(step..step + 1),
        }
    }
    out
}

/// The local days of the axis, as ranges of steps.
pub(crate) fn days(axis: &TimeAxis) -> Vec<core::ops::Range<usize>> {
    ranges(axis, |hour| (hour.year, hour.month, hour.day))
}

/// The local months of the axis, as ranges of steps.
///
/// A year that starts at a whole hour of another zone leaves a few hours in a thirteenth month;
/// they are counted to the month beside them.
pub(crate) fn months(axis: &TimeAxis) -> Vec<core::ops::Range<usize>> {
    let mut months = ranges(axis, |hour| (hour.year, hour.month));
    if months.len() > 12 {
        let last = months.len() - 1;
        if months[last].len() < FEW_HOURS {
            let end = months[last].end;
            months.pop();
            months[last - 1].end = end;
        } else if months[0].len() < FEW_HOURS {
            months[1].start = months[0].start;
            months.remove(0);
        }
    }
    months
}

/// Name and place in the calendar of a range of steps: those of its middle.
pub(crate) fn middle<'a>(
    axis: &'a TimeAxis,
    range: &core::ops::Range<usize>,
) -> &'a hukka_model::LocalHour {
    &axis.calendar[usize::midpoint(range.start, range.end)]
}

/// Heat the heat pumps take from one data centre, hour by hour, MW.
pub(crate) fn taken_from(inputs: &Inputs<'_>, data_centre: usize) -> Vec<f64> {
    let series: Vec<Vec<f64>> = inputs
        .plan
        .units
        .iter()
        .filter(|unit| match unit.kind {
            UnitKind::HeatPump(pump) => inputs
                .design
                .heat_pumps
                .get(pump)
                .is_some_and(|pump| pump.data_centre == data_centre),
            UnitKind::Boiler(_) => false,
        })
        .map(|unit| megawatts(&unit.source_heat))
        .collect();
    summed(series.iter().map(Vec::as_slice), inputs.study.axis.len())
}
