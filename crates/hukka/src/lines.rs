//! What each stage found, in one line for the terminal.

use crate::operation::FillYear;
use hukka_model::{
    Assessment, Design, DispatchPlan, HeatDemand, HeatSource, NetworkState, Study, SupplyChoice,
    UnitKind,
};
use hukka_units::{HeatEnergy, HeatPower, TimeSpan, grouped};

const HOUR: TimeSpan = TimeSpan::from_h(1.0);

/// `kotka · 1,184 buildings, 45.2 km of streets, 8,760 h`
pub(crate) fn study(study: &Study) -> String {
    let mut parts = Vec::new();
    if !study.buildings.is_empty() {
        parts.push(counted(study.buildings.len(), "building"));
    }
    if !study.lumped_demands.is_empty() {
        parts.push(counted(study.lumped_demands.len(), "lumped demand"));
    }
    let streets: f64 = study.streets.iter().map(|s| path_km(&s.path)).sum();
    if streets > 0.0 {
        parts.push(format!("{streets:.1} km of streets"));
    }
    parts.push(format!("{} h", grouped(study.axis.len() as f64, 0)));
    format!("{} · {}", study.id, parts.join(", "))
}

/// `61.4 GWh/a, peak 24.8 MW (−21.3 °C, 2023-02-06T07:00+02:00)`
pub(crate) fn demand(study: &Study, demand: &HeatDemand) -> String {
    let step = (0..demand.total.len())
        .max_by(|a, b| demand.total[*a].si().total_cmp(&demand.total[*b].si()))
        .unwrap_or(0);
    format!(
        "{} GWh/a in {}, peak {:.1} MW ({} °C, {})",
        gwh(demand.annual()),
        counted(demand.consumers.len(), "consumer"),
        demand.total.get(step).map_or(0.0, |power| power.mw()),
        grouped(
            study
                .weather
                .outdoor_temperature
                .get(step)
                .map_or(0.0, |t| t.c()),
            1
        ),
        study.axis.stamp(step),
    )
}

/// `54.3 GWh/a of IT, 51.1 GWh/a recoverable at 33 °C`
pub(crate) fn source(sources: &[HeatSource]) -> String {
    let it: f64 = sources
        .iter()
        .flat_map(|s| &s.it_power)
        .map(|p| p.mw())
        .sum();
    let recoverable: HeatPower = sources.iter().flat_map(|s| &s.recoverable).sum();
    let temperatures = sources
        .iter()
        .flat_map(|s| &s.source_temperature)
        .map(|t| t.c());
    format!(
        "{} GWh/a of IT, {} GWh/a recoverable at {} °C",
        grouped(it / 1e3, 1),
        gwh(recoverable * HOUR),
        grouped(temperatures.fold(f64::MIN, f64::max), 0),
    )
}

/// A few lines about one data centre's own plant.
pub(crate) fn cooling(source: &HeatSource) -> Vec<String> {
    let steps = source.recoverable.len();
    let sum = |value: &dyn Fn(usize) -> f64| (0..steps).map(value).sum::<f64>();
    let it = sum(&|t| source.it_power[t].mw());
    let cooling = sum(&|t| source.cooling_power[t].mw());
    let facility = it + sum(&|t| source.auxiliary_power[t].mw()) + cooling;
    let partial = sum(&|t| source.cooling.partial_time[t].fraction());
    let full = sum(&|t| source.cooling.full_time[t].fraction());
    let recoverable = sum(&|t| source.recoverable[t].mw());
    let rejected = sum(&|t| source.rejected(t, source.recoverable[t]).mw());
    let water = sum(&|t| source.water_use(t, HeatPower::ZERO).kg_s() * 3.6);
    let pue = if it > 0.0 {
        grouped(facility / it, 3)
    } else {
        "–".to_owned()
    };
    vec![
        format!(
            "  {}: PUE {pue}, cooling {} MWh, water {} m³ when nobody takes heat",
            source.id,
            grouped(cooling, 0),
            grouped(water, 0),
        ),
        format!(
            "  {}: {} h free cooling, {} h partial, {} h full mechanical",
            source.id,
            grouped(steps as f64 - partial - full, 0),
            grouped(partial, 0),
            grouped(full, 0),
        ),
        format!(
            "  {}: at most {} MWh captured, then {} MWh rejected",
            source.id,
            grouped(recoverable, 0),
            grouped(rejected, 0),
        ),
    ]
}

/// `23.6 km trench, DN25–DN250, 918 consumers, heat pump 8.2 MW · 24.1 M€`
pub(crate) fn design(design: &Design) -> String {
    let dns = design.trenches.iter().map(|t| t.dn);
    let range = match (dns.clone().min(), dns.max()) {
        (Some(low), Some(high)) if low < high => format!("DN{low}–DN{high}"),
        (Some(low), _) => format!("DN{low}"),
        _ => "no pipe".to_owned(),
    };
    let heat_pumps: HeatPower = design
        .heat_pumps
        .iter()
        .filter_map(|h| h.heat_capacity)
        .sum();
    format!(
        "{:.1} km trench, {range}, {}, heat pump {:.1} MW · {:.1} M€",
        design.trench_length().km(),
        counted(design.connected.len(), "consumer"),
        heat_pumps.mw(),
        design.investment().meur(),
    )
}

/// `losses 11.8 %, pumping 0.9 %, index consumer b-0417 (0.62 bar)`
pub(crate) fn network(
    study: &Study,
    demand: &HeatDemand,
    design: &Design,
    network: &NetworkState,
) -> String {
    let hourly = &network.hourly;
    let fed: f64 = hourly
        .heat_fed
        .iter()
        .map(|q| q.mw())
        .sum::<f64>()
        .max(1e-9);
    let lost: f64 = hourly.heat_loss.iter().map(|q| q.mw()).sum();
    let pumped: f64 = hourly.pump_power.iter().map(|p| p.mw()).sum();
    let peak = (0..hourly.mass_flow.len())
        .max_by(|a, b| {
            hourly.mass_flow[*a]
                .si()
                .total_cmp(&hourly.mass_flow[*b].si())
        })
        .unwrap_or(0);
    let index = hourly
        .index_consumer
        .get(peak)
        .and_then(|index| design.connected.get(*index as usize))
        .map_or("none", |c| demand.consumers[c.consumer].id.as_str());
    format!(
        "losses {:.1} %, pumping {:.1} %, index consumer {index} ({:.2} bar){}",
        100.0 * lost / fed,
        100.0 * pumped / fed,
        study.network.min_differential_pressure.bar(),
        network
            .supply_choice
            .as_ref()
            .map(supply_choice)
            .unwrap_or_default(),
    )
}

/// ` · supply chosen by hour, 3,120 h off the curve, saves 12,300 €/a (2 rounds)`
fn supply_choice(choice: &SupplyChoice) -> String {
    let moved: u32 = choice
        .hours
        .iter()
        .filter(|(offset, _)| offset.kelvin().abs() > 0.0)
        .map(|(_, hours)| hours)
        .sum();
    format!(
        " · supply chosen by hour, {} h off the curve, saves {} €/a ({}{})",
        grouped(f64::from(moved), 0),
        grouped(choice.saved().eur(), 0),
        counted(choice.rounds.len(), "round"),
        if choice.is_settled {
            ""
        } else {
            ", not settled"
        },
    )
}

/// `heat pump 71 %, store 6 %, gas 23 % of heat`
pub(crate) fn dispatch(years: &[FillYear]) -> String {
    let Some(year) = years.last() else {
        return "nothing to dispatch".to_owned();
    };
    let plan = &year.plan;
    let made = plan.heat_of(|_| true).mwh().max(1e-9);
    let mut parts: Vec<String> = plan
        .units
        .iter()
        .map(|unit| {
            let heat = unit.heat.iter().sum::<HeatPower>() * HOUR;
            format!(
                "{} {:.0} %",
                unit_label(unit.kind, &unit.id),
                100.0 * heat.mwh() / made
            )
        })
        .collect();
    let through_store: f64 = plan
        .stores
        .iter()
        .flat_map(|s| &s.discharge)
        .map(|q| q.mw())
        .sum::<f64>();
    if through_store > 0.0 {
        parts.push(format!(
            "through store {:.0} %",
            100.0 * through_store / made
        ));
    }
    let proof = match gap(plan) {
        gap if gap < 1e-9 => "proven least cost".to_owned(),
        gap => format!("within {gap:.0e} of least cost"),
    };
    format!("{} of heat · {proof}", parts.join(", "))
}

/// `LCOH 58 €/MWh against 84 €/MWh · NPV +7.9 M€`
pub(crate) fn assess(assessment: &Assessment) -> String {
    let kpis = &assessment.kpis;
    if kpis.heat_delivered.mwh() <= 0.0 {
        return "no heat is sold".to_owned();
    }
    format!(
        "LCOH {} €/MWh against {} €/MWh · NPV {}{} M€",
        grouped(kpis.lcoh.eur_mwh(), 0),
        grouped(kpis.heat_cost_counterfactual.eur_mwh(), 0),
        if kpis.npv.eur() > 0.0 { "+" } else { "" },
        grouped(kpis.npv.meur(), 1),
    )
}

fn unit_label(kind: UnitKind, id: &str) -> String {
    match kind {
        UnitKind::HeatPump(_) => format!("heat pump {id}"),
        UnitKind::Boiler(_) => id.to_owned(),
    }
}

fn gap(plan: &DispatchPlan) -> f64 {
    (plan.objective - plan.bound).eur().abs() / plan.objective.eur().abs().max(1.0)
}

/// `1 consumer`, `1,274 consumers`.
fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", grouped(number as f64, 0))
}

fn gwh(energy: HeatEnergy) -> String {
    grouped(energy.gwh(), 1)
}

fn path_km(path: &[hukka_model::Position]) -> f64 {
    path.windows(2)
        .map(|pair| pair[0].distance(pair[1]).km())
        .sum()
}
