//! Time of a simulated year: a tree with 1,000 consumers, and one with 20 loops.
//!
//! `cargo run --release -p hukka-network --example network_year [loops]...`

use hukka_network::{Boundary, Draw, Network, PipeSpec, Solver, SolverOptions, Water};
use rayon::prelude::*;

const HOURS: usize = 8760;
const CHUNK: usize = 73;
const CONSUMERS: usize = 1000;

/// A repeatable stream of numbers in 0..1.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

struct Town {
    network: Network,
    draw_nodes: Vec<usize>,
    size: Vec<f64>,
    share: Vec<f64>,
}

/// Streets on a grid: a comb tree, houses on service pipes; `loops` streets more.
fn town(loops: usize) -> Town {
    let side = 45;
    let streets = side * side;
    let mut dice = Dice(7);
    let mut pipes = Vec::new();
    let mut behind = vec![0.0; streets];
    let parent = |i: usize| {
        if i.is_multiple_of(side) {
            i - side
        } else {
            i - 1
        }
    };
    let home: Vec<usize> = (0..CONSUMERS)
        .map(|_| (dice.roll() * streets as f64) as usize)
        .collect();
    let size: Vec<f64> = (0..CONSUMERS)
        .map(|_| 5e3 + 60e3 * dice.roll().powi(3))
        .collect();
    for (house, &at) in home.iter().enumerate() {
        behind[at] += size[house];
    }
    for i in (1..streets).rev() {
        let power = behind[i];
        behind[parent(i)] += power;
    }
    let pipe = |from, to, length_m, power: f64| PipeSpec {
        from,
        to,
        length_m,
        inner_diameter_m: (0.0065 * (power / 1e3).powf(0.38)).max(0.0217),
        roughness_m: 1e-4,
        fitting_share: 0.2,
        loss_w_mk: 0.2,
    };
    for (i, power) in behind.iter().enumerate().skip(1) {
        pipes.push(pipe(
            parent(i),
            i,
            20.0 + 30.0 * dice.roll(),
            power.max(5e3),
        ));
    }
    for (house, &at) in home.iter().enumerate() {
        pipes.push(pipe(
            at,
            streets + house,
            5.0 + 20.0 * dice.roll(),
            size[house],
        ));
    }
    for k in 0..loops {
        let at = (k * 97 + 60) % (streets - side);
        pipes.push(pipe(
            at,
            at + side,
            40.0,
            behind[at].min(behind[at + side]).max(30e3),
        ));
    }
    let elevation: Vec<f64> = (0..streets + CONSUMERS)
        .map(|_| 30.0 * dice.roll())
        .collect();
    let network = Network::new(&elevation, &pipes, 0).expect("the made town is connected");
    let draw_nodes: Vec<usize> = (streets..streets + CONSUMERS).collect();
    let share = network.loss_shares(&draw_nodes);
    Town {
        network,
        draw_nodes,
        size,
        share,
    }
}

fn load(hour: usize) -> f64 {
    let day = hour as f64 / 24.0;
    let winter = 0.5 + 0.45 * (std::f64::consts::TAU * (day - 20.0) / 365.0).cos();
    winter * (1.0 + 0.15 * (std::f64::consts::TAU * day).sin())
}

/// Largest imbalance, most iterations, hours unsolved, and all iterations.
fn year(town: &Town) -> (f64, usize, usize, usize) {
    let starts: Vec<usize> = (0..HOURS).step_by(CHUNK).collect();
    let run = |&from: &usize| {
        let options = SolverOptions::default();
        let mut solver =
            Solver::new(&town.network, Water, &town.draw_nodes, &[], options).expect("nodes exist");
        let mut worst = (0.0_f64, 0, 0, 0);
        for hour in from..(from + CHUNK).min(HOURS) {
            let level = load(hour);
            let supply = 343.15 + 25.0 * level.min(1.0);
            let draws: Vec<Draw> = (0..CONSUMERS)
                .map(|i| Draw {
                    heat_w: town.size[i] * level,
                    loss_w_k: 0.0,
                    return_temperature_k: 315.15,
                    min_mass_flow: town.share[i] * (supply - 279.0) / (4190.0 * 8.0),
                })
                .collect();
            let result = solver.solve(&Boundary {
                supply_temperature_k: supply,
                surplus_return_temperature_k: 315.15,
                ground_temperature_k: 279.0,
                draws: &draws,
                inflows: &[],
            });
            solver.solve_pressures();
            let out = result.delivered_w + result.loss_w;
            worst.0 = worst.0.max((result.heat_fed_w - out).abs() / out);
            worst.1 = worst.1.max(result.iterations);
            worst.3 += result.iterations;
            worst.2 += usize::from(!result.is_converged);
        }
        worst
    };
    let parts: Vec<_> = starts.par_iter().map(run).collect();
    parts.iter().fold((0.0, 0, 0, 0), |a, b| {
        (b.0.max(a.0), b.1.max(a.1), a.2 + b.2, a.3 + b.3)
    })
}

#[expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a stopwatch that prints"
)]
fn main() {
    let asked: Vec<usize> = std::env::args()
        .skip(1)
        .filter_map(|word| word.parse().ok())
        .collect();
    let sizes = if asked.is_empty() { vec![0, 20] } else { asked };
    for loops in sizes {
        let town = town(loops);
        let pipes = town.network.nodes() - 1 + loops;
        let start = std::time::Instant::now();
        let (imbalance, iterations, unsolved, all) = year(&town);
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "{pipes} pipes a side, {loops} loops: {seconds:.2} s on {} threads, \
             {:.0} ns per pipe, side, hour and thread; imbalance {imbalance:.1e}, \
             {:.1} iterations in the mean, at most {iterations}, {unsolved} hours unsolved",
            rayon::current_num_threads(),
            seconds * 1e9 * rayon::current_num_threads() as f64 / (2 * pipes * HOURS) as f64,
            all as f64 / HOURS as f64,
        );
    }
}
