//! The frontier of a study: heat-pump size, store size, supply temperature and distance against
//! cost, coverage and CO2.
//!
//! Every point is a study of its own: designed, simulated and dispatched again, with demand and
//! source kept. A network already simulated is taken again only where trenches and supply
//! temperature are the same and nothing is fed in away from the energy centre, so that a point is
//! to the bit what a run of it alone would give.

mod output;
mod point;
mod recommend;
#[cfg(test)]
mod tests;

pub use output::{files_of_frontier, frontier_lines};
pub use point::{FrontierPoint, PointChoice};
pub use recommend::Recommendation;

use crate::Error;
use crate::pipeline::Run;
use crate::progress::{Progress, Stage};
use hukka_model::Study;
use hukka_units::Length;
use point::{Ground, evaluate};
use rayon::prelude::*;

/// Factors on the heat pumps' size.
const HEAT_PUMP: [f64; 5] = [0.25, 0.5, 1.0, 1.5, 2.0];
const HEAT_PUMP_FINE: [f64; 9] = [0.1, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0];
/// Factors on the stores' size.
const STORE: [f64; 3] = [0.0, 1.0, 3.0];
const STORE_FINE: [f64; 5] = [0.0, 0.5, 1.0, 2.0, 4.0];
/// Kelvins added to the supply curve.
const SHIFT_K: [f64; 3] = [-8.0, 0.0, 8.0];
const SHIFT_FINE_K: [f64; 5] = [-10.0, -5.0, 0.0, 5.0, 10.0];
/// Distances of a study without a map, km.
const DISTANCE_KM: [f64; 7] = [0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0];
/// Supply temperature at the mild end below which hot water is no longer made safely, °C.
const LEAST_SUPPLY_C: f64 = 65.0;
/// Points between two looks at the user.
const AT_ONCE: usize = 8;

/// How fine the grid is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FrontierOptions {
    /// Nine sizes of heat pump, five of store, five supply temperatures.
    pub is_fine: bool,
}

/// What was found.
#[derive(Debug, Clone)]
pub struct Frontier {
    /// The grid at the study's own distance, in the order of its choices.
    pub points: Vec<FrontierPoint>,
    /// Position of the study's own sizes.
    pub own: usize,
    /// The point to build, and why.
    pub recommendation: Recommendation,
    /// The best size at every distance; empty in a study with a map, whose report has the curve of
    /// cost by distance.
    pub by_distance: Vec<FrontierPoint>,
    /// What the grid could not do.
    pub notes: Vec<String>,
}

/// Searches the frontier of a study that has been run.
///
/// # Errors  [`Error::Stage`] when a stage cannot run, [`Error::Stopped`] when the progress asks to
/// stop
pub fn frontier(
    study: &Study,
    run: &Run,
    options: FrontierOptions,
    progress: &mut dyn Progress,
) -> Result<Frontier, Error> {
    let ground = Ground::new(study, run);
    let mut notes = Vec::new();
    let choices = grid(&ground, options, &mut notes);
    let own = choices
        .iter()
        .position(PointChoice::is_own)
        .unwrap_or_default();
    let far = distances(study);
    let total = choices.len() + far.len();
    let mut points = run_all(&ground, &choices, (0, total), progress)?;
    let at_distance = run_all(&ground, &far, (choices.len(), total), progress)?;
    recommend::mark_front(&mut points, own);
    let recommendation = recommend::recommend(study, &points, own);
    Ok(Frontier {
        by_distance: best_by_distance(at_distance),
        points,
        own,
        recommendation,
        notes,
    })
}

/// Every combination at the study's own distance.
fn grid(
    ground: &Ground<'_>,
    options: FrontierOptions,
    notes: &mut Vec<String>,
) -> Vec<PointChoice> {
    let (pumps, stores, shifts): (&[f64], &[f64], &[f64]) = if options.is_fine {
        (&HEAT_PUMP_FINE, &STORE_FINE, &SHIFT_FINE_K)
    } else {
        (&HEAT_PUMP, &STORE, &SHIFT_K)
    };
    let stores: &[f64] = if ground.has_store() {
        stores
    } else {
        notes.push("the study has no store, so none is sized".to_owned());
        &[1.0]
    };
    let coldest = ground.mild_supply_c();
    let allowed: Vec<f64> = shifts
        .iter()
        .copied()
        .filter(|shift| *shift >= 0.0 || coldest + shift >= LEAST_SUPPLY_C)
        .collect();
    if allowed.len() < shifts.len() {
        notes.push(format!(
            "supply temperatures below {LEAST_SUPPLY_C:.0} °C in mild weather are left out: hot water needs them"
        ));
    }
    let mut out = Vec::new();
    for &shift_k in &allowed {
        for &heat_pump in pumps {
            for &store in stores {
                out.push(PointChoice {
                    heat_pump,
                    store,
                    shift_k,
                    distance: None,
                });
            }
        }
    }
    out
}

/// Sizes at other distances, where the study's distance is a number.
fn distances(study: &Study) -> Vec<PointChoice> {
    let Some(own) = study.network.lumped_distance else {
        return Vec::new();
    };
    let mut all: Vec<Length> = DISTANCE_KM.iter().map(|km| Length::from_km(*km)).collect();
    if !all.iter().any(|length| (*length - own).m().abs() < 1.0) {
        all.push(own);
        all.sort_by(|a, b| a.m().total_cmp(&b.m()));
    }
    all.into_iter()
        .flat_map(|distance| {
            HEAT_PUMP.iter().map(move |factor| PointChoice {
                heat_pump: *factor,
                store: 1.0,
                shift_k: 0.0,
                distance: Some(distance),
            })
        })
        .collect()
}

/// Runs the points, in their order whatever the threads.
fn run_all(
    ground: &Ground<'_>,
    choices: &[PointChoice],
    (before, total): (usize, usize),
    progress: &mut dyn Progress,
) -> Result<Vec<FrontierPoint>, Error> {
    let mut points = Vec::with_capacity(choices.len());
    for batch in choices.chunks(AT_ONCE) {
        if progress.should_stop() {
            return Err(Error::Stopped);
        }
        let found = batch
            .par_iter()
            .map(|choice| evaluate(ground, choice))
            .collect::<Result<Vec<_>, Error>>()?;
        points.extend(found);
        progress.progress(Stage::Assess, before + points.len(), total);
    }
    Ok(points)
}

/// At every distance the size with the largest net present value.
fn best_by_distance(points: Vec<FrontierPoint>) -> Vec<FrontierPoint> {
    let mut best: Vec<FrontierPoint> = Vec::new();
    for point in points {
        match best.last_mut() {
            Some(last) if (last.distance_km - point.distance_km).abs() < 1e-6 => {
                if point.is_feasible && (!last.is_feasible || point.npv_eur > last.npv_eur) {
                    *last = point;
                }
            }
            _ => best.push(point),
        }
    }
    best
}
