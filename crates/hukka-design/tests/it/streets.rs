//! Places with streets and buildings.

use crate::place::{add_data_centre, bare, grid, positions};
use hukka_model::*;
use hukka_units::*;
use proptest::prelude::*;

fn codes(diagnostics: &[Diagnostic]) -> Vec<&str> {
    diagnostics.iter().map(|d| d.code.as_str()).collect()
}

fn errors(diagnostics: &[Diagnostic]) -> Vec<&str> {
    diagnostics
        .iter()
        .filter(|d| d.is_error())
        .map(|d| d.code.as_str())
        .collect()
}

#[test]
fn a_dense_grid_is_connected_whole() {
    let (design, diagnostics) = grid(4, 400.0).sound();
    assert_eq!(errors(&diagnostics), Vec::<&str>::new());
    assert_eq!(design.connected.len(), 40);
    assert!(design.linear_heat_density_mwh_m > 1.0);
    let transmission = design
        .trenches
        .iter()
        .find(|t| t.kind == TrenchKind::Transmission)
        .expect("a pipe from the data centre");
    assert!((transmission.length.m() - 600.0).abs() < 1e-6);
    assert_eq!(transmission.consumers_behind, 40);
}

#[test]
fn a_far_hamlet_does_not_pay_for_its_pipe() {
    let mut place = grid(3, 400.0);
    place.street(&[(300.0, 300.0), (1800.0, 300.0)]);
    place.building(1790.0, 315.0, 20.0);
    let (design, _) = place.sound();
    assert_eq!(design.connected.len(), 24);
    assert_eq!(
        design.unconnected,
        vec![UnconnectedConsumer {
            consumer: 24,
            reason: UnconnectedReason::NotWorthPipe
        }]
    );
    place.study.design.connect_all = true;
    let (design, _) = place.sound();
    assert_eq!(design.connected.len(), 25);
}

#[test]
fn the_study_has_its_way_with_single_buildings() {
    let mut place = grid(3, 400.0);
    place.street(&[(300.0, 300.0), (1800.0, 300.0)]);
    place.building(1790.0, 315.0, 5.0);
    place.study.buildings[24].is_connected = Some(true);
    place.study.buildings[0].is_connected = Some(false);
    place.building(150.0, 150.0, 400.0);
    place.study.design.max_service_length = Length::from_m(30.0);
    place.building(20.0, -15.0, 3.0);
    let (design, _) = place.sound();
    let reason = |c: usize| {
        design
            .unconnected
            .iter()
            .find(|u| u.consumer == c)
            .map(|u| u.reason)
    };
    assert_eq!(reason(0), Some(UnconnectedReason::NotWilling));
    assert_eq!(reason(24), None);
    assert_eq!(reason(25), Some(UnconnectedReason::TooFarFromStreet));
    assert_eq!(reason(26), Some(UnconnectedReason::TooSmall));
}

#[test]
fn only_the_largest_of_the_willing_connect() {
    let mut place = grid(3, 400.0);
    for (k, consumer) in place.demand.consumers.iter_mut().enumerate() {
        consumer.space_heat = consumer.space_heat * (1.0 + k as f64 / 100.0);
    }
    place.study.design.connection_share = Ratio::from_fraction(0.5);
    let (design, _) = place.sound();
    assert_eq!(design.connected.len(), 12);
    assert!(design.unconnected.iter().all(|u| u.consumer < 12));
}

#[test]
fn nothing_pays_and_there_is_still_a_network_to_judge() {
    let mut place = grid(3, 15.0);
    place.study.prices.heat = EnergyPrice::from_eur_mwh(20.0);
    let (design, diagnostics) = place.sound();
    assert!(codes(&diagnostics).contains(&"HK0507"));
    assert!(!design.connected.is_empty());
}

#[test]
fn tiny_and_far_data_centres_are_designed_for() {
    for (mw, east) in [(0.01, -500.0), (5.0, -60_000.0), (0.0, -500.0)] {
        let mut place = bare(mw, Some((east, 0.0)));
        place.street(&[(0.0, 0.0), (200.0, 0.0)]);
        for k in 0..10 {
            place.building(20.0 * f64::from(k), 15.0, 300.0);
        }
        let (design, diagnostics) = place.sound();
        assert_eq!(errors(&diagnostics), Vec::<&str>::new());
        assert_eq!(design.connected.len(), 10);
        let expected = -east * 1.2;
        assert!((design.sources[0].distance_to_town.m() - expected).abs() < 20.0);
    }
}

#[test]
fn a_lost_building_is_an_error() {
    let mut place = grid(2, 400.0);
    place.building(5000.0, 5000.0, 100.0);
    let (_, diagnostics) = place.sound();
    assert_eq!(errors(&diagnostics), vec!["HK0503"]);
}

#[test]
fn a_data_centre_by_a_street_that_is_cut_off_is_disconnected() {
    let mut place = grid(2, 400.0);
    place.street(&[(-510.0, 0.0), (-400.0, 0.0)]);
    let (_, diagnostics) = place.sound();
    let found = diagnostics.iter().find(|d| d.code == "HK0505").unwrap();
    assert!(
        found.is_error()
            && found
                .seen
                .as_ref()
                .unwrap()
                .contains(" m to the nearest street")
    );
}

#[test]
fn streets_apart_are_told_and_a_small_gap_is_crossed() {
    let mut place = grid(2, 400.0);
    place.street(&[(-510.0, 0.0), (-450.0, 0.0)]);
    place.street(&[(-410.0, 0.0), (0.0, 0.0)]);
    place.street(&[(1000.0, 0.0), (1200.0, 0.0)]);
    place.building(1100.0, 15.0, 50.0);
    let (design, diagnostics) = place.sound();
    assert_eq!(errors(&diagnostics), Vec::<&str>::new());
    assert!(codes(&diagnostics).contains(&"HK0501"));
    assert!(codes(&diagnostics).contains(&"HK0504"));
    assert_eq!(
        design.unconnected[0].reason,
        UnconnectedReason::NoStreetToPlant
    );
}

#[test]
fn a_data_centre_among_empty_streets_is_disconnected() {
    let mut place = bare(5.0, Some((0.0, 0.0)));
    place.street(&[(0.0, 0.0), (200.0, 0.0)]);
    place.building(100.0, 500.0, 300.0);
    let (_, diagnostics) = place.sound();
    assert!(errors(&diagnostics).contains(&"HK0505"));
}

#[test]
fn buildings_without_streets_are_an_error() {
    let mut place = bare(5.0, Some((0.0, 0.0)));
    place.building(100.0, 20.0, 300.0);
    place.building(200.0, 20.0, 300.0);
    let (_, diagnostics) = place.sound();
    assert_eq!(errors(&diagnostics), vec!["HK0510", "HK0517"]);
}

#[test]
fn a_second_data_centre_and_a_plant_of_its_own_join_the_streets() {
    let mut place = grid(3, 400.0);
    place.study.plant_position = Some(Position::from_m(150.0, 400.0));
    add_data_centre(&mut place, 2.0, (600.0, 150.0));
    let (design, _) = place.sound();
    assert_eq!(design.sources.len(), 2);
    for (k, connection) in design.sources.iter().enumerate() {
        let node = &design.nodes[connection.node];
        assert_eq!(node.kind, NodeKind::Source);
        assert_eq!(node.id, format!("source-dc{k}"));
    }
    let transmission = design
        .trenches
        .iter()
        .filter(|t| t.kind == TrenchKind::Transmission)
        .count();
    assert_eq!(transmission, 3);
}

#[test]
fn the_same_study_gives_the_same_design() {
    let place = grid(4, 120.0);
    assert_eq!(place.run().0, place.run().0);
}

#[test]
fn machines_of_open_size_follow_the_load() {
    let (design, _) = grid(4, 400.0).sound();
    let pump = design.heat_pumps[0].heat_capacity.expect("a size");
    let boiler = design.boilers[0].heat_capacity.expect("a size");
    let store = design.stores[0].capacity.expect("a size");
    assert!(pump < design.peak_demand, "{pump:?}");
    assert!(pump > design.peak_demand * 0.3);
    assert!(boiler > design.peak_demand * 1.1);
    assert!((store.mwh() - 6.0 * pump.mw()).abs() < 1e-9);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn random_places_are_sound(
        side in 1..5_usize,
        heats in prop::collection::vec(5.0..600.0_f64, 60),
        gone in prop::collection::vec(0..60_usize, 0..10),
        price in 30.0..140.0_f64,
        east in -900.0..900.0_f64,
    ) {
        let mut place = grid(side, 1.0);
        for (consumer, mwh) in place.demand.consumers.iter_mut().zip(&heats) {
            consumer.space_heat = HeatEnergy::from_mwh(0.8 * mwh);
            consumer.hot_water = HeatEnergy::from_mwh(0.2 * mwh);
            consumer.peak = consumer.peak * *mwh;
            consumer.design_power = consumer.design_power * *mwh;
        }
        for g in gone {
            if g < place.study.streets.len() && place.study.streets.len() > 1 {
                place.study.streets.remove(g);
            }
        }
        place.study.prices.heat = EnergyPrice::from_eur_mwh(price);
        place.study.data_centres[0].position = Some(Position::from_m(east, -40.0));
        let (design, _) = place.sound();
        prop_assert!(design.connected.len() + design.unconnected.len() == place.demand.consumers.len());
    }
}

#[test]
fn a_bend_in_a_street_is_kept_in_the_drawing() {
    let mut place = bare(5.0, Some((-100.0, 0.0)));
    place.study.streets.push(Street {
        id: "bent".to_owned(),
        name: None,
        path: positions(&[(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (200.0, 100.0)]),
        cost_factor: Ratio::from_fraction(1.5),
    });
    place.building(195.0, 110.0, 500.0);
    let (design, _) = place.sound();
    let street = design
        .trenches
        .iter()
        .find(|t| t.kind == TrenchKind::Street)
        .expect("a street pipe");
    assert_eq!(street.path.len(), 4);
    let catalogue = PipeType::by_dn(street.dn)
        .expect("a catalogue size")
        .trench_cost;
    assert!((street.cost.eur() - 1.5 * (catalogue * street.length).eur()).abs() < 1e-6);
}
