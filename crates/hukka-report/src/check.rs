//! Shapes and finiteness of everything a report shows, before a line of it is written.

use crate::error::Error;
use crate::inputs::Inputs;
use hukka_units::{Quantity, as_si};

/// Checks that every series has its length, every index its target, and every number is finite.
pub(crate) fn check(inputs: &Inputs<'_>) -> Result<(), Error> {
    surroundings(inputs)?;
    sources(inputs)?;
    plan(inputs)?;
    network(inputs)?;
    references(inputs)?;
    owners(inputs)?;
    figures(inputs)
}

fn owners(inputs: &Inputs<'_>) -> Result<(), Error> {
    let hours = inputs.study.axis.len();
    for account in inputs.owners.iter().flat_map(|owners| &owners.accounts) {
        for item in &account.items {
            series(item.kind.label(), &item.hourly, hours)?;
        }
        series("net of an owner", &account.net_hourly, hours)?;
    }
    Ok(())
}

fn finite(name: &str, values: &[f64]) -> Result<(), Error> {
    match values.iter().position(|value| !value.is_finite()) {
        Some(position) => Err(Error::NotFinite {
            series: name.to_owned(),
            position,
        }),
        None => Ok(()),
    }
}

fn series<Q: Quantity>(name: &str, values: &[Q], expected: usize) -> Result<(), Error> {
    if values.len() != expected {
        return Err(Error::Shape {
            series: name.to_owned(),
            expected,
            found: values.len(),
        });
    }
    finite(name, as_si(values))
}

fn within(name: &str, index: usize, len: usize) -> Result<(), Error> {
    if index < len {
        Ok(())
    } else {
        Err(Error::Dangling {
            reference: name.to_owned(),
            index,
            len,
        })
    }
}

fn surroundings(inputs: &Inputs<'_>) -> Result<(), Error> {
    let study = inputs.study;
    let hours = study.axis.len();
    series(
        "outdoor temperature",
        &study.weather.outdoor_temperature,
        hours,
    )?;
    series(
        "ground temperature",
        &study.weather.ground_temperature,
        hours,
    )?;
    series("electricity price", &study.prices.electricity, hours)?;
    series(
        "carbon factor of electricity",
        &study.emissions.electricity,
        hours,
    )?;
    series("heat demand", &inputs.demand.total, hours)
}

fn sources(inputs: &Inputs<'_>) -> Result<(), Error> {
    let hours = inputs.study.axis.len();
    for source in inputs.sources {
        let name = |what: &str| format!("{what} of data centre {}", source.id);
        series(&name("IT power"), &source.it_power, hours)?;
        series(&name("auxiliary power"), &source.auxiliary_power, hours)?;
        series(&name("cooling power"), &source.cooling_power, hours)?;
        series(&name("recoverable heat"), &source.recoverable, hours)?;
        series(&name("unrecoverable heat"), &source.unrecoverable, hours)?;
        series(
            &name("source temperature"),
            &source.source_temperature,
            hours,
        )?;
        within(
            "data centre of a source",
            source.data_centre,
            inputs.study.data_centres.len(),
        )?;
    }
    Ok(())
}

fn plan(inputs: &Inputs<'_>) -> Result<(), Error> {
    let hours = inputs.study.axis.len();
    let plan = inputs.plan;
    for unit in &plan.units {
        let name = |what: &str| format!("{what} of unit {}", unit.id);
        series(&name("heat"), &unit.heat, hours)?;
        series(&name("source heat"), &unit.source_heat, hours)?;
        series(&name("electricity"), &unit.electricity, hours)?;
        series(&name("fuel"), &unit.fuel, hours)?;
        series(&name("COP"), &unit.cop, hours)?;
        series(&name("available heat"), &unit.available, hours)?;
    }
    for store in &plan.stores {
        let name = |what: &str| format!("{what} of store {}", store.id);
        series(&name("charge"), &store.charge, hours)?;
        series(&name("discharge"), &store.discharge, hours)?;
        series(&name("level"), &store.level, hours)?;
        series(&name("loss"), &store.loss, hours)?;
    }
    series("heat fed", &plan.heat_demand, hours)?;
    series("unserved heat", &plan.unserved, hours)?;
    series("dumped heat", &plan.dumped, hours)?;
    series("pump power of the plan", &plan.pump_power, hours)?;
    series("heat price", &plan.heat_price, hours)
}

fn network(inputs: &Inputs<'_>) -> Result<(), Error> {
    let hours = inputs.study.axis.len();
    let design = inputs.design;
    let hourly = &inputs.network.hourly;
    series("supply temperature", &hourly.supply_temperature, hours)?;
    series("return temperature", &hourly.return_temperature, hours)?;
    series(
        "coldest supply temperature",
        &hourly.coldest_supply_temperature,
        hours,
    )?;
    series("heat delivered", &hourly.heat_delivered, hours)?;
    series("heat loss", &hourly.heat_loss, hours)?;
    series("pump power", &hourly.pump_power, hours)?;
    series("mass flow", &hourly.mass_flow, hours)?;
    series(
        "differential pressure",
        &hourly.differential_pressure,
        hours,
    )?;
    if inputs.network.trenches.len() != design.trenches.len() {
        return Err(Error::Shape {
            series: "results of trenches".to_owned(),
            expected: design.trenches.len(),
            found: inputs.network.trenches.len(),
        });
    }
    for snapshot in &inputs.network.snapshots {
        let name = |what: &str| format!("{what} in snapshot {}", snapshot.label);
        series(
            &name("supply temperature"),
            &snapshot.supply_temperature,
            design.nodes.len(),
        )?;
        series(
            &name("return temperature"),
            &snapshot.return_temperature,
            design.nodes.len(),
        )?;
        within("hour of a snapshot", snapshot.step, hours)?;
    }
    Ok(())
}

fn references(inputs: &Inputs<'_>) -> Result<(), Error> {
    let design = inputs.design;
    let nodes = design.nodes.len();
    let consumers = inputs.demand.consumers.len();
    for trench in &design.trenches {
        within("start of a trench", trench.from, nodes)?;
        within("end of a trench", trench.to, nodes)?;
    }
    for connected in &design.connected {
        within("connected consumer", connected.consumer, consumers)?;
        within("node of a consumer", connected.node, nodes)?;
    }
    for left_out in &design.unconnected {
        within("unconnected consumer", left_out.consumer, consumers)?;
    }
    for source in &design.sources {
        within("node of a data centre", source.node, nodes)?;
        within(
            "data centre of a connection",
            source.data_centre,
            inputs.study.data_centres.len(),
        )?;
    }
    for consumer in &inputs.demand.consumers {
        if let Some(building) = consumer.building {
            within(
                "building of a consumer",
                building,
                inputs.study.buildings.len(),
            )?;
        }
    }
    Ok(())
}

fn figures(inputs: &Inputs<'_>) -> Result<(), Error> {
    let assessment = inputs.assessment;
    let kpis = &assessment.kpis;
    finite(
        "key figures",
        &[
            kpis.heat_delivered.si(),
            kpis.heat_fed.si(),
            kpis.heat_loss.si(),
            kpis.loss_share.si(),
            kpis.pumping_share.si(),
            kpis.heat_pump_heat.si(),
            kpis.share_covered.si(),
            kpis.heat_available.si(),
            kpis.heat_used.si(),
            kpis.use_share.si(),
            kpis.it_energy.si(),
            kpis.facility_energy.si(),
            kpis.pue.si(),
            kpis.pue_without_reuse.si(),
            kpis.erf.si(),
            kpis.pue_heat_pump_inside.si(),
            kpis.erf_heat_pump_inside.si(),
            kpis.waste_heat_temperature.si(),
            kpis.mean_cop.si(),
            kpis.heat_pump_energy.si(),
            kpis.carbon.si(),
            kpis.carbon_counterfactual.si(),
            kpis.carbon_saved.si(),
            kpis.investment.si(),
            kpis.lcoh.si(),
            kpis.heat_cost_counterfactual.si(),
            kpis.npv.si(),
            kpis.payback_years.unwrap_or(0.0),
            kpis.irr.map_or(0.0, Quantity::si),
            kpis.boiler_peak.si(),
            kpis.trench_length.si(),
            kpis.distance_to_town.si(),
        ],
    )?;
    for year in &assessment.cash_flow {
        let values = [
            year.investment,
            year.revenue,
            year.operating_cost,
            year.net,
            year.cumulative_discounted,
        ];
        finite("cash flow", as_si(&values))?;
    }
    for payment in &assessment.payments {
        finite("payments", &[payment.amount.si()])?;
    }
    for point in &assessment.break_evens {
        let (low, high) = point.npv_low_high;
        let at_zero = point.at_zero_npv.unwrap_or(point.base);
        finite("break-evens", &[point.base, at_zero, low.si(), high.si()])?;
    }
    for balance in &assessment.balances {
        finite(
            "balances",
            &[balance.inflow, balance.outflow, balance.relative_residual],
        )?;
    }
    for (distance, cost) in &assessment.distance_curve {
        finite("distance curve", &[distance.si(), cost.si()])?;
    }
    Ok(())
}
