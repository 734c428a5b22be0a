//! Time of a simulated year: 8,760 steady hours with full properties and Colebrook friction.
//!
//! `cargo run --release -p hukka-network --example network_year [consumers:loops:hours]...`

mod town;

use hukka_network::{Boundary, Draw, Hour, Network, SIDE_BY_SIDE, Solver, SolverOptions, Water};
use rayon::prelude::*;
use town::{Town, Wish};

const HOURS: usize = 8760;
const CHUNK: usize = 120;

fn load(hour: usize) -> f64 {
    let day = hour as f64 / 24.0;
    let winter = 0.5 + 0.45 * (std::f64::consts::TAU * (day - 20.0) / 365.0).cos();
    winter * (1.0 + 0.15 * (std::f64::consts::TAU * day).sin())
}

/// Largest imbalance, most iterations, hours unsolved, all iterations, largest residual.
#[derive(Default)]
struct Tally {
    imbalance: f64,
    residual: f64,
    most: usize,
    all: usize,
    alone: usize,
    unsolved: usize,
}

impl Tally {
    fn add(&mut self, hour: &Hour) {
        let out = hour.delivered_w + hour.loss_w;
        self.imbalance = self.imbalance.max((hour.heat_fed_w - out).abs() / out);
        self.residual = self.residual.max(hour.residual);
        self.most = self.most.max(hour.iterations);
        self.all += hour.iterations;
        self.unsolved += usize::from(!hour.is_converged);
    }

    fn join(mut self, other: &Self) -> Self {
        self.imbalance = self.imbalance.max(other.imbalance);
        self.residual = self.residual.max(other.residual);
        self.most = self.most.max(other.most);
        self.all += other.all;
        self.alone += other.alone;
        self.unsolved += other.unsolved;
        self
    }
}

fn draws(town: &Town, share: &[f64], level: f64, supply_k: f64, into: &mut Vec<Draw>) {
    into.clear();
    into.extend(town.draws.iter().zip(share).map(|(draw, share)| Draw {
        heat_w: draw.heat_w * level,
        min_mass_flow:
            (draw.min_mass_flow * level).max(share * (supply_k - town::GROUND_K) / (4190.0 * 8.0)),
        ..*draw
    }));
}

fn run(town: &Town, network: &Network, share: &[f64], hours: std::ops::Range<usize>) -> Tally {
    let options = SolverOptions::default();
    let (draw_nodes, inflow_nodes) = (&town.draw_nodes, &town.inflow_nodes);
    let mut solver: Solver<'_, Water, SIDE_BY_SIDE> =
        Solver::new(network, Water, draw_nodes, inflow_nodes, options).expect("nodes exist");
    let mut tally = Tally::default();
    let mut values = vec![Vec::new(); SIDE_BY_SIDE];
    for first in hours.clone().step_by(SIDE_BY_SIDE) {
        let together = first..(first + SIDE_BY_SIDE).min(hours.end);
        let boundaries: Vec<Boundary<'_>> = together
            .zip(&mut values)
            .map(|(hour, values)| {
                let level = load(hour);
                let supply_k = 343.15 + 25.0 * level.min(1.0);
                draws(town, share, level, supply_k, values);
                Boundary {
                    supply_temperature_k: supply_k,
                    draws: values,
                    ..town.boundary()
                }
            })
            .collect();
        let solved = solver.solve_side_by_side(&boundaries);
        solver.solve_pressures();
        for (hour, boundary) in solved.iter().zip(&boundaries) {
            if hour.is_converged {
                tally.add(hour);
            } else {
                let mut alone = Solver::new(network, Water, draw_nodes, inflow_nodes, options)
                    .expect("nodes exist");
                tally.add(&alone.solve(boundary));
                tally.alone += 1;
            }
        }
    }
    tally
}

#[expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a stopwatch that prints"
)]
fn main() {
    let asked: Vec<Vec<usize>> = std::env::args()
        .skip(1)
        .map(|word| {
            word.split(':')
                .filter_map(|part| part.parse().ok())
                .collect()
        })
        .collect();
    let usual = || vec![vec![1000, 0], vec![1000, 20]];
    for size in if asked.is_empty() { usual() } else { asked } {
        let at = |i: usize, usual: usize| size.get(i).copied().unwrap_or(usual);
        let (consumers, loops, hours) = (at(0, 1000), at(1, 0), at(2, HOURS));
        let town = Town::make(Wish {
            consumers,
            loops,
            sources: 1,
            height_m: 30.0,
            seed: 7,
        });
        let network = town.network();
        let share = network.loss_shares(&town.draw_nodes);
        let starts: Vec<usize> = (0..hours).step_by(CHUNK).collect();
        let start = std::time::Instant::now();
        let parts: Vec<Tally> = starts
            .par_iter()
            .map(|&from| run(&town, &network, &share, from..(from + CHUNK).min(hours)))
            .collect();
        let seconds = start.elapsed().as_secs_f64();
        let threads = rayon::current_num_threads();
        let tally = parts.iter().fold(Tally::default(), Tally::join);
        let work = (2 * town.pipes.len() * hours) as f64;
        println!(
            "{consumers} consumers, {} pipes a side, {} loops, {hours} hours: {seconds:.2} s on \
             {threads} threads, {:.0} ns per pipe, side, hour and thread; imbalance {:.1e}, \
             residual {:.1e}, {:.1} iterations in the mean, at most {}, {} hours alone, {} unsolved",
            town.pipes.len(),
            network.loop_count(),
            seconds * 1e9 * threads as f64 / work,
            tally.imbalance,
            tally.residual,
            tally.all as f64 / hours as f64,
            tally.most,
            tally.alone,
            tally.unsolved,
        );
    }
}
