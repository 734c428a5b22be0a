//! The network through the year: losses, pumping, delay, the worst-placed consumer, congestion.

use crate::document::Block;
use crate::figure::Table;
use crate::inputs::Inputs;
use crate::measured::{ABSENT, Measured, shown_share};
use crate::number::whole;
use crate::series::annual_mwh;
use crate::summary::index_consumer;
use hukka_units::{HeatEnergy, Pressure, grouped};

/// Trenches listed.
const LISTED: usize = 12;

/// What the report says of the network's year.
pub(crate) fn blocks(inputs: &Inputs<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::table(figures(inputs))];
    blocks.extend(congestion(inputs).map(Block::table));
    blocks.extend(losses(inputs).map(Block::folded));
    blocks
}

/// Shortest, middle and longest of the delays, hours.
pub(crate) fn delays(inputs: &Inputs<'_>) -> Option<(f64, f64, f64)> {
    let mut hours: Vec<f64> = inputs
        .network
        .hourly
        .index_delay
        .iter()
        .map(|delay| delay.h())
        .filter(|h| h.is_finite())
        .collect();
    hours.sort_by(f64::total_cmp);
    let middle = hours.get(hours.len().div_euclid(2))?;
    Some((*hours.first()?, *middle, *hours.last()?))
}

fn figures(inputs: &Inputs<'_>) -> Table {
    let hourly = &inputs.network.hourly;
    let measured = Measured::new(inputs);
    let length = inputs.design.trench_length().km();
    let lost = annual_mwh(&hourly.heat_loss);
    let mut table = Table::new("The network through the year")
        .text("Figure")
        .text("Value");
    let mut row = |name: &str, value: String| table.push([name.to_owned(), value]);
    row(
        "Heat lost",
        format!(
            "{} MWh, {} of the heat fed",
            whole(lost),
            shown_share(measured.loss_share)
        ),
    );
    if length > 0.0 {
        row(
            "Heat lost per kilometre of trench",
            format!("{} MWh a year", whole(lost / length)),
        );
    }
    row(
        "Pumping",
        format!(
            "{} MWh of electricity, {} of the heat fed",
            whole(annual_mwh(&hourly.pump_power)),
            shown_share(measured.pumping_share)
        ),
    );
    let steepest = hourly
        .differential_pressure
        .iter()
        .enumerate()
        .max_by(|a, b| a.1.si().total_cmp(&b.1.si()));
    if let Some((step, difference)) = steepest {
        let who = index_consumer(inputs, step).unwrap_or(ABSENT);
        row(
            "Index consumer, the worst placed",
            format!("{who} in the hour of the highest pump head"),
        );
        row(
            "Highest pressure difference at the plant",
            format!("{} kPa", whole(Pressure::kpa(*difference))),
        );
    }
    if let Some((short, middle, long)) = delays(inputs) {
        row(
            "Delay from the plant to the index consumer",
            format!(
                "{} h in the middle, {} to {} h over the year",
                grouped(middle, 1),
                grouped(short, 1),
                grouped(long, 1)
            ),
        );
    }
    let cold = inputs.network.cold_consumers.len();
    row(
        "Consumers that ever get colder water than they need",
        whole(cold as f64),
    );
    let unsolved = inputs.network.unsolved_steps.len();
    row("Hours not solved", whole(unsolved as f64));
    table.noted("Delay: age of the water at the index consumer along the way most of it takes; the flows are those of each hour.")
}

/// Trenches beyond the study's velocity or pressure gradient, longest first.
fn congestion(inputs: &Inputs<'_>) -> Option<Table> {
    let mut beyond: Vec<usize> = (0..inputs.network.trenches.len())
        .filter(|i| inputs.network.trenches[*i].congested_hours > 0)
        .collect();
    if beyond.is_empty() {
        return None;
    }
    beyond.sort_by_key(|i| std::cmp::Reverse(inputs.network.trenches[*i].congested_hours));
    let rules = &inputs.study.network;
    let mut table = Table::new(format!(
        "Trenches beyond {} m/s or {} Pa/m",
        grouped(rules.max_velocity.m_s(), 1),
        whole(rules.max_pressure_gradient.pa_m())
    ))
    .text("Trench")
    .number("DN", "")
    .number("Hours", "h")
    .number("Fastest", "m/s")
    .number("Steepest", "Pa/m");
    let count = beyond.len();
    for i in beyond.into_iter().take(LISTED) {
        let (Some(trench), Some(year)) = (
            inputs.design.trenches.get(i),
            inputs.network.trenches.get(i),
        ) else {
            continue;
        };
        table.push([
            trench.id.clone(),
            trench.dn.to_string(),
            whole(f64::from(year.congested_hours)),
            grouped(year.max_velocity.m_s(), 2),
            whole(year.max_pressure_gradient.pa_m()),
        ]);
    }
    Some(table.noted(format!(
        "{} in all; trenches.csv has every one.",
        whole(count as f64)
    )))
}

/// The trenches that lose most heat.
fn losses(inputs: &Inputs<'_>) -> Option<Table> {
    let mut order: Vec<usize> = (0..inputs
        .design
        .trenches
        .len()
        .min(inputs.network.trenches.len()))
        .collect();
    if order.is_empty() {
        return None;
    }
    let lost = |i: usize| inputs.network.trenches[i].heat_loss;
    order.sort_by(|a, b| lost(*b).si().total_cmp(&lost(*a).si()).then(a.cmp(b)));
    let price = inputs.assessment.kpis.lcoh;
    let mut table = Table::new("Trenches that lose most heat")
        .text("Trench")
        .number("DN", "")
        .number("Length", "m")
        .number("Lost", "MWh/a")
        .number("Lost per metre", "kWh/(m a)")
        .number("Worth of it", "€/a");
    for i in order.into_iter().take(LISTED) {
        let trench = &inputs.design.trenches[i];
        let heat: HeatEnergy = lost(i);
        let metres = trench.length.m();
        table.push([
            trench.id.clone(),
            trench.dn.to_string(),
            whole(metres),
            whole(heat.mwh()),
            if metres > 0.0 {
                whole(heat.kwh() / metres)
            } else {
                ABSENT.to_owned()
            },
            whole((heat * price).eur()),
        ]);
    }
    Some(
        table.noted(
            "Supply and return pipe together; worth at this study's levelised cost of heat.",
        ),
    )
}
