//! Axes: round steps, and months.

use crate::label;
use hukka_model::TimeAxis;
use hukka_units::grouped;

/// A month with fewer days left in the year gets no mark.
const FEW_DAYS: usize = 6;

/// One axis of a plot.
#[derive(Debug, Clone)]
pub(crate) struct Axis {
    /// Value at the start.
    pub(crate) min: f64,
    /// Value at the end.
    pub(crate) max: f64,
    /// Quantity and unit.
    pub(crate) label: String,
    /// Position and text of every mark.
    pub(crate) marks: Vec<(f64, String)>,
}

/// Round values inside a range, about so many.
pub(crate) fn ticks(min: f64, max: f64, about: usize) -> Vec<f64> {
    let span = max - min;
    if span <= 0.0 || !span.is_finite() {
        return vec![min];
    }
    multiples(min, max, step(span, about)).collect()
}

/// Multiples of a step inside a range.
fn multiples(min: f64, max: f64, step: f64) -> impl Iterator<Item = f64> {
    let first = (min / step - 1e-9).ceil() as i64;
    let last = (max / step + 1e-9).floor() as i64;
    (first..=last).map(move |i| i as f64 * step)
}

/// The round step (1, 2 or 5 times a power of ten) that cuts a span into about so many pieces.
fn step(span: f64, about: usize) -> f64 {
    let raw = span / about.max(1) as f64;
    let power = 10_f64.powf(raw.log10().floor());
    let factor = match raw / power {
        r if r < 1.5 => 1.0,
        r if r < 3.5 => 2.0,
        r if r < 7.5 => 5.0,
        _ => 10.0,
    };
    factor * power
}

impl Axis {
    /// An axis with round marks that covers at least the range, widened to whole steps.
    pub(crate) fn round(label: impl Into<String>, min: f64, max: f64, about: usize) -> Self {
        let (min, max) = if max - min > 1e-9 * (1.0 + max.abs().max(min.abs())) {
            (min, max)
        } else {
            (min.min(0.0), max.max(min + 1.0))
        };
        let step = step(max - min, about);
        let low = (min / step + 1e-9).floor() * step;
        let high = (max / step - 1e-9).ceil() * step;
        Self::stepped(label, low, high, step)
    }

    /// An axis over exactly this range.
    pub(crate) fn exact(label: impl Into<String>, min: f64, max: f64, about: usize) -> Self {
        let step = step((max - min).max(f64::MIN_POSITIVE), about);
        Self::stepped(label, min, max, step)
    }

    fn stepped(label: impl Into<String>, min: f64, max: f64, step: f64) -> Self {
        let decimals = (-step.log10().floor()).clamp(0.0, 6.0) as usize;
        Self {
            min,
            max,
            label: label.into(),
            marks: multiples(min, max, step)
                .map(|value| (value, grouped(value, decimals)))
                .collect(),
        }
    }

    /// The days of the study year, marked by month; positions are days from 0.
    pub(crate) fn days(axis: &TimeAxis) -> Self {
        let days = crate::series::days(axis);
        let mut marks = Vec::new();
        let mut previous = None;
        for (day, range) in days.iter().enumerate() {
            let hour = &axis.calendar[range.start];
            let is_whole = days.len() - day >= FEW_DAYS;
            if previous != Some((hour.year, hour.month)) && hour.day == 1 && is_whole {
                marks.push((day as f64, label::month(hour.month).to_owned()));
            }
            previous = Some((hour.year, hour.month));
        }
        Self {
            min: 0.0,
            max: days.len().max(1) as f64,
            label: String::new(),
            marks,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        let values = ticks(-1.3, 10.2, 5);
        assert_eq!(values.len(), 6);
        assert!((values[1] - 2.0).abs() < 1e-12);
        assert!(values.iter().all(|value| (-1.3..=10.2).contains(value)));
    }

    #[test]
    fn a_flat_range_still_gives_an_axis() {
        let axis = Axis::round("x", 5.0, 5.0, 4);
        assert!(axis.max > axis.min);
        assert!(axis.marks.len() >= 2);
    }
}
