//! The full chain for one change of the inputs: everything is run again but the design.

use super::draw::{Change, same};
use crate::pipeline::Run;
use crate::progress::Stage;
use crate::{Error, operation, supply};
use hukka_model::{Design, Diagnostic, Fuel, HeatDemand, HeatSource, Kpis, NetworkState, Study};
use hukka_units::{EnergyPrice, HeatPower, Ratio, SECONDS_PER_HOUR, TemperatureDifference};

/// Hours of a week.
const WEEK: usize = 168;
/// Outdoor temperature below which houses are heated, °C: base of Finnish degree days (S17).
const HEATING_BASE_C: f64 = 17.0;

/// What every sample starts from: the study, and the run whose design is kept.
#[derive(Clone, Copy)]
pub(crate) struct Base<'a> {
    pub(crate) study: &'a Study,
    pub(crate) demand: &'a HeatDemand,
    pub(crate) design: &'a Design,
    pub(crate) network: &'a NetworkState,
}

impl<'a> Base<'a> {
    /// From a complete run.
    pub(crate) fn new(study: &'a Study, run: &'a Run) -> Self {
        let (Some(demand), Some(design), Some(network)) = (&run.demand, &run.design, &run.network)
        else {
            unreachable!("invariant: a complete run has every noun");
        };
        Self {
            study,
            demand,
            design,
            network,
        }
    }
}

/// What one run of the chain gave.
pub(crate) struct Evaluation {
    pub(crate) kpis: Kpis,
    pub(crate) years: Vec<operation::FillYear>,
    pub(crate) unsolved_hours: usize,
}

/// Runs demand, source, network, dispatch and assessment under a change.
///
/// The network is simulated again unless nothing it feels differs.
pub(crate) fn evaluate(base: &Base<'_>, change: &Change) -> Result<Evaluation, Error> {
    let mut study = base.study.clone();
    weather(&mut study, change);
    prices(&mut study, change);
    let demand = demand(base, &study, change)?;
    let design = design(base.design, change);
    let sources = sources(&study)?;
    let setting = supply::Setting {
        study: &study,
        demand: &demand,
        design: &design,
        sources: &sources,
        case: hukka_dispatch::Case::WithDataCentre,
    };
    let network = if keeps_the_network(base, change) {
        None
    } else {
        let simulated = supply::simulate(&setting, &mut ());
        Some(
            simulated
                .map_err(|source| failed(Stage::Network, source))?
                .0,
        )
    };
    let full = Ratio::from_fraction(full_fill(&study));
    study = fills(study, change);
    let levels = levels(base.study, &study, full, change);
    let state = network.as_ref().unwrap_or(base.network);
    let (operated, _) = operation::operate(&study, &demand, &design, state, &levels)
        .map_err(|source| failed(Stage::Dispatch, source))?;
    let kpis = weigh(&study, (&demand, &design, state), &sources, &operated)?;
    Ok(Evaluation {
        kpis,
        years: operated.years,
        unsolved_hours: state.unsolved_steps.len(),
    })
}

/// Whether the base's network is this change's to the bit: nothing that the network feels differs.
fn keeps_the_network(base: &Base<'_>, change: &Change) -> bool {
    let is_central = base.design.sources.iter().all(|source| source.node == 0);
    let feels_prices = !is_central || base.study.network.supply_levels.is_some();
    change.keeps_the_load() && (*change == Change::NONE || !feels_prices)
}

/// The figures of given years of operation, without the sensitivities no sample needs.
fn weigh(
    study: &Study,
    (demand, design, network): (&HeatDemand, &Design, &NetworkState),
    sources: &[HeatSource],
    operated: &operation::Operation,
) -> Result<Kpis, Error> {
    let years = operation::FillYear::assessed(&operated.years);
    let inputs = hukka_assess::Inputs {
        study,
        demand,
        design,
        network,
        sources,
        years: &years,
        counterfactual: operated.counterfactual.as_ref(),
    };
    hukka_assess::figures(&inputs).map_err(|source| failed(Stage::Assess, source))
}

/// Heat offered at full fill.
pub(crate) fn sources(study: &Study) -> Result<Vec<HeatSource>, Error> {
    let inputs = hukka_source::Inputs { study };
    hukka_source::run(&inputs, &hukka_source::Options::default(), &mut ())
        .map(|(sources, _)| sources)
        .map_err(|source| failed(Stage::Source, source))
}

pub(crate) fn failed(
    stage: Stage,
    source: impl std::error::Error + Send + Sync + 'static,
) -> Error {
    Error::Stage {
        stage: stage.name(),
        source: Box::new(source),
    }
}

/// Moves the year's events by whole weeks and warms the year.
///
/// The outdoor temperature keeps its seasonal wave; what it adds to the wave moves, with prices
/// and carbon intensity of the same hours, so that cold spells stay dear and weekdays weekdays.
fn weather(study: &mut Study, change: &Change) {
    let hours = study.axis.len();
    let weeks = change.weeks.unsigned_abs() as usize * WEEK;
    if weeks > 0 && hours > weeks {
        let by = if change.weeks > 0 {
            weeks
        } else {
            hours - weeks
        };
        let outdoor = &study.weather.outdoor_temperature;
        let days = hours as f64 / 24.0;
        let wave = hukka_series::seasonal_wave(outdoor, &study.axis);
        let usual: Vec<TemperatureDifference> = study
            .axis
            .calendar
            .iter()
            .map(|hour| {
                let day = f64::from(hour.day_of_year) + (f64::from(hour.hour) + 0.5) / 24.0;
                let phase = std::f64::consts::TAU * (day - wave.coldest_day) / days;
                wave.amplitude * -phase.cos()
            })
            .collect();
        let mut own: Vec<_> = outdoor.iter().zip(&usual).map(|(t, u)| *t - *u).collect();
        own.rotate_right(by);
        study.weather.outdoor_temperature = own.iter().zip(&usual).map(|(t, u)| *t + *u).collect();
        study.prices.electricity.rotate_right(by);
        study.emissions.electricity.rotate_right(by);
    }
    if !same(change.temperature_k, 0.0) {
        let warmer = TemperatureDifference::from_kelvin(change.temperature_k);
        let weather = &mut study.weather;
        for t in weather
            .outdoor_temperature
            .iter_mut()
            .chain(&mut weather.ground_temperature)
        {
            *t = *t + warmer;
        }
    }
}

/// `p′ = level · (mean + swing · (p − mean))` for electricity, factors for the others.
fn prices(study: &mut Study, change: &Change) {
    let prices = &mut study.prices;
    if !same(change.swing, 1.0) && !prices.electricity.is_empty() {
        let sum: EnergyPrice = prices.electricity.iter().copied().sum();
        let mean = sum / prices.electricity.len() as f64;
        for price in &mut prices.electricity {
            *price = mean + (*price - mean) * change.swing;
        }
    }
    if !same(change.electricity, 1.0) {
        for price in &mut prices.electricity {
            *price = *price * change.electricity;
        }
    }
    for fuel in Fuel::ALL {
        let factor = match fuel {
            Fuel::Gas | Fuel::Oil => change.fossil,
            Fuel::WoodChip | Fuel::Peat => change.solid,
            Fuel::Electricity => 1.0,
        };
        prices.fuel[fuel.index()] = prices.fuel[fuel.index()] * factor;
    }
    prices.carbon = prices.carbon * change.carbon;
}

/// Demand under the changed weather.
///
/// A yearly heat that the study states belongs to the study's own weather: its space heat follows
/// the degree hours below 17 °C of the changed weather.
fn demand(base: &Base<'_>, study: &Study, change: &Change) -> Result<HeatDemand, Error> {
    if change.keeps_the_load() {
        return Ok(base.demand.clone());
    }
    let inputs = hukka_demand::Inputs { study };
    let options = hukka_demand::Options::default();
    let (mut demand, found) = hukka_demand::run(&inputs, &options, &mut ())
        .map_err(|source| failed(Stage::Demand, source))?;
    if found.iter().any(Diagnostic::is_error) {
        return Err(Error::Input(found));
    }
    let warmth = degree_hours(study) / degree_hours(base.study).max(1.0);
    for consumer in &mut demand.consumers {
        let is_stated = consumer.building.is_none_or(|building| {
            study.known_annual_demand.is_some()
                || study.buildings[building].known_annual_heat.is_some()
        });
        let space = if is_stated { warmth } else { 1.0 } * change.demand;
        consumer.space_heat = consumer.space_heat * space;
        consumer.hot_water = consumer.hot_water * change.demand;
        consumer.peak = consumer.peak * space;
    }
    demand.total = total(&demand);
    Ok(demand)
}

fn degree_hours(study: &Study) -> f64 {
    let outdoor = study.weather.outdoor_temperature.iter();
    outdoor.map(|t| (HEATING_BASE_C - t.c()).max(0.0)).sum()
}

/// The sum over all consumers, profile by profile.
fn total(demand: &HeatDemand) -> Vec<HeatPower> {
    let mut sums = vec![(0.0, 0.0); demand.profiles.len()];
    for consumer in &demand.consumers {
        sums[consumer.profile].0 += consumer.space_heat.si();
        sums[consumer.profile].1 += consumer.hot_water.si();
    }
    let mut total = vec![0.0; demand.total.len()];
    for (profile, (space, water)) in demand.profiles.iter().zip(sums) {
        let shapes = profile.space_heat.iter().zip(&profile.hot_water);
        for (sum, (s, w)) in total.iter_mut().zip(shapes) {
            *sum += (space * s + water * w) / SECONDS_PER_HOUR;
        }
    }
    total.into_iter().map(HeatPower::from_si).collect()
}

/// The base design at other prices of things and with other heat pumps of the same size.
fn design(base: &Design, change: &Change) -> Design {
    let mut design = base.clone();
    for item in &mut design.capex {
        // What stands already is paid for; its upkeep is known.
        if item.amount.eur() > 0.0 {
            item.amount = item.amount * change.investment;
            item.upkeep_per_year = item.upkeep_per_year * change.investment;
        }
    }
    if !same(change.efficiency, 1.0) {
        for pump in &mut design.heat_pumps {
            let efficiency = pump.efficiency.fraction() * change.efficiency;
            // A factor on a published COP may go above one, an efficiency may not.
            let is_factor = matches!(
                pump.model,
                hukka_model::HeatPumpModel::Jesper | hukka_model::HeatPumpModel::Map(_)
            );
            let most = if is_factor { 1.5 } else { 1.0 };
            pump.efficiency = Ratio::from_fraction(efficiency.clamp(0.05, most));
        }
    }
    design
}

/// The years of the data centre: late, leaving, halved.
fn fills(mut study: Study, change: &Change) -> Study {
    if change.keeps_the_fill() {
        return study;
    }
    let horizon = study.money.horizon_years;
    for centre in &mut study.data_centres {
        let planned = centre.fill.clone();
        centre.fill = (1..=horizon)
            .map(|year| {
                let has_left = change.served.is_some_and(|served| year > served);
                if year <= change.delay || has_left {
                    return Ratio::ZERO;
                }
                let index = (year - change.delay - 1) as usize;
                let fill = planned.get(index).or(planned.last());
                let fill = fill.copied().unwrap_or(Ratio::from_fraction(1.0));
                if change.half_from.is_some_and(|from| year >= from) {
                    fill * 0.5
                } else {
                    fill
                }
            })
            .collect();
    }
    study
}

/// Load-weighted fill of the fullest year.
fn full_fill(study: &Study) -> f64 {
    operation::own_levels(study).last().copied().unwrap_or(0.0)
}

/// The levels to dispatch: those of the operating years, none where it is empty for a while, and
/// full fill, which the figures of a year stand for. Many levels are thinned as in the study's run.
fn levels(base: &Study, study: &Study, full: Ratio, change: &Change) -> Vec<Ratio> {
    if change.keeps_the_fill() {
        return if operation::is_thinned(base) {
            operation::fill_levels(base)
        } else {
            let own = operation::own_levels(base);
            if own.is_empty() {
                vec![Ratio::ZERO]
            } else {
                own.into_iter().map(Ratio::from_fraction).collect()
            }
        };
    }
    let mut levels: Vec<f64> = if operation::is_thinned(study) {
        let thinned = operation::fill_levels(study);
        thinned.into_iter().map(Ratio::fraction).collect()
    } else {
        operation::own_levels(study)
    };
    levels.push(full.fraction());
    let years = study.money.horizon_years as usize;
    if (0..years).any(|year| operation::fill_of_year(study, year) <= 0.0) {
        levels.push(0.0);
    }
    levels.sort_by(f64::total_cmp);
    levels.dedup_by(|a, b| (*a - *b).abs() < 1e-9);
    levels.into_iter().map(Ratio::from_fraction).collect()
}
