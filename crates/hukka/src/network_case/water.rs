//! Tables of a water network as EPANET's users know them: heads, and flows in the file's unit.

use super::table::Csv;
use super::tables::{consumers, lacking, sources};
use crate::OutputFile;
use hukka_formats::network::{WaterLink, WaterLinkKind, WaterNodeKind, WaterView};
use hukka_model::network_case::{CaseState, NetworkCase};
use hukka_network::case::GRAVITY;
use std::f64::consts::PI;

/// Flows below this many m³/s count as none.
const STILL_M3_S: f64 = 1e-9;

/// A link as it was found.
struct Found {
    flow_kg_s: f64,
    velocity_m_s: Option<f64>,
    headloss_m: Option<f64>,
    is_closed: bool,
}

struct Tables<'a> {
    case: &'a NetworkCase,
    state: &'a CaseState,
    view: &'a WaterView,
}

/// Every table of a water network.
pub(super) fn of_state(case: &NetworkCase, state: &CaseState, view: &WaterView) -> Vec<OutputFile> {
    let tables = Tables { case, state, view };
    vec![
        tables.nodes(),
        tables.links("links.csv", "link"),
        tables.links("pipes.csv", "pipe"),
        consumers(case, state),
        sources(case, state),
    ]
}

impl Tables<'_> {
    fn head_m(&self, node: usize) -> Option<f64> {
        let pa = self.state.pressure_pa.get(node).copied().flatten()?;
        Some(self.case.nodes[node].height.m() + pa / (self.view.density_kg_m3 * GRAVITY))
    }

    /// Flows in the file's unit.
    fn in_unit(&self, kg_s: f64) -> f64 {
        kg_s / self.view.density_kg_m3 / self.view.unit.m3_s()
    }

    fn nodes(&self) -> OutputFile {
        let demand = format!("demand_{}", self.view.unit.suffix());
        let mut csv = Csv::new(&[
            "node",
            "type",
            "elevation_m",
            "head_m",
            "pressure_m",
            &demand,
        ]);
        let lacking = lacking(self.case, self.state);
        let mut taken = vec![0.0; self.case.nodes.len()];
        for taking in &self.case.takings {
            taken[taking.node] += taking.mass_flow.kg_s();
        }
        for node in &self.view.nodes {
            let head = self.head_m(node.node);
            let emitted = node
                .emitter
                .and_then(|valve| self.state.valve_flow_kg_s.get(valve))
                .copied()
                .unwrap_or(0.0);
            let (kind, demand) = match node.kind {
                WaterNodeKind::Junction => ("junction", taken[node.node] + emitted),
                // What flows into it.
                WaterNodeKind::Reservoir => ("reservoir", -lacking[node.node]),
                WaterNodeKind::Tank => ("tank", -lacking[node.node]),
            };
            csv.name(&self.case.nodes[node.node].id)
                .name(kind)
                .number(node.elevation_m)
                .maybe(head)
                .maybe(head.map(|head| head - node.elevation_m))
                .number(self.in_unit(demand))
                .end();
        }
        csv.file("nodes.csv")
    }

    fn links(&self, path: &str, first: &str) -> OutputFile {
        let flow = format!("flow_{}", self.view.unit.suffix());
        let mut csv = Csv::new(&[first, "type", &flow, "velocity_m_s", "headloss", "status"]);
        for link in &self.view.links {
            let found = self.found(link);
            let kind = match link.kind {
                WaterLinkKind::Pipe(_) | WaterLinkKind::QuadraticPipe(_) => "pipe",
                WaterLinkKind::Pump(_) => "pump",
                WaterLinkKind::Valve(_) => "valve",
            };
            csv.name(&link.id)
                .name(kind)
                .number(self.in_unit(found.flow_kg_s))
                .maybe(found.velocity_m_s)
                .maybe(found.headloss_m)
                .name(if found.is_closed { "closed" } else { "open" })
                .end();
        }
        csv.file(path)
    }

    fn found(&self, link: &WaterLink) -> Found {
        let state = self.state;
        let (flow, can_shut) = match link.kind {
            WaterLinkKind::Pipe(index) => (
                state
                    .pipes
                    .get(index)
                    .map_or(0.0, |pipe| pipe.mass_flow_kg_s),
                self.case.pipes[index].is_non_return,
            ),
            WaterLinkKind::QuadraticPipe(index) | WaterLinkKind::Valve(index) => (
                state.valve_flow_kg_s.get(index).copied().unwrap_or(0.0),
                true,
            ),
            WaterLinkKind::Pump(index) => (
                state.pump_flow_kg_s.get(index).copied().unwrap_or(0.0),
                true,
            ),
        };
        let flow_kg_s = if link.is_turned { -flow } else { flow };
        let volume = flow_kg_s.abs() / self.view.density_kg_m3;
        let is_closed = link.is_closed || (can_shut && volume < STILL_M3_S);
        let drop = self
            .head_m(link.from)
            .zip(self.head_m(link.to))
            .map(|(from, to)| from - to);
        let headloss_m = match link.kind {
            _ if is_closed => Some(0.0),
            WaterLinkKind::Pump(_) => drop,
            _ => drop.map(f64::abs),
        };
        Found {
            flow_kg_s,
            velocity_m_s: link.diameter_m.map(|d| volume / (PI / 4.0 * d * d)),
            headloss_m,
            is_closed,
        }
    }
}
