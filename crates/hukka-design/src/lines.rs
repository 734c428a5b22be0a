//! From polylines that meet to a graph: nodes where lines meet, edges with their drawn path.

use crate::geometry::{Point, distance, path_length, project};
use rstar::primitives::{GeomWithData, Line as Segment};
use rstar::{AABB, PointDistance, RTree};
use std::collections::BTreeMap;

/// One polyline to be joined to the others.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// Its corners.
    pub(crate) path: Vec<Point>,
    /// Laying cost relative to the catalogue.
    pub(crate) cost_factor: f64,
    /// Length over drawn length.
    pub(crate) stretch: f64,
    /// Index in the list it comes from.
    pub(crate) origin: usize,
}

/// When lines count as meeting.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Meeting {
    /// Corners nearer than this are one, metres.
    pub(crate) coincidence: f64,
    /// An end nearer than this to another line hangs on it, metres.
    pub(crate) end_on_line: f64,
    /// Whether inner corners join too, or only ends.
    pub(crate) at_inner_corners: bool,
    /// Whether of two equal lines only one is kept.
    pub(crate) merges_duplicates: bool,
}

/// A piece of line between two nodes.
#[derive(Debug, Clone)]
pub(crate) struct Edge {
    pub(crate) a: usize,
    pub(crate) b: usize,
    /// Length, metres.
    pub(crate) length: f64,
    /// Drawn from `a` to `b`.
    pub(crate) path: Vec<Point>,
    /// Laying cost relative to the catalogue.
    pub(crate) cost_factor: f64,
    /// Index of the line it is part of.
    pub(crate) origin: usize,
}

/// Lines joined into a graph.
#[derive(Debug, Clone, Default)]
pub(crate) struct LineGraph {
    pub(crate) nodes: Vec<Point>,
    pub(crate) edges: Vec<Edge>,
    /// Edges left out because an equal one exists.
    pub(crate) duplicates: usize,
    /// Length of those, metres.
    pub(crate) duplicate_length: f64,
}

impl LineGraph {
    /// Joins lines into a graph.
    ///
    /// Corners within `coincidence` become one; an end within `end_on_line` of another line is
    /// worked into that line. Lines that merely cross (bridges) are not joined.
    pub(crate) fn build(lines: &[Line], meeting: Meeting) -> Self {
        let mut corners = Corners::new(meeting.coincidence);
        let mut chains: Vec<Vec<usize>> = lines
            .iter()
            .map(|line| {
                let last = line.path.len().saturating_sub(1);
                let mut chain: Vec<usize> = Vec::with_capacity(line.path.len());
                for (i, &p) in line.path.iter().enumerate() {
                    let is_end = i == 0 || i == last;
                    let id = if is_end || meeting.at_inner_corners {
                        corners.find_or_add(p)
                    } else {
                        corners.add(p)
                    };
                    if chain.last() != Some(&id) {
                        chain.push(id);
                    }
                }
                chain
            })
            .collect();
        hang_ends_on_lines(&mut chains, &corners.points, meeting.end_on_line);
        Self::split(lines, &chains, &corners.points, meeting.merges_duplicates)
    }

    fn split(lines: &[Line], chains: &[Vec<usize>], points: &[Point], merges: bool) -> Self {
        let mut uses = vec![0_u32; points.len()];
        for chain in chains.iter().filter(|chain| chain.len() > 1) {
            for &id in chain {
                uses[id] += 1;
            }
            uses[chain[0]] += 1;
            uses[chain[chain.len() - 1]] += 1;
        }
        let mut graph = Self::default();
        let mut node_of: Vec<Option<usize>> = vec![None; points.len()];
        let mut seen: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        for (line, chain) in lines.iter().zip(chains) {
            let mut start = 0;
            for i in 1..chain.len() {
                if uses[chain[i]] < 2 {
                    continue;
                }
                let path: Vec<Point> = chain[start..=i].iter().map(|&id| points[id]).collect();
                let a = graph.node(&mut node_of, chain[start], points);
                let b = graph.node(&mut node_of, chain[i], points);
                start = i;
                if !merges {
                    seen.clear();
                }
                graph.add_unless_known(&mut seen, a, b, (path, line));
            }
        }
        graph
    }

    fn node(&mut self, node_of: &mut [Option<usize>], corner: usize, points: &[Point]) -> usize {
        *node_of[corner].get_or_insert_with(|| {
            self.nodes.push(points[corner]);
            self.nodes.len() - 1
        })
    }

    fn add_unless_known(
        &mut self,
        seen: &mut BTreeMap<(usize, usize), Vec<usize>>,
        a: usize,
        b: usize,
        (path, line): (Vec<Point>, &Line),
    ) {
        let length = path_length(&path) * line.stretch;
        if length <= 0.0 {
            return;
        }
        let same = seen.entry((a.min(b), a.max(b))).or_default();
        let is_known = same.iter().any(|&e| {
            let other = &self.edges[e];
            (other.length - length).abs() < 0.5
                && other.path.len() == path.len()
                && distance(
                    other.path[other.path.len() >> 1],
                    path[if other.a == a {
                        path.len() >> 1
                    } else {
                        path.len() - 1 - (path.len() >> 1)
                    }],
                ) < 1.0
        });
        if is_known {
            self.duplicates += 1;
            self.duplicate_length += length;
            return;
        }
        same.push(self.edges.len());
        self.edges.push(Edge {
            a,
            b,
            length,
            path,
            cost_factor: line.cost_factor,
            origin: line.origin,
        });
    }
}

/// Corners merged when nearer than a tolerance, found by a grid of that pitch.
struct Corners {
    pitch: f64,
    points: Vec<Point>,
    cells: BTreeMap<(i64, i64), Vec<usize>>,
}

impl Corners {
    fn new(tolerance: f64) -> Self {
        Self {
            pitch: tolerance.max(1e-6),
            points: Vec::new(),
            cells: BTreeMap::new(),
        }
    }

    fn cell(&self, p: Point) -> (i64, i64) {
        (
            (p[0] / self.pitch).floor() as i64,
            (p[1] / self.pitch).floor() as i64,
        )
    }

    fn add(&mut self, p: Point) -> usize {
        self.points.push(p);
        self.points.len() - 1
    }

    fn find_or_add(&mut self, p: Point) -> usize {
        let (x, y) = self.cell(p);
        let mut best: Option<(f64, usize)> = None;
        for dx in -1..=1 {
            for dy in -1..=1 {
                for &id in self.cells.get(&(x + dx, y + dy)).into_iter().flatten() {
                    let d = distance(self.points[id], p);
                    if d <= self.pitch && best.is_none_or(|(least, _)| d < least) {
                        best = Some((d, id));
                    }
                }
            }
        }
        if let Some((_, id)) = best {
            return id;
        }
        let id = self.add(p);
        self.cells.entry((x, y)).or_default().push(id);
        id
    }
}

/// Works every loose end that lies on another line into that line.
fn hang_ends_on_lines(chains: &mut [Vec<usize>], points: &[Point], tolerance: f64) {
    let mut uses = vec![0_u32; points.len()];
    for &id in chains.iter().flatten() {
        uses[id] += 1;
    }
    let segments: Vec<GeomWithData<Segment<Point>, (usize, usize)>> = chains
        .iter()
        .enumerate()
        .flat_map(|(c, chain)| {
            chain.windows(2).enumerate().map(move |(s, pair)| {
                GeomWithData::new(Segment::new(points[pair[0]], points[pair[1]]), (c, s))
            })
        })
        .collect();
    let tree = RTree::bulk_load(segments);
    let mut inserts: Vec<(usize, usize, f64, usize)> = Vec::new();
    for (c, chain) in chains.iter().enumerate() {
        if chain.len() < 2 {
            continue;
        }
        for end in [chain[0], chain[chain.len() - 1]] {
            if uses[end] != 1 {
                continue;
            }
            let p = points[end];
            let reach = AABB::from_corners(
                [p[0] - tolerance, p[1] - tolerance],
                [p[0] + tolerance, p[1] + tolerance],
            );
            let hit = tree
                .locate_in_envelope_intersecting(reach)
                .filter(|segment| segment.data.0 != c)
                .map(|segment| (segment.geom().distance_2(&p), segment.data))
                .filter(|(square, _)| *square <= tolerance * tolerance)
                .min_by(|x, y| x.0.total_cmp(&y.0).then(x.1.cmp(&y.1)));
            if let Some((_, (other, s))) = hit {
                let pair = [chains[other][s], chains[other][s + 1]];
                let (t, _) = project(p, points[pair[0]], points[pair[1]]);
                inserts.push((other, s, t, end));
            }
        }
    }
    inserts.sort_by(|x, y| (x.0, x.1).cmp(&(y.0, y.1)).then(x.2.total_cmp(&y.2)));
    for &(chain, s, _, end) in inserts.iter().rev() {
        chains[chain].insert(s + 1, end);
    }
}

/// Parts of a graph that hang together.
#[derive(Debug, Clone)]
pub(crate) struct Components {
    parent: Vec<usize>,
}

impl Components {
    /// Every node on its own.
    pub(crate) fn new(nodes: usize) -> Self {
        Self {
            parent: (0..nodes).collect(),
        }
    }

    /// The node that stands for a node's part.
    pub(crate) fn root(&mut self, mut node: usize) -> usize {
        while self.parent[node] != node {
            self.parent[node] = self.parent[self.parent[node]];
            node = self.parent[node];
        }
        node
    }

    /// Joins two parts; the lower root stays.
    pub(crate) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STREETS: Meeting = Meeting {
        coincidence: 0.5,
        end_on_line: 2.0,
        at_inner_corners: true,
        merges_duplicates: true,
    };

    fn line(path: &[Point], origin: usize) -> Line {
        Line {
            path: path.to_vec(),
            cost_factor: 1.0,
            stretch: 1.0,
            origin,
        }
    }

    fn parts(graph: &LineGraph) -> usize {
        let mut components = Components::new(graph.nodes.len());
        for edge in &graph.edges {
            components.join(edge.a, edge.b);
        }
        (0..graph.nodes.len())
            .filter(|&n| components.root(n) == n)
            .count()
    }

    #[test]
    fn lines_sharing_an_inner_corner_are_split_there() {
        let graph = LineGraph::build(
            &[
                line(&[[0.0, 0.0], [50.0, 0.0], [100.0, 0.0]], 0),
                line(&[[50.0, 0.3], [50.0, 80.0]], 1),
            ],
            STREETS,
        );
        assert_eq!((graph.nodes.len(), graph.edges.len()), (4, 3));
        assert_eq!(parts(&graph), 1);
    }

    #[test]
    fn an_end_lying_on_another_line_hangs_on_it() {
        let graph = LineGraph::build(
            &[
                line(&[[0.0, 0.0], [100.0, 0.0]], 0),
                line(&[[30.0, 1.5], [30.0, 80.0]], 1),
                line(&[[70.0, -2.5], [70.0, -80.0]], 2),
            ],
            STREETS,
        );
        assert_eq!(parts(&graph), 2);
        assert_eq!(graph.edges.len(), 4);
    }

    #[test]
    fn crossing_lines_without_a_shared_corner_stay_apart() {
        let graph = LineGraph::build(
            &[
                line(&[[0.0, 0.0], [100.0, 0.0]], 0),
                line(&[[50.0, -50.0], [50.0, 50.0]], 1),
            ],
            STREETS,
        );
        assert_eq!(parts(&graph), 2);
    }

    #[test]
    fn a_street_drawn_twice_is_kept_once() {
        let graph = LineGraph::build(
            &[
                line(&[[0.0, 0.0], [50.0, 9.0], [100.0, 0.0]], 0),
                line(&[[100.0, 0.1], [50.0, 9.0], [0.0, 0.0]], 1),
            ],
            STREETS,
        );
        let length: f64 = graph.edges.iter().map(|e| e.length).sum();
        assert!(length < 102.0);
        assert!(graph.duplicates >= 1);
    }
}
