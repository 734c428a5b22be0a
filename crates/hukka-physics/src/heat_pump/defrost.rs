//! Ice on the coils of a heat pump that draws from outdoor air.

/// Below this air temperature ice is counted, °C.
pub const USUAL_ICING_LIMIT_C: f64 = 2.0;
/// Usual share of the COP that is left with ice.
pub const USUAL_ICING_FACTOR: f64 = 0.8;

/// Share of the COP left when the source is outdoor air.
///
/// `f` below the icing limit, 1 from the limit on. Ice forms on coils below 0 °C, which are a few
/// kelvin colder than the air; defrosting takes heat back.
///
/// # Assumptions  no humidity: dry cold costs as much as wet cold, which is safe
/// # Source       oemof-thermal (icing factor 0.8 below 2 °C)
pub fn factor(air_c: f64, icing_limit_c: f64, icing_factor: f64) -> f64 {
    if air_c < icing_limit_c {
        icing_factor
    } else {
        1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_cold_air_is_charged() {
        assert!((factor(1.3, 2.0, 0.8) - 0.8).abs() < 1e-12);
        assert!((factor(2.0, 2.0, 0.8) - 1.0).abs() < 1e-12);
        assert!((factor(2.3, USUAL_ICING_LIMIT_C, USUAL_ICING_FACTOR) - 1.0).abs() < 1e-12);
    }
}
