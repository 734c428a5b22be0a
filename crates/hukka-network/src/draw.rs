//! What a consumer asks of the network, and the flow that gives it.

use crate::fluid::Fluid;
use crate::lanes::{Lanes, add, filled, larger};
use crate::solver::Boundary;
use crate::thermal::Entering;

/// Smallest cooling on which a flow is worked out, K: nearer to the return temperature a consumer
/// gets less heat instead of ever more water.
pub const MIN_COOLING_K: f64 = 5.0;

/// What one consumer asks for. SI.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Draw {
    /// Heat, W.
    pub heat_w: f64,
    /// Further heat per kelvin between the mean of supply and return and the ground, W/K.
    pub loss_w_k: f64,
    /// Temperature of the water leaving, K, unless more flows than the heat needs.
    pub return_temperature_k: f64,
    /// Water that flows in any case, kg/s; what the heat does not need goes back uncooled.
    pub min_mass_flow: f64,
}

/// All draws of the hours side by side.
#[derive(Debug, Clone)]
pub(crate) struct Draws<const L: usize> {
    /// Where each stands.
    pub(crate) place: Vec<usize>,
    pub(crate) heat_w: Vec<Lanes<L>>,
    pub(crate) loss_w_k: Vec<Lanes<L>>,
    pub(crate) return_k: Vec<Lanes<L>>,
    /// Enthalpy of the water leaving.
    pub(crate) return_h: Vec<Lanes<L>>,
    pub(crate) min_flow: Vec<Lanes<L>>,
    pub(crate) flow: Vec<Lanes<L>>,
    /// Heat each draw got.
    pub(crate) given_w: Vec<Lanes<L>>,
    /// Flow wanted above the present one, and its change with temperature.
    more: Vec<Lanes<L>>,
    slope: Vec<Lanes<L>>,
}

impl<const L: usize> Draws<L> {
    pub(crate) fn new(place: Vec<usize>) -> Self {
        let zero = || filled(place.len(), 0.0);
        Self {
            heat_w: zero(),
            loss_w_k: zero(),
            return_k: zero(),
            return_h: zero(),
            min_flow: zero(),
            flow: zero(),
            given_w: zero(),
            more: zero(),
            slope: zero(),
            place,
        }
    }

    /// Takes over what one hour asks for.
    pub(crate) fn load(&mut self, lane: usize, draws: &[Draw], fluid: &impl Fluid) {
        for (i, draw) in draws.iter().enumerate().take(self.place.len()) {
            self.heat_w[i][lane] = draw.heat_w;
            self.loss_w_k[i][lane] = draw.loss_w_k;
            self.return_k[i][lane] = draw.return_temperature_k;
            self.return_h[i][lane] = fluid.enthalpy(draw.return_temperature_k);
            self.min_flow[i][lane] = draw.min_mass_flow;
        }
    }

    /// Flows wanted at given temperatures: the first guess.
    pub(crate) fn guess<F: Fluid>(
        &mut self,
        fluid: &F,
        boundary: &[Boundary<'_>],
        temperature: &[Lanes<L>],
    ) {
        let ground = grounds::<L>(boundary);
        for (i, t) in temperature.iter().enumerate() {
            for l in 0..L {
                let asked = (
                    self.heat_w[i][l],
                    self.loss_w_k[i][l],
                    self.return_k[i][l],
                    self.return_h[i][l],
                );
                let (want, _) = wanted(fluid, asked, (t[l], 0.0), ground[l]);
                self.flow[i][l] = want.max(self.min_flow[i][l]);
            }
        }
    }

    /// What every draw wants at the temperatures found, added up by place as `(flow, flow per
    /// kelvin)`; returns the largest relative change.
    pub(crate) fn collect<F: Fluid>(
        &mut self,
        fluid: &F,
        boundary: &[Boundary<'_>],
        temperature: &[Lanes<L>],
        (add_flow, per_kelvin): (&mut [Lanes<L>], &mut [Lanes<L>]),
    ) -> Lanes<L> {
        let ground = grounds::<L>(boundary);
        let total = self.total();
        let mut largest = [0.0; L];
        for i in 0..self.place.len() {
            let place = self.place[i];
            let (t, now, min) = (&temperature[place], self.flow[i], self.min_flow[i]);
            let (heat, loss) = (&self.heat_w[i], &self.loss_w_k[i]);
            let (back, back_h) = (&self.return_k[i], &self.return_h[i]);
            let (mut more, mut slope) = ([0.0; L], [0.0; L]);
            for l in 0..L {
                let asked = (heat[l], loss[l], back[l], back_h[l]);
                let (want, by_t) = wanted(fluid, asked, (t[l], now[l]), ground[l]);
                let goal = want.max(min[l]);
                let is_held = goal.max(now[l]) <= min[l];
                more[l] = if is_held { goal } else { want } - now[l];
                slope[l] = if is_held { 0.0 } else { by_t };
                let small = 1e-9 * total[l] + f64::MIN_POSITIVE;
                let relative = (goal - now[l]).abs() / (goal + small);
                largest[l] = larger(largest[l], relative);
            }
            add(&mut add_flow[place], &more);
            add(&mut per_kelvin[place], &slope);
            self.more[i] = more;
            self.slope[i] = slope;
        }
        largest
    }

    /// Newton's steps for the temperature changes found, kept within reach of the present flows.
    pub(crate) fn step(&self, i: usize, shift: &[Lanes<L>]) -> Lanes<L> {
        let (shift, flow) = (&shift[self.place[i]], &self.flow[i]);
        let mut step = [0.0; L];
        for l in 0..L {
            let goal = flow[l] + self.more[i][l] + self.slope[i][l] * shift[l];
            step[l] = self.bounded(i, l, goal) - flow[l];
        }
        step
    }

    /// Keeps a draw's flow within reach of the last one and above its minimum.
    #[inline]
    pub(crate) fn bounded(&self, i: usize, l: usize, goal: f64) -> f64 {
        let flow = self.flow[i][l];
        let most = 5.0 * flow + self.more[i][l].max(0.0);
        goal.max(0.2 * flow).min(most).max(self.min_flow[i][l])
    }

    /// Works out the heat every draw gets: what it asks for, or what the water can give.
    pub(crate) fn give(
        &mut self,
        boundary: &[Boundary<'_>],
        temperature: &[Lanes<L>],
        enthalpy: &[Lanes<L>],
    ) {
        let ground = grounds::<L>(boundary);
        for i in 0..self.place.len() {
            let (t, h) = (&temperature[self.place[i]], &enthalpy[self.place[i]]);
            for l in 0..L {
                let lost = self.loss(i, l, ground[l], t[l]);
                let most = self.flow[i][l] * (h[l] - self.return_h[i][l]).max(0.0);
                self.given_w[i][l] = (self.heat_w[i][l] + lost).min(most);
            }
        }
    }

    /// Puts the water of the draws back on the return side.
    pub(crate) fn put_back(&self, enthalpy: &[Lanes<L>], returning: &mut Entering<L>) {
        returning.clear();
        for (i, &place) in self.place.iter().enumerate() {
            let mass = &mut returning.mass[place];
            add(mass, &self.flow[i]);
            let (heat, h) = (&mut returning.heat[place], &enthalpy[place]);
            for l in 0..L {
                heat[l] += self.flow[i][l] * h[l] - self.given_w[i][l];
            }
        }
    }

    /// Water the draws would take without any cooling on the way, about: what one hour has more
    /// of than another.
    pub(crate) fn nominal(&self, boundary: &[Boundary<'_>]) -> Lanes<L> {
        let mut total = [0.0; L];
        for i in 0..self.place.len() {
            for l in 0..L {
                let drop = boundary[l].supply_temperature_k - self.return_k[i][l];
                let flow = self.heat_w[i][l] / (4190.0 * drop.max(MIN_COOLING_K));
                total[l] += flow.max(self.min_flow[i][l]);
            }
        }
        total
    }

    /// Heat lost by the undrawn pipes behind a draw, W.
    #[inline]
    pub(crate) fn loss(&self, i: usize, l: usize, ground_k: f64, t: f64) -> f64 {
        conductance_loss(self.loss_w_k[i][l], self.return_k[i][l], ground_k, t)
    }

    /// Water drawn in all.
    pub(crate) fn total(&self) -> Lanes<L> {
        let mut total = [0.0; L];
        for flow in &self.flow {
            add(&mut total, flow);
        }
        total
    }
}

/// Flow a draw wants at a supply temperature `t`, and its sensitivity at the flow `now`; asked are
/// heat, loss per kelvin, return temperature and its enthalpy.
///
/// Newton on `m Δh(T) = q(T)`: `Δm = (q/Δh − m) + (q' − m c_p)/Δh · ΔT`. Heat is a convex function
/// of the flow through a cooling line, so steps from above the solution come down to it without
/// passing it.
#[inline]
fn wanted<F: Fluid>(
    fluid: &F,
    (heat_w, loss_w_k, back_k, back_h): (f64, f64, f64, f64),
    (t, now): (f64, f64),
    ground_k: f64,
) -> (f64, f64) {
    let heat = heat_w + conductance_loss(loss_w_k, back_k, ground_k, t);
    let least = back_k + MIN_COOLING_K;
    let drop = fluid.enthalpy(t.max(least)) - back_h;
    let cooling = now * fluid.specific_heat(t);
    let less = if t < least { 0.0 } else { cooling };
    let by_drop = 1.0 / drop;
    let slope = ((0.5 * loss_w_k - less) * by_drop).min(0.0);
    (heat * by_drop, slope)
}

#[inline]
fn conductance_loss(loss_w_k: f64, back_k: f64, ground_k: f64, t: f64) -> f64 {
    (loss_w_k * (0.5 * (t + back_k) - ground_k)).max(0.0)
}

/// Ground temperature of every lane.
pub(crate) fn grounds<const L: usize>(boundary: &[Boundary<'_>]) -> Lanes<L> {
    std::array::from_fn(|l| boundary[l].ground_temperature_k)
}
