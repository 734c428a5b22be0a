//! Money over the years: how prices and interest move, and what comes of it for everyone.

use crate::assessment::Party;
use hukka_units::{EnergyPrice, HeatEnergy, Money, Ratio};
use serde::{Deserialize, Serialize};

/// What capital costs, nominal and before profit tax.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CostOfCapital {
    /// Share of the capital that is borrowed.
    pub debt_share: Ratio,
    /// Interest on it.
    pub debt_interest: Ratio,
    /// Return the owners ask for on the rest.
    pub equity_return: Ratio,
}

impl CostOfCapital {
    /// Weighted average cost of capital, nominal: `w = d i_d + (1 − d) i_e`.
    pub fn nominal(&self) -> Ratio {
        let debt = self.debt_share.fraction();
        Ratio::from_fraction(
            debt * self.debt_interest.fraction() + (1.0 - debt) * self.equity_return.fraction(),
        )
    }
}

/// Interest in money of constant worth.
///
/// `r = (1 + i) / (1 + π) − 1` (Fisher 1930)
///
/// # Valid for  inflation above −100 %
pub fn real_rate(nominal: Ratio, inflation: Ratio) -> Ratio {
    if inflation.fraction().to_bits() == 0 {
        return nominal;
    }
    Ratio::from_fraction((1.0 + nominal.fraction()) / (1.0 + inflation.fraction()) - 1.0)
}

/// Interest in the money of each year; inverse of [`real_rate`].
pub fn nominal_rate(real: Ratio, inflation: Ratio) -> Ratio {
    Ratio::from_fraction((1.0 + real.fraction()) * (1.0 + inflation.fraction()) - 1.0)
}

/// How prices change from one operating year to the next, inflation apart. The first operating
/// year has the prices of the study.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct PriceGrowth {
    /// Day-ahead electricity.
    pub electricity: Ratio,
    /// Fuels, by [`crate::Fuel::index`]; electricity is zero here.
    pub fuel: [Ratio; 5],
    /// Carbon.
    pub carbon: Ratio,
    /// What customers pay.
    pub heat: Ratio,
    /// What the data centre is paid for its heat.
    pub source_heat: Ratio,
}

impl PriceGrowth {
    /// Whether all prices stay as they are.
    pub fn is_none(&self) -> bool {
        let own = [self.electricity, self.carbon, self.heat, self.source_heat];
        own.iter()
            .chain(&self.fuel)
            .all(|growth| growth.fraction().abs() <= 0.0)
    }
}

/// Who gives a grant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GrantGiver {
    /// A state or the European Union: outside the four parties.
    #[default]
    State,
    /// The municipality.
    Municipality,
}

/// One year in the money of that year.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct NominalYear {
    /// 0 is the year of building.
    pub year: u32,
    /// What a unit of money of year 0 has become: `(1 + π)^year`.
    pub price_level: Ratio,
    /// Investment and replacement.
    pub investment: Money,
    /// Heat sold, or the existing plant's cost avoided.
    pub revenue: Money,
    /// Running cost.
    pub operating_cost: Money,
    /// Revenue less both.
    pub net: Money,
    /// Sum of flows discounted at the nominal rate up to this year: the same as in real money.
    pub cumulative_discounted: Money,
}

/// One party's gain against the counterfactual, in money of constant worth.
///
/// # Shapes  `flows[year]`, year 0 first
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PartyFlow {
    /// Who.
    pub party: Party,
    /// Received less paid, against the counterfactual.
    pub flows: Vec<Money>,
    /// Present value at the study's interest.
    pub npv: Money,
    /// What the flows are made of, in words.
    pub basis: String,
}

/// Price of the data centre's heat between the two owners.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PriceBand {
    /// Heat drawn over the horizon, present quantity.
    pub present_heat: HeatEnergy,
    /// What both gain together, present value; the split of it changes with the price alone.
    pub joint_gain: Money,
    /// Mean price in the study.
    pub in_study: EnergyPrice,
    /// Below this the data centre loses.
    pub least: EnergyPrice,
    /// Above this the heat company loses.
    pub most: EnergyPrice,
    /// In the middle: both gain the same.
    pub splitting: EnergyPrice,
}

/// An item of the investment and between which amounts it may lie.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CapexRange {
    /// Item.
    pub name: String,
    /// Group of the report.
    pub group: String,
    /// Amount reckoned with.
    pub amount: Money,
    /// Low and high end.
    pub low_high: (Money, Money),
    /// Where the unit cost and its range come from.
    pub source: String,
    /// Year of the money in that source; `None` where the source names none.
    pub currency_year: Option<u16>,
}

/// Money beside the heat company's cash flow.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct MoneyAccount {
    /// Interest in money of constant worth: what the study is discounted at.
    pub real_rate: Ratio,
    /// The same in money of each year.
    pub nominal_rate: Ratio,
    /// Yearly rise of all prices.
    pub inflation: Ratio,
    /// What the rate was made of, when the study gives debt and equity.
    pub capital: Option<CostOfCapital>,
    /// Real changes of single prices.
    pub growth: PriceGrowth,
    /// The heat company's years in the money of each year.
    pub nominal: Vec<NominalYear>,
    /// Internal rate of return in the money of each year.
    pub nominal_irr: Option<Ratio>,
    /// Heat company, data centre, customers, municipality.
    pub parties: Vec<PartyFlow>,
    /// All four together, reckoned from the goods alone, not from what the four pay each other.
    pub together: Vec<Money>,
    /// Present value of it.
    pub together_npv: Money,
    /// Largest difference in a year between the four and the whole.
    pub largest_residual: Money,
    /// Price of the data centre's heat between the two owners; `None` without heat.
    pub price_band: Option<PriceBand>,
    /// The investment with its ranges.
    pub capex: Vec<CapexRange>,
}

/// One line of a heat-supply contract, filled from the study as far as it goes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContractTerm {
    /// Name for machines: `price`, `volume`, `temperature`.
    pub key: String,
    /// What the clause is about.
    pub clause: String,
    /// What the study proposes; "to be agreed" where it says nothing.
    pub proposal: String,
    /// Where that comes from.
    pub basis: String,
}

/// How likely a risk is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Likelihood {
    /// Seldom seen.
    Low,
    /// Seen in some projects.
    Medium,
    /// To be reckoned with.
    High,
}

/// One line of the risk register.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Risk {
    /// Name for machines: `late_fill`.
    pub key: String,
    /// What may happen.
    pub event: String,
    /// How likely; a judgement, not a computed figure.
    pub likelihood: Likelihood,
    /// Change of the net present value when it does; `None` where the study cannot say.
    pub npv_change: Option<Money>,
    /// How that change was reckoned.
    pub basis: String,
    /// What helps.
    pub answer: String,
    /// Who carries it.
    pub owner: Party,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capital_is_weighed_and_inflation_taken_off() {
        let capital = CostOfCapital {
            debt_share: Ratio::from_percent(60.0),
            debt_interest: Ratio::from_percent(4.0),
            equity_return: Ratio::from_percent(9.0),
        };
        let nominal = capital.nominal();
        assert!((nominal.percent() - 6.0).abs() < 1e-12);
        let real = real_rate(nominal, Ratio::from_percent(2.0));
        assert!((real.fraction() - (1.06 / 1.02 - 1.0)).abs() < 1e-15);
        let back = nominal_rate(real, Ratio::from_percent(2.0));
        assert!((back.fraction() - 0.06).abs() < 1e-15);
    }

    #[test]
    fn without_inflation_the_rate_keeps_its_bits() {
        let rate = Ratio::from_fraction(0.05);
        assert_eq!(
            real_rate(rate, Ratio::ZERO).fraction().to_bits(),
            rate.fraction().to_bits()
        );
    }
}
