//! `summary.json`: the run in figures, for machines.

mod compliance;
mod money;

pub use compliance::compliance;

use crate::inputs::Inputs;
use crate::label;
use crate::measured::Measured;
use crate::sections::network::delays;
use crate::series::{annual_mwh, converted, largest, mean, megawatts, taken_from};
use hukka_model::{
    ContractOutcome, Driver, Kpis, OwnerAccount, OwnersAccount, SupplyAccount, SupplyChoice,
    UnitKind,
};
use hukka_units::{EnergyPrice, HeatEnergy, HeatPower, Pressure, Ratio, Temperature};
use serde_json::{Value, json};

/// Version of the keys in `summary.json`.
pub const SCHEMA: &str = "hukka-summary/1";

/// The run in figures: keys carry their unit and keep their order; no clock, so that the same
/// inputs give the same bytes.
pub fn summary(inputs: &Inputs<'_>) -> Value {
    json!({
        "schema": SCHEMA,
        "run": { "version": inputs.run.version, "run_id": inputs.run.run_id, "schema": SCHEMA },
        "study": {
            "id": inputs.study.id,
            "name": inputs.study.name,
            "hours": inputs.study.axis.len(),
            "weather": provenance(&inputs.study.weather.provenance, inputs.study.weather.is_synthetic),
            "prices": provenance(&inputs.study.prices.provenance, inputs.study.prices.is_synthetic),
        },
        "verdict": verdict(inputs),
        "kpis": kpis(&inputs.assessment.kpis, &Measured::new(inputs)),
        "stages": {
            "demand": demand(inputs),
            "source": sources(inputs),
            "design": design(inputs),
            "network": network(inputs),
            "dispatch": dispatch(inputs),
        },
        "distance": distance(inputs),
        "owners": inputs.owners.map(owners),
        "money": money::money(&inputs.assessment.money),
        "break_evens": money::break_evens(&inputs.assessment.break_evens),
        "terms": inputs.assessment.terms,
        "risks": money::risks(&inputs.assessment.risks),
        "uncertainty": inputs.uncertainty.map(money::uncertainty),
        "compliance": compliance(&inputs.assessment.compliance),
        "balances": balances(inputs),
        "register": inputs.study.assumptions,
        "inputs": inputs.study.input_files,
        "diagnostics": {
            "count": inputs.diagnostics.len(),
            "list": inputs.diagnostics,
        },
    })
}

fn provenance(text: &str, is_synthetic: bool) -> Value {
    json!({ "provenance": text, "is_synthetic": is_synthetic })
}

fn verdict(inputs: &Inputs<'_>) -> Value {
    let verdict = &inputs.assessment.verdict;
    let list = |pairs: &[(Driver, String)]| -> Vec<Value> {
        pairs
            .iter()
            .map(|(driver, text)| json!({ "driver": driver, "text": text }))
            .collect()
    };
    json!({
        "kind": label::verdict_key(verdict.kind),
        "headline": verdict.headline,
        "reasons": list(&verdict.reasons),
        "cautions": list(&verdict.cautions),
        "watch": list(&verdict.watch),
    })
}

/// Figures whose divisor is zero are null.
fn kpis(kpis: &Kpis, measured: &Measured) -> Value {
    json!({
        "share_covered": measured.share_covered,
        "heat_delivered_mwh": kpis.heat_delivered.mwh(),
        "heat_fed_mwh": kpis.heat_fed.mwh(),
        "heat_loss_mwh": kpis.heat_loss.mwh(),
        "loss_share": measured.loss_share,
        "pumping_share": measured.pumping_share,
        "heat_pump_heat_mwh": kpis.heat_pump_heat.mwh(),
        "heat_available_mwh": kpis.heat_available.mwh(),
        "heat_used_mwh": kpis.heat_used.mwh(),
        "use_share": measured.use_share,
        "it_energy_mwh": kpis.it_energy.mwh(),
        "facility_energy_mwh": kpis.facility_energy.mwh(),
        "pue": measured.pue,
        "pue_without_reuse": measured.pue_without_reuse,
        "erf": measured.erf,
        "pue_heat_pump_inside": measured.pue_inside,
        "erf_heat_pump_inside": measured.erf_inside,
        "waste_heat_temperature_c": kpis.waste_heat_temperature.c(),
        "mean_cop": measured.mean_cop,
        "heat_pump_energy_mwh": kpis.heat_pump_energy.mwh(),
        "carbon_t": kpis.carbon.t(),
        "carbon_counterfactual_t": kpis.carbon_counterfactual.t(),
        "carbon_saved_t": kpis.carbon_saved.t(),
        "investment_eur": kpis.investment.eur(),
        "lcoh_eur_per_mwh": measured.lcoh,
        "heat_cost_counterfactual_eur_per_mwh": measured.heat_cost_counterfactual,
        "npv_eur": kpis.npv.eur(),
        "value_left_eur": kpis.value_left.eur(),
        "npv_residual_eur": kpis.npv_residual.eur(),
        "payback_years": kpis.payback_years,
        "irr": kpis.irr.map(Ratio::fraction),
        "boiler_hours": kpis.boiler_hours,
        "boiler_peak_mw": kpis.boiler_peak.mw(),
        "trench_length_m": kpis.trench_length.m(),
        "distance_to_town_m": kpis.distance_to_town.m(),
        "consumers": kpis.consumers,
    })
}

/// Cost and heat by distance, and what one more kilometre costs.
fn distance(inputs: &Inputs<'_>) -> Value {
    let assessment = inputs.assessment;
    let curve: Vec<Value> = assessment
        .distance_curve
        .iter()
        .zip(&assessment.distance_heat)
        .map(|((length, cost), heat)| {
            json!({
                "distance_km": length.km(),
                "lcoh_eur_per_mwh": cost.eur_mwh(),
                "heat_arriving_mwh": heat.mwh(),
            })
        })
        .collect();
    let one = &assessment.kilometre;
    json!({
        "curve": curve,
        "kilometre": {
            "dn": one.dn,
            "investment_eur": one.investment.eur(),
            "heat_loss_mwh": one.heat_loss.mwh(),
            "pumping_mwh": one.pumping.mwh(),
            "running_cost_eur_per_a": one.running_cost.eur(),
        },
    })
}

fn demand(inputs: &Inputs<'_>) -> Value {
    let peak = largest(&megawatts(&inputs.demand.total));
    json!({
        "annual_mwh": inputs.demand.annual().mwh(),
        "peak_mw": peak.map(|(_, mw)| mw),
        "peak_at": peak.map(|(step, _)| inputs.study.axis.stamp(step)),
        "consumers": inputs.demand.consumers.len(),
        "calibration": inputs.demand.calibration,
    })
}

fn sources(inputs: &Inputs<'_>) -> Value {
    let one = |source: &hukka_model::HeatSource| {
        let centre = inputs.study.data_centres.get(source.data_centre);
        let celsius = converted(&source.source_temperature, Temperature::c);
        let taken = taken_from(inputs, source.data_centre);
        json!({
            "id": source.id,
            "cooling": centre.map(|centre| centre.cooling),
            "capture": centre.map(|centre| centre.capture),
            "source_temperature_mean_c": (!celsius.is_empty()).then(|| mean(&celsius)),
            "taken_mwh": taken.iter().sum::<f64>(),
            "rejected_mwh": rejected(source, &taken),
            "fill": source.fill.fraction(),
            "it_energy_mwh": annual_mwh(&source.it_power),
            "auxiliary_energy_mwh": annual_mwh(&source.auxiliary_power),
            "recoverable_mwh": annual_mwh(&source.recoverable),
            "unrecoverable_mwh": annual_mwh(&source.unrecoverable),
            "recoverable_peak_mw": largest(&megawatts(&source.recoverable)).map(|(_, mw)| mw),
        })
    };
    Value::Array(inputs.sources.iter().map(one).collect())
}

/// Heat nobody takes, compressors' own included, MWh.
fn rejected(source: &hukka_model::HeatSource, taken_mw: &[f64]) -> f64 {
    taken_mw
        .iter()
        .enumerate()
        .map(|(step, mw)| source.rejected(step, HeatPower::from_mw(*mw)).mw())
        .sum()
}

fn design(inputs: &Inputs<'_>) -> Value {
    let design = inputs.design;
    let machines = |pairs: Vec<(&String, Option<f64>)>| {
        Value::Object(
            pairs
                .into_iter()
                .map(|(id, size)| (id.clone(), json!(size)))
                .collect(),
        )
    };
    json!({
        "trench_length_m": design.trench_length().m(),
        "trenches": design.trenches.len(),
        "dn_min": design.trenches.iter().map(|trench| trench.dn).min(),
        "dn_max": design.trenches.iter().map(|trench| trench.dn).max(),
        "connected": design.connected.len(),
        "unconnected": design.unconnected.len(),
        "connected_heat_mwh": design.connected_heat.mwh(),
        "peak_demand_mw": design.peak_demand.mw(),
        "linear_heat_density_mwh_per_m": design.linear_heat_density_mwh_m,
        "heat_pump_capacity_mw": machines(
            design.heat_pumps.iter().map(|m| (&m.id, m.heat_capacity.map(HeatPower::mw))).collect()),
        "boiler_capacity_mw": machines(
            design.boilers.iter().map(|m| (&m.id, m.heat_capacity.map(HeatPower::mw))).collect()),
        "store_capacity_mwh": machines(
            design.stores.iter().map(|m| (&m.id, m.capacity.map(HeatEnergy::mwh))).collect()),
        "investment_eur": design.investment().eur(),
    })
}

fn network(inputs: &Inputs<'_>) -> Value {
    let network = inputs.network;
    let measured = Measured::new(inputs);
    let differential = converted(&network.hourly.differential_pressure, Pressure::kpa);
    let highest = largest(&differential);
    let mut figures = json!({
        "status": label::status_key(network.status),
        "unsolved_hours": network.unsolved_steps.len(),
        "worst_residual": network.worst_residual,
        "loss_share": measured.loss_share,
        "pumping_share": measured.pumping_share,
        "heat_loss_mwh": annual_mwh(&network.hourly.heat_loss),
        "pump_energy_mwh": annual_mwh(&network.hourly.pump_power),
        "differential_pressure_max_kpa": highest.map(|(_, kpa)| kpa),
        "index_consumer": highest.and_then(|(step, _)| index_consumer(inputs, step)),
        "index_delay_h": delays(inputs).map(|(least, middle, most)| json!({
            "min": least, "median": middle, "max": most,
        })),
        "congested_trenches": network.trenches.iter().filter(|t| t.congested_hours > 0).count(),
        "cold_consumers": network.cold_consumers.len(),
    });
    if let Some(choice) = &network.supply_choice {
        figures["supply_choice"] = supply_choice(choice);
    }
    figures
}

/// The supply temperature chosen hour by hour; the key is absent when it follows the curve.
fn supply_choice(choice: &SupplyChoice) -> Value {
    let account = |of: &SupplyAccount| {
        json!({
            "cost_eur": of.cost.eur(),
            "pumping_cost_eur": of.pumping_cost.eur(),
            "pumping_mwh": of.pumping.mwh(),
            "heat_loss_mwh": of.heat_loss.mwh(),
            "heat_pump_electricity_mwh": of.heat_pump_electricity.mwh(),
            "heat_pump_heat_mwh": of.heat_pump_heat.mwh(),
            "supply_temperature_mean_c": of.mean_supply_temperature.c(),
        })
    };
    let hours: Vec<Value> = choice
        .hours
        .iter()
        .map(|(offset, hours)| json!({ "offset_k": offset.kelvin(), "hours": hours }))
        .collect();
    json!({
        "saved_eur": choice.saved().eur(),
        "rounds": choice.rounds.len(),
        "round_cost_eur": choice.rounds.iter().map(|cost| cost.eur()).collect::<Vec<f64>>(),
        "is_settled": choice.is_settled,
        "hours": hours,
        "curve": account(&choice.curve),
        "chosen": account(&choice.chosen),
    })
}

/// Id of the consumer with the least pressure difference in an hour.
pub(crate) fn index_consumer<'a>(inputs: &Inputs<'a>, step: usize) -> Option<&'a str> {
    let position = *inputs.network.hourly.index_consumer.get(step)? as usize;
    let connected = inputs.design.connected.get(position)?;
    let consumer = inputs.demand.consumers.get(connected.consumer)?;
    Some(&consumer.id)
}

fn dispatch(inputs: &Inputs<'_>) -> Value {
    let plan = inputs.plan;
    let units: Vec<Value> = plan
        .units
        .iter()
        .map(|unit| {
            let kind = match unit.kind {
                UnitKind::HeatPump(_) => "heat_pump",
                UnitKind::Boiler(_) => "boiler",
            };
            json!({
                "id": unit.id,
                "kind": kind,
                "heat_mwh": annual_mwh(&unit.heat),
                "electricity_mwh": annual_mwh(&unit.electricity),
                "fuel_mwh": annual_mwh(&unit.fuel),
                "source_heat_mwh": annual_mwh(&unit.source_heat),
            })
        })
        .collect();
    let stores: Vec<Value> = plan
        .stores
        .iter()
        .map(|store| {
            json!({
                "id": store.id,
                "charge_mwh": annual_mwh(&store.charge),
                "discharge_mwh": annual_mwh(&store.discharge),
                "loss_mwh": annual_mwh(&store.loss),
            })
        })
        .collect();
    let scale = plan.objective.eur().abs().max(1.0);
    json!({
        "status": label::status_key(plan.status),
        "units": units,
        "stores": stores,
        "heat_fed_mwh": annual_mwh(&plan.heat_demand),
        "unserved_mwh": annual_mwh(&plan.unserved),
        "unserved_hours": plan.unserved.iter().filter(|power| power.w() > 1.0).count(),
        "dumped_mwh": annual_mwh(&plan.dumped),
        "objective_eur": plan.objective.eur(),
        "bound_eur": plan.bound.eur(),
        "gap": (plan.objective.eur() - plan.bound.eur()) / scale,
        "carbon_t": plan.carbon.t(),
    })
}

/// Both owners' money; a published price is in the hourly table, not here.
fn owners(owners: &OwnersAccount) -> Value {
    let one = |outcome: &ContractOutcome| {
        json!({
            "kind": outcome.terms.key(),
            "mean_price_eur_per_mwh": outcome.mean_price.map(EnergyPrice::eur_mwh),
            "drawn_mwh": outcome.drawn.mwh(),
            "payment_eur": outcome.payment.eur(),
            "system_cost_eur": outcome.system_cost.eur(),
            "heat_company_gain_eur": outcome.utility_gain.eur(),
            "data_centre_gain_eur": outcome.data_centre_gain.eur(),
            "gap_eur": outcome.loss.eur(),
            "withheld_hours": outcome.withheld_hours,
        })
    };
    let party = |account: &OwnerAccount| {
        let items = account.items.iter().map(|item| {
            json!({
                "kind": item.kind.key(),
                "is_received": item.is_received,
                "year_eur": item.year.eur(),
            })
        });
        json!({
            "party": label::party(account.party),
            "data_centre": account.data_centre,
            "received_eur": account.received.eur(),
            "paid_eur": account.paid.eur(),
            "net_eur": account.net.eur(),
            "heat_mwh": account.energy.mwh(),
            "net_eur_per_mwh": account.per_heat.map(|[_, _, net]| net.eur_mwh()),
            "items": items.collect::<Vec<_>>(),
        })
    };
    json!({
        "joint_eur": owners.joint_cost.eur(),
        "contract_eur": owners.outcome.system_cost.eur(),
        "gap_eur": owners.outcome.loss.eur(),
        "without_data_centre_eur": owners.without_cost.eur(),
        "joint_drawn_mwh": owners.joint_drawn.mwh(),
        "sharing_price_eur_per_mwh": owners.sharing_price.map(EnergyPrice::eur_mwh),
        "contract": one(&owners.outcome),
        "parties": owners.accounts.iter().map(party).collect::<Vec<_>>(),
        "comparison": owners.comparison.iter().map(one).collect::<Vec<_>>(),
    })
}

fn balances(inputs: &Inputs<'_>) -> Value {
    let one = |balance: &hukka_model::Balance| {
        let figures = json!({
            "law": balance.law,
            "inflow": balance.inflow,
            "outflow": balance.outflow,
            "unit": balance.unit,
            "relative_residual": balance.relative_residual,
        });
        (balance.name.clone(), figures)
    };
    Value::Object(inputs.assessment.balances.iter().map(one).collect())
}
