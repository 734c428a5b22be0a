//! Ports joined to ports are one node.

use super::Direction;
use super::document::{Asset, Port};
use crate::findings::{Findings, short};
use hukka_model::network_case::CaseNode;
use std::collections::HashMap;

/// Whether two ports carry the same water: joints, and pumps of unknown lift.
pub(super) fn is_joint(kind: &str) -> bool {
    matches!(kind, "Joint" | "Bus" | "Pump" | "Manifold")
}

/// The node of every heat port, asset by asset.
pub(super) struct Graph {
    /// Node by asset and port; `None` for a port that carries no heat or hangs loose.
    node_of: Vec<Vec<Option<usize>>>,
    pub(super) nodes: Vec<CaseNode>,
}

/// Sets that grow together.
struct Union(Vec<usize>);

impl Union {
    fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

impl Graph {
    pub(super) fn of(assets: &[Asset<'_>], found: &mut Findings) -> Self {
        let ports: Vec<(usize, usize)> = assets
            .iter()
            .enumerate()
            .flat_map(|(a, asset)| (0..asset.ports.len()).map(move |p| (a, p)))
            .collect();
        let mut by_id: HashMap<&str, usize> = HashMap::new();
        for (flat, (a, p)) in ports.iter().enumerate() {
            let id = assets[*a].ports[*p].id;
            if !id.is_empty() && by_id.insert(id, flat).is_some() {
                found.twice("port", id);
            }
        }
        let mut union = Union((0..ports.len()).collect());
        let mut is_used = vec![false; ports.len()];
        for (flat, (a, p)) in ports.iter().enumerate() {
            for other in &assets[*a].ports[*p].connected {
                if let Some(&other) = by_id.get(other) {
                    union.join(flat, other);
                    (is_used[flat], is_used[other]) = (true, true);
                } else {
                    let what = "a connection to a port that is not there";
                    found.unknown(what, &format!("{} → {}", assets[*a].name, short(other)));
                }
            }
            let first = flat - p;
            if is_joint(assets[*a].kind) {
                union.join(flat, first);
            }
        }
        Self::number(assets, &ports, &mut union, &is_used)
    }

    /// Numbers the sets in the order of the file and names them.
    fn number(
        assets: &[Asset<'_>],
        ports: &[(usize, usize)],
        union: &mut Union,
        is_used: &[bool],
    ) -> Self {
        let mut node_of: Vec<Vec<Option<usize>>> = assets
            .iter()
            .map(|asset| vec![None; asset.ports.len()])
            .collect();
        let mut nodes: Vec<CaseNode> = Vec::new();
        let mut named_by_joint: Vec<bool> = Vec::new();
        let mut of_root: HashMap<usize, usize> = HashMap::new();
        for (flat, (a, p)) in ports.iter().enumerate() {
            let (asset, port) = (&assets[*a], &assets[*a].ports[*p]);
            if !is_used[flat] || !carries_heat(port) {
                continue;
            }
            let root = union.root(flat);
            let node = *of_root.entry(root).or_insert_with(|| {
                nodes.push(CaseNode {
                    id: port_name(asset, port),
                    place: place(asset, port.direction),
                    ..CaseNode::default()
                });
                named_by_joint.push(false);
                nodes.len() - 1
            });
            if is_joint(asset.kind) && !named_by_joint[node] {
                named_by_joint[node] = true;
                nodes[node].id.clone_from(&asset.name);
                nodes[node].place = place(asset, port.direction).or(nodes[node].place);
            }
            node_of[*a][*p] = Some(node);
        }
        make_unique(&mut nodes);
        Self { node_of, nodes }
    }

    /// Nodes of an asset's ports of one direction, in the order of the file.
    pub(super) fn ends(&self, assets: &[Asset<'_>], asset: usize, way: Direction) -> Vec<usize> {
        assets[asset]
            .ports
            .iter()
            .zip(&self.node_of[asset])
            .filter(|(port, _)| port.direction == way)
            .filter_map(|(_, node)| *node)
            .collect()
    }

    /// Node of one port.
    pub(super) fn node(&self, asset: usize, port: usize) -> Option<usize> {
        *self.node_of.get(asset)?.get(port)?
    }
}

/// Ports of other carriers than heat (electricity, gas) are no part of the network.
pub(super) fn carries_heat(port: &Port<'_>) -> bool {
    port.carrier.is_none_or(|carrier| carrier.is_heat)
}

fn port_name(asset: &Asset<'_>, port: &Port<'_>) -> String {
    let name = port.node.attribute("name").unwrap_or(match port.direction {
        Direction::In => "In",
        Direction::Out => "Out",
    });
    format!("{}.{name}", asset.name)
}

fn make_unique(nodes: &mut [CaseNode]) {
    let mut seen = std::collections::HashSet::new();
    for node in nodes {
        let mut id = node.id.clone();
        let mut copy = 2;
        while !seen.insert(id.clone()) {
            id = format!("{} ({copy})", node.id);
            copy += 1;
        }
        node.id = id;
    }
}

/// Place of an asset's port: a point, or the end of a line; longitude first.
fn place(asset: &Asset<'_>, way: Direction) -> Option<(f64, f64)> {
    let geometry = asset
        .node
        .children()
        .find(|child| child.has_tag_name("geometry"))?;
    let coordinate = |node: roxmltree::Node<'_, '_>| {
        let of = |key| {
            let value: f64 = node.attribute(key)?.trim().parse().ok()?;
            value.is_finite().then_some(value)
        };
        Some((of("lon")?, of("lat")?))
    };
    if let Some(point) = coordinate(geometry) {
        return Some(point);
    }
    let mut points = geometry
        .children()
        .filter(|child| child.has_tag_name("point"));
    let point = match way {
        Direction::In => points.next(),
        Direction::Out => points.next_back(),
    };
    point.and_then(coordinate)
}
