//! Properties of any network, load and direction.

use super::balance::{heat_left, worst_mass, worst_mixing};
use super::random_net::{Draw, draw};
use hukka_model::network_case::{CaseSeries, CaseState, FrictionLaw, SeriesTarget};
use hukka_network::case::{CaseOptions, HeatCounting, series, steady};
use hukka_units::TimeSpan;
use proptest::prelude::*;

const LAWS: [FrictionLaw; 4] = [
    FrictionLaw::Colebrook,
    FrictionLaw::Nikuradse,
    FrictionLaw::SwameeJain,
    FrictionLaw::EpanetDarcyWeisbach,
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn mass_and_heat_close_at_every_node(
        consumers in 4_usize..60,
        loops in 0_usize..5,
        has_second_source: bool,
        highest_m in 0.0..30.0_f64,
        load in 0.3..1.5_f64,
        law in 0_usize..4,
        seed in 0_u64..10_000,
    ) {
        let of = Draw { consumers, loops, has_second_source, highest_m, load, friction: LAWS[law], seed };
        let mut case = draw(&of);
        // some pipes drawn against their flow: the results only change their sign
        let (straight, _) = steady(&case, &CaseOptions::default(), &mut ()).unwrap();
        for pipe in case.pipes.iter_mut().step_by(3) {
            core::mem::swap(&mut pipe.from, &mut pipe.to);
        }
        let options = [HeatCounting::MeanCapacity, HeatCounting::Enthalpy].map(|counting| CaseOptions {
            counting,
            ..CaseOptions::default()
        });
        for option in options {
            let (state, found) = steady(&case, &option, &mut ()).unwrap();
            prop_assert!(state.is_converged, "{found:?}");
            prop_assert!(worst_mass(&case, &state) < 1e-8);
            prop_assert!(worst_mixing(&case, &state, option.counting) < 1e-8);
            if option.counting == HeatCounting::Enthalpy {
                prop_assert!(heat_left(&state).abs() < 1e-8);
                continue;
            }
            let plant = straight.sources[0].mass_flow_kg_s;
            for (i, (a, b)) in straight.pipes.iter().zip(&state.pipes).enumerate() {
                let sign = if i % 3 == 0 { -1.0 } else { 1.0 };
                let apart = a.mass_flow_kg_s - sign * b.mass_flow_kg_s;
                prop_assert!(apart.abs() < 1e-6 * plant.abs().max(1e-3), "pipe {i}: {apart}");
            }
        }
    }
}

#[test]
fn a_series_has_the_same_bits_on_one_thread_and_on_three() {
    let mut case = draw(&Draw {
        consumers: 30,
        loops: 2,
        ..Draw::default()
    });
    let rows = 40;
    case.times = (0..rows)
        .map(|row| TimeSpan::from_si(3600.0 * f64::from(row)))
        .collect();
    for i in 0..case.consumers.len() {
        let heat = case.consumers[i].heat.unwrap().si();
        let at = |row: i32| Some(heat * (0.8 + 0.3 * f64::from(row + i as i32).sin()));
        case.series.push(CaseSeries {
            target: SeriesTarget::ConsumerHeat(i),
            values: (0..rows).map(at).collect(),
        });
    }
    let run = |threads: usize| -> Vec<CaseState> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        pool.build().unwrap().install(|| {
            let mut states = Vec::new();
            let mut sink = |row: usize, state: CaseState| {
                assert_eq!(row, states.len());
                states.push(state);
            };
            series(&case, &CaseOptions::default(), &mut sink, &mut ()).unwrap();
            states
        })
    };
    let one = run(1);
    assert!(one.iter().all(|s| s.is_converged));
    assert!(one == run(3));
}
