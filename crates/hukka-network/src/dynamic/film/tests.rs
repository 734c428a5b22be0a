//! Water and wall against the closed form of a front, and heat through any flow.

use super::*;
use proptest::prelude::*;

/// Outlet of a jump at the inlet, 0 to 1, by the closed form of a plug in a wall of capacity `r`.
///
/// `T(τ) = e^{−Y} [ e^{−Z} I₀(2√(YZ)) + Y ∫₀^Z e^{−s} I₀'(…)…ds ]`, summed as
/// `T = Σ_{n≥0} P_n(Y) Q_n(Z)`: `n` exchanges on the way, Poisson with mean `Y`, each of them
/// finished by the time `Z`, Erlang. (Anzelius 1926; Schumann 1929.)
fn closed_form(y: f64, z: f64) -> f64 {
    if z < 0.0 {
        return 0.0;
    }
    let (mut weight, mut term, mut below, mut sum) = ((-y).exp(), (-z).exp(), 0.0, 0.0);
    for n in 0..400 {
        // share of particles whose n stays in the wall take less than z
        sum += weight * (1.0 - below);
        below += term;
        term *= z / f64::from(n + 1);
        weight *= y / f64::from(n + 1);
    }
    sum
}

/// Root mean square error of the outlet over the arrival, per number of cells.
fn error_with(cells: usize) -> f64 {
    let (content, ratio, rate, film) = (80.0, 0.286, 1.2, 0.055);
    let mut pipe = FilmPipe::with_cells(content, ratio, cells, (0.0, 0.0));
    let delay = content / rate;
    let y = film * delay;
    let seconds = 1.0;
    let around = Around {
        seconds,
        cooling: 0.0,
        ground: 0.0,
    };
    let exchange = Exchange { film, spread: 0.0 };
    let (mut sum, mut count) = (0.0, 0.0);
    for i in 0..160 {
        let out = pipe.advance(rate * seconds, &Signal::constant(1.0), &around, &exchange);
        let fine = 50;
        let mean: f64 = (0..fine)
            .map(|k| {
                let t = (f64::from(i) + (f64::from(k) + 0.5) / f64::from(fine)) * seconds - delay;
                closed_form(y, film / ratio * t)
            })
            .sum::<f64>()
            / f64::from(fine);
        if f64::from(i) * seconds > delay + 3.0 {
            sum += (out.mean() - mean).powi(2);
            count += 1.0;
        }
    }
    (sum / count).sqrt()
}

/// Water in a wall of finite film against Anzelius and Schumann; the observed order is printed.
#[test]
fn a_front_in_a_real_wall_follows_anzelius_and_schumann() {
    let errors: Vec<f64> = [25, 50, 100, 200].map(error_with).to_vec();
    for pair in errors.windows(2) {
        eprintln!(
            "error {:.2e} -> {:.2e}, order {:.2}",
            pair[0],
            pair[1],
            (pair[0] / pair[1]).log2()
        );
    }
    assert!(errors[3] < 3e-3, "{errors:?}");
    assert!(errors[1] < errors[0] && errors[3] < errors[1], "{errors:?}");
}

/// With a quick film the wall holds the front back as if the pipe were longer.
#[test]
fn a_quick_film_delays_by_the_heat_of_the_wall() {
    let (content, ratio, rate) = (80.0, 0.3, 1.0);
    let mut pipe = FilmPipe::with_cells(content, ratio, 100, (0.0, 0.0));
    let around = Around {
        seconds: 1.0,
        cooling: 0.0,
        ground: 0.0,
    };
    let exchange = Exchange {
        film: 5.0,
        spread: 0.0,
    };
    let mut missing = 0.0;
    for _ in 0..300 {
        let out = pipe.advance(rate, &Signal::constant(1.0), &around, &exchange);
        missing += 1.0 - out.mean();
    }
    assert!((missing / (content * (1.0 + ratio)) - 1.0).abs() < 1e-9);
}

/// Steady loss: the whole wall at the water's temperature loses what the water loses.
#[test]
fn a_steady_pipe_with_a_wall_cools_as_the_closed_form() {
    let (content, rate, k, film) = (80.0, 1.0, 5e-4, 0.05);
    let mut pipe = FilmPipe::with_cells(content, 0.3, 100, (1.0, 1.0));
    let around = Around {
        seconds: 1.0,
        cooling: k,
        ground: 0.0,
    };
    let exchange = Exchange { film, spread: 0.0 };
    let mut out = Signal::EMPTY;
    for _ in 0..900 {
        out = pipe.advance(rate, &Signal::constant(1.0), &around, &exchange);
    }
    // the film is in series with the insulation
    let expected = (-(k * film / (k + film)) * content / rate).exp();
    assert!(
        (out.mean() - expected).abs() < 2e-5,
        "{} {expected}",
        out.mean()
    );
}

proptest! {
    #[test]
    fn heat_is_kept_through_any_flow_and_film(
        flows in prop::collection::vec((-60.0..60.0_f64, 5e4..4e5_f64, 1.0..600.0_f64), 1..40),
        film in 1e-4..1.0_f64, ratio in 0.02..2.0_f64) {
        let mut pipe = FilmPipe::with_cells(40.0, ratio, 12, (2e5, 1e5));
        let (mut entered, mut left) = (pipe.stored(), 0.0);
        for &(mass, inflow, seconds) in &flows {
            let around = Around { seconds, cooling: 1e-4, ground: 3e4 };
            let exchange = Exchange { film, spread: 1e-4 };
            let out = pipe.advance(mass, &Signal::constant(inflow), &around, &exchange);
            entered += mass.abs() * inflow;
            left += mass.abs() * out.mean();
            prop_assert!(out.spells().all(|s| s.1 > 3e4 - 1e-6 && s.1 < 4e5 + 1e-6));
        }
        let balance = entered - left - pipe.lost - pipe.stored();
        prop_assert!(balance.abs() < 1e-10 * entered, "{balance} of {entered}");
        let held: f64 = pipe.water.iter().map(|p| p.0).sum();
        prop_assert!((held / 40.0 - 1.0).abs() < 1e-9);
        prop_assert!(pipe.water.len() < 60);
    }
}
