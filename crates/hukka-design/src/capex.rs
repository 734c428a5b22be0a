//! Everything to be paid for.

use crate::economics::PLANNING;
use crate::plant::Plant;
use hukka_model::{CapexItem, HeatDemand, MoneyRules, Study, Trench, TrenchKind};
use hukka_units::{HeatPower, Money, Ratio, TimeSpan, format_si, grouped};

const NETWORK: &str = "network";
const HEAT_PUMP: &str = "heat pump";

/// Lists investments: trenches by kind, substations, machines, planning and contingency.
pub(crate) fn list(
    study: &Study,
    demand: &HeatDemand,
    trenches: &[Trench],
    (stations, plant): (&[usize], &Plant),
) -> Vec<CapexItem> {
    let mut items = network(&study.money, trenches);
    items.extend(substations(study, demand, stations));
    items.extend(machines(plant));
    let sum: Money = items.iter().map(|item| item.amount).sum();
    let planning = sum * study.money.contingency.si();
    if planning.si() > 0.0 {
        items.push(CapexItem {
            name: format!(
                "planning and contingency, {} % of all",
                grouped(study.money.contingency.percent(), 0)
            ),
            group: PLANNING.to_owned(),
            amount: planning,
            life: study.money.pipe_life,
            upkeep_per_year: Money::ZERO,
        });
    }
    items
}

fn item(name: String, group: &str, amount: Money, life: TimeSpan, upkeep: Ratio) -> CapexItem {
    CapexItem {
        name,
        group: group.to_owned(),
        amount,
        life,
        upkeep_per_year: amount * upkeep.si(),
    }
}

/// Kinds of trench as they are listed.
const KINDS: [(TrenchKind, &str); 3] = [
    (TrenchKind::Transmission, "transmission pipes"),
    (TrenchKind::Street, "street pipes"),
    (TrenchKind::Service, "service pipes"),
];

fn network(money: &MoneyRules, trenches: &[Trench]) -> Vec<CapexItem> {
    KINDS
        .into_iter()
        .filter_map(|(kind, name)| {
            let (amount, metres) = laid(trenches, kind);
            (metres > 0.0).then(|| {
                item(
                    pipes(name, metres),
                    NETWORK,
                    amount,
                    money.pipe_life,
                    money.network_upkeep,
                )
            })
        })
        .collect()
}

fn pipes(name: &str, metres: f64) -> String {
    format!("{name}, {} m", grouped(metres, 0))
}

/// Cost and length of the new trenches of a kind.
fn laid(trenches: &[Trench], kind: TrenchKind) -> (Money, f64) {
    let new = || {
        trenches
            .iter()
            .filter(move |t| t.kind == kind && !t.is_existing)
    };
    (
        new().map(|t| t.cost).sum(),
        new().map(|t| t.length.m()).sum(),
    )
}

/// A list of investments without heat pumps and with fewer trenches; planning shrinks alike.
pub(crate) fn remaining(
    items: &[CapexItem],
    (before, left): (&[Trench], &[Trench]),
) -> Vec<CapexItem> {
    let mut list: Vec<CapexItem> = Vec::new();
    for old in items.iter().filter(|item| item.group != HEAT_PUMP) {
        let of_kind = KINDS.into_iter().find(|(kind, name)| {
            old.group == NETWORK && old.name == pipes(name, laid(before, *kind).1)
        });
        let mut new = old.clone();
        if let Some((kind, name)) = of_kind {
            let (amount, metres) = laid(left, kind);
            if metres <= 0.0 {
                continue;
            }
            new = scaled(&new, amount);
            new.name = pipes(name, metres);
        }
        list.push(new);
    }
    let sum = |items: &[CapexItem]| -> Money {
        let things = items.iter().filter(|item| item.group != PLANNING);
        things.map(|item| item.amount).sum()
    };
    let (whole, rest) = (sum(items), sum(&list));
    for planning in list.iter_mut().filter(|item| item.group == PLANNING) {
        let share = if whole.si() > 0.0 {
            rest.si() / whole.si()
        } else {
            0.0
        };
        planning.amount = planning.amount * share;
    }
    list
}

/// An item at another amount, its upkeep in proportion.
fn scaled(item: &CapexItem, amount: Money) -> CapexItem {
    let share = if item.amount.si() > 0.0 {
        amount.si() / item.amount.si()
    } else {
        0.0
    };
    CapexItem {
        amount,
        upkeep_per_year: item.upkeep_per_year * share,
        ..item.clone()
    }
}

/// Cost of one substation: fixed part and per power.
pub(crate) fn substation(study: &Study, power: HeatPower) -> Money {
    study.design.substation_fixed + power * study.design.substation_per_power
}

fn substations(study: &Study, demand: &HeatDemand, stations: &[usize]) -> Option<CapexItem> {
    let amount: Money = stations
        .iter()
        .map(|&c| {
            let consumer = &demand.consumers[c];
            substation(study, consumer.design_power.max(consumer.peak))
        })
        .sum();
    (!stations.is_empty()).then(|| {
        item(
            format!("{} substations", grouped(stations.len() as f64, 0)),
            "substations",
            amount,
            study.money.substation_life,
            study.money.network_upkeep,
        )
    })
}

fn machines(plant: &Plant) -> Vec<CapexItem> {
    let mut items = Vec::new();
    for pump in &plant.heat_pumps {
        let capacity = pump.heat_capacity.unwrap_or(HeatPower::ZERO);
        items.push(item(
            format!("heat pump {}, {}", pump.id, format_si(capacity.w(), "W")),
            HEAT_PUMP,
            capacity * pump.investment,
            pump.life,
            pump.fixed_upkeep,
        ));
    }
    for boiler in &plant.boilers {
        let capacity = boiler.heat_capacity.unwrap_or(HeatPower::ZERO);
        let new = item(
            format!("boiler {}, {}", boiler.id, format_si(capacity.w(), "W")),
            "boiler",
            capacity * boiler.investment,
            boiler.life,
            boiler.fixed_upkeep,
        );
        items.push(standing(new, boiler.is_existing));
    }
    for store in &plant.stores {
        let content = store.capacity.unwrap_or(hukka_units::HeatEnergy::ZERO);
        let new = item(
            format!(
                "store {}, {}",
                store.id,
                format_si(content.mwh() * 1e6, "Wh")
            ),
            "store",
            content * store.investment,
            store.life,
            store.fixed_upkeep,
        );
        items.push(standing(new, store.is_existing));
    }
    items
}

/// A machine that stands already costs nothing to build but must be kept up.
fn standing(new: CapexItem, is_existing: bool) -> CapexItem {
    if !is_existing {
        return new;
    }
    CapexItem {
        name: format!("{} (existing)", new.name),
        amount: Money::ZERO,
        ..new
    }
}
