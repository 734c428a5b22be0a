//! Flows around the loops of one side: Newton's method with the pressures of the vertices.

use crate::cycles::{Cycles, NONE};
use crate::fluid::Fluid;
use crate::lanes::{Lanes, add, filled};
use crate::side::{Buoyancy, GRAVITY, PressureLaws, Side, drop_and_slope};
use crate::topology::Network;
use hukka_numerics::LaneFactor;

/// Loops count as balanced when, before the last Newton step, the pressure left around them was
/// below this share of the pressure differences along them; the step makes it smaller yet.
const LOOP_TOLERANCE: f64 = 1e-8;
/// Below this share a Newton step is taken without looking where it leads.
const NEAR: f64 = 1e-3;
/// Added to the pressure differences, so that loops at rest count as balanced, Pa.
const SMALL_PRESSURE_PA: f64 = 1e-3;
/// Least slope of a chain, Pa s/kg: pipes without length still have one.
const LEAST_SLOPE: f64 = 1e-6;
/// Least share of a pipe's slope left when its viscosity follows the flow.
const SOFTEST: f64 = 0.2;
const MAX_LOOP_STEPS: usize = 60;
const MAX_HALVINGS: usize = 30;

/// Workspace of the loops of one side.
#[derive(Debug, Clone, Default)]
pub(crate) struct LoopWork<const L: usize> {
    /// Flow of each pipe in loops with all chords shut.
    shut: Vec<Lanes<L>>,
    /// Density and viscosity of each pipe in loops, and gravity along it.
    density: Vec<Lanes<L>>,
    viscosity: Vec<Lanes<L>>,
    gravity: Vec<Lanes<L>>,
    /// Relative change of viscosity with the absolute flow, as the water then cools less: s/kg.
    thinning: Vec<Lanes<L>>,
    /// Change of gravity with the flow, as the water weighs by its temperature, Pa s/kg.
    lifting: Vec<Lanes<L>>,
    /// Flow of each chain above that with all chords shut.
    through: Vec<Lanes<L>>,
    /// Pressure lost along each chain, its derivative, and the sum of absolute differences.
    lost: Vec<Lanes<L>>,
    slope: Vec<Lanes<L>>,
    /// The derivative when the viscosity follows the flow.
    soft_slope: Vec<Lanes<L>>,
    size: Vec<Lanes<L>>,
    /// Newton's step of each chain.
    step: Vec<Lanes<L>>,
    start: Vec<Lanes<L>>,
    /// By vertex.
    sum: Vec<Lanes<L>>,
    size_sum: Vec<Lanes<L>>,
    /// The linear system.
    diagonal: Vec<Lanes<L>>,
    edge: Vec<Lanes<L>>,
    unknown: Vec<Lanes<L>>,
    factor: LaneFactor<L>,
}

/// How well the loops were balanced.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct LoopOutcome<const L: usize> {
    /// Largest remaining pressure around a loop, relative to the pressures along it.
    pub(crate) residual: Lanes<L>,
    /// Within the tolerance.
    pub(crate) is_balanced: [bool; L],
}

impl<const L: usize> LoopOutcome<L> {
    fn new(residual: Lanes<L>) -> Self {
        Self {
            residual,
            is_balanced: residual.map(|r| r <= LOOP_TOLERANCE),
        }
    }
}

impl<const L: usize> LoopWork<L> {
    pub(crate) fn new(cycles: &Cycles) -> Self {
        let by_pipe = || filled(cycles.pipes.len(), 0.0);
        let by_chain = || filled(cycles.chains.len(), 0.0);
        let by_row = || filled(cycles.pattern.rows(), 0.0);
        Self {
            shut: by_pipe(),
            density: by_pipe(),
            viscosity: by_pipe(),
            gravity: by_pipe(),
            thinning: by_pipe(),
            lifting: by_pipe(),
            through: by_chain(),
            lost: by_chain(),
            slope: by_chain(),
            soft_slope: by_chain(),
            size: by_chain(),
            step: by_chain(),
            start: filled(cycles.chords(), 0.0),
            sum: filled(cycles.vertices, 0.0),
            size_sum: filled(cycles.vertices, 0.0),
            diagonal: by_row(),
            edge: filled(cycles.edges.len(), 0.0),
            unknown: by_row(),
            factor: LaneFactor::default(),
        }
    }
}

impl<const L: usize> Side<L> {
    /// Flows of trees and loops from what every place takes out (in `mass_flow` by place, after
    /// [`Self::begin`]): one
    /// Newton step at least, so that small changes of the draws are always followed.
    ///
    /// Unknowns are the chord flows, so mass is conserved whatever they are. Around every loop
    /// `Σ (Δp(m) + ρ g Δz) = 0`, the heights left out or not after [`Buoyancy`]. The step is that of
    /// the linearised network, `A D⁻¹ Aᵀ p = A D⁻¹ Δp`, `δm = D⁻¹ (Aᵀ p − Δp)`, with one row per
    /// vertex and `D = dΔp/dm > 0`: the same as Newton's in the space of the loops, but sparse. The
    /// friction problem is the minimum of a convex function: a step is halved until the slope
    /// along it has shrunk.
    ///
    /// # Source  Todini & Pilati 1988 (global gradient method), on contracted chains
    pub(crate) fn solve_flows(
        &mut self,
        network: &Network,
        laws: PressureLaws,
    ) -> (Lanes<L>, LoopOutcome<L>) {
        let cycles = &network.cycles;
        if cycles.is_empty() {
            return (self.tree_flows(network), LoopOutcome::new([0.0; L]));
        }
        let plant = self.tree_flows(network);
        self.shut_chords(network);
        let mut residual = self.loop_residual(network, laws);
        let mut is_open = [true; L];
        for _ in 0..MAX_LOOP_STEPS {
            let near = residual.map(|r| r <= NEAR);
            let is_solved = self.loop_step(network, &near);
            for l in 0..L {
                is_open[l] &= is_solved[l] && residual[l].is_finite();
            }
            if (0..L).all(|l| near[l] || !is_open[l]) {
                self.work.start.copy_from_slice(&self.chord);
                self.step_chords(network, &is_open.map(|open| f64::from(u8::from(open))));
                self.set_loop_flows(network);
                break;
            }
            let after = self.shorten_step(network, laws, (&near, &is_open));
            for l in 0..L {
                let keeps = near[l] || !is_open[l];
                residual[l] = if keeps { residual[l] } else { after[l] };
                is_open[l] &= !near[l];
            }
            if !is_open.contains(&true) {
                break;
            }
        }
        (plant, LoopOutcome::new(residual))
    }

    /// Takes the step, in each lane halved until the slope along it has shrunk.
    fn shorten_step(
        &mut self,
        network: &Network,
        laws: PressureLaws,
        (near, is_open): (&[bool; L], &[bool; L]),
    ) -> Lanes<L> {
        let before = self.slope_along_step();
        self.work.start.copy_from_slice(&self.chord);
        let mut share = is_open.map(|open| f64::from(u8::from(open)));
        let mut residual = [0.0; L];
        for _ in 0..MAX_HALVINGS {
            self.step_chords(network, &share);
            residual = self.loop_residual(network, laws);
            let now = self.slope_along_step();
            let mut is_done = true;
            for l in 0..L {
                let shrunk = now[l].abs() <= 0.9 * before[l].abs() || residual[l] <= NEAR;
                if !(near[l] || !is_open[l] || shrunk) {
                    share[l] *= 0.5;
                    is_done = false;
                }
            }
            if is_done {
                break;
            }
        }
        residual
    }

    fn step_chords(&mut self, network: &Network, share: &Lanes<L>) {
        let steps = &self.work.step[network.cycles.tree_chains..];
        for ((c, from), step) in self.chord.iter_mut().zip(&self.work.start).zip(steps) {
            for l in 0..L {
                c[l] = from[l] + share[l] * step[l];
            }
        }
    }

    /// Sets the flows of all pipes in loops from the chord flows.
    fn set_loop_flows(&mut self, network: &Network) {
        let cycles = &network.cycles;
        let (work, trees) = (&mut self.work, cycles.tree_chains);
        work.sum.fill([0.0; L]);
        for (chain, c) in cycles.chains[trees..].iter().zip(&self.chord) {
            for l in 0..L {
                work.sum[chain.from][l] += c[l];
                work.sum[chain.to][l] -= c[l];
            }
        }
        work.through[trees..].copy_from_slice(&self.chord);
        for (e, chain) in cycles.chains[..trees].iter().enumerate() {
            let through = work.sum[chain.to];
            work.through[e] = through;
            add(&mut work.sum[chain.from], &through);
        }
        for (chain, through) in cycles.chains.iter().zip(&work.through) {
            for j in chain.pipes.clone() {
                let flow = &mut self.mass_flow[cycles.pipes[j]];
                for l in 0..L {
                    flow[l] = work.shut[j][l] + through[l];
                }
            }
        }
    }

    /// Density, viscosity and gravity of the pipes in loops, at the flows of the last time;
    /// `by_flow` is how the end of each pipe warms with its flow.
    pub(crate) fn prepare_loops<F: Fluid>(
        &mut self,
        network: &Network,
        fluid: &F,
        (buoyancy, by_flow): (Buoyancy, &[Lanes<L>]),
    ) {
        for (j, &pipe) in network.cycles.pipes.iter().enumerate() {
            let (mean, along) = self.mean_temperature(network, pipe);
            for l in 0..L {
                let viscosity = fluid.viscosity(mean[l]);
                let warmer = fluid.viscosity(mean[l] + 1.0);
                self.work.density[j][l] = fluid.density(mean[l]);
                self.work.viscosity[j][l] = viscosity;
                let thinner = warmer / viscosity - 1.0;
                self.work.thinning[j][l] = 0.5 * thinner * along[l] * by_flow[pipe][l];
            }
            if buoyancy == Buoyancy::Local {
                self.work.gravity[j] = self.gravity(network, fluid, pipe, buoyancy);
                let lift = GRAVITY * network.rise[pipe];
                for l in 0..L {
                    let lighter = fluid.density(mean[l] + 1.0) - self.work.density[j][l];
                    let warming = 0.5 * along[l] * by_flow[pipe][l];
                    let turned = warming.copysign(self.mass_flow[pipe][l]);
                    self.work.lifting[j][l] = lift * lighter * turned;
                }
            }
        }
    }

    /// How well the loops balance at the present flows and temperatures.
    pub(crate) fn check_loops<F: Fluid>(
        &mut self,
        network: &Network,
        fluid: &F,
        laws: PressureLaws,
        by_flow: &[Lanes<L>],
    ) -> Lanes<L> {
        if network.cycles.is_empty() {
            return [0.0; L];
        }
        self.prepare_loops(network, fluid, (laws.buoyancy, by_flow));
        self.loop_residual(network, laws)
    }

    /// Flows of trees and loops with the chord flows as they are; returns what the plant gives.
    pub(crate) fn hold_chords(&mut self, network: &Network) -> Lanes<L> {
        let plant = self.tree_flows(network);
        self.shut_chords(network);
        self.set_loop_flows(network);
        plant
    }

    /// Flows in loops after a change of the chords alone.
    pub(crate) fn follow_chords(&mut self, network: &Network) {
        self.set_loop_flows(network);
    }

    fn shut_chords(&mut self, network: &Network) {
        for (shut, &pipe) in self.work.shut.iter_mut().zip(&network.cycles.pipes) {
            let is_chord = pipe >= network.nodes();
            *shut = if is_chord {
                [0.0; L]
            } else {
                self.mass_flow[pipe]
            };
        }
    }

    /// Notes the pressure lost along a chain, and the sum of absolute differences.
    pub(crate) fn put_chain(&mut self, chain: usize, lost: Lanes<L>, size: Lanes<L>) {
        self.work.lost[chain] = lost;
        self.work.size[chain] = size;
    }

    /// Sets the flows from the chords, and works out how far the loops are from balance.
    fn loop_residual(&mut self, network: &Network, laws: PressureLaws) -> Lanes<L> {
        self.set_loop_flows(network);
        let cycles = &network.cycles;
        for (e, chain) in cycles.chains.iter().enumerate() {
            let (mut lost, mut size) = ([0.0; L], [0.0; L]);
            let (mut slope, mut soft) = ([LEAST_SLOPE; L], [LEAST_SLOPE; L]);
            for j in chain.pipes.clone() {
                let (pipe, work) = (cycles.pipes[j], &self.work);
                let flow = &self.mass_flow[pipe];
                let law = &network.friction[pipe];
                let (density, viscosity) = (&work.density[j], &work.viscosity[j]);
                let (drop, by_flow) = drop_and_slope(law, laws.friction, flow, density, viscosity);
                let (gravity, thinning) = (&work.gravity[j], &work.thinning[j]);
                let lifting = &work.lifting[j];
                for l in 0..L {
                    lost[l] += drop[l] + gravity[l];
                    size[l] += drop[l].abs() + gravity[l].abs();
                    slope[l] += by_flow[l];
                    let viscous = (2.0 * drop[l] - by_flow[l] * flow[l]).abs();
                    let least = SOFTEST * by_flow[l];
                    let found = by_flow[l] + viscous * thinning[l] + lifting[l];
                    soft[l] += found.max(least);
                }
            }
            self.work.lost[e] = lost;
            self.work.slope[e] = slope;
            self.work.soft_slope[e] = soft;
            self.work.size[e] = size;
        }
        self.mismatch(cycles)
    }

    /// Largest pressure left around any loop, relative to the differences along it.
    pub(crate) fn mismatch(&mut self, cycles: &Cycles) -> Lanes<L> {
        let (work, trees) = (&mut self.work, cycles.tree_chains);
        work.sum.fill([0.0; L]);
        work.size_sum.fill([0.0; L]);
        for e in (0..trees).rev() {
            let (from, to) = (cycles.chains[e].from, cycles.chains[e].to);
            for l in 0..L {
                work.sum[to][l] = work.sum[from][l] + work.lost[e][l];
                work.size_sum[to][l] = work.size_sum[from][l] + work.size[e][l];
            }
        }
        let mut worst = [0.0_f64; L];
        for (index, &top) in cycles.top.iter().enumerate() {
            let e = trees + index;
            let (a, b) = (cycles.chains[e].from, cycles.chains[e].to);
            for l in 0..L {
                let left = work.sum[a][l] + work.lost[e][l] - work.sum[b][l];
                let sizes = &work.size_sum;
                let way = sizes[a][l] + sizes[b][l] - 2.0 * sizes[top][l] + work.size[e][l];
                let share = left.abs() / (way + SMALL_PRESSURE_PA);
                worst[l] = if share > worst[l] || share.is_nan() {
                    share
                } else {
                    worst[l]
                };
            }
        }
        worst
    }

    /// Newton's step of every chain; false where the system cannot be solved.
    ///
    /// Near the balance the slope counts in that faster water arrives warmer and thinner:
    /// `dΔp/dm + (2 Δp − m dΔp/dm) (d ln η/dT) dT/dm`, because `Δp = m² g(m/η)`. With it, flows and
    /// temperatures of slow loops converge together. Where gravity follows the temperature its change
    /// counts as well.
    fn loop_step(&mut self, network: &Network, near: &[bool; L]) -> [bool; L] {
        let (cycles, work) = (&network.cycles, &mut self.work);
        for (slope, soft) in work.slope.iter_mut().zip(&work.soft_slope) {
            for l in 0..L {
                slope[l] = if near[l] { soft[l] } else { slope[l] };
            }
        }
        work.diagonal.fill([0.0; L]);
        work.unknown.fill([0.0; L]);
        let mut next_edge = 0;
        for (e, chain) in cycles.chains.iter().enumerate() {
            let (a, b) = (cycles.row[chain.from], cycles.row[chain.to]);
            let ease = work.slope[e].map(|slope| 1.0 / slope);
            for l in 0..L {
                let pushed = ease[l] * work.lost[e][l];
                if a != NONE {
                    work.diagonal[a][l] += ease[l];
                    work.unknown[a][l] += pushed;
                }
                if b != NONE {
                    work.diagonal[b][l] += ease[l];
                    work.unknown[b][l] -= pushed;
                }
            }
            if a != NONE && b != NONE {
                work.edge[next_edge] = ease.map(|g| -g);
                next_edge += 1;
            }
        }
        let (diagonal, edge) = (&work.diagonal, &work.edge);
        let is_solved = cycles
            .pattern
            .solve(&mut work.factor, diagonal, edge, &mut work.unknown);
        let at = |row: usize| {
            if row == NONE {
                [0.0; L]
            } else {
                work.unknown[row]
            }
        };
        for (e, chain) in cycles.chains.iter().enumerate() {
            let (a, b) = (at(cycles.row[chain.from]), at(cycles.row[chain.to]));
            for l in 0..L {
                work.step[e][l] = (a[l] - b[l] - work.lost[e][l]) / work.slope[e][l];
            }
        }
        is_solved
    }

    /// How the friction energy changes along the step: it shrinks to zero at its minimum.
    fn slope_along_step(&self) -> Lanes<L> {
        let mut sum = [0.0; L];
        for (lost, step) in self.work.lost.iter().zip(&self.work.step) {
            for l in 0..L {
                sum[l] += lost[l] * step[l];
            }
        }
        sum
    }
}
