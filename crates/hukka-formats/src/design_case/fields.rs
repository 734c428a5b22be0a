//! Reading numbers out of JSON while collecting everything that is wrong.

use hukka_model::{Diagnostic, Place};
use serde_json::{Map, Value};

/// What has been found so far, and in which file.
#[derive(Debug)]
pub(super) struct Findings<'a> {
    pub(super) file: &'a str,
    pub(super) list: Vec<Diagnostic>,
}

impl Findings<'_> {
    /// Keeps a finding, with its file.
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic.at(Place::file(self.file)));
    }

    /// The rows of a table of the file.
    pub(super) fn rows<'v>(
        &mut self,
        object: &'v Map<String, Value>,
        key: &str,
    ) -> Vec<Fields<'v>> {
        let Some(Value::Array(rows)) = object.get(key) else {
            self.push(
                Diagnostic::error("HK1202", format!("`{key}` is missing or not a list"))
                    .about(key)
                    .help(format!("give \"{key}\": [ … ], empty if there are none")),
            );
            return Vec::new();
        };
        let mut found = Vec::with_capacity(rows.len());
        for (index, row) in rows.iter().enumerate() {
            let subject = format!("{key}[{index}]");
            match row {
                Value::Object(fields) => found.push(Fields { subject, fields }),
                other => self.push(
                    Diagnostic::error("HK1202", "an entry is not an object")
                        .about(subject)
                        .seen(other),
                ),
            }
        }
        found
    }

    /// One object of the file.
    pub(super) fn object<'v>(
        &mut self,
        object: &'v Map<String, Value>,
        key: &str,
    ) -> Option<Fields<'v>> {
        if let Some(Value::Object(fields)) = object.get(key) {
            return Some(Fields {
                subject: key.to_owned(),
                fields,
            });
        }
        self.push(
            Diagnostic::error("HK1202", format!("`{key}` is missing or not an object")).about(key),
        );
        None
    }
}

/// One object with the name it has in messages.
#[derive(Debug)]
pub(super) struct Fields<'v> {
    pub(super) subject: String,
    fields: &'v Map<String, Value>,
}

/// What a number may be.
#[derive(Debug, Clone, Copy)]
pub(super) enum Allowed {
    /// Any finite number.
    Finite,
    /// Zero or more.
    NotNegative,
    /// More than zero.
    Positive,
}

impl Allowed {
    const fn text(self) -> &'static str {
        match self {
            Self::Finite => "a finite number",
            Self::NotNegative => "0 or more",
            Self::Positive => "more than 0",
        }
    }

    fn holds(self, value: f64) -> bool {
        value.is_finite()
            && match self {
                Self::Finite => true,
                Self::NotNegative => value >= 0.0,
                Self::Positive => value > 0.0,
            }
    }
}

impl Fields<'_> {
    /// A number; a finding and a harmless stand-in when it cannot be used.
    pub(super) fn number(&self, key: &str, allowed: Allowed, findings: &mut Findings<'_>) -> f64 {
        let subject = format!("{}.{key}", self.subject);
        let Some(value) = self.fields.get(key) else {
            findings.push(
                Diagnostic::error("HK1202", format!("`{key}` is missing"))
                    .about(subject)
                    .allowed(allowed.text()),
            );
            return 1.0;
        };
        let Some(number) = value.as_f64() else {
            findings.push(
                Diagnostic::error("HK1202", format!("`{key}` is not a number"))
                    .about(subject)
                    .seen(value)
                    .allowed(allowed.text()),
            );
            return 1.0;
        };
        if allowed.holds(number) {
            return number;
        }
        findings.push(
            Diagnostic::error("HK1203", format!("`{key}` is out of range"))
                .about(subject)
                .seen(number)
                .allowed(allowed.text()),
        );
        1.0
    }

    /// A whole number, such as an id.
    pub(super) fn whole(&self, key: &str, findings: &mut Findings<'_>) -> Option<i64> {
        let value = self.fields.get(key);
        if let Some(number) = value.and_then(Value::as_i64) {
            return Some(number);
        }
        let seen = value.map_or_else(|| "nothing".to_owned(), ToString::to_string);
        findings.push(
            Diagnostic::error("HK1202", format!("`{key}` is not a whole number"))
                .about(format!("{}.{key}", self.subject))
                .seen(seen),
        );
        None
    }

    /// A number that may be absent.
    pub(super) fn optional(&self, key: &str) -> Option<f64> {
        self.fields.get(key).and_then(Value::as_f64)
    }

    /// A word that may be absent.
    pub(super) fn word(&self, key: &str) -> &str {
        self.fields
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
    }
}
