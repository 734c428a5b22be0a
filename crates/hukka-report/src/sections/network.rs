//! The network through the year: losses, pumping, delay, the worst-placed consumer, congestion.

use crate::document::Block;
use crate::figure::Table;
use crate::inputs::Inputs;
use crate::measured::{ABSENT, Measured, shown_share};
use crate::number::whole;
use crate::series::annual_mwh;
use crate::summary::index_consumer;
use crate::texts::{fill, say};
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
    let mut table = Table::new(say("network.the-network-through-the-year"))
        .text(say("network.figure"))
        .text(say("network.value"));
    let mut row = |name: &str, value: String| table.push([name.to_owned(), value]);
    row(
        say("network.heat-lost"),
        fill(
            "network.mwh-of-the-heat-fed",
            &[&whole(lost), &shown_share(measured.loss_share)],
        ),
    );
    if length > 0.0 {
        row(
            say("network.heat-lost-per-kilometre-of"),
            fill("network.mwh-a-year", &[&whole(lost / length)]),
        );
    }
    row(
        say("network.pumping"),
        fill(
            "network.mwh-of-electricity-of-the",
            &[
                &whole(annual_mwh(&hourly.pump_power)),
                &shown_share(measured.pumping_share),
            ],
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
            say("network.index-consumer-the-worst-placed"),
            fill("network.in-the-hour-of-the", &[&who]),
        );
        row(
            say("network.highest-pressure-difference-at-the"),
            fill("network.kpa", &[&whole(Pressure::kpa(*difference))]),
        );
    }
    if let Some((short, middle, long)) = delays(inputs) {
        row(
            say("network.delay-from-the-plant-to"),
            fill(
                "network.h-in-the-middle-to",
                &[&grouped(middle, 1), &grouped(short, 1), &grouped(long, 1)],
            ),
        );
    }
    let cold = inputs.network.cold_consumers.len();
    row(
        say("network.consumers-that-ever-get-colder"),
        whole(cold as f64),
    );
    let unsolved = inputs.network.unsolved_steps.len();
    row(say("network.hours-not-solved"), whole(unsolved as f64));
    table.noted(say("network.delay-age-of-the-water"))
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
    let mut table = Table::new(fill(
        "network.trenches-beyond-m-s-or",
        &[
            &grouped(rules.max_velocity.m_s(), 1),
            &whole(rules.max_pressure_gradient.pa_m()),
        ],
    ))
    .text(say("network.trench"))
    .number("DN", "")
    .number(say("network.hours"), "h")
    .number(say("network.fastest"), "m/s")
    .number(say("network.steepest"), "Pa/m");
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
    Some(table.noted(fill(
        "network.in-all-trenches-csv-has",
        &[&whole(count as f64)],
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
    let mut table = Table::new(say("network.trenches-that-lose-most-heat"))
        .text(say("network.trench"))
        .number("DN", "")
        .number(say("network.length"), "m")
        .number(say("network.lost"), "MWh/a")
        .number(say("network.lost-per-metre"), "kWh/(m a)")
        .number(say("network.worth-of-it"), "€/a");
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
    Some(table.noted(say("network.supply-and-return-pipe-together")))
}
