//! Heat lost by buried pipes, and the ground they lie in. SI on plain `f64`, kelvin.

use core::f64::consts::PI;

/// Heat lost by one buried pipe per metre and kelvin against the undisturbed ground, W/(m K).
///
/// `1/u = 1/u_pipe + R_soil`, `R_soil = ln(4 Z / D) / (2 π λ)`; `u_pipe` is the pipe's own
/// coefficient, medium to casing, `D` the casing diameter, `Z` the depth of the pipe axis.
///
/// # Assumptions  steady · one pipe alone: the neighbour's warming is left out, which overstates
///   the loss by a few percent · even soil · surface at ground temperature
/// # Valid for    `Z > D/2`; shallower: the soil resistance is taken as zero
/// # Source       EN 13941-1, annex D (line source and its mirror)
pub fn linear_loss_with_soil(
    pipe_u_w_mk: f64,
    casing_diameter_m: f64,
    depth_m: f64,
    soil_conductivity_w_mk: f64,
) -> f64 {
    let ratio = (4.0 * depth_m / casing_diameter_m).max(1.0);
    let soil = ratio.ln() / (2.0 * PI * soil_conductivity_w_mk);
    pipe_u_w_mk / (1.0 + pipe_u_w_mk * soil)
}

/// Temperature of the water at the end of a pipe, K.
///
/// `T_out = T_g + (T_in − T_g) exp( −u L / (c_p |m|) )`
///
/// # Assumptions  steady · no conduction along the pipe · constant specific heat
/// # Valid for    any mass flow; at zero flow the water has ground temperature
/// # Source       energy balance of a pipe element, integrated
#[inline]
pub fn outlet_temperature(
    t_in_k: f64,
    t_ground_k: f64,
    u_w_mk: f64,
    length_m: f64,
    mass_flow: f64,
    cp: f64,
) -> f64 {
    let conductance = u_w_mk * length_m;
    if conductance <= 0.0 {
        return t_in_k;
    }
    let capacity_rate = cp * mass_flow.abs();
    if capacity_rate <= 0.0 {
        return t_ground_k;
    }
    t_ground_k + (t_in_k - t_ground_k) * (-conductance / capacity_rate).exp()
}

/// Undisturbed ground temperature at a depth, K.
///
/// `T = T_mean − A e^(−z/δ) cos( 2π (day − coldest)/365.25 − z/δ )`, `δ = √(a·P/π)` with the year
/// `P` and the soil's diffusivity `a`; `A` is the amplitude at the surface, `coldest` the day of
/// year with the coldest surface.
///
/// # Assumptions  one yearly wave · even soil · no frost heat
/// # Valid for    depth ≥ 0, diffusivity > 0
/// # Source       Kusuda & Achenbach 1965, NBS report 8972
pub fn ground_temperature(
    annual_mean_k: f64,
    amplitude_k: f64,
    depth_m: f64,
    diffusivity_m2_s: f64,
    day_of_year: f64,
    coldest_day: f64,
) -> f64 {
    const YEAR_D: f64 = 365.25;
    let damping_depth = (diffusivity_m2_s * YEAR_D * 86_400.0 / PI).sqrt();
    let z = depth_m / damping_depth;
    let phase = 2.0 * PI * (day_of_year - coldest_day) / YEAR_D - z;
    annual_mean_k - amplitude_k * (-z).exp() * phase.cos()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn soil_adds_in_series() {
        let u = linear_loss_with_soil(0.201, 0.140, 0.8, 1.5);
        let soil = (4.0_f64 * 0.8 / 0.140).ln() / (2.0 * PI * 1.5);
        assert!((1.0 / u - (1.0 / 0.201 + soil)).abs() < 1e-12);
        assert!((linear_loss_with_soil(0.201, 0.140, 0.8, 1e12) - 0.201).abs() < 1e-9);
    }

    #[test]
    fn a_stagnant_pipe_has_ground_temperature() {
        assert!((outlet_temperature(350.0, 280.0, 0.2, 100.0, 0.0, 4190.0) - 280.0).abs() < 1e-12);
        assert!((outlet_temperature(350.0, 280.0, 0.0, 100.0, 0.0, 4190.0) - 350.0).abs() < 1e-12);
    }

    #[test]
    fn the_ground_is_coldest_later_when_deeper() {
        let at = |depth: f64, day: f64| ground_temperature(279.0, 12.0, depth, 6e-7, day, 35.0);
        assert!((at(0.0, 35.0) - 267.0).abs() < 1e-9);
        let coldest = |depth: f64| {
            (0..365).min_by(|a, b| at(depth, f64::from(*a)).total_cmp(&at(depth, f64::from(*b))))
        };
        assert_eq!(coldest(0.0), Some(35));
        assert!(coldest(1.0) > coldest(0.5));
    }

    proptest! {
        #[test]
        fn cooling_in_two_halves_is_cooling_in_one(
            t in 300.0..400.0_f64, m in 1e-3..100.0_f64, length in 1.0..2000.0_f64) {
            let whole = outlet_temperature(t, 278.0, 0.3, length, m, 4190.0);
            let half = outlet_temperature(t, 278.0, 0.3, length / 2.0, m, 4190.0);
            let twice = outlet_temperature(half, 278.0, 0.3, length / 2.0, m, 4190.0);
            prop_assert!((whole - twice).abs() < 1e-9);
            prop_assert!((278.0 - 1e-9..=t).contains(&whole));
        }

        #[test]
        fn deeper_pipes_lose_less(u in 0.05..1.0_f64, depth in 0.6..3.0_f64) {
            let at = |z: f64| linear_loss_with_soil(u, 0.25, z, 1.5);
            prop_assert!(at(depth + 0.1) < at(depth) && at(depth) < u);
        }
    }
}
