//! One state of a refrigerant from temperature and density.

use super::error::PropertyError;
use super::fluid::Fluid;
use super::terms::{ideal, residual};

/// Iterations of a density search.
const MAX_ITERATIONS: usize = 80;
/// Relative step of density that counts as none.
const STEP_TOLERANCE: f64 = 1e-12;

/// A state and the derivatives that Newton's method asks for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct State {
    /// Temperature, kelvin.
    pub temperature: f64,
    /// Density, mol/m³.
    pub density: f64,
    /// Pressure, pascal.
    pub pressure: f64,
    /// Enthalpy above the fluid's own datum, J/mol.
    pub enthalpy: f64,
    /// Entropy above the fluid's own datum, J/(mol K).
    pub entropy: f64,
    /// Gibbs energy, J/mol.
    pub gibbs: f64,
    /// Heat capacity at constant volume, J/(mol K).
    pub heat_capacity_volume: f64,
    /// `∂p/∂ρ` at constant temperature.
    pub pressure_by_density: f64,
    /// `∂p/∂T` at constant density.
    pub pressure_by_temperature: f64,
}

/// Which branch of the equation a density is looked for on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Denser than the critical point.
    Liquid,
    /// Thinner than the critical point, or above the critical temperature.
    Vapour,
}

/// The state at a temperature and density.
///
/// With `α = α°(δ, τ) + αʳ(δ, τ)`: `p = ρRT (1 + δ αʳ_δ)`, `h = RT [1 + τ α_τ + δ αʳ_δ]`,
/// `s = R [τ α_τ − α]`, `c_v = −R τ² α_ττ`.
///
/// # Valid for  the fluid's range; outside it extrapolates
/// # Source     Span 2000, Multiparameter Equations of State
pub fn at(fluid: &Fluid, temperature: f64, density: f64) -> State {
    let delta = density / fluid.reducing_density;
    let tau = fluid.reducing_temperature / temperature;
    let (gas, rest) = (
        ideal(fluid.ideal, delta, tau),
        residual(fluid.residual, delta, tau),
    );
    let r = fluid.gas_constant;
    let slope = delta * rest.d;
    let energy = tau * (gas.t + rest.t);
    let enthalpy = r * temperature * (1.0 + energy + slope);
    let entropy = r * (energy - gas.v - rest.v);
    State {
        temperature,
        density,
        pressure: density * r * temperature * (1.0 + slope),
        enthalpy,
        entropy,
        gibbs: enthalpy - temperature * entropy,
        heat_capacity_volume: -r * tau * tau * (gas.tt + rest.tt),
        pressure_by_density: r * temperature * (1.0 + 2.0 * slope + delta * delta * rest.dd),
        pressure_by_temperature: density * r * (1.0 + slope - delta * tau * rest.dt),
    }
}

/// The state at a temperature and pressure, on one branch.
///
/// Newton on the density, from a liquid too dense or an ideal gas too thin: on both branches the
/// pressure bends so that the search comes from its safe side.
///
/// # Errors  the branch has no such pressure
pub fn at_pressure(
    fluid: &Fluid,
    temperature: f64,
    pressure: f64,
    phase: Phase,
) -> Result<State, PropertyError> {
    let start = match phase {
        Phase::Liquid => 1.15 * rackett_density(fluid, temperature),
        Phase::Vapour => pressure / (fluid.gas_constant * temperature),
    };
    density_from(fluid, temperature, pressure, start).ok_or(PropertyError::NotConverged {
        temperature,
        pressure,
    })
}

/// Newton from a density near the answer; `None` where the branch ends first.
pub(super) fn density_from(
    fluid: &Fluid,
    temperature: f64,
    pressure: f64,
    start: f64,
) -> Option<State> {
    let mut density = start;
    for _ in 0..MAX_ITERATIONS {
        let state = at(fluid, temperature, density);
        let slope = state.pressure_by_density;
        if !(slope.is_finite() && slope > 0.0) {
            return None;
        }
        let step = (pressure - state.pressure) / slope;
        let next = (density + step).clamp(0.5 * density, 1.5 * density);
        if (next - density).abs() <= STEP_TOLERANCE * density {
            return Some(at(fluid, temperature, next));
        }
        density = next;
    }
    None
}

/// Density of saturated liquid, a first guess.
///
/// # Source  Rackett 1970 with the constant of Yamada and Gunn 1973
fn rackett_density(fluid: &Fluid, temperature: f64) -> f64 {
    let reduced = (temperature / fluid.critical_temperature).min(0.999);
    let z = 0.290_56 - 0.087_75 * fluid.acentric_factor;
    let volume = fluid.gas_constant * fluid.critical_temperature / fluid.critical_pressure
        * z.powf(1.0 + (1.0 - reduced).powf(2.0 / 7.0));
    1.0 / volume
}
