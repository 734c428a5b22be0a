//! Rows and fields of a delimited text.

use super::stamp::parse_stamp;
use crate::number::is_numeric;
use crate::text::{Field, Line, lines};

/// A delimited text: header names and data rows.
#[derive(Debug)]
pub(crate) struct Table<'a> {
    /// Character between fields; `None` when every row is one field.
    pub(crate) separator: Option<char>,
    /// The header line, if there is one.
    pub(crate) header: Option<Line<'a>>,
    /// Names of the columns, `column 1`… without a header.
    pub(crate) names: Vec<String>,
    /// Data rows, without comments and blank lines.
    pub(crate) rows: Vec<Line<'a>>,
}

impl<'a> Table<'a> {
    /// Finds separator and header, and drops comments and blank lines.
    pub(crate) fn new(text: &'a str) -> Self {
        let mut rows: Vec<Line<'a>> = lines(text)
            .filter(|line| !line.text.trim().is_empty() && !line.text.trim_start().starts_with('#'))
            .collect();
        let stated = rows.first().and_then(|line| stated_separator(line.text));
        if stated.is_some() {
            rows.remove(0);
        }
        let separator = stated.or_else(|| rows.first().and_then(|line| find_separator(line.text)));
        let is_header = rows
            .first()
            .is_some_and(|line| is_header(line.text, separator));
        let header = is_header.then(|| rows.remove(0));
        let names = match (&header, rows.first()) {
            (Some(line), _) => fields(line.text, separator)
                .map(|field| field.text.to_owned())
                .collect(),
            (None, Some(line)) => (1..=fields(line.text, separator).count())
                .map(|number| format!("column {number}"))
                .collect(),
            (None, None) => Vec::new(),
        };
        Self {
            separator,
            header,
            names,
            rows,
        }
    }

    /// The fields of a data row.
    pub(crate) fn fields(&self, row: usize) -> impl Iterator<Item = Field<'a>> {
        fields(self.rows[row].text, self.separator)
    }

    /// One field of a data row.
    pub(crate) fn field(&self, row: usize, column: usize) -> Option<Field<'a>> {
        self.fields(row).nth(column)
    }
}

/// The first line some spreadsheets write: `sep=;`.
fn stated_separator(line: &str) -> Option<char> {
    let separator = line.trim().strip_prefix("sep=")?.chars().next()?;
    Some(separator)
}

fn find_separator(line: &str) -> Option<char> {
    let outside_quotes = |wanted: char| {
        let mut is_quoted = false;
        line.chars().any(|character| {
            is_quoted ^= character == '"';
            !is_quoted && character == wanted
        })
    };
    if let Some(found) = [';', '\t']
        .into_iter()
        .find(|wanted| outside_quotes(*wanted))
    {
        return Some(found);
    }
    let is_one_decimal = line.matches(',').count() == 1 && is_numeric(line.trim());
    (outside_quotes(',') && !is_one_decimal).then_some(',')
}

fn is_header(line: &str, separator: Option<char>) -> bool {
    let is_value = |text: &str| text.is_empty() || is_numeric(text) || is_missing_word(text);
    let mut has_name = false;
    for field in fields(line, separator) {
        if parse_stamp(field.text).is_some() || looks_like_stamp(field.text) {
            return false;
        }
        has_name |= !is_value(field.text);
    }
    has_name
}

/// Words that stand for a missing or broken value.
pub(crate) fn is_missing_word(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "na", "n/a", "nan", "null", "none", "-", "--", "inf", "-inf", "?",
    ];
    WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// Whether a text is meant as a date: a digit first, and two of the marks dates are made with.
pub(crate) fn looks_like_stamp(text: &str) -> bool {
    let marks = text
        .chars()
        .skip(1)
        .filter(|c| matches!(c, '-' | '/' | '.' | ':'))
        .count();
    text.starts_with(|c: char| c.is_ascii_digit()) && marks >= 2
}

/// Splits a line into fields; quotes keep separators inside.
pub(crate) fn fields(line: &str, separator: Option<char>) -> impl Iterator<Item = Field<'_>> {
    let mut next = Some(0);
    core::iter::from_fn(move || {
        let start = next?;
        let rest = &line[start..];
        let length = field_length(rest, separator);
        next = (length < rest.len()).then(|| start + length + separator.map_or(1, char::len_utf8));
        Some(trimmed(&rest[..length], start))
    })
}

fn field_length(rest: &str, separator: Option<char>) -> usize {
    let Some(separator) = separator else {
        return rest.len();
    };
    if !rest.contains('"') {
        return rest.find(separator).unwrap_or(rest.len());
    }
    let mut is_quoted = false;
    rest.char_indices()
        .find(|(_, character)| {
            is_quoted ^= *character == '"';
            !is_quoted && *character == separator
        })
        .map_or(rest.len(), |(at, _)| at)
}

fn trimmed(raw: &str, start: usize) -> Field<'_> {
    let text = raw.trim();
    let inner = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
        .map_or(text, str::trim);
    Field {
        text: inner,
        start: start + (inner.as_ptr().addr() - raw.as_ptr().addr()),
    }
}
