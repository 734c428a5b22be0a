//! The park's numbers from the nouns: costs, limits and shares of every unit, hour by hour.

use crate::exchange::{Exchange, Streams, exchange};
use crate::park::{Park, SharedLimit, Tank, Unit};
use crate::{Case, DEFAULT_STORE_HOURS, Error, Inputs};
use hukka_model::{Boiler, Fuel, HeatPump, HeatSource, Store, UnitKind};
use hukka_units::{HeatPower, Quantity, as_si};

/// Watts in a megawatt.
const W_PER_MW: f64 = 1e6;

/// Unserved heat costs at least this many times the dearest heat of the year: it is what the plant
/// cannot make, never what it would rather not.
const LAST_RESORT: f64 = 2.0;

/// Hours of a heat pump worth a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PumpHours {
    pub(crate) id: String,
    /// Source heat offered, but no COP.
    pub(crate) out_of_range: usize,
    /// Hottest outlet below the supply temperature.
    pub(crate) in_series: usize,
    /// Source hot enough for direct exchange.
    pub(crate) direct: usize,
}

/// The park and what was noticed while building it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Terms {
    pub(crate) park: Park,
    pub(crate) pumps: Vec<PumpHours>,
    /// Today's plant was asked for, but no boiler is marked as existing.
    pub(crate) lacks_existing_boiler: bool,
    /// Price of unserved heat, EUR/MWh, where the study's would make it cheaper than making heat.
    pub(crate) raised_unserved_price: Option<f64>,
}

/// Builds the park of a case.
pub(crate) fn terms(inputs: &Inputs<'_>, case: Case) -> Result<Terms, Error> {
    let hours = inputs.study.axis.len();
    if hours == 0 {
        return Err(Error::NoHours);
    }
    let hourly = &inputs.network.hourly;
    let demand = series("heat fed", "network", &hourly.heat_fed, hours)?;
    if let Some(step) = demand.iter().position(|&w| w < -1.0) {
        let (what, id, value) = ("heat fed", "network".to_owned(), demand[step]);
        return Err(Error::BadHour {
            what,
            id,
            step,
            value,
        });
    }
    let demand: Vec<f64> = demand.iter().map(|w| (w / W_PER_MW).max(0.0)).collect();
    let electricity = electricity_price(inputs)?;
    let mut terms = Terms {
        park: Park {
            demand,
            unserved_price: non_negative(
                "price of unserved heat",
                "study",
                inputs.study.prices.unserved.eur_mwh(),
            )?,
            units: Vec::new(),
            shared: Vec::new(),
            tanks: Vec::new(),
        },
        pumps: Vec::new(),
        lacks_existing_boiler: false,
        raised_unserved_price: None,
    };
    if case == Case::WithDataCentre {
        add_pumps(&mut terms, inputs, &electricity)?;
    }
    let all = &inputs.design.boilers;
    let has_existing = all.iter().any(|boiler| boiler.is_existing);
    terms.lacks_existing_boiler = case == Case::ExistingPlantOnly && !has_existing;
    for (index, boiler) in all.iter().enumerate() {
        if case == Case::WithDataCentre || boiler.is_existing || !has_existing {
            let unit = boiler_unit(inputs, index, boiler, &electricity)?;
            terms.park.units.push(unit);
        }
    }
    for store in stores(inputs, case) {
        terms.park.tanks.extend(tank(store)?);
    }
    let least = LAST_RESORT * terms.park.dearest_cost();
    if terms.park.unserved_price < least {
        terms.park.unserved_price = least;
        terms.raised_unserved_price = Some(least);
    }
    Ok(terms)
}

/// Stores that take part.
pub(crate) fn stores<'a>(inputs: &Inputs<'a>, case: Case) -> impl Iterator<Item = &'a Store> {
    inputs
        .design
        .stores
        .iter()
        .filter(move |store| case == Case::WithDataCentre || store.is_existing)
}

/// What a megawatt-hour of electricity costs the plant: day-ahead, grid fee, tax.
fn electricity_price(inputs: &Inputs<'_>) -> Result<Vec<f64>, Error> {
    let prices = &inputs.study.prices;
    let fee = number(
        "grid fee",
        "electricity",
        prices.electricity_grid_fee.eur_mwh(),
    )?;
    let tax = number("tax", "electricity", prices.electricity_tax.eur_mwh())?;
    series(
        "price",
        "electricity",
        &prices.electricity,
        inputs.study.axis.len(),
    )?;
    Ok(prices
        .electricity
        .iter()
        .map(|price| price.eur_mwh() + fee + tax)
        .collect())
}

/// A heat pump's hours: how it runs, and the recoverable heat of its data centre, MW.
struct PumpSeries<'a> {
    pump: &'a HeatPump,
    source: &'a HeatSource,
    hours: Vec<Option<Exchange>>,
}

fn add_pumps(terms: &mut Terms, inputs: &Inputs<'_>, electricity: &[f64]) -> Result<(), Error> {
    let pumps = inputs
        .design
        .heat_pumps
        .iter()
        .map(|pump| pump_series(inputs, pump))
        .collect::<Result<Vec<_>, Error>>()?;
    for (index, series) in pumps.iter().enumerate() {
        let unit = pump_unit(inputs, index, series, &terms.park.demand, electricity)?;
        terms.park.units.push(unit);
        terms.pumps.push(pump_hours(series));
    }
    terms.park.shared.extend(source_limits(inputs, &pumps));
    terms.park.shared.extend(series_limits(&pumps, &terms.park));
    Ok(())
}

fn pump_series<'a>(inputs: &Inputs<'a>, pump: &'a HeatPump) -> Result<PumpSeries<'a>, Error> {
    let steps = inputs.study.axis.len();
    let source = inputs
        .sources
        .iter()
        .find(|source| source.data_centre == pump.data_centre)
        .ok_or_else(|| Error::NoSource {
            id: pump.id.clone(),
            data_centre: pump.data_centre,
        })?;
    series("recoverable heat", &source.id, &source.recoverable, steps)?;
    let source_in = series(
        "source temperature",
        &source.id,
        &source.source_temperature,
        steps,
    )?;
    let source_out = series(
        "source return temperature",
        &source.id,
        &source.source_return_temperature,
        steps,
    )?;
    let hourly = &inputs.network.hourly;
    let supply = series(
        "supply temperature",
        "network",
        &hourly.supply_temperature,
        steps,
    )?;
    let back = series(
        "return temperature",
        "network",
        &hourly.return_temperature,
        steps,
    )?;
    let hours = (0..steps)
        .map(|t| {
            let streams = Streams {
                source_in: source_in[t],
                source_out: source_out[t],
                network_return: back[t],
                network_supply: supply[t],
            };
            exchange(pump, streams)
        })
        .collect();
    Ok(PumpSeries {
        pump,
        source,
        hours,
    })
}

fn pump_unit(
    inputs: &Inputs<'_>,
    index: usize,
    series: &PumpSeries<'_>,
    demand: &[f64],
    electricity: &[f64],
) -> Result<Unit, Error> {
    let pump = series.pump;
    let capacity = capacity(&pump.id, pump.heat_capacity)?;
    let upkeep = number("variable upkeep", &pump.id, pump.variable_upkeep.eur_mwh())?;
    let data_centre = inputs
        .study
        .data_centres
        .get(pump.data_centre)
        .ok_or_else(|| Error::NoSource {
            id: pump.id.clone(),
            data_centre: pump.data_centre,
        })?;
    let heat_price = number(
        "heat price",
        &data_centre.id,
        data_centre.heat_price.eur_mwh(),
    )?;
    let mut unit = Unit {
        id: pump.id.clone(),
        kind: UnitKind::HeatPump(index),
        cost: vec![0.0; demand.len()],
        limit: vec![0.0; demand.len()],
        cop: vec![0.0; demand.len()],
        electricity: vec![0.0; demand.len()],
        fuel: 0.0,
        source: vec![0.0; demand.len()],
    };
    for (t, exchange) in series.hours.iter().enumerate() {
        let Some(exchange) = exchange else { continue };
        let power = 1.0 / exchange.cop;
        let source = 1.0 - power;
        let offered = series.source.recoverable[t].mw().max(0.0) * exchange.usable_source;
        unit.cop[t] = exchange.cop;
        unit.electricity[t] = power;
        unit.source[t] = source;
        unit.cost[t] = electricity[t] * power + heat_price * source + upkeep;
        unit.limit[t] = capacity.min(offered / source);
        if exchange.reach < 1.0 {
            unit.limit[t] = unit.limit[t].min(exchange.reach * demand[t]);
        }
    }
    Ok(unit)
}

fn pump_hours(series: &PumpSeries<'_>) -> PumpHours {
    let count = |test: &dyn Fn(&Exchange) -> bool| {
        series
            .hours
            .iter()
            .flatten()
            .filter(|exchange| test(exchange))
            .count()
    };
    let offers = |t: &usize| series.source.recoverable[*t] > HeatPower::ZERO;
    PumpHours {
        id: series.pump.id.clone(),
        out_of_range: (0..series.hours.len())
            .filter(|t| series.hours[*t].is_none() && offers(t))
            .count(),
        in_series: count(&|exchange| exchange.reach < 1.0),
        direct: count(&|exchange| exchange.is_direct),
    }
}

/// Source heat that several pumps of one data centre share.
fn source_limits(inputs: &Inputs<'_>, pumps: &[PumpSeries<'_>]) -> Vec<SharedLimit> {
    let mut limits = Vec::new();
    for source in inputs.sources {
        let members: Vec<usize> = (0..pumps.len())
            .filter(|&i| pumps[i].pump.data_centre == source.data_centre)
            .collect();
        if members.len() < 2 {
            continue;
        }
        let factor = |exchange: &Option<Exchange>| {
            exchange.map_or(0.0, |e| {
                if e.usable_source > 0.0 {
                    (1.0 - 1.0 / e.cop) / e.usable_source
                } else {
                    0.0
                }
            })
        };
        limits.push(SharedLimit {
            members: members
                .into_iter()
                .map(|i| (i, pumps[i].hours.iter().map(factor).collect()))
                .collect(),
            limit: source
                .recoverable
                .iter()
                .map(|heat| heat.mw().max(0.0))
                .collect(),
        });
    }
    limits
}

/// Heat that several pumps can make together before water gets hotter than they reach.
///
/// All pumps with an outlet of at most `T` can together heat the water to `T` only; one limit for
/// each distinct outlet temperature. A single pump's own limit already says it.
fn series_limits(pumps: &[PumpSeries<'_>], park: &Park) -> Vec<SharedLimit> {
    let mut outlets: Vec<f64> = pumps
        .iter()
        .map(|s| s.pump.max_outlet_temperature.k())
        .collect();
    outlets.sort_by(f64::total_cmp);
    outlets.dedup_by(|a, b| a.total_cmp(b).is_eq());
    let mut limits = Vec::new();
    for outlet in outlets {
        let members: Vec<usize> = (0..pumps.len())
            .filter(|&i| pumps[i].pump.max_outlet_temperature.k() <= outlet)
            .collect();
        let hottest = |t: usize| {
            members
                .iter()
                .filter_map(|&i| pumps[i].hours[t])
                .map(|e| e.reach)
                .fold(0.0, f64::max)
        };
        let binds = |t: usize| hottest(t) > 0.0 && hottest(t) < 1.0;
        if members.len() < 2 || !(0..park.hours()).any(binds) {
            continue;
        }
        let of_all = |t: usize| members.iter().map(|&i| park.units[i].limit[t]).sum::<f64>();
        limits.push(SharedLimit {
            limit: (0..park.hours())
                .map(|t| {
                    if binds(t) {
                        hottest(t) * park.demand[t]
                    } else {
                        of_all(t)
                    }
                })
                .collect(),
            members: members
                .iter()
                .map(|&i| (i, vec![1.0; park.hours()]))
                .collect(),
        });
    }
    limits
}

fn boiler_unit(
    inputs: &Inputs<'_>,
    index: usize,
    boiler: &Boiler,
    electricity: &[f64],
) -> Result<Unit, Error> {
    let capacity = capacity(&boiler.id, boiler.heat_capacity)?;
    let upkeep = number(
        "variable upkeep",
        &boiler.id,
        boiler.variable_upkeep.eur_mwh(),
    )?;
    let efficiency = number("efficiency", &boiler.id, boiler.efficiency.fraction())?;
    if efficiency <= 0.0 {
        let (what, id) = ("efficiency", boiler.id.clone());
        return Err(Error::BadNumber {
            what,
            id,
            value: efficiency,
        });
    }
    let hours = electricity.len();
    let is_electric = boiler.fuel == Fuel::Electricity;
    let per_heat = 1.0 / efficiency;
    let study = inputs.study;
    let price = study.prices.fuel[boiler.fuel.index()].eur_mwh();
    let carbon = study.emissions.fuel[boiler.fuel.index()].kg_mwh() * study.prices.carbon.si();
    let fuel = number("fuel price with carbon", &boiler.id, price + carbon)?;
    let cost = |t: usize| if is_electric { electricity[t] } else { fuel } * per_heat + upkeep;
    Ok(Unit {
        id: boiler.id.clone(),
        kind: UnitKind::Boiler(index),
        cost: (0..hours).map(cost).collect(),
        limit: vec![capacity; hours],
        cop: vec![0.0; hours],
        electricity: vec![if is_electric { per_heat } else { 0.0 }; hours],
        fuel: if is_electric { 0.0 } else { per_heat },
        source: vec![0.0; hours],
    })
}

/// The store as the programme sees it; `None` when it holds nothing.
fn tank(store: &Store) -> Result<Option<Tank>, Error> {
    let capacity = store
        .capacity
        .ok_or_else(|| Error::Unsized {
            id: store.id.clone(),
        })?
        .mwh();
    let capacity = non_negative("capacity", &store.id, capacity)?;
    let power = store
        .max_power
        .map_or(capacity / DEFAULT_STORE_HOURS, HeatPower::mw);
    let power = non_negative("power", &store.id, power)?;
    let loss = number("loss per hour", &store.id, store.loss_per_hour.fraction())?;
    if !(0.0..=1.0).contains(&loss) {
        let (what, id) = ("loss per hour", store.id.clone());
        return Err(Error::BadNumber {
            what,
            id,
            value: loss,
        });
    }
    let holds = capacity > 0.0 && power > 0.0;
    Ok(holds.then(|| Tank {
        id: store.id.clone(),
        capacity,
        power,
        keep: 1.0 - loss,
    }))
}

fn capacity(id: &str, capacity: Option<HeatPower>) -> Result<f64, Error> {
    let capacity = capacity.ok_or_else(|| Error::Unsized { id: id.to_owned() })?;
    non_negative("capacity", id, capacity.mw())
}

fn number(what: &'static str, id: &str, value: f64) -> Result<f64, Error> {
    if value.is_finite() {
        Ok(value)
    } else {
        Err(Error::BadNumber {
            what,
            id: id.to_owned(),
            value,
        })
    }
}

fn non_negative(what: &'static str, id: &str, value: f64) -> Result<f64, Error> {
    if value < 0.0 {
        return Err(Error::BadNumber {
            what,
            id: id.to_owned(),
            value,
        });
    }
    number(what, id, value)
}

/// The SI values of a series with one finite value per hour.
pub(crate) fn series<'a, Q: Quantity>(
    what: &'static str,
    id: &str,
    values: &'a [Q],
    hours: usize,
) -> Result<&'a [f64], Error> {
    if values.len() != hours {
        let (id, expected, found) = (id.to_owned(), hours, values.len());
        return Err(Error::SeriesLength {
            what,
            id,
            expected,
            found,
        });
    }
    let values = as_si(values);
    match values.iter().position(|value| !value.is_finite()) {
        None => Ok(values),
        Some(step) => Err(Error::BadHour {
            what,
            id: id.to_owned(),
            step,
            value: values[step],
        }),
    }
}
