//! Water and railways that a trench along a street has to cross.

use super::note::{Kind, Notes};
use super::plane::{Plane, between, cross, meeting};
use super::raw::{Point, Raw, Tags};
use super::street::{Street, segments, split};

/// How far to either side of a crossing the dearer ground reaches, m.
const REACH_M: f64 = 15.0;
/// Laying cost along those metres relative to the street's: assumptions, for want of a design of
/// the crossing (culvert, bore, casing under a track or pipe on a bridge).
const STREAM: f64 = 1.5;
const RIVER: f64 = 3.0;
const RAILWAY: f64 = 3.0;
const TRAM: f64 = 1.5;

/// What a line on the map is to a trench.
fn barrier(tags: &Tags) -> Option<(f64, &'static str)> {
    let is_below = tags.get("tunnel").is_some_and(|tunnel| tunnel != "no");
    if is_below {
        return None;
    }
    if tags.is("natural", "water") {
        return Some((RIVER, "water"));
    }
    match tags.get("waterway") {
        Some("river" | "canal" | "tidal_channel") => return Some((RIVER, "water")),
        Some("stream") => return Some((STREAM, "stream")),
        _ => {}
    }
    match tags.get("railway") {
        Some(kind @ ("rail" | "light_rail" | "subway" | "tram" | "narrow_gauge")) => {
            let is_above = tags.get("bridge").is_some_and(|bridge| bridge != "no");
            let is_tram = kind == "tram";
            let wall = if is_tram {
                (TRAM, "tram")
            } else {
                (RAILWAY, "railway")
            };
            (!is_above).then_some(wall)
        }
        _ => None,
    }
}

/// Cuts streets where they cross water or railways; the pieces at the crossing cost more.
pub(super) fn cut_at_barriers(
    raw: &Raw,
    streets: Vec<Street>,
    plane: Plane,
    notes: &mut Notes,
) -> Vec<Street> {
    let (mut lines, owners) = segments(&streets);
    let mut walls: Vec<(f64, &'static str, i64)> = Vec::new();
    for way in &raw.ways {
        let Some((factor, word)) = barrier(&way.tags) else {
            continue;
        };
        let points: Vec<Option<Point>> = way.nodes.iter().map(|id| raw.point(*id)).collect();
        for pair in points.windows(2) {
            if let [Some(a), Some(b)] = pair {
                lines.push([*a, *b]);
                walls.push((factor, word, way.id));
            }
        }
    }
    let mut spans: Vec<Vec<(f64, f64, f64, &'static str)>> = vec![Vec::new(); streets.len()];
    for (a, b) in meeting(&lines) {
        if a >= owners.len() || b < owners.len() {
            continue;
        }
        let Some(share) = touch(lines[a], lines[b]) else {
            continue;
        };
        let (street, segment) = owners[a];
        let (factor, word, way) = walls[b - owners.len()];
        let before = streets[street].points[..=segment].windows(2);
        let before: f64 = before.map(|p| plane.distance(p[0], p[1])).sum();
        let at = share.mul_add(plane.distance(lines[a][0], lines[a][1]), before);
        let seen_before = spans[street]
            .iter()
            .any(|span| span.3 == word && (f64::midpoint(span.0, span.1) - at).abs() < 0.5);
        if seen_before {
            continue;
        }
        spans[street].push((at - REACH_M, at + REACH_M, factor, word));
        let kind = if matches!(word, "railway" | "tram") {
            Kind::RailCrossing
        } else {
            Kind::WaterCrossing
        };
        let point = between(lines[a][0], lines[a][1], share);
        let taken = format!("{REACH_M} m to either side at {factor} times the street's cost");
        let seen = format!("{word} w{way}");
        notes.add(kind, (&streets[street].id, Some(point)), seen, taken);
    }
    let cut = streets.iter().zip(spans).flat_map(|(street, mut spans)| {
        spans.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.2.total_cmp(&b.2)));
        if spans.is_empty() {
            vec![street.clone()]
        } else {
            split(street, &spans, plane)
        }
    });
    cut.collect()
}

/// Share along a street's segment where a barrier crosses it, or meets it in a common node.
fn touch(street: [Point; 2], wall: [Point; 2]) -> Option<f64> {
    if let Some(share) = cross(street, wall) {
        return Some(share);
    }
    // Level crossings share a node with the street.
    if wall.contains(&street[0]) {
        return Some(0.0);
    }
    wall.contains(&street[1]).then_some(1.0)
}
