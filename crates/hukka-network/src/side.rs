//! One side of the network, supply or return: its flows, temperatures and pressures in one hour.

use crate::fluid::Fluid;
use crate::topology::Network;
use hukka_numerics::solve_positive;
use hukka_physics::friction::{colebrook_gradient_and_slope, pressure_gradient_and_slope};

/// Acceleration of gravity, m/s².
const GRAVITY: f64 = 9.81;
/// Loops count as balanced when, before the last Newton step, the pressure left around them was
/// below this share of the pressure differences along them; the step squares it.
const LOOP_TOLERANCE: f64 = 1e-6;
/// Below this share a Newton step is taken without looking where it leads.
const NEAR: f64 = 1e-3;
/// Added to the pressure differences, so that loops at rest count as balanced, Pa.
const SMALL_PRESSURE_PA: f64 = 1e-3;
/// Mass flow at Reynolds number 1000 in water of 60 °C, per metre of diameter, kg/(s m).
const TURNING_FLOW_PER_DIAMETER: f64 = 0.366;
const MAX_LOOP_STEPS: usize = 60;

/// Law of friction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Friction {
    /// Laminar, blend, Colebrook.
    #[default]
    Blended,
    /// Colebrook at every Reynolds number, as some reference programs do.
    ColebrookEverywhere,
}

/// How heights act on the flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Buoyancy {
    /// One density per side, so heights cancel around every loop: the flow is unique, runs
    /// downhill in pressure everywhere, and is always found. Forced networks differ by less than
    /// the friction of a few metres of pipe.
    #[default]
    Neglected,
    /// Density of each pipe at its mean temperature. Loops with little flow may then
    /// circulate by themselves or have no steady state. For comparisons.
    Local,
}

/// Laws used for the pressures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PressureLaws {
    /// Friction.
    pub friction: Friction,
    /// Heights.
    pub buoyancy: Buoyancy,
}

/// State of one side. SI; nodes are places, pipes as in [`Network`].
#[derive(Debug, Clone)]
pub(crate) struct Side {
    /// Water that comes in from outside at each place, less what goes out; the plant's is implied.
    pub(crate) inflow: Vec<f64>,
    /// Flow in the chords.
    pub(crate) chord: Vec<f64>,
    /// Flow in every pipe, positive from tail to head.
    pub(crate) mass_flow: Vec<f64>,
    /// Temperature at the places.
    pub(crate) temperature: Vec<f64>,
    /// Enthalpy at the places.
    pub(crate) enthalpy: Vec<f64>,
    /// Temperature at the end of each pipe to which the water flows.
    pub(crate) outlet: Vec<f64>,
    /// Gauge pressure at the places, relative to the plant on this side.
    pub(crate) pressure: Vec<f64>,
    /// Friction in each pipe, Pa, signed like the flow.
    pub(crate) friction: Vec<f64>,
    loops: LoopWork,
}

#[derive(Debug, Clone, Default)]
struct LoopWork {
    jacobian: Vec<f64>,
    residual: Vec<f64>,
    step: Vec<f64>,
    tree_flow: Vec<f64>,
    /// Density and viscosity of each pipe in loops at the flows before, and gravity along it.
    state: Vec<(f64, f64, f64)>,
    slope: Vec<f64>,
}

/// How well the loops were balanced.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct LoopOutcome {
    /// Largest remaining pressure around a loop, relative to the pressures along it.
    pub(crate) residual: f64,
    /// Within the tolerance.
    pub(crate) is_balanced: bool,
}

impl Side {
    pub(crate) fn new(network: &Network) -> Self {
        let (n, pipes) = (network.nodes(), network.tail.len());
        Self {
            inflow: vec![0.0; n],
            chord: vec![0.0; network.loop_count()],
            mass_flow: vec![0.0; pipes],
            temperature: vec![0.0; n],
            enthalpy: vec![0.0; n],
            outlet: vec![0.0; pipes],
            pressure: vec![0.0; n],
            friction: vec![0.0; pipes],
            loops: LoopWork::default(),
        }
    }

    /// Everything at one temperature and at rest: the start of a chunk.
    pub(crate) fn reset(&mut self, temperature_k: f64, fluid: &impl Fluid) {
        self.chord.fill(0.0);
        self.mass_flow.fill(0.0);
        self.temperature.fill(temperature_k);
        self.enthalpy.fill(fluid.enthalpy(temperature_k));
        self.outlet.fill(temperature_k);
    }

    /// Flow in the tree pipes that takes the inflows to the plant, chords shut.
    ///
    /// Returns what the plant must give, so that every place conserves mass exactly.
    pub(crate) fn tree_flows(&mut self, network: &Network) -> f64 {
        let n = network.nodes();
        for (flow, inflow) in self.mass_flow[..n].iter_mut().zip(&self.inflow) {
            *flow = -inflow;
        }
        for k in (1..n).rev() {
            self.mass_flow[network.parent[k]] += self.mass_flow[k];
        }
        std::mem::take(&mut self.mass_flow[0])
    }

    /// Flows of trees and loops: the cycle-space Newton method, one step at least so that small
    /// changes of the draws are always followed.
    ///
    /// Unknowns are the chord flows `c`; `m = m_tree + Bᵀ c` conserves mass whatever `c`. Around
    /// every loop `F = B (Δp(m) + ρ g Δz) = 0`, the heights left out or not after [`Buoyancy`]; `J = B diag(dΔp/dm) Bᵀ` is positive definite
    /// because friction grows strictly with flow. The friction problem is the minimum of a convex
    /// function: a step is halved until the slope along it has shrunk.
    pub(crate) fn solve_flows(
        &mut self,
        network: &Network,
        fluid: &impl Fluid,
        laws: PressureLaws,
    ) -> (f64, LoopOutcome) {
        self.prepare_loops(network, fluid, laws.buoyancy);
        let plant = self.tree_flows(network);
        if network.loops.is_empty() {
            return (
                plant,
                LoopOutcome {
                    residual: 0.0,
                    is_balanced: true,
                },
            );
        }
        for (at_tree, (pipe, _)) in self.loops.tree_flow.iter_mut().zip(&network.loop_pipes) {
            *at_tree = if *pipe < network.nodes() {
                self.mass_flow[*pipe]
            } else {
                0.0
            };
        }
        let mut outcome = self.loop_residual(network, laws.friction);
        for _ in 0..MAX_LOOP_STEPS {
            if !self.loop_step(network) {
                break;
            }
            if outcome.residual <= NEAR {
                let start = self.chord.clone();
                self.step_chords(&start, 1.0);
                self.loop_flows(network);
                break;
            }
            outcome = self.shorten_step(network, laws, outcome);
        }
        (plant, outcome)
    }

    /// Takes the step, halved until the slope along it has shrunk.
    fn shorten_step(
        &mut self,
        network: &Network,
        laws: PressureLaws,
        mut outcome: LoopOutcome,
    ) -> LoopOutcome {
        let descent = self.slope_along_step();
        let start = self.chord.clone();
        let mut share = 1.0;
        for _ in 0..30 {
            self.step_chords(&start, share);
            outcome = self.loop_residual(network, laws.friction);
            if self.slope_along_step().abs() <= 0.9 * descent.abs() || outcome.residual <= NEAR {
                break;
            }
            share *= 0.5;
        }
        outcome
    }

    fn step_chords(&mut self, start: &[f64], share: f64) {
        for ((c, from), step) in self.chord.iter_mut().zip(start).zip(&self.loops.step) {
            *c = from + share * step;
        }
    }

    /// Sets the pipe flows from the chord flows.
    fn loop_flows(&mut self, network: &Network) {
        for ((pipe, of), tree_flow) in network.loop_pipes.iter().zip(&self.loops.tree_flow) {
            let add = |m: f64, &(l, sign): &(usize, f64)| m + sign * self.chord[l];
            self.mass_flow[*pipe] = of.iter().fold(*tree_flow, add);
        }
    }

    /// How well the loops balance at the present flows and temperatures.
    pub(crate) fn check_loops(
        &mut self,
        network: &Network,
        fluid: &impl Fluid,
        laws: PressureLaws,
    ) -> f64 {
        if network.loops.is_empty() {
            return 0.0;
        }
        self.prepare_loops(network, fluid, laws.buoyancy);
        self.loop_residual(network, laws.friction).residual
    }

    fn prepare_loops(&mut self, network: &Network, fluid: &impl Fluid, buoyancy: Buoyancy) {
        let mut work = std::mem::take(&mut self.loops);
        work.state.clear();
        for (pipe, _) in &network.loop_pipes {
            let mean = self.mean_temperature(network, *pipe);
            let (density, viscosity) = (fluid.density(mean), fluid.viscosity(mean));
            let gravity = match buoyancy {
                Buoyancy::Neglected => 0.0,
                Buoyancy::Local => self.gravity(network, fluid, *pipe, buoyancy),
            };
            work.state.push((density, viscosity, gravity));
            work.tree_flow.push(if *pipe < network.nodes() {
                self.mass_flow[*pipe]
            } else {
                0.0
            });
        }
        let loops = network.loop_count();
        work.tree_flow.resize(network.loop_pipes.len(), 0.0);
        work.slope.resize(network.loop_pipes.len(), 0.0);
        work.residual.resize(loops, 0.0);
        work.step.resize(loops, 0.0);
        work.jacobian.resize(loops * loops, 0.0);
        self.loops = work;
    }

    /// Sets the pipe flows from the chord flows, and the residual of every loop.
    ///
    fn loop_residual(&mut self, network: &Network, friction: Friction) -> LoopOutcome {
        self.loop_flows(network);
        let work = &mut self.loops;
        work.residual.fill(0.0);
        let mut scale = vec![0.0; work.residual.len()];
        for (i, (pipe, of)) in network.loop_pipes.iter().enumerate() {
            let flow = of
                .iter()
                .fold(work.tree_flow[i], |m, &(l, sign)| m + sign * self.chord[l]);
            self.mass_flow[*pipe] = flow;
            let (density, viscosity, gravity) = work.state[i];
            let (drop, slope) =
                drop_and_slope(network, friction, *pipe, (flow, density, viscosity));
            work.slope[i] = slope;
            for &(l, sign) in of {
                work.residual[l] += sign * (drop + gravity);
                scale[l] += drop.abs() + gravity.abs();
            }
        }
        let residual = (work.residual.iter().zip(&scale))
            .map(|(f, s)| f.abs() / (s + SMALL_PRESSURE_PA))
            .fold(0.0, f64::max);
        LoopOutcome {
            residual,
            is_balanced: residual <= LOOP_TOLERANCE,
        }
    }

    /// The Newton step; false if the system cannot be solved.
    fn loop_step(&mut self, network: &Network) -> bool {
        let work = &mut self.loops;
        let n = work.residual.len();
        work.jacobian.fill(0.0);
        for (i, (_, of)) in network.loop_pipes.iter().enumerate() {
            for &(a, sign_a) in of {
                for &(b, sign_b) in of {
                    work.jacobian[a * n + b] += sign_a * sign_b * work.slope[i];
                }
            }
        }
        for (step, f) in work.step.iter_mut().zip(&work.residual) {
            *step = -f;
        }
        solve_positive(&mut work.jacobian, &mut work.step).is_ok()
    }

    fn slope_along_step(&self) -> f64 {
        self.loops
            .residual
            .iter()
            .zip(&self.loops.step)
            .map(|(f, s)| f * s)
            .sum()
    }

    /// Mean temperature of the water in a pipe: that of inlet and outlet.
    ///
    /// In a pipe of a loop that is about to turn it goes over into the mean of both places (share
    /// `m₀²/(m² + m₀²)`, `m₀` at Reynolds number 1000), so that friction and gravity do not jump
    /// with the direction.
    #[inline]
    fn mean_temperature(&self, network: &Network, pipe: usize) -> f64 {
        let m = self.mass_flow[pipe];
        let (a, b) = (network.tail[pipe], network.head[pipe]);
        let from = if m >= 0.0 { a } else { b };
        let mean = 0.5 * (self.temperature[from] + self.outlet[pipe]);
        if !network.is_in_loop[pipe] {
            return mean;
        }
        let places = 0.5 * (self.temperature[a] + self.temperature[b]);
        let turning = TURNING_FLOW_PER_DIAMETER * network.diameter[pipe];
        mean + turning * turning / (m * m + turning * turning) * (places - mean)
    }

    /// Pressure gained by going down from head to tail: `ρ g (z_head − z_tail)`.
    #[inline]
    fn gravity(
        &self,
        network: &Network,
        fluid: &impl Fluid,
        pipe: usize,
        buoyancy: Buoyancy,
    ) -> f64 {
        let rise = network.rise[pipe];
        if rise.abs() <= 0.0 {
            return 0.0;
        }
        let t = match buoyancy {
            Buoyancy::Neglected => self.temperature[0],
            Buoyancy::Local => self.mean_temperature(network, pipe),
        };
        GRAVITY * rise * fluid.density(t)
    }

    /// Friction of every pipe, and pressures along the tree from the plant.
    pub(crate) fn solve_pressures(
        &mut self,
        network: &Network,
        fluid: &impl Fluid,
        laws: PressureLaws,
    ) {
        let n = network.nodes();
        self.pressure[0] = 0.0;
        for k in 1..network.tail.len() {
            let mean = self.mean_temperature(network, k);
            let (density, viscosity) = (fluid.density(mean), fluid.viscosity(mean));
            let state = (self.mass_flow[k], density, viscosity);
            let drop = drop_and_slope(network, laws.friction, k, state).0;
            self.friction[k] = drop;
            if k < n {
                let gravity = self.gravity(network, fluid, k, laws.buoyancy);
                self.pressure[k] = self.pressure[network.parent[k]] - drop - gravity;
            }
        }
    }
}

/// Friction along a pipe, fittings included, and its derivative by the mass flow.
#[inline]
fn drop_and_slope(
    network: &Network,
    friction: Friction,
    pipe: usize,
    (mass_flow, density, viscosity): (f64, f64, f64),
) -> (f64, f64) {
    let (d, k) = (network.diameter[pipe], network.roughness[pipe]);
    let (gradient, slope) = match friction {
        Friction::Blended => pressure_gradient_and_slope(mass_flow, d, k, density, viscosity),
        Friction::ColebrookEverywhere => {
            colebrook_gradient_and_slope(mass_flow, d, k, density, viscosity)
        }
    };
    let length = network.friction_length[pipe];
    (gradient * length, slope * length)
}
