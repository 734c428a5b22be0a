//! Age of the water: how long it has been on its way through the supply pipes.

use crate::fluid::Fluid;
use crate::solver::Solver;

impl<F: Fluid, const L: usize> Solver<'_, F, L> {
    /// Time the water at a place has spent in the supply pipes, s, along the way most of it took.
    ///
    /// `t = Σ ρ V / |m|` over the pipes from the plant or a source, each time the one that brings
    /// most water. In a tree this is the transport delay from the plant.
    ///
    /// # Assumptions  plug flow · the flows of the hour held · density at the end of each pipe
    pub(crate) fn delay_s(&self, place: usize, lane: usize) -> f64 {
        let (mut at, mut time) = (place, 0.0);
        for _ in 0..self.network.nodes() {
            let Some((pipe, from, flow)) = self.main_feed(at, lane) else {
                break;
            };
            let density = self.fluid.density(self.supply.outlet[pipe][lane]);
            time += density * self.network.volume[pipe] / flow;
            at = from;
        }
        time
    }

    /// The pipe that brings most water to a place, where it comes from and its flow; none if more
    /// enters here from outside.
    fn main_feed(&self, place: usize, lane: usize) -> Option<(usize, usize, f64)> {
        let trunk = &self.supply_sweep.trunk;
        let outside = trunk.entering(place, lane);
        let above = self.network.parent[place];
        let own = (place > 0).then(|| (place, above, self.supply.mass_flow[place][lane]));
        let links = trunk.links(place).iter();
        let others =
            links.map(|&(k, other, sign)| (k, other, -sign * self.supply.mass_flow[k][lane]));
        own.into_iter()
            .chain(others)
            .filter(|(_, _, flow)| *flow > outside)
            .max_by(|a, b| a.2.total_cmp(&b.2))
    }
}

#[cfg(test)]
mod tests {
    use crate::{Boundary, Draw, Network, PipeSpec, Solver, SolverOptions, Water};
    use hukka_physics::water;

    #[test]
    fn the_delay_is_the_water_in_the_pipes_over_its_flow() {
        let pipe = |from, to, length_m| PipeSpec {
            from,
            to,
            length_m,
            inner_diameter_m: 0.1,
            roughness_m: 1e-4,
            fitting_share: 0.2,
            loss_w_mk: 0.0,
        };
        let network = Network::new(&[0.0; 3], &[pipe(0, 1, 500.0), pipe(2, 1, 300.0)], 0).unwrap();
        let mut solver: Solver<'_, Water> =
            Solver::new(&network, Water, &[1, 2], &[], SolverOptions::default()).unwrap();
        let draw = |min_mass_flow| Draw {
            heat_w: 0.0,
            loss_w_k: 0.0,
            return_temperature_k: 318.15,
            min_mass_flow,
        };
        let draws = [draw(3.0), draw(1.0)];
        let hour = solver.solve(&Boundary {
            supply_temperature_k: 353.15,
            surplus_return_temperature_k: 318.15,
            ground_temperature_k: 281.15,
            draws: &draws,
            inflows: &[],
        });
        assert!(hour.is_converged);
        let content = std::f64::consts::FRAC_PI_4 * 0.01 * water::density(353.15);
        let expected = content * (500.0 / 4.0 + 300.0 / 1.0);
        let found = solver.delay_s(network.place[2], 0);
        assert!((found / expected - 1.0).abs() < 1e-9, "{found} {expected}");
    }
}
