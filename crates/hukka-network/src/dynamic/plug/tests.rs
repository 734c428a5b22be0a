//! Plugs against closed forms, and heat through any flow.

use super::*;
use proptest::prelude::*;

const STILL: Around = Around {
    seconds: 60.0,
    cooling: 0.0,
    ground: 0.0,
};

fn steady(pipe: &mut Plugs, mass: f64, inflow: f64, around: &Around, steps: usize) -> Signal {
    let mut out = Signal::EMPTY;
    for _ in 0..steps {
        out = pipe.advance(mass, &Signal::constant(inflow), around);
    }
    out
}

/// Steady flow leaves cooled by `exp(−k τ)`, whatever the step.
#[test]
fn a_steady_pipe_cools_as_the_closed_form() {
    for (seconds, rate) in [(60.0, 0.5), (60.0, 7.3), (3600.0, 0.013), (300.0, 50.0)] {
        let (content, k, ground) = (100.0, 2e-4, 4e4);
        let around = Around {
            seconds,
            cooling: k,
            ground,
        };
        let mut pipe = Plugs::new(content, (1e5, 1e5), MOST_PLUGS);
        let steps = (5.0 * content / (rate * seconds)).ceil() as usize + 3;
        let out = steady(&mut pipe, rate * seconds, 3e5, &around, steps);
        let expected = ground + (3e5 - ground) * (-k * content / rate).exp();
        let error = (out.mean() - expected).abs() / (3e5 - ground);
        eprintln!("step {seconds} s, {rate} kg/s: relative error {error:.1e}");
        assert!(error < 1e-9);
    }
}

/// A jump at the inlet arrives after `M/m`, sharp, in steps of any length.
#[test]
fn a_step_arrives_sharp_and_on_time() {
    let content = 103.0;
    let mut pipe = Plugs::new(content, (1e5, 1e5), MOST_PLUGS);
    let mut fed = 0.0;
    for i in 0..40 {
        let mass = [3.0, 7.1, 0.4, 20.0][i % 4];
        let out = pipe.advance(mass, &Signal::constant(3e5), &STILL);
        let hot = (fed + mass - content).clamp(0.0, mass) / mass;
        assert!(
            (out.mean() - (1e5 + 2e5 * hot)).abs() < 1e-6 * 2e5,
            "step {i}"
        );
        fed += mass;
    }
}

#[test]
fn reversal_gives_the_same_water_back() {
    let mut pipe = Plugs::new(100.0, (1e5, 1e5), MOST_PLUGS);
    for i in 0..6 {
        pipe.advance(5.0, &Signal::constant(2e5 + 1e4 * f64::from(i)), &STILL);
    }
    for i in (0..6).rev() {
        let out = pipe.advance(-5.0, &Signal::constant(0.0), &STILL);
        assert!((out.mean() - (2e5 + 1e4 * f64::from(i))).abs() < 1e-6);
    }
}

#[test]
fn stagnant_water_cools_exponentially() {
    let around = Around {
        seconds: 900.0,
        cooling: 3e-5,
        ground: 3e4,
    };
    let mut pipe = Plugs::new(50.0, (3e5, 3e5), MOST_PLUGS);
    for _ in 0..96 {
        pipe.advance(0.0, &Signal::constant(0.0), &around);
    }
    let expected = 3e4 + 2.7e5 * (-3e-5 * 86_400.0_f64).exp();
    assert!((pipe.stored() / 50.0 - expected).abs() < 1e-6);
}

proptest! {
    /// Any flows, any reversals, few plugs: heat is kept and nothing leaves the bounds.
    #[test]
    fn heat_is_kept_through_any_flow(
        flows in prop::collection::vec((-300.0..300.0_f64, 5e4..4e5_f64, 1.0..3600.0_f64), 1..120),
        k in 0.0..1e-3_f64, most in 2_usize..12) {
        let (content, ground) = (100.0, 3e4);
        let mut pipe = Plugs::new(content, (2e5, 1e5), most);
        let (mut entered, mut left) = (pipe.stored(), 0.0);
        for &(mass, inflow, seconds) in &flows {
            let around = Around { seconds, cooling: k, ground };
            let foreseen = pipe.peek(mass, &Signal::constant(inflow), &around);
            let out = pipe.advance(mass, &Signal::constant(inflow), &around);
            prop_assert!((foreseen.mean() - out.mean()).abs() < 1e-4);
            entered += mass.abs() * inflow;
            left += mass.abs() * out.mean();
            prop_assert!(out.spells().all(|s| s.1 > ground - 1e-6 && s.1 < 4e5 + 1e-6));
            prop_assert!(pipe.row.len() <= most);
        }
        let balance = entered - left - pipe.lost - pipe.stored();
        prop_assert!(balance.abs() < 1e-10 * entered, "{balance} of {entered}");
        let held: f64 = pipe.row.iter().map(|p| p.mass).sum();
        prop_assert!((held / content - 1.0).abs() < 1e-9);
    }
}
