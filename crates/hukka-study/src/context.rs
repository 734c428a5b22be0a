//! What loading gathers on its way: diagnostics, the input register, the files read.

use crate::files::Files;
use crate::node::Origin;
use crate::spec::join;
use crate::text::SourceText;
use hukka_model::{Assumption, Confidence, Diagnostic, Place};
use hukka_series::{GapRule, Gaps};
use std::ops::Range;

/// What loading gathers on its way.
pub(crate) struct Context {
    pub(crate) files: Files,
    /// The study file, then the variants.
    pub(crate) texts: Vec<SourceText>,
    /// `key=value` of the command line.
    pub(crate) commands: Vec<String>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) assumptions: Vec<Assumption>,
    /// Part of the study file could not be read: what is missing may stand in that part.
    pub(crate) is_partial: bool,
    /// Unknown keys and tables so far.
    pub(crate) unknown: usize,
    /// What happens to hours that series files lack.
    pub(crate) gaps: Gaps,
}

impl Context {
    pub(crate) const fn new(files: Files) -> Self {
        Self {
            files,
            texts: Vec::new(),
            commands: Vec::new(),
            diagnostics: Vec::new(),
            assumptions: Vec::new(),
            is_partial: false,
            unknown: 0,
            gaps: Gaps {
                rule: GapRule::Error,
                max_hours: 0,
            },
        }
    }

    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The place a person can find.
    pub(crate) fn place(&self, origin: Origin) -> Place {
        match origin {
            Origin::Text(file, start, end) => self.texts[file].place(&Range { start, end }),
            Origin::Command(n) => Place {
                text: Some(format!("--set {}", self.commands[n])),
                ..Place::file("command line")
            },
        }
    }

    /// Where a value stands, in words for the input register.
    pub(crate) fn origin_words(&self, origin: Origin) -> String {
        match origin {
            Origin::Text(file, start, _) => {
                let text = &self.texts[file];
                format!("{}:{}", text.file, text.line_of(start))
            }
            Origin::Command(_) => "set on the command line".to_owned(),
        }
    }

    /// The place of the study file's first line, for what is missing altogether.
    pub(crate) fn study_place(&self) -> Place {
        Place::file(
            self.texts
                .first()
                .map_or("study.toml", |text| text.file.as_str()),
        )
    }

    pub(crate) fn assume(
        &mut self,
        key: impl Into<String>,
        value: impl Into<String>,
        unit: &str,
        source: impl Into<String>,
        confidence: Confidence,
    ) {
        self.assumptions.push(Assumption {
            key: key.into(),
            value: value.into(),
            unit: unit.to_owned(),
            source: source.into(),
            confidence,
        });
    }

    /// A figure worked out from other inputs.
    pub(crate) fn derive(&mut self, key: &str, value: &str, unit: &str, source: &str) {
        self.assume(key, value, unit, source, Confidence::Derived);
    }

    /// Whether an error has been found.
    pub(crate) fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// "did you mean …?" from what is known.
pub(crate) fn closest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let lower = name.to_lowercase();
    let mut best: Option<(f64, &str)> = None;
    for candidate in known {
        let score = strsim::normalized_damerau_levenshtein(&lower, &candidate.to_lowercase());
        if score >= 0.6 && best.is_none_or(|(top, _)| score > top) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// `a, b and c`, each in backticks.
pub(crate) fn list_words<'n>(words: impl IntoIterator<Item = &'n str>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// A value with its unit, as shown behind a caret.
pub(crate) fn seen(value: &str, symbol: &str) -> String {
    join(value, symbol)
}
