//! A study's network through its year with transport: delay, heat kept, and what comes back when.

use super::error::Error;
use super::transport::{PipeHeat, Step, Transport, TransportOptions};
use crate::fluid::Water;
use crate::plan::{HourInputs, Plan};
use crate::solver::{Solver, SolverOptions};
use crate::{Inputs, Options};
use core::f64::consts::PI;
use hukka_model::{Design, PipeType};
use hukka_numerics::Observer;
use hukka_units::{HeatPower, MassFlow, SECONDS_PER_HOUR, Temperature, TimeSpan};
use rayon::prelude::*;

/// Heat held by steel, J/(m³ K): 7800 kg/m³ times 480 J/(kg K).
const STEEL_J_M3K: f64 = 7800.0 * 480.0;
/// Hours whose flows in loops are found one after the other: fixed, whatever the threads.
const CHUNK_HOURS: usize = 73;
/// Chunks found ahead of the water: bounds the memory.
const CHUNKS_AHEAD: usize = 8;

/// How a study's year is run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct YearOptions {
    /// Steps an hour is cut into; its boundary values stay.
    pub steps_per_hour: usize,
    /// How water is moved.
    pub transport: TransportOptions,
}

impl Default for YearOptions {
    fn default() -> Self {
        Self {
            steps_per_hour: 1,
            transport: TransportOptions::default(),
        }
    }
}

/// A year hour by hour, means of each hour.
///
/// Invariant: `heat_fed = heat_delivered + heat_loss + heat_kept`, to rounding.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Year {
    /// Heat given to the water.
    pub heat_fed: Vec<HeatPower>,
    /// Heat taken by the substations.
    pub heat_delivered: Vec<HeatPower>,
    /// Heat lost to the ground, drawn and undrawn pipes.
    pub heat_loss: Vec<HeatPower>,
    /// Heat the pipes hold more than an hour ago.
    pub heat_kept: Vec<HeatPower>,
    /// Heat asked for and not given.
    pub shortfall: Vec<HeatPower>,
    /// Water back at the plant.
    pub return_temperature: Vec<Temperature>,
    /// Water the plant gives; negative if it takes.
    pub plant_mass_flow: Vec<MassFlow>,
    /// Coldest water at a connected consumer with load.
    pub coldest_supply_temperature: Vec<Temperature>,
    /// Longest way of the water from the plant to a connected consumer with load; `None` if none
    /// has.
    pub longest_delay: Vec<Option<TimeSpan>>,
}

/// Simulates the network through the year of the study with transport.
///
/// Boundary values are those of the steady year, [`crate::run`]; flows in loops are shared as
/// there. The year starts from the steady state of its first hour.
///
/// # Assumptions  wall at the temperature of the water beside it · no mixing along pipes · the two
///   pipes of a trench do not warm each other · incompressible
/// # Errors       see [`Error`]
pub fn year(
    inputs: &Inputs<'_>,
    options: &Options,
    how: &YearOptions,
    observer: &mut impl Observer,
) -> Result<Year, Error> {
    if how.steps_per_hour == 0 {
        return Err(Error::BadOption {
            what: "steps_per_hour",
            value: 0.0,
        });
    }
    let plan = Plan::new(inputs, options)?;
    let heat = contents(inputs.design)?;
    let nodes = (&plan.draw_nodes[..], &plan.inflow_nodes[..]);
    let mut transport = Transport::new(&plan.network, Water, &heat, nodes, how.transport)?;
    let trenches = plan.network.chord_trenches();
    let steps = plan.steps();
    let starts: Vec<usize> = (0..steps).step_by(CHUNK_HOURS).collect();
    let mut year = Year::default();
    let mut values = HourInputs::default();
    for batch in starts.chunks(CHUNKS_AHEAD) {
        let ahead = batch
            .par_iter()
            .map(|&from| chords(&plan, &trenches, from..(from + CHUNK_HOURS).min(steps)))
            .collect::<Result<Vec<_>, _>>()?;
        for flows in ahead.into_iter().flatten() {
            let hour = year.heat_fed.len();
            if observer.should_stop() {
                return Err(Error::Stopped {
                    done: hour,
                    total: steps,
                });
            }
            let boundary = plan.boundary(hour, &mut values);
            let span = TimeSpan::from_s(SECONDS_PER_HOUR / how.steps_per_hour as f64);
            let parts: Vec<Step> = (0..how.steps_per_hour)
                .map(|_| transport.step(span, &boundary, &flows))
                .collect();
            let loads = boundary.draws.iter().map(|d| d.heat_w > 0.0);
            let with_load = loads.take(inputs.design.connected.len()).collect();
            year.add(&parts, &transport, with_load, boundary.supply_temperature_k);
            observer.progress(hour + 1, steps);
        }
    }
    Ok(year)
}

impl Year {
    fn add(
        &mut self,
        parts: &[Step],
        transport: &Transport<'_, Water>,
        with_load: Vec<bool>,
        supply_k: f64,
    ) {
        let mean = |of: fn(&Step) -> f64| parts.iter().map(of).sum::<f64>() / parts.len() as f64;
        self.heat_fed.push(HeatPower::from_w(mean(|s| s.fed_w)));
        self.heat_delivered
            .push(HeatPower::from_w(mean(|s| s.delivered_w)));
        self.heat_loss.push(HeatPower::from_w(mean(|s| s.lost_w)));
        self.heat_kept.push(HeatPower::from_w(mean(|s| s.kept_w)));
        self.shortfall
            .push(HeatPower::from_w(mean(|s| s.shortfall_w)));
        self.return_temperature
            .push(Temperature::from_k(mean(|s| s.return_k)));
        self.plant_mass_flow
            .push(MassFlow::from_kg_s(mean(|s| s.plant_mass_flow)));
        let delays = transport.delays();
        let (mut coldest, mut longest) = (supply_k, None);
        for (draw, has_load) in with_load.into_iter().enumerate() {
            if has_load {
                coldest = coldest.min(transport.draw(draw).2);
                let delay = delays[transport.draw_places()[draw]];
                if delay.is_finite() {
                    longest = Some(delay.max(longest.unwrap_or(0.0)));
                }
            }
        }
        self.coldest_supply_temperature
            .push(Temperature::from_k(coldest));
        self.longest_delay.push(longest.map(TimeSpan::from_s));
    }
}

/// Water and steel in the pipes of every trench.
fn contents(design: &Design) -> Result<Vec<PipeHeat>, Error> {
    let of = |(trench, it): (usize, &hukka_model::Trench)| {
        let pipe =
            PipeType::by_dn(it.dn).ok_or(crate::Error::UnknownPipeSize { trench, dn: it.dn })?;
        let (inner, outer) = (pipe.inner_diameter.m(), pipe.outer_diameter.m());
        Ok(PipeHeat {
            length_m: it.length.m(),
            inner_diameter_m: inner,
            wall_j_mk: STEEL_J_M3K * 0.25 * PI * (outer * outer - inner * inner),
        })
    };
    design.trenches.iter().enumerate().map(of).collect()
}

/// Flows of the chords in some hours, each hour steady; empty without loops.
fn chords(
    plan: &Plan<'_>,
    trenches: &[usize],
    hours: core::ops::Range<usize>,
) -> Result<Vec<Vec<f64>>, Error> {
    if trenches.is_empty() {
        return Ok(vec![Vec::new(); hours.len()]);
    }
    let nodes = (&plan.draw_nodes, &plan.inflow_nodes);
    let mut solver: Solver<'_, Water> = Solver::new(
        &plan.network,
        Water,
        nodes.0,
        nodes.1,
        SolverOptions::default(),
    )?;
    let mut values = HourInputs::default();
    let of = |hour| {
        let boundary = plan.boundary(hour, &mut values);
        solver.solve(&boundary);
        let flow = |trench: &usize| solver.pipe(*trench).supply_mass_flow;
        let flows: Vec<f64> = trenches.iter().map(flow).collect();
        if flows.iter().all(|m| m.is_finite()) {
            flows
        } else {
            vec![0.0; trenches.len()]
        }
    };
    Ok(hours.map(of).collect())
}
