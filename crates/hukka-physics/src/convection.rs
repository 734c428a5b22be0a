//! Heat between flowing water and the wall of its pipe, and mixing along the flow. SI, kelvin.

use core::f64::consts::PI;

/// Reynolds number up to which the flow is taken as laminar.
const LAMINAR_BELOW: f64 = 2300.0;
/// Reynolds number from which the flow is taken as turbulent.
const TURBULENT_ABOVE: f64 = 4000.0;
/// Reynolds number from which fronts spread by turbulence.
const DISPERSED_ABOVE: f64 = 2000.0;
/// Nusselt number of laminar flow at even wall temperature, far from the inlet.
const NUSSELT_LAMINAR: f64 = 3.66;

/// Thermal conductivity of water, W/(m K).
///
/// `λ = 0.6065 (−1.48445 + 4.12292 θ − 1.63866 θ²)`, `θ = T/298.15 K`.
///
/// # Valid for  0–97 °C, error below 0.7 %; outside: value at the nearer end of 0–110 °C
/// # Source     Ramires et al. 1995, J. Phys. Chem. Ref. Data 24
pub fn water_conductivity(t_k: f64) -> f64 {
    let theta = t_k.clamp(273.15, 383.15) / 298.15;
    0.6065 * (-1.484_45 + 4.122_92 * theta - 1.638_66 * theta * theta)
}

/// Nusselt number of flow in a smooth round pipe, referred to its diameter.
///
/// Turbulent: `Nu = (f/8)(Re − 1000) Pr / (1 + 12.7 √(f/8) (Pr^⅔ − 1))`,
/// `f = (0.79 ln Re − 1.64)^−2`; laminar: 3.66; between Re 2300 and 4000 linear in Re.
///
/// # Assumptions  fully developed flow · no entrance effect · properties at the mean temperature
/// # Valid for    0.5 < Pr < 2000, Re below 5e6; at rest: conduction as in laminar flow
/// # Source       Gnielinski 1976 with Petukhov's friction factor; blend as Gnielinski 2013
pub fn nusselt(reynolds: f64, prandtl: f64) -> f64 {
    let turbulent = |reynolds: f64| {
        let f8 = 0.125 / (0.79 * reynolds.ln() - 1.64).powi(2);
        f8 * (reynolds - 1000.0) * prandtl
            / (1.0 + 12.7 * f8.sqrt() * (prandtl.powf(2.0 / 3.0) - 1.0))
    };
    if reynolds <= LAMINAR_BELOW {
        NUSSELT_LAMINAR
    } else if reynolds < TURBULENT_ABOVE {
        let share = (reynolds - LAMINAR_BELOW) / (TURBULENT_ABOVE - LAMINAR_BELOW);
        (1.0 - share) * NUSSELT_LAMINAR + share * turbulent(TURBULENT_ABOVE)
    } else {
        turbulent(reynolds)
    }
}

/// Spread of a front along turbulent pipe flow, as a coefficient of diffusion, m²/s.
///
/// `D = u d (3·10⁷ Re^−2.1 + 1.35 Re^−⅛)`; zero in laminar flow, where no diffusion describes the
/// spread over the length of a pipe. Taylor's `10.1 r u √(f/8)` is the limit of high Re; measured
/// spread is larger below Re 20,000.
///
/// # Assumptions  long after the front entered · straight pipe
/// # Valid for    Re 2000–1e6
/// # Source       Wen & Fan 1975 in Levenspiel 1999, Chemical Reaction Engineering, p. 310
pub fn turbulent_dispersion(reynolds: f64, velocity_m_s: f64, inner_diameter_m: f64) -> f64 {
    if reynolds < DISPERSED_ABOVE {
        return 0.0;
    }
    let per_speed = 3e7 * reynolds.powf(-2.1) + 1.35 * reynolds.powf(-0.125);
    velocity_m_s.abs() * inner_diameter_m * per_speed
}

/// Reynolds number of a mass flow in a round pipe; zero or above.
pub fn reynolds(mass_flow: f64, inner_diameter_m: f64, viscosity_pa_s: f64) -> f64 {
    4.0 * mass_flow.abs() / (PI * inner_diameter_m * viscosity_pa_s)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn water_conducts_as_in_the_tables() {
        // IAPWS R15-11 at 0.1 MPa
        for (c, expected) in [
            (10.0, 0.5787),
            (25.0, 0.6065),
            (60.0, 0.6510),
            (90.0, 0.6728),
        ] {
            let found = water_conductivity(c + 273.15);
            assert!((found / expected - 1.0).abs() < 8e-3, "{c} °C: {found}");
        }
    }

    #[test]
    fn gnielinski_gives_a_known_number() {
        // Re 10 000, Pr 3: f = 0.03143, Nu = 0.003929·9000·3/(1 + 12.7·0.06268·1.0801) = 57.0
        assert!(
            (nusselt(1e4, 3.0) - 57.04).abs() < 0.1,
            "{}",
            nusselt(1e4, 3.0)
        );
    }

    #[test]
    fn a_front_spreads_a_little_more_than_taylor_found() {
        // u = 1 m/s, d = 0.1 m, Re 1e5: f = 0.01797, u* = 0.0474 m/s
        let found = turbulent_dispersion(1e5, 1.0, 0.1);
        let taylor = 10.1 * 0.05 * 0.0474;
        assert!((1.0..1.5).contains(&(found / taylor)), "{found} {taylor}");
        assert!(turbulent_dispersion(1900.0, 1.0, 0.1) <= 0.0);
    }

    proptest! {
        #[test]
        fn faster_water_gives_more_heat(log_re in 1.0..6.5_f64, prandtl in 1.0..13.0_f64) {
            let at = |log: f64| nusselt(10f64.powf(log), prandtl);
            prop_assert!(at(log_re + 0.01) >= at(log_re) && at(log_re) >= NUSSELT_LAMINAR);
        }

        #[test]
        fn the_film_law_has_no_step(prandtl in 1.0..13.0_f64) {
            for edge in [LAMINAR_BELOW, TURBULENT_ABOVE] {
                let (below, above) = (nusselt(edge * 0.999_999, prandtl), nusselt(edge * 1.000_001, prandtl));
                prop_assert!((above / below - 1.0).abs() < 1e-4);
            }
        }
    }
}
