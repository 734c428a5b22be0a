//! The water as the solver sees it.

use hukka_physics::water;

/// Properties of the fluid by temperature. SI, kelvin.
///
/// Invariant: `temperature(enthalpy(t)) = t`, and `specific_heat` is the slope of `enthalpy`.
pub trait Fluid: Sync {
    /// Density, kg/m³.
    fn density(&self, t_k: f64) -> f64;
    /// Specific heat, J/(kg K).
    fn specific_heat(&self, t_k: f64) -> f64;
    /// Dynamic viscosity, Pa s.
    fn viscosity(&self, t_k: f64) -> f64;
    /// Reciprocal of the viscosity, 1/(Pa s).
    #[inline]
    fn fluidity(&self, t_k: f64) -> f64 {
        1.0 / self.viscosity(t_k)
    }
    /// Enthalpy above a fixed but arbitrary state, J/kg.
    fn enthalpy(&self, t_k: f64) -> f64;
    /// Temperature of an enthalpy, K.
    fn temperature(&self, enthalpy: f64) -> f64;
}

/// Liquid water after [`hukka_physics::water`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Water;

impl Fluid for Water {
    #[inline]
    fn density(&self, t_k: f64) -> f64 {
        water::density(t_k)
    }
    #[inline]
    fn specific_heat(&self, t_k: f64) -> f64 {
        water::specific_heat(t_k)
    }
    #[inline]
    fn viscosity(&self, t_k: f64) -> f64 {
        water::viscosity(t_k)
    }
    #[inline]
    fn fluidity(&self, t_k: f64) -> f64 {
        water::fluidity(t_k)
    }
    #[inline]
    fn enthalpy(&self, t_k: f64) -> f64 {
        water::enthalpy(t_k)
    }
    #[inline]
    fn temperature(&self, enthalpy: f64) -> f64 {
        water::temperature_of_enthalpy(enthalpy)
    }
}
