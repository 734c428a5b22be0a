//! Prints how many random network cases converge, by load:
//! `cargo run --release -p hukka-network --example case_robustness [networks [first seed [loads…]]]`.

#![expect(clippy::print_stdout, reason = "a measuring tool prints")]

#[path = "../tests/it/case/random_net.rs"]
mod random_net;

use hukka_model::network_case::FrictionLaw;
use hukka_network::case::{CaseOptions, steady};
use random_net::{Draw, draw};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize| words.get(at).and_then(|word| word.parse::<u64>().ok());
    let (networks, first) = (number(0).unwrap_or(30), number(1).unwrap_or(0));
    let stated: Vec<f64> = words
        .iter()
        .skip(2)
        .filter_map(|w| w.parse().ok())
        .collect();
    let usual = [0.0, 1.0, 0.5, 0.2, 0.1, 0.05, 0.02];
    for &load in if stated.is_empty() {
        &usual[..]
    } else {
        &stated[..]
    } {
        let (mut solved, mut rounds, mut most) = (0, 0, 0);
        for seed in first..first + networks {
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
