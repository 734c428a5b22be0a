//! From GeoJSON coordinates to rings and lines on the local plane.

use super::features::Feature;
use super::findings::Findings;
use super::ring;
use crate::build::PlaceInputs;
use crate::codes;
use geojson::Position as Coordinates;
use hukka_model::{Diagnostic, Position};

/// A polygon on the local plane.
pub(super) struct Outline {
    /// Outer ring, first point not repeated.
    pub(super) ring: Vec<Position>,
    /// Area without holes, m².
    pub(super) area_m2: f64,
}

/// Longitudes and latitudes; `None` when one has fewer than two numbers.
pub(super) fn pairs(coordinates: &[Coordinates]) -> Option<Vec<(f64, f64)>> {
    coordinates
        .iter()
        .map(|position| match position.as_slice() {
            [longitude, latitude, ..] if longitude.is_finite() && latitude.is_finite() => {
                Some((*longitude, *latitude))
            }
            _ => None,
        })
        .collect()
}

/// A polygon, if nothing is wrong with its rings.
pub(super) fn outline(
    feature: &Feature,
    rings: &[Vec<Coordinates>],
    place: &PlaceInputs,
    findings: &mut Findings,
) -> Option<Outline> {
    let Some((outer, holes)) = rings.split_first() else {
        ring_problem(feature, "the polygon has no ring", "0 rings", findings);
        return None;
    };
    let ring = one_ring(feature, outer, place, findings)?;
    let whole = ring::signed_area(&ring).abs();
    if whole < 0.01 {
        ring_problem(
            feature,
            "the polygon has no area",
            &format!("{whole:.3} m²"),
            findings,
        );
        return None;
    }
    let mut holes_m2 = 0.0;
    for hole in holes {
        let hole = one_ring(feature, hole, place, findings)?;
        holes_m2 += ring::signed_area(&hole).abs();
    }
    if holes_m2 >= whole {
        ring_problem(
            feature,
            "the holes are larger than the polygon",
            &format!("{holes_m2:.0} m² of holes in {whole:.0} m²"),
            findings,
        );
        return None;
    }
    Some(Outline {
        ring,
        area_m2: whole - holes_m2,
    })
}

fn one_ring(
    feature: &Feature,
    coordinates: &[Coordinates],
    place: &PlaceInputs,
    findings: &mut Findings,
) -> Option<Vec<Position>> {
    let Some(pairs) = pairs(coordinates) else {
        ring_problem(
            feature,
            "a position of the ring lacks a number",
            "fewer than two numbers",
            findings,
        );
        return None;
    };
    if !super::is_near(feature, &pairs, place, findings) {
        return None;
    }
    if pairs.len() < 4 {
        let seen = format!("{} positions", pairs.len());
        ring_problem(
            feature,
            "the ring has fewer than four positions",
            &seen,
            findings,
        );
        return None;
    }
    let is_closed = pairs
        .first()
        .zip(pairs.last())
        .is_some_and(|(first, last)| {
            (first.0 - last.0).abs() < 1e-9 && (first.1 - last.1).abs() < 1e-9
        });
    if !is_closed {
        let seen = "the last position differs from the first";
        ring_problem(feature, "the ring is not closed", seen, findings);
        return None;
    }
    let mut ring: Vec<Position> = Vec::with_capacity(pairs.len());
    for pair in &pairs[..pairs.len() - 1] {
        let point = place.rules.projection.to_plane(pair.0, pair.1);
        if ring
            .last()
            .is_none_or(|last| last.distance(point).m() > 1e-6)
        {
            ring.push(point);
        }
    }
    if ring.len() < 3 {
        let seen = format!("{} different positions", ring.len());
        ring_problem(feature, "the polygon has no area", &seen, findings);
        return None;
    }
    if let Some((a, b)) = ring::crossing(&ring) {
        let corner = |n: usize| {
            let (longitude, latitude) = place.rules.projection.to_degrees(ring[n]);
            format!("[{longitude:.6}, {latitude:.6}]")
        };
        findings.push(
            feature.offset,
            Diagnostic::error(codes::MAP_CROSSING, "the polygon crosses itself")
                .about(feature.subject())
                .seen(format!(
                    "the edges from {} and from {} cross",
                    corner(a),
                    corner(b)
                ))
                .allowed("a ring whose edges meet only at its corners")
                .help("mend the outline in the map tool (\"fix geometries\")"),
        );
        return None;
    }
    Some(ring)
}

fn ring_problem(feature: &Feature, message: &str, seen: &str, findings: &mut Findings) {
    findings.push(
        feature.offset,
        Diagnostic::error(codes::MAP_RING, message)
            .about(feature.subject())
            .seen(seen)
            .allowed("closed rings of at least four positions, the last equal to the first"),
    );
}

/// A line, if it has at least two different points.
pub(super) fn line(
    feature: &Feature,
    coordinates: &[Coordinates],
    place: &PlaceInputs,
    findings: &mut Findings,
) -> Option<Vec<Position>> {
    let problem = |seen: String| {
        Diagnostic::error(codes::MAP_LINE, "the line has no length")
            .about(feature.subject())
            .seen(seen)
            .allowed("at least two different positions")
    };
    let Some(pairs) = pairs(coordinates) else {
        findings.push(
            feature.offset,
            problem("a position with fewer than two numbers".to_owned()),
        );
        return None;
    };
    if !super::is_near(feature, &pairs, place, findings) {
        return None;
    }
    let mut path: Vec<Position> = Vec::with_capacity(pairs.len());
    for pair in &pairs {
        let point = place.rules.projection.to_plane(pair.0, pair.1);
        if path
            .last()
            .is_none_or(|last| last.distance(point).m() > 1e-3)
        {
            path.push(point);
        }
    }
    if path.len() < 2 {
        findings.push(
            feature.offset,
            problem(format!("{} position(s)", path.len())),
        );
        return None;
    }
    Some(path)
}

/// Says that a kind of geometry is of no use here.
pub(super) fn unsuitable(feature: &Feature, allowed: &str, findings: &mut Findings) {
    let seen = feature
        .geometry
        .as_ref()
        .map_or("no geometry", geojson::GeometryValue::type_name);
    findings.push(
        feature.offset,
        Diagnostic::error(codes::MAP_GEOMETRY, format!("a {seen} is of no use here"))
            .about(feature.subject())
            .seen(seen)
            .allowed(allowed)
            .help("take the feature out of the file"),
    );
}

/// Says that a feature without geometry is left out.
pub(super) fn empty(feature: &Feature, findings: &mut Findings) {
    findings.push(
        feature.offset,
        Diagnostic::warning(codes::MAP_SKIPPED, "a feature without geometry is left out")
            .about(feature.subject()),
    );
}
