//! The heat pumps' numbers: costs, limits and shares, and what several pumps share.

use crate::check::{capacity, number, series};
use crate::exchange::{Exchange, Standstill, Streams, exchange};
use crate::machine::machine;
use crate::study_park::{Park, SharedLimit, Unit};
use crate::terms::Terms;
use crate::{Error, Inputs};
use hukka_model::{HeatPump, HeatSource, UnitKind};
use hukka_units::HeatPower;
use std::collections::BTreeMap;

/// Part load never takes a COP below this.
const LEAST_COP: f64 = 1.01;

/// Hours of a heat pump worth a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PumpHours {
    pub(crate) id: String,
    /// Source heat offered, but no COP: hours by reason.
    pub(crate) out_of_range: Vec<(Standstill, usize)>,
    /// Hottest outlet below the supply temperature.
    pub(crate) in_series: usize,
    /// Source hot enough for direct exchange.
    pub(crate) direct: usize,
}

/// A heat pump's hours: how it runs, and the recoverable heat of its data centre, MW.
struct PumpSeries<'a> {
    pump: &'a HeatPump,
    source: &'a HeatSource,
    hours: Vec<Result<Exchange, Standstill>>,
    /// COP at the load over COP at full load; empty where part load is not counted.
    load_factor: &'a [f64],
}

/// Adds the heat pumps of the design, with the limits they share.
pub(crate) fn add_pumps(
    terms: &mut Terms,
    inputs: &Inputs<'_>,
    electricity: &[f64],
    load_factors: &[Vec<f64>],
) -> Result<(), Error> {
    let pumps = inputs
        .design
        .heat_pumps
        .iter()
        .enumerate()
        .map(|(index, pump)| {
            let factor = load_factors.get(index).map_or(&[][..], Vec::as_slice);
            pump_series(inputs, pump, factor)
        })
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

fn pump_series<'a>(
    inputs: &Inputs<'a>,
    pump: &'a HeatPump,
    load_factor: &'a [f64],
) -> Result<PumpSeries<'a>, Error> {
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
    let machine = machine(pump).ok_or_else(|| Error::BadTable {
        id: pump.id.clone(),
    })?;
    let hottest = pump.max_outlet_temperature.k();
    let hours = (0..steps)
        .map(|t| {
            let streams = Streams {
                source_in: source_in[t],
                source_out: source_out[t],
                network_return: back[t],
                network_supply: supply[t],
            };
            exchange(&machine, hottest, streams)
        })
        .collect();
    Ok(PumpSeries {
        pump,
        source,
        hours,
        load_factor,
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
        let Ok(exchange) = exchange else { continue };
        let cop = match series.load_factor.get(t) {
            Some(factor) if !exchange.is_direct => (exchange.cop * factor).max(LEAST_COP),
            _ => exchange.cop,
        };
        let power = 1.0 / cop;
        let source = 1.0 - power;
        let offered = series.source.recoverable[t].mw().max(0.0) * exchange.usable_source;
        unit.cop[t] = cop;
        unit.electricity[t] = power;
        unit.source[t] = source;
        unit.cost[t] = electricity[t] * power + source_price(inputs, pump, t)? * source + upkeep;
        unit.limit[t] = capacity.min(offered / source);
        if exchange.reach < 1.0 {
            unit.limit[t] = unit.limit[t].min(exchange.reach * demand[t]);
        }
    }
    Ok(unit)
}

/// What heat of a pump's data centre costs in an hour, EUR/MWh.
pub(crate) fn source_price(
    inputs: &Inputs<'_>,
    pump: &HeatPump,
    step: usize,
) -> Result<f64, Error> {
    let price = inputs.study.source_heat_price(pump.data_centre, step);
    let price = price.ok_or_else(|| Error::NoSource {
        id: pump.id.clone(),
        data_centre: pump.data_centre,
    })?;
    number("heat price", &pump.id, price.eur_mwh())
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
        out_of_range: standstills((0..series.hours.len()).filter(offers).filter_map(|t| {
            let hour: &Result<Exchange, Standstill> = &series.hours[t];
            hour.err()
        })),
        in_series: count(&|exchange| exchange.reach < 1.0),
        direct: count(&|exchange| exchange.is_direct),
    }
}

/// Hours by reason, the most frequent first.
fn standstills(hours: impl Iterator<Item = Standstill>) -> Vec<(Standstill, usize)> {
    let mut counts: BTreeMap<Standstill, usize> = BTreeMap::new();
    for reason in hours {
        *counts.entry(reason).or_default() += 1;
    }
    let mut sorted: Vec<(Standstill, usize)> = counts.into_iter().collect();
    sorted.sort_by_key(|(reason, count)| (std::cmp::Reverse(*count), *reason));
    sorted
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
        let factor = |exchange: &Result<Exchange, Standstill>| {
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
                .filter_map(|&i| pumps[i].hours[t].ok())
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
