//! Compression cycles with the properties of real refrigerants: for verification and for the
//! limits of a machine.

use crate::refrigerant::invert::{at_enthalpy, at_entropy};
use crate::refrigerant::saturation::{Saturation, at_saturation_pressure, at_temperature};
use crate::refrigerant::state::{Phase, State, at_pressure};
use crate::refrigerant::{Fluid, PropertyError};

/// How the refrigerant is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrangement {
    /// One compressor.
    SingleStage,
    /// Two compressors with an open flash intercooler between them.
    TwoStageFlashIntercooler,
}

/// What a cycle works between. Temperatures in kelvin.
#[derive(Debug, Clone, Copy)]
pub struct CycleInput {
    /// How the refrigerant is compressed.
    pub arrangement: Arrangement,
    /// The refrigerant.
    pub fluid: &'static Fluid,
    /// Temperature of evaporation.
    pub evaporation: f64,
    /// Temperature of condensation.
    pub condensation: f64,
    /// Isentropic efficiency of each compressor.
    pub isentropic_efficiency: f64,
    /// Superheat at the suction of the first compressor, kelvin.
    pub superheat: f64,
    /// Subcooling of the liquid leaving the condenser, kelvin.
    pub subcooling: f64,
}

/// A closed cycle. SI; enthalpies per mole.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cycle {
    /// Pressure of evaporation, pascal.
    pub evaporation_pressure: f64,
    /// Pressure between two stages, pascal.
    pub middle_pressure: Option<f64>,
    /// Pressure of condensation, pascal.
    pub condensation_pressure: f64,
    /// Mass flow of the second stage per mass flow of the first.
    pub mass_ratio: Option<f64>,
    /// Temperature of the vapour entering the condenser, kelvin.
    pub discharge_temperature: f64,
    /// Share of vapour at that point, 1 when it is dry.
    pub discharge_quality: f64,
    /// Heat given per work of the compressors.
    pub cop: f64,
    /// Heat given per volume drawn by the first compressor, J/m³: how large it has to be.
    pub volumetric_heat: f64,
}

impl Cycle {
    /// Pressure of condensation over pressure of evaporation.
    pub fn pressure_ratio(&self) -> f64 {
        self.condensation_pressure / self.evaporation_pressure
    }
}

/// Why a cycle has no answer.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum CycleError {
    /// Efficiency, superheat or subcooling outside its meaning, or no lift.
    Input(&'static str),
    /// The refrigerant has no such state.
    Property(PropertyError),
}

impl From<PropertyError> for CycleError {
    fn from(error: PropertyError) -> Self {
        Self::Property(error)
    }
}

impl std::fmt::Display for CycleError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Input(what) => f.write_str(what),
            Self::Property(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for CycleError {}

/// A compression cycle between two temperatures.
///
/// One stage, with suction 1, discharge 2, liquid 3: `COP = (h₂ − h₃) / (h₂ − h₁)`,
/// `h₂ = h₁ + (h₂ₛ − h₁) / η`. Two stages meet at `p_m = √(p_e p_c)`: the liquid of the condenser
/// (5) flashes there, its liquid (7) goes on to the evaporator, and the second compressor draws
/// saturated vapour (3). Per unit of the first stage's flow the second has
/// `m = (h₂ − h₇) / (h₃ − h₅)` and `COP = m (h₄ − h₅) / [(h₂ − h₁) + m (h₄ − h₃)]`.
///
/// # Assumptions   no pressure drops, no heat lost, steady state; the motor's loss stays outside
/// # Valid for     condensation up to 0.9985 of the critical temperature; beyond: error. A
///   compression that ends in the wet region is followed and told by `discharge_quality`
/// # Source        first and second law; properties by [`crate::refrigerant`]
pub fn cycle(input: &CycleInput) -> Result<Cycle, CycleError> {
    check(input)?;
    let cold = at_temperature(input.fluid, input.evaporation)?;
    let hot = at_temperature(input.fluid, input.condensation)?;
    let suction = suction(input, &cold)?;
    let liquid = condenser_outlet(input, &hot)?;
    match input.arrangement {
        Arrangement::SingleStage => {
            let discharge = compress(input, &suction, &hot)?;
            let heat = discharge.enthalpy - liquid;
            Ok(Cycle {
                evaporation_pressure: cold.pressure,
                middle_pressure: None,
                condensation_pressure: hot.pressure,
                mass_ratio: None,
                discharge_temperature: discharge.temperature,
                discharge_quality: discharge.quality,
                cop: heat / (discharge.enthalpy - suction.enthalpy),
                volumetric_heat: heat * suction.density,
            })
        }
        Arrangement::TwoStageFlashIntercooler => two_stage(input, &cold, &hot, &suction, liquid),
    }
}

fn check(input: &CycleInput) -> Result<(), CycleError> {
    if !(input.isentropic_efficiency > 0.0 && input.isentropic_efficiency <= 1.0) {
        return Err(CycleError::Input(
            "the isentropic efficiency must be above 0 and at most 1",
        ));
    }
    let is_sound = |k: f64| (0.0..=100.0).contains(&k);
    if !(is_sound(input.superheat) && is_sound(input.subcooling)) {
        return Err(CycleError::Input(
            "superheat and subcooling must be 0 to 100 K",
        ));
    }
    if input.condensation.is_nan() || input.condensation <= input.evaporation {
        return Err(CycleError::Input(
            "condensation must be warmer than evaporation",
        ));
    }
    Ok(())
}

fn suction(input: &CycleInput, cold: &Saturation) -> Result<State, PropertyError> {
    if input.superheat > 0.0 {
        let temperature = input.evaporation + input.superheat;
        at_pressure(input.fluid, temperature, cold.pressure, Phase::Vapour)
    } else {
        Ok(cold.vapour)
    }
}

fn condenser_outlet(input: &CycleInput, hot: &Saturation) -> Result<f64, PropertyError> {
    if input.subcooling > 0.0 {
        let temperature = input.condensation - input.subcooling;
        at_pressure(input.fluid, temperature, hot.pressure, Phase::Liquid).map(|s| s.enthalpy)
    } else {
        Ok(hot.liquid.enthalpy)
    }
}

/// Where a compressor's outlet ends up.
struct Discharge {
    enthalpy: f64,
    temperature: f64,
    quality: f64,
}

/// `h₂ = h₁ + (h₂ₛ − h₁) / η` at the pressure of a saturation, dry or wet.
fn compress(
    input: &CycleInput,
    suction: &State,
    target: &Saturation,
) -> Result<Discharge, PropertyError> {
    let (liquid, vapour) = (&target.liquid, &target.vapour);
    let ideal = if suction.entropy >= vapour.entropy {
        at_entropy(input.fluid, vapour, suction.entropy)?.enthalpy
    } else {
        let quality = (suction.entropy - liquid.entropy) / (vapour.entropy - liquid.entropy);
        liquid.enthalpy + quality * (vapour.enthalpy - liquid.enthalpy)
    };
    let enthalpy = suction.enthalpy + (ideal - suction.enthalpy) / input.isentropic_efficiency;
    if enthalpy >= vapour.enthalpy {
        Ok(Discharge {
            enthalpy,
            temperature: at_enthalpy(input.fluid, vapour, enthalpy)?.temperature,
            quality: 1.0,
        })
    } else {
        Ok(Discharge {
            enthalpy,
            temperature: target.temperature,
            quality: (enthalpy - liquid.enthalpy) / (vapour.enthalpy - liquid.enthalpy),
        })
    }
}

fn two_stage(
    input: &CycleInput,
    cold: &Saturation,
    hot: &Saturation,
    suction: &State,
    liquid: f64,
) -> Result<Cycle, CycleError> {
    let pressure = (cold.pressure * hot.pressure).sqrt();
    let start = (cold.temperature * hot.temperature).sqrt();
    let middle = at_saturation_pressure(input.fluid, pressure, start)?;
    let first = compress(input, suction, &middle)?;
    let second_suction = middle.vapour;
    let second = compress(input, &second_suction, hot)?;
    let ratio = (first.enthalpy - middle.liquid.enthalpy) / (second_suction.enthalpy - liquid);
    let heat = ratio * (second.enthalpy - liquid);
    let work =
        (first.enthalpy - suction.enthalpy) + ratio * (second.enthalpy - second_suction.enthalpy);
    Ok(Cycle {
        evaporation_pressure: cold.pressure,
        middle_pressure: Some(pressure),
        condensation_pressure: hot.pressure,
        mass_ratio: Some(ratio),
        discharge_temperature: second.temperature,
        discharge_quality: second.quality,
        cop: heat / work,
        volumetric_heat: heat * suction.density,
    })
}
