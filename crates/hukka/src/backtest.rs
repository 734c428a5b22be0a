//! The back-test: what is announced of real systems beside what the engine finds for them.

mod claim;
mod standing;
mod table;

use crate::pipeline::{Options, run};
use crate::run_id::run_id;
use crate::{Error, RunInfo, Silent, Stage, examples, outputs};
use claim::{Claim, Figure};
use hukka_model::Confidence;
use rayon::prelude::*;
use serde::Serialize;
use serde_json::Value;
use standing::stated_inputs;
pub use standing::{Standing, StatedInput};
use std::path::Path;
pub use table::{backtest_csv, backtest_json, backtest_markdown, backtest_text};

/// How a published figure compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Agreement {
    /// Within the band stated in the claim.
    Inside,
    /// Outside it.
    Outside,
}

/// What is found about a claim as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimVerdict {
    /// Every figure is within its band.
    Inside,
    /// Some figure is outside its band.
    Outside,
    /// The published figures contradict each other.
    DoesNotAddUp,
    /// A negative case is refused for the reason stated.
    RefusedAsStated,
    /// A negative case is not refused, or for another reason.
    NotRefused,
    /// The study did not run to its end.
    NotRun,
}

/// One published figure beside the computed one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BacktestFigure {
    /// What it is.
    pub what: String,
    /// Its unit; `1` for shares and ratios.
    pub unit: String,
    /// Least and most published; equal when it is one number.
    pub published: [f64; 2],
    /// R read, R2 read in a weak source, D derived from read values.
    pub confidence: String,
    /// Public source.
    pub source: String,
    /// What the engine finds.
    pub computed: f64,
    /// Computed over the nearest published value, less one; 0 between least and most.
    pub deviation: f64,
    /// Least and most that count as agreement.
    pub band: [f64; 2],
    /// Why that band.
    pub band_from: String,
    /// Within the band or not.
    pub agreement: Agreement,
    /// Inputs fitted to this very plant: the figure checks arithmetic and does not count.
    pub fitted: Vec<String>,
}

/// Published power and yearly heat held against each other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Consistency {
    /// Published power, MW.
    pub capacity_mw: f64,
    /// Published yearly heat, MWh.
    pub annual_mwh: f64,
    /// Hours at full power that this takes.
    pub full_load_h: f64,
    /// No more hours than a year has.
    pub adds_up: bool,
    /// Public source.
    pub source: String,
}

/// One place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BacktestCase {
    /// Folder below `examples/backtest`.
    pub id: String,
    /// Place and system.
    pub place: String,
    /// What is claimed, in words.
    pub claim: String,
    /// What to know when reading it.
    pub note: String,
    /// Why computed figures lie outside their bands, as far as that is known; empty where none do.
    pub outside: String,
    /// Figures, published and computed.
    pub figures: Vec<BacktestFigure>,
    /// Published figures held against each other.
    pub consistency: Vec<Consistency>,
    /// Go or no-go as the engine says.
    pub engine_verdict: Option<String>,
    /// The engine's sentence, or why the study did not run.
    pub headline: String,
    /// Drivers of the engine's reasons, strongest first.
    pub drivers: Vec<String>,
    /// The answer expected of a negative case.
    pub expected: Option<String>,
    /// Inputs the study states, each published, derived or assumed.
    pub inputs: Vec<StatedInput>,
    /// Defaults of the engine that the study relies on: assumptions too.
    pub defaults: Vec<String>,
    /// What is found.
    pub verdict: ClaimVerdict,
}

impl BacktestCase {
    /// Inputs of the study that are assumed.
    pub fn assumed(&self) -> impl Iterator<Item = &StatedInput> {
        self.inputs
            .iter()
            .filter(|input| input.standing == Standing::Assumed)
    }
}

/// Runs every back-test study that ships with hukka, in the order of their names.
///
/// # Errors  [`Error::Stage`] when a bundled claim cannot be read, [`Error::Write`] when the
/// studies cannot be laid out; a study that does not run is a row of the table
pub fn backtest() -> Result<Vec<BacktestCase>, Error> {
    let home = tempfile::tempdir().map_err(|source| Error::Write {
        path: std::env::temp_dir(),
        source,
    })?;
    examples::backtest_names()
        .par_iter()
        .map(|id| one_case(id, home.path()))
        .collect()
}

fn one_case(id: &str, home: &Path) -> Result<BacktestCase, Error> {
    let folder = home.join(id);
    examples::write_example(&format!("{}/{id}", examples::BACKTEST), &folder)?;
    let broken = |reason: String| Error::Stage {
        stage: "backtest",
        source: format!("{id}: {reason}").into(),
    };
    let text = |name: &str| {
        examples::text(&format!("{}/{id}/{name}", examples::BACKTEST))
            .ok_or_else(|| broken(format!("there is no {name}")))
    };
    let claim: Claim =
        toml::from_str(text("claim.toml")?).map_err(|error| broken(error.to_string()))?;
    let inputs = stated_inputs(text("study.toml")?).map_err(broken)?;
    let found = answer(&folder, &[]);
    let mut case = BacktestCase {
        id: id.to_owned(),
        place: claim.place.clone(),
        claim: claim.words.clone(),
        note: claim.note.clone(),
        outside: claim.outside.clone(),
        figures: Vec::new(),
        consistency: claim.consistency.iter().map(claim::Pair::check).collect(),
        engine_verdict: None,
        headline: String::new(),
        drivers: Vec::new(),
        expected: claim.expect.as_ref().map(claim::Expectation::sentence),
        inputs,
        defaults: Vec::new(),
        verdict: ClaimVerdict::NotRun,
    };
    match found {
        Err(reason) => case.headline = reason,
        Ok(found) => {
            for figure in &claim.figure {
                let compared = if figure.fitted.is_empty() {
                    compare(figure, &found.summary)
                } else {
                    answer(&folder, &figure.fitted)
                        .and_then(|fitted| compare(figure, &fitted.summary))
                };
                case.figures.push(compared.map_err(broken)?);
            }
            case.engine_verdict = found.summary["verdict"]["kind"].as_str().map(str::to_owned);
            case.headline = sentence(&found.summary["verdict"]["headline"]);
            case.drivers = drivers(&found.summary);
            case.defaults = found.defaults;
            case.verdict = judge(&claim, &case);
        }
    }
    Ok(case)
}

/// What the engine says about one study.
struct Answer {
    summary: Value,
    defaults: Vec<String>,
}

fn answer(folder: &Path, set: &[String]) -> Result<Answer, String> {
    let overrides: Vec<(String, String)> = set
        .iter()
        .filter_map(|text| text.split_once('='))
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect();
    let loaded = hukka_study::load(folder, &overrides);
    let errors: Vec<String> = loaded
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.is_error())
        .map(|diagnostic| format!("{diagnostic:?}"))
        .collect();
    let Some(study) = loaded.study.filter(|_| errors.is_empty()) else {
        return Err(errors.join("; "));
    };
    let options = Options {
        until: Stage::Report,
    };
    let run = run(&study, &options, &mut Silent).map_err(|error| error.to_string())?;
    let info = RunInfo {
        version: crate::VERSION.to_owned(),
        run_id: run_id(&study.input_files, &overrides),
        command: format!("hukka run {}", study.id),
    };
    let defaults = study
        .assumptions
        .iter()
        .filter(|assumption| assumption.confidence == Confidence::Default)
        .map(|assumption| {
            format!(
                "{} = {} {}",
                assumption.key, assumption.value, assumption.unit
            )
            .trim_end()
            .to_owned()
        })
        .collect();
    Ok(Answer {
        summary: outputs::summary(&study, &run, &info),
        defaults,
    })
}

fn compare(figure: &Figure, summary: &Value) -> Result<BacktestFigure, String> {
    let read = |pointer: &str| {
        summary
            .pointer(pointer)
            .and_then(Value::as_f64)
            .ok_or_else(|| format!("the summary has no number at {pointer}"))
    };
    let mut computed = read(&figure.measure)? * figure.scale;
    if let Some(divisor) = &figure.per {
        computed /= read(divisor)?;
    }
    let published = figure.published.range();
    let (band, band_from) = figure.band();
    let is_inside = (band[0]..=band[1]).contains(&computed);
    let nearest = computed.clamp(published[0], published[1]);
    Ok(BacktestFigure {
        what: figure.what.clone(),
        unit: figure.unit.clone(),
        published,
        confidence: figure.confidence.clone(),
        source: figure.source.clone(),
        computed,
        deviation: computed / nearest - 1.0,
        band,
        band_from,
        agreement: if is_inside {
            Agreement::Inside
        } else {
            Agreement::Outside
        },
        fitted: figure.fitted.clone(),
    })
}

fn judge(claim: &Claim, case: &BacktestCase) -> ClaimVerdict {
    if let Some(expect) = &claim.expect {
        let is_refused = case.engine_verdict.as_deref() == Some(&expect.verdict)
            && expect.driver.iter().all(|one| case.drivers.contains(one));
        return if is_refused {
            ClaimVerdict::RefusedAsStated
        } else {
            ClaimVerdict::NotRefused
        };
    }
    let is_outside = case
        .figures
        .iter()
        .any(|figure| figure.fitted.is_empty() && figure.agreement == Agreement::Outside);
    if case.consistency.iter().any(|pair| !pair.adds_up) {
        ClaimVerdict::DoesNotAddUp
    } else if is_outside {
        ClaimVerdict::Outside
    } else {
        ClaimVerdict::Inside
    }
}

fn drivers(summary: &Value) -> Vec<String> {
    let reasons = summary["verdict"]["reasons"].as_array();
    reasons
        .into_iter()
        .flatten()
        .map(|reason| sentence(&reason["driver"]))
        .collect()
}

fn sentence(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
