//! Prints how much processor time cold solves of random network cases take:
//! `cargo run --release -p hukka-network --example case_speed`.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measuring tool prints and reads the clock"
)]

#[path = "../tests/it/case/random_net.rs"]
mod random_net;

use hukka_model::network_case::FrictionLaw;
use hukka_network::case::{
    CaseOptions, Drive, HydraulicWork, Hydraulics, Link, LinkLaw, PipeLaw, steady,
};
use random_net::{Draw, draw};
use std::time::Instant;

/// Milliseconds of this thread on a processor, or by the clock where the system does not tell.
fn now_ms(start: Instant) -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let spent = told.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    spent.map_or(1e3 * start.elapsed().as_secs_f64(), |ns| 1e-6 * ns)
}

/// Mean processor time of a run, milliseconds.
fn timed(runs: usize, mut run: impl FnMut()) -> f64 {
    let clock = Instant::now();
    let start = now_ms(clock);
    for _ in 0..runs {
        run();
    }
    (now_ms(clock) - start) / runs as f64
}

/// Hydraulics alone on the supply side, cold, as a water network program would have it.
fn one_side(consumers: usize, loops: usize, runs: usize) {
    let case = draw(&Draw {
        consumers,
        loops,
        ..Draw::default()
    });
    let half = case.nodes.len().div_euclid(2);
    let links: Vec<Link> = case
        .pipes
        .iter()
        .filter(|p| p.from < half)
        .map(|p| Link {
            from: p.from,
            to: p.to,
            law: LinkLaw::Pipe(PipeLaw::new(
                FrictionLaw::Colebrook,
                (p.length.si(), p.inner_diameter.si(), p.roughness.si()),
                p.minor_loss,
                None,
            )),
            is_non_return: false,
        })
        .collect();
    let mut taken = vec![0.0; half];
    for consumer in &case.consumers {
        taken[consumer.supply_node] +=
            consumer.heat.map_or(0.0, hukka_units::HeatPower::si) / 1.4e5;
    }
    let mut is_given = vec![false; half];
    is_given[case.sources[0].supply_node] = true;
    let flat = vec![0.0; links.len()];
    let (density, viscosity) = (vec![970.0; links.len()], vec![3.5e-4; links.len()]);
    let given = vec![12e5; half];
    let drive = Drive {
        density: &density,
        viscosity: &viscosity,
        head: &flat,
        swing: &flat,
        taken: &taken,
        given_pressure: &given,
        held_pressure: &[],
    };
    let mut steps = 0;
    let ordering = timed(runs, || {
        drop(Hydraulics::new(links.clone(), &is_given, Vec::new()));
    });
    let whole = timed(runs, || {
        let hydraulics = Hydraulics::new(links.clone(), &is_given, Vec::new());
        let mut state = hydraulics.start(&drive);
        let mut work = HydraulicWork::default();
        steps = hydraulics
            .solve(&drive, &mut state, &mut work, 1e-6, 50)
            .iterations;
    });
    println!(
        "hydraulics of one side, {consumers} consumers, {loops} loops: {whole:.2} ms, of which ordering {ordering:.2} ms, {steps} steps"
    );
}

fn main() {
    one_side(1_000, 20, 300);
    one_side(10_000, 100, 30);
    for (consumers, loops, highest_m, runs) in [
        (1_000, 0, 30.0, 20),
        (1_000, 20, 30.0, 20),
        (1_000, 20, 0.0, 20),
        (10_000, 100, 30.0, 2),
    ] {
        let case = draw(&Draw {
            consumers,
            loops,
            highest_m,
            ..Draw::default()
        });
        let mut rounds = 0;
        let mean = timed(runs, || {
            if let Ok((state, _)) = steady(&case, &CaseOptions::default(), &mut ()) {
                rounds = state.iterations;
            }
        });
        println!(
            "{consumers} consumers, {loops} loops, {highest_m} m: {mean:.2} ms, {rounds} rounds"
        );
    }
}
