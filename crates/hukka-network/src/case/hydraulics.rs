//! Pressures and flows of any network of links, by Newton on nodes and links together. SI.
//!
//! Unknowns are the flow of every link and the pressure of every node that is not given:
//!
//! ```text
//! p_from − p_to + head = loss(m)          for every link
//! Σ m_in − Σ m_out = taken                for every node
//! ```
//!
//! Each step linearises the losses and solves for the nodes; mass is then conserved to rounding.
//! Losses rise with the flow, so the solution is the minimum of a convex function: a step that
//! overshoots along it is shortened, and smooth networks always converge.
//!
//! # Source  Todini & Pilati 1988 (global gradient algorithm); convexity: Collins et al. 1978

use super::control::{Control, ControlState, Controls};
use super::link::{Link, SHUT_SLOPE};
use hukka_numerics::{SparseFactor, SparsePattern};

const GIVEN: u32 = u32::MAX;
/// Flow over which a density that depends on the direction turns from one value to the other.
pub const TURN_KG_S: f64 = 1e-5;

/// A network of links, ordered for solving. Shared by threads; states are separate.
#[derive(Debug, Clone)]
pub struct Hydraulics {
    links: Vec<Link>,
    free: Vec<u32>,
    free_count: usize,
    pattern: SparsePattern,
    controls: Vec<Control>,
    is_smooth: bool,
}

/// What drives one state.
///
/// # Shapes  `density, viscosity, head, swing [link]`, `taken, given_pressure [node]`,
///   `held_pressure[control]`
#[derive(Debug, Clone, Copy)]
pub struct Drive<'a> {
    /// Density in each link, kg/m³.
    pub density: &'a [f64],
    /// Dynamic viscosity in each link, Pa s.
    pub viscosity: &'a [f64],
    /// Pressure gained from `from` to `to` without flow (heights, lifts), Pa.
    pub head: &'a [f64],
    /// Head gained more in full positive flow and less in full negative flow; at most 0, Pa.
    pub swing: &'a [f64],
    /// Flow out of the network at each node, kg/s.
    pub taken: &'a [f64],
    /// Pressure of nodes where it is given; others are ignored, Pa.
    pub given_pressure: &'a [f64],
    /// Pressure each control holds, Pa.
    pub held_pressure: &'a [f64],
}

/// Flows and pressures; the start of the next solve.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HydraulicState {
    /// Flow of links, kg/s.
    pub mass_flow: Vec<f64>,
    /// Pressure of nodes, Pa.
    pub pressure: Vec<f64>,
    /// What the controlled valves do.
    pub controls: Vec<ControlState>,
    root: Vec<f64>,
}

/// How a solve ended.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct HydraulicOutcome {
    /// Steps small enough at the end.
    pub is_converged: bool,
    /// Newton steps.
    pub iterations: usize,
    /// Largest change of a flow in the last step relative to the largest flow.
    pub last_step: f64,
}

/// Buffers of a solve, reused.
#[derive(Debug, Clone, Default)]
pub struct HydraulicWork {
    factor: SparseFactor,
    ground: Vec<f64>,
    conductance: Vec<f64>,
    right: Vec<f64>,
    rest: Vec<f64>,
    step: Vec<f64>,
    before: Vec<f64>,
    controls: Controls,
    /// Of each link: how much its head falls with more flow, Pa per kg/s, and the flow at which
    /// the drive's head holds. Empty: heads do not depend on the flow.
    pub(super) yielding: Vec<(f64, f64)>,
}

impl Hydraulics {
    /// Orders a network; `is_given[node]` says where the pressure is known.
    ///
    /// Every part of the network must have at least one given pressure.
    pub fn new(links: Vec<Link>, is_given: &[bool], controls: Vec<Control>) -> Self {
        let mut free = vec![GIVEN; is_given.len()];
        let mut free_count = 0;
        for (slot, is_given) in free.iter_mut().zip(is_given) {
            if !is_given {
                *slot = free_count as u32;
                free_count += 1;
            }
        }
        let pairs: Vec<(usize, usize)> = links
            .iter()
            .map(|link| match (free[link.from], free[link.to]) {
                (GIVEN, _) | (_, GIVEN) => (0, 0),
                (a, b) => (a as usize, b as usize),
            })
            .collect();
        Self {
            is_smooth: controls.is_empty() && links.iter().all(|l| !l.has_corner()),
            pattern: SparsePattern::new(free_count, &pairs),
            links,
            free,
            free_count,
            controls,
        }
    }

    /// The links.
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// The controlled valves.
    pub fn controls(&self) -> &[Control] {
        &self.controls
    }

    /// Nodes.
    pub fn node_count(&self) -> usize {
        self.free.len()
    }

    /// Whether the pressure of a node is given.
    pub fn is_given(&self, node: usize) -> bool {
        self.free[node] == GIVEN
    }

    /// A state to begin with: the same moderate velocity everywhere.
    pub fn start(&self, drive: &Drive<'_>) -> HydraulicState {
        let given: Vec<f64> = (0..self.node_count())
            .filter(|node| self.is_given(*node))
            .map(|node| drive.given_pressure[node])
            .collect();
        let mean = given.iter().sum::<f64>() / given.len().max(1) as f64;
        HydraulicState {
            mass_flow: self.links.iter().map(Link::usual_flow).collect(),
            pressure: vec![mean; self.node_count()],
            controls: vec![ControlState::default(); self.controls.len()],
            root: vec![0.0; self.links.len()],
        }
    }

    /// Moves a state to the solution.
    ///
    /// `tolerance` bounds the last change of any flow relative to the largest flow.
    pub fn solve(
        &self,
        drive: &Drive<'_>,
        state: &mut HydraulicState,
        work: &mut HydraulicWork,
        tolerance: f64,
        max_iterations: usize,
    ) -> HydraulicOutcome {
        self.prepare(drive, state, work);
        let mut outcome = HydraulicOutcome::default();
        let mut descent = 0.0;
        let mut was_shortened = false;
        for iteration in 1..=max_iterations {
            outcome.iterations = iteration;
            if iteration > 2 && self.is_smooth {
                was_shortened = self.search(drive, state, work, descent);
            } else {
                self.residuals(drive, state, work);
            }
            if !self.step(drive, state, work) {
                return outcome;
            }
            let damping = if !self.is_smooth && iteration > 25 {
                0.6
            } else {
                1.0
            };
            let largest = self.advance(state, work, damping);
            descent = descent_along(work);
            let change = work
                .step
                .iter()
                .fold(0.0_f64, |worst, dm| worst.max(dm.abs()));
            outcome.last_step = change / largest.max(1e-9);
            let is_settled = Controls::settle(&self.controls, &self.links, drive, state);
            if outcome.last_step <= tolerance && is_settled && !was_shortened {
                outcome.is_converged = outcome.last_step.is_finite();
                return outcome;
            }
        }
        outcome
    }

    fn prepare(&self, drive: &Drive<'_>, state: &mut HydraulicState, work: &mut HydraulicWork) {
        for node in 0..self.node_count() {
            if self.is_given(node) {
                state.pressure[node] = drive.given_pressure[node];
            }
        }
        for control in &mut state.controls {
            control.switches = 0;
        }
        for buffer in [
            &mut work.conductance,
            &mut work.rest,
            &mut work.step,
            &mut work.before,
        ] {
            buffer.resize(self.links.len(), 0.0);
        }
        work.ground.resize(self.free_count, 0.0);
        work.right.resize(self.free_count, 0.0);
        work.controls.begin(&self.controls, self.links.len());
    }

    /// Residual of every link's law, with its conductance.
    fn residuals(&self, drive: &Drive<'_>, state: &mut HydraulicState, work: &mut HydraulicWork) {
        for (l, link) in self.links.iter().enumerate() {
            let m = state.mass_flow[l];
            let (mut loss, mut slope) = if work.controls.is_shut(l, &state.controls) {
                (SHUT_SLOPE * m, SHUT_SLOPE)
            } else {
                link.loss(m, drive.density[l], drive.viscosity[l], &mut state.root[l])
            };
            let swing = drive.swing[l];
            if swing < 0.0 {
                let turned = m / TURN_KG_S;
                loss -= swing * turned.clamp(-1.0, 1.0);
                if turned.abs() < 1.0 {
                    slope -= swing / TURN_KG_S;
                }
            }
            if let Some((stiffness, at)) = work.yielding.get(l) {
                loss += stiffness * (m - at);
                slope += stiffness;
            }
            let lift = work.controls.lift(l, &state.controls);
            let drop = state.pressure[link.from] - state.pressure[link.to];
            work.rest[l] = drop + drive.head[l] + lift - loss;
            work.conductance[l] = 1.0 / slope;
        }
    }

    /// Shortens the last step while it overshoots the minimum along its direction.
    fn search(
        &self,
        drive: &Drive<'_>,
        state: &mut HydraulicState,
        work: &mut HydraulicWork,
        descent: f64,
    ) -> bool {
        let mut length = 1.0;
        for _ in 0..10 {
            self.residuals(drive, state, work);
            let climb: f64 = -work
                .rest
                .iter()
                .zip(&work.step)
                .map(|(r, d)| r * d)
                .sum::<f64>();
            if climb.is_finite() && climb <= 0.7 * descent {
                break;
            }
            let share = if climb.is_finite() {
                (descent / (descent + climb)).clamp(0.1, 0.8)
            } else {
                0.1
            };
            length *= share;
            for ((m, before), step) in state.mass_flow.iter_mut().zip(&work.before).zip(&work.step)
            {
                *m = before + length * step;
            }
        }
        length < 0.5
    }

    /// Solves the linearised network; `work.right` becomes the change of pressures.
    fn step(
        &self,
        drive: &Drive<'_>,
        state: &mut HydraulicState,
        work: &mut HydraulicWork,
    ) -> bool {
        work.ground.fill(0.0);
        for (node, slot) in self.free.iter().enumerate() {
            if *slot != GIVEN {
                work.right[*slot as usize] = -drive.taken[node];
            }
        }
        for (l, link) in self.links.iter().enumerate() {
            let conductance = work.conductance[l];
            let flow = state.mass_flow[l] + conductance * work.rest[l];
            let (from, to) = (self.free[link.from], self.free[link.to]);
            if from != GIVEN {
                work.right[from as usize] -= flow;
                if to == GIVEN {
                    work.ground[from as usize] += conductance;
                }
            }
            if to != GIVEN {
                work.right[to as usize] += flow;
                if from == GIVEN {
                    work.ground[to as usize] += conductance;
                }
            }
        }
        let HydraulicWork {
            factor,
            ground,
            conductance,
            right,
            rest,
            controls,
            ..
        } = work;
        if self
            .pattern
            .factor_grounded(ground, conductance, factor)
            .is_err()
        {
            return false;
        }
        self.pattern.solve(factor, right);
        let solver = super::control::Response {
            pattern: &self.pattern,
            free: &self.free,
            links: &self.links,
            conductance,
        };
        controls.act(&self.controls, &solver, drive, state, (factor, right, rest));
        true
    }

    /// Applies the step; returns the largest flow.
    fn advance(&self, state: &mut HydraulicState, work: &mut HydraulicWork, damping: f64) -> f64 {
        let change = |node: usize| match self.free[node] {
            GIVEN => 0.0,
            slot => work.right[slot as usize],
        };
        let mut largest = 0.0_f64;
        for (l, link) in self.links.iter().enumerate() {
            let pushed = work.rest[l] + change(link.from) - change(link.to);
            let before = state.mass_flow[l];
            let full = before + damping * work.conductance[l] * pushed;
            let (low, high) = link.open_range();
            // crossing a corner lands on it: the other side has a law of its own
            let now = if before > low && full < low {
                low - 1e-12
            } else if before < high && full > high {
                high + 1e-12
            } else {
                full
            };
            work.before[l] = before;
            work.step[l] = now - before;
            state.mass_flow[l] = now;
            largest = largest.max(now.abs());
        }
        for (node, slot) in self.free.iter().enumerate() {
            if *slot != GIVEN {
                state.pressure[node] += damping * work.right[*slot as usize];
            }
        }
        largest
    }
}

/// How fast the convex function falls along the last step: `Σ step² / conductance`.
fn descent_along(work: &HydraulicWork) -> f64 {
    work.step
        .iter()
        .zip(&work.conductance)
        .map(|(dm, g)| dm * dm / g)
        .sum()
}
