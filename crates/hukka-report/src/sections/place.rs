//! Section 2: the place.

use crate::document::Block;
use crate::figure::{Figure, Table};
use crate::geojson::has_map;
use crate::inputs::Inputs;
use crate::label;
use crate::number::{distance, energy, percent_prose, whole};
use crate::sections::map::{Map, Range, first_snapshot, pipe_width};
use crate::texts::{fill, say};
use hukka_model::{NetworkSnapshot, UnconnectedReason};
use hukka_units::{Money, grouped};
use serde::Serialize;

/// Consumers listed one by one; the rest stands in the network file.
const LISTED: usize = 300;

/// One step of the temperature key.
#[derive(Debug, Serialize)]
pub(crate) struct PipeKey {
    /// Nominal diameter.
    pub(crate) dn: u16,
    /// Width in the drawing.
    pub(crate) width: String,
}

/// The map with its key.
#[derive(Debug, Serialize)]
pub(crate) struct MapSheet {
    /// Whether it is a map, not a sketch.
    pub(crate) has_map: bool,
    /// The drawing, and the hours on it.
    pub(crate) figure: Figure,
    /// Names of the hours.
    pub(crate) snapshots: Vec<String>,
    /// Widths by size.
    pub(crate) pipes: Vec<PipeKey>,
    /// Owners of the map's data.
    pub(crate) attributions: Vec<String>,
    /// Which hour is drawn first.
    pub(crate) first: usize,
    /// The colours it is drawn with; none without an hour.
    #[serde(skip)]
    pub(crate) shown: Option<Range>,
}

/// Section 2.
pub(crate) fn blocks(inputs: &Inputs<'_>, map: &Map, title: &str) -> Vec<Block> {
    let text = format!("{} {}", sentence(inputs), cold(inputs));
    let mut blocks = vec![
        Block::text(text.trim_end()),
        Block::Map(Box::new(sheet(inputs, map, title))),
        Block::folded(sizes(inputs)),
    ];
    if !inputs.design.unconnected.is_empty() {
        blocks.push(Block::table(reasons(inputs)));
        blocks.push(Block::page_only(left_out(inputs)));
    }
    blocks
}

fn sheet(inputs: &Inputs<'_>, map: &Map, title: &str) -> MapSheet {
    MapSheet {
        has_map: has_map(inputs),
        figure: Figure {
            id: "place".to_owned(),
            title: title.to_owned(),
            note: String::new(),
            keys: vec![],
            svg: map.svg.clone(),
            table: snapshots(inputs),
        },
        snapshots: inputs
            .network
            .snapshots
            .iter()
            .map(|snapshot| snapshot_name(inputs, snapshot))
            .collect(),
        pipes: pipe_keys(inputs),
        attributions: inputs.study.attributions.clone(),
        first: first_snapshot(inputs),
        shown: (!inputs.network.snapshots.is_empty())
            .then(|| map.scales[first_snapshot(inputs)][0].clone()),
    }
}

fn snapshot_name(inputs: &Inputs<'_>, snapshot: &NetworkSnapshot) -> String {
    let hour = &inputs.study.axis.calendar[snapshot.step];
    let outdoor = inputs.study.weather.outdoor_temperature[snapshot.step].c();
    format!(
        "{} ({} {} {:02}:00, {} °C)",
        snapshot.label,
        hour.day,
        label::month(hour.month),
        hour.hour,
        grouped(outdoor, 0)
    )
}

fn sentence(inputs: &Inputs<'_>) -> String {
    let design = inputs.design;
    let all = inputs.demand.consumers.len();
    if design.connected.is_empty() {
        return match all {
            0 => say("place.there-is-no-consumer-in").to_owned(),
            1 => say("place.the-only-consumer-is-not").to_owned(),
            _ => fill("place.none-of-the-consumers-is", &[&whole(all as f64)]),
        };
    }
    let share = design.connected_heat / inputs.demand.annual();
    let share = if share.is_finite() {
        fill("place.of-the-heat-needed", &[&percent_prose(share)])
    } else {
        String::new()
    };
    let who = match design.connected.len() {
        1 if all == 1 => say("place.the-town-is-connected-as").to_owned(),
        some if some == all => fill("place.all-consumers-are-connected", &[&whole(all as f64)]),
        1 => fill("place.1-of-consumers-is-connected", &[&whole(all as f64)]),
        some => fill(
            "place.of-consumers-are-connected",
            &[&whole(some as f64), &whole(all as f64)],
        ),
    };
    fill(
        "place.a-by-of-trench-mwh",
        &[
            &who,
            &energy(design.connected_heat.mwh()),
            &share,
            &distance(design.trench_length().m()),
            &grouped(design.linear_heat_density_mwh_m, 2),
        ],
    )
}

fn snapshots(inputs: &Inputs<'_>) -> Table {
    let mut table = Table::new(say("place.the-hours-on-the-map"))
        .text(say("place.hour"))
        .number(say("place.outdoor"), "°C")
        .number(say("place.supply-plant"), "°C")
        .number(say("place.supply-coldest-home"), "°C")
        .number(say("place.return-plant"), "°C")
        .number(say("place.heat-fed"), "MW")
        .number(say("place.network-loss"), "%");
    let hourly = &inputs.network.hourly;
    for snapshot in &inputs.network.snapshots {
        let step = snapshot.step;
        let fed = inputs.plan.heat_demand[step].mw();
        let loss = hourly.heat_loss[step].mw();
        let share = if fed > 0.0 {
            grouped(100.0 * loss / fed, 1)
        } else {
            "–".to_owned()
        };
        table.push([
            format!("{}, {}", snapshot.label, inputs.study.axis.stamp(step)),
            grouped(inputs.study.weather.outdoor_temperature[step].c(), 1),
            grouped(hourly.supply_temperature[step].c(), 1),
            grouped(hourly.coldest_supply_temperature[step].c(), 1),
            grouped(hourly.return_temperature[step].c(), 1),
            grouped(fed, 2),
            share,
        ]);
    }
    table
}

/// Three or four sizes spread over those in use.
fn pipe_keys(inputs: &Inputs<'_>) -> Vec<PipeKey> {
    let mut sizes: Vec<u16> = inputs
        .design
        .trenches
        .iter()
        .map(|trench| trench.dn)
        .collect();
    sizes.sort_unstable();
    sizes.dedup();
    let last = sizes.len().saturating_sub(1);
    let mut picked: Vec<usize> = (0..=3_usize).map(|i| (i * last).div_ceil(3)).collect();
    picked.dedup();
    picked
        .into_iter()
        .filter_map(|i| sizes.get(i))
        .map(|dn| PipeKey {
            dn: *dn,
            width: format!("{:.1}", pipe_width(*dn)),
        })
        .collect()
}

/// Trenches by size.
fn sizes(inputs: &Inputs<'_>) -> Table {
    let mut table = Table::new(say("place.trenches-by-size-supply-and"))
        .text(say("place.size"))
        .number(say("place.length"), "m")
        .number(say("place.heat-loss"), "MWh/a")
        .number(say("place.fastest-water"), "m/s")
        .number(say("place.steepest-gradient"), "Pa/m")
        .number(say("place.investment"), "€");
    let pairs = || inputs.design.trenches.iter().zip(&inputs.network.trenches);
    let mut dns: Vec<u16> = inputs
        .design
        .trenches
        .iter()
        .map(|trench| trench.dn)
        .collect();
    dns.sort_unstable();
    dns.dedup();
    for dn in dns {
        let of = || pairs().filter(move |(trench, _)| trench.dn == dn);
        let cost: Money = of().map(|(trench, _)| trench.cost).sum();
        table.push([
            fill("place.dn", &[&dn]),
            whole(of().map(|(trench, _)| trench.length.m()).sum()),
            whole(of().map(|(_, result)| result.heat_loss.mwh()).sum()),
            grouped(
                of().map(|(_, r)| r.max_velocity.m_s()).fold(0.0, f64::max),
                2,
            ),
            whole(
                of().map(|(_, r)| r.max_pressure_gradient.pa_m())
                    .fold(0.0, f64::max),
            ),
            whole(cost.eur()),
        ]);
    }
    let cost: Money = inputs
        .design
        .trenches
        .iter()
        .map(|trench| trench.cost)
        .sum();
    table.total = Some(vec![
        say("place.all").to_owned(),
        whole(inputs.design.trench_length().m()),
        whole(pairs().map(|(_, result)| result.heat_loss.mwh()).sum()),
        String::new(),
        String::new(),
        whole(cost.eur()),
    ]);
    table
}

fn reasons(inputs: &Inputs<'_>) -> Table {
    const ALL: [UnconnectedReason; 5] = [
        UnconnectedReason::NotWorthPipe,
        UnconnectedReason::TooSmall,
        UnconnectedReason::TooFarFromStreet,
        UnconnectedReason::NoStreetToPlant,
        UnconnectedReason::NotWilling,
    ];
    let mut table = Table::new(say("place.consumers-left-out-and-why"))
        .text("Reason")
        .number(say("place.consumers"), "")
        .number(say("place.heat"), "MWh/a");
    let heat = |consumer: usize| inputs.demand.consumers[consumer].annual().mwh();
    let all = &inputs.design.unconnected;
    for reason in ALL {
        let of: Vec<f64> = all
            .iter()
            .filter(|left_out| left_out.reason == reason)
            .map(|left_out| heat(left_out.consumer))
            .collect();
        if !of.is_empty() {
            table.push([
                label::reason(reason).to_owned(),
                whole(of.len() as f64),
                whole(of.iter().sum()),
            ]);
        }
    }
    table.total = Some(vec![
        say("place.all").to_owned(),
        whole(all.len() as f64),
        whole(all.iter().map(|left_out| heat(left_out.consumer)).sum()),
    ]);
    table
}

fn left_out(inputs: &Inputs<'_>) -> Table {
    let mut table = Table::new(say("place.consumers-left-out-one-by"))
        .text(say("place.consumer"))
        .number(say("place.heat"), "MWh/a")
        .text(say("place.reason"));
    let mut all: Vec<(f64, usize, UnconnectedReason)> = inputs
        .design
        .unconnected
        .iter()
        .map(|left_out| {
            let heat = inputs.demand.consumers[left_out.consumer].annual().mwh();
            (heat, left_out.consumer, left_out.reason)
        })
        .collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let total = all.len();
    for (heat, consumer, reason) in all.into_iter().take(LISTED) {
        let demand = &inputs.demand.consumers[consumer];
        let name = demand
            .building
            .and_then(|building| inputs.study.buildings[building].name.as_ref());
        let shown = name.map_or(demand.id.clone(), |name| format!("{} ({name})", demand.id));
        table.push([shown, grouped(heat, 1), label::reason(reason).to_owned()]);
    }
    if total > LISTED {
        table.note = Some(fill(
            "place.more-are-in-the-network",
            &[&whole((total - LISTED) as f64)],
        ));
    }
    table
}

fn cold(inputs: &Inputs<'_>) -> String {
    let cold = &inputs.network.cold_consumers;
    if inputs.design.connected.is_empty() {
        return String::new();
    }
    if cold.is_empty() {
        return say("place.every-connected-consumer-gets-water").to_owned();
    }
    let worst = cold.iter().max_by_key(|(_, hours)| *hours);
    let named = worst.and_then(|(index, hours)| {
        let connected = inputs.design.connected.get(*index)?;
        let consumer = inputs.demand.consumers.get(connected.consumer)?;
        Some(fill(
            "place.the-worst-is",
            &[
                &consumer.id,
                &(crate::number::count(*hours as usize, "hour", "hours")),
            ],
        ))
    });
    let named = named.unwrap_or_default();
    if cold.len() == 1 {
        return fill("place.1-connected-consumer-gets-colder", &[&named]);
    }
    fill(
        "place.connected-consumers-get-colder-water",
        &[&whole(cold.len() as f64), &named],
    )
}
