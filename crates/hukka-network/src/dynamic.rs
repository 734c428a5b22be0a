//! The network over time: delay, heat held by water and wall, reversal, standing water.
//!
//! In: a `NetworkCase` with times. Out: a `CaseState` at each of its times, and the heat balance.
//!
//! Invariants: heat that enters equals heat that leaves, is lost and stays, to rounding, whatever
//! the flows do; the state after a checkpoint goes on bit for bit; memory does not grow with time.

mod body;
mod case;
mod checkpoint;
mod circuit;
mod continuity;
mod drive;
mod error;
mod film;
mod medium;
mod plug;
mod signal;
mod transport;
mod year;

use hukka_model::network_case::{CaseState, NetworkCase};
use hukka_numerics::Observer;

pub(crate) use drive::Asked;

pub use case::Simulation;
pub use error::Error;
pub use transport::{PipeHeat, Step, Transport, TransportOptions};
pub use year::{Year, YearOptions, year};

/// How the wall of a pipe takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WallModel {
    /// With a film where that is not too much work, else at the temperature of the water.
    #[default]
    Automatic,
    /// At the temperature of the water beside it.
    Even,
    /// Heat passes a film between water and wall: right for fronts sharper than the film's delay
    /// (seconds in turbulent flow).
    Film,
}

/// How a case is run over time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DynamicOptions {
    /// Longest step, s; rows farther apart are cut into equal steps.
    pub max_step_s: f64,
    /// The wall.
    pub wall: WallModel,
    /// Exchanges between plugs and cells of wall, at 1 m/s in every pipe, up to which
    /// [`WallModel::Automatic`] takes the film.
    pub film_exchanges: f64,
    /// Plugs a pipe may hold; more are merged.
    pub max_plugs: usize,
}

impl Default for DynamicOptions {
    fn default() -> Self {
        Self {
            max_step_s: 300.0,
            wall: WallModel::Automatic,
            film_exchanges: 1e9,
            max_plugs: plug::MOST_PLUGS,
        }
    }
}

impl DynamicOptions {
    fn validate(&self) -> Result<(), Error> {
        if self.max_step_s <= 0.0 || self.max_step_s.is_nan() {
            return Err(Error::BadOption {
                what: "max_step_s",
                value: self.max_step_s,
            });
        }
        if self.max_plugs < 2 {
            return Err(Error::BadOption {
                what: "max_plugs",
                value: self.max_plugs as f64,
            });
        }
        Ok(())
    }
}

/// Heat balance of a run.
///
/// Invariant: `fed + exchanged = delivered + lost + stored_end − stored_start`, see
/// [`Summary::imbalance`].
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Summary {
    /// Rows given out, the first included.
    pub rows: usize,
    /// Steps taken.
    pub steps: usize,
    /// Pipes with a film between water and wall.
    pub film_pipes: usize,
    /// Heat given by sources, J.
    pub fed_j: f64,
    /// Heat taken by consumers, J.
    pub delivered_j: f64,
    /// Heat lost by pipes, J.
    pub lost_j: f64,
    /// Heat of water from outside less that of water taken, J.
    pub exchanged_j: f64,
    /// Heat in water and walls at the start, J above the fluid's zero.
    pub stored_start_j: f64,
    /// Heat in water and walls at the end, J above the fluid's zero.
    pub stored_end_j: f64,
}

impl Summary {
    const fn numbers(&self) -> [f64; 6] {
        [
            self.fed_j,
            self.delivered_j,
            self.lost_j,
            self.exchanged_j,
            self.stored_start_j,
            self.stored_end_j,
        ]
    }

    const fn set_numbers(&mut self, from: &[f64; 6]) {
        [
            self.fed_j,
            self.delivered_j,
            self.lost_j,
            self.exchanged_j,
            self.stored_start_j,
            self.stored_end_j,
        ] = *from;
    }

    /// What the balance leaves open, as a share of the largest heat in it.
    pub fn imbalance(&self) -> f64 {
        let came = self.fed_j + self.exchanged_j;
        let went = self.delivered_j + self.lost_j + self.stored_end_j - self.stored_start_j;
        let largest = [
            self.fed_j,
            self.delivered_j,
            self.exchanged_j,
            self.lost_j,
            self.stored_start_j,
            self.stored_end_j,
        ]
        .into_iter()
        .map(f64::abs)
        .fold(f64::MIN_POSITIVE, f64::max);
        (came - went).abs() / largest
    }
}

/// Runs a case through its times; `sink` gets every row with its state, in order.
///
/// Series are linear between their rows. Flows follow from what consumers ask at the temperature
/// their water has then; water moves as plugs with the wall's heat (see [`WallModel`]).
///
/// # Errors  see [`Error`]; the observer is asked before every row whether to stop
pub fn simulate(
    case: &NetworkCase,
    options: &DynamicOptions,
    observer: &mut impl Observer,
    sink: &mut dyn FnMut(usize, &CaseState),
) -> Result<Summary, Error> {
    let mut simulation = Simulation::new(case, options)?;
    sink(0, &simulation.state());
    let total = case.times.len();
    loop {
        if observer.should_stop() {
            return Err(Error::Stopped {
                done: simulation.row() + 1,
                total,
            });
        }
        match simulation.advance()? {
            Some(row) => sink(row, &simulation.state()),
            None => break,
        }
        observer.progress(simulation.row() + 1, total);
    }
    Ok(simulation.summary())
}
