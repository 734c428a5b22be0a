//! What a year costs at any fill of the data centre.
//!
//! Between simulated levels every entry of the book is linear in the fill. Below the lowest one
//! the simulated plan is cut back hour by hour: the heat pump makes what the smaller source
//! allows, boilers make the rest in order of cost within their spare capacity, stores keep their
//! plan. That is a feasible operation, so its cost is an upper bound of the best one. The
//! existing plant's own plan, when the study has it, stands at fill 0.

use crate::book::{Book, boiler_cost, keep};
use crate::energy::{HOUR, heat, heat_taken};
use crate::inputs::{Inputs, OperatingYear};
use hukka_model::{Design, DispatchPlan, Fuel, Study, UnitKind};
use hukka_units::{ElectricPower, FuelPower, HeatEnergy, HeatPower, Ratio};

/// Steps of the cut-back between fill 0 and the lowest simulated level.
const STEPS: usize = 10;

/// Books by fill, ascending.
#[derive(Debug, Clone)]
pub(crate) struct Levels {
    books: Vec<Book>,
    /// Heat per year the boilers cannot make when the data centre is empty.
    pub(crate) short_when_empty: HeatEnergy,
}

impl Levels {
    pub(crate) fn new(inputs: &Inputs<'_>) -> Self {
        let delivered = heat(&inputs.network.hourly.heat_delivered);
        let lowest = inputs.years[0];
        let mut books = Vec::new();
        let mut short_when_empty = HeatEnergy::ZERO;
        if lowest.fill.fraction() > 0.0 {
            for step in 0..STEPS {
                let share = step as f64 / STEPS as f64;
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
        books.extend(inputs.years.iter().map(|year| {
            keep(
                inputs.study,
                inputs.design,
                year.plan,
                (year.fill, delivered),
            )
        }));
        Self {
            books,
            short_when_empty,
        }
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
    (book, short)
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
