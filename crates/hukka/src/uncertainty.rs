//! How sure a study's answer is: many runs of the full chain under drawn inputs, and what-ifs.
//!
//! The design is that of the study's own run: sizes are kept, everything after it is run again for
//! every sample. A sample is a function of study, seed and its number, so neither the threads nor
//! the count of samples change it.

mod chain;
mod draw;
mod headline;
mod matrix;
mod noun;
mod output;
mod samples;
mod statistics;
#[cfg(test)]
mod tests;
mod what_if;

pub use draw::{INPUTS, UncertainInput};
pub use headline::{HEADLINES, Headline};
pub use output::{files_of_uncertainty, spread_lines, uncertainty_lines};
pub use samples::Sample;
pub use statistics::Spread;
pub use what_if::WhatIf;

use crate::pipeline::Run;
use crate::progress::Progress;
use crate::{Error, RunInfo};
use chain::{Base, evaluate};
use draw::Change;
use headline::{Figures, NPV, figures};
use hukka_model::{ScenarioMatrix, Study, UncertaintyResult};
use std::path::{Path, PathBuf};

/// How many samples, from which seed, kept where.
#[derive(Debug, Clone)]
pub struct UncertaintyOptions {
    /// Samples.
    pub samples: usize,
    /// Seed.
    pub seed: u64,
    /// File the samples are streamed to.
    pub partial: Option<PathBuf>,
    /// Continue the samples in that file.
    pub resume: bool,
}

/// What is known of the answer's certainty.
#[derive(Debug, Clone)]
pub struct Uncertainty {
    /// Seed of the samples.
    pub seed: u64,
    /// The study's own figures.
    pub base: Figures,
    /// Every sample, by number.
    pub samples: Vec<Sample>,
    /// Spread of every figure of [`HEADLINES`]; `None` when no sample has it.
    pub spreads: Vec<Option<Spread>>,
    /// Share of samples in which the net present value is negative.
    pub loss_probability: f64,
    /// Rank correlation of every input of [`INPUTS`] with the net present value, `None` where one
    /// does not vary.
    pub correlations: Vec<Option<f64>>,
    /// Data centre against prices.
    pub matrix: ScenarioMatrix,
    /// Single questions.
    pub what_ifs: Vec<WhatIf>,
}

/// The samples a study asks of its own run; `None` when it asks for none.
pub(crate) fn of_run(
    study: &Study,
    run: &Run,
    progress: &mut dyn Progress,
) -> Result<Option<UncertaintyResult>, Error> {
    let rules = &study.uncertainty;
    if rules.samples == 0 {
        return Ok(None);
    }
    let options = UncertaintyOptions {
        samples: rules.samples as usize,
        seed: rules.seed,
        partial: None,
        resume: false,
    };
    let result = sampled(study, run, (&options, ""), progress)?;
    Ok(Some(noun::noun(&result)))
}

/// Runs samples and what-ifs of a study that has been run.
///
/// # Errors  [`Error::Stage`] when a stage cannot run under drawn inputs, [`Error::Stopped`],
///   [`Error::OtherSamples`] when the file to continue is of other inputs
pub fn uncertainty(
    study: &Study,
    run: &Run,
    (options, info): (&UncertaintyOptions, &RunInfo),
    progress: &mut dyn Progress,
) -> Result<Uncertainty, Error> {
    sampled(study, run, (options, &info.run_id), progress)
}

fn sampled(
    study: &Study,
    run: &Run,
    (options, key): (&UncertaintyOptions, &str),
    progress: &mut dyn Progress,
) -> Result<Uncertainty, Error> {
    let base = Base::new(study, run);
    let own = figures(&evaluate(&base, &Change::NONE)?);
    let what_ifs = what_if::what_ifs(&base)?;
    let matrix = matrix::matrix(&base)?;
    let plan = samples::Plan {
        count: options.samples,
        seed: options.seed,
        partial: options.partial.as_deref(),
        resume: options.resume,
        key,
    };
    let samples = samples::run(&base, &plan, progress)?;
    Ok(summarise(options.seed, &own, samples, (what_ifs, matrix)))
}

fn summarise(
    seed: u64,
    base: &Figures,
    samples: Vec<Sample>,
    (what_ifs, matrix): (Vec<WhatIf>, ScenarioMatrix),
) -> Uncertainty {
    let figure = |n: usize| -> Vec<f64> { samples.iter().filter_map(|s| s.figures[n]).collect() };
    let spreads = (0..HEADLINES.len())
        .map(|n| statistics::spread(&figure(n)))
        .collect();
    let npv = figure(NPV);
    let losses = npv.iter().filter(|npv| **npv < 0.0).count();
    let correlations = (0..INPUTS.len())
        .map(|n| {
            let input: Vec<f64> = samples.iter().map(|s| s.inputs[n]).collect();
            statistics::rank_correlation(&input, &npv)
        })
        .collect();
    Uncertainty {
        seed,
        base: *base,
        loss_probability: losses as f64 / npv.len().max(1) as f64,
        spreads,
        correlations,
        matrix,
        what_ifs,
        samples,
    }
}

/// Where the samples of a run folder are kept until it is written.
pub fn partial_file(target: &Path) -> PathBuf {
    let mut name = target
        .file_name()
        .map_or_else(|| "run".into(), ToOwned::to_owned);
    name.push(".samples.part.csv");
    target.with_file_name(name)
}
