//! Newton's step of the supply side with loops: draws, temperatures and loop flows together.
//!
//! State are the flows of the draws and of the chords; temperatures follow from them. The trees
//! that hang off the trunk are folded into one line per place, "so much more water, so much per
//! kelvin". What is left is a sparse system with two unknowns per place of the trunk, the changes
//! of its pressure and of its temperature.

use crate::cycles::{Cycles, NONE};
use crate::fluid::Fluid;
use crate::lanes::{Lanes, filled};
use crate::side::{PressureLaws, Side, drop_and_slope};
use crate::thermal::Sweep;
use crate::topology::Network;
use crate::turning::Turning;
use hukka_numerics::{Block, LaneBlockSystem, LaneBlocks};

/// Ease of a pipe whose flow the draws behind it fix, kg/(s Pa): any will do.
const FIXED_EASE: f64 = 1e-3;
/// Least share of a pipe's slope left when the temperatures follow the flow.
const SOFTEST: f64 = 0.05;
/// Least capacity of a place, W/K: without water it keeps its temperature.
const LEAST_CAPACITY: f64 = 1e-9;
/// Least slope of a pipe, Pa s/kg: pipes without length still have one.
const LEAST_SLOPE: f64 = 1e-6;

/// Share of a pipe's ease that is left when its step is given.
const SHUT: f64 = 1e-6;

/// Structure and workspace.
#[derive(Debug, Clone)]
pub(crate) struct Joint<const L: usize> {
    /// Row of each place of the trunk; the plant, whose state is given, and others have none.
    row: Vec<usize>,
    /// Pipes of the trunk: `(pipe, edge of the pattern)`.
    pipes: Vec<(usize, usize)>,
    pattern: LaneBlocks,
    system: LaneBlockSystem<L>,
    /// By pipe of the network.
    lines: Vec<Line<L>>,
    pressure: Vec<Lanes<L>>,
    turning: Turning<L>,
    /// By pipe of the trunk.
    arrivals: Vec<Arrival<L>>,
    /// Capacity of what enters a place from outside and from hanging trees, by row.
    capacity: Vec<Lanes<L>>,
}

/// How the flow of a pipe follows the state of its ends: tail, then head.
///
/// `δm = G (δp_tail − δp_head − r) − e_tail δT_tail − e_head δT_head`
#[derive(Debug, Clone, Copy)]
struct Line<const L: usize> {
    ease: Lanes<L>,
    left: Lanes<L>,
    by_ends: [Lanes<L>; 2],
}

/// What the water of a pipe does at the place it runs to.
#[derive(Debug, Clone, Copy)]
struct Arrival<const L: usize> {
    /// Heat it brings above the place's own for each further kg/s: `h_out − h + |m| c β`.
    by_flow: Lanes<L>,
    /// `|m|` times the specific heat at the place.
    capacity: Lanes<L>,
    /// `|m| c α`.
    by_inlet: Lanes<L>,
}

impl<const L: usize> Arrival<L> {
    const NONE: Self = Self {
        by_flow: [0.0; L],
        capacity: [0.0; L],
        by_inlet: [0.0; L],
    };

    fn new<F: Fluid>(
        network: &Network,
        fluid: &F,
        (sweep, side): (&Sweep<L>, &Side<L>),
        k: usize,
    ) -> Self {
        let (a, b) = (network.tail[k], network.head[k]);
        let (flow, outlet) = (&side.mass_flow[k], &side.outlet[k]);
        let (alpha, beta) = (&sweep.by_inlet[k], &sweep.by_flow[k]);
        let (t, h) = (&side.temperature, &side.enthalpy);
        let mut arrival = Self::NONE;
        for l in 0..L {
            let (is_forth, size) = (flow[l] > 0.0, flow[l].abs());
            let t = if is_forth { t[b][l] } else { t[a][l] };
            let h = if is_forth { h[b][l] } else { h[a][l] };
            let c = fluid.specific_heat(outlet[l]);
            arrival.by_flow[l] = fluid.enthalpy(outlet[l]) - h + size * c * beta[l];
            arrival.capacity[l] = size * fluid.specific_heat(t);
            arrival.by_inlet[l] = size * c * alpha[l];
        }
        arrival
    }
}

impl<const L: usize> Line<L> {
    const FIXED: Self = Self {
        ease: [FIXED_EASE; L],
        left: [0.0; L],
        by_ends: [[0.0; L]; 2],
    };
}

impl<const L: usize> Line<L> {
    /// Lets the flow change by a given step whatever its ends do.
    fn fix(&mut self, l: usize, step: f64) {
        self.ease[l] *= SHUT;
        self.left[l] = -step / self.ease[l];
        self.by_ends[0][l] = 0.0;
        self.by_ends[1][l] = 0.0;
    }
}

impl<const L: usize> Joint<L> {
    pub(crate) fn new(network: &Network, places: &[usize], pipes: &[usize]) -> Self {
        let mut row = vec![NONE; network.nodes()];
        let others = places.iter().filter(|&&v| v != 0);
        for (index, &v) in others.enumerate() {
            row[v] = index;
        }
        let rows = places.len().saturating_sub(1);
        let mut edges = Vec::new();
        let mut edge_of = |&k: &usize| {
            let (a, b) = (row[network.tail[k]], row[network.head[k]]);
            if a == NONE || b == NONE {
                return (k, NONE);
            }
            edges.push((a, b));
            (k, edges.len() - 1)
        };
        let pipes: Vec<(usize, usize)> = pipes.iter().map(&mut edge_of).collect();
        Self {
            arrivals: vec![Arrival::NONE; pipes.len()],
            capacity: filled(rows, 0.0),
            row,
            pipes,
            pattern: LaneBlocks::new(rows, &edges),
            system: LaneBlockSystem::default(),
            lines: vec![Line::FIXED; network.tail.len()],
            pressure: filled(network.nodes(), 0.0),
            turning: Turning::new(network),
        }
    }

    /// Forgets what the pipes of the last hours did.
    pub(crate) fn restart(&mut self) {
        self.turning.restart();
    }

    /// How the flows of all pipes in loops follow the state of their ends, at the present flows
    /// and temperatures; returns how far the loops are from balance.
    ///
    /// With `Δp = m² g(m/η)/ρ`, `dΔp/dT = (2 Δp − m dΔp/dm) d ln η/dT − Δp d ln ρ/dT` at the mean
    /// temperature of the pipe, which follows both ends and the flow.
    pub(crate) fn look<F: Fluid>(
        &mut self,
        network: &Network,
        (fluid, laws): (&F, PressureLaws),
        (side, by): (&mut Side<L>, (&[Lanes<L>], &[Lanes<L>])),
    ) -> Lanes<L> {
        let cycles = &network.cycles;
        for (e, chain) in cycles.chains.iter().enumerate() {
            let (mut lost, mut size) = ([0.0; L], [0.0; L]);
            for &k in &cycles.pipes[chain.pipes.clone()] {
                let (line, drop) = Self::line(network, (fluid, laws), (side, k), by);
                self.lines[k] = line;
                self.turning.look(k, &side.mass_flow[k]);
                for l in 0..L {
                    lost[l] += drop[l];
                    size[l] += drop[l].abs();
                }
            }
            side.put_chain(e, lost, size);
        }
        self.close(network);
        side.mismatch(cycles)
    }

    fn line<F: Fluid>(
        network: &Network,
        (fluid, laws): (&F, PressureLaws),
        (side, k): (&Side<L>, usize),
        (by_inlet, by_flow): (&[Lanes<L>], &[Lanes<L>]),
    ) -> (Line<L>, Lanes<L>) {
        let mean = side.mean_and_slopes(network, k, (&by_inlet[k], &by_flow[k]));
        let (mut density, mut viscosity) = ([0.0; L], [0.0; L]);
        let (mut thinning, mut swelling) = ([0.0; L], [0.0; L]);
        for l in 0..L {
            let t = mean.value[l];
            density[l] = fluid.density(t);
            viscosity[l] = fluid.viscosity(t);
            thinning[l] = fluid.fluidity(t - 0.5) / fluid.fluidity(t + 0.5) - 1.0;
            swelling[l] = 1.0 - fluid.density(t + 1.0) / density[l];
        }
        let flow = &side.mass_flow[k];
        let law = &network.friction[k];
        let (drop, slope) = drop_and_slope(law, laws.friction, flow, &density, &viscosity);
        let mut line = Line::FIXED;
        for l in 0..L {
            let by_viscosity = 2.0 * drop[l] - slope[l] * flow[l];
            let by_mean = by_viscosity * thinning[l] + drop[l] * swelling[l];
            let whole = slope[l] + by_mean * mean.by_flow[l];
            let ease = 1.0 / (whole.max(SOFTEST * slope[l]) + LEAST_SLOPE);
            line.ease[l] = ease;
            line.left[l] = drop[l];
            line.by_ends[0][l] = ease * by_mean * mean.by_ends[0][l];
            line.by_ends[1][l] = ease * by_mean * mean.by_ends[1][l];
        }
        (line, drop)
    }

    /// Turns the friction in `left` into what is left around the loop of each chord: pressures
    /// follow the tree, where nothing is left.
    fn close(&mut self, network: &Network) {
        let n = network.nodes();
        for &(k, _) in &self.pipes {
            let (a, b) = (network.tail[k], network.head[k]);
            let line = &mut self.lines[k];
            if k < n {
                let is_in_loop = network.cycles.is_in_loop[k];
                for l in 0..L {
                    let lost = if is_in_loop { line.left[l] } else { 0.0 };
                    self.pressure[b][l] = self.pressure[a][l] - lost;
                }
                line.left = [0.0; L];
            } else {
                for l in 0..L {
                    line.left[l] -= self.pressure[a][l] - self.pressure[b][l];
                }
            }
        }
    }

    /// Solves the linear system of the trunk for what draws want (in `wanted` and
    /// `wanted_per_kelvin`, hanging trees folded in): temperature changes go to `shift`, changes
    /// of the chord flows to `chords`.
    ///
    /// Mass: `Σ δm_out − Σ δm_in + a + b δT = 0`.
    /// Heat: `M c δT − Σ_in ((h_out − h + |m| c β) δ|m| + |m| c α δT_up) = 0`.
    ///
    /// In hours that are stuck, and where a pipe has turned, the step is compared with the one of
    /// the hydraulics: see [`crate::turning`].
    pub(crate) fn solve<F: Fluid>(
        &mut self,
        network: &Network,
        fluid: &F,
        (sweep, side): (&mut Sweep<L>, &Side<L>),
        (chords, is_stuck): (&mut [Lanes<L>], &[bool; L]),
    ) {
        self.prepare(network, fluid, (&*sweep, side));
        let mut is_solved = self.solve_once(network, (sweep, side));
        let mut suspects = self.turning.suspects(network, is_stuck);
        if !suspects.is_empty() {
            for suspect in &mut suspects {
                suspect.newton = self.step_of(network, suspect.pipe, &is_solved)[suspect.lane];
                self.turning.hold(suspect, true);
            }
            is_solved = self.solve_once(network, (sweep, side));
            for suspect in &mut suspects {
                suspect.held = self.step_of(network, suspect.pipe, &is_solved)[suspect.lane];
                self.turning.hold(suspect, false);
                if let Some(step) = self.turning.way_out(suspect) {
                    self.lines[suspect.pipe].fix(suspect.lane, step);
                }
            }
            is_solved = self.solve_once(network, (sweep, side));
        }
        for (chord, k) in chords.iter_mut().zip(network.nodes()..) {
            *chord = self.step_of(network, k, &is_solved);
        }
    }

    /// Works out what all solutions of this step have in common.
    fn prepare<F: Fluid>(
        &mut self,
        network: &Network,
        fluid: &F,
        (sweep, side): (&Sweep<L>, &Side<L>),
    ) {
        for (arrival, &(k, _)) in self.arrivals.iter_mut().zip(&self.pipes) {
            *arrival = Arrival::new(network, fluid, (sweep, side), k);
        }
        for (v, &row) in self.row.iter().enumerate().filter(|(_, row)| **row != NONE) {
            let entering = sweep.trunk.entering_lanes(v);
            for l in 0..L {
                let c = fluid.specific_heat(side.temperature[v][l]);
                self.capacity[row][l] = entering[l] * c + LEAST_CAPACITY;
            }
        }
    }

    fn solve_once(
        &mut self,
        network: &Network,
        (sweep, side): (&mut Sweep<L>, &Side<L>),
    ) -> [bool; L] {
        self.pattern.clear(&mut self.system);
        for (v, &row) in self.row.iter().enumerate().filter(|(_, row)| **row != NONE) {
            let (block, right) = self.pattern.row(&mut self.system, row);
            block[1] = sweep.wanted_per_kelvin[v];
            block[3] = self.capacity[row];
            right[0] = sweep.wanted[v].map(|a| -a);
        }
        for index in 0..self.pipes.len() {
            self.add_pipe(network, side, index);
        }
        let is_solved = self.pattern.solve(&mut self.system);
        for (v, &row) in self.row.iter().enumerate().filter(|(_, row)| **row != NONE) {
            let found = self.pattern.solution(&self.system, row);
            let shift = &mut sweep.shift[v];
            for l in 0..L {
                shift[l] = if is_solved[l] { found[1][l] } else { 0.0 };
            }
        }
        sweep.shift[0] = [0.0; L];
        is_solved
    }

    /// Change of a pipe's flow in the solution; none where the system could not be solved.
    fn step_of(&self, network: &Network, k: usize, is_solved: &[bool; L]) -> Lanes<L> {
        let (a, b) = (
            self.found(network.tail[k], is_solved),
            self.found(network.head[k], is_solved),
        );
        let line = &self.lines[k];
        let mut step = [0.0; L];
        for l in 0..L {
            let pushed = line.ease[l] * (a[0][l] - b[0][l] - line.left[l]);
            let warmed = line.by_ends[0][l] * a[1][l] + line.by_ends[1][l] * b[1][l];
            step[l] = if is_solved[l] { pushed - warmed } else { 0.0 };
        }
        step
    }

    fn found(&self, v: usize, is_solved: &[bool; L]) -> [Lanes<L>; 2] {
        let row = self.row[v];
        if row == NONE {
            return [[0.0; L]; 2];
        }
        let mut found = self.pattern.solution(&self.system, row);
        for l in 0..L {
            if !is_solved[l] {
                found[0][l] = 0.0;
                found[1][l] = 0.0;
            }
        }
        found
    }

    /// Adds a pipe to the rows of its ends.
    fn add_pipe(&mut self, network: &Network, side: &Side<L>, index: usize) {
        let (k, edge) = self.pipes[index];
        let ends = [network.tail[k], network.head[k]];
        let (line, arrival) = (&self.lines[k], &self.arrivals[index]);
        let (flow, is_held) = (&side.mass_flow[k], self.turning.is_held(k));
        // Blocks `[end][end of the column]`.
        let mut blocks: [[Block<L>; 2]; 2] = [[[[0.0; L]; 4]; 2]; 2];
        let mut rights = [[[0.0; L]; 2]; 2];
        for (end, leaves) in [(0, 1.0), (1, -1.0)] {
            for l in 0..L {
                // Water that comes in here: flow is along the pipe at the head, against it at the tail.
                let is_in = flow[l] * leaves < 0.0;
                let least = if is_held[l] { 0.0 } else { f64::NEG_INFINITY };
                let by_flow = leaves * arrival.by_flow[l].max(least);
                let heat = if is_in { by_flow } else { 0.0 };
                let (g, e) = (line.ease[l], [line.by_ends[0][l], line.by_ends[1][l]]);
                for (column, sign) in [(0, 1.0), (1, -1.0)] {
                    let block = &mut blocks[end][column];
                    block[0][l] = leaves * sign * g;
                    block[1][l] = -leaves * e[column];
                    block[2][l] = heat * sign * g;
                    block[3][l] = -heat * e[column];
                }
                let (capacity, by_inlet) = (arrival.capacity[l], arrival.by_inlet[l]);
                blocks[end][end][3][l] += if is_in { capacity } else { 0.0 };
                blocks[end][1 - end][3][l] -= if is_in { by_inlet } else { 0.0 };
                rights[end][0][l] = leaves * g * line.left[l];
                rights[end][1][l] = heat * g * line.left[l];
            }
        }
        for end in [0, 1] {
            if self.row[ends[end]] != NONE {
                let (block, right) = self.pattern.row(&mut self.system, self.row[ends[end]]);
                add_all(block, &blocks[end][end]);
                add_all(right, &rights[end]);
            }
        }
        if edge != NONE {
            let (forth, back) = self.pattern.edge(&mut self.system, edge);
            add_all(forth, &blocks[0][1]);
            add_all(back, &blocks[1][0]);
        }
    }
}

#[inline]
fn add_all<const L: usize>(to: &mut [Lanes<L>], more: &[Lanes<L>]) {
    for (to, more) in to.iter_mut().zip(more) {
        crate::lanes::add(to, more);
    }
}

/// Whether hours can be stepped this way: with loops that heights do not drive.
pub(crate) const fn applies(cycles: &Cycles) -> bool {
    !cycles.is_empty()
}
