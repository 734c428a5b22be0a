//! Pipes, valves, plants and consumers as links between nodes, run through in the order of flow.
//!
//! Invariants: heat entering a node leaves it; one step changes a pipe once; the order of
//! summation follows from the flows alone.

use super::body::Body;
use super::signal::Signal;
use crate::fluid::Fluid;

/// What a link without volume does to the water that flows along it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Law {
    /// Nothing.
    Pass,
    /// Gives water of this enthalpy, whatever comes.
    Give(f64),
    /// Adds this much enthalpy.
    Shift(f64),
    /// Cools to this enthalpy; colder water passes.
    CoolTo(f64),
}

impl Law {
    fn apply(self, inflow: &Signal) -> Signal {
        match self {
            Self::Give(h) => Signal::constant(h),
            Self::Shift(by) => inflow.shifted(by),
            Self::CoolTo(h) if inflow.mean() > h => Signal::constant(h),
            Self::Pass | Self::CoolTo(_) => *inflow,
        }
    }
}

/// What drives a step.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Drive<'a> {
    /// Flow along each link, kg/s, pipes first.
    pub(crate) flow: &'a [f64],
    /// Law of each link after the pipes.
    pub(crate) laws: &'a [Law],
    /// Water from outside: node, kg/s, J/kg.
    pub(crate) entering: &'a [(usize, f64, f64)],
}

/// Nodes, links and the water in the pipes.
#[derive(Debug, Clone)]
pub(crate) struct Circuit {
    /// Ends of each link, pipes first.
    pub(crate) ends: Vec<(usize, usize)>,
    at_node: Vec<Vec<usize>>,
    pub(crate) bodies: Vec<Body>,
    /// What each pipe loses heat to, K.
    pub(crate) ground_k: Vec<f64>,
    /// Mean enthalpy of what flowed through each node in the last step.
    pub(crate) node_mean: Vec<f64>,
    /// Mean enthalpy of what left each link.
    pub(crate) link_mean: Vec<f64>,
    /// Nodes in the order of flow.
    order: Vec<usize>,
    waiting: Vec<u32>,
    gathered: Vec<(f64, Signal)>,
}

/// A link whose water was let through on a guess of what flows in.
struct Guess {
    link: usize,
    enthalpy: f64,
}

impl Circuit {
    /// Nodes start at the given enthalpies.
    pub(crate) fn new(
        node_start: Vec<f64>,
        ends: Vec<(usize, usize)>,
        bodies: Vec<Body>,
        ground_k: Vec<f64>,
    ) -> Self {
        let nodes = node_start.len();
        let mut at_node = vec![Vec::new(); nodes];
        for (link, &(from, to)) in ends.iter().enumerate() {
            at_node[from].push(link);
            at_node[to].push(link);
        }
        Self {
            link_mean: ends.iter().map(|e| node_start[e.1]).collect(),
            ends,
            at_node,
            bodies,
            ground_k,
            node_mean: node_start,
            order: (0..nodes).collect(),
            waiting: vec![0; nodes],
            gathered: vec![(0.0, Signal::EMPTY); nodes],
        }
    }

    /// Node a link takes from and node it gives to at a flow.
    fn along(&self, link: usize, flow: f64) -> (usize, usize) {
        let (from, to) = self.ends[link];
        if flow >= 0.0 { (from, to) } else { (to, from) }
    }

    /// Whether a link gives the same whatever flows in.
    fn is_given(&self, link: usize, drive: &Drive<'_>) -> bool {
        link >= self.bodies.len()
            && drive.flow[link] > 0.0
            && matches!(drive.laws[link - self.bodies.len()], Law::Give(_))
    }

    /// Moves everything for some seconds.
    pub(crate) fn advance(&mut self, seconds: f64, drive: &Drive<'_>, fluid: &impl Fluid) {
        self.prepare(drive);
        let mut guesses: Vec<Guess> = Vec::new();
        let mut is_done = vec![false; self.node_mean.len()];
        let mut next = 0;
        loop {
            while next < self.order.len() {
                let node = self.order[next];
                next += 1;
                is_done[node] = true;
                self.leave(node, (seconds, drive), &guesses, fluid);
            }
            let Some(link) = self.widest_link(seconds, &is_done, drive, &guesses) else {
                break;
            };
            let (from, to) = self.along(link, drive.flow[link]);
            let enthalpy = self.node_mean[from];
            let out = self.run(link, &Signal::constant(enthalpy), (seconds, drive), fluid);
            guesses.push(Guess { link, enthalpy });
            self.deliver(link, to, drive.flow[link].abs(), &out);
        }
        self.order
            .extend((0..is_done.len()).filter(|&v| !is_done[v]));
        self.rest(seconds, drive, fluid);
        for guess in guesses {
            let flow = drive.flow[guess.link];
            let from = self.along(guess.link, flow).0;
            let mass = flow.abs() * seconds;
            let heat = mass * (self.node_mean[from] - guess.enthalpy);
            self.bodies[guess.link].correct(flow > 0.0, mass, heat);
        }
    }

    /// Counts what every node waits for and lets in what comes from outside.
    fn prepare(&mut self, drive: &Drive<'_>) {
        self.waiting.fill(0);
        self.gathered.fill((0.0, Signal::EMPTY));
        self.order.clear();
        for &(node, mass, h) in drive.entering {
            self.gather(node, mass, &Signal::constant(h));
        }
        for link in 0..self.ends.len() {
            let flow = drive.flow[link];
            if flow.abs() <= 0.0 {
                continue;
            }
            let to = self.along(link, flow).1;
            if self.is_given(link, drive) {
                let law = drive.laws[link - self.bodies.len()];
                let out = law.apply(&Signal::EMPTY);
                self.link_mean[link] = out.mean();
                self.gather(to, flow, &out);
            } else {
                self.waiting[to] += 1;
            }
        }
        let ready = (0..self.waiting.len()).filter(|&v| self.waiting[v] == 0);
        self.order.extend(ready);
    }

    /// Sends what has gathered at a node along every link that takes from it.
    fn leave(
        &mut self,
        node: usize,
        (seconds, drive): (f64, &Drive<'_>),
        guesses: &[Guess],
        fluid: &impl Fluid,
    ) {
        let (mass, signal) = self.gathered[node];
        if mass <= 0.0 {
            return;
        }
        self.node_mean[node] = signal.mean();
        for i in 0..self.at_node[node].len() {
            let link = self.at_node[node][i];
            let flow = drive.flow[link];
            if flow.abs() <= 0.0 || self.is_given(link, drive) {
                continue;
            }
            let (from, to) = self.along(link, flow);
            if from != node || guesses.iter().any(|guess| guess.link == link) {
                continue;
            }
            let out = self.run(link, &signal, (seconds, drive), fluid);
            self.deliver(link, to, flow.abs(), &out);
        }
    }

    fn run(
        &mut self,
        link: usize,
        inflow: &Signal,
        (seconds, drive): (f64, &Drive<'_>),
        fluid: &impl Fluid,
    ) -> Signal {
        let flow = drive.flow[link];
        match self.bodies.get_mut(link) {
            Some(body) => {
                let ground_k = self.ground_k[link];
                let inlet_k = fluid.temperature(inflow.mean());
                body.advance(flow, inflow, (seconds, ground_k, inlet_k), fluid)
            }
            None if flow > 0.0 => drive.laws[link - self.bodies.len()].apply(inflow),
            None => *inflow,
        }
    }

    fn deliver(&mut self, link: usize, to: usize, mass: f64, out: &Signal) {
        self.link_mean[link] = out.mean();
        self.gather(to, mass, out);
        self.waiting[to] -= 1;
        if self.waiting[to] == 0 {
            self.order.push(to);
        }
    }

    fn gather(&mut self, node: usize, mass: f64, signal: &Signal) {
        let (held, before) = &mut self.gathered[node];
        *before = if *held > 0.0 {
            Signal::mixed((*held, before), (mass, signal))
        } else {
            *signal
        };
        *held += mass;
    }

    /// Where water runs in a circle: the pipe with most content for its flow, not yet run, whose
    /// water does not yet depend on what enters.
    fn widest_link(
        &self,
        seconds: f64,
        is_done: &[bool],
        drive: &Drive<'_>,
        guesses: &[Guess],
    ) -> Option<usize> {
        let mut widest: Option<(usize, f64)> = None;
        for link in 0..self.bodies.len() {
            let flow = drive.flow[link];
            if flow.abs() <= 0.0 || guesses.iter().any(|guess| guess.link == link) {
                continue;
            }
            if is_done[self.along(link, flow).0] {
                continue;
            }
            let ratio = self.bodies[link].held() / (flow.abs() * seconds);
            if widest.is_none_or(|w| ratio > w.1) {
                widest = Some((link, ratio));
            }
        }
        widest.map(|w| w.0)
    }

    /// Pipes without flow only cool.
    fn rest(&mut self, seconds: f64, drive: &Drive<'_>, fluid: &impl Fluid) {
        for pipe in 0..self.bodies.len() {
            if drive.flow[pipe].abs() <= 0.0 {
                let ground_k = self.ground_k[pipe];
                let near_k = fluid.temperature(self.node_mean[self.ends[pipe].0]);
                let inflow = Signal::constant(self.node_mean[self.ends[pipe].0]);
                let out =
                    self.bodies[pipe].advance(0.0, &inflow, (seconds, ground_k, near_k), fluid);
                self.link_mean[pipe] = out.mean();
            }
        }
    }

    /// Enthalpy of every node at this moment, with the laws of this moment.
    ///
    /// Nodes mix what arrives from pipe ends; nodes where nothing arrives have the mean of the
    /// pipe ends there.
    pub(crate) fn now(&self, drive: &Drive<'_>, fluid: &impl Fluid, out: &mut Vec<f64>) {
        out.clone_from(&self.node_mean);
        let end = |link: usize, is_end: bool| {
            let ground_k = self.ground_k[link];
            self.bodies[link].at_end(is_end, ground_k, fluid)
        };
        for &node in &self.order {
            let (mut mass, mut heat) = (0.0, 0.0);
            for &(at, flow, h) in drive.entering {
                if at == node {
                    mass += flow;
                    heat += flow * h;
                }
            }
            let (mut ends, mut beside) = (0.0, 0.0);
            for &link in &self.at_node[node] {
                let flow = drive.flow[link];
                if link < self.bodies.len() {
                    ends += 1.0;
                    beside += end(link, self.ends[link].1 == node);
                }
                let (from, to) = self.along(link, flow);
                if flow.abs() <= 0.0 || to != node {
                    continue;
                }
                let arriving = match self.bodies.get(link) {
                    Some(_) => end(link, flow > 0.0),
                    None if flow > 0.0 => {
                        let law = drive.laws[link - self.bodies.len()];
                        law.apply(&Signal::constant(out[from])).mean()
                    }
                    None => out[from],
                };
                mass += flow.abs();
                heat += flow.abs() * arriving;
            }
            if mass > 0.0 {
                out[node] = heat / mass;
            } else if ends > 0.0 {
                out[node] = beside / ends;
            }
        }
    }

    /// Heat in all pipes, J.
    pub(crate) fn stored(&self) -> f64 {
        self.bodies.iter().map(Body::stored).sum()
    }

    /// Heat lost by all pipes since the start, J.
    pub(crate) fn lost(&self) -> f64 {
        self.bodies.iter().map(Body::lost).sum()
    }
}
