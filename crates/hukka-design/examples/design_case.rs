//! Solves design problems and prints value, bound and gap with the way there:
//! `cargo run --release -p hukka-design --example design_case cat economic 60 CASE.json…`.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measuring tool prints, reads files and the clock"
)]

use hukka_design::case::{CaseOptions, CaseProgress, solve};
use hukka_model::{ConnectionMode, Objective};
use std::time::Instant;

/// The clock, and the steps printed when asked for.
struct Watch {
    start: Instant,
    is_loud: bool,
}

impl CaseProgress for Watch {
    fn seconds(&mut self) -> f64 {
        self.start.elapsed().as_secs_f64()
    }

    fn step(&mut self, what: &str, value: Option<f64>, bound: Option<f64>) {
        if self.is_loud {
            let seconds = self.seconds();
            println!("  {seconds:7.2} s  {what:<34} {value:14.1?} {bound:14.1?}");
        }
    }
}

/// Processor seconds of this process, or the clock where the system does not tell.
fn processor_seconds(start: Instant) -> f64 {
    let told = std::fs::read_to_string("/proc/self/schedstat").ok();
    let spent = told.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    spent.map_or(start.elapsed().as_secs_f64(), |ns| 1e-9 * ns)
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [objective, mode, limit, files @ ..] = arguments.as_slice() else {
        println!("usage: design_case cat|lin forced|economic SECONDS CASE.json…");
        return;
    };
    let objective = if objective == "lin" {
        Objective::Linear
    } else {
        Objective::Catalogue
    };
    let mode = if mode == "forced" {
        ConnectionMode::Forced
    } else {
        ConnectionMode::Economic
    };
    let options = CaseOptions {
        time_limit_s: limit.parse().unwrap_or(60.0),
        ..CaseOptions::new(objective, mode)
    };
    for file in files {
        one(file, &options);
    }
}

fn one(file: &str, options: &CaseOptions) {
    let Ok(text) = std::fs::read_to_string(file) else {
        println!("{file}: cannot be read");
        return;
    };
    let (Some(case), _) = hukka_formats::design_case::read(file, &text) else {
        println!("{file}: is no design problem");
        return;
    };
    let mut watch = Watch {
        start: Instant::now(),
        is_loud: std::env::var_os("LOUD").is_some(),
    };
    let before = processor_seconds(watch.start);
    let found = solve(&case, options, &mut watch);
    let (wall, used) = (watch.seconds(), processor_seconds(watch.start) - before);
    match found {
        Ok(outcome) => println!(
            "{:<18} {:<4} {:<9} {:?} value {:.1} bound {:.1} gap {:.4} % of {:.0}, {wall:.1} s, first thread {used:.1} CPU s",
            case.name,
            options.objective.word(),
            options.mode.word(),
            outcome.status,
            outcome.value.map_or(0.0, hukka_units::Money::eur),
            outcome.bound.map_or(0.0, hukka_units::Money::eur),
            outcome.gap_on_cost().map_or(100.0, |g| 100.0 * g.si()),
            outcome.cost.map_or(0.0, hukka_units::Money::eur),
        ),
        Err(error) => println!("{}: {error}", case.name),
    }
}
