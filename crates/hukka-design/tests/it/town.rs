//! Towns that are heated from a plant today.

use crate::place::{Place, add_data_centre, bare, grid};
use hukka_design::without_data_centres;
use hukka_model::*;
use hukka_units::*;

/// A town without a map with two boilers, the data centre 2 km away.
fn town() -> Place {
    let mut place = bare(10.0, None);
    place.lump(None, 27_000.0);
    place.study.network.lumped_distance = Some(Length::from_km(2.0));
    place.study.boilers[0].is_existing = true;
    place.study.boilers[0].heat_capacity = Some(HeatPower::from_mw(15.0));
    place
}

fn new_trenches(design: &Design) -> Vec<&Trench> {
    design.trenches.iter().filter(|t| !t.is_existing).collect()
}

#[test]
fn the_plant_stands_in_the_town_and_the_data_centre_outside() {
    let (design, diagnostics) = town().sound();
    assert!(diagnostics.iter().all(|d| !d.is_error()));
    let source = design.sources[0];
    assert_eq!(design.nodes[source.node].kind, NodeKind::Source);
    assert!((source.distance_to_town.km() - 2.0).abs() < 1e-9);
    assert!(design.connected[0].distance.m() <= 1.0);
    let new = new_trenches(&design);
    assert_eq!(new.len(), 1, "only the data centre's pipe is laid");
    assert_eq!(new[0].kind, TrenchKind::Transmission);
    assert!((new[0].length.km() - 2.0).abs() < 1e-9);
    assert_eq!(new[0].consumers_behind, 0);
    assert!(design.capex.iter().all(|item| item.group != "substations"));
    let told = |text: &str| diagnostics.iter().any(|d| d.message.contains(text));
    assert!(!told("straight line") && !told("1 km"));
}

#[test]
fn the_pipe_is_sized_for_the_heat_pump() {
    let mut place = town();
    let mut before = (0.0, 0);
    for mw in [1.0, 3.0, 6.0] {
        place.study.heat_pumps[0].heat_capacity = Some(HeatPower::from_mw(mw));
        let (design, _) = place.sound();
        let pipe = new_trenches(&design)[0];
        let power = pipe.design_power.mw();
        assert!(
            (mw..1.05 * mw + 0.2).contains(&power),
            "{power} MW for {mw}"
        );
        assert!(pipe.dn > before.1, "DN{} after DN{}", pipe.dn, before.1);
        let town = design.trenches.iter().find(|t| t.is_existing);
        let peak = town.expect("the town's own network");
        assert!(mw > 5.0 || pipe.dn < peak.dn, "DN{} for {mw} MW", pipe.dn);
        before = (power, pipe.dn);
    }
}

#[test]
fn a_town_whose_heat_does_not_pay_is_still_connected() {
    let mut place = town();
    place.study.prices.heat = EnergyPrice::from_eur_mwh(1.0);
    let (design, diagnostics) = place.sound();
    assert_eq!(design.connected.len(), 1);
    assert!(diagnostics.iter().all(|d| d.code != "HK0507"));
}

#[test]
fn two_data_centres_have_a_pipe_each() {
    let mut place = town();
    add_data_centre(&mut place, 3.0, (0.0, 0.0));
    place.study.data_centres[1].position = None;
    let (design, _) = place.sound();
    assert_eq!(new_trenches(&design).len(), 2);
    let [a, b] = [design.sources[0].node, design.sources[1].node];
    assert!(a != b && a != 0 && b != 0);
    let left = without_data_centres(&design);
    assert_eq!((left.nodes.len(), left.trenches.len()), (2, 1));
}

#[test]
fn places_of_plant_and_data_centre_give_the_distance() {
    let mut place = town();
    place.study.network.lumped_distance = None;
    place.study.plant_position = Some(Position::from_m(0.0, 0.0));
    place.study.data_centres[0].position = Some(Position::from_m(0.0, 1500.0));
    let (design, diagnostics) = place.sound();
    assert!((new_trenches(&design)[0].length.m() - 1800.0).abs() < 1e-6);
    let told = |text: &str| diagnostics.iter().any(|d| d.message.contains(text));
    assert!(told("straight line") && !told("1 km"));
}

#[test]
fn boilers_without_a_place_on_a_map_are_told() {
    let mut place = grid(3, 400.0);
    place.heated_by_houses();
    let is_told = |place: &Place| place.sound().1.iter().any(|d| d.code == "HK0519");
    assert!(!is_told(&place));
    place.study.boilers[0].is_existing = true;
    assert!(is_told(&place));
    place.study.plant_position = Some(Position::from_m(0.0, 0.0));
    assert!(!is_told(&place));
}

#[test]
fn without_its_data_centre_a_town_keeps_its_network() {
    let (design, _) = town().sound();
    let left = without_data_centres(&design);
    assert_eq!((left.nodes.len(), left.trenches.len()), (2, 1));
    assert!(left.trenches[0].is_existing);
    assert_eq!(left.connected[0].node, 1);
    assert_eq!(left.distribution_losses[0].node, 1);
    assert!(left.sources.is_empty() && left.heat_pumps.is_empty());
    assert!(left.estimated_loss_share < design.estimated_loss_share);
    assert!((left.estimated_loss_share.si() - 0.1).abs() < 1e-3);
    assert!(
        left.capex
            .iter()
            .all(|item| item.group != "network" && item.group != "heat pump")
    );
    let sum = |planning: bool| -> f64 {
        let items = left
            .capex
            .iter()
            .filter(|item| (item.group == "planning") == planning);
        items.map(|item| item.amount.eur()).sum()
    };
    assert!((sum(true) - 0.1 * sum(false)).abs() < 1e-6);
    let upkeep = |design: &Design| -> f64 {
        let boilers = design.capex.iter().filter(|item| item.group == "boiler");
        boilers.map(|item| item.upkeep_per_year.eur()).sum()
    };
    assert!((upkeep(&left) - upkeep(&design)).abs() < 1e-9);
}

#[test]
fn without_its_data_centre_a_map_keeps_its_streets() {
    let mut place = grid(3, 400.0);
    place.study.plant_position = Some(Position::from_m(0.0, 0.0));
    let (design, _) = place.sound();
    assert_ne!(design.sources[0].node, 0);
    let left = without_data_centres(&design);
    let served = |design: &Design| -> f64 {
        let behind = design.trenches.iter().filter(|t| t.consumers_behind > 0);
        behind.map(|t| t.cost.eur()).sum()
    };
    assert!((served(&left) - served(&design)).abs() < 1e-6);
    assert!(left.trenches.iter().all(|t| t.consumers_behind > 0));
    assert!(left.nodes.iter().all(|n| n.kind != NodeKind::Source));
    let listed: f64 = left
        .capex
        .iter()
        .filter(|item| item.group == "network")
        .map(|item| item.amount.eur())
        .sum();
    let laid: f64 = left.trenches.iter().map(|t| t.cost.eur()).sum();
    assert!((listed - laid).abs() < 1e-6 * laid);
    assert!(left.investment() < design.investment());
    for trench in &left.trenches {
        let ends = (trench.path[0], trench.path[trench.path.len() - 1]);
        assert!(ends.0.distance(left.nodes[trench.from].position).m() < 1e-6);
        assert!(ends.1.distance(left.nodes[trench.to].position).m() < 1e-6);
    }
    for connected in &left.connected {
        assert_eq!(left.nodes[connected.node].kind, NodeKind::Consumer);
    }
}

#[test]
fn a_data_centre_at_the_plant_leaves_everything_as_it_is() {
    let (design, _) = grid(3, 400.0).sound();
    assert_eq!(design.sources[0].node, 0);
    assert_eq!(without_data_centres(&design), design);
}
