//! What is known about one refrigerant.

use super::fluids;
use super::terms::{Ideal, Residual};

/// One refrigerant: names, constants and the terms of its equation of state.
#[derive(Debug)]
pub struct Fluid {
    /// Usual name.
    pub name: &'static str,
    /// Other names it is found by, ASHRAE number among them.
    pub aliases: &'static [&'static str],
    /// Molar mass, kg/mol.
    pub molar_mass: f64,
    /// Gas constant the equation was fitted with, J/(mol K).
    pub gas_constant: f64,
    /// Temperature that makes `τ = T_r / T`, kelvin.
    pub reducing_temperature: f64,
    /// Density that makes `δ = ρ / ρ_r`, mol/m³.
    pub reducing_density: f64,
    /// Critical temperature, kelvin.
    pub critical_temperature: f64,
    /// Critical pressure, pascal.
    pub critical_pressure: f64,
    /// Acentric factor: starts the search for saturation.
    pub acentric_factor: f64,
    /// Coldest valid temperature (triple point), kelvin.
    pub min_temperature: f64,
    /// Hottest valid temperature, kelvin.
    pub max_temperature: f64,
    /// Ideal-gas part without its datum.
    pub(crate) ideal: &'static [Ideal],
    /// Residual part.
    pub(crate) residual: &'static [Residual],
    /// Where the coefficients were published.
    pub source: &'static str,
}

/// The refrigerant of a name, as `Ammonia`, `R717` or `r-717`: letters and digits count, case does
/// not.
pub fn find(name: &str) -> Option<&'static Fluid> {
    let wanted = plain(name);
    fluids::ALL.iter().copied().find(|fluid| {
        std::iter::once(&fluid.name)
            .chain(fluid.aliases)
            .any(|known| plain(known) == wanted)
    })
}

fn plain(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect()
}
