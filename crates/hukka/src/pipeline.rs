//! The stages in order: each gets nouns, gives a noun.

use crate::operation::{self, FillYear};
use crate::progress::{Progress, Stage, StageObserver};
use crate::{Error, lines, supply};
use hukka_model::{
    Assessment, Design, Diagnostic, DispatchPlan, HeatDemand, HeatSource, NetworkState,
    OwnersAccount, SolveStatus, Study, UncertaintyResult,
};
use std::time::Instant;

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
    /// Both owners' money at full fill, where heat of a data centre can be drawn.
    pub owners: Option<OwnersAccount>,
    /// What it is worth.
    pub assessment: Option<Assessment>,
    /// How sure that is, when the study asks for samples.
    pub uncertainty: Option<UncertaintyResult>,
    /// Findings of all stages, warnings and notes.
    pub diagnostics: Vec<Diagnostic>,
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
        owners: None,
        assessment: None,
        uncertainty: None,
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
        let operation = self.dispatch(demand, design, network)?;
        run.years = operation.years;
        run.counterfactual = operation.counterfactual;
        run.owners = operation.owners;
        if until < Stage::Assess {
            return Ok(());
        }
        run.assessment = Some(self.assess(run)?);
        if until == Stage::Report {
            run.uncertainty = crate::uncertainty::of_run(self.study, run, self.progress)?;
        }
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
            lines::design,
        )
    }

    fn network(
        &mut self,
        demand: &HeatDemand,
        design: &Design,
        sources: &[HeatSource],
    ) -> Result<NetworkState, Error> {
        let study = self.study;
        let setting = supply::Setting {
            study,
            demand,
            design,
            sources,
            case: hukka_dispatch::Case::WithDataCentre,
        };
        self.stage(
            Stage::Network,
            |observer| supply::simulate(&setting, observer),
            |network| lines::network(study, demand, design, network),
        )
    }

    fn dispatch(
        &mut self,
        demand: &HeatDemand,
        design: &Design,
        network: &NetworkState,
    ) -> Result<operation::Operation, Error> {
        let study = self.study;
        let operation = self.stage(
            Stage::Dispatch,
            |_| operation::dispatch(study, demand, design, network),
            |operation| lines::dispatch(&operation.years),
        )?;
        let is_infeasible = |plan: &DispatchPlan| plan.status == SolveStatus::Infeasible;
        if operation.years.iter().any(|year| is_infeasible(&year.plan))
            || operation.counterfactual.as_ref().is_some_and(is_infeasible)
        {
            return Err(Error::Infeasible(std::mem::take(&mut self.diagnostics)));
        }
        Ok(operation)
    }

    fn assess(&mut self, run: &Run) -> Result<Assessment, Error> {
        let study = self.study;
        let (Some(demand), Some(sources), Some(design), Some(network)) =
            (&run.demand, &run.sources, &run.design, &run.network)
        else {
            unreachable!("invariant: assess runs after every earlier stage");
        };
        let years = FillYear::assessed(&run.years);
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
            lines::assess,
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
