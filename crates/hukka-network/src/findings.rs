//! What the user should know about the simulated year.

use crate::chunk::Row;
use crate::{COLD_MARGIN_K, Inputs};
use hukka_model::{Diagnostic, NetworkState, TrenchKind};
use hukka_units::{HeatEnergy, Pressure, SECONDS_PER_HOUR, Velocity};

/// Limits of velocity and pressure gradient may be passed by this share before it is said.
const TOLERATED: f64 = 1.1;

/// Codes of this stage with their meaning.
pub const CODES: &[(&str, &str)] = &[
    (
        "HK0601",
        "consumers do not get all their heat because the water comes too cold",
    ),
    ("HK0602", "hours of the network simulation did not converge"),
    ("HK0603", "consumers get colder water than they need"),
    (
        "HK0604",
        "pipes are faster or lose more pressure than the rules allow",
    ),
    (
        "HK0605",
        "the pressure falls below the atmosphere's at a high point",
    ),
    (
        "HK0606",
        "sources give more heat than the network takes; the plant has to store the rest",
    ),
    (
        "HK0607",
        "the plant's pumps would have to give more pressure than the pipes stand",
    ),
    (
        "HK0608",
        "pipes are far too small for the heat asked of them",
    ),
];

/// Pressure class of bonded steel pipes (EN 253: 25 bar), less the static pressure of a network.
const MAX_HEAD: Pressure = Pressure::from_bar(20.0);
/// Faster water than this is no operation at all: noise, erosion and hammer forbid it long before.
const IMPOSSIBLE_VELOCITY: Velocity = Velocity::from_m_s(8.0);

/// Heat that could not be given, over the year.
pub(crate) struct Shortfall {
    hours: usize,
    heat: HeatEnergy,
    surplus_hours: usize,
}

impl Shortfall {
    pub(crate) fn of(rows: &[Row]) -> Self {
        let joules: f64 = rows
            .iter()
            .map(|r| r.hour.shortfall_w * SECONDS_PER_HOUR)
            .sum();
        Self {
            hours: rows.iter().filter(|r| r.hour.shortfall_w > 0.0).count(),
            heat: HeatEnergy::from_si(joules),
            surplus_hours: rows.iter().filter(|r| r.hour.plant_mass_flow < 0.0).count(),
        }
    }
}

pub(crate) fn diagnose(
    inputs: &Inputs<'_>,
    state: &NetworkState,
    shortfall: &Shortfall,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if shortfall.hours > 0 {
        let message = format!(
            "in {} hours consumers miss {:.1} MWh because the water comes too cold",
            shortfall.hours,
            shortfall.heat.mwh()
        );
        found.push(
            Diagnostic::warning("HK0601", message)
                .about("network.supply_temperature")
                .help("raise the supply temperature, insulate better or shorten the network"),
        );
    }
    if let Some(first) = state.unsolved_steps.first() {
        let message = format!(
            "{} hours of the network did not converge, the first at {}",
            state.unsolved_steps.len(),
            inputs.study.axis.stamp(*first)
        );
        found.push(
            Diagnostic::warning("HK0602", message).seen(format!("{:e}", state.worst_residual)),
        );
    }
    found.extend(cold(inputs, state));
    found.extend(impossible(inputs, state).or_else(|| overloaded(inputs, state)));
    found.extend(high_head(state));
    found.extend(low_pressure(inputs, state));
    if shortfall.surplus_hours > 0 {
        let message = format!(
            "in {} hours heat pumps give more than the network takes; the store at the plant takes the rest",
            shortfall.surplus_hours
        );
        found.push(Diagnostic::note("HK0606", message));
    }
    found
}

fn cold(inputs: &Inputs<'_>, state: &NetworkState) -> Option<Diagnostic> {
    let (worst, hours) = state
        .cold_consumers
        .iter()
        .max_by_key(|(i, h)| (*h, usize::MAX - i))?;
    let consumer = inputs.design.connected.get(*worst)?.consumer;
    let id = &inputs.demand.consumers.get(consumer)?.id;
    let message = format!(
        "{} consumers get water colder than they need and over {COLD_MARGIN_K} K below the plant's",
        state.cold_consumers.len()
    );
    Some(
        Diagnostic::warning("HK0603", message)
            .about(id.clone())
            .seen(format!("{hours} hours at {id}"))
            .help("raise the supply temperature or choose thicker insulation"),
    )
}

/// Water so fast that no pump and no pipe would do it: the existing pipes do not fit the demand.
fn impossible(inputs: &Inputs<'_>, state: &NetworkState) -> Option<Diagnostic> {
    let too_fast = || {
        let results = state.trenches.iter().enumerate();
        results.filter(|(_, result)| result.max_velocity > IMPOSSIBLE_VELOCITY)
    };
    let (worst, result) = too_fast().max_by(|a, b| {
        a.1.max_velocity
            .si()
            .total_cmp(&b.1.max_velocity.si())
            .then(b.0.cmp(&a.0))
    })?;
    let trench = inputs.design.trenches.get(worst)?;
    let message = format!(
        "{} pipes are far too small for the heat asked of them, worst trench {}",
        too_fast().count(),
        trench.id
    );
    Some(
        Diagnostic::error("HK0608", message)
            .about(trench.id.clone())
            .seen(format!(
                "DN {} at {:.1} m/s and {:.0} Pa/m",
                trench.dn,
                result.max_velocity.m_s(),
                result.max_pressure_gradient.pa_m()
            ))
            .allowed(format!("up to {:.0} m/s in any pipe", IMPOSSIBLE_VELOCITY.m_s()))
            .help("give the existing pipes their real sizes, connect fewer buildings, or leave the pipe out"),
    )
}

fn high_head(state: &NetworkState) -> Option<Diagnostic> {
    let head = state
        .hourly
        .differential_pressure
        .iter()
        .copied()
        .fold(Pressure::ZERO, Pressure::max);
    (head > MAX_HEAD).then(|| {
        let message = format!(
            "the plant's pumps would have to give {:.0} bar: booster stations are needed, whose cost is not counted",
            head.bar()
        );
        Diagnostic::warning("HK0607", message)
            .seen(format!("{:.1} bar", head.bar()))
            .allowed(format!("{:.0} bar; pipes of EN 253 stand 25 bar in all", MAX_HEAD.bar()))
            .help("lower network.max_pressure_gradient_pa_per_m, or bring the data centre nearer")
    })
}

fn overloaded(inputs: &Inputs<'_>, state: &NetworkState) -> Option<Diagnostic> {
    let rules = &inputs.study.network;
    let overload = |index: usize| {
        let (trench, result) = (&inputs.design.trenches[index], &state.trenches[index]);
        let by_gradient = if trench.kind == TrenchKind::Service {
            0.0
        } else {
            result.max_pressure_gradient / rules.max_pressure_gradient
        };
        by_gradient.max(result.max_velocity / rules.max_velocity)
    };
    let over: Vec<(usize, f64)> = (0..state.trenches.len())
        .map(|index| (index, overload(index)))
        .filter(|(_, load)| *load > TOLERATED)
        .collect();
    let (worst, _) = over
        .iter()
        .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
    let (trench, result) = (&inputs.design.trenches[*worst], &state.trenches[*worst]);
    let message = format!(
        "{} pipes are faster or lose more pressure than allowed, worst trench {}",
        over.len(),
        trench.id
    );
    Some(
        Diagnostic::warning("HK0604", message)
            .about(trench.id.clone())
            .seen(format!(
                "DN {}: {:.2} m/s, {:.0} Pa/m",
                trench.dn,
                result.max_velocity.m_s(),
                result.max_pressure_gradient.pa_m()
            ))
            .allowed(format!(
                "{:.2} m/s, {:.0} Pa/m",
                rules.max_velocity.m_s(),
                rules.max_pressure_gradient.pa_m()
            ))
            .help("choose a larger size or a lower return temperature"),
    )
}

fn low_pressure(inputs: &Inputs<'_>, state: &NetworkState) -> Option<Diagnostic> {
    let lowest = |pressures: &[hukka_units::Pressure]| {
        let by_pressure = |a: &usize, b: &usize| pressures[*a].pa().total_cmp(&pressures[*b].pa());
        (0..pressures.len())
            .min_by(by_pressure)
            .map(|node| (node, pressures[node]))
    };
    let (node, pressure) = state
        .snapshots
        .iter()
        .flat_map(|s| [lowest(&s.return_pressure), lowest(&s.supply_pressure)])
        .flatten()
        .min_by(|a, b| a.1.pa().total_cmp(&b.1.pa()))?;
    (pressure.pa() < 0.0).then(|| {
        let id = &inputs.design.nodes[node].id;
        Diagnostic::warning(
            "HK0605",
            format!("the pressure at node {id} falls below the atmosphere's"),
        )
        .about("network.static_pressure")
        .seen(format!("{:.2} bar", pressure.bar()))
        .help("raise the static pressure")
    })
}
