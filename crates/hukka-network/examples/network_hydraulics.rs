//! Time of one hydraulic solution of one side with fixed flows, from rest; optionally writes the
//! town as a `hukka-network-case/1` file for other programs.
//!
//! `cargo run --release -p hukka-network --example network_hydraulics [consumers:loops[:file]]...`

mod town;

use hukka_network::{Draw, PressureLaws, Water};
use std::time::Instant;
use town::{Town, Wish};

const RUNS: usize = 50;

fn flow_of(draw: &Draw) -> f64 {
    let by_heat = draw.heat_w / (4190.0 * (town::SUPPLY_K - draw.return_temperature_k));
    draw.min_mass_flow.max(by_heat)
}

#[expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a stopwatch that prints and writes the file asked for"
)]
fn main() -> std::io::Result<()> {
    let mut asked: Vec<String> = std::env::args().skip(1).collect();
    if asked.is_empty() {
        asked = ["1000:0", "1000:20", "10000:0", "10000:100"]
            .map(str::to_owned)
            .to_vec();
    }
    for word in asked {
        let parts: Vec<&str> = word.splitn(3, ':').collect();
        let number = |i: usize| parts.get(i).and_then(|part| part.parse().ok());
        let (consumers, loops) = (number(0).unwrap_or(1000), number(1).unwrap_or(0));
        let town = Town::make(Wish {
            consumers,
            loops,
            sources: 1,
            height_m: 30.0,
            seed: 7,
        });
        if let Some(file) = parts.get(2) {
            std::fs::write(file, town.case_json(&format!("town{consumers}-{loops}")))?;
        }
        let start = Instant::now();
        let network = town.network();
        let built = start.elapsed();
        let mut outflow = vec![0.0; town.elevation.len()];
        for (&node, draw) in town.draw_nodes.iter().zip(&town.draws) {
            outflow[node] += flow_of(draw);
        }
        let (mut best, mut residual) = (f64::INFINITY, 0.0);
        for _ in 0..RUNS {
            let start = Instant::now();
            let found = network
                .distribute(&Water, PressureLaws::default(), 333.15, &outflow)
                .expect("one outflow per node");
            best = best.min(start.elapsed().as_secs_f64());
            residual = found.residual;
        }
        println!(
            "{consumers} consumers, {} pipes, {} loops: {:.3} ms from rest (best of {RUNS}), network \
             read in {:.2} ms, loop residual before the last step {residual:.1e}",
            town.pipes.len(),
            network.loop_count(),
            1e3 * best,
            1e3 * built.as_secs_f64(),
        );
    }
    Ok(())
}
