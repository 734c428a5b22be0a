//! Prints how many random network cases converge, by load:
//! `cargo run --release -p hukka-network --example case_robustness [networks]`.

#![expect(clippy::print_stdout, reason = "a measuring tool prints")]

#[path = "../tests/it/case/random_net.rs"]
mod random_net;

use hukka_model::network_case::FrictionLaw;
use hukka_network::case::{CaseOptions, steady};
use random_net::{Draw, draw};

fn main() {
    let networks = std::env::args().nth(1).and_then(|n| n.parse().ok());
    let networks: u64 = networks.unwrap_or(30);
    for load in [0.0, 1.0, 0.5, 0.2, 0.1, 0.05, 0.02] {
        let (mut solved, mut rounds, mut most) = (0, 0, 0);
        for seed in 0..networks {
            let case = draw(&Draw {
                seed,
                load,
                has_second_source: seed % 3 == 2,
                friction: [FrictionLaw::Colebrook, FrictionLaw::Nikuradse][(seed % 2) as usize],
                ..Draw::default()
            });
            let Ok((state, found)) = steady(&case, &CaseOptions::default(), &mut ()) else {
                continue;
            };
            if state.is_converged {
                solved += 1;
            } else {
                println!("load {load}, seed {seed}: {:e}", state.residual);
            }
            rounds += state.iterations;
            most = most.max(state.iterations);
            for finding in found.iter().filter(|d| d.code != "HK0621") {
                println!(
                    "load {load}, seed {seed}: {} {}",
                    finding.code, finding.message
                );
            }
        }
        let mean = rounds as f64 / networks as f64;
        println!(
            "load {load}: {solved} of {networks}, rounds {mean:.1} on average, at most {most}"
        );
    }
}
