//! Units as keys carry them: `it_load_mw` is in megawatts, and nothing else.

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dimension {
    Temperature,
    Power,
    Energy,
    Length,
    Area,
    Volume,
    Pressure,
    Gradient,
    Velocity,
    Conductivity,
    EnergyPrice,
    PowerCost,
    ContentCost,
    CarbonPrice,
    Emission,
    Money,
    Time,
    Share,
    ShareRate,
    TemperatureRate,
}

use Dimension::{
    Area, CarbonPrice, Conductivity, ContentCost, Emission, Energy, EnergyPrice, Gradient, Length,
    Money, Power, PowerCost, Pressure, Share, ShareRate, Temperature, TemperatureRate, Time,
    Velocity, Volume,
};

/// A unit: suffix in keys, symbol for people, `SI = value · factor + offset`.
#[derive(Debug)]
pub(crate) struct Unit {
    pub(crate) suffix: &'static str,
    pub(crate) symbol: &'static str,
    pub(crate) dimension: Dimension,
    factor: f64,
    offset: f64,
}

const fn unit(
    suffix: &'static str,
    symbol: &'static str,
    dimension: Dimension,
    factor: f64,
) -> Unit {
    Unit {
        suffix,
        symbol,
        dimension,
        factor,
        offset: 0.0,
    }
}

const fn shifted(suffix: &'static str, symbol: &'static str, factor: f64, offset: f64) -> Unit {
    Unit {
        suffix,
        symbol,
        dimension: Temperature,
        factor,
        offset,
    }
}

/// Every suffix known, right or wrong, so that a wrong one can be converted.
static UNITS: &[Unit] = &[
    shifted("_c", "°C", 1.0, 273.15),
    shifted("_k", "K", 1.0, 0.0),
    shifted("_f", "°F", 5.0 / 9.0, 459.67 * 5.0 / 9.0),
    unit("_w", "W", Power, 1.0),
    unit("_kw", "kW", Power, 1e3),
    unit("_mw", "MW", Power, 1e6),
    unit("_gw", "GW", Power, 1e9),
    unit("_kwh", "kWh", Energy, 3.6e6),
    unit("_mwh", "MWh", Energy, 3.6e9),
    unit("_gwh", "GWh", Energy, 3.6e12),
    unit("_gj", "GJ", Energy, 1e9),
    unit("_tj", "TJ", Energy, 1e12),
    unit("_mm", "mm", Length, 1e-3),
    unit("_cm", "cm", Length, 1e-2),
    unit("_m", "m", Length, 1.0),
    unit("_km", "km", Length, 1e3),
    unit("_k_per_h", "K/h", TemperatureRate, 1.0),
    unit("_k_per_min", "K/min", TemperatureRate, 60.0),
    unit("_m2", "m²", Area, 1.0),
    unit("_ha", "ha", Area, 1e4),
    unit("_m3", "m³", Volume, 1.0),
    unit("_l", "l", Volume, 1e-3),
    unit("_pa", "Pa", Pressure, 1.0),
    unit("_kpa", "kPa", Pressure, 1e3),
    unit("_mbar", "mbar", Pressure, 1e2),
    unit("_bar", "bar", Pressure, 1e5),
    unit("_mpa", "MPa", Pressure, 1e6),
    unit("_pa_per_m", "Pa/m", Gradient, 1.0),
    unit("_kpa_per_km", "kPa/km", Gradient, 1.0),
    unit("_bar_per_km", "bar/km", Gradient, 100.0),
    unit("_m_per_s", "m/s", Velocity, 1.0),
    unit("_km_per_h", "km/h", Velocity, 1.0 / 3.6),
    unit("_w_per_mk", "W/(m K)", Conductivity, 1.0),
    unit("_eur_per_mwh", "€/MWh", EnergyPrice, 1.0),
    unit("_eur_per_kwh", "€/kWh", EnergyPrice, 1e3),
    unit("_cent_per_kwh", "c/kWh", EnergyPrice, 10.0),
    unit("_ct_per_kwh", "c/kWh", EnergyPrice, 10.0),
    unit("_eur_per_gj", "€/GJ", EnergyPrice, 3.6),
    unit("_eur_per_kw", "€/kW", PowerCost, 1.0),
    unit("_eur_per_mw", "€/MW", PowerCost, 1e-3),
    unit("_meur_per_mw", "M€/MW", PowerCost, 1e3),
    unit("_investment_eur_per_kwh", "€/kWh", ContentCost, 1.0),
    unit("_investment_eur_per_mwh", "€/MWh", ContentCost, 1e-3),
    unit("_eur_per_t", "€/t", CarbonPrice, 1.0),
    unit("_eur_per_kg", "€/kg", CarbonPrice, 1e3),
    unit("_kg_per_mwh", "kg/MWh", Emission, 1.0),
    unit("_g_per_kwh", "g/kWh", Emission, 1.0),
    unit("_kg_per_kwh", "kg/kWh", Emission, 1e3),
    unit("_t_per_mwh", "t/MWh", Emission, 1e3),
    unit("_eur", "€", Money, 1.0),
    unit("_keur", "k€", Money, 1e3),
    unit("_meur", "M€", Money, 1e6),
    unit("_h", "h", Time, 1.0),
    unit("_d", "d", Time, 24.0),
    unit("_a", "a", Time, 8766.0),
    unit("_years", "a", Time, 8766.0),
    unit("_share", "", Share, 1.0),
    unit("_percent", "%", Share, 0.01),
    unit("_pct", "%", Share, 0.01),
    unit("_share_per_h", "1/h", ShareRate, 1.0),
    unit("_percent_per_h", "%/h", ShareRate, 0.01),
];

/// The unit a key carries: the longest suffix known.
pub(crate) fn of_key(key: &str) -> Option<&'static Unit> {
    // `investment_eur_per_kwh` is a cost of content, `heat_eur_per_mwh` a price of energy.
    let padded = if key.starts_with("investment_") {
        format!("_{key}")
    } else {
        key.to_owned()
    };
    UNITS
        .iter()
        .filter(|unit| padded.ends_with(unit.suffix) && padded.len() > unit.suffix.len() - 1)
        .max_by_key(|unit| unit.suffix.len())
}

/// The key without its unit: `it_load` of `it_load_mw`.
pub(crate) fn stem(key: &str) -> &str {
    let is_investment = key
        .strip_prefix("investment_")
        .is_some_and(|rest| rest.starts_with("eur_per_") || rest.starts_with("meur_per_"));
    if is_investment {
        return "investment";
    }
    of_key(key)
        .and_then(|unit| key.strip_suffix(unit.suffix))
        .unwrap_or(key)
}

/// Symbol for people; empty when the key has no unit.
pub(crate) fn symbol(key: &str) -> &'static str {
    of_key(key).map_or("", |unit| unit.symbol)
}

impl Unit {
    /// A value of this unit expressed in another unit of the same dimension.
    pub(crate) fn convert(&self, value: f64, to: &Self) -> Option<f64> {
        (self.dimension == to.dimension)
            .then(|| tidy((value * self.factor + self.offset - to.offset) / to.factor))
    }
}

/// A number without the dust of floating-point conversion.
pub(crate) fn tidy(value: f64) -> f64 {
    format!("{value:.9e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn convert(from: &str, value: f64, to: &str) -> Option<f64> {
        of_key(from)?.convert(value, of_key(to)?)
    }

    #[test]
    fn the_longest_suffix_wins() {
        assert_eq!(symbol("max_pressure_gradient_pa_per_m"), "Pa/m");
        assert_eq!(symbol("it_load_mw"), "MW");
        assert_eq!(symbol("max_velocity_m_per_s"), "m/s");
        assert_eq!(symbol("loss_share_per_h"), "1/h");
        assert_eq!(symbol("investment_eur_per_kwh"), "€/kWh");
        assert_eq!(symbol("fill"), "");
        assert_eq!(stem("it_load_kw"), "it_load");
        assert_eq!(stem("investment_eur_per_mw"), "investment");
    }

    #[test]
    fn wrong_units_convert() {
        assert_eq!(convert("it_load_kw", 10_000.0, "it_load_mw"), Some(10.0));
        assert_eq!(
            convert("supply_temperature_k", 353.15, "supply_temperature_c"),
            Some(80.0)
        );
        assert_eq!(
            convert("gas_cent_per_kwh", 4.5, "gas_eur_per_mwh"),
            Some(45.0)
        );
        assert_eq!(convert("it_load_kw", 1.0, "supply_temperature_c"), None);
    }
}
