//! A real town part, and the speed of a large one.

use crate::support::{HOURS, building, demand, shared, study};
use hukka_model::{Building, BuildingUse};
use hukka_units::Temperature;

/// Use and storeys of a map object, as a planner would guess them.
fn guess(class: &str, footprint: f64) -> (BuildingUse, f64) {
    match class {
        "garages" | "roof" => (BuildingUse::Unheated, 1.0),
        "industrial" => (BuildingUse::Industrial, 1.0),
        "retail" => (BuildingUse::Retail, 1.0),
        "school" | "kindergarten" => (BuildingUse::School, 2.0),
        "public" | "service" => (BuildingUse::Office, 2.0),
        _ if footprint < 60.0 => (BuildingUse::Unheated, 1.0),
        "yes" if footprint > 400.0 => (BuildingUse::Other, 1.0),
        "yes" if footprint < 90.0 => (BuildingUse::Unheated, 1.0),
        _ if footprint > 350.0 => (BuildingUse::Apartment, 3.0),
        _ => (BuildingUse::House, 1.2),
    }
}

fn kotka() -> Option<Vec<Building>> {
    let text = shared("kotka_karhula_buildings_osm.csv")?;
    let of = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        let footprint: f64 = cells.last()?.parse().ok()?;
        let (usage, storeys) = guess(cells.get(2)?, footprint);
        let storeys = cells[4].parse().unwrap_or(storeys);
        Some(building(cells[1], usage, 1975, footprint, storeys))
    };
    Some(text.lines().skip(1).filter_map(of).collect())
}

#[test]
fn kotka_karhula_needs_forty_to_ninety_gwh() {
    let (Some(buildings), Some(weather)) =
        (kotka(), shared("helsinki-vantaa_2023_temperature.csv"))
    else {
        return;
    };
    let outdoor: Vec<Temperature> = weather
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').nth(1)?.parse().ok())
        .map(Temperature::from_c)
        .collect();
    assert_eq!((buildings.len(), outdoor.len()), (2171, HOURS));
    let mut town = study(buildings, Vec::new());
    town.weather.outdoor_temperature = outdoor;
    let (demand, _) = demand(&town);
    let annual = demand.annual().gwh();
    let peak = demand.total.iter().map(|q| q.mw()).fold(0.0, f64::max);
    let factor = annual * 1000.0 / 8760.0 / peak;
    let july = demand.total[181 * 24..212 * 24]
        .iter()
        .map(|q| q.mw())
        .sum::<f64>()
        / 744.0;
    let text = format!(
        "Kotka: {annual:.1} GWh/a from {} buildings, peak {peak:.1} MW, load factor {factor:.3}, July {:.3} of peak",
        demand.consumers.len(),
        july / peak
    );
    eprintln!("{text}");
    assert!((40.0..90.0).contains(&annual), "{text}");
    assert!((0.30..0.40).contains(&factor), "{text}");
    assert!((0.05..0.15).contains(&(july / peak)), "{text}");
}

#[expect(clippy::disallowed_methods, reason = "a test may look at the clock")]
#[test]
fn ten_thousand_buildings_take_less_than_a_second() {
    let uses = [
        BuildingUse::House,
        BuildingUse::Apartment,
        BuildingUse::Office,
        BuildingUse::School,
    ];
    let of = |i: usize| {
        let year = 1950 + (i % 75) as i32;
        building(
            &i.to_string(),
            uses[i % 4],
            year,
            100.0 + (i % 977) as f64,
            2.0,
        )
    };
    let town = study((0..10_000).map(of).collect(), Vec::new());
    let start = std::time::Instant::now();
    let (demand, _) = demand(&town);
    let seconds = start.elapsed().as_secs_f64();
    eprintln!(
        "10,000 buildings: {seconds:.3} s, {} profiles",
        demand.profiles.len()
    );
    assert_eq!(demand.consumers.len(), 10_000);
    assert!(seconds < 1.0, "{seconds:.3} s");
}
