//! Single questions with one answer each: the data centre leaves, halves, trips; no store; no
//! largest boiler; dear electricity.

use super::chain::{Base, evaluate, failed, sources};
use super::draw::Change;
use super::headline::{Figures, energy, figures};
use crate::Error;
use crate::progress::Stage;
use hukka_model::{Design, DispatchPlan, HeatSource, Study};
use hukka_units::{HeatPower, Money};
use rayon::prelude::*;

/// Group of the capex list that planning and contingency stand in.
const PLANNING: &str = "planning";
/// Operating year in which the data centre leaves or halves.
const YEAR: u32 = 5;

/// One question and what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct WhatIf {
    /// Name in `uncertainty.json`.
    pub id: &'static str,
    /// The question.
    pub question: String,
    /// What is assumed to answer it.
    pub assumes: &'static str,
    /// Figures of the whole study, when the answer is one about the whole study.
    pub figures: Option<Figures>,
    /// Running cost of the year looked at above the study's.
    pub extra_cost_eur: Option<f64>,
    /// Heat of the coldest day by who made it, MWh, when the answer is about that day.
    pub coldest_day: Vec<(String, f64)>,
    /// Heat not supplied on the coldest day, MWh.
    pub unserved_on_coldest_day_mwh: Option<f64>,
    /// Heat not supplied in the year, MWh.
    pub unserved_mwh: Option<f64>,
}

type Question<'a> = Box<dyn Fn() -> Result<Option<WhatIf>, Error> + Send + Sync + 'a>;

/// Asks every question that the study has something to say on.
pub(crate) fn what_ifs(base: &Base<'_>) -> Result<Vec<WhatIf>, Error> {
    let leaves = Change {
        served: Some(YEAR - 1),
        ..Change::NONE
    };
    let halves = Change {
        half_from: Some(YEAR),
        ..Change::NONE
    };
    let dear = Change {
        electricity: 3.0,
        ..Change::NONE
    };
    let questions: Vec<Question<'_>> = vec![
        Box::new(|| {
            let text = format!("the data centre leaves at the start of year {YEAR}");
            whole(base, "leaves", text, &leaves).map(Some)
        }),
        Box::new(|| {
            let text = format!("from year {YEAR} on the data centre has half its load");
            whole(base, "halves", text, &halves).map(Some)
        }),
        Box::new(|| {
            let text = "electricity costs three times as much all years".to_owned();
            whole(base, "electricity_x3", text, &dear).map(Some)
        }),
        Box::new(|| trips(base).map(Some)),
        Box::new(|| without_store(base)),
        Box::new(|| without_largest_boiler(base)),
    ];
    let answers = questions
        .par_iter()
        .map(|ask| ask())
        .collect::<Result<Vec<_>, Error>>()?;
    Ok(answers.into_iter().flatten().collect())
}

/// A question about the whole study.
fn whole(
    base: &Base<'_>,
    id: &'static str,
    question: String,
    change: &Change,
) -> Result<WhatIf, Error> {
    let evaluation = evaluate(base, change)?;
    let unserved = evaluation
        .years
        .iter()
        .map(|year| energy(&year.plan.unserved).mwh())
        .fold(0.0, f64::max);
    Ok(WhatIf {
        id,
        question,
        assumes: "sizes stay as designed; figures of a year are those at full fill",
        figures: Some(figures(&evaluation)),
        extra_cost_eur: None,
        coldest_day: Vec::new(),
        unserved_on_coldest_day_mwh: None,
        unserved_mwh: Some(unserved),
    })
}

/// Hours of the coldest day of the local calendar.
fn coldest_day(study: &Study) -> Vec<usize> {
    let outdoor = &study.weather.outdoor_temperature;
    let coldest = (0..outdoor.len())
        .min_by(|a, b| outdoor[*a].k().total_cmp(&outdoor[*b].k()).then(a.cmp(b)))
        .unwrap_or(0);
    let calendar = &study.axis.calendar;
    let date = |t: usize| (calendar[t].year, calendar[t].day_of_year);
    (0..calendar.len())
        .filter(|t| date(*t) == date(coldest))
        .collect()
}

fn dispatch(
    base: &Base<'_>,
    design: &Design,
    sources: &[HeatSource],
) -> Result<DispatchPlan, Error> {
    let inputs = hukka_dispatch::Inputs {
        study: base.study,
        design,
        network: base.network,
        sources,
    };
    hukka_dispatch::run(&inputs, &hukka_dispatch::Options::default(), &mut ())
        .map(|(plan, _)| plan)
        .map_err(|source| failed(Stage::Dispatch, source))
}

/// Who makes the heat of some hours, MWh: units, then what stores give.
fn cover(plan: &DispatchPlan, hours: &[usize]) -> Vec<(String, f64)> {
    let sum = |series: &[HeatPower]| hours.iter().map(|t| series[*t].mw()).sum::<f64>();
    let units = plan.units.iter().map(|u| (u.id.clone(), sum(&u.heat)));
    let stores = plan
        .stores
        .iter()
        .map(|s| (s.id.clone(), sum(&s.discharge) - sum(&s.charge)));
    units.chain(stores).collect()
}

fn about_day(
    base: &Base<'_>,
    (id, question, assumes): (&'static str, String, &'static str),
    plan: &DispatchPlan,
    usual: &DispatchPlan,
) -> WhatIf {
    let hours = coldest_day(base.study);
    let lacking = hours.iter().map(|t| plan.unserved[*t].mw()).sum::<f64>();
    WhatIf {
        id,
        question,
        assumes,
        figures: None,
        extra_cost_eur: Some((plan.objective - usual.objective).eur()),
        coldest_day: cover(plan, &hours),
        unserved_on_coldest_day_mwh: Some(lacking),
        unserved_mwh: Some(energy(&plan.unserved).mwh()),
    }
}

/// The data centre gives nothing on the coldest day, and no store helps: nobody knew.
fn trips(base: &Base<'_>) -> Result<WhatIf, Error> {
    let sources = sources(base.study)?;
    let usual = dispatch(base, base.design, &sources)?;
    let hours = coldest_day(base.study);
    let mut tripped = sources;
    for source in &mut tripped {
        for t in &hours {
            source.recoverable[*t] = HeatPower::ZERO;
        }
    }
    let mut bare = base.design.clone();
    bare.stores.clear();
    let plan = dispatch(base, &bare, &tripped)?;
    let usual_cost = if base.design.stores.is_empty() {
        usual.objective
    } else {
        let healthy = self::sources(base.study)?;
        dispatch(base, &bare, &healthy)?.objective
    };
    let about = (
        "trips_on_coldest_day",
        "the data centre gives no heat on the coldest day".to_owned(),
        "stores are left out on both sides: nobody knew before, and the store may be empty",
    );
    let mut answer = about_day(base, about, &plan, &usual);
    answer.extra_cost_eur = Some((plan.objective - usual_cost).eur());
    Ok(answer)
}

/// The same plant without its stores, operated and paid for.
fn without_store(base: &Base<'_>) -> Result<Option<WhatIf>, Error> {
    if base.design.stores.is_empty() {
        return Ok(None);
    }
    let mut design = base.design.clone();
    design.stores.clear();
    let is_store = |group: &str| group == "store";
    let sum = |design: &Design| -> Money {
        let things = design.capex.iter().filter(|item| item.group != PLANNING);
        things.map(|item| item.amount).sum()
    };
    let before = sum(&design);
    design.capex.retain(|item| !is_store(&item.group));
    let after = sum(&design);
    if before.eur() > 0.0 {
        for item in &mut design.capex {
            if item.group == PLANNING {
                item.amount = item.amount * (after.eur() / before.eur());
            }
        }
    }
    let bare = Base {
        design: &design,
        ..*base
    };
    let text = "there is no store".to_owned();
    let mut answer = whole(&bare, "without_store", text, &Change::NONE)?;
    answer.assumes = "the store's investment and upkeep are saved, other sizes stay; the base \
                      less this is the value of the store";
    Ok(Some(answer))
}

/// The largest boiler stands still.
fn without_largest_boiler(base: &Base<'_>) -> Result<Option<WhatIf>, Error> {
    let power = |n: usize| {
        let capacity = base.design.boilers[n].heat_capacity;
        capacity.map_or(0.0, HeatPower::mw)
    };
    let largest = (0..base.design.boilers.len())
        .max_by(|a, b| power(*a).total_cmp(&power(*b)).then(b.cmp(a)));
    let Some(largest) = largest else {
        return Ok(None);
    };
    let sources = sources(base.study)?;
    let usual = dispatch(base, base.design, &sources)?;
    let mut design = base.design.clone();
    design.boilers[largest].heat_capacity = Some(HeatPower::ZERO);
    let plan = dispatch(base, &design, &sources)?;
    let name = &base.design.boilers[largest].id;
    let about = (
        "largest_boiler_out",
        format!(
            "the largest boiler, {name} of {:.1} MW, stands still",
            power(largest)
        ),
        "out all year, so the store comes to the coldest day with what the others could spare; \
         its heat not supplied and its extra cost are what the boiler is worth",
    );
    Ok(Some(about_day(base, about, &plan, &usual)))
}
