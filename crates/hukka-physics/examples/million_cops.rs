//! Times a million evaluations of the Jensen and Pieper model, every term, on one thread.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "it measures and prints"
)]

use hukka_physics::heat_pump::OperatingPoint;
use hukka_physics::heat_pump::jensen::{AMMONIA, Machine, terms};
use std::time::Instant;

const COUNT: usize = 1_000_000;

fn main() {
    let machine = Machine {
        isentropic_efficiency: 0.8,
        pinch: 5.0,
        heat_loss: 0.0,
    };
    let points: Vec<OperatingPoint> = (0..COUNT)
        .map(|i| {
            let part = i as f64 / COUNT as f64;
            OperatingPoint {
                source_in: 293.15 + 20.0 * part,
                source_out: 283.15 + 18.0 * part,
                sink_in: 318.15 + 5.0 * part,
                sink_out: 338.15 + 30.0 * part,
            }
        })
        .collect();
    let start = Instant::now();
    let sum: f64 = points
        .iter()
        .map(|point| terms(&AMMONIA, point, &machine).cop)
        .sum();
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{COUNT} evaluations in {seconds:.3} s; mean COP {:.3}",
        sum / COUNT as f64
    );
}
