//! Temperatures along the flow, and how the flows must change for the consumers to get their heat.
//!
//! The places fall into two parts. The trunk holds every place with a loop or a source behind it;
//! its pipes may flow either way and are sorted along the flow. Everything else hangs off the
//! trunk in trees whose water always runs outward on the supply side and inward on the return
//! side. Without loops and sources the trunk is the plant alone.

use crate::fluid::Fluid;
use crate::side::Side;
use crate::topology::Network;
use hukka_physics::pipe_loss::outlet_temperature;

/// Sweeps over a side whose water circulates, at most.
const MAX_CIRCULATIONS: usize = 2000;
/// … until no place moves by more than this.
const SETTLED_K: f64 = 1e-10;

/// Water that enters a side from outside: `(mass flow, mass flow × enthalpy)` by place.
pub(crate) type Entering = Vec<(f64, f64)>;

/// Which way the water runs in the trees that hang off the trunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// Supply side.
    Outward,
    /// Return side.
    Inward,
}

/// Workspace of the sweeps over one side.
#[derive(Debug, Clone)]
pub(crate) struct Sweep {
    direction: Direction,
    /// Places that hang off the trunk, ascending: parents first.
    hanging: Vec<usize>,
    trunk: Vec<usize>,
    /// Pipes between places of the trunk, by place: `(pipe, other place, +1 if it leaves here)`.
    links: Vec<Vec<(usize, usize, f64)>>,
    /// The trunk along the flow.
    sorted: Vec<usize>,
    /// Some places feed themselves.
    is_circular: bool,
    waiting: Vec<u32>,
    /// Water and enthalpy gathered at each place.
    gathered: Entering,
    /// What the trunk gets from outside and from the hanging trees.
    at_trunk: Entering,
    /// Sensitivity of each pipe's outlet temperature to its inlet temperature.
    by_inlet: Vec<f64>,
    /// … and to its mass flow (absolute value).
    by_flow: Vec<f64>,
    /// Extra flow wanted behind each place at unchanged temperature, then per kelvin.
    wanted: Vec<(f64, f64)>,
    shift: Vec<f64>,
    joins: Vec<Join>,
}

/// How the pipes into a place act together.
#[derive(Debug, Clone, Copy, Default)]
struct Join {
    /// Water arriving through pipes.
    piped: f64,
    by_inlet: f64,
    by_flow: f64,
}

/// The ground and the fluid around a sweep.
pub(crate) struct Around<'a, F> {
    pub(crate) network: &'a Network,
    pub(crate) fluid: &'a F,
    pub(crate) ground_k: f64,
}

impl Sweep {
    pub(crate) fn new(network: &Network, direction: Direction, inflow_places: &[usize]) -> Self {
        let (n, pipes) = (network.nodes(), network.tail.len());
        let is_trunk = trunk(network, inflow_places);
        let mut links: Vec<Vec<(usize, usize, f64)>> = vec![Vec::new(); n];
        for k in 1..pipes {
            let (a, b) = (network.tail[k], network.head[k]);
            if is_trunk[a] && is_trunk[b] {
                links[a].push((k, b, 1.0));
                links[b].push((k, a, -1.0));
            }
        }
        Self {
            direction,
            hanging: (1..n).filter(|&v| !is_trunk[v]).collect(),
            trunk: (0..n).filter(|&v| is_trunk[v]).collect(),
            links,
            sorted: Vec::with_capacity(n),
            is_circular: false,
            waiting: vec![0; n],
            gathered: vec![(0.0, 0.0); n],
            at_trunk: vec![(0.0, 0.0); n],
            by_inlet: vec![0.0; pipes],
            by_flow: vec![0.0; pipes],
            wanted: vec![(0.0, 0.0); n],
            shift: vec![0.0; n],
            joins: vec![Join::default(); n],
        }
    }

    /// Takes the water entering from outside; on the return side also runs the hanging trees, which
    /// no flow in the trunk can change.
    pub(crate) fn enter<F: Fluid>(
        &mut self,
        around: &Around<'_, F>,
        side: &mut Side,
        entering: &Entering,
    ) {
        self.gathered.copy_from_slice(entering);
        if self.direction == Direction::Inward {
            for i in (0..self.hanging.len()).rev() {
                let k = self.hanging[i];
                self.mix(around, side, k);
                self.run_pipe(around, side, k, (k, around.network.parent[k]));
            }
        }
        for &v in &self.trunk {
            self.at_trunk[v] = self.gathered[v];
        }
    }

    /// Temperatures of all places and pipe ends for the present flows, after [`Self::enter`].
    ///
    /// Every pipe cools exponentially towards the ground with the specific heat at its inlet;
    /// places mix enthalpy. A place without water has ground temperature.
    pub(crate) fn temperatures<F: Fluid>(&mut self, around: &Around<'_, F>, side: &mut Side) {
        self.sort(side);
        for &v in &self.trunk {
            self.gathered[v] = self.at_trunk[v];
        }
        for _ in 0..MAX_CIRCULATIONS {
            let moved = self.along_trunk(around, side);
            if !self.is_circular || moved <= SETTLED_K {
                break;
            }
        }
        if self.direction == Direction::Outward {
            for i in 0..self.hanging.len() {
                let k = self.hanging[i];
                let inlet = side.temperature[around.network.parent[k]];
                let outlet = self.cool(around, k, inlet, side.mass_flow[k]);
                side.temperature[k] = outlet;
                side.outlet[k] = outlet;
            }
        }
    }

    /// One sweep over the trunk; returns the largest change of a place's temperature.
    fn along_trunk<F: Fluid>(&mut self, around: &Around<'_, F>, side: &mut Side) -> f64 {
        let mut moved = 0.0_f64;
        for i in 0..self.sorted.len() {
            let v = self.sorted[i];
            if self.is_circular {
                self.gathered[v] = arriving(&self.links[v], side, around.fluid, self.at_trunk[v]);
            }
            let was = side.temperature[v];
            self.mix(around, side, v);
            moved = moved.max((side.temperature[v] - was).abs());
            for l in 0..self.links[v].len() {
                let (k, other, sign) = self.links[v][l];
                let m = side.mass_flow[k];
                if m * sign > 0.0 {
                    self.run_pipe(around, side, k, (v, other));
                } else if m.abs() <= 0.0 {
                    self.rest(around, side, k);
                }
            }
        }
        moved
    }

    /// Kahn's order of the trunk along the flow. Places on a closed circulation, possible only
    /// where buoyancy drives the water, come last; sweeps are then repeated until they settle.
    fn sort(&mut self, side: &Side) {
        for &v in &self.trunk {
            let into = |&&(k, _, sign): &&(usize, usize, f64)| side.mass_flow[k] * sign < 0.0;
            self.waiting[v] = self.links[v].iter().filter(into).count() as u32;
        }
        self.sorted.clear();
        self.sorted
            .extend(self.trunk.iter().filter(|&&v| self.waiting[v] == 0));
        let mut next = 0;
        while next < self.sorted.len() {
            let v = self.sorted[next];
            next += 1;
            for &(k, other, sign) in &self.links[v] {
                if side.mass_flow[k] * sign > 0.0 {
                    self.waiting[other] -= 1;
                    if self.waiting[other] == 0 {
                        self.sorted.push(other);
                    }
                }
            }
        }
        self.is_circular = self.sorted.len() < self.trunk.len();
        if self.is_circular {
            self.sorted
                .extend(self.trunk.iter().filter(|&&v| self.waiting[v] > 0));
        }
    }

    /// Enthalpies of the hanging places, which an outward sweep leaves out.
    pub(crate) fn finish(&self, side: &mut Side, fluid: &impl Fluid) {
        if self.direction == Direction::Outward {
            for &k in &self.hanging {
                side.enthalpy[k] = fluid.enthalpy(side.temperature[k]);
            }
        }
    }

    #[inline]
    fn mix<F: Fluid>(&self, around: &Around<'_, F>, side: &mut Side, v: usize) {
        let (mass, heat) = self.gathered[v];
        if mass > 0.0 {
            side.enthalpy[v] = heat / mass;
            side.temperature[v] = around.fluid.temperature(heat / mass);
        } else {
            side.temperature[v] = around.ground_k;
            side.enthalpy[v] = around.fluid.enthalpy(around.ground_k);
        }
    }

    /// Runs the water of a pipe to its other end and adds it there.
    #[inline]
    fn run_pipe<F: Fluid>(
        &mut self,
        around: &Around<'_, F>,
        side: &mut Side,
        k: usize,
        (from, to): (usize, usize),
    ) {
        let m = side.mass_flow[k].abs();
        let outlet = self.cool(around, k, side.temperature[from], m);
        side.outlet[k] = outlet;
        let gathered = &mut self.gathered[to];
        gathered.0 += m;
        gathered.1 += m * around.fluid.enthalpy(outlet);
    }

    /// Outlet temperature of a pipe; its sensitivities are noted.
    #[inline]
    fn cool<F: Fluid>(
        &mut self,
        around: &Around<'_, F>,
        k: usize,
        inlet: f64,
        mass_flow: f64,
    ) -> f64 {
        let conductance = around.network.conductance[k];
        let ground = around.ground_k;
        let cp = around.fluid.specific_heat(inlet);
        let outlet = outlet_temperature(inlet, ground, conductance, 1.0, mass_flow, cp);
        if self.direction == Direction::Outward {
            let excess = inlet - ground;
            self.by_inlet[k] = if excess.abs() > 1e-9 {
                (outlet - ground) / excess
            } else {
                1.0
            };
            self.by_flow[k] = if mass_flow > 0.0 {
                (outlet - ground) * conductance / (cp * mass_flow * mass_flow)
            } else {
                0.0
            };
        }
        outlet
    }

    fn rest<F: Fluid>(&mut self, around: &Around<'_, F>, side: &mut Side, k: usize) {
        side.outlet[k] = around.ground_k;
        self.by_inlet[k] = 0.0;
        self.by_flow[k] = 0.0;
    }

    /// Newton step of the supply side: temperature changes at the places.
    ///
    /// Draws want `a + b ΔT` more water. A pipe's outlet follows inlet and flow,
    /// `ΔT_out = α ΔT_in + β Δm`, so what a subtree wants can be folded into one line per place:
    /// `Δm = (a + b α ΔT_in)/(1 − b β)`. Backwards to fold, forwards to unfold. Exact in trees;
    /// where pipes join in the trunk, shares of the flow are held, and the outer iteration makes
    /// up for it.
    ///
    /// # Sign  `want[place]` = (kg/s, kg/(s K)); `b ≤ 0 ≤ β` keeps the denominator above one
    pub(crate) fn newton(
        &mut self,
        network: &Network,
        side: &Side,
        entering: &Entering,
        want: &[(f64, f64)],
    ) -> &[f64] {
        self.wanted.copy_from_slice(want);
        for &k in self.hanging.iter().rev() {
            let (a, b) = self.wanted[k];
            let scale = 1.0 / (1.0 - b * self.by_flow[k]);
            let folded = (a * scale, b * scale * self.by_inlet[k]);
            self.wanted[k] = folded;
            let parent = &mut self.wanted[network.parent[k]];
            parent.0 += folded.0;
            parent.1 += folded.1;
        }
        self.newton_trunk(side, entering);
        for &k in &self.hanging {
            let above = self.shift[network.parent[k]];
            let (a, b) = self.wanted[k];
            self.shift[k] = self.by_inlet[k] * above + self.by_flow[k] * (a + b * above);
        }
        &self.shift
    }

    fn newton_trunk(&mut self, side: &Side, entering: &Entering) {
        for i in (0..self.sorted.len()).rev() {
            let v = self.sorted[i];
            if is_fed(entering, v) {
                continue;
            }
            let join = self.join(side, entering, v);
            self.joins[v] = join;
            let (a, b) = self.wanted[v];
            let scale = 1.0 / (1.0 - b * join.by_flow);
            for &(k, other, sign) in &self.links[v] {
                let m = -side.mass_flow[k] * sign;
                if m > 0.0 {
                    let share = scale * m / join.piped;
                    self.wanted[other].0 += share * a;
                    self.wanted[other].1 += share * b * join.by_inlet;
                }
            }
        }
        for i in 0..self.sorted.len() {
            let v = self.sorted[i];
            self.shift[v] = 0.0;
            if is_fed(entering, v) {
                continue;
            }
            let (join, (a, b)) = (self.joins[v], self.wanted[v]);
            let mut carried = 0.0;
            for &(k, other, sign) in &self.links[v] {
                let m = -side.mass_flow[k] * sign;
                if m > 0.0 {
                    let weight = m / (join.piped + entering[v].0);
                    carried += weight * self.by_inlet[k] * self.shift[other];
                }
            }
            let more = (a + b * carried) / (1.0 - b * join.by_flow);
            self.shift[v] = carried + join.by_flow * more;
        }
    }

    fn join(&self, side: &Side, entering: &Entering, v: usize) -> Join {
        let mut join = Join::default();
        for &(k, _, sign) in &self.links[v] {
            let m = -side.mass_flow[k] * sign;
            if m > 0.0 {
                join.piped += m;
                join.by_inlet += m * self.by_inlet[k];
                join.by_flow += m * m * self.by_flow[k];
            }
        }
        if join.piped > 0.0 {
            let total = join.piped + entering[v].0;
            join.by_inlet /= total;
            join.by_flow /= total * join.piped;
        }
        join
    }
}

/// Whether a place is the plant and takes what it wants from there.
fn is_fed(entering: &Entering, v: usize) -> bool {
    v == 0 && entering[0].0 > 0.0
}

/// Places with a loop or a source at or behind them, and the plant.
fn trunk(network: &Network, inflow_places: &[usize]) -> Vec<bool> {
    let n = network.nodes();
    let mut is_trunk = vec![false; n];
    is_trunk[0] = true;
    for k in n..network.tail.len() {
        is_trunk[network.tail[k]] = true;
        is_trunk[network.head[k]] = true;
    }
    for &place in inflow_places {
        is_trunk[place] = true;
    }
    for k in (1..n).rev() {
        if is_trunk[k] {
            is_trunk[network.parent[k]] = true;
        }
    }
    is_trunk
}

/// Water and enthalpy that enter a place, pipes as last worked out.
fn arriving(
    links: &[(usize, usize, f64)],
    side: &Side,
    fluid: &impl Fluid,
    entering: (f64, f64),
) -> (f64, f64) {
    links.iter().fold(entering, |(mass, heat), &(k, _, sign)| {
        let m = (-side.mass_flow[k] * sign).max(0.0);
        (mass + m, heat + m * fluid.enthalpy(side.outlet[k]))
    })
}
