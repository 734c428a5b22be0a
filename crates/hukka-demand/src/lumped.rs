//! Demands given as one number or one series. SI; temperatures in °C.

use crate::amount::Amount;
use crate::building::Estimate;
use crate::error::Error;
use crate::findings;
use crate::hot_water::normalise;
use crate::process::process_share;
use crate::profile::{AgeClass, Climates, Kind, ProfileKey, UseClimate, shape};
use crate::signature::Signature;
use crate::standard::standard_share;
use crate::weather::Climate;
use hukka_model::{
    BuildingUse, DemandProfile, Diagnostic, LocalHour, LumpedDemand, Meter, Process,
    StandardProfile,
};
use hukka_units::{SECONDS_PER_HOUR, as_si};

/// Year the buildings behind a lumped demand are taken to be from: middle of the Finnish stock.
const YEAR: i32 = 1975;
/// Load sums may differ from the stated heat by rounding.
const SUM_TOLERANCE: f64 = 1e-3;
/// Heating hours of a measured load, for its signature.
const SIGNATURE_BELOW_C: f64 = 10.0;
/// Fewest heating hours a signature is drawn through.
const SIGNATURE_MIN_HOURS: usize = 200;

/// One lumped demand: its amounts and, if measured, its own profile.
pub(crate) struct Lump {
    pub(crate) amount: Amount,
    pub(crate) measured: Option<DemandProfile>,
}

/// The amounts of one lumped demand; `None` when it needs nothing.
///
/// With a meter of another year, a standard profile or a measured load, space heat and hot water share its shape, scaled to the stated heat. The
/// heat of the design day comes from a straight line through the measured heating hours, otherwise
/// from a typical building of the use.
pub(crate) fn lump(
    index: usize,
    demand: &LumpedDemand,
    climates: &Climates,
    (place, calendar): ((&str, &Climate), &[LocalHour]),
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<Lump>, Error> {
    let design_c = place.1.design_c;
    check(demand)?;
    let annual = demand.annual_heat.si();
    if annual <= 0.0 {
        return Ok(None);
    }
    let usage = if demand.usage == BuildingUse::Unheated {
        diagnostics.push(findings::unheated_lump(&demand.id));
        BuildingUse::Other
    } else {
        demand.usage
    };
    let Some(felt) = climates.get(usage, AgeClass::of(YEAR)) else {
        return Ok(None);
    };
    let water = annual * demand.hot_water_share.fraction();
    let typical = Estimate::typical(felt, YEAR, design_c);
    let estimate = typical.grown_to(annual).with_heat(annual - water, water);
    let learnt = match &demand.meter {
        Some(meter) => learn(meter, &demand.id, diagnostics)?,
        None => None,
    };
    let measured = match (&learnt, demand.standard) {
        (Some(signature), _) => Some(shares(signature.predict(&place.1.outdoor_c, calendar))),
        (None, Some(profile)) => standard_shape(profile, place, calendar)?,
        (None, None) => measured_shape(demand, felt.temperature_c.len(), diagnostics)?,
    };
    let from_meter = learnt.as_ref().map(|signature| {
        let year: f64 = signature.predict(&place.1.outdoor_c, calendar).iter().sum();
        signature.coldest_hour(design_c) / year
    });
    let from_load = || {
        measured
            .as_ref()
            .and_then(|shape| heating_line(shape, felt, design_c))
    };
    let design = from_meter
        .or_else(from_load)
        .map_or(estimate.design_space_heat, |share| {
            (share * annual / SECONDS_PER_HOUR).max(0.0)
        });
    let mut amount = Amount {
        id: demand.id.clone(),
        building: None,
        position: demand.position,
        key: match &measured {
            Some(_) => ProfileKey::Measured(index),
            None => ProfileKey::Kind(usage, AgeClass::of(YEAR)),
        },
        balance_c: estimate.balance_c,
        space_heat: estimate.space_heat,
        hot_water: estimate.hot_water,
        design_space_heat: design,
        heated_area: estimate.heated_area,
        year: YEAR,
        usage,
        secondary_supply: demand.secondary_supply,
        has_own_water: measured.is_none(),
        is_known: true,
    };
    let measured = measured.map(|shape| DemandProfile {
        name: match demand.standard {
            _ if learnt.is_some() => format!("signature of the meter of {}", demand.id),
            Some(profile) => format!("standard profile {}", profile.customer.word()),
            None => format!("measured: {}", demand.id),
        },
        space_heat: shape.clone(),
        hot_water: shape,
    });
    let Some(process) = demand.process.as_ref() else {
        return Ok(Some(Lump { amount, measured }));
    };
    let comfort = measured.unwrap_or_else(|| {
        let kind = Kind {
            usage,
            age: AgeClass::of(YEAR),
            balance_c: estimate.balance_c,
        };
        shape(&kind, felt, place.1, calendar).0
    });
    amount.key = ProfileKey::Measured(index);
    let measured = Some(with_process(&mut amount, process, comfort, calendar));
    Ok(Some(Lump { amount, measured }))
}

/// Gives part of the heat to a process: it joins the hot water, whose hours then are its own too.
fn with_process(
    amount: &mut Amount,
    process: &Process,
    comfort: DemandProfile,
    calendar: &[LocalHour],
) -> DemandProfile {
    let annual = amount.annual();
    let share = process.share.fraction();
    let for_process = annual * share;
    let work = process_share(process, calendar);
    amount.scale(1.0 - share);
    if !amount.has_own_water {
        // One shape holds both: what is left of them is one amount.
        amount.space_heat += std::mem::take(&mut amount.hot_water);
    }
    let water = amount.hot_water;
    amount.hot_water += for_process;
    let all = amount.hot_water;
    let mut hot_water: Vec<f64> = comfort
        .hot_water
        .iter()
        .zip(&work)
        .map(|(comfort, work)| (water * comfort + for_process * work) / all.max(1.0))
        .collect();
    normalise(&mut hot_water);
    amount.has_own_water = true;
    DemandProfile {
        name: format!("{}, with a process", comfort.name),
        space_heat: comfort.space_heat,
        hot_water,
    }
}

fn check(demand: &LumpedDemand) -> Result<(), Error> {
    let out = |key: &str, value, allowed| {
        Err(Error::OutOfRange {
            subject: format!("{key} of lumped demand {}", demand.id),
            value,
            allowed,
        })
    };
    if !(demand.annual_heat.is_finite() && demand.annual_heat.si() >= 0.0) {
        return out("annual heat", demand.annual_heat.si(), "0 or more");
    }
    if !(0.0..=1.0).contains(&demand.hot_water_share.fraction()) {
        return out(
            "hot-water share",
            demand.hot_water_share.fraction(),
            "0 to 1",
        );
    }
    Ok(())
}

/// A standard profile as shares of its sum.
fn standard_shape(
    profile: StandardProfile,
    (country, climate): (&str, &Climate),
    calendar: &[LocalHour],
) -> Result<Option<Vec<f64>>, Error> {
    let shape = standard_share(profile, country, &climate.outdoor_c, calendar).map_err(|_| {
        Error::NoStandardProfile {
            customer: profile.customer.word(),
            building_class: profile.building_class,
        }
    })?;
    Ok(Some(shares(shape)))
}

/// The signature of a meter, and what is to be said of it; `None` when it teaches nothing.
fn learn(
    meter: &Meter,
    id: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<Signature>, Error> {
    let hours = meter.calendar.len();
    for (what, found) in [
        ("metered load", meter.load.len()),
        (
            "outdoor temperature of the meter",
            meter.outdoor_temperature.len(),
        ),
    ] {
        if found != hours {
            return Err(Error::SeriesLength {
                subject: format!("{what} of lumped demand {id}"),
                found,
                expected: hours,
            });
        }
    }
    let load = as_si(&meter.load);
    let outdoor: Vec<f64> = meter.outdoor_temperature.iter().map(|t| t.c()).collect();
    let is_sound = load.iter().all(|q| *q >= 0.0) && load.iter().any(|q| *q > 0.0);
    let signature = is_sound
        .then(|| Signature::of_meter(load, &outdoor, &meter.calendar))
        .flatten();
    match &signature {
        Some(signature) => {
            let fit = signature.fit(load, &outdoor, &meter.calendar);
            diagnostics.push(findings::learnt(id, &fit, signature.change_point_c()));
        }
        None => diagnostics.push(findings::unlearnt(id)),
    }
    Ok(signature)
}

/// Shares of a load's sum.
fn shares(mut load: Vec<f64>) -> Vec<f64> {
    // Twice: the first division leaves a rounding error in the sum.
    normalise(&mut load);
    normalise(&mut load);
    load
}

/// The load as shares of its sum; `None` without a usable load.
fn measured_shape(
    demand: &LumpedDemand,
    steps: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<Vec<f64>>, Error> {
    let Some(load) = &demand.load else {
        return Ok(None);
    };
    if load.len() != steps {
        return Err(Error::SeriesLength {
            subject: format!("load of lumped demand {}", demand.id),
            found: load.len(),
            expected: steps,
        });
    }
    let load = as_si(load);
    let sum: f64 = load.iter().sum();
    let bad = load.iter().position(|q| !(q.is_finite() && *q >= 0.0));
    if bad.is_some() || sum <= 0.0 {
        diagnostics.push(findings::bad_load(&demand.id, bad));
        return Ok(None);
    }
    let annual = demand.annual_heat.si();
    if (sum * SECONDS_PER_HOUR / annual - 1.0).abs() > SUM_TOLERANCE {
        diagnostics.push(findings::load_rescaled(
            &demand.id,
            sum * SECONDS_PER_HOUR,
            annual,
        ));
    }
    Ok(Some(shares(load.to_vec())))
}

/// Share of the year's heat in an hour of the design day: least squares over heating hours.
///
/// `q = a + b T` over hours with lagged outdoor temperature below 10 °C; `None` with too few of
/// them or a load that does not rise with the cold.
fn heating_line(shape: &[f64], felt: &UseClimate, design_c: f64) -> Option<f64> {
    let hours: Vec<(f64, f64)> = felt
        .temperature_c
        .iter()
        .zip(shape)
        .filter(|(t, _)| **t < SIGNATURE_BELOW_C)
        .map(|(t, q)| (*t, *q))
        .collect();
    if hours.len() < SIGNATURE_MIN_HOURS {
        return None;
    }
    let count = hours.len() as f64;
    let mean_t = hours.iter().map(|(t, _)| t).sum::<f64>() / count;
    let mean_q = hours.iter().map(|(_, q)| q).sum::<f64>() / count;
    let (mut tt, mut tq) = (0.0, 0.0);
    for (t, q) in &hours {
        tt += (t - mean_t) * (t - mean_t);
        tq += (t - mean_t) * (q - mean_q);
    }
    (tt > 0.0 && tq < 0.0).then(|| mean_q + tq / tt * (design_c - mean_t))
}
