//! From rows to whole hours: step, order, holes, averages.

use super::table::Table;
use super::values::Row;
use crate::codes;
use crate::findings::Findings;
use crate::gaps::Gaps;
use hukka_model::{Diagnostic, Place};
use jiff::Timestamp;
use jiff::civil::Weekday;

const HOUR: i64 = 3600;
/// Equal distances in a row that make a step.
const REGULAR: usize = 4;

/// Values of consecutive hours.
#[derive(Debug, PartialEq)]
pub(crate) struct Hourly {
    /// Start of the first hour, seconds since 1970-01-01T00:00Z.
    pub(crate) start_unix_s: i64,
    /// One value per hour; `None` where the file lacks it.
    pub(crate) values: Vec<Option<f64>>,
}

/// A row whose stamp could be read.
#[derive(Debug, Clone, Copy)]
struct Stamped {
    index: usize,
    at: i64,
    value: Option<f64>,
}

/// Averages the rows to hours; `None` when they do not form a series, unbroken where holes are not
/// filled, which is reported.
pub(crate) fn average(
    rows: &[Row],
    table: &Table<'_>,
    time_column: usize,
    gaps: Gaps,
    findings: &mut Findings,
) -> Option<Hourly> {
    let mut stamped: Vec<Stamped> = rows
        .iter()
        .filter_map(|row| {
            row.unix_s.map(|at| Stamped {
                index: row.index,
                at,
                value: row.value,
            })
        })
        .collect();
    let is_whole = stamped.len() == rows.len();
    let report = Report { table, time_column };
    let step = report.step(&stamped, findings)?;
    if report.step_changes(&stamped, findings) {
        return None;
    }
    let is_on_grid = report.grid(&stamped, step, findings);
    let is_in_order = report.order(&stamped, findings);
    if !is_in_order {
        stamped.sort_by_key(|row| (row.at, row.index));
        stamped.dedup_by_key(|row| row.at);
    }
    if !is_on_grid {
        return None;
    }
    let is_unbroken = gaps.fills() || report.gaps(&stamped, step, findings);
    (is_whole && is_in_order && is_unbroken).then(|| hourly(&stamped, step))?
}

/// Means of the hours that have all their rows.
fn hourly(rows: &[Stamped], step: i64) -> Option<Hourly> {
    let per_hour = HOUR.div_euclid(step) as usize;
    let from = rows.iter().position(|row| row.at.rem_euclid(HOUR) == 0)?;
    let start = rows[from].at;
    let last = rows.last()?.at;
    // A last hour that the file breaks off in does not count.
    let is_last_whole = (last + step).rem_euclid(HOUR) == 0;
    let hours = (last - start).div_euclid(HOUR) as usize + usize::from(is_last_whole);
    let mut sums = vec![(0.0, 0_usize); hours];
    for row in &rows[from..] {
        let hour = (row.at - start).div_euclid(HOUR) as usize;
        if let (Some(sum), Some(value)) = (sums.get_mut(hour), row.value) {
            sum.0 += value;
            sum.1 += 1;
        }
    }
    let values = sums
        .into_iter()
        .map(|(sum, count)| (count == per_hour).then_some(sum / per_hour as f64))
        .collect();
    Some(Hourly {
        start_unix_s: start,
        values,
    })
}

struct Report<'a> {
    table: &'a Table<'a>,
    time_column: usize,
}

impl Report<'_> {
    fn stamp_text(&self, row: usize) -> &str {
        self.table
            .field(row, self.time_column)
            .map_or("", |field| field.text)
    }

    fn place(&self, row: usize, findings: &Findings) -> Place {
        let line = self.table.rows[row];
        self.table.field(row, self.time_column).map_or_else(
            || findings.lines(line, line.number),
            |field| findings.field(line, field),
        )
    }

    /// The most frequent distance of neighbouring rows, if hours can be made of it.
    fn step(&self, rows: &[Stamped], findings: &mut Findings) -> Option<i64> {
        let mut distances: Vec<i64> = rows
            .windows(2)
            .map(|pair| pair[1].at - pair[0].at)
            .filter(|distance| *distance > 0)
            .collect();
        distances.sort_unstable();
        let step = distances
            .chunk_by(|a, b| a == b)
            .max_by_key(|run| (run.len(), -run[0]))
            .map(|run| run[0]);
        let Some(step) = step else {
            if let Some(first) = rows.first() {
                findings.push(
                    Diagnostic::error(codes::STEP, "one stamp alone has no step")
                        .at(self.place(first.index, findings))
                        .help("give one row per hour of a whole year"),
                );
            }
            return None;
        };
        if step >= 60 && HOUR.rem_euclid(step) == 0 {
            return Some(step);
        }
        let first = rows.first().map_or(0, |row| row.index);
        findings.push(
            Diagnostic::error(
                codes::STEP,
                "the step of the series does not make whole hours",
            )
            .at(self.place(first, findings))
            .seen(duration(step))
            .allowed("one row every 60, 30, 15, 10 or 5 minutes")
            .help("give hourly values; hukka does not spread daily or monthly ones"),
        );
        None
    }

    /// Whether one regular step gives way to another, as when files of two kinds were joined.
    ///
    /// A run of at least [`REGULAR`] equal distances is regular; what lies between runs is passed over.
    fn step_changes(&self, rows: &[Stamped], findings: &mut Findings) -> bool {
        let distances: Vec<i64> = rows
            .windows(2)
            .map(|pair| pair[1].at - pair[0].at)
            .collect();
        let mut end = 0;
        let mut known: Option<i64> = None;
        let mut is_changing = false;
        for run in distances.chunk_by(|a, b| a == b) {
            let (first, distance) = (end, run[0]);
            end += run.len();
            if run.len() < REGULAR || distance <= 0 {
                continue;
            }
            if let Some(before) = known.filter(|before| *before != distance) {
                is_changing = true;
                let line = self.table.rows[rows[first].index].number;
                findings.push(
                    Diagnostic::error(
                        codes::STEP,
                        format!(
                            "the step changes from {} to {} at line {line}",
                            duration(before),
                            duration(distance)
                        ),
                    )
                    .at(self.place(rows[first].index, findings))
                    .seen(self.stamp_text(rows[first].index))
                    .allowed("one step for the whole file")
                    .help("give all rows the same step, such as hourly means"),
                );
            }
            known = Some(distance);
        }
        is_changing
    }

    /// Whether all stamps lie on multiples of the step.
    fn grid(&self, rows: &[Stamped], step: i64, findings: &mut Findings) -> bool {
        let off: Vec<&Stamped> = rows
            .iter()
            .filter(|row| row.at.rem_euclid(step) != 0)
            .collect();
        if 2 * off.len() > rows.len() {
            findings.push(
                Diagnostic::error(codes::STEP, "the stamps do not lie on whole steps")
                    .at(self.place(off[0].index, findings))
                    .seen(self.stamp_text(off[0].index))
                    .allowed(format!("stamps at multiples of {}", duration(step)))
                    .help("a stamp names the start of its interval; write it so, in UTC or with offset"),
            );
            return false;
        }
        for row in &off {
            findings.push(
                Diagnostic::error(
                    codes::STEP,
                    "the step is not uniform: a stamp lies between the others",
                )
                .at(self.place(row.index, findings))
                .seen(self.stamp_text(row.index))
                .allowed(format!("stamps {} apart", duration(step)))
                .help("remove the row, or give its value to the step it belongs to"),
            );
        }
        off.is_empty()
    }

    /// Whether stamps only grow; reports repeats and backward jumps.
    fn order(&self, rows: &[Stamped], findings: &mut Findings) -> bool {
        let mut is_in_order = true;
        let mut row = 1;
        while row < rows.len() {
            let back = rows[row - 1].at - rows[row].at;
            if back < 0 {
                row += 1;
                continue;
            }
            is_in_order = false;
            let first = row;
            while back == 0 && row + 1 < rows.len() && rows[row + 1].at == rows[row].at {
                row += 1;
            }
            let finding = if back == 0 {
                Diagnostic::error(codes::OVERLAP, "the time stamp comes twice")
                    .help(self.overlap_help(rows[first].index))
            } else {
                Diagnostic::error(
                    codes::NOT_INCREASING,
                    format!("the time stamp goes back by {}", duration(back)),
                )
                .help("sort the rows by time, each time once")
            };
            findings.push(
                finding
                    .at(self.place(rows[first].index, findings))
                    .seen(self.stamp_text(rows[first].index))
                    .allowed(format!(
                        "later than {}",
                        self.stamp_text(rows[first - 1].index)
                    )),
            );
            row += 1;
        }
        is_in_order
    }

    fn overlap_help(&self, row: usize) -> &'static str {
        if is_clock_change(self.stamp_text(row), 10) {
            "this is the hour that comes twice when summer time ends: the stamps look local; \
             write them without offset and state `time_zone`, or give each its true offset"
        } else {
            "keep one row per time stamp"
        }
    }

    /// Whether sorted rows follow each other without a hole; rows with unreadable stamps may fill it.
    fn gaps(&self, rows: &[Stamped], step: i64, findings: &mut Findings) -> bool {
        let mut is_unbroken = true;
        for pair in rows.windows(2) {
            let missing = (pair[1].at - pair[0].at).div_euclid(step) - 1;
            let (before, after) = (pair[0].index, pair[1].index);
            let unreadable = after as i64 - before as i64 - 1;
            if missing <= unreadable.max(0) {
                continue;
            }
            is_unbroken = false;
            let line = self.table.rows[before];
            let last = self.table.rows[after].number.max(line.number);
            findings.push(
                Diagnostic::error(
                    codes::GAP,
                    format!(
                        "the series has a hole: {} missing",
                        duration(missing * step)
                    ),
                )
                .at(findings.lines(line, last))
                .seen(format!(
                    "{} then {}",
                    self.stamp_text(before),
                    self.stamp_text(after)
                ))
                .allowed(format!("one row every {}", duration(step)))
                .help(self.gap_help(pair, step)),
            );
        }
        is_unbroken
    }

    fn gap_help(&self, pair: &[Stamped], step: i64) -> &'static str {
        let is_one_hour = pair[1].at - pair[0].at - step == HOUR;
        if is_one_hour && is_clock_change(self.stamp_text(pair[1].index), 3) {
            "this is the hour skipped when summer time begins: the stamps look local; write them \
             without offset and state `time_zone`, or give each its true offset; hukka will not guess"
        } else if is_one_hour && is_clock_change(self.stamp_text(pair[1].index), 10) {
            "this is the hour that comes twice when summer time ends, given only once; \
             use UTC stamps, or state the fixed offset the file keeps, such as \"+01:00\""
        } else {
            "fill the hole where you know how; hukka will not guess values"
        }
    }
}

/// Whether a stamp lies in the night clocks change in Europe in a month: its last Sunday to 05:00.
fn is_clock_change(text: &str, month: i8) -> bool {
    let stamp = super::stamp::parse_stamp(text);
    let civil = stamp
        .and_then(|stamp| Timestamp::from_second(stamp.wall_s).ok())
        .map(|instant| jiff::tz::Offset::UTC.to_datetime(instant));
    civil.is_some_and(|civil| {
        civil.month() == month
            && civil.day() > 24
            && civil.date().weekday() == Weekday::Sunday
            && civil.hour() <= 5
    })
}

/// A span of time in words.
fn duration(seconds: i64) -> String {
    let whole = |unit: i64| seconds.rem_euclid(unit) == 0;
    let count = |unit: i64| seconds.div_euclid(unit);
    match seconds {
        s if s >= 2 * 86_400 && whole(86_400) => format!("{} days", count(86_400)),
        s if s >= HOUR && whole(HOUR) => format!("{} h", count(HOUR)),
        s if s >= 60 && whole(60) => format!("{} min", count(60)),
        s => format!("{s} s"),
    }
}
