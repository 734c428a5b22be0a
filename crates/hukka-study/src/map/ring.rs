//! Rings of polygons: area, centre, and whether they cross themselves.

use hukka_model::Position;

/// Signed area of a ring in m², positive anticlockwise (shoelace formula).
pub(super) fn signed_area(ring: &[Position]) -> f64 {
    let Some(origin) = ring.first() else {
        return 0.0;
    };
    edges(ring)
        .map(|(a, b)| {
            let (ax, ay) = relative(*a, *origin);
            let (bx, by) = relative(*b, *origin);
            ax.mul_add(by, -(bx * ay))
        })
        .sum::<f64>()
        / 2.0
}

/// Centre of mass of a ring; the mean of its points when it has no area.
pub(super) fn centroid(ring: &[Position]) -> Position {
    let Some(origin) = ring.first() else {
        return Position::from_m(0.0, 0.0);
    };
    let area = signed_area(ring);
    let (mut east, mut north) = (0.0, 0.0);
    for (a, b) in edges(ring) {
        let (ax, ay) = relative(*a, *origin);
        let (bx, by) = relative(*b, *origin);
        let cross = ax.mul_add(by, -(bx * ay));
        east += (ax + bx) * cross;
        north += (ay + by) * cross;
    }
    if area.abs() < 1e-9 {
        let count = ring.len() as f64;
        let sum = ring.iter().fold((0.0, 0.0), |sum, point| {
            let (x, y) = relative(*point, *origin);
            (sum.0 + x, sum.1 + y)
        });
        return Position::from_m(
            origin.east.m() + sum.0 / count,
            origin.north.m() + sum.1 / count,
        );
    }
    Position::from_m(
        origin.east.m() + east / (6.0 * area),
        origin.north.m() + north / (6.0 * area),
    )
}

/// Coordinates from the first point, so that areas keep their digits far from the origin.
fn relative(point: Position, origin: Position) -> (f64, f64) {
    (
        point.east.m() - origin.east.m(),
        point.north.m() - origin.north.m(),
    )
}

fn edges(ring: &[Position]) -> impl Iterator<Item = (&Position, &Position)> {
    ring.iter().zip(ring.iter().cycle().skip(1))
}

/// Two edges of a ring that cross, as the points where they begin.
///
/// Edges are swept from west to east, so that only those that overlap are compared.
pub(super) fn crossing(ring: &[Position]) -> Option<(usize, usize)> {
    let count = ring.len();
    let at = |n: usize| (ring[n % count].east.m(), ring[n % count].north.m());
    let west = |n: usize| at(n).0.min(at(n + 1).0);
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|a, b| west(*a).total_cmp(&west(*b)).then(a.cmp(b)));
    let mut active: Vec<usize> = Vec::new();
    for edge in order {
        let from = west(edge);
        active.retain(|other| at(*other).0.max(at(other + 1).0) >= from);
        for other in &active {
            let are_neighbours = (edge + 1) % count == *other || (other + 1) % count == edge;
            if !are_neighbours && cross([at(edge), at(edge + 1)], [at(*other), at(other + 1)]) {
                return Some((edge.min(*other), edge.max(*other)));
            }
        }
        active.push(edge);
    }
    None
}

/// Whether two segments cross at a point inside both.
fn cross(a: [(f64, f64); 2], b: [(f64, f64); 2]) -> bool {
    let side = |p: (f64, f64), q: (f64, f64), r: (f64, f64)| {
        (q.0 - p.0).mul_add(r.1 - p.1, -((q.1 - p.1) * (r.0 - p.0)))
    };
    // A corner that touches an edge to within a square centimetre does not cross it.
    let apart = |x: f64, y: f64| (x > 1e-4 && y < -1e-4) || (x < -1e-4 && y > 1e-4);
    apart(side(a[0], a[1], b[0]), side(a[0], a[1], b[1]))
        && apart(side(b[0], b[1], a[0]), side(b[0], b[1], a[1]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ring(points: &[(f64, f64)]) -> Vec<Position> {
        points
            .iter()
            .map(|(x, y)| Position::from_m(*x, *y))
            .collect()
    }

    #[test]
    fn a_rectangle_has_its_area_and_centre() {
        let ring = ring(&[
            (1e6, 2e6),
            (1e6 + 30.0, 2e6),
            (1e6 + 30.0, 2e6 + 10.0),
            (1e6, 2e6 + 10.0),
        ]);
        assert!((signed_area(&ring) - 300.0).abs() < 1e-6);
        let centre = centroid(&ring);
        assert!((centre.east.m() - 1e6 - 15.0).abs() < 1e-6);
        assert!((centre.north.m() - 2e6 - 5.0).abs() < 1e-6);
        assert_eq!(crossing(&ring), None);
    }

    #[test]
    fn a_bow_tie_crosses_itself() {
        let ring = ring(&[(0.0, 0.0), (10.0, 10.0), (10.0, 0.0), (0.0, 10.0)]);
        assert_eq!(crossing(&ring), Some((0, 2)));
    }

    #[test]
    fn a_corner_that_touches_an_edge_is_no_crossing() {
        let ring = ring(&[
            (0.0, 0.0),
            (10.0, 0.0),
            (10.0, 10.0),
            (5.0, 0.0),
            (0.0, 10.0),
        ]);
        assert_eq!(crossing(&ring), None);
    }

    proptest! {
        #[test]
        fn star_shaped_rings_never_cross(radii in prop::collection::vec(1.0..50.0_f64, 3..60)) {
            let count = radii.len() as f64;
            let points: Vec<(f64, f64)> = radii.iter().enumerate().map(|(n, r)| {
                let angle = std::f64::consts::TAU * n as f64 / count;
                (r * angle.cos(), r * angle.sin())
            }).collect();
            let ring = ring(&points);
            prop_assert_eq!(crossing(&ring), None);
            prop_assert!(signed_area(&ring) > 0.0);
        }

        #[test]
        fn swapping_two_far_corners_of_a_circle_crosses(count in 5_usize..80) {
            let mut points: Vec<(f64, f64)> = (0..count).map(|n| {
                let angle = std::f64::consts::TAU * n as f64 / count as f64;
                (100.0 * angle.cos(), 100.0 * angle.sin())
            }).collect();
            points.swap(0, 2);
            prop_assert!(crossing(&ring(&points)).is_some());
        }
    }
}
