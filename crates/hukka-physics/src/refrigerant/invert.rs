//! States of vapour at a pressure and an entropy or enthalpy: what a compressor asks for.

use super::error::PropertyError;
use super::fluid::Fluid;
use super::state::{State, density_from};

const MAX_ITERATIONS: usize = 60;
/// Relative step that counts as none.
const TOLERANCE: f64 = 1e-11;
/// Most that the temperature moves in one step.
const MAX_STEP: f64 = 0.15;
/// Hottest answer, in parts of the equation's hottest temperature.
const MAX_OVER_RANGE: f64 = 1.5;

/// The vapour of a given entropy at the pressure of a colder vapour, such as the saturated one.
///
/// Newton in temperature with `∂s/∂T = c_p / T` along the isobar.
///
/// # Errors  no convergence, or far hotter than the equation's range
pub fn at_entropy(fluid: &Fluid, start: &State, entropy: f64) -> Result<State, PropertyError> {
    along_isobar(fluid, start, |state| {
        (entropy - state.entropy) * state.temperature / heat_capacity_pressure(state)
    })
}

/// The vapour of a given enthalpy at the pressure of a colder vapour, such as the saturated one.
///
/// Newton in temperature with `∂h/∂T = c_p` along the isobar.
///
/// # Errors  no convergence, or far hotter than the equation's range
pub fn at_enthalpy(fluid: &Fluid, start: &State, enthalpy: f64) -> Result<State, PropertyError> {
    along_isobar(fluid, start, |state| {
        (enthalpy - state.enthalpy) / heat_capacity_pressure(state)
    })
}

/// Heat capacity at constant pressure, J/(mol K).
///
/// `c_p = c_v + T (∂p/∂T)² / (ρ² ∂p/∂ρ)`
fn heat_capacity_pressure(state: &State) -> f64 {
    let thrust = state.pressure_by_temperature / state.density;
    state.heat_capacity_volume + state.temperature * thrust * thrust / state.pressure_by_density
}

fn along_isobar(
    fluid: &Fluid,
    start: &State,
    step: impl Fn(&State) -> f64,
) -> Result<State, PropertyError> {
    let pressure = start.pressure;
    let mut state = *start;
    for _ in 0..MAX_ITERATIONS {
        let room = MAX_STEP * state.temperature;
        let temperature = state.temperature + step(&state).clamp(-room, room);
        if temperature > MAX_OVER_RANGE * fluid.max_temperature {
            return Err(PropertyError::OutsideEquation {
                temperature,
                min: fluid.min_temperature,
                max: fluid.max_temperature,
            });
        }
        let is_still = (temperature - state.temperature).abs() <= TOLERANCE * temperature;
        // The density of an ideal gas along the isobar is a good start.
        let guess = state.density * state.temperature / temperature;
        match density_from(fluid, temperature, pressure, guess) {
            Some(next) if is_still => return Ok(next),
            Some(next) => state = next,
            None => break,
        }
    }
    Err(PropertyError::NotConverged {
        temperature: state.temperature,
        pressure,
    })
}
