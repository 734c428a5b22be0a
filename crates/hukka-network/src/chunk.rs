//! A run of consecutive hours, solved some side by side, then the next: the unit of parallel work.

use crate::fluid::Water;
use crate::lanes::WIDTH;
use crate::plan::{HourInputs, Plan};
use crate::service::HourService;
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
    /// Age of the supply water at the index consumer.
    pub(crate) delay_s: f64,
}

/// One trench over some hours. SI.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct TrenchSum {
    pub(crate) loss_j: f64,
    pub(crate) max_mass_flow: f64,
    pub(crate) velocity: f64,
    pub(crate) gradient: f64,
    /// Hours beyond the limits of velocity or gradient.
    pub(crate) congested_hours: u32,
}

/// Results of the hours of one chunk.
pub(crate) struct Chunk {
    pub(crate) rows: Vec<Row>,
    /// One value per row where the service is watched, else none.
    pub(crate) service: Vec<HourService>,
    pub(crate) trenches: Vec<TrenchSum>,
    /// Hours with too cold water, by connected consumer.
    pub(crate) cold_hours: Vec<u32>,
    pub(crate) snapshots: Vec<NetworkSnapshot>,
}

/// Solves the hours of a range, the first ones from rest.
pub(crate) fn solve(
    plan: &Plan<'_>,
    steps: Range<usize>,
    labels: &[(usize, &'static str)],
) -> Result<Chunk, Error> {
    let mut solver: Solver<'_, Water, WIDTH> = solver(plan)?;
    let mut alone: Option<Solver<'_, Water>> = None;
    let mut chunk = Chunk {
        rows: Vec::with_capacity(steps.len()),
        service: Vec::new(),
        trenches: vec![TrenchSum::default(); plan.network.trench_pipe.len()],
        cold_hours: vec![0; plan.inputs.design.connected.len()],
        snapshots: Vec::new(),
    };
    let mut values: [HourInputs; WIDTH] = std::array::from_fn(|_| HourInputs::default());
    for first in steps.clone().step_by(WIDTH) {
        let together = first..(first + WIDTH).min(steps.end);
        let boundaries: Vec<Boundary<'_>> = together
            .clone()
            .zip(&mut values)
            .map(|(step, values)| plan.boundary(step, values))
            .collect();
        let hours = solver.solve_side_by_side(&boundaries);
        solver.solve_pressures();
        let mut gather = Gather {
            plan,
            chunk: &mut chunk,
            labels,
        };
        let is_good: [bool; WIDTH] = std::array::from_fn(|l| {
            l < boundaries.len() && hours[l].is_converged && hours[l].is_finite
        });
        gather.trenches(&solver, &is_good);
        for (l, (step, boundary)) in together.zip(&boundaries).enumerate() {
            if is_good[l] {
                gather.hour(&solver, l, (step, boundary), hours[l]);
            } else {
                gather.hour_alone(&mut alone, step, boundary)?;
            }
        }
    }
    Ok(chunk)
}

fn solver<'a, const L: usize>(plan: &'a Plan<'_>) -> Result<Solver<'a, Water, L>, Error> {
    let (draws, inflows) = (&plan.draw_nodes, &plan.inflow_nodes);
    Solver::new(
        &plan.network,
        Water,
        draws,
        inflows,
        SolverOptions::default(),
    )
}

/// Where the results of the hours go.
struct Gather<'p, 'c> {
    plan: &'p Plan<'p>,
    chunk: &'c mut Chunk,
    labels: &'c [(usize, &'static str)],
}

impl<'p> Gather<'p, '_> {
    /// Solves an hour by itself that did not converge beside others.
    fn hour_alone(
        &mut self,
        alone: &mut Option<Solver<'p, Water>>,
        step: usize,
        boundary: &Boundary<'_>,
    ) -> Result<(), Error> {
        let solver = match alone {
            Some(solver) => solver,
            None => alone.insert(solver(self.plan)?),
        };
        solver.restart();
        let hour = solver.solve(boundary);
        if hour.is_finite {
            solver.solve_pressures();
            self.trenches(solver, &[true]);
            self.hour(solver, 0, (step, boundary), hour);
        } else {
            self.chunk.rows.push(failed_row(boundary));
            if self.plan.watches_service() {
                self.chunk.service.push(HourService::default());
            }
        }
        Ok(())
    }

    fn hour<const L: usize>(
        &mut self,
        solver: &Solver<'_, Water, L>,
        lane: usize,
        (step, boundary): (usize, &Boundary<'_>),
        hour: Hour,
    ) {
        let (plan, chunk) = (self.plan, &mut self.chunk);
        let row = row(plan, (solver, lane), boundary, hour);
        let floor = plan.curve_k(step) - COLD_MARGIN_K;
        count_cold(
            plan,
            (solver, lane),
            (boundary, floor),
            &mut chunk.cold_hours,
        );
        if plan.watches_service() {
            let served = HourService::of(plan, (solver, lane), boundary, &hour);
            chunk.service.push(served);
        }
        for (_, label) in self.labels.iter().filter(|(at, _)| *at == step) {
            let snapshot = snapshot(plan, (solver, lane), &row, step, label);
            chunk.snapshots.push(snapshot);
        }
        chunk.rows.push(row);
    }

    /// Adds the hours that count to the sums of the trenches.
    fn trenches<const L: usize>(&mut self, solver: &Solver<'_, Water, L>, counts: &[bool; L]) {
        let network = solver.network;
        let sums = self.chunk.trenches.iter_mut();
        for (trench, (sum, &(pipe, _))) in sums.zip(&network.trench_pipe).enumerate() {
            let lost = solver.pipe_loss_w(pipe);
            let flow = &solver.supply.mass_flow[pipe];
            let (most_flow, most_drop) = self.plan.limits[trench];
            let drop = &solver.supply.friction[pipe];
            for l in 0..L {
                if counts[l] {
                    let is_over = flow[l].abs() > most_flow || drop[l].abs() > most_drop;
                    sum.congested_hours += u32::from(is_over);
                    sum.loss_j += lost[l] * SECONDS_PER_HOUR;
                    if flow[l].abs() > sum.max_mass_flow {
                        sum.peak((solver, l), pipe);
                    }
                }
            }
        }
    }
}

impl TrenchSum {
    /// Takes over the largest flow.
    fn peak<const L: usize>(&mut self, (solver, l): At<'_, L>, pipe: usize) {
        let (network, side) = (solver.network, &solver.supply);
        let flow = side.mass_flow[pipe][l].abs();
        let density = water::density(side.outlet[pipe][l]);
        let length = network.friction_length[pipe];
        self.max_mass_flow = flow;
        self.velocity = friction::velocity(flow, network.diameter[pipe], density);
        self.gradient = if length > 0.0 {
            side.friction[pipe][l].abs() / length
        } else {
            0.0
        };
    }
}

/// One hour of a solver.
pub(crate) type At<'a, const L: usize> = (&'a Solver<'a, Water, L>, usize);

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
        delay_s: 0.0,
    }
}

/// Worst-point control: the pumps give what the index consumer needs to have the least pressure
/// difference; electricity is `Δp V / η` of the plant and of every source's own pump.
fn row<const L: usize>(
    plan: &Plan<'_>,
    (solver, l): At<'_, L>,
    boundary: &Boundary<'_>,
    hour: Hour,
) -> Row {
    let rules = &plan.inputs.study.network;
    let connected = plan.inputs.design.connected.len();
    let relative = |place: usize| solver.supply.pressure[place][l] - solver.back.pressure[place][l];
    let (mut index_consumer, mut least) = (u32::MAX, f64::INFINITY);
    for (i, &place) in solver.draws.place[..connected].iter().enumerate() {
        if relative(place) < least {
            (index_consumer, least) = (i as u32, relative(place));
        }
    }
    let index_place = solver.draws.place.get(index_consumer as usize).copied();
    let needed = if least.is_finite() { -least } else { 0.0 };
    let head_pa = (rules.min_differential_pressure.pa() + needed).max(0.0);
    let at_plant = hour.plant_mass_flow.max(0.0);
    let mut hydraulic_w = head_pa * at_plant / water::density(solver.back.temperature[0][l]);
    for (&place, &flow) in solver.inflow_place.iter().zip(&solver.inflow_flow) {
        let lift = (head_pa + relative(place)).max(0.0);
        hydraulic_w += lift * flow[l].max(0.0) / water::density(solver.back.temperature[place][l]);
    }
    Row {
        hour,
        supply_k: boundary.supply_temperature_k,
        return_k: solver.back.temperature[0][l],
        pump_w: hydraulic_w / rules.pump_efficiency.fraction(),
        circulated: at_plant + solver.inflow_flow.iter().map(|flow| flow[l]).sum::<f64>(),
        head_pa,
        index_consumer,
        coldest_k: coldest((solver, l), boundary, connected),
        delay_s: index_place.map_or(0.0, |place| solver.delay_s(place, l)),
    }
}

fn coldest<const L: usize>(
    (solver, l): At<'_, L>,
    boundary: &Boundary<'_>,
    connected: usize,
) -> f64 {
    let at = |i: usize| solver.supply.temperature[solver.draws.place[i]][l];
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
/// [`COLD_MARGIN_K`] below what the curve asks of the plant: in mild weather the sliding supply
/// temperature may lie below the need of the design day without anybody being cold.
fn count_cold<const L: usize>(
    plan: &Plan<'_>,
    (solver, l): At<'_, L>,
    (boundary, floor): (&Boundary<'_>, f64),
    cold_hours: &mut [u32],
) {
    for (i, connected) in plan.inputs.design.connected.iter().enumerate() {
        let needed = plan.inputs.demand.consumers[connected.consumer].required_supply_temperature;
        let t = solver.supply.temperature[solver.draws.place[i]][l];
        if boundary.draws[i].heat_w > 0.0 && t < needed.k().min(floor) {
            cold_hours[i] += 1;
        }
    }
}

fn snapshot<const L: usize>(
    plan: &Plan<'_>,
    (solver, l): At<'_, L>,
    row: &Row,
    step: usize,
    label: &str,
) -> NetworkSnapshot {
    let places = &plan.network.place;
    let by_node =
        |values: &[[f64; L]], add: f64| places.iter().map(|&p| values[p][l] + add).collect();
    let level = plan.inputs.study.network.static_pressure.pa();
    let flows = plan
        .network
        .trench_pipe
        .iter()
        .map(|&(pipe, sign)| sign * solver.supply.mass_flow[pipe][l])
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
