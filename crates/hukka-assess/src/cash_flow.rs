//! The heat company's money by year, under any change of the inputs.
//!
//! **Individual heating as counterfactual.** The company builds network and plant and sells heat:
//! `net = heat sold · heat price − operating cost − investment`.
//!
//! **The existing plant as counterfactual.** Customers pay the same with and without the project,
//! so it is judged by what it changes: `revenue` is the operating cost of the existing plant that
//! the project avoids, `operating_cost` that of the case, and the investment that of new items.
//!
//! Flows fall at year ends, investment at the start (year 0). An item whose life ends within the
//! horizon is bought again, an item that lives beyond it is credited in the last year with the
//! rest of its life in proportion (straight line). Planning and contingency are paid once and have
//! no rest. Grants cover a share of the first purchase; the rest credited is what the company paid.

use crate::book::Book;
use crate::distance::Metre;
use crate::energy::quotient;
use crate::finance::net_present_value;
use crate::inputs::Inputs;
use crate::ledger::fixed_upkeep;
use crate::levels::{Levels, fill_in_year};
use hukka_model::{CapexItem, CashFlowYear, Counterfactual, PriceGrowth};
use hukka_units::{EnergyPrice, HeatEnergy, Length, Money, Ratio};

/// Group of the capex list that is neither replaced nor worth anything at the end.
const PLANNING: &str = "planning";

/// Inputs changed against the study; [`Scenario::BASE`] changes nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Scenario {
    /// Factor on day-ahead electricity prices.
    pub(crate) electricity: f64,
    /// Factor on fuel prices.
    pub(crate) fuel: f64,
    /// Factor on the carbon price.
    pub(crate) carbon: f64,
    /// Factor on the price customers pay.
    pub(crate) heat: f64,
    /// Added to the price of the data centre's heat.
    pub(crate) source_price: EnergyPrice,
    /// Factor on all investments and their upkeep.
    pub(crate) investment: f64,
    /// Factor on the COP of the heat pumps, heat made unchanged.
    pub(crate) cop: f64,
    /// Factor on the fill of every year.
    pub(crate) fill: f64,
    /// Years by which the data centre is late.
    pub(crate) delay: u32,
    /// Years with the data centre, then none; `None` when it stays.
    pub(crate) served: Option<u32>,
    /// Transmission pipe added (or removed).
    pub(crate) extra_pipe: Length,
    /// Interest per year.
    pub(crate) discount_rate: f64,
    /// Factors of a single year on each fuel, by [`hukka_model::Fuel::index`].
    pub(crate) fuel_by: [f64; 5],
    /// Factor of a single year on what the data centre is paid.
    pub(crate) source: f64,
}

impl Scenario {
    /// The study as it is.
    pub(crate) fn base(discount_rate: Ratio) -> Self {
        Self {
            electricity: 1.0,
            fuel: 1.0,
            carbon: 1.0,
            heat: 1.0,
            source_price: EnergyPrice::ZERO,
            investment: 1.0,
            cop: 1.0,
            fill: 1.0,
            delay: 0,
            served: None,
            extra_pipe: Length::ZERO,
            discount_rate: discount_rate.fraction(),
            fuel_by: [1.0; 5],
            source: 1.0,
        }
    }

    /// The scenario with the prices of an operating year: `(1 + g)^(year − 1)` on each.
    pub(crate) fn in_year(&self, year: u32, growth: &PriceGrowth) -> Self {
        if growth.is_none() {
            return *self;
        }
        let years = f64::from(year.max(1) - 1);
        let factor = |growth: Ratio| (1.0 + growth.fraction()).powf(years);
        Self {
            electricity: self.electricity * factor(growth.electricity),
            carbon: self.carbon * factor(growth.carbon),
            heat: self.heat * factor(growth.heat),
            source: self.source * factor(growth.source_heat),
            fuel_by: core::array::from_fn(|i| self.fuel_by[i] * factor(growth.fuel[i])),
            ..*self
        }
    }

    /// What a book costs in a year under these changes, fixed upkeep apart.
    pub(crate) fn running_cost(&self, book: &Book) -> Money {
        let cop = self.cop.max(1e-6);
        let weight = |pumps: f64, total: f64| quotient(total - pumps + pumps / cop, total);
        let market = (book.heat_pumps.market / cop
            + book.electric_boilers.market
            + book.network_pumps.market)
            * self.electricity;
        let fees = (book.grid_fee + book.tax)
            * weight(book.heat_pumps.energy.si(), book.electricity().si());
        let by_fuel = book.fuel_payment.iter().zip(self.fuel_by);
        let fuel = by_fuel.map(|(paid, factor)| *paid * factor).sum::<Money>() * self.fuel;
        let taken = self.heat_taken(book);
        let share = quotient(taken.si(), book.source_heat.si());
        let source = book.source_payment * share * self.source + taken * self.source_price;
        let carbon = book.carbon_payment * self.carbon;
        market + fees + fuel + carbon + source + book.variable_upkeep + book.shortfall
    }

    /// Heat taken from the data centre: heat made less the electricity that lifts it.
    fn heat_taken(&self, book: &Book) -> HeatEnergy {
        let saved = book.heat_pumps.energy.si() * (1.0 - 1.0 / self.cop.max(1e-6));
        (book.source_heat + HeatEnergy::from_si(saved)).max(HeatEnergy::ZERO)
    }
}

/// What the years of a study are made of.
pub(crate) struct Ventures<'a> {
    pub(crate) inputs: &'a Inputs<'a>,
    pub(crate) levels: &'a Levels,
    /// The existing plant's year, when that is the counterfactual.
    pub(crate) counterfactual: Option<Book>,
    /// One metre of transmission pipe.
    pub(crate) metre: Metre,
}

impl Ventures<'_> {
    /// The study's own scenario.
    pub(crate) fn base(&self) -> Scenario {
        Scenario::base(self.inputs.study.money.discount_rate)
    }

    /// Fill in an operating year under a scenario, as the levels allow.
    pub(crate) fn fill(&self, year: u32, scenario: &Scenario) -> f64 {
        let has_left = scenario.served.is_some_and(|served| year > served);
        if year <= scenario.delay || has_left {
            return 0.0;
        }
        let fill = fill_in_year(self.inputs.study, year - scenario.delay) * scenario.fill;
        fill.clamp(0.0, self.levels.full().fill)
    }

    /// Upkeep of items that cost nothing to build: they stand already, with and without the case.
    pub(crate) fn standing_upkeep(&self) -> Money {
        self.inputs
            .design
            .capex
            .iter()
            .filter(|item| item.amount.eur() <= 0.0)
            .map(|item| item.upkeep_per_year)
            .sum()
    }

    /// Running cost and fixed upkeep in one year of the case.
    pub(crate) fn operating_cost(&self, book: &Book, scenario: &Scenario) -> Money {
        let standing = self.standing_upkeep();
        let new = fixed_upkeep(self.inputs.design) - standing;
        let pipe = self.metre.running_cost(book, scenario) * scenario.extra_pipe.m();
        let pipe_upkeep = self.metre.upkeep_per_year * scenario.extra_pipe.m();
        scenario.running_cost(book) + standing + (new + pipe_upkeep) * scenario.investment + pipe
    }

    /// What comes in: heat sold, or the existing plant's cost avoided.
    pub(crate) fn revenue(&self, book: &Book, scenario: &Scenario) -> Money {
        match (&self.inputs.study.counterfactual, &self.counterfactual) {
            (Counterfactual::ExistingPlant, Some(plant)) => {
                scenario.running_cost(plant) + self.standing_upkeep()
            }
            _ => book.heat_sold * self.inputs.study.prices.heat * scenario.heat,
        }
    }

    /// Investment by year, year 0 first: purchases less grants, replacements, rest credited.
    pub(crate) fn investments(&self, scenario: &Scenario) -> Vec<Money> {
        let years = self.inputs.study.money.horizon_years;
        let grant = self.inputs.study.money.grant_share.fraction();
        let mut flows = vec![Money::ZERO; years as usize + 1];
        let pipe = self.metre.item(scenario.extra_pipe);
        for item in self
            .inputs
            .design
            .capex
            .iter()
            .chain(core::iter::once(&pipe))
        {
            buy(&mut flows, item, grant);
        }
        for flow in &mut flows {
            *flow = *flow * scenario.investment;
        }
        flows
    }

    /// The cash flow, year 0 to the horizon.
    pub(crate) fn cash_flow(&self, scenario: &Scenario) -> Vec<CashFlowYear> {
        let investments = self.investments(scenario);
        let mut rows = Vec::with_capacity(investments.len());
        let mut cumulative = Money::ZERO;
        for (year, investment) in (0_u32..).zip(investments) {
            let (fill, revenue, operating_cost) = if year == 0 {
                (0.0, Money::ZERO, Money::ZERO)
            } else {
                let fill = self.fill(year, scenario);
                let book = self.levels.at(fill);
                let prices = self.in_year(year, scenario);
                (
                    fill,
                    self.revenue(&book, &prices),
                    self.operating_cost(&book, &prices),
                )
            };
            let net = revenue - operating_cost - investment;
            cumulative += net / (1.0 + scenario.discount_rate).powf(f64::from(year));
            rows.push(CashFlowYear {
                year,
                fill: Ratio::from_fraction(fill),
                investment,
                revenue,
                operating_cost,
                net,
                cumulative_discounted: cumulative,
            });
        }
        rows
    }

    /// Net present value under a scenario.
    pub(crate) fn npv(&self, scenario: &Scenario) -> Money {
        let flows: Vec<f64> = self
            .cash_flow(scenario)
            .iter()
            .map(|year| year.net.eur())
            .collect();
        Money::from_eur(net_present_value(scenario.discount_rate, &flows))
    }

    /// A scenario with the prices of an operating year.
    pub(crate) fn in_year(&self, year: u32, scenario: &Scenario) -> Scenario {
        scenario.in_year(year, &self.inputs.study.money.growth)
    }

    /// Present value of a yearly quantity of the operating years, each at its own prices.
    pub(crate) fn present(
        &self,
        scenario: &Scenario,
        yearly: impl Fn(&Book, &Scenario) -> f64,
    ) -> f64 {
        let years = self.inputs.study.money.horizon_years;
        let flows: Vec<f64> = core::iter::once(0.0)
            .chain((1..=years).map(|year| {
                let book = self.levels.at(self.fill(year, scenario));
                yearly(&book, &self.in_year(year, scenario))
            }))
            .collect();
        net_present_value(scenario.discount_rate, &flows)
    }

    /// Levelised cost of heat: discounted investment and operating cost over discounted heat sold.
    ///
    /// `Σ (I[n] + C[n]) (1+r)^−n / Σ H[n] (1+r)^−n`, network and plant and operation of the whole
    /// system; zero when no heat is sold.
    pub(crate) fn lcoh(&self, scenario: &Scenario) -> EnergyPrice {
        let investment: Vec<f64> = self
            .investments(scenario)
            .iter()
            .map(|money| money.eur())
            .collect();
        let cost = net_present_value(scenario.discount_rate, &investment)
            + self.present(scenario, |book, prices| {
                self.operating_cost(book, prices).eur()
            });
        let heat = self.present(scenario, |book, _| book.heat_sold.si());
        EnergyPrice::from_si(quotient(cost, heat))
    }
}

/// First purchase, replacements, and the rest credited in the last year.
pub(crate) fn buy(flows: &mut [Money], item: &CapexItem, grant: f64) {
    let horizon = flows.len() - 1;
    let own = item.amount * (1.0 - grant);
    flows[0] += own;
    if item.group == PLANNING {
        return;
    }
    let life = item.life.a().max(1.0);
    let mut bought = 0.0;
    while bought + life < horizon as f64 - 1e-6 {
        bought += life;
        let year = (bought.round() as usize).clamp(1, horizon);
        flows[year] += item.amount;
    }
    flows[horizon] -= value_left(item, horizon, grant);
}

/// What the unused years of an item's last life are worth at the end of the horizon.
fn value_left(item: &CapexItem, horizon: usize, grant: f64) -> Money {
    if item.group == PLANNING {
        return Money::ZERO;
    }
    let life = item.life.a().max(1.0);
    let (mut bought, mut paid) = (0.0, item.amount * (1.0 - grant));
    while bought + life < horizon as f64 - 1e-6 {
        bought += life;
        paid = item.amount;
    }
    paid * ((bought + life - horizon as f64) / life).clamp(0.0, 1.0)
}

/// The part of a list of flows that the money of the last year's credit does not belong to.
pub(crate) fn without_credit(rows: &[CashFlowYear], credit: Money) -> Vec<f64> {
    let last = rows.len().saturating_sub(1);
    rows.iter()
        .enumerate()
        .map(|(i, row)| {
            if i == last {
                (row.net - credit).eur()
            } else {
                row.net.eur()
            }
        })
        .collect()
}

impl Ventures<'_> {
    /// Rest of the items' lives credited in the last year.
    pub(crate) fn credit(&self) -> Money {
        let study = self.inputs.study;
        let grant = study.money.grant_share.fraction();
        let horizon = study.money.horizon_years as usize;
        let items = self.inputs.design.capex.iter();
        items.map(|item| value_left(item, horizon, grant)).sum()
    }

    /// Present value of a sum of money in the last year of the horizon.
    pub(crate) fn present_at_end(&self, amount: Money) -> Money {
        let money = &self.inputs.study.money;
        let growth = 1.0 + money.discount_rate.fraction();
        amount / growth.powf(f64::from(money.horizon_years))
    }

    /// Present cost of new things with their upkeep, rest of life credited.
    pub(crate) fn present_cost_of(&self, accept: impl Fn(&CapexItem) -> bool) -> Money {
        let money = &self.inputs.study.money;
        let mut flows = vec![Money::ZERO; money.horizon_years as usize + 1];
        let mut upkeep = Money::ZERO;
        for item in self
            .inputs
            .design
            .capex
            .iter()
            .filter(|item| accept(item) && item.amount.eur() > 0.0)
        {
            buy(&mut flows, item, money.grant_share.fraction());
            upkeep += item.upkeep_per_year;
        }
        for flow in &mut flows[1..] {
            *flow += upkeep;
        }
        let flows: Vec<f64> = flows.iter().map(|flow| flow.eur()).collect();
        Money::from_eur(net_present_value(money.discount_rate.fraction(), &flows))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finance::{annuity, internal_rate_of_return, payback};
    use crate::testing::{Bench, capex};

    #[test]
    fn a_short_lived_item_is_bought_again_and_its_rest_credited() {
        let item = capex("heat pump", "heat pump", 90.0, 15.0);
        let mut flows = vec![Money::ZERO; 21];
        buy(&mut flows, &item, 0.0);
        assert!((flows[0].eur() - 90.0).abs() < 1e-9);
        assert!((flows[15].eur() - 90.0).abs() < 1e-9);
        assert!((flows[20].eur() + 60.0).abs() < 1e-9);
        assert!(flows.iter().map(|m| m.eur()).sum::<f64>() - 120.0 < 1e-9);
    }

    #[test]
    fn an_item_that_lives_as_long_as_the_horizon_has_no_rest_and_no_heir() {
        let item = capex("boiler", "boiler", 10.0, 20.0);
        let mut flows = vec![Money::ZERO; 21];
        buy(&mut flows, &item, 0.25);
        assert!((flows[0].eur() - 7.5).abs() < 1e-9);
        assert!(flows[1..].iter().all(|m| m.eur().abs() < 1e-9));
    }

    #[test]
    fn the_value_left_is_what_the_npv_would_lack_without_it() {
        let bench = Bench::new();
        bench.with_ventures(|ventures| {
            let base = ventures.base();
            let mut flows: Vec<f64> = ventures
                .cash_flow(&base)
                .iter()
                .map(|row| row.net.eur())
                .collect();
            let left = ventures.credit();
            // Half the life of the pipe of 121,950 EUR.
            assert!((left.eur() - 60_975.0).abs() < 1e-6, "{left:?}");
            flows[20] -= left.eur();
            let without = net_present_value(0.05, &flows);
            let residual = ventures.present_at_end(left).eur();
            assert!((ventures.npv(&base).eur() - residual - without).abs() < 1e-6);
        });
        let kpis = bench.assess().kpis;
        assert!((kpis.value_left.eur() - 60_975.0).abs() < 1e-6);
        assert!((kpis.npv_residual.eur() - 60_975.0 / 1.05_f64.powi(20)).abs() < 1e-6);
    }

    #[test]
    fn a_replacement_in_the_last_year_leaves_its_value_too() {
        let item = capex("pump", "heat pump", 100.0, 19.6);
        let mut flows = vec![Money::ZERO; 21];
        buy(&mut flows, &item, 0.0);
        let left = value_left(&item, 20, 0.0).eur();
        assert!((left - 100.0 * 19.2 / 19.6).abs() < 1e-9, "{left}");
        assert!((flows[20].eur() - (100.0 - left)).abs() < 1e-9);
    }

    #[test]
    fn what_stands_already_costs_its_upkeep_on_both_sides() {
        let mut standing = capex("boiler gas (existing)", "boiler", 0.0, 20.0);
        standing.upkeep_per_year = Money::from_eur(10_000.0);
        let (before, mut after) = (
            Bench::against_existing_plant(),
            Bench::against_existing_plant(),
        );
        after.design.capex.push(standing.clone());
        let (a, b) = (before.assess(), after.assess());
        assert!((a.kpis.npv - b.kpis.npv).eur().abs() < 1e-6);
        assert!((a.kpis.investment - b.kpis.investment).eur().abs() < 1e-9);
        assert!((a.kpis.value_left - b.kpis.value_left).eur().abs() < 1e-9);
        let per_mwh = 10_000.0 / a.kpis.heat_delivered.mwh();
        let lcoh = (b.kpis.lcoh - a.kpis.lcoh).eur_mwh();
        let plant = (b.kpis.heat_cost_counterfactual - a.kpis.heat_cost_counterfactual).eur_mwh();
        assert!((lcoh - per_mwh).abs() < 1e-9, "{lcoh} {per_mwh}");
        assert!((plant - per_mwh).abs() < 1e-9, "{plant} {per_mwh}");
        let money = b.balances.iter().find(|b| b.name == "money").unwrap();
        assert!(money.relative_residual < 1e-9);
        after.with_ventures(|ventures| {
            assert!((ventures.standing_upkeep().eur() - 10_000.0).abs() < 1e-9);
        });
        let mut alone = Bench::new();
        let npv = alone.assess().kpis.npv;
        alone.design.capex.push(standing);
        let lost = (npv - alone.assess().kpis.npv).eur();
        assert!(
            (lost - 10_000.0 / annuity(0.05, 20.0)).abs() < 1e-6,
            "{lost}"
        );
    }

    #[test]
    fn planning_is_paid_once() {
        let mut flows = vec![Money::ZERO; 21];
        buy(&mut flows, &capex("planning", "planning", 10.0, 5.0), 0.0);
        assert!((flows.iter().map(|m| m.eur()).sum::<f64>() - 10.0).abs() < 1e-9);
    }

    #[test]
    fn level_years_match_the_closed_forms() {
        let bench = Bench::new();
        bench.with_ventures(|ventures| {
            let base = ventures.base();
            let rows = ventures.cash_flow(&base);
            assert_eq!(rows.len(), 21);
            let yearly = (rows[1].revenue - rows[1].operating_cost).eur();
            let rest = ventures.credit().eur();
            let expected =
                -rows[0].investment.eur() + yearly / annuity(0.05, 20.0) + rest / 1.05_f64.powi(20);
            let npv = ventures.npv(&base).eur();
            assert!(
                (npv - expected).abs() < 1e-6 * expected.abs(),
                "{npv} {expected}"
            );
            assert!((rows[20].cumulative_discounted.eur() - npv).abs() < 1e-6 * npv.abs());
            let flows: Vec<f64> = rows.iter().map(|row| row.net.eur()).collect();
            let irr = internal_rate_of_return(&flows, 0.05).unwrap();
            assert!(net_present_value(irr, &flows).abs() < 1e-3);
            let years = payback(&without_credit(&rows, ventures.credit())).unwrap();
            assert!(
                (years - rows[0].investment.eur() / yearly).abs() < 1e-9,
                "{years}"
            );
        });
    }

    #[test]
    fn at_the_levelised_cost_as_price_the_npv_is_zero() {
        let bench = Bench::new();
        bench.with_ventures(|ventures| {
            let base = ventures.base();
            let lcoh = ventures.lcoh(&base);
            let price = ventures.inputs.study.prices.heat;
            let scenario = Scenario {
                heat: lcoh.si() / price.si(),
                ..base
            };
            let npv = ventures.npv(&scenario).eur();
            assert!(npv.abs() < 1e-6 * ventures.npv(&base).eur().abs(), "{npv}");
        });
    }

    #[test]
    fn against_the_existing_plant_the_saving_is_the_revenue() {
        let bench = Bench::against_existing_plant();
        bench.with_ventures(|ventures| {
            let rows = ventures.cash_flow(&ventures.base());
            let plant = ventures.counterfactual.unwrap().variable_cost();
            assert!((rows[1].revenue - plant).eur().abs() < 1e-6);
            let dearer_heat = Scenario {
                heat: 2.0,
                ..ventures.base()
            };
            let same = (ventures.npv(&dearer_heat) - ventures.npv(&ventures.base())).eur();
            assert!(same.abs() < 1e-9);
        });
    }

    #[test]
    fn a_late_data_centre_costs_money_and_a_better_cop_saves_it() {
        let bench = Bench::new();
        bench.with_ventures(|ventures| {
            let base = ventures.base();
            let late = Scenario { delay: 1, ..base };
            assert!(ventures.npv(&late) < ventures.npv(&base));
            let better = Scenario { cop: 1.2, ..base };
            assert!(ventures.npv(&better) > ventures.npv(&base));
        });
    }

    #[test]
    fn with_the_base_scenario_the_running_cost_is_the_variable_cost() {
        let bench = Bench::new();
        let book = bench.book();
        let cost = Scenario::base(Ratio::from_percent(5.0)).running_cost(&book);
        assert!((cost - book.variable_cost()).eur().abs() < 1e-9 * cost.eur().abs());
    }
}
