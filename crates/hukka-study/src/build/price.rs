//! `[prices]` and `[emissions]`.

use super::place::PlaceInputs;
use super::series::{self, SeriesKeys};
use crate::codes;
use crate::context::Context;
use crate::keys;
use crate::node::Entries;
use crate::reader::Reader;
use hukka_model::{Diagnostic, EmissionFactors, Fuel, Prices, TimeAxis, Weather};
use hukka_units::{CarbonPrice, EmissionFactor, EnergyPrice};

const ELECTRICITY: SeriesKeys = SeriesKeys {
    file: "electricity",
    column: "electricity_column",
    zone: "electricity_time_zone",
};

/// Reads `[prices]`.
pub(crate) fn read(
    root: &Entries,
    place: &PlaceInputs,
    axis: Option<&TimeAxis>,
    weather: Option<&Weather>,
    context: &mut Context,
) -> Prices {
    let table = Reader::one(root, &keys::PRICES);
    let (electricity, provenance, is_synthetic) = electricity(&table, axis, weather, context);
    let price =
        |name: &str, context: &mut Context| EnergyPrice::from_eur_mwh(table.number(name, context));
    let grid_fee = price("electricity_grid_fee_eur_per_mwh", context);
    let tax = price("electricity_tax_eur_per_mwh", context);
    let mut fuel = [EnergyPrice::ZERO; 5];
    fuel[Fuel::Gas.index()] = price("gas_eur_per_mwh", context);
    fuel[Fuel::Oil.index()] = price("oil_eur_per_mwh", context);
    fuel[Fuel::WoodChip.index()] = price("wood_chip_eur_per_mwh", context);
    fuel[Fuel::Peat.index()] = price("peat_eur_per_mwh", context);
    let prices = Prices {
        electricity,
        electricity_grid_fee: grid_fee,
        electricity_tax: tax,
        fuel,
        carbon: CarbonPrice::from_eur_t(table.number("carbon_eur_per_t", context)),
        heat: price("heat_eur_per_mwh", context),
        unserved: price("unserved_eur_per_mwh", context),
        provenance,
        is_synthetic,
    };
    foreign(&table, place, context);
    prices
}

/// Day-ahead prices: a file, one number, or a synthetic year.
fn electricity(
    table: &Reader<'_>,
    axis: Option<&TimeAxis>,
    weather: Option<&Weather>,
    context: &mut Context,
) -> (Vec<EnergyPrice>, String, bool) {
    let hours = axis.map_or(0, TimeAxis::len);
    if table.has("electricity") {
        series::idle_seed(table, "electricity", context);
        let Some(file) = series::open(table, ELECTRICITY, context) else {
            return (Vec::new(), String::new(), false);
        };
        let quantity = &hukka_series::ELECTRICITY_PRICE;
        let prices = axis
            .and_then(|axis| file.values(quantity, axis, context))
            .unwrap_or_default();
        let (provenance, is_synthetic) = file.provenance();
        return (eur_per_mwh(&prices), provenance, is_synthetic);
    }
    if let Some(flat) = table.optional("electricity_eur_per_mwh", context) {
        series::idle_seed(table, "electricity_eur_per_mwh", context);
        let source = format!("flat {} EUR/MWh", crate::spec::plain(flat));
        return (vec![EnergyPrice::from_eur_mwh(flat); hours], source, false);
    }
    let profile = table.text("profile", context);
    let seed = u64::try_from(table.whole("seed", context)).unwrap_or(1);
    let source = format!("synthetic: {profile}, seed {seed}");
    let values = match (hukka_series::PriceProfile::named(profile), axis) {
        (Some(profile), Some(axis)) => {
            let outdoor = weather.map(|weather| weather.outdoor_temperature.as_slice());
            hukka_series::synthetic_prices(profile, seed, axis, outdoor)
        }
        _ => Vec::new(),
    };
    (values, source, true)
}

fn eur_per_mwh(values: &[f64]) -> Vec<EnergyPrice> {
    values
        .iter()
        .copied()
        .map(EnergyPrice::from_eur_mwh)
        .collect()
}

/// Finnish defaults in another country are worth a word.
fn foreign(table: &Reader<'_>, place: &PlaceInputs, context: &mut Context) {
    if place.rules.country == "FI" {
        return;
    }
    let finnish = [
        "electricity_tax_eur_per_mwh",
        "electricity_grid_fee_eur_per_mwh",
        "heat_eur_per_mwh",
        "wood_chip_eur_per_mwh",
    ];
    let silent: Vec<&str> = finnish.into_iter().filter(|key| !table.has(key)).collect();
    if silent.is_empty() {
        return;
    }
    let at = context.study_place();
    context.push(
        Diagnostic::warning(
            codes::FOREIGN_DEFAULTS,
            format!(
                "default prices of Finland are used in {}",
                place.rules.country
            ),
        )
        .at(at)
        .about("prices")
        .seen(silent.join(", "))
        .help("state the prices of the place in [prices]"),
    );
}

/// Reads `[emissions]`.
pub(crate) fn emissions(
    root: &Entries,
    axis: Option<&TimeAxis>,
    context: &mut Context,
) -> EmissionFactors {
    let table = Reader::one(root, &keys::EMISSIONS);
    let hours = axis.map_or(0, TimeAxis::len);
    let electricity = if table.has("electricity") {
        let quantity = &hukka_series::CARBON_INTENSITY;
        let values = series::values(&table, ELECTRICITY, quantity, axis, context);
        let values = values.unwrap_or_default();
        values
            .into_iter()
            .map(EmissionFactor::from_kg_mwh)
            .collect()
    } else {
        let flat = table.number("electricity_kg_per_mwh", context);
        vec![EmissionFactor::from_kg_mwh(flat); hours]
    };
    let factor = |name: &str, context: &mut Context| {
        EmissionFactor::from_kg_mwh(table.number(name, context))
    };
    let mut fuel = [EmissionFactor::ZERO; 5];
    fuel[Fuel::Gas.index()] = factor("gas_kg_per_mwh", context);
    fuel[Fuel::Oil.index()] = factor("oil_kg_per_mwh", context);
    fuel[Fuel::WoodChip.index()] = factor("wood_chip_kg_per_mwh", context);
    fuel[Fuel::Peat.index()] = factor("peat_kg_per_mwh", context);
    EmissionFactors { electricity, fuel }
}
