//! The receiving side of the money: what each kind of seller gets in a year, from the plan's
//! hourly energies and the study's prices.

use crate::energy::{HOUR, electricity, fuel_of, heat, is_heat_pump};
use hukka_model::{Boiler, Design, DispatchPlan, Fuel, HeatPump, Study, UnitKind};
use hukka_units::{
    CarbonMass, ElectricEnergy, ElectricPower, EnergyPrice, FuelEnergy, HeatEnergy, HeatPower,
    Money, Ratio,
};

/// Electricity bought for one purpose: how much, and its day-ahead value hour by hour.
///
/// `market = Σ_t P[t] · price[t] · 1 h`
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Power {
    pub(crate) energy: ElectricEnergy,
    pub(crate) market: Money,
}

/// One year of operation in energy and money.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Book {
    /// Share of the data centre's load present.
    pub(crate) fill: f64,
    /// Heat the customers take.
    pub(crate) heat_sold: HeatEnergy,
    /// Heat of the heat pumps.
    pub(crate) heat_pump_heat: HeatEnergy,
    /// Heat taken from the data centres.
    pub(crate) source_heat: HeatEnergy,
    /// Paid to the data centres for it.
    pub(crate) source_payment: Money,
    /// Electricity of heat pumps, electric boilers, network pumps.
    pub(crate) heat_pumps: Power,
    pub(crate) electric_boilers: Power,
    pub(crate) network_pumps: Power,
    /// Fuel burnt, by [`Fuel::index`].
    pub(crate) fuel: [FuelEnergy; 5],
    /// Paid for it, before carbon.
    pub(crate) fuel_payment: [Money; 5],
    /// CO2 of the fuel, and what the state takes for it.
    pub(crate) fuel_carbon: CarbonMass,
    pub(crate) carbon_payment: Money,
    /// Network fee and tax on all electricity.
    pub(crate) grid_fee: Money,
    pub(crate) tax: Money,
    /// Upkeep that goes with the heat made.
    pub(crate) variable_upkeep: Money,
    /// Electricity of cooling the data centres are spared: theirs, not the heat company's.
    pub(crate) cooling_saved: Power,
    /// Worth of heat that nobody can make, at the study's price for it; not a payment.
    pub(crate) shortfall: Money,
}

impl Book {
    /// All electricity bought.
    pub(crate) fn electricity(&self) -> ElectricEnergy {
        self.heat_pumps.energy + self.electric_boilers.energy + self.network_pumps.energy
    }

    /// Day-ahead value of all electricity bought.
    pub(crate) fn market(&self) -> Money {
        self.heat_pumps.market + self.electric_boilers.market + self.network_pumps.market
    }

    /// What the heat company pays in the year for running, without fixed upkeep.
    pub(crate) fn variable_cost(&self) -> Money {
        self.market()
            + self.grid_fee
            + self.tax
            + self.fuel_payment.iter().sum()
            + self.carbon_payment
            + self.source_payment
            + self.variable_upkeep
    }

    /// Between two books, linear in every entry: `self` at weight 0, `other` at weight 1.
    pub(crate) fn mix(&self, other: &Self, w: f64) -> Self {
        let money = |a: Money, b: Money| a + (b - a) * w;
        let heat = |a: HeatEnergy, b: HeatEnergy| a + (b - a) * w;
        let power = |a: Power, b: Power| Power {
            energy: a.energy + (b.energy - a.energy) * w,
            market: money(a.market, b.market),
        };
        Self {
            fill: self.fill + (other.fill - self.fill) * w,
            heat_sold: heat(self.heat_sold, other.heat_sold),
            heat_pump_heat: heat(self.heat_pump_heat, other.heat_pump_heat),
            source_heat: heat(self.source_heat, other.source_heat),
            source_payment: money(self.source_payment, other.source_payment),
            heat_pumps: power(self.heat_pumps, other.heat_pumps),
            electric_boilers: power(self.electric_boilers, other.electric_boilers),
            network_pumps: power(self.network_pumps, other.network_pumps),
            fuel: core::array::from_fn(|i| self.fuel[i] + (other.fuel[i] - self.fuel[i]) * w),
            fuel_payment: core::array::from_fn(|i| {
                money(self.fuel_payment[i], other.fuel_payment[i])
            }),
            fuel_carbon: self.fuel_carbon + (other.fuel_carbon - self.fuel_carbon) * w,
            carbon_payment: money(self.carbon_payment, other.carbon_payment),
            grid_fee: money(self.grid_fee, other.grid_fee),
            tax: money(self.tax, other.tax),
            variable_upkeep: money(self.variable_upkeep, other.variable_upkeep),
            cooling_saved: power(self.cooling_saved, other.cooling_saved),
            shortfall: money(self.shortfall, other.shortfall),
        }
    }
}

/// What one more unit of a boiler's heat costs in an hour: electricity or fuel with its carbon,
/// per efficiency, and upkeep.
pub(crate) fn boiler_cost(study: &Study, boiler: &Boiler, step: usize) -> EnergyPrice {
    let prices = &study.prices;
    let energy = if boiler.fuel == Fuel::Electricity {
        prices.electricity[step] + prices.electricity_grid_fee + prices.electricity_tax
    } else {
        let i = boiler.fuel.index();
        let carbon = study.emissions.fuel[i].si() * prices.carbon.si();
        prices.fuel[i] + EnergyPrice::from_si(carbon)
    };
    energy / boiler.efficiency.fraction().max(1e-9) + boiler.variable_upkeep
}

/// Day-ahead value of an hourly load.
pub(crate) fn market_value(study: &Study, power: &[ElectricPower]) -> Money {
    power
        .iter()
        .zip(&study.prices.electricity)
        .map(|(p, price)| (*p * HOUR) * *price)
        .sum()
}

/// Keeps the book of one plan.
///
/// `heat_sold` is what the network delivers, less what could not be supplied.
pub(crate) fn keep(
    study: &Study,
    design: &Design,
    plan: &DispatchPlan,
    (fill, delivered): (Ratio, HeatEnergy),
) -> Book {
    let unserved = heat(&plan.unserved);
    let mut book = Book {
        fill: fill.fraction(),
        heat_sold: (delivered - unserved).max(HeatEnergy::ZERO),
        network_pumps: purchase(study, &plan.pump_power),
        shortfall: unserved * study.prices.unserved,
        ..Book::default()
    };
    for unit in &plan.units {
        let made = heat(&unit.heat);
        let bought = purchase(study, &unit.electricity);
        match unit.kind {
            UnitKind::HeatPump(i) => {
                let pump = &design.heat_pumps[i];
                let taken = heat(&unit.source_heat);
                book.heat_pumps = add(book.heat_pumps, bought);
                book.heat_pump_heat += made;
                book.source_heat += taken;
                book.source_payment += source_payment(study, pump, &unit.source_heat);
                book.variable_upkeep += made * pump.variable_upkeep;
            }
            UnitKind::Boiler(i) => {
                book.electric_boilers = add(book.electric_boilers, bought);
                book.variable_upkeep += made * design.boilers[i].variable_upkeep;
            }
        }
        if let Some(fuel) = fuel_of(design, unit) {
            let burnt = unit.fuel.iter().map(|p| *p * HOUR).sum::<FuelEnergy>();
            book.fuel[fuel.index()] += burnt;
        }
        debug_assert!(is_heat_pump(unit) || fuel_of(design, unit).is_some());
    }
    settle(study, book)
}

/// Fills in what follows from energies alone: fuel, carbon, fee and tax.
pub(crate) fn settle(study: &Study, mut book: Book) -> Book {
    let prices = &study.prices;
    book.fuel_payment = core::array::from_fn(|i| book.fuel[i] * prices.fuel[i]);
    book.fuel_carbon = (0..5).map(|i| book.fuel[i] * study.emissions.fuel[i]).sum();
    book.carbon_payment = book.fuel_carbon * prices.carbon;
    book.grid_fee = book.electricity() * prices.electricity_grid_fee;
    book.tax = book.electricity() * prices.electricity_tax;
    book
}

/// What the heat company pays one data centre for its heat in an hour.
pub(crate) fn source_price(study: &Study, pump: &HeatPump, step: usize) -> EnergyPrice {
    study
        .source_heat_price(pump.data_centre, step)
        .unwrap_or(EnergyPrice::ZERO)
}

/// What it pays for the heat a pump takes over the year.
fn source_payment(study: &Study, pump: &HeatPump, taken: &[HeatPower]) -> Money {
    if study.contract.is_none() {
        return heat(taken) * source_price(study, pump, 0);
    }
    let hours = taken.iter().enumerate();
    hours
        .map(|(t, power)| (*power * HOUR) * source_price(study, pump, t))
        .sum()
}

pub(crate) fn purchase(study: &Study, power: &[ElectricPower]) -> Power {
    Power {
        energy: electricity(power),
        market: market_value(study, power),
    }
}

fn add(a: Power, b: Power) -> Power {
    Power {
        energy: a.energy + b.energy,
        market: a.market + b.market,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Bench;

    #[test]
    fn a_mix_of_two_books_costs_the_mix_of_their_costs() {
        let bench = Bench::new();
        let delivered = heat(&bench.network.hourly.heat_delivered);
        let full = keep(
            &bench.study,
            &bench.design,
            &bench.plan,
            (Ratio::from_fraction(1.0), delivered),
        );
        let empty = Book::default();
        let mixed = empty.mix(&full, 0.25);
        assert!((mixed.variable_cost().eur() - 0.25 * full.variable_cost().eur()).abs() < 1e-6);
        assert!((mixed.fill - 0.25).abs() < 1e-12);
    }

    #[test]
    fn a_gas_boiler_costs_fuel_carbon_and_upkeep() {
        let bench = Bench::new();
        let cost = boiler_cost(&bench.study, &bench.design.boilers[0], 0).eur_mwh();
        assert!(
            (cost - ((40.0 + 0.198 * 80.0) / 0.95 + 1.0)).abs() < 1e-9,
            "{cost}"
        );
    }
}
