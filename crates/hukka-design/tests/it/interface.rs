//! What callers may count on: stopping, shapes, names.

use crate::place::{grid, source};
use hukka_design::{Error, Inputs, Options, run};

struct Impatient;

impl hukka_numerics::Observer for Impatient {
    fn should_stop(&mut self) -> bool {
        true
    }
}

#[test]
fn an_observer_can_stop_the_search() {
    let place = grid(3, 200.0);
    let inputs = Inputs {
        study: &place.study,
        demand: &place.demand,
        sources: &place.sources,
    };
    let result = run(&inputs, &Options::default(), &mut Impatient);
    assert_eq!(result, Err(Error::Stopped));
}

#[test]
fn a_short_series_is_refused_by_name() {
    let mut place = grid(2, 200.0);
    place.study.prices.electricity.pop();
    let inputs = Inputs {
        study: &place.study,
        demand: &place.demand,
        sources: &place.sources,
    };
    let expected = Error::Shape {
        what: "electricity price".to_owned(),
        seen: 8759,
        expected: 8760,
    };
    assert_eq!(run(&inputs, &Options::default(), &mut ()), Err(expected));
}

#[test]
fn a_source_without_a_data_centre_is_refused() {
    let mut place = grid(2, 200.0);
    place.sources.push(source(7, 1.0));
    let inputs = Inputs {
        study: &place.study,
        demand: &place.demand,
        sources: &place.sources,
    };
    let result = run(&inputs, &Options::default(), &mut ());
    assert!(matches!(
        result,
        Err(Error::UnknownDataCentre { data_centre: 7, .. })
    ));
}
