//! Network and dispatch together on a bundled town.

use crate::{Options, Run, Silent, Stage, load, run, write_example};
use hukka_model::{NetworkState, Study, SupplyChoice};

/// A town whose curve is hotter than needed, with pipes just large enough at the peak.
const HOT: [(&str, &str); 4] = [
    (
        "network.supply_temperature",
        "{ at_minus_26_c = 115, at_plus_8_c = 97 }",
    ),
    ("network.max_pressure_gradient_pa_per_m", "600"),
    ("network.max_velocity_m_per_s", "5"),
    ("heat_pump.summa.max_outlet_temperature_c", "130"),
];

fn study(changes: &[(&str, &str)]) -> Study {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("town");
    write_example("hamina", &folder).unwrap();
    let changes: Vec<(String, String)> = changes
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect();
    let loaded = load(&folder, &changes);
    loaded.study.expect("a sound study")
}

fn operated(study: &Study) -> Run {
    let options = Options {
        until: Stage::Dispatch,
    };
    run(study, &options, &mut Silent).unwrap()
}

fn with_levels(changes: &[(&str, &str)], levels: &str) -> Study {
    let key = ("network.supply_temperature_levels_k", levels);
    study(&[changes, &[key]].concat())
}

fn network(run: &Run) -> &NetworkState {
    run.network.as_ref().unwrap()
}

fn choice(run: &Run) -> &SupplyChoice {
    network(run).supply_choice.as_ref().unwrap()
}

fn kelvin(choice: &SupplyChoice) -> Vec<f64> {
    choice
        .offsets
        .iter()
        .map(|offset| offset.kelvin())
        .collect()
}

#[test]
fn without_levels_the_supply_follows_the_curve_and_one_level_changes_nothing() {
    let plain = operated(&study(&HOT));
    assert_eq!(network(&plain).supply_choice, None);
    let only_the_curve = operated(&with_levels(&HOT, "[0]"));
    assert!(network(&plain) == network(&only_the_curve));
    assert!(plain.plan() == only_the_curve.plan());
}

#[test]
fn the_curve_that_is_compared_is_the_run_without_levels() {
    let plain = operated(&study(&HOT));
    let chosen = operated(&with_levels(&HOT, "[-8, 0, 8]"));
    let curve = choice(&chosen).curve;
    let objective = plain.plan().unwrap().objective.eur();
    let compared = (curve.cost - curve.pumping_cost).eur();
    assert!((compared / objective - 1.0).abs() < 1e-12);
    let pumped: f64 = network(&plain)
        .hourly
        .pump_power
        .iter()
        .map(|p| p.mw())
        .sum();
    assert!((curve.pumping.mwh() / pumped - 1.0).abs() < 1e-12);
}

#[test]
fn a_choice_is_never_dearer_than_the_curve_and_is_what_the_dispatch_costs() {
    for (changes, levels) in [
        (&HOT[..], "[-8, 0, 8]"),
        (&HOT[..], "[5]"),
        (&[][..], "[-10, -5, 0, 5, 10]"),
        (&[][..], "[20]"),
    ] {
        let found = operated(&with_levels(changes, levels));
        let choice = choice(&found);
        assert!(
            choice.saved().eur() >= 0.0,
            "{levels}: {:?}",
            choice.saved()
        );
        assert!(choice.rounds.len() <= super::MAX_ROUNDS);
        let objective = found.plan().unwrap().objective.eur();
        let expected = (choice.chosen.cost - choice.chosen.pumping_cost).eur();
        assert!((objective / expected - 1.0).abs() < 1e-12, "{levels}");
        let hours: u32 = choice.hours.iter().map(|(_, hours)| hours).sum();
        assert_eq!(hours, 8760);
    }
}

#[test]
fn a_heat_pump_town_saves_by_cooler_water_and_pumps_more() {
    let found = operated(&with_levels(&HOT, "[-8, 0, 8]"));
    let choice = choice(&found);
    assert!(choice.saved().eur() > 0.01 * choice.curve.cost.eur());
    assert!(choice.chosen.heat_loss < choice.curve.heat_loss);
    assert!(choice.chosen.pumping > choice.curve.pumping);
    assert!(choice.chosen.mean_supply_temperature < choice.curve.mean_supply_temperature);
}

#[test]
fn narrow_pipes_call_for_hot_water_where_pumping_is_hard_and_cool_where_it_is_easy() {
    let narrow = [
        (
            "network.supply_temperature",
            "{ at_minus_26_c = 115, at_plus_8_c = 100 }",
        ),
        ("network.max_pressure_gradient_pa_per_m", "1000"),
        ("network.max_velocity_m_per_s", "5"),
        ("network.pump_efficiency", "0.1"),
        ("heat_pump.summa.max_outlet_temperature_c", "130"),
    ];
    let study = with_levels(&narrow, "[-8, 0, 8]");
    let found = operated(&study);
    let offsets = kelvin(choice(&found));
    let on_curve = operated(&self::study(&narrow));
    let mut hours: Vec<usize> = (0..8760).collect();
    let pumping = &network(&on_curve).hourly.pump_power;
    hours.sort_by(|&a, &b| pumping[a].w().total_cmp(&pumping[b].w()));
    let mean = |hours: &[usize]| {
        hours.iter().map(|&t| offsets[t]).sum::<f64>() / hours.len().max(1) as f64
    };
    let (easy, hard) = (mean(&hours[..2920]), mean(&hours[5840..]));
    assert!(hard > 3.0 && easy < 0.0, "easy {easy} K, hard {hard} K");
}

#[test]
fn nobody_is_colder_than_needed_and_the_ramp_holds() {
    let ramp = ("network.supply_temperature_ramp_k_per_h", "3");
    let changes = [&HOT[..], &[ramp]].concat();
    let found = operated(&with_levels(&changes, "[-8, 0, 8]"));
    let offsets = kelvin(choice(&found));
    assert!(
        offsets
            .windows(2)
            .all(|pair| (pair[1] - pair[0]).abs() <= 3.0 + 1e-9)
    );
    assert!(offsets.iter().any(|offset| *offset < 0.0));
    let demand = found.demand.as_ref().unwrap();
    let needed = demand.consumers[0].required_supply_temperature;
    let plain = operated(&study(&HOT));
    let (on_curve, chosen) = (&network(&plain).hourly, &network(&found).hourly);
    for (t, offset) in offsets.iter().enumerate() {
        let coldest = chosen.coldest_supply_temperature[t];
        let least = needed.min(on_curve.coldest_supply_temperature[t]);
        assert!((coldest - least).kelvin() > -0.05, "hour {t}, {offset} K");
    }
    assert!(network(&found).cold_consumers.is_empty());
}
