//! Outlines: rings from ways, joined where a multipolygon has them in pieces.

use super::note::{Kind, Notes};
use super::plane::{self, Plane};
use super::raw::{Point, Raw, Relation, Way};

/// An outline: outer ring and holes of each part, closed.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) parts: Vec<Vec<Vec<Point>>>,
    /// Spots where a ring had to be closed by hand.
    closed_at: Vec<Point>,
    /// Spots of holes that could not be drawn.
    lost_holes: Vec<Point>,
}

/// An outline that cannot be drawn.
#[derive(Debug)]
pub(super) struct Trouble {
    pub(super) at: Option<Point>,
    pub(super) missing: usize,
    pub(super) known: Vec<Point>,
}

impl Outline {
    pub(super) fn first(&self) -> Option<Point> {
        self.parts.first()?.first()?.first().copied()
    }

    /// Makes rings that the map reader takes, and tells what was done to them.
    pub(super) fn mend(&mut self, id: &str, plane: Plane, notes: &mut Notes) {
        for at in &self.closed_at {
            notes.add(
                Kind::BuildingUnclosed,
                (id, Some(*at)),
                "first and last node differ",
                "closed with a straight wall",
            );
        }
        for at in &self.lost_holes {
            notes.add(
                Kind::HoleLost,
                (id, Some(*at)),
                "hole of a multipolygon",
                "filled",
            );
        }
        for part in &mut self.parts {
            mend_part(part, id, plane, notes);
        }
        self.parts
            .retain(|part| part.first().is_some_and(|ring| ring.len() > 3));
    }
}

fn mend_part(part: &mut Vec<Vec<Point>>, id: &str, plane: Plane, notes: &mut Notes) {
    let rings = std::mem::take(part);
    let mut rings = rings.into_iter().map(open);
    let Some(mut outer) = rings.next() else {
        return;
    };
    let at = outer.first().copied();
    let is_crossed = plane::crosses_itself(&outer);
    if is_crossed {
        let seen = "the outline crosses itself";
        let taken = "the straight walls around its corners";
        notes.add(Kind::BuildingCrossesItself, (id, at), seen, taken);
        outer = plane::hull(&outer);
    }
    let mut left = plane.area(&outer).abs();
    let mut holes = Vec::new();
    for hole in rings {
        let area = plane.area(&hole).abs();
        let is_sound = hole.len() > 2
            && area > 0.01
            && area < left
            && !is_crossed
            && !plane::crosses_itself(&hole);
        if is_sound {
            left -= area;
            holes.push(hole);
        } else {
            let at = hole.first().copied();
            notes.add(
                Kind::HoleLost,
                (id, at),
                format!("a hole of {area:.2} m²"),
                "filled",
            );
        }
    }
    part.extend(std::iter::once(outer).chain(holes).map(closed));
}

/// A ring without its repeated last point and without doubled points.
fn open(mut ring: Vec<Point>) -> Vec<Point> {
    ring.dedup();
    while ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    ring
}

fn closed(mut ring: Vec<Point>) -> Vec<Point> {
    ring.extend(ring.first().copied());
    ring
}

/// Outline of a way.
pub(super) fn of_way(raw: &Raw, way: &Way) -> Result<Outline, Trouble> {
    let known: Vec<Point> = way.nodes.iter().filter_map(|id| raw.point(*id)).collect();
    let missing = way.nodes.len() - known.len();
    let at = known.first().copied();
    let (Some(first), true) = (at, missing == 0) else {
        return Err(Trouble { at, missing, known });
    };
    let is_closed = way.nodes.first() == way.nodes.last();
    Ok(Outline {
        parts: vec![vec![closed(open(known))]],
        closed_at: if is_closed { Vec::new() } else { vec![first] },
        lost_holes: Vec::new(),
    })
}

/// Outline of a multipolygon.
pub(super) fn of_relation(raw: &Raw, relation: &Relation) -> Result<Outline, Trouble> {
    let (mut outer, mut inner) = (Vec::new(), Vec::new());
    let (mut known, mut missing) = (Vec::new(), 0);
    for (id, is_inner) in &relation.ways {
        let Some(way) = raw.way(*id) else {
            missing += 1;
            continue;
        };
        let points: Vec<Option<Point>> = way.nodes.iter().map(|node| raw.point(*node)).collect();
        known.extend(points.iter().flatten());
        missing += points.iter().filter(|point| point.is_none()).count();
        let chain: Vec<(i64, Point)> = way
            .nodes
            .iter()
            .zip(points)
            .filter_map(|(id, point)| Some((*id, point?)))
            .collect();
        let list = if *is_inner { &mut inner } else { &mut outer };
        list.push(chain);
    }
    let at = known.first().copied();
    if missing > 0 || outer.is_empty() {
        return Err(Trouble { at, missing, known });
    }
    let mut outline = Outline::default();
    for (ring, is_closed) in joined(outer) {
        outline
            .closed_at
            .extend(ring.first().filter(|_| !is_closed));
        outline.parts.push(vec![closed(open(ring))]);
    }
    for (ring, is_closed) in joined(inner) {
        let Some(first) = ring.first().copied() else {
            continue;
        };
        let home = outline.parts.iter().position(|part| {
            let inside = ring
                .iter()
                .filter(|point| plane::holds(&part[0], **point))
                .count();
            inside * 2 > ring.len()
        });
        match home {
            Some(home) if is_closed => outline.parts[home].push(closed(open(ring))),
            _ => outline.lost_holes.push(first),
        }
    }
    Ok(outline)
}

/// Joins chains at their ends until each is a ring or no other fits; tells which closed.
fn joined(mut chains: Vec<Vec<(i64, Point)>>) -> Vec<(Vec<Point>, bool)> {
    chains.retain(|chain| !chain.is_empty());
    chains.reverse();
    let mut rings = Vec::new();
    while let Some(mut ring) = chains.pop() {
        let ends = |chain: &[(i64, Point)]| {
            (
                chain.first().map(|end| end.0),
                chain.last().map(|end| end.0),
            )
        };
        while ring.len() < 2 || ends(&ring).0 != ends(&ring).1 {
            let tail = ends(&ring).1;
            let next = chains.iter().rposition(|chain| {
                let (first, last) = ends(chain);
                first != last && (first == tail || last == tail)
            });
            let Some(next) = next else {
                break;
            };
            let mut chain = chains.remove(next);
            if ends(&chain).0 != tail {
                chain.reverse();
            }
            ring.extend(chain.into_iter().skip(1));
        }
        let (first, last) = ends(&ring);
        let is_closed = first == last && ring.len() > 3;
        rings.push((
            ring.into_iter().map(|(_, point)| point).collect(),
            is_closed,
        ));
    }
    rings
}
