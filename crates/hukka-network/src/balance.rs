//! Heat fed, delivered and lost, from one enthalpy at every place.

use crate::draw::grounds;
use crate::fluid::Fluid;
use crate::lanes::{Lanes, add, larger};
use crate::side::Side;
use crate::solver::{Boundary, Hour, Solver};
use crate::topology::Network;

impl<F: Fluid, const L: usize> Solver<'_, F, L> {
    /// Adds up the heat of the hours and what is left around the loops.
    pub(crate) fn balance(&mut self, boundary: &[Boundary<'_>; L], hours: &mut [Hour; L]) {
        let laws = self.options.laws;
        let sides = [
            (&mut self.supply, &self.supply_sweep.by_flow),
            (&mut self.back, &self.back_sweep.by_flow),
        ];
        for ((side, by_flow), left) in sides.into_iter().zip(self.left) {
            let check = || side.check_loops(self.network, &self.fluid, laws, by_flow);
            let left = left.unwrap_or_else(check);
            for l in 0..L {
                hours[l].residual = larger(hours[l].residual, left[l]);
            }
        }
        for (l, of) in boundary.iter().enumerate() {
            hours[l].heat_fed_w = self.fed(of, hours[l].plant_mass_flow, l);
        }
        self.add_draws(boundary, hours);
        let mut lost = [0.0; L];
        for k in 1..self.network.tail.len() {
            add(&mut lost, &self.pipe_loss_w(k));
        }
        for l in 0..L {
            let hour = &mut hours[l];
            hour.loss_w += lost[l];
            let all = [
                hour.heat_fed_w,
                hour.loss_w,
                hour.delivered_w,
                hour.plant_mass_flow,
                hour.residual,
            ];
            hour.is_finite = all.iter().all(|x| x.is_finite());
        }
    }

    /// Heat given by plant and sources in one lane.
    fn fed(&self, boundary: &Boundary<'_>, plant_flow: f64, l: usize) -> f64 {
        let h_of = |t| self.fluid.enthalpy(t);
        let plant = if plant_flow >= 0.0 {
            plant_flow * (h_of(boundary.supply_temperature_k) - self.back.enthalpy[0][l])
        } else {
            let back = h_of(boundary.surplus_return_temperature_k);
            plant_flow * (self.supply.enthalpy[0][l] - back)
        };
        let sources = boundary.inflows.iter().enumerate().map(|(i, inflow)| {
            let taken = self.back.enthalpy[self.inflow_place[i]][l];
            self.inflow_flow[i][l] * (h_of(inflow.temperature_k) - taken)
        });
        plant + sources.sum::<f64>()
    }

    /// Heat of the draws: delivered, lost behind them, missing.
    fn add_draws(&self, boundary: &[Boundary<'_>; L], hours: &mut [Hour; L]) {
        let ground = grounds::<L>(boundary);
        let (mut delivered, mut behind, mut short) = ([0.0; L], [0.0; L], [0.0; L]);
        for (i, &place) in self.draws.place.iter().enumerate() {
            let (t, given) = (&self.supply.temperature[place], &self.draws.given_w[i]);
            for l in 0..L {
                let lost = self.draws.loss(i, l, ground[l], t[l]);
                let asked = self.draws.heat_w[i][l] + lost;
                let part = lost / asked.max(f64::MIN_POSITIVE);
                behind[l] += given[l] * part;
                delivered[l] += given[l] * (1.0 - part);
                let missing = asked - given[l];
                short[l] += if missing > 1e-6 * asked { missing } else { 0.0 };
            }
        }
        for (l, hour) in hours.iter_mut().enumerate() {
            hour.delivered_w = delivered[l];
            hour.loss_w = behind[l];
            hour.shortfall_w = short[l];
        }
    }

    /// Heat lost by both pipes of one trench, W.
    #[inline]
    pub(crate) fn pipe_loss_w(&self, k: usize) -> Lanes<L> {
        let mut lost = self.side_loss_w(&self.supply, k);
        add(&mut lost, &self.side_loss_w(&self.back, k));
        lost
    }

    #[inline]
    fn side_loss_w(&self, side: &Side<L>, k: usize) -> Lanes<L> {
        let network: &Network = self.network;
        let (a, b) = (
            &side.enthalpy[network.tail[k]],
            &side.enthalpy[network.head[k]],
        );
        let (flow, outlet) = (&side.mass_flow[k], &side.outlet[k]);
        let mut lost = [0.0; L];
        for l in 0..L {
            let from = if flow[l] >= 0.0 { a[l] } else { b[l] };
            lost[l] = flow[l].abs() * (from - self.fluid.enthalpy(outlet[l]));
        }
        lost
    }
}
