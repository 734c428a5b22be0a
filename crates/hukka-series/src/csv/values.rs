//! The value of every row, checked against the quantity's range.

use super::SeriesRequest;
use super::column::Columns;
use super::table::{Table, fields, is_missing_word};
use crate::codes;
use crate::findings::Findings;
use crate::number::{decimal_mark, parse_number};
use crate::quantity::{SeriesQuantity, UnitForm};
use crate::text::Field;
use hukka_model::Diagnostic;

/// One data row as read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    /// Index among the table's rows.
    pub(crate) index: usize,
    /// Instant of the stamp, if it could be read.
    pub(crate) unix_s: Option<i64>,
    /// Value in the quantity's unit, if it could be read.
    pub(crate) value: Option<f64>,
}

const WRONG_COLUMN: &str = "check that this is the right column, and its unit";

/// Reads all values and reports what is wrong with them.
pub(crate) fn read(
    table: &Table<'_>,
    columns: &Columns,
    instants: Option<&[Option<i64>]>,
    request: &SeriesRequest<'_>,
    findings: &mut Findings,
) -> Vec<Row> {
    let quantity = request.quantity;
    let fills = request.gaps.fills();
    let fields: Vec<Option<Field<'_>>> = (0..table.rows.len())
        .map(|row| checked_field(table, row, columns.value, findings))
        .collect();
    let decimal = decimal_mark(fields.iter().flatten().map(|field| field.text));
    let rows: Vec<Row> = fields
        .iter()
        .enumerate()
        .map(|(index, field)| {
            let value = field.and_then(|field| {
                let value = parse_number(field.text, decimal);
                if value.is_none() && !is_absent(field.text, fills) {
                    findings.push(not_a_number(table, index, field, decimal, findings));
                }
                value
            });
            Row {
                index,
                unix_s: instants.and_then(|instants| instants[index]),
                value: value
                    .filter(|value| !(fills && is_mark(*value, columns.unit, quantity)))
                    .map(|value| converted(value, columns.unit)),
            }
        })
        .collect();
    if !fills {
        report_missing(table, columns.value, &fields, quantity, findings);
    }
    report_range(table, columns, &rows, quantity, findings);
    rows
}

fn converted(value: f64, unit: Option<&UnitForm>) -> f64 {
    unit.map_or(value, |unit| value * unit.scale + unit.offset)
}

/// The value field of a row, if the row has as many fields as the header.
fn checked_field<'a>(
    table: &Table<'a>,
    row: usize,
    column: usize,
    findings: &mut Findings,
) -> Option<Field<'a>> {
    let expected = table.names.len();
    let line = table.rows[row];
    let mut value = None;
    let mut count = 0;
    let mut is_last_empty = false;
    for field in fields(line.text, table.separator) {
        if count == column {
            value = Some(field);
        }
        count += 1;
        is_last_empty = field.text.is_empty();
    }
    if count == expected || (count == expected + 1 && is_last_empty) {
        return value;
    }
    let help = match (table.separator, count > expected) {
        (Some(','), true) => {
            "a decimal comma, or thousands commas? write decimal points, or separate columns with `;`"
        }
        (_, true) => "remove the extra fields, or put texts with separators in quotes",
        (_, false) => "fill the row, with empty fields where nothing is known",
    };
    findings.push(
        Diagnostic::error(
            codes::FIELD_COUNT,
            "the row has another number of fields than the header",
        )
        .at(findings.lines(line, line.number))
        .seen(format!("{count} fields"))
        .allowed(format!("{expected} fields"))
        .help(help),
    );
    None
}

/// Whether a field stands for no value; where holes are filled, a broken number does too.
fn is_absent(text: &str, fills: bool) -> bool {
    is_blank(text) || (fills && is_missing_word(text))
}

/// Whether a number is one of the usual marks for a missing value, and no possible one.
fn is_mark(value: f64, unit: Option<&UnitForm>, quantity: &SeriesQuantity) -> bool {
    const MARKS: [f64; 7] = [-99.9, 99.9, -999.0, 999.0, -9999.0, 9999.0, 999.9];
    MARKS.iter().any(|mark| (value - mark).abs() < 1e-9)
        && is_outside(converted(value, unit), quantity)
}

fn is_blank(text: &str) -> bool {
    text.is_empty()
        || (is_missing_word(text)
            && !["nan", "inf", "-inf"]
                .iter()
                .any(|word| word.eq_ignore_ascii_case(text)))
}

fn not_a_number(
    table: &Table<'_>,
    row: usize,
    field: Field<'_>,
    decimal: char,
    findings: &Findings,
) -> Diagnostic {
    let other = if decimal == ',' { '.' } else { ',' };
    let digits = field.text.bytes().filter(u8::is_ascii_digit).count();
    let lower = field.text.to_ascii_lowercase();
    let help = if lower.contains("nan") || lower.contains("inf") {
        "give the value, or mend the file where it was computed"
    } else if parse_number(field.text, other).is_some() {
        "the decimal mark differs from the other rows; use one throughout"
    } else if digits > 3
        && field
            .text
            .contains([',', '.', ' ', '\'', '\u{a0}', '\u{202f}'])
    {
        "write numbers without thousands separators; hukka will not guess them"
    } else {
        "write a plain number, the unit belongs into the header"
    };
    Diagnostic::error(codes::NOT_A_NUMBER, "the value is not a finite number")
        .at(findings.field(table.rows[row], field))
        .seen(field.text)
        .allowed(format!("a number such as 12{decimal}5"))
        .help(help)
}

/// One finding per run of rows without a value.
fn report_missing(
    table: &Table<'_>,
    column: usize,
    fields: &[Option<Field<'_>>],
    quantity: &SeriesQuantity,
    findings: &mut Findings,
) {
    let is_missing = |row: usize| fields[row].is_some_and(|field| is_blank(field.text));
    let mut row = 0;
    while row < fields.len() {
        if !is_missing(row) {
            row += 1;
            continue;
        }
        let first = row;
        while row < fields.len() && is_missing(row) {
            row += 1;
        }
        let count = row - first;
        let message = if count == 1 {
            "the row has no value".to_owned()
        } else {
            format!("{count} rows have no value")
        };
        let place = match fields[first] {
            Some(field) if count == 1 => findings.field(table.rows[first], field),
            _ => findings.lines(table.rows[first], table.rows[row - 1].number),
        };
        let seen = fields[first].map_or("", |field| field.text);
        findings.push(
            Diagnostic::error(codes::MISSING_VALUE, message)
                .at(place)
                .about(format!("column {}", table.names[column]))
                .seen(if seen.is_empty() { "(empty)" } else { seen })
                .allowed(format!("the {} in {}", quantity.name, quantity.unit))
                .help("fill the hole where you know how; hukka will not guess values"),
        );
    }
}

fn report_range(
    table: &Table<'_>,
    columns: &Columns,
    rows: &[Row],
    quantity: &SeriesQuantity,
    findings: &mut Findings,
) {
    let values: Vec<f64> = rows.iter().filter_map(|row| row.value).collect();
    let lookalike = lookalike(&values, columns.unit, quantity);
    let hint = lookalike.map(|unit| {
        let ending = unit.suffixes.first().unwrap_or(&"");
        format!(
            "the values look like {}; convert them, or end the header in `{ending}` and hukka converts",
            unit.unit
        )
    });
    let outside: Vec<&Row> = rows
        .iter()
        .filter(|row| row.value.is_some_and(|value| is_outside(value, quantity)))
        .collect();
    if let (Some(first), true) = (
        outside.first(),
        hint.is_some() || 2 * outside.len() > rows.len(),
    ) {
        let count = format!(
            "{} of {} values are outside the range",
            outside.len(),
            values.len()
        );
        let mut finding = out_of_range(table, columns.value, first, quantity, findings, count);
        finding.help = hint.or_else(|| Some(WRONG_COLUMN.to_owned()));
        findings.push(finding);
        return;
    }
    for row in &outside {
        let message = format!("the {} is out of range", quantity.name);
        findings.push(
            out_of_range(table, columns.value, row, quantity, findings, message)
                .help("correct the value, or the unit of the column"),
        );
    }
    if let (Some(unit), Some(hint), true) = (lookalike, hint, outside.is_empty()) {
        let line = table.header.unwrap_or(table.rows[0]);
        findings.push(
            Diagnostic::warning(
                codes::LOOKALIKE,
                format!("the values look like {}, not {}", unit.unit, quantity.unit),
            )
            .at(findings.lines(line, line.number))
            .about(format!("column {}", table.names[columns.value]))
            .allowed(format!("the {} in {}", quantity.name, quantity.unit))
            .help(hint),
        );
    }
}

fn is_outside(value: f64, quantity: &SeriesQuantity) -> bool {
    quantity
        .range
        .is_some_and(|(low, high)| !(low..=high).contains(&value))
}

fn out_of_range(
    table: &Table<'_>,
    column: usize,
    row: &Row,
    quantity: &SeriesQuantity,
    findings: &Findings,
    message: String,
) -> Diagnostic {
    let line = table.rows[row.index];
    let field = table.field(row.index, column);
    let place = field.map_or_else(
        || findings.lines(line, line.number),
        |field| findings.field(line, field),
    );
    let allowed = quantity.range.map_or_else(String::new, |(low, high)| {
        format!("{low} to {high} {}", quantity.unit)
    });
    Diagnostic::error(codes::RANGE, message)
        .at(place)
        .about(format!("column {}", table.names[column]))
        .seen(field.map_or("", |field| field.text))
        .allowed(allowed)
}

/// The other unit the values of a year look like, by median and 99th percentile.
fn lookalike(
    values: &[f64],
    stated: Option<&UnitForm>,
    quantity: &SeriesQuantity,
) -> Option<&'static UnitForm> {
    const FEWEST: usize = 24;
    if stated.is_some() || values.len() < FEWEST {
        return None;
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |share: f64| sorted[((sorted.len() - 1) as f64 * share).round() as usize];
    let (median, high) = (at(0.5), at(0.99));
    quantity.other_units.iter().find(|unit| {
        unit.median
            .is_some_and(|(low, top)| (low..=top).contains(&median))
            && (unit.high.0..=unit.high.1).contains(&high)
    })
}
