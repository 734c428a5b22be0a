//! Problems of one file, collected; of each kind the first twenty, then how many more. Filled hours
//! are all told.

use crate::codes;
use crate::text::{Field, Line};
use hukka_model::{Diagnostic, Place, Severity};

/// Diagnostics of one kind shown per file.
const SHOWN_PER_CODE: usize = 20;

/// How many of a kind are shown.
fn shown(code: &str) -> usize {
    if code == codes::FILLED {
        usize::MAX
    } else {
        SHOWN_PER_CODE
    }
}

/// Longest line shown with a diagnostic, characters.
const TEXT_SHOWN: usize = 160;

/// Collects the diagnostics of one file.
#[derive(Debug)]
pub(crate) struct Findings {
    file: String,
    shown: Vec<Diagnostic>,
    counts: Vec<(String, Severity, usize)>,
}

impl Findings {
    /// No findings yet about a file.
    pub(crate) fn new(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            shown: Vec::new(),
            counts: Vec::new(),
        }
    }

    /// Adds a finding; one without a place gets the file.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        let known = self
            .counts
            .iter_mut()
            .find(|kind| kind.0 == diagnostic.code);
        let count = if let Some(kind) = known {
            kind.2 += 1;
            kind.2
        } else {
            let code = diagnostic.code.clone();
            self.counts.push((code, diagnostic.severity, 1));
            1
        };
        if count <= shown(&diagnostic.code) {
            let place = diagnostic.place.clone();
            self.shown
                .push(diagnostic.at(place.unwrap_or_else(|| Place::file(&self.file))));
        }
    }

    /// Whether anything found stops the run.
    pub(crate) fn has_error(&self) -> bool {
        self.counts.iter().any(|kind| kind.1 == Severity::Error)
    }

    /// Lines `first` to `last`, with the text of the first.
    pub(crate) fn lines(&self, first: Line<'_>, last: usize) -> Place {
        Place {
            last_line: (last > first.number).then_some(last),
            text: Some(first.text.chars().take(TEXT_SHOWN).collect()),
            ..Place::line(&self.file, first.number)
        }
    }

    /// One field of a line.
    pub(crate) fn field(&self, line: Line<'_>, field: Field<'_>) -> Place {
        let column = 1 + line.text[..field.start].chars().count();
        Place {
            column: Some(column),
            end_column: Some(column + field.text.chars().count()),
            ..self.lines(line, line.number)
        }
    }

    /// All findings by line, with one that counts those not shown of each kind.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        self.shown
            .sort_by_key(|found| found.place.as_ref().and_then(|place| place.line));
        for (code, severity, count) in &self.counts {
            if let Some(more) = count.checked_sub(shown(code)).filter(|more| *more > 0) {
                let message = format!("and {more} more of {code} in this file");
                let diagnostic = match severity {
                    Severity::Error => Diagnostic::error(code, message),
                    Severity::Warning => Diagnostic::warning(code, message),
                    Severity::Note => Diagnostic::note(code, message),
                };
                self.shown.push(diagnostic.at(Place::file(&self.file)));
            }
        }
        self.shown
    }
}
