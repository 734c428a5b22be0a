//! `[money]`.

use crate::context::Context;
use crate::keys;
use crate::node::Entries;
use crate::reader::Reader;
use hukka_model::{CostOfCapital, Fuel, GrantGiver, MoneyRules, PriceGrowth, real_rate};
use hukka_units::{Ratio, TimeSpan};

/// Reads `[money]`.
pub(crate) fn read(root: &Entries, context: &mut Context) -> MoneyRules {
    let table = Reader::one(root, &keys::MONEY);
    let share =
        |name: &str, context: &mut Context| Ratio::from_fraction(table.number(name, context));
    let inflation = share("inflation_share", context);
    let capital = capital(&table, context);
    let discount_rate = match &capital {
        Some(capital) => weighted(&table, capital, inflation, context),
        None => share("discount_rate", context),
    };
    MoneyRules {
        discount_rate,
        horizon_years: u32::try_from(table.whole("horizon_a", context)).unwrap_or(20),
        pipe_life: TimeSpan::from_a(table.number("pipe_life_a", context)),
        substation_life: TimeSpan::from_a(table.number("substation_life_a", context)),
        network_upkeep: share("network_upkeep_share", context),
        contingency: share("contingency_share", context),
        grant_share: share("grant_share", context),
        grant_giver: match table.optional_text("grant_giver", context) {
            Some("municipality") => GrantGiver::Municipality,
            _ => GrantGiver::State,
        },
        inflation,
        capital,
        growth: growth(&table, context),
    }
}

/// Debt and equity, when the study gives them.
fn capital(table: &Reader<'_>, context: &mut Context) -> Option<CostOfCapital> {
    let debt_share = Ratio::from_fraction(table.optional("debt_share", context)?);
    Some(CostOfCapital {
        debt_share,
        debt_interest: Ratio::from_fraction(table.number("debt_interest_share", context)),
        equity_return: Ratio::from_fraction(table.number("equity_return_share", context)),
    })
}

/// Real interest out of the cost of capital, entered into the register.
///
/// A rate below zero is kept at zero: money that shrinks discounts nothing.
fn weighted(
    table: &Reader<'_>,
    capital: &CostOfCapital,
    inflation: Ratio,
    context: &mut Context,
) -> Ratio {
    let real = real_rate(capital.nominal(), inflation).max(Ratio::ZERO);
    let rounded = (real.fraction() * 1e6).round() / 1e6;
    table.derived(
        "discount_rate",
        rounded,
        "weighted cost of debt and equity less inflation, not below 0",
        context,
    );
    real
}

fn growth(table: &Reader<'_>, context: &mut Context) -> PriceGrowth {
    let mut share = |name: &str| Ratio::from_fraction(table.number(name, context));
    let mut growth = PriceGrowth {
        electricity: share("electricity_growth_share"),
        carbon: share("carbon_growth_share"),
        heat: share("heat_growth_share"),
        source_heat: share("source_heat_growth_share"),
        ..PriceGrowth::default()
    };
    for (fuel, name) in [
        (Fuel::Gas, "gas_growth_share"),
        (Fuel::Oil, "oil_growth_share"),
        (Fuel::WoodChip, "wood_chip_growth_share"),
        (Fuel::Peat, "peat_growth_share"),
    ] {
        growth.fuel[fuel.index()] = share(name);
    }
    growth
}
