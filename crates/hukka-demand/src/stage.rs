//! The stage: everyone's heat over the year.

use crate::amount::Amount;
use crate::building::{self, Outcome};
use crate::calibration::calibrate;
use crate::error::Error;
use crate::extreme::ExtremeProfile;
use crate::findings;
use crate::lumped::lump;
use crate::profile::{Climates, PeakHours, ProfileKey, kinds, shape};
use crate::renovation::renovate;
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
/// hour of hot water, and never less than the highest hour of the study year or of an extreme year.
/// Renovation until the year asked for comes last.
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
    diagnostics.extend(renovate(&mut amounts, &study.stock));
    let mut profiles = estimated(&amounts, &climates, &climate, study, &mut diagnostics);
    let extreme = extreme(&amounts, &climates, &climate, study)?;
    diagnostics.extend(extreme_note(&amounts, &profiles, &extreme, study));
    profiles.extend(measured);
    let steps = study.axis.len();
    Ok((
        assemble(&amounts, (profiles, &extreme), steps, calibration),
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

/// The extreme year of every estimated profile; empty without one.
fn extreme(
    amounts: &[Amount],
    climates: &Climates,
    climate: &Climate,
    study: &Study,
) -> Result<BTreeMap<ProfileKey, ExtremeProfile>, Error> {
    let mut profiles = BTreeMap::new();
    let calendar = &study.axis.calendar;
    let Some(cold) = Climate::of_extreme(study, climate)? else {
        return Ok(profiles);
    };
    let cold = Climates::new(&cold, calendar);
    for (key, kind) in kinds(amounts) {
        let both = climates
            .get(kind.usage, kind.age)
            .zip(cold.get(kind.usage, kind.age));
        if let Some(found) =
            both.and_then(|both| ExtremeProfile::of(&kind, both, climate, calendar))
        {
            profiles.insert(key, found);
        }
    }
    Ok(profiles)
}

/// What the extreme year asks of the estimated consumers, beside the typical one.
fn extreme_note(
    amounts: &[Amount],
    typical: &BTreeMap<ProfileKey, DemandProfile>,
    extreme: &BTreeMap<ProfileKey, ExtremeProfile>,
    study: &Study,
) -> Option<Diagnostic> {
    let year = study.weather.extreme.as_ref()?;
    let mut hours = vec![(0.0, 0.0); study.axis.len()];
    for amount in amounts {
        let (Some(usual), Some(cold)) = (typical.get(&amount.key), extreme.get(&amount.key)) else {
            continue;
        };
        let at = |shape: &DemandProfile, t: usize| {
            amount.space_heat * shape.space_heat[t] + amount.hot_water * shape.hot_water[t]
        };
        for (t, hour) in hours.iter_mut().enumerate() {
            hour.0 += at(usual, t) / SECONDS_PER_HOUR;
            hour.1 += at(&cold.shape, t) / SECONDS_PER_HOUR;
        }
    }
    let (usual, cold): (f64, f64) = hours.iter().fold((0.0, 0.0), |s, h| (s.0 + h.0, s.1 + h.1));
    let highest = |pick: fn(&(f64, f64)) -> f64| hours.iter().map(pick).fold(0.0, f64::max);
    let more = if usual > 0.0 { cold / usual - 1.0 } else { 0.0 };
    let peaks = (highest(|h| h.1), highest(|h| h.0));
    Some(findings::extreme(&year.provenance, more, peaks))
}

fn assemble(
    amounts: &[Amount],
    (profiles, extreme): (
        BTreeMap<ProfileKey, DemandProfile>,
        &BTreeMap<ProfileKey, ExtremeProfile>,
    ),
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
        let cold = extreme.get(&amount.key).map(|cold| &cold.peaks);
        consumers.push(consumer(amount, profile, &peaks[profile], cold));
    }
    HeatDemand {
        total: from_si(total(&profiles, &sums, steps)),
        profiles,
        consumers,
        calibration,
    }
}

fn consumer(
    amount: &Amount,
    profile: usize,
    peaks: &PeakHours,
    extreme: Option<&PeakHours>,
) -> ConsumerDemand {
    let peak = peaks.highest(amount.space_heat, amount.hot_water) / SECONDS_PER_HOUR;
    // A measured load holds its hot water already.
    let hot_water = if amount.has_own_water {
        peaks.highest(0.0, amount.hot_water) / SECONDS_PER_HOUR
    } else {
        0.0
    };
    let coldest = extreme.map_or(0.0, |peaks| {
        peaks.highest(amount.space_heat, amount.hot_water) / SECONDS_PER_HOUR
    });
    let design = (amount.design_space_heat + hot_water)
        .max(peak)
        .max(coldest);
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
        required_supply_temperature: required_supply_temperature(
            amount.year,
            amount.secondary_supply,
        ),
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
