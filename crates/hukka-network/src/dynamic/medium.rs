//! The fluid of a case, with enthalpy as what is carried.

use crate::case::FluidLaw;
use crate::fluid::{Fluid, Water};
use hukka_model::network_case::CaseFluid;
use hukka_units::ZERO_CELSIUS_K;

/// Properties of what flows.
#[derive(Debug, Clone)]
pub(crate) enum Medium {
    Water,
    /// Heat counted as difference of enthalpies above 0 °C.
    Law(Box<FluidLaw>),
}

impl Medium {
    pub(crate) fn of(fluid: &CaseFluid, law: &FluidLaw) -> Self {
        match fluid {
            CaseFluid::Water => Self::Water,
            _ => Self::Law(Box::new(law.clone())),
        }
    }
}

impl Fluid for Medium {
    fn density(&self, t_k: f64) -> f64 {
        match self {
            Self::Water => Water.density(t_k),
            Self::Law(law) => law.density(t_k),
        }
    }

    fn specific_heat(&self, t_k: f64) -> f64 {
        match self {
            Self::Water => Water.specific_heat(t_k),
            Self::Law(law) => law.specific_heat(t_k),
        }
    }

    fn viscosity(&self, t_k: f64) -> f64 {
        match self {
            Self::Water => Water.viscosity(t_k),
            Self::Law(law) => law.viscosity(t_k),
        }
    }

    fn enthalpy(&self, t_k: f64) -> f64 {
        match self {
            Self::Water => Water.enthalpy(t_k),
            Self::Law(law) => law.heat_between(t_k, ZERO_CELSIUS_K),
        }
    }

    fn temperature(&self, enthalpy: f64) -> f64 {
        match self {
            Self::Water => Water.temperature(enthalpy),
            Self::Law(law) => law.cooled_by(ZERO_CELSIUS_K, -enthalpy),
        }
    }
}
