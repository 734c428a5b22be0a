//! Solves a case folder and prints cost, bound and times.
use hukka_dispatch::park::{ParkOptions, solve_case};
use std::time::Instant;

#[expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "an example reads files and tells times"
)]
fn main() {
    let folder = std::path::PathBuf::from(std::env::args().nth(1).unwrap_or_default());
    let clock = Instant::now();
    let read = |name| std::fs::read(folder.join(name)).unwrap_or_default();
    let (case, found) = hukka_formats::read_dispatch_case(hukka_formats::CaseFiles {
        case: &read("case.json"),
        series: &read("series.csv"),
        rolling: None,
    });
    for diagnostic in &found {
        println!("{diagnostic:?}");
    }
    let Some(case) = case else { return };
    println!("read {:.4} s", clock.elapsed().as_secs_f64());
    let gap = std::env::args().nth(2).and_then(|text| text.parse().ok());
    let options = ParkOptions {
        gap,
        ..ParkOptions::default()
    };
    match solve_case(&case, &options, &|| clock.elapsed().as_secs_f64()) {
        Ok((outcome, found)) => {
            println!(
                "{found:?}\nobjective {} bound {} gap {:.3e} engine {} windows {} build {:.4} solve {:.4}",
                outcome.objective_eur,
                outcome.bound_eur,
                outcome.gap,
                outcome.engine,
                outcome.windows,
                outcome.build_s,
                outcome.solve_s
            );
            println!("{:?}", outcome.score);
            for unit in &outcome.account.units {
                println!(
                    "{} {:.2} MWh {} starts",
                    unit.id, unit.heat_mwh, unit.starts
                );
            }
            println!("total {:.4} s", clock.elapsed().as_secs_f64());
        }
        Err(error) => println!("{error}"),
    }
}
