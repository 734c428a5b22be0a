//! How far a network reaches with little or much heat from the data centre.

use crate::place::{Place, grid, source};
use hukka_units::*;

/// Dense streets in the south, sparse ones in the north, and a data centre of a size.
fn two_quarters(mw: f64) -> Place {
    let mut place = grid(5, 120.0);
    place.heated_by_houses();
    place.study.design.pipe_cost_factor = Ratio::from_fraction(0.5);
    for k in 0..20 {
        let y = 700.0 + 100.0 * f64::from(k);
        let from = if k == 0 { 500.0 } else { y - 100.0 };
        place.street(&[(200.0, from), (200.0, y)]);
        place.building(215.0, y - 40.0, 45.0);
        place.building(185.0, y - 60.0, 45.0);
    }
    place.sources[0] = source(0, mw);
    place
}

/// The same with a boiler so dear that its heat never pays.
fn with_dear_fuel(mw: f64) -> Place {
    let mut place = two_quarters(mw);
    place.study.prices.fuel = [75.0; 5].map(EnergyPrice::from_eur_mwh);
    place
}

#[test]
fn a_larger_data_centre_reaches_no_fewer_but_for_a_building_or_two() {
    let mut before = (0, 0.0);
    for mw in [0.1, 0.3, 1.0, 3.0, 10.0] {
        let (design, _) = with_dear_fuel(mw).sound();
        let reached = (design.connected.len(), design.connected_heat.gwh());
        assert!(
            reached.1 >= before.1 - 0.25,
            "{reached:?} after {before:?} at {mw} MW"
        );
        eprintln!("{mw} MW: {} consumers, {:.2} GWh/a", reached.0, reached.1);
        before = reached;
    }
    assert!(before.0 > 30);
}

#[test]
fn little_heat_makes_a_small_network() {
    let connected = |mw: f64| with_dear_fuel(mw).sound().0.connected.len();
    let (few, many) = (connected(0.3), connected(10.0));
    assert!(few > 0 && few < many, "{few} and {many}");
}
