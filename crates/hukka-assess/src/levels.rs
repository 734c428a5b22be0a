//! What a year costs at any fill of the data centre.
//!
//! Between simulated levels every entry of the book is linear in the fill; levels that are no
//! operating year's fill serve only that. Below the lowest one the simulated plan is cut back
//! hour by hour: the heat pump makes what the smaller source allows, boilers make the rest in
//! order of cost within their spare capacity, stores keep their plan. That is a feasible
//! operation, so its cost is an upper bound of the best one. The existing plant's own plan, when
//! the study has it, stands at fill 0. A lowest level near zero is joined to fill 0 in one step.

use crate::book::{Book, boiler_cost, keep, purchase};
use crate::energy::{HOUR, cooling_saved, heat, heat_taken};
use crate::inputs::{Inputs, OperatingYear};
use hukka_model::{Design, DispatchPlan, Fuel, HeatSource, Study, UnitKind};
use hukka_units::{ElectricPower, FuelPower, HeatEnergy, HeatPower, Ratio};

/// Steps of the cut-back between fill 0 and the lowest simulated level.
const STEPS: usize = 10;
/// A lowest level up to this fill needs no steps below it but the one at 0.
const NEAR_EMPTY: f64 = 0.2;

/// Books by fill, ascending.
#[derive(Debug, Clone)]
pub(crate) struct Levels {
    books: Vec<Book>,
    /// How many of the last books are of simulated levels.
    simulated: usize,
    /// Heat per year the boilers cannot make when the data centre is empty.
    pub(crate) short_when_empty: HeatEnergy,
}

impl Levels {
    /// What the operating years of the study need: no cut-back where no year lies below the lowest
    /// level simulated.
    pub(crate) fn of_years(inputs: &Inputs<'_>) -> Self {
        let study = inputs.study;
        let years = ramp_years(study).min(study.money.horizon_years).max(1);
        let lowest = inputs.years[0].fill.fraction();
        if (1..=years).any(|year| fill_in_year(study, year) < lowest) {
            return Self::new(inputs);
        }
        Self::with_simulated(inputs, Vec::new(), HeatEnergy::ZERO)
    }

    pub(crate) fn new(inputs: &Inputs<'_>) -> Self {
        let delivered = heat(&inputs.network.hourly.heat_delivered);
        let lowest = inputs.years[0];
        let mut books = Vec::new();
        let mut short_when_empty = HeatEnergy::ZERO;
        if lowest.fill.fraction() > 0.0 {
            let is_near = lowest.fill.fraction() <= NEAR_EMPTY;
            let steps = if is_near { 1 } else { STEPS };
            for step in 0..steps {
                let share = step as f64 / steps as f64;
                let (book, short) = cut_back(inputs, &lowest, share, delivered);
                if step == 0 {
                    short_when_empty = short;
                }
                books.push(book);
            }
            if let Some(plan) = inputs.counterfactual {
                books[0] = keep(inputs.study, inputs.design, plan, (Ratio::ZERO, delivered));
            }
        }
        Self::with_simulated(inputs, books, short_when_empty)
    }

    /// The simulated levels on top of those below them.
    fn with_simulated(
        inputs: &Inputs<'_>,
        mut books: Vec<Book>,
        short_when_empty: HeatEnergy,
    ) -> Self {
        let delivered = heat(&inputs.network.hourly.heat_delivered);
        books.extend(inputs.years.iter().map(|year| {
            let book = keep(
                inputs.study,
                inputs.design,
                year.plan,
                (year.fill, delivered),
            );
            spared(inputs, book, year.plan, year.sources)
        }));
        Self {
            books,
            simulated: inputs.years.len(),
            short_when_empty,
        }
    }

    /// The books of the simulated levels, in their order.
    pub(crate) fn simulated(&self) -> &[Book] {
        &self.books[self.books.len() - self.simulated..]
    }

    /// The book at full fill.
    pub(crate) fn full(&self) -> &Book {
        &self.books[self.books.len() - 1]
    }

    /// The book with an empty data centre.
    pub(crate) fn empty(&self) -> &Book {
        &self.books[0]
    }

    /// The book at a fill, held at the ends.
    pub(crate) fn at(&self, fill: f64) -> Book {
        let after = self.books.partition_point(|book| book.fill < fill);
        if after == 0 {
            return self.books[0];
        }
        if after == self.books.len() {
            return *self.full();
        }
        let (low, high) = (&self.books[after - 1], &self.books[after]);
        if fill >= high.fill {
            // A simulated level is itself, to the bit, whatever levels stand beside it.
            return *high;
        }
        low.mix(high, (fill - low.fill) / (high.fill - low.fill))
    }
}

/// Share of the installed load present in an operating year, load-weighted over data centres.
///
/// # Valid for  `year ≥ 1`; after the last value given, that value stays
pub(crate) fn fill_in_year(study: &Study, year: u32) -> f64 {
    let index = year.saturating_sub(1) as usize;
    let (mut present, mut installed) = (0.0, 0.0);
    for centre in &study.data_centres {
        let fill = centre.fill.get(index).or(centre.fill.last());
        let weight = centre.it_load.si().max(1e-9);
        present += weight * fill.map_or(1.0, |fill| fill.fraction());
        installed += weight;
    }
    if installed > 0.0 {
        present / installed
    } else {
        0.0
    }
}

/// Operating years until the fill given in the study no longer changes.
pub(crate) fn ramp_years(study: &Study) -> u32 {
    let longest = study
        .data_centres
        .iter()
        .map(|c| c.fill.len())
        .max()
        .unwrap_or(1);
    u32::try_from(longest.max(1)).unwrap_or(u32::MAX)
}

/// The book of a year cut back to a share of its source, and the heat nobody can make then.
fn cut_back(
    inputs: &Inputs<'_>,
    year: &OperatingYear<'_>,
    share: f64,
    delivered: HeatEnergy,
) -> (Book, HeatEnergy) {
    let (study, design) = (inputs.study, inputs.design);
    let (plan, short) = cut_plan(study, design, year, share);
    let fill = Ratio::from_fraction(year.fill.fraction() * share);
    let mut book = keep(study, design, &plan, (fill, delivered));
    book.heat_sold = delivered;
    (spared(inputs, book, &plan, year.sources), short)
}

/// The book with the electricity of cooling that the data centres are spared by a plan.
pub(crate) fn spared(
    inputs: &Inputs<'_>,
    mut book: Book,
    plan: &DispatchPlan,
    sources: &[HeatSource],
) -> Book {
    let taken = heat_taken(inputs.design, plan, sources);
    let saved = cooling_saved(sources, &taken, inputs.study.axis.len());
    book.cooling_saved = purchase(inputs.study, &saved);
    book
}

/// The plan with the source cut to a share.
fn cut_plan(
    study: &Study,
    design: &Design,
    year: &OperatingYear<'_>,
    share: f64,
) -> (DispatchPlan, HeatEnergy) {
    let mut plan = year.plan.clone();
    let taken = heat_taken(design, year.plan, year.sources);
    let mut missing = vec![0.0; plan.heat_demand.len()];
    for unit in &mut plan.units {
        let UnitKind::HeatPump(i) = unit.kind else {
            continue;
        };
        let centre = design.heat_pumps[i].data_centre;
        let source = year.sources.iter().position(|s| s.data_centre == centre);
        for t in 0..missing.len() {
            let keep = source.map_or(0.0, |s| {
                let limit = share * year.sources[s].recoverable[t].si();
                if taken[s][t] > limit {
                    limit / taken[s][t]
                } else {
                    1.0
                }
            });
            missing[t] += (1.0 - keep) * unit.heat[t].si();
            unit.heat[t] = unit.heat[t] * keep;
            unit.source_heat[t] = unit.source_heat[t] * keep;
            unit.electricity[t] = unit.electricity[t] * keep;
        }
    }
    fill_gaps(study, design, &mut plan, &mut missing);
    let short = HeatPower::from_si(missing.iter().sum()) * HOUR;
    for (unserved, gap) in plan.unserved.iter_mut().zip(&missing) {
        *unserved += HeatPower::from_si(*gap);
    }
    (plan, short)
}

/// Lets the boilers make what is missing, cheapest first in every hour; leaves what they cannot.
fn fill_gaps(study: &Study, design: &Design, plan: &mut DispatchPlan, missing: &mut [f64]) {
    for (t, gap) in missing.iter_mut().enumerate() {
        if *gap <= 0.0 {
            continue;
        }
        let mut order: Vec<(f64, usize)> = plan
            .units
            .iter()
            .enumerate()
            .filter_map(|(u, unit)| match unit.kind {
                UnitKind::Boiler(i) => Some((boiler_cost(study, &design.boilers[i], t).si(), u)),
                UnitKind::HeatPump(_) => None,
            })
            .collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        for (_, u) in order {
            let unit = &mut plan.units[u];
            let UnitKind::Boiler(i) = unit.kind else {
                continue;
            };
            let boiler = &design.boilers[i];
            let more = (unit.available[t] - unit.heat[t]).si().clamp(0.0, *gap);
            let input = more / boiler.efficiency.fraction().max(1e-9);
            unit.heat[t] += HeatPower::from_si(more);
            if boiler.fuel == Fuel::Electricity {
                unit.electricity[t] += ElectricPower::from_si(input);
            } else {
                unit.fuel[t] += FuelPower::from_si(input);
            }
            *gap -= more;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Bench;
    use hukka_units::EnergyPrice;
    use proptest::prelude::*;

    fn made(plan: &DispatchPlan, step: usize) -> f64 {
        plan.units
            .iter()
            .map(|unit| unit.heat[step].mw())
            .sum::<f64>()
            + plan.unserved[step].mw()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn a_cut_back_plan_makes_the_same_heat_from_no_more_source(
            share in 0.0..1.0_f64, boiler_mw in 0.0..8.0_f64,
        ) {
            let mut bench = Bench::new();
            for (limit, heat) in (0..Bench::HOURS).map(|t| (t, bench.plan.units[1].heat[t])).collect::<Vec<_>>() {
                bench.plan.units[1].available[limit] = heat.max(HeatPower::from_mw(boiler_mw));
            }
            let year = bench.year();
            let (plan, short) = cut_plan(&bench.study, &bench.design, &year, share);
            for t in 0..Bench::HOURS {
                prop_assert!((made(&plan, t) - made(&bench.plan, t)).abs() < 1e-9);
                let source = plan.units[0].source_heat[t].mw();
                prop_assert!(source <= share * 4.0 + 1e-9);
                let pump = &plan.units[0];
                let lifted = source + pump.electricity[t].mw();
                prop_assert!((pump.heat[t].mw() - lifted).abs() < 1e-9);
                prop_assert!(plan.units[1].heat[t] <= plan.units[1].available[t] + HeatPower::from_w(1e-3));
            }
            prop_assert!(short.mwh() >= 0.0);
        }

        #[test]
        fn a_fuller_data_centre_never_costs_more_when_its_heat_is_cheap(a in 0.0..1.0_f64, b in 0.0..1.0_f64) {
            let bench = Bench::new();
            bench.with_ventures(|ventures| {
                let cost = |fill: f64| ventures.levels.at(fill).variable_cost().eur();
                assert!(cost(a.max(b)) <= cost(a.min(b)) + 1e-6);
            });
        }
    }

    #[test]
    fn at_the_simulated_level_the_book_is_the_plan_s() {
        let bench = Bench::new();
        bench.with_ventures(|ventures| {
            assert_eq!(ventures.levels.at(1.0), bench.book());
            assert_eq!(ventures.levels.at(2.0), bench.book());
            assert!(ventures.levels.empty().heat_pump_heat.mwh().abs() < 1e-12);
            assert!(ventures.levels.empty().heat_sold == bench.book().heat_sold);
        });
    }

    #[test]
    fn between_levels_the_book_is_linear() {
        let bench = Bench::new();
        bench.with_ventures(|ventures| {
            let at = |fill: f64| ventures.levels.at(fill).variable_cost().eur();
            assert!((at(0.25) - 0.5 * (at(0.2) + at(0.3))).abs() < 1e-6);
        });
    }

    #[test]
    fn the_existing_plant_s_own_plan_stands_at_fill_zero() {
        let bench = Bench::against_existing_plant();
        bench.with_ventures(|ventures| {
            let plant = ventures.counterfactual.unwrap();
            assert_eq!(ventures.levels.empty(), &plant);
        });
    }

    #[test]
    fn levels_between_the_operating_years_change_only_what_lies_between() {
        let mut full = Bench::new();
        full.study.data_centres[0].fill = [0.5, 1.0].map(Ratio::from_fraction).to_vec();
        let (low, half) = (Bench::with_heat_pump(0.3), Bench::with_heat_pump(1.5));
        let (mut tenth, mut middle) = (low.year(), half.year());
        tenth.fill = Ratio::from_fraction(0.1);
        middle.fill = Ratio::from_fraction(0.5);
        let few = [middle, full.year()];
        let many = [tenth, middle, full.year()];
        let assess = |years: &[OperatingYear<'_>]| {
            let inputs = full.inputs(years);
            crate::stage::run(&inputs, &crate::inputs::Options::default(), &mut ())
                .unwrap()
                .0
        };
        let (a, b) = (assess(&few), assess(&many));
        assert_eq!(a.cash_flow, b.cash_flow);
        assert_eq!(a.kpis, b.kpis);
        assert_eq!(a.payments, b.payments);
        let inputs = full.inputs(&many);
        let levels = Levels::new(&inputs);
        assert_eq!(levels.books.len(), 4);
        assert_eq!(levels.simulated().len(), 3);
        let cost = |fill: f64| levels.at(fill).variable_cost().eur();
        let dispatched = |bench: &Bench| bench.book().variable_cost().eur();
        assert!((cost(0.1) - dispatched(&low)).abs() < 1e-6);
        let mean = 0.5 * (dispatched(&low) + dispatched(&half));
        assert!((cost(0.3) - mean).abs() < 1e-6);
    }

    #[test]
    fn heat_nobody_can_make_is_priced() {
        let mut bench = Bench::new();
        bench.plan.units[1].available = bench.plan.units[1].heat.clone();
        bench.study.prices.unserved = EnergyPrice::from_eur_mwh(700.0);
        bench.with_ventures(|ventures| {
            let short = ventures.levels.short_when_empty;
            assert!((short.mwh() - bench.book().heat_pump_heat.mwh()).abs() < 1e-6);
            let cost = ventures.levels.empty().shortfall.eur();
            assert!((cost - 700.0 * short.mwh()).abs() < 1e-3);
        });
    }

    #[test]
    fn the_fill_of_a_year_is_weighted_by_load_and_stays() {
        let mut bench = Bench::new();
        let mut second = bench.study.data_centres[0].clone();
        second.it_load = ElectricPower::from_mw(12.0);
        second.fill = vec![Ratio::from_fraction(0.5)];
        bench.study.data_centres[0].fill =
            vec![Ratio::from_fraction(0.2), Ratio::from_fraction(1.0)];
        bench.study.data_centres.push(second);
        assert!((fill_in_year(&bench.study, 1) - (0.25 * 0.2 + 0.75 * 0.5)).abs() < 1e-12);
        assert!((fill_in_year(&bench.study, 9) - (0.25 + 0.75 * 0.5)).abs() < 1e-12);
        assert_eq!(ramp_years(&bench.study), 2);
    }
}
