//! Everything to be paid for.

use crate::plant::Plant;
use hukka_model::{CapexItem, HeatDemand, MoneyRules, Study, Trench, TrenchKind};
use hukka_units::{HeatPower, Money, Ratio, TimeSpan, format_si, grouped};

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
            group: "planning".to_owned(),
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

fn network(money: &MoneyRules, trenches: &[Trench]) -> Vec<CapexItem> {
    [
        (TrenchKind::Transmission, "transmission pipes"),
        (TrenchKind::Street, "street pipes"),
        (TrenchKind::Service, "service pipes"),
    ]
    .into_iter()
    .filter_map(|(kind, name)| {
        let laid = || {
            trenches
                .iter()
                .filter(move |t| t.kind == kind && !t.is_existing)
        };
        let amount: Money = laid().map(|t| t.cost).sum();
        let metres: f64 = laid().map(|t| t.length.m()).sum();
        (metres > 0.0).then(|| {
            item(
                format!("{name}, {} m", grouped(metres, 0)),
                "network",
                amount,
                money.pipe_life,
                money.network_upkeep,
            )
        })
    })
    .collect()
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
            "heat pump",
            capacity * pump.investment,
            pump.life,
            pump.fixed_upkeep,
        ));
    }
    for boiler in plant.boilers.iter().filter(|b| !b.is_existing) {
        let capacity = boiler.heat_capacity.unwrap_or(HeatPower::ZERO);
        items.push(item(
            format!("boiler {}, {}", boiler.id, format_si(capacity.w(), "W")),
            "boiler",
            capacity * boiler.investment,
            boiler.life,
            boiler.fixed_upkeep,
        ));
    }
    for store in plant.stores.iter().filter(|s| !s.is_existing) {
        let content = store.capacity.unwrap_or(hukka_units::HeatEnergy::ZERO);
        items.push(item(
            format!(
                "store {}, {}",
                store.id,
                format_si(content.mwh() * 1e6, "Wh")
            ),
            "store",
            content * store.investment,
            store.life,
            store.fixed_upkeep,
        ));
    }
    items
}
