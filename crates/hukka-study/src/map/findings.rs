//! Findings about one map: with a line for each, and not too many of a kind.

use crate::codes;
use crate::text::SourceText;
use hukka_model::Diagnostic;
use std::rc::Rc;

/// More findings of one kind are only counted.
const SHOWN_PER_KIND: usize = 20;

/// Findings about one map.
pub(super) struct Findings {
    text: SourceText,
    found: Vec<Diagnostic>,
    /// Code, findings so far, and whether any is an error.
    counts: Vec<(String, usize)>,
}

impl Findings {
    pub(super) fn new(file: &str, text: Rc<str>) -> Self {
        Self {
            text: SourceText::new(file, text),
            found: Vec::new(),
            counts: Vec::new(),
        }
    }

    /// Adds a finding at a byte of the map.
    pub(super) fn push(&mut self, offset: usize, diagnostic: Diagnostic) {
        let kind = format!("{}{}", diagnostic.code, diagnostic.message);
        let known = self.counts.iter_mut().find(|(known, _)| *known == kind);
        let count = if let Some((_, count)) = known {
            *count += 1;
            *count
        } else {
            self.counts.push((kind, 1));
            1
        };
        if count <= SHOWN_PER_KIND {
            let mut place = self.text.place(&(offset..offset + 1));
            // A feature is named by its line; its text is data, not something to read.
            place.text = None;
            self.found.push(diagnostic.at(place));
        }
    }

    pub(super) fn has_errors(&self) -> bool {
        self.found.iter().any(Diagnostic::is_error)
    }

    /// Every finding, and how many more there are of each kind.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        for (kind, count) in &self.counts {
            if *count <= SHOWN_PER_KIND {
                continue;
            }
            let Some(sample) = self
                .found
                .iter()
                .find(|diagnostic| *kind == format!("{}{}", diagnostic.code, diagnostic.message))
            else {
                continue;
            };
            let more = Diagnostic::note(
                codes::MAP_MORE,
                format!(
                    "{} more like {}: {}",
                    hukka_units::grouped((count - SHOWN_PER_KIND) as f64, 0),
                    sample.code,
                    sample.message
                ),
            )
            .at(hukka_model::Place::file(self.text.file.clone()));
            self.found.push(more);
        }
        self.found
    }
}
