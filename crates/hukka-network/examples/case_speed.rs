//! Prints how long cold solves of random network cases take:
//! `cargo run --release -p hukka-network --example case_speed`.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measuring tool prints and reads the clock"
)]

#[path = "../tests/it/case/random_net.rs"]
mod random_net;

use hukka_network::case::{CaseOptions, steady};
use random_net::{Draw, draw};
use std::time::Instant;

fn main() {
    for (consumers, loops, highest_m) in [
        (1_000, 0, 30.0),
        (1_000, 20, 30.0),
        (1_000, 20, 0.0),
        (10_000, 100, 30.0),
    ] {
        let case = draw(&Draw {
            consumers,
            loops,
            highest_m,
            ..Draw::default()
        });
        let mut best = f64::INFINITY;
        let mut rounds = 0;
        for _ in 0..5 {
            let start = Instant::now();
            if let Ok((state, _)) = steady(&case, &CaseOptions::default(), &mut ()) {
                rounds = state.iterations;
            }
            best = best.min(1e3 * start.elapsed().as_secs_f64());
        }
        println!(
            "{consumers} consumers, {loops} loops, {highest_m} m: {best:.2} ms, {rounds} rounds"
        );
    }
}
