//! The park's numbers from the nouns: costs, limits and shares of every unit, hour by hour.

use crate::check::{capacity, non_negative, number, series};
use crate::pumps::{PumpHours, add_pumps};
use crate::study_park::{Park, Tank, Unit};
use crate::{Case, DEFAULT_STORE_HOURS, Error, Inputs};
use hukka_model::{Boiler, Fuel, Store, UnitKind};
use hukka_units::HeatPower;

/// Watts in a megawatt.
const W_PER_MW: f64 = 1e6;

/// Unserved heat costs at least this many times the dearest heat of the year: it is what the plant
/// cannot make, never what it would rather not.
const LAST_RESORT: f64 = 2.0;

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

/// Builds the park of a case, heat pumps at full-load COP.
pub(crate) fn terms(inputs: &Inputs<'_>, case: Case) -> Result<Terms, Error> {
    terms_at(inputs, case, &[])
}

/// Builds the park of a case with the part-load factors of each heat pump.
pub(crate) fn terms_at(
    inputs: &Inputs<'_>,
    case: Case,
    load_factors: &[Vec<f64>],
) -> Result<Terms, Error> {
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
        add_pumps(&mut terms, inputs, &electricity, load_factors)?;
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
pub(crate) fn electricity_price(inputs: &Inputs<'_>) -> Result<Vec<f64>, Error> {
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
