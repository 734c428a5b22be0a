//! Too little plant: the plan is evidence, the diagnostic says what is missing and what mends it.

use crate::operation::options;
use crate::town::{Town, boiler};
use hukka_dispatch::UNSERVED_TOLERANCE_MW;
use hukka_model::{Fuel, SolveStatus};
use hukka_units::{EnergyPrice, HeatPower};

fn small_plant() -> Town {
    let mut town = Town::new(24 * 14, 4);
    town.design.boilers = vec![boiler("small", Fuel::Gas, 12.0)];
    town.design.stores.clear();
    town
}

#[test]
fn missing_heat_is_named_by_hour_and_amount() {
    let town = small_plant();
    let (plan, found) = town.run(&options()).unwrap();
    assert_eq!(plan.status, SolveStatus::Infeasible);
    let lacking: Vec<usize> = (0..plan.unserved.len())
        .filter(|&t| plan.unserved[t].mw() > UNSERVED_TOLERANCE_MW)
        .collect();
    assert!(!lacking.is_empty());
    let worst = lacking
        .iter()
        .copied()
        .max_by(|&a, &b| plan.unserved[a].w().total_cmp(&plan.unserved[b].w()))
        .unwrap();
    let diagnostic = &found[0];
    assert_eq!(diagnostic.code, "HK0701");
    assert!(diagnostic.is_error());
    assert!(
        diagnostic
            .message
            .contains(&format!("{} hours", lacking.len()))
    );
    let seen = diagnostic.seen.as_ref().unwrap();
    assert!(seen.starts_with(&town.study.axis.stamp(worst)), "{seen}");
    assert!(seen.split("; ").count() <= 10);
    for (t, price) in plan.heat_price.iter().enumerate() {
        assert!(lacking.contains(&t) == ((price.eur_mwh() - 3000.0).abs() < 1e-6));
    }
}

#[test]
fn the_capacity_it_asks_for_mends_it() {
    let mut town = small_plant();
    let (_, found) = town.run(&options()).unwrap();
    let help = found[0].help.as_ref().unwrap();
    let more: f64 = help
        .strip_prefix("add ")
        .unwrap()
        .split(' ')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    town.design.boilers[0].heat_capacity = Some(HeatPower::from_mw(12.0 + more));
    let (plan, found) = town.run(&options()).unwrap();
    assert_eq!(plan.status, SolveStatus::Converged);
    assert!(found.iter().all(|diagnostic| !diagnostic.is_error()));
}

#[test]
fn heat_is_left_out_only_where_it_cannot_be_made() {
    let mut town = Town::new(24 * 14, 4);
    town.study.prices.unserved = EnergyPrice::from_eur_mwh(10.0);
    let (plan, found) = town.run(&options()).unwrap();
    assert_eq!(plan.status, SolveStatus::Converged);
    assert!(plan.unserved.iter().all(|heat| heat.w() == 0.0));
    assert!(found.iter().any(|diagnostic| diagnostic.code == "HK0708"));
}
