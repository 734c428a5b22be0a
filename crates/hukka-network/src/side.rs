//! One side of the network, supply or return: its flows, temperatures and pressures in the hours
//! side by side.

use crate::fluid::Fluid;
use crate::lanes::{Lanes, add, filled};
use crate::loops::LoopWork;
use crate::topology::Network;
use hukka_physics::friction::PipeFriction;

/// Acceleration of gravity, m/s².
pub(crate) const GRAVITY: f64 = 9.81;
/// Mass flow at Reynolds number 1000 in water of 60 °C, per metre of diameter, kg/(s m).
const TURNING_FLOW_PER_DIAMETER: f64 = 0.366;

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
pub(crate) struct Side<const L: usize> {
    /// Flow in the chords.
    pub(crate) chord: Vec<Lanes<L>>,
    chord_before: Vec<Lanes<L>>,
    /// Flow in every pipe, positive from tail to head.
    pub(crate) mass_flow: Vec<Lanes<L>>,
    /// Temperature at the places.
    pub(crate) temperature: Vec<Lanes<L>>,
    /// Enthalpy at the places.
    pub(crate) enthalpy: Vec<Lanes<L>>,
    /// Temperature at the end of each pipe to which the water flows.
    pub(crate) outlet: Vec<Lanes<L>>,
    /// Gauge pressure at the places, relative to the plant on this side.
    pub(crate) pressure: Vec<Lanes<L>>,
    /// Friction in each pipe, Pa, signed like the flow.
    pub(crate) friction: Vec<Lanes<L>>,
    pub(crate) work: LoopWork<L>,
}

/// Mean temperature of a pipe in a loop, and its slopes.
pub(crate) struct Mean<const L: usize> {
    pub(crate) value: Lanes<L>,
    /// By the flow from tail to head.
    pub(crate) by_flow: Lanes<L>,
    /// By the temperatures of tail and head.
    pub(crate) by_ends: [Lanes<L>; 2],
}

impl<const L: usize> Side<L> {
    pub(crate) fn new(network: &Network) -> Self {
        let (n, pipes) = (network.nodes(), network.tail.len());
        Self {
            chord: filled(network.loop_count(), 0.0),
            chord_before: Vec::new(),
            mass_flow: filled(pipes, 0.0),
            temperature: filled(n, 0.0),
            enthalpy: filled(n, 0.0),
            outlet: filled(pipes, 0.0),
            pressure: filled(n, 0.0),
            friction: filled(pipes, 0.0),
            work: LoopWork::new(&network.cycles),
        }
    }

    /// Everything at one temperature and at rest: the start of a chunk.
    pub(crate) fn reset(&mut self, temperature_k: &Lanes<L>, fluid: &impl Fluid) {
        let enthalpy = temperature_k.map(|t| fluid.enthalpy(t));
        self.chord.fill([0.0; L]);
        self.mass_flow.fill([0.0; L]);
        self.temperature.fill(*temperature_k);
        self.enthalpy.fill(enthalpy);
        self.outlet.fill(*temperature_k);
    }

    /// Turns what every place takes out (in `mass_flow` by place) into the flows of the tree
    /// pipes, chords shut.
    ///
    /// Returns what the plant must give, so that every place conserves mass exactly.
    pub(crate) fn tree_flows(&mut self, network: &Network) -> Lanes<L> {
        for k in (1..network.nodes()).rev() {
            let (above, own) = self.mass_flow.split_at_mut(k);
            add(&mut above[network.parent[k]], &own[0]);
        }
        std::mem::replace(&mut self.mass_flow[0], [0.0; L])
    }

    /// Notes the properties of the water in loops and clears the flows, for the places to say what
    /// they take out.
    pub(crate) fn begin<F: Fluid>(
        &mut self,
        network: &Network,
        fluid: &F,
        laws: PressureLaws,
        by_flow: &[Lanes<L>],
    ) {
        self.prepare_loops(network, fluid, (laws.buoyancy, by_flow));
        self.mass_flow[..network.nodes()].fill([0.0; L]);
    }

    /// As [`Self::solve_flows`]; says where the loops were balanced and no chord changed by more
    /// than rounding, relative to the water in the network.
    pub(crate) fn follow_flows(
        &mut self,
        network: &Network,
        laws: PressureLaws,
    ) -> (Lanes<L>, [bool; L]) {
        self.chord_before.clone_from(&self.chord);
        let (plant, outcome) = self.solve_flows(network, laws);
        let mut is_settled = outcome.is_balanced;
        for (before, now) in self.chord_before.iter().zip(&self.chord) {
            for l in 0..L {
                let tolerance = 1e-8 * plant[l].abs() + 1e-12;
                is_settled[l] &= (before[l] - now[l]).abs() <= tolerance;
            }
        }
        (plant, is_settled)
    }

    /// Mean temperature of the water in a pipe: that of inlet and outlet.
    ///
    /// In a pipe of a loop that is about to turn it goes over into the mean of both places, with the share
    /// `(1 − (m/m₀)²)²` below `m₀`, at Reynolds number 1000, so that friction and gravity do not
    /// jump with the direction and are untouched at every other flow. Also returns the share of
    /// the pipe's own ends.
    #[inline]
    pub(crate) fn mean_temperature(&self, network: &Network, pipe: usize) -> (Lanes<L>, Lanes<L>) {
        let (a, b) = (
            &self.temperature[network.tail[pipe]],
            &self.temperature[network.head[pipe]],
        );
        let (flow, outlet) = (&self.mass_flow[pipe], &self.outlet[pipe]);
        let turning = if network.cycles.is_in_loop[pipe] {
            1.0 / (TURNING_FLOW_PER_DIAMETER * network.diameter[pipe])
        } else {
            f64::INFINITY
        };
        let (mut mean, mut share) = ([0.0; L], [0.0; L]);
        for l in 0..L {
            let m = flow[l];
            let from = if m >= 0.0 { a[l] } else { b[l] };
            let along = 0.5 * (from + outlet[l]);
            let places = 0.5 * (a[l] + b[l]);
            let ratio = m.abs().max(f64::MIN_POSITIVE) * turning;
            let rest = (1.0 - ratio * ratio).max(0.0);
            mean[l] = along + rest * rest * (places - along);
            share[l] = 1.0 - rest * rest;
        }
        (mean, share)
    }

    /// As [`Self::mean_temperature`], and how it follows the ends and the flow, whose outlet
    /// follows inlet and absolute flow.
    #[inline]
    pub(crate) fn mean_and_slopes(
        &self,
        network: &Network,
        pipe: usize,
        (by_inlet, by_flow): (&Lanes<L>, &Lanes<L>),
    ) -> Mean<L> {
        let (a, b) = (
            &self.temperature[network.tail[pipe]],
            &self.temperature[network.head[pipe]],
        );
        let (flow, outlet) = (&self.mass_flow[pipe], &self.outlet[pipe]);
        let turning = 1.0 / (TURNING_FLOW_PER_DIAMETER * network.diameter[pipe]);
        let mut mean = Mean {
            value: [0.0; L],
            by_flow: [0.0; L],
            by_ends: [[0.0; L]; 2],
        };
        for l in 0..L {
            let m = flow[l];
            let is_forth = m >= 0.0;
            let along = 0.5 * (if is_forth { a[l] } else { b[l] } + outlet[l]);
            let apart = 0.5 * (a[l] + b[l]) - along;
            let ratio = m.abs().max(f64::MIN_POSITIVE) * turning;
            let rest = (1.0 - ratio * ratio).max(0.0);
            let (share, upstream) = (rest * rest, 0.5 + 0.5 * by_inlet[l]);
            mean.value[l] = along + share * apart;
            let by_size = 0.5 * (1.0 - share) * by_flow[l] - 4.0 * rest * ratio * turning * apart;
            mean.by_flow[l] = if is_forth { by_size } else { -by_size };
            let (up, down) = ((1.0 - share) * upstream + 0.5 * share, 0.5 * share);
            mean.by_ends[0][l] = if is_forth { up } else { down };
            mean.by_ends[1][l] = if is_forth { down } else { up };
        }
        mean
    }

    /// Pressure gained by going down from head to tail: `ρ g (z_head − z_tail)`.
    #[inline]
    pub(crate) fn gravity(
        &self,
        network: &Network,
        fluid: &impl Fluid,
        pipe: usize,
        buoyancy: Buoyancy,
    ) -> Lanes<L> {
        let lift = GRAVITY * network.rise[pipe];
        let t = match buoyancy {
            Buoyancy::Neglected => self.temperature[0],
            Buoyancy::Local => self.mean_temperature(network, pipe).0,
        };
        t.map(|t| lift * fluid.density(t))
    }

    /// Friction of every pipe, and pressures along the tree from the plant.
    pub(crate) fn solve_pressures<F: Fluid>(
        &mut self,
        network: &Network,
        fluid: &F,
        laws: PressureLaws,
    ) {
        let n = network.nodes();
        self.pressure[0] = [0.0; L];
        let level = self.temperature[0].map(|t| GRAVITY * fluid.density(t));
        for k in 1..network.tail.len() {
            let (mean, _) = self.mean_temperature(network, k);
            let drop = drop_only(&network.friction[k], laws, fluid, &self.mass_flow[k], &mean);
            self.friction[k] = drop;
            if k >= n {
                continue;
            }
            let rise = network.rise[k];
            let gravity = match laws.buoyancy {
                Buoyancy::Neglected => level.map(|weight| weight * rise),
                Buoyancy::Local => self.gravity(network, fluid, k, laws.buoyancy),
            };
            let above = self.pressure[network.parent[k]];
            let own = &mut self.pressure[k];
            for l in 0..L {
                own[l] = above[l] - drop[l] - gravity[l];
            }
        }
    }
}

#[inline]
fn drop_only<F: Fluid, const L: usize>(
    pipe: &PipeFriction,
    laws: PressureLaws,
    fluid: &F,
    flow: &Lanes<L>,
    mean: &Lanes<L>,
) -> Lanes<L> {
    let mut drop = [0.0; L];
    match laws.friction {
        Friction::Blended => {
            for l in 0..L {
                let (density, fluidity) = (fluid.density(mean[l]), fluid.fluidity(mean[l]));
                drop[l] = pipe.drop_of(flow[l], density, fluidity);
            }
        }
        Friction::ColebrookEverywhere => {
            for l in 0..L {
                let (density, viscosity) = (fluid.density(mean[l]), fluid.viscosity(mean[l]));
                drop[l] = pipe.colebrook_drop_and_slope(flow[l], density, viscosity).0;
            }
        }
    }
    drop
}

/// Friction along a pipe, fittings included, and its derivative by the mass flow.
#[inline]
pub(crate) fn drop_and_slope<const L: usize>(
    pipe: &PipeFriction,
    friction: Friction,
    flow: &Lanes<L>,
    density: &Lanes<L>,
    viscosity: &Lanes<L>,
) -> (Lanes<L>, Lanes<L>) {
    let (mut drop, mut slope) = ([0.0; L], [0.0; L]);
    match friction {
        Friction::Blended => {
            for l in 0..L {
                (drop[l], slope[l]) = pipe.drop_and_slope(flow[l], density[l], viscosity[l]);
            }
        }
        Friction::ColebrookEverywhere => {
            for l in 0..L {
                (drop[l], slope[l]) =
                    pipe.colebrook_drop_and_slope(flow[l], density[l], viscosity[l]);
            }
        }
    }
    (drop, slope)
}
