//! From time stamps to instants: offsets, stated zones, summer time.

use super::stamp::{Stamp, parse_stamp};
use super::table::Table;
use crate::axis::{find_zone, unknown_zone};
use crate::codes;
use crate::findings::Findings;
use hukka_model::Diagnostic;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Reads the stamps of a file.
#[derive(Debug)]
pub(crate) struct Clock {
    /// Stated zone with its name.
    zone: Option<(String, TimeZone)>,
}

/// A span of time with one offset, seconds.
#[derive(Debug, Clone, Copy)]
struct Segment {
    from: i64,
    until: i64,
    offset: i64,
}

/// Whether a wall-clock time exists, and the instant chosen.
enum Local {
    Once(i64),
    Skipped,
}

impl Clock {
    /// A clock in a stated zone, or one that needs offsets in the stamps.
    pub(crate) fn new(time_zone: Option<&str>, findings: &mut Findings) -> Option<Self> {
        let Some(name) = time_zone else {
            return Some(Self { zone: None });
        };
        let zone = find_zone(name);
        if zone.is_none() {
            findings.push(unknown_zone(name));
        }
        zone.map(|zone| Self {
            zone: Some((name.to_owned(), zone)),
        })
    }

    /// The instant of the first readable stamp.
    pub(crate) fn first(&self, table: &Table<'_>, column: usize) -> Option<i64> {
        let stamp = (0..table.rows.len()).find_map(|row| {
            table
                .field(row, column)
                .and_then(|field| parse_stamp(field.text))
        })?;
        if let Some(instant) = stamp.unix_s() {
            return Some(instant);
        }
        let segments = self.segments(core::iter::once(stamp))?;
        match resolve(stamp.wall_s, None, &segments) {
            Local::Once(instant) => Some(instant),
            Local::Skipped => None,
        }
    }

    /// The instant of every row; `None` for a row whose stamp cannot be read, and for all when
    /// the zone is missing.
    pub(crate) fn read(
        &self,
        table: &Table<'_>,
        column: usize,
        findings: &mut Findings,
    ) -> Option<Vec<Option<i64>>> {
        let stamps: Vec<Option<Stamp>> = (0..table.rows.len())
            .map(|row| {
                let field = table.field(row, column)?;
                let stamp = parse_stamp(field.text);
                if stamp.is_none() {
                    findings.push(bad_stamp(field.text).at(findings.field(table.rows[row], field)));
                }
                stamp
            })
            .collect();
        let local: Vec<usize> = (0..stamps.len())
            .filter(|row| stamps[*row].is_some_and(|stamp| stamp.offset_s.is_none()))
            .collect();
        let segments = self.segments(stamps.iter().flatten().copied());
        let Some(segments) = segments else {
            if let Some(first) = local.first() {
                findings.push(no_zone(table, column, *first, local.len(), findings));
                return None;
            }
            return Some(
                stamps
                    .iter()
                    .map(|stamp| stamp.and_then(Stamp::unix_s))
                    .collect(),
            );
        };
        self.check_offsets(table, &stamps, &segments, findings);
        Some(self.resolve_all(table, column, &stamps, &segments, findings))
    }

    fn resolve_all(
        &self,
        table: &Table<'_>,
        column: usize,
        stamps: &[Option<Stamp>],
        segments: &[Segment],
        findings: &mut Findings,
    ) -> Vec<Option<i64>> {
        let mut previous = None;
        let mut instants = Vec::with_capacity(stamps.len());
        for (row, stamp) in stamps.iter().enumerate() {
            let instant = stamp.and_then(|stamp| {
                if let Some(instant) = stamp.unix_s() {
                    return Some(instant);
                }
                match resolve(stamp.wall_s, previous, segments) {
                    Local::Once(instant) => Some(instant),
                    Local::Skipped => {
                        self.report_skipped(table, row, column, findings);
                        None
                    }
                }
            });
            previous = instant.or(previous);
            instants.push(instant);
        }
        instants
    }

    fn zone_name(&self) -> &str {
        self.zone.as_ref().map_or("UTC", |(name, _)| name)
    }

    fn report_skipped(
        &self,
        table: &Table<'_>,
        row: usize,
        column: usize,
        findings: &mut Findings,
    ) {
        let Some(field) = table.field(row, column) else {
            return;
        };
        let name = self.zone_name();
        findings.push(
            Diagnostic::error(
                codes::NO_SUCH_HOUR,
                format!("this time does not exist in {name}: clocks skip it in spring"),
            )
            .at(findings.field(table.rows[row], field))
            .seen(field.text)
            .about("time_zone")
            .help(
                "the stamps do not follow summer time; state in `time_zone` the zone they are \
                 really in, such as \"UTC\" or a fixed offset such as \"+02:00\"",
            ),
        );
    }

    /// Warns once when stamps carry offsets that the stated zone does not have.
    fn check_offsets(
        &self,
        table: &Table<'_>,
        stamps: &[Option<Stamp>],
        segments: &[Segment],
        findings: &mut Findings,
    ) {
        let is_contradicting = |stamp: &Stamp| {
            stamp.offset_s.is_some_and(|offset| {
                let instant = stamp.wall_s - offset;
                offset != 0
                    && segments
                        .iter()
                        .any(|s| (s.from..s.until).contains(&instant) && s.offset != offset)
            })
        };
        let contradicts = |stamp: &Option<Stamp>| stamp.as_ref().is_some_and(is_contradicting);
        let Some(row) = stamps.iter().position(contradicts) else {
            return;
        };
        let name = self.zone_name();
        findings.push(
            Diagnostic::warning(
                codes::OFFSETS_WIN,
                format!("stamps carry offsets that are not those of {name}; the offsets count"),
            )
            .at(findings.lines(table.rows[row], table.rows[row].number))
            .about("time_zone")
            .help("leave `time_zone` out, or correct it"),
        );
    }

    /// The spans of constant offset around the stamps; `None` without a stated zone.
    fn segments(&self, stamps: impl Iterator<Item = Stamp>) -> Option<Vec<Segment>> {
        const MARGIN: i64 = 2 * 86_400;
        let (_, zone) = self.zone.as_ref()?;
        let (low, high) = stamps.fold((i64::MAX, i64::MIN), |(low, high), stamp| {
            (low.min(stamp.wall_s), high.max(stamp.wall_s))
        });
        if low > high {
            return Some(Vec::new());
        }
        let (low, high) = (low - MARGIN, high + MARGIN);
        let start = Timestamp::from_second(low).ok()?;
        let mut segments = vec![Segment {
            from: low,
            until: high,
            offset: i64::from(zone.to_offset(start).seconds()),
        }];
        for transition in zone.following(start) {
            let at = transition.timestamp().as_second();
            if at >= high {
                break;
            }
            if let Some(last) = segments.last_mut() {
                last.until = at;
            }
            segments.push(Segment {
                from: at,
                until: high,
                offset: i64::from(transition.offset().seconds()),
            });
        }
        Some(segments)
    }
}

/// The instant of a wall-clock time: of two, the first that comes after the previous row.
fn resolve(wall: i64, previous: Option<i64>, segments: &[Segment]) -> Local {
    let near = segments.partition_point(|segment| segment.until + segment.offset <= wall);
    let mut found = None;
    for segment in &segments[near.saturating_sub(1)..segments.len().min(near + 2)] {
        let instant = wall - segment.offset;
        if (segment.from..segment.until).contains(&instant) {
            if previous.is_none_or(|previous| instant > previous) {
                return Local::Once(instant);
            }
            found = Some(instant);
        }
    }
    found.map_or(Local::Skipped, Local::Once)
}

fn bad_stamp(text: &str) -> Diagnostic {
    let help = if text.contains('/') {
        "day and month cannot be told apart with slashes; write year-month-day"
    } else {
        "write year-month-day, hour and minute: 2023-02-06T07:00Z"
    };
    let message = if text.is_empty() {
        "the row has no time stamp"
    } else {
        "the time stamp cannot be read"
    };
    Diagnostic::error(codes::BAD_STAMP, message)
        .seen(text)
        .allowed("ISO 8601, such as 2023-02-06T07:00+02:00, or 6.2.2023 07:00")
        .help(help)
}

fn no_zone(
    table: &Table<'_>,
    column: usize,
    row: usize,
    count: usize,
    findings: &Findings,
) -> Diagnostic {
    let line = table.rows[row];
    let place = table.field(row, column).map_or_else(
        || findings.lines(line, line.number),
        |field| findings.field(line, field),
    );
    let message = if count == table.rows.len() {
        "the time stamps carry no offset from UTC".to_owned()
    } else {
        format!(
            "{count} of {} time stamps carry no offset from UTC",
            table.rows.len()
        )
    };
    let seen = table.field(row, column).map_or("", |field| field.text);
    Diagnostic::error(codes::NO_ZONE, message)
        .at(place)
        .about("time_zone")
        .seen(seen)
        .allowed("stamps with offset, such as 2023-02-06T07:00+02:00, or a stated time zone")
        .help("state `time_zone`, such as \"Europe/Helsinki\", or use UTC stamps; hukka will not guess")
}
