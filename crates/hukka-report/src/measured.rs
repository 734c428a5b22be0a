//! Key figures that are quotients: absent where there is nothing to divide by.
//!
//! The noun holds zero there; zero is no measurement, so `summary.json` says `null` and the page
//! a dash.

use crate::inputs::Inputs;
use hukka_model::Counterfactual;
use hukka_units::{Ratio, grouped};

/// What stands on the page for a figure that does not exist.
pub(crate) const ABSENT: &str = "–";

/// Quotients of the assessment, each with a value only when its divisor is not zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Measured {
    pub(crate) share_covered: Option<f64>,
    pub(crate) loss_share: Option<f64>,
    pub(crate) pumping_share: Option<f64>,
    pub(crate) use_share: Option<f64>,
    pub(crate) pue: Option<f64>,
    pub(crate) pue_without_reuse: Option<f64>,
    pub(crate) pue_inside: Option<f64>,
    pub(crate) erf: Option<f64>,
    pub(crate) erf_inside: Option<f64>,
    pub(crate) mean_cop: Option<f64>,
    /// €/MWh.
    pub(crate) lcoh: Option<f64>,
    /// €/MWh.
    pub(crate) heat_cost_counterfactual: Option<f64>,
}

impl Measured {
    pub(crate) fn new(inputs: &Inputs<'_>) -> Self {
        let kpis = &inputs.assessment.kpis;
        let when = |divisor: f64, ratio: Ratio| (divisor > 0.0).then(|| ratio.fraction());
        let fed = kpis.heat_fed.si();
        let servers = kpis.it_energy.si();
        let facility = servers.min(kpis.facility_energy.si());
        let sold = kpis.heat_delivered.si() > 0.0;
        let is_plant = matches!(inputs.study.counterfactual, Counterfactual::ExistingPlant);
        let cost = kpis.heat_cost_counterfactual.eur_mwh();
        Self {
            share_covered: when(fed, kpis.share_covered),
            loss_share: when(fed, kpis.loss_share),
            pumping_share: when(fed, kpis.pumping_share),
            use_share: when(kpis.heat_available.si(), kpis.use_share),
            pue: when(servers, kpis.pue),
            pue_without_reuse: when(servers, kpis.pue_without_reuse),
            pue_inside: when(servers, kpis.pue_heat_pump_inside),
            erf: when(facility, kpis.erf),
            erf_inside: when(facility, kpis.erf_heat_pump_inside),
            mean_cop: when(
                kpis.heat_pump_energy.si().min(kpis.heat_pump_heat.si()),
                kpis.mean_cop,
            ),
            lcoh: sold.then(|| kpis.lcoh.eur_mwh()),
            heat_cost_counterfactual: (sold || !is_plant).then_some(cost),
        }
    }
}

/// A figure with so many decimals, or a dash.
pub(crate) fn shown(value: Option<f64>, decimals: usize) -> String {
    value.map_or_else(|| ABSENT.to_owned(), |value| grouped(value, decimals))
}

/// A share in prose, or a dash.
pub(crate) fn shown_share(value: Option<f64>) -> String {
    value.map_or_else(|| ABSENT.to_owned(), crate::number::percent_prose)
}
