//! Conservation laws of the run, each from two sides that were made apart from one another.

use crate::book::{Book, keep};
use crate::energy::{HOUR, fuel_of, heat_taken, is_heat_pump};
use crate::inputs::Inputs;
use crate::ledger;
use crate::levels::Levels;
use hukka_model::{Balance, DispatchPlan, Fuel, Payment};
use hukka_units::{HeatEnergy, HeatPower, JOULES_PER_MWH, Money, SECONDS_PER_HOUR, as_si};

/// `|a − b| / max(|a|, |b|, 1)`
pub(crate) fn residual(a: f64, b: f64) -> f64 {
    (a - b).abs() / a.abs().max(b.abs()).max(1.0)
}

/// All balances, always in this order: `heat`, `it_heat`, `money`, `network`, `electricity`.
pub(crate) fn balances(inputs: &Inputs<'_>, levels: &Levels, payments: &[Payment]) -> Vec<Balance> {
    vec![
        heat(inputs),
        it_heat(inputs),
        money(inputs, levels, payments),
        network(inputs),
        electricity(inputs),
    ]
}

/// A balance of hourly powers in W: the year's total, and the worst hour in MWh.
fn hourly(name: &str, law: &str, inflow: &[f64], outflow: &[f64]) -> Balance {
    let to_mwh = SECONDS_PER_HOUR / JOULES_PER_MWH;
    let sum = |side: &[f64]| side.iter().sum::<f64>() * to_mwh;
    let (total_in, total_out) = (sum(inflow), sum(outflow));
    let worst = inflow
        .iter()
        .zip(outflow)
        .map(|(a, b)| residual(a * to_mwh, b * to_mwh))
        .fold(residual(total_in, total_out), f64::max);
    Balance {
        name: name.to_owned(),
        law: law.to_owned(),
        inflow: total_in,
        outflow: total_out,
        unit: "MWh".to_owned(),
        relative_residual: worst,
    }
}

fn add(sum: &mut [f64], series: &[f64]) {
    for (total, value) in sum.iter_mut().zip(series) {
        *total += value;
    }
}

/// Heat made against heat used. In: the units' heat and what is unserved. Out: what the network
/// says it delivers and loses, what the stores' contents say they keep and lose, heat dumped.
fn heat(inputs: &Inputs<'_>) -> Balance {
    let plan = inputs.full().plan;
    let mut inflow = as_si(&plan.unserved).to_vec();
    for unit in &plan.units {
        add(&mut inflow, as_si(&unit.heat));
    }
    let mut outflow = as_si(&inputs.network.hourly.heat_delivered).to_vec();
    add(&mut outflow, as_si(&inputs.network.hourly.heat_loss));
    add(&mut outflow, as_si(&plan.dumped));
    for change in store_changes(plan) {
        add(&mut outflow, &change);
    }
    hourly(
        "heat",
        "heat produced + unserved = delivered + network losses + store change and loss + dumped",
        &inflow,
        &outflow,
    )
}

/// Growth of each store's content plus its loss, W; the year is a circle.
fn store_changes(plan: &DispatchPlan) -> Vec<Vec<f64>> {
    plan.stores
        .iter()
        .map(|store| {
            let level = as_si(&store.level);
            let mut before = level.last().copied().unwrap_or(0.0);
            level
                .iter()
                .zip(as_si(&store.loss))
                .map(|(content, loss)| {
                    let growth = (content - before) / SECONDS_PER_HOUR;
                    before = *content;
                    growth + loss
                })
                .collect()
        })
        .collect()
}

/// The servers' heat. In: electricity that turns into heat. Out: heat taken by the heat pumps of
/// the plan and what is left for the cooling plant, which cannot be negative.
fn it_heat(inputs: &Inputs<'_>) -> Balance {
    let year = inputs.full();
    let hours = inputs.study.axis.len();
    let (mut inflow, mut outflow) = (vec![0.0; hours], vec![0.0; hours]);
    let taken = heat_taken(inputs.design, year.plan, year.sources);
    for (source, taken) in year.sources.iter().zip(&taken) {
        add(&mut inflow, as_si(&source.it_power));
        add(&mut inflow, as_si(&source.auxiliary_power));
        add(&mut outflow, taken);
        let rejected: Vec<f64> = as_si(&source.recoverable)
            .iter()
            .zip(as_si(&source.unrecoverable))
            .zip(taken)
            .map(|((recoverable, lost), used)| (recoverable - used).max(0.0) + lost)
            .collect();
        add(&mut outflow, &rejected);
    }
    hourly(
        "it_heat",
        "electricity of servers and auxiliaries = heat used + heat rejected by the cooling plant",
        &inflow,
        &outflow,
    )
}

/// Money. In: what all parties receive by the sellers' books. Out: what they pay by the payers'
/// books. The residual is also that of the operating cost against the dispatch of every plan.
fn money(inputs: &Inputs<'_>, levels: &Levels, payments: &[Payment]) -> Balance {
    let full = inputs.full().plan;
    let received = ledger::received(&net(payments)).eur();
    let paid = ledger::paid(inputs, full).eur();
    let plant = inputs.counterfactual.map(|plan| {
        let nothing_sold = (plan.fill, HeatEnergy::ZERO);
        (plan, keep(inputs.study, inputs.design, plan, nothing_sold))
    });
    let years = inputs.years.iter().zip(levels.simulated());
    let dispatch = years
        .map(|(year, book)| (year.plan, *book))
        .chain(plant)
        .map(|(plan, book)| {
            let (ours, theirs) = dispatch_cost(inputs, plan, &book);
            residual(ours.eur(), theirs.eur())
        })
        .fold(0.0, f64::max);
    Balance {
        name: "money".to_owned(),
        law: "received by all parties = paid by all parties, and running cost = cost the dispatch found"
            .to_owned(),
        inflow: received,
        outflow: paid,
        unit: "EUR".to_owned(),
        relative_residual: residual(received, paid).max(dispatch),
    }
}

/// Payments with the sign of the usual direction, so that both books net alike.
fn net(payments: &[Payment]) -> Vec<Payment> {
    use hukka_model::Party::{Customers, HeatCompany};
    payments
        .iter()
        .map(|payment| {
            let is_usual = payment.from == Customers
                || (payment.from == HeatCompany && payment.to != Customers);
            let mut payment = payment.clone();
            if !is_usual {
                payment.amount = -payment.amount;
            }
            payment
        })
        .collect()
}

/// Running cost of a plan by its book, and by the dispatch less its penalty for unserved heat.
/// The network pumps' electricity is left out: no decision of the dispatch changes it.
pub(crate) fn dispatch_cost(
    inputs: &Inputs<'_>,
    plan: &DispatchPlan,
    book: &Book,
) -> (Money, Money) {
    let penalty = (plan.unserved.iter().sum::<HeatPower>() * HOUR) * inputs.study.prices.unserved;
    let prices = &inputs.study.prices;
    let pumps = book.network_pumps.market
        + book.network_pumps.energy * prices.electricity_grid_fee
        + book.network_pumps.energy * prices.electricity_tax;
    let ours = book.variable_cost() - pumps;
    (ours, plan.objective - penalty)
}

/// The network's own law.
fn network(inputs: &Inputs<'_>) -> Balance {
    let series = &inputs.network.hourly;
    let mut outflow = as_si(&series.heat_delivered).to_vec();
    add(&mut outflow, as_si(&series.heat_loss));
    hourly(
        "network",
        "heat fed by plant and sources = heat delivered + heat lost",
        as_si(&series.heat_fed),
        &outflow,
    )
}

/// Electricity. In: what the plan says is bought. Out: what the machines need for their heat
/// (heat pumps: heat made less heat taken; electric boilers: heat over efficiency) and what the
/// network says its pumps need.
fn electricity(inputs: &Inputs<'_>) -> Balance {
    let plan = inputs.full().plan;
    let mut inflow = as_si(&plan.pump_power).to_vec();
    let mut outflow = as_si(&inputs.network.hourly.pump_power).to_vec();
    for unit in &plan.units {
        add(&mut inflow, as_si(&unit.electricity));
        if is_heat_pump(unit) {
            add(&mut outflow, as_si(&unit.heat));
            let taken: Vec<f64> = as_si(&unit.source_heat).iter().map(|q| -q).collect();
            add(&mut outflow, &taken);
        } else if fuel_of(inputs.design, unit) == Some(Fuel::Electricity)
            && let hukka_model::UnitKind::Boiler(i) = unit.kind
        {
            let efficiency = inputs.design.boilers[i].efficiency.fraction().max(1e-9);
            let drawn: Vec<f64> = as_si(&unit.heat).iter().map(|q| q / efficiency).collect();
            add(&mut outflow, &drawn);
        }
    }
    hourly(
        "electricity",
        "electricity bought = heat pumps + electric boilers + network pumps",
        &inflow,
        &outflow,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Bench;
    use hukka_units::{ElectricPower, FuelPower};

    fn residual_of(bench: &Bench, name: &str) -> f64 {
        let assessment = bench.assess();
        assessment
            .balances
            .iter()
            .find(|b| b.name == name)
            .unwrap()
            .relative_residual
    }

    #[test]
    fn every_balance_closes_on_a_consistent_run() {
        for bench in [Bench::new(), Bench::against_existing_plant()] {
            let balances = bench.assess().balances;
            let names: Vec<&str> = balances.iter().map(|b| b.name.as_str()).collect();
            assert_eq!(
                names,
                ["heat", "it_heat", "money", "network", "electricity"]
            );
            for balance in balances {
                assert!(balance.relative_residual < 1e-9, "{balance:?}");
                assert!(balance.inflow > 0.0, "{balance:?}");
            }
        }
    }

    #[test]
    fn a_tampered_heat_term_opens_the_heat_balance() {
        let tamper: [fn(&mut Bench); 6] = [
            |b| b.plan.units[0].heat[3] += HeatPower::from_kw(5.0),
            |b| b.plan.unserved[3] += HeatPower::from_kw(5.0),
            |b| b.plan.dumped[3] += HeatPower::from_kw(5.0),
            |b| b.plan.stores[0].level[3] += HeatEnergy::from_kwh(5.0),
            |b| b.plan.stores[0].loss[3] += HeatPower::from_kw(5.0),
            |b| b.network.hourly.heat_loss[3] += HeatPower::from_kw(5.0),
        ];
        for change in tamper {
            let mut bench = Bench::new();
            change(&mut bench);
            assert!(residual_of(&bench, "heat") > 1e-4);
        }
    }

    #[test]
    fn errors_that_cancel_over_the_year_still_show_in_their_hours() {
        let mut bench = Bench::new();
        bench.plan.units[0].heat[3] += HeatPower::from_kw(5.0);
        bench.plan.units[0].heat[4] -= HeatPower::from_kw(5.0);
        assert!(residual_of(&bench, "heat") > 1e-4);
    }

    #[test]
    fn a_tampered_source_opens_the_it_balance() {
        let mut bench = Bench::new();
        bench.sources[0].it_power[5] += ElectricPower::from_kw(10.0);
        assert!(residual_of(&bench, "it_heat") > 1e-4);
        let mut greedy = Bench::new();
        greedy.plan.units[0].source_heat[5] = HeatPower::from_mw(9.0);
        assert!(residual_of(&greedy, "it_heat") > 1e-2);
    }

    #[test]
    fn a_tampered_price_or_objective_opens_the_money_balance() {
        let mut bench = Bench::new();
        bench.plan.objective += Money::from_eur(10.0);
        assert!(residual_of(&bench, "money") > 1e-5);
        let mut bench = Bench::new();
        bench.plan.units[1].fuel[2] += FuelPower::from_kw(100.0);
        assert!(residual_of(&bench, "money") > 1e-6);
        let mut bench = Bench::new();
        bench.network.hourly.heat_delivered[2] += HeatPower::from_kw(100.0);
        assert!(residual_of(&bench, "money") > 1e-5);
        let mut bench = Bench::against_existing_plant();
        bench.counterfactual.as_mut().unwrap().objective += Money::from_eur(10.0);
        assert!(residual_of(&bench, "money") > 1e-5);
    }

    #[test]
    fn a_tampered_network_or_meter_opens_its_balance() {
        let mut bench = Bench::new();
        bench.network.hourly.heat_fed[2] += HeatPower::from_kw(5.0);
        assert!(residual_of(&bench, "network") > 1e-4);
        let mut bench = Bench::new();
        bench.plan.units[0].electricity[2] += ElectricPower::from_kw(5.0);
        assert!(residual_of(&bench, "electricity") > 1e-4);
        let mut bench = Bench::new();
        bench.plan.pump_power[2] += ElectricPower::from_kw(5.0);
        assert!(residual_of(&bench, "electricity") > 1e-4);
    }

    #[test]
    fn negative_prices_keep_the_money_balance() {
        let mut bench = Bench::new();
        for price in &mut bench.study.prices.electricity {
            *price = hukka_units::EnergyPrice::from_eur_mwh(-30.0);
        }
        bench.refresh_objective();
        assert!(residual_of(&bench, "money") < 1e-9);
    }
}
