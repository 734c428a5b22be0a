//! Buildings: closed ways and multipolygons, with what their tags tell.

use super::note::{Kind, Notes, order};
use super::outline::{Outline, Trouble, of_relation, of_way};
use super::plane::Plane;
use super::raw::{Bounds, Point, Raw, Tags};
use super::tags::{self, Reading, UseWord};
use std::collections::BTreeMap;

/// Smallest footprint that is a building.
const SMALLEST_M2: f64 = 1.0;
/// Height of a storey where only the building's height is known.
const STOREY_M: f64 = 3.2;
/// Uses whose storeys are about of one height.
const EVEN_STOREYS: [&str; 9] = [
    "apartments",
    "residential",
    "house",
    "detached",
    "semidetached_house",
    "terrace",
    "dormitory",
    "office",
    "hotel",
];

/// A building with what is known of it.
#[derive(Debug, PartialEq)]
pub(super) struct Building {
    pub(super) id: String,
    /// Outer ring and holes of each part, closed.
    pub(super) parts: Vec<Vec<Vec<Point>>>,
    pub(super) usage: UseWord,
    pub(super) name: Option<String>,
    pub(super) storeys: Option<f64>,
    pub(super) year: Option<f64>,
    pub(super) height_m: Option<f64>,
}

/// Every building that lies whole inside the rectangle, by id.
pub(super) fn buildings(
    raw: &Raw,
    window: Option<&Bounds>,
    plane: Plane,
    notes: &mut Notes,
) -> Vec<Building> {
    let mut out: Vec<Building> = Vec::new();
    let ways = raw
        .ways
        .iter()
        .filter(|way| way.tags.get("building").is_some());
    for way in ways {
        let id = format!("w{}", way.id);
        out.extend(one(
            &id,
            of_way(raw, way),
            &way.tags,
            (window, plane),
            notes,
        ));
    }
    let relations = raw.relations.iter().filter(|relation| {
        relation.tags.is("type", "multipolygon") && relation.tags.get("building").is_some()
    });
    for relation in relations {
        let id = format!("r{}", relation.id);
        let outline = of_relation(raw, relation);
        out.extend(one(&id, outline, &relation.tags, (window, plane), notes));
    }
    out.sort_by(|a, b| order(&a.id).cmp(&order(&b.id)));
    without_doubles(out, notes)
}

fn one(
    id: &str,
    outline: Result<Outline, Trouble>,
    tags: &Tags,
    (window, plane): (Option<&Bounds>, Plane),
    notes: &mut Notes,
) -> Option<Building> {
    let mut outline = match outline {
        Ok(outline) => outline,
        Err(Trouble { at, missing, known }) => {
            let is_near = window.is_none_or(|w| known.iter().any(|point| w.holds(*point)));
            if is_near {
                let seen = format!("{missing} nodes or ways are not in the file");
                notes.add(Kind::BuildingIncomplete, (id, at), seen, "left out");
            }
            return None;
        }
    };
    let at = outline.first();
    if let Some(window) = window {
        let points = || {
            outline
                .parts
                .iter()
                .filter_map(|part| part.first())
                .flatten()
        };
        let inside = points().filter(|point| window.holds(**point)).count();
        if inside == 0 {
            return None;
        }
        if inside < points().count() {
            let at = points().find(|point| window.holds(**point)).copied();
            notes.add(
                Kind::BuildingCut,
                (id, at),
                "reaches over the edge",
                "left out",
            );
            return None;
        }
    }
    if tags.is("building", "no") {
        notes.add(Kind::NotABuilding, (id, at), "building=no", "left out");
        return None;
    }
    outline.mend(id, plane, notes);
    let area: f64 = outline
        .parts
        .iter()
        .map(|part| part_area(part, plane))
        .sum();
    if area < SMALLEST_M2 {
        notes.add(
            Kind::BuildingTiny,
            (id, at),
            format!("{area:.2} m²"),
            "left out",
        );
        return None;
    }
    Some(tagged(id, outline, tags, at, notes))
}

fn part_area(part: &[Vec<Point>], plane: Plane) -> f64 {
    let areas: Vec<f64> = part.iter().map(|ring| plane.area(ring).abs()).collect();
    areas
        .split_first()
        .map_or(0.0, |(outer, holes)| outer - holes.iter().sum::<f64>())
}

fn tagged(
    id: &str,
    outline: Outline,
    tags: &Tags,
    at: Option<Point>,
    notes: &mut Notes,
) -> Building {
    let mut number = |key: &str, read: fn(&str) -> Option<Reading>| {
        let text = tags.get(key)?;
        let seen = format!("{key}={text}");
        match read(text) {
            None => notes.add(Kind::NumberUnreadable, (id, at), seen, "left out"),
            Some(reading) if !reading.is_plain => {
                notes.add(
                    Kind::NumberGuessed,
                    (id, at),
                    seen,
                    reading.value.to_string(),
                );
            }
            Some(_) => {}
        }
        read(text).map(|reading| reading.value)
    };
    let year = number("start_date", tags::year);
    let height_m = number("height", tags::metres).map(|height| (height * 1e3).round() / 1e3);
    let storeys = number("building:levels", tags::storeys);
    let usage = tags::use_word(tags);
    if usage == UseWord::Nothing {
        notes.add(
            Kind::UseUnknown,
            (id, at),
            "building=yes",
            "by the footprint",
        );
    }
    let storeys = storeys.or_else(|| {
        let height = height_m?;
        let word = tags.get("building").unwrap_or_default();
        let is_even = EVEN_STOREYS.contains(&word);
        let storeys = (height / STOREY_M).round().clamp(1.0, 150.0);
        is_even.then(|| {
            let seen = format!("height {height} m, no building:levels");
            notes.add(Kind::StoreysFromHeight, (id, at), seen, storeys.to_string());
            storeys
        })
    });
    Building {
        id: id.to_owned(),
        parts: outline.parts,
        usage,
        name: super::name(tags),
        storeys,
        year,
        height_m,
    }
}

/// Leaves out outlines of the same corners as another, as when way and relation both are tagged.
fn without_doubles(buildings: Vec<Building>, notes: &mut Notes) -> Vec<Building> {
    let mut first: BTreeMap<Vec<Point>, String> = BTreeMap::new();
    let mut out = Vec::new();
    for building in buildings {
        let mut corners: Vec<Point> = building
            .parts
            .iter()
            .filter_map(|part| part.first())
            .flatten()
            .copied()
            .collect();
        corners.sort_unstable();
        corners.dedup();
        let at = corners.first().copied();
        if let Some(earlier) = first.get(&corners) {
            let seen = format!("same corners as {earlier}");
            notes.add(Kind::BuildingTwice, (&building.id, at), seen, "left out");
            continue;
        }
        first.insert(corners, building.id.clone());
        out.push(building);
    }
    out
}
