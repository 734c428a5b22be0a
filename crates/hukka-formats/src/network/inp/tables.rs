//! Patterns and curves.

use super::options::Options;
use super::sections::{Sections, number, too_short, wrong_word};
use crate::findings::Findings;
use std::collections::HashMap;

/// Patterns and curves by name.
#[derive(Debug, Default)]
pub(super) struct Tables {
    patterns: HashMap<String, Vec<f64>>,
    curves: HashMap<String, Vec<(f64, f64)>>,
    at: usize,
}

impl Tables {
    pub(super) fn read(sections: &Sections<'_>, options: &Options, found: &mut Findings) -> Self {
        let mut this = Self {
            at: options.pattern_at,
            ..Self::default()
        };
        for line in sections.of("PATTERNS") {
            let Some(id) = line.word(0) else { continue };
            let values = this.patterns.entry(id.to_owned()).or_default();
            for word in &line.words[1..] {
                if let Some(value) = number(word) {
                    values.push(value);
                } else {
                    let place = sections.place(line.number);
                    found.push(wrong_word(
                        place,
                        &format!("pattern {id}"),
                        "a multiplier",
                        word,
                        "a number",
                    ));
                }
            }
        }
        for line in sections.of("CURVES") {
            let place = sections.place(line.number);
            let (Some(id), Some(x), Some(y)) = (line.word(0), line.word(1), line.word(2)) else {
                found.push(too_short(place, "[CURVES]", "ID X Y"));
                continue;
            };
            match (number(x), number(y)) {
                (Some(x), Some(y)) => this.curves.entry(id.to_owned()).or_default().push((x, y)),
                _ => found.push(wrong_word(
                    place,
                    &format!("curve {id}"),
                    "a point",
                    &format!("{x} {y}"),
                    "two numbers",
                )),
            }
        }
        this
    }

    /// Multiplier at the start of the run; `None` if there is no such pattern.
    pub(super) fn multiplier(&self, id: &str) -> Option<f64> {
        let values = self.patterns.get(id)?;
        if values.is_empty() {
            return Some(1.0);
        }
        values.get(self.at % values.len()).copied()
    }

    /// Points of a curve.
    pub(super) fn curve(&self, id: &str) -> Option<&[(f64, f64)]> {
        self.curves.get(id).map(Vec::as_slice)
    }
}
