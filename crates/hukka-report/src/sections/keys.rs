//! The KPI sheet: every key figure once, with its unit and what it means.

use crate::figure::Table;
use crate::inputs::Inputs;
use crate::measured::{ABSENT, Measured, shown};
use crate::number::{percent, whole};
use hukka_units::grouped;

/// All key figures of the run.
pub(crate) fn sheet(inputs: &Inputs<'_>) -> Table {
    let kpis = &inputs.assessment.kpis;
    let measured = Measured::new(inputs);
    let mut table = Table::new("Key figures of a typical year at full fill")
        .text("Figure")
        .number("Value", "")
        .text("Unit")
        .text("Meaning");
    let mut row = |name: &str, value: String, unit: &str, meaning: &str| {
        table.push([name.to_owned(), value, unit.to_owned(), meaning.to_owned()]);
    };
    let share = |value: Option<f64>| shown(value.map(|share| 100.0 * share), 1);
    row(
        "Heat delivered",
        whole(kpis.heat_delivered.mwh()),
        "MWh/a",
        "what the customers take",
    );
    row(
        "Heat fed",
        whole(kpis.heat_fed.mwh()),
        "MWh/a",
        "into the network",
    );
    row(
        "Network loss",
        share(measured.loss_share),
        "%",
        "lost heat over heat fed",
    );
    row(
        "Pumping",
        share(measured.pumping_share),
        "%",
        "electricity of network pumps over heat fed",
    );
    row(
        "Heat from the data centre",
        share(measured.share_covered),
        "%",
        "heat of its heat pumps over heat fed",
    );
    row(
        "Waste heat offered",
        whole(kpis.heat_available.mwh()),
        "MWh/a",
        "at the capture point",
    );
    row(
        "Waste heat used",
        share(measured.use_share),
        "%",
        "taken over offered",
    );
    row(
        "Mean COP",
        shown(measured.mean_cop, 2),
        "",
        "heat over electricity of the heat pumps",
    );
    row(
        "Electricity of heat pumps",
        whole(kpis.heat_pump_energy.mwh()),
        "MWh/a",
        "",
    );
    row(
        "Servers' electricity",
        whole(kpis.it_energy.mwh()),
        "MWh/a",
        "stays: reuse does not lower it",
    );
    row(
        "Boilers in use",
        whole(f64::from(kpis.boiler_hours)),
        "h/a",
        "hours in which they help",
    );
    row(
        "Boiler peak",
        grouped(kpis.boiler_peak.mw(), 1),
        "MW",
        "largest output",
    );
    row(
        "CO₂ saved",
        whole(kpis.carbon_saved.t()),
        "t/a",
        "against the comparison above",
    );
    row(
        "Investment",
        whole(kpis.investment.eur()),
        "€",
        "before grants",
    );
    row(
        "Levelised cost of heat",
        shown(measured.lcoh, 1),
        "€/MWh",
        "all cost over heat delivered, both discounted",
    );
    row(
        "Heat in the comparison",
        shown(measured.heat_cost_counterfactual, 1),
        "€/MWh",
        "",
    );
    row(
        "Net present value",
        whole(kpis.npv.eur()),
        "€",
        "for the heat company",
    );
    let irr = kpis
        .irr
        .map_or_else(|| ABSENT.to_owned(), |irr| percent(irr.fraction()));
    row("Internal rate of return", irr, "%", "real");
    let payback = kpis
        .payback_years
        .map_or_else(|| ABSENT.to_owned(), |years| grouped(years, 1));
    row("Payback", payback, "a", "undiscounted");
    table.noted("PUE, ERF, ERE, E_REUSE and T_WH stand in the table by metering boundary.")
}
