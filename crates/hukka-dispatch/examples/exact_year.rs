//! Times the exact engine beside the general solver on a synthetic year, CPU seconds:
//! `exact_year [hour|quarter|week] [SEED] [fast|both] [CAPACITY_MWH] [LOSS_PER_H]`; `fast` leaves the
//! general solver out.

#![expect(clippy::print_stdout, reason = "a timing example prints its figures")]
#![expect(
    clippy::unwrap_used,
    reason = "a timing example may fail on what it does not expect"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "a timing example reads the clock"
)]
#![expect(dead_code, reason = "shared with the tests")]

#[path = "../tests/it/chains.rs"]
mod chains;
#[path = "../tests/it/year.rs"]
mod year;

use hukka_dispatch::exact::{Options, Outcome, solve};
use std::time::Instant;

/// CPU seconds of this thread where the system tells them, else seconds of the clock.
fn cpu_s(start: Instant) -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let ns = text.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    ns.map_or_else(|| start.elapsed().as_secs_f64(), |ns| ns * 1e-9)
}

fn main() {
    let start = Instant::now();
    let argument = |index: usize| std::env::args().nth(index).unwrap_or_default();
    let seed = argument(2).parse().unwrap_or(1);
    let mut chain = match argument(1).as_str() {
        "quarter" => year::window(4 * 8760, 0.25, seed),
        "week" => year::window(168, 1.0, seed),
        _ => year::window(8760, 1.0, seed),
    };
    if let Some(store) = &mut chain.store {
        if let Ok(capacity) = argument(4).parse::<f64>() {
            store.capacity_mwh = capacity.into();
        }
        if let Ok(loss) = argument(5).parse() {
            store.loss_per_h = loss;
        }
    }
    let options = Options::default();
    let rounds = (100_000.0 / chain.steps() as f64).ceil();
    let mut found = None;
    let before = cpu_s(start);
    for _ in 0..rounds as usize {
        found = Some(solve(&chain, &options).unwrap());
    }
    let ours = (cpu_s(start) - before) / rounds;
    let Some(Outcome::Optimal(solution)) = found else {
        println!("infeasible");
        return;
    };
    println!(
        "{} steps: exact {:.6} EUR, gap {:.1e}, {:.3} ms",
        chain.steps(),
        solution.objective_eur,
        solution.gap(),
        1e3 * ours,
    );
    let sum = |series: &[f64]| series.iter().sum::<f64>();
    let heat: Vec<String> = solution
        .activity_mw
        .iter()
        .map(|heat| format!("{:.0}", sum(heat)))
        .collect();
    println!(
        "heat {} of {:.0} MW·steps, bought {:.0}, sold {:.0}, charged {:.0}, unserved {:.0}",
        heat.join(" "),
        sum(&chain.demand_mw),
        sum(&solution.buy_mw),
        sum(&solution.sell_mw),
        sum(&solution.charge_mw),
        sum(&solution.unserved_mw),
    );
    if argument(3) == "fast" {
        return;
    }
    let programme = chains::programme(&chain);
    let before = cpu_s(start);
    let general = programme
        .problem
        .solve(&hukka_lp::Options::default())
        .unwrap();
    let theirs = cpu_s(start) - before;
    println!(
        "HiGHS {:.6} EUR (relative difference {:.1e}), {:.3} ms: {:.0} times as long",
        general.objective,
        (solution.objective_eur - general.objective) / general.objective.abs(),
        1e3 * theirs,
        theirs / ours,
    );
}
