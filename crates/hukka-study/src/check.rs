//! Checks every key of the study file against its declaration.

use crate::codes;
use crate::context::{Context, closest, list_words, seen};
use crate::keys;
use crate::node::{Entries, Entry, Node, Origin, Value};

use crate::spec::{Key, Kind, Table, plain};
use crate::unit;
use crate::value::problems;
use hukka_model::Diagnostic;

/// More unknown keys are only counted.
pub(crate) const UNKNOWN_SHOWN: usize = 20;

/// Checks the whole document.
pub(crate) fn document(root: &Entries, context: &mut Context) {
    let mut intended = Vec::new();
    for entry in &root.0 {
        if let Some(key) = keys::ROOT.key(&entry.key) {
            value(key, "", &entry.node, context);
        } else if let Some(table) = keys::table(&entry.key) {
            one_or_many(table, entry, context);
        } else {
            intended.extend(unknown_at_root(entry, context));
        }
    }
    if let Some(more) = context
        .unknown
        .checked_sub(UNKNOWN_SHOWN)
        .filter(|more| *more > 0)
    {
        let at = context.study_place();
        context.push(
            Diagnostic::error(
                codes::UNKNOWN_KEY,
                format!("and {more} more unknown keys and tables"),
            )
            .at(at),
        );
    }
    missing(&keys::ROOT, root, "", &intended, None, context);
    for table in keys::TABLES.iter().filter(|table| !table.is_many) {
        let has_needs = table.keys.iter().any(|key| key.is_required);
        if has_needs && root.get(table.name).is_none() && !intended.contains(&table.name) {
            missing(table, &Entries::default(), table.name, &[], None, context);
        }
    }
}

fn one_or_many(table: &'static Table, entry: &Entry, context: &mut Context) {
    match (&entry.node.value, table.is_many) {
        (Value::Table(entries), false) => {
            keys_of(table, entries, table.name, entry.key_origin, context);
        }
        (Value::List(items), true) if items.iter().all(|item| item.table().is_some()) => {
            for (n, item) in items.iter().enumerate() {
                if let Some(entries) = item.table() {
                    let path = item_path(table, entries, n);
                    keys_of(table, entries, &path, item.origin, context);
                }
            }
        }
        _ => {
            let place = context.place(entry.key_origin);
            context.push(
                Diagnostic::error(
                    codes::WRONG_TYPE,
                    format!("`{}` must be written as {}", table.name, table.title()),
                )
                .at(place)
                .about(table.name)
                .seen(entry.node.kind())
                .allowed(table.title())
                .help(format!("begin the table with a line {}", table.title())),
            );
        }
    }
}

/// `data_centre.north`, or `data_centre.2` when it has no id.
pub(crate) fn item_path(table: &Table, entries: &Entries, index: usize) -> String {
    let id = entries
        .get("id")
        .and_then(Node::text)
        .filter(|id| !id.is_empty());
    match id {
        Some(id) => format!("{}.{id}", table.name),
        None => format!("{}.{}", table.name, index + 1),
    }
}

fn keys_of(
    table: &'static Table,
    entries: &Entries,
    path: &str,
    title: Origin,
    context: &mut Context,
) {
    let mut intended = Vec::new();
    for entry in &entries.0 {
        match table.key(&entry.key) {
            Some(key) => value(key, path, &entry.node, context),
            None => intended.extend(unknown(table, entry, path, context)),
        }
    }
    missing(table, entries, path, &intended, Some(title), context);
    excluded(table, entries, path, context);
    without_companion(table, entries, path, context);
}

/// Keys that are needed and not there.
fn missing(
    table: &Table,
    entries: &Entries,
    path: &str,
    intended: &[&str],
    title: Option<Origin>,
    context: &mut Context,
) {
    if context.is_partial {
        return;
    }
    for key in table.keys.iter().filter(|key| key.is_required) {
        if entries.get(key.name).is_some() || intended.contains(&key.name) {
            continue;
        }
        let place = title.map_or_else(|| context.study_place(), |origin| context.place(origin));
        context.push(
            Diagnostic::error(codes::MISSING_KEY, format!("`{}` is missing", key.name))
                .at(place)
                .about(join_path(path, key.name))
                .allowed(key.doc.trim_end_matches('.').to_owned())
                .help(format!(
                    "add `{} = {}` to {}",
                    key.name,
                    example(key),
                    table.title()
                )),
        );
    }
}

/// A value to show in help texts.
fn example(key: &Key) -> String {
    match key.kind {
        Kind::Text => format!("\"{}\"", if key.name == "id" { "north" } else { "…" }),
        Kind::Word(words) => format!("\"{}\"", words.first().map_or("…", |word| word.0)),
        Kind::TimeZone => "\"Europe/Helsinki\"".to_owned(),
        Kind::Path => "[[26.95, 60.53], [26.96, 60.53]]".to_owned(),
        Kind::Diameter => "100".to_owned(),
        Kind::Number(_) => match key.name {
            "latitude" => "60.53",
            "longitude" => "26.95",
            "annual_mwh" => "28000",
            _ => "10",
        }
        .to_owned(),
        _ => "…".to_owned(),
    }
}

/// More than one key of a group of which one is allowed.
fn excluded(table: &Table, entries: &Entries, path: &str, context: &mut Context) {
    for group in table.either {
        let given: Vec<&Entry> = group
            .iter()
            .filter_map(|name| entries.entry(name))
            .collect();
        if let [first, second, ..] = given.as_slice() {
            let place = context.place(second.key_origin);
            context.push(
                Diagnostic::error(
                    codes::CONTRADICTION,
                    format!("`{}` and `{}` exclude each other", first.key, second.key),
                )
                .at(place)
                .about(join_path(path, &second.key))
                .allowed(format!("one of {}", list_words(group.iter().copied())))
                .help("keep the one that is meant"),
            );
        }
    }
}

/// Keys that mean nothing without another.
fn without_companion(table: &Table, entries: &Entries, path: &str, context: &mut Context) {
    for entry in &entries.0 {
        let Some(key) = table.key(&entry.key) else {
            continue;
        };
        let is_alone =
            !key.beside.is_empty() && !key.beside.iter().any(|other| entries.get(other).is_some());
        if is_alone {
            let place = context.place(entry.key_origin);
            context.push(
                Diagnostic::warning(codes::NO_EFFECT, format!("`{}` has no effect", entry.key))
                    .at(place)
                    .about(join_path(path, &entry.key))
                    .help(format!(
                        "it belongs beside {}, which is not there",
                        list_words(key.beside.iter().copied())
                    )),
            );
        }
    }
}

fn unknown_at_root(entry: &Entry, context: &mut Context) -> Option<&'static str> {
    context.unknown += 1;
    if context.unknown > UNKNOWN_SHOWN {
        return None;
    }
    let names = || {
        keys::TABLES
            .iter()
            .map(|table| table.name)
            .chain(keys::ROOT.keys.iter().map(|key| key.name))
    };
    let near = closest(&entry.key, names());
    let help = near.map_or_else(
        || {
            elsewhere(&entry.key, "").unwrap_or_else(|| {
                format!(
                    "the tables of a study are {}",
                    list_words(keys::TABLES.iter().map(|table| table.name))
                )
            })
        },
        |name| format!("did you mean `{name}`?"),
    );
    let is_table = matches!(entry.node.value, Value::Table(_));
    let place = context.place(entry.key_origin);
    context.push(
        Diagnostic::error(
            codes::UNKNOWN_KEY,
            format!(
                "unknown {} `{}`",
                if is_table { "table" } else { "key" },
                entry.key
            ),
        )
        .at(place)
        .about(entry.key.clone())
        .help(help),
    );
    near
}

/// Says what an unknown key could be; returns the key that was meant.
fn unknown(
    table: &'static Table,
    entry: &Entry,
    path: &str,
    context: &mut Context,
) -> Option<&'static str> {
    context.unknown += 1;
    if context.unknown > UNKNOWN_SHOWN {
        return None;
    }
    let place = context.place(entry.key_origin);
    if let Some(key) = same_quantity(table, &entry.key) {
        let diagnostic = wrong_unit(key, entry)
            .at(place)
            .about(join_path(path, &entry.key));
        context.push(diagnostic);
        return Some(key.name);
    }
    let near = closest(&entry.key, table.keys.iter().map(|key| key.name));
    let help = near
        .map(|name| format!("did you mean `{name}`?"))
        .or_else(|| elsewhere(&entry.key, table.name))
        .unwrap_or_else(|| {
            format!(
                "{} knows {}",
                table.title(),
                list_words(table.keys.iter().map(|key| key.name))
            )
        });
    context.push(
        Diagnostic::error(codes::UNKNOWN_KEY, format!("unknown key `{}`", entry.key))
            .at(place)
            .about(join_path(path, &entry.key))
            .help(help),
    );
    near
}

/// The key that an unknown one was meant to be.
pub(crate) fn meant(table: &'static Table, name: &str) -> Option<&'static str> {
    same_quantity(table, name).map_or_else(
        || closest(name, table.keys.iter().map(|key| key.name)),
        |key| Some(key.name),
    )
}

/// The key that measures the same thing in another unit.
fn same_quantity(table: &'static Table, name: &str) -> Option<&'static Key> {
    let stem = unit::stem(name);
    table
        .keys
        .iter()
        .find(|key| unit::of_key(key.name).is_some() && unit::stem(key.name) == stem)
}

fn wrong_unit(key: &'static Key, entry: &Entry) -> Diagnostic {
    let right = unit::of_key(key.name);
    let wrong = unit::of_key(&entry.key);
    let converted = wrong
        .zip(right)
        .zip(entry.node.number())
        .and_then(|((wrong, right), value)| wrong.convert(value, right));
    let value = converted.or_else(|| {
        // Without a unit, the number is taken to be meant in the right one.
        entry.node.number().filter(|_| wrong.is_none())
    });
    let message = if wrong.is_none() {
        format!("`{}` lacks its unit", entry.key)
    } else {
        format!("`{}` is in the wrong unit", entry.key)
    };
    let help = value.map_or_else(
        || format!("write `{}`", key.name),
        |value| format!("write `{} = {value}`", key.name),
    );
    Diagnostic::error(codes::WRONG_UNIT, message)
        .seen(entry.node.number().map_or_else(
            || entry.node.show(),
            |number| seen(&plain(number), wrong.map_or("", |unit| unit.symbol)),
        ))
        .allowed(format!("`{}`, in {}", key.name, key.symbol()))
        .help(help)
}

/// "it belongs in [money]".
fn elsewhere(name: &str, here: &str) -> Option<String> {
    let home = keys::TABLES
        .into_iter()
        .chain(std::iter::once(&keys::ROOT))
        .find(|table| table.name != here && name != "id" && table.key(name).is_some())?;
    Some(if home.name.is_empty() {
        format!("`{name}` belongs at the top of the file, before the first table")
    } else {
        format!("`{name}` belongs in {}", home.title())
    })
}

pub(crate) fn join_path(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

/// Checks one value and reports what is wrong with it.
fn value(key: &'static Key, path: &str, node: &Node, context: &mut Context) {
    for (origin, diagnostic) in problems(key, node) {
        let place = context.place(origin);
        context.push(diagnostic.at(place).about(join_path(path, key.name)));
    }
}
