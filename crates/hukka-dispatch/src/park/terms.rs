//! What one megawatt-hour of heat of a unit costs and draws in a step.

use hukka_model::{CaseFuel, CaseUnitKind, DispatchCase};

/// Per MWh of heat.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct HeatTerms {
    /// Cost without electricity and upkeep, EUR.
    pub(crate) cost: f64,
    /// Electricity taken, MWh; negative when made.
    pub(crate) electricity: f64,
    /// Source heat drawn, MWh.
    pub(crate) source: f64,
    /// Fuel burnt, MWh.
    pub(crate) fuel: f64,
    /// CO2 of the fuel, t.
    pub(crate) carbon: f64,
    /// Part of the heat balance: 1, or −1 for heat sold.
    pub(crate) balance: f64,
}

/// Cost of fuel with tax and CO2, EUR/MWh.
pub(crate) fn fuel_cost(case: &DispatchCase, fuel: &CaseFuel) -> f64 {
    fuel.price_eur_per_mwh + fuel.tax_eur_per_mwh + case.carbon.price_eur_per_t * fuel.co2_t_per_mwh
}

/// The terms of a unit in a step.
///
/// heat pump `e = 1/COP`, source `1 − 1/COP`; electric boiler `e = 1/η`; boiler `fuel = 1/η`;
/// back-pressure `e = −σ`, `fuel = σ/η`; extraction on its back-pressure line `e = −σ`,
/// `fuel = (σ + β)/η`.
///
/// # Source  formulation of the dispatch cases; extraction: straight iso-fuel lines
pub(crate) fn heat_terms(case: &DispatchCase, unit: usize, step: usize) -> HeatTerms {
    let none = HeatTerms {
        balance: 1.0,
        ..HeatTerms::default()
    };
    let burning = |electricity: f64, per_heat: f64, fuel: &CaseFuel| HeatTerms {
        cost: fuel_cost(case, fuel) * per_heat,
        electricity,
        fuel: per_heat,
        carbon: fuel.co2_t_per_mwh * per_heat,
        ..none
    };
    match &case.units[unit].kind {
        CaseUnitKind::HeatPump { cop, source } => {
            let drawn = 1.0 - 1.0 / cop[step];
            let prices = case.sources[*source].price_eur_per_mwh.as_ref();
            HeatTerms {
                cost: prices.map_or(0.0, |prices| prices[step] * drawn),
                electricity: 1.0 / cop[step],
                source: drawn,
                ..none
            }
        }
        CaseUnitKind::ElectricBoiler { efficiency } => HeatTerms {
            electricity: 1.0 / efficiency,
            ..none
        },
        CaseUnitKind::Boiler { efficiency, fuel } => burning(0.0, 1.0 / efficiency, fuel),
        CaseUnitKind::BackPressureChp {
            power_to_heat,
            electric_efficiency,
            fuel,
        } => burning(-power_to_heat, power_to_heat / electric_efficiency, fuel),
        CaseUnitKind::ExtractionChp {
            power_to_heat,
            power_loss_per_heat,
            condensing_efficiency,
            fuel,
            ..
        } => burning(
            -power_to_heat,
            (power_to_heat + power_loss_per_heat) / condensing_efficiency,
            fuel,
        ),
        CaseUnitKind::SolarThermal { .. } => none,
        CaseUnitKind::HeatPurchase { price_eur_per_mwh } => HeatTerms {
            cost: price_eur_per_mwh[step],
            ..none
        },
        CaseUnitKind::HeatSale { price_eur_per_mwh } => HeatTerms {
            cost: -price_eur_per_mwh[step],
            balance: -1.0,
            ..none
        },
    }
}

/// CO2 of condensing power, t/MWh; zero for units that make none.
pub(crate) fn condensing_carbon(kind: &CaseUnitKind) -> f64 {
    match kind {
        CaseUnitKind::ExtractionChp {
            condensing_efficiency,
            fuel,
            ..
        } => fuel.co2_t_per_mwh / condensing_efficiency,
        _ => 0.0,
    }
}
