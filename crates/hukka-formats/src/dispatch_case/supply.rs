//! Electricity, CO2, sources and stores of a case.

use super::keys::{Keys, Range};
use super::series::Series;
use hukka_model::{
    CarbonRule, CaseElectricity, CaseHeatSource, CaseStore, CaseUnit, CoolingPlant, Diagnostic,
    ReserveMarket,
};
use serde_json::Value;

/// What does not belong to one unit.
pub(super) struct Supply {
    pub(super) electricity: CaseElectricity,
    pub(super) carbon: CarbonRule,
    pub(super) sources: Vec<CaseHeatSource>,
}

/// Reads electricity, CO2 and sources.
pub(super) fn read(keys: &mut Keys<'_, '_>, series: &Series) -> Supply {
    let carbon = CarbonRule {
        price_eur_per_t: keys.number("co2_price_eur_per_t", Range::NOT_NEGATIVE),
        cap_t: keys.optional_number("co2_cap_t", Range::NOT_NEGATIVE),
        average_grid_t_per_mwh: keys.optional_column(
            series,
            "grid_co2_average_column",
            Range::NOT_NEGATIVE,
        ),
        marginal_grid_t_per_mwh: keys.optional_column(
            series,
            "grid_co2_marginal_column",
            Range::NOT_NEGATIVE,
        ),
    };
    let price = keys.column(series, "electricity_price_eur_per_mwh", Range::ANY);
    let electricity = keys.object("grid", |keys| grid(keys, series, price));
    Supply {
        electricity: electricity.unwrap_or_else(|| CaseElectricity {
            price_eur_per_mwh: Vec::new(),
            buy_fee_eur_per_mwh: Vec::new(),
            sell_fee_eur_per_mwh: Vec::new(),
            max_buy_mw: 0.0,
            max_sell_mw: 0.0,
            reserve: None,
        }),
        carbon,
        sources: sources(keys, series),
    }
}

fn grid(keys: &mut Keys<'_, '_>, series: &Series, price: Vec<f64>) -> CaseElectricity {
    let mut fee = keys.number_or_column(series, "buy_fee_eur_per_mwh", Range::ANY);
    let tax = if keys.has("tax_eur_per_mwh") || keys.has("tax_eur_per_mwh_column") {
        keys.number_or_column(series, "tax_eur_per_mwh", Range::NOT_NEGATIVE)
    } else {
        Vec::new()
    };
    for (fee, tax) in fee.iter_mut().zip(&tax) {
        *fee += tax;
    }
    let sell_fee = keys.number_or_column(series, "sell_fee_eur_per_mwh", Range::ANY);
    if let Some(step) = fee
        .iter()
        .zip(&sell_fee)
        .position(|(buy, sell)| buy + sell < 0.0)
    {
        keys.report(
            Diagnostic::error(
                "HK1105",
                "selling pays more than buying costs: money without end",
            )
            .about("grid.buy_fee_eur_per_mwh")
            .seen(format!(
                "buy {} and sell {} in step {step}",
                fee[step], sell_fee[step]
            ))
            .allowed("buy fee + sell fee of 0 or more"),
        );
    }
    CaseElectricity {
        price_eur_per_mwh: price,
        buy_fee_eur_per_mwh: fee,
        sell_fee_eur_per_mwh: sell_fee,
        max_buy_mw: keys.number("max_buy_mw", Range::NOT_NEGATIVE),
        max_sell_mw: keys.number("max_sell_mw", Range::NOT_NEGATIVE),
        reserve: None,
    }
}

/// Sources: those listed under `sources`, then columns that heat pumps name.
fn sources(keys: &mut Keys<'_, '_>, series: &Series) -> Vec<CaseHeatSource> {
    let mut sources: Vec<CaseHeatSource> = keys.list("sources", |keys| {
        let id = keys.text("id")?;
        let available_mw = keys.column(series, &id, Range::NOT_NEGATIVE);
        let key = "price_eur_per_mwh";
        let is_priced = keys.has(key) || keys.has("price_eur_per_mwh_column");
        let price_eur_per_mwh = is_priced.then(|| keys.number_or_column(series, key, Range::ANY));
        let cooling = keys.optional_object("cooling", |keys| cooling(keys, series));
        Some(CaseHeatSource {
            id,
            available_mw,
            price_eur_per_mwh,
            cooling,
        })
    });
    for name in keys.named_sources() {
        if !sources.iter().any(|source| source.id == name) {
            let available_mw = keys.column(series, &name, Range::NOT_NEGATIVE);
            sources.push(CaseHeatSource {
                id: name,
                available_mw,
                price_eur_per_mwh: None,
                cooling: None,
            });
        }
    }
    sources
}

fn cooling(keys: &mut Keys<'_, '_>, series: &Series) -> CoolingPlant {
    CoolingPlant {
        free_max_mw: keys.number_or_column(series, "free_max_mw", Range::NOT_NEGATIVE),
        free_electricity_per_heat: keys.number("free_electricity_per_heat", Range::NOT_NEGATIVE),
        chiller_max_mw: keys.number("chiller_max_mw", Range::NOT_NEGATIVE),
        chiller_electricity_per_heat: keys.number_or_column(
            series,
            "chiller_electricity_per_heat",
            Range::NOT_NEGATIVE,
        ),
    }
}

impl Keys<'_, '_> {
    /// Columns that heat pumps name as their source, each once.
    fn named_sources(&self) -> Vec<String> {
        let mut names = Vec::new();
        for unit in self
            .peek("units")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            if let Some(name) = unit.get("source").and_then(Value::as_str)
                && !names.iter().any(|known| known == name)
            {
                names.push(name.to_owned());
            }
        }
        names
    }
}

/// Reads the store under `storage` and those under `stores`.
pub(super) fn stores(keys: &mut Keys<'_, '_>, series: &Series) -> Vec<CaseStore> {
    let first = keys.optional_object("storage", |keys| store(keys, series));
    let more = keys.list("stores", |keys| Some(store(keys, series)));
    let stores: Vec<CaseStore> = first.into_iter().chain(more).collect();
    for (index, store) in stores.iter().enumerate() {
        if stores[..index].iter().any(|other| other.id == store.id) {
            keys.report(
                Diagnostic::error("HK1108", format!("two stores are called {}", store.id))
                    .about("stores")
                    .help("give every store a name of its own"),
            );
        }
    }
    stores
}

fn store(keys: &mut Keys<'_, '_>, series: &Series) -> CaseStore {
    // `kind` (tank, pit) is for people: what differs are the numbers.
    keys.ignore("kind");
    CaseStore {
        id: keys
            .optional_text("id")
            .unwrap_or_else(|| "store".to_owned()),
        capacity_mwh: keys.number("capacity_mwh", Range::NOT_NEGATIVE),
        capacity_factor: keys.optional_column(series, "capacity_factor_column", Range::SHARE),
        max_charge_mw: keys.number("max_charge_mw", Range::NOT_NEGATIVE),
        max_discharge_mw: keys.number("max_discharge_mw", Range::NOT_NEGATIVE),
        loss_fraction_per_h: keys.number("loss_fraction_per_h", Range::SHARE),
        charge_efficiency: keys.number("charge_efficiency", Range::EFFICIENCY),
        discharge_efficiency: keys.number("discharge_efficiency", Range::EFFICIENCY),
        cyclic: keys.flag("cyclic", false),
        initial_fraction: keys
            .optional_number("initial_fraction", Range::SHARE)
            .unwrap_or(0.0),
    }
}

/// Reads the reserve market.
pub(super) fn reserve(
    keys: &mut Keys<'_, '_>,
    series: &Series,
    units: &[CaseUnit],
) -> Option<ReserveMarket> {
    keys.optional_object("reserve", |keys| {
        let names = keys.texts("units").unwrap_or_default();
        let mut members = Vec::new();
        for name in names {
            match units.iter().position(|unit| unit.id == name) {
                Some(index) => members.push(index),
                None => keys.report(
                    Diagnostic::error("HK1112", format!("reserve names unit {name}: no such unit"))
                        .about("reserve.units")
                        .seen(name)
                        .help("name units of the case"),
                ),
            }
        }
        ReserveMarket {
            price_eur_per_mw_h: keys.number_or_column(
                series,
                "price_eur_per_mw_h",
                Range::NOT_NEGATIVE,
            ),
            max_mw: keys.number("max_mw", Range::NOT_NEGATIVE),
            units: members,
        }
    })
}
