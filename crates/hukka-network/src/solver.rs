//! The coupled solution of flows, temperatures and pressures, for one hour or several side by side.

use crate::draw::{Draw, Draws, MIN_COOLING_K, grounds};
use crate::error::Error;
use crate::fluid::Fluid;
use crate::joint::{self, Joint};
use crate::lanes::{Lanes, add, filled, larger};
use crate::pace::{Damping, Pace};
use crate::side::{Buoyancy, PressureLaws, Side};
use crate::start::Memory;
use crate::thermal::{Around, Direction, Sweep};
use crate::topology::Network;
use hukka_numerics::LaneAnderson;

/// Water that a source takes from the return side and gives to the supply side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Inflow {
    /// How much.
    pub amount: InflowAmount,
    /// Temperature at which it enters the supply side, K.
    pub temperature_k: f64,
}

/// How much a source gives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum InflowAmount {
    /// Heat, W: the flow follows from the return temperature found there.
    Heat(f64),
    /// Mass flow, kg/s.
    MassFlow(f64),
}

/// What drives the network in one hour. SI, kelvin.
///
/// # Shapes  `draws[draw]`, `inflows[inflow]`, as the nodes given to [`Solver::new`]
#[derive(Debug, Clone, Copy)]
pub struct Boundary<'a> {
    /// Water leaving the plant.
    pub supply_temperature_k: f64,
    /// Water the plant gives back when it takes heat from the network.
    pub surplus_return_temperature_k: f64,
    /// Undisturbed ground around the pipes.
    pub ground_temperature_k: f64,
    /// Consumers.
    pub draws: &'a [Draw],
    /// Sources away from the plant.
    pub inflows: &'a [Inflow],
}

/// Pressure left around loops, relative to the differences along them, with which a joint
/// iteration ends: half of what is promised.
const JOINT_TOLERANCE: f64 = 5e-9;
/// Within this share the joint step needs no help from the loops alone.
const JOINT_NEAR: f64 = 0.05;
/// Passes over the return side after which its loops are followed by themselves.
const JOINT_PASSES: usize = 10;

/// How hard to try.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SolverOptions {
    /// Relative change of a consumer's flow below which the hour counts as solved.
    pub tolerance: f64,
    /// Limit of the Newton iterations on consumer flows.
    pub max_iterations: usize,
    /// Laws of pressure.
    pub laws: PressureLaws,
}

impl Default for SolverOptions {
    fn default() -> Self {
        Self {
            tolerance: 1e-9,
            max_iterations: 200,
            laws: PressureLaws::default(),
        }
    }
}

/// Result of one hour; fields by node or pipe are read from the [`Solver`].
///
/// Invariant: `heat_fed_w = delivered_w + loss_w`, to rounding when converged.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Hour {
    /// Flows and loops met the tolerance.
    pub is_converged: bool,
    /// Every number is finite.
    pub is_finite: bool,
    /// Newton iterations used.
    pub iterations: usize,
    /// Largest of the relative errors in heat and in loop pressures.
    pub residual: f64,
    /// Water the plant gives; negative if it takes.
    pub plant_mass_flow: f64,
    /// Heat given by plant and sources.
    pub heat_fed_w: f64,
    /// Heat taken by draws, their own conductance loss left out.
    pub delivered_w: f64,
    /// Heat lost by pipes and by the conductances of draws.
    pub loss_w: f64,
    /// Heat asked for but not given because the water came too cold.
    pub shortfall_w: f64,
}

/// Solves hours of one network, `L` side by side, each starting from the last.
#[derive(Debug, Clone)]
pub struct Solver<'a, F, const L: usize = 1> {
    pub(crate) network: &'a Network,
    pub(crate) fluid: F,
    pub(crate) options: SolverOptions,
    pub(crate) inflow_place: Vec<usize>,
    pub(crate) supply: Side<L>,
    pub(crate) back: Side<L>,
    pub(crate) supply_sweep: Sweep<L>,
    pub(crate) back_sweep: Sweep<L>,
    pub(crate) draws: Draws<L>,
    pub(crate) inflow_flow: Vec<Lanes<L>>,
    inflow_step: Vec<Lanes<L>>,
    mixer: LaneAnderson<L>,
    /// With loops and without sources away from the plant.
    joint: Option<Joint<L>>,
    /// The loops are left to the joint step.
    is_joint: bool,
    chord_step: Vec<Lanes<L>>,
    /// What the chords of the return side have above those of the supply side, turned round.
    chord_apart: Vec<Lanes<L>>,
    /// What the last look found left around the loops, if nothing has changed since.
    pub(crate) left: [Option<Lanes<L>>; 2],
    /// Flows of sources and draws, and their step.
    state: Vec<Lanes<L>>,
    step: Vec<Lanes<L>>,
    pub(crate) memory: Memory,
}

impl<'a, F: Fluid, const L: usize> Solver<'a, F, L> {
    /// A solver at rest.
    ///
    /// # Errors  `UnknownNode`
    pub fn new(
        network: &'a Network,
        fluid: F,
        draw_nodes: &[usize],
        inflow_nodes: &[usize],
        options: SolverOptions,
    ) -> Result<Self, Error> {
        let inflow_place = places(network, "source", inflow_nodes)?;
        let draws = Draws::new(places(network, "consumer", draw_nodes)?);
        let supply_sweep = Sweep::new(network, Direction::Outward, &inflow_place);
        let (trunk, pipes) = supply_sweep.trunk.structure();
        let is_joint = joint::applies(&network.cycles)
            && inflow_place.is_empty()
            && options.laws.buoyancy == Buoyancy::Neglected;
        Ok(Self {
            joint: is_joint.then(|| Joint::new(network, trunk, pipes)),
            is_joint: false,
            chord_step: filled(network.loop_count(), 0.0),
            chord_apart: filled(network.loop_count(), 0.0),
            left: [None; 2],
            network,
            fluid,
            options,
            supply: Side::new(network),
            back: Side::new(network),
            supply_sweep,
            back_sweep: Sweep::new(network, Direction::Inward, &inflow_place),
            inflow_flow: filled(inflow_place.len(), 0.0),
            inflow_step: filled(inflow_place.len(), 0.0),
            inflow_place,
            draws,
            mixer: LaneAnderson::new(5),
            state: Vec::new(),
            step: Vec::new(),
            memory: Memory::default(),
        })
    }

    /// Forgets the last hour, so that the next one does not depend on it.
    pub fn restart(&mut self) {
        self.memory.forget();
    }

    /// Solves `L` hours side by side; with fewer boundaries the last one is repeated.
    ///
    /// Flow of a draw: `m = q / (h(T) − h(T_return))`, at least its minimum, with the cooling
    /// taken as at least [`MIN_COOLING_K`]. Flows, temperatures and loops are repeated together
    /// until no draw wants another flow. Hours that do not converge soon are left as they are:
    /// [`Solver::solve`], one by one, tries harder.
    ///
    /// # Assumptions  steady within the hour · incompressible · no heat between the two pipes
    /// # Shapes       `boundary.draws` and `.inflows` as given to [`Solver::new`]
    ///
    /// # Panics
    ///
    /// Without any boundary: a bug of the caller.
    pub fn solve_side_by_side(&mut self, boundaries: &[Boundary<'_>]) -> [Hour; L] {
        assert!(!boundaries.is_empty(), "no hour to solve");
        let last = boundaries.len() - 1;
        let boundary: [Boundary<'_>; L] = std::array::from_fn(|l| boundaries[l.min(last)]);
        let hours = self.attempt(&boundary, Pace::Brisk);
        self.remember(&boundary, &hours);
        hours
    }

    /// Newton iteration on the flows of the draws. Sources away from the plant follow the return
    /// side, which is then worked out in every pass; without them once at the end is enough.
    pub(crate) fn attempt(&mut self, boundary: &[Boundary<'_>; L], pace: Pace) -> [Hour; L] {
        self.start(boundary);
        let mut hours = [Hour::default(); L];
        let has_inflows = !self.inflow_place.is_empty();
        let mut damping: [Damping; L] = std::array::from_fn(|_| Damping::new(pace));
        let max_iterations = pace.max_iterations(self.options.max_iterations);
        let mut iterations = 0;
        self.is_joint = false;
        loop {
            iterations += 1;
            self.left = [None; 2];
            let mut is_settled = self.solve_supply(boundary, &mut hours);
            let is_joint = self.joint.is_some() && pace.is_joint(iterations);
            if is_joint {
                self.look_around_loops(&mut is_settled);
            }
            let mut change = self.collect_wants(boundary);
            for l in 0..L {
                hours[l].residual = change[l].min(f64::MAX);
            }
            if has_inflows {
                let is_back = self.solve_return(boundary, &hours);
                let largest = self.step_inflows(boundary);
                for l in 0..L {
                    is_settled[l] &= is_back[l];
                    change[l] = larger(change[l], largest[l]);
                }
            }
            let mut is_done = true;
            for l in 0..L {
                hours[l].iterations = iterations;
                hours[l].is_converged = change[l] <= self.options.tolerance && is_settled[l];
                damping[l].heed(change[l]);
                is_done &= hours[l].is_converged || !change[l].is_finite();
            }
            if is_done || iterations >= max_iterations {
                break;
            }
            if is_joint {
                self.advance_jointly(&damping);
                self.is_joint &= pace.is_joint(iterations + 1);
            } else {
                self.advance(&damping);
            }
        }
        if !has_inflows {
            let is_back = self.solve_return(boundary, &hours);
            for l in 0..L {
                hours[l].is_converged &= is_back[l];
            }
        }
        self.balance(boundary, &mut hours);
        hours
    }

    /// First guess of the flows.
    fn start(&mut self, boundary: &[Boundary<'_>; L]) {
        for (l, of) in boundary.iter().enumerate() {
            self.draws.load(l, of.draws, &self.fluid);
        }
        if !self.memory.is_warm {
            let supply = boundary.map(|b| b.supply_temperature_k);
            let back = boundary.map(|b| b.surplus_return_temperature_k);
            self.supply.reset(&supply, &self.fluid);
            self.back.reset(&back, &self.fluid);
            self.inflow_flow.fill([0.0; L]);
        }
        self.mixer.restart();
        if let Some(joint) = &mut self.joint {
            joint.restart();
        }
        let nominal = self.draws.nominal(boundary);
        let sides = [&mut self.supply, &mut self.back];
        self.memory.guess_chords(&nominal, sides);
        let chords = self.supply.chord.iter().zip(&self.back.chord);
        for (apart, (supply, back)) in self.chord_apart.iter_mut().zip(chords) {
            *apart = *back;
            add(apart, supply);
        }
        let found = self
            .memory
            .temperatures(self.draws.place.len(), boundary, &nominal);
        self.draws.guess(&self.fluid, boundary, &found);
        self.step_inflows(boundary);
        for (flow, step) in self.inflow_flow.iter_mut().zip(&self.inflow_step) {
            add(flow, step);
        }
    }

    /// Flows for the present draws, then temperatures.
    ///
    /// True when the loops stay balanced with the new densities and viscosities.
    fn solve_supply(&mut self, boundary: &[Boundary<'_>; L], hours: &mut [Hour; L]) -> [bool; L] {
        let laws = self.options.laws;
        let by_flow = &self.supply_sweep.by_flow;
        if self.is_joint {
            self.supply.mass_flow[..self.network.nodes()].fill([0.0; L]);
        } else {
            self.supply.begin(self.network, &self.fluid, laws, by_flow);
        }
        for (&place, flow) in self.draws.place.iter().zip(&self.draws.flow) {
            add(&mut self.supply.mass_flow[place], flow);
        }
        for (&place, flow) in self.inflow_place.iter().zip(&self.inflow_flow) {
            add(&mut self.supply.mass_flow[place], &flow.map(|m| -m));
        }
        let (plant, outcome) = if self.is_joint {
            (self.supply.hold_chords(self.network), [true; L])
        } else {
            self.supply.follow_flows(self.network, laws)
        };
        self.supply_sweep.clear_trunk();
        let entering = &mut self.supply_sweep.gathered;
        for l in 0..L {
            hours[l].plant_mass_flow = plant[l];
            let h = self.fluid.enthalpy(boundary[l].supply_temperature_k);
            entering.mass[0][l] += plant[l].max(0.0);
            entering.heat[0][l] += plant[l].max(0.0) * h;
            for (i, inflow) in boundary[l].inflows.iter().enumerate() {
                let (place, flow) = (self.inflow_place[i], self.inflow_flow[i][l]);
                entering.mass[place][l] += flow;
                entering.heat[place][l] += flow * self.fluid.enthalpy(inflow.temperature_k);
            }
        }
        let around = Around {
            network: self.network,
            fluid: &self.fluid,
            ground_k: grounds(boundary),
        };
        self.supply_sweep.enter(&around, &mut self.supply);
        self.supply_sweep.temperatures(&around, &mut self.supply);
        outcome
    }

    /// What every draw wants at the temperatures found; returns the largest relative change.
    fn collect_wants(&mut self, boundary: &[Boundary<'_>; L]) -> Lanes<L> {
        let sweep = &mut self.supply_sweep;
        sweep.wanted.fill([0.0; L]);
        sweep.wanted_per_kelvin.fill([0.0; L]);
        let into = (
            sweep.wanted.as_mut_slice(),
            sweep.wanted_per_kelvin.as_mut_slice(),
        );
        self.draws
            .collect(&self.fluid, boundary, &self.supply.temperature, into)
    }

    /// How far the loops are from balance at the temperatures just found: settled when well within
    /// the tolerance. Far from balance they are balanced by themselves before the next step.
    fn look_around_loops(&mut self, is_settled: &mut [bool; L]) {
        let Some(joint) = &mut self.joint else {
            return;
        };
        let with = (&self.fluid, self.options.laws);
        let by = (
            self.supply_sweep.by_inlet.as_slice(),
            self.supply_sweep.by_flow.as_slice(),
        );
        let left = joint.look(self.network, with, (&mut self.supply, by));
        self.left[0] = Some(left);
        *is_settled = left.map(|left| left <= JOINT_TOLERANCE);
        self.is_joint = left.iter().all(|&left| left <= JOINT_NEAR);
    }

    /// Takes the joint step of draws and chords.
    fn advance_jointly(&mut self, damping: &[Damping; L]) {
        let Some(joint) = &mut self.joint else {
            return;
        };
        let (network, sweep) = (self.network, &mut self.supply_sweep);
        sweep.fold(network);
        let chords = self.chord_step.as_mut_slice();
        let is_stuck: [bool; L] = std::array::from_fn(|l| damping[l].is_stuck());
        let with = (&mut *sweep, &self.supply);
        joint.solve(network, &self.fluid, with, (chords, &is_stuck));
        let shift = sweep.unfold_hanging(network);
        self.step.clear();
        let steps = (0..self.draws.place.len()).map(|i| self.draws.step(i, shift));
        self.step.extend(steps);
        for (chord, step) in self.supply.chord.iter_mut().zip(&self.chord_step) {
            for l in 0..L {
                chord[l] += damping[l].share * step[l];
            }
        }
        for (flow, step) in self.draws.flow.iter_mut().zip(&self.step) {
            for l in 0..L {
                flow[l] += damping[l].share * step[l];
            }
        }
    }

    /// Takes Newton's step of the draws and the step of the sources. In a tree it is Newton's own;
    /// with loops or sources, where it is not exact, the last steps are mixed.
    fn advance(&mut self, damping: &[Damping; L]) {
        let shift = self.supply_sweep.newton(self.network, &self.supply);
        self.step.clear();
        self.step.extend_from_slice(&self.inflow_step);
        for i in 0..self.draws.place.len() {
            self.step.push(self.draws.step(i, shift));
        }
        let is_exact = self.network.cycles.is_empty() && self.inflow_place.is_empty();
        if !is_exact && damping[0].pace != Pace::Patient {
            self.state.clear();
            self.state.extend_from_slice(&self.inflow_flow);
            self.state.extend_from_slice(&self.draws.flow);
            for (l, of) in damping.iter().enumerate() {
                if of.is_lost() {
                    self.mixer.restart_lane(l);
                }
            }
            self.mixer.mix(&self.state, &mut self.step);
        }
        let (sources, draws) = self.step.split_at(self.inflow_flow.len());
        for (flow, step) in self.inflow_flow.iter_mut().zip(sources) {
            for l in 0..L {
                flow[l] += damping[l].share * step[l];
            }
        }
        for (i, step) in draws.iter().enumerate() {
            let mut goal = self.draws.flow[i];
            for l in 0..L {
                goal[l] = self
                    .draws
                    .bounded(i, l, goal[l] + damping[l].share * step[l]);
            }
            self.draws.flow[i] = goal;
        }
    }

    /// Return side: flows and temperatures; consumer temperatures are given, so trees need one
    /// sweep, loops a few because viscosity follows temperature.
    ///
    /// True when the loops stay balanced.
    fn solve_return(&mut self, boundary: &[Boundary<'_>; L], hours: &[Hour; L]) -> [bool; L] {
        self.supply_sweep.finish(&mut self.supply, &self.fluid);
        let (t, h) = (&self.supply.temperature, &self.supply.enthalpy);
        self.draws.give(boundary, t, h);
        let mut is_settled = [false; L];
        if let Some(joint) = &mut self.joint {
            joint.restart();
            for (back, supply) in self.back.chord.iter_mut().zip(&self.supply.chord) {
                *back = supply.map(|chord| -chord);
            }
            for (back, apart) in self.back.chord.iter_mut().zip(&self.chord_apart) {
                add(back, apart);
            }
        }
        let mut is_near = self.joint.is_some();
        for pass in 0..self.options.max_iterations {
            if self.joint.is_some() && (1..JOINT_PASSES).contains(&pass) && is_near {
                (is_settled, is_near) = self.settle_return(boundary);
                if is_settled.iter().all(|is| *is) {
                    break;
                }
                continue;
            }
            is_settled = self.pass_return(boundary, hours, (pass == 0, is_near));
            is_near = self.joint.is_some();
            if is_settled.iter().all(|is| *is) {
                break;
            }
        }
        is_settled
    }

    /// A pass over the return side whose loops are balanced by themselves, or left as they are.
    fn pass_return(
        &mut self,
        boundary: &[Boundary<'_>; L],
        hours: &[Hour; L],
        (is_first, is_near): (bool, bool),
    ) -> [bool; L] {
        let laws = self.options.laws;
        let holds = is_first && is_near;
        if holds {
            self.back.mass_flow[..self.network.nodes()].fill([0.0; L]);
        } else {
            let by_flow = &self.back_sweep.by_flow;
            self.back.begin(self.network, &self.fluid, laws, by_flow);
        }
        for (&place, flow) in self.draws.place.iter().zip(&self.draws.flow) {
            add(&mut self.back.mass_flow[place], &flow.map(|m| -m));
        }
        for (&place, flow) in self.inflow_place.iter().zip(&self.inflow_flow) {
            add(&mut self.back.mass_flow[place], flow);
        }
        let is_settled = if holds {
            self.back.hold_chords(self.network);
            [false; L]
        } else {
            self.back.follow_flows(self.network, laws).1
        };
        let around = Around {
            network: self.network,
            fluid: &self.fluid,
            ground_k: grounds(boundary),
        };
        if is_first {
            let returning = &mut self.back_sweep.gathered;
            self.draws.put_back(&self.supply.enthalpy, returning);
            for l in 0..L {
                let surplus = (-hours[l].plant_mass_flow).max(0.0);
                let h = self
                    .fluid
                    .enthalpy(boundary[l].surplus_return_temperature_k);
                returning.mass[0][l] += surplus;
                returning.heat[0][l] += surplus * h;
            }
            self.back_sweep.enter(&around, &mut self.back);
        }
        self.back_sweep.temperatures(&around, &mut self.back);
        self.left[1] = None;
        is_settled
    }

    /// Newton's step of the loops of the return side together with their temperatures.
    ///
    /// True when they were balanced before it; the step is then left out in all lanes if all were.
    /// Then whether all are near enough for such steps.
    fn settle_return(&mut self, boundary: &[Boundary<'_>; L]) -> ([bool; L], bool) {
        let Some(joint) = &mut self.joint else {
            return ([false; L], false);
        };
        let (network, sweep, side) = (self.network, &mut self.back_sweep, &mut self.back);
        let with = (&self.fluid, self.options.laws);
        let by = (sweep.by_inlet.as_slice(), sweep.by_flow.as_slice());
        let left = joint.look(network, with, (&mut *side, by));
        self.left[1] = Some(left);
        let is_settled = left.map(|left| left <= JOINT_TOLERANCE);
        let is_near = left.iter().all(|&left| left <= JOINT_NEAR);
        if is_settled.iter().all(|is| *is) || !is_near {
            return (is_settled, is_near);
        }
        self.left[1] = None;
        let steps = self.chord_step.as_mut_slice();
        let into = (&mut *steps, &[false; L]);
        joint.solve(network, &self.fluid, (&mut *sweep, &*side), into);
        for (chord, step) in side.chord.iter_mut().zip(steps) {
            add(chord, step);
        }
        side.follow_chords(network);
        let around = Around {
            network,
            fluid: &self.fluid,
            ground_k: grounds(boundary),
        };
        sweep.temperatures(&around, side);
        (is_settled, true)
    }

    /// Steps of the sources to the flows that their return temperatures ask for; returns the
    /// largest one relative to the water in the network.
    fn step_inflows(&mut self, boundary: &[Boundary<'_>; L]) -> Lanes<L> {
        let total = self.draws.total();
        let mut largest = [0.0; L];
        for (i, &place) in self.inflow_place.iter().enumerate() {
            for (l, of) in boundary.iter().enumerate() {
                let Some(inflow) = of.inflows.get(i) else {
                    continue;
                };
                let goal = match inflow.amount {
                    InflowAmount::MassFlow(flow) => flow,
                    InflowAmount::Heat(heat) => {
                        let hot = inflow.temperature_k;
                        let cold = self.back.temperature[place][l].min(hot - MIN_COOLING_K);
                        heat / (self.fluid.enthalpy(hot) - self.fluid.enthalpy(cold))
                    }
                };
                let step = goal - self.inflow_flow[i][l];
                let all = total[l] + f64::MIN_POSITIVE;
                largest[l] = larger(largest[l], step.abs() / all);
                self.inflow_step[i][l] = step;
            }
        }
        largest
    }

    /// Pressures on both sides, relative to the plant's own on that side.
    pub fn solve_pressures(&mut self) {
        let laws = self.options.laws;
        self.supply.solve_pressures(self.network, &self.fluid, laws);
        self.back.solve_pressures(self.network, &self.fluid, laws);
    }

    /// Keeps what the next hours start from.
    fn remember(&mut self, boundary: &[Boundary<'_>; L], hours: &[Hour; L]) {
        self.memory.is_warm = hours.iter().all(|hour| hour.is_finite);
        let nominal = self.draws.nominal(boundary);
        let sides = [&self.supply, &self.back];
        let is_good = |&l: &usize| hours[l].is_converged && hours[l].is_finite;
        let good: Vec<usize> = (0..L).filter(is_good).collect();
        self.memory
            .keep(&good, (boundary, &nominal), (&self.draws, sides));
    }
}

impl<F: Fluid> Solver<'_, F> {
    /// Solves one hour.
    ///
    /// See [`Self::solve_side_by_side`]; an hour that does not converge is started again from
    /// rest, then taken in many small steps.
    ///
    /// # Shapes  `boundary.draws` and `.inflows` as given to [`Solver::new`]
    pub fn solve(&mut self, boundary: &Boundary<'_>) -> Hour {
        let boundary = [*boundary];
        let mut hours = self.attempt(&boundary, Pace::Normal);
        for pace in [Pace::Normal, Pace::Patient] {
            if hours[0].is_converged && hours[0].is_finite {
                break;
            }
            self.restart();
            hours = self.attempt(&boundary, pace);
        }
        self.remember(&boundary, &hours);
        hours[0]
    }
}

fn places(network: &Network, what: &str, nodes: &[usize]) -> Result<Vec<usize>, Error> {
    let of = |(i, &node): (usize, &usize)| {
        let unknown = || Error::UnknownNode {
            what: format!("{what} {i}"),
            node,
            nodes: network.nodes(),
        };
        network.place.get(node).copied().ok_or_else(unknown)
    };
    nodes.iter().enumerate().map(of).collect()
}
