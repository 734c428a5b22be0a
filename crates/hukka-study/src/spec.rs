//! How a key is declared: one declaration drives the reading, the checks and the JSON Schema.

use crate::unit;

/// One key of the study file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) doc: &'static str,
    pub(crate) kind: Kind,
    pub(crate) is_required: bool,
    pub(crate) fallback: Fallback,
    /// The key has a meaning only beside one of these.
    pub(crate) beside: &'static [&'static str],
}

/// What stands in for a key that is absent.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Fallback {
    /// Nothing: the thing is absent.
    Nothing,
    /// A fixed default.
    Fixed(&'static Default),
    /// A default that depends on other keys, in words.
    Depends(&'static str),
}

/// A default value with its source.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Default {
    pub(crate) value: DefaultValue,
    pub(crate) source: &'static str,
}

/// The value of a default.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum DefaultValue {
    Number(f64),
    Integer(i64),
    Flag(bool),
    Text(&'static str),
    Numbers(&'static [f64]),
    /// `(outdoor, value)` at the cold end, then at the mild end.
    Curve([(f64, f64); 2]),
}

/// What may be written behind a key.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    Text,
    Flag,
    Number(Range),
    Integer(i64, i64),
    /// One of these words; each with its meaning.
    Word(&'static [(&'static str, &'static str)]),
    /// A file of the study folder.
    File(FileKind),
    /// A number, or a series file.
    NumberOrSeries(Range),
    Numbers(Range),
    Texts,
    /// `[longitude, latitude]`.
    Position,
    /// At least two positions.
    Path,
    /// `{ at_minus_26_c = 95, at_plus_8_c = 70 }`.
    Curve(Range),
    /// A nominal diameter of the catalogue.
    Diameter,
    TimeZone,
    Country,
}

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    Map,
    Series,
}

/// Numbers allowed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Range {
    pub(crate) min: f64,
    pub(crate) max: f64,
    /// The lower end itself is not allowed.
    pub(crate) is_open: bool,
    /// Opening of "… 40–160 °C".
    pub(crate) phrase: &'static str,
}

/// A table of the study file.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    /// `[[name]]` rather than `[name]`.
    pub(crate) is_many: bool,
    pub(crate) doc: &'static str,
    pub(crate) keys: &'static [Key],
    /// Groups of keys of which at most one may be given.
    pub(crate) either: &'static [&'static [&'static str]],
}

impl Range {
    pub(crate) const fn new(min: f64, max: f64) -> Self {
        Self {
            min,
            max,
            is_open: false,
            phrase: "allowed:",
        }
    }

    pub(crate) const fn above(min: f64, max: f64) -> Self {
        Self {
            is_open: true,
            ..Self::new(min, max)
        }
    }

    pub(crate) const fn because(self, phrase: &'static str) -> Self {
        Self { phrase, ..self }
    }

    pub(crate) fn holds(&self, value: f64) -> bool {
        value.is_finite()
            && value <= self.max
            && if self.is_open {
                value > self.min
            } else {
                value >= self.min
            }
    }

    /// "a hot-water network allows 40–160 °C".
    pub(crate) fn show(&self, symbol: &str) -> String {
        let (min, max) = (plain(self.min), plain(self.max));
        let span = if self.is_open {
            format!("above {min}, up to {max}")
        } else if self.min < 0.0 {
            format!("{min} to {max}")
        } else {
            format!("{min}–{max}")
        };
        format!("{} {}", self.phrase, join(&span, symbol))
    }

    /// A value inside, for going on after a mistake.
    pub(crate) fn filler(&self) -> f64 {
        1.0_f64.clamp(self.min, self.max)
    }
}

/// A number for people, with a minus sign that reads as one.
pub(crate) fn plain(value: f64) -> String {
    let digits = if value.abs() >= 10_000.0 && value.fract() == 0.0 {
        hukka_units::grouped(value.abs(), 0)
    } else {
        unit::tidy(value.abs()).to_string()
    };
    if value < 0.0 {
        format!("−{digits}")
    } else {
        digits
    }
}

/// A value and its unit, with a space only when there is a unit.
pub(crate) fn join(value: &str, symbol: &str) -> String {
    if symbol.is_empty() {
        value.to_owned()
    } else {
        format!("{value} {symbol}")
    }
}

impl Default {
    pub(crate) const fn number(value: f64, source: &'static str) -> Self {
        Self {
            value: DefaultValue::Number(value),
            source,
        }
    }

    pub(crate) const fn integer(value: i64, source: &'static str) -> Self {
        Self {
            value: DefaultValue::Integer(value),
            source,
        }
    }

    pub(crate) const fn flag(value: bool, source: &'static str) -> Self {
        Self {
            value: DefaultValue::Flag(value),
            source,
        }
    }

    pub(crate) const fn text(value: &'static str, source: &'static str) -> Self {
        Self {
            value: DefaultValue::Text(value),
            source,
        }
    }
}

impl DefaultValue {
    /// The value as shown in the input register.
    pub(crate) fn show(&self) -> String {
        match self {
            Self::Number(value) => plain(*value),
            Self::Integer(value) => value.to_string(),
            Self::Flag(value) => value.to_string(),
            Self::Text(value) => (*value).to_owned(),
            Self::Numbers(values) => show_numbers(values),
            Self::Curve(points) => show_curve(points),
        }
    }
}

/// `[0.3, 1]`.
pub(crate) fn show_numbers(values: &[f64]) -> String {
    let shown: Vec<String> = values.iter().map(|value| plain(*value)).collect();
    format!("[{}]", shown.join(", "))
}

/// `95 at −26, 70 at 8 outdoors`.
pub(crate) fn show_curve(points: &[(f64, f64)]) -> String {
    let shown: Vec<String> = points
        .iter()
        .map(|(outdoor, value)| format!("{} at {}", plain(*value), plain(*outdoor)))
        .collect();
    format!("{} outdoors", shown.join(", "))
}

impl Key {
    pub(crate) const fn new(name: &'static str, kind: Kind, doc: &'static str) -> Self {
        Self {
            name,
            doc,
            kind,
            is_required: false,
            fallback: Fallback::Nothing,
            beside: &[],
        }
    }

    pub(crate) const fn required(self) -> Self {
        Self {
            is_required: true,
            ..self
        }
    }

    pub(crate) const fn or(self, default: &'static Default) -> Self {
        Self {
            fallback: Fallback::Fixed(default),
            ..self
        }
    }

    pub(crate) const fn depends(self, words: &'static str) -> Self {
        Self {
            fallback: Fallback::Depends(words),
            ..self
        }
    }

    pub(crate) const fn beside(self, keys: &'static [&'static str]) -> Self {
        Self {
            beside: keys,
            ..self
        }
    }

    /// Symbol of the key's unit; empty when it has none.
    pub(crate) fn symbol(&self) -> &'static str {
        unit::symbol(self.name)
    }
}

/// A number between two values.
pub(crate) const fn number(name: &'static str, min: f64, max: f64, doc: &'static str) -> Key {
    Key::new(name, Kind::Number(Range::new(min, max)), doc)
}

/// A number above the first value, up to the second.
pub(crate) const fn above(name: &'static str, min: f64, max: f64, doc: &'static str) -> Key {
    Key::new(name, Kind::Number(Range::above(min, max)), doc)
}

/// Any text.
pub(crate) const fn text(name: &'static str, doc: &'static str) -> Key {
    Key::new(name, Kind::Text, doc)
}

/// An id: the name other tables and the results use.
pub(crate) const fn id(doc: &'static str) -> Key {
    Key::new("id", Kind::Text, doc).required()
}

/// A column of a series file.
pub(crate) const fn column(name: &'static str, beside: &'static [&'static str]) -> Key {
    text(
        name,
        "Column of the series file; needed only when the file has several value columns.",
    )
    .beside(beside)
}

/// The time zone of a series file without offsets.
pub(crate) const fn zone(name: &'static str, beside: &'static [&'static str]) -> Key {
    Key::new(
        name,
        Kind::TimeZone,
        "Time zone of the file's stamps, when they carry no offset.",
    )
    .beside(beside)
}

impl Table {
    /// The declaration of a key.
    pub(crate) fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// Keys that exclude a key.
    pub(crate) fn rivals(&self, name: &str) -> impl Iterator<Item = &'static str> {
        self.either
            .iter()
            .filter(move |group| group.contains(&name))
            .flat_map(|group| group.iter().copied())
            .filter(move |other| *other != name)
    }

    /// `[money]` or `[[boiler]]`; the top of the file has no name.
    pub(crate) fn title(&self) -> String {
        match (self.name, self.is_many) {
            ("", _) => "the top of the file".to_owned(),
            (name, true) => format!("[[{name}]]"),
            (name, false) => format!("[{name}]"),
        }
    }
}
