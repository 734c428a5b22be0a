//! Hooking consumers on lines, and splitting lines where something hangs on them.

use super::index::{LineIndex, Nearest};
use super::town::{Bearing, TOWN_DISTANCE};
use super::{DETOUR, Ground, GroundEdge, Hook, Laid, Ways, Wish, stands_in_town};
use crate::findings::Findings;
use crate::geometry::{Point, cut, distance, nearest_on_ring, path_length, point};
use hukka_model::{HeatDemand, Study, TrenchKind, UnconnectedReason};

/// A building farther than this from any street has wrong coordinates, metres.
const LOST: f64 = 1000.0;
/// Hooks nearer than this along a street share one branch, metres.
const SHARED: f64 = 2.0;
/// Hooks nearer than this to a line's end hang on the end, metres.
const AT_END: f64 = 1.0;
/// A pipe that ends this near to a building is its service pipe, metres.
const SERVICE_END: f64 = 10.0;
/// Shortest service pipe, metres.
const LEAST_SERVICE: f64 = 1.0;

/// Where a consumer would hang.
#[derive(Debug, Clone, Copy)]
pub(super) enum Foot {
    /// On a street or pipe.
    OnLine {
        edge: usize,
        at: f64,
        /// Side of the building.
        wall: Point,
    },
    /// Straight to the energy centre, with its own pipe of a given length.
    ToPlant {
        wall: Option<Point>,
        length: Option<f64>,
    },
    /// Around the energy centre, with pipes that lie there.
    InTown,
}

/// A foot whose node is known once lines are split.
#[derive(Debug, Clone, Copy)]
pub(super) enum Asked {
    Node {
        request: usize,
        wall: Point,
    },
    ToPlant {
        wall: Option<Point>,
        length: Option<f64>,
    },
    InTown,
}

/// Where a consumer would hang, or why it cannot.
pub(super) fn foot_of(
    study: &Study,
    demand: &HeatDemand,
    c: usize,
    (wish, ways): (Wish, &Ways),
    findings: &mut Findings,
) -> Result<Foot, UnconnectedReason> {
    let consumer = &demand.consumers[c];
    let outline: Vec<Point> = consumer
        .building
        .map(|b| {
            study.buildings[b]
                .outline
                .iter()
                .map(|&p| point(p))
                .collect()
        })
        .unwrap_or_default();
    let Some(centre) = consumer.position.map(point) else {
        if let Wish::Out(reason) = wish {
            return Err(reason);
        }
        if stands_in_town(study, demand) {
            return Ok(Foot::InTown);
        }
        let length = study.network.lumped_distance.map(hukka_units::Length::si);
        return Ok(Foot::ToPlant { wall: None, length });
    };
    let limit = study.design.max_service_length.si();
    let to_pipe = nearest(&ways.pipes, centre, &outline).filter(|(near, _)| near.distance <= limit);
    let Some((near, wall)) = to_pipe
        .or_else(|| nearest(&ways.streets, centre, &outline))
        .or_else(|| nearest(&ways.pipes, centre, &outline))
    else {
        if consumer.building.is_some() {
            findings.no_streets();
            return Err(UnconnectedReason::TooFarFromStreet);
        }
        return Ok(Foot::ToPlant {
            wall: Some(centre),
            length: None,
        });
    };
    if consumer.building.is_some() {
        if near.distance > LOST {
            findings.lost_building(&consumer.id, near.distance);
            return Err(UnconnectedReason::TooFarFromStreet);
        }
        if let Wish::Out(reason) = wish {
            return Err(reason);
        }
        if near.distance > limit {
            if wish != Wish::Must {
                return Err(UnconnectedReason::TooFarFromStreet);
            }
            findings.long_service(&consumer.id, near.distance, limit);
        }
    } else if let Wish::Out(reason) = wish {
        return Err(reason);
    }
    Ok(Foot::OnLine {
        edge: near.edge,
        at: near.at,
        wall,
    })
}

/// Nearest point of the lines to a building's corners (or its centre), and the point of the
/// building it faces.
fn nearest(index: &LineIndex, centre: Point, outline: &[Point]) -> Option<(Nearest, Point)> {
    let best = outline
        .iter()
        .chain(outline.is_empty().then_some(&centre))
        .filter_map(|&corner| index.nearest(corner))
        .min_by(|x, y| x.distance.total_cmp(&y.distance))?;
    let wall = nearest_on_ring(outline, best.point).unwrap_or(centre);
    let distance = distance(wall, best.point);
    Some((Nearest { distance, ..best }, wall))
}

/// Collects the places where lines must be split, then splits them.
#[derive(Debug)]
pub(super) struct Splitter {
    requests: Vec<(usize, f64)>,
}

impl Splitter {
    /// A splitter that knows the joints of streets and pipes.
    pub(super) fn new(ways: &Ways) -> Self {
        Self {
            requests: ways
                .links
                .iter()
                .map(|(_, near)| (near.edge, near.at))
                .collect(),
        }
    }

    /// Asks for a node on an edge; returns the number of the request.
    pub(super) fn node_at(&mut self, edge: usize, at: f64) -> usize {
        self.requests.push((edge, at));
        self.requests.len() - 1
    }

    /// Asks for the node of a consumer's foot, if its streets reach the others.
    pub(super) fn ask(
        &mut self,
        ways: &Ways,
        foot: Foot,
        main: Option<usize>,
    ) -> Result<Asked, UnconnectedReason> {
        match foot {
            Foot::InTown => Ok(Asked::InTown),
            Foot::ToPlant { wall, length } => Ok(Asked::ToPlant { wall, length }),
            Foot::OnLine { edge, at, wall } => {
                if Some(ways.part[ways.edges[edge].a]) != main {
                    return Err(UnconnectedReason::NoStreetToPlant);
                }
                Ok(Asked::Node {
                    request: self.node_at(edge, at),
                    wall,
                })
            }
        }
    }

    /// Splits every edge where asked; requests within two metres share a node.
    pub(super) fn split(self, ways: &Ways) -> SplitGround {
        let mut nodes = ways.nodes.clone();
        let mut edges = Vec::with_capacity(ways.edges.len() + self.requests.len());
        let mut node_of = vec![0; self.requests.len()];
        let mut order: Vec<usize> = (0..self.requests.len()).collect();
        order.sort_by(|&x, &y| {
            let ((e, a), (f, b)) = (self.requests[x], self.requests[y]);
            e.cmp(&f).then(a.total_cmp(&b)).then(x.cmp(&y))
        });
        let mut next = 0;
        for (e, edge) in ways.edges.iter().enumerate() {
            let drawn = path_length(&edge.path);
            let mut cuts: Vec<(f64, usize)> = Vec::new();
            while let Some(&r) = order.get(next).filter(|&&r| self.requests[r].0 == e) {
                let at = self.requests[r].1;
                node_of[r] = if at <= AT_END {
                    edge.a
                } else if at >= drawn - AT_END {
                    edge.b
                } else if let Some(&(_, node)) =
                    cuts.last().filter(|(first, _)| at - first <= SHARED)
                {
                    node
                } else {
                    nodes.push([0.0, 0.0]);
                    cuts.push((at, nodes.len() - 1));
                    nodes.len() - 1
                };
                next += 1;
            }
            push_pieces(edge, drawn, &cuts, (&mut nodes, &mut edges));
        }
        for (i, (node, near)) in ways.links.iter().enumerate() {
            if node_of[i] != *node {
                edges.push(GroundEdge {
                    a: node_of[i],
                    b: *node,
                    length: near.distance.max(LEAST_SERVICE),
                    path: vec![nodes[node_of[i]], nodes[*node]],
                    kind: TrenchKind::Street,
                    cost_factor: 1.0,
                    existing: None,
                    is_estimated: false,
                });
            }
        }
        SplitGround {
            ground: Ground {
                nodes,
                edges,
                root: 0,
                data_centres: Vec::new(),
                hooks: Vec::new(),
            },
            node_of,
        }
    }
}

fn push_pieces(
    edge: &GroundEdge,
    drawn: f64,
    cuts: &[(f64, usize)],
    (nodes, edges): (&mut [Point], &mut Vec<GroundEdge>),
) {
    let at: Vec<f64> = cuts.iter().map(|(at, _)| *at).collect();
    let stretch = if drawn > 0.0 {
        edge.length / drawn
    } else {
        1.0
    };
    let mut from = edge.a;
    for (i, path) in cut(&edge.path, &at).into_iter().enumerate() {
        let to = cuts.get(i).map_or(edge.b, |(_, node)| *node);
        if let (Some((_, node)), Some(&end)) = (cuts.get(i), path.last()) {
            nodes[*node] = end;
        }
        edges.push(GroundEdge {
            a: from,
            b: to,
            length: path_length(&path) * stretch,
            path,
            ..edge.clone()
        });
        from = to;
    }
}

/// A ground whose lines are split, and the node of every request.
#[derive(Debug)]
pub(super) struct SplitGround {
    pub(super) ground: Ground,
    pub(super) node_of: Vec<usize>,
}

/// The hooks, now that nodes are known.
pub(super) fn build(
    study: &Study,
    demand: &HeatDemand,
    asked: Vec<Result<Asked, UnconnectedReason>>,
    split: &SplitGround,
) -> Vec<Result<Hook, UnconnectedReason>> {
    let ground = &split.ground;
    let mut is_free_end = pipe_ends(ground);
    let is_unplaced =
        |a: &Result<Asked, _>| matches!(a, Ok(Asked::InTown | Asked::ToPlant { wall: None, .. }));
    let towns = asked.iter().filter(|a| is_unplaced(a)).count();
    let mut town = 0;
    asked
        .into_iter()
        .enumerate()
        .map(|(c, asked)| {
            town += usize::from(is_unplaced(&asked));
            let to = Bearing {
                start: ground.nodes[ground.root],
                town: (town, towns),
            };
            asked.map(|asked| match asked {
                Asked::Node { request, wall } => {
                    let node = split.node_of[request];
                    let is_quarter = demand.consumers[c].building.is_none();
                    branch(
                        study,
                        (node, ground.nodes[node]),
                        (wall, is_quarter),
                        &mut is_free_end,
                    )
                }
                Asked::InTown => Hook {
                    node: ground.root,
                    length: LEAST_SERVICE,
                    end: to.away(LEAST_SERVICE),
                    kind: TrenchKind::Service,
                    laid: Laid::Town,
                    is_estimated: false,
                },
                Asked::ToPlant { wall, length } => {
                    let (end, length) = if let Some(wall) = wall {
                        (wall, DETOUR * distance(to.start, wall))
                    } else {
                        let length = length.unwrap_or(TOWN_DISTANCE);
                        (to.away(length), length)
                    };
                    Hook {
                        node: ground.root,
                        length: length.max(LEAST_SERVICE),
                        end,
                        kind: TrenchKind::Transmission,
                        laid: Laid::Nothing,
                        is_estimated: wall.is_some(),
                    }
                }
            })
        })
        .collect()
}

/// The pipe from a node of the lines to a consumer.
fn branch(
    study: &Study,
    (node, at): (usize, Point),
    (wall, is_quarter): (Point, bool),
    is_free_end: &mut [bool],
) -> Hook {
    let gap = distance(wall, at);
    let is_far = is_quarter && gap > study.design.max_service_length.si();
    let has_pipe = is_free_end[node] && gap <= SERVICE_END;
    if has_pipe {
        is_free_end[node] = false;
    }
    Hook {
        node,
        length: (if is_far { gap * DETOUR } else { gap }).max(LEAST_SERVICE),
        end: wall,
        kind: if is_far {
            TrenchKind::Transmission
        } else {
            TrenchKind::Service
        },
        laid: if has_pipe {
            Laid::ServicePipe
        } else {
            Laid::Nothing
        },
        is_estimated: is_far,
    }
}

/// Nodes where exactly one pipe in the ground ends.
fn pipe_ends(ground: &Ground) -> Vec<bool> {
    let mut uses = vec![0_u32; ground.nodes.len()];
    for edge in &ground.edges {
        let weight = if edge.existing.is_some() { 1 } else { 2 };
        uses[edge.a] += weight;
        uses[edge.b] += weight;
    }
    let mut ends: Vec<bool> = uses.iter().map(|n| *n == 1).collect();
    ends[ground.root] = false;
    for &node in &ground.data_centres {
        ends[node] = false;
    }
    ends
}
