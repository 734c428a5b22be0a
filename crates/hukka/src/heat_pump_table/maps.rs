//! A maker's table: sources down, sinks across, 0 or an empty cell outside the envelope.

use super::HeatPumpModel;
use super::columns::{Reader, parse};
use super::output::{Computed, Outcome};
use hukka_model::{Diagnostic, Place};
use hukka_physics::heat_pump::map::{CopMap, MapError, OutsideMap};
use hukka_units::ZERO_CELSIUS_K;

pub(super) fn evaluate(reader: &mut Reader, model: &HeatPumpModel<'_>) -> Option<Computed> {
    let map = match model.map {
        Some((file, text)) => read(file, text),
        None => Err(Box::new(
            Diagnostic::error("HK0474", "the model `map` needs a COP map")
                .help("give the maker's table: --map FILE"),
        )),
    };
    let source = reader.temperatures(&["source_in_C", "source_C"]);
    let sink = reader.temperatures(&["sink_out_C", "sink_C"]);
    let map = match map {
        Ok(map) => map,
        Err(finding) => {
            reader.report(*finding);
            return None;
        }
    };
    let (source, sink) = (source?, sink?);
    let found: Vec<Result<f64, OutsideMap>> = source
        .iter()
        .zip(&sink)
        .map(|(c, h)| map.cop(c - ZERO_CELSIUS_K, h - ZERO_CELSIUS_K))
        .collect();
    let outcomes = found.iter().map(|answer| outcome(&map, *answer)).collect();
    Some(Computed::new(outcomes).numbers("cop", found.iter().map(|answer| answer.ok())))
}

fn outcome(map: &CopMap, answer: Result<f64, OutsideMap>) -> Outcome {
    match answer {
        Ok(_) => Outcome::ok(),
        Err(OutsideMap::Envelope) => Outcome::without(
            "outside_envelope",
            "a neighbouring point of the map is outside the machine's envelope",
        ),
        Err(OutsideMap::Grid) => {
            let ((c0, c1), (h0, h1)) = (map.source_range(), map.sink_range());
            Outcome::without(
                "outside_map",
                format!("the map covers sources {c0} to {c1} °C and sinks {h0} to {h1} °C"),
            )
        }
    }
}

fn read(file: &str, text: &str) -> Result<CopMap, Box<Diagnostic>> {
    let bad = |message: String| {
        Box::new(Diagnostic::error("HK0474", message)
            .at(Place::file(file))
            .help("first line: a corner cell, then sink temperatures; then a source temperature and its COP values on every line"))
    };
    let (headers, rows) = parse(file, text)?;
    let number = |line: usize, cell: &str| {
        cell.trim()
            .parse::<f64>()
            .ok()
            .filter(|value| value.is_finite())
            .ok_or_else(|| {
                Box::new(
                    Diagnostic::error("HK0474", "a cell of the map is not a number")
                        .at(Place::line(file, line))
                        .seen(cell),
                )
            })
    };
    let sink = headers
        .iter()
        .skip(1)
        .map(|cell| number(1, cell))
        .collect::<Result<Vec<_>, _>>()?;
    let mut source = Vec::with_capacity(rows.len());
    let mut values = Vec::with_capacity(rows.len() * sink.len());
    for (line, cells) in &rows {
        for (column, cell) in cells.iter().enumerate() {
            match column {
                0 => source.push(number(*line, cell)?),
                _ if cell.trim().is_empty() => values.push(0.0),
                _ => values.push(number(*line, cell)?),
            }
        }
    }
    CopMap::new(source, sink, &values).map_err(|error| match error {
        MapError::Shape => bad("the map has no rows or no columns".to_owned()),
        MapError::Order => bad("temperatures of the map have to rise".to_owned()),
        MapError::Value { row, column } => bad(format!(
            "COP in row {} and column {} of the map is neither above 1 nor 0",
            row + 1,
            column + 1
        )),
    })
}
