//! Shares of the Lorenz and the Carnot COP.

use super::columns::Reader;
use super::jensen::{obstacle, points};
use super::machine::Machines;
use super::output::{Computed, Outcome};
use hukka_physics::heat_pump::{MIN_LIFT_K, OperatingPoint, defrost, log_mean};

const QUALITY: &[&str] = &["quality", "efficiency", "share"];
const LORENZ_SHARE: f64 = 0.5;
const PINCH_K: f64 = 5.0;

/// `COP = η T̄_h / (T̄_h − T̄_c)`.
pub(super) fn lorenz(reader: &mut Reader) -> Option<Computed> {
    let points = points(reader);
    let quality = reader.with_default(QUALITY, LORENZ_SHARE);
    let pinch = reader.with_default(&["pinch_K"], PINCH_K);
    let min_lift = reader.with_default(&["min_lift_K"], MIN_LIFT_K);
    let machines = Machines::read(reader);
    let (points, quality, pinch) = (points?, quality?, pinch?);
    let (min_lift, machines) = (min_lift?, machines?);
    let sink: Vec<f64> = points
        .iter()
        .map(|p| log_mean(p.sink_out, p.sink_in))
        .collect();
    let source: Vec<f64> = points
        .iter()
        .map(|p| log_mean(p.source_in, p.source_out))
        .collect();
    let ideal: Vec<f64> = sink.iter().zip(&source).map(|(h, c)| h / (h - c)).collect();
    let outcomes: Vec<Outcome> = (0..points.len())
        .map(|i| {
            obstacle(&points[i], pinch[i], min_lift[i])
                .unwrap_or_else(|| share(quality[i], ideal[i]))
        })
        .collect();
    let finite = |value: f64| value.is_finite().then_some(value);
    let cops: Vec<Option<f64>> = (0..points.len())
        .map(|i| outcomes[i].has_cop.then(|| quality[i] * ideal[i]))
        .collect();
    let computed = Computed::new(outcomes)
        .numbers("cop_lorenz", ideal.iter().map(|v| finite(*v)))
        .numbers("t_sink_lm_K", sink.iter().map(|v| Some(*v)))
        .numbers("t_source_lm_K", source.iter().map(|v| Some(*v)))
        .numbers("cop", cops.iter().copied());
    if !machines.is_stated() {
        return Some(computed);
    }
    let cells: Vec<_> = (0..points.len())
        .map(|i| cops[i].and(machines.cop(i, &points[i], |p| share_of_lorenz(p, quality[i]))))
        .collect();
    Some(computed.numbers("cop_machine", cells.into_iter()))
}

fn share_of_lorenz(point: &OperatingPoint, quality: f64) -> Option<f64> {
    let sink = log_mean(point.sink_out, point.sink_in);
    let source = log_mean(point.source_in, point.source_out);
    (sink > source).then(|| quality * sink / (sink - source))
}

/// `COP = q T_h / (T_h − T_c)`, of a chiller `q T_c / (T_h − T_c)`; icing where air is the source.
pub(super) fn carnot(reader: &mut Reader) -> Option<Computed> {
    let high = reader.temperatures(&["t_high_C", "sink_out_C"]);
    let low = reader.temperatures(&["t_low_C", "source_in_C"]);
    let quality = reader.with_default(QUALITY, LORENZ_SHARE);
    let icing = reader.optional(&["t_icing_C", "icing_limit_C"]);
    let factor = reader.optional(&["f_icing", "icing_factor"]);
    let chiller = chillers(reader);
    let (high, low, quality) = (high?, low?, quality?);
    let (icing, factor, chiller) = (icing?, factor?, chiller?);
    let ideal: Vec<f64> = (0..high.len())
        .map(|i| {
            let useful = if chiller[i] { low[i] } else { high[i] };
            useful / (high[i] - low[i])
        })
        .collect();
    let outcomes: Vec<Outcome> = (0..high.len())
        .map(|i| {
            if high[i] - low[i] > 0.0 {
                share(quality[i], ideal[i])
            } else {
                Outcome::without("no_lift", "the hot side is no warmer than the cold side")
            }
        })
        .collect();
    let ice = |i: usize| {
        let usual = defrost::USUAL_ICING_FACTOR;
        icing[i].filter(|_| !chiller[i]).map_or(1.0, |limit| {
            let air_c = low[i] - hukka_units::ZERO_CELSIUS_K;
            defrost::factor(air_c, limit, factor[i].unwrap_or(usual))
        })
    };
    let cops: Vec<Option<f64>> = (0..high.len())
        .map(|i| outcomes[i].has_cop.then(|| quality[i] * ideal[i] * ice(i)))
        .collect();
    Some(
        Computed::new(outcomes)
            .numbers(
                "cop_carnot",
                ideal.iter().map(|v| v.is_finite().then_some(*v)),
            )
            .numbers("cop", cops.into_iter()),
    )
}

fn share(quality: f64, ideal: f64) -> Outcome {
    if !(quality > 0.0 && quality <= 1.0) {
        return Outcome::without("out_of_range", "the share lies above 0 and at most at 1");
    }
    if ideal > 0.0 && ideal.is_finite() {
        Outcome::ok()
    } else {
        let note = "the source is no colder than the sink in the mean";
        Outcome::without("no_lift", note)
    }
}

fn chillers(reader: &mut Reader) -> Option<Vec<bool>> {
    let words = reader.words(&["mode"], "heat_pump");
    let mut found = Vec::with_capacity(words.len());
    for (row, word) in words.iter().enumerate() {
        match word.to_ascii_lowercase().as_str() {
            "heat_pump" => found.push(false),
            "chiller" => found.push(true),
            _ => reader.unknown_word(row, "mode", word, "heat_pump, chiller"),
        }
    }
    (found.len() == words.len()).then_some(found)
}
