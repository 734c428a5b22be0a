//! Who makes the heat: the layers every stacked drawing and balance table shares.

use crate::colour;
use crate::figure::Key;
use crate::inputs::Inputs;
use crate::label;
use crate::series::{megawatts, summed};
use crate::texts::say;
use hukka_model::UnitKind;

/// One layer of the stack.
#[derive(Debug, Clone)]
pub(crate) struct Layer {
    /// Name in keys and tables.
    pub(crate) name: String,
    /// Colour.
    pub(crate) colour: String,
    /// Heat of the data centre.
    pub(crate) is_heat_pump: bool,
    /// Heat, MW, hour by hour.
    pub(crate) values: Vec<f64>,
}

/// Units in the order of the plan, then heat out of stores, then heat that could not be supplied.
pub(crate) fn layers(inputs: &Inputs<'_>) -> Vec<Layer> {
    let plan = inputs.plan;
    let mut layers: Vec<Layer> = plan
        .units
        .iter()
        .map(|unit| Layer {
            name: label::unit(inputs, unit.kind, &unit.id),
            colour: colour::unit(inputs, unit.kind),
            is_heat_pump: matches!(unit.kind, UnitKind::HeatPump(_)),
            values: megawatts(&unit.heat),
        })
        .collect();
    if !plan.stores.is_empty() {
        layers.push(Layer {
            name: say("stack.out-of-the-store").to_owned(),
            colour: colour::STORE.to_owned(),
            is_heat_pump: false,
            values: store_sum(inputs, |store| megawatts(&store.discharge)),
        });
    }
    if plan.unserved.iter().any(|power| power.w() > 0.0) {
        layers.push(Layer {
            name: say("stack.not-supplied").to_owned(),
            colour: colour::UNSERVED.to_owned(),
            is_heat_pump: false,
            values: megawatts(&plan.unserved),
        });
    }
    layers
}

/// The layers as they cover the heat fed: what goes into a store or is dumped is taken off the
/// heat pumps first, then off the boilers, so that every hour's stack ends at the heat fed.
pub(crate) fn covering(inputs: &Inputs<'_>, layers: &[Layer]) -> Vec<Layer> {
    let mut away = charge(inputs);
    for (sum, dumped) in away.iter_mut().zip(megawatts(&inputs.plan.dumped)) {
        *sum += dumped;
    }
    let mut out = layers.to_vec();
    for is_heat_pump in [true, false] {
        for layer in out
            .iter_mut()
            .filter(|layer| layer.is_heat_pump == is_heat_pump)
        {
            for (value, rest) in layer.values.iter_mut().zip(&mut away) {
                let taken = value.min(*rest).max(0.0);
                *value -= taken;
                *rest -= taken;
            }
        }
    }
    out
}

/// Heat put into all stores, MW.
pub(crate) fn charge(inputs: &Inputs<'_>) -> Vec<f64> {
    store_sum(inputs, |store| megawatts(&store.charge))
}

/// Sum of a series over all stores.
pub(crate) fn store_sum(
    inputs: &Inputs<'_>,
    series: impl Fn(&hukka_model::StorePlan) -> Vec<f64>,
) -> Vec<f64> {
    let all: Vec<Vec<f64>> = inputs.plan.stores.iter().map(series).collect();
    summed(all.iter().map(Vec::as_slice), inputs.study.axis.len())
}

/// The key of the stack.
pub(crate) fn keys(layers: &[Layer]) -> Vec<Key> {
    layers
        .iter()
        .map(|layer| Key {
            colour: layer.colour.clone(),
            label: layer.name.clone(),
        })
        .collect()
}
