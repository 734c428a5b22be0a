//! Design problems on their own: file in, solution and summary out.

use crate::{Error, OutputFile};
use hukka_design::case::{CaseError, CaseOptions, CaseProgress, CaseScore, score, solve};
use hukka_model::{DesignCase, DesignOutcome, DesignStatus, Diagnostic, Place};
use serde_json::{Value, json};
use std::path::Path;

pub use hukka_design::case::{
    CaseOptions as DesignCaseOptions, CaseProgress as DesignCaseProgress,
};

/// What a design run gives.
#[derive(Debug, Clone)]
pub struct DesignCaseRun {
    /// The problem.
    pub case: DesignCase,
    /// What the optimiser found.
    pub outcome: DesignOutcome,
    /// The independent check of it.
    pub score: CaseScore,
    /// Findings about the input.
    pub diagnostics: Vec<Diagnostic>,
    /// `solution.json` and `summary.json`.
    pub files: Vec<OutputFile>,
}

/// Whether a path is meant as a design problem: a file that ends in `.json`.
pub fn is_design_case(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension == "json")
}

/// Reads, solves and checks a design problem; nothing is written.
///
/// # Errors  a file that cannot be read, findings that are errors, no network that serves everyone,
/// a solver that fails
pub fn run_design_case(
    path: &Path,
    options: &CaseOptions,
    progress: &mut dyn CaseProgress,
) -> Result<DesignCaseRun, Error> {
    let shown = path.display().to_string();
    let (case, mut diagnostics) = read(path, &shown);
    if let Some(case) = &case {
        diagnostics.extend(hukka_formats::design_case::pipes_for(
            &shown,
            case,
            options.objective,
        ));
    }
    let has_error = diagnostics.iter().any(Diagnostic::is_error);
    let Some(case) = case.filter(|_| !has_error) else {
        return Err(Error::Input(diagnostics));
    };
    let outcome = solve(&case, options, progress).map_err(failed)?;
    if outcome.status == DesignStatus::Infeasible {
        diagnostics.extend(outcome.evidence.iter().map(|evidence| {
            Diagnostic::error(
                "HK1211",
                format!("no network can serve every consumer: {evidence}"),
            )
            .at(Place::file(shown.clone()))
            .help("add capacity or edges, or use --mode economic")
        }));
        return Err(Error::Infeasible(diagnostics));
    }
    let Some(solution) = &outcome.solution else {
        return Err(Error::NoNetwork {
            evidence: outcome.evidence.join("; "),
        });
    };
    let score = score(&case, solution, options.objective, options.mode);
    let summary = summary(&case, &outcome, &score, options, progress.seconds());
    let files = vec![
        file(
            "solution.json",
            &hukka_formats::design_case::solution_json(&case, solution),
        ),
        file("summary.json", &summary),
    ];
    Ok(DesignCaseRun {
        case,
        outcome,
        score,
        diagnostics,
        files,
    })
}

fn read(path: &Path, shown: &str) -> (Option<DesignCase>, Vec<Diagnostic>) {
    #[expect(clippy::disallowed_methods, reason = "the facade reads files")]
    let text = std::fs::read_to_string(path);
    match text {
        Ok(text) => hukka_formats::design_case::read(shown, &text),
        Err(error) => {
            let found = Diagnostic::error("HK1201", format!("the file cannot be read: {error}"))
                .at(Place::file(shown));
            (None, vec![found])
        }
    }
}

fn failed(error: CaseError) -> Error {
    Error::Stage {
        stage: "design",
        source: Box::new(error),
    }
}

fn file(path: &str, value: &Value) -> OutputFile {
    OutputFile {
        path: path.to_owned(),
        bytes: format!("{value:#}\n").into_bytes(),
    }
}

/// What was found in figures: value, bound and gap first.
fn summary(
    case: &DesignCase,
    outcome: &DesignOutcome,
    score: &CaseScore,
    options: &CaseOptions,
    seconds: f64,
) -> Value {
    json!({
        "problem": case.name,
        "objective": options.objective.word(),
        "mode": options.mode.word(),
        "status": status(outcome),
        "value_eur_a": score.value.eur(),
        "bound_eur_a": outcome.bound.map(hukka_units::Money::eur),
        "gap_on_cost": outcome.gap_on_cost().map(hukka_units::Ratio::si),
        "seconds": seconds,
        "cost_eur_a": score.cost.eur(),
        "revenue_eur_a": score.revenue.eur(),
        "pipes_eur_a": score.pipes.eur(),
        "loss_kw": score.loss_kw,
        "trench_m": score.trench_m,
        "consumers": case.consumers.len(),
        "connected": outcome.solution.as_ref().map_or(0, |s| s.connected.len()),
        "seed": options.seed,
        "time_limit_s": options.time_limit_s,
        "trace": outcome.trace.iter().map(step).collect::<Vec<Value>>(),
        "version": crate::VERSION,
    })
}

/// A step on the way: how good the best network was, and how good one could be at best.
fn step(step: &hukka_model::DesignStep) -> Value {
    json!({
        "what": step.what,
        "seconds": step.after.s(),
        "value_eur_a": step.value.map(hukka_units::Money::eur),
        "bound_eur_a": step.bound.map(hukka_units::Money::eur),
    })
}

const fn status(outcome: &DesignOutcome) -> &'static str {
    match outcome.status {
        DesignStatus::Proven => "proven",
        DesignStatus::Stopped => "stopped",
        DesignStatus::Infeasible => "infeasible",
    }
}

/// One line about a run, for people.
pub fn design_case_line(run: &DesignCaseRun) -> String {
    let gap = run.outcome.gap_on_cost().map_or_else(
        || "no bound".to_owned(),
        |gap| format!("gap on cost {:.3} %", 100.0 * gap.si()),
    );
    let connected = run
        .outcome
        .solution
        .as_ref()
        .map_or(0, |s| s.connected.len());
    format!(
        "{} of {} consumers, {:.0} m of trench, {:.0} EUR/a net, {gap}",
        connected,
        run.case.consumers.len(),
        run.score.trench_m,
        run.score.value.eur(),
    )
}
