//! The ranked table, every pipe size tried, and a summary.

use super::read::Table;
use crate::OutputFile;
use hukka_design::screen::{ScreenPair, ScreenPoint, ScreenReason, ScreenResult};
use serde_json::{Map, Value, json};

/// Computed columns of the ranked table.
const COMPUTED: [&str; 17] = [
    "rank",
    "row",
    "verdict",
    "net_present_value_eur",
    "heat_cost_eur_mwh",
    "break_even_distance_km",
    "coverage_share",
    "deliverable_gwh_a",
    "heat_pump_mw",
    "pipe_dn",
    "lost_on_the_way_share",
    "scop",
    "investment_eur",
    "yearly_cost_eur",
    "network_trench_km",
    "sizes_tried",
    "why",
];

/// Rows by falling net present value; those that are equal stay in the table's order.
pub(super) fn order(results: &[ScreenResult]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..results.len()).collect();
    let value = |row: usize| results[row].best.net_present_value.eur();
    order.sort_by(|&a, &b| {
        let pays = |row: usize| results[row].reason == ScreenReason::Pays;
        (pays(b).cmp(&pays(a)))
            .then(value(b).total_cmp(&value(a)))
            .then(a.cmp(&b))
    });
    order
}

pub(super) fn files(table: &Table, results: &[ScreenResult], order: &[usize]) -> Vec<OutputFile> {
    let file = |path: &str, bytes: Vec<u8>| OutputFile {
        path: path.to_owned(),
        bytes,
    };
    vec![
        file("screen.csv", ranked(table, results, order)),
        file("frontier.csv", frontier(results)),
        file("summary.json", summary(results).into_bytes()),
    ]
}

fn text(rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        // Writing to memory cannot fail, and all rows are of one length.
        writer
            .write_record(row)
            .expect("invariant: memory takes rows");
    }
    writer.into_inner().expect("invariant: memory takes rows")
}

fn ranked(table: &Table, results: &[ScreenResult], order: &[usize]) -> Vec<u8> {
    let mut head: Vec<String> = COMPUTED.iter().map(|&name| name.to_owned()).collect();
    head.extend(table.headers.iter().cloned());
    let rows = order.iter().enumerate().map(|(rank, &row)| {
        let mut cells = computed(rank + 1, row, &table.pairs[row], &results[row]);
        cells.extend(table.rows[row].iter().cloned());
        cells
    });
    text(std::iter::once(head).chain(rows))
}

fn computed(rank: usize, row: usize, pair: &ScreenPair, result: &ScreenResult) -> Vec<String> {
    let point = &result.best;
    let trench = pair
        .linear_heat_density
        .map_or(0.0, |density| pair.demand.si() / density / 1e3);
    let mut cells = vec![
        rank.to_string(),
        (row + 1).to_string(),
        result.reason.word().to_owned(),
        format!("{:.0}", point.net_present_value.eur()),
        optional(point.heat_cost.map(hukka_units::EnergyPrice::eur_mwh), 2),
        format!("{:.2}", result.break_even.km()),
    ];
    cells.extend(plant(point));
    cells.extend([
        format!("{:.0}", point.investment.eur()),
        format!("{:.0}", point.yearly_cost.eur()),
        format!("{trench:.2}"),
        result.frontier.len().to_string(),
        why(pair, result),
    ]);
    cells
}

fn plant(point: &ScreenPoint) -> [String; 6] {
    [
        format!("{:.4}", point.coverage.si()),
        format!("{:.3}", point.delivered.gwh()),
        format!("{:.3}", point.heat_pump.mw()),
        point.dn.map_or_else(String::new, |dn| dn.to_string()),
        format!("{:.4}", point.lost.si()),
        optional(point.scop.map(hukka_units::Ratio::si), 2),
    ]
}

fn optional(value: Option<f64>, digits: usize) -> String {
    value.map_or_else(String::new, |value| format!("{value:.digits$}"))
}

/// The reason in a sentence with its figures.
fn why(pair: &ScreenPair, result: &ScreenResult) -> String {
    let boiler = pair.boiler_heat.eur_mwh();
    let heat = optional(
        result.best.heat_cost.map(hukka_units::EnergyPrice::eur_mwh),
        0,
    );
    let (distance, break_even) = (pair.distance.km(), result.break_even.km());
    match result.reason {
        ScreenReason::Pays => format!(
            "pays up to {break_even:.1} km: heat of the data centre costs {heat} EUR/MWh in the \
             district, the boiler's {boiler:.0}"
        ),
        ScreenReason::PaysWithoutDataCentre => {
            "the network pays, with boilers alone as well: heat of the data centre does not"
                .to_owned()
        }
        ScreenReason::NoMachine => {
            "no heat pump or exchanger works between these temperatures".to_owned()
        }
        ScreenReason::HeatTooDear => format!(
            "even next door power and upkeep make heat of the data centre dearer than the \
             boiler's {boiler:.0} EUR/MWh"
        ),
        ScreenReason::TooFar => {
            format!("pays up to {break_even:.1} km, the district is {distance:.1} km away")
        }
        ScreenReason::NetworkTooThin => {
            "the new network costs more than customers pay: more heat per metre is needed"
                .to_owned()
        }
        ScreenReason::TooDear => format!(
            "machine and pipes cost more than they save against {boiler:.0} EUR/MWh, next door too"
        ),
        _ => result.reason.word().to_owned(),
    }
}

fn frontier(results: &[ScreenResult]) -> Vec<u8> {
    let head = [
        "row",
        "pipe_dn",
        "heat_pump_mw",
        "deliverable_gwh_a",
        "coverage_share",
        "heat_cost_eur_mwh",
        "investment_eur",
        "net_present_value_eur",
    ];
    let rows = results.iter().enumerate().flat_map(|(row, result)| {
        result.frontier.iter().map(move |point| {
            vec![
                (row + 1).to_string(),
                point.dn.map_or_else(String::new, |dn| dn.to_string()),
                format!("{:.3}", point.heat_pump.mw()),
                format!("{:.3}", point.delivered.gwh()),
                format!("{:.4}", point.coverage.si()),
                optional(point.heat_cost.map(hukka_units::EnergyPrice::eur_mwh), 2),
                format!("{:.0}", point.investment.eur()),
                format!("{:.0}", point.net_present_value.eur()),
            ]
        })
    });
    let head = head.iter().map(|&name| name.to_owned()).collect();
    text(std::iter::once(head).chain(rows))
}

fn summary(results: &[ScreenResult]) -> String {
    let mut verdicts = Map::new();
    for result in results {
        let count = verdicts.entry(result.reason.word()).or_insert(json!(0));
        *count = json!(count.as_u64().unwrap_or(0) + 1);
    }
    let summary: Value = json!({
        "pairs": results.len(),
        "verdicts": verdicts,
        "version": crate::VERSION,
    });
    format!("{summary:#}\n")
}
