//! The lines of an input file, section by section.

use crate::findings::{Findings, short};
use hukka_model::{Diagnostic, Place};

/// Known sections; EPANET tells them apart by their first letters.
const KNOWN: [&str; 29] = [
    "TITLE",
    "JUNCTIONS",
    "RESERVOIRS",
    "TANKS",
    "PIPES",
    "PUMPS",
    "VALVES",
    "TAGS",
    "DEMANDS",
    "STATUS",
    "PATTERNS",
    "CURVES",
    "CONTROLS",
    "RULES",
    "ENERGY",
    "EMITTERS",
    "LEAKAGE",
    "QUALITY",
    "SOURCES",
    "REACTIONS",
    "MIXING",
    "TIMES",
    "REPORT",
    "OPTIONS",
    "COORDINATES",
    "VERTICES",
    "LABELS",
    "BACKDROP",
    "END",
];

/// Sections that say nothing about the first state.
const UNUSED: [(&str, &str); 12] = [
    (
        "RULES",
        "EPANET applies rules only after the first state, which is what is simulated",
    ),
    (
        "ENERGY",
        "energy prices and pump efficiencies do not change pressures and flows",
    ),
    ("LEAKAGE", "leakage by pipe is not modelled"),
    ("QUALITY", "water quality is not simulated"),
    ("SOURCES", "water quality is not simulated"),
    ("REACTIONS", "water quality is not simulated"),
    ("MIXING", "water quality is not simulated"),
    ("REPORT", "hukka writes its own tables"),
    ("TAGS", "tags are for people"),
    ("VERTICES", "bends of pipes are for drawing"),
    ("LABELS", "labels are for drawing"),
    ("BACKDROP", "the background is for drawing"),
];

/// One line: its number and its words.
pub(super) struct Line<'t> {
    pub(super) number: usize,
    pub(super) words: Vec<&'t str>,
}

impl<'t> Line<'t> {
    /// A word, if the line is that long.
    pub(super) fn word(&self, index: usize) -> Option<&'t str> {
        self.words.get(index).copied()
    }

    /// Whether the word at an index is a keyword, whatever its case.
    pub(super) fn is(&self, index: usize, keyword: &str) -> bool {
        self.word(index)
            .is_some_and(|word| word.eq_ignore_ascii_case(keyword))
    }
}

/// The file by sections.
pub(super) struct Sections<'t> {
    file: String,
    lines: Vec<(&'static str, Line<'t>)>,
    title: Option<&'t str>,
}

impl<'t> Sections<'t> {
    pub(super) fn read(text: &'t str, found: &mut Findings) -> Self {
        let mut this = Self {
            file: found.file().to_owned(),
            lines: Vec::new(),
            title: None,
        };
        let mut section = None;
        for (index, raw) in text.lines().enumerate() {
            let line = raw.split(';').next().unwrap_or_default().trim();
            if line.is_empty() {
                continue;
            }
            if line.starts_with('[') {
                section = section_of(line);
                match section {
                    None => {
                        let what = format!("section {}", short(line));
                        found.unknown(&what, &format!("line {}", index + 1));
                    }
                    Some("END") => break,
                    Some(_) => {}
                }
                continue;
            }
            match section {
                Some("TITLE") => this.title = this.title.or(Some(line)),
                Some(name) => this.lines.push((
                    name,
                    Line {
                        number: index + 1,
                        words: words(line),
                    },
                )),
                None => {}
            }
        }
        this
    }

    /// First line of the title.
    pub(super) fn title(&self) -> String {
        self.title.map_or_else(|| "network".to_owned(), short)
    }

    /// Lines of one section.
    pub(super) fn of(&self, section: &str) -> impl Iterator<Item = &Line<'t>> {
        self.lines
            .iter()
            .filter(move |(name, _)| *name == section)
            .map(|(_, line)| line)
    }

    /// Place of a line.
    pub(super) fn place(&self, line: usize) -> Place {
        Place::line(self.file.clone(), line)
    }

    /// Names the sections that have lines and no effect.
    pub(super) fn report_unused(&self, found: &mut Findings) {
        for (section, why) in UNUSED {
            if self.of(section).next().is_some() {
                found.unused(&format!("section [{section}]"), why, "");
            }
        }
    }
}

fn section_of(line: &str) -> Option<&'static str> {
    let name = line.trim_start_matches('[').split(']').next()?.trim();
    let upper = name.to_ascii_uppercase();
    if upper.len() < 3 {
        return None;
    }
    let length = upper.len().min(4);
    KNOWN
        .into_iter()
        .find(|known| known.get(..length.min(known.len())) == upper.get(..length))
}

/// Words apart by spaces, tabs or commas; quotes hold words together.
fn words(line: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = line;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',', '\r']);
        if rest.is_empty() {
            return out;
        }
        let quoted = rest
            .strip_prefix('"')
            .and_then(|inner| inner.split_once('"'));
        if let Some((word, after)) = quoted {
            out.push(word);
            rest = after;
            continue;
        }
        let end = rest.find([' ', '\t', ',', '\r']).unwrap_or(rest.len());
        out.push(&rest[..end]);
        rest = &rest[end..];
    }
}

/// A line that lacks words.
pub(super) fn too_short(place: Place, what: &str, needed: &str) -> Diagnostic {
    Diagnostic::error("HK1003", format!("a line of {what} is too short"))
        .at(place)
        .allowed(needed.to_owned())
        .help("complete the line, or put a `;` before it")
}

/// A word that should be something else.
pub(super) fn wrong_word(
    place: Place,
    subject: &str,
    what: &str,
    seen: &str,
    allowed: &str,
) -> Diagnostic {
    Diagnostic::error("HK1004", format!("{what} cannot be {}", short(seen)))
        .at(place)
        .about(short(subject))
        .seen(short(seen))
        .allowed(allowed)
}

/// A name that nothing in the file has.
pub(super) fn no_such(place: Place, subject: &str, what: &str, name: &str) -> Diagnostic {
    Diagnostic::error("HK1006", format!("there is no {what} `{}`", short(name)))
        .at(place)
        .about(short(subject))
        .seen(short(name))
        .help(format!("name a {what} of this file"))
}

/// A word as a number that is finite and not absurd.
pub(super) fn number(word: &str) -> Option<f64> {
    let value: f64 = word.parse().ok()?;
    (value.is_finite() && value.abs() < 1e15).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_known_by_their_first_letters() {
        assert_eq!(section_of("[JUNC]"), Some("JUNCTIONS"));
        assert_eq!(section_of("[coordinates]"), Some("COORDINATES"));
        assert_eq!(section_of("[WHAT]"), None);
        assert_eq!(section_of("["), None);
        assert_eq!(section_of("[ÄÖÜ]"), None);
    }

    #[test]
    fn words_are_split_and_quotes_hold() {
        assert_eq!(words("a \"b c\", d\t1"), ["a", "b c", "d", "1"]);
        assert_eq!(words("\"open"), ["\"open"]);
    }
}
