//! Plane geometry on metres east and north: projections, cuts, lengths. SI throughout.

use hukka_model::Position;

/// Metres east and north of the study's origin.
pub(crate) type Point = [f64; 2];

/// A position as plain numbers.
pub(crate) const fn point(position: Position) -> Point {
    [position.east.si(), position.north.si()]
}

/// Plain numbers as a position.
pub(crate) const fn position(point: Point) -> Position {
    Position::from_m(point[0], point[1])
}

/// Straight distance.
pub(crate) fn distance(a: Point, b: Point) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// Length of a polyline.
pub(crate) fn path_length(path: &[Point]) -> f64 {
    path.windows(2).map(|pair| distance(pair[0], pair[1])).sum()
}

/// A path run backwards.
pub(crate) fn reversed(path: &[Point]) -> Vec<Point> {
    path.iter().rev().copied().collect()
}

/// Nearest point of segment `a`–`b`: share of the way from `a` (0 to 1) and the point itself.
pub(crate) fn project(p: Point, a: Point, b: Point) -> (f64, Point) {
    let along = [b[0] - a[0], b[1] - a[1]];
    let square = along[0] * along[0] + along[1] * along[1];
    if square <= 0.0 {
        return (0.0, a);
    }
    let t = ((p[0] - a[0]) * along[0] + (p[1] - a[1]) * along[1]) / square;
    let t = t.clamp(0.0, 1.0);
    (t, [a[0] + t * along[0], a[1] + t * along[1]])
}

/// Nearest point of a closed ring's boundary; `None` for fewer than two corners.
pub(crate) fn nearest_on_ring(ring: &[Point], p: Point) -> Option<Point> {
    if ring.len() < 2 {
        return None;
    }
    (0..ring.len())
        .map(|i| project(p, ring[i], ring[(i + 1) % ring.len()]).1)
        .min_by(|a, b| distance(*a, p).total_cmp(&distance(*b, p)))
}

/// Pieces of a polyline cut at rising arc lengths (each inside the path's length).
pub(crate) fn cut(path: &[Point], cuts: &[f64]) -> Vec<Vec<Point>> {
    let mut pieces = Vec::with_capacity(cuts.len() + 1);
    let Some(&first) = path.first() else {
        return pieces;
    };
    let mut piece = vec![first];
    let mut travelled = 0.0;
    let mut next = cuts.iter().copied().peekable();
    for pair in path.windows(2) {
        let step = distance(pair[0], pair[1]);
        while let Some(&at) = next.peek() {
            if at > travelled + step {
                break;
            }
            let t = if step > 0.0 {
                (at - travelled) / step
            } else {
                0.0
            };
            let mid = [
                pair[0][0] + t * (pair[1][0] - pair[0][0]),
                pair[0][1] + t * (pair[1][1] - pair[0][1]),
            ];
            piece.push(mid);
            pieces.push(core::mem::replace(&mut piece, vec![mid]));
            next.next();
        }
        travelled += step;
        piece.push(pair[1]);
    }
    for _ in next {
        let end = path[path.len() - 1];
        pieces.push(core::mem::replace(&mut piece, vec![end]));
        piece.push(end);
    }
    pieces.push(piece);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_corner_of_the_ring_is_nearest_from_outside() {
        let ring = [[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0]];
        assert_eq!(nearest_on_ring(&ring, [12.0, 12.0]), Some([10.0, 10.0]));
        assert_eq!(nearest_on_ring(&ring, [5.0, -3.0]), Some([5.0, 0.0]));
    }

    proptest! {
        #[test]
        fn cutting_keeps_the_length(
            points in prop::collection::vec([-50.0..50.0_f64, -50.0..50.0_f64], 2..8),
            mut shares in prop::collection::vec(0.0..1.0_f64, 0..5),
        ) {
            shares.sort_by(f64::total_cmp);
            let whole = path_length(&points);
            let cuts: Vec<f64> = shares.iter().map(|s| s * whole).collect();
            let pieces = cut(&points, &cuts);
            prop_assert_eq!(pieces.len(), cuts.len() + 1);
            let sum: f64 = pieces.iter().map(|p| path_length(p)).sum();
            prop_assert!((sum - whole).abs() < 1e-9 * (1.0 + whole));
        }
    }
}
