//! What tables must agree on with each other.

use super::machine::machine_tables;
use crate::codes;
use crate::context::Context;
use crate::keys;
use crate::node::Entries;
use crate::reader::Reader;
use hukka_model::{Building, DataCentre, Diagnostic, MoneyRules};
use std::collections::BTreeSet;

/// Heat pumps, boilers and stores share the tables and columns of the results.
pub(super) fn machine_ids(root: &Entries, context: &mut Context) {
    let tables = machine_tables(root);
    for (n, table) in tables.iter().enumerate() {
        let Some(id) = table.node("id").and_then(|node| node.text()) else {
            continue;
        };
        let rival = tables[..n].iter().find(|other| {
            other.kind() != table.kind()
                && other.node("id").and_then(|node| node.text()) == Some(id)
        });
        let Some(rival) = rival else {
            continue;
        };
        let line = rival.place("id", context).line;
        let at = table.place("id", context);
        let mut problem = Diagnostic::error(
            codes::DUPLICATE_ID,
            format!(
                "a {} and a {} have the same id `{id}`",
                words(rival.kind()),
                words(table.kind())
            ),
        )
        .at(at)
        .about(table.full("id"))
        .seen(id)
        .allowed("an id of its own for every heat pump, boiler and store");
        if let Some(line) = line {
            problem = problem.help(format!(
                "the {} stands in line {line}; give one of them another id",
                words(rival.kind())
            ));
        }
        context.push(problem);
    }
}

fn words(table: &str) -> String {
    table.replace('_', " ")
}

/// Buildings and lumped demands share the list of customers.
pub(super) fn customer_ids(root: &Entries, buildings: &[Building], context: &mut Context) {
    let taken: BTreeSet<&str> = buildings
        .iter()
        .map(|building| building.id.as_str())
        .collect();
    for table in Reader::many(root, &keys::LUMPED_DEMAND) {
        let id = table.node("id").and_then(|node| node.text());
        let Some(id) = id.filter(|id| taken.contains(id)) else {
            continue;
        };
        let at = table.place("id", context);
        context.push(
            Diagnostic::error(
                codes::DUPLICATE_ID,
                format!("a building and a lumped demand have the same id `{id}`"),
            )
            .at(at)
            .about(table.full("id"))
            .seen(id)
            .allowed("an id of its own for every building and lumped demand")
            .help("the building stands on the map `place.buildings`; rename the lumped demand"),
        );
    }
}

/// Every year of `fill` is reached within the horizon.
pub(super) fn fill_and_horizon(
    root: &Entries,
    data_centres: &[DataCentre],
    money: &MoneyRules,
    context: &mut Context,
) {
    let horizon = money.horizon_years as usize;
    if Reader::one(root, &keys::MONEY).is_unsound("horizon_a") {
        return;
    }
    let tables = Reader::many(root, &keys::DATA_CENTRE);
    for (table, data_centre) in tables.iter().zip(data_centres) {
        let years = data_centre.fill.len();
        if years <= horizon {
            continue;
        }
        let at = table.place("fill", context);
        context.push(
            Diagnostic::error(
                codes::OUT_OF_RANGE,
                "`fill` has more years than the study looks ahead",
            )
            .at(at)
            .about(table.full("fill"))
            .seen(format!("{years} years"))
            .allowed(format!(
                "up to {horizon}, the years of `money.horizon_a`; the study is judged at the last"
            ))
            .help(format!(
                "shorten `fill` to {horizon} values, or write `horizon_a = {years}` or more in [money]"
            )),
        );
    }
}
