//! The whole year: chunks of hours in parallel, gathered in order.

use crate::chunk::{self, Chunk, Row, TrenchSum};
use crate::findings;
use crate::lanes::WIDTH;
use crate::plan::Plan;
use crate::service::{HourService, Service};
use crate::{Error, Inputs, Options};
use hukka_model::{
    Diagnostic, LocalHour, NetworkHourly, NetworkSnapshot, NetworkState, SolveStatus, Study,
    TrenchResult,
};
use hukka_numerics::Observer;
use hukka_units::{
    ElectricPower, HeatEnergy, HeatPower, MassFlow, Pressure, PressureGradient, Temperature,
    TemperatureDifference, TimeSpan, Velocity,
};
use rayon::prelude::*;

/// Hours of one piece of work, each batch starting from the last: fixed, so that results never
/// depend on the number of threads.
const CHUNK_HOURS: usize = 15 * WIDTH;
/// Chunks between two looks at the observer: bounds the memory.
const CHUNKS_AT_ONCE: usize = 16;

/// Simulates the network through the year of the study.
///
/// Every hour is steady: node 0 is the plant, keeps the pressure and gives water at
/// `study.network.supply_temperature`, read at the outdoor temperature averaged over the last
/// [`Options::smoothing_hours`]; so is the return temperature of the substations. Consumers take
/// `HeatDemand::at`; injections take water from the return side and give it back at the plant's
/// supply temperature. Undrawn distribution loses `conductance · ((T_s + T_r)/2 − T_g)` at its
/// node. Draws and dead ends keep a small flow that makes up for the loss of their way
/// ([`Options::bypass_cooling`]), as thermostatic bypasses do; what heat does not need of it goes
/// back uncooled. Pipes without any water have ground temperature and lose nothing.
///
/// # Assumptions  steady within the hour, no transport delay · the two pipes of a trench do not
///   warm each other · incompressible
/// # Errors       see [`Error`]: wrong indices or lengths, a node off the network, stopped
pub fn run(
    inputs: &Inputs<'_>,
    options: &Options,
    observer: &mut impl Observer,
) -> Result<(NetworkState, Vec<Diagnostic>), Error> {
    let simulated = simulate(Plan::new(inputs, options)?, observer)?;
    Ok((simulated.state, simulated.diagnostics))
}

/// Simulates the network with the supply temperature moved off the curve hour by hour, kelvin.
///
/// As [`run`] otherwise; zeros give its results to the last bit. The return temperature of the
/// substations does not follow the offset. Also tells how well each hour serves the consumers.
///
/// # Assumptions  those of [`run`]: water of the hour's temperature is everywhere in the same hour
/// # Errors       as [`run`]; offsets of another length or not finite
pub fn run_with_offsets(
    inputs: &Inputs<'_>,
    options: &Options,
    offsets: &[TemperatureDifference],
    observer: &mut impl Observer,
) -> Result<Simulated, Error> {
    simulate(Plan::new(inputs, options)?.moved(offsets)?, observer)
}

/// A simulated year.
#[derive(Debug, Clone, PartialEq)]
pub struct Simulated {
    /// The network through the year.
    pub state: NetworkState,
    /// Findings.
    pub diagnostics: Vec<Diagnostic>,
    /// How well each hour serves the consumers; empty when the supply follows the curve.
    pub service: Service,
}

fn simulate(plan: Plan<'_>, observer: &mut impl Observer) -> Result<Simulated, Error> {
    let (inputs, plan) = (plan.inputs, &plan);
    let steps = plan.steps();
    let labels = snapshot_steps(inputs.study);
    let mut year = Year::new(plan);
    let starts: Vec<usize> = (0..steps).step_by(CHUNK_HOURS).collect();
    for batch in starts.chunks(CHUNKS_AT_ONCE) {
        if observer.should_stop() {
            return Err(Error::Stopped {
                done: year.rows.len(),
                total: steps,
            });
        }
        let solved = batch
            .par_iter()
            .map(|&from| chunk::solve(plan, from..(from + CHUNK_HOURS).min(steps), &labels))
            .collect::<Result<Vec<_>, _>>()?;
        for chunk in solved {
            year.add(chunk);
        }
        observer.progress(year.rows.len(), steps);
    }
    let shortfalls = findings::Shortfall::of(&year.rows);
    let service = Service::of(&mut year);
    let state = year.finish(&labels);
    let diagnostics = findings::diagnose(inputs, &state, &shortfalls);
    Ok(Simulated {
        state,
        diagnostics,
        service,
    })
}

/// The hours shown in full: the coldest one, noon in spring, noon in July.
fn snapshot_steps(study: &Study) -> Vec<(usize, &'static str)> {
    let coldest = study
        .weather
        .outdoor_temperature
        .iter()
        .enumerate()
        .min_by(|a, b| a.1.k().total_cmp(&b.1.k()).then(a.0.cmp(&b.0)))
        .map(|(step, _)| (step, "coldest hour"));
    let at = |month, label| {
        let is_it = |hour: &LocalHour| (hour.month, hour.day, hour.hour) == (month, 15, 12);
        study
            .axis
            .calendar
            .iter()
            .position(is_it)
            .map(|step| (step, label))
    };
    [coldest, at(4, "spring day"), at(7, "July")]
        .into_iter()
        .flatten()
        .collect()
}

/// What has been gathered so far.
pub(crate) struct Year {
    pub(crate) rows: Vec<Row>,
    pub(crate) service: Vec<HourService>,
    trenches: Vec<TrenchSum>,
    cold_hours: Vec<u32>,
    snapshots: Vec<NetworkSnapshot>,
}

impl Year {
    fn new(plan: &Plan<'_>) -> Self {
        Self {
            rows: Vec::with_capacity(plan.steps()),
            service: Vec::new(),
            trenches: vec![TrenchSum::default(); plan.inputs.design.trenches.len()],
            cold_hours: vec![0; plan.inputs.design.connected.len()],
            snapshots: Vec::new(),
        }
    }

    fn add(&mut self, chunk: Chunk) {
        self.rows.extend(chunk.rows);
        self.service.extend(chunk.service);
        for (sum, part) in self.trenches.iter_mut().zip(chunk.trenches) {
            sum.loss_j += part.loss_j;
            sum.congested_hours += part.congested_hours;
            if part.max_mass_flow > sum.max_mass_flow {
                *sum = TrenchSum {
                    loss_j: sum.loss_j,
                    congested_hours: sum.congested_hours,
                    ..part
                };
            }
        }
        for (sum, part) in self.cold_hours.iter_mut().zip(chunk.cold_hours) {
            *sum += part;
        }
        self.snapshots.extend(chunk.snapshots);
    }

    fn finish(mut self, labels: &[(usize, &str)]) -> NetworkState {
        let rank = |s: &NetworkSnapshot| labels.iter().position(|(_, label)| *label == s.label);
        self.snapshots.sort_by_key(rank);
        let unsolved_steps: Vec<usize> = (0..self.rows.len())
            .filter(|&t| !self.rows[t].hour.is_converged)
            .collect();
        let status = if unsolved_steps.is_empty() {
            SolveStatus::Converged
        } else if self.rows.iter().all(|row| row.hour.is_finite) {
            SolveStatus::MaxIterations
        } else {
            SolveStatus::NumericalTrouble
        };
        let finite = self.rows.iter().filter(|row| row.hour.is_finite);
        NetworkState {
            status,
            unsolved_steps,
            worst_residual: finite.map(|row| row.hour.residual).fold(0.0, f64::max),
            hourly: hourly(&self.rows),
            trenches: self.trenches.iter().map(trench_result).collect(),
            snapshots: self.snapshots,
            cold_consumers: (self.cold_hours.iter().copied().enumerate())
                .filter(|(_, hours)| *hours > 0)
                .collect(),
            supply_choice: None,
        }
    }
}

fn hourly(rows: &[Row]) -> NetworkHourly {
    NetworkHourly {
        supply_temperature: rows
            .iter()
            .map(|r| Temperature::from_k(r.supply_k))
            .collect(),
        return_temperature: rows
            .iter()
            .map(|r| Temperature::from_k(r.return_k))
            .collect(),
        heat_fed: rows
            .iter()
            .map(|r| HeatPower::from_w(r.hour.heat_fed_w))
            .collect(),
        heat_delivered: rows
            .iter()
            .map(|r| HeatPower::from_w(r.hour.delivered_w))
            .collect(),
        heat_loss: rows
            .iter()
            .map(|r| HeatPower::from_w(r.hour.loss_w))
            .collect(),
        pump_power: rows
            .iter()
            .map(|r| ElectricPower::from_w(r.pump_w))
            .collect(),
        mass_flow: rows
            .iter()
            .map(|r| MassFlow::from_kg_s(r.circulated))
            .collect(),
        differential_pressure: rows.iter().map(|r| Pressure::from_pa(r.head_pa)).collect(),
        index_consumer: rows.iter().map(|r| r.index_consumer).collect(),
        coldest_supply_temperature: rows
            .iter()
            .map(|r| Temperature::from_k(r.coldest_k))
            .collect(),
        index_delay: rows.iter().map(|r| TimeSpan::from_si(r.delay_s)).collect(),
    }
}

fn trench_result(sum: &TrenchSum) -> TrenchResult {
    TrenchResult {
        heat_loss: HeatEnergy::from_si(sum.loss_j),
        max_mass_flow: MassFlow::from_kg_s(sum.max_mass_flow),
        max_velocity: Velocity::from_m_s(sum.velocity),
        max_pressure_gradient: PressureGradient::from_pa_m(sum.gradient),
        congested_hours: sum.congested_hours,
    }
}
