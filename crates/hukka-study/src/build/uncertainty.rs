//! `[uncertainty]`.

use crate::context::Context;
use crate::keys;
use crate::node::Entries;
use crate::reader::Reader;
use hukka_model::UncertaintyRules;
use hukka_units::{Ratio, TemperatureDifference};

/// Reads `[uncertainty]`; its lines leave the input register, where they would pass for inputs of
/// the study's own run.
pub(crate) fn read(root: &Entries, context: &mut Context) -> UncertaintyRules {
    let before = context.assumptions.len();
    let mut rules = rules(root, context);
    rules.register = context.assumptions.split_off(before);
    rules
}

fn rules(root: &Entries, context: &mut Context) -> UncertaintyRules {
    let table = Reader::one(root, &keys::UNCERTAINTY);
    let temperature = table.number("temperature_sd_k", context);
    let weather_weeks = count(&table, "weather_weeks", context);
    let mut share = |name: &str| Ratio::from_fraction(table.number(name, context));
    UncertaintyRules {
        temperature: TemperatureDifference::from_kelvin(temperature),
        weather_weeks,
        heat_demand: share("heat_demand_sd_share"),
        electricity_level: share("electricity_price_sd_share"),
        electricity_swing: share("electricity_swing_sd_share"),
        fossil_fuel: share("fossil_fuel_price_sd_share"),
        solid_fuel: share("solid_fuel_price_sd_share"),
        carbon: share("carbon_price_sd_share"),
        investment: share("investment_sd_share"),
        heat_pump_efficiency: share("heat_pump_efficiency_sd_share"),
        delay_chance: share("fill_delay_chance_share"),
        leave_chance: share("leave_chance_share"),
        delay_years: count(&table, "fill_delay_max_years", context),
        samples: count(&table, "samples", context),
        seed: u64::from(count(&table, "seed", context)),
        register: Vec::new(),
    }
}

/// A whole number from 0 on: the declaration of the key allows no other.
fn count(table: &Reader<'_>, name: &str, context: &mut Context) -> u32 {
    u32::try_from(table.whole(name, context)).unwrap_or_default()
}
