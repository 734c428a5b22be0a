//! The sample study with weather of its own, and consumers for it.

use hukka_demand::{Inputs, Options, run};
use hukka_model::{
    Building, BuildingUse, Diagnostic, HeatDemand, LumpedDemand, Position, Study, Weather, sample,
};
use hukka_units::{Area, HeatEnergy, Ratio, Temperature};
use std::path::PathBuf;

pub(crate) const HOURS: usize = 8760;

/// A house of 1975 with 120 m² of heated floor.
pub(crate) fn house(id: &str) -> Building {
    building(id, BuildingUse::House, 1975, 120.0 / 0.88, 1.0)
}

/// A building without a drawn outline.
pub(crate) fn building(
    id: &str,
    usage: BuildingUse,
    construction_year: i32,
    footprint: f64,
    storeys: f64,
) -> Building {
    Building {
        id: id.to_owned(),
        name: None,
        outline: Vec::new(),
        position: Position::from_m(0.0, 0.0),
        footprint: Area::from_m2(footprint),
        storeys,
        usage,
        construction_year,
        known_annual_heat: None,
        is_connected: None,
        secondary_supply: None,
    }
}

/// A town of 1,000 MWh given as one number.
pub(crate) fn lump(id: &str) -> LumpedDemand {
    LumpedDemand {
        id: id.to_owned(),
        position: None,
        annual_heat: HeatEnergy::from_mwh(1000.0),
        hot_water_share: Ratio::from_fraction(0.2),
        usage: BuildingUse::Apartment,
        load: None,
        standard: None,
        meter: None,
        process: None,
        secondary_supply: None,
    }
}

/// A study of buildings and lumped demands in southern-Finnish weather.
pub(crate) fn study(buildings: Vec<Building>, lumped_demands: Vec<LumpedDemand>) -> Study {
    Study {
        weather: Weather {
            outdoor_temperature: (0..HOURS).map(outdoor).collect(),
            ground_temperature: (0..HOURS).map(ground).collect(),
            ..sample::weather(HOURS)
        },
        buildings,
        lumped_demands,
        ..sample::study(HOURS)
    }
}

/// Mean 6 °C, cold spells to about −19 °C.
fn outdoor(step: usize) -> Temperature {
    let turn =
        |hours: f64, shift: f64| (std::f64::consts::TAU * (step as f64 - shift) / hours).cos();
    let season = turn(HOURS as f64, 432.0);
    let spells = turn(175.0, 40.0) + 0.8 * turn(410.0, 90.0);
    Temperature::from_c(6.0 - 11.0 * season - 2.5 * turn(24.0, 3.0) + (3.0 + 2.0 * season) * spells)
}

fn ground(step: usize) -> Temperature {
    let season = (std::f64::consts::TAU * (step as f64 - 1200.0) / HOURS as f64).cos();
    Temperature::from_c(6.5 - 5.0 * season)
}

/// The demand of a study that must succeed.
pub(crate) fn demand(study: &Study) -> (HeatDemand, Vec<Diagnostic>) {
    run(&Inputs { study }, &Options::default(), &mut ()).expect("a sound study")
}

/// The codes found, in order.
pub(crate) fn codes(diagnostics: &[Diagnostic]) -> Vec<&str> {
    diagnostics.iter().map(|d| d.code.as_str()).collect()
}

/// A series or map that lives outside the project; `None`, visibly, where it is absent.
pub(crate) fn shared(name: &str) -> Option<String> {
    read(&format!("data/{name}"))
}

/// A file of the reference cases beside the project; `None`, and said so, where they are absent.
pub(crate) fn case(name: &str) -> Option<String> {
    read(&format!("cases/{name}"))
}

#[expect(clippy::disallowed_methods, reason = "a test may read reference data")]
#[expect(clippy::print_stderr, reason = "skipping has to be seen")]
fn read(name: &str) -> Option<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared")
        .join(name);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        eprintln!("skipped: {} is absent", path.display());
    }
    text
}
