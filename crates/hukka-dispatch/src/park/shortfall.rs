//! A park that cannot keep its limits: which steps, which limits, how many kilowatts.

use super::programme::Programme;
use super::slack::kinds;
use super::window::Window;
use hukka_lp::Solution;
use hukka_model::{CasePlan, Diagnostic, DispatchCase};

/// Power below which a limit counts as kept, MW.
const KEPT_MW: f64 = 1e-6;

/// Steps in which one limit is broken.
struct Shortfall {
    what: String,
    help: &'static str,
    steps: Vec<(usize, f64)>,
}

/// Names the limits that a solution with slack breaks.
pub(crate) fn broken_limits(
    window: &Window<'_>,
    programme: &Programme,
    solution: &Solution,
) -> Vec<Diagnostic> {
    let (case, layout) = (window.case, &programme.layout);
    let Some(first) = layout.slack else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (offset, kind) in kinds(case).into_iter().enumerate() {
        let steps = (0..window.steps()).filter_map(|step| {
            let power = solution.columns[layout.column(step, first + offset).0];
            (power > KEPT_MW).then_some((window.from + step, power))
        });
        let (what, help) = kind.words(case);
        let shortfall = Shortfall {
            what,
            help,
            steps: steps.collect(),
        };
        found.extend(shortfall.diagnostic(case));
    }
    let over = programme.cap_slack.iter();
    let over = over.map(|(column, name)| (name, solution.columns[column.0]));
    found.extend(
        over.filter(|(_, over)| *over > KEPT_MW)
            .map(|(name, over)| {
                Diagnostic::warning("HK1122", format!("a limit cannot be kept: {name}"))
                    .seen(format!("missed by {over:.3}"))
                    .help("widen the limit")
            }),
    );
    found
}

/// Names the steps in which heat is not supplied.
pub(crate) fn unserved(case: &DispatchCase, plan: &CasePlan) -> Option<Diagnostic> {
    let steps = plan.unserved_mw.iter().copied().enumerate();
    Shortfall {
        what: "heat is not supplied".into(),
        help: "add heat capacity, or a larger store",
        steps: steps.filter(|(_, power)| *power > KEPT_MW).collect(),
    }
    .with_code(case, "HK1121")
}

impl Shortfall {
    fn diagnostic(&self, case: &DispatchCase) -> Option<Diagnostic> {
        self.with_code(case, "HK1122")
    }

    fn with_code(&self, case: &DispatchCase, code: &str) -> Option<Diagnostic> {
        let (worst, power) = self
            .steps
            .iter()
            .copied()
            .max_by(|a, b| a.1.total_cmp(&b.1))?;
        let hours: f64 = self.steps.iter().map(|(t, _)| case.step_hours[*t]).sum();
        let listed: Vec<String> = self
            .steps
            .iter()
            .take(8)
            .map(|(t, _)| t.to_string())
            .collect();
        let more = if self.steps.len() > 8 { " …" } else { "" };
        let message = format!("{} in {hours} h, most in step {worst}", self.what);
        Some(
            Diagnostic::warning(code, message)
                .seen(format!(
                    "{:.0} kW in step {worst}; steps {}{more}",
                    1000.0 * power,
                    listed.join(", ")
                ))
                .help(self.help),
        )
    }
}
