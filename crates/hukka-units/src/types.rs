//! The quantities themselves.

use crate::quantity::{linear, quantity};
use crate::{JOULES_PER_MWH, ZERO_CELSIUS_K};

quantity!(
    /// Absolute temperature. Differences are [`TemperatureDifference`].
    Temperature, "K", [from_k / k = 1.0]);
quantity!(
    /// Difference of two temperatures.
    TemperatureDifference, "K", [from_kelvin / kelvin = 1.0]);
quantity!(
    /// Rate of heat flow.
    HeatPower, "W", [from_w / w = 1.0, from_kw / kw = 1e3, from_mw / mw = 1e6]);
quantity!(
    /// Rate of electricity flow.
    ElectricPower, "W", [from_w / w = 1.0, from_kw / kw = 1e3, from_mw / mw = 1e6]);
quantity!(
    /// Rate of fuel energy flow, lower heating value.
    FuelPower, "W", [from_w / w = 1.0, from_kw / kw = 1e3, from_mw / mw = 1e6]);
quantity!(
    /// Amount of heat.
    HeatEnergy, "J", [from_kwh / kwh = 3.6e6, from_mwh / mwh = JOULES_PER_MWH, from_gwh / gwh = 3.6e12]);
quantity!(
    /// Amount of electricity.
    ElectricEnergy, "J", [from_kwh / kwh = 3.6e6, from_mwh / mwh = JOULES_PER_MWH, from_gwh / gwh = 3.6e12]);
quantity!(
    /// Amount of fuel energy, lower heating value.
    FuelEnergy, "J", [from_mwh / mwh = JOULES_PER_MWH, from_gwh / gwh = 3.6e12]);
quantity!(
    /// Length or height.
    Length, "m", [from_m / m = 1.0, from_mm / mm = 1e-3, from_km / km = 1e3]);
quantity!(
    /// Area.
    Area, "m²", [from_m2 / m2 = 1.0]);
quantity!(
    /// Volume.
    Volume, "m³", [from_m3 / m3 = 1.0]);
quantity!(
    /// Pressure or pressure difference; gauge pressure where it is a level.
    Pressure, "Pa", [from_pa / pa = 1.0, from_kpa / kpa = 1e3, from_bar / bar = 1e5]);
quantity!(
    /// Pressure lost per metre of pipe.
    PressureGradient, "Pa/m", [from_pa_m / pa_m = 1.0]);
quantity!(
    /// Mass flow rate.
    MassFlow, "kg/s", [from_kg_s / kg_s = 1.0]);
quantity!(
    /// Mean velocity of the water in a pipe.
    Velocity, "m/s", [from_m_s / m_s = 1.0]);
quantity!(
    /// Heat lost per metre of pipe and kelvin.
    LinearLossCoefficient, "W/(m K)", [from_w_mk / w_mk = 1.0]);
quantity!(
    /// Dimensionless share, efficiency or coefficient of performance.
    Ratio, "1", [from_fraction / fraction = 1.0, from_percent / percent = 0.01]);
quantity!(
    /// Money of the study's price year.
    Money, "EUR", [from_eur / eur = 1.0, from_meur / meur = 1e6]);
quantity!(
    /// Price of energy.
    EnergyPrice, "EUR/J", [from_eur_mwh / eur_mwh = 1.0 / JOULES_PER_MWH]);
quantity!(
    /// Cost of installed power.
    PowerCost, "EUR/W", [from_eur_kw / eur_kw = 1e-3]);
quantity!(
    /// Cost of installed store content.
    ContentCost, "EUR/J", [from_eur_kwh / eur_kwh = 1.0 / 3.6e6]);
quantity!(
    /// Cost per metre of trench.
    LengthCost, "EUR/m", [from_eur_m / eur_m = 1.0]);
quantity!(
    /// Price of one kilogram of CO2.
    CarbonPrice, "EUR/kg", [from_eur_t / eur_t = 1e-3]);
quantity!(
    /// Mass of CO2.
    CarbonMass, "kg", [from_kg / kg = 1.0, from_t / t = 1e3]);
quantity!(
    /// CO2 per unit of energy.
    EmissionFactor, "kg/J", [from_kg_mwh / kg_mwh = 1.0 / JOULES_PER_MWH, from_g_kwh / g_kwh = 1.0 / JOULES_PER_MWH]);
quantity!(
    /// Span of time.
    TimeSpan, "s", [from_s / s = 1.0, from_h / h = 3600.0, from_a / a = 31_557_600.0]);

linear!(
    TemperatureDifference,
    HeatPower,
    ElectricPower,
    FuelPower,
    HeatEnergy,
    ElectricEnergy,
    FuelEnergy,
    Length,
    Area,
    Volume,
    Pressure,
    PressureGradient,
    MassFlow,
    Velocity,
    LinearLossCoefficient,
    Ratio,
    Money,
    EnergyPrice,
    PowerCost,
    ContentCost,
    LengthCost,
    CarbonPrice,
    CarbonMass,
    EmissionFactor,
    TimeSpan,
);

impl Temperature {
    /// From degrees Celsius.
    #[inline]
    pub const fn from_c(celsius: f64) -> Self {
        Self::from_si(celsius + ZERO_CELSIUS_K)
    }

    /// In degrees Celsius.
    #[inline]
    pub const fn c(self) -> f64 {
        self.si() - ZERO_CELSIUS_K
    }
}
