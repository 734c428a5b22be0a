//! Places with pipes in the ground.

use crate::place::{Place, bare, positions};
use hukka_model::*;
use hukka_units::*;

fn pipe(place: &mut Place, path: &[(f64, f64)], dn: u16) {
    let id = format!("p{}", place.study.existing_pipes.len());
    place.study.existing_pipes.push(ExistingPipe {
        id,
        path: positions(path),
        dn,
        length: None,
        series: InsulationSeries::Series1,
    });
}

fn ring() -> Place {
    let mut place = bare(5.0, Some((-3.0, 0.0)));
    pipe(&mut place, &[(0.0, 0.0), (100.0, 0.0)], 150);
    pipe(
        &mut place,
        &[(100.0, 0.0), (100.0, 200.0), (300.0, 200.0)],
        125,
    );
    pipe(
        &mut place,
        &[(100.0, 0.2), (300.0, 0.0), (300.0, 200.0)],
        125,
    );
    for k in 1..5 {
        place.building(100.0 + 40.0 * f64::from(k), 15.0, 300.0);
    }
    place
}

#[test]
fn a_ring_in_the_ground_is_kept_with_its_loop() {
    let (design, diagnostics) = ring().sound();
    assert!(diagnostics.iter().all(|d| !d.is_error()));
    assert_eq!(design.connected.len(), 4);
    assert_eq!(design.trenches.len(), design.nodes.len(), "one loop");
    let old: Vec<&Trench> = design.trenches.iter().filter(|t| t.is_existing).collect();
    let length: f64 = old.iter().map(|t| t.length.m()).sum();
    assert!((length - 900.0).abs() < 0.5);
    assert!(
        old.iter()
            .all(|t| t.cost == Money::ZERO && t.series == InsulationSeries::Series1)
    );
    assert_eq!(design.sources[0].node, 0);
}

#[test]
fn a_pipe_that_ends_at_a_building_is_its_service_pipe() {
    let mut place = ring();
    pipe(&mut place, &[(300.0, 100.0), (340.0, 100.0)], 32);
    place.building(347.0, 100.0, 200.0);
    let (design, _) = place.sound();
    let services = design
        .trenches
        .iter()
        .filter(|t| t.kind == TrenchKind::Service)
        .count();
    assert_eq!((design.connected.len(), services), (5, 4));
}

#[test]
fn a_data_centre_off_the_pipes_without_streets_is_an_error() {
    let mut place = ring();
    place.study.data_centres[0].position = Some(Position::from_m(-400.0, 0.0));
    let (_, diagnostics) = place.sound();
    let error = diagnostics.iter().find(|d| d.is_error()).expect("an error");
    assert_eq!(error.code, "HK0506");
    assert_eq!(error.seen.as_deref(), Some("400 m to the nearest pipe, p0"));
}

#[test]
fn a_near_data_centre_gets_a_pipe_of_its_own() {
    let mut place = ring();
    place.study.data_centres[0].position = Some(Position::from_m(-80.0, 0.0));
    let (design, diagnostics) = place.sound();
    assert!(diagnostics.iter().all(|d| !d.is_error()));
    let new: Vec<&Trench> = design
        .trenches
        .iter()
        .filter(|t| t.kind == TrenchKind::Transmission)
        .collect();
    assert_eq!(new.len(), 1);
    assert!((new[0].length.m() - 96.0).abs() < 1e-9);
}

#[test]
fn streets_extend_what_lies_in_the_ground() {
    let mut place = ring();
    place.street(&[(300.0, 205.0), (300.0, 500.0)]);
    for k in 0..6 {
        place.building(312.0, 260.0 + 40.0 * f64::from(k), 400.0);
    }
    let (design, _) = place.sound();
    assert_eq!(design.connected.len(), 10);
    assert!(
        design
            .trenches
            .iter()
            .any(|t| t.kind == TrenchKind::Street && !t.is_existing)
    );
}

#[test]
fn a_pipe_too_thin_is_told() {
    let mut place = ring();
    place.study.existing_pipes[0].dn = 25;
    let (_, diagnostics) = place.sound();
    assert!(diagnostics.iter().any(|d| d.code == "HK0514"));
}

#[test]
fn pipes_apart_are_left_out() {
    let mut place = ring();
    pipe(&mut place, &[(2000.0, 0.0), (2100.0, 0.0)], 100);
    let (design, diagnostics) = place.sound();
    assert!(diagnostics.iter().any(|d| d.code == "HK0501"));
    assert!(design.trenches.iter().all(|t| !t.id.contains("p3")));
}
