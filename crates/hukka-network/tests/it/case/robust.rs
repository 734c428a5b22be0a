//! Random networks of every kind must converge, with mass and heat closed.

use super::balance::{heat_left, worst_mass, worst_mixing};
use super::random_net::{Draw, draw};
use hukka_model::network_case::FrictionLaw;
use hukka_network::case::{CaseOptions, HeatCounting, steady};

const EXACT: CaseOptions = CaseOptions {
    counting: HeatCounting::Enthalpy,
    tolerance: 1e-10,
    max_iterations: 300,
    least_cooling_k: 1.0,
};

/// Solves and checks one network; returns the rounds it took.
fn proven(of: &Draw) -> usize {
    let case = draw(of);
    let (state, found) = steady(&case, &EXACT, &mut ()).unwrap();
    let what = format!("seed {} of {} consumers", of.seed, of.consumers);
    assert!(state.is_converged, "{what}: {found:?}");
    let mass = worst_mass(&case, &state);
    assert!(mass < 1e-8, "{what}: mass {mass:e}");
    let mixing = worst_mixing(&case, &state, EXACT.counting);
    assert!(mixing < 1e-8, "{what}: mixing {mixing:e}");
    let left = heat_left(&state);
    assert!(left.abs() < 1e-8, "{what}: heat {left:e}");
    for (consumer, s) in case.consumers.iter().zip(&state.consumers) {
        let wanted = consumer.heat.unwrap().si();
        assert!(
            (s.heat_w - wanted).abs() < 1e-7 * wanted.abs() + 1e-6,
            "{what}: {}",
            consumer.id
        );
    }
    state.iterations
}

#[test]
fn thirty_networks_with_loops_and_hills_converge() {
    let mut rounds = Vec::new();
    for seed in 0..30 {
        rounds.push(proven(&Draw {
            has_second_source: seed % 3 == 2,
            friction: if seed % 2 == 0 {
                FrictionLaw::Colebrook
            } else {
                FrictionLaw::Nikuradse
            },
            seed,
            ..Draw::default()
        }));
    }
    eprintln!("rounds: {rounds:?}");
}

#[test]
fn ten_thousand_consumers_with_a_hundred_loops_converge() {
    for (seed, has_second_source) in [(7, false), (8, true)] {
        let rounds = proven(&Draw {
            consumers: 10_000,
            loops: 100,
            has_second_source,
            seed,
            ..Draw::default()
        });
        eprintln!("seed {seed}: {rounds} rounds");
    }
}
