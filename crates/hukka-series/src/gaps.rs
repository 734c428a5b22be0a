//! Hours a file lacks, filled by a rule the user names.

use crate::codes;
use crate::findings::Findings;
use hukka_model::Diagnostic;
use std::ops::Range;

/// Hours in a day.
const DAY: usize = 24;
/// Days looked at on either side of a hole.
const DAYS_AWAY: usize = 14;
/// Most of a series that may be filled.
const MOST_FILLED: f64 = 0.1;

/// What happens to hours a file lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GapRule {
    /// They are errors.
    #[default]
    Error,
    /// A straight line from the hour before to the hour after.
    Linear,
    /// The mean of the same hour on the nearest day before and after that has it.
    SameHourOfNeighbouringDays,
}

impl GapRule {
    /// Every rule with its word in studies and its meaning.
    pub const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::Error, "error", "a missing hour is an error"),
        (
            Self::Linear,
            "linear",
            "a straight line from the hour before to the hour after",
        ),
        (
            Self::SameHourOfNeighbouringDays,
            "same_hour_of_neighbouring_days",
            "the mean of the same hour on the nearest day before and after that has it",
        ),
    ];

    /// Word in studies.
    pub fn word(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// The rule of a word.
    pub fn named(word: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(_, known, _)| *known == word);
        found.map(|(rule, _, _)| *rule)
    }
}

/// A rule for holes and the longest hole it is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Gaps {
    /// The rule.
    pub rule: GapRule,
    /// Longest hole filled, hours; a longer one is an error.
    pub max_hours: usize,
}

impl Gaps {
    /// Whether holes are filled at all.
    pub(crate) fn fills(self) -> bool {
        self.rule != GapRule::Error
    }
}

/// One hole: hours `from` to `until`, the latter not in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Hole {
    from: usize,
    until: usize,
}

/// Fills the holes of hourly values; each filled hour is told with its value. `None` when a hole
/// cannot be filled, which is reported too.
///
/// Only hours of the range are filled and given; hours around it help. Only values of the file are
/// used, never filled ones. `name` says what the values are, `stamp`
/// writes the time of an hour.
pub(crate) fn fill(
    (values, range): (&[Option<f64>], Range<usize>),
    gaps: Gaps,
    name: &str,
    stamp: impl Fn(usize) -> String,
    findings: &mut Findings,
) -> Option<Vec<f64>> {
    let holes = holes(values, range.clone());
    let missing: usize = holes.iter().map(|hole| hole.until - hole.from).sum();
    if missing as f64 > MOST_FILLED * range.len() as f64 {
        findings.push(
            Diagnostic::error(codes::GAP, format!("too much of the {name} is missing"))
                .seen(format!("{missing} of {} h", range.len()))
                .allowed("a tenth of the hours")
                .help("take a more complete file; so much filled would be made up"),
        );
        return None;
    }
    let mut filled: Vec<f64> = values.iter().map(|value| value.unwrap_or(0.0)).collect();
    let mut is_whole = true;
    for hole in holes {
        match substitute(values, hole, gaps) {
            Ok(substitutes) => {
                findings.push(told(hole, &substitutes, gaps, name, &stamp));
                filled[hole.from..hole.until].copy_from_slice(&substitutes);
            }
            Err(problem) => {
                is_whole = false;
                findings.push(problem.diagnostic(hole, gaps, name, &stamp));
            }
        }
    }
    is_whole.then(|| filled[range].to_vec())
}

fn holes(values: &[Option<f64>], range: Range<usize>) -> Vec<Hole> {
    let mut holes: Vec<Hole> = Vec::new();
    for at in range.filter(|at| values[*at].is_none()) {
        match holes.last_mut() {
            Some(last) if last.until == at => last.until = at + 1,
            _ => holes.push(Hole {
                from: at,
                until: at + 1,
            }),
        }
    }
    holes
}

/// Why a hole stays open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unfilled {
    TooLong,
    NoEnds,
    NoNeighbour,
}

impl Unfilled {
    fn diagnostic(
        self,
        hole: Hole,
        gaps: Gaps,
        name: &str,
        stamp: &impl Fn(usize) -> String,
    ) -> Diagnostic {
        let hours = hole.until - hole.from;
        let (allowed, help) = match self {
            Self::TooLong => (
                format!("holes of up to {} h", gaps.max_hours),
                "fill the hole where you know how, or allow longer ones with `series.max_gap_h`",
            ),
            Self::NoEnds => (
                "a value before and after the hole".to_owned(),
                "a straight line needs both ends; `same_hour_of_neighbouring_days` needs only one day",
            ),
            Self::NoNeighbour => (
                format!("the same hour on one of the {DAYS_AWAY} days before or after"),
                "fill the hole where you know how",
            ),
        };
        Diagnostic::error(
            codes::GAP,
            format!(
                "the {name} has a hole of {hours} h that the rule `{}` does not fill",
                gaps.rule.word()
            ),
        )
        .seen(span(hole, stamp))
        .allowed(allowed)
        .help(help)
    }
}

fn substitute(values: &[Option<f64>], hole: Hole, gaps: Gaps) -> Result<Vec<f64>, Unfilled> {
    if hole.until - hole.from > gaps.max_hours {
        return Err(Unfilled::TooLong);
    }
    let at = |hour: usize| values.get(hour).copied().flatten();
    if gaps.rule == GapRule::Linear {
        let before = hole.from.checked_sub(1).and_then(at);
        let (Some(before), Some(after)) = (before, at(hole.until)) else {
            return Err(Unfilled::NoEnds);
        };
        let steps = (hole.until - hole.from + 1) as f64;
        return Ok((1..=hole.until - hole.from)
            .map(|k| before + (after - before) * k as f64 / steps)
            .collect());
    }
    (hole.from..hole.until)
        .map(|hour| {
            let before = (1..=DAYS_AWAY).find_map(|days| hour.checked_sub(days * DAY).and_then(at));
            let after = (1..=DAYS_AWAY).find_map(|days| at(hour + days * DAY));
            match (before, after) {
                (Some(a), Some(b)) => Ok(f64::midpoint(a, b)),
                (Some(a), None) | (None, Some(a)) => Ok(a),
                (None, None) => Err(Unfilled::NoNeighbour),
            }
        })
        .collect()
}

fn span(hole: Hole, stamp: &impl Fn(usize) -> String) -> String {
    let (first, last) = (stamp(hole.from), stamp(hole.until - 1));
    if first == last {
        first
    } else {
        format!("{first} to {last}")
    }
}

/// Says which hours were filled, with what.
fn told(
    hole: Hole,
    substitutes: &[f64],
    gaps: Gaps,
    name: &str,
    stamp: &impl Fn(usize) -> String,
) -> Diagnostic {
    let values: Vec<String> = substitutes
        .iter()
        .map(|value| format!("{}", (value * 1000.0).round() / 1000.0))
        .collect();
    Diagnostic::warning(
        codes::FILLED,
        format!(
            "the {name} lacks {} h, filled by the rule `{}`",
            substitutes.len(),
            gaps.rule.word()
        ),
    )
    .seen(format!("{}: {}", span(hole, stamp), values.join(", ")))
    .help("give the true values where they are known")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn filled(
        values: &[Option<f64>],
        rule: GapRule,
        max_hours: usize,
    ) -> (Option<Vec<f64>>, usize) {
        let mut findings = Findings::new("a.csv");
        let gaps = Gaps { rule, max_hours };
        let found = fill(
            (values, 0..values.len()),
            gaps,
            "load",
            |hour| hour.to_string(),
            &mut findings,
        );
        (found, findings.finish().len())
    }

    #[test]
    fn a_straight_line_joins_the_ends_of_a_hole() {
        let mut values: Vec<Option<f64>> = (0..40).map(|t| Some(f64::from(t))).collect();
        values[10..13].fill(None);
        let (found, told) = filled(&values, GapRule::Linear, 3);
        assert!(found.is_some_and(|v| (0..40).all(|t| (v[t] - t as f64).abs() < 1e-12)));
        assert_eq!(told, 1);
    }

    #[test]
    fn a_day_is_filled_from_its_neighbours_and_an_end_from_one_of_them() {
        let mut values: Vec<Option<f64>> =
            (0..30 * 24).map(|t: usize| Some((t % 24) as f64)).collect();
        values[0..5].fill(None);
        values[240..264].fill(None);
        let (found, told) = filled(&values, GapRule::SameHourOfNeighbouringDays, 24);
        let found = found.expect("filled");
        assert!((0..30 * 24).all(|t| (found[t] - (t % 24) as f64).abs() < 1e-12));
        assert_eq!(told, 2);
    }

    #[test]
    fn long_holes_and_lost_ends_stay_errors() {
        let mut values: Vec<Option<f64>> = vec![Some(1.0); 400];
        values[100..110].fill(None);
        assert_eq!(filled(&values, GapRule::Linear, 9), (None, 1));
        let mut values: Vec<Option<f64>> = vec![Some(1.0); 400];
        values[0] = None;
        assert_eq!(filled(&values, GapRule::Linear, 9), (None, 1));
        let mostly_empty: Vec<Option<f64>> =
            (0..400).map(|t| (t % 3 != 0).then_some(1.0)).collect();
        assert_eq!(filled(&mostly_empty, GapRule::Linear, 9), (None, 1));
    }

    proptest! {
        #[test]
        fn a_filled_hour_lies_between_values_of_the_file(
            values in prop::collection::vec(-30.0..30.0_f64, 200..300),
            from in 30..150_usize, length in 1..12_usize, linear in any::<bool>(),
        ) {
            let mut open: Vec<Option<f64>> = values.iter().copied().map(Some).collect();
            open[from..from + length].fill(None);
            let rule = if linear { GapRule::Linear } else { GapRule::SameHourOfNeighbouringDays };
            let found = filled(&open, rule, 12).0.expect("filled");
            let low = values.iter().copied().fold(f64::INFINITY, f64::min);
            let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            for (t, value) in found.iter().enumerate() {
                if (from..from + length).contains(&t) {
                    prop_assert!((low..=high).contains(value));
                } else {
                    prop_assert!((value - values[t]).abs() < 1e-12);
                }
            }
        }
    }
}
