//! Temperatures along the flow, and how the flows must change for the consumers to get their heat.
//!
//! The places fall into two parts. The trunk holds every place with a loop or a source behind it;
//! its pipes may flow either way and are sorted along the flow. Everything else hangs off the
//! trunk in trees whose water always runs outward on the supply side and inward on the return
//! side. Without loops and sources the trunk is the plant alone.

use crate::fluid::Fluid;
use crate::lanes::{Lanes, add, filled};
use crate::side::Side;
use crate::topology::Network;
use crate::trunk::Trunk;
use hukka_physics::elementary::exp;

/// Least heat capacity of a flow, W/K: slower water has ground temperature at its end.
const LEAST_CAPACITY: f64 = 1e-9;

/// Water that enters a side from outside: its flow and its flow of enthalpy by place.
#[derive(Debug, Clone)]
pub(crate) struct Entering<const L: usize> {
    pub(crate) mass: Vec<Lanes<L>>,
    pub(crate) heat: Vec<Lanes<L>>,
}

impl<const L: usize> Entering<L> {
    pub(crate) fn new(places: usize) -> Self {
        Self {
            mass: filled(places, 0.0),
            heat: filled(places, 0.0),
        }
    }

    pub(crate) fn clear(&mut self) {
        self.mass.fill([0.0; L]);
        self.heat.fill([0.0; L]);
    }
}

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
pub(crate) struct Sweep<const L: usize> {
    pub(crate) direction: Direction,
    /// Places that hang off the trunk, ascending: parents first.
    hanging: Vec<usize>,
    pub(crate) trunk: Trunk<L>,
    /// Water and enthalpy gathered at each place.
    pub(crate) gathered: Entering<L>,
    /// Sensitivity of each pipe's outlet temperature to its inlet temperature.
    pub(crate) by_inlet: Vec<Lanes<L>>,
    /// … and to its mass flow (absolute value).
    pub(crate) by_flow: Vec<Lanes<L>>,
    /// Extra flow wanted behind each place at unchanged temperature, then per kelvin.
    pub(crate) wanted: Vec<Lanes<L>>,
    pub(crate) wanted_per_kelvin: Vec<Lanes<L>>,
    pub(crate) shift: Vec<Lanes<L>>,
}

/// The ground and the fluid around a sweep.
pub(crate) struct Around<'a, F, const L: usize> {
    pub(crate) network: &'a Network,
    pub(crate) fluid: &'a F,
    pub(crate) ground_k: Lanes<L>,
}

/// A pipe's outlet, and how it follows inlet and flow.
pub(crate) struct Cooled<const W: usize> {
    pub(crate) outlet: [f64; W],
    pub(crate) by_inlet: [f64; W],
    pub(crate) by_flow: [f64; W],
}

impl<const L: usize> Sweep<L> {
    pub(crate) fn new(network: &Network, direction: Direction, inflow_places: &[usize]) -> Self {
        let (n, pipes) = (network.nodes(), network.tail.len());
        let is_trunk = trunk_places(network, inflow_places);
        let is_needed = direction == Direction::Outward || !network.cycles.is_empty();
        let for_newton = |count: usize| filled(if is_needed { count } else { 0 }, 0.0);
        Self {
            direction,
            hanging: (1..n).filter(|&v| !is_trunk[v]).collect(),
            trunk: Trunk::new(network, &is_trunk),
            gathered: Entering::new(n),
            by_inlet: for_newton(pipes),
            by_flow: filled(pipes, 0.0),
            wanted: for_newton(n),
            wanted_per_kelvin: for_newton(n),
            shift: for_newton(n),
        }
    }

    /// Forgets what the trunk gathered.
    pub(crate) fn clear_trunk(&mut self) {
        self.trunk.clear(&mut self.gathered);
    }

    /// Takes the water entering from outside (in `gathered`); on the return side also runs the
    /// hanging trees, which no flow in the trunk can change.
    pub(crate) fn enter<F: Fluid>(&mut self, around: &Around<'_, F, L>, side: &mut Side<L>) {
        if self.direction == Direction::Inward {
            for i in (0..self.hanging.len()).rev() {
                self.run_inward(around, side, self.hanging[i]);
            }
        }
        self.trunk.take(&self.gathered);
    }

    /// Mixes the water at a hanging place and runs it through the pipe towards the plant.
    #[inline]
    fn run_inward<F: Fluid>(&mut self, around: &Around<'_, F, L>, side: &mut Side<L>, k: usize) {
        let (mass, heat) = (&self.gathered.mass[k], &self.gathered.heat[k]);
        let (h, t) = mixed(around.fluid, mass, heat, &around.ground_k);
        let conductance = around.network.conductance[k];
        let cooled = cool(around.fluid, &around.ground_k, conductance, &t, mass);
        let mass = *mass;
        let mut carried = [0.0; L];
        for l in 0..L {
            carried[l] = mass[l] * around.fluid.enthalpy(cooled.outlet[l]);
        }
        let parent = around.network.parent[k];
        add(&mut self.gathered.mass[parent], &mass);
        add(&mut self.gathered.heat[parent], &carried);
        side.temperature[k] = t;
        side.enthalpy[k] = h;
        side.outlet[k] = cooled.outlet;
    }

    /// Temperatures of all places and pipe ends for the present flows, after [`Self::enter`].
    ///
    /// Every pipe cools exponentially towards the ground with the specific heat at its inlet;
    /// places mix enthalpy. A place without water has ground temperature.
    pub(crate) fn temperatures<F: Fluid>(&mut self, around: &Around<'_, F, L>, side: &mut Side<L>) {
        self.trunk_temperatures(around, side);
        if self.direction == Direction::Inward {
            return;
        }
        for &k in &self.hanging {
            let (above, own) = side.temperature.split_at_mut(k);
            let inlet = &above[around.network.parent[k]];
            let conductance = around.network.conductance[k];
            let flow = &side.mass_flow[k];
            let cooled = cool(around.fluid, &around.ground_k, conductance, inlet, flow);
            own[0] = cooled.outlet;
            self.by_inlet[k] = cooled.by_inlet;
            self.by_flow[k] = cooled.by_flow;
        }
    }

    /// Enthalpies and pipe ends of the hanging places, which an outward sweep leaves out.
    pub(crate) fn finish(&self, side: &mut Side<L>, fluid: &impl Fluid) {
        if self.direction == Direction::Outward {
            for &k in &self.hanging {
                let t = side.temperature[k];
                side.outlet[k] = t;
                let h = &mut side.enthalpy[k];
                for l in 0..L {
                    h[l] = fluid.enthalpy(t[l]);
                }
            }
        }
    }

    /// Newton step of the supply side: temperature changes at the places, from what draws want (in
    /// `wanted` and `wanted_per_kelvin`).
    ///
    /// Draws want `a + b ΔT` more water. A pipe's outlet follows inlet and flow,
    /// `ΔT_out = α ΔT_in + β Δm`, so what a subtree wants can be folded into one line per place:
    /// `Δm = (a + b α ΔT_in)/(1 − b β)`. Backwards to fold, forwards to unfold. Exact in trees;
    /// where pipes join in the trunk, shares of the flow are held, and the outer iteration makes
    /// up for it.
    ///
    /// # Sign  kg/s and kg/(s K); `b ≤ 0 ≤ β` keeps the denominator above one
    pub(crate) fn newton(&mut self, network: &Network, side: &Side<L>) -> &[Lanes<L>] {
        self.fold(network);
        self.newton_trunk(side);
        self.unfold_hanging(network)
    }

    /// What is wanted in the hanging trees, folded to where they hang.
    pub(crate) fn fold(&mut self, network: &Network) {
        for &k in self.hanging.iter().rev() {
            let (a_above, a_own) = self.wanted.split_at_mut(k);
            let (b_above, b_own) = self.wanted_per_kelvin.split_at_mut(k);
            let (a, b) = (&mut a_own[0], &mut b_own[0]);
            let (by_flow, by_inlet) = (&self.by_flow[k], &self.by_inlet[k]);
            for l in 0..L {
                let scale = 1.0 / (1.0 - b[l] * by_flow[l]);
                a[l] *= scale;
                b[l] *= scale * by_inlet[l];
            }
            add(&mut a_above[network.parent[k]], a);
            add(&mut b_above[network.parent[k]], b);
        }
    }

    /// Temperature changes in the hanging trees, from those of the trunk.
    pub(crate) fn unfold_hanging(&mut self, network: &Network) -> &[Lanes<L>] {
        for &k in &self.hanging {
            let (above, own) = self.shift.split_at_mut(k);
            let (above, own) = (&above[network.parent[k]], &mut own[0]);
            let (a, b) = (&self.wanted[k], &self.wanted_per_kelvin[k]);
            let (by_flow, by_inlet) = (&self.by_flow[k], &self.by_inlet[k]);
            for l in 0..L {
                own[l] = by_inlet[l] * above[l] + by_flow[l] * (a[l] + b[l] * above[l]);
            }
        }
        &self.shift
    }
}

/// Enthalpy and temperature of mixed water; ground temperature where there is none.
#[inline]
pub(crate) fn mixed<F: Fluid, const W: usize>(
    fluid: &F,
    mass: &[f64; W],
    heat: &[f64; W],
    ground_k: &[f64; W],
) -> ([f64; W], [f64; W]) {
    let (mut h, mut t) = ([0.0; W], [0.0; W]);
    for l in 0..W {
        let is_wet = mass[l] > 0.0;
        let ground = fluid.enthalpy(ground_k[l]);
        let within = heat[l] / if is_wet { mass[l] } else { 1.0 };
        h[l] = if is_wet { within } else { ground };
        let found = fluid.temperature(h[l]);
        t[l] = if is_wet { found } else { ground_k[l] };
    }
    (h, t)
}

/// Runs water through a pipe.
///
/// `T_out = T_g + (T_in − T_g) exp(−G/(c_p |m|))` with the conductance `G` of the pipe.
#[inline]
pub(crate) fn cool<F: Fluid, const W: usize>(
    fluid: &F,
    ground_k: &[f64; W],
    conductance: f64,
    inlet: &[f64; W],
    flow: &[f64; W],
) -> Cooled<W> {
    let mut cooled = Cooled {
        outlet: [0.0; W],
        by_inlet: [0.0; W],
        by_flow: [0.0; W],
    };
    for l in 0..W {
        let cp = fluid.specific_heat(inlet[l]);
        let by_capacity = 1.0 / (cp * flow[l].abs()).max(LEAST_CAPACITY);
        let units = conductance * by_capacity;
        let share = exp(-units);
        let excess = (inlet[l] - ground_k[l]) * share;
        cooled.outlet[l] = ground_k[l] + excess;
        cooled.by_inlet[l] = share;
        cooled.by_flow[l] = excess * units * cp * by_capacity;
    }
    cooled
}

/// Places with a loop or a source at or behind them, and the plant.
fn trunk_places(network: &Network, inflow_places: &[usize]) -> Vec<bool> {
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
