//! What the user should know about a solved state of a case.

use super::control::{ControlKind, Doing};
use super::link::pump_rise;
use super::plan::at;
use super::solve::{Row, Running};
use hukka_model::Diagnostic;
use hukka_model::network_case::{PumpKind, SourceKind, ValveKind};

/// Names listed in one message.
const NAMED: usize = 5;

/// Codes of this module with their meaning.
pub const CODES: &[(&str, &str)] = &[
    (
        "HK0620",
        "an element of a network case cannot be simulated as described",
    ),
    ("HK0621", "a state of a network case did not converge"),
    (
        "HK0622",
        "parts of a network case are cut off from every given pressure",
    ),
    (
        "HK0623",
        "water comes too cold to consumers of a network case for the heat wanted",
    ),
    ("HK0624", "a pump works beyond the end of its curve"),
    (
        "HK0625",
        "a valve cannot hold its set value, or would have to act as a pump",
    ),
    ("HK0626", "the absolute pressure at a node is negative"),
    (
        "HK0627",
        "the network pushes water backwards through a source",
    ),
    (
        "HK0628",
        "several sources that hold pressures make up or draw off water",
    ),
    (
        "HK0629",
        "water gets warmer or colder than its properties are known",
    ),
    (
        "HK0630",
        "consumers have less pressure in the supply than in the return",
    ),
];

impl Row<'_> {
    /// Everything worth knowing about a solved row.
    pub(super) fn diagnose(&self, running: &Running) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        found.extend(self.not_converged(running));
        found.extend(self.cut_off());
        found.extend(self.too_cold(running));
        found.extend(self.beyond_curves(running));
        found.extend(self.valves(running));
        found.extend(self.negative_pressure(running));
        found.extend(self.backwards(running));
        found.extend(self.imbalance(running));
        found.extend(self.out_of_range(running));
        found.extend(self.no_difference(running));
        found
    }

    fn not_converged(&self, running: &Running) -> Option<Diagnostic> {
        (!running.is_converged).then(|| {
            let message = format!(
                "the state did not converge in {} rounds; the last one still changed it by {:.1e}",
                running.iterations, running.error
            );
            Diagnostic::warning("HK0621", message)
                .seen(format!("{:e}", running.error))
                .allowed(format!("{:e}", self.options.tolerance))
                .help("look for valves, pumps and sources that contradict each other")
        })
    }

    fn cut_off(&self) -> Option<Diagnostic> {
        let case = self.plan.case;
        let names: Vec<&str> = (0..case.nodes.len())
            .filter(|node| self.plan.is_cut_off[*node])
            .map(|node| case.nodes[node].id.as_str())
            .collect();
        (!names.is_empty()).then(|| {
            let message = format!(
                "{} nodes are cut off from every given pressure: {}",
                names.len(),
                listed(&names)
            );
            Diagnostic::warning("HK0622", message)
                .about(names[0])
                .help("open a valve or pipe on the way, or give a pressure in that part; elements there were left at rest")
        })
    }

    fn too_cold(&self, running: &Running) -> Option<Diagnostic> {
        let plan = self.plan;
        let case = plan.case;
        let t = &running.temperatures.node;
        let sweep = self.sweep(&running.flow, &running.entries);
        let names: Vec<&str> = (0..case.consumers.len())
            .filter(|i| at(plan.consumer_edge[*i]).is_some())
            .filter(|i| {
                sweep
                    .consumer(*i)
                    .wish(t[case.consumers[*i].supply_node])
                    .is_short
            })
            .map(|i| case.consumers[i].id.as_str())
            .collect();
        (!names.is_empty()).then(|| {
            let message = format!(
                "water comes too cold to {} consumers for the heat wanted: {}",
                names.len(),
                listed(&names)
            );
            Diagnostic::warning("HK0623", message)
                .about(names[0])
                .allowed(format!("a cooling of at least {} K", self.options.least_cooling_k))
                .help("raise the supply temperature, give the consumer a least flow, or insulate better")
        })
    }

    fn beyond_curves(&self, running: &Running) -> Vec<Diagnostic> {
        let plan = self.plan;
        let mut found = Vec::new();
        for (i, pump) in plan.case.pumps.iter().enumerate() {
            let Some(e) = at(plan.pump_edge[i]) else {
                continue;
            };
            let q = running.flow[e] / running.density[e];
            let is_beyond = match &pump.kind {
                PumpKind::Curve(points) => points
                    .last()
                    .is_some_and(|last| q > last.0 * pump.speed * (1.0 + 1e-9)),
                PumpKind::Power { .. } | PumpKind::Polynomial(_) => {
                    pump_rise(&pump.kind, pump.speed, q).0 < 0.0
                }
                _ => false,
            };
            if is_beyond {
                let message = format!("pump {} works beyond the end of its curve", pump.id);
                found.push(
                    Diagnostic::warning("HK0624", message)
                        .about(pump.id.clone())
                        .seen(format!("{:.2} l/s", 1e3 * q))
                        .help("choose a larger pump, run more of them, or throttle"),
                );
            }
        }
        found
    }

    fn valves(&self, running: &Running) -> Vec<Diagnostic> {
        let plan = self.plan;
        let mut found = Vec::new();
        for (control, state) in plan
            .hydraulics
            .controls()
            .iter()
            .zip(&running.hydraulic.controls)
        {
            let index = plan.valve_edge.iter().position(|e| *e == control.link);
            let Some(valve) = index.and_then(|i| plan.case.valves.get(i)) else {
                continue;
            };
            let set = plan.held_pressure[position(plan, control.link)];
            let held = running.hydraulic.pressure[control.node];
            let is_missed = state.doing == Doing::Holding && (held - set).abs() > 1.0;
            let message = if control.kind == ControlKind::Hold && state.lift > 10.0 {
                format!("valve {} would have to pump to hold its pressure", valve.id)
            } else if is_missed {
                format!("valve {} cannot hold its pressure", valve.id)
            } else {
                continue;
            };
            found.push(
                Diagnostic::warning("HK0625", message)
                    .about(valve.id.clone())
                    .seen(format!(
                        "{:.3} bar, adding {:.3} bar",
                        held / 1e5,
                        state.lift / 1e5
                    ))
                    .allowed(format!("{:.3} bar by throttling", set / 1e5))
                    .help("raise the pressure before the valve, or lower what it holds"),
            );
        }
        for (i, valve) in plan.case.valves.iter().enumerate() {
            if let (ValveKind::FlowControl(m), Some(e)) = (&valve.kind, at(plan.valve_edge[i])) {
                let edge = plan.edges[e];
                let p = &running.hydraulic.pressure;
                let gain = (p[edge.to] - p[edge.from]) * m.si().signum();
                if gain > 10.0 {
                    let message = format!("valve {} would have to pump to make its flow", valve.id);
                    found.push(
                        Diagnostic::warning("HK0625", message)
                            .about(valve.id.clone())
                            .seen(format!("adding {:.3} bar", gain / 1e5)),
                    );
                }
            }
        }
        found
    }

    fn negative_pressure(&self, running: &Running) -> Option<Diagnostic> {
        let plan = self.plan;
        let absolute = |node: usize| running.hydraulic.pressure[node] + plan.air_pressure(node);
        let names: Vec<usize> = (0..plan.case.nodes.len())
            .filter(|node| !plan.is_cut_off[*node] && absolute(*node) < 0.0)
            .collect();
        let worst = names
            .iter()
            .copied()
            .min_by(|a, b| absolute(*a).total_cmp(&absolute(*b)))?;
        let id = &plan.case.nodes[worst].id;
        let message = format!(
            "the absolute pressure is negative at {} nodes, lowest at {id}: the flows asked cannot be had",
            names.len()
        );
        Some(
            Diagnostic::warning("HK0626", message)
                .about(id.clone())
                .seen(format!("{:.2} bar", absolute(worst) / 1e5))
                .allowed("above 0 bar")
                .help("raise the pressure of the source, use larger pipes, or ask for less flow"),
        )
    }

    fn backwards(&self, running: &Running) -> Vec<Diagnostic> {
        let plan = self.plan;
        let mut found = Vec::new();
        for (i, source) in plan.case.sources.iter().enumerate() {
            let Some(e) = at(plan.source_edge[i]).filter(|e| running.flow[*e] < -1e-6) else {
                continue;
            };
            let message = format!(
                "the network pushes water backwards through source {}",
                source.id
            );
            found.push(
                Diagnostic::warning("HK0627", message)
                    .about(source.id.clone())
                    .seen(format!("{:.4} kg/s", running.flow[e]))
                    .help("other sources give more than is taken; lower their flow"),
            );
        }
        found
    }

    /// Water that leaves a plant at one side and does not come back at the other.
    fn imbalance(&self, running: &Running) -> Vec<Diagnostic> {
        let plan = self.plan;
        let holds = |kind: &SourceKind| {
            matches!(
                kind,
                SourceKind::Pressure { .. } | SourceKind::WorstPoint { .. }
            )
        };
        let mut into = vec![0.0; plan.case.nodes.len()];
        for (edge, m) in plan.edges.iter().zip(&running.flow) {
            into[edge.from] -= m;
            into[edge.to] += m;
        }
        for taking in &plan.case.takings {
            into[taking.node] -= taking.mass_flow.si();
        }
        let mut found = Vec::new();
        for (i, source) in plan.case.sources.iter().enumerate() {
            let Some(e) = at(plan.source_edge[i]).filter(|_| holds(&source.kind)) else {
                continue;
            };
            let drawn = into[source.return_node];
            if drawn.abs() > 1e-6 * running.flow[e].abs() + 1e-9 {
                let message = format!(
                    "source {} {} water at its return side to hold both pressures",
                    source.id,
                    if drawn > 0.0 { "draws off" } else { "makes up" }
                );
                found.push(
                    Diagnostic::note("HK0628", message)
                        .about(source.id.clone())
                        .seen(format!("{:.4} kg/s", drawn.abs())),
                );
            }
        }
        found
    }

    fn out_of_range(&self, running: &Running) -> Option<Diagnostic> {
        let plan = self.plan;
        let node = (0..plan.case.nodes.len())
            .find(|node| !plan.fluid.covers(running.temperatures.node[*node]))?;
        let message = format!(
            "at node {} the temperature leaves the range its properties are known for",
            plan.case.nodes[node].id
        );
        Some(
            Diagnostic::warning("HK0629", message)
                .about(plan.case.nodes[node].id.clone())
                .seen(format!(
                    "{:.1} °C",
                    running.temperatures.node[node] - 273.15
                )),
        )
    }

    fn no_difference(&self, running: &Running) -> Option<Diagnostic> {
        let plan = self.plan;
        let p = &running.hydraulic.pressure;
        let names: Vec<&str> = plan
            .case
            .consumers
            .iter()
            .enumerate()
            .filter(|(i, c)| {
                at(plan.consumer_edge[*i]).is_some_and(|e| running.flow[e] > 0.0)
                    && p[c.supply_node] < p[c.return_node]
            })
            .map(|(_, c)| c.id.as_str())
            .collect();
        (!names.is_empty()).then(|| {
            let message = format!(
                "{} consumers have less pressure in the supply than in the return: {}",
                names.len(),
                listed(&names)
            );
            Diagnostic::warning("HK0630", message)
                .about(names[0])
                .help("raise the pressure difference of the source")
        })
    }
}

fn position(plan: &super::plan::Plan<'_>, link: usize) -> usize {
    let controls = plan.hydraulics.controls();
    controls
        .iter()
        .position(|c| c.link == link)
        .unwrap_or_default()
}

fn listed(names: &[&str]) -> String {
    let mut text = names[..names.len().min(NAMED)].join(", ");
    if names.len() > NAMED {
        text.push_str(&format!(" and {} more", names.len() - NAMED));
    }
    text
}
