//! Liquid and vapour side by side.

use super::error::PropertyError;
use super::fluid::Fluid;
use super::state::{Phase, State, at_pressure, density_from};

/// Nearer to the critical temperature the two branches meet too flatly for Newton's method.
const MAX_REDUCED_TEMPERATURE: f64 = 0.9985;
/// Relative change of pressure or temperature that counts as none.
const TOLERANCE: f64 = 1e-11;
const MAX_ITERATIONS: usize = 60;

/// Saturated liquid and vapour at one temperature and pressure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Saturation {
    /// Temperature, kelvin.
    pub temperature: f64,
    /// Pressure, pascal.
    pub pressure: f64,
    /// Saturated liquid.
    pub liquid: State,
    /// Saturated vapour.
    pub vapour: State,
}

/// Saturation at a temperature.
///
/// Both phases at one pressure, then the pressure moved until their Gibbs energies agree
/// (Maxwell's criterion): `p ← p − (g_l − g_v) / (v_l − v_v)`, which is Newton's method. It starts
/// from the vapour pressure of Lee and Kesler 1975.
///
/// # Valid for  triple point to 0.9985 of the critical temperature; outside: error
pub fn at_temperature(fluid: &Fluid, temperature: f64) -> Result<Saturation, PropertyError> {
    if temperature > MAX_REDUCED_TEMPERATURE * fluid.critical_temperature {
        return Err(PropertyError::AboveCritical {
            temperature,
            critical: fluid.critical_temperature,
        });
    }
    if temperature.is_nan() || temperature < fluid.min_temperature {
        return Err(PropertyError::OutsideEquation {
            temperature,
            min: fluid.min_temperature,
            max: fluid.max_temperature,
        });
    }
    let mut pressure = lee_kesler(fluid, temperature);
    let mut last: Option<(State, State)> = None;
    for _ in 0..MAX_ITERATIONS {
        let find = |phase, before: Option<State>| {
            before
                .and_then(|state| density_from(fluid, temperature, pressure, state.density))
                .or_else(|| at_pressure(fluid, temperature, pressure, phase).ok())
        };
        let Some(liquid) = find(Phase::Liquid, last.map(|(liquid, _)| liquid)) else {
            pressure *= 1.03;
            continue;
        };
        let Some(vapour) = find(Phase::Vapour, last.map(|(_, vapour)| vapour)) else {
            pressure *= 0.97;
            continue;
        };
        if liquid.density < 1.02 * vapour.density {
            break;
        }
        let gap = liquid.gibbs - vapour.gibbs;
        let next = pressure - gap / (1.0 / liquid.density - 1.0 / vapour.density);
        let next = next.clamp(0.5 * pressure, 1.5 * pressure);
        if (next - pressure).abs() <= TOLERANCE * pressure {
            return Ok(Saturation {
                temperature,
                pressure: next,
                liquid,
                vapour,
            });
        }
        pressure = next;
        last = Some((liquid, vapour));
    }
    Err(PropertyError::NotConverged {
        temperature,
        pressure,
    })
}

/// Saturation at a pressure, from a temperature near the answer.
///
/// Newton on the vapour-pressure curve in `ln p` over `1/T`, with the slope of Clausius and
/// Clapeyron, `dp/dT = (s_v − s_l) / (v_v − v_l)`.
pub fn at_saturation_pressure(
    fluid: &Fluid,
    pressure: f64,
    start: f64,
) -> Result<Saturation, PropertyError> {
    let mut temperature = start;
    for _ in 0..MAX_ITERATIONS {
        let found = at_temperature(fluid, temperature)?;
        let slope = (found.vapour.entropy - found.liquid.entropy)
            / (1.0 / found.vapour.density - 1.0 / found.liquid.density);
        let by_inverse = slope * temperature * temperature / found.pressure;
        let inverse = 1.0 / temperature - (pressure / found.pressure).ln() / by_inverse;
        let next = 1.0 / inverse;
        if (next - temperature).abs() <= TOLERANCE * temperature {
            return Ok(found);
        }
        temperature = next.min(MAX_REDUCED_TEMPERATURE * fluid.critical_temperature);
    }
    Err(PropertyError::NotConverged {
        temperature,
        pressure,
    })
}

/// Vapour pressure, a first guess.
///
/// `ln p_r = f⁰(T_r) + ω f¹(T_r)`
///
/// # Source  Lee and Kesler 1975
fn lee_kesler(fluid: &Fluid, temperature: f64) -> f64 {
    let t = temperature / fluid.critical_temperature;
    let (log, sixth) = (t.ln(), t.powi(6));
    let simple = 5.927_14 - 6.096_48 / t - 1.288_62 * log + 0.169_347 * sixth;
    let bent = 15.251_8 - 15.687_5 / t - 13.472_1 * log + 0.435_77 * sixth;
    fluid.critical_pressure * (simple + fluid.acentric_factor * bent).exp()
}
