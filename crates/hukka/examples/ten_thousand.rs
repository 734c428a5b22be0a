//! Times a year of demand and source for 10,000 buildings of every use and age, and one data centre.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "it measures and prints"
)]

use hukka::model::{Building, BuildingUse, Position, Study, sample};
use hukka::units::{Area, Temperature};
use hukka::{Options, Silent, Stage, run};
use std::time::Instant;

const BUILDINGS: usize = 10_000;
const HOURS: usize = 8760;
const USES: [BuildingUse; 10] = [
    BuildingUse::House,
    BuildingUse::Apartment,
    BuildingUse::Office,
    BuildingUse::Retail,
    BuildingUse::School,
    BuildingUse::Health,
    BuildingUse::Sport,
    BuildingUse::SwimmingHall,
    BuildingUse::Industrial,
    BuildingUse::Other,
];

fn building(n: usize) -> Building {
    let usage = USES[n % USES.len()];
    Building {
        id: format!("b{n}"),
        name: None,
        outline: Vec::new(),
        position: Position::from_m((n % 100) as f64 * 30.0, n.div_euclid(100) as f64 * 30.0),
        footprint: Area::from_m2(80.0 + (n % 97) as f64 * 12.0),
        storeys: 1.0 + (n % 5) as f64,
        usage,
        construction_year: 1930 + i32::try_from(n % 95).unwrap_or(0),
        known_annual_heat: None,
        is_connected: None,
        secondary_supply: None,
    }
}

fn outdoor(step: usize) -> Temperature {
    let year = std::f64::consts::TAU * (step as f64 - 432.0) / HOURS as f64;
    let day = std::f64::consts::TAU * (step as f64 - 3.0) / 24.0;
    Temperature::from_c(6.0 - 11.5 * year.cos() - 3.5 * day.cos())
}

fn main() {
    let mut study = Study {
        buildings: (0..BUILDINGS).map(building).collect(),
        ..sample::study(HOURS)
    };
    study.weather.outdoor_temperature = (0..HOURS).map(outdoor).collect();
    let options = Options {
        until: Stage::Source,
    };
    let start = Instant::now();
    let demand = hukka_demand::run(
        &hukka_demand::Inputs { study: &study },
        &hukka_demand::Options::default(),
        &mut (),
    )
    .map(|(demand, _)| demand);
    let sources = run(&study, &options, &mut Silent);
    let seconds = start.elapsed().as_secs_f64();
    match (demand, sources) {
        (Ok(demand), Ok(run)) => println!(
            "{} consumers, {:.1} GWh/a, {} source of {HOURS} h in {seconds:.3} s",
            demand.consumers.len(),
            demand.annual().gwh(),
            run.sources.map_or(0, |sources| sources.len()),
        ),
        (demand, sources) => println!("failed: {:?} {:?}", demand.err(), sources.err()),
    }
}
