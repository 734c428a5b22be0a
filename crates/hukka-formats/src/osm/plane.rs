//! Metres on a plane that touches the map in its middle, for lengths and areas of a town.

use super::raw::Point;

/// Metres of a ten-millionth of a degree of latitude (mean Earth radius 6,371,008.8 m).
const METRES: f64 = 6_371_008.8 * std::f64::consts::PI / 180.0 / 1e7;

/// A plane around a place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plane {
    origin: Point,
    shrink: f64,
}

impl Plane {
    pub(super) fn around(origin: Point) -> Self {
        let shrink = origin.degrees().1.to_radians().cos().max(0.01);
        Self { origin, shrink }
    }

    /// Metres east and north of the origin.
    pub(super) fn xy(self, point: Point) -> (f64, f64) {
        let east = i64::from(point.lon) - i64::from(self.origin.lon);
        let north = i64::from(point.lat) - i64::from(self.origin.lat);
        (east as f64 * METRES * self.shrink, north as f64 * METRES)
    }

    pub(super) fn distance(self, a: Point, b: Point) -> f64 {
        let (a, b) = (self.xy(a), self.xy(b));
        (a.0 - b.0).hypot(a.1 - b.1)
    }

    /// Area of a ring in m², positive anticlockwise (shoelace formula).
    pub(super) fn area(self, ring: &[Point]) -> f64 {
        let Some(first) = ring.first() else {
            return 0.0;
        };
        let near = Self {
            origin: *first,
            ..self
        };
        let points: Vec<(f64, f64)> = ring.iter().map(|p| near.xy(*p)).collect();
        let next = points.iter().cycle().skip(1);
        let doubled = points
            .iter()
            .zip(next)
            .map(|(a, b)| a.0.mul_add(b.1, -(b.0 * a.1)));
        doubled.sum::<f64>() / 2.0
    }
}

/// The spot a share of the way from one point to another.
pub(super) fn between(a: Point, b: Point, share: f64) -> Point {
    let mix = |a: i32, b: i32| {
        let (a, b) = (f64::from(a), f64::from(b));
        (b - a).mul_add(share, a).round() as i32
    };
    Point {
        lon: mix(a.lon, b.lon),
        lat: mix(a.lat, b.lat),
    }
}

/// On which side of the line from `a` to `b` a point lies: exact, as coordinates are whole.
fn side(a: Point, b: Point, c: Point) -> i32 {
    let d = |p: i32, q: i32| i128::from(p) - i128::from(q);
    let cross = d(b.lon, a.lon) * d(c.lat, a.lat) - d(b.lat, a.lat) * d(c.lon, a.lon);
    cross.signum() as i32
}

/// Share along the first segment where two segments cross inside both.
pub(super) fn cross(a: [Point; 2], b: [Point; 2]) -> Option<f64> {
    let (a0, a1) = (side(b[0], b[1], a[0]), side(b[0], b[1], a[1]));
    let (b0, b1) = (side(a[0], a[1], b[0]), side(a[0], a[1], b[1]));
    if a0 * a1 >= 0 || b0 * b1 >= 0 {
        return None;
    }
    let d = |p: i32, q: i32| f64::from(p) - f64::from(q);
    let (ux, uy) = (d(a[1].lon, a[0].lon), d(a[1].lat, a[0].lat));
    let (vx, vy) = (d(b[1].lon, b[0].lon), d(b[1].lat, b[0].lat));
    let (wx, wy) = (d(b[0].lon, a[0].lon), d(b[0].lat, a[0].lat));
    let share = wx.mul_add(vy, -(wy * vx)) / ux.mul_add(vy, -(uy * vx));
    share.is_finite().then(|| share.clamp(0.0, 1.0))
}

/// Pairs of segments whose rectangles meet, each once: (earlier, later) in the list.
///
/// Segments are swept from west to east, so that only those that overlap are compared.
pub(super) fn meeting(segments: &[[Point; 2]]) -> Vec<(usize, usize)> {
    let west = |n: usize| segments[n][0].lon.min(segments[n][1].lon);
    let east = |n: usize| segments[n][0].lon.max(segments[n][1].lon);
    let low = |n: usize| segments[n][0].lat.min(segments[n][1].lat);
    let high = |n: usize| segments[n][0].lat.max(segments[n][1].lat);
    let mut order: Vec<usize> = (0..segments.len()).collect();
    order.sort_by_key(|n| (west(*n), *n));
    let (mut active, mut pairs): (Vec<usize>, _) = (Vec::new(), Vec::new());
    for segment in order {
        active.retain(|other| east(*other) >= west(segment));
        for other in &active {
            if low(*other) <= high(segment) && low(segment) <= high(*other) {
                pairs.push((segment.min(*other), segment.max(*other)));
            }
        }
        active.push(segment);
    }
    pairs.sort_unstable();
    pairs
}

/// Whether a closed ring, last point not repeated, crosses itself.
pub(super) fn crosses_itself(ring: &[Point]) -> bool {
    let next = ring.iter().cycle().skip(1);
    let edges: Vec<[Point; 2]> = ring.iter().zip(next).map(|(a, b)| [*a, *b]).collect();
    meeting(&edges)
        .into_iter()
        .any(|(a, b)| cross(edges[a], edges[b]).is_some())
}

/// Smallest convex ring around points, anticlockwise (Andrew's monotone chain).
pub(super) fn hull(points: &[Point]) -> Vec<Point> {
    let mut sorted = points.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let chain = |points: &mut dyn Iterator<Item = Point>| {
        let mut out: Vec<Point> = Vec::new();
        for point in points {
            while out.len() > 1 && side(out[out.len() - 2], out[out.len() - 1], point) <= 0 {
                out.pop();
            }
            out.push(point);
        }
        out.pop();
        out
    };
    let mut ring = chain(&mut sorted.iter().copied());
    ring.extend(chain(&mut sorted.iter().rev().copied()));
    ring
}

/// Whether a ring holds a point (crossing number; points on the edge may fall either way).
pub(super) fn holds(ring: &[Point], point: Point) -> bool {
    let next = ring.iter().cycle().skip(1);
    let crossed = ring.iter().zip(next).filter(|(a, b)| {
        let (a, b) = (**a, **b);
        let is_level = (a.lat > point.lat) != (b.lat > point.lat);
        let (low, high) = if a.lat < b.lat { (a, b) } else { (b, a) };
        is_level && side(low, high, point) > 0
    });
    crossed.count() % 2 == 1
}
