//! One hour of the network: the coupled solution of flows, temperatures and pressures.

use crate::draw::{Draw, MIN_COOLING_K, bounded, conductance_loss, given_heat, wanted_flow};
use crate::error::Error;
use crate::fluid::Fluid;
use crate::pace::{Damping, Pace};
use crate::side::{PressureLaws, Side};
use crate::thermal::{Around, Direction, Entering, Sweep};
use crate::topology::Network;
use hukka_numerics::Anderson;

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

/// Solves hours of one network, each starting from the last.
#[derive(Debug, Clone)]
pub struct Solver<'a, F> {
    pub(crate) network: &'a Network,
    pub(crate) fluid: F,
    options: SolverOptions,
    pub(crate) draw_place: Vec<usize>,
    pub(crate) inflow_place: Vec<usize>,
    pub(crate) supply: Side,
    pub(crate) back: Side,
    supply_sweep: Sweep,
    back_sweep: Sweep,
    /// Flow of each draw and each inflow.
    pub(crate) draw_flow: Vec<f64>,
    pub(crate) inflow_flow: Vec<f64>,
    /// Heat each draw got.
    pub(crate) draw_heat: Vec<f64>,
    /// Water from outside on the supply and on the return side.
    entering: Entering,
    returning: Entering,
    want: Vec<(f64, f64)>,
    draw_want: Vec<(f64, f64)>,
    mixer: Anderson,
    /// Flows of draws and sources, and their step.
    state: Vec<f64>,
    step: Vec<f64>,
    is_warm: bool,
}

impl<'a, F: Fluid> Solver<'a, F> {
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
        let n = network.nodes();
        let places = |what: &str, nodes: &[usize]| {
            let of = |(i, &node): (usize, &usize)| {
                network
                    .place
                    .get(node)
                    .copied()
                    .ok_or_else(|| Error::UnknownNode {
                        what: format!("{what} {i}"),
                        node,
                        nodes: n,
                    })
            };
            nodes
                .iter()
                .enumerate()
                .map(of)
                .collect::<Result<Vec<_>, _>>()
        };
        let inflow_place = places("source", inflow_nodes)?;
        Ok(Self {
            network,
            fluid,
            options,
            draw_place: places("consumer", draw_nodes)?,
            supply: Side::new(network),
            back: Side::new(network),
            supply_sweep: Sweep::new(network, Direction::Outward, &inflow_place),
            back_sweep: Sweep::new(network, Direction::Inward, &inflow_place),
            inflow_place,
            mixer: Anderson::new(6),
            state: Vec::new(),
            step: Vec::new(),
            draw_flow: vec![0.0; draw_nodes.len()],
            inflow_flow: vec![0.0; inflow_nodes.len()],
            draw_heat: vec![0.0; draw_nodes.len()],
            entering: vec![(0.0, 0.0); n],
            returning: vec![(0.0, 0.0); n],
            want: vec![(0.0, 0.0); n],
            draw_want: vec![(0.0, 0.0); draw_nodes.len()],
            is_warm: false,
        })
    }

    /// Forgets the last hour, so that the next one does not depend on it.
    pub fn restart(&mut self) {
        self.is_warm = false;
    }

    /// Solves one hour.
    ///
    /// Flow of a draw: `m = q / (h(T) − h(T_return))`, at least its minimum, with the cooling
    /// taken as at least [`MIN_COOLING_K`]. Flows, temperatures and loops are repeated together
    /// until no draw wants another flow.
    ///
    /// # Assumptions  steady within the hour · incompressible · no heat between the two pipes
    /// # Shapes       `boundary.draws` and `.inflows` as given to [`Solver::new`]
    pub fn solve(&mut self, boundary: &Boundary<'_>) -> Hour {
        let mut hour = self.attempt(boundary, Pace::Normal);
        for pace in [Pace::Normal, Pace::Patient] {
            if hour.is_converged && hour.is_finite {
                break;
            }
            self.restart();
            hour = self.attempt(boundary, pace);
        }
        self.is_warm = hour.is_finite;
        hour
    }

    /// Newton iteration on the flows of the draws. Sources away from the plant follow the return
    /// side, which is then worked out in every pass; without them once at the end is enough.
    fn attempt(&mut self, boundary: &Boundary<'_>, pace: Pace) -> Hour {
        self.start(boundary);
        let mut hour = Hour::default();
        let has_inflows = !boundary.inflows.is_empty();
        let mut damping = Damping::new(pace);
        let max_iterations = match pace {
            Pace::Normal => self.options.max_iterations,
            Pace::Patient => 10 * self.options.max_iterations,
        };
        loop {
            hour.iterations += 1;
            let mut is_settled = self.solve_supply(boundary, &mut hour);
            let mut change = self.collect_wants(boundary);
            hour.residual = change.min(f64::MAX);
            self.step.clear();
            if has_inflows {
                is_settled &= self.solve_return(boundary, &mut hour);
                change = larger(change, self.step_inflows(boundary));
            }
            hour.is_converged = change <= self.options.tolerance && is_settled;
            damping.heed(change);
            let is_last = hour.iterations >= max_iterations || !change.is_finite();
            if hour.is_converged || is_last {
                break;
            }
            self.step_draws(boundary);
            self.advance(boundary, &damping);
        }
        if !has_inflows {
            hour.is_converged &= self.solve_return(boundary, &mut hour);
        }
        let laws = self.options.laws;
        for side in [&mut self.supply, &mut self.back] {
            let left = side.check_loops(self.network, &self.fluid, laws);
            hour.residual = larger(hour.residual, left);
        }
        self.balance(boundary, &mut hour);
        hour
    }

    /// First guess of the flows.
    fn start(&mut self, boundary: &Boundary<'_>) {
        if !self.is_warm {
            self.supply
                .reset(boundary.supply_temperature_k, &self.fluid);
            self.back
                .reset(boundary.surplus_return_temperature_k, &self.fluid);
            self.inflow_flow.fill(0.0);
        }
        self.mixer.restart();
        let shift = boundary.supply_temperature_k - self.supply.temperature[0];
        for (i, draw) in boundary.draws.iter().enumerate() {
            let t = self.supply.temperature[self.draw_place[i]] + shift;
            let want = wanted_flow(&self.fluid, draw, boundary.ground_temperature_k, (t, 0.0));
            self.draw_flow[i] = want.flow.max(draw.min_mass_flow);
        }
        if !self.is_warm {
            self.step.clear();
            self.step_inflows(boundary);
            self.inflow_flow.copy_from_slice(&self.step);
        }
    }

    /// Flows for the present draws, then temperatures, then loops again at these temperatures.
    ///
    /// True when the loops stay balanced with the new densities and viscosities.
    fn solve_supply(&mut self, boundary: &Boundary<'_>, hour: &mut Hour) -> bool {
        self.supply.inflow.fill(0.0);
        for (i, &place) in self.draw_place.iter().enumerate() {
            self.supply.inflow[place] -= self.draw_flow[i];
        }
        for (i, &place) in self.inflow_place.iter().enumerate() {
            self.supply.inflow[place] += self.inflow_flow[i];
        }
        let chords = self.supply.chord.clone();
        let (plant, outcome) =
            self.supply
                .solve_flows(self.network, &self.fluid, self.options.laws);
        hour.plant_mass_flow = plant;
        self.entering.fill((0.0, 0.0));
        let at_plant = plant.max(0.0);
        let h = self.fluid.enthalpy(boundary.supply_temperature_k);
        self.entering[0] = (at_plant, at_plant * h);
        for (i, inflow) in boundary.inflows.iter().enumerate() {
            let entering = &mut self.entering[self.inflow_place[i]];
            entering.0 += self.inflow_flow[i];
            entering.1 += self.inflow_flow[i] * self.fluid.enthalpy(inflow.temperature_k);
        }
        let around = Around {
            network: self.network,
            fluid: &self.fluid,
            ground_k: boundary.ground_temperature_k,
        };
        self.supply_sweep
            .enter(&around, &mut self.supply, &self.entering);
        self.supply_sweep.temperatures(&around, &mut self.supply);
        outcome.is_balanced && same_flows(&chords, &self.supply.chord, plant.abs())
    }

    /// What every draw wants at the temperatures found; returns the largest relative change.
    fn collect_wants(&mut self, boundary: &Boundary<'_>) -> f64 {
        self.want.fill((0.0, 0.0));
        let mut largest = 0.0;
        let total: f64 = self.draw_flow.iter().sum();
        for (i, draw) in boundary.draws.iter().enumerate() {
            let place = self.draw_place[i];
            let t = self.supply.temperature[place];
            let now = self.draw_flow[i];
            let ground = boundary.ground_temperature_k;
            let want = wanted_flow(&self.fluid, draw, ground, (t, now));
            let goal = want.flow.max(draw.min_mass_flow);
            let at_least = goal <= draw.min_mass_flow && now <= draw.min_mass_flow;
            let (more, slope) = if at_least {
                (goal - now, 0.0)
            } else {
                (want.flow - now, want.slope)
            };
            self.draw_want[i] = (more, slope);
            self.want[place].0 += more;
            self.want[place].1 += slope;
            let relative = (goal - now).abs() / (goal + 1e-9 * total + f64::MIN_POSITIVE);
            largest = if relative > largest || relative.is_nan() {
                relative
            } else {
                largest
            };
        }
        largest
    }

    /// Puts the Newton steps of the draws behind the steps of the sources.
    fn step_draws(&mut self, boundary: &Boundary<'_>) {
        let shift =
            self.supply_sweep
                .newton(self.network, &self.supply, &self.entering, &self.want);
        for (i, draw) in boundary.draws.iter().enumerate() {
            let (more, slope) = self.draw_want[i];
            let flow = self.draw_flow[i];
            let goal = flow + more + slope * shift[self.draw_place[i]];
            self.step.push(bounded(goal, flow, more, draw) - flow);
        }
    }

    /// Takes the step. In a tree it is Newton's own; with loops or sources, where it is not exact,
    /// the last steps are mixed.
    fn advance(&mut self, boundary: &Boundary<'_>, damping: &Damping) {
        let is_exact = self.network.loops.is_empty() && boundary.inflows.is_empty();
        if !is_exact && damping.pace == Pace::Normal {
            self.state.clear();
            self.state.extend_from_slice(&self.inflow_flow);
            self.state.extend_from_slice(&self.draw_flow);
            if damping.is_lost() {
                self.mixer.restart();
            }
            self.mixer.mix(&self.state, &mut self.step);
        }
        let (sources, draws) = self.step.split_at(self.inflow_flow.len());
        for (flow, step) in self.inflow_flow.iter_mut().zip(sources) {
            *flow += damping.share * step;
        }
        for (i, step) in draws.iter().enumerate() {
            let flow = self.draw_flow[i];
            let goal = flow + damping.share * step;
            self.draw_flow[i] = bounded(goal, flow, self.draw_want[i].0, &boundary.draws[i]);
        }
    }

    /// Return side: flows and temperatures; consumer temperatures are given, so trees need one
    /// sweep, loops a few because viscosity follows temperature.
    ///
    /// True when the loops stay balanced.
    fn solve_return(&mut self, boundary: &Boundary<'_>, hour: &mut Hour) -> bool {
        self.supply_sweep.finish(&mut self.supply, &self.fluid);
        self.back.inflow.fill(0.0);
        self.returning.fill((0.0, 0.0));
        for (i, draw) in boundary.draws.iter().enumerate() {
            let place = self.draw_place[i];
            let flow = self.draw_flow[i];
            let ground = boundary.ground_temperature_k;
            let t = self.supply.temperature[place];
            let h = self.supply.enthalpy[place];
            let given = given_heat(&self.fluid, draw, ground, (t, h), flow);
            self.draw_heat[i] = given;
            self.back.inflow[place] += flow;
            let entering = &mut self.returning[place];
            entering.0 += flow;
            entering.1 += flow * h - given;
        }
        for (i, &place) in self.inflow_place.iter().enumerate() {
            self.back.inflow[place] -= self.inflow_flow[i];
        }
        if hour.plant_mass_flow < 0.0 {
            let h = self.fluid.enthalpy(boundary.surplus_return_temperature_k);
            self.returning[0].0 -= hour.plant_mass_flow;
            self.returning[0].1 -= hour.plant_mass_flow * h;
        }
        let around = Around {
            network: self.network,
            fluid: &self.fluid,
            ground_k: boundary.ground_temperature_k,
        };
        for pass in 0..self.options.max_iterations {
            let chords = self.back.chord.clone();
            let (plant, outcome) =
                self.back
                    .solve_flows(self.network, &self.fluid, self.options.laws);
            if pass == 0 {
                self.back_sweep
                    .enter(&around, &mut self.back, &self.returning);
            }
            self.back_sweep.temperatures(&around, &mut self.back);
            if outcome.is_balanced && same_flows(&chords, &self.back.chord, plant.abs()) {
                return true;
            }
        }
        false
    }

    /// Steps of the sources to the flows that their return temperatures ask for; returns the
    /// largest one relative to the water in the network.
    fn step_inflows(&mut self, boundary: &Boundary<'_>) -> f64 {
        let total: f64 = self.draw_flow.iter().sum::<f64>() + f64::MIN_POSITIVE;
        let mut largest = 0.0;
        for (i, inflow) in boundary.inflows.iter().enumerate() {
            let goal = match inflow.amount {
                InflowAmount::MassFlow(flow) => flow,
                InflowAmount::Heat(heat) => {
                    let hot = inflow.temperature_k;
                    let cold = self.back.temperature[self.inflow_place[i]].min(hot - MIN_COOLING_K);
                    heat / (self.fluid.enthalpy(hot) - self.fluid.enthalpy(cold))
                }
            };
            let step = goal - self.inflow_flow[i];
            largest = larger(largest, step.abs() / total);
            self.step.push(step);
        }
        largest
    }

    /// Heat fed, delivered and lost, from one enthalpy at every place.
    fn balance(&self, boundary: &Boundary<'_>, hour: &mut Hour) {
        let h_of = |t| self.fluid.enthalpy(t);
        let m = hour.plant_mass_flow;
        let plant = if m >= 0.0 {
            m * (h_of(boundary.supply_temperature_k) - self.back.enthalpy[0])
        } else {
            m * (self.supply.enthalpy[0] - h_of(boundary.surplus_return_temperature_k))
        };
        let sources: f64 = boundary
            .inflows
            .iter()
            .enumerate()
            .map(|(i, inflow)| {
                let taken = self.back.enthalpy[self.inflow_place[i]];
                self.inflow_flow[i] * (h_of(inflow.temperature_k) - taken)
            })
            .sum();
        hour.heat_fed_w = plant + sources;
        for (i, draw) in boundary.draws.iter().enumerate() {
            let t = self.supply.temperature[self.draw_place[i]];
            let lost = conductance_loss(draw, boundary.ground_temperature_k, t);
            let asked = draw.heat_w + lost;
            let part = if asked > 0.0 { lost / asked } else { 0.0 };
            hour.loss_w += self.draw_heat[i] * part;
            hour.delivered_w += self.draw_heat[i] * (1.0 - part);
            let missing = asked - self.draw_heat[i];
            hour.shortfall_w += if missing > 1e-6 * asked { missing } else { 0.0 };
        }
        for k in 1..self.network.tail.len() {
            hour.loss_w += self.pipe_loss_w(k);
        }
        hour.is_finite = [
            hour.heat_fed_w,
            hour.loss_w,
            hour.delivered_w,
            m,
            hour.residual,
        ]
        .iter()
        .all(|x| x.is_finite());
    }

    /// Heat lost by both pipes of one trench, W.
    #[inline]
    pub(crate) fn pipe_loss_w(&self, k: usize) -> f64 {
        let lost = |side: &Side| {
            let m = side.mass_flow[k];
            let from = if m >= 0.0 {
                self.network.tail[k]
            } else {
                self.network.head[k]
            };
            m.abs() * (side.enthalpy[from] - self.fluid.enthalpy(side.outlet[k]))
        };
        lost(&self.supply) + lost(&self.back)
    }

    /// Pressures on both sides, relative to the plant's own on that side.
    pub fn solve_pressures(&mut self) {
        let laws = self.options.laws;
        self.supply.solve_pressures(self.network, &self.fluid, laws);
        self.back.solve_pressures(self.network, &self.fluid, laws);
    }
}

/// Whether no chord changed by more than rounding, relative to the water in the network.
fn same_flows(before: &[f64], now: &[f64], total: f64) -> bool {
    let tolerance = 1e-8 * total + 1e-12;
    before
        .iter()
        .zip(now)
        .all(|(a, b)| (a - b).abs() <= tolerance)
}

/// The larger of two, or the one that is not a number.
fn larger(a: f64, b: f64) -> f64 {
    if b > a || b.is_nan() { b } else { a }
}
