//! A run of consecutive hours, solved one after the other: the unit of parallel work.

use crate::fluid::Water;
use crate::plan::{HourInputs, Plan};
use crate::solver::{Boundary, Hour, Solver, SolverOptions};
use crate::{COLD_MARGIN_K, Error};
use hukka_model::NetworkSnapshot;
use hukka_physics::{friction, water};
use hukka_units::{MassFlow, Pressure, SECONDS_PER_HOUR, Temperature, from_si};
use std::ops::Range;

/// What one hour leaves in the hourly series. SI.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    pub(crate) hour: Hour,
    pub(crate) supply_k: f64,
    pub(crate) return_k: f64,
    pub(crate) pump_w: f64,
    pub(crate) circulated: f64,
    pub(crate) head_pa: f64,
    pub(crate) index_consumer: u32,
    pub(crate) coldest_k: f64,
}

/// One trench over some hours. SI.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct TrenchSum {
    pub(crate) loss_j: f64,
    pub(crate) max_mass_flow: f64,
    pub(crate) velocity: f64,
    pub(crate) gradient: f64,
}

/// Results of the hours of one chunk.
pub(crate) struct Chunk {
    pub(crate) rows: Vec<Row>,
    pub(crate) trenches: Vec<TrenchSum>,
    /// Hours with too cold water, by connected consumer.
    pub(crate) cold_hours: Vec<u32>,
    pub(crate) snapshots: Vec<NetworkSnapshot>,
}

/// Solves the hours of a range, the first one from rest.
pub(crate) fn solve(
    plan: &Plan<'_>,
    steps: Range<usize>,
    labels: &[(usize, &'static str)],
) -> Result<Chunk, Error> {
    let options = SolverOptions::default();
    let mut solver = Solver::new(
        &plan.network,
        Water,
        &plan.draw_nodes,
        &plan.inflow_nodes,
        options,
    )?;
    let mut chunk = Chunk {
        rows: Vec::with_capacity(steps.len()),
        trenches: vec![TrenchSum::default(); plan.network.trench_pipe.len()],
        cold_hours: vec![0; plan.inputs.design.connected.len()],
        snapshots: Vec::new(),
    };
    let mut values = HourInputs::default();
    for step in steps {
        let boundary = plan.boundary(step, &mut values);
        let hour = solver.solve(&boundary);
        if !hour.is_finite {
            chunk.rows.push(failed_row(&boundary));
            continue;
        }
        solver.solve_pressures();
        let row = row(plan, &solver, &boundary, hour);
        count_cold(plan, &solver, &boundary, &mut chunk.cold_hours);
        add_trenches(&solver, &mut chunk.trenches);
        for (_, label) in labels.iter().filter(|(at, _)| *at == step) {
            chunk
                .snapshots
                .push(snapshot(plan, &solver, &row, step, label));
        }
        chunk.rows.push(row);
    }
    Ok(chunk)
}

/// An hour whose arithmetic failed: set-points, nothing else; it is listed as unsolved.
fn failed_row(boundary: &Boundary<'_>) -> Row {
    Row {
        hour: Hour::default(),
        supply_k: boundary.supply_temperature_k,
        return_k: boundary.surplus_return_temperature_k,
        pump_w: 0.0,
        circulated: 0.0,
        head_pa: 0.0,
        index_consumer: u32::MAX,
        coldest_k: boundary.supply_temperature_k,
    }
}

/// Worst-point control: the pumps give what the index consumer needs to have the least pressure
/// difference; electricity is `Δp V / η` of the plant and of every source's own pump.
fn row(plan: &Plan<'_>, solver: &Solver<'_, Water>, boundary: &Boundary<'_>, hour: Hour) -> Row {
    let rules = &plan.inputs.study.network;
    let connected = plan.inputs.design.connected.len();
    let relative = |place: usize| solver.supply.pressure[place] - solver.back.pressure[place];
    let (mut index_consumer, mut least) = (u32::MAX, f64::INFINITY);
    for (i, &place) in solver.draw_place[..connected].iter().enumerate() {
        if relative(place) < least {
            (index_consumer, least) = (i as u32, relative(place));
        }
    }
    let needed = if least.is_finite() { -least } else { 0.0 };
    let head_pa = (rules.min_differential_pressure.pa() + needed).max(0.0);
    let at_plant = hour.plant_mass_flow.max(0.0);
    let mut hydraulic_w = head_pa * at_plant / water::density(solver.back.temperature[0]);
    for (&place, &flow) in solver.inflow_place.iter().zip(&solver.inflow_flow) {
        let lift = (head_pa + relative(place)).max(0.0);
        hydraulic_w += lift * flow.max(0.0) / water::density(solver.back.temperature[place]);
    }
    Row {
        hour,
        supply_k: boundary.supply_temperature_k,
        return_k: solver.back.temperature[0],
        pump_w: hydraulic_w / rules.pump_efficiency.fraction(),
        circulated: at_plant + solver.inflow_flow.iter().sum::<f64>(),
        head_pa,
        index_consumer,
        coldest_k: coldest(solver, boundary, connected),
    }
}

fn coldest(solver: &Solver<'_, Water>, boundary: &Boundary<'_>, connected: usize) -> f64 {
    let at = |i: usize| solver.supply.temperature[solver.draw_place[i]];
    let served = (0..connected)
        .filter(|&i| boundary.draws[i].heat_w > 0.0)
        .map(at);
    let found = served.fold(f64::INFINITY, f64::min);
    if found.is_finite() {
        found
    } else {
        boundary.supply_temperature_k
    }
}

/// A consumer with load is cold when its water is colder than it needs and more than
/// [`COLD_MARGIN_K`] below the plant's supply temperature: in mild weather the sliding supply
/// temperature may lie below the need of the design day without anybody being cold.
fn count_cold(
    plan: &Plan<'_>,
    solver: &Solver<'_, Water>,
    boundary: &Boundary<'_>,
    cold_hours: &mut [u32],
) {
    let floor = boundary.supply_temperature_k - COLD_MARGIN_K;
    for (i, connected) in plan.inputs.design.connected.iter().enumerate() {
        let needed = plan.inputs.demand.consumers[connected.consumer].required_supply_temperature;
        let t = solver.supply.temperature[solver.draw_place[i]];
        if boundary.draws[i].heat_w > 0.0 && t < needed.k().min(floor) {
            cold_hours[i] += 1;
        }
    }
}

fn add_trenches(solver: &Solver<'_, Water>, trenches: &mut [TrenchSum]) {
    let network = solver.network;
    for (sum, &(pipe, _)) in trenches.iter_mut().zip(&network.trench_pipe) {
        sum.loss_j += solver.pipe_loss_w(pipe) * SECONDS_PER_HOUR;
        let flow = solver.supply.mass_flow[pipe].abs();
        if flow > sum.max_mass_flow {
            let density = water::density(solver.supply.outlet[pipe]);
            let length = network.friction_length[pipe];
            sum.max_mass_flow = flow;
            sum.velocity = friction::velocity(flow, network.diameter[pipe], density);
            sum.gradient = if length > 0.0 {
                solver.supply.friction[pipe].abs() / length
            } else {
                0.0
            };
        }
    }
}

fn snapshot(
    plan: &Plan<'_>,
    solver: &Solver<'_, Water>,
    row: &Row,
    step: usize,
    label: &str,
) -> NetworkSnapshot {
    let places = &plan.network.place;
    let by_node = |values: &[f64], add: f64| places.iter().map(|&p| values[p] + add).collect();
    let level = plan.inputs.study.network.static_pressure.pa();
    let flows = plan
        .network
        .trench_pipe
        .iter()
        .map(|&(pipe, sign)| sign * solver.supply.mass_flow[pipe])
        .map(MassFlow::from_kg_s)
        .collect();
    NetworkSnapshot {
        label: label.to_owned(),
        step,
        supply_temperature: from_si::<Temperature>(by_node(&solver.supply.temperature, 0.0)),
        return_temperature: from_si::<Temperature>(by_node(&solver.back.temperature, 0.0)),
        supply_pressure: from_si::<Pressure>(by_node(&solver.supply.pressure, level + row.head_pa)),
        return_pressure: from_si::<Pressure>(by_node(&solver.back.pressure, level)),
        mass_flow: flows,
    }
}
