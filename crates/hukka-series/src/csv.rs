//! Series files: delimited text with one value per quarter, half or whole hour.

mod clock;
mod column;
mod fmi;
mod hours;
mod onto_axis;
mod stamp;
mod table;
mod values;

use crate::codes;
use crate::findings::Findings;
use crate::gaps::Gaps;
use crate::quantity::SeriesQuantity;
use crate::text::{MAX_ROWS, decode};
use clock::Clock;
use column::Columns;
use hukka_model::{Diagnostic, TimeAxis};
use std::borrow::Cow;
use table::Table;

pub(crate) use stamp::parse_offset;

/// What to read from which file.
#[derive(Debug, Clone, Copy)]
pub struct SeriesRequest<'a> {
    /// Path as the user would write it, for messages.
    pub file: &'a str,
    /// Content of the file.
    pub bytes: &'a [u8],
    /// Header of the value column; `None` takes the only numeric column, or the only one whose
    /// header ends in a unit of the quantity.
    pub column: Option<&'a str>,
    /// Time zone of stamps without offset: IANA name, `UTC`, or fixed offset.
    pub time_zone: Option<&'a str>,
    /// What the values are.
    pub quantity: &'a SeriesQuantity,
    /// What happens to hours the file lacks.
    pub gaps: Gaps,
}

/// Reads a series file onto the hours of an axis, in the quantity's unit.
///
/// Sub-hourly rows are averaged. A stamp names the start of its interval. Up to 24 h missing at
/// either end of the year are taken from the other end, with a warning. Missing hours are errors,
/// or filled by the rule of the request, each told. Rows without any stamps
/// are read as local standard hours of the year when there are exactly 8,760 or 8,784 of them.
///
/// # Shapes  `value[step]`, one per hour of the axis; `None` with at least one error
pub fn read_series(
    request: &SeriesRequest<'_>,
    axis: &TimeAxis,
) -> (Option<Vec<f64>>, Vec<Diagnostic>) {
    let mut findings = Findings::new(request.file);
    let values = read(request, axis, &mut findings);
    let values = values.filter(|_| !findings.has_error());
    (values, findings.finish())
}

fn read(request: &SeriesRequest<'_>, axis: &TimeAxis, findings: &mut Findings) -> Option<Vec<f64>> {
    let text = text(request, findings)?;
    let (table, columns) = open(&text, request, findings)?;
    let Some(time_column) = columns.time else {
        let rows = values::read(&table, &columns, None, request, findings);
        return onto_axis::without_stamps(&rows, axis, request, findings);
    };
    let clock = Clock::new(request.time_zone, findings);
    let stamps = clock.and_then(|clock| clock.read(&table, time_column, findings));
    let rows = values::read(&table, &columns, stamps.as_deref(), request, findings);
    stamps.as_ref()?;
    let series = hours::average(&rows, &table, time_column, request.gaps, findings)?;
    onto_axis::with_stamps(&series, axis, request, findings)
}

/// The first hour of a series file, seconds since 1970-01-01T00:00Z; `None` when the file has no
/// readable stamp, which [`read_series`] explains.
pub fn natural_start(request: &SeriesRequest<'_>) -> Option<i64> {
    let mut findings = Findings::new(request.file);
    let text = text(request, &mut findings)?;
    let (table, columns) = open(&text, request, &mut findings)?;
    let clock = Clock::new(request.time_zone, &mut findings)?;
    let first = clock.first(&table, columns.time?)?;
    Some(first - first.rem_euclid(3600))
}

/// The text of the file, with one column of stamps where the date stands in columns.
fn text<'a>(request: &SeriesRequest<'a>, findings: &mut Findings) -> Option<Cow<'a, str>> {
    match decode(request.file, request.bytes) {
        Ok(text) => Some(fmi::with_stamps(text).map_or(Cow::Borrowed(text), Cow::Owned)),
        Err(diagnostic) => {
            findings.push(diagnostic);
            None
        }
    }
}

fn open<'a>(
    text: &'a str,
    request: &SeriesRequest<'_>,
    findings: &mut Findings,
) -> Option<(Table<'a>, Columns)> {
    let table = Table::new(text);
    if table.rows.len() > MAX_ROWS {
        findings.push(
            Diagnostic::error(codes::FILE_TOO_LARGE, "the series file has too many rows")
                .seen(table.rows.len())
                .allowed(format!("{MAX_ROWS} rows"))
                .help("cut the file to the study year, or average it to hours"),
        );
        return None;
    }
    if table.rows.is_empty() {
        findings.push(
            Diagnostic::error(codes::NO_ROWS, "the series file has no data rows")
                .help("give one row per hour: a time stamp and a value"),
        );
        return None;
    }
    let columns = Columns::find(&table, request, findings)?;
    Some((table, columns))
}
