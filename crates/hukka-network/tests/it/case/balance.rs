//! Balances of a solved state, worked out from the noun alone.

use hukka_model::network_case::{CaseState, NetworkCase};
use hukka_network::case::{FluidLaw, HeatCounting};

/// Every stream: upstream node, downstream node, flow ≥ 0, temperature where it leaves.
fn streams(case: &NetworkCase, state: &CaseState) -> Vec<(usize, usize, f64, f64)> {
    let mut found = Vec::new();
    let mut add = |from: usize, to: usize, m: f64, outlet: Option<f64>| {
        let (up, down) = if m < 0.0 { (to, from) } else { (from, to) };
        found.push((up, down, m.abs(), outlet.unwrap_or(state.temperature_k[up])));
    };
    for (pipe, s) in case.pipes.iter().zip(&state.pipes) {
        add(
            pipe.from,
            pipe.to,
            s.mass_flow_kg_s,
            Some(s.outlet_temperature_k),
        );
    }
    for (valve, m) in case.valves.iter().zip(&state.valve_flow_kg_s) {
        add(valve.from, valve.to, *m, None);
    }
    for (pump, m) in case.pumps.iter().zip(&state.pump_flow_kg_s) {
        add(pump.from, pump.to, *m, None);
    }
    for (consumer, s) in case.consumers.iter().zip(&state.consumers) {
        let ends = (consumer.supply_node, consumer.return_node);
        add(
            ends.0,
            ends.1,
            s.mass_flow_kg_s,
            Some(s.outlet_temperature_k),
        );
    }
    for (source, s) in case.sources.iter().zip(&state.sources) {
        let ends = (source.return_node, source.supply_node);
        add(
            ends.0,
            ends.1,
            s.mass_flow_kg_s,
            Some(s.supply_temperature_k),
        );
    }
    found
}

/// Largest imbalance of mass at a node, by the largest flow; nodes of given pressure are left out.
pub(super) fn worst_mass(case: &NetworkCase, state: &CaseState) -> f64 {
    let mut balance = vec![0.0; case.nodes.len()];
    let mut largest = 1e-12_f64;
    for (up, down, m, _) in streams(case, state) {
        balance[up] -= m;
        balance[down] += m;
        largest = largest.max(m);
    }
    for taking in &case.takings {
        balance[taking.node] -= taking.mass_flow.si();
    }
    for fixed in case.pressures.iter().filter(|f| f.pressure.is_some()) {
        balance[fixed.node] = 0.0;
    }
    balance.iter().fold(0.0_f64, |worst, b| worst.max(b.abs())) / largest
}

/// Largest imbalance of heat at a node, by the heat of the sources.
pub(super) fn worst_mixing(case: &NetworkCase, state: &CaseState, counting: HeatCounting) -> f64 {
    let fluid = FluidLaw::new(&case.fluid, counting).unwrap();
    let mut balance = vec![0.0; case.nodes.len()];
    for (_, down, m, t) in streams(case, state) {
        balance[down] += m * fluid.heat_between(t, state.temperature_k[down]);
    }
    let entry_nodes = case.pressures.iter().map(|p| p.node);
    for node in entry_nodes.chain(case.takings.iter().map(|t| t.node)) {
        balance[node] = 0.0;
    }
    let scale: f64 = state.sources.iter().map(|s| s.heat_w.abs()).sum();
    balance.iter().fold(0.0_f64, |worst, b| worst.max(b.abs())) / scale.max(1.0)
}

/// Heat of the sources less heat taken and lost, by the heat of the sources.
pub(super) fn heat_left(state: &CaseState) -> f64 {
    let fed: f64 = state.sources.iter().map(|s| s.heat_w).sum();
    let taken: f64 = state.consumers.iter().map(|c| c.heat_w).sum();
    let lost: f64 = state.pipes.iter().map(|p| p.loss_w).sum();
    (fed - taken - lost) / fed
}
