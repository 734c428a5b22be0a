//! Every rule of the verdict, triggered and not.

use super::*;
use crate::testing::Bench;
use hukka_units::{CarbonMass, Money};

fn watches(evidence: &Evidence) -> String {
    format!("{:?}", weigh(evidence).watch)
}

fn weigh(evidence: &Evidence) -> Verdict {
    verdict(evidence, &Options::default())
}

fn deciding(evidence: &Evidence) -> (Driver, String) {
    let verdict = weigh(evidence);
    assert_eq!(verdict.kind, VerdictKind::NoGo, "{verdict:?}");
    assert!(
        verdict.headline.starts_with("NO-GO: "),
        "{}",
        verdict.headline
    );
    assert!(!verdict.watch.is_empty());
    (verdict.reasons[0].0, verdict.headline)
}

#[test]
fn a_good_case_is_a_go_with_its_condition() {
    let verdict = weigh(&Evidence::good());
    assert_eq!(verdict.kind, VerdictKind::Go);
    assert_eq!(
        verdict.headline,
        "GO, if the data centre fills to at least 46 % by year 4"
    );
    let texts: Vec<&str> = verdict.reasons.iter().map(|r| r.1.as_str()).collect();
    assert!(texts.contains(&"33 °C heat 0.9 km from the town; 69 % of heat demand covered"));
    assert!(texts.contains(&"heat costs 58 €/MWh against 84 €/MWh; paid back in 9 years"));
    assert_eq!(
        verdict.cautions[0],
        (
            Driver::Peak,
            "the coldest 310 hours need 17 MW of other heat".to_owned()
        )
    );
    assert_eq!(
        verdict.watch[0],
        (
            Driver::Ramp,
            "load ramp: each year of delay costs 0.9 M€".to_owned()
        )
    );
    for list in [&verdict.reasons, &verdict.cautions, &verdict.watch] {
        assert!((1..=3).contains(&list.len()), "{list:?}");
    }
}

#[test]
fn a_go_that_does_not_hang_on_the_fill_says_so_plainly() {
    let evidence = Evidence {
        fill_break_even: None,
        ..Evidence::good()
    };
    assert_eq!(
        weigh(&evidence).headline,
        "GO: heat at 58 €/MWh against 84 €/MWh"
    );
}

#[test]
fn too_far_names_the_pipe_and_the_worth() {
    let (driver, headline) = deciding(&Evidence::bad());
    assert_eq!(driver, Driver::Distance);
    assert_eq!(
        headline,
        "NO-GO: too far — the heat is worth 40 €/MWh less 11 for the heat pump, and 28 km of \
         pipe costs 61"
    );
    assert!(watches(&Evidence::bad()).contains("a go within 17 km of the town"));
}

#[test]
fn the_pipe_is_not_blamed_when_the_heat_pump_alone_costs_more_than_its_heat_is_worth() {
    let evidence = Evidence {
        worth: 9.0,
        ..Evidence::bad()
    };
    let (driver, headline) = deciding(&evidence);
    assert_eq!(driver, Driver::Cost, "{headline}");
    let text = format!("{:?}", weigh(&evidence));
    assert!(!text.contains("less 11 for"), "{text}");
}

#[test]
fn the_pipe_is_not_blamed_when_the_study_would_not_pay_without_it() {
    let evidence = Evidence {
        transmission: Money::from_meur(11.0),
        ..Evidence::bad()
    };
    let (driver, headline) = deciding(&evidence);
    assert_eq!(driver, Driver::Cost, "{headline}");
    assert_eq!(weigh(&evidence).reasons[1].0, Driver::Distance);
}

#[test]
fn rounding_never_turns_the_comparison_round() {
    let evidence = Evidence {
        worth: 22.3,
        machines: 8.2,
        transmission_per_mwh: 14.2,
        ..Evidence::bad()
    };
    let (_, headline) = deciding(&evidence);
    assert!(
        headline
            .contains("worth 22.3 €/MWh less 8.2 for the heat pump, and 28 km of pipe costs 14.2"),
        "{headline}"
    );
}

#[test]
fn what_a_pipe_costs_is_told_of_the_length_that_is_laid() {
    let far = Evidence {
        distance: 30.0,
        ..Evidence::bad()
    };
    let (driver, headline) = deciding(&far);
    assert_eq!(driver, Driver::Distance);
    assert!(headline.contains("28 km of pipe costs"), "{headline}");
}

#[test]
fn dear_electricity_leads_when_it_is_the_largest_cost() {
    let evidence = Evidence {
        distance: 2.0,
        pipe_length: 2.0,
        transmission: Money::from_meur(32.0),
        transmission_per_mwh: 14.0,
        worth: 22.0,
        machines: 13.0,
        machines_name: "the heat pump and other plant",
        electricity_per_mwh: 38.0,
        mean_cop: 3.9,
        ..Evidence::with_flip("day-ahead electricity price", 120.0, 99.0)
    };
    let (driver, headline) = deciding(&evidence);
    assert_eq!(driver, Driver::Cost);
    assert_eq!(
        headline,
        "NO-GO: too dear — with day-ahead electricity at 120 €/MWh the heat is worth 22 €/MWh, \
         less than the 27 for the heat pump, other plant and the pipe"
    );
    let rising = Evidence {
        electricity_growth: 0.02,
        ..evidence.clone()
    };
    assert!(
        deciding(&rising)
            .1
            .contains("electricity at 120 €/MWh rising by 2.0 % a year the heat"),
        "{rising:?}"
    );
    assert!(
        weigh(&evidence).reasons.contains(&(
            Driver::Distance,
            "the heat is worth 22 €/MWh less 13 for the heat pump and other plant, and 2.0 km \
             of pipe costs 14"
                .to_owned()
        )),
        "{:#?}",
        weigh(&evidence)
    );
}

#[test]
fn a_small_data_centre_is_too_small_before_it_is_too_far() {
    let evidence = Evidence {
        npv: Money::from_meur(-1.0),
        transmission: Money::from_meur(3.0),
        transmission_per_mwh: 33.0,
        worth: 39.0,
        machines: 20.0,
        share_covered: 0.25,
        available_over_fed: 0.26,
        use_share: 0.98,
        ..Evidence::bad()
    };
    let (driver, headline) = deciding(&evidence);
    assert_eq!(driver, Driver::Heat, "{headline}");
    assert_eq!(weigh(&evidence).reasons[1].0, Driver::Distance);
}

#[test]
fn hours_are_called_the_coldest_only_when_they_are() {
    let peak = |cold: f64, dear: f64, hours: u32| {
        let evidence = Evidence {
            boiler_cold_share: cold,
            boiler_dear_share: dear,
            boiler_hours: hours,
            ..Evidence::good()
        };
        let cautions = weigh(&evidence).cautions;
        cautions
            .into_iter()
            .find(|c| c.0 == Driver::Peak)
            .unwrap()
            .1
    };
    assert_eq!(
        peak(0.95, 0.5, 310),
        "the coldest 310 hours need 17 MW of other heat"
    );
    assert_eq!(
        peak(0.85, 0.0, 310),
        "in 310 hours boilers give up to 17 MW"
    );
    assert_eq!(
        peak(0.85, 0.4, 2633),
        "in 2,633 hours boilers give up to 17 MW, in some of them because electricity is dear"
    );
    assert_eq!(
        peak(1.0, 0.0, 8760),
        "in 8,760 hours boilers give up to 17 MW"
    );
    assert_eq!(peak(1.0, 0.0, 1), "in one hour boilers give 17 MW");
}

#[test]
fn a_go_that_hangs_on_the_value_left_says_so() {
    let evidence = Evidence {
        npv: Money::from_meur(2.0),
        ..Evidence::good()
    };
    let text = "without the value left in pipes and machines after year 20 the NPV is −0.2 M€";
    let cautions = weigh(&evidence).cautions;
    assert!(
        cautions.contains(&(Driver::Cost, text.to_owned())),
        "{cautions:?}"
    );
    let cautions = weigh(&Evidence::good()).cautions;
    assert!(!format!("{cautions:?}").contains("value left"));
}

#[test]
fn a_tiny_case_says_nothing_that_says_nothing() {
    let mut evidence = Evidence {
        carbon_saved: CarbonMass::from_t(0.1),
        cooling_saved: hukka_units::ElectricEnergy::from_mwh(1.0),
        distance: 0.01,
        pipe_length: 0.01,
        ..Evidence::with_flip("investment", 0.004, 0.002)
    };
    let text = format!("{:?}", weigh(&evidence));
    assert!(!text.contains("CO₂") && !text.contains("1 MWh"), "{text}");
    assert!(
        text.contains("33 °C heat right beside the network"),
        "{text}"
    );
    assert!(text.contains("from 4.0 to 2.0 k€"), "{text}");
    evidence.break_evens[0].base = 1e-9;
    evidence.break_evens[0].at_zero_npv = Some(0.6e-9);
    let text = format!("{:?}", weigh(&evidence));
    assert!(!text.contains("from 0"), "{text}");
}

#[test]
fn hot_hours_are_those_the_dispatch_counts() {
    let mut bench = Bench::new();
    let supply = &mut bench.network.hourly.supply_temperature;
    supply[0] = hukka_units::Temperature::from_c(90.0);
    supply[1] = hukka_units::Temperature::from_c(90.01);
    supply[2] = hukka_units::Temperature::from_c(95.0);
    supply[3] = hukka_units::Temperature::from_c(95.0);
    bench.plan.units[0].cop[3] = hukka_units::Ratio::ZERO;
    bench.with_ventures(|ventures| {
        assert_eq!(hours::HotHours::new(ventures).hours, 2);
    });
}

#[test]
fn boilers_that_are_cheaper_than_dear_electricity_are_seen() {
    let mut bench = Bench::new();
    for t in 0..Bench::HOURS {
        bench.plan.units[0].available[t] = bench.plan.units[0].heat[t] * 2.0;
    }
    let share = |bench: &Bench| {
        let mut found = 0.0;
        bench.with_ventures(|ventures| found = hours::boiler_dear_share(ventures, 240));
        found
    };
    assert!(share(&bench).abs() < 1e-12);
    bench
        .study
        .prices
        .electricity
        .fill(hukka_units::EnergyPrice::from_eur_mwh(300.0));
    assert!(share(&bench) > 0.5);
}

#[test]
fn too_little_heat_decides_before_money() {
    let evidence = Evidence {
        share_covered: 0.013,
        available_over_fed: 0.02,
        ..Evidence::bad()
    };
    let (driver, headline) = deciding(&evidence);
    assert_eq!(driver, Driver::Heat);
    assert!(
        headline.starts_with("NO-GO: too little heat — "),
        "{headline}"
    );
    assert!(headline.contains("1.3 %"), "{headline}");
}

#[test]
fn too_cold_decides_when_the_network_is_hotter_than_the_heat_pump() {
    let evidence = Evidence {
        share_covered: 0.01,
        available_over_fed: 0.8,
        hot_hours: 7000,
        use_share: 0.02,
        ..Evidence::bad()
    };
    let (driver, headline) = deciding(&evidence);
    assert_eq!(driver, Driver::Temperature);
    assert!(headline.contains("7,000 hours"), "{headline}");
    let watch = weigh(&evidence).watch;
    assert!(watch[0].1.contains("is not searched"), "{watch:?}");
}

#[test]
fn too_cold_decides_when_the_lift_costs_the_profit() {
    let evidence = Evidence {
        transmission_per_mwh: 2.0,
        transmission: Money::from_meur(0.1),
        mean_cop: 2.1,
        lift: 62.0,
        gain_at_good_cop: Money::from_meur(13.0),
        ..Evidence::bad()
    };
    let (driver, headline) = deciding(&evidence);
    assert_eq!(driver, Driver::Temperature);
    assert!(headline.starts_with("NO-GO: too cold — "), "{headline}");
    assert!(headline.contains("COP of only 2.1"), "{headline}");
}

#[test]
fn too_dear_names_cost_and_price() {
    let evidence = Evidence {
        transmission_per_mwh: 2.0,
        transmission: Money::from_meur(0.1),
        ..Evidence::bad()
    };
    let (driver, headline) = deciding(&evidence);
    assert_eq!(driver, Driver::Cost);
    assert!(
        headline.starts_with("NO-GO: too dear — heat costs 102 €/MWh"),
        "{headline}"
    );
}

#[test]
fn heat_dearer_than_boilers_is_too_dear_not_too_little() {
    let evidence = Evidence {
        share_covered: 0.01,
        available_over_fed: 0.8,
        use_share: 0.02,
        hot_hours: 0,
        heat_pump_cost: 55.0,
        boiler_cost: Some(41.0),
        ..Evidence::bad()
    };
    let (driver, headline) = deciding(&evidence);
    assert_eq!(driver, Driver::Cost);
    assert!(headline.contains("boilers make it for 41"), "{headline}");
}

#[test]
fn a_profit_without_carbon_saved_is_a_no_go() {
    let evidence = Evidence {
        carbon_saved: CarbonMass::from_t(-120.0),
        ..Evidence::good()
    };
    let (driver, headline) = deciding(&evidence);
    assert_eq!(driver, Driver::Carbon);
    assert!(headline.contains("120 t"), "{headline}");
    assert!(
        watches(&evidence).contains("32 % less CO₂"),
        "{}",
        watches(&evidence)
    );
    assert!(!weigh(&evidence).cautions.is_empty());
}

#[test]
fn a_network_that_earns_more_with_boilers_alone_is_a_no_go_for_the_heat() {
    let evidence = Evidence {
        npv_without: Money::from_meur(11.7),
        break_evens: Vec::new(),
        ..Evidence::good()
    };
    let (driver, headline) = deciding(&evidence);
    assert_eq!(driver, Driver::Cost);
    assert_eq!(
        headline,
        "NO-GO: too dear — the network would earn 3.8 M€ more with boilers alone"
    );
    let worth = "the network itself is worth 12 M€ with boilers alone, 7.9 M€ with the data centre";
    assert!(
        weigh(&evidence)
            .reasons
            .contains(&(Driver::Cost, worth.to_owned()))
    );
    let plant = Evidence {
        is_incremental: true,
        ..evidence
    };
    assert_eq!(weigh(&plant).kind, VerdictKind::Go);
}

#[test]
fn the_pipe_leads_when_it_is_what_the_network_would_earn_without() {
    let evidence = Evidence {
        npv: Money::from_meur(7.9),
        npv_without: Money::from_meur(11.7),
        ..Evidence::bad()
    };
    let (driver, headline) = deciding(&evidence);
    assert_eq!(driver, Driver::Distance, "{headline}");
    assert!(format!("{:?}", weigh(&evidence)).contains("the network itself is worth"));
}

#[test]
fn not_cleaner_follows_when_the_pipe_or_money_is_the_cause() {
    let far = Evidence {
        carbon_saved: CarbonMass::from_t(-613.0),
        npv: Money::from_meur(-120.0),
        transmission: Money::from_meur(64.0),
        transmission_per_mwh: 434.0,
        lcoh: 2023.0,
        distance: 73.0,
        pipe_length: 73.0,
        ..Evidence::bad()
    };
    let (driver, headline) = deciding(&far);
    assert_eq!(driver, Driver::Distance, "{headline}");
    assert!(weigh(&far).reasons.iter().any(|r| r.0 == Driver::Carbon));
    let worthless = Evidence {
        worth: 9.0,
        transmission_per_mwh: 1087.0,
        ..far.clone()
    };
    let (driver, headline) = deciding(&worthless);
    assert_eq!(driver, Driver::Distance);
    assert!(headline.contains("73 km of pipe costs 1,087"), "{headline}");
    let near = Evidence {
        transmission: Money::ZERO,
        transmission_per_mwh: 0.0,
        ..far.clone()
    };
    assert_eq!(deciding(&near).0, Driver::Cost);
    let dirty = Evidence {
        heat_pump_carbon: 210.0,
        ..far
    };
    assert_eq!(deciding(&dirty).0, Driver::Carbon);
}

#[test]
fn a_profit_that_saves_no_carbon_names_the_small_source_or_the_pipe_s_losses() {
    let small = Evidence {
        carbon_saved: CarbonMass::from_t(-20.0),
        share_covered: 0.1,
        available_over_fed: 0.11,
        ..Evidence::good()
    };
    assert_eq!(deciding(&small).0, Driver::Heat);
    let leaky = Evidence {
        pipe_carbon: CarbonMass::from_t(90.0),
        distance: 6.0,
        pipe_length: 6.0,
        ..small
    };
    assert_eq!(
        deciding(&leaky).1,
        "NO-GO: too far — 6.0 km of pipe loses 300 MWh of heat a year"
    );
}

#[test]
fn a_tiny_demand_is_too_little_demand_with_numbers() {
    let evidence = Evidence {
        lcoh: 100_219.0,
        npv: Money::from_meur(-1.2),
        investment: Money::from_meur(0.9),
        heat_delivered: hukka_units::HeatEnergy::from_mwh(1.0),
        carbon_saved: CarbonMass::from_t(-5.0),
        distance: 1.6,
        pipe_length: 1.6,
        transmission_per_mwh: 540.0,
        ..Evidence::bad()
    };
    let (driver, headline) = deciding(&evidence);
    assert_eq!(driver, Driver::Heat);
    assert_eq!(
        headline,
        "NO-GO: too little demand — customers take 1 MWh of heat a year, and 0.9 M€ is built \
         for it"
    );
}

#[test]
fn a_distance_is_rounded_so_that_what_is_said_of_it_is_true() {
    let watch = |base: f64, value: f64| {
        let mut evidence = Evidence::good();
        evidence.break_evens = Evidence::bad().break_evens;
        evidence.break_evens.truncate(1);
        evidence.break_evens[0].base = base;
        evidence.break_evens[0].at_zero_npv = Some(value);
        watches(&evidence)
    };
    assert!(watch(0.3, 10.6).contains("a no-go beyond 10 km of the town"));
    assert!(watch(10.3, 10.6).contains("a no-go beyond 10.6 km of the town"));
}

#[test]
fn no_comparison_reads_the_same_on_both_sides() {
    let evidence = Evidence {
        lcoh: 84.3,
        fill_break_even: None,
        ..Evidence::with_flip("investment", 27.3, 26.7)
    };
    let good = Evidence {
        npv: Money::from_meur(0.4),
        ..evidence.clone()
    };
    assert_eq!(
        weigh(&good).headline,
        "GO: heat at 84.3 €/MWh against 84.0 €/MWh"
    );
    assert!(watches(&good).contains("from 27.3 to 26.7 M€"));
    let dear = Evidence {
        heat_price: 84.1,
        ..evidence
    };
    let text = format!("{:?}", weigh(&dear));
    assert!(
        text.contains("heat costs 84.3 €/MWh, customers pay 84.1"),
        "{text}"
    );
}

#[test]
fn cooling_saved_at_negative_prices_is_a_cost() {
    let evidence = Evidence {
        cooling_saved_value: Money::from_meur(-0.3),
        use_share: 0.0004,
        ..Evidence::good()
    };
    assert!(
        watches(&evidence).contains("a year, which at negative prices costs it 0.3 M€"),
        "{}",
        watches(&evidence)
    );
    let cautions = format!("{:?}", weigh(&evidence).cautions);
    assert!(
        cautions.contains("more than 99 % of the data centre's heat finds no use"),
        "{cautions}"
    );
}

#[test]
fn no_text_holds_a_number_that_is_none() {
    for evidence in [Evidence::good(), Evidence::bad(), Evidence::nothing()] {
        let text = format!("{:?}", weigh(&evidence));
        assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
    }
}

#[test]
fn a_whole_run_is_a_go_nearby_and_a_no_go_far_away() {
    let near = Bench::new().assess().verdict;
    assert_eq!(near.kind, VerdictKind::Go, "{near:#?}");
    assert_eq!(near.reasons.len(), 3);
    let far = Bench::at_distance(28.0).assess().verdict;
    assert_eq!(far.kind, VerdictKind::NoGo);
    assert!(
        far.headline
            .starts_with("NO-GO: too far — the heat is worth"),
        "{far:#?}"
    );
    assert!(
        far.watch
            .iter()
            .any(|(driver, _)| *driver == Driver::Distance),
        "{far:#?}"
    );
}

#[test]
fn losses_the_existing_plant_need_not_bear_are_the_pipe_s_cost() {
    let mut bench = Bench::at_distance(28.0);
    let plant = Bench::against_existing_plant();
    bench.study.counterfactual = plant.study.counterfactual;
    bench.design.boilers = plant.design.boilers;
    bench.counterfactual = plant.counterfactual;
    let whole = bench.assess().verdict;
    assert!(whole.headline.starts_with("NO-GO: too far"), "{whole:#?}");
    let boiler = &mut bench.counterfactual.as_mut().unwrap().units[1];
    for t in 0..Bench::HOURS {
        let share = 1.0 - 1.4 / boiler.heat[t].mw();
        boiler.heat[t] = boiler.heat[t] * share;
        boiler.fuel[t] = boiler.fuel[t] * share;
    }
    let lossless = bench.assess().verdict;
    assert!(
        lossless.headline.starts_with("NO-GO: too far"),
        "{lossless:#?}"
    );
    assert!(!format!("{lossless:?}").contains("boilers make it for"));
}

#[test]
fn a_whole_run_with_a_tiny_data_centre_is_a_no_go() {
    let tiny = Bench::with_heat_pump(0.1).assess().verdict;
    assert!(
        tiny.headline.starts_with("NO-GO: too little heat"),
        "{tiny:#?}"
    );
}

#[test]
fn a_whole_run_with_dear_machines_is_too_dear() {
    let mut bench = Bench::new();
    bench.design.capex[1].amount = Money::from_meur(6.0);
    let dear = bench.assess().verdict;
    assert!(dear.headline.starts_with("NO-GO: too dear"), "{dear:#?}");
}
