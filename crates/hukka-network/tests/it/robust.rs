//! Random towns with loops, hills and several sources: every one converges and closes.

#[path = "../../examples/town/mod.rs"]
mod town;

use hukka_network::{Buoyancy, Friction, PressureLaws, SIDE_BY_SIDE, Solver, SolverOptions, Water};
use town::{Town, Wish};

const CLOSED: f64 = 1e-8;

fn wish(consumers: usize, loops: usize, sources: usize, seed: u64) -> Wish {
    Wish {
        consumers,
        loops,
        sources,
        height_m: 30.0,
        seed,
    }
}

fn converges(wish: Wish, laws: PressureLaws) {
    let town = Town::make(wish);
    let network = town.network();
    assert_eq!(network.loop_count(), wish.loops, "{wish:?}");
    let options = SolverOptions {
        laws,
        ..SolverOptions::default()
    };
    let (draws, inflows) = (&town.draw_nodes, &town.inflow_nodes);
    let mut solver: Solver<'_, Water> =
        Solver::new(&network, Water, draws, inflows, options).unwrap();
    let hour = solver.solve(&town.boundary());
    assert!(hour.is_converged && hour.is_finite, "{wish:?} {hour:?}");
    let out = hour.delivered_w + hour.loss_w;
    assert!(
        (hour.heat_fed_w / out - 1.0).abs() < CLOSED,
        "{wish:?} {hour:?}"
    );
    assert!(hour.residual < CLOSED, "{wish:?} {hour:?}");
    let mut mass = vec![0.0; town.elevation.len()];
    mass[0] = hour.plant_mass_flow;
    for (i, &node) in draws.iter().enumerate() {
        mass[node] -= solver.draw(i).0;
    }
    for (i, &node) in inflows.iter().enumerate() {
        mass[node] += solver.inflow(i);
    }
    for (i, pipe) in town.pipes.iter().enumerate() {
        let flow = solver.pipe(i).supply_mass_flow;
        mass[pipe.from] -= flow;
        mass[pipe.to] += flow;
    }
    let drawn: f64 = (0..draws.len()).map(|i| solver.draw(i).0).sum();
    let worst = mass.iter().fold(0.0_f64, |w, m| w.max(m.abs()));
    assert!(worst < 1e-12 * drawn, "{wish:?} {worst}");
}

#[test]
fn thirty_towns_with_twenty_loops_converge() {
    for seed in 0..30 {
        converges(
            wish(1000, 20, 1 + (seed % 2) as usize, seed),
            PressureLaws::default(),
        );
    }
}

#[test]
fn towns_whose_water_weighs_by_its_temperature_converge() {
    let laws = PressureLaws {
        friction: Friction::ColebrookEverywhere,
        buoyancy: Buoyancy::Local,
    };
    for seed in 0..30 {
        converges(wish(1000, 20, 1 + (seed % 2) as usize, seed), laws);
    }
}

#[test]
fn a_city_with_a_hundred_loops_converges() {
    for (sources, seed) in [(1, 7), (2, 8)] {
        converges(wish(10_000, 100, sources, seed), PressureLaws::default());
    }
}

#[test]
fn a_thousand_loops_converge() {
    converges(wish(4000, 1000, 1, 3), PressureLaws::default());
}

#[test]
fn hours_side_by_side_agree_with_hours_alone() {
    let town = Town::make(wish(300, 8, 2, 5));
    let network = town.network();
    let options = SolverOptions::default();
    let (draws, inflows) = (&town.draw_nodes, &town.inflow_nodes);
    let mut beside: Solver<'_, Water, SIDE_BY_SIDE> =
        Solver::new(&network, Water, draws, inflows, options).unwrap();
    let loads: Vec<Vec<_>> = (0..SIDE_BY_SIDE)
        .map(|l| {
            let level = 0.3 + 0.1 * l as f64;
            let scaled = town.draws.iter().map(|draw| hukka_network::Draw {
                heat_w: draw.heat_w * level,
                min_mass_flow: draw.min_mass_flow * level,
                ..*draw
            });
            scaled.collect()
        })
        .collect();
    let boundaries: Vec<_> = loads
        .iter()
        .map(|draws| hukka_network::Boundary {
            draws,
            ..town.boundary()
        })
        .collect();
    let hours = beside.solve_side_by_side(&boundaries);
    for (boundary, hour) in boundaries.iter().zip(hours) {
        let mut alone: Solver<'_, Water> =
            Solver::new(&network, Water, draws, inflows, options).unwrap();
        let single = alone.solve(boundary);
        assert!(hour.is_converged && single.is_converged);
        assert!((hour.heat_fed_w / single.heat_fed_w - 1.0).abs() < 1e-7);
        assert!((hour.plant_mass_flow - single.plant_mass_flow).abs() < 1e-7 * 100.0);
    }
}

#[test]
fn hours_with_pipes_about_to_turn_are_solved_side_by_side() {
    let town = Town::make(wish(10_000, 100, 1, 7));
    let network = town.network();
    let share = network.loss_shares(&town.draw_nodes);
    let mut beside: Solver<'_, Water, SIDE_BY_SIDE> = Solver::new(
        &network,
        Water,
        &town.draw_nodes,
        &[],
        SolverOptions::default(),
    )
    .unwrap();
    for first in [0.95, 1.02, 0.5, 0.1] {
        let at = |l: usize| {
            let level = first * (1.0 + 0.02 * l as f64);
            let supply_k: f64 = 343.15 + 25.0 * level.min(1.0);
            let keep_warm = (supply_k - town::GROUND_K) / (4190.0 * 8.0);
            let of = |(draw, share): (&hukka_network::Draw, &f64)| hukka_network::Draw {
                heat_w: draw.heat_w * level,
                min_mass_flow: (draw.min_mass_flow * level).max(share * keep_warm),
                ..*draw
            };
            let draws: Vec<_> = town.draws.iter().zip(&share).map(of).collect();
            (supply_k, draws)
        };
        let values: Vec<_> = (0..SIDE_BY_SIDE).map(at).collect();
        let boundaries: Vec<_> = values
            .iter()
            .map(|(supply_temperature_k, draws)| hukka_network::Boundary {
                supply_temperature_k: *supply_temperature_k,
                draws,
                ..town.boundary()
            })
            .collect();
        for hour in beside.solve_side_by_side(&boundaries) {
            let out = hour.delivered_w + hour.loss_w;
            assert!(hour.is_converged && hour.is_finite, "{first} {hour:?}");
            assert!(hour.residual < CLOSED, "{first} {hour:?}");
            assert!(
                (hour.heat_fed_w / out - 1.0).abs() < CLOSED,
                "{first} {hour:?}"
            );
        }
    }
}
