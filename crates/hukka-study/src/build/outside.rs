//! `[counterfactual]`: what heats the place without the data centre.

use crate::codes;
use crate::context::Context;
use crate::defaults;
use crate::keys;
use crate::node::Entries;
use crate::reader::Reader;
use hukka_model::{Boiler, Confidence, Counterfactual, Diagnostic, EmissionFactors, Fuel};
use hukka_units::{EmissionFactor, EnergyPrice};

/// Reads `[counterfactual]`.
pub(crate) fn read(
    root: &Entries,
    boilers: &[Boiler],
    heat_price: EnergyPrice,
    emissions: &EmissionFactors,
    context: &mut Context,
) -> Counterfactual {
    let table = Reader::one(root, &keys::COUNTERFACTUAL);
    let has_plant = boilers.iter().any(|boiler| boiler.is_existing);
    let is_plant = if let Some(word) = table.optional_text("kind", context) {
        word == "existing_plant"
    } else {
        usual_kind(has_plant, context);
        has_plant
    };
    if !is_plant {
        return individual(&table, heat_price, emissions, context);
    }
    if !has_plant {
        let at = table.place("kind", context);
        context.push(
            Diagnostic::error(
                codes::CONTRADICTION,
                "there is no existing plant to compare with",
            )
            .at(at)
            .about("counterfactual.kind")
            .seen("no [[boiler]] with `existing = true`")
            .allowed("`existing_plant` with an existing boiler, else `individual`")
            .help("add the boilers of today with `existing = true` and their capacity"),
        );
    }
    for key in ["heat_cost_eur_per_mwh", "emission_kg_per_mwh", "name"] {
        if table.has(key) {
            let at = table.place(key, context);
            context.push(
                Diagnostic::warning(codes::NO_EFFECT, format!("`{key}` has no effect"))
                    .at(at)
                    .about(table.full(key))
                    .help("cost and CO2 of the existing plant come from its dispatch"),
            );
        }
    }
    Counterfactual::ExistingPlant
}

fn usual_kind(has_plant: bool, context: &mut Context) {
    let (value, source) = if has_plant {
        ("existing_plant", "the study has an existing boiler")
    } else {
        ("individual", "the study has no existing boiler")
    };
    context.assume(
        "counterfactual.kind",
        value,
        "",
        source,
        Confidence::Default,
    );
}

fn individual(
    table: &Reader<'_>,
    heat_price: EnergyPrice,
    emissions: &EmissionFactors,
    context: &mut Context,
) -> Counterfactual {
    let name = table.text("name", context).to_owned();
    let heat_cost = table
        .optional("heat_cost_eur_per_mwh", context)
        .map_or_else(
            || {
                let value = (heat_price.eur_mwh() * 100.0).round() / 100.0;
                let source =
                    "the heat price of the study: customers pay what heat costs them today";
                table.derived("heat_cost_eur_per_mwh", value, source, context);
                heat_price
            },
            EnergyPrice::from_eur_mwh,
        );
    let emission = table.optional("emission_kg_per_mwh", context).map_or_else(
        || {
            let gas = emissions.fuel[Fuel::Gas.index()];
            let factor = gas / defaults::HOUSE_BOILER_EFFICIENCY;
            let value = (factor.kg_mwh() * 10.0).round() / 10.0;
            let source = format!(
                "gas burnt in house boilers with an efficiency of {}",
                defaults::HOUSE_BOILER_EFFICIENCY
            );
            table.derived("emission_kg_per_mwh", value, &source, context);
            factor
        },
        EmissionFactor::from_kg_mwh,
    );
    Counterfactual::Individual {
        name,
        heat_cost,
        emission,
    }
}
