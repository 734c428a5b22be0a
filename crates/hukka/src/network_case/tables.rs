//! Tables of one state, with the columns of the reference cases.

use super::table::Csv;
use crate::OutputFile;
use hukka_model::network_case::{CaseState, NetworkCase};

/// Pa in a bar.
const BAR: f64 = 1e5;

/// Every table of a state; those of valves, pumps and given pressures only where there are any.
pub(super) fn of_state(case: &NetworkCase, state: &CaseState) -> Vec<OutputFile> {
    let mut files = vec![
        nodes(case, state),
        pipes(case, state),
        consumers(case, state),
        sources(case, state),
    ];
    if !case.valves.is_empty() {
        files.push(valves(case, state));
    }
    if !case.pumps.is_empty() {
        files.push(pumps(case, state));
    }
    if !case.pressures.is_empty() {
        files.push(pressures(case, state));
    }
    files
}

fn nodes(case: &NetworkCase, state: &CaseState) -> OutputFile {
    let mut csv = Csv::new(&["node", "p_bar", "t_k"]);
    for (index, node) in case.nodes.iter().enumerate() {
        csv.name(&node.id)
            .maybe(pressure(state, index).map(|pa| pa / BAR))
            .maybe(state.temperature_k.get(index).copied())
            .end();
    }
    csv.file("nodes.csv")
}

fn pressure(state: &CaseState, node: usize) -> Option<f64> {
    state.pressure_pa.get(node).copied().flatten()
}

fn pipes(case: &NetworkCase, state: &CaseState) -> OutputFile {
    let mut csv = Csv::new(&[
        "pipe",
        "mdot_kg_s",
        "t_out_k",
        "dp_friction_pa",
        "reynolds",
        "lambda",
        "velocity_m_s",
        "loss_w",
    ]);
    for (pipe, found) in case.pipes.iter().zip(&state.pipes) {
        csv.name(&pipe.id)
            .number(found.mass_flow_kg_s)
            .number(found.outlet_temperature_k)
            .number(found.friction_pa.copysign(found.mass_flow_kg_s))
            .number(found.reynolds)
            .number(found.friction_factor)
            .number(found.velocity_m_s)
            .number(found.loss_w)
            .end();
    }
    csv.file("pipes.csv")
}

pub(super) fn consumers(case: &NetworkCase, state: &CaseState) -> OutputFile {
    let mut csv = Csv::new(&[
        "consumer",
        "mdot_kg_s",
        "q_w",
        "t_in_k",
        "t_out_k",
        "dp_bar",
    ]);
    for (consumer, found) in case.consumers.iter().zip(&state.consumers) {
        csv.name(&consumer.id)
            .number(found.mass_flow_kg_s)
            .number(found.heat_w)
            .number(found.inlet_temperature_k)
            .number(found.outlet_temperature_k)
            .number(found.differential_pressure_pa / BAR)
            .end();
    }
    csv.file("consumers.csv")
}

pub(super) fn sources(case: &NetworkCase, state: &CaseState) -> OutputFile {
    let mut csv = Csv::new(&[
        "source",
        "mdot_kg_s",
        "t_return_k",
        "t_supply_k",
        "q_w",
        "dp_bar",
    ]);
    for (source, found) in case.sources.iter().zip(&state.sources) {
        csv.name(&source.id)
            .number(found.mass_flow_kg_s)
            .number(found.return_temperature_k)
            .number(found.supply_temperature_k)
            .number(found.heat_w)
            .number(found.differential_pressure_pa / BAR)
            .end();
    }
    csv.file("sources.csv")
}

fn difference(state: &CaseState, from: usize, to: usize) -> Option<f64> {
    Some((pressure(state, from)? - pressure(state, to)?) / BAR)
}

fn valves(case: &NetworkCase, state: &CaseState) -> OutputFile {
    let mut csv = Csv::new(&["valve", "mdot_kg_s", "dp_bar"]);
    for (valve, flow) in case.valves.iter().zip(&state.valve_flow_kg_s) {
        csv.name(&valve.id)
            .number(*flow)
            .maybe(difference(state, valve.from, valve.to))
            .end();
    }
    csv.file("valves.csv")
}

fn pumps(case: &NetworkCase, state: &CaseState) -> OutputFile {
    let mut csv = Csv::new(&["pump", "mdot_kg_s", "lift_bar"]);
    for (pump, flow) in case.pumps.iter().zip(&state.pump_flow_kg_s) {
        csv.name(&pump.id)
            .number(*flow)
            .maybe(difference(state, pump.to, pump.from))
            .end();
    }
    csv.file("pumps.csv")
}

/// Water that enters at nodes of given pressure: what the elements there leave over.
fn pressures(case: &NetworkCase, state: &CaseState) -> OutputFile {
    let lacking = lacking(case, state);
    let mut csv = Csv::new(&["pressure", "node", "mdot_kg_s"]);
    for fixed in &case.pressures {
        csv.name(&fixed.id)
            .name(&case.nodes[fixed.node].id)
            .number(lacking[fixed.node])
            .end();
    }
    csv.file("pressures.csv")
}

/// Flow out of each node less flow into it, kg/s: what a given pressure has to supply.
pub(super) fn lacking(case: &NetworkCase, state: &CaseState) -> Vec<f64> {
    let mut lacking = vec![0.0; case.nodes.len()];
    let mut carry = |from: usize, to: usize, flow: f64| {
        lacking[from] += flow;
        lacking[to] -= flow;
    };
    for (pipe, found) in case.pipes.iter().zip(&state.pipes) {
        carry(pipe.from, pipe.to, found.mass_flow_kg_s);
    }
    for (valve, flow) in case.valves.iter().zip(&state.valve_flow_kg_s) {
        carry(valve.from, valve.to, *flow);
    }
    for (pump, flow) in case.pumps.iter().zip(&state.pump_flow_kg_s) {
        carry(pump.from, pump.to, *flow);
    }
    for (consumer, found) in case.consumers.iter().zip(&state.consumers) {
        carry(
            consumer.supply_node,
            consumer.return_node,
            found.mass_flow_kg_s,
        );
    }
    for (source, found) in case.sources.iter().zip(&state.sources) {
        carry(source.return_node, source.supply_node, found.mass_flow_kg_s);
    }
    for taking in &case.takings {
        lacking[taking.node] += taking.mass_flow.kg_s();
    }
    lacking
}
