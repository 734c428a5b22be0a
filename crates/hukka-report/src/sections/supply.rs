//! Section 5: the supply temperature chosen hour by hour.

use crate::figure::Table;
use crate::inputs::Inputs;
use crate::number::whole;
use hukka_model::SupplyAccount;
use hukka_units::grouped;

/// The year on the curve beside the year as chosen; none when the supply follows the curve.
pub(crate) fn choice(inputs: &Inputs<'_>) -> Option<Table> {
    let choice = inputs.network.supply_choice.as_ref()?;
    let mut table = Table::new("Supply temperature chosen hour by hour")
        .text("Year")
        .number("Mean supply", "°C")
        .number("Heat lost", "MWh")
        .number("Network pumps", "MWh")
        .number("Heat pumps' electricity", "MWh")
        .number("Heat of heat pumps", "MWh")
        .number("Cost", "€");
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
    row("On the curve", &choice.curve);
    row("As chosen", &choice.chosen);
    let hours: Vec<String> = choice
        .hours
        .iter()
        .map(|(offset, hours)| {
            let offset = offset.kelvin();
            let sign = if offset > 0.0 { "+" } else { "" };
            format!(
                "{} h at {sign}{} K",
                whole(f64::from(*hours)),
                grouped(offset, 1)
            )
        })
        .collect();
    let settled = if choice.is_settled {
        "settled"
    } else {
        "stopped before the cost settled"
    };
    Some(table.noted(format!(
        "The plant may leave the heating curve where that makes the year cheaper: {}. Against the \
         curve alone this saves {} € a year at full fill, fuel, electricity and pumping counted; \
         choice, simulation and dispatch took {} rounds and {settled}. No consumer gets colder \
         water than he needs for it.",
        hours.join(", "),
        whole(choice.saved().eur()),
        choice.rounds.len(),
    )))
}
