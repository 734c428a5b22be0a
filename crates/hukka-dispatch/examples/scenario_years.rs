//! Ten scenario years side by side, and how busy they keep the cores:
//! `scenario_years [YEARS] [exact|highs]`.
//!
//! On a machine that others use too, seconds of the clock say little. A thread is counted as busy
//! while it runs and while it waits for a core that others hold; the rest it had nothing to do.
#![expect(clippy::print_stdout, reason = "a timing example prints its figures")]
#![expect(
    clippy::disallowed_methods,
    reason = "a timing example reads the clock and the system's counters"
)]

use hukka_dispatch::park::{Engine, ParkOptions, Synthetic, solve_case, synthetic_case};
use hukka_model::{DispatchCase, DispatchMode};
use rayon::prelude::*;
use std::time::Instant;

/// Seconds run, and seconds waited for a core, by thread of this process.
fn threads() -> Vec<(f64, f64)> {
    let tasks = std::fs::read_dir("/proc/self/task").into_iter().flatten();
    let paths = tasks.filter_map(|task| Some(task.ok()?.path().join("schedstat")));
    let mut found: Vec<_> = paths.collect();
    found.sort();
    let seconds = |path: &std::path::PathBuf| {
        let text = std::fs::read_to_string(path).ok()?;
        let mut words = text.split_whitespace().map(str::parse::<f64>);
        Some((1e-9 * words.next()?.ok()?, 1e-9 * words.next()?.ok()?))
    };
    found.iter().filter_map(seconds).collect()
}

fn main() {
    let argument = |index: usize| std::env::args().nth(index).unwrap_or_default();
    let years: u64 = argument(1).parse().unwrap_or(10);
    let engine = match argument(2).as_str() {
        "highs" => Engine::Highs,
        _ => Engine::Exact,
    };
    let cases: Vec<DispatchCase> = (1..=years)
        .map(|seed| {
            synthetic_case(&Synthetic {
                seed,
                steps: 8760,
                step_h: 1.0,
                start_hour: 0.0,
                mode: DispatchMode::Lp,
            })
        })
        .collect();
    let options = ParkOptions {
        engine,
        ..ParkOptions::default()
    };
    // The pool is started before the clock.
    let cores = rayon::broadcast(|_| ()).len();
    let before = threads();
    let clock = Instant::now();
    let costs: Vec<Option<f64>> = cases
        .par_iter()
        .map(|case| Some(solve_case(case, &options, &|| 0.0).ok()?.0.objective_eur))
        .collect();
    let passed = clock.elapsed().as_secs_f64();
    let after = threads();
    let mut sum = (0.0, 0.0);
    for ((ran, waited), (ran_before, waited_before)) in after.iter().zip(&before) {
        sum = (sum.0 + ran - ran_before, sum.1 + waited - waited_before);
    }
    let share = |seconds: f64| 100.0 * seconds / (cores as f64 * passed);
    println!(
        "{years} years on {cores} cores: {passed:.3} s by the clock, {:.3} CPU s; threads ran {:.1} %, \
         ran or waited for a core {:.1} % of the time",
        sum.0,
        share(sum.0),
        share(sum.0 + sum.1)
    );
    println!("mean cost {:.2} EUR", mean(&costs));
}

fn mean(costs: &[Option<f64>]) -> f64 {
    costs.iter().flatten().sum::<f64>() / costs.len() as f64
}
