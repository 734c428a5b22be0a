//! Series beside a case: wide tables, `time_s` and one column per element and quantity.

use super::SERIES_FILES;
use crate::fields::{FLOW_KG_S, HEAT_W, PRESSURE_BAR, Range, TEMPERATURE_K};
use crate::findings::{Findings, short};
use crate::network::build::in_unit;
use hukka_model::network_case::{CaseSeries, ConsumerMode, NetworkCase, SeriesTarget};
use hukka_model::{Diagnostic, Place};
use hukka_units::{HeatPower, TimeSpan};
use std::collections::HashMap;

/// A quantity a column may hold: its suffix, SI per unit of the file, what is allowed.
struct Quantity {
    suffix: &'static str,
    factor: f64,
    range: Range,
    target: fn(usize) -> SeriesTarget,
}

const KELVIN: Range = Range::new(-500.0, 500.0, "−500 to 500 K");

const OF_SOURCES: [Quantity; 5] = [
    Quantity {
        suffix: "t_supply_k",
        factor: 1.0,
        range: TEMPERATURE_K,
        target: SeriesTarget::SourceTemperature,
    },
    Quantity {
        suffix: "mdot_kg_s",
        factor: 1.0,
        range: FLOW_KG_S,
        target: SeriesTarget::SourceFlow,
    },
    Quantity {
        suffix: "q_w",
        factor: 1.0,
        range: HEAT_W,
        target: SeriesTarget::SourceHeat,
    },
    Quantity {
        suffix: "p_supply_bar",
        factor: 1e5,
        range: PRESSURE_BAR,
        target: SeriesTarget::SourcePressure,
    },
    Quantity {
        suffix: "dp_bar",
        factor: 1e5,
        range: PRESSURE_BAR,
        target: SeriesTarget::SourceDifference,
    },
];

const OF_CONSUMERS: [Quantity; 4] = [
    Quantity {
        suffix: "q_w",
        factor: 1.0,
        range: HEAT_W,
        target: SeriesTarget::ConsumerHeat,
    },
    Quantity {
        suffix: "mdot_kg_s",
        factor: 1.0,
        range: FLOW_KG_S,
        target: SeriesTarget::ConsumerFlow,
    },
    Quantity {
        suffix: "t_return_k",
        factor: 1.0,
        range: TEMPERATURE_K,
        target: SeriesTarget::ConsumerReturn,
    },
    Quantity {
        suffix: "dt_k",
        factor: 1.0,
        range: KELVIN,
        target: SeriesTarget::ConsumerCooling,
    },
];

const AMBIENT: Quantity = Quantity {
    suffix: "ambient_temperature_k",
    factor: 1.0,
    range: TEMPERATURE_K,
    target: |_| SeriesTarget::Ambient,
};

/// Adds the series found beside a case to it.
pub(super) fn read(case: &mut NetworkCase, beside: &[(String, Vec<u8>)], found: &mut Findings) {
    for name in SERIES_FILES {
        let file = beside.iter().find(|(other, _)| other == name);
        if let Some((_, bytes)) = file {
            read_file(case, name, bytes, found);
        }
    }
    flows_that_follow_heat(case, found);
}

/// A consumer of given heat and flow whose series has the heat alone keeps its cooling: its flow
/// changes in proportion, as in the runs the reference cases come from.
fn flows_that_follow_heat(case: &mut NetworkCase, found: &mut Findings) {
    let mut flows = Vec::new();
    for series in &case.series {
        let SeriesTarget::ConsumerHeat(index) = series.target else {
            continue;
        };
        let consumer = &case.consumers[index];
        let has_flows = case
            .series
            .iter()
            .any(|other| other.target == SeriesTarget::ConsumerFlow(index));
        let usual = consumer.heat.map_or(0.0, HeatPower::w);
        let Some(flow) = consumer.mass_flow.filter(|_| usual.abs() > 0.0) else {
            continue;
        };
        if consumer.mode != ConsumerMode::HeatFlow || has_flows {
            continue;
        }
        let text = "in proportion to its heat";
        found.assume("consumer", "a series of `mdot_kg_s`", text, &consumer.id);
        let scaled = |heat: &Option<f64>| heat.map(|heat| flow.kg_s() * heat / usual);
        flows.push(CaseSeries {
            target: SeriesTarget::ConsumerFlow(index),
            values: series.values.iter().map(scaled).collect(),
        });
    }
    case.series.extend(flows);
}

fn problem(name: &str, line: Option<usize>, message: impl Into<String>) -> Diagnostic {
    let place = line.map_or_else(|| Place::file(name), |line| Place::line(name, line));
    Diagnostic::error("HK1013", message).at(place)
}

/// A column of the file: the element it changes, and how.
struct Column {
    name: String,
    quantity: &'static Quantity,
    series: CaseSeries,
}

fn read_file(case: &mut NetworkCase, name: &str, bytes: &[u8], found: &mut Findings) {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(bytes);
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(error) => {
            found.push(
                problem(name, None, "the table cannot be read").seen(short(&error.to_string())),
            );
            return;
        }
    };
    if header.get(0) != Some("time_s") {
        let seen = header.get(0).unwrap_or_default();
        found.push(
            problem(name, Some(1), "the first column must be `time_s`")
                .seen(short(seen))
                .help("name the first column time_s: seconds from the start"),
        );
        return;
    }
    let mut columns = columns(case, name, &header, found);
    let mut times = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => read_row(name, &record, &mut times, &mut columns, found),
            Err(error) => {
                let message = format!("a row cannot be read: {}", short(&error.to_string()));
                found.push(
                    problem(name, None, message)
                        .help("give every row as many fields as the header"),
                );
                return;
            }
        }
    }
    take_times(case, name, times, found);
    case.series
        .extend(columns.into_iter().flatten().map(|column| column.series));
}

/// What each column after the first changes; `None` for one that is left out.
fn columns(
    case: &NetworkCase,
    name: &str,
    header: &csv::StringRecord,
    found: &mut Findings,
) -> Vec<Option<Column>> {
    let (ids, quantities): (HashMap<&str, usize>, &'static [Quantity]) = match name {
        "series_sources.csv" => (
            by_id(case.sources.iter().map(|s| s.id.as_str())),
            &OF_SOURCES,
        ),
        "series_consumers.csv" => (
            by_id(case.consumers.iter().map(|c| c.id.as_str())),
            &OF_CONSUMERS,
        ),
        _ => (HashMap::new(), &[]),
    };
    let mut seen: Vec<SeriesTarget> = Vec::new();
    let mut out = Vec::new();
    for column in header.iter().skip(1) {
        let target = target_of(column, &ids, quantities);
        let Some((quantity, target)) = target else {
            found.push(
                problem(
                    name,
                    Some(1),
                    format!("column `{}` belongs to nothing in the case", short(column)),
                )
                .allowed("ELEMENT.QUANTITY, for example c0.q_w or plant0.t_supply_k")
                .help("name an element of the case, or take the column out"),
            );
            out.push(None);
            continue;
        };
        if seen.contains(&target) {
            found.push(problem(
                name,
                Some(1),
                format!("column `{}` is there twice", short(column)),
            ));
        }
        seen.push(target);
        out.push(Some(Column {
            name: column.to_owned(),
            quantity,
            series: CaseSeries {
                target,
                values: Vec::new(),
            },
        }));
    }
    out
}

fn by_id<'c>(ids: impl Iterator<Item = &'c str>) -> HashMap<&'c str, usize> {
    ids.enumerate().map(|(index, id)| (id, index)).collect()
}

fn target_of(
    column: &str,
    ids: &HashMap<&str, usize>,
    quantities: &'static [Quantity],
) -> Option<(&'static Quantity, SeriesTarget)> {
    if quantities.is_empty() {
        return (column == AMBIENT.suffix).then_some((&AMBIENT, SeriesTarget::Ambient));
    }
    let (id, suffix) = column.rsplit_once('.')?;
    let index = *ids.get(id)?;
    let quantity = quantities
        .iter()
        .find(|quantity| quantity.suffix == suffix)?;
    Some((quantity, (quantity.target)(index)))
}

fn read_row(
    name: &str,
    record: &csv::StringRecord,
    times: &mut Vec<f64>,
    columns: &mut [Option<Column>],
    found: &mut Findings,
) {
    let line = record.position().map(|position| position.line() as usize);
    let time = record.get(0).unwrap_or_default();
    if let Some(time) = time
        .parse::<f64>()
        .ok()
        .filter(|time| time.is_finite() && time.abs() < 1e12)
    {
        if times.last().is_some_and(|last| time <= *last) {
            found.push(
                problem(name, line, "`time_s` does not rise")
                    .seen(time)
                    .help("sort the rows by time and leave no time twice"),
            );
        }
        times.push(time);
    } else {
        found.push(
            problem(name, line, "`time_s` is no number")
                .seen(short(time))
                .allowed("seconds from the start"),
        );
        times.push(times.last().map_or(0.0, |last| last + 1.0));
    }
    for (field, column) in record.iter().skip(1).zip(columns) {
        let Some(column) = column else { continue };
        let value = parse_field(field, column, name, line, found);
        column.series.values.push(value);
    }
}

/// An empty field keeps the value of the case.
fn parse_field(
    field: &str,
    column: &Column,
    name: &str,
    line: Option<usize>,
    found: &mut Findings,
) -> Option<f64> {
    if field.is_empty() {
        return None;
    }
    let range = column.quantity.range;
    let value = field
        .parse::<f64>()
        .ok()
        .filter(|value| range.holds(*value));
    if value.is_none() {
        found.push(
            problem(
                name,
                line,
                format!("`{}` cannot be {}", short(&column.name), short(field)),
            )
            .about(short(&column.name))
            .seen(short(field))
            .allowed(format!(
                "{}, or nothing to keep the value of the case",
                range.words
            )),
        );
    }
    value.map(|value| value * column.quantity.factor)
}

/// All series of a case have the same times.
fn take_times(case: &mut NetworkCase, name: &str, times: Vec<f64>, found: &mut Findings) {
    let times: Vec<TimeSpan> = times.into_iter().map(TimeSpan::from_s).collect();
    if times.is_empty() {
        found.push(
            problem(name, None, "the table has no rows")
                .help("give it one row per time, or take the file away"),
        );
        return;
    }
    if case.times.is_empty() {
        case.times = times;
    } else if case.times != times {
        found.push(
            problem(
                name,
                None,
                "the times differ from those of the other series",
            )
            .seen(format!("{} rows", times.len()))
            .allowed(format!(
                "the same {} times in every series file",
                case.times.len()
            ))
            .help("write all series at the same times; a field may be empty"),
        );
    }
}

/// The series of a case as files to lie beside it.
pub(in crate::network) fn write_series(case: &NetworkCase) -> Vec<(String, Vec<u8>)> {
    if case.times.is_empty() {
        return Vec::new();
    }
    let mut files = Vec::new();
    for name in SERIES_FILES {
        let chosen: Vec<(String, f64, &CaseSeries)> = case
            .series
            .iter()
            .filter_map(|series| {
                let (file, column, factor) = column_of(case, series.target)?;
                (file == name).then_some((column, factor, series))
            })
            .collect();
        if !chosen.is_empty() {
            files.push((name.to_owned(), table(case, &chosen).into_bytes()));
        }
    }
    files
}

fn table(case: &NetworkCase, chosen: &[(String, f64, &CaseSeries)]) -> String {
    let mut text = "time_s".to_owned();
    for (column, _, _) in chosen {
        text.push(',');
        text.push_str(&quoted(column));
    }
    text.push('\n');
    for (row, time) in case.times.iter().enumerate() {
        text.push_str(&time.s().to_string());
        for (_, factor, series) in chosen {
            text.push(',');
            if let Some(value) = series.values.get(row).copied().flatten() {
                text.push_str(&in_unit(value, *factor).to_string());
            }
        }
        text.push('\n');
    }
    text
}

/// A name as a field of a table.
fn quoted(name: &str) -> String {
    if name.contains([',', '"', '\n', '\r']) || name.trim() != name {
        format!("\"{}\"", name.replace('"', "\"\""))
    } else {
        name.to_owned()
    }
}

/// File, column and factor of a series.
fn column_of(case: &NetworkCase, target: SeriesTarget) -> Option<(&'static str, String, f64)> {
    let named = |list: &'static [Quantity], index: usize, id: &str, file| {
        let quantity = list
            .iter()
            .find(|quantity| (quantity.target)(index) == target)?;
        Some((file, format!("{id}.{}", quantity.suffix), quantity.factor))
    };
    match target {
        SeriesTarget::SourceTemperature(index)
        | SeriesTarget::SourceFlow(index)
        | SeriesTarget::SourceHeat(index)
        | SeriesTarget::SourcePressure(index)
        | SeriesTarget::SourceDifference(index) => {
            let id = &case.sources.get(index)?.id;
            named(&OF_SOURCES, index, id, SERIES_FILES[0])
        }
        SeriesTarget::ConsumerHeat(index)
        | SeriesTarget::ConsumerFlow(index)
        | SeriesTarget::ConsumerReturn(index)
        | SeriesTarget::ConsumerCooling(index) => {
            let id = &case.consumers.get(index)?.id;
            named(&OF_CONSUMERS, index, id, SERIES_FILES[1])
        }
        SeriesTarget::Ambient => Some((SERIES_FILES[2], AMBIENT.suffix.to_owned(), AMBIENT.factor)),
    }
}
