//! The numbers behind the drawings a script makes: map colours, carpet, week.

use crate::geojson::has_map;
use crate::inputs::Inputs;
use crate::label;
use crate::sections::map::{Map, first_snapshot, mean_at};
use crate::series::{converted, days, megawatts};
use crate::stack::{charge, layers, store_sum};
use hukka_units::{EnergyPrice, HeatEnergy, Temperature};
use serde_json::{Value, json};

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Bytes as base64 text.
fn base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let value = chunk
            .iter()
            .chain([0, 0].iter())
            .take(3)
            .fold(0_u32, |value, byte| (value << 8) | u32::from(*byte));
        for place in 0..4_usize {
            if place <= chunk.len() {
                let index = (value >> (18 - 6 * place)) & 63;
                out.push(char::from(BASE64[index as usize]));
            } else {
                out.push('=');
            }
        }
    }
    out
}

/// A series in 16 bits per value: `value = min + step · code`.
fn packed(values: &[f64]) -> Value {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if low > high {
        return json!({ "min": 0.0, "step": 0.0, "codes": "" });
    }
    let step = (high - low) / 65535.0;
    let bytes: Vec<u8> = values
        .iter()
        .flat_map(|value| {
            let code = if step > 0.0 {
                ((value - low) / step).round()
            } else {
                0.0
            };
            (code as u16).to_le_bytes()
        })
        .collect();
    json!({ "min": low, "step": step, "codes": base64(&bytes) })
}

/// Everything the page's script reads, safe inside a script element.
pub(crate) fn data(inputs: &Inputs<'_>, map: &Map) -> String {
    let value = json!({
        "days": day_starts(inputs),
        "hours": base64(&inputs.study.axis.calendar.iter().map(|h| h.hour).collect::<Vec<u8>>()),
        "layers": layer_series(inputs),
        "fed": packed(&megawatts(&inputs.plan.heat_demand)),
        "charge": packed(&charge(inputs)),
        "level": store_level(inputs),
        "price": packed(&converted(&inputs.study.prices.electricity, EnergyPrice::eur_mwh)),
        "rejected": packed(&crate::sections::source::rejected_hours(inputs)),
        "outdoor": packed(&converted(&inputs.study.weather.outdoor_temperature, Temperature::c)),
        "ramps": crate::sections::carpet::scales(),
        "map": map_values(inputs, map),
    });
    value
        .to_string()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
}

/// First step and date of every local day.
fn day_starts(inputs: &Inputs<'_>) -> Value {
    const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let axis = &inputs.study.axis;
    Value::Array(
        days(axis)
            .into_iter()
            .map(|range| {
                let hour = &axis.calendar[range.start];
                let weekday = WEEKDAYS[usize::from(hour.weekday) % 7];
                let name = format!("{weekday} {} {}", hour.day, label::month(hour.month));
                json!([range.start, name, hour.day, label::month(hour.month)])
            })
            .collect(),
    )
}

fn layer_series(inputs: &Inputs<'_>) -> Value {
    Value::Array(
        layers(inputs)
            .iter()
            .enumerate()
            .map(|(i, layer)| {
                json!({
                    "name": layer.name,
                    "colour": layer.colour,
                    "pump": layer.is_heat_pump,
                    "unit": i < inputs.plan.units.len(),
                    "values": packed(&layer.values),
                })
            })
            .collect(),
    )
}

fn store_level(inputs: &Inputs<'_>) -> Value {
    if inputs.plan.stores.is_empty() {
        Value::Null
    } else {
        packed(&store_sum(inputs, |store| {
            converted(&store.level, HeatEnergy::mwh)
        }))
    }
}

/// Tenths of a degree per trench and snapshot, and what the pointer reads on a trench.
fn map_values(inputs: &Inputs<'_>, map: &Map) -> Value {
    if !has_map(inputs) {
        return Value::Null;
    }
    let trenches = &inputs.design.trenches;
    let tenths = |nodes: &[Temperature]| -> Vec<i32> {
        trenches
            .iter()
            .map(|t| (10.0 * mean_at(t, nodes)).round() as i32)
            .collect()
    };
    let snapshots: Vec<Value> = inputs
        .network
        .snapshots
        .iter()
        .map(|s| json!([tenths(&s.supply_temperature), tenths(&s.return_temperature)]))
        .collect();
    let about: Vec<Value> = trenches
        .iter()
        .zip(&inputs.network.trenches)
        .map(|(trench, result)| {
            json!([
                trench.dn,
                trench.length.m().round(),
                trench.design_power.kw().round(),
                (result.max_velocity.m_s() * 100.0).round(),
                result.max_pressure_gradient.pa_m().round(),
                (result.heat_loss.mwh() * 10.0).round(),
                trench.consumers_behind,
            ])
        })
        .collect();
    json!({
        "snapshots": snapshots,
        "first": first_snapshot(inputs),
        "trenches": about,
        "scales": map.scales,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_agrees_with_the_standard() {
        assert_eq!(base64(b""), "");
        assert_eq!(base64(b"f"), "Zg==");
        assert_eq!(base64(b"fo"), "Zm8=");
        assert_eq!(base64(b"foobar"), "Zm9vYmFy");
    }

    #[test]
    fn a_flat_series_packs_without_dividing_by_zero() {
        let value = packed(&[2.5, 2.5]);
        assert_eq!(value["step"], 0.0);
        assert_eq!(value["min"], 2.5);
    }
}
