//! Temperatures along the flow, and how the flows must change for the consumers to get their heat.

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

/// In which order the places can be worked through so that upstream comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// Tree, all water flows away from the plant.
    Outward,
    /// Tree, all water flows towards the plant.
    Inward,
    /// Anything else: sorted along the flow.
    Sorted,
}

/// Workspace of the sweeps over one side.
#[derive(Debug, Clone)]
pub(crate) struct Sweep {
    order: Order,
    sorted: Vec<usize>,
    /// Some places feed themselves.
    is_circular: bool,
    waiting: Vec<u32>,
    /// Water and enthalpy gathered at each place.
    gathered: Entering,
    /// Sensitivity of each pipe's outlet temperature to its inlet temperature.
    by_inlet: Vec<f64>,
    /// … and to its mass flow (absolute value).
    by_flow: Vec<f64>,
    /// Extra flow wanted behind each place at unchanged temperature, then per kelvin.
    wanted: Vec<f64>,
    wanted_per_k: Vec<f64>,
    shift: Vec<f64>,
}

impl Sweep {
    pub(crate) fn new(network: &Network) -> Self {
        let (n, pipes) = (network.nodes(), network.tail.len());
        Self {
            order: Order::Sorted,
            sorted: Vec::with_capacity(n),
            is_circular: false,
            waiting: vec![0; n],
            gathered: vec![(0.0, 0.0); n],
            by_inlet: vec![0.0; pipes],
            by_flow: vec![0.0; pipes],
            wanted: vec![0.0; n],
            wanted_per_k: vec![0.0; n],
            shift: vec![0.0; n],
        }
    }

    /// Chooses the order for the present flows.
    ///
    /// Water entering anywhere but at the plant is allowed in an inward sweep only.
    pub(crate) fn sort(&mut self, network: &Network, side: &Side, enters_only_at_plant: bool) {
        let tree = &side.mass_flow[1..];
        self.is_circular = false;
        self.order = if !network.loops.is_empty() {
            Order::Sorted
        } else if enters_only_at_plant && tree.iter().all(|&m| m >= 0.0) {
            Order::Outward
        } else if tree.iter().all(|&m| m <= 0.0) {
            Order::Inward
        } else {
            Order::Sorted
        };
        if self.order == Order::Sorted {
            self.sort_along_flow(network, side);
        }
    }

    /// Kahn's order along the flow. Places on a closed circulation, possible only where buoyancy
    /// alone drives the water, come last in their own order; sweeps are then repeated until they settle.
    fn sort_along_flow(&mut self, network: &Network, side: &Side) {
        self.waiting.fill(0);
        for k in 1..network.tail.len() {
            let m = side.mass_flow[k];
            if m > 0.0 {
                self.waiting[network.head[k]] += 1;
            } else if m < 0.0 {
                self.waiting[network.tail[k]] += 1;
            }
        }
        self.sorted.clear();
        self.sorted
            .extend((0..network.nodes()).filter(|&v| self.waiting[v] == 0));
        let mut next = 0;
        while next < self.sorted.len() {
            let v = self.sorted[next];
            next += 1;
            for &(k, other, sign) in &network.links[v] {
                if side.mass_flow[k] * sign > 0.0 {
                    self.waiting[other] -= 1;
                    if self.waiting[other] == 0 {
                        self.sorted.push(other);
                    }
                }
            }
        }
        self.is_circular = self.sorted.len() < network.nodes();
        if self.is_circular {
            self.sorted
                .extend((0..network.nodes()).filter(|&v| self.waiting[v] > 0));
        }
    }

    /// Temperatures of all places and pipe ends for the present flows.
    ///
    /// Every pipe cools exponentially towards the ground with the specific heat at its inlet;
    /// places mix enthalpy. A place without water has ground temperature.
    pub(crate) fn temperatures(
        &mut self,
        network: &Network,
        side: &mut Side,
        fluid: &impl Fluid,
        ground_k: f64,
        entering: &Entering,
    ) {
        if self.order == Order::Outward {
            self.outward(network, side, fluid, ground_k, entering[0]);
            return;
        }
        for _ in 0..MAX_CIRCULATIONS {
            let moved = self.along_order(network, side, fluid, ground_k, entering);
            if !self.is_circular || moved <= SETTLED_K {
                break;
            }
        }
        self.rest_stagnant(network, side, ground_k);
    }

    /// One sweep in the chosen order; returns the largest change of a place's temperature.
    fn along_order(
        &mut self,
        network: &Network,
        side: &mut Side,
        fluid: &impl Fluid,
        ground_k: f64,
        entering: &Entering,
    ) -> f64 {
        let mut moved = 0.0_f64;
        self.gathered.copy_from_slice(entering);
        for i in 0..network.nodes() {
            let v = self.nth(i);
            if self.is_circular {
                self.gathered[v] = arriving(network, side, fluid, entering[v], v);
            }
            let before = side.temperature[v];
            self.mix(side, fluid, ground_k, v);
            moved = moved.max((side.temperature[v] - before).abs());
            if self.order == Order::Inward {
                if v > 0 {
                    self.run_pipe(network, side, fluid, ground_k, v);
                }
                continue;
            }
            for &(k, _, sign) in &network.links[v] {
                if side.mass_flow[k] * sign > 0.0 {
                    self.run_pipe(network, side, fluid, ground_k, k);
                }
            }
        }
        moved
    }

    /// Place that comes `i`-th along the flow.
    #[inline]
    fn nth(&self, i: usize) -> usize {
        match self.order {
            Order::Outward => i,
            Order::Inward => self.wanted.len() - 1 - i,
            Order::Sorted => self.sorted[i],
        }
    }

    fn outward(
        &mut self,
        network: &Network,
        side: &mut Side,
        fluid: &impl Fluid,
        ground_k: f64,
        plant: (f64, f64),
    ) {
        self.gathered[0] = plant;
        self.mix(side, fluid, ground_k, 0);
        for k in 1..network.nodes() {
            let inlet = side.temperature[network.parent[k]];
            let outlet = self.cool(network, fluid, ground_k, k, (inlet, side.mass_flow[k]));
            side.temperature[k] = outlet;
            side.outlet[k] = outlet;
        }
    }

    /// Enthalpies at all places, where an outward sweep left them out.
    pub(crate) fn finish(&self, side: &mut Side, fluid: &impl Fluid) {
        if self.order == Order::Outward {
            for (h, t) in side.enthalpy.iter_mut().zip(&side.temperature).skip(1) {
                *h = fluid.enthalpy(*t);
            }
        }
    }

    #[inline]
    fn mix(&self, side: &mut Side, fluid: &impl Fluid, ground_k: f64, v: usize) {
        let (mass, heat) = self.gathered[v];
        if mass > 0.0 {
            side.enthalpy[v] = heat / mass;
            side.temperature[v] = fluid.temperature(heat / mass);
        } else {
            side.temperature[v] = ground_k;
            side.enthalpy[v] = fluid.enthalpy(ground_k);
        }
    }

    /// Runs the water of a pipe to its other end and adds it there.
    #[inline]
    fn run_pipe(
        &mut self,
        network: &Network,
        side: &mut Side,
        fluid: &impl Fluid,
        ground_k: f64,
        k: usize,
    ) {
        let m = side.mass_flow[k];
        let (from, to) = if m >= 0.0 {
            (network.tail[k], network.head[k])
        } else {
            (network.head[k], network.tail[k])
        };
        let inlet = side.temperature[from];
        let outlet = self.cool(network, fluid, ground_k, k, (inlet, m.abs()));
        side.outlet[k] = outlet;
        let gathered = &mut self.gathered[to];
        gathered.0 += m.abs();
        gathered.1 += m.abs() * fluid.enthalpy(outlet);
    }

    /// Outlet temperature of a pipe, its sensitivities noted.
    #[inline]
    fn cool(
        &mut self,
        network: &Network,
        fluid: &impl Fluid,
        ground_k: f64,
        k: usize,
        (inlet, mass_flow): (f64, f64),
    ) -> f64 {
        let conductance = network.conductance[k];
        let cp = fluid.specific_heat(inlet);
        let outlet = outlet_temperature(inlet, ground_k, conductance, 1.0, mass_flow, cp);
        let excess = inlet - ground_k;
        let remaining = if excess.abs() > 1e-9 {
            (outlet - ground_k) / excess
        } else {
            1.0
        };
        self.by_inlet[k] = remaining;
        self.by_flow[k] = if mass_flow > 0.0 {
            (outlet - ground_k) * conductance / (cp * mass_flow * mass_flow)
        } else {
            0.0
        };
        outlet
    }

    fn rest_stagnant(&mut self, network: &Network, side: &mut Side, ground_k: f64) {
        for k in 1..network.tail.len() {
            if side.mass_flow[k].abs() <= 0.0 {
                side.outlet[k] = ground_k;
                self.by_inlet[k] = 0.0;
                self.by_flow[k] = 0.0;
            }
        }
    }

    /// Newton step of the supply side: temperature changes at the places.
    ///
    /// Draws want `a + b ΔT` more water. A pipe's outlet follows inlet and flow,
    /// `ΔT_out = α ΔT_in + β Δm`, so what a subtree wants can be folded into one line per place:
    /// `Δm = (a + b α ΔT_in)/(1 − b β)`. Backwards to fold, forwards to unfold. Exact in a tree;
    /// where pipes join, shares of the flow are held, and the outer iteration makes up for it.
    ///
    /// # Sign  `want[place]` = (kg/s, kg/(s K)); `b ≤ 0 ≤ β` keeps the denominator above one
    pub(crate) fn newton(
        &mut self,
        network: &Network,
        side: &Side,
        entering: &Entering,
        want: &[(f64, f64)],
    ) -> &[f64] {
        for (v, &(a, b)) in want.iter().enumerate() {
            self.wanted[v] = a;
            self.wanted_per_k[v] = b;
        }
        if self.order == Order::Outward {
            self.newton_outward(network);
        } else {
            self.newton_sorted(network, side, entering);
        }
        &self.shift
    }

    fn newton_outward(&mut self, network: &Network) {
        let n = network.nodes();
        for k in (1..n).rev() {
            let (alpha, beta) = (self.by_inlet[k], self.by_flow[k]);
            let scale = 1.0 / (1.0 - self.wanted_per_k[k] * beta);
            let (a, b) = (self.wanted[k] * scale, self.wanted_per_k[k] * scale * alpha);
            self.wanted[k] = a;
            self.wanted_per_k[k] = b;
            let parent = network.parent[k];
            self.wanted[parent] += a;
            self.wanted_per_k[parent] += b;
        }
        self.shift[0] = 0.0;
        for k in 1..n {
            let above = self.shift[network.parent[k]];
            let more = self.wanted[k] + self.wanted_per_k[k] * above;
            self.shift[k] = self.by_inlet[k] * above + self.by_flow[k] * more;
        }
    }

    fn newton_sorted(&mut self, network: &Network, side: &Side, entering: &Entering) {
        let n = network.nodes();
        for i in (0..n).rev() {
            let v = self.nth(i);
            if v == 0 && entering[0].0 > 0.0 {
                continue;
            }
            let join = self.join(network, side, entering, v);
            let scale = 1.0 / (1.0 - self.wanted_per_k[v] * join.by_flow);
            let (a, b) = (
                self.wanted[v] * scale,
                self.wanted_per_k[v] * scale * join.by_inlet,
            );
            for &(k, other, sign) in &network.links[v] {
                let m = -side.mass_flow[k] * sign;
                if m > 0.0 {
                    let share = m / join.piped;
                    self.wanted[other] += share * a;
                    self.wanted_per_k[other] += share * b;
                }
            }
        }
        for i in 0..n {
            let v = self.nth(i);
            if v == 0 && entering[0].0 > 0.0 {
                self.shift[0] = 0.0;
                continue;
            }
            let join = self.join(network, side, entering, v);
            let scale = 1.0 / (1.0 - self.wanted_per_k[v] * join.by_flow);
            let carried = join.carried;
            let more = (self.wanted[v] + self.wanted_per_k[v] * carried) * scale;
            self.shift[v] = carried + join.by_flow * more;
        }
    }

    /// How the pipes into a place act together.
    fn join(&self, network: &Network, side: &Side, entering: &Entering, v: usize) -> Join {
        let mut join = Join::default();
        for &(k, _, sign) in &network.links[v] {
            join.piped += (-side.mass_flow[k] * sign).max(0.0);
        }
        let total = join.piped + entering[v].0;
        if join.piped <= 0.0 {
            return join;
        }
        for &(k, other, sign) in &network.links[v] {
            let m = -side.mass_flow[k] * sign;
            if m > 0.0 {
                let weight = m / total;
                join.by_inlet += weight * self.by_inlet[k];
                join.by_flow += weight * self.by_flow[k] * m / join.piped;
                join.carried += weight * self.by_inlet[k] * self.shift[other];
            }
        }
        join
    }
}

/// Water and enthalpy that enter a place, pipes as last worked out.
fn arriving(
    network: &Network,
    side: &Side,
    fluid: &impl Fluid,
    entering: (f64, f64),
    v: usize,
) -> (f64, f64) {
    network.links[v]
        .iter()
        .fold(entering, |(mass, heat), &(k, _, sign)| {
            let m = (-side.mass_flow[k] * sign).max(0.0);
            (mass + m, heat + m * fluid.enthalpy(side.outlet[k]))
        })
}

#[derive(Default)]
struct Join {
    /// Water arriving through pipes.
    piped: f64,
    by_inlet: f64,
    by_flow: f64,
    /// Temperature change carried here from upstream.
    carried: f64,
}
