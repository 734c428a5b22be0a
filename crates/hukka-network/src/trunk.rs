//! The trunk of one side: places with loops or sources behind them, sorted along the flow.
//!
//! Hours whose water runs the same way everywhere are swept side by side. So are all hours if most
//! run the same way; the others are then swept again one by one.

use crate::fluid::Fluid;
use crate::lanes::{Lanes, filled, part, part_mut};
use crate::side::Side;
use crate::thermal::{Around, Entering, Sweep, cool, mixed};
use crate::topology::Network;

/// Sweeps over a side whose water circulates, at most.
const MAX_CIRCULATIONS: usize = 2000;
/// … until no place moves by more than this.
const SETTLED_K: f64 = 1e-10;

/// A pipe at a place: `(pipe, other place, +1 if it leaves here)`.
type Link = (usize, usize, f64);

/// Structure and workspace of the trunk.
#[derive(Debug, Clone)]
pub(crate) struct Trunk<const L: usize> {
    places: Vec<usize>,
    /// Pipes between places of the trunk.
    pipes: Vec<usize>,
    /// Links of each place, one after the other, by place.
    links: Vec<Link>,
    link_start: Vec<usize>,
    /// The way the water runs, hour by hour.
    orders: Vec<Order>,
    ways: Ways,
    waiting: Vec<u32>,
    /// What the trunk gets from outside and from the hanging trees.
    at_places: Entering<L>,
    joins: Joins<L>,
}

/// Which hours go together.
#[derive(Debug, Clone, Default)]
struct Ways {
    /// An hour that runs the way of most, if those are enough to be swept side by side.
    common: Option<usize>,
    /// The others.
    odd: Vec<usize>,
}

/// Hours that make it worth while to sweep all of them side by side.
const ENOUGH: usize = 3;

/// Places along the flow.
#[derive(Debug, Clone, Default)]
struct Order {
    /// Sign of the flow in every pipe of the trunk, now and at the last sweep.
    signs: Vec<i8>,
    signs_before: Vec<i8>,
    /// Empty until needed.
    sorted: Vec<usize>,
    /// Some places feed themselves.
    is_circular: bool,
}

impl Ways {
    fn of(orders: &[Order]) -> Self {
        if orders.windows(2).all(|pair| pair[0].signs == pair[1].signs) {
            return Self {
                common: Some(0),
                odd: Vec::new(),
            };
        }
        let same = |a: usize| {
            let like = |b: &&Order| b.signs == orders[a].signs;
            orders.iter().filter(like).count()
        };
        let all = 0..orders.len();
        let most = all.clone().map(same).max().unwrap_or(0);
        let common = all.clone().find(|&l| same(l) == most);
        let common = common.filter(|_| most == orders.len() || most >= ENOUGH);
        let is_odd = |&l: &usize| common.is_none_or(|c| orders[l].signs != orders[c].signs);
        Self {
            common,
            odd: all.filter(is_odd).collect(),
        }
    }
}

/// How the pipes into each place act together.
#[derive(Debug, Clone)]
struct Joins<const L: usize> {
    /// Water arriving through pipes.
    piped: Vec<Lanes<L>>,
    by_inlet: Vec<Lanes<L>>,
    by_flow: Vec<Lanes<L>>,
}

impl<const L: usize> Trunk<L> {
    pub(crate) fn new(network: &Network, is_trunk: &[bool]) -> Self {
        let n = network.nodes();
        let is_inside = |k: usize| is_trunk[network.tail[k]] && is_trunk[network.head[k]];
        let pipes: Vec<usize> = (1..network.tail.len()).filter(|&k| is_inside(k)).collect();
        let mut at: Vec<Vec<Link>> = vec![Vec::new(); n];
        for &k in &pipes {
            let (a, b) = (network.tail[k], network.head[k]);
            at[a].push((k, b, 1.0));
            at[b].push((k, a, -1.0));
        }
        let mut link_start = vec![0];
        let mut links = Vec::with_capacity(2 * pipes.len());
        for of in at {
            links.extend(of);
            link_start.push(links.len());
        }
        Self {
            places: (0..n).filter(|&v| is_trunk[v]).collect(),
            pipes,
            links,
            link_start,
            orders: vec![Order::default(); L],
            ways: Ways::default(),
            waiting: vec![0; n],
            at_places: Entering::new(n),
            joins: Joins {
                piped: filled(n, 0.0),
                by_inlet: filled(n, 0.0),
                by_flow: filled(n, 0.0),
            },
        }
    }

    /// Places, and pipes between them, ascending.
    pub(crate) fn structure(&self) -> (&[usize], &[usize]) {
        (&self.places, &self.pipes)
    }

    /// Takes over what has been gathered at its places.
    pub(crate) fn take(&mut self, gathered: &Entering<L>) {
        for &v in &self.places {
            self.at_places.mass[v] = gathered.mass[v];
            self.at_places.heat[v] = gathered.heat[v];
        }
    }

    pub(crate) fn clear(&self, gathered: &mut Entering<L>) {
        for &v in &self.places {
            gathered.mass[v] = [0.0; L];
            gathered.heat[v] = [0.0; L];
        }
    }

    /// Water entering a place from outside and from hanging trees.
    pub(crate) fn entering(&self, v: usize, lane: usize) -> f64 {
        self.at_places.mass[v][lane]
    }

    /// As [`Self::entering`], all lanes.
    pub(crate) fn entering_lanes(&self, v: usize) -> &Lanes<L> {
        &self.at_places.mass[v]
    }

    pub(crate) fn links(&self, v: usize) -> &[Link] {
        &self.links[self.link_start[v]..self.link_start[v + 1]]
    }

    /// Sorts the places anew where the water has turned.
    fn sort(&mut self, side: &Side<L>) {
        let mut orders = std::mem::take(&mut self.orders);
        for (l, order) in orders.iter_mut().enumerate() {
            let signs = self.pipes.iter().map(|&k| sign(side.mass_flow[k][l]));
            order.signs_before.clear();
            std::mem::swap(&mut order.signs, &mut order.signs_before);
            order.signs.extend(signs);
            if order.signs != order.signs_before {
                order.sorted.clear();
            }
        }
        self.ways = Ways::of(&orders);
        let Ways { common, odd } = &self.ways;
        let lanes: Vec<usize> = common.iter().chain(odd).copied().collect();
        for l in lanes {
            if orders[l].sorted.is_empty() {
                self.sort_lane(side, l, &mut orders[l]);
            }
        }
        self.orders = orders;
    }

    /// Kahn's order along the flow. Places on a closed circulation, possible only where buoyancy
    /// drives the water, come last; sweeps are then repeated until they settle.
    fn sort_lane(&mut self, side: &Side<L>, l: usize, order: &mut Order) {
        for i in 0..self.places.len() {
            let v = self.places[i];
            let into = |&&(k, _, sign): &&Link| side.mass_flow[k][l] * sign < 0.0;
            self.waiting[v] = self.links(v).iter().filter(into).count() as u32;
        }
        let sorted = &mut order.sorted;
        sorted.clear();
        sorted.extend(self.places.iter().filter(|&&v| self.waiting[v] == 0));
        let mut next = 0;
        while next < sorted.len() {
            let v = sorted[next];
            next += 1;
            for at in self.link_start[v]..self.link_start[v + 1] {
                let (k, other, sign) = self.links[at];
                if side.mass_flow[k][l] * sign > 0.0 {
                    self.waiting[other] -= 1;
                    if self.waiting[other] == 0 {
                        sorted.push(other);
                    }
                }
            }
        }
        order.is_circular = sorted.len() < self.places.len();
        if order.is_circular {
            sorted.extend(self.places.iter().filter(|&&v| self.waiting[v] > 0));
        }
    }
}

impl<const L: usize> Sweep<L> {
    /// Temperatures of the trunk for the present flows.
    pub(crate) fn trunk_temperatures<F: Fluid>(
        &mut self,
        around: &Around<'_, F, L>,
        side: &mut Side<L>,
    ) {
        self.trunk.sort(side);
        let orders = std::mem::take(&mut self.trunk.orders);
        let ways = std::mem::take(&mut self.trunk.ways);
        if let Some(common) = ways.common {
            let of = (&orders[common], 0, common);
            self.circulate::<F, L>(around, side, of);
        }
        for &l in &ways.odd {
            self.circulate::<F, 1>(around, side, (&orders[l], l, l));
        }
        self.trunk.orders = orders;
        self.trunk.ways = ways;
    }

    /// Sweeps `W` hours from a given one on in the order of the last one given.
    fn circulate<F: Fluid, const W: usize>(
        &mut self,
        around: &Around<'_, F, L>,
        side: &mut Side<L>,
        (order, lane, judge): (&Order, usize, usize),
    ) {
        for &v in &order.sorted {
            let mass = *part::<W>(&self.trunk.at_places.mass[v], lane);
            let heat = *part::<W>(&self.trunk.at_places.heat[v], lane);
            *part_mut(&mut self.gathered.mass[v], lane) = mass;
            *part_mut(&mut self.gathered.heat[v], lane) = heat;
        }
        for _ in 0..MAX_CIRCULATIONS {
            let moved = self.along_trunk::<F, W>(around, side, (order, lane, judge));
            if !order.is_circular || moved <= SETTLED_K {
                break;
            }
        }
    }

    /// One sweep over the trunk; returns the largest change of a place's temperature.
    fn along_trunk<F: Fluid, const W: usize>(
        &mut self,
        around: &Around<'_, F, L>,
        side: &mut Side<L>,
        (order, lane, judge): (&Order, usize, usize),
    ) -> f64 {
        let ground = part::<W>(&around.ground_k, lane);
        let mut moved = 0.0_f64;
        for &v in &order.sorted {
            if order.is_circular {
                self.gather_again::<W>(around.fluid, side, (v, lane));
            }
            let mass = part::<W>(&self.gathered.mass[v], lane);
            let heat = part::<W>(&self.gathered.heat[v], lane);
            let (h, t) = mixed(around.fluid, mass, heat, ground);
            let was = part_mut::<W>(&mut side.temperature[v], lane);
            for l in 0..W {
                moved = moved.max((t[l] - was[l]).abs());
            }
            *was = t;
            *part_mut(&mut side.enthalpy[v], lane) = h;
            for at in self.trunk.link_start[v]..self.trunk.link_start[v + 1] {
                let (k, other, sign) = self.trunk.links[at];
                let flow = side.mass_flow[k][judge];
                if flow * sign > 0.0 {
                    self.run_pipe::<F, W>(around, side, (k, other, lane), &t);
                } else if flow.abs() <= 0.0 {
                    *part_mut(&mut side.outlet[k], lane) = *ground;
                    self.note::<W>(k, lane, ([0.0; W], [0.0; W]));
                }
            }
        }
        moved
    }

    /// Runs the water of a pipe to its other end and adds it there.
    #[inline]
    fn run_pipe<F: Fluid, const W: usize>(
        &mut self,
        around: &Around<'_, F, L>,
        side: &mut Side<L>,
        (k, to, lane): (usize, usize, usize),
        inlet: &[f64; W],
    ) {
        let ground = part::<W>(&around.ground_k, lane);
        let flow = part::<W>(&side.mass_flow[k], lane);
        let cooled = cool(
            around.fluid,
            ground,
            around.network.conductance[k],
            inlet,
            flow,
        );
        let mass = part_mut::<W>(&mut self.gathered.mass[to], lane);
        let heat = part_mut::<W>(&mut self.gathered.heat[to], lane);
        for l in 0..W {
            let m = flow[l].abs();
            mass[l] += m;
            heat[l] += m * around.fluid.enthalpy(cooled.outlet[l]);
        }
        *part_mut(&mut side.outlet[k], lane) = cooled.outlet;
        self.note(k, lane, (cooled.by_inlet, cooled.by_flow));
    }

    #[inline]
    fn note<const W: usize>(&mut self, k: usize, lane: usize, by: ([f64; W], [f64; W])) {
        if !self.by_inlet.is_empty() {
            *part_mut(&mut self.by_inlet[k], lane) = by.0;
        }
        *part_mut(&mut self.by_flow[k], lane) = by.1;
    }

    /// Water and enthalpy that enter a place of a circulation, pipes as last worked out.
    fn gather_again<const W: usize>(
        &mut self,
        fluid: &impl Fluid,
        side: &Side<L>,
        (v, lane): (usize, usize),
    ) {
        let mut mass = *part::<W>(&self.trunk.at_places.mass[v], lane);
        let mut heat = *part::<W>(&self.trunk.at_places.heat[v], lane);
        for &(k, _, sign) in self.trunk.links(v) {
            let flow = part::<W>(&side.mass_flow[k], lane);
            let outlet = part::<W>(&side.outlet[k], lane);
            for l in 0..W {
                let m = (-flow[l] * sign).max(0.0);
                mass[l] += m;
                heat[l] += m * fluid.enthalpy(outlet[l]);
            }
        }
        *part_mut(&mut self.gathered.mass[v], lane) = mass;
        *part_mut(&mut self.gathered.heat[v], lane) = heat;
    }

    /// The trunk's part of Newton's step: folds what is wanted along the flow, then unfolds.
    pub(crate) fn newton_trunk(&mut self, side: &Side<L>) {
        let orders = std::mem::take(&mut self.trunk.orders);
        let ways = std::mem::take(&mut self.trunk.ways);
        match ways.common {
            Some(common) if ways.odd.is_empty() => {
                self.newton_along::<L>(side, &orders[common], 0);
            }
            common => {
                for l in 0..L {
                    let is_odd = ways.odd.contains(&l);
                    let own = common.filter(|_| !is_odd).unwrap_or(l);
                    self.newton_along::<1>(side, &orders[own], l);
                }
            }
        }
        self.trunk.orders = orders;
        self.trunk.ways = ways;
    }

    fn newton_along<const W: usize>(&mut self, side: &Side<L>, order: &Order, lane: usize) {
        for &v in order.sorted.iter().rev() {
            self.join::<W>(side, v, lane);
            let joins = &self.trunk.joins;
            let by_flow = part::<W>(&joins.by_flow[v], lane);
            let (piped, by_inlet) = (
                part::<W>(&joins.piped[v], lane),
                part::<W>(&joins.by_inlet[v], lane),
            );
            let a = *part::<W>(&self.wanted[v], lane);
            let b = *part::<W>(&self.wanted_per_kelvin[v], lane);
            let fed = self.fed::<W>(v, lane);
            for &(k, other, sign) in self.trunk.links(v) {
                if side.mass_flow[k][lane] * sign >= 0.0 {
                    continue;
                }
                let flow = part::<W>(&side.mass_flow[k], lane);
                let more = part_mut::<W>(&mut self.wanted[other], lane);
                let per_kelvin = part_mut::<W>(&mut self.wanted_per_kelvin[other], lane);
                for l in 0..W {
                    let whole = (1.0 - b[l] * by_flow[l]) * piped[l];
                    let share = if fed[l] { 0.0 } else { flow[l].abs() / whole };
                    more[l] += share * a[l];
                    per_kelvin[l] += share * b[l] * by_inlet[l];
                }
            }
        }
        for &v in &order.sorted {
            self.unfold::<W>(side, v, lane);
        }
    }

    fn unfold<const W: usize>(&mut self, side: &Side<L>, v: usize, lane: usize) {
        let entering = part::<W>(&self.trunk.at_places.mass[v], lane);
        let joins = &self.trunk.joins;
        let (piped, by_flow) = (
            part::<W>(&joins.piped[v], lane),
            part::<W>(&joins.by_flow[v], lane),
        );
        let mut carried = [0.0; W];
        for &(k, other, sign) in self.trunk.links(v) {
            if side.mass_flow[k][lane] * sign >= 0.0 {
                continue;
            }
            let flow = part::<W>(&side.mass_flow[k], lane);
            let by_inlet = part::<W>(&self.by_inlet[k], lane);
            let shift = part::<W>(&self.shift[other], lane);
            for l in 0..W {
                let total = (piped[l] + entering[l]).max(f64::MIN_POSITIVE);
                carried[l] += flow[l].abs() / total * by_inlet[l] * shift[l];
            }
        }
        let a = part::<W>(&self.wanted[v], lane);
        let b = part::<W>(&self.wanted_per_kelvin[v], lane);
        let fed = self.fed::<W>(v, lane);
        let mut found = [0.0; W];
        for l in 0..W {
            let more = (a[l] + b[l] * carried[l]) / (1.0 - b[l] * by_flow[l]);
            found[l] = if fed[l] {
                0.0
            } else {
                carried[l] + by_flow[l] * more
            };
        }
        *part_mut(&mut self.shift[v], lane) = found;
    }

    /// Whether a place is the plant and gives water: it takes what it wants from there.
    #[inline]
    fn fed<const W: usize>(&self, v: usize, lane: usize) -> [bool; W] {
        let entering = part::<W>(&self.trunk.at_places.mass[v], lane);
        entering.map(|mass| v == 0 && mass > 0.0)
    }

    /// How the pipes into a place act together.
    fn join<const W: usize>(&mut self, side: &Side<L>, v: usize, lane: usize) {
        let entering = *part::<W>(&self.trunk.at_places.mass[v], lane);
        let (mut piped, mut by_inlet, mut by_flow) = ([0.0; W], [0.0; W], [0.0; W]);
        let into = |&&(k, _, sign): &&Link| side.mass_flow[k][lane] * sign < 0.0;
        for &(k, _, _) in self.trunk.links(v).iter().filter(into) {
            let flow = part::<W>(&side.mass_flow[k], lane);
            for l in 0..W {
                piped[l] += flow[l].abs();
            }
        }
        for &(k, _, _) in self.trunk.links(v).iter().filter(into) {
            let flow = part::<W>(&side.mass_flow[k], lane);
            let inlet = part::<W>(&self.by_inlet[k], lane);
            let own = part::<W>(&self.by_flow[k], lane);
            for l in 0..W {
                let share = flow[l].abs() / (piped[l] + entering[l]);
                by_inlet[l] += share * inlet[l];
                by_flow[l] += share * (flow[l].abs() / piped[l]) * own[l];
            }
        }
        let joins = &mut self.trunk.joins;
        *part_mut(&mut joins.piped[v], lane) = piped;
        *part_mut(&mut joins.by_inlet[v], lane) = by_inlet;
        *part_mut(&mut joins.by_flow[v], lane) = by_flow;
    }
}

const fn sign(flow: f64) -> i8 {
    if flow > 0.0 {
        1
    } else if flow < 0.0 {
        -1
    } else {
        0
    }
}
