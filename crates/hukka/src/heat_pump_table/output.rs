//! Computed columns behind the table's own.

use super::HeatPumpTable;
use super::columns::Reader;
use hukka_model::Diagnostic;
use std::collections::BTreeMap;

/// A row that has a COP, inside what the model is known to hold for.
pub(super) const OK: &str = "ok";

/// What became of one row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Outcome {
    /// One word, `ok` when there is nothing to say.
    pub(super) status: &'static str,
    /// Whether the row has a COP.
    pub(super) has_cop: bool,
    /// A sentence, or nothing.
    pub(super) note: String,
}

impl Outcome {
    pub(super) fn ok() -> Self {
        Self::with_cop(OK, "")
    }

    pub(super) fn with_cop(status: &'static str, note: impl Into<String>) -> Self {
        Self {
            status,
            has_cop: true,
            note: note.into(),
        }
    }

    pub(super) fn without(status: &'static str, note: impl Into<String>) -> Self {
        Self {
            status,
            has_cop: false,
            note: note.into(),
        }
    }
}

/// Columns a model has computed, in the order they are written.
pub(super) struct Computed {
    columns: Vec<(&'static str, Vec<String>)>,
    outcomes: Vec<Outcome>,
}

impl Computed {
    pub(super) fn new(outcomes: Vec<Outcome>) -> Self {
        Self {
            columns: Vec::new(),
            outcomes,
        }
    }

    /// Adds a column of numbers; `None` is an empty cell.
    #[must_use]
    pub(super) fn numbers(
        mut self,
        name: &'static str,
        cells: impl Iterator<Item = Option<f64>>,
    ) -> Self {
        let cells = cells
            .map(|cell| cell.map(|value| value.to_string()).unwrap_or_default())
            .collect();
        self.columns.push((name, cells));
        self
    }

    /// Adds a column of words.
    #[must_use]
    pub(super) fn words(mut self, name: &'static str, cells: Vec<String>) -> Self {
        self.columns.push((name, cells));
        self
    }
}

/// The whole table as text, with what there is to tell about it.
pub(super) fn finish(
    reader: &Reader,
    computed: &Computed,
    mut diagnostics: Vec<Diagnostic>,
) -> HeatPumpTable {
    let is_computed = |header: &str| {
        computed
            .columns
            .iter()
            .any(|(name, _)| name.eq_ignore_ascii_case(header))
            || header.eq_ignore_ascii_case("status")
            || header.eq_ignore_ascii_case("note")
    };
    let kept: Vec<usize> = (0..reader.headers.len())
        .filter(|i| !is_computed(&reader.headers[*i]))
        .collect();
    let mut csv = String::new();
    let names = kept
        .iter()
        .map(|i| reader.headers[*i].as_str())
        .chain(computed.columns.iter().map(|(name, _)| *name))
        .chain(["status", "note"]);
    push_line(&mut csv, names);
    for (row, outcome) in computed.outcomes.iter().enumerate() {
        let cells = kept
            .iter()
            .map(|i| reader.rows[row][*i].as_str())
            .chain(
                computed
                    .columns
                    .iter()
                    .map(|(_, cells)| cells[row].as_str()),
            )
            .chain([outcome.status, outcome.note.as_str()]);
        push_line(&mut csv, cells);
    }
    diagnostics.extend(without_cop(&computed.outcomes));
    HeatPumpTable {
        csv,
        rows: computed.outcomes.len(),
        with_cop: computed.outcomes.iter().filter(|o| o.has_cop).count(),
        diagnostics,
    }
}

fn push_line<'a>(csv: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            csv.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) {
            csv.push('"');
            csv.push_str(&cell.replace('"', "\"\""));
            csv.push('"');
        } else {
            csv.push_str(cell);
        }
    }
    csv.push('\n');
}

/// One warning that counts the rows of every status that has no COP.
fn without_cop(outcomes: &[Outcome]) -> Option<Diagnostic> {
    let mut counts = BTreeMap::new();
    for outcome in outcomes.iter().filter(|o| !o.has_cop) {
        *counts.entry(outcome.status).or_insert(0_usize) += 1;
    }
    let total: usize = counts.values().sum();
    if total == 0 {
        return None;
    }
    let list: Vec<String> = counts.iter().map(|(s, n)| format!("{n} {s}")).collect();
    let message = format!("{total} of {} rows have no COP", outcomes.len());
    Some(
        Diagnostic::warning("HK0476", message)
            .seen(list.join(", "))
            .help("columns `status` and `note` say why, row by row"),
    )
}
