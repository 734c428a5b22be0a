//! Finding the nearest point of many lines.

use super::GroundEdge;
use crate::geometry::{Point, distance, project};
use core::ops::Range;
use rstar::RTree;
use rstar::primitives::{GeomWithData, Line as Segment};

/// Nearest point of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Nearest {
    pub(crate) edge: usize,
    /// Drawn length from the edge's start.
    pub(crate) at: f64,
    pub(crate) point: Point,
    pub(crate) distance: f64,
}

#[derive(Debug, Clone, Copy)]
struct Mark {
    edge: usize,
    before: f64,
}

/// Segments of a range of edges, ready for search.
#[derive(Debug)]
pub(crate) struct LineIndex {
    tree: RTree<GeomWithData<Segment<Point>, Mark>>,
}

impl LineIndex {
    pub(crate) fn new(edges: &[GroundEdge], range: Range<usize>) -> Self {
        let mut segments = Vec::new();
        for edge in range {
            let mut before = 0.0;
            for pair in edges[edge].path.windows(2) {
                segments.push(GeomWithData::new(
                    Segment::new(pair[0], pair[1]),
                    Mark { edge, before },
                ));
                before += distance(pair[0], pair[1]);
            }
        }
        Self {
            tree: RTree::bulk_load(segments),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.tree.size() == 0
    }

    /// The nearest point of all lines.
    pub(crate) fn nearest(&self, p: Point) -> Option<Nearest> {
        self.tree
            .nearest_neighbor(p)
            .map(|segment| foot(segment, p))
    }

    /// The nearest point of those lines a test accepts.
    pub(crate) fn nearest_where(
        &self,
        p: Point,
        accept: impl Fn(usize) -> bool,
    ) -> Option<Nearest> {
        self.tree
            .nearest_neighbor_iter(p)
            .find(|segment| accept(segment.data.edge))
            .map(|segment| foot(segment, p))
    }
}

fn foot(segment: &GeomWithData<Segment<Point>, Mark>, p: Point) -> Nearest {
    let line = segment.geom();
    let (_, point) = project(p, line.from, line.to);
    Nearest {
        edge: segment.data.edge,
        at: segment.data.before + distance(line.from, point),
        point,
        distance: distance(point, p),
    }
}
