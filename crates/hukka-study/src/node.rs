//! The study file as a tree whose every value remembers where it was written.

use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Where a value was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// In a text file: index of the file, first byte, byte after the last.
    Text(usize, usize, usize),
    /// On the command line: index of the `--set`.
    Command(usize),
}

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) value: Value,
    pub(crate) origin: Origin,
}

/// What can be written in a study file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Text(String),
    Integer(i64),
    Number(f64),
    Flag(bool),
    Date(String),
    List(Vec<Node>),
    Table(Entries),
}

/// One `key = value`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_origin: Origin,
    pub(crate) node: Node,
}

/// The entries of a table in the order of the file.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Entries(pub(crate) Vec<Entry>);

impl Entries {
    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        self.0.iter().find(|entry| entry.key == key)
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        self.0
            .iter_mut()
            .find(|entry| entry.key == key)
            .map(|entry| &mut entry.node)
    }

    /// Replaces the value of a key, or adds the key at the end.
    pub(crate) fn set(&mut self, key: &str, node: Node) {
        let origin = node.origin;
        if let Some(entry) = self.0.iter_mut().find(|entry| entry.key == key) {
            entry.node = node;
            entry.key_origin = origin;
        } else {
            self.0.push(Entry {
                key: key.to_owned(),
                key_origin: origin,
                node,
            });
        }
    }

    pub(crate) fn remove(&mut self, key: &str) {
        self.0.retain(|entry| entry.key != key);
    }
}

impl Node {
    pub(crate) const fn table(&self) -> Option<&Entries> {
        match &self.value {
            Value::Table(entries) => Some(entries),
            _ => None,
        }
    }

    pub(crate) const fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        }
    }

    pub(crate) fn list(&self) -> Option<&[Self]> {
        match &self.value {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// The value as a number, if it is one.
    pub(crate) const fn number(&self) -> Option<f64> {
        match self.value {
            Value::Integer(whole) => Some(whole as f64),
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The value as shown in a message.
    pub(crate) fn show(&self) -> String {
        match &self.value {
            Value::Text(text) if text.chars().count() > 60 => {
                format!("\"{}…\"", text.chars().take(59).collect::<String>())
            }
            Value::Text(text) => format!("\"{text}\""),
            Value::Integer(whole) => whole.to_string(),
            Value::Number(number) => number.to_string(),
            Value::Flag(flag) => flag.to_string(),
            Value::Date(date) => date.clone(),
            Value::List(items) if items.len() <= 6 => {
                let shown: Vec<String> = items.iter().map(Self::show).collect();
                format!("[{}]", shown.join(", "))
            }
            Value::List(items) => format!("a list of {}", items.len()),
            Value::Table(entries) => {
                let keys: Vec<&str> = entries.0.iter().map(|entry| entry.key.as_str()).collect();
                format!("{{ {} }}", keys.join(", "))
            }
        }
    }

    /// Kind of the value in words.
    pub(crate) const fn kind(&self) -> &'static str {
        match self.value {
            Value::Text(_) => "text",
            Value::Integer(_) => "a whole number",
            Value::Number(_) => "a number",
            Value::Flag(_) => "true or false",
            Value::Date(_) => "a date",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
        }
    }
}

/// A mistake in the grammar of a TOML file.
pub(crate) struct SyntaxError {
    pub(crate) message: String,
    pub(crate) span: Range<usize>,
}

/// Reads TOML as far as it goes: the tree of what could be read, and every grammar mistake.
pub(crate) fn parse(text: &str, file: usize) -> (Entries, Vec<SyntaxError>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let is_whole = errors.is_empty();
    let errors = errors
        .into_iter()
        .map(|error| SyntaxError {
            message: error.message().to_owned(),
            span: error.span().unwrap_or(0..0),
        })
        .collect();
    let mut root = entries(table.into_inner(), &|span| {
        Origin::Text(file, span.start, span.end)
    });
    if !is_whole {
        without_guesses(&mut root);
    }
    (root, errors)
}

/// Takes out what the parser made up in place of broken values: it stands nowhere.
fn without_guesses(entries: &mut Entries) {
    let is_guess = |node: &Node| matches!(node.origin, Origin::Text(_, start, end) if start == end);
    entries.0.retain(|entry| !is_guess(&entry.node));
    for entry in &mut entries.0 {
        match &mut entry.node.value {
            Value::Table(inner) => without_guesses(inner),
            Value::List(items) => {
                items.retain(|item| !is_guess(item));
                for item in items {
                    if let Value::Table(inner) = &mut item.value {
                        without_guesses(inner);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Reads one TOML value written on the command line; anything else is taken as text.
pub(crate) fn parse_value(text: &str, command: usize) -> Node {
    let origin = Origin::Command(command);
    DeValue::parse(text).map_or_else(
        |_| Node {
            value: Value::Text(text.to_owned()),
            origin,
        },
        |value| node(value, &|_| origin),
    )
}

type Locate<'f> = &'f dyn Fn(Range<usize>) -> Origin;

fn entries(table: DeTable<'_>, locate: Locate<'_>) -> Entries {
    let mut entries: Vec<(usize, Entry)> = table
        .into_iter()
        .map(|(key, value)| {
            let entry = Entry {
                key_origin: locate(key.span()),
                key: key.get_ref().to_string(),
                node: node(value, locate),
            };
            (key.span().start, entry)
        })
        .collect();
    entries.sort_by_key(|(start, _)| *start);
    Entries(entries.into_iter().map(|(_, entry)| entry).collect())
}

fn node(value: Spanned<DeValue<'_>>, locate: Locate<'_>) -> Node {
    let origin = locate(value.span());
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Integer(whole) => i64::from_str_radix(whole.as_str(), whole.radix()).map_or_else(
            |_| Value::Number(whole.as_str().parse().unwrap_or(f64::INFINITY)),
            Value::Integer,
        ),
        DeValue::Float(number) => Value::Number(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(flag) => Value::Flag(flag),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(items) => {
            Value::List(items.into_iter().map(|item| node(item, locate)).collect())
        }
        DeValue::Table(table) => Value::Table(entries(table, locate)),
    };
    Node { value, origin }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_keep_the_order_of_the_file() {
        let (root, errors) = parse("z = 1\na = 2\n[m]\nq = [1, 2.5]\nb = true\n", 0);
        assert!(errors.is_empty());
        let keys: Vec<&str> = root.0.iter().map(|entry| entry.key.as_str()).collect();
        assert_eq!(keys, ["z", "a", "m"]);
        let inner = root.get("m").and_then(Node::table).expect("m is a table");
        assert_eq!(inner.0[0].key, "q");
        assert_eq!(inner.get("q").map(Node::show).as_deref(), Some("[1, 2.5]"));
    }

    #[test]
    fn a_broken_line_does_not_hide_the_others() {
        let (root, errors) = parse("a = 1\nb = = 2\nc = 3\n", 0);
        assert!(!errors.is_empty());
        assert_eq!(root.get("c").and_then(Node::number), Some(3.0));
    }

    #[test]
    fn a_word_on_the_command_line_is_text() {
        assert_eq!(parse_value("prices.csv", 0).text(), Some("prices.csv"));
        assert_eq!(parse_value("5", 0).number(), Some(5.0));
        assert_eq!(parse_value("\"5\"", 0).text(), Some("5"));
    }
}
