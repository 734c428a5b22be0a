//! The Jensen and Pieper model with every intermediate term.

use super::columns::Reader;
use super::machine::Machines;
use super::output::{Computed, Outcome};
use hukka_physics::heat_pump::jensen::{AMMONIA, ISOBUTANE, Machine, Refrigerant, Terms, terms};
use hukka_physics::heat_pump::{MIN_LIFT_K, OperatingPoint, direct::direct_first};
use hukka_units::ZERO_CELSIUS_K;

const ISENTROPIC: f64 = 0.8;
const PINCH_K: f64 = 5.0;
/// Computed cycles confirm the estimate for sources and sinks up to these, °C.
const CONFIRMED_SOURCE_C: (f64, f64) = (10.0, 60.0);
const CONFIRMED_SINK_C: f64 = 95.0;
/// Subtracting temperatures in kelvin loses this much of a lift, kelvin.
const ROUNDING_K: f64 = 1e-9;

/// The four stream temperatures of every row.
pub(super) fn points(reader: &mut Reader) -> Option<Vec<OperatingPoint>> {
    let source_in = reader.temperatures(&["source_in_C"]);
    let source_out = reader.temperatures(&["source_out_C"]);
    let sink_in = reader.temperatures(&["sink_in_C"]);
    let sink_out = reader.temperatures(&["sink_out_C"]);
    let (source_in, source_out) = (source_in?, source_out?);
    let (sink_in, sink_out) = (sink_in?, sink_out?);
    Some(
        (0..source_in.len())
            .map(|i| OperatingPoint {
                source_in: source_in[i],
                source_out: source_out[i],
                sink_in: sink_in[i],
                sink_out: sink_out[i],
            })
            .collect(),
    )
}

/// Why a row has no COP, before any law is asked.
pub(super) fn obstacle(point: &OperatingPoint, pinch: f64, min_lift: f64) -> Option<Outcome> {
    if point.source_out > point.source_in || point.sink_in > point.sink_out {
        let note = "the source has to be cooled and the sink heated";
        return Some(Outcome::without("streams_reversed", note));
    }
    if point.lift() >= min_lift - ROUNDING_K {
        return None;
    }
    let note = if point.allows_direct_exchange(pinch) {
        return Some(Outcome::without(
            "direct_exchange",
            "the source is hot enough: an exchanger does it without electricity",
        ));
    } else {
        let share = 100.0 * direct_first(point, pinch).direct_share;
        format!(
            "lift {:.2} K is below {min_lift} K; an exchanger alone can give {share:.0} % of the heat",
            point.lift()
        )
    };
    Some(Outcome::without("below_min_lift", note))
}

pub(super) fn evaluate(reader: &mut Reader, refrigerant: &str) -> Option<Computed> {
    let points = points(reader);
    let refrigerants = refrigerants(reader, refrigerant);
    let efficiency = reader.with_default(&["eta_is"], ISENTROPIC);
    let pinch = reader.with_default(&["pinch_K"], PINCH_K);
    let heat_loss = reader.with_default(&["heat_loss"], 0.0);
    let min_lift = reader.with_default(&["min_lift_K"], MIN_LIFT_K);
    let machines = Machines::read(reader);
    let (points, refrigerants, min_lift) = (points?, refrigerants?, min_lift?);
    let (efficiency, pinch, heat_loss) = (efficiency?, pinch?, heat_loss?);
    let machines = machines?;

    let machine = |i: usize| Machine {
        isentropic_efficiency: efficiency[i],
        pinch: pinch[i],
        heat_loss: heat_loss[i],
    };
    let found: Vec<Terms> = points
        .iter()
        .enumerate()
        .map(|(i, point)| terms(refrigerants[i], point, &machine(i)))
        .collect();
    let outcomes: Vec<Outcome> = points
        .iter()
        .enumerate()
        .map(|(i, point)| outcome(point, &machine(i), min_lift[i], found[i].cop))
        .collect();
    // Where the mean lift is nothing its ratio has no value.
    let finite = |value: f64| value.is_finite().then_some(value);
    let cops: Vec<Option<f64>> = found
        .iter()
        .zip(&outcomes)
        .map(|(terms, outcome)| outcome.has_cop.then_some(terms.cop))
        .collect();
    let computed = Computed::new(outcomes)
        .numbers("cop_lorenz", found.iter().map(|t| finite(t.cop_lorenz)))
        .numbers("t_sink_lm_K", found.iter().map(|t| finite(t.sink_mean)))
        .numbers("t_source_lm_K", found.iter().map(|t| finite(t.source_mean)))
        .numbers("dt_refr_sink_K", found.iter().map(|t| Some(t.sink_loss)))
        .numbers(
            "dt_refr_source_K",
            found.iter().map(|t| Some(t.source_loss)),
        )
        .numbers("w_ratio", found.iter().map(|t| Some(t.work_ratio)))
        // The published tables mark a masked row with 0; `status` says that it is a mask.
        .numbers("cop", cops.iter().map(|cop| Some(cop.unwrap_or(0.0))));
    if !machines.is_stated() {
        return Some(computed);
    }
    let of_machine = |i: usize| {
        cops[i]?;
        machines.cop(i, &points[i], |point| {
            let is_lifting = point.lift() >= min_lift[i] - ROUNDING_K;
            is_lifting.then(|| terms(refrigerants[i], point, &machine(i)).cop)
        })
    };
    let cells: Vec<_> = (0..points.len()).map(of_machine).collect();
    Some(computed.numbers("cop_machine", cells.into_iter()))
}

fn outcome(point: &OperatingPoint, machine: &Machine, min_lift: f64, cop: f64) -> Outcome {
    if !(0.0..=1.0).contains(&machine.isentropic_efficiency)
        || machine.pinch < 0.0
        || !(0.0..1.0).contains(&machine.heat_loss)
    {
        return Outcome::without(
            "out_of_range",
            "eta_is and heat_loss lie within 0 and 1, pinch_K is not negative",
        );
    }
    if let Some(outcome) = obstacle(point, machine.pinch, min_lift) {
        return outcome;
    }
    if cop.is_nan() || cop < 1.0 {
        let note = format!("the estimate is {cop:.3}: heating with electricity does better");
        return Outcome::without("cop_below_one", note);
    }
    let source_c = point.source_in - ZERO_CELSIUS_K;
    let sink_c = point.sink_out - ZERO_CELSIUS_K;
    let is_confirmed = (CONFIRMED_SOURCE_C.0..=CONFIRMED_SOURCE_C.1).contains(&source_c)
        && sink_c <= CONFIRMED_SINK_C + ROUNDING_K;
    if is_confirmed {
        Outcome::ok()
    } else {
        let note = "outside sources of 10 to 60 °C and sinks to 95 °C, where cycles confirm it";
        Outcome::with_cop("extrapolated", note)
    }
}

fn refrigerants(reader: &mut Reader, default: &str) -> Option<Vec<&'static Refrigerant>> {
    let words = reader.words(&["refrigerant", "fluid"], default);
    let mut found = Vec::with_capacity(words.len());
    for (row, word) in words.iter().enumerate() {
        match word.to_ascii_lowercase().as_str() {
            "ammonia" | "r717" | "nh3" => found.push(&AMMONIA),
            "isobutane" | "r600a" => found.push(&ISOBUTANE),
            _ => reader.unknown_word(row, "refrigerant", word, "ammonia, isobutane"),
        }
    }
    (found.len() == words.len()).then_some(found)
}
