//! What is wrong with an input, where, and how to mend it.

use serde::{Deserialize, Serialize};

/// How much a diagnostic weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing to do.
    Note,
    /// The run goes on under a stated assumption.
    Warning,
    /// The run cannot start.
    Error,
}

/// One finding about the user's input. Collected, never thrown one at a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Stable code, `HK` and four digits; each has a page in the docs.
    pub code: String,
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where, if it is in a file.
    pub place: Option<Place>,
    /// Key or id of what it is about: `network.supply_temperature`, `building b-12`.
    pub subject: Option<String>,
    /// The value as seen.
    pub seen: Option<String>,
    /// What is allowed there.
    pub allowed: Option<String>,
    /// How to mend it.
    pub help: Option<String>,
}

/// A spot in an input file; lines and columns count from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Path as the user would write it, relative to the study folder.
    pub file: String,
    /// First line.
    pub line: Option<usize>,
    /// Last line, when more than one.
    pub last_line: Option<usize>,
    /// First column, in characters.
    pub column: Option<usize>,
    /// Column after the last character.
    pub end_column: Option<usize>,
    /// Text of the first line.
    pub text: Option<String>,
}

impl Diagnostic {
    /// An error with a code and a message.
    pub fn error(code: &str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A warning with a code and a message.
    pub fn warning(code: &str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// A note with a code and a message.
    pub fn note(code: &str, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message)
    }

    fn new(severity: Severity, code: &str, message: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            severity,
            message: message.into(),
            place: None,
            subject: None,
            seen: None,
            allowed: None,
            help: None,
        }
    }

    /// Adds where it is.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Adds what it is about.
    #[must_use]
    pub fn about(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self
    }

    /// Adds the value as seen.
    #[must_use]
    pub fn seen(mut self, value: impl ToString) -> Self {
        self.seen = Some(value.to_string());
        self
    }

    /// Adds what is allowed.
    #[must_use]
    pub fn allowed(mut self, allowed: impl Into<String>) -> Self {
        self.allowed = Some(allowed.into());
        self
    }

    /// Adds how to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Whether it stops the run.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl Place {
    /// A whole file.
    pub fn file(file: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            line: None,
            last_line: None,
            column: None,
            end_column: None,
            text: None,
        }
    }

    /// One line of a file.
    pub fn line(file: impl Into<String>, line: usize) -> Self {
        Self {
            line: Some(line),
            ..Self::file(file)
        }
    }
}
