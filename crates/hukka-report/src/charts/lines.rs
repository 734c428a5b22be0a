//! Lines over the days of the year or over any quantity.

use crate::series;
use crate::svg::{Anchor, Axis, Frame, Plot};
use hukka_model::TimeAxis;

/// One line, with a band around it if it has one.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// Name, written at the line's end.
    pub(crate) name: String,
    /// Colour.
    pub(crate) colour: String,
    /// Dashes, so that colour is not the only difference; empty for a solid line.
    pub(crate) dash: &'static str,
    /// Points.
    pub(crate) points: Vec<(f64, f64)>,
    /// Lower and upper bound at the same positions.
    pub(crate) band: Option<(Vec<f64>, Vec<f64>)>,
}

/// Smallest distance between two names at the right edge.
const NAME_GAP: f64 = 15.0;

/// A plot of lines, each named at its end.
pub(crate) fn lines(frame: Frame, x: Axis, y: Axis, all: &[Line]) -> Plot {
    let mut plot = Plot::new(frame, x, y);
    for line in all {
        if let Some((lower, upper)) = &line.band {
            let xs: Vec<f64> = line.points.iter().map(|point| point.0).collect();
            let style = format!(r#"fill="{}" opacity="0.22""#, line.colour);
            plot.band(&xs, lower, upper, &style);
        }
    }
    for line in all {
        plot.line(&line.points, &stroke(line));
    }
    name_ends(&mut plot, frame, all);
    plot
}

/// Colour, width and dashes of a line.
fn stroke(line: &Line) -> String {
    let dash = if line.dash.is_empty() {
        String::new()
    } else {
        format!(r#" stroke-dasharray="{}""#, line.dash)
    };
    format!(
        r#"stroke="{}" stroke-width="1.8" stroke-linejoin="round"{dash}"#,
        line.colour
    )
}

/// Writes the names at the right edge, with a piece of the line, pushed apart where they would overlap.
fn name_ends(plot: &mut Plot, frame: Frame, all: &[Line]) {
    let mut ends: Vec<(f64, &Line)> = all
        .iter()
        .filter_map(|line| line.points.last().map(|last| (plot.py(last.1), line)))
        .collect();
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut y = f64::NEG_INFINITY;
    let mut placed: Vec<(f64, &Line)> = ends
        .into_iter()
        .map(|(wanted, line)| {
            y = wanted.max(y + NAME_GAP);
            (y, line)
        })
        .collect();
    let overflow = y - (frame.height - frame.bottom);
    if overflow > 0.0 {
        for (place, _) in &mut placed {
            *place -= overflow;
        }
    }
    for (place, line) in placed {
        let left = frame.width - frame.right + 6.0;
        let style = stroke(line);
        plot.canvas
            .line((left, place), (left + 20.0, place), &style);
        let at = (left + 25.0, place + 4.0);
        plot.canvas
            .text(at, Anchor::Start, &line.name, r#"class="name""#);
    }
}

/// One value per local day of an hourly series: the mean, with the day's lowest and highest.
pub(crate) struct Days {
    /// Middle of each day, in days from the first.
    pub(crate) x: Vec<f64>,
    /// Mean of each day.
    pub(crate) mean: Vec<f64>,
    /// Lowest hour.
    pub(crate) low: Vec<f64>,
    /// Highest hour.
    pub(crate) high: Vec<f64>,
}

/// Bins an hourly series by local day.
pub(crate) fn days(axis: &TimeAxis, hourly: &[f64]) -> Days {
    let mut out = Days {
        x: Vec::new(),
        mean: Vec::new(),
        low: Vec::new(),
        high: Vec::new(),
    };
    for (day, range) in series::days(axis).into_iter().enumerate() {
        let values = &hourly[range];
        out.x.push(day as f64 + 0.5);
        out.mean.push(series::mean(values));
        out.low
            .push(series::smallest(values).map_or(0.0, |(_, v)| v));
        out.high
            .push(series::largest(values).map_or(0.0, |(_, v)| v));
    }
    out
}

impl Days {
    /// The mean of each day as points.
    pub(crate) fn points(&self) -> Vec<(f64, f64)> {
        self.x
            .iter()
            .copied()
            .zip(self.mean.iter().copied())
            .collect()
    }
}
