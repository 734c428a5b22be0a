//! Energy centre and data centres: where they join the lines.

use super::hook::{SplitGround, Splitter};
use super::index::Nearest;
use super::{DETOUR, GroundEdge, ON_LINE, Ways, Wish, has_plant, stands_in_town, town};
use crate::findings::Findings;
use crate::geometry::{Point, distance, point};
use hukka_model::{HeatDemand, Study, TrenchKind};

/// Farther than this from any pipe of an existing network a site needs streets, metres.
const OFF_NETWORK: f64 = 100.0;
/// A site this near to a street stands by it: if that street is cut off, so is the site, metres.
const BY_THE_STREET: f64 = 200.0;
/// Gaps between streets up to this are crossed by a pipe, metres.
const CROSSABLE_GAP: f64 = 100.0;

/// Where one site joins.
#[derive(Debug, Clone, Copy)]
enum Joint {
    /// At the energy centre.
    Plant,
    /// On a line: request of the splitter, straight distance.
    Line { request: usize, distance: f64 },
    /// Nowhere but at the energy centre, by a pipe of its own.
    Alone,
    /// At the energy centre, by a pipe of a known length.
    Away { length: f64, is_estimated: bool },
}

#[derive(Debug, Clone, Copy)]
struct Site {
    at: Point,
    joint: Joint,
}

/// The energy centre and every data centre.
#[derive(Debug, Clone)]
pub(super) struct Sites {
    plant: Site,
    data_centres: Vec<Site>,
}

/// Finds where energy centre and data centres join, and says what is wrong with them.
pub(super) fn place(
    study: &Study,
    demand: &HeatDemand,
    wishes: &[Wish],
    (ways, main): (&Ways, Option<usize>),
    splitter: &mut Splitter,
    findings: &mut Findings,
) -> Sites {
    if stands_in_town(study, demand) {
        return around_town(study);
    }
    let positions: Vec<Option<Point>> = study
        .data_centres
        .iter()
        .map(|dc| dc.position.map(point))
        .collect();
    let given = study.plant_position.map(point);
    let first = positions.iter().flatten().next().copied();
    let is_on_map = demand.consumers.iter().any(|c| c.position.is_some());
    let plant_at = given.or(first).unwrap_or_else(|| {
        if is_on_map {
            findings.nowhere(&study.data_centres[0].id);
        }
        [0.0, 0.0]
    });
    if is_on_map && given.is_none() && (has_plant(study) || ways.has_pipes()) {
        findings.plant_beside(&study.data_centres[0].id, has_plant(study));
    }
    let is_anyone_asked = wishes.iter().any(|wish| !matches!(wish, Wish::Out(_)));
    if main.is_none() && is_on_map && !ways.is_empty() && is_anyone_asked {
        findings.nobody_on_lines(&study.data_centres[0].id);
    }
    let plant_name = if given.is_some() {
        "the energy centre".to_owned()
    } else {
        format!("data centre {}", study.data_centres[0].id)
    };
    let plant = Site {
        at: plant_at,
        joint: joint(
            study,
            plant_at,
            (ways, main),
            (&plant_name, splitter, findings),
        ),
    };
    let data_centres = positions
        .iter()
        .zip(&study.data_centres)
        .map(|(position, dc)| match *position {
            Some(at) if distance(at, plant_at) > ON_LINE => {
                let name = format!("data centre {}", dc.id);
                let joint = joint(study, at, (ways, main), (&name, splitter, findings));
                Site { at, joint }
            }
            _ => Site {
                at: plant_at,
                joint: Joint::Plant,
            },
        })
        .collect();
    Sites {
        plant,
        data_centres,
    }
}

/// The energy centre in the town, data centres outside it.
fn around_town(study: &Study) -> Sites {
    let (at, outside) = town::layout(study);
    let data_centres = outside.into_iter().map(|site| Site {
        at: site.at,
        joint: if site.length <= ON_LINE {
            Joint::Plant
        } else {
            Joint::Away {
                length: site.length,
                is_estimated: site.is_estimated,
            }
        },
    });
    Sites {
        data_centres: data_centres.collect(),
        plant: Site {
            at,
            joint: Joint::Alone,
        },
    }
}

fn joint(
    study: &Study,
    at: Point,
    (ways, main): (&Ways, Option<usize>),
    (name, splitter, findings): (&str, &mut Splitter, &mut Findings),
) -> Joint {
    let Some(main) = main else {
        return Joint::Alone;
    };
    let in_main = |edge: usize| ways.part[ways.edges[edge].a] == main;
    let nearer = |a: Option<Nearest>, b: Option<Nearest>| match (a, b) {
        (Some(a), Some(b)) => Some(if a.distance <= b.distance { a } else { b }),
        (a, b) => a.or(b),
    };
    let joined = nearer(
        ways.pipes.nearest_where(at, in_main),
        ways.streets.nearest_where(at, in_main),
    );
    let any = nearer(ways.pipes.nearest(at), ways.streets.nearest(at));
    let (Some(joined), Some(any)) = (joined, any) else {
        return Joint::Alone;
    };
    if ways.has_pipes() && ways.streets.is_empty() && joined.distance > OFF_NETWORK {
        let pipe = ways.edges[joined.edge]
            .existing
            .map_or("", |p| study.existing_pipes[p].id.as_str());
        findings.off_network(name, pipe, joined.distance);
    } else if !in_main(any.edge) && any.distance + 1.0 < joined.distance {
        if any.distance <= BY_THE_STREET && joined.distance > CROSSABLE_GAP {
            findings.disconnected(name, any.distance, joined.distance);
        } else {
            findings.gap(name, any.distance, joined.distance);
        }
    }
    Joint::Line {
        request: splitter.node_at(joined.edge, joined.at),
        distance: joined.distance,
    }
}

/// Puts the sites on the ground, with a transmission trench where they stand off the lines.
pub(super) fn build(sites: Sites, split: &mut SplitGround) {
    let root = stand(&sites.plant, None, split);
    split.ground.root = root;
    for site in &sites.data_centres {
        let node = stand(site, Some(root), split);
        split.ground.data_centres.push(node);
    }
}

/// The node of a site.
fn stand(site: &Site, plant: Option<usize>, split: &mut SplitGround) -> usize {
    let detour = |straight: f64| (straight * DETOUR, true);
    let (joint, (length, is_estimated)) = match (site.joint, plant) {
        (Joint::Plant, Some(plant)) => return plant,
        (Joint::Line { request, distance }, _) => {
            let node = split.node_of[request];
            if distance <= ON_LINE {
                return node;
            }
            (Some(node), detour(distance))
        }
        (
            Joint::Away {
                length,
                is_estimated,
            },
            Some(plant),
        ) => (Some(plant), (length, is_estimated)),
        (_, Some(plant)) => {
            let straight = distance(site.at, split.ground.nodes[plant]);
            if straight <= ON_LINE {
                return plant;
            }
            (Some(plant), detour(straight))
        }
        (_, None) => (None, detour(0.0)),
    };
    let ground = &mut split.ground;
    ground.nodes.push(site.at);
    let node = ground.nodes.len() - 1;
    if let Some(joint) = joint {
        ground.edges.push(GroundEdge {
            a: node,
            b: joint,
            length,
            path: vec![site.at, ground.nodes[joint]],
            kind: TrenchKind::Transmission,
            cost_factor: 1.0,
            existing: None,
            is_estimated,
        });
    }
    node
}
