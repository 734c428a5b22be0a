//! The list of investments.

use crate::place::grid;

#[test]
fn planning_is_a_share_of_everything_else() {
    let (design, _) = grid(3, 400.0).sound();
    let sum = |planning: bool| -> f64 {
        design
            .capex
            .iter()
            .filter(|item| (item.group == "planning") == planning)
            .map(|item| item.amount.eur())
            .sum()
    };
    assert!((sum(true) - 0.1 * sum(false)).abs() < 1e-6 * sum(false));
}

#[test]
fn what_stands_already_is_kept_up_but_not_paid_for() {
    let mut place = grid(3, 400.0);
    place.study.boilers[0].is_existing = true;
    place.study.stores[0].is_existing = true;
    let (design, _) = place.sound();
    let of = |group: &str| {
        let mut items = design.capex.iter().filter(|item| item.group == group);
        let item = items.next().expect("an item");
        assert!(item.name.ends_with(" (existing)"), "{}", item.name);
        assert!(item.amount.eur().abs() < 1e-9);
        item
    };
    let boiler = &design.boilers[0];
    let worth = boiler.heat_capacity.expect("a size") * boiler.investment;
    let upkeep = worth * boiler.fixed_upkeep.si();
    assert!(upkeep.eur() > 100.0);
    assert!((of("boiler").upkeep_per_year - upkeep).eur().abs() < 1e-6);
    assert_eq!(of("boiler").life, boiler.life);
    let store = &design.stores[0];
    let worth = store.capacity.expect("a size") * store.investment;
    let upkeep = worth * store.fixed_upkeep.si();
    assert!((of("store").upkeep_per_year - upkeep).eur().abs() < 1e-6);
}

#[test]
fn cheaper_pipes_connect_no_fewer() {
    let mut place = grid(4, 150.0);
    let dear = place.sound().0.connected_heat;
    place.study.design.pipe_cost_factor = hukka_units::Ratio::from_fraction(0.5);
    assert!(place.sound().0.connected_heat >= dear);
}
