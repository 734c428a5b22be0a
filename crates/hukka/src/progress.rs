//! Telling people how far a run is.

use hukka_numerics::Observer;

/// One stage of a run, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Reading and checking the study.
    Study,
    /// Heat the town needs.
    Demand,
    /// Heat the data centre offers.
    Source,
    /// Routes, pipes, machines.
    Design,
    /// Temperatures, pressures and losses through the year.
    Network,
    /// Who makes the heat in each hour.
    Dispatch,
    /// Energy, climate, money, verdict.
    Assess,
    /// The report and the tables.
    Report,
}

impl Stage {
    /// Name as printed and as the command-line verb (`network` is run by `simulate`).
    pub const fn name(self) -> &'static str {
        match self {
            Self::Study => "study",
            Self::Demand => "demand",
            Self::Source => "source",
            Self::Design => "design",
            Self::Network => "network",
            Self::Dispatch => "dispatch",
            Self::Assess => "assess",
            Self::Report => "report",
        }
    }
}

/// Hears what a run is doing; may stop it.
pub trait Progress: Send {
    /// A stage begins.
    fn started(&mut self, stage: Stage) {
        let _ = stage;
    }

    /// Part of a stage is done.
    fn progress(&mut self, stage: Stage, done: usize, total: usize) {
        let _ = (stage, done, total);
    }

    /// A stage has ended, with its result in one line and the time it took.
    fn finished(&mut self, stage: Stage, line: &str, seconds: f64) {
        let _ = (stage, line, seconds);
    }

    /// Whether to stop at the next safe point.
    fn should_stop(&mut self) -> bool {
        false
    }
}

/// Says nothing, never stops.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {}

/// Passes a stage's own observer calls on to the run's progress.
pub(crate) struct StageObserver<'a> {
    pub(crate) progress: &'a mut dyn Progress,
    pub(crate) stage: Stage,
}

impl Observer for StageObserver<'_> {
    fn progress(&mut self, done: usize, total: usize) {
        self.progress.progress(self.stage, done, total);
    }

    fn should_stop(&mut self) -> bool {
        self.progress.should_stop()
    }
}
