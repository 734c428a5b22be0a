//! Section 5: the supply temperature chosen hour by hour.

use crate::figure::Table;
use crate::inputs::Inputs;
use crate::number::whole;
use crate::texts::{fill, say};
use hukka_model::SupplyAccount;
use hukka_units::grouped;

/// The year on the curve beside the year as chosen; none when the supply follows the curve.
pub(crate) fn choice(inputs: &Inputs<'_>) -> Option<Table> {
    let choice = inputs.network.supply_choice.as_ref()?;
    let mut table = Table::new(say("supply.supply-temperature-chosen-hour-by"))
        .text(say("supply.year"))
        .number(say("supply.mean-supply"), "°C")
        .number(say("supply.heat-lost"), "MWh")
        .number(say("supply.network-pumps"), "MWh")
        .number(say("supply.heat-pumps-electricity"), "MWh")
        .number(say("supply.heat-of-heat-pumps"), "MWh")
        .number(say("supply.cost"), "€");
    let mut row = |name: &str, of: &SupplyAccount| {
        table.push([
            name.to_owned(),
            grouped(of.mean_supply_temperature.c(), 1),
            whole(of.heat_loss.mwh()),
            whole(of.pumping.mwh()),
            whole(of.heat_pump_electricity.mwh()),
            whole(of.heat_pump_heat.mwh()),
            whole(of.cost.eur()),
        ]);
    };
    row(say("supply.on-the-curve"), &choice.curve);
    row(say("supply.as-chosen"), &choice.chosen);
    let hours: Vec<String> = choice
        .hours
        .iter()
        .map(|(offset, hours)| {
            let offset = offset.kelvin();
            let sign = if offset > 0.0 { "+" } else { "" };
            fill(
                "supply.h-at-k",
                &[&whole(f64::from(*hours)), &sign, &grouped(offset, 1)],
            )
        })
        .collect();
    let settled = if choice.is_settled {
        "settled"
    } else {
        say("supply.stopped-before-the-cost-settled")
    };
    Some(table.noted(fill(
        "supply.the-plant-may-leave-the",
        &[
            &hours.join(", "),
            &whole(choice.saved().eur()),
            &choice.rounds.len(),
            &settled,
        ],
    )))
}
