//! Which column holds the stamps and which the values.

use super::SeriesRequest;
use super::stamp::parse_stamp;
use super::table::{Table, looks_like_stamp};
use crate::codes;
use crate::findings::Findings;
use crate::number::is_numeric;
use crate::quantity::{SeriesQuantity, UnitForm};
use hukka_model::{Diagnostic, Place};

/// Rows looked at to tell what a column holds.
const SAMPLE: usize = 50;

/// The columns of a table that matter.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Columns {
    /// Column of time stamps, if any.
    pub(crate) time: Option<usize>,
    /// Column of values.
    pub(crate) value: usize,
    /// Unit of the values by their header, if it is not the quantity's own.
    pub(crate) unit: Option<&'static UnitForm>,
}

/// What the first rows of a column hold.
#[derive(Debug, Clone, Copy, Default)]
struct Content {
    filled: usize,
    stamps: usize,
    dates: usize,
    numbers: usize,
}

impl Columns {
    /// Finds the columns, or says why not.
    pub(crate) fn find(
        table: &Table<'_>,
        request: &SeriesRequest<'_>,
        findings: &mut Findings,
    ) -> Option<Self> {
        let contents = contents(table);
        let is_most = |part: usize, content: &Content| part > 0 && 2 * part >= content.filled;
        let time = contents
            .iter()
            .position(|content| is_most(content.stamps, content))
            .or_else(|| {
                contents
                    .iter()
                    .position(|content| is_most(content.dates, content))
            });
        let numeric: Vec<usize> = (0..contents.len())
            .filter(|column| Some(*column) != time)
            .filter(|column| is_most(contents[*column].numbers, &contents[*column]))
            .collect();
        let value = match request.column {
            Some(name) => by_name(table, name, time, request.quantity, findings),
            None => by_content(table, &numeric, time, request.quantity, findings),
        }?;
        let unit = other_unit(&table.names[value], request.quantity);
        if let Some(unit) = unit {
            findings.push(
                Diagnostic::note(
                    codes::CONVERTED,
                    format!(
                        "column `{}` is in {}; values are converted to {}",
                        table.names[value], unit.unit, request.quantity.unit
                    ),
                )
                .at(header_place(table, findings)),
            );
        }
        Some(Self { time, value, unit })
    }
}

fn contents(table: &Table<'_>) -> Vec<Content> {
    let mut contents = vec![Content::default(); table.names.len()];
    for row in 0..table.rows.len().min(SAMPLE) {
        for (content, field) in contents.iter_mut().zip(table.fields(row)) {
            content.filled += usize::from(!field.text.is_empty());
            content.stamps += usize::from(parse_stamp(field.text).is_some());
            content.dates += usize::from(looks_like_stamp(field.text));
            content.numbers += usize::from(is_numeric(field.text));
        }
    }
    contents
}

fn header_place(table: &Table<'_>, findings: &Findings) -> Place {
    let line = table.header.unwrap_or(table.rows[0]);
    findings.lines(line, line.number)
}

/// Headers of the columns that may hold values.
fn listed(table: &Table<'_>, time: Option<usize>) -> String {
    let names: Vec<String> = (0..table.names.len())
        .filter(|column| Some(*column) != time)
        .map(|column| format!("`{}`", table.names[column]))
        .collect();
    names.join(", ")
}

/// An error about the key that names the column.
fn wrong_column(message: String, table: &Table<'_>, findings: &Findings) -> Diagnostic {
    Diagnostic::error(codes::COLUMN, message)
        .at(header_place(table, findings))
        .about("column")
}

/// The column whose header is the name, in the same case or another, with or without its unit.
fn by_name(
    table: &Table<'_>,
    name: &str,
    time: Option<usize>,
    quantity: &SeriesQuantity,
    findings: &mut Findings,
) -> Option<usize> {
    let wanted = name.trim().to_lowercase();
    let matches: [&dyn Fn(&str) -> bool; 3] = [
        &|header| header == name,
        &|header| header.to_lowercase() == wanted,
        &|header| without_unit(header, quantity) == wanted,
    ];
    for is_match in matches {
        let found: Vec<usize> = (0..table.names.len())
            .filter(|column| is_match(&table.names[*column]))
            .collect();
        match found[..] {
            [] => {}
            [column] if Some(column) == time => {
                let message = format!("column `{name}` holds the time stamps, not the values");
                let problem = wrong_column(message, table, findings)
                    .seen(name)
                    .allowed(listed(table, time))
                    .help("name a column of values in `column`");
                findings.push(problem);
                return None;
            }
            [column] => return Some(column),
            _ => {
                let message = format!("column `{name}` comes twice");
                let problem = wrong_column(message, table, findings)
                    .seen(listed(table, time))
                    .help("give each column a name of its own");
                findings.push(problem);
                return None;
            }
        }
    }
    let help = if table.header.is_none() {
        "the file has no header line; add one, or name no column".to_owned()
    } else {
        format!("name one of them in `column`: {}", listed(table, time))
    };
    let problem = wrong_column(format!("there is no column `{name}`"), table, findings)
        .seen(name)
        .allowed(listed(table, time))
        .help(help);
    findings.push(problem);
    None
}

/// The only numeric column, or the only one whose header ends in a unit of the quantity.
fn by_content(
    table: &Table<'_>,
    numeric: &[usize],
    time: Option<usize>,
    quantity: &SeriesQuantity,
    findings: &mut Findings,
) -> Option<usize> {
    if let [column] = numeric {
        return Some(*column);
    }
    if numeric.is_empty() {
        let others: Vec<usize> = (0..table.names.len())
            .filter(|column| Some(*column) != time)
            .collect();
        if let [column] = others[..] {
            return Some(column);
        }
    }
    let with_unit: Vec<usize> = numeric
        .iter()
        .copied()
        .filter(|column| has_own_unit(&table.names[*column], quantity))
        .collect();
    if let [column] = with_unit[..] {
        findings.push(
            Diagnostic::note(
                codes::COLUMN_BY_UNIT,
                format!(
                    "column `{}` is read: the only one in {}",
                    table.names[column], quantity.unit
                ),
            )
            .at(header_place(table, findings)),
        );
        return Some(column);
    }
    let message = if numeric.is_empty() {
        format!("no column holds numbers for the {}", quantity.name)
    } else {
        format!("several columns could be the {}", quantity.name)
    };
    let problem = wrong_column(message, table, findings)
        .seen(listed(table, time))
        .help("name the column of the values in `column`");
    findings.push(problem);
    None
}

fn has_own_unit(header: &str, quantity: &SeriesQuantity) -> bool {
    ends_in(header, quantity.suffixes)
}

fn ends_in(header: &str, suffixes: &[&str]) -> bool {
    let header = header.to_lowercase();
    suffixes.iter().any(|suffix| header.ends_with(suffix))
}

/// The unit in a header when it is another than the quantity's own.
fn other_unit(header: &str, quantity: &SeriesQuantity) -> Option<&'static UnitForm> {
    if has_own_unit(header, quantity) {
        return None;
    }
    quantity
        .other_units
        .iter()
        .find(|unit| ends_in(header, unit.suffixes))
}

fn without_unit(header: &str, quantity: &SeriesQuantity) -> String {
    let header = header.to_lowercase();
    let others = quantity.other_units.iter().flat_map(|unit| unit.suffixes);
    let suffixes = quantity.suffixes.iter().chain(others);
    suffixes
        .filter_map(|suffix| header.strip_suffix(suffix))
        .min_by_key(|base| base.len())
        .unwrap_or(&header)
        .trim()
        .to_owned()
}
