//! The fields of one element of a JSON file, read with a range and a reason.

use crate::findings::Findings;
use crate::json::{Json, Members};
use std::cell::Cell;

/// Numbers allowed for a quantity.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Range {
    pub(crate) min: f64,
    pub(crate) max: f64,
    pub(crate) words: &'static str,
}

impl Range {
    pub(crate) const fn new(min: f64, max: f64, words: &'static str) -> Self {
        Self { min, max, words }
    }

    pub(crate) const fn holds(&self, value: f64) -> bool {
        value >= self.min && value <= self.max
    }
}

/// Any finite number that is not absurd.
pub(crate) const NUMBER: Range = Range::new(-1e15, 1e15, "a number");
pub(crate) const POSITIVE: Range = Range::new(0.0, 1e15, "a number of at least 0");
pub(crate) const LENGTH_M: Range = Range::new(0.0, 1e7, "0 to 10,000 km");
pub(crate) const DIAMETER_M: Range = Range::new(1e-4, 50.0, "0.1 mm to 50 m");
pub(crate) const DIAMETER_MM: Range = Range::new(0.1, 5e4, "0.1 mm to 50 m");
pub(crate) const ROUGHNESS_MM: Range = Range::new(0.0, 100.0, "0 to 100 mm");
pub(crate) const HEIGHT_M: Range = Range::new(-1e4, 1e4, "−10,000 to 10,000 m");
pub(crate) const TEMPERATURE_K: Range = Range::new(200.0, 800.0, "200 to 800 K");
pub(crate) const PRESSURE_BAR: Range = Range::new(-1e4, 1e4, "−10,000 to 10,000 bar");
pub(crate) const FLOW_KG_S: Range = Range::new(-1e7, 1e7, "−10,000,000 to 10,000,000 kg/s");
pub(crate) const HEAT_W: Range = Range::new(-1e12, 1e12, "−1,000,000 to 1,000,000 MW");
pub(crate) const ZETA: Range = Range::new(0.0, 1e12, "a number of at least 0");
pub(crate) const LOSS_W_MK: Range = Range::new(0.0, 1e4, "0 to 10,000 W/(m K)");

/// Fields of one element; remembers which were asked for.
pub(crate) struct Fields<'j, 'a> {
    kind: &'static str,
    id: &'j str,
    members: &'j Members<'a>,
    asked: Cell<u128>,
}

impl<'j, 'a> Fields<'j, 'a> {
    pub(crate) fn of(kind: &'static str, id: &'j str, members: &'j Members<'a>) -> Self {
        Self {
            kind,
            id,
            members,
            asked: Cell::new(0),
        }
    }

    pub(crate) const fn id(&self) -> &'j str {
        self.id
    }

    /// What it is, for messages: `pipe sm11`.
    pub(crate) fn subject(&self) -> String {
        format!("{} {}", self.kind, crate::findings::short(self.id))
    }

    /// The value of a key; null counts as absent.
    pub(crate) fn get(&self, key: &str) -> Option<&'j Json<'a>> {
        let at = self.members.iter().position(|(k, _)| k == key)?;
        self.asked.set(self.asked.get() | 1 << at.min(127));
        Some(&self.members[at].1).filter(|value| !value.is_null())
    }

    /// A number if stated; a wrong one is reported and counts as absent.
    pub(crate) fn number(&self, found: &mut Findings, key: &str, range: Range) -> Option<f64> {
        let value = self.get(key)?;
        match value.number() {
            Some(number) if range.holds(number) => Some(number),
            _ => {
                found.wrong(&self.subject(), key, &value.shown(), range.words);
                None
            }
        }
    }

    /// A number that must be stated; 1 stands in after the error so that reading goes on.
    pub(crate) fn need(&self, found: &mut Findings, key: &str, range: Range) -> f64 {
        if self.get(key).is_none() {
            found.missing(&self.subject(), key);
            return 1.0;
        }
        self.number(found, key, range).unwrap_or(1.0)
    }

    /// A number, or a default that is told.
    pub(crate) fn number_or(
        &self,
        found: &mut Findings,
        key: &str,
        range: Range,
        default: f64,
    ) -> f64 {
        if self.get(key).is_none() {
            found.assume(
                self.kind,
                &format!("`{key}`"),
                &default.to_string(),
                self.id,
            );
            return default;
        }
        self.number(found, key, range).unwrap_or(default)
    }

    /// A text if stated.
    pub(crate) fn text(&self, found: &mut Findings, key: &str) -> Option<&'j str> {
        let value = self.get(key)?;
        let text = value.text();
        if text.is_none() {
            found.wrong(&self.subject(), key, &value.shown(), "a text");
        }
        text
    }

    /// Yes or no; no if not stated.
    pub(crate) fn is(&self, found: &mut Findings, key: &str) -> bool {
        match self.get(key) {
            None => false,
            Some(Json::Bool(value)) => *value,
            Some(other) => {
                found.wrong(&self.subject(), key, &other.shown(), "true or false");
                false
            }
        }
    }

    /// Marks keys as known though nothing is made of them.
    pub(crate) fn pass_over(&self, keys: &[&str]) {
        for key in keys {
            let _ = self.get(key);
        }
    }

    /// Reports keys nobody asked for.
    pub(crate) fn report_unknown(&self, found: &mut Findings) {
        for (at, (key, _)) in self.members.iter().enumerate() {
            if self.asked.get() & (1 << at.min(127)) == 0 {
                let what = format!("`{}` of {}", crate::findings::short(key), self.kind);
                found.unknown(&what, self.id);
            }
        }
    }
}
