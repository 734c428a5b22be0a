//! Tables of a pandapipes network.

use crate::fields::Range;
use crate::findings::Findings;
use crate::json::Json;

/// The content of an encoded object: a JSON text inside a text, or the value itself.
pub(super) fn content<'j>(value: &'j Json<'_>) -> Option<Json<'j>> {
    match value.get("_object")? {
        Json::Text(text) => Json::parse(text).ok(),
        other => Some(borrowed(other)),
    }
}

/// The same value, borrowing from the other.
fn borrowed<'j>(value: &'j Json<'_>) -> Json<'j> {
    match value {
        Json::Null => Json::Null,
        Json::Bool(value) => Json::Bool(*value),
        Json::Number(value) => Json::Number(*value),
        Json::Text(text) => Json::Text(text.as_ref().into()),
        Json::List(values) => Json::List(values.iter().map(borrowed).collect()),
        Json::Map(members) => Json::Map(
            members
                .iter()
                .map(|(key, value)| (key.as_ref().into(), borrowed(value)))
                .collect(),
        ),
    }
}

/// A number, plain or wrapped as one of numpy.
pub(super) fn number(value: &Json<'_>) -> Option<f64> {
    match value {
        Json::Number(value) => Some(*value),
        Json::Map(_) => match value.get("_object")? {
            Json::Number(value) => Some(*value),
            Json::Text(text) => text.parse().ok().filter(|value: &f64| value.is_finite()),
            _ => None,
        },
        _ => None,
    }
}

/// Numbers of a list, plain or wrapped as an array of numpy.
pub(super) fn numbers(value: &Json<'_>) -> Option<Vec<f64>> {
    match value {
        Json::List(values) => values.iter().map(number).collect(),
        Json::Map(_) => match content(value)? {
            Json::List(values) => values.iter().map(number).collect(),
            _ => None,
        },
        _ => None,
    }
}

/// A table: columns, and rows with the names pandapipes counts them by.
#[derive(Debug, Default)]
pub(super) struct Frame<'j> {
    pub(super) name: &'static str,
    columns: Vec<String>,
    index: Vec<String>,
    rows: Vec<Vec<Json<'j>>>,
    /// Whether the column `name` tells all rows apart.
    has_names: bool,
}

impl<'j> Frame<'j> {
    /// The table of a name; an empty one if the network has none.
    pub(super) fn read(net: &'j Json<'_>, name: &'static str, found: &mut Findings) -> Self {
        let empty = Self {
            name,
            ..Self::default()
        };
        let Some(value) = net.get(name) else {
            return empty;
        };
        let decoded = content(value).and_then(|table| Self::decode(name, &table));
        decoded.unwrap_or_else(|| {
            let allowed = "a DataFrame in orient `split`: columns, index and data of one length";
            found.wrong(name, "the table", &value.shown(), allowed);
            empty
        })
    }

    fn decode(name: &'static str, table: &Json<'j>) -> Option<Self> {
        let columns: Option<Vec<String>> = table
            .get("columns")?
            .list()?
            .iter()
            .map(|column| column.text().map(str::to_owned))
            .collect();
        let columns = columns?;
        let rows: Option<Vec<Vec<Json<'j>>>> = table
            .get("data")?
            .list()?
            .iter()
            .map(|row| row.list().map(<[Json<'j>]>::to_vec))
            .collect();
        let rows = rows?;
        let index: Vec<String> = match table.get("index").and_then(Json::list) {
            Some(index) => index.iter().map(plain).collect(),
            None => (0..rows.len()).map(|row| row.to_string()).collect(),
        };
        if index.len() != rows.len() || rows.iter().any(|row| row.len() != columns.len()) {
            return None;
        }
        let mut this = Self {
            name,
            columns,
            index,
            rows,
            has_names: false,
        };
        this.has_names = this.are_names_unique();
        Some(this)
    }

    fn are_names_unique(&self) -> bool {
        let mut seen = std::collections::HashSet::new();
        (0..self.rows.len()).all(|row| {
            self.value(row, &["name"])
                .and_then(Json::text)
                .is_some_and(|name| !name.is_empty() && seen.insert(name))
        })
    }

    fn value(&self, row: usize, keys: &[&str]) -> Option<&Json<'j>> {
        let at = keys
            .iter()
            .find_map(|key| self.columns.iter().position(|column| column == key))?;
        self.rows.get(row)?.get(at).filter(|value| !value.is_null())
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_, 'j>> {
        (0..self.rows.len()).map(|at| Row { frame: self, at })
    }

    pub(super) fn columns(&self) -> &[String] {
        &self.columns
    }
}

/// A label of a row as text: 3, not 3.0.
fn plain(value: &Json<'_>) -> String {
    match value {
        Json::Text(text) => text.to_string(),
        other => number(other).map_or_else(|| other.shown(), |number| number.to_string()),
    }
}

/// One row of a table.
#[derive(Clone, Copy)]
pub(super) struct Row<'f, 'j> {
    frame: &'f Frame<'j>,
    at: usize,
}

impl<'f, 'j> Row<'f, 'j> {
    /// Label pandapipes refers to the row by.
    pub(super) fn index(&self) -> &'f str {
        &self.frame.index[self.at]
    }

    /// The row's name if names tell rows apart, else its label.
    pub(super) fn id(&self) -> String {
        let name = self.value(&["name"]).and_then(Json::text);
        match name.filter(|_| self.frame.has_names) {
            Some(name) => name.to_owned(),
            None => self.index().to_owned(),
        }
    }

    pub(super) fn subject(&self) -> String {
        format!("{} {}", self.frame.name, self.id())
    }

    /// The first of the columns there is; null counts as absent.
    pub(super) fn value(&self, keys: &[&str]) -> Option<&'f Json<'j>> {
        self.frame.value(self.at, keys)
    }

    /// A number if stated; a wrong one is reported and counts as absent.
    pub(super) fn number(&self, found: &mut Findings, keys: &[&str], range: Range) -> Option<f64> {
        let value = self.value(keys)?;
        let number = number(value).filter(|value| range.holds(*value));
        if number.is_none() {
            found.wrong(&self.subject(), keys[0], &value.shown(), range.words);
        }
        number
    }

    /// A number that must be stated.
    pub(super) fn need(&self, found: &mut Findings, keys: &[&str], range: Range) -> f64 {
        if self.value(keys).is_none() {
            found.missing(&self.subject(), keys[0]);
            return 1.0;
        }
        self.number(found, keys, range).unwrap_or(1.0)
    }

    /// The label of another row.
    pub(super) fn label(&self, keys: &[&str]) -> Option<String> {
        self.value(keys).map(plain)
    }

    pub(super) fn text(&self, key: &str) -> Option<&'f str> {
        self.value(&[key]).and_then(Json::text)
    }

    /// Yes or no, yes if not stated.
    pub(super) fn is(&self, key: &str) -> bool {
        match self.value(&[key]) {
            Some(Json::Bool(value)) => *value,
            Some(Json::Number(value)) => value.abs() > 0.0,
            Some(other) => number(other).is_none_or(|value| value.abs() > 0.0),
            None => true,
        }
    }
}
