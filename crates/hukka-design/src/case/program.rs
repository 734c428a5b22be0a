//! The case as a mixed-integer programme over arcs.
//!
//! Binary `y_a` builds arc `a = i→j`, `z_ak` gives it pipe `k`, `f_a` kW enter it, `x_c` connects
//! customer `c`, `P_s` is a source's power. Minimise
//! `Σ L (fixed_k z_ak + slope f_a) + Σ price_s P_s − Σ worth_c x_c` subject to
//!
//! - balance at every node: `Σ_in (f_a − loss_a) + Σ P_s = Σ_out f_a + Σ load_c x_c`,
//! - `Σ_k z_ak = y_a`, `f_a ≤ Σ_k u_ak z_ak`, `loss_a ≤ f_a`,
//! - an arc out of a node without a source needs another arc into it: `y_jk ≤ Σ_{i≠k} y_ij`,
//! - a node without customers passes on: `y_ij ≤ Σ_{k≠i} y_jk`; a customer needs an arc:
//!   `x_c ≤ Σ y_ij`; `y_ij + y_ji ≤ 1`;
//! - at most one arc into a node; one more for every further source (`m_j`, where flows meet),
//! - in forced mode an arc into a node delivers at least what the node draws.
//!
//! The third family is what makes the relaxation strong; `cuts` adds connectivity and flow cuts.

use super::instance::Instance;
use crate::case::law::Pipe;
use hukka_lp::{Bounds, Column, Problem};

/// A directed way over a line.
#[derive(Debug)]
pub(crate) struct Arc {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) line: usize,
    pub(crate) built: Column,
    pub(crate) flow: Column,
    /// Pipes with their columns; the column is `built` when there is only one.
    pub(crate) options: Vec<(usize, Column)>,
}

/// Most an arc may carry, and whether it may be built at all.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ArcLimit {
    pub(crate) is_open: bool,
    pub(crate) most: f64,
    /// Least inflow when built.
    pub(crate) least: f64,
}

/// The programme with the meaning of its columns.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) problem: Problem,
    pub(crate) arcs: Vec<Arc>,
    /// Arcs into and out of each node.
    pub(crate) into: Vec<Vec<usize>>,
    pub(crate) out: Vec<Vec<usize>>,
    /// Column of each customer; `None` when it is connected in any case.
    pub(crate) customers: Vec<Option<Column>>,
    pub(crate) powers: Vec<Column>,
    pub(crate) meetings: Vec<Option<Column>>,
    /// To be added to the objective.
    pub(crate) constant: f64,
}

/// A programme while it is written: rows may name any column.
#[derive(Debug, Default)]
struct Draft {
    columns: Vec<(f64, Bounds, bool)>,
    rows: Vec<(Bounds, Vec<(Column, f64)>)>,
}

impl Draft {
    fn column(&mut self, cost: f64, bounds: Bounds, is_integer: bool) -> Column {
        self.columns.push((cost, bounds, is_integer));
        Column(self.columns.len() - 1)
    }

    fn binary(&mut self, cost: f64) -> Column {
        self.column(cost, Bounds::between(0.0, 1.0), true)
    }

    fn row(&mut self, bounds: Bounds, entries: Vec<(Column, f64)>) {
        if !entries.is_empty() {
            self.rows.push((bounds, entries));
        }
    }

    fn finish(self) -> Problem {
        let mut problem = Problem::new();
        for (cost, bounds, is_integer) in self.columns {
            if is_integer {
                problem.add_integer_column(cost, bounds, &[]);
            } else {
                problem.add_column(cost, bounds, &[]);
            }
        }
        problem.with_rows(&self.rows)
    }
}

/// Writes the programme; `limits` holds two arcs for every line, `a→b` first.
pub(crate) fn write(instance: &Instance, limits: &[ArcLimit]) -> Program {
    let mut draft = Draft::default();
    let mut arcs = Vec::new();
    for (l, line) in instance.lines.iter().enumerate() {
        for (from, to, limit) in [
            (line.a, line.b, limits[2 * l]),
            (line.b, line.a, limits[2 * l + 1]),
        ] {
            if limit.is_open {
                arcs.extend(arc(instance, &mut draft, (from, to, l), limit));
            }
        }
    }
    let mut program = Program {
        problem: Problem::new(),
        into: vec![Vec::new(); instance.nodes],
        out: vec![Vec::new(); instance.nodes],
        arcs,
        customers: Vec::new(),
        powers: Vec::new(),
        meetings: vec![None; instance.nodes],
        constant: 0.0,
    };
    for (a, arc) in program.arcs.iter().enumerate() {
        program.into[arc.to].push(a);
        program.out[arc.from].push(a);
    }
    others(instance, &mut program, &mut draft);
    for node in 0..instance.nodes {
        balance(instance, &program, &mut draft, node);
        connectivity(instance, &program, &mut draft, node);
    }
    opposite(&program, &mut draft);
    program.problem = draft.finish();
    program
}

/// Columns and own rows of an arc; `None` when no pipe is large enough for its least flow.
fn arc(
    instance: &Instance,
    draft: &mut Draft,
    (from, to, line): (usize, usize, usize),
    limit: ArcLimit,
) -> Option<Arc> {
    let length = instance.lines[line].length;
    let pipes = &instance.law.pipes;
    let usable: Vec<usize> = (0..pipes.len())
        .filter(|&k| pipes[k].capacity >= limit.least && is_wanted(pipes, k, limit.most))
        .collect();
    let (&first, rest) = usable.split_first()?;
    let most = limit.most.min(pipes[*usable.last()?].capacity);
    let slope = length * pipes[first].slope;
    let flow = draft.column(slope, Bounds::between(0.0, most), false);
    let (built, options) = if rest.is_empty() {
        let built = draft.binary(length * pipes[first].fixed);
        (built, vec![(first, built)])
    } else {
        let built = draft.binary(0.0);
        let options: Vec<(usize, Column)> = (usable.iter())
            .map(|&k| (k, draft.binary(length * pipes[k].fixed)))
            .collect();
        let mut sum: Vec<(Column, f64)> = options.iter().map(|&(_, z)| (z, 1.0)).collect();
        sum.push((built, -1.0));
        draft.row(Bounds::equal(0.0), sum);
        (built, options)
    };
    let mut room: Vec<(Column, f64)> = (options.iter())
        .map(|&(k, z)| (z, -pipes[k].capacity.min(most)))
        .collect();
    room.push((flow, 1.0));
    draft.row(Bounds::at_most(0.0), room);
    let mut lost: Vec<(Column, f64)> = (options.iter())
        .map(|&(k, z)| {
            (
                z,
                -limit
                    .least
                    .max(length * pipes[k].loss_b / kept(pipes, k, length)),
            )
        })
        .collect();
    lost.push((flow, 1.0));
    draft.row(Bounds::at_least(0.0), lost);
    Some(Arc {
        from,
        to,
        line,
        built,
        flow,
        options,
    })
}

fn kept(pipes: &[Pipe], k: usize, length: f64) -> f64 {
    (1.0 - length * pipes[k].loss_a).max(1e-9)
}

/// Whether a pipe can be best for some flow up to `most`: no pipe as good is large enough for all
/// that it carries.
fn is_wanted(pipes: &[Pipe], k: usize, most: f64) -> bool {
    (0..pipes.len()).all(|other| {
        let (p, q) = (&pipes[k], &pipes[other]);
        let is_large = q.capacity >= p.capacity.min(most);
        let is_better = q.fixed <= p.fixed && q.loss_b <= p.loss_b && q.loss_a <= p.loss_a;
        let is_same = q.fixed >= p.fixed && q.loss_b >= p.loss_b && q.loss_a >= p.loss_a;
        other == k || !is_large || !is_better || (is_same && other > k)
    })
}

/// Columns of customers, sources and meetings.
fn others(instance: &Instance, program: &mut Program, draft: &mut Draft) {
    for customer in &instance.customers {
        if instance.is_forced() {
            program.constant -= customer.worth;
            program.customers.push(None);
        } else {
            program.customers.push(Some(draft.binary(-customer.worth)));
        }
    }
    for source in &instance.sources {
        let bounds = Bounds::between(0.0, source.capacity);
        program
            .powers
            .push(draft.column(source.price, bounds, false));
    }
    let further = instance.sources.len().saturating_sub(1) as f64;
    if further > 0.0 {
        let mut all = Vec::new();
        for node in 0..instance.nodes {
            if program.into[node].len() > 1 {
                let meeting = draft.column(0.0, Bounds::between(0.0, further), true);
                program.meetings[node] = Some(meeting);
                all.push((meeting, 1.0));
            }
        }
        draft.row(Bounds::at_most(further), all);
    }
}

fn balance(instance: &Instance, program: &Program, draft: &mut Draft, node: usize) {
    let mut entries = Vec::new();
    let mut drawn = 0.0;
    for &a in &program.into[node] {
        entries.extend(delivered(instance, &program.arcs[a]));
    }
    for &a in &program.out[node] {
        entries.push((program.arcs[a].flow, -1.0));
    }
    for &s in &instance.sources_at[node] {
        entries.push((program.powers[s], 1.0));
    }
    for &c in &instance.at[node] {
        let load = instance.customers[c].load;
        match program.customers[c] {
            Some(x) => entries.push((x, -load)),
            None => drawn += load,
        }
    }
    if !entries.is_empty() || drawn > 0.0 {
        draft.rows.push((Bounds::equal(drawn), entries));
    }
}

/// Heat an arc delivers: inflow less loss.
pub(crate) fn delivered(instance: &Instance, arc: &Arc) -> Vec<(Column, f64)> {
    let length = instance.lines[arc.line].length;
    let pipes = &instance.law.pipes;
    let mut entries: Vec<(Column, f64)> = (arc.options.iter())
        .map(|&(k, z)| (z, -length * pipes[k].loss_b))
        .collect();
    let loss_a = arc.options.first().map_or(0.0, |&(k, _)| pipes[k].loss_a);
    entries.push((arc.flow, 1.0 - length * loss_a));
    entries
}

fn connectivity(instance: &Instance, program: &Program, draft: &mut Draft, node: usize) {
    let has_source = !instance.sources_at[node].is_empty();
    let has_customer = !instance.at[node].is_empty();
    let built = |a: usize| program.arcs[a].built;
    if !has_source {
        for &out in &program.out[node] {
            let mut entries: Vec<(Column, f64)> = (program.into[node].iter())
                .filter(|&&a| program.arcs[a].from != program.arcs[out].to)
                .map(|&a| (built(a), 1.0))
                .collect();
            entries.push((built(out), -1.0));
            draft.row(Bounds::at_least(0.0), entries);
        }
        need_arc(instance, program, draft, node);
    }
    if !has_customer {
        for &a in &program.into[node] {
            let mut entries: Vec<(Column, f64)> = (program.out[node].iter())
                .filter(|&&out| program.arcs[out].to != program.arcs[a].from)
                .map(|&out| (built(out), 1.0))
                .collect();
            entries.push((built(a), -1.0));
            draft.row(Bounds::at_least(0.0), entries);
        }
    }
    if program.into[node].len() > 1 {
        let mut entries: Vec<(Column, f64)> = (program.into[node].iter())
            .map(|&a| (built(a), 1.0))
            .collect();
        entries.extend(program.meetings[node].map(|m| (m, -1.0)));
        draft.row(Bounds::at_most(1.0), entries);
    }
    if instance.is_forced() && has_customer && !has_source {
        let load: f64 = (instance.at[node].iter())
            .map(|&c| instance.customers[c].load)
            .sum();
        for &a in &program.into[node] {
            let mut entries = delivered(instance, &program.arcs[a]);
            entries.push((built(a), -load));
            entries.extend(program.meetings[node].map(|m| (m, load)));
            draft.row(Bounds::at_least(0.0), merged(entries));
        }
    }
}

/// A customer needs an arc into its node.
fn need_arc(instance: &Instance, program: &Program, draft: &mut Draft, node: usize) {
    let arcs = || (program.into[node].iter()).map(|&a| (program.arcs[a].built, 1.0));
    if instance.at[node].is_empty() {
        return;
    }
    if instance.is_forced() {
        draft.rows.push((Bounds::at_least(1.0), arcs().collect()));
        return;
    }
    for &c in &instance.at[node] {
        if let Some(x) = program.customers[c] {
            let mut entries: Vec<(Column, f64)> = arcs().collect();
            entries.push((x, -1.0));
            draft.row(Bounds::at_least(0.0), entries);
        }
    }
}

/// Adds up entries of the same column.
pub(crate) fn merged(mut entries: Vec<(Column, f64)>) -> Vec<(Column, f64)> {
    entries.sort_by_key(|&(column, _)| column);
    let mut sums: Vec<(Column, f64)> = Vec::with_capacity(entries.len());
    for (column, factor) in entries {
        match sums.last_mut() {
            Some((last, sum)) if *last == column => *sum += factor,
            _ => sums.push((column, factor)),
        }
    }
    sums
}

/// A line is used in one direction.
fn opposite(program: &Program, draft: &mut Draft) {
    for pair in program.arcs.windows(2) {
        if pair[0].line == pair[1].line {
            let entries = vec![(pair[0].built, 1.0), (pair[1].built, 1.0)];
            draft.row(Bounds::at_most(1.0), entries);
        }
    }
}
