//! Two owners and forecasts of a case.

use super::keys::{Keys, Range};
use super::series::Series;
use hukka_model::{CaseContract, CaseForecast, CaseHeatSource, CaseOwners, Diagnostic};

const KINDS: &str = "free, fixed, temperature_indexed, take_or_pay or published";

/// Reads the contracts to compare.
pub(super) fn read(
    keys: &mut Keys<'_, '_>,
    series: &Series,
    sources: &[CaseHeatSource],
) -> Option<CaseOwners> {
    keys.optional_object("owners", |keys| {
        let source = keys.text("source");
        let source = source.map_or(0, |name| source_of(keys, sources, &name));
        let mut cost = |key: &str| {
            if keys.has(key) || keys.has(&format!("{key}_column")) {
                keys.number_or_column(series, key, Range::ANY)
            } else {
                vec![0.0; series.rows()]
            }
        };
        let supply_eur_per_mwh = cost("supply_eur_per_mwh");
        let saved_cooling_eur_per_mwh = cost("saved_cooling_eur_per_mwh");
        let contracts = keys.list("contracts", |keys| contract(keys, series));
        if !keys.has("contracts") {
            keys.report(
                Diagnostic::error("HK1103", "owners.contracts is missing")
                    .about("owners.contracts")
                    .help("add a list of contracts"),
            );
        }
        CaseOwners {
            source,
            supply_eur_per_mwh,
            saved_cooling_eur_per_mwh,
            contracts,
        }
    })
}

fn source_of(keys: &mut Keys<'_, '_>, sources: &[CaseHeatSource], name: &str) -> usize {
    if let Some(index) = sources.iter().position(|source| source.id == name) {
        return index;
    }
    let known: Vec<&str> = sources.iter().map(|source| source.id.as_str()).collect();
    let subject = keys.subject("source");
    keys.report(
        Diagnostic::error(
            "HK1113",
            format!("{subject} names source {name}: no such source"),
        )
        .about(subject)
        .seen(name)
        .allowed(known.join(", "))
        .help("name a source of the case"),
    );
    0
}

fn contract(keys: &mut Keys<'_, '_>, series: &Series) -> Option<CaseContract> {
    // A name is for people.
    keys.ignore("id");
    let kind = keys.text("kind")?;
    Some(match kind.as_str() {
        "free" => CaseContract::Free,
        "fixed" => CaseContract::Fixed {
            price_eur_per_mwh: keys.number("price_eur_per_mwh", Range::ANY),
        },
        "temperature_indexed" => CaseContract::TemperatureIndexed {
            ambient_c: keys.column_under(series, "outdoor_column", Range::ANY),
            cold: point(keys, "cold"),
            warm: point(keys, "warm"),
        },
        "take_or_pay" => CaseContract::TakeOrPay {
            price_eur_per_mwh: keys.number("price_eur_per_mwh", Range::NOT_NEGATIVE),
            volume_mwh: keys.number("volume_mwh", Range::NOT_NEGATIVE),
        },
        "published" => CaseContract::Published {
            price_eur_per_mwh: keys.column_under(series, "price_column", Range::ANY),
        },
        other => {
            let subject = keys.subject("kind");
            keys.report(
                Diagnostic::error("HK1107", format!("{subject} is not known"))
                    .about(subject)
                    .seen(other)
                    .allowed(KINDS),
            );
            return None;
        }
    })
}

/// Temperature and price of one end of a temperature index.
fn point(keys: &mut Keys<'_, '_>, end: &str) -> (f64, f64) {
    let temperature = keys.number(&format!("{end}_c"), Range::ANY);
    let price = keys.number(&format!("{end}_price_eur_per_mwh"), Range::ANY);
    (temperature, price)
}

/// Reads what windows of limited foresight believe.
pub(super) fn forecast(
    keys: &mut Keys<'_, '_>,
    series: &Series,
    sources: &[CaseHeatSource],
) -> Option<CaseForecast> {
    keys.optional_object("forecast", |keys| {
        let mut source_mw = vec![None; sources.len()];
        let heat = keys.optional_column(series, "heat_demand_column", Range::NOT_NEGATIVE);
        let price = keys.optional_column(series, "electricity_price_column", Range::ANY);
        for (name, column) in keys.list("sources", |keys| {
            let name = keys.text("id")?;
            let column = keys.column_under(series, "column", Range::NOT_NEGATIVE);
            let index = source_of_forecast(keys, sources, &name)?;
            Some((index, column))
        }) {
            source_mw[name] = Some(column);
        }
        CaseForecast {
            heat_demand_mw: heat,
            electricity_price_eur_per_mwh: price,
            source_mw,
        }
    })
}

fn source_of_forecast(
    keys: &mut Keys<'_, '_>,
    sources: &[CaseHeatSource],
    name: &str,
) -> Option<usize> {
    let is_known = sources.iter().any(|source| source.id == name);
    let index = source_of(keys, sources, name);
    is_known.then_some(index)
}
