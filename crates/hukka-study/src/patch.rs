//! Patches on the study file: variants, and `--set` on the command line.

use crate::codes;
use crate::context::{Context, closest, list_words};
use crate::files::STUDY_LIMIT;
use crate::keys;
use crate::node::{self, Entries, Entry, Node, Origin, Value};
use crate::spec::Table;
use crate::text::SourceText;
use hukka_model::{Diagnostic, Place};

/// Lays a variant over the study.
pub(crate) fn variant(root: &mut Entries, name: &str, context: &mut Context) {
    let is_name = !name.is_empty() && !name.contains(['/', '\\', '\0']) && !name.starts_with('.');
    if !is_name {
        context.push(
            Diagnostic::error(codes::VARIANT, "a variant is named by the name of its file")
                .at(Place::file("command line"))
                .seen(name)
                .allowed("`half-empty` for `variants/half-empty.toml`"),
        );
        return;
    }
    let file = format!("variants/{}.toml", name.trim_end_matches(".toml"));
    let text = match context.files.read_text(&file, STUDY_LIMIT) {
        Ok(text) => text,
        Err(mut problem) => {
            if problem.code == codes::FILE_MISSING {
                codes::VARIANT.clone_into(&mut problem.code);
                problem.message = format!("there is no variant `{name}`");
            }
            context.push(problem.at(Place::file("command line")).about("variant"));
            return;
        }
    };
    let index = context.texts.len();
    context.texts.push(SourceText::new(file, text));
    let (patch, errors) = node::parse(&context.texts[index].text, index);
    for error in errors {
        let place = context.texts[index].place(&error.span);
        context.push(Diagnostic::error(codes::SYNTAX, error.message).at(place));
    }
    for addition in additions(root, &patch, name) {
        let place = context.place(addition.0);
        context.push(addition.1.at(place));
    }
    merge_root(root, patch);
}

/// What a variant adds to a list rather than changes: meant, or an id misspelt.
fn additions(root: &Entries, patch: &Entries, variant: &str) -> Vec<(Origin, Diagnostic)> {
    let mut found = Vec::new();
    for table in keys::TABLES.iter().filter(|table| table.is_many) {
        let old = ids(root.get(table.name));
        let new = ids(patch.get(table.name));
        for (id, origin) in &new {
            if old.iter().any(|(known, _)| known == id) {
                continue;
            }
            // An id that the variant changes as well is not what was meant.
            let untouched = old
                .iter()
                .map(|(known, _)| *known)
                .filter(|known| !new.iter().any(|(other, _)| other == known));
            let near = closest(id, untouched).filter(|near| !is_next(id, near));
            let message = format!("the variant adds {} `{id}`", table.name);
            let finding = match near {
                Some(near) => Diagnostic::warning(codes::VARIANT, message)
                    .help(format!("did you mean `{near}`?")),
                None => Diagnostic::note(codes::VARIANT, message),
            };
            let subject = format!("variants/{variant}: {}.{id}", table.name);
            found.push((*origin, finding.about(subject)));
        }
    }
    found
}

/// The ids of a list of tables, with where they stand.
fn ids(list: Option<&Node>) -> Vec<(&str, Origin)> {
    let items = list.and_then(Node::list).unwrap_or_default();
    items
        .iter()
        .filter_map(|item| {
            let id = item.table()?.get("id")?;
            Some((id.text()?, id.origin))
        })
        .collect()
}

/// Whether two ids differ only in their numbers: `boiler-1`, `boiler-2`.
fn is_next(id: &str, other: &str) -> bool {
    let stem = |id: &str| -> String { id.chars().filter(|c| !c.is_ascii_digit()).collect() };
    stem(id) == stem(other)
}

fn merge_root(root: &mut Entries, patch: Entries) {
    for entry in patch.0 {
        let declared = keys::table(&entry.key);
        match (declared, root.get_mut(&entry.key)) {
            (Some(table), Some(old)) => merge_table(table, old, entry.node),
            _ => put(root, entry),
        }
    }
}

fn put(entries: &mut Entries, entry: Entry) {
    let key_origin = entry.key_origin;
    entries.set(&entry.key, entry.node);
    if let Some(written) = entries
        .0
        .iter_mut()
        .find(|written| written.key == entry.key)
    {
        written.key_origin = key_origin;
    }
}

fn merge_table(table: &'static Table, old: &mut Node, new: Node) {
    match (&mut old.value, new.value) {
        (Value::Table(entries), Value::Table(patch)) => merge_keys(table, entries, patch),
        (Value::List(items), Value::List(patches)) => {
            for patch in patches {
                merge_item(table, items, patch);
            }
        }
        (_, value) => {
            *old = Node {
                value,
                origin: new.origin,
            };
        }
    }
}

/// A table of a list is patched when its id is there, and added when it is new.
fn merge_item(table: &'static Table, items: &mut Vec<Node>, patch: Node) {
    let id = patch
        .table()
        .and_then(|entries| entries.get("id"))
        .and_then(Node::text);
    let same = items.iter_mut().find(|item| {
        let old = item
            .table()
            .and_then(|entries| entries.get("id"))
            .and_then(Node::text);
        old.is_some() && old == id
    });
    match (same, patch.value) {
        (
            Some(Node {
                value: Value::Table(old),
                ..
            }),
            Value::Table(entries),
        ) => merge_keys(table, old, entries),
        (_, value) => items.push(Node {
            value,
            origin: patch.origin,
        }),
    }
}

fn merge_keys(table: &'static Table, old: &mut Entries, patch: Entries) {
    for entry in &patch.0 {
        if patch.get(&entry.key).is_some() {
            displace(table, old, &entry.key, Some(&patch));
        }
    }
    for entry in patch.0 {
        put(old, entry);
    }
}

/// Takes out what a newly set key excludes, and what belonged to that. What the same command line
/// sets stays: two that exclude each other are a contradiction to be told, not a last word.
fn displace(table: &Table, entries: &mut Entries, key: &str, patch: Option<&Entries>) {
    let stays = |name: &str| patch.is_some_and(|patch| patch.get(name).is_some());
    let rivals: Vec<&str> = table.rivals(key).filter(|rival| !stays(rival)).collect();
    for rival in rivals {
        let is_command = |old: &Node| patch.is_none() && matches!(old.origin, Origin::Command(_));
        if entries.get(rival).is_none_or(is_command) {
            continue;
        }
        entries.remove(rival);
        for companion in table
            .keys
            .iter()
            .filter(|other| other.beside.contains(&rival))
        {
            if !stays(companion.name) {
                entries.remove(companion.name);
            }
        }
    }
}

/// Lays one `key=value` of the command line over the study.
pub(crate) fn set(root: &mut Entries, path: &str, value: &str, context: &mut Context) {
    let index = context.commands.len();
    context.commands.push(format!("{path}={value}"));
    let node = node::parse_value(value, index);
    if let Err(problem) = try_set(root, path, node) {
        let place = context.place(Origin::Command(index));
        context.push(problem.at(place).about(path));
    }
}

fn try_set(root: &mut Entries, path: &str, node: Node) -> Result<(), Diagnostic> {
    let parts = split(path).ok_or_else(|| {
        Diagnostic::error(codes::OVERRIDE, "the key of an override cannot be read")
            .seen(path)
            .allowed("names joined by dots, such as `network.return_temperature_c`")
    })?;
    let [first, rest @ ..] = parts.as_slice() else {
        return Err(no_such(path, keys::TABLES.iter().map(|table| table.name)));
    };
    if let (Some(_), []) = (keys::ROOT.key(first), rest) {
        root.set(first, node);
        return Ok(());
    }
    let Some(table) = keys::table(first) else {
        let known = keys::TABLES.iter().map(|table| table.name);
        return Err(no_such(first, known));
    };
    if root.get(table.name).is_none() {
        let value = if table.is_many {
            Value::List(Vec::new())
        } else {
            Value::Table(Entries::default())
        };
        let origin = node.origin;
        root.set(table.name, Node { value, origin });
    }
    let Some(target) = root.get_mut(table.name) else {
        return Ok(());
    };
    match (&mut target.value, rest) {
        (Value::Table(entries), [key, inner @ ..]) if !table.is_many => {
            set_key(table, entries, key, inner, node)
        }
        (Value::List(items), [id, key, inner @ ..]) if table.is_many => {
            let entries = item(table, items, id)?;
            set_key(table, entries, key, inner, node)
        }
        _ => Err(
            Diagnostic::error(codes::OVERRIDE, format!("`{path}` is not a key")).allowed(
                if table.is_many {
                    format!("`{}.<id>.<key>`", table.name)
                } else {
                    format!("`{}.<key>`", table.name)
                },
            ),
        ),
    }
}

/// The table of a list by id, else by its number from 1.
fn item<'e>(table: &Table, items: &'e mut [Node], id: &str) -> Result<&'e mut Entries, Diagnostic> {
    let ids: Vec<Option<String>> = items
        .iter()
        .map(|item| {
            let id = item.table().and_then(|entries| entries.get("id"));
            id.and_then(Node::text).map(str::to_owned)
        })
        .collect();
    let by_id = ids.iter().position(|other| other.as_deref() == Some(id));
    let by_number = || id.parse::<usize>().ok()?.checked_sub(1);
    let found = by_id.or_else(by_number).filter(|n| *n < items.len());
    let entries = found.and_then(|n| match &mut items[n].value {
        Value::Table(entries) => Some(entries),
        _ => None,
    });
    entries.ok_or_else(|| {
        let known = ids.iter().flatten().map(String::as_str);
        let mut problem = Diagnostic::error(
            codes::OVERRIDE,
            format!("there is no {} `{id}`", table.name),
        )
        .seen(id);
        if let Some(near) = closest(id, known.clone()) {
            problem = problem.help(format!("did you mean `{near}`?"));
        } else if known.clone().next().is_some() {
            problem = problem.help(format!("the study has {}", list_words(known)));
        } else {
            problem = problem.help(format!("the study has no {}", table.title()));
        }
        problem
    })
}

fn set_key(
    table: &'static Table,
    entries: &mut Entries,
    key: &str,
    inner: &[String],
    node: Node,
) -> Result<(), Diagnostic> {
    // An unknown key is set as well: the check of the whole study explains it best.
    displace(table, entries, key, None);
    match inner {
        [] => {
            entries.set(key, node);
            Ok(())
        }
        [point] => {
            if !matches!(
                entries.get(key).map(|old| &old.value),
                Some(Value::Table(_))
            ) {
                let origin = node.origin;
                let value = Value::Table(Entries::default());
                entries.set(key, Node { value, origin });
            }
            if let Some(Value::Table(points)) = entries.get_mut(key).map(|old| &mut old.value) {
                points.set(point, node);
            }
            Ok(())
        }
        _ => Err(Diagnostic::error(
            codes::OVERRIDE,
            "the key of an override is too deep",
        )),
    }
}

fn no_such<'n>(name: &str, known: impl Iterator<Item = &'n str> + Clone) -> Diagnostic {
    let help = closest(name, known.clone()).map_or_else(
        || format!("known are {}", list_words(known)),
        |near| format!("did you mean `{near}`?"),
    );
    Diagnostic::error(
        codes::OVERRIDE,
        format!("the study format knows no `{name}`"),
    )
    .help(help)
}

/// Splits `a.b."c.d"` at the dots outside quotes.
fn split(path: &str) -> Option<Vec<String>> {
    let mut parts = vec![String::new()];
    let mut is_quoted = false;
    for character in path.trim().chars() {
        match character {
            '"' => is_quoted = !is_quoted,
            '.' if !is_quoted => parts.push(String::new()),
            other => parts.last_mut()?.push(other),
        }
    }
    (!is_quoted && parts.iter().all(|part| !part.is_empty())).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_split_at_dots_outside_quotes() {
        assert_eq!(
            split("a.\"b.c\".d"),
            Some(vec!["a".into(), "b.c".into(), "d".into()])
        );
        assert_eq!(split("a..b"), None);
        assert_eq!(split("a.\"b"), None);
        assert_eq!(split(""), None);
    }

    #[test]
    fn a_patch_displaces_what_it_excludes() {
        let (mut root, _) = node::parse(
            "[prices]\nelectricity = \"p.csv\"\nelectricity_column = \"x\"\ngas_eur_per_mwh = 1\n",
            0,
        );
        let (patch, _) = node::parse("[prices]\nelectricity_eur_per_mwh = 50\n", 1);
        merge_root(&mut root, patch);
        let prices = root
            .get("prices")
            .and_then(Node::table)
            .expect("still there");
        let keys: Vec<&str> = prices.0.iter().map(|entry| entry.key.as_str()).collect();
        assert_eq!(keys, ["gas_eur_per_mwh", "electricity_eur_per_mwh"]);
    }

    #[test]
    fn tables_of_a_list_are_patched_by_id() {
        let (mut root, _) = node::parse("[[boiler]]\nid = \"a\"\nfuel = \"gas\"\n", 0);
        let (patch, _) = node::parse(
            "[[boiler]]\nid = \"a\"\nexisting = true\n[[boiler]]\nid = \"b\"\nfuel = \"oil\"\n",
            1,
        );
        merge_root(&mut root, patch);
        let items = root.get("boiler").and_then(Node::list).expect("a list");
        assert_eq!(items.len(), 2);
        assert_eq!(items[0].table().map(|entries| entries.0.len()), Some(3));
    }
}
