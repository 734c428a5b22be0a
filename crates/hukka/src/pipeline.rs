//! The stages in order: each gets nouns, gives a noun.

use crate::progress::{Progress, Stage, StageObserver};
use crate::{Error, lines};
use hukka_model::{
    Assessment, Counterfactual, Design, Diagnostic, DispatchPlan, HeatDemand, HeatSource,
    NetworkState, SolveStatus, Study, UnitKind,
};
use hukka_network::Injection;
use hukka_units::Ratio;
use std::time::Instant;

/// Fill levels dispatched in every study, so that break-evens rest on real operation; the levels
/// of the study's own years come on top, and results between levels are interpolated.
const FILL_GRID: [f64; 3] = [0.15, 0.3, 0.5];
/// Fill levels of the study's years that are dispatched; further ones are interpolated.
const MAX_OWN_LEVELS: usize = 4;

/// How far to run.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Last stage to run; [`Stage::Report`] stands for all of them.
    pub until: Stage,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            until: Stage::Report,
        }
    }
}

/// Everything a run has made so far; stages not reached are `None`.
#[derive(Debug)]
pub struct Run {
    /// Heat the town needs.
    pub demand: Option<HeatDemand>,
    /// Heat the data centres offer at full fill.
    pub sources: Option<Vec<HeatSource>>,
    /// What is to be built.
    pub design: Option<Design>,
    /// The network through the year.
    pub network: Option<NetworkState>,
    /// Operation at each fill level, ascending; the last one is full fill.
    pub years: Vec<FillYear>,
    /// Operation without the data centre, where today's plant is the alternative.
    pub counterfactual: Option<DispatchPlan>,
    /// What it is worth.
    pub assessment: Option<Assessment>,
    /// Findings of all stages, warnings and notes.
    pub diagnostics: Vec<Diagnostic>,
}

/// Operation with the data centre filled to one level.
#[derive(Debug)]
pub struct FillYear {
    /// Share of the installed load present.
    pub fill: Ratio,
    /// Heat offered then.
    pub sources: Vec<HeatSource>,
    /// Least-cost operation then.
    pub plan: DispatchPlan,
}

impl Run {
    /// Operation at full fill.
    pub fn plan(&self) -> Option<&DispatchPlan> {
        self.years.last().map(|year| &year.plan)
    }
}

/// Runs a checked study stage by stage.
///
/// # Errors  [`Error::Input`] when a stage finds an error in the input, [`Error::Infeasible`] when
/// the plant cannot supply the heat, [`Error::Stopped`] when the progress asks to stop
pub fn run(study: &Study, options: &Options, progress: &mut dyn Progress) -> Result<Run, Error> {
    let mut pipeline = Pipeline {
        study,
        progress,
        diagnostics: Vec::new(),
    };
    let mut run = Run {
        demand: None,
        sources: None,
        design: None,
        network: None,
        years: Vec::new(),
        counterfactual: None,
        assessment: None,
        diagnostics: Vec::new(),
    };
    pipeline.fill(&mut run, options.until)?;
    run.diagnostics = pipeline.diagnostics;
    Ok(run)
}

/// One run in progress.
struct Pipeline<'a> {
    study: &'a Study,
    progress: &'a mut dyn Progress,
    diagnostics: Vec<Diagnostic>,
}

impl Pipeline<'_> {
    fn fill(&mut self, run: &mut Run, until: Stage) -> Result<(), Error> {
        if until == Stage::Source {
            run.sources = Some(self.sources()?);
            return Ok(());
        }
        if until < Stage::Demand {
            return Ok(());
        }
        let demand = run.demand.insert(self.demand()?);
        if until < Stage::Source {
            return Ok(());
        }
        let sources = run.sources.insert(self.sources()?);
        if until < Stage::Design {
            return Ok(());
        }
        let design = run.design.insert(self.design(demand, sources)?);
        if until < Stage::Network {
            return Ok(());
        }
        let network = run.network.insert(self.network(demand, design, sources)?);
        if until < Stage::Dispatch {
            return Ok(());
        }
        (run.years, run.counterfactual) = self.dispatch(design, network)?;
        if until < Stage::Assess {
            return Ok(());
        }
        run.assessment = Some(self.assess(run)?);
        Ok(())
    }

    fn demand(&mut self) -> Result<HeatDemand, Error> {
        let study = self.study;
        self.stage(
            Stage::Demand,
            |observer| {
                hukka_demand::run(
                    &hukka_demand::Inputs { study },
                    &hukka_demand::Options::default(),
                    observer,
                )
            },
            |demand| lines::demand(study, demand),
        )
    }

    fn sources(&mut self) -> Result<Vec<HeatSource>, Error> {
        let study = self.study;
        self.stage(
            Stage::Source,
            |observer| {
                hukka_source::run(
                    &hukka_source::Inputs { study },
                    &hukka_source::Options::default(),
                    observer,
                )
            },
            |sources| lines::source(sources),
        )
    }

    fn design(&mut self, demand: &HeatDemand, sources: &[HeatSource]) -> Result<Design, Error> {
        let study = self.study;
        self.stage(
            Stage::Design,
            |observer| {
                hukka_design::run(
                    &hukka_design::Inputs {
                        study,
                        demand,
                        sources,
                    },
                    &hukka_design::Options::default(),
                    observer,
                )
            },
            |design| lines::design(design),
        )
    }

    /// Heat pumps away from the energy centre feed the network where they stand: how much follows
    /// from the dispatch, which needs the network's losses. One round settles it: simulate with the
    /// plant alone, dispatch, simulate again with what the heat pumps give.
    fn network(
        &mut self,
        demand: &HeatDemand,
        design: &Design,
        sources: &[HeatSource],
    ) -> Result<NetworkState, Error> {
        let study = self.study;
        self.stage(
            Stage::Network,
            |observer| {
                let mut simulate = |injections: &[Injection]| {
                    hukka_network::run(
                        &hukka_network::Inputs {
                            study,
                            demand,
                            design,
                            injections,
                        },
                        &hukka_network::Options::default(),
                        observer,
                    )
                };
                let alone = simulate(&[])?;
                if design.sources.iter().all(|source| source.node == 0) {
                    return Ok(alone);
                }
                let inputs = hukka_dispatch::Inputs {
                    study,
                    design,
                    network: &alone.0,
                    sources,
                };
                match hukka_dispatch::run(&inputs, &hukka_dispatch::Options::default(), &mut ()) {
                    Ok((plan, _)) => simulate(&injections(design, &plan)),
                    Err(_) => Ok(alone),
                }
            },
            |network| lines::network(study, demand, design, network),
        )
    }

    fn dispatch(
        &mut self,
        design: &Design,
        network: &NetworkState,
    ) -> Result<(Vec<FillYear>, Option<DispatchPlan>), Error> {
        let study = self.study;
        let (years, counterfactual) = self.stage(
            Stage::Dispatch,
            |observer| {
                let mut findings = Vec::new();
                let mut years = Vec::new();
                for fill in fill_levels(study) {
                    let source_options = hukka_source::Options { fill: Some(fill) };
                    let (sources, _) = hukka_source::run(
                        &hukka_source::Inputs { study },
                        &source_options,
                        &mut (),
                    )
                    .map_err(DispatchFailure::Source)?;
                    let inputs = hukka_dispatch::Inputs {
                        study,
                        design,
                        network,
                        sources: &sources,
                    };
                    let (plan, found) =
                        hukka_dispatch::run(&inputs, &hukka_dispatch::Options::default(), observer)
                            .map_err(DispatchFailure::Dispatch)?;
                    merge(&mut findings, found);
                    years.push(FillYear {
                        fill,
                        sources,
                        plan,
                    });
                }
                let counterfactual = match study.counterfactual {
                    Counterfactual::Individual { .. } => None,
                    Counterfactual::ExistingPlant => {
                        let inputs = hukka_dispatch::Inputs {
                            study,
                            design,
                            network,
                            sources: &[],
                        };
                        let options = hukka_dispatch::Options {
                            case: hukka_dispatch::Case::ExistingPlantOnly,
                            ..Default::default()
                        };
                        let (plan, found) = hukka_dispatch::run(&inputs, &options, observer)
                            .map_err(DispatchFailure::Dispatch)?;
                        merge(&mut findings, found);
                        Some(plan)
                    }
                };
                Ok::<_, DispatchFailure>(((years, counterfactual), findings))
            },
            |(years, _)| lines::dispatch(years),
        )?;
        let is_infeasible = |plan: &DispatchPlan| plan.status == SolveStatus::Infeasible;
        if years.iter().any(|year| is_infeasible(&year.plan))
            || counterfactual.as_ref().is_some_and(is_infeasible)
        {
            return Err(Error::Infeasible(std::mem::take(&mut self.diagnostics)));
        }
        Ok((years, counterfactual))
    }

    fn assess(&mut self, run: &Run) -> Result<Assessment, Error> {
        let study = self.study;
        let (Some(demand), Some(sources), Some(design), Some(network)) =
            (&run.demand, &run.sources, &run.design, &run.network)
        else {
            unreachable!("invariant: assess runs after every earlier stage");
        };
        let years: Vec<hukka_assess::OperatingYear<'_>> = run
            .years
            .iter()
            .map(|year| hukka_assess::OperatingYear {
                fill: year.fill,
                plan: &year.plan,
                sources: &year.sources,
            })
            .collect();
        let inputs = hukka_assess::Inputs {
            study,
            demand,
            design,
            network,
            sources,
            years: &years,
            counterfactual: run.counterfactual.as_ref(),
        };
        self.stage(
            Stage::Assess,
            |observer| hukka_assess::run(&inputs, &hukka_assess::Options::default(), observer),
            |assessment| lines::assess(assessment),
        )
    }

    /// Runs one stage: announces it, times it, keeps its findings, and stops on errors in them.
    fn stage<Noun, Failure>(
        &mut self,
        stage: Stage,
        work: impl FnOnce(&mut StageObserver<'_>) -> Result<(Noun, Vec<Diagnostic>), Failure>,
        line: impl FnOnce(&Noun) -> String,
    ) -> Result<Noun, Error>
    where
        Failure: std::error::Error + Send + Sync + 'static,
    {
        if self.progress.should_stop() {
            return Err(Error::Stopped);
        }
        self.progress.started(stage);
        #[expect(
            clippy::disallowed_methods,
            reason = "people want to know how long a stage took"
        )]
        let clock = Instant::now();
        let mut observer = StageObserver {
            progress: self.progress,
            stage,
        };
        let result = work(&mut observer);
        if self.progress.should_stop() {
            return Err(Error::Stopped);
        }
        let (noun, found) = result.map_err(|source| Error::Stage {
            stage: stage.name(),
            source: source.into(),
        })?;
        let has_error = found.iter().any(Diagnostic::is_error);
        self.diagnostics.extend(found);
        if has_error && stage != Stage::Dispatch {
            return Err(Error::Input(std::mem::take(&mut self.diagnostics)));
        }
        self.progress
            .finished(stage, &line(&noun), clock.elapsed().as_secs_f64());
        Ok(noun)
    }
}

/// What may go wrong while the fill levels are dispatched.
#[derive(Debug, thiserror::Error)]
enum DispatchFailure {
    #[error(transparent)]
    Source(hukka_source::Error),
    #[error(transparent)]
    Dispatch(hukka_dispatch::Error),
}

/// Adds findings that are not there yet: the fill levels share most of theirs.
fn merge(findings: &mut Vec<Diagnostic>, found: Vec<Diagnostic>) {
    for finding in found {
        if !findings.contains(&finding) {
            findings.push(finding);
        }
    }
}

/// Heat given to the network by heat pumps that do not stand at the energy centre.
fn injections(design: &Design, plan: &DispatchPlan) -> Vec<Injection> {
    plan.units
        .iter()
        .filter_map(|unit| {
            let UnitKind::HeatPump(index) = unit.kind else {
                return None;
            };
            let data_centre = design.heat_pumps.get(index)?.data_centre;
            let source = design
                .sources
                .iter()
                .find(|s| s.data_centre == data_centre)?;
            (source.node != 0).then(|| Injection {
                node: source.node,
                heat: unit.heat.clone(),
            })
        })
        .collect()
}

/// The fill levels to dispatch, ascending, full fill last: those of the operating years, thinned
/// to a handful, and the grid below them. The level of a year is the load-weighted mean over the
/// data centres.
fn fill_levels(study: &Study) -> Vec<Ratio> {
    let mut own: Vec<f64> = (0..study.money.horizon_years as usize)
        .map(|year| fill_of_year(study, year))
        .filter(|fill| *fill > 0.0)
        .collect();
    own.sort_by(f64::total_cmp);
    own.dedup_by(|a, b| (*a - *b).abs() < 1e-9);
    let Some(last) = own.len().checked_sub(1) else {
        return vec![Ratio::ZERO];
    };
    let full = own[last];
    if own.len() > MAX_OWN_LEVELS {
        let step = last as f64 / (MAX_OWN_LEVELS - 1) as f64;
        own = (0..MAX_OWN_LEVELS)
            .map(|i| own[(i as f64 * step).round() as usize])
            .collect();
    }
    own.extend(FILL_GRID.into_iter().filter(|level| *level < full));
    own.sort_by(f64::total_cmp);
    own.dedup_by(|a, b| (*a - *b).abs() < 1e-9);
    own.into_iter().map(Ratio::from_fraction).collect()
}

/// Share of the installed load of all data centres present in an operating year, counted from 0.
fn fill_of_year(study: &Study, year: usize) -> f64 {
    let (present, full) = study
        .data_centres
        .iter()
        .fold((0.0, 0.0), |(present, full), centre| {
            let fill = centre.fill.get(year).or(centre.fill.last());
            let load = centre.it_load.w();
            (
                present + load * fill.map_or(1.0, |fill| fill.fraction()),
                full + load,
            )
        });
    if full > 0.0 { present / full } else { 0.0 }
}
