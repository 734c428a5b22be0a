//! The stage: build the park, solve, prove, tell.

use crate::diagnose::{diagnose, is_infeasible, unproven, unsettled};
use crate::part_load::LoadFactors;
use crate::plan::{Outcome, plan};
use crate::polish::{Operation, polish};
use crate::programme::{Layout, Point, build};
use crate::study_park::Park;
use crate::terms::{Terms, terms_at};
use crate::windows::Cut;
use crate::{Case, Error, Inputs, Options, merit_order, part_load, study_chain, windows};
use hukka_model::{Diagnostic, DispatchPlan, SolveStatus, UnitKind};
use hukka_numerics::Observer;

/// Least-cost operation of the plant over the year, with a proven bound on its cost.
///
/// The objective counts what the operation decides: electricity with fee and tax, fuel with
/// carbon, heat bought from data centres, variable upkeep, and unserved heat at its price. The
/// electricity of the network pumps is the same in every operation and not part of it. Heat made
/// at negative cost beyond the demand is thrown away free of charge and reported as `dumped`.
///
/// Where the study asks for it, the COP follows the load: see [`part_load`]; the bound then holds at the
/// COP solved with.
///
/// # Assumptions  perfect foresight over a cyclic year; no ramps or start costs
/// # Errors       inputs that do not fit together, [`Error::Stopped`]; infeasible operation is
///   not an error but a plan of status `Infeasible` with diagnostic HK0701
pub fn run(
    inputs: &Inputs<'_>,
    options: &Options,
    observer: &mut impl Observer,
) -> Result<(DispatchPlan, Vec<Diagnostic>), Error> {
    options.validate()?;
    let first = Round::solve(inputs, options, LoadFactors::new(), observer)?;
    if options.case != Case::WithDataCentre || !part_load::is_counted(inputs) {
        return first.plan(inputs, options);
    }
    let mut used = first.found(inputs);
    let mut best = first.booked(inputs, options)?;
    for _ in 1..part_load::MAX_ROUNDS {
        if best.excess() <= part_load::SETTLED {
            break;
        }
        let round = Round::solve(inputs, options, used.clone(), observer)?;
        used = part_load::half_way(&used, &round.found(inputs));
        let booked = round.booked(inputs, options)?;
        if booked.cost() < best.cost() {
            best = booked;
        }
    }
    let (plan, mut diagnostics) = best.plan(inputs, options)?;
    if best.excess() > part_load::SETTLED {
        diagnostics.push(unsettled(part_load::MAX_ROUNDS, best.excess()));
    }
    Ok((plan, diagnostics))
}

/// A year solved at given part-load factors, and the terms it is booked at.
struct Round {
    terms: Terms,
    solved: Solved,
    used: LoadFactors,
    /// Gap of the proof, share of the cost, at the factors solved with.
    gap: f64,
    /// Cost at the factors solved with, EUR.
    solved_cost: f64,
}

impl Round {
    fn solve(
        inputs: &Inputs<'_>,
        options: &Options,
        used: LoadFactors,
        observer: &mut impl Observer,
    ) -> Result<Self, Error> {
        let terms = terms_at(inputs, options.case, &used)?;
        let solved = solve(&terms.park, options, observer)?;
        Ok(Self {
            gap: solved.gap(&terms.park),
            solved_cost: solved.operation.cost(&terms.park),
            terms,
            solved,
            used,
        })
    }

    /// The factors of the loads of this operation.
    fn found(&self, inputs: &Inputs<'_>) -> LoadFactors {
        let units = self
            .terms
            .park
            .units
            .iter()
            .zip(&self.solved.operation.heat);
        let loads = units.filter_map(|(unit, heat)| match unit.kind {
            UnitKind::HeatPump(index) => Some((index, heat.clone())),
            UnitKind::Boiler(_) => None,
        });
        part_load::of_loads(inputs, loads)
    }

    /// The same operation at the COP of its own loads.
    fn booked(self, inputs: &Inputs<'_>, options: &Options) -> Result<Self, Error> {
        let lower = part_load::lower(&self.used, &self.found(inputs));
        Ok(Self {
            terms: terms_at(inputs, options.case, &lower)?,
            ..self
        })
    }

    fn cost(&self) -> f64 {
        self.solved.operation.cost(&self.terms.park)
    }

    /// Cost booked above the cost solved for, share of it.
    fn excess(&self) -> f64 {
        (self.cost() - self.solved_cost).abs() / self.solved_cost.abs().max(1.0)
    }

    fn plan(
        &self,
        inputs: &Inputs<'_>,
        options: &Options,
    ) -> Result<(DispatchPlan, Vec<Diagnostic>), Error> {
        let (park, operation) = (&self.terms.park, &self.solved.operation);
        let mut diagnostics = diagnose(inputs, options.case, &self.terms, operation);
        let status = if is_infeasible(operation) {
            SolveStatus::Infeasible
        } else if self.gap <= options.gap_tolerance {
            SolveStatus::Converged
        } else {
            SolveStatus::NumericalTrouble
        };
        if self.gap > options.gap_tolerance {
            diagnostics.push(unproven(self.gap, options.gap_tolerance));
        }
        let outcome = Outcome {
            status,
            operation,
            bound: self.solved.bound,
            heat_price: self.solved.heat_price(park),
        };
        Ok((plan(inputs, options.case, park, outcome)?, diagnostics))
    }
}

/// An exact operation with its proof.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Solved {
    pub(crate) operation: Operation,
    pub(crate) bound: f64,
    point: Point,
}

impl Solved {
    /// Share of the cost that could at most be saved.
    pub(crate) fn gap(&self, park: &Park) -> f64 {
        let cost = self.operation.cost(park);
        (cost - self.bound) / cost.abs().max(1.0)
    }

    /// Worth of one more unit of heat by hour, EUR/MWh.
    ///
    /// More demand raises the limit of unserved heat too, so the price stops at that of unserved
    /// heat even where the dual of the balance alone is higher.
    pub(crate) fn heat_price(&self, park: &Park) -> Vec<f64> {
        let layout = Layout::of(park);
        let price = |t: usize| self.point.worth(layout, t)[0].clamp(0.0, park.unserved_price);
        (0..park.hours()).map(price).collect()
    }
}

/// Solves a park: exactly with one store or none; else by windows and, when those leave a gap, in
/// one piece.
pub(crate) fn solve(
    park: &Park,
    options: &Options,
    observer: &mut impl Observer,
) -> Result<Solved, Error> {
    let year: Vec<usize> = (0..park.hours()).collect();
    let programme = build(park, &year);
    if park.is_decoupled() {
        return Ok(prove(park, &programme, merit_order::solve(park)));
    }
    observer.progress(0, 2);
    if observer.should_stop() {
        return Err(Error::Stopped);
    }
    if let Some(point) = study_chain::solve(park) {
        let solved = prove(park, &programme, point);
        if solved.gap(park) <= options.gap_tolerance {
            observer.progress(2, 2);
            return Ok(solved);
        }
    }
    let is_seen = park.store_hours() <= options.overlap_hours as f64;
    if is_seen {
        let cut = Cut {
            keep: options.window_hours,
            overlap: options.overlap_hours,
        };
        let solved = prove(park, &programme, windows::solve(park, cut)?);
        observer.progress(1, 2);
        if solved.gap(park) <= options.gap_tolerance {
            return Ok(solved);
        }
        if observer.should_stop() {
            return Err(Error::Stopped);
        }
    }
    let solved = prove(park, &programme, windows::whole(park)?);
    observer.progress(2, 2);
    Ok(solved)
}

fn prove(park: &Park, programme: &hukka_lp::Problem, point: Point) -> Solved {
    let operation = polish(park, &point);
    // Weak duality puts the bound below the cost; only rounding can lift it above.
    let bound = programme
        .lower_bound(&point.duals)
        .min(operation.cost(park));
    Solved {
        operation,
        bound,
        point,
    }
}
