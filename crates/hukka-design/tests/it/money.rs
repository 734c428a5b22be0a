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
fn what_stands_already_is_not_paid_for() {
    let mut place = grid(3, 400.0);
    place.study.boilers[0].is_existing = true;
    place.study.stores[0].is_existing = true;
    let (design, _) = place.sound();
    assert!(
        design
            .capex
            .iter()
            .all(|item| item.group != "boiler" && item.group != "store")
    );
}

#[test]
fn cheaper_pipes_connect_no_fewer() {
    let mut place = grid(4, 150.0);
    let dear = place.sound().0.connected_heat;
    place.study.design.pipe_cost_factor = hukka_units::Ratio::from_fraction(0.5);
    assert!(place.sound().0.connected_heat >= dear);
}
