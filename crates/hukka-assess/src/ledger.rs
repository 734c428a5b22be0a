//! Who pays whom in a typical year, twice over: as the sellers book it and as the payers do.
//!
//! The sellers' side ([`payments`]) adds up by kind of good; the payers' side ([`paid`]) adds up
//! unit by unit and consumer by consumer, every hour at the full price of that hour. The two meet
//! only in their totals.

use crate::book::{Book, source_price};
use crate::energy::{HOUR, fuel_of};
use crate::inputs::Inputs;
use hukka_model::{Design, DispatchPlan, Fuel, Party, Payment, Study, UnitKind, UnitPlan};
use hukka_units::{EnergyPrice, HeatEnergy, Money};

/// The double-entry ledger of one year; amounts are positive, nothing is listed at zero.
///
/// # Sign  a negative price turns the payment round
pub(crate) fn payments(study: &Study, design: &Design, book: &Book) -> Vec<Payment> {
    use Party::{
        Contractors, Customers, DataCentre, ElectricityGrid, ElectricityMarket, FuelSuppliers,
        HeatCompany, State,
    };
    let mut out = Vec::new();
    let mut pay = |from: Party, to: Party, what: String, amount: Money| {
        let eur = amount.eur();
        if eur > 0.0 {
            out.push(Payment {
                from,
                to,
                what,
                amount,
            });
        } else if eur < 0.0 {
            out.push(Payment {
                from: to,
                to: from,
                what,
                amount: -amount,
            });
        }
    };
    pay(
        Customers,
        HeatCompany,
        "heat delivered".to_owned(),
        book.heat_sold * study.prices.heat,
    );
    for (what, power) in [
        ("heat pumps", book.heat_pumps),
        ("electric boilers", book.electric_boilers),
        ("network pumps", book.network_pumps),
    ] {
        let what = format!("day-ahead electricity of {what}");
        pay(HeatCompany, ElectricityMarket, what, power.market);
    }
    let company = HeatCompany;
    pay(
        company,
        ElectricityGrid,
        "network fee on electricity".to_owned(),
        book.grid_fee,
    );
    pay(company, State, "electricity tax".to_owned(), book.tax);
    for fuel in Fuel::ALL {
        let amount = book.fuel_payment[fuel.index()];
        pay(company, FuelSuppliers, fuel.label().to_owned(), amount);
    }
    pay(
        company,
        State,
        "carbon of fuel".to_owned(),
        book.carbon_payment,
    );
    pay(
        company,
        DataCentre,
        "heat of the data centre".to_owned(),
        book.source_payment,
    );
    pay(
        company,
        Contractors,
        "upkeep by use".to_owned(),
        book.variable_upkeep,
    );
    pay(
        company,
        Contractors,
        "fixed upkeep".to_owned(),
        fixed_upkeep(design),
    );
    out
}

/// Fixed upkeep of everything in the list of investments.
pub(crate) fn fixed_upkeep(design: &Design) -> Money {
    design.capex.iter().map(|item| item.upkeep_per_year).sum()
}

/// Sum of all payments in absolute value: what everybody receives.
pub(crate) fn received(payments: &[Payment]) -> Money {
    payments.iter().map(|payment| payment.amount).sum()
}

/// What the heat company spends and the customers pay, each from their own records.
///
/// The customers' record is their yearly demand at the heat price; the heat company's is, for
/// every unit and hour, heat and energy at the full price of the hour.
pub(crate) fn paid(inputs: &Inputs<'_>, plan: &DispatchPlan) -> Money {
    let study = inputs.study;
    let unserved: HeatEnergy = plan.unserved.iter().map(|q| *q * HOUR).sum();
    let needed: HeatEnergy = inputs
        .design
        .connected
        .iter()
        .map(|connected| inputs.demand.consumers[connected.consumer].annual())
        .sum();
    let customers = (needed - unserved).max(HeatEnergy::ZERO) * study.prices.heat;
    customers + running_cost(study, inputs.design, plan) + fixed_upkeep(inputs.design)
}

/// Running cost of a plan by unit and hour, network pumps included.
pub(crate) fn running_cost(study: &Study, design: &Design, plan: &DispatchPlan) -> Money {
    let units: Money = plan
        .units
        .iter()
        .map(|unit| unit_cost(study, design, unit))
        .sum();
    let pumps: Money = plan
        .pump_power
        .iter()
        .enumerate()
        .map(|(t, p)| (*p * HOUR) * electricity_price(study, t))
        .sum();
    units + pumps
}

/// Full price of electricity in an hour: day-ahead, network fee, tax.
fn electricity_price(study: &Study, step: usize) -> EnergyPrice {
    let prices = &study.prices;
    prices.electricity[step] + prices.electricity_grid_fee + prices.electricity_tax
}

fn unit_cost(study: &Study, design: &Design, unit: &UnitPlan) -> Money {
    let upkeep = match unit.kind {
        UnitKind::HeatPump(i) => design.heat_pumps[i].variable_upkeep,
        UnitKind::Boiler(i) => design.boilers[i].variable_upkeep,
    };
    let source = |t: usize| match unit.kind {
        UnitKind::HeatPump(i) => source_price(study, &design.heat_pumps[i], t),
        UnitKind::Boiler(_) => EnergyPrice::ZERO,
    };
    let burning = fuel_of(design, unit).map_or(EnergyPrice::ZERO, |fuel| {
        let carbon = study.emissions.fuel[fuel.index()].si() * study.prices.carbon.si();
        study.prices.fuel[fuel.index()] + EnergyPrice::from_si(carbon)
    });
    (0..unit.heat.len())
        .map(|t| {
            (unit.heat[t] * HOUR) * upkeep
                + (unit.source_heat[t] * HOUR) * source(t)
                + (unit.electricity[t] * HOUR) * electricity_price(study, t)
                + (unit.fuel[t] * HOUR) * burning
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Bench;

    fn ledger(bench: &Bench) -> Vec<Payment> {
        payments(&bench.study, &bench.design, &bench.book())
    }

    #[test]
    fn every_party_that_should_be_paid_is_paid_once_per_good() {
        let bench = Bench::new();
        let ledger = ledger(&bench);
        assert!(ledger.iter().all(|p| p.amount.eur() > 0.0));
        for what in [
            "heat delivered",
            "day-ahead electricity of heat pumps",
            "day-ahead electricity of network pumps",
            "network fee on electricity",
            "electricity tax",
            "gas",
            "carbon of fuel",
            "heat of the data centre",
            "upkeep by use",
            "fixed upkeep",
        ] {
            assert_eq!(
                ledger.iter().filter(|p| p.what == what).count(),
                1,
                "{what}"
            );
        }
    }

    #[test]
    fn a_negative_price_turns_the_payment_round() {
        let mut bench = Bench::new();
        bench.study.data_centres[0].heat_price = EnergyPrice::from_eur_mwh(-5.0);
        let ledger = ledger(&bench);
        let heat = ledger
            .iter()
            .find(|p| p.what == "heat of the data centre")
            .unwrap();
        assert_eq!(
            (heat.from, heat.to),
            (Party::DataCentre, Party::HeatCompany)
        );
        let taken = bench.book().source_heat.mwh();
        assert!((heat.amount.eur() - 5.0 * taken).abs() < 1e-6);
    }

    #[test]
    fn amounts_follow_from_energies_and_prices() {
        let bench = Bench::new();
        let book = bench.book();
        let ledger = ledger(&bench);
        let of = |what: &str| ledger.iter().find(|p| p.what == what).unwrap().amount.eur();
        let gas: f64 = bench.plan.units[1].fuel.iter().map(|p| p.mw()).sum();
        assert!((of("gas") - 40.0 * gas).abs() < 1e-6);
        assert!((of("carbon of fuel") - 80.0 * 0.198 * gas).abs() < 1e-6);
        assert!((of("electricity tax") - 10.0 * book.electricity().mwh()).abs() < 1e-6);
    }
}
