//! Times the dispatch of a made-up year, with and without the data centre, by length of window.

#![expect(clippy::print_stdout, reason = "a timing example prints its figures")]
#![expect(
    clippy::disallowed_methods,
    reason = "a timing example reads the clock"
)]

#[path = "../tests/it/town.rs"]
mod town;

use hukka_dispatch::{Case, Options};
use hukka_model::Fuel;
use std::time::Instant;

fn main() {
    let mut town = town::Town::new(8760, 1);
    town.design.boilers = vec![
        town::boiler("gas", Fuel::Gas, 30.0),
        town::boiler("wood", Fuel::WoodChip, 8.0),
        town::boiler("electric", Fuel::Electricity, 10.0),
    ];
    town.design.boilers[0].is_existing = true;
    town.design.boilers[1].is_existing = true;
    town.design.stores[0].is_existing = true;
    for (window_days, overlap_hours) in [(7, 48), (14, 48), (14, 72), (28, 72), (365, 0)] {
        let start = Instant::now();
        for case in [Case::WithDataCentre, Case::ExistingPlantOnly] {
            let options = Options {
                case,
                window_hours: window_days * 24,
                overlap_hours,
                ..Options::default()
            };
            match town.run(&options) {
                Ok((plan, _)) => println!(
                    "  {case:?}: {:.2} EUR, gap {:.1e}, {:?}",
                    plan.objective.eur(),
                    (plan.objective - plan.bound).eur() / plan.objective.eur(),
                    plan.status,
                ),
                Err(error) => println!("  {case:?}: {error}"),
            }
        }
        let seconds = start.elapsed().as_secs_f64();
        println!("{window_days:>3} d + 2 × {overlap_hours} h: both cases {seconds:.3} s");
    }
}
