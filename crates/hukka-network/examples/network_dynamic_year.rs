//! Time of a year with transport through the pipes: 1,000 consumers, steps of any length.
//!
//! `cargo run --release -p hukka-network --example network_dynamic_year [consumers:loops:minutes]...`

mod town;

use hukka_network::dynamic::{PipeHeat, Step, Transport, TransportOptions};
use hukka_network::{Boundary, Draw, Network, Solver, SolverOptions, Water};
use hukka_units::TimeSpan;
use town::{Town, Wish};

const HOURS: usize = 8760;

fn load(hour: f64) -> f64 {
    let day = hour / 24.0;
    let winter = 0.5 + 0.45 * (std::f64::consts::TAU * (day - 20.0) / 365.0).cos();
    winter * (1.0 + 0.15 * (std::f64::consts::TAU * day).sin())
}

/// Heat held by a metre of steel pipe, wall of 2.6 mm and more, J/(m K).
fn wall(inner_m: f64) -> f64 {
    let thick = 0.002_6_f64.max(0.02 * inner_m);
    7800.0 * 480.0 * std::f64::consts::PI * (inner_m + thick) * thick
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

/// What drives the network at an hour of the year.
fn boundary<'a>(town: &'a Town, supply_k: f64, draws: &'a [Draw]) -> Boundary<'a> {
    Boundary {
        supply_temperature_k: supply_k,
        draws,
        ..town.boundary()
    }
}

fn supply_k(level: f64) -> f64 {
    343.15 + 25.0 * level.min(1.0)
}

/// Flows of the chords at an hour, from the steady state then.
struct Chords<'a> {
    solver: Solver<'a, Water>,
    trenches: Vec<usize>,
    flows: Vec<f64>,
}

impl Chords<'_> {
    fn at(&mut self, boundary: &Boundary<'_>) {
        if self.trenches.is_empty() {
            return;
        }
        self.solver.solve(boundary);
        self.flows.clear();
        for &trench in &self.trenches {
            self.flows.push(self.solver.pipe(trench).supply_mass_flow);
        }
    }
}

/// Heat of the year, MWh, and the largest imbalance of a step.
#[derive(Default)]
struct Sums {
    fed: f64,
    delivered: f64,
    lost: f64,
    kept: f64,
    imbalance: f64,
    sweeps: usize,
}

impl Sums {
    fn add(&mut self, step: &Step, hours: f64) {
        self.fed += step.fed_w * hours / 1e6;
        self.delivered += step.delivered_w * hours / 1e6;
        self.lost += step.lost_w * hours / 1e6;
        self.kept += step.kept_w * hours / 1e6;
        let open = step.fed_w - step.delivered_w - step.lost_w - step.kept_w;
        self.imbalance = self.imbalance.max(open.abs() / step.fed_w.abs());
        self.sweeps += step.sweeps;
    }
}

fn run(town: &Town, network: &Network, hours_per_step: f64) -> (Sums, usize, f64) {
    let share = network.loss_shares(&town.draw_nodes);
    let heat: Vec<PipeHeat> = town
        .pipes
        .iter()
        .map(|p| PipeHeat {
            length_m: p.length_m,
            inner_diameter_m: p.inner_diameter_m,
            wall_j_mk: wall(p.inner_diameter_m),
        })
        .collect();
    let nodes = (&town.draw_nodes[..], &town.inflow_nodes[..]);
    let options = SolverOptions::default();
    let mut chords = Chords {
        solver: Solver::new(network, Water, nodes.0, nodes.1, options).expect("nodes exist"),
        trenches: network.chord_trenches(),
        flows: Vec::new(),
    };
    let mut transport = Transport::new(network, Water, &heat, nodes, TransportOptions::default())
        .expect("pipes of the made town");
    let steps = (HOURS as f64 / hours_per_step) as usize;
    let mut sums = Sums::default();
    let mut values = Vec::new();
    for step in 0..steps {
        let level = load(step as f64 * hours_per_step);
        let supply = supply_k(level);
        draws(town, &share, level, supply, &mut values);
        let boundary = boundary(town, supply, &values);
        chords.at(&boundary);
        let span = TimeSpan::from_h(hours_per_step);
        sums.add(
            &transport.step(span, &boundary, &chords.flows),
            hours_per_step,
        );
    }
    let ways = transport.delays();
    let longest = ways
        .into_iter()
        .filter(|d| d.is_finite())
        .fold(0.0, f64::max);
    (sums, steps, longest)
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
    let usual = || vec![vec![1000, 0, 60]];
    for size in if asked.is_empty() { usual() } else { asked } {
        let at = |i: usize, usual: usize| size.get(i).copied().unwrap_or(usual);
        let (consumers, loops, minutes) = (at(0, 1000), at(1, 0), at(2, 60));
        let town = Town::make(Wish {
            consumers,
            loops,
            sources: 1,
            height_m: 30.0,
            seed: 7,
        });
        let network = town.network();
        let start = std::time::Instant::now();
        let (sums, steps, longest) = run(&town, &network, minutes as f64 / 60.0);
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "{consumers} consumers, {} pipes a side, {loops} loops, {steps} steps of {minutes} min: \
             {seconds:.2} s on one thread, {:.0} ns per pipe, side and step, {:.2} sweeps a step; \
             fed {:.0}, delivered {:.0}, lost {:.0}, kept {:.3} MWh, imbalance of a step {:.1e}, \
             longest way {:.1} min at the end",
            town.pipes.len(),
            seconds * 1e9 / (2 * town.pipes.len() * steps) as f64,
            sums.sweeps as f64 / steps as f64,
            sums.fed,
            sums.delivered,
            sums.lost,
            sums.kept,
            sums.imbalance,
            longest / 60.0,
        );
    }
}
