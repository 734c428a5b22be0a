//! A network as a tree, as columns of the programme, and as a solution of the case.

use super::forest::{Forest, Hop};
use super::instance::Instance;
use super::program::Program;
use hukka_model::{BuiltEdge, DesignCase, DesignSolution};
use hukka_units::HeatPower;

/// Powers below this are none, kW.
const NO_POWER: f64 = 1e-6;

/// Heat over a line in a tree: signed from `a` to `b`, with the pipe it takes.
fn over(instance: &Instance, forest: &Forest, node: usize, hop: Hop) -> Option<(f64, usize)> {
    let line = &instance.lines[hop.edge];
    let need = forest.need[node];
    let (inflow, pipe) = if need >= 0.0 {
        let carried = instance.law.carry(line.length, need)?;
        (carried.inflow, carried.pipe)
    } else {
        let (_, carried) = instance.law.deliver(line.length, -need)?;
        (-carried.inflow, carried.pipe)
    };
    let towards_b = hop.node == line.a;
    Some((if towards_b { inflow } else { -inflow }, pipe))
}

/// Power of every source in a tree, kW.
fn powers(instance: &Instance, forest: &Forest) -> Vec<f64> {
    (instance.sources.iter().enumerate())
        .map(|(s, source)| {
            let hangs_on_root = forest.parent[source.node]
                .is_some_and(|hop| instance.source_of(hop.edge) == Some(s));
            match forest.feed[s] {
                Some(power) => power,
                None if hangs_on_root => forest.need[source.node].max(0.0),
                None => 0.0,
            }
        })
        .collect()
}

/// The tree as values of the programme's columns, to start a search from; `None` when the
/// programme no longer has an arc or pipe the tree uses.
pub(crate) fn to_columns(
    instance: &Instance,
    program: &Program,
    forest: &Forest,
) -> Option<Vec<f64>> {
    let mut point = vec![0.0; program.problem.columns()];
    let mut arrivals = vec![0_usize; instance.nodes];
    for &node in forest.order.iter().skip(1) {
        let hop = forest.parent[node]?;
        if instance.source_of(hop.edge).is_some() {
            continue;
        }
        let (signed, pipe) = over(instance, forest, node, hop)?;
        let line = &instance.lines[hop.edge];
        let (from, to) = if signed >= 0.0 {
            (line.a, line.b)
        } else {
            (line.b, line.a)
        };
        let arc = (program.out[from].iter().map(|&a| &program.arcs[a]))
            .find(|arc| arc.line == hop.edge && arc.to == to)?;
        let &(_, option) = arc.options.iter().find(|(k, _)| *k == pipe)?;
        point[arc.built.0] = 1.0;
        point[option.0] = 1.0;
        point[arc.flow.0] = signed.abs();
        arrivals[to] += 1;
    }
    for (node, meeting) in program.meetings.iter().enumerate() {
        if let Some(meeting) = meeting {
            point[meeting.0] = arrivals[node].saturating_sub(1) as f64;
        }
    }
    for (c, column) in program.customers.iter().enumerate() {
        if let Some(column) = column {
            point[column.0] = f64::from(u8::from(forest.is_connected[c]));
        }
    }
    for (power, column) in powers(instance, forest).iter().zip(&program.powers) {
        point[column.0] = *power;
    }
    Some(point)
}

/// Reads a tree out of integer values of the columns. In a part with several sources the one
/// furthest from its limits balances; the others keep their powers.
pub(crate) fn from_columns(instance: &Instance, program: &Program, point: &[f64]) -> Forest {
    let mut forest = Forest::empty(instance);
    for (c, column) in program.customers.iter().enumerate() {
        forest.is_connected[c] = column.is_none_or(|x| point[x.0] > 0.5);
    }
    let mut around = vec![Vec::new(); instance.nodes];
    for arc in &program.arcs {
        if point[arc.built.0] > 0.5 {
            around[arc.from].push((arc.to, arc.line));
            around[arc.to].push((arc.from, arc.line));
        }
    }
    let power = |s: usize| point[program.powers[s].0];
    let slack = |s: usize| power(s).min(instance.sources[s].capacity - power(s));
    let mut sources: Vec<usize> = (0..instance.sources.len())
        .filter(|&s| power(s) > NO_POWER)
        .collect();
    sources.sort_by(|a, b| slack(*b).total_cmp(&slack(*a)).then(a.cmp(b)));
    for s in sources {
        let node = instance.sources[s].node;
        if forest.parent[node].is_some() {
            forest.feed[s] = Some(power(s));
            continue;
        }
        forest.parent[node] = Some(Hop {
            node: instance.root(),
            edge: instance.lines.len() + s,
        });
        let mut open = vec![node];
        while let Some(here) = open.pop() {
            for &(other, line) in &around[here] {
                if forest.parent[other].is_none() {
                    forest.parent[other] = Some(Hop {
                        node: here,
                        edge: line,
                    });
                    open.push(other);
                }
            }
        }
    }
    for (c, customer) in instance.customers.iter().enumerate() {
        forest.is_connected[c] &= forest.parent[customer.node].is_some();
    }
    forest.settle(instance);
    forest
}

/// The network in terms of the case.
pub(crate) fn to_solution(
    case: &DesignCase,
    instance: &Instance,
    forest: &Forest,
) -> Option<DesignSolution> {
    let mut solution = DesignSolution::default();
    for &node in forest.order.iter().skip(1) {
        let hop = forest.parent[node]?;
        if instance.source_of(hop.edge).is_none() {
            let (signed, pipe) = over(instance, forest, node, hop)?;
            solution.edges.push(BuiltEdge {
                edge: instance.lines[hop.edge].edge,
                inflow: HeatPower::from_kw(signed),
                pipe: instance.law.pipes[pipe].size,
            });
        }
    }
    for (customer, is_connected) in instance.customers.iter().zip(&forest.is_connected) {
        if !is_connected {
            continue;
        }
        solution.connected.extend(&customer.consumers);
        for laid in &customer.trail {
            let is_from_a = case.edges[laid.edge].a == laid.from;
            let inflow = HeatPower::from_kw(if is_from_a { laid.inflow } else { -laid.inflow });
            solution.edges.push(BuiltEdge {
                edge: laid.edge,
                inflow,
                pipe: laid.size,
            });
        }
    }
    solution.edges.sort_by_key(|built| built.edge);
    solution.connected.sort_unstable();
    solution.powers = (powers(instance, forest).into_iter())
        .map(HeatPower::from_kw)
        .collect();
    Some(solution)
}
