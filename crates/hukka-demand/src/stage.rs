//! The stage: everyone's heat over the year.

use crate::amount::Amount;
use crate::building::{self, Outcome};
use crate::calibration::calibrate;
use crate::error::Error;
use crate::findings;
use crate::lumped::lump;
use crate::profile::{Climates, PeakHours, ProfileKey, kinds, shape};
use crate::supply::required_supply_temperature;
use crate::weather::Climate;
use hukka_model::{ConsumerDemand, DemandProfile, Diagnostic, HeatDemand, Study};
use hukka_numerics::Observer;
use hukka_units::{Area, HeatEnergy, HeatPower, SECONDS_PER_HOUR, from_si};
use std::collections::BTreeMap;

/// Buildings between two looks at the observer.
const OBSERVED_EVERY: usize = 512;

/// What the stage works from.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// The checked study.
    pub study: &'a Study,
}

/// What the stage may be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// Leaves the estimate as it is although the study knows the total.
    pub skips_calibration: bool,
}

/// The heat everyone needs, hour by hour.
///
/// Buildings: heat-loss coefficient and balance point from size, use and year, degree-hours of the
/// outdoor temperature with the sun in it, lagged by the building's mass; hot water by floor area; stated heat where given; then calibrated to
/// the known total. Lumped demands keep their amount. Consumers of one use and age share a profile.
/// The design power is the steady heat loss at the design outdoor temperature with the highest
/// hour of hot water, and never less than the highest hour of the study year.
///
/// # Shapes  consumers: buildings in the study's order, then lumped demands; at most 36 estimated
///   profiles and one per measured load
/// # Errors  a series or amount outside its meaning; stopped by the observer. A study in which
///   nothing needs heat is a diagnostic (`HK0401`) and an empty demand
pub fn run(
    inputs: &Inputs<'_>,
    options: &Options,
    observer: &mut impl Observer,
) -> Result<(HeatDemand, Vec<Diagnostic>), Error> {
    let study = inputs.study;
    let climate = Climate::of(study)?;
    let climates = Climates::new(&climate, &study.axis.calendar);
    let mut diagnostics = Vec::new();

    let mut amounts = buildings(study, &climates, &climate, &mut diagnostics, observer)?;
    let calibration = match known_total(study)? {
        Some(known) if !options.skips_calibration => {
            let (factor, found) = calibrate(&mut amounts, known);
            diagnostics.extend(found);
            factor
        }
        _ => 1.0,
    };
    let mut measured = BTreeMap::new();
    let place = (
        (study.place.country.as_str(), &climate),
        study.axis.calendar.as_slice(),
    );
    for (index, demand) in study.lumped_demands.iter().enumerate() {
        let found = lump(index, demand, &climates, place, &mut diagnostics)?;
        if let Some(lump) = found {
            if let Some(profile) = lump.measured {
                measured.insert(lump.amount.key, profile);
            }
            amounts.push(lump.amount);
        }
    }
    if amounts.is_empty() {
        diagnostics.push(findings::nothing_needs_heat());
    }
    let mut profiles = estimated(&amounts, &climates, &climate, study, &mut diagnostics);
    profiles.extend(measured);
    let steps = study.axis.len();
    Ok((
        assemble(&amounts, profiles, steps, calibration),
        diagnostics,
    ))
}

fn buildings(
    study: &Study,
    climates: &Climates,
    climate: &Climate,
    diagnostics: &mut Vec<Diagnostic>,
    observer: &mut impl Observer,
) -> Result<Vec<Amount>, Error> {
    let total = study.buildings.len();
    let mut amounts = Vec::with_capacity(total);
    let mut unheated = 0;
    let mut unusable = Vec::new();
    for (index, building) in study.buildings.iter().enumerate() {
        if index % OBSERVED_EVERY == 0 {
            if observer.should_stop() {
                return Err(Error::Stopped);
            }
            observer.progress(index, total);
        }
        match building::outcome(index, building, climates, climate.design_c)? {
            Outcome::Consumer(amount) if amount.annual() > 0.0 => amounts.push(amount),
            Outcome::Consumer(_) | Outcome::Unheated => unheated += 1,
            Outcome::Unusable => unusable.push(building.id.as_str()),
        }
    }
    observer.progress(total, total);
    if unheated > 0 {
        diagnostics.push(findings::unheated(unheated, total));
    }
    if !unusable.is_empty() {
        diagnostics.push(findings::unusable(&unusable));
    }
    Ok(amounts)
}

fn known_total(study: &Study) -> Result<Option<f64>, Error> {
    match study.known_annual_demand {
        Some(total) if !(total.is_finite() && total.si() > 0.0) => Err(Error::OutOfRange {
            subject: "demand.annual_mwh".to_owned(),
            value: total.si(),
            allowed: "above 0",
        }),
        total => Ok(total.map(HeatEnergy::si)),
    }
}

/// The profiles of every use and age that occurs, in the order of their keys.
fn estimated(
    amounts: &[Amount],
    climates: &Climates,
    climate: &Climate,
    study: &Study,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<ProfileKey, DemandProfile> {
    let mut profiles = BTreeMap::new();
    for (key, kind) in kinds(amounts) {
        let Some(felt) = climates.get(kind.usage, kind.age) else {
            continue;
        };
        let (profile, is_even) = shape(&kind, felt, climate, &study.axis.calendar);
        let needs_space_heat = || amounts.iter().any(|a| a.key == key && a.space_heat > 0.0);
        if is_even && needs_space_heat() {
            diagnostics.push(findings::spread_evenly(&profile.name));
        }
        profiles.insert(key, profile);
    }
    profiles
}

fn assemble(
    amounts: &[Amount],
    profiles: BTreeMap<ProfileKey, DemandProfile>,
    steps: usize,
    calibration: f64,
) -> HeatDemand {
    let keys: Vec<ProfileKey> = profiles.keys().copied().collect();
    let profiles: Vec<DemandProfile> = profiles.into_values().collect();
    let peaks: Vec<PeakHours> = profiles.iter().map(PeakHours::of).collect();
    let mut sums = vec![(0.0, 0.0); profiles.len()];
    let mut consumers = Vec::with_capacity(amounts.len());
    for amount in amounts {
        let Ok(profile) = keys.binary_search(&amount.key) else {
            continue;
        };
        sums[profile].0 += amount.space_heat;
        sums[profile].1 += amount.hot_water;
        consumers.push(consumer(amount, profile, &peaks[profile]));
    }
    HeatDemand {
        total: from_si(total(&profiles, &sums, steps)),
        profiles,
        consumers,
        calibration,
    }
}

fn consumer(amount: &Amount, profile: usize, peaks: &PeakHours) -> ConsumerDemand {
    let peak = peaks.highest(amount.space_heat, amount.hot_water) / SECONDS_PER_HOUR;
    // A measured load holds its hot water already.
    let hot_water = match amount.key {
        ProfileKey::Kind(..) => peaks.highest(0.0, amount.hot_water) / SECONDS_PER_HOUR,
        ProfileKey::Measured(_) => 0.0,
    };
    let design = (amount.design_space_heat + hot_water).max(peak);
    ConsumerDemand {
        id: amount.id.clone(),
        building: amount.building,
        position: amount.position,
        profile,
        space_heat: HeatEnergy::from_si(amount.space_heat),
        hot_water: HeatEnergy::from_si(amount.hot_water),
        peak: HeatPower::from_w(peak),
        design_power: HeatPower::from_w(design),
        heated_area: Area::from_m2(amount.heated_area),
        required_supply_temperature: required_supply_temperature(amount.year),
    }
}

/// Watts of everyone, from the sums per profile.
fn total(profiles: &[DemandProfile], sums: &[(f64, f64)], steps: usize) -> Vec<f64> {
    let mut total = vec![0.0; steps];
    for (profile, (space, water)) in profiles.iter().zip(sums) {
        let shapes = profile.space_heat.iter().zip(&profile.hot_water);
        for (sum, (s, w)) in total.iter_mut().zip(shapes) {
            *sum += (space * s + water * w) / SECONDS_PER_HOUR;
        }
    }
    total
}
