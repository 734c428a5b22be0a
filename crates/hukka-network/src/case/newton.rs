//! How the flows asked by heat answer to each other through the temperatures: Newton along the flow.
//!
//! A consumer at node `v` asks `Δm = a + b ΔT_v`; a pipe from `u` to `v` gives
//! `ΔT_v = share ΔT_u + gain ΔM`, where `ΔM` is the change of all flow beyond it. Backwards along the
//! flow the change of everything beyond a node is an affine function of its temperature,
//! `ΔM_v = A_v + B_v ΔT_v` with `B ≤ 0`; forwards the temperatures follow. Exact on trees; where flows
//! meet, they are taken to keep their shares.

use super::plan::EdgeKind;
use super::thermal::{Sweep, Temperatures};

/// Buffers of the two passes.
#[derive(Debug, Clone, Default)]
pub(super) struct Newton {
    constant: Vec<f64>,
    by_warming: Vec<f64>,
    warming: Vec<f64>,
}

/// How the temperature of a node answers: to its upstream nodes, and to more flow through it.
struct Meeting {
    total: f64,
    share: f64,
    gain: f64,
}

impl Newton {
    /// Change of temperature at every node that comes with the flows' next step, K.
    pub(super) fn warming(&mut self, sweep: &Sweep<'_>, temperatures: &Temperatures) -> &[f64] {
        let count = temperatures.node.len();
        for list in [&mut self.constant, &mut self.by_warming, &mut self.warming] {
            list.clear();
            list.resize(count, 0.0);
        }
        for (i, consumer) in sweep.plan.case.consumers.iter().enumerate() {
            let Some(e) = super::plan::at(sweep.plan.consumer_edge[i]) else {
                continue;
            };
            if e < sweep.plan.link_count() {
                continue;
            }
            let node = consumer.supply_node;
            let (a, b) = sweep
                .consumer(i)
                .answer(temperatures.node[node], sweep.flow[e]);
            self.constant[node] += a;
            self.by_warming[node] += b;
        }
        self.backwards(sweep, temperatures);
        self.forwards(sweep, temperatures);
        &self.warming
    }

    fn backwards(&mut self, sweep: &Sweep<'_>, temperatures: &Temperatures) {
        let order = &temperatures.order;
        for (place, &node) in order.nodes.iter().enumerate().rev() {
            let node = node as usize;
            if self.constant[node].abs() <= 0.0 && self.by_warming[node] >= 0.0 {
                continue;
            }
            let meeting = meeting(sweep, temperatures, place, node);
            let shrink = 1.0 / (1.0 - self.by_warming[node] * meeting.gain);
            for &e in order.arriving(place) {
                let (e, edge) = (e as usize, &sweep.plan.edges[e as usize]);
                if !matches!(edge.kind, EdgeKind::Pipe(_) | EdgeKind::Passive) {
                    continue;
                }
                let from = if edge.to == node { edge.from } else { edge.to };
                let part = sweep.flow[e].abs() / meeting.total * shrink;
                self.constant[from] += part * self.constant[node];
                self.by_warming[from] += part * self.by_warming[node] * meeting.share;
            }
        }
    }

    fn forwards(&mut self, sweep: &Sweep<'_>, temperatures: &Temperatures) {
        let order = &temperatures.order;
        for (place, &node) in order.nodes.iter().enumerate() {
            let node = node as usize;
            let meeting = meeting(sweep, temperatures, place, node);
            let mut handed = 0.0;
            for &e in order.arriving(place) {
                let (e, edge) = (e as usize, &sweep.plan.edges[e as usize]);
                let from = if edge.to == node { edge.from } else { edge.to };
                handed += sweep.flow[e].abs() / meeting.total
                    * temperatures.answer[e].0
                    * self.warming[from];
            }
            let flow = (self.constant[node] + self.by_warming[node] * handed)
                / (1.0 - self.by_warming[node] * meeting.gain);
            self.warming[node] = handed + meeting.gain * flow;
        }
    }
}

fn meeting(sweep: &Sweep<'_>, temperatures: &Temperatures, place: usize, node: usize) -> Meeting {
    let arriving = temperatures.order.arriving(place);
    let entering = sweep.entries.get(node).map_or(0.0, |entry| entry.flow);
    let mut found = Meeting {
        total: entering + f64::MIN_POSITIVE,
        share: 0.0,
        gain: 0.0,
    };
    for &e in arriving {
        found.total += sweep.flow[e as usize].abs();
    }
    for &e in arriving {
        let part = sweep.flow[e as usize].abs() / found.total;
        let (share, gain) = temperatures.answer[e as usize];
        found.share += part * share;
        found.gain += part * part * gain;
    }
    found
}
