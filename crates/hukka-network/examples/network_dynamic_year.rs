//! Time of a year with transport through the pipes beside the steady one: 1,000 consumers.
//!
//! `cargo run --release -p hukka-network --example network_dynamic_year [loops] [minutes]`

use hukka_network::dynamic::{PipeHeat, Step, Transport, TransportOptions};
use hukka_network::{Boundary, Draw, Network, PipeSpec, Solver, SolverOptions, Water};
use hukka_units::TimeSpan;

const HOURS: usize = 8760;
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
    heat: Vec<PipeHeat>,
    draw_nodes: Vec<usize>,
    size: Vec<f64>,
    share: Vec<f64>,
}

/// Heat held by a metre of steel pipe, wall of 2.6 mm and more, J/(m K).
fn wall(inner_m: f64) -> f64 {
    let thick = 0.002_6_f64.max(0.02 * inner_m);
    7800.0 * 480.0 * std::f64::consts::PI * (inner_m + thick) * thick
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
    let heat = pipes
        .iter()
        .map(|p: &PipeSpec| PipeHeat {
            length_m: p.length_m,
            inner_diameter_m: p.inner_diameter_m,
            wall_j_mk: wall(p.inner_diameter_m),
        })
        .collect();
    let draw_nodes: Vec<usize> = (streets..streets + CONSUMERS).collect();
    let share = network.loss_shares(&draw_nodes);
    Town {
        network,
        heat,
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

fn draws(town: &Town, level: f64, supply: f64) -> Vec<Draw> {
    (0..CONSUMERS)
        .map(|i| Draw {
            heat_w: town.size[i] * level,
            loss_w_k: 0.0,
            return_temperature_k: 315.15,
            min_mass_flow: town.share[i] * (supply - 279.0) / (4190.0 * 8.0),
        })
        .collect()
}

fn boundary(draws: &[Draw], supply: f64) -> Boundary<'_> {
    Boundary {
        supply_temperature_k: supply,
        surplus_return_temperature_k: 315.15,
        ground_temperature_k: 279.0,
        draws,
        inflows: &[],
    }
}

/// Heat of the year, MWh: fed, delivered, lost, kept; largest imbalance; sweeps.
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

/// Flows of the chords, hour by hour, from the steady states.
fn chords(town: &Town, loops: usize) -> Vec<Vec<f64>> {
    if loops == 0 {
        return vec![Vec::new(); HOURS];
    }
    let options = SolverOptions::default();
    let mut solver =
        Solver::new(&town.network, Water, &town.draw_nodes, &[], options).expect("nodes exist");
    (0..HOURS)
        .map(|hour| {
            let level = load(hour);
            let supply = 343.15 + 25.0 * level.min(1.0);
            let draws = draws(town, level, supply);
            solver.solve(&boundary(&draws, supply));
            let trenches = town.heat.len();
            (trenches - loops..trenches)
                .map(|trench| solver.pipe(trench).supply_mass_flow)
                .collect()
        })
        .collect()
}

#[expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a stopwatch that prints"
)]
fn main() {
    let mut asked = std::env::args()
        .skip(1)
        .filter_map(|word| word.parse().ok());
    let loops: usize = asked.next().unwrap_or(0);
    let minutes: usize = asked.next().unwrap_or(60);
    let town = town(loops);
    let start = std::time::Instant::now();
    let chords = chords(&town, loops);
    let steady = start.elapsed().as_secs_f64();
    let start = std::time::Instant::now();
    let mut transport = Transport::new(
        &town.network,
        Water,
        &town.heat,
        (&town.draw_nodes, &[]),
        TransportOptions::default(),
    )
    .expect("pipes of the made town");
    let hours = minutes as f64 / 60.0;
    let steps = (HOURS as f64 / hours) as usize;
    let mut sums = Sums::default();
    for step in 0..steps {
        let hour = (step as f64 * hours) as usize;
        let level = load(hour);
        let supply = 343.15 + 25.0 * level.min(1.0);
        let draws = draws(&town, level, supply);
        let span = TimeSpan::from_h(hours);
        let found = transport.step(span, &boundary(&draws, supply), &chords[hour]);
        sums.add(&found, hours);
    }
    let seconds = start.elapsed().as_secs_f64();
    let pipes = town.heat.len();
    let longest = transport
        .delays()
        .into_iter()
        .filter(|d| d.is_finite())
        .fold(0.0, f64::max);
    println!(
        "{pipes} pipes a side, {loops} loops, {steps} steps of {minutes} min: {seconds:.2} s (steady flows {steady:.2} s), \
         {:.0} ns per pipe, side and step, {:.2} sweeps a step; \
         fed {:.0}, delivered {:.0}, lost {:.0}, kept {:.3} MWh, imbalance of a step {:.1e}, longest way {:.1} min",
        seconds * 1e9 / (2 * pipes * steps) as f64,
        sums.sweeps as f64 / steps as f64,
        sums.fed,
        sums.delivered,
        sums.lost,
        sums.kept,
        sums.imbalance,
        longest / 60.0,
    );
}
