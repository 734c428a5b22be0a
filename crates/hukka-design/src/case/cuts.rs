//! Inequalities every network keeps and a point of the relaxation may break.

use super::flow::Cutter;
use super::instance::Instance;
use super::program::{Program, delivered, merged};
use hukka_lp::{Bounds, Column};

/// Breaches below this are left, as a share of the right side.
const LEAST_BREACH: f64 = 0.01;
/// Most cuts found for one node in one round.
const NESTED: usize = 4;

/// A row to be added.
pub(crate) type Cut = (Bounds, Vec<(Column, f64)>);

/// Finds cuts for a graph that stays the same.
#[derive(Debug)]
pub(crate) struct Separator {
    cutter: Cutter,
    arcs: usize,
}

impl Separator {
    /// A separator for a programme.
    pub(crate) fn new(instance: &Instance, program: &Program) -> Self {
        let mut ends: Vec<(usize, usize)> =
            program.arcs.iter().map(|arc| (arc.from, arc.to)).collect();
        ends.extend(instance.sources.iter().map(|s| (instance.root(), s.node)));
        Self {
            cutter: Cutter::new(instance.nodes + 1, &ends),
            arcs: program.arcs.len(),
        }
    }

    /// Connectivity: for a set `S` of nodes without a source and a customer `c` in it,
    /// `Σ_{a into S} y_a ≥ x_c`.
    pub(crate) fn connectivity(
        &mut self,
        instance: &Instance,
        program: &Program,
        point: &[f64],
    ) -> Vec<Cut> {
        let mut found = Vec::new();
        self.free_sources(instance);
        for (a, arc) in program.arcs.iter().enumerate() {
            self.cutter.set(a, point[arc.built.0] + 1e-6);
        }
        let original: Vec<f64> = (0..self.arcs).map(|a| self.cutter.capacity(a)).collect();
        for (node, here) in instance.at.iter().enumerate() {
            if here.is_empty() || !instance.sources_at[node].is_empty() {
                continue;
            }
            let wanted = most_wanted(program, here, point);
            let Some((customer, wish)) = wanted.filter(|(_, wish)| *wish > LEAST_BREACH) else {
                continue;
            };
            let mut closed: Vec<usize> = Vec::new();
            for _ in 0..NESTED {
                let flow = self.cutter.flow(instance.root(), node, wish);
                if flow > wish - LEAST_BREACH {
                    break;
                }
                let side = self.cutter.far_side(node);
                let into = arcs_into(program, &side);
                let mut entries: Vec<(Column, f64)> =
                    into.iter().map(|&a| (program.arcs[a].built, 1.0)).collect();
                let least = match program.customers[customer] {
                    Some(x) => {
                        entries.push((x, -1.0));
                        0.0
                    }
                    None => 1.0,
                };
                found.push((Bounds::at_least(least), entries));
                for &a in &into {
                    self.cutter.set(a, 1.0);
                    closed.push(a);
                }
            }
            for a in closed {
                self.cutter.set(a, original[a]);
            }
        }
        found
    }

    /// Flow: for a set `S` of nodes without a source that draw `D = Σ load_c x_c`, and any split
    /// of the arcs into it, `Σ_{a ∈ C} delivered_a + D_max Σ_{a ∉ C} y_a ≥ D`: an arc that is
    /// hardly built cannot carry much of what `S` draws.
    pub(crate) fn flows(
        &mut self,
        instance: &Instance,
        program: &Program,
        point: &[f64],
    ) -> Vec<Cut> {
        let mut found = Vec::new();
        self.free_sources(instance);
        for node in 0..instance.nodes {
            if instance.at[node].is_empty() || !instance.sources_at[node].is_empty() {
                continue;
            }
            let mut side = vec![false; instance.nodes + 1];
            side[node] = true;
            for _ in 0..4 {
                let most = load(instance, &side);
                for (a, arc) in program.arcs.iter().enumerate() {
                    let limit = point[arc.flow.0].min(most * point[arc.built.0]);
                    self.cutter.set(a, limit + 1e-7 * most);
                }
                let _ = self.cutter.flow(instance.root(), node, f64::INFINITY);
                let mut wider = self.cutter.beyond(instance.root());
                for (k, is_in) in side.iter().enumerate() {
                    wider[k] |= *is_in;
                }
                if has_source(instance, &wider) {
                    break;
                }
                if let Some(cut) = flow_cut(instance, program, point, &wider) {
                    found.push(cut);
                    break;
                }
                if wider == side {
                    break;
                }
                side = wider;
            }
        }
        found
    }

    fn free_sources(&mut self, instance: &Instance) {
        for s in 0..instance.sources.len() {
            self.cutter.set(self.arcs + s, 1e12);
        }
    }
}

/// The customer at a node that is connected most, with how much it is.
fn most_wanted(program: &Program, here: &[usize], point: &[f64]) -> Option<(usize, f64)> {
    here.iter()
        .map(|&c| (c, program.customers[c].map_or(1.0, |x| point[x.0])))
        .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
}

fn arcs_into(program: &Program, side: &[bool]) -> Vec<usize> {
    (0..program.arcs.len())
        .filter(|&a| side[program.arcs[a].to] && !side[program.arcs[a].from])
        .collect()
}

fn has_source(instance: &Instance, side: &[bool]) -> bool {
    instance.sources.iter().any(|source| side[source.node])
}

/// All that may be drawn inside a set, kW.
fn load(instance: &Instance, side: &[bool]) -> f64 {
    (instance.customers.iter())
        .filter(|customer| side[customer.node])
        .map(|customer| customer.load)
        .sum()
}

/// The flow inequality of a set, if the point breaks it.
fn flow_cut(instance: &Instance, program: &Program, point: &[f64], side: &[bool]) -> Option<Cut> {
    let most = load(instance, side);
    let mut entries = Vec::new();
    let mut left = 0.0;
    for a in arcs_into(program, side) {
        let arc = &program.arcs[a];
        let heat = delivered(instance, arc);
        let brings: f64 = heat.iter().map(|&(column, f)| f * point[column.0]).sum();
        let could = most * point[arc.built.0];
        left += brings.min(could);
        if brings <= could {
            entries.extend(heat);
        } else {
            entries.push((arc.built, most));
        }
    }
    let mut least = 0.0;
    let mut drawn = 0.0;
    for (c, customer) in instance.customers.iter().enumerate() {
        if side[customer.node] {
            if let Some(x) = program.customers[c] {
                entries.push((x, -customer.load));
                drawn += customer.load * point[x.0];
            } else {
                least += customer.load;
                drawn += customer.load;
            }
        }
    }
    (left < drawn - LEAST_BREACH * most.max(1.0))
        .then(|| (Bounds::at_least(least), merged(entries)))
}
