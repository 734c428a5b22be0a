//! From a solved row to the noun.

use super::flow_order::STILL;
use super::plan::{Plan, at};
use super::solve::{Row, Running};
use hukka_model::network_case::{CaseConsumerState, CasePipeState, CaseSourceState, CaseState};

use super::link::LinkLaw;
use hukka_units::Temperature;

impl Row<'_> {
    /// The state as the rest of the program sees it.
    pub(super) fn outcome(&self, running: &Running) -> CaseState {
        let plan = self.plan;
        let pressure = &running.hydraulic.pressure;
        let flow_of = |edge: usize| at(edge).map_or(0.0, |e| running.flow[e]);
        CaseState {
            is_converged: running.is_converged,
            iterations: running.iterations,
            residual: running.error,
            pressure_pa: pressure
                .iter()
                .zip(&plan.is_cut_off)
                .map(|(p, is_cut_off)| (!is_cut_off).then_some(*p))
                .collect(),
            temperature_k: running.temperatures.node.clone(),
            pipes: (0..plan.case.pipes.len())
                .map(|i| self.pipe(running, i))
                .collect(),
            valve_flow_kg_s: plan.valve_edge.iter().map(|e| flow_of(*e)).collect(),
            pump_flow_kg_s: plan.pump_edge.iter().map(|e| flow_of(*e)).collect(),
            consumers: (0..plan.case.consumers.len())
                .map(|i| self.consumer_state(running, i))
                .collect(),
            sources: (0..plan.case.sources.len())
                .map(|i| self.source_state(running, i))
                .collect(),
        }
    }

    fn pipe(&self, running: &Running, i: usize) -> CasePipeState {
        let plan = self.plan;
        let pipe = &plan.case.pipes[i];
        let node = &running.temperatures.node;
        let Some(e) = at(plan.pipe_edge[i]) else {
            let ground = pipe
                .ground_temperature
                .map_or(self.values.ambient, Temperature::si);
            return CasePipeState {
                outlet_temperature_k: ground,
                ..CasePipeState::default()
            };
        };
        let m = running.flow[e];
        let (density, viscosity) = (running.density[e], running.viscosity[e]);
        let outlet = running.temperatures.outlet[e];
        let inlet = node[if m < 0.0 { pipe.to } else { pipe.from }];
        let link = &plan.hydraulics.links()[e];
        let LinkLaw::Pipe(law) = &link.law else {
            return CasePipeState::default();
        };
        CasePipeState {
            mass_flow_kg_s: m,
            outlet_temperature_k: outlet,
            friction_pa: link.loss(m, density, viscosity, &mut 0.0).0.abs(),
            velocity_m_s: m / (density * law.area()),
            reynolds: law.reynolds(m, viscosity),
            friction_factor: if m.abs() > STILL {
                law.friction_factor(m, density, viscosity)
            } else {
                0.0
            },
            loss_w: m.abs() * plan.fluid.heat_between(inlet, outlet),
        }
    }

    fn consumer_state(&self, running: &Running, i: usize) -> CaseConsumerState {
        let plan = self.plan;
        let consumer = &plan.case.consumers[i];
        let (from, to) = (consumer.supply_node, consumer.return_node);
        let t = &running.temperatures;
        let Some(e) = at(plan.consumer_edge[i]) else {
            return CaseConsumerState {
                inlet_temperature_k: t.node[from],
                outlet_temperature_k: t.node[from],
                ..CaseConsumerState::default()
            };
        };
        let m = running.flow[e];
        let inlet = t.node[if m < 0.0 { to } else { from }];
        CaseConsumerState {
            mass_flow_kg_s: m,
            heat_w: m.abs() * plan.fluid.heat_between(inlet, t.outlet[e]),
            inlet_temperature_k: inlet,
            outlet_temperature_k: t.outlet[e],
            differential_pressure_pa: difference(plan, running, from, to),
        }
    }

    fn source_state(&self, running: &Running, i: usize) -> CaseSourceState {
        let plan = self.plan;
        let source = &plan.case.sources[i];
        let t = &running.temperatures;
        let returned = t.node[source.return_node];
        let Some(e) = at(plan.source_edge[i]) else {
            return CaseSourceState {
                return_temperature_k: returned,
                supply_temperature_k: t.node[source.supply_node],
                ..CaseSourceState::default()
            };
        };
        let m = running.flow[e];
        // driven backwards, the water leaves at the return side as it came
        let supplied = if m < 0.0 {
            t.node[source.supply_node]
        } else {
            t.outlet[e]
        };
        CaseSourceState {
            mass_flow_kg_s: m,
            return_temperature_k: returned,
            supply_temperature_k: supplied,
            heat_w: m * plan.fluid.heat_between(supplied, returned),
            differential_pressure_pa: difference(
                plan,
                running,
                source.supply_node,
                source.return_node,
            ),
        }
    }
}

fn difference(plan: &Plan<'_>, running: &Running, from: usize, to: usize) -> f64 {
    if plan.is_running(from, to) {
        running.hydraulic.pressure[from] - running.hydraulic.pressure[to]
    } else {
        0.0
    }
}
