//! A network case over time: flows from what consumers ask, water from node to node.

use super::body::{Body, Shape, Start};
use super::checkpoint::{Reader, Writer};
use super::circuit::{Circuit, Drive, Law};
use super::continuity::{Continuity, Unknown};
use super::drive::{Asked, check};
use super::error::Error;
use super::film::FilmPipe;
use super::medium::Medium;
use super::{DynamicOptions, Summary, WallModel};
use crate::case::over_time::{Hydraulic, Layout};
use crate::draw::MIN_COOLING_K;
use crate::fluid::Fluid;
use core::f64::consts::PI;
use hukka_model::network_case::{
    CaseConsumerState, CasePipe, CasePipeState, CaseSourceState, CaseState, ConsumerMode,
    NetworkCase, NetworkSide, SourceKind, ValveKind,
};
use hukka_physics::convection;
use hukka_units::Temperature;

/// A case on its way through its times.
///
/// Invariants: every heat is counted once; after [`Simulation::advance`] the state is that of the
/// row it returned.
#[derive(Debug)]
pub struct Simulation<'a> {
    case: &'a NetworkCase,
    options: DynamicOptions,
    medium: Medium,
    layout: Layout,
    own: Asked,
    asked: Asked,
    pub(crate) circuit: Circuit,
    hydraulic: Hydraulic<'a>,
    /// Where flows follow from mass alone.
    continuity: Option<Continuity>,
    flow: Vec<f64>,
    laws: Vec<Law>,
    entering: Vec<(usize, f64, f64)>,
    surplus: Vec<f64>,
    /// Enthalpy of the nodes now.
    pub(crate) now: Vec<f64>,
    /// Rows finished; row 0 is the start.
    pub(crate) row: usize,
    pub(crate) summary: Summary,
}

impl<'a> Simulation<'a> {
    /// The case at its first time.
    ///
    /// Nodes start at their `initial_temperature`, pipes linear between theirs; what states none
    /// starts in the steady state of the first row.
    ///
    /// # Errors  wrong indices, times or numbers; elements that are not simulated over time
    pub fn new(case: &'a NetworkCase, options: &DynamicOptions) -> Result<Self, Error> {
        check(case)?;
        options.validate()?;
        let hydraulic = Hydraulic::new(case)?;
        let medium = Medium::of(&case.fluid, hydraulic.fluid());
        let layout = Layout::of(case);
        let ends = ends(case);
        let continuity = if hydraulic.has_laws_of_flow() {
            None
        } else {
            Continuity::new(case.nodes.len(), &unknown(case, layout))
        };
        let own = Asked::of(case);
        let mut asked = own.clone();
        asked.at(case, &own, 0, 0.0);
        let guess = guessed(case, &asked);
        let bodies = bodies(case, options, &medium, &guess, false);
        let start: Vec<f64> = guess.iter().map(|t| medium.enthalpy(*t)).collect();
        let around = vec![asked.ambient_k; case.pipes.len()];
        let mut found = Self {
            case,
            options: *options,
            layout,
            own,
            asked,
            circuit: Circuit::new(start.clone(), ends, bodies, around),
            hydraulic,
            continuity,
            flow: vec![0.0; layout.end],
            laws: vec![Law::Pass; layout.world - layout.valves],
            entering: Vec::new(),
            surplus: vec![0.0; case.nodes.len()],
            now: start,
            row: 0,
            summary: Summary::default(),
            medium,
        };
        found.settle(&guess)?;
        Ok(found)
    }

    /// Steady state of the first row where no start is given; then the pipes as they will run.
    fn settle(&mut self, guess: &[f64]) -> Result<(), Error> {
        let is_given = |node: usize| self.case.nodes[node].initial_temperature.is_some();
        let all_given = (0..guess.len()).all(is_given);
        if !all_given {
            self.steady()?;
            for (node, t) in guess.iter().enumerate() {
                if self.case.nodes[node].initial_temperature.is_some() {
                    self.now[node] = self.medium.enthalpy(*t);
                }
            }
        }
        let node_k: Vec<f64> = self
            .now
            .iter()
            .map(|h| self.medium.temperature(*h))
            .collect();
        let mut made = bodies(
            self.case,
            &self.options,
            &self.medium,
            &node_k,
            self.has_film(),
        );
        for (pipe, body) in made.iter_mut().enumerate() {
            let (from, to) = self.circuit.ends[pipe];
            let both = [from, to]
                .iter()
                .all(|n| self.case.nodes[*n].initial_temperature.is_some());
            if both {
                continue;
            }
            let ground_k = self.circuit.ground_k[pipe];
            let steady = &self.circuit.bodies[pipe];
            let end_k = |is_end| {
                let h = steady.at_end(is_end, ground_k, &self.medium);
                self.medium.temperature(h)
            };
            if self.has_film() {
                let start = Start {
                    ends_k: (end_k(false), end_k(true)),
                    has_film: true,
                    most_plugs: self.options.max_plugs,
                };
                *body = Body::new(steady.shape, &self.medium, &start);
            } else {
                *body = steady.clone();
                body.forget_losses();
            }
        }
        self.circuit.bodies = made;
        self.circuit.node_mean.clone_from(&self.now);
        self.flows(self.case.times[0].s(), true)?;
        self.summary = Summary {
            film_pipes: self.circuit.bodies.iter().filter(|b| b.has_film()).count(),
            stored_start_j: self.circuit.stored(),
            stored_end_j: self.circuit.stored(),
            ..Summary::default()
        };
        Ok(())
    }

    /// Fills the pipes as the steady state of the first row has them.
    fn steady(&mut self) -> Result<(), Error> {
        /// Long enough for standing water to reach the ground's temperature.
        const LONG_S: f64 = 1e7;
        let mut flow = vec![0.0; self.layout.end];
        self.hydraulic.ask(&self.asked);
        let node_k = self.hydraulic.steady(&mut flow);
        for (h, t) in self.now.iter_mut().zip(&node_k) {
            *h = self.medium.enthalpy(*t);
        }
        // the second round has neighbours in a trench warm each other as they are then
        for _ in 0..2 {
            self.surroundings();
            self.impose()?;
            self.flow.clone_from(&flow);
            self.enter();
            self.set_laws();
            self.move_water(LONG_S);
        }
        Ok(())
    }

    fn has_film(&self) -> bool {
        match self.options.wall {
            WallModel::Even => false,
            WallModel::Film => true,
            WallModel::Automatic => self.film_work() <= self.options.film_exchanges,
        }
    }

    /// Exchanges a run with films would take at 1 m/s.
    fn film_work(&self) -> f64 {
        let ends = [self.case.times.first(), self.case.times.last()];
        let seconds: f64 = match ends {
            [Some(first), Some(last)] => last.s() - first.s(),
            _ => 0.0,
        };
        let bodies = self.circuit.bodies.iter();
        let of = |body: &Body| {
            let cells = FilmPipe::cells(body.shape.length_m) as f64;
            2.0 * cells * cells * seconds / body.shape.length_m.max(0.1)
        };
        bodies.filter(|b| b.shape.wall_j_k > 0.0).map(of).sum()
    }

    /// Number of the row the state belongs to.
    pub const fn row(&self) -> usize {
        self.row
    }

    /// Everything that a run from here depends on, apart from case and options.
    pub fn checkpoint(&self) -> Vec<u8> {
        let mut out = Writer::default();
        out.count(self.row);
        out.numbers(&self.now);
        out.numbers(&self.circuit.node_mean);
        out.numbers(&self.circuit.link_mean);
        out.numbers(&self.summary.numbers());
        out.count(self.summary.steps);
        for body in &self.circuit.bodies {
            body.write(&mut out);
        }
        out.finish()
    }

    /// A run taken up where [`Simulation::checkpoint`] left it; it goes on bit for bit.
    ///
    /// # Errors  as [`Simulation::new`], and `Checkpoint` if it is not of this case
    pub fn resume(
        case: &'a NetworkCase,
        options: &DynamicOptions,
        checkpoint: &[u8],
    ) -> Result<Self, Error> {
        let mut found = Self::new(case, options)?;
        let mut from = Reader::new(checkpoint)?;
        found.row = from.count()?;
        if found.row >= case.times.len() {
            return Err(Error::Checkpoint {
                why: "its row lies beyond the last time",
            });
        }
        from.numbers_into(&mut found.now)?;
        from.numbers_into(&mut found.circuit.node_mean)?;
        from.numbers_into(&mut found.circuit.link_mean)?;
        let mut numbers = found.summary.numbers();
        from.numbers_into(&mut numbers)?;
        found.summary.set_numbers(&numbers);
        found.summary.steps = from.count()?;
        found.summary.rows = found.row + 1;
        for body in &mut found.circuit.bodies {
            body.read(&mut from)?;
        }
        from.end()?;
        found.asked.at(case, &found.own, found.row, 0.0);
        found.hydraulic.forget();
        found.flows(case.times[found.row].s(), true)?;
        Ok(found)
    }

    /// Heat balance up to now.
    pub const fn summary(&self) -> Summary {
        self.summary
    }

    /// Runs to the next row; `None` after the last.
    ///
    /// The way is cut into steps of at most [`DynamicOptions::max_step_s`]; flows and set-points
    /// of a step are those of its middle.
    pub fn advance(&mut self) -> Result<Option<usize>, Error> {
        if self.row + 1 >= self.case.times.len() {
            return Ok(None);
        }
        let (from, to) = (
            self.case.times[self.row].s(),
            self.case.times[self.row + 1].s(),
        );
        let steps = ((to - from) / self.options.max_step_s).ceil().max(1.0);
        let seconds = (to - from) / steps;
        self.hydraulic.forget();
        for step in 0..steps as usize {
            let share = (step as f64 + 0.5) / steps;
            self.asked.at(self.case, &self.own, self.row, share);
            self.flows(from + share * (to - from), false)?;
            self.move_water(seconds);
            self.tally(seconds);
        }
        self.row += 1;
        self.asked.at(self.case, &self.own, self.row, 0.0);
        self.hydraulic.forget();
        self.flows(to, true)?;
        self.summary.rows = self.row + 1;
        self.summary.stored_end_j = self.circuit.stored();
        self.summary.lost_j = self.circuit.lost();
        Ok(Some(self.row))
    }

    /// Flows, laws and entering water for what is asked now at the temperatures now; pressures too
    /// where flows depend on them, or if they are wanted.
    fn flows(&mut self, at_s: f64, wants_pressures: bool) -> Result<(), Error> {
        self.hydraulic.ask(&self.asked);
        self.surroundings();
        self.impose()?;
        let mut surplus = core::mem::take(&mut self.surplus);
        let left = match &self.continuity {
            Some(continuity) => continuity.solve(&self.circuit.ends, &mut surplus, &mut self.flow),
            None => None,
        };
        self.surplus = surplus;
        if let Some((node, left)) = left {
            return Err(Error::Hydraulics {
                at_s,
                why: format!("node {} has {left} kg/s too much", self.case.nodes[node].id),
            });
        }
        if self.continuity.is_none() || wants_pressures {
            let node_k: Vec<f64> = (self.now.iter())
                .map(|h| self.medium.temperature(*h))
                .collect();
            let pipe_k: Vec<f64> = (0..self.layout.valves).map(|k| self.pipe_k(k)).collect();
            self.hydraulic.solve((&node_k, &pipe_k), &mut self.flow);
        }
        self.enter();
        self.set_laws();
        Ok(())
    }

    /// Laws of elements whose flow was found from others.
    fn set_laws(&mut self) {
        for i in 0..self.case.consumers.len() {
            if self.hydraulic.throttles(i) {
                let link = self.layout.consumers + i;
                let heat = self.asked.heat[i].unwrap_or(0.0);
                let flow = self.flow[link];
                let drop = if flow > 0.0 { heat / flow } else { 0.0 };
                self.laws[link - self.layout.valves] = Law::Shift(-drop);
            }
        }
        for i in 0..self.case.sources.len() {
            self.laws[self.layout.sources + i - self.layout.valves] = self.source_law(i);
        }
    }

    /// Mean temperature of a pipe's content, K.
    fn pipe_k(&self, pipe: usize) -> f64 {
        let body = &self.circuit.bodies[pipe];
        let mean = body.mean(self.circuit.ground_k[pipe], &self.medium);
        self.medium.temperature(mean)
    }

    /// What every pipe loses heat to: the ground, and its neighbour in the trench as it is now.
    fn surroundings(&mut self) {
        for (k, pipe) in self.case.pipes.iter().enumerate() {
            let ground = pipe
                .ground_temperature
                .map_or(self.asked.ambient_k, Temperature::k);
            self.circuit.ground_k[k] = match pipe.neighbour {
                Some((beside, coupling)) if coupling.w_mk() > 0.0 => {
                    let (own, shared) = (pipe.loss.w_mk(), coupling.w_mk());
                    (own * ground + shared * self.pipe_k(beside)) / (own + shared)
                }
                _ => ground,
            };
        }
    }

    /// Flows that do not follow from others.
    fn impose(&mut self) -> Result<(), Error> {
        let layout = self.layout;
        self.surplus.fill(0.0);
        self.flow.fill(0.0);
        for i in 0..self.case.consumers.len() {
            if self.hydraulic.is_live(layout.consumers + i) && !self.hydraulic.throttles(i) {
                let (flow, law) = self.consumer(i)?;
                self.set(layout.consumers + i, flow, law);
            }
        }
        for i in 0..self.case.sources.len() {
            if let Some(flow) = self.known_source(i)
                && self.hydraulic.is_live(layout.sources + i)
            {
                self.set(layout.sources + i, flow, Law::Pass);
            }
        }
        for (i, valve) in self.case.valves.iter().enumerate() {
            if let ValveKind::FlowControl(flow) = valve.kind
                && self.hydraulic.is_live(layout.valves + i)
            {
                self.set(layout.valves + i, flow.kg_s(), Law::Pass);
            }
        }
        for taking in &self.case.takings {
            self.surplus[taking.node] -= taking.mass_flow.kg_s();
        }
        Ok(())
    }

    /// Water that comes from outside.
    fn enter(&mut self) {
        self.entering.clear();
        let given = self.case.takings.iter().map(|t| {
            let flow = -t.mass_flow.kg_s();
            (t.node, flow, t.temperature)
        });
        let slack = self.case.pressures.iter().enumerate().map(|(i, fixed)| {
            let flow = -self.flow[self.layout.world + i];
            (fixed.node, flow, fixed.temperature)
        });
        for (node, flow, temperature) in given.chain(slack) {
            if flow > 0.0 {
                let own = self.now[node];
                let h = temperature.map_or(own, |t| self.medium.enthalpy(t.k()));
                self.entering.push((node, flow, h));
            }
        }
    }

    fn set(&mut self, link: usize, flow: f64, law: Law) {
        let (from, to) = self.circuit.ends[link];
        self.flow[link] = flow;
        self.surplus[from] -= flow;
        self.surplus[to] += flow;
        self.laws[link - self.layout.valves] = law;
    }

    /// Flow of a consumer and what it does to the water, at its inlet's temperature now.
    fn consumer(&self, i: usize) -> Result<(f64, Law), Error> {
        let consumer = &self.case.consumers[i];
        let missing = |what| Error::Unsupported {
            element: consumer.id.clone(),
            what,
        };
        let heat = self.asked.heat[i];
        let flow = self.asked.mass_flow[i];
        let back = self.asked.return_k[i];
        let cooling = self.asked.cooling_k[i];
        let at_least = consumer.min_mass_flow.kg_s();
        let inlet = self.now[consumer.supply_node];
        let t_in = self.medium.temperature(inlet);
        let drop_to = |back_k: f64| inlet - self.medium.enthalpy(back_k);
        let by_heat = |heat: f64, drop: f64| {
            let wanted = heat / drop.max(MIN_COOLING_K * self.medium.specific_heat(t_in));
            if wanted >= at_least {
                (wanted, None)
            } else {
                (at_least, Some(heat / at_least))
            }
        };
        let (flow, law) = match consumer.mode {
            ConsumerMode::HeatReturn => {
                let heat = heat.ok_or_else(|| missing("no heat is given"))?;
                let back = back.ok_or_else(|| missing("no return temperature is given"))?;
                match by_heat(heat, drop_to(back)) {
                    (flow, None) => (flow, Law::CoolTo(self.medium.enthalpy(back))),
                    (flow, Some(drop)) => (flow, Law::Shift(-drop)),
                }
            }
            ConsumerMode::HeatCooling => {
                let heat = heat.ok_or_else(|| missing("no heat is given"))?;
                let cooling = cooling.ok_or_else(|| missing("no cooling is given"))?;
                let drop = drop_to(t_in - cooling);
                let (flow, less) = by_heat(heat, drop);
                (flow, Law::Shift(-less.unwrap_or(drop)))
            }
            ConsumerMode::HeatFlow => {
                let heat = heat.ok_or_else(|| missing("no heat is given"))?;
                let flow = flow
                    .ok_or_else(|| missing("no flow is given"))?
                    .max(at_least);
                let drop = if flow > 0.0 { heat / flow } else { 0.0 };
                (flow, Law::Shift(-drop))
            }
            ConsumerMode::FlowCooling => {
                let flow = flow.ok_or_else(|| missing("no flow is given"))?;
                let cooling = cooling.ok_or_else(|| missing("no cooling is given"))?;
                (flow.max(at_least), Law::Shift(-drop_to(t_in - cooling)))
            }
            ConsumerMode::ReturnFlow => {
                let flow = flow.ok_or_else(|| missing("no flow is given"))?;
                let back = back.ok_or_else(|| missing("no return temperature is given"))?;
                (flow.max(at_least), Law::Give(self.medium.enthalpy(back)))
            }
            ConsumerMode::Substation { .. } => {
                let (flow, back_k) = self.hydraulic.wish(i, t_in);
                (flow, Law::CoolTo(self.medium.enthalpy(back_k)))
            }
        };
        Ok((flow, law))
    }

    /// Flow of a source that does not follow from the others.
    fn known_source(&self, i: usize) -> Option<f64> {
        let source = &self.case.sources[i];
        match source.kind {
            SourceKind::MassFlow(_) | SourceKind::HeatAndFlow(..) => self.asked.source_flow[i],
            SourceKind::Heat(_) => {
                let give = self.medium.enthalpy(self.asked.source_k[i]);
                let rise = give - self.now[source.return_node];
                let least = MIN_COOLING_K * self.medium.specific_heat(self.asked.source_k[i]);
                self.asked.source_heat[i].map(|heat| heat / rise.max(least))
            }
            SourceKind::Pressure { .. }
            | SourceKind::WorstPoint { .. }
            | SourceKind::ReturnLift(_) => None,
        }
    }

    fn source_law(&self, i: usize) -> Law {
        let flow = self.flow[self.layout.sources + i];
        match self.case.sources[i].kind {
            SourceKind::HeatAndFlow(..) => {
                let heat = self.asked.source_heat[i].unwrap_or(0.0);
                Law::Shift(if flow > 0.0 { heat / flow } else { 0.0 })
            }
            SourceKind::ReturnLift(_) => {
                // never warmer than the source itself: little flow takes little heat
                let heat = self.asked.source_heat[i].unwrap_or(0.0);
                let inlet = self.now[self.case.sources[i].return_node];
                let most = (self.medium.enthalpy(self.asked.source_k[i]) - inlet).max(0.0);
                Law::Shift(if flow > 0.0 {
                    (heat / flow).min(most)
                } else {
                    0.0
                })
            }
            _ => Law::Give(self.medium.enthalpy(self.asked.source_k[i])),
        }
    }

    fn move_water(&mut self, seconds: f64) {
        let drive = Drive {
            flow: &self.flow[..self.layout.world],
            laws: &self.laws,
            entering: &self.entering,
        };
        self.circuit.advance(seconds, &drive, &self.medium);
        self.circuit.now(&drive, &self.medium, &mut self.now);
    }

    /// Adds the heats of a step.
    fn tally(&mut self, seconds: f64) {
        let layout = self.layout;
        let given = |link: usize| {
            let flow = self.flow[link];
            let (from, to) = self.circuit.ends[link];
            let taken_at = if flow >= 0.0 { from } else { to };
            flow.abs() * seconds * (self.circuit.link_mean[link] - self.circuit.node_mean[taken_at])
        };
        let live = |link: &usize| self.flow[*link].abs() > 0.0;
        let fed: f64 = (layout.sources..layout.world).filter(live).map(given).sum();
        let delivered: f64 = (layout.consumers..layout.sources)
            .filter(live)
            .map(|link| -given(link))
            .sum();
        let mut exchanged = 0.0;
        for &(_, flow, h) in &self.entering {
            exchanged += flow * seconds * h;
        }
        for taking in &self.case.takings {
            let flow = taking.mass_flow.kg_s();
            exchanged -= flow.max(0.0) * seconds * self.circuit.node_mean[taking.node];
        }
        for (i, fixed) in self.case.pressures.iter().enumerate() {
            let flow = self.flow[layout.world + i];
            exchanged -= flow.max(0.0) * seconds * self.circuit.node_mean[fixed.node];
        }
        self.summary.fed_j += fed;
        self.summary.delivered_j += delivered;
        self.summary.exchanged_j += exchanged;
        self.summary.steps += 1;
    }

    /// The state now.
    pub fn state(&self) -> CaseState {
        let node_k: Vec<f64> = self
            .now
            .iter()
            .map(|h| self.medium.temperature(*h))
            .collect();
        let layout = self.layout;
        let pressure = self.hydraulic.pressures();
        let difference = |supply: usize, back: usize| match (pressure[supply], pressure[back]) {
            (Some(a), Some(b)) => a - b,
            _ => 0.0,
        };
        CaseState {
            is_converged: self.hydraulic.is_converged,
            iterations: self.hydraulic.iterations,
            residual: self.hydraulic.residual,
            pressure_pa: pressure.clone(),
            pipes: (0..layout.valves).map(|k| self.pipe_state(k)).collect(),
            valve_flow_kg_s: self.flow[layout.valves..layout.pumps].to_vec(),
            pump_flow_kg_s: self.flow[layout.pumps..layout.consumers].to_vec(),
            consumers: (0..self.case.consumers.len())
                .map(|i| {
                    let c = &self.case.consumers[i];
                    self.consumer_state(i, &node_k, difference(c.supply_node, c.return_node))
                })
                .collect(),
            sources: (0..self.case.sources.len())
                .map(|i| {
                    let s = &self.case.sources[i];
                    self.source_state(i, &node_k, difference(s.supply_node, s.return_node))
                })
                .collect(),
            temperature_k: node_k,
        }
    }

    fn pipe_state(&self, k: usize) -> CasePipeState {
        let body = &self.circuit.bodies[k];
        let flow = self.flow[k];
        let ground_k = self.circuit.ground_k[k];
        let outlet = body.at_end(flow >= 0.0, ground_k, &self.medium);
        let mean_k = self.pipe_k(k);
        let friction = self.hydraulic.friction(k, flow);
        let shape = &body.shape;
        let area = 0.25 * PI * shape.inner_diameter_m * shape.inner_diameter_m;
        let viscosity = self.medium.viscosity(mean_k);
        CasePipeState {
            mass_flow_kg_s: flow,
            outlet_temperature_k: self.medium.temperature(outlet),
            friction_pa: friction.loss_pa,
            velocity_m_s: flow / (self.medium.density(mean_k) * area),
            reynolds: convection::reynolds(flow, shape.inner_diameter_m, viscosity),
            friction_factor: friction.factor,
            loss_w: shape.conductance_w_k * (mean_k - ground_k),
        }
    }

    /// Water after a link without volume, now.
    fn after(&self, link: usize) -> f64 {
        let inlet = self.now[self.circuit.ends[link].0];
        match self.laws[link - self.layout.valves] {
            Law::Pass => inlet,
            Law::Give(h) => h,
            Law::Shift(by) => inlet + by,
            Law::CoolTo(h) => inlet.min(h),
        }
    }

    fn consumer_state(&self, i: usize, node_k: &[f64], lift_pa: f64) -> CaseConsumerState {
        let link = self.layout.consumers + i;
        let supply = self.case.consumers[i].supply_node;
        let (flow, after) = (self.flow[link], self.after(link));
        CaseConsumerState {
            mass_flow_kg_s: flow,
            heat_w: flow * (self.now[supply] - after),
            inlet_temperature_k: node_k[supply],
            outlet_temperature_k: self.medium.temperature(after),
            differential_pressure_pa: lift_pa,
        }
    }

    fn source_state(&self, i: usize, node_k: &[f64], lift_pa: f64) -> CaseSourceState {
        let link = self.layout.sources + i;
        let back = self.case.sources[i].return_node;
        let (flow, after) = (self.flow[link], self.after(link));
        CaseSourceState {
            mass_flow_kg_s: flow,
            return_temperature_k: node_k[back],
            supply_temperature_k: self.medium.temperature(after),
            heat_w: flow * (after - self.now[back]),
            differential_pressure_pa: lift_pa,
        }
    }
}

fn ends(case: &NetworkCase) -> Vec<(usize, usize)> {
    let pipes = case.pipes.iter().map(|p| (p.from, p.to));
    let valves = case.valves.iter().map(|v| (v.from, v.to));
    let pumps = case.pumps.iter().map(|p| (p.from, p.to));
    let consumers = case
        .consumers
        .iter()
        .map(|c| (c.supply_node, c.return_node));
    let sources = case.sources.iter().map(|s| (s.return_node, s.supply_node));
    pipes
        .chain(valves)
        .chain(pumps)
        .chain(consumers)
        .chain(sources)
        .collect()
}

/// Links whose flow follows from the others.
fn unknown(case: &NetworkCase, layout: Layout) -> Vec<Unknown> {
    let mut found: Vec<Unknown> = Vec::new();
    for (k, pipe) in case.pipes.iter().enumerate() {
        if !pipe.is_closed {
            found.push((k, pipe.from, Some(pipe.to)));
        }
    }
    for (k, valve) in case.valves.iter().enumerate() {
        if !matches!(valve.kind, ValveKind::Closed | ValveKind::FlowControl(_)) {
            found.push((layout.valves + k, valve.from, Some(valve.to)));
        }
    }
    for (k, pump) in case.pumps.iter().enumerate() {
        if !pump.is_off {
            found.push((layout.pumps + k, pump.from, Some(pump.to)));
        }
    }
    for (k, source) in case.sources.iter().enumerate() {
        let is_open = matches!(
            source.kind,
            SourceKind::Pressure { .. } | SourceKind::WorstPoint { .. } | SourceKind::ReturnLift(_)
        );
        if is_open {
            let link = layout.sources + k;
            found.push((link, source.return_node, Some(source.supply_node)));
        }
    }
    for (k, fixed) in case.pressures.iter().enumerate() {
        if fixed.pressure.is_some() {
            found.push((layout.world + k, fixed.node, None));
        }
    }
    found
}

/// Temperatures of the nodes to start from, K.
fn guessed(case: &NetworkCase, asked: &Asked) -> Vec<f64> {
    let hottest = asked.source_k.iter().copied().fold(f64::NAN, f64::max);
    let coolest = asked.return_k.iter().flatten().copied();
    let coolest = coolest.fold(f64::NAN, f64::min);
    let or_ambient = |t: f64| if t.is_nan() { asked.ambient_k } else { t };
    case.nodes
        .iter()
        .map(|node| match (node.initial_temperature, node.side) {
            (Some(t), _) => t.k(),
            (None, NetworkSide::Return) => or_ambient(coolest),
            (None, _) => or_ambient(hottest),
        })
        .collect()
}

fn bodies(
    case: &NetworkCase,
    options: &DynamicOptions,
    medium: &Medium,
    node_k: &[f64],
    has_film: bool,
) -> Vec<Body> {
    case.pipes
        .iter()
        .map(|pipe| {
            let start = Start {
                ends_k: (node_k[pipe.from], node_k[pipe.to]),
                has_film,
                most_plugs: options.max_plugs,
            };
            Body::new(shape(pipe), medium, &start)
        })
        .collect()
}

fn shape(pipe: &CasePipe) -> Shape {
    let (length_m, inner) = (pipe.length.m(), pipe.inner_diameter.m());
    let beside = pipe.neighbour.map_or(0.0, |(_, coupling)| coupling.w_mk());
    let steel = pipe.outer_diameter.map_or(0.0, |outer| {
        0.25 * PI * (outer.m() * outer.m() - inner * inner)
    });
    Shape {
        length_m,
        inner_diameter_m: inner,
        conductance_w_k: (pipe.loss.w_mk() + beside) * length_m,
        wall_j_k: pipe.wall_heat_j_m3k.unwrap_or(0.0) * steel * length_m,
    }
}
