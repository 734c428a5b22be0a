//! The figures kept of every sample.

use super::chain::Evaluation;
use hukka_units::{HeatEnergy, HeatPower, TimeSpan};

/// One figure of a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Headline {
    /// Column of `samples.csv`.
    pub name: &'static str,
    /// What it is, for people.
    pub label: &'static str,
}

const fn figure(name: &'static str, label: &'static str) -> Headline {
    Headline { name, label }
}

/// Every figure kept, in the order of the columns. Money runs over the horizon; energies, carbon
/// and shares are of a year at full fill.
pub const HEADLINES: [Headline; 17] = [
    figure("npv_eur", "net present value, €"),
    figure("lcoh_eur_mwh", "levelised cost of heat, €/MWh"),
    figure("irr_share", "internal rate of return"),
    figure("payback_a", "payback, years"),
    figure("investment_eur", "investment, €"),
    figure("share_covered", "share of heat covered"),
    figure("heat_delivered_mwh", "heat delivered, MWh/a"),
    figure("heat_loss_mwh", "heat lost, MWh/a"),
    figure("heat_used_mwh", "data-centre heat used, MWh/a"),
    figure("use_share", "share of data-centre heat used"),
    figure("erf_share", "energy reuse factor"),
    figure("mean_cop", "mean COP"),
    figure("heat_pump_electricity_mwh", "heat-pump electricity, MWh/a"),
    figure("carbon_saved_t", "CO2 saved, t/a"),
    figure("boiler_peak_mw", "highest boiler output, MW"),
    figure(
        "unserved_mwh",
        "heat not supplied in the worst fill level, MWh/a",
    ),
    figure(
        "unsolved_network_hours",
        "hours the network did not converge, h",
    ),
];

/// Position of the net present value.
pub(crate) const NPV: usize = 0;

/// The values of [`HEADLINES`]; absent where a figure does not exist.
pub(crate) type Figures = [Option<f64>; HEADLINES.len()];

/// The figures of one run of the chain.
pub(crate) fn figures(evaluation: &Evaluation) -> Figures {
    let kpis = &evaluation.kpis;
    let unserved = evaluation
        .years
        .iter()
        .map(|year| energy(&year.plan.unserved).mwh())
        .fold(0.0, f64::max);
    let unsolved = evaluation.unsolved_hours as f64;
    [
        Some(kpis.npv.eur()),
        (kpis.heat_delivered.si() > 0.0).then(|| kpis.lcoh.eur_mwh()),
        kpis.irr.map(hukka_units::Ratio::fraction),
        kpis.payback_years,
        Some(kpis.investment.eur()),
        Some(kpis.share_covered.fraction()),
        Some(kpis.heat_delivered.mwh()),
        Some(kpis.heat_loss.mwh()),
        Some(kpis.heat_used.mwh()),
        Some(kpis.use_share.fraction()),
        Some(kpis.erf.fraction()),
        (kpis.heat_pump_energy.si() > 0.0).then(|| kpis.mean_cop.fraction()),
        Some(kpis.heat_pump_energy.mwh()),
        Some(kpis.carbon_saved.t()),
        Some(kpis.boiler_peak.mw()),
        Some(unserved),
        Some(unsolved),
    ]
}

/// Heat of a series of hours.
pub(crate) fn energy(power: &[HeatPower]) -> HeatEnergy {
    power.iter().copied().sum::<HeatPower>() * TimeSpan::from_h(1.0)
}
