//! A case simulated: its state, its series, the files that tell of them.

use super::load::LoadedCase;
use super::series::SeriesResult;
use super::{summary, tables, water};
use crate::progress::{Progress, Stage, StageObserver};
use crate::{Error, OutputFile};
use hukka_formats::network::geojson_with_state;
use hukka_model::Diagnostic;
use hukka_model::network_case::CaseState;
use hukka_network::case::{CaseOptions, check, series, steady};
use hukka_network::dynamic::{self, DynamicOptions};
use serde_json::Value;

/// Times the controls of a water network may act before they count as undoing each other.
const MOST_SWITCHES: usize = 40;

/// How rows of a series follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TimeMode {
    /// Each row its own steady state.
    #[default]
    Steady,
    /// Water moves as plugs from row to row.
    Dynamic,
}

/// How to simulate a case.
#[derive(Debug, Clone, Copy, Default)]
pub struct NetworkCaseOptions {
    /// How rows follow each other.
    pub time: TimeMode,
    /// Series as CSV however long.
    pub csv: bool,
}

/// A case simulated.
#[derive(Debug)]
pub struct NetworkCaseRun {
    /// Everything to write.
    pub files: Vec<OutputFile>,
    /// `summary.json`.
    pub summary: Value,
    /// A few lines for people.
    pub text: String,
    /// What the simulation found worth saying; what the reader said is in the summary.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether every state converged.
    pub is_converged: bool,
}

/// Simulates a case: the state it describes, then its series if it has one.
///
/// # Errors  [`Error::Input`] if the case cannot be simulated; [`Error::Stopped`]. States that do
///   not converge are no error: see [`NetworkCaseRun::is_converged`]
pub fn simulate_case(
    loaded: &LoadedCase,
    options: NetworkCaseOptions,
    progress: &mut dyn Progress,
) -> Result<NetworkCaseRun, Error> {
    let case = &loaded.case;
    let problems = check(case);
    if !problems.is_empty() {
        return Err(Error::Input(problems));
    }
    let mut observer = StageObserver {
        stage: Stage::Network,
        progress,
    };
    let switched;
    let (state, mut diagnostics, loaded) = {
        let (state, found) = steady(case, &CaseOptions::default(), &mut observer).map_err(told)?;
        match switch(loaded, &state, &mut observer)? {
            None => (state, found, loaded),
            Some((state, found, other)) => {
                switched = other;
                (state, found, &switched)
            }
        }
    };
    let case = &loaded.case;
    let result = match (case.times.is_empty(), options.time) {
        (true, TimeMode::Steady) => None,
        (_, TimeMode::Dynamic) => Some(run_dynamic(loaded, &mut observer)?),
        (false, TimeMode::Steady) => {
            let mut result = SeriesResult::new(case, "steady");
            let found = series(
                case,
                &CaseOptions::default(),
                &mut |row, state| result.take(row, &state),
                &mut observer,
            )
            .map_err(told)?;
            diagnostics.extend(found);
            Some(result)
        }
    };
    let is_converged = state.is_converged
        && result
            .as_ref()
            .is_none_or(|result| result.unconverged_rows.is_empty());
    let mut all = loaded.diagnostics.clone();
    all.extend(diagnostics.iter().cloned());
    let summary = summary::json(loaded, &state, result.as_ref(), &all);
    Ok(NetworkCaseRun {
        files: files(loaded, &state, result.as_ref(), &summary, options.csv)?,
        text: summary::text(loaded, &state, result.as_ref()),
        summary,
        diagnostics,
        is_converged,
    })
}

/// A water network whose controls act on the pressures found, solved until none acts any more;
/// `None` if none acts at all.
fn switch(
    loaded: &LoadedCase,
    state: &CaseState,
    observer: &mut StageObserver<'_>,
) -> Result<Option<(CaseState, Vec<Diagnostic>, LoadedCase)>, Error> {
    let Some(view) = loaded.water.as_ref().filter(|v| !v.switches.is_empty()) else {
        return Ok(None);
    };
    let (mut view, mut case) = (view.clone(), loaded.case.clone());
    if !view.switch(&mut case, &state.pressure_pa) {
        return Ok(None);
    }
    let mut is_settled = false;
    let (mut state, mut found) = (state.clone(), Vec::new());
    for _ in 0..MOST_SWITCHES {
        (state, found) = steady(&case, &CaseOptions::default(), observer).map_err(told)?;
        is_settled = !view.switch(&mut case, &state.pressure_pa);
        if is_settled {
            break;
        }
    }
    if !is_settled {
        found.push(
            Diagnostic::warning(
                "HK1011",
                "controls by pressure undo each other: the last state found is shown",
            )
            .help("set the limits of the controls further apart"),
        );
    }
    let switched = LoadedCase {
        case,
        format: loaded.format,
        water: Some(view),
        diagnostics: loaded.diagnostics.clone(),
    };
    Ok(Some((state, found, switched)))
}

fn run_dynamic(
    loaded: &LoadedCase,
    observer: &mut StageObserver<'_>,
) -> Result<SeriesResult, Error> {
    let mut result = SeriesResult::new(&loaded.case, "dynamic");
    let options = DynamicOptions::default();
    let summary = dynamic::simulate(&loaded.case, &options, observer, &mut |row, state| {
        result.take(row, state);
    });
    match summary {
        Ok(summary) => {
            result.heat_balance = Some(summary.imbalance());
            Ok(result)
        }
        Err(dynamic::Error::Stopped { .. }) => Err(Error::Stopped),
        Err(error) => Err(Error::Input(vec![
            Diagnostic::error(
                "HK1011",
                format!("the case cannot be run over time: {error}"),
            )
            .help("simulate it without --dynamic, or change what is named"),
        ])),
    }
}

/// What the solver says as an error of this crate.
fn told(error: hukka_network::Error) -> Error {
    match error {
        hukka_network::Error::Stopped { .. } => Error::Stopped,
        other => Error::Input(vec![
            Diagnostic::error("HK1011", format!("the case cannot be simulated: {other}"))
                .help("mend the element named"),
        ]),
    }
}

fn files(
    loaded: &LoadedCase,
    state: &CaseState,
    series: Option<&SeriesResult>,
    summary: &Value,
    wants_csv: bool,
) -> Result<Vec<OutputFile>, Error> {
    let mut files = match &loaded.water {
        Some(view) => water::of_state(&loaded.case, state, view),
        None => tables::of_state(&loaded.case, state),
    };
    files.push(OutputFile {
        path: "summary.json".into(),
        bytes: format!("{summary:#}\n").into_bytes(),
    });
    if let Some(map) = geojson_with_state(&loaded.case, state) {
        files.push(OutputFile {
            path: "network.geojson".into(),
            bytes: map.into_bytes(),
        });
    }
    if let Some(series) = series {
        files.extend(series.files(wants_csv)?);
    }
    Ok(files)
}
