//! From hours of a file to the hours of the study year.

use super::SeriesRequest;
use super::hours::Hourly;
use super::values::Row;
use crate::codes;
use crate::findings::Findings;
use crate::gaps::fill;
use crate::quantity::SeriesQuantity;
use crate::typical::{leap_day_finding, typical_hours};
use hukka_model::{Diagnostic, TimeAxis};
use jiff::Timestamp;
use jiff::tz::Offset;

/// Hours that may be missing at either end of the year.
const COMPLETED_AT_MOST: i64 = 24;
const HOUR: i64 = 3600;

/// Cuts the hours of the axis out of a series; a whole year that begins up to 24 h off is turned
/// round, with a warning. Where holes are filled, hours beyond the ends of the file are holes too.
pub(crate) fn with_stamps(
    series: &Hourly,
    axis: &TimeAxis,
    request: &SeriesRequest<'_>,
    findings: &mut Findings,
) -> Option<Vec<f64>> {
    let quantity = request.quantity;
    let steps = axis.len() as i64;
    let length = series.values.len() as i64;
    let shift = series.start_unix_s - axis.start_unix_s;
    let is_aligned = shift.rem_euclid(HOUR) == 0;
    let first = shift.div_euclid(HOUR);
    let at_start = first.clamp(0, steps);
    let at_end = (steps - first - length).clamp(0, steps);
    let fills = request.gaps.fills();
    let within_rule = fills && at_start.max(at_end) <= request.gaps.max_hours as i64;
    let is_too_far = at_start > COMPLETED_AT_MOST || at_end > COMPLETED_AT_MOST;
    if !is_aligned || (is_too_far && !within_rule) {
        findings.push(not_covered(series, axis, quantity));
        return None;
    }
    if fills && at_start + at_end > 0 && (length < steps || is_too_far) {
        return filled(series, first, axis, request, findings);
    }
    if length < steps {
        findings.push(too_few_hours(series, axis, quantity));
        return None;
    }
    let mut completed = 0;
    let hours: Vec<i64> = (0..steps)
        .map(|step| {
            let wanted = step - first;
            let source = source_hour(wanted, length, steps);
            completed += i64::from(source != wanted);
            source
        })
        .collect();
    if completed > 0 {
        findings.push(completed_ends(at_start, at_end, axis, quantity));
    }
    let cut = |values: &[f64]| hours.iter().map(|hour| values[*hour as usize]).collect();
    let whole: Option<Vec<f64>> = series.values.iter().copied().collect();
    if let Some(values) = whole {
        return Some(cut(&values));
    }
    if completed == 0 && fills {
        return filled(series, first, axis, request, findings);
    }
    let stamp = |hour: usize| instant(series.start_unix_s + HOUR * hour as i64);
    let all = 0..series.values.len();
    let values = fills.then(|| {
        fill(
            (&series.values, all),
            request.gaps,
            quantity.name,
            stamp,
            findings,
        )
    });
    values.flatten().map(|values| cut(&values))
}

/// The axis' hours of a series with holes, filled with what the file holds beyond the year too.
fn filled(
    series: &Hourly,
    first: i64,
    axis: &TimeAxis,
    request: &SeriesRequest<'_>,
    findings: &mut Findings,
) -> Option<Vec<f64>> {
    const BEYOND: i64 = 14 * 24;
    let steps = axis.len() as i64;
    let length = series.values.len() as i64;
    let (from, until) = (
        (-BEYOND).max(first.min(0)),
        (steps + BEYOND).min((first + length).max(steps)),
    );
    let value = |step: i64| {
        let hour = usize::try_from(step - first).ok()?;
        series.values.get(hour).copied().flatten()
    };
    let values: Vec<Option<f64>> = (from..until).map(value).collect();
    let year = (-from) as usize..(steps - from) as usize;
    let stamp = |hour: usize| instant(axis.start_unix_s + HOUR * (from + hour as i64));
    let rule = request.gaps;
    fill(
        (&values, year),
        rule,
        request.quantity.name,
        stamp,
        findings,
    )
}

/// The hour of the series that stands in for a wanted one: itself where it exists, else the hour
/// one year away, at the other end.
fn source_hour(wanted: i64, length: i64, steps: i64) -> i64 {
    if wanted < 0 {
        wanted + steps
    } else if wanted >= length {
        wanted - steps
    } else {
        wanted
    }
}

/// A file that lacks hours of a year is not completed: only a whole year that begins a few hours
/// off, such as a UTC year beside a local one, is turned round.
fn too_few_hours(series: &Hourly, axis: &TimeAxis, quantity: &SeriesQuantity) -> Diagnostic {
    let (hours, steps) = (series.values.len(), axis.len());
    let end = series.start_unix_s + HOUR * hours as i64;
    Diagnostic::error(
        codes::COUNT,
        format!(
            "the {} holds {hours} of the {steps} hours of the study year",
            quantity.name
        ),
    )
    .seen(format!(
        "{hours} h, {} to {}",
        instant(series.start_unix_s),
        instant(end)
    ))
    .allowed(format!(
        "a whole year of {steps} h; {} to {}",
        instant(axis.start_unix_s),
        instant(axis.unix_s(steps))
    ))
    .help(format!(
        "add the {} missing hours; hukka will not guess values",
        steps - hours
    ))
}

fn completed_ends(
    at_start: i64,
    at_end: i64,
    axis: &TimeAxis,
    quantity: &SeriesQuantity,
) -> Diagnostic {
    let mut parts = Vec::new();
    if at_start > 0 {
        parts.push(format!("the first {at_start} h from {}", axis.stamp(0)));
    }
    if at_end > 0 {
        parts.push(format!(
            "the last {at_end} h from {}",
            axis.stamp(axis.len() - at_end as usize)
        ));
    }
    Diagnostic::warning(
        codes::COMPLETED,
        format!(
            "the {} misses {}; they are taken from the same hours of the day at the other end of \
             the series",
            quantity.name,
            parts.join(" and ")
        ),
    )
    .seen(format!("{} h missing", at_start + at_end))
    .allowed("a whole year that begins up to 24 h off, as when the file keeps the UTC year")
    .help("give the missing hours, or leave the year to the weather file")
}

fn not_covered(series: &Hourly, axis: &TimeAxis, quantity: &SeriesQuantity) -> Diagnostic {
    let end = series.start_unix_s + HOUR * series.values.len() as i64;
    let steps = axis.len();
    let help = if series.values.len() + 48 < steps {
        format!(
            "a series must cover the whole year; this one has {} of {steps} h",
            series.values.len()
        )
    } else if series.start_unix_s.rem_euclid(HOUR) != axis.start_unix_s.rem_euclid(HOUR) {
        "the hours of the file do not begin where those of the study year do".to_owned()
    } else {
        let middle = series.start_unix_s + HOUR * 4380;
        let year = Timestamp::from_second(middle)
            .map_or(0, |instant| Offset::UTC.to_datetime(instant).year());
        format!("set the study year to one the file covers, such as time.year = {year}")
    };
    Diagnostic::error(
        codes::COVERAGE,
        format!("the {} does not cover the study year", quantity.name),
    )
    .seen(format!(
        "{} to {}",
        instant(series.start_unix_s),
        instant(end)
    ))
    .allowed(format!(
        "{} to {}, with at most 24 h missing at either end",
        instant(axis.start_unix_s),
        instant(axis.unix_s(steps))
    ))
    .help(help)
}

fn instant(unix_s: i64) -> String {
    Timestamp::from_second(unix_s).map_or_else(|_| format!("{unix_s} s"), |at| at.to_string())
}

/// Puts rows without stamps onto the axis: hours of the year in local standard time.
pub(crate) fn without_stamps(
    rows: &[Row],
    axis: &TimeAxis,
    request: &SeriesRequest<'_>,
    findings: &mut Findings,
) -> Option<Vec<f64>> {
    let quantity = request.quantity;
    if rows.len() != 8760 && rows.len() != 8784 {
        let code = if rows.len().abs_diff(8772) < 200 {
            codes::COUNT
        } else {
            codes::NO_TIME_COLUMN
        };
        findings.push(
            Diagnostic::error(code, format!("the {} has no time stamps", quantity.name))
                .seen(format!("{} rows", rows.len()))
                .allowed("a column of time stamps, or exactly 8,760 or 8,784 rows")
                .help("add a column of ISO 8601 stamps such as 2023-02-06T07:00Z"),
        );
        return None;
    }
    let values: Vec<Option<f64>> = rows.iter().map(|row| row.value).collect();
    let values = match values.iter().copied().collect::<Option<Vec<f64>>>() {
        Some(whole) => whole,
        None if request.gaps.fills() => fill(
            (&values, 0..values.len()),
            request.gaps,
            quantity.name,
            |hour| format!("row {}", hour + 1),
            findings,
        )?,
        None => return None,
    };
    let has_leap_day = values.len() == 8784;
    findings.push(
        Diagnostic::note(
            codes::NO_STAMPS_NOTE,
            format!(
                "the {} has no time stamps; its {} rows are read as the hours of the year from \
                 1 January in local standard time",
                quantity.name,
                values.len()
            ),
        )
        .help("add a column of time stamps to be sure"),
    );
    if let Some(finding) = leap_day_finding(axis, has_leap_day) {
        findings.push(finding);
    }
    let hours = typical_hours(axis, standard_offset_minutes(axis), has_leap_day);
    Some(hours.into_iter().map(|hour| values[hour]).collect())
}

/// Offset of local standard time: the smallest of the year.
fn standard_offset_minutes(axis: &TimeAxis) -> i64 {
    let offsets = axis.calendar.iter().map(|hour| hour.utc_offset_minutes);
    i64::from(offsets.min().unwrap_or(0))
}
