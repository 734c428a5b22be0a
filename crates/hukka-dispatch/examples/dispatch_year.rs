//! Times the dispatch of made-up years, with and without the data centre.

#![expect(clippy::print_stdout, reason = "a timing example prints its figures")]
#![expect(
    clippy::disallowed_methods,
    reason = "a timing example reads the clock"
)]

#[path = "../tests/it/town.rs"]
mod town;

use hukka_dispatch::{Case, Options};
use hukka_model::Fuel;
use hukka_units::{EnergyPrice, Ratio};
use std::time::Instant;
use town::Town;

/// A heat pump, gas, wood-chip and electric boiler, and a tank that lasts about six hours.
fn plant() -> Town {
    let mut town = Town::new(8760, 1);
    town.design.boilers = vec![
        town::boiler("gas", Fuel::Gas, 30.0),
        town::boiler("wood", Fuel::WoodChip, 8.0),
        town::boiler("electric", Fuel::Electricity, 10.0),
    ];
    town.design.boilers[0].is_existing = true;
    town.design.boilers[1].is_existing = true;
    town.design.stores[0].is_existing = true;
    town
}

fn time(name: &str, town: &Town, options: Options) {
    let mut found = Vec::with_capacity(2);
    let start = Instant::now();
    for case in [Case::WithDataCentre, Case::ExistingPlantOnly] {
        found.push(match town.run(&Options { case, ..options }) {
            Ok((plan, _)) => {
                let cost = plan.objective.eur();
                let gap = (cost - plan.bound.eur()) / cost.abs().max(1.0);
                format!("{cost:.2} EUR (gap {gap:.0e}, {:?})", plan.status)
            }
            Err(error) => error.to_string(),
        });
    }
    println!(
        "{name}: {:.3} s, {}",
        start.elapsed().as_secs_f64(),
        found.join(", ")
    );
}

fn main() {
    let options = Options::default();
    time("both cases", &plant(), options);
    for (days, overlap_hours) in [(7, 48), (14, 72), (28, 72), (365, 0)] {
        let window_hours = days * 24;
        let options = Options {
            window_hours,
            overlap_hours,
            ..options
        };
        time(
            &format!("windows of {days} d, overlap {overlap_hours} h"),
            &plant(),
            options,
        );
    }
    let mut flat = plant();
    flat.study
        .prices
        .electricity
        .fill(EnergyPrice::from_eur_mwh(50.0));
    time("flat price", &flat, options);
    flat.design.stores[0].loss_per_hour = Ratio::ZERO;
    time("flat price, lossless store", &flat, options);
    let mut small = plant();
    small.design.stores[0] = town::tank("small", 5.0);
    time("store of 5 MWh", &small, options);
    let mut large = plant();
    large.design.stores[0] = town::tank("large", 400.0);
    time("store of 400 MWh", &large, options);
    let mut pit = plant();
    pit.design.stores[0] = town::tank("pit", 5000.0);
    time("store of 5,000 MWh", &pit, options);
    let mut pumps = plant();
    pumps.design.heat_pumps.push(town::pump("second", 0, 4.0));
    pumps.design.stores.push(town::tank("second", 20.0));
    time("two heat pumps on one source, two stores", &pumps, options);
    let mut plain = plant();
    plain.design.stores.clear();
    time("no store", &plain, options);
}
