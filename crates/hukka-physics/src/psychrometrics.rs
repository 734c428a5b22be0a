//! Moist air. SI: kelvin, pascal; humidity as a share.

use hukka_units::ZERO_CELSIUS_K;

/// Pressure of the standard atmosphere at sea level, pascal.
pub const STANDARD_PRESSURE: f64 = 101_325.0;
/// Mass of water over mass of air per mole.
const MASS_RATIO: f64 = 0.621_945;
/// Halvings of the interval in which the wet bulb lies.
const HALVINGS: usize = 48;

/// Pressure of saturated water vapour over water, over ice below 0 °C, pascal.
///
/// `ln p = C₁/T + C₂ + C₃T + C₄T² + C₅T³ + C₆T⁴ + C₇ ln T`.
///
/// # Valid for  −100 to 200 °C
/// # Source     Hyland and Wexler 1983, as in the ASHRAE Handbook of Fundamentals
pub fn saturation_pressure(temperature: f64) -> f64 {
    let t = temperature;
    let exponent = if t < ZERO_CELSIUS_K {
        -5.674_535_9e3 / t
            + 6.392_524_7
            + t * (-9.677_843e-3 + t * (6.221_570_1e-7 + t * (2.074_782_5e-9 - t * 9.484_024e-13)))
            + 4.163_501_9 * t.ln()
    } else {
        -5.800_220_6e3 / t
            + 1.391_499_3
            + t * (-4.864_023_9e-2 + t * (4.176_476_8e-5 - t * 1.445_209_3e-8))
            + 6.545_967_3 * t.ln()
    };
    exponent.exp()
}

fn humidity_ratio(vapour: f64, pressure: f64) -> f64 {
    MASS_RATIO * vapour / (pressure - vapour).max(1.0)
}

/// Temperature to which evaporation cools air: the wet bulb.
///
/// The adiabatic saturation temperature `T*` at which
/// `W = [(2501 − 2.326 T*) W_s(T*) − 1.006 (T − T*)] / (2501 + 1.86 T − 4.186 T*)`, in °C, and over
/// ice `[(2830 − 0.24 T*) W_s − 1.006 (T − T*)] / (2830 + 1.86 T − 2.1 T*)`. Humidity above saturation
/// counts as saturated.
///
/// # Valid for  −60 to 60 °C, humidity 0 to 1, 50 to 110 kPa
/// # Source     ASHRAE Handbook of Fundamentals, psychrometrics
pub fn wet_bulb(temperature: f64, humidity: f64, pressure: f64) -> f64 {
    let humidity = humidity.clamp(0.0, 1.0);
    let vapour = humidity * saturation_pressure(temperature);
    let wanted = humidity_ratio(vapour, pressure);
    let dry = temperature - ZERO_CELSIUS_K;
    let (mut low, mut high) = (temperature - 60.0, temperature);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        let wet = middle - ZERO_CELSIUS_K;
        let saturated = humidity_ratio(saturation_pressure(middle), pressure);
        let found = if wet >= 0.0 {
            ((2501.0 - 2.326 * wet) * saturated - 1.006 * (dry - wet))
                / (2501.0 + 1.86 * dry - 4.186 * wet)
        } else {
            ((2830.0 - 0.24 * wet) * saturated - 1.006 * (dry - wet))
                / (2830.0 + 1.86 * dry - 2.1 * wet)
        };
        if found > wanted {
            high = middle;
        } else {
            low = middle;
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wet(dry_c: f64, humidity: f64, pressure: f64) -> f64 {
        wet_bulb(dry_c + ZERO_CELSIUS_K, humidity, pressure) - ZERO_CELSIUS_K
    }

    #[test]
    fn vapour_pressures_are_those_of_the_tables() {
        for (celsius, pascal) in [
            (-20.0, 103.24),
            (0.0, 611.2),
            (20.0, 2338.8),
            (50.0, 12_350.0),
        ] {
            let found = saturation_pressure(celsius + ZERO_CELSIUS_K);
            assert!((found / pascal - 1.0).abs() < 1e-3, "{celsius}: {found}");
        }
    }

    #[test]
    fn wet_bulbs_are_those_of_the_reference_library() {
        assert!((wet(7.0, 0.61, 100_000.0) - 3.926_674).abs() < 4e-3);
        assert!((wet(25.0, 1.0, STANDARD_PRESSURE) - 25.0).abs() < 1e-6);
    }

    proptest! {
        #[test]
        fn the_wet_bulb_is_never_above_the_dry_and_rises_with_humidity(
            dry in -30.0..40.0_f64, humidity in 0.0..1.0_f64, more in 0.0..0.5_f64,
        ) {
            let here = wet(dry, humidity, STANDARD_PRESSURE);
            prop_assert!(here <= dry + 1e-9);
            prop_assert!(wet(dry, (humidity + more).min(1.0), STANDARD_PRESSURE) >= here - 1e-9);
        }
    }
}
