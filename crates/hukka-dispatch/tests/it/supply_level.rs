//! Supply temperatures: what an hour costs, and the cheapest way through the levels.

use crate::operation::options;
use crate::town::{Town, source};
use hukka_dispatch::supply_level::{Level, cheapest_offsets, hourly_costs, pumping_cost};
use hukka_dispatch::{Inputs, Options};
use hukka_units::{ElectricPower, TemperatureDifference};
use proptest::prelude::*;

#[test]
fn on_its_own_network_the_hours_cost_what_the_plan_does_and_pumping() {
    for seed in 0..4 {
        let mut town = Town::new(336, seed);
        town.network.hourly.pump_power = vec![ElectricPower::from_kw(40.0); 336];
        let (plan, _) = town.run(&options()).unwrap();
        let costs = hourly_costs(&town.inputs(), &Options::default(), &plan).unwrap();
        let pumping = pumping_cost(&town.inputs()).unwrap();
        let (found, expected) = (costs.iter().sum::<f64>(), (plan.objective + pumping).eur());
        assert!((found / expected - 1.0).abs() < 1e-6, "{found} {expected}");
    }
}

#[test]
fn colder_supply_makes_heat_pump_hours_cheaper_and_the_new_plan_no_dearer_than_said() {
    // More source heat than the pump can take: with a better COP the same source gives less heat.
    let mut town = Town::new(336, 3);
    town.sources = vec![source(0, 336, 30.0)];
    let (plan, _) = town.run(&options()).unwrap();
    let mut cooler = town.network.clone();
    for supply in &mut cooler.hourly.supply_temperature {
        *supply = *supply + TemperatureDifference::from_kelvin(-10.0);
    }
    let inputs = Inputs {
        network: &cooler,
        ..town.inputs()
    };
    let here = hourly_costs(&town.inputs(), &Options::default(), &plan).unwrap();
    let there = hourly_costs(&inputs, &Options::default(), &plan).unwrap();
    assert!(here.iter().zip(&there).all(|(a, b)| *b <= a + 1e-6));
    assert!(there.iter().sum::<f64>() < 0.99 * here.iter().sum::<f64>());
    let (again, _) = hukka_dispatch::run(&inputs, &options(), &mut ()).unwrap();
    let promised = there.iter().sum::<f64>() - pumping_cost(&inputs).unwrap().eur();
    assert!(again.objective.eur() <= promised * (1.0 + 1e-9) + 1e-6);
}

fn levels(offsets: &[f64], hours: usize, numbers: &[f64], denied: &[bool]) -> Vec<Level> {
    let of = |(level, &offset_k): (usize, &f64)| Level {
        offset_k,
        cost: (0..hours).map(|t| numbers[level * hours + t]).collect(),
        is_allowed: (0..hours)
            .map(|t| offset_k.abs() < 1e-9 || !denied[level * hours + t])
            .collect(),
    };
    offsets.iter().enumerate().map(of).collect()
}

/// The least cost over all ways, by trying every one.
fn by_trying(levels: &[Level], ramp_k: f64) -> f64 {
    let (hours, count) = (levels[0].cost.len(), levels.len());
    let mut least = f64::INFINITY;
    for way in 0..count.pow(hours as u32) {
        let at = |t: usize| &levels[way.div_euclid(count.pow(t as u32)) % count];
        let is_fine = (0..hours).all(|t| {
            let is_slow = t == 0 || (at(t).offset_k - at(t - 1).offset_k).abs() <= ramp_k + 1e-9;
            at(t).is_allowed[t] && is_slow
        });
        if is_fine {
            least = least.min((0..hours).map(|t| at(t).cost[t]).sum());
        }
    }
    least
}

proptest! {
    #[test]
    fn the_way_is_the_cheapest_of_all(
        numbers in prop::collection::vec(-50.0..50.0_f64, 18),
        denied in prop::collection::vec(any::<bool>(), 18),
        wide in any::<bool>(),
    ) {
        let levels = levels(&[-4.0, 0.0, 3.0], 6, &numbers, &denied);
        let ramp_k = if wide { 7.0 } else { 4.0 };
        let way = cheapest_offsets(&levels, ramp_k).unwrap();
        let mut cost = 0.0;
        for (t, offset) in way.iter().enumerate() {
            let level = levels.iter().find(|l| (l.offset_k - offset).abs() < 1e-9).unwrap();
            prop_assert!(level.is_allowed[t]);
            prop_assert!(t == 0 || (offset - way[t - 1]).abs() <= ramp_k + 1e-9);
            cost += level.cost[t];
        }
        prop_assert!((cost - by_trying(&levels, ramp_k)).abs() < 1e-4);
    }
}

#[test]
fn a_slow_ramp_passes_between_the_levels() {
    let levels = vec![
        Level {
            offset_k: 0.0,
            cost: [vec![0.0; 8], vec![100.0; 8]].concat(),
            is_allowed: vec![true; 16],
        },
        Level {
            offset_k: 10.0,
            cost: [vec![100.0; 8], vec![0.0; 8]].concat(),
            is_allowed: vec![true; 16],
        },
    ];
    let way = cheapest_offsets(&levels, 4.0).unwrap();
    assert!(
        way.windows(2)
            .all(|pair| (pair[1] - pair[0]).abs() <= 4.0 + 1e-9)
    );
    assert_eq!((way[0], way[15]), (0.0, 10.0));
    assert_eq!(way.iter().filter(|k| **k > 0.1 && **k < 9.9).count(), 2);
}

#[test]
fn equal_costs_give_no_reason_to_leave_the_curve() {
    let level = |offset_k| Level {
        offset_k,
        cost: vec![7.0; 30],
        is_allowed: vec![true; 30],
    };
    let way = cheapest_offsets(&[level(-5.0), level(0.0), level(5.0)], 5.0).unwrap();
    assert!(way.iter().all(|offset| *offset == 0.0));
}
