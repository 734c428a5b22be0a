//! The year in overlapping windows, solved side by side and joined where they agree.

use crate::Error;
use crate::programme::{Layout, Point, build};
use crate::study_park::Park;
use rayon::prelude::*;

/// Store levels of two windows that count as the same, share of the capacity.
const SAME_LEVEL: f64 = 1e-7;
/// Duals of two windows that count as the same, EUR/MWh.
const SAME_WORTH: f64 = 1e-6;

/// Presolve costs more than it saves on programmes whose columns are all boxed and short.
const SOLVER: hukka_lp::Options = hukka_lp::Options {
    threads: 1,
    presolve: false,
    method: hukka_lp::Method::Choose,
    time_limit_s: None,
    feasibility_tolerance: 1e-7,
    integer_gap: 0.0,
    absolute_gap: 1e-6,
    node_limit: None,
};

/// How the year is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cut {
    /// Hours a window keeps, about.
    pub(crate) keep: usize,
    /// Hours a window sees beyond each end.
    pub(crate) overlap: usize,
}

/// Hours a window keeps when all its neighbours agree with it; `end` may lie in the next year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    start: usize,
    end: usize,
}

/// A solved window: the block of hour `start − overlap + i` is block `i` of its point.
struct Window {
    span: Span,
    point: Point,
}

/// Solves the year by windows.
///
/// A window hands over to the next after an hour in which both have the same store levels and the
/// same duals. The joined plan then follows the store equation, and its duals
/// are those of either side, so it is as optimal as the windows are. Neighbours that nowhere agree
/// are merged and solved again; where half of them do not, the year is solved in one piece.
pub(crate) fn solve(park: &Park, cut: Cut) -> Result<Point, Error> {
    let hours = park.hours();
    let overlap = if park.tanks.is_empty() {
        0
    } else {
        cut.overlap
    };
    let spans = partition(hours, cut.keep);
    let is_whole = |spans: &[Span]| {
        spans
            .iter()
            .any(|s| s.end - s.start < 2 * overlap || s.end - s.start + 2 * overlap > hours)
    };
    if spans.len() == 1 || is_whole(&spans) {
        return whole(park);
    }
    let mut windows = solve_spans(park, &spans, overlap)?;
    loop {
        let joints: Vec<Option<usize>> = (0..windows.len())
            .map(|k| {
                joint(
                    park,
                    &windows[previous(k, windows.len())],
                    &windows[k],
                    overlap,
                )
            })
            .collect();
        let failed = joints.iter().filter(|joint| joint.is_none()).count();
        if failed == 0 {
            let joints: Vec<usize> = joints.into_iter().flatten().collect();
            return Ok(join(park, &windows, &joints, overlap));
        }
        if 2 * failed > windows.len() {
            return whole(park);
        }
        let spans = merge(&windows, &joints, hours);
        if spans.len() == 1 || is_whole(&spans) {
            return whole(park);
        }
        windows = resolve(park, windows, &spans, overlap)?;
    }
}

/// Solves the year in one piece.
pub(crate) fn whole(park: &Park) -> Result<Point, Error> {
    let year: Vec<usize> = (0..park.hours()).collect();
    solve_hours(park, &year)
}

/// Spans of about `keep` hours that cover the year; the same for any number of threads.
fn partition(hours: usize, keep: usize) -> Vec<Span> {
    let count = ((hours as f64 / keep as f64).round() as usize).max(1);
    let start = |k: usize| (k * hours).div_euclid(count);
    (0..count)
        .map(|k| Span {
            start: start(k),
            end: start(k + 1),
        })
        .collect()
}

const fn previous(k: usize, count: usize) -> usize {
    (k + count - 1).rem_euclid(count)
}

fn solve_spans(park: &Park, spans: &[Span], overlap: usize) -> Result<Vec<Window>, Error> {
    spans
        .par_iter()
        .map(|&span| {
            let first = span.start + park.hours() - overlap;
            let last = span.end + park.hours() + overlap;
            let seen: Vec<usize> = (first..last).map(|t| t.rem_euclid(park.hours())).collect();
            Ok(Window {
                span,
                point: solve_hours(park, &seen)?,
            })
        })
        .collect()
}

/// Solves the spans that are new; keeps the windows of the others.
fn resolve(
    park: &Park,
    windows: Vec<Window>,
    spans: &[Span],
    overlap: usize,
) -> Result<Vec<Window>, Error> {
    let mut known: Vec<Window> = windows
        .into_iter()
        .filter(|window| spans.contains(&window.span))
        .collect();
    let is_new = |span: &&Span| known.iter().all(|window| window.span != **span);
    let new: Vec<Span> = spans.iter().filter(is_new).copied().collect();
    known.extend(solve_spans(park, &new, overlap)?);
    known.sort_by_key(|window| window.span.start);
    Ok(known)
}

/// The optimum of consecutive hours; where the solver stumbles it gets a second try with presolve.
fn solve_hours(park: &Park, hours: &[usize]) -> Result<Point, Error> {
    let programme = build(park, hours);
    let mut solution = programme.solve(&SOLVER)?;
    if !solution.is_optimal() {
        let presolved = hukka_lp::Options {
            presolve: true,
            ..SOLVER
        };
        solution = programme.solve(&presolved)?;
    }
    if !solution.is_optimal() {
        return Err(Error::NoSolution {
            status: solution.status,
            first: hours[0],
            last: hours[hours.len() - 1],
        });
    }
    Ok(Point {
        columns: solution.columns,
        duals: solution.row_duals,
    })
}

/// Hours from the border's overlap start at which `after` takes over from `before`, nearest to the
/// border; `None` when they agree nowhere.
fn joint(park: &Park, before: &Window, after: &Window, overlap: usize) -> Option<usize> {
    if park.tanks.is_empty() {
        return Some(0);
    }
    let layout = Layout::of(park);
    let kept = before.span.end - before.span.start;
    let agrees = |place: &usize| {
        // The last hour of `before`, seen by both.
        let (a, b) = (kept + place - 1, place - 1);
        let is_level = park.tanks.iter().enumerate().all(|(s, tank)| {
            let difference = before.point.level(layout, s, a) - after.point.level(layout, s, b);
            difference.abs() <= SAME_LEVEL * tank.capacity
        });
        let (left, right) = (before.point.worth(layout, a), after.point.worth(layout, b));
        is_level
            && left
                .iter()
                .zip(right)
                .all(|(l, r)| (l - r).abs() <= SAME_WORTH)
    };
    (0..overlap)
        .flat_map(|distance| [overlap - distance, overlap + distance])
        .find(agrees)
}

/// Puts the year together from the windows' blocks.
fn join(park: &Park, windows: &[Window], joints: &[usize], overlap: usize) -> Point {
    let (layout, hours) = (Layout::of(park), park.hours());
    let mut year = Point {
        columns: vec![0.0; hours * layout.columns()],
        duals: vec![0.0; hours * layout.rows()],
    };
    for (k, window) in windows.iter().enumerate() {
        let kept = window.span.end - window.span.start;
        let next = joints[(k + 1) % joints.len()];
        for from in joints[k]..kept + next {
            let to = (window.span.start + hours - overlap + from).rem_euclid(hours);
            copy_block(
                &mut year.columns,
                to,
                &window.point.columns,
                from,
                layout.columns(),
            );
            copy_block(
                &mut year.duals,
                to,
                &window.point.duals,
                from,
                layout.rows(),
            );
        }
    }
    year
}

fn copy_block(target: &mut [f64], to: usize, source: &[f64], from: usize, size: usize) {
    target[to * size..][..size].copy_from_slice(&source[from * size..][..size]);
}

/// Spans with the windows on either side of a failed joint put together.
fn merge(windows: &[Window], joints: &[Option<usize>], hours: usize) -> Vec<Span> {
    let count = windows.len();
    let Some(first) = joints.iter().position(Option::is_some) else {
        return vec![Span {
            start: 0,
            end: hours,
        }];
    };
    let mut spans: Vec<Span> = Vec::new();
    for k in (first..first + count).map(|k| k % count) {
        let span = windows[k].span;
        match spans.last_mut() {
            Some(last) if joints[k].is_none() => last.end += span.end - span.start,
            _ => spans.push(span),
        }
    }
    spans.sort_by_key(|span| span.start);
    spans
}
