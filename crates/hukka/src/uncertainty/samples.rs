//! Samples in parallel, streamed to a file as they come, continued where they stopped.

use super::chain::{Base, evaluate};
use super::draw::{Change, INPUTS};
use super::headline::{Figures, HEADLINES, figures};
use crate::Error;
use crate::progress::{Progress, Stage};
use rayon::prelude::*;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Samples between two looks at the user and two writes.
const AT_ONCE: usize = 16;

/// One sample: what was changed and what came of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    /// Values of [`INPUTS`].
    pub inputs: [f64; INPUTS.len()],
    /// Values of [`HEADLINES`].
    pub figures: Figures,
}

/// Which samples, and where they are kept on the way.
pub(crate) struct Plan<'a> {
    pub(crate) count: usize,
    pub(crate) seed: u64,
    /// Written as samples come; deleted by whoever publishes the result.
    pub(crate) partial: Option<&'a Path>,
    pub(crate) resume: bool,
    /// What the samples depend on: a partial file of another study is not continued.
    pub(crate) key: &'a str,
}

/// Runs every sample, in order of their numbers whatever the threads.
pub(crate) fn run(
    base: &Base<'_>,
    plan: &Plan<'_>,
    progress: &mut dyn Progress,
) -> Result<Vec<Sample>, Error> {
    let mut samples = match plan.partial {
        Some(path) if plan.resume => read_partial(path, plan)?,
        _ => Vec::new(),
    };
    let mut stream = plan
        .partial
        .map(|path| Stream::begin(path, plan, &samples))
        .transpose()?;
    samples.reserve(plan.count.saturating_sub(samples.len()));
    while samples.len() < plan.count {
        if progress.should_stop() {
            return Err(Error::Stopped);
        }
        let from = samples.len();
        let batch = (from..(from + AT_ONCE).min(plan.count))
            .into_par_iter()
            .map(|n| sample(base, plan.seed, n))
            .collect::<Result<Vec<_>, Error>>()?;
        if let Some(stream) = &mut stream {
            stream.write(from, &batch)?;
        }
        samples.extend(batch);
        progress.progress(Stage::Assess, samples.len(), plan.count);
    }
    Ok(samples)
}

fn sample(base: &Base<'_>, seed: u64, number: usize) -> Result<Sample, Error> {
    let change = Change::draw(base.study, seed, number as u64);
    let evaluation = evaluate(base, &change)?;
    Ok(Sample {
        inputs: change.values(base.study.money.horizon_years),
        figures: figures(&evaluation),
    })
}

/// Title row of `samples.csv`.
pub(crate) fn titles() -> String {
    let inputs = INPUTS.iter().map(|input| input.name);
    let figures = HEADLINES.iter().map(|figure| figure.name);
    let names: Vec<&str> = std::iter::once("sample")
        .chain(inputs)
        .chain(figures)
        .collect();
    names.join(",")
}

/// One row: digits that read back to the same bits, nothing where a figure does not exist.
pub(crate) fn row(number: usize, sample: &Sample) -> String {
    let mut text = number.to_string();
    for value in &sample.inputs {
        text.push_str(&format!(",{value}"));
    }
    for value in &sample.figures {
        text.push(',');
        if let Some(value) = value {
            text.push_str(&value.to_string());
        }
    }
    text
}

/// The whole table.
pub(crate) fn table(samples: &[Sample]) -> String {
    let mut text = titles();
    text.push('\n');
    for (n, sample) in samples.iter().enumerate() {
        text.push_str(&row(n, sample));
        text.push('\n');
    }
    text
}

fn mark(plan: &Plan<'_>) -> String {
    format!("# hukka-samples/1 {} seed {}", plan.key, plan.seed)
}

/// The samples of an earlier run that stopped; none if there is no such file. A last line cut
/// short is made again.
fn read_partial(path: &Path, plan: &Plan<'_>) -> Result<Vec<Sample>, Error> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    #[expect(
        clippy::disallowed_methods,
        reason = "the run's own file, beside the run folder, not an input of the study"
    )]
    let bytes = fs::read(path).map_err(failed(path))?;
    let other = || Error::OtherSamples(path.to_owned());
    let text = String::from_utf8(bytes).map_err(|_| other())?;
    let Some((first, rest)) = text.split_once('\n') else {
        return Err(other());
    };
    let Some((second, rest)) = rest.split_once('\n') else {
        return Err(other());
    };
    if first != mark(plan) || second != titles() {
        return Err(other());
    }
    let whole = rest.rfind('\n').map_or("", |end| &rest[..end]);
    let mut samples = Vec::new();
    for (n, line) in whole.lines().enumerate().take(plan.count) {
        samples.push(parse(n, line).ok_or_else(other)?);
    }
    Ok(samples)
}

fn parse(number: usize, line: &str) -> Option<Sample> {
    let mut cells = line.split(',');
    if cells.next()?.parse::<usize>().ok()? != number {
        return None;
    }
    let mut inputs = [0.0; INPUTS.len()];
    for value in &mut inputs {
        *value = finite(cells.next()?)?;
    }
    let mut figures = [None; HEADLINES.len()];
    for value in &mut figures {
        let cell = cells.next()?;
        if !cell.is_empty() {
            *value = Some(finite(cell)?);
        }
    }
    cells.next().is_none().then_some(Sample { inputs, figures })
}

fn finite(cell: &str) -> Option<f64> {
    cell.parse().ok().filter(|value: &f64| value.is_finite())
}

/// The file samples go to as they come.
struct Stream {
    path: PathBuf,
    file: fs::File,
}

impl Stream {
    fn begin(path: &Path, plan: &Plan<'_>, known: &[Sample]) -> Result<Self, Error> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(failed(folder))?;
        }
        let file = fs::File::create(path).map_err(failed(path))?;
        let mut stream = Self {
            path: path.to_owned(),
            file,
        };
        let head = format!("{}\n{}\n", mark(plan), titles());
        stream
            .file
            .write_all(head.as_bytes())
            .map_err(failed(path))?;
        stream.write(0, known)?;
        Ok(stream)
    }

    fn write(&mut self, from: usize, samples: &[Sample]) -> Result<(), Error> {
        let mut text = String::new();
        for (n, sample) in (from..).zip(samples) {
            text.push_str(&row(n, sample));
            text.push('\n');
        }
        self.file
            .write_all(text.as_bytes())
            .and_then(|()| self.file.flush())
            .map_err(failed(&self.path))
    }
}

fn failed(path: &Path) -> impl FnOnce(std::io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::Write { path, source }
}
