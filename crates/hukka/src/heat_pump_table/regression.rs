//! The regression of Jesper over data sheets.

use super::columns::Reader;
use super::output::{Computed, Outcome};
use hukka_physics::heat_pump::OperatingPoint;
use hukka_physics::heat_pump::jesper::{Branch, OutsideData, cop};

pub(super) fn evaluate(reader: &mut Reader) -> Option<Computed> {
    let source = reader.temperatures(&["source_in_C"]);
    let sink = reader.temperatures(&["sink_out_C"]);
    let (source, sink) = (source?, sink?);
    let found: Vec<_> = source
        .iter()
        .zip(&sink)
        .map(|(source_in, sink_out)| {
            cop(&OperatingPoint {
                source_in: *source_in,
                source_out: *source_in,
                sink_in: *sink_out,
                sink_out: *sink_out,
            })
        })
        .collect();
    let outcomes = found.iter().map(outcome).collect();
    let branches = found
        .iter()
        .map(|answer| match answer {
            Ok((_, Branch::Conventional)) => "conventional".to_owned(),
            Ok((_, Branch::VeryHighTemperature)) => "very_high_temperature".to_owned(),
            Err(_) => String::new(),
        })
        .collect();
    let lifts = sink.iter().zip(&source).map(|(h, c)| Some(h - c));
    Some(
        Computed::new(outcomes)
            .numbers("lift_K", lifts)
            .words("branch", branches)
            .numbers("cop", found.iter().map(|a| a.ok().map(|(value, _)| value))),
    )
}

fn outcome(answer: &Result<(f64, Branch), OutsideData>) -> Outcome {
    match answer {
        Ok(_) => Outcome::ok(),
        Err(OutsideData::SinkTooHot) => {
            Outcome::without("outside_data", "the sink is hotter than 160 °C")
        }
        Err(OutsideData::Source) => Outcome::without(
            "outside_data",
            "sources of conventional heat pumps lie within -10 and 60 °C",
        ),
        Err(OutsideData::Lift(min, max)) => Outcome::without(
            "outside_data",
            format!("lifts lie within {min} and {max} K"),
        ),
    }
}
