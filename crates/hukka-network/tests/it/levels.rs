//! Supply temperatures off the curve: what they do, and where they are allowed.

use crate::study::{Case, case};
use hukka_network::{Error, Inputs, Options, Simulated, run, run_with_offsets};
use hukka_units::TemperatureDifference;

const STEPS: usize = 2000;

/// A street with an old and a new house, pipes that are nearly full in the cold.
fn street(dn: u16) -> Case {
    let mut case = case(
        STEPS,
        5,
        &[
            (0, 1, 900.0, dn),
            (1, 2, 150.0, dn),
            (2, 3, 20.0, 40),
            (1, 4, 30.0, 40),
        ],
        &[(3, 300.0), (4, 400.0)],
    );
    case.demand.consumers[0].required_supply_temperature = hukka_units::Temperature::from_c(72.0);
    case
}

fn inputs(case: &Case) -> Inputs<'_> {
    Inputs {
        study: &case.study,
        demand: &case.demand,
        design: &case.design,
        injections: &[],
    }
}

fn at(case: &Case, offset_k: f64) -> Simulated {
    let offsets = vec![TemperatureDifference::from_kelvin(offset_k); STEPS];
    run_with_offsets(&inputs(case), &Options::default(), &offsets, &mut ()).unwrap()
}

#[test]
fn no_offset_gives_the_same_bits_as_the_curve() {
    let case = street(80);
    let (state, found) = run(&inputs(&case), &Options::default(), &mut ()).unwrap();
    let moved = at(&case, 0.0);
    assert!(state == moved.state && found == moved.diagnostics);
    assert!(
        moved
            .service
            .allowed(&moved.service)
            .iter()
            .all(|is_allowed| *is_allowed)
    );
}

#[test]
fn hotter_water_flows_less_and_loses_more() {
    let case = street(80);
    let (curve, hot) = (at(&case, 0.0), at(&case, 10.0));
    for t in 0..STEPS {
        let (a, b) = (&curve.state.hourly, &hot.state.hourly);
        assert!((b.supply_temperature[t] - a.supply_temperature[t]).kelvin() - 10.0 < 1e-9);
        assert!(b.heat_loss[t] > a.heat_loss[t]);
        // In warm weather most of the flow keeps the pipes warm: hotter water needs more of that.
        if case.study.weather.outdoor_temperature[t].c() < -5.0 {
            assert!(b.mass_flow[t] < a.mass_flow[t], "hour {t}");
            assert!(b.pump_power[t] < a.pump_power[t], "hour {t}");
        }
    }
    assert!(
        hot.service
            .allowed(&curve.service)
            .iter()
            .all(|is_allowed| *is_allowed)
    );
    assert!(hot.state.cold_consumers.len() <= curve.state.cold_consumers.len());
}

#[test]
fn colder_water_is_allowed_only_where_everyone_still_gets_enough() {
    let case = street(100);
    let (curve, cold) = (at(&case, 0.0), at(&case, -5.0));
    let allowed = cold.service.allowed(&curve.service);
    let margins = cold.service.margins_k();
    let taken = allowed.iter().filter(|is_allowed| **is_allowed).count();
    assert!(taken > 0 && taken < STEPS, "{taken} of {STEPS} hours");
    for t in 0..STEPS {
        assert!(
            !allowed[t] || margins[t] > -1e-5,
            "hour {t}: {} K",
            margins[t]
        );
    }
    // Where it is denied, some hour until the water has arrived is too cold.
    let longest = cold.service.longest_delay().h() as usize;
    let denied = (0..STEPS).filter(|t| !allowed[*t]);
    for t in denied {
        let until = (t + longest).min(STEPS - 1);
        assert!(
            margins[t..=until].iter().any(|margin| *margin < 0.0),
            "hour {t}"
        );
    }
}

#[test]
fn colder_water_is_denied_where_the_pipes_would_be_overloaded() {
    let narrow = street(32);
    let wide = street(150);
    let count = |case: &Case| {
        let (curve, cold) = (at(case, 0.0), at(case, -2.0));
        let allowed = cold.service.allowed(&curve.service);
        allowed.iter().filter(|is_allowed| **is_allowed).count()
    };
    let mut easy = [narrow, wide];
    for case in &mut easy {
        for consumer in &mut case.demand.consumers {
            consumer.required_supply_temperature = hukka_units::Temperature::from_c(40.0);
        }
    }
    let [narrow, wide] = easy;
    assert_eq!(count(&wide), STEPS);
    assert!(count(&narrow) < STEPS, "{}", count(&narrow));
}

#[test]
fn offsets_of_another_length_or_without_number_are_refused() {
    let case = street(80);
    let with = |offsets: &[f64]| {
        let offsets: Vec<_> = offsets
            .iter()
            .map(|k| TemperatureDifference::from_kelvin(*k))
            .collect();
        run_with_offsets(&inputs(&case), &Options::default(), &offsets, &mut ())
    };
    assert!(matches!(
        with(&[1.0; 3]),
        Err(Error::SeriesLength { found: 3, .. })
    ));
    assert!(matches!(
        with(&[f64::NAN; STEPS]),
        Err(Error::BadRule { .. })
    ));
}
