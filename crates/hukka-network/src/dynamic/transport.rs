//! Water of a tree or looped network with one trench for both pipes, moved step by step.
//!
//! Flows follow from what the consumers take at the temperature their water has; the share of
//! every loop's chord is given from outside, for pressures decide it. The return side mirrors the
//! supply side.

use super::checkpoint::{Reader, Writer};
use super::error::Error;
use super::plug::{Around, Plugs};
use super::signal::Signal;
use crate::draw::{Draw, MIN_COOLING_K};
use crate::fluid::Fluid;
use crate::solver::{Boundary, InflowAmount};
use crate::topology::Network;
use core::f64::consts::PI;
use hukka_units::TimeSpan;

/// Heat held by the pipes of one trench, for [`Transport::new`]. SI.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PipeHeat {
    /// Length, m.
    pub length_m: f64,
    /// Inner diameter, m.
    pub inner_diameter_m: f64,
    /// Heat the wall of one pipe holds per metre and kelvin, J/(m K).
    pub wall_j_mk: f64,
}

/// How transport is run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TransportOptions {
    /// Sweeps that find the flows of a step before water moves.
    pub sweeps: usize,
    /// Temperature within which a consumer's water is foreseen, K: its return temperature may be
    /// off by as much.
    pub tolerance_k: f64,
    /// Plugs a pipe may hold; more are merged.
    pub max_plugs: usize,
}

impl Default for TransportOptions {
    fn default() -> Self {
        Self {
            sweeps: 4,
            tolerance_k: 0.1,
            max_plugs: 32,
        }
    }
}

/// Outcome of a step. SI, kelvin.
///
/// Invariant: `fed = delivered + lost + kept`, to rounding.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Step {
    /// Heat given by plant and sources, mean over the step, W.
    pub fed_w: f64,
    /// Heat taken by draws, their own conductance loss left out, W.
    pub delivered_w: f64,
    /// Heat asked for and not given because the water was too cold, W.
    pub shortfall_w: f64,
    /// Heat lost by pipes and by the conductances of draws, W.
    pub lost_w: f64,
    /// Heat water and walls keep more than before, W.
    pub kept_w: f64,
    /// Mean temperature of the water back at the plant.
    pub return_k: f64,
    /// Water the plant gives; negative if it takes.
    pub plant_mass_flow: f64,
    /// Sweeps used.
    pub sweeps: usize,
}

/// A pipe in the order of flow, as the supply side has it.
#[derive(Debug, Clone, Copy)]
struct Leg {
    pipe: usize,
    from: usize,
    to: usize,
    /// The place it starts from is worked out later: water runs in a circle.
    is_guessed: bool,
}

/// One side's pipes and what passes its places.
#[derive(Debug, Clone)]
struct Waters {
    pipes: Vec<Plugs>,
    passing: Vec<(f64, Signal)>,
    /// Heat loss per kelvin and content, W/(K kg).
    loss_per_kg: Vec<f64>,
}

/// Water and wall of all pipes, and the flows of the last step.
#[derive(Debug, Clone)]
pub struct Transport<'a, F> {
    network: &'a Network,
    fluid: F,
    options: TransportOptions,
    draw_place: Vec<usize>,
    inflow_place: Vec<usize>,
    heat: Vec<PipeHeat>,
    supply: Waters,
    back: Waters,
    legs: Vec<Leg>,
    /// Flow of the supply pipes, by pipe.
    flow: Vec<f64>,
    signs: Vec<i8>,
    draw_flow: Vec<f64>,
    draw_inlet: Vec<f64>,
    draw_heat: Vec<f64>,
    inflow_flow: Vec<f64>,
    need: Vec<f64>,
    stored: f64,
    is_started: bool,
}

impl<'a, F: Fluid> Transport<'a, F> {
    /// Pipes without water yet; the first step starts from its own steady state.
    ///
    /// # Shapes  `heat[trench]` as the pipes given to [`Network::new`]
    /// # Errors  nodes that do not exist; lengths or diameters that cannot be
    pub fn new(
        network: &'a Network,
        fluid: F,
        heat: &[PipeHeat],
        (draw_nodes, inflow_nodes): (&[usize], &[usize]),
        options: TransportOptions,
    ) -> Result<Self, Error> {
        check(network, heat, &options)?;
        let pipes = network.tail.len();
        let mut by_pipe = vec![heat.first().copied().unwrap_or(NOTHING); pipes];
        for (trench, &(pipe, _)) in network.trench_pipe.iter().enumerate() {
            by_pipe[pipe] = heat[trench];
        }
        let side = || Waters {
            pipes: Vec::new(),
            passing: vec![(0.0, Signal::EMPTY); network.nodes()],
            loss_per_kg: vec![0.0; pipes],
        };
        Ok(Self {
            draw_place: places(network, "consumer", draw_nodes)?,
            inflow_place: places(network, "source", inflow_nodes)?,
            network,
            fluid,
            options,
            heat: by_pipe,
            supply: side(),
            back: side(),
            legs: Vec::new(),
            flow: vec![0.0; pipes],
            signs: vec![2; pipes],
            draw_flow: vec![0.0; draw_nodes.len()],
            draw_inlet: vec![0.0; draw_nodes.len()],
            draw_heat: vec![0.0; draw_nodes.len()],
            inflow_flow: vec![0.0; inflow_nodes.len()],
            need: vec![0.0; network.nodes()],
            stored: 0.0,
            is_started: false,
        })
    }

    /// Moves the water of a step.
    ///
    /// `chords[loop]` are the flows of the pipes that close loops, in the solver's direction, kg/s.
    pub fn step(&mut self, span: TimeSpan, boundary: &Boundary<'_>, chords: &[f64]) -> Step {
        if !self.is_started {
            self.start(boundary, chords);
        }
        self.run(span.s(), boundary, chords)
    }

    /// Fills the pipes with the steady state of the first step.
    fn start(&mut self, boundary: &Boundary<'_>, chords: &[f64]) {
        /// Long enough for standing water to reach the ground's temperature.
        const LONG_S: f64 = 1e7;
        let (supply_k, back_k) = (
            boundary.supply_temperature_k,
            boundary.surplus_return_temperature_k,
        );
        let most = self.options.max_plugs;
        for (side, t) in [(&mut self.supply, supply_k), (&mut self.back, back_k)] {
            let h = self.fluid.enthalpy(t);
            let (density, c) = (self.fluid.density(t), self.fluid.specific_heat(t));
            side.pipes = self
                .heat
                .iter()
                .map(|of| {
                    let area = 0.25 * PI * of.inner_diameter_m * of.inner_diameter_m;
                    let content = of.length_m * (area * density + of.wall_j_mk / c);
                    Plugs::new(content, (h, h), most)
                })
                .collect();
            for (k, pipe) in side.pipes.iter().enumerate() {
                side.loss_per_kg[k] = if pipe.content() > 0.0 {
                    self.network.conductance[k] / pipe.content()
                } else {
                    0.0
                };
            }
        }
        self.draw_inlet.fill(self.fluid.enthalpy(supply_k));
        for passing in &mut self.back.passing {
            *passing = (1.0, Signal::constant(self.fluid.enthalpy(back_k)));
        }
        self.is_started = true;
        for _ in 0..12 {
            let before = self.draw_inlet.clone();
            self.run(LONG_S, boundary, chords);
            let moved = before
                .iter()
                .zip(&self.draw_inlet)
                .map(|(a, b)| (a - b).abs())
                .fold(0.0, f64::max);
            if moved < 1.0 {
                break;
            }
        }
        for pipe in self.supply.pipes.iter_mut().chain(&mut self.back.pipes) {
            pipe.lost = 0.0;
        }
        self.stored = self.held();
    }

    /// Heat in all pipes, J above the fluid's zero.
    pub fn held(&self) -> f64 {
        let sum = |side: &Waters| side.pipes.iter().skip(1).map(Plugs::stored).sum::<f64>();
        sum(&self.supply) + sum(&self.back)
    }

    fn lost(&self) -> f64 {
        let sum = |side: &Waters| side.pipes.iter().skip(1).map(|p| p.lost).sum::<f64>();
        sum(&self.supply) + sum(&self.back)
    }

    fn run(&mut self, seconds: f64, boundary: &Boundary<'_>, chords: &[f64]) -> Step {
        let ground = self.fluid.enthalpy(boundary.ground_temperature_k);
        let around = |fluid: &F, near_k: f64| {
            let excess = near_k - boundary.ground_temperature_k;
            let c = if excess.abs() > 0.1 {
                (fluid.enthalpy(near_k) - ground) / excess
            } else {
                fluid.specific_heat(near_k)
            };
            Around {
                seconds,
                cooling: 1.0 / c,
                ground,
            }
        };
        let out = around(&self.fluid, boundary.supply_temperature_k);
        let home = around(&self.fluid, boundary.surplus_return_temperature_k);
        let mut step = Step::default();
        self.inflows(boundary);
        let mut moved = f64::INFINITY;
        loop {
            self.draws(boundary);
            step.plant_mass_flow = self.flows(chords);
            let is_near = SENSITIVITY * moved <= self.options.tolerance_k * 4190.0;
            if is_near || step.sweeps == self.options.sweeps {
                break;
            }
            self.enter_supply(boundary, step.plant_mass_flow);
            moved = self.peek_supply(&out);
            step.sweeps += 1;
        }
        let lost_before = self.lost();
        self.enter_supply(boundary, step.plant_mass_flow);
        self.move_supply(&out);
        self.serve(boundary, &mut step);
        self.move_back(&home);
        self.balance(boundary, lost_before, seconds, &mut step);
        step
    }

    /// Flows of sources: their heat over the rise from the return temperature of the last step.
    fn inflows(&mut self, boundary: &Boundary<'_>) {
        for (i, inflow) in boundary.inflows.iter().enumerate() {
            self.inflow_flow[i] = match inflow.amount {
                InflowAmount::MassFlow(m) => m,
                InflowAmount::Heat(heat) => {
                    let give = self.fluid.enthalpy(inflow.temperature_k);
                    let (mass, signal) = &self.back.passing[self.inflow_place[i]];
                    let back = if *mass > 0.0 {
                        signal.mean()
                    } else {
                        self.fluid.enthalpy(boundary.surplus_return_temperature_k)
                    };
                    let least = MIN_COOLING_K * self.fluid.specific_heat(inflow.temperature_k);
                    heat / (give - back).max(least)
                }
            };
        }
    }

    /// Flows of draws at the temperatures their water has.
    fn draws(&mut self, boundary: &Boundary<'_>) {
        for (i, draw) in boundary.draws.iter().enumerate() {
            let inlet = self.draw_inlet[i];
            let (asked, back) = self.asked(draw, boundary.ground_temperature_k, inlet);
            let least = MIN_COOLING_K * self.fluid.specific_heat(draw.return_temperature_k);
            self.draw_flow[i] = (asked / (inlet - back).max(least)).max(draw.min_mass_flow);
        }
    }

    /// Heat a draw asks for with water of this enthalpy, and the enthalpy it gives back.
    fn asked(&self, draw: &Draw, ground_k: f64, inlet: f64) -> (f64, f64) {
        let mut heat = draw.heat_w;
        if draw.loss_w_k > 0.0 {
            let t = self.fluid.temperature(inlet);
            heat += draw.loss_w_k.max(0.0)
                * (0.5 * (t + draw.return_temperature_k) - ground_k).max(0.0);
        }
        (heat, self.fluid.enthalpy(draw.return_temperature_k))
    }

    /// Flow of every pipe from the draws up; returns the plant's.
    fn flows(&mut self, chords: &[f64]) -> f64 {
        let network = self.network;
        let n = network.nodes();
        self.need.fill(0.0);
        for (place, flow) in self.draw_place.iter().zip(&self.draw_flow) {
            self.need[*place] += flow;
        }
        for (place, flow) in self.inflow_place.iter().zip(&self.inflow_flow) {
            self.need[*place] -= flow;
        }
        for (k, &chord) in (n..network.tail.len()).zip(chords) {
            self.flow[k] = chord;
            self.need[network.tail[k]] += chord;
            self.need[network.head[k]] -= chord;
        }
        for k in (1..n).rev() {
            self.flow[k] = self.need[k];
            self.need[network.parent[k]] += self.need[k];
        }
        let mut is_same = true;
        for (sign, flow) in self.signs.iter_mut().zip(&self.flow).skip(1) {
            let now = i8::from(*flow > 0.0) - i8::from(*flow < 0.0);
            is_same &= now == *sign;
            *sign = now;
        }
        if !is_same {
            self.sort();
        }
        self.need[0]
    }

    /// Pipes in the order of flow.
    fn sort(&mut self) {
        let network = self.network;
        let n = network.nodes();
        let mut leaving: Vec<Vec<usize>> = vec![Vec::new(); n];
        let mut waiting = vec![0_u32; n];
        let ends = |k: usize, sign: i8| match sign {
            1 => Some((network.tail[k], network.head[k])),
            -1 => Some((network.head[k], network.tail[k])),
            _ => None,
        };
        for k in 1..network.tail.len() {
            if let Some((from, to)) = ends(k, self.signs[k]) {
                leaving[from].push(k);
                waiting[to] += 1;
            }
        }
        self.legs.clear();
        let mut is_done = vec![false; n];
        let mut ready: Vec<usize> = (0..n).rev().filter(|&v| waiting[v] == 0).collect();
        loop {
            while let Some(from) = ready.pop() {
                is_done[from] = true;
                for &k in &leaving[from] {
                    let to = network.tail[k] + network.head[k] - from;
                    self.legs.push(Leg {
                        pipe: k,
                        from,
                        to,
                        is_guessed: false,
                    });
                    waiting[to] -= 1;
                    if waiting[to] == 0 {
                        ready.push(to);
                    }
                }
            }
            let Some(stuck) = (0..n).find(|&v| !is_done[v]) else {
                break;
            };
            is_done[stuck] = true;
            for &k in &leaving[stuck] {
                let to = network.tail[k] + network.head[k] - stuck;
                self.legs.push(Leg {
                    pipe: k,
                    from: stuck,
                    to,
                    is_guessed: true,
                });
                waiting[to] -= 1;
                if waiting[to] == 0 && !is_done[to] {
                    ready.push(to);
                }
            }
        }
    }

    /// Water that enters the supply side from outside.
    fn enter_supply(&mut self, boundary: &Boundary<'_>, plant: f64) {
        for passing in &mut self.supply.passing {
            passing.0 = 0.0;
        }
        if plant > 0.0 {
            let h = self.fluid.enthalpy(boundary.supply_temperature_k);
            self.supply.gather(0, plant, &Signal::constant(h));
        }
        for (i, inflow) in boundary.inflows.iter().enumerate() {
            let h = self.fluid.enthalpy(inflow.temperature_k);
            let place = self.inflow_place[i];
            self.supply
                .gather(place, self.inflow_flow[i], &Signal::constant(h));
        }
    }

    /// What would arrive at the draws; returns the largest change of one of them, J/kg.
    fn peek_supply(&mut self, around: &Around) -> f64 {
        let supply = &mut self.supply;
        for leg in &self.legs {
            let flow = self.flow[leg.pipe];
            let inflow = supply.passing[leg.from].1;
            let out = supply.pipes[leg.pipe].peek(
                flow * around.seconds,
                &inflow,
                &supply.around(leg.pipe, around),
            );
            supply.gather(leg.to, flow.abs(), &out);
        }
        let mut moved = 0.0_f64;
        for (inlet, &place) in self.draw_inlet.iter_mut().zip(&self.draw_place) {
            let (mass, signal) = &supply.passing[place];
            if *mass > 0.0 {
                let now = signal.mean();
                moved = moved.max((now - *inlet).abs());
                *inlet = now;
            }
        }
        moved
    }

    fn move_supply(&mut self, around: &Around) {
        let supply = &mut self.supply;
        let mut guesses: Vec<(Leg, f64)> = Vec::new();
        for leg in &self.legs {
            let flow = self.flow[leg.pipe];
            supply.carry(leg, (leg.from, leg.to), flow, around, &mut guesses);
        }
        supply.settle(&guesses, |leg| leg.from, &self.flow, around, 1.0);
        supply.rest(&self.signs, around);
    }

    /// What draws take from the water that came, and what they give to the return side.
    fn serve(&mut self, boundary: &Boundary<'_>, step: &mut Step) {
        for passing in &mut self.back.passing {
            passing.0 = 0.0;
        }
        for (i, draw) in boundary.draws.iter().enumerate() {
            let flow = self.draw_flow[i];
            let place = self.draw_place[i];
            let (mass, signal) = self.supply.passing[place];
            let ground_k = boundary.ground_temperature_k;
            if flow <= 0.0 || mass <= 0.0 {
                let asked = self.asked(draw, ground_k, self.draw_inlet[i]).0;
                self.draw_heat[i] = 0.0;
                step.shortfall_w += asked.max(0.0);
                continue;
            }
            let inlet = signal.mean();
            self.draw_inlet[i] = inlet;
            let (asked, back) = self.asked(draw, ground_k, inlet);
            let spare = self.options.tolerance_k * 4190.0;
            let most = if inlet > back {
                inlet - back + spare
            } else {
                0.0
            };
            let given = asked.min(flow * most);
            self.draw_heat[i] = given;
            let own_loss = (asked - draw.heat_w).min(given);
            step.delivered_w += given - own_loss;
            step.lost_w += own_loss;
            step.shortfall_w += asked - given;
            let out = if given >= asked && flow <= draw.min_mass_flow {
                signal.shifted(-given / flow)
            } else {
                Signal::constant(inlet - given / flow)
            };
            self.back.gather(place, flow, &out);
        }
        if step.plant_mass_flow < 0.0 {
            let h = self.fluid.enthalpy(boundary.surplus_return_temperature_k);
            let flow = -step.plant_mass_flow;
            self.back.gather(0, flow, &Signal::constant(h));
        }
    }

    fn move_back(&mut self, around: &Around) {
        let back = &mut self.back;
        let mut guesses: Vec<(Leg, f64)> = Vec::new();
        for leg in self.legs.iter().rev() {
            let flow = -self.flow[leg.pipe];
            back.carry(leg, (leg.to, leg.from), flow, around, &mut guesses);
        }
        back.settle(&guesses, |leg| leg.to, &self.flow, around, -1.0);
        back.rest(&self.signs, around);
    }

    fn balance(
        &mut self,
        boundary: &Boundary<'_>,
        lost_before: f64,
        seconds: f64,
        step: &mut Step,
    ) {
        let plant = step.plant_mass_flow;
        let back = self.back.passing[0].1;
        let at_plant = if plant > 0.0 {
            let rise = self.fluid.enthalpy(boundary.supply_temperature_k) - back.mean();
            step.return_k = self.fluid.temperature(back.mean());
            plant * rise
        } else {
            let taken = self.supply.passing[0];
            step.return_k = boundary.surplus_return_temperature_k;
            if plant < 0.0 && taken.0 > 0.0 {
                let drop =
                    taken.1.mean() - self.fluid.enthalpy(boundary.surplus_return_temperature_k);
                plant * drop
            } else {
                0.0
            }
        };
        step.fed_w += at_plant;
        for (i, inflow) in boundary.inflows.iter().enumerate() {
            let back = self.back.passing[self.inflow_place[i]].1;
            let give = self.fluid.enthalpy(inflow.temperature_k);
            if self.inflow_flow[i] > 0.0 {
                step.fed_w += self.inflow_flow[i] * (give - back.mean());
            }
        }
        step.lost_w += (self.lost() - lost_before) / seconds;
        let held = self.held();
        step.kept_w = (held - self.stored) / seconds;
        self.stored = held;
    }

    /// Everything that the next steps depend on, apart from what [`Transport::new`] was given.
    pub fn checkpoint(&self) -> Vec<u8> {
        let mut out = Writer::default();
        out.count(usize::from(self.is_started));
        if self.is_started {
            out.number(self.stored);
            out.numbers(&self.draw_inlet);
            for (mass, signal) in &self.back.passing {
                out.number(*mass);
                out.number(if *mass > 0.0 { signal.mean() } else { 0.0 });
            }
            for pipe in self.supply.pipes.iter().chain(&self.back.pipes) {
                out.number(pipe.content());
                pipe.write(&mut out);
            }
        }
        out.finish()
    }

    /// Takes up where a [`Transport::checkpoint`] of the same network left off; it goes on bit for
    /// bit.
    ///
    /// # Errors  `Checkpoint`
    pub fn resume(&mut self, checkpoint: &[u8]) -> Result<(), Error> {
        let mut from = Reader::new(checkpoint)?;
        self.is_started = from.count()? == 1;
        if self.is_started {
            self.stored = from.number()?;
            from.numbers_into(&mut self.draw_inlet)?;
            for passing in &mut self.back.passing {
                *passing = (from.number()?, Signal::constant(from.number()?));
            }
            for side in [&mut self.supply, &mut self.back] {
                side.pipes.clear();
                for (k, loss_per_kg) in side.loss_per_kg.iter_mut().enumerate() {
                    let content = from.number()?;
                    let mut pipe = Plugs::new(content, (0.0, 0.0), self.options.max_plugs);
                    pipe.read(&mut from)?;
                    *loss_per_kg = if content > 0.0 {
                        self.network.conductance[k] / content
                    } else {
                        0.0
                    };
                    side.pipes.push(pipe);
                }
            }
        }
        self.signs.fill(2);
        from.end()
    }

    /// Mean temperature of the water that passed a node in the last step, supply and return side;
    /// `None` where nothing passed.
    pub fn node(&self, node: usize) -> (Option<f64>, Option<f64>) {
        let place = self.network.place[node];
        let of = |side: &Waters| {
            let (mass, signal) = &side.passing[place];
            (*mass > 0.0).then(|| self.fluid.temperature(signal.mean()))
        };
        (of(&self.supply), of(&self.back))
    }

    /// Flow through a draw in the last step, kg/s, heat it got, W, and the temperature of its
    /// water, K.
    pub fn draw(&self, draw: usize) -> (f64, f64, f64) {
        let inlet = self.fluid.temperature(self.draw_inlet[draw]);
        (self.draw_flow[draw], self.draw_heat[draw], inlet)
    }

    /// Time water takes from the plant to every place at the flows of the last step, s; infinite
    /// where nothing flows. Where ways meet, the mean by flow.
    pub fn delays(&self) -> Vec<f64> {
        let n = self.network.nodes();
        let mut mass = vec![0.0; n];
        let mut sum = vec![0.0; n];
        for (i, &place) in self.inflow_place.iter().enumerate() {
            mass[place] += self.inflow_flow[i];
        }
        for leg in &self.legs {
            let flow = self.flow[leg.pipe].abs();
            let at = if mass[leg.from] > 0.0 {
                sum[leg.from] / mass[leg.from]
            } else {
                0.0
            };
            mass[leg.to] += flow;
            sum[leg.to] += flow * at + self.supply.pipes[leg.pipe].content();
        }
        let mut found: Vec<f64> = (0..n)
            .map(|v| {
                if v == 0 {
                    0.0
                } else if mass[v] > 0.0 {
                    sum[v] / mass[v]
                } else {
                    f64::INFINITY
                }
            })
            .collect();
        if let Some(first) = found.first_mut() {
            *first = 0.0;
        }
        found
    }

    /// Places of the draws, for [`Self::delays`].
    pub fn draw_places(&self) -> &[usize] {
        &self.draw_place
    }
}

impl Network {
    /// Trenches whose pipes close loops, in the order of the chords.
    pub fn chord_trenches(&self) -> Vec<usize> {
        let n = self.nodes();
        let mut found = vec![0; self.tail.len() - n];
        for (trench, &(pipe, _)) in self.trench_pipe.iter().enumerate() {
            if let Some(chord) = pipe.checked_sub(n) {
                found[chord] = trench;
            }
        }
        found
    }
}

/// How much of a change at the draws comes back at most when their flows follow it: losses on the
/// way are a few per cent of the heat.
const SENSITIVITY: f64 = 0.1;

const NOTHING: PipeHeat = PipeHeat {
    length_m: 0.0,
    inner_diameter_m: 0.0,
    wall_j_mk: 0.0,
};

impl Waters {
    #[inline]
    fn gather(&mut self, place: usize, mass: f64, signal: &Signal) {
        let (held, before) = &mut self.passing[place];
        if *held > 0.0 {
            *before = Signal::mixed((*held, before), (mass, signal));
            *held += mass;
        } else if mass > 0.0 {
            *before = *signal;
            *held = mass;
        }
    }

    #[inline]
    fn around(&self, pipe: usize, around: &Around) -> Around {
        Around {
            cooling: around.cooling * self.loss_per_kg[pipe],
            ..*around
        }
    }

    fn carry(
        &mut self,
        leg: &Leg,
        (from, to): (usize, usize),
        flow: f64,
        around: &Around,
        guesses: &mut Vec<(Leg, f64)>,
    ) {
        let inflow = self.passing[from].1;
        if leg.is_guessed {
            guesses.push((*leg, inflow.mean()));
        }
        let around = self.around(leg.pipe, around);
        let out = self.pipes[leg.pipe].advance(flow * around.seconds, &inflow, &around);
        self.gather(to, flow.abs(), &out);
    }

    /// Makes good the guesses about water that runs in a circle.
    fn settle(
        &mut self,
        guesses: &[(Leg, f64)],
        start: fn(&Leg) -> usize,
        flow: &[f64],
        around: &Around,
        sign: f64,
    ) {
        for (leg, guessed) in guesses {
            let signed = sign * flow[leg.pipe];
            let mass = signed.abs() * around.seconds;
            let heat = mass * (self.passing[start(leg)].1.mean() - guessed);
            self.pipes[leg.pipe].correct(signed > 0.0, mass, heat);
        }
    }

    /// Pipes without flow only cool.
    fn rest(&mut self, signs: &[i8], around: &Around) {
        for (k, sign) in signs.iter().enumerate().skip(1) {
            if *sign == 0 {
                let around = self.around(k, around);
                self.pipes[k].advance(0.0, &Signal::EMPTY, &around);
            }
        }
    }
}

fn places(network: &Network, what: &str, nodes: &[usize]) -> Result<Vec<usize>, Error> {
    let of = |(i, &node): (usize, &usize)| {
        let place = network.place.get(node).copied();
        place.ok_or_else(|| Error::UnknownElement {
            what: format!("{what} {i}"),
            index: node,
            count: network.nodes(),
        })
    };
    nodes.iter().enumerate().map(of).collect()
}

fn check(network: &Network, heat: &[PipeHeat], options: &TransportOptions) -> Result<(), Error> {
    if heat.len() != network.trench_pipe.len() {
        return Err(Error::UnknownElement {
            what: "the list of pipe contents".to_owned(),
            index: heat.len(),
            count: network.trench_pipe.len(),
        });
    }
    for (trench, of) in heat.iter().enumerate() {
        for (what, value) in [
            ("the length", of.length_m),
            ("the inner diameter", of.inner_diameter_m),
            ("the heat held by the wall", of.wall_j_mk),
        ] {
            if !(value >= 0.0 && value.is_finite()) {
                return Err(Error::BadNumber {
                    element: format!("trench {trench}"),
                    what,
                    value,
                });
            }
        }
    }
    if options.sweeps == 0 || options.max_plugs < 2 {
        return Err(Error::BadOption {
            what: "the number of sweeps or plugs",
            value: options.sweeps.min(options.max_plugs) as f64,
        });
    }
    Ok(())
}
