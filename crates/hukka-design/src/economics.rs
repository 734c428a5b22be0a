//! Yearly money: annuities, and what a connected consumer brings and costs.

use hukka_model::{CapexItem, MoneyRules};

/// Group of the investments that stand for no thing.
pub(crate) const PLANNING: &str = "planning";

/// Share of an investment paid back each year over its life.
///
/// `a = i (1 + i)^n / ((1 + i)^n − 1)`, `1/n` without interest.
///
/// # Valid for     n > 0; a life below one year counts as one year
pub(crate) fn annuity(rate: f64, years: f64) -> f64 {
    let years = years.max(1.0);
    if rate.abs() < 1e-9 {
        return 1.0 / years;
    }
    let growth = (1.0 + rate).powf(years);
    rate * growth / (growth - 1.0)
}

/// Yearly cost per euro invested: annuity with contingency and after grants, plus upkeep.
pub(crate) fn yearly_share(money: &MoneyRules, life_a: f64, upkeep: f64) -> f64 {
    annuity(money.discount_rate.si(), life_a)
        * (1.0 + money.contingency.si())
        * (1.0 - money.grant_share.si()).max(0.0)
        + upkeep
}

/// Yearly cost of a list of investments: annuities after grants, and upkeep, EUR. Planning is paid
/// once, so it is paid back over the years counted.
pub(crate) fn yearly_cost(money: &MoneyRules, capex: &[CapexItem]) -> f64 {
    let own = (1.0 - money.grant_share.si()).max(0.0);
    capex
        .iter()
        .map(|item| {
            let years = if item.group == PLANNING {
                f64::from(money.horizon_years)
            } else {
                item.life.a()
            };
            item.amount.si() * annuity(money.discount_rate.si(), years) * own
                + item.upkeep_per_year.si()
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn twenty_years_at_five_percent_cost_eight_percent_a_year() {
        assert!((annuity(0.05, 20.0) - 0.080_242_6).abs() < 1e-6);
        assert!((annuity(0.0, 20.0) - 0.05).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn a_longer_life_is_cheaper_a_year(rate in 0.0..0.2_f64, years in 1.0..80.0_f64) {
            prop_assert!(annuity(rate, years + 1.0) < annuity(rate, years));
        }
    }
}
