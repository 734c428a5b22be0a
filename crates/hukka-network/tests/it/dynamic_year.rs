//! A study's year with transport.

use crate::study::{Case, case};
use hukka_model::DistributionLoss;
use hukka_network::dynamic::{PipeHeat, Transport, TransportOptions, Year, YearOptions, year};
use hukka_network::{Boundary, Draw, Injection, Inputs, Network, Options, PipeSpec, Water, run};
use hukka_units::{HeatPower, TimeSpan};

/// Plant, a street with three houses, a dead end, and a ring.
fn town(steps: usize) -> Case {
    let mut case = case(
        steps,
        9,
        &[
            (0, 1, 400.0, 100),
            (1, 2, 150.0, 80),
            (2, 3, 20.0, 25),
            (1, 4, 30.0, 32),
            (2, 5, 200.0, 65),
            (5, 6, 15.0, 25),
            (7, 2, 300.0, 65),
            (1, 5, 350.0, 65),
            (5, 8, 25.0, 40),
        ],
        &[(3, 30.0), (4, 400.0), (6, 60.0), (8, 800.0)],
    );
    case.design.distribution_losses.push(DistributionLoss {
        conductance_w_k: 150.0,
        node: 8,
    });
    case
}

fn simulate(case: &Case, injections: &[Injection], steps_per_hour: usize) -> Year {
    let inputs = Inputs {
        study: &case.study,
        demand: &case.demand,
        design: &case.design,
        injections,
    };
    let how = YearOptions {
        steps_per_hour,
        ..YearOptions::default()
    };
    year(&inputs, &Options::default(), &how, &mut ()).unwrap()
}

fn sum(of: &[HeatPower]) -> f64 {
    of.iter().map(|q| q.w()).sum()
}

#[test]
fn a_year_with_transport_closes_every_hour_and_serves_everyone() {
    let case = town(8760);
    let found = simulate(&case, &[], 1);
    for t in 0..8760 {
        let out = found.heat_delivered[t].w() + found.heat_loss[t].w() + found.heat_kept[t].w();
        assert!(
            (found.heat_fed[t].w() - out).abs() < 1e-9 * out.abs().max(1e5),
            "hour {t}"
        );
    }
    let steady = run(
        &Inputs {
            study: &case.study,
            demand: &case.demand,
            design: &case.design,
            injections: &[],
        },
        &Options::default(),
        &mut (),
    )
    .unwrap()
    .0
    .hourly;
    let (fed, lost) = (sum(&found.heat_fed), sum(&found.heat_loss));
    let kept = sum(&found.heat_kept) / fed;
    let loss = lost / sum(&steady.heat_loss) - 1.0;
    let delivered = sum(&found.heat_delivered) / sum(&steady.heat_delivered) - 1.0;
    let largest = (0..8760)
        .map(|t| (found.return_temperature[t].k() - steady.return_temperature[t].k()).abs())
        .fold(0.0, f64::max);
    let longest = found
        .longest_delay
        .iter()
        .flatten()
        .map(|d| d.s() / 60.0)
        .fold(0.0, f64::max);
    eprintln!(
        "against the steady year: loss {loss:+.1e}, delivered {delivered:+.1e}, return at most \
         {largest:.2} K off; kept over the year {kept:+.1e}; longest way {longest:.0} min"
    );
    assert!(loss.abs() < 0.01 && delivered.abs() < 1e-6 && kept.abs() < 1e-3);
    assert!(longest > 5.0 && largest > 0.05);
}

#[test]
fn shorter_steps_change_the_year_little() {
    let case = town(1000);
    let (hours, minutes) = (simulate(&case, &[], 1), simulate(&case, &[], 12));
    let square: f64 = hours
        .return_temperature
        .iter()
        .zip(&minutes.return_temperature)
        .map(|(a, b)| (a.k() - b.k()).powi(2))
        .sum();
    let rms = (square / 1000.0).sqrt();
    let loss = sum(&hours.heat_loss) / sum(&minutes.heat_loss) - 1.0;
    eprintln!("steps of 60 and 5 min: return {rms:.3} K rms, loss {loss:+.1e}");
    assert!(rms < 0.3 && loss.abs() < 2e-3);
}

#[test]
fn a_source_that_turns_flows_keeps_the_balance_on_any_threads() {
    let case = town(700);
    let injections = [Injection {
        node: 7,
        heat: (0..700)
            .map(|t| HeatPower::from_kw(f64::from(t % 90)))
            .collect(),
    }];
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| simulate(&case, &injections, 1))
    };
    let found = with(1);
    assert_eq!(found, with(3));
    for t in 0..700 {
        let out = found.heat_delivered[t].w() + found.heat_loss[t].w() + found.heat_kept[t].w();
        assert!(
            (found.heat_fed[t].w() - out).abs() < 1e-8 * out.abs().max(1e5),
            "hour {t}"
        );
    }
}

/// A street of pipes: a change at the plant arrives after the content has passed, and a run taken
/// up again goes on bit for bit.
#[test]
fn a_change_at_the_plant_arrives_when_the_water_does() {
    let pipe = |from: usize| PipeSpec {
        from,
        to: from + 1,
        length_m: 200.0,
        inner_diameter_m: 0.1,
        roughness_m: 1e-4,
        fitting_share: 0.0,
        loss_w_mk: 0.0,
    };
    let pipes: Vec<PipeSpec> = (0..5).map(pipe).collect();
    let network = Network::new(&[0.0; 6], &pipes, 0).unwrap();
    let heat = [PipeHeat {
        length_m: 200.0,
        inner_diameter_m: 0.1,
        wall_j_mk: 0.0,
    }; 5];
    let make = || {
        let options = TransportOptions::default();
        Transport::new(&network, Water, &heat, (&[5], &[]), options).unwrap()
    };
    let draws = [Draw {
        heat_w: 0.0,
        loss_w_k: 0.0,
        return_temperature_k: 320.0,
        min_mass_flow: 2.0,
    }];
    let at = |supply_temperature_k: f64| Boundary {
        supply_temperature_k,
        surplus_return_temperature_k: 320.0,
        ground_temperature_k: 280.0,
        draws: &draws,
        inflows: &[],
    };
    let (cold, hot) = (340.0, 360.0);
    let content = 0.25 * std::f64::consts::PI * 0.01 * 1000.0 * hukka_physics::water::density(cold);
    let delay = content / 2.0;
    for seconds in [60.0, 600.0, 3600.0] {
        let (mut transport, mut unbroken) = (make(), make());
        let span = TimeSpan::from_s(seconds);
        transport.step(span, &at(cold), &[]);
        unbroken.step(span, &at(cold), &[]);
        let mut missing = 0.0;
        for i in 0..200 {
            if i == 3 {
                let kept = transport.checkpoint();
                transport = make();
                transport.resume(&kept).unwrap();
            }
            let found = transport.step(span, &at(hot), &[]);
            assert_eq!(found, unbroken.step(span, &at(hot), &[]));
            assert!((found.fed_w - found.kept_w).abs() < 1e-6);
            let (_, _, inlet) = transport.draw(0);
            missing += seconds * (hot - inlet) / (hot - cold);
        }
        let longest = transport.delays().into_iter().fold(0.0, f64::max);
        eprintln!("steps of {seconds} s: arrives after {missing:.2} s of {delay:.2} s");
        assert!((longest / delay - 1.0).abs() < 1e-9);
        // specific heat differs a little between the two temperatures
        assert!((missing / delay - 1.0).abs() < 1e-3, "{missing} {delay}");
    }
}
