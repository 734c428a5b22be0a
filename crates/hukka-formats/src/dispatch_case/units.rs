//! Units of a case, by kind.

use super::keys::{Keys, Range};
use super::series::Series;
use hukka_model::{CaseFuel, CaseHeatSource, CaseUnit, CaseUnitKind, Commitment, Diagnostic};

const KINDS: &str = "heat_pump, electric_boiler, boiler, chp_back_pressure, chp_extraction, \
                     solar_thermal, heat_purchase or heat_sale";

/// Reads the units.
pub(super) fn read(
    keys: &mut Keys<'_, '_>,
    series: &Series,
    sources: &[CaseHeatSource],
) -> Vec<CaseUnit> {
    let units = keys.list("units", |keys| unit(keys, series, sources));
    for (index, unit) in units.iter().enumerate() {
        if units[..index].iter().any(|other| other.id == unit.id) {
            keys.report(
                Diagnostic::error("HK1108", format!("two units are called {}", unit.id))
                    .about("units")
                    .help("give every unit a name of its own"),
            );
        }
    }
    if units.is_empty() && !keys.has("units") {
        keys.report(
            Diagnostic::error("HK1103", "units is missing")
                .about("units")
                .help("add a list of units"),
        );
    }
    units
}

fn unit(keys: &mut Keys<'_, '_>, series: &Series, sources: &[CaseHeatSource]) -> Option<CaseUnit> {
    let id = keys.text("id").unwrap_or_default();
    let kind_name = keys.text("kind").unwrap_or_default();
    let kind = kind(keys, series, sources, &kind_name)?;
    let max_heat_mwh = keys.optional_number("max_heat_mwh", Range::NOT_NEGATIVE);
    let min_heat_mwh = keys.optional_number("min_heat_mwh", Range::NOT_NEGATIVE);
    if let (Some(least), Some(most)) = (min_heat_mwh, max_heat_mwh)
        && least > most
    {
        let subject = keys.subject("min_heat_mwh");
        keys.report(
            Diagnostic::error("HK1105", format!("{subject} is more than max_heat_mwh"))
                .about(subject)
                .seen(least)
                .allowed(format!("at most {most}")),
        );
    }
    Some(CaseUnit {
        id,
        kind,
        max_heat_mw: keys.number("max_heat_mw", Range::NOT_NEGATIVE),
        vom_eur_per_mwh: keys
            .optional_number("vom_eur_per_mwh_heat", Range::ANY)
            .unwrap_or(0.0),
        availability: keys.optional_column(series, "availability_column", Range::SHARE),
        ramp_mw_per_h: keys.optional_number("ramp_mw_per_h", Range::POSITIVE),
        max_heat_mwh,
        min_heat_mwh,
        commitment: commitment(keys),
    })
}

fn kind(
    keys: &mut Keys<'_, '_>,
    series: &Series,
    sources: &[CaseHeatSource],
    name: &str,
) -> Option<CaseUnitKind> {
    Some(match name {
        "heat_pump" => CaseUnitKind::HeatPump {
            cop: keys.column_under(series, "cop_column", Range::COP),
            source: source(keys, sources),
        },
        "electric_boiler" => CaseUnitKind::ElectricBoiler {
            efficiency: keys.number("efficiency", Range::EFFICIENCY),
        },
        // Biomass, waste, oil and gas boilers differ in their numbers alone.
        "boiler" | "biomass_boiler" | "waste_boiler" | "gas_boiler" => CaseUnitKind::Boiler {
            efficiency: keys.number("efficiency", Range::BOILER),
            fuel: fuel(keys),
        },
        "chp_back_pressure" => CaseUnitKind::BackPressureChp {
            power_to_heat: keys.number("power_to_heat", Range::POSITIVE),
            electric_efficiency: keys.number("electric_efficiency", Range::EFFICIENCY),
            fuel: fuel(keys),
        },
        "chp_extraction" => CaseUnitKind::ExtractionChp {
            power_to_heat: keys.number("power_to_heat", Range::POSITIVE),
            power_loss_per_heat: keys.number("power_loss_per_heat", Range::NOT_NEGATIVE),
            condensing_efficiency: keys.number("condensing_efficiency", Range::EFFICIENCY),
            max_power_mw: keys.number("max_power_mw", Range::POSITIVE),
            fuel: fuel(keys),
        },
        "solar_thermal" => CaseUnitKind::SolarThermal {
            available_mw: keys.column_under(series, "available_column", Range::NOT_NEGATIVE),
        },
        "heat_purchase" => CaseUnitKind::HeatPurchase {
            price_eur_per_mwh: keys.number_or_column(series, "heat_price_eur_per_mwh", Range::ANY),
        },
        "heat_sale" => CaseUnitKind::HeatSale {
            price_eur_per_mwh: keys.number_or_column(series, "heat_price_eur_per_mwh", Range::ANY),
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

fn source(keys: &mut Keys<'_, '_>, sources: &[CaseHeatSource]) -> usize {
    let Some(name) = keys.text("source") else {
        return 0;
    };
    sources
        .iter()
        .position(|source| source.id == name)
        .unwrap_or(0)
}

fn fuel(keys: &mut Keys<'_, '_>) -> CaseFuel {
    CaseFuel {
        price_eur_per_mwh: keys.number("fuel_price_eur_per_mwh", Range::ANY),
        co2_t_per_mwh: keys.number("fuel_co2_t_per_mwh", Range::NOT_NEGATIVE),
        tax_eur_per_mwh: keys
            .optional_number("fuel_tax_eur_per_mwh", Range::NOT_NEGATIVE)
            .unwrap_or(0.0),
    }
}

/// On/off rules, when any of their keys is there.
fn commitment(keys: &mut Keys<'_, '_>) -> Option<Commitment> {
    let rules = [
        "min_load_fraction",
        "start_cost_eur",
        "min_up_h",
        "min_down_h",
        "initial_on",
    ];
    if !rules.iter().any(|key| keys.has(key)) {
        return None;
    }
    let mut number = |key, range| keys.optional_number(key, range).unwrap_or(0.0);
    Some(Commitment {
        min_load_fraction: number("min_load_fraction", Range::SHARE),
        start_cost_eur: number("start_cost_eur", Range::NOT_NEGATIVE),
        min_up_h: number("min_up_h", Range::NOT_NEGATIVE),
        min_down_h: number("min_down_h", Range::NOT_NEGATIVE),
        initial_on: keys.flag("initial_on", false),
    })
}
