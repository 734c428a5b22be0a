//! A real place: streets and buildings of Karhula, Kotka (OpenStreetMap, ODbL).

use crate::place::{Place, bare};
use hukka_design::{Inputs, Options};
use hukka_model::{Projection, TrenchKind};
use std::collections::BTreeMap;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");

#[expect(clippy::disallowed_methods, reason = "the test reads a real place")]
fn rows(name: &str) -> Option<Vec<Vec<String>>> {
    let text = std::fs::read_to_string(format!("{FOLDER}/{name}")).ok()?;
    Some(
        text.lines()
            .skip(1)
            .map(|line| line.split(',').map(str::to_owned).collect())
            .collect(),
    )
}

fn kotka() -> Option<Place> {
    let nodes = rows("kotka_karhula_street_nodes_osm.csv")?;
    let edges = rows("kotka_karhula_street_edges_osm.csv")?;
    let buildings = rows("kotka_karhula_buildings_osm.csv")?;
    let projection = Projection {
        latitude_deg: 60.53,
        longitude_deg: 26.95,
    };
    let number = |text: &str| text.parse::<f64>().expect("a number");
    let at = |lat: &str, lon: &str| {
        let p = projection.to_plane(number(lon), number(lat));
        (p.east.m(), p.north.m())
    };
    let known: BTreeMap<&str, (f64, f64)> = nodes
        .iter()
        .map(|row| (row[0].as_str(), at(&row[1], &row[2])))
        .collect();
    let mut place = bare(10.0, Some((450.0, 890.0)));
    for row in &edges {
        let mut path = vec![known[row[1].as_str()]];
        for via in row[6].split(';').filter(|via| !via.is_empty()) {
            let (lat, lon) = via.split_once(' ').expect("two numbers");
            path.push(at(lat, lon));
        }
        path.push(known[row[2].as_str()]);
        place.street(&path);
    }
    for row in &buildings {
        let n = row.len();
        let (east, north) = at(&row[n - 3], &row[n - 2]);
        place.building(east, north, number(&row[n - 1]) * 0.15);
    }
    Some(place)
}

#[test]
fn a_real_suburb_is_designed_within_seconds() {
    let Some(place) = kotka() else {
        eprintln!("skipped: ../shared/data is not there");
        return;
    };
    #[expect(clippy::disallowed_methods, reason = "the test measures")]
    let start = std::time::Instant::now();
    let (design, diagnostics) = place.sound();
    let seconds = start.elapsed().as_secs_f64();
    let kinds = |kind: TrenchKind| -> f64 {
        design
            .trenches
            .iter()
            .filter(|t| t.kind == kind)
            .map(|t| t.length.km())
            .sum()
    };
    eprintln!(
        "kotka: {} of {} consumers, {:.1} GWh/a, {:.1} km street, {:.1} km service, {} trenches, \
         {:.2} MWh/(m a), losses {:.1} %, heat pump {:.1} MW, {:.1} M€, {seconds:.2} s",
        design.connected.len(),
        place.demand.consumers.len(),
        design.connected_heat.gwh(),
        kinds(TrenchKind::Street),
        kinds(TrenchKind::Service),
        design.trenches.len(),
        design.linear_heat_density_mwh_m,
        design.estimated_loss_share.percent(),
        design.heat_pumps[0].heat_capacity.expect("a size").mw(),
        design.investment().eur() / 1e6,
    );
    for d in &diagnostics {
        eprintln!("  {} {:?} {}", d.code, d.severity, d.message);
    }
    assert!(!diagnostics.iter().any(hukka_model::Diagnostic::is_error));
    assert!(!design.connected.is_empty());
}

#[test]
fn everyone_in_a_real_suburb_can_be_connected() {
    let Some(mut place) = kotka() else {
        eprintln!("skipped: ../shared/data is not there");
        return;
    };
    place.study.design.connect_all = true;
    #[expect(clippy::disallowed_methods, reason = "the test measures")]
    let start = std::time::Instant::now();
    let (design, _) = place.sound();
    eprintln!(
        "kotka, all: {} consumers, {} trenches, {:.2} M€ of pipes, {:.2} s",
        design.connected.len(),
        design.trenches.len(),
        design.trenches.iter().map(|t| t.cost.eur()).sum::<f64>() / 1e6,
        start.elapsed().as_secs_f64()
    );
    assert!(design.connected.len() > 1000);
}

#[test]
fn a_real_suburb_with_cheaper_pipes_and_dearer_heat_grows() {
    let Some(mut place) = kotka() else {
        eprintln!("skipped: ../shared/data is not there");
        return;
    };
    place.study.design.pipe_cost_factor = hukka_units::Ratio::from_fraction(0.5);
    place.study.prices.heat = hukka_units::EnergyPrice::from_eur_mwh(110.0);
    #[expect(clippy::disallowed_methods, reason = "the test measures")]
    let start = std::time::Instant::now();
    let (design, _) = place.sound();
    eprintln!(
        "kotka, half-price pipes, heat at 110 €/MWh: {} consumers, {:.1} GWh/a, {:.2} MWh/(m a), \
         heat pump {:.1} MW, DN {} at the plant, {:.2} s",
        design.connected.len(),
        design.connected_heat.gwh(),
        design.linear_heat_density_mwh_m,
        design.heat_pumps[0].heat_capacity.expect("a size").mw(),
        design.trenches[0].dn,
        start.elapsed().as_secs_f64()
    );
    assert!(design.connected.len() > 100);
}

#[test]
fn no_choice_is_worth_more_than_the_bound_and_the_gap_is_told() {
    let Some(place) = kotka() else {
        eprintln!("skipped: ../shared/data is not there");
        return;
    };
    let inputs = Inputs {
        study: &place.study,
        demand: &place.demand,
        sources: &place.sources,
    };
    let options = Options {
        bounds: true,
        ..Options::default()
    };
    let (_, told) = hukka_design::run(&inputs, &options, &mut ()).expect("a design");
    let bound = told.iter().find(|d| d.code == "HK0520").expect("a bound");
    eprintln!("{}", bound.message);
    let number = |before: &str, after: &str| -> f64 {
        let (_, rest) = bound.message.split_once(before).expect("a number");
        let (number, _) = rest.split_once(after).expect("its unit");
        number.trim().parse().expect("a number")
    };
    let (value, most) = (number("are worth ", " EUR"), number("more than ", " EUR"));
    assert!(most >= value - 1.0, "{}", bound.message);
    assert!(number("at most ", " %") < 20.0, "{}", bound.message);
}
