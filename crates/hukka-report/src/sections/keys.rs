//! The KPI sheet: every key figure once, with its unit and what it means.

use crate::figure::Table;
use crate::inputs::Inputs;
use crate::measured::{ABSENT, Measured, shown};
use crate::number::{percent, whole};
use crate::texts::say;
use hukka_units::grouped;

/// All key figures of the run.
pub(crate) fn sheet(inputs: &Inputs<'_>) -> Table {
    let mut table = Table::new(say("keys.key-figures-of-a-typical"))
        .text(say("keys.figure"))
        .number(say("keys.value"), "")
        .text(say("keys.unit"))
        .text(say("keys.meaning"));
    heat(inputs, &mut table);
    plant(inputs, &mut table);
    worth(inputs, &mut table);
    table.noted(say("keys.pue-erf-ere-e-reuse"))
}

/// A row.
fn put(table: &mut Table, name: &str, value: String, unit: &str, meaning: &str) {
    table.push([name.to_owned(), value, unit.to_owned(), meaning.to_owned()]);
}

/// A share as percent.
fn share(value: Option<f64>) -> String {
    shown(value.map(|share| 100.0 * share), 1)
}

fn heat(inputs: &Inputs<'_>, table: &mut Table) {
    let kpis = &inputs.assessment.kpis;
    let measured = Measured::new(inputs);
    put(
        table,
        say("keys.heat-delivered"),
        whole(kpis.heat_delivered.mwh()),
        "MWh/a",
        say("keys.what-the-customers-take"),
    );
    put(
        table,
        say("keys.heat-fed"),
        whole(kpis.heat_fed.mwh()),
        "MWh/a",
        say("keys.into-the-network"),
    );
    put(
        table,
        say("keys.network-loss"),
        share(measured.loss_share),
        "%",
        say("keys.lost-heat-over-heat-fed"),
    );
    put(
        table,
        say("keys.pumping"),
        share(measured.pumping_share),
        "%",
        say("keys.electricity-of-network-pumps-over"),
    );
    put(
        table,
        say("keys.heat-from-the-data-centre"),
        share(measured.share_covered),
        "%",
        say("keys.heat-of-its-heat-pumps"),
    );
    put(
        table,
        say("keys.waste-heat-offered"),
        whole(kpis.heat_available.mwh()),
        "MWh/a",
        say("keys.at-the-capture-point"),
    );
    put(
        table,
        say("keys.waste-heat-used"),
        share(measured.use_share),
        "%",
        say("keys.taken-over-offered"),
    );
}

fn plant(inputs: &Inputs<'_>, table: &mut Table) {
    let kpis = &inputs.assessment.kpis;
    let measured = Measured::new(inputs);
    put(
        table,
        say("keys.mean-cop"),
        shown(measured.mean_cop, 2),
        "",
        say("keys.heat-over-electricity-of-the"),
    );
    put(
        table,
        say("keys.electricity-of-heat-pumps"),
        whole(kpis.heat_pump_energy.mwh()),
        "MWh/a",
        "",
    );
    put(
        table,
        say("keys.servers-electricity"),
        whole(kpis.it_energy.mwh()),
        "MWh/a",
        say("keys.stays-reuse-does-not-lower"),
    );
    put(
        table,
        say("keys.boilers-in-use"),
        whole(f64::from(kpis.boiler_hours)),
        "h/a",
        say("keys.hours-in-which-they-help"),
    );
    put(
        table,
        say("keys.boiler-peak"),
        grouped(kpis.boiler_peak.mw(), 1),
        "MW",
        say("keys.largest-output"),
    );
    put(
        table,
        say("keys.co2-saved"),
        whole(kpis.carbon_saved.t()),
        "t/a",
        say("keys.against-the-comparison-above"),
    );
}

fn worth(inputs: &Inputs<'_>, table: &mut Table) {
    let kpis = &inputs.assessment.kpis;
    let measured = Measured::new(inputs);
    put(
        table,
        say("keys.investment"),
        whole(kpis.investment.eur()),
        "€",
        say("keys.before-grants"),
    );
    put(
        table,
        say("keys.levelised-cost-of-heat"),
        shown(measured.lcoh, 1),
        "€/MWh",
        say("keys.all-cost-over-heat-delivered"),
    );
    put(
        table,
        say("keys.heat-in-the-comparison"),
        shown(measured.heat_cost_counterfactual, 1),
        "€/MWh",
        "",
    );
    put(
        table,
        say("keys.net-present-value"),
        whole(kpis.npv.eur()),
        "€",
        say("keys.for-the-heat-company"),
    );
    let irr = kpis
        .irr
        .map_or_else(|| ABSENT.to_owned(), |irr| percent(irr.fraction()));
    put(table, say("keys.internal-rate-of-return"), irr, "%", "real");
    let payback = kpis
        .payback_years
        .map_or_else(|| ABSENT.to_owned(), |years| grouped(years, 1));
    put(table, say("keys.payback"), payback, "a", "undiscounted");
}
