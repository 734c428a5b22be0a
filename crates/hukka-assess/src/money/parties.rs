//! What each party gains against the counterfactual, and what all gain together.
//!
//! The heat company's gain is its cash flow. The data centre is paid for its heat, is spared
//! electricity of cooling, and bears the cost of handing heat over. Customers gain what individual
//! heating would have cost them above what they pay; against the existing plant they pay the same.
//! A grant of the municipality leaves its account; one of a state comes from outside.
//!
//! The whole is reckoned from goods: the counterfactual's cost and the cooling saved, less
//! electricity, fuel, carbon, upkeep and investment. No payment among the four enters it, so that
//! the sum over the parties can be checked against it.

use crate::book::Book;
use crate::cash_flow::{Scenario, Ventures};
use crate::energy::quotient;
use crate::finance::net_present_value;
use crate::ledger::fixed_upkeep;
use crate::reuse::Reuse;
use hukka_model::{
    CashFlowYear, Counterfactual, GrantGiver, MoneyRules, Party, PartyFlow, PriceBand,
};
use hukka_units::{EnergyPrice, HeatEnergy, Money};

/// Gains of the four and of the whole.
pub(super) struct Gains {
    pub(super) parties: Vec<PartyFlow>,
    pub(super) together: Vec<Money>,
    pub(super) together_npv: Money,
}

impl Gains {
    /// Largest difference in a year between the sum of the parties and the whole.
    pub(super) fn largest_residual(&self) -> Money {
        let difference = |(year, whole): (usize, &Money)| {
            let sum: Money = self.parties.iter().map(|party| party.flows[year]).sum();
            Money::from_eur((sum - *whole).eur().abs())
        };
        self.together
            .iter()
            .enumerate()
            .map(difference)
            .fold(Money::ZERO, Money::max)
    }

    fn npv(&self, party: Party) -> Money {
        self.parties
            .iter()
            .find(|flow| flow.party == party)
            .map_or(Money::ZERO, |flow| flow.npv)
    }
}

/// The gains of every year.
pub(super) fn gains(ventures: &Ventures<'_>, rows: &[CashFlowYear]) -> Gains {
    let study = ventures.inputs.study;
    let company = rows.iter().map(|row| row.net).collect();
    let centre = yearly(ventures, |book, prices| data_centre(ventures, book, prices));
    let customers = yearly(ventures, |book, prices| customers(ventures, book, prices));
    let mut town = vec![Money::ZERO; rows.len()];
    let given = match study.money.grant_giver {
        GrantGiver::Municipality => grant(ventures),
        GrantGiver::State => Money::ZERO,
    };
    town[0] = -given;
    let mut together = yearly(ventures, |book, prices| goods(ventures, book, prices));
    let investments = ventures.investments(&ventures.base());
    for (whole, bought) in together.iter_mut().zip(investments) {
        *whole -= bought;
    }
    together[0] -= given;
    let customers_basis = match study.counterfactual {
        Counterfactual::Individual { .. } => "cost of individual heating less payment for heat",
        Counterfactual::ExistingPlant => "pay the same with and without the project",
    };
    let parties = [
        (
            Party::HeatCompany,
            company,
            "heat sold or plant cost avoided, less running cost and own investment",
        ),
        (
            Party::DataCentre,
            centre,
            "payment for heat and electricity of cooling saved, less the cost of handing over",
        ),
        (Party::Customers, customers, customers_basis),
        (Party::Municipality, town, "its own grants"),
    ];
    let rules = &study.money;
    Gains {
        together_npv: worth(rules, &together),
        together,
        parties: parties
            .into_iter()
            .map(|(party, flows, basis)| PartyFlow {
                party,
                npv: worth(rules, &flows),
                flows,
                basis: basis.to_owned(),
            })
            .collect(),
    }
}

fn worth(rules: &MoneyRules, flows: &[Money]) -> Money {
    let flows: Vec<f64> = flows.iter().map(|flow| flow.eur()).collect();
    Money::from_eur(net_present_value(rules.discount_rate.fraction(), &flows))
}

/// A flow of every operating year, nothing in year 0.
fn yearly(ventures: &Ventures<'_>, of: impl Fn(&Book, &Scenario) -> Money) -> Vec<Money> {
    let base = ventures.base();
    let years = ventures.inputs.study.money.horizon_years;
    core::iter::once(Money::ZERO)
        .chain((1..=years).map(|year| {
            let book = ventures.levels.at(ventures.fill(year, &base));
            of(&book, &ventures.in_year(year, &base))
        }))
        .collect()
}

/// Grants on the first purchase.
fn grant(ventures: &Ventures<'_>) -> Money {
    let study = ventures.inputs.study;
    ventures.inputs.design.investment() * study.money.grant_share.fraction()
}

/// Electricity of cooling saved, at the prices of a year.
fn cooling_saved(ventures: &Ventures<'_>, book: &Book, prices: &Scenario) -> Money {
    let study = &ventures.inputs.study.prices;
    let saved = book.cooling_saved;
    saved.market * prices.electricity
        + saved.energy * study.electricity_grid_fee
        + saved.energy * study.electricity_tax
}

/// What handing over heat costs the data centre.
fn supply_cost(ventures: &Ventures<'_>, book: &Book) -> Money {
    let contract = ventures.inputs.study.contract.as_ref();
    book.source_heat * contract.map_or(EnergyPrice::ZERO, |contract| contract.supply_cost)
}

fn data_centre(ventures: &Ventures<'_>, book: &Book, prices: &Scenario) -> Money {
    book.source_payment * prices.source + cooling_saved(ventures, book, prices)
        - supply_cost(ventures, book)
}

fn customers(ventures: &Ventures<'_>, book: &Book, prices: &Scenario) -> Money {
    let study = ventures.inputs.study;
    match study.counterfactual {
        Counterfactual::Individual { heat_cost, .. } => {
            book.heat_sold * heat_cost - book.heat_sold * study.prices.heat * prices.heat
        }
        Counterfactual::ExistingPlant => Money::ZERO,
    }
}

/// What is spared and what is used up in a year, whoever pays whom.
fn goods(ventures: &Ventures<'_>, book: &Book, prices: &Scenario) -> Money {
    let study = ventures.inputs.study;
    let spared = match (&study.counterfactual, &ventures.counterfactual) {
        (Counterfactual::ExistingPlant, Some(plant)) => {
            running_goods(plant, prices)
                + plant.source_payment * prices.source
                + ventures.standing_upkeep()
        }
        (Counterfactual::Individual { heat_cost, .. }, _) => book.heat_sold * *heat_cost,
        (Counterfactual::ExistingPlant, None) => Money::ZERO,
    };
    spared + cooling_saved(ventures, book, prices)
        - supply_cost(ventures, book)
        - running_goods(book, prices)
        - fixed_upkeep(ventures.inputs.design)
}

/// Electricity, fuel, carbon, upkeep by use, and heat not supplied at its price.
fn running_goods(book: &Book, prices: &Scenario) -> Money {
    let fuel: Money = book
        .fuel_payment
        .iter()
        .zip(prices.fuel_by)
        .map(|(paid, factor)| *paid * factor)
        .sum();
    book.market() * prices.electricity
        + book.grid_fee
        + book.tax
        + fuel
        + book.carbon_payment * prices.carbon
        + book.variable_upkeep
        + book.shortfall
}

/// Between which prices both owners gain, and where they gain the same.
///
/// With `Q = Σ q_n f_n (1+r)^−n` (heat drawn, price path `f`) a price higher by `Δp` moves `Δp Q`
/// from the heat company to the data centre:
///
/// `p_least = p − G_dc / Q`, `p_most = p + G_hc / Q`, `p_split = (p_least + p_most) / 2`
///
/// # Assumptions  operation does not react to the price; the heat company's gain is that of the
/// data centre's heat, not of the network
pub(super) fn price_band(ventures: &Ventures<'_>, gains: &Gains) -> Option<PriceBand> {
    let base = ventures.base();
    let present = ventures.present(&base, |book, prices| book.source_heat.mwh() * prices.source);
    let full = ventures.levels.full();
    if present <= 0.0 || full.source_heat.mwh() <= 0.0 {
        return None;
    }
    let company = match ventures.inputs.study.counterfactual {
        Counterfactual::ExistingPlant => gains.npv(Party::HeatCompany),
        Counterfactual::Individual { .. } => {
            gains.npv(Party::HeatCompany) - Reuse::new(ventures).npv_without(&base)
        }
    };
    let centre = gains.npv(Party::DataCentre);
    let in_study = quotient(full.source_payment.eur(), full.source_heat.mwh());
    let least = in_study - centre.eur() / present;
    let most = in_study + company.eur() / present;
    Some(PriceBand {
        present_heat: HeatEnergy::from_mwh(present),
        joint_gain: company + centre,
        in_study: EnergyPrice::from_eur_mwh(in_study),
        least: EnergyPrice::from_eur_mwh(least),
        most: EnergyPrice::from_eur_mwh(most),
        splitting: EnergyPrice::from_eur_mwh(0.5 * (least + most)),
    })
}
