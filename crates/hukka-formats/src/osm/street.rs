//! Streets a trench may follow, mended where they cross without a node.

use super::note::{Kind, Notes, order};
use super::plane::{self, Plane, between, cross, meeting};
use super::raw::{Bounds, Point, Raw, Tags, Way};
use std::collections::BTreeMap;

/// Classes of streets a trench may follow, with laying cost relative to the catalogue: a main road
/// costs more than a lane; footways and tracks are the cheapest ground to dig in.
const CLASSES: [(&str, f64); 15] = [
    ("primary", 1.4),
    ("primary_link", 1.4),
    ("secondary", 1.25),
    ("secondary_link", 1.25),
    ("tertiary", 1.1),
    ("tertiary_link", 1.1),
    ("unclassified", 1.0),
    ("residential", 1.0),
    ("living_street", 1.0),
    ("service", 1.0),
    ("pedestrian", 1.0),
    ("footway", 0.9),
    ("cycleway", 0.9),
    ("path", 0.85),
    ("track", 0.8),
];

/// Shortest line that is a street.
const SHORTEST_M: f64 = 0.01;

/// A street, or a piece of one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Street {
    pub(super) id: String,
    pub(super) class: &'static str,
    pub(super) surface: Option<String>,
    pub(super) name: Option<String>,
    pub(super) cost_factor: f64,
    /// What it crosses, if it does.
    pub(super) crossing: Option<&'static str>,
    pub(super) points: Vec<Point>,
    /// Layer, bridge, tunnel: streets on different levels do not meet.
    level: (String, bool, bool),
}

/// The stretches inside the rectangle, by id.
pub(super) fn streets(
    raw: &Raw,
    window: Option<&Bounds>,
    plane: Plane,
    notes: &mut Notes,
) -> Vec<Street> {
    let mut streets: Vec<Street> = Vec::new();
    let mut first: BTreeMap<Vec<Point>, String> = BTreeMap::new();
    for way in &raw.ways {
        let class = way.tags.get("highway");
        let class = CLASSES.iter().find(|(word, _)| class == Some(word));
        let Some((class, cost_factor)) = class else {
            continue;
        };
        if way.tags.is("area", "yes") {
            continue;
        }
        let parts = stretches(raw, way, window, notes);
        for (part, points) in parts.into_iter().enumerate() {
            let base = format!("w{}", way.id);
            let id = if part == 0 {
                base
            } else {
                format!("{base}-{part}")
            };
            let at = points.first().copied();
            let length: f64 = points.windows(2).map(|p| plane.distance(p[0], p[1])).sum();
            if length < SHORTEST_M {
                notes.add(
                    Kind::StreetTiny,
                    (&id, at),
                    format!("{length:.3} m"),
                    "left out",
                );
                continue;
            }
            let mut back = points.clone();
            back.reverse();
            let key = points.clone().min(back);
            if let Some(earlier) = first.get(&key) {
                let seen = format!("same line as {earlier}");
                notes.add(Kind::StreetTwice, (&id, at), seen, "left out");
                continue;
            }
            first.insert(key, id.clone());
            streets.push(street(id, (class, *cost_factor), &way.tags, points));
        }
    }
    join_crossing(&mut streets, notes);
    streets.sort_by(|a, b| order(&a.id).cmp(&order(&b.id)));
    streets
}

fn street(
    id: String,
    (class, cost_factor): (&'static str, f64),
    tags: &Tags,
    points: Vec<Point>,
) -> Street {
    let has = |key| tags.get(key).is_some_and(|value| value != "no");
    Street {
        id,
        class,
        surface: tags.get("surface").map(super::note::clean),
        name: super::name(tags),
        cost_factor,
        crossing: None,
        points,
        level: (
            tags.get("layer")
                .filter(|layer| *layer != "0")
                .unwrap_or_default()
                .to_owned(),
            has("bridge"),
            has("tunnel"),
        ),
    }
}

/// Stretches of a way whose nodes are known and inside.
fn stretches(raw: &Raw, way: &Way, window: Option<&Bounds>, notes: &mut Notes) -> Vec<Vec<Point>> {
    let (mut missing, mut outside) = (0, 0);
    let mut all: Vec<Vec<Point>> = vec![Vec::new()];
    for id in &way.nodes {
        let point = raw.point(*id);
        let is_inside = point.is_some_and(|p| window.is_none_or(|window| window.holds(p)));
        missing += usize::from(point.is_none());
        outside += usize::from(point.is_some() && !is_inside);
        match (point.filter(|_| is_inside), all.last_mut()) {
            (Some(point), Some(stretch)) => {
                if stretch.last() != Some(&point) {
                    stretch.push(point);
                }
            }
            _ => all.push(Vec::new()),
        }
    }
    let at = all.iter().flatten().next().copied();
    let id = format!("w{}", way.id);
    all.retain(|stretch| stretch.len() > 1);
    if at.is_some() && outside > 0 {
        let seen = format!("{outside} of {} nodes are outside", way.nodes.len());
        let taken = format!("{} stretches inside", all.len());
        notes.add(Kind::StreetCut, (&id, at), seen, taken);
    }
    if at.is_some() && missing > 0 {
        let seen = format!("{missing} of {} nodes are not in the file", way.nodes.len());
        let taken = format!("{} whole stretches", all.len());
        notes.add(Kind::StreetGap, (&id, at), seen, taken);
    }
    all
}

/// Segments of streets, with street and place in it.
pub(super) fn segments(streets: &[Street]) -> (Vec<[Point; 2]>, Vec<(usize, usize)>) {
    let mut lines = Vec::new();
    let mut owners = Vec::new();
    for (n, street) in streets.iter().enumerate() {
        for (k, pair) in street.points.windows(2).enumerate() {
            lines.push([pair[0], pair[1]]);
            owners.push((n, k));
        }
    }
    (lines, owners)
}

/// Puts a common point into streets of one level that cross without one.
fn join_crossing(streets: &mut [Street], notes: &mut Notes) {
    let (lines, owners) = segments(streets);
    let mut added: BTreeMap<(usize, usize), Vec<Point>> = BTreeMap::new();
    for (a, b) in meeting(&lines) {
        let (one, other) = (owners[a], owners[b]);
        if streets[one.0].level != streets[other.0].level {
            continue;
        }
        let Some(share) = cross(lines[a], lines[b]) else {
            continue;
        };
        let point = between(lines[a][0], lines[a][1], share);
        let seen = format!("crosses {} without a node", streets[other.0].id);
        notes.add(
            Kind::JoinMissing,
            (&streets[one.0].id, Some(point)),
            seen,
            "a node for both",
        );
        added.entry(one).or_default().push(point);
        added.entry(other).or_default().push(point);
    }
    // From the back, so that places further on stay what they were.
    for ((street, segment), mut points) in added.into_iter().rev() {
        let street = &mut streets[street].points;
        let plane = Plane::around(street[segment]);
        let start = street[segment];
        points.sort_by(|a, b| {
            plane
                .distance(start, *a)
                .total_cmp(&plane.distance(start, *b))
        });
        street.splice(segment + 1..=segment, points);
        street.dedup();
    }
}

/// Tells of parts that are not connected to the largest.
pub(super) fn disconnected(streets: &[Street], plane: Plane, notes: &mut Notes) {
    let mut corner: BTreeMap<Point, usize> = BTreeMap::new();
    let mut parent: Vec<usize> = (0..streets.len()).collect();
    for (n, street) in streets.iter().enumerate() {
        for point in &street.points {
            let other = *corner.entry(*point).or_insert(n);
            let (a, b) = (root(&mut parent, n), root(&mut parent, other));
            parent[a.max(b)] = a.min(b);
        }
    }
    let mut parts: BTreeMap<usize, (f64, usize)> = BTreeMap::new();
    for (n, street) in streets.iter().enumerate() {
        let part = parts.entry(root(&mut parent, n)).or_default();
        part.0 += street
            .points
            .windows(2)
            .map(|p| plane.distance(p[0], p[1]))
            .sum::<f64>();
        part.1 += 1;
    }
    let largest = parts
        .iter()
        .max_by(|a, b| a.1.0.total_cmp(&b.1.0).then(b.0.cmp(a.0)));
    let largest = largest.map(|(n, _)| *n);
    for (n, (length, count)) in parts {
        if Some(n) != largest {
            let street = &streets[n];
            let seen = format!("{count} streets of {length:.0} m in all");
            let at = street.points.first().copied();
            notes.add(Kind::Disconnected, (&street.id, at), seen, "kept");
        }
    }
}

fn root(parent: &mut [usize], mut n: usize) -> usize {
    while parent[n] != n {
        parent[n] = parent[parent[n]];
        n = parent[n];
    }
    n
}

/// Pieces of a street where its cost changes: spans of metres along it with a factor and a word.
pub(super) fn split(
    street: &Street,
    spans: &[(f64, f64, f64, &'static str)],
    plane: Plane,
) -> Vec<Street> {
    let lengths = street.points.windows(2).map(|p| plane.distance(p[0], p[1]));
    let total: f64 = lengths.sum();
    let mut cuts: Vec<f64> = spans
        .iter()
        .flat_map(|span| [span.0, span.1])
        .filter(|cut| *cut > 0.5 && *cut < total - 0.5)
        .collect();
    cuts.sort_by(f64::total_cmp);
    cuts.dedup_by(|a, b| (*a - *b).abs() < 0.5);
    let mut pieces = Vec::new();
    let mut from = 0.0;
    for to in cuts.into_iter().chain([total]) {
        let middle = f64::midpoint(from, to);
        let dearest = spans
            .iter()
            .filter(|span| span.0 <= middle && middle <= span.1)
            .max_by(|a, b| a.2.total_cmp(&b.2));
        let points = stretch(&street.points, from, to, plane);
        let suffix = if pieces.is_empty() {
            String::new()
        } else {
            format!("-x{}", pieces.len())
        };
        if points.len() > 1 {
            pieces.push(Street {
                id: format!("{}{suffix}", street.id),
                cost_factor: street.cost_factor * dearest.map_or(1.0, |span| span.2),
                crossing: dearest.map(|span| span.3),
                points,
                ..street.clone()
            });
        }
        from = to;
    }
    pieces
}

/// Points of a line from one distance along it to another.
fn stretch(points: &[Point], from: f64, to: f64, plane: Plane) -> Vec<Point> {
    let mut out: Vec<Point> = Vec::new();
    let mut so_far = 0.0;
    for pair in points.windows(2) {
        let length = plane.distance(pair[0], pair[1]);
        let (start, end) = ((from - so_far) / length, (to - so_far) / length);
        if length > 0.0 && start < 1.0 && end > 0.0 {
            let exact = |share: f64| match share {
                share if share <= 0.0 => pair[0],
                share if share >= 1.0 => pair[1],
                share => plane::between(pair[0], pair[1], share),
            };
            out.extend([exact(start), exact(end)]);
        }
        so_far += length;
    }
    // The last point of a line is its end, whatever rounding made of the distances.
    let total: f64 = so_far;
    if let (Some(end), true) = (points.last(), to >= total) {
        out.push(*end);
    }
    out.dedup();
    out
}
