//! A maker's table: sources down, sinks across, 0 or an empty cell outside the envelope.

use super::HeatPumpModel;
use super::columns::Reader;
use super::output::{Computed, Outcome};
use hukka_model::{Diagnostic, Place};
use hukka_physics::heat_pump::map::{CopMap, OutsideMap};
use hukka_units::{Ratio, Temperature, ZERO_CELSIUS_K};

pub(super) fn evaluate(reader: &mut Reader, model: &HeatPumpModel<'_>) -> Option<Computed> {
    let map = match model.map {
        Some((file, text)) => read(file, text),
        None => Err(vec![
            Diagnostic::error("HK0474", "the model `map` needs a COP map")
                .help("give the maker's table: --map FILE"),
        ]),
    };
    let source = reader.temperatures(&["source_in_C", "source_C"]);
    let sink = reader.temperatures(&["sink_out_C", "sink_C"]);
    let map = match map {
        Ok(map) => map,
        Err(found) => {
            for finding in found {
                reader.report(finding);
            }
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

fn read(file: &str, text: &str) -> Result<CopMap, Vec<Diagnostic>> {
    let table = hukka_study::read_cop_map(file, text)?;
    let celsius = |axis: &[Temperature]| axis.iter().map(|t| t.c()).collect::<Vec<f64>>();
    let values: Vec<f64> = table
        .cop
        .iter()
        .map(|cop| cop.map_or(0.0, Ratio::fraction))
        .collect();
    // The reader has checked the grid already.
    CopMap::new(celsius(&table.cold), celsius(&table.hot), &values).map_err(|_| {
        vec![
            Diagnostic::error("HK0474", "the map is no grid of rising temperatures")
                .at(Place::file(file)),
        ]
    })
}
