//! `[[renovation]]` and the years of the stock.

use super::demand::use_of;
use super::machine::unique_ids;
use crate::codes;
use crate::context::{Context, list_words};
use crate::keys;
use crate::node::Entries;
use crate::reader::Reader;
use hukka_model::{BuildingUse, Diagnostic, Renovation, RenovationOrder, StockPlan, TimeAxis};
use hukka_units::{Ratio, Temperature};

/// Reads the renovations and the years between which they are counted.
pub(crate) fn read(root: &Entries, axis: Option<&TimeAxis>, context: &mut Context) -> StockPlan {
    let demand = Reader::one(root, &keys::DEMAND);
    let year = |key: &str, context: &mut Context| {
        let given = demand.optional_whole(key, context);
        given.and_then(|year| i32::try_from(year).ok())
    };
    let study_year = axis
        .and_then(|axis| axis.calendar.get(axis.len().div_euclid(2)))
        .map_or(2025, |hour| i32::from(hour.year));
    let described_year = year("stock_year", context).unwrap_or(study_year);
    let asked_year = year("target_year", context).unwrap_or(described_year);
    let tables = Reader::many(root, &keys::RENOVATION);
    unique_ids(&tables, context);
    let renovations: Vec<Renovation> = tables.iter().map(|table| one(table, context)).collect();
    if asked_year < described_year {
        let at = demand.place("target_year", context);
        context.push(
            Diagnostic::error(
                codes::CONTRADICTION,
                "the target year lies before the stock year",
            )
            .at(at)
            .about(demand.full("target_year"))
            .seen(asked_year.to_string())
            .allowed(format!("from {described_year} on")),
        );
    }
    if asked_year == described_year && !renovations.is_empty() {
        let at = tables[0].place("id", context);
        context.push(
            Diagnostic::warning(codes::NO_EFFECT, "`[[renovation]]` has no effect")
                .at(at)
                .about("renovation")
                .help(format!(
                    "no year passes: set `demand.target_year` to a year after {described_year}"
                )),
        );
    }
    StockPlan {
        described_year,
        asked_year,
        renovations,
    }
}

fn one(table: &Reader<'_>, context: &mut Context) -> Renovation {
    let id = table.optional_text("id", context).unwrap_or("?").to_owned();
    let share = |key: &str, context: &mut Context| {
        Ratio::from_fraction(table.optional(key, context).unwrap_or(0.0))
    };
    let year = |key: &str, context: &mut Context| {
        let given = table.optional_whole(key, context);
        given.and_then(|year| i32::try_from(year).ok())
    };
    let (built_from, built_until) = (year("built_from", context), year("built_until", context));
    if let (Some(from), Some(until)) = (built_from, built_until)
        && from > until
    {
        let at = table.place("built_until", context);
        context.push(
            Diagnostic::error(codes::CONTRADICTION, "no building is meant")
                .at(at)
                .about(table.full("built_until"))
                .seen(format!("from {from} until {until}"))
                .allowed(format!("from {from} on")),
        );
    }
    Renovation {
        id,
        usages: usages(table, context),
        built_from,
        built_until,
        share_per_year: share("stock_share_per_year", context),
        saving: share("saving_share", context),
        hot_water_saving: share("hot_water_saving_share", context),
        secondary_supply: table
            .optional("secondary_supply_c", context)
            .map(Temperature::from_c),
        order: match table.optional_text("order", context) {
            Some("oldest_first") => RenovationOrder::OldestFirst,
            _ => RenovationOrder::Spread,
        },
    }
}

fn usages(table: &Reader<'_>, context: &mut Context) -> Vec<BuildingUse> {
    let words = table.texts("uses");
    let mut usages = Vec::new();
    for word in &words {
        if let Some(usage) = use_of(word) {
            usages.push(usage);
            continue;
        }
        let at = table.place("uses", context);
        context.push(
            Diagnostic::error(codes::UNKNOWN_WORD, "a use of buildings is not known")
                .at(at)
                .about(table.full("uses"))
                .seen(word.clone())
                .allowed(list_words(keys::USES.iter().map(|(word, _)| *word))),
        );
    }
    usages
}
