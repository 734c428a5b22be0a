//! Whether the inputs fit together.

use crate::error::Error;
use crate::inputs::Inputs;
use hukka_model::{Counterfactual, DispatchPlan, HeatSource, UnitKind};

/// Checks shapes and references; finds nothing a user could have mistyped.
pub(crate) fn check(inputs: &Inputs<'_>) -> Result<(), Error> {
    if inputs.years.is_empty() {
        return Err(Error::NoOperatingYear);
    }
    if inputs.study.money.horizon_years == 0 {
        return Err(Error::EmptyHorizon);
    }
    for pair in inputs.years.windows(2) {
        let (before, after) = (pair[0].fill.fraction(), pair[1].fill.fraction());
        if before >= after {
            return Err(Error::FillNotAscending { before, after });
        }
    }
    check_study(inputs)?;
    check_network(inputs)?;
    for year in inputs.years {
        check_plan(inputs, year.plan, "plan")?;
        check_sources(inputs, year.sources)?;
    }
    check_sources(inputs, inputs.sources)?;
    match (&inputs.study.counterfactual, inputs.counterfactual) {
        (Counterfactual::ExistingPlant, None) => Err(Error::NoCounterfactualPlan),
        (_, Some(plan)) => check_plan(inputs, plan, "counterfactual"),
        (Counterfactual::Individual { .. }, None) => Ok(()),
    }
}

fn length(inputs: &Inputs<'_>, series: impl Into<String>, found: usize) -> Result<(), Error> {
    let expected = inputs.study.axis.len();
    if found == expected {
        return Ok(());
    }
    Err(Error::WrongLength {
        series: series.into(),
        expected,
        found,
    })
}

fn index(what: impl Into<String>, index: usize, count: usize) -> Result<(), Error> {
    if index < count {
        return Ok(());
    }
    Err(Error::UnknownIndex {
        what: what.into(),
        index,
        count,
    })
}

fn check_study(inputs: &Inputs<'_>) -> Result<(), Error> {
    let study = inputs.study;
    length(inputs, "electricity price", study.prices.electricity.len())?;
    length(
        inputs,
        "outdoor temperature",
        study.weather.outdoor_temperature.len(),
    )?;
    length(
        inputs,
        "ground temperature",
        study.weather.ground_temperature.len(),
    )?;
    for connected in &inputs.design.connected {
        index(
            "a connected consumer",
            connected.consumer,
            inputs.demand.consumers.len(),
        )?;
    }
    for source in &inputs.design.sources {
        index(
            "a source connection",
            source.data_centre,
            study.data_centres.len(),
        )?;
    }
    Ok(())
}

fn check_network(inputs: &Inputs<'_>) -> Result<(), Error> {
    let hourly = &inputs.network.hourly;
    length(
        inputs,
        "network supply temperature",
        hourly.supply_temperature.len(),
    )?;
    length(
        inputs,
        "network return temperature",
        hourly.return_temperature.len(),
    )?;
    length(inputs, "network heat fed", hourly.heat_fed.len())?;
    length(
        inputs,
        "network heat delivered",
        hourly.heat_delivered.len(),
    )?;
    length(inputs, "network heat loss", hourly.heat_loss.len())?;
    length(inputs, "network pump power", hourly.pump_power.len())
}

fn check_plan(inputs: &Inputs<'_>, plan: &DispatchPlan, name: &str) -> Result<(), Error> {
    length(
        inputs,
        format!("{name} heat demand"),
        plan.heat_demand.len(),
    )?;
    length(inputs, format!("{name} unserved heat"), plan.unserved.len())?;
    length(inputs, format!("{name} dumped heat"), plan.dumped.len())?;
    length(inputs, format!("{name} pump power"), plan.pump_power.len())?;
    for unit in &plan.units {
        let what = format!("{name} unit {}", unit.id);
        match unit.kind {
            UnitKind::HeatPump(i) => index(&what, i, inputs.design.heat_pumps.len())?,
            UnitKind::Boiler(i) => index(&what, i, inputs.design.boilers.len())?,
        }
        for found in [
            unit.heat.len(),
            unit.source_heat.len(),
            unit.electricity.len(),
            unit.fuel.len(),
            unit.available.len(),
        ] {
            length(inputs, what.clone(), found)?;
        }
    }
    for store in &plan.stores {
        for found in [
            store.charge.len(),
            store.discharge.len(),
            store.level.len(),
            store.loss.len(),
        ] {
            length(inputs, format!("{name} store {}", store.id), found)?;
        }
    }
    Ok(())
}

fn check_sources(inputs: &Inputs<'_>, sources: &[HeatSource]) -> Result<(), Error> {
    for source in sources {
        index(
            format!("source {}", source.id),
            source.data_centre,
            inputs.study.data_centres.len(),
        )?;
        for found in [
            source.it_power.len(),
            source.auxiliary_power.len(),
            source.cooling_power.len(),
            source.cooling_saved_per_heat.len(),
            source.recoverable.len(),
            source.unrecoverable.len(),
            source.source_temperature.len(),
        ] {
            length(inputs, format!("source {}", source.id), found)?;
        }
    }
    for (i, pump) in inputs.design.heat_pumps.iter().enumerate() {
        index(
            format!("heat pump {i}"),
            pump.data_centre,
            inputs.study.data_centres.len(),
        )?;
    }
    Ok(())
}
