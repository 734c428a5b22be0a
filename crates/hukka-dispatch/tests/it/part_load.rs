//! Part load of heat pumps, and laws without an answer.

use crate::town::{Town, pump};
use hukka_dispatch::Options;
use hukka_model::{
    CompressorKind, CopTable, DispatchPlan, HeatPumpModel, PumpArrangement, UnitKind,
};
use hukka_units::{ElectricPower, EnergyPrice, HeatPower, Ratio, Temperature};

fn with(part_load: Option<CompressorKind>, in_parallel: u32) -> (Town, DispatchPlan) {
    let mut town = Town::new(24 * 21, 7);
    // Where electricity earns money a worse heat pump earns more; where the source is short it makes
    // more heat of it.
    town.sources = vec![crate::town::source(0, 24 * 21, 30.0)];
    for price in &mut town.study.prices.electricity {
        *price = price.max(EnergyPrice::from_eur_mwh(5.0));
    }
    town.design.heat_pumps = vec![pump("north", 0, 25.0)];
    town.design.heat_pumps[0].arrangement = PumpArrangement {
        part_load,
        in_parallel,
        ..PumpArrangement::default()
    };
    let (plan, found) = town.run(&Options::default()).unwrap();
    // A machine far larger than the load may not settle: then it says so and stays booked honestly.
    assert!(found.iter().all(|f| !f.is_error()), "{found:#?}");
    (town, plan)
}

fn cost(plan: &DispatchPlan) -> f64 {
    plan.objective.eur()
}

#[test]
fn part_load_costs_and_several_units_cost_less() {
    let (_, full) = with(None, 1);
    let (_, one) = with(Some(CompressorKind::Screw), 1);
    let (_, four) = with(Some(CompressorKind::Screw), 4);
    assert!(cost(&one) > cost(&full), "{} {}", cost(&one), cost(&full));
    assert!(cost(&four) < cost(&one) && cost(&four) >= cost(&full) - 1e-6);
}

#[test]
fn heat_is_conserved_at_part_load() {
    let (town, plan) = with(Some(CompressorKind::Turbo), 2);
    let unit = plan
        .units
        .iter()
        .find(|unit| matches!(unit.kind, UnitKind::HeatPump(_)))
        .unwrap();
    for t in 0..plan.heat_demand.len() {
        let made: HeatPower = unit.heat[t];
        let drawn: ElectricPower = unit.electricity[t];
        assert!((made.w() - unit.source_heat[t].w() - drawn.w()).abs() < 1e-3);
        assert!(unit.source_heat[t].mw() <= town.sources[0].recoverable[t].mw() + 1e-9);
    }
}

#[test]
fn a_pump_outside_its_map_stands_still_and_says_why() {
    let mut town = Town::new(48, 3);
    let celsius = |c: f64| Temperature::from_c(c);
    town.design.heat_pumps = vec![hukka_model::HeatPump {
        model: HeatPumpModel::Map(CopTable {
            name: "maker".to_owned(),
            cold: vec![celsius(0.0), celsius(20.0)],
            hot: vec![celsius(40.0), celsius(90.0)],
            cop: vec![Some(Ratio::from_fraction(3.0)); 4],
            efficiency: Ratio::from_fraction(1.0),
        }),
        efficiency: Ratio::from_fraction(1.0),
        ..pump("north", 0, 8.0)
    }];
    let (_, found) = town.run(&Options::default()).unwrap();
    let still = found.iter().find(|f| f.code == "HK0703").unwrap();
    let seen = still.seen.clone().unwrap_or_default();
    assert!(
        seen.starts_with("48 h: the temperatures are beyond the map"),
        "{seen}"
    );
}
