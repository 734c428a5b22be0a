//! A JSON object read key by key: wrong values and unread keys become diagnostics.

use super::series::Series;
use hukka_model::{Diagnostic, Place};
use serde_json::{Map, Value};

/// Which numbers are allowed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Range {
    lower: f64,
    upper: f64,
    /// The lower end itself is not allowed.
    is_open: bool,
    words: &'static str,
}

impl Range {
    /// A price or a temperature, either sign: beyond this no solver keeps its digits.
    pub(super) const ANY: Self = Self::closed(-1e6, 1e6, "−1,000,000 to 1,000,000");
    /// Zero or more: a power, an energy, a cost.
    pub(super) const NOT_NEGATIVE: Self = Self::closed(0.0, 1e9, "0 to 1,000,000,000");
    /// From nothing to all.
    pub(super) const SHARE: Self = Self::closed(0.0, 1.0, "0 to 1");
    /// More than zero.
    pub(super) const POSITIVE: Self = Self {
        is_open: true,
        ..Self::closed(0.0, 1e9, "more than 0, at most 1,000,000,000")
    };
    /// More than nothing, at most all.
    pub(super) const EFFICIENCY: Self = Self {
        is_open: true,
        ..Self::closed(0.0, 1.0, "more than 0, at most 1")
    };
    /// Heat per fuel; condensing boilers exceed 1 on the lower heating value.
    pub(super) const BOILER: Self = Self {
        is_open: true,
        ..Self::closed(0.0, 1.2, "more than 0, at most 1.2")
    };
    /// Heat per electricity of a heat pump.
    pub(super) const COP: Self = Self::closed(1.0, 100.0, "1 to 100");

    const fn closed(lower: f64, upper: f64, words: &'static str) -> Self {
        Self {
            lower,
            upper,
            is_open: false,
            words,
        }
    }

    /// Whether a number is allowed.
    pub(super) fn holds(self, value: f64) -> bool {
        let above = if self.is_open {
            value > self.lower
        } else {
            value >= self.lower
        };
        value.is_finite() && above && value <= self.upper
    }

    /// What is allowed, in words.
    pub(super) const fn words(self) -> &'static str {
        self.words
    }
}

/// One JSON object being read.
pub(super) struct Keys<'a, 'f> {
    object: &'a Map<String, Value>,
    /// Path of the object inside the file, empty at the top.
    path: String,
    file: &'static str,
    read: Vec<String>,
    found: &'f mut Vec<Diagnostic>,
}

impl<'a, 'f> Keys<'a, 'f> {
    pub(super) fn new(
        object: &'a Map<String, Value>,
        path: &str,
        file: &'static str,
        found: &'f mut Vec<Diagnostic>,
    ) -> Self {
        Self {
            object,
            path: path.to_owned(),
            file,
            read: Vec::new(),
            found,
        }
    }

    /// Adds a finding about this file.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic.at(Place::file(self.file)));
    }

    /// Adds a finding that says itself where it is.
    pub(super) fn report_as_is(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Where a key is, for people.
    pub(super) fn subject(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }

    fn get(&mut self, key: &str) -> Option<&'a Value> {
        self.read.push(key.to_owned());
        self.object.get(key).filter(|value| !value.is_null())
    }

    /// A value, without counting its key as read.
    pub(super) fn peek(&self, key: &str) -> Option<&'a Value> {
        self.object.get(key)
    }

    /// Whether a key is there.
    pub(super) fn has(&self, key: &str) -> bool {
        self.object.get(key).is_some_and(|value| !value.is_null())
    }

    /// Counts a key as read.
    pub(super) fn ignore(&mut self, key: &str) {
        self.read.push(key.to_owned());
    }

    fn missing(&mut self, key: &str, kind: &str) {
        let subject = self.subject(key);
        self.report(
            Diagnostic::error("HK1103", format!("{subject} is missing"))
                .about(subject)
                .allowed(kind)
                .help(format!("add \"{key}\"")),
        );
    }

    fn wrong(&mut self, key: &str, value: &Value, kind: &str) {
        let subject = self.subject(key);
        self.report(
            Diagnostic::error("HK1104", format!("{subject} is not {kind}"))
                .about(subject)
                .seen(value)
                .allowed(kind),
        );
    }

    /// Text that must be there.
    pub(super) fn text(&mut self, key: &str) -> Option<String> {
        let text = self.optional_text(key);
        if text.is_none() && !self.has(key) {
            self.missing(key, "text");
        }
        text
    }

    /// Text that may be there.
    pub(super) fn optional_text(&mut self, key: &str) -> Option<String> {
        match self.get(key)? {
            Value::String(text) => Some(text.clone()),
            other => {
                self.wrong(key, other, "text");
                None
            }
        }
    }

    /// A number that must be there; zero after a finding.
    pub(super) fn number(&mut self, key: &str, range: Range) -> f64 {
        if !self.has(key) {
            self.ignore(key);
            self.missing(key, &format!("a number, {}", range.words()));
            return 0.0;
        }
        self.optional_number(key, range).unwrap_or(0.0)
    }

    /// The first of several spellings of a number that must be there.
    pub(super) fn number_under(&mut self, keys: &[&str], range: Range) -> f64 {
        let key = keys.iter().find(|key| self.has(key)).unwrap_or(&keys[0]);
        self.number(key, range)
    }

    /// A number that may be there.
    pub(super) fn optional_number(&mut self, key: &str, range: Range) -> Option<f64> {
        let value = self.get(key)?;
        let Some(number) = value.as_f64() else {
            self.wrong(key, value, "a number");
            return None;
        };
        if !range.holds(number) {
            let subject = self.subject(key);
            self.report(
                Diagnostic::error("HK1105", format!("{subject} is out of range"))
                    .about(subject)
                    .seen(number)
                    .allowed(range.words()),
            );
        }
        Some(number)
    }

    /// Yes or no that may be there.
    pub(super) fn flag(&mut self, key: &str, otherwise: bool) -> bool {
        match self.get(key) {
            None => otherwise,
            Some(Value::Bool(flag)) => *flag,
            Some(other) => {
                self.wrong(key, other, "true or false");
                otherwise
            }
        }
    }

    /// An object that may be there, read to its end.
    pub(super) fn optional_object<T>(
        &mut self,
        key: &str,
        read: impl FnOnce(&mut Keys<'_, '_>) -> T,
    ) -> Option<T> {
        match self.get(key)? {
            Value::Object(object) => {
                let path = self.subject(key);
                let mut inner = Keys::new(object, &path, self.file, self.found);
                let value = read(&mut inner);
                inner.finish();
                Some(value)
            }
            other => {
                self.wrong(key, other, "an object");
                None
            }
        }
    }

    /// An object that must be there.
    pub(super) fn object<T>(
        &mut self,
        key: &str,
        read: impl FnOnce(&mut Keys<'_, '_>) -> T,
    ) -> Option<T> {
        if !self.has(key) {
            self.missing(key, "an object");
        }
        self.optional_object(key, read)
    }

    /// A list of objects, each named by its `id` in findings.
    pub(super) fn list<T>(
        &mut self,
        key: &str,
        mut read: impl FnMut(&mut Keys<'_, '_>) -> Option<T>,
    ) -> Vec<T> {
        let items = match self.get(key) {
            None => return Vec::new(),
            Some(Value::Array(items)) => items,
            Some(other) => {
                self.wrong(key, other, "a list");
                return Vec::new();
            }
        };
        let mut values = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let Value::Object(object) = item else {
                self.wrong(&format!("{key}[{index}]"), item, "an object");
                continue;
            };
            let id = object.get("id").and_then(Value::as_str);
            let name = id.map_or_else(|| index.to_string(), ToOwned::to_owned);
            let path = format!("{}[{name}]", self.subject(key));
            let mut inner = Keys::new(object, &path, self.file, self.found);
            values.extend(read(&mut inner));
            inner.finish();
        }
        values
    }

    /// A list of texts that may be there.
    pub(super) fn texts(&mut self, key: &str) -> Option<Vec<String>> {
        let value = self.get(key)?;
        let texts: Option<Vec<String>> = value.as_array().and_then(|items| {
            let texts = items
                .iter()
                .map(|item| item.as_str().map(ToOwned::to_owned));
            texts.collect()
        });
        if texts.is_none() {
            self.wrong(key, value, "a list of texts");
        }
        texts
    }

    /// A column of the series, checked; zeros after a finding.
    pub(super) fn column(&mut self, series: &Series, name: &str, range: Range) -> Vec<f64> {
        match series.column(name, range, self.found) {
            Some(values) => values,
            None => vec![0.0; series.rows()],
        }
    }

    /// A column named by a key that must be there.
    pub(super) fn column_under(&mut self, series: &Series, key: &str, range: Range) -> Vec<f64> {
        match self.text(key) {
            Some(name) => self.column(series, &name, range),
            None => vec![0.0; series.rows()],
        }
    }

    /// A column named by a key that may be there.
    pub(super) fn optional_column(
        &mut self,
        series: &Series,
        key: &str,
        range: Range,
    ) -> Option<Vec<f64>> {
        let name = self.optional_text(key)?;
        Some(self.column(series, &name, range))
    }

    /// A series given as a number under `key` or as a column named under `key` + `_column`.
    pub(super) fn number_or_column(
        &mut self,
        series: &Series,
        key: &str,
        range: Range,
    ) -> Vec<f64> {
        let column_key = format!("{key}_column");
        if self.has(&column_key) {
            self.ignore(key);
            return self.column_under(series, &column_key, range);
        }
        vec![self.number(key, range); series.rows()]
    }

    /// Names every key that was not read.
    pub(super) fn finish(self) {
        for key in self.object.keys() {
            if !self.read.contains(key) {
                let subject = self.subject(key);
                self.found.push(
                    Diagnostic::warning("HK1106", format!("{subject} is not read"))
                        .at(Place::file(self.file))
                        .about(subject)
                        .help("correct the spelling, or remove the key"),
                );
            }
        }
    }
}
