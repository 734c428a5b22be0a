//! Reads checked values from a table and enters each into the input register.

use crate::check;
use crate::context::Context;
use crate::curve;
use crate::keys;
use crate::node::{Entries, Node, Origin};
use crate::position;
use crate::spec::{
    Default, DefaultValue, Fallback, Key, Kind, Table, plain, show_curve, show_numbers,
};
use crate::value;
use hukka_model::{Confidence, Place};

/// One table of the study, or the place where it would stand.
pub(crate) struct Reader<'n> {
    table: &'static Table,
    entries: Option<&'n Entries>,
    /// `data_centre.north`.
    pub(crate) path: String,
    /// Where the table begins.
    pub(crate) origin: Option<Origin>,
}

impl<'n> Reader<'n> {
    /// A table that comes once, present or not.
    pub(crate) fn one(root: &'n Entries, table: &'static Table) -> Self {
        let entry = root.entry(table.name);
        Self {
            table,
            entries: entry.and_then(|entry| entry.node.table()),
            path: table.name.to_owned(),
            origin: entry.map(|entry| entry.key_origin),
        }
    }

    /// The keys above the first table.
    pub(crate) fn top(root: &'n Entries) -> Self {
        Self {
            table: &keys::ROOT,
            entries: Some(root),
            path: String::new(),
            origin: None,
        }
    }

    /// A table that the study does not have: only its defaults.
    pub(crate) fn absent(table: &'static Table, id: &str) -> Self {
        Self {
            table,
            entries: None,
            path: format!("{}.{id}", table.name),
            origin: None,
        }
    }

    /// Every table of a list.
    pub(crate) fn many(root: &'n Entries, table: &'static Table) -> Vec<Self> {
        let items = root
            .get(table.name)
            .and_then(Node::list)
            .unwrap_or_default();
        items
            .iter()
            .enumerate()
            .filter_map(|(n, item)| {
                let entries = item.table()?;
                Some(Self {
                    table,
                    entries: Some(entries),
                    path: check::item_path(table, entries, n),
                    origin: Some(item.origin),
                })
            })
            .collect()
    }

    /// Name of the table: `data_centre`.
    pub(crate) const fn kind(&self) -> &'static str {
        self.table.name
    }

    fn key(&self, name: &str) -> &'static Key {
        self.table.key(name).unwrap_or_else(|| {
            unreachable!("invariant: `{name}` is declared in {}", self.table.title())
        })
    }

    /// The value as written, whether or not it can be used.
    pub(crate) fn node(&self, name: &str) -> Option<&'n Node> {
        debug_assert!(self.table.key(name).is_some(), "`{name}` is declared");
        #[cfg(test)]
        tests::note(self.table.name, name);
        self.entries.and_then(|entries| entries.get(name))
    }

    /// Whether the key is written.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.node(name).is_some()
    }

    /// Whether the key is written but cannot be used.
    pub(crate) fn is_unsound(&self, name: &str) -> bool {
        self.has(name) && self.sound(name).is_none()
    }

    /// Whether the key was meant to be written: misspelt, or with a value that cannot be used.
    pub(crate) fn is_attempted(&self, name: &str) -> bool {
        self.is_unsound(name)
            || self.entries.is_some_and(|entries| {
                !self.has(name)
                    && entries
                        .0
                        .iter()
                        .filter(|entry| self.table.key(&entry.key).is_none())
                        .take(check::UNKNOWN_SHOWN)
                        .any(|entry| check::meant(self.table, &entry.key) == Some(name))
            })
    }

    /// The value when it passed its check.
    fn sound(&self, name: &str) -> Option<&'n Node> {
        let key = self.key(name);
        self.node(name)
            .filter(|node| value::problems(key, node).is_empty())
    }

    pub(crate) fn full(&self, name: &str) -> String {
        check::join_path(&self.path, name)
    }

    /// Where a key stands, or where its table begins.
    pub(crate) fn place(&self, name: &str, context: &Context) -> Place {
        self.node(name)
            .map(|node| node.origin)
            .or(self.origin)
            .map_or_else(|| context.study_place(), |origin| context.place(origin))
    }

    /// Where a key stands, in words for the input register.
    pub(crate) fn origin_words(&self, name: &str, context: &Context) -> String {
        self.node(name)
            .map_or_else(String::new, |node| context.origin_words(node.origin))
    }

    fn given(&self, name: &str, value: &str, node: &Node, context: &mut Context) {
        let source = context.origin_words(node.origin);
        let unit = self.key(name).symbol();
        context.assume(self.full(name), value, unit, source, Confidence::Given);
    }

    /// Enters a default into the register.
    pub(crate) fn defaulted(&self, name: &str, default: &Default, context: &mut Context) {
        let unit = self.key(name).symbol();
        context.assume(
            self.full(name),
            default.value.show(),
            unit,
            default.source,
            Confidence::Default,
        );
    }

    /// Enters a value worked out from others.
    pub(crate) fn derived(&self, name: &str, value: f64, source: &str, context: &mut Context) {
        let unit = self.key(name).symbol();
        context.assume(
            self.full(name),
            plain(value),
            unit,
            source,
            Confidence::Derived,
        );
    }

    fn fixed(&self, name: &str) -> &'static Default {
        match self.key(name).fallback {
            Fallback::Fixed(default) => default,
            _ => unreachable!("invariant: `{}` has a fixed default", self.full(name)),
        }
    }

    /// A number that may be absent.
    pub(crate) fn optional(&self, name: &str, context: &mut Context) -> Option<f64> {
        let node = self.sound(name)?;
        let value = node.number()?;
        self.given(name, &plain(value), node, context);
        Some(value)
    }

    /// A number that must be given; after a complaint, some value inside the range.
    pub(crate) fn required(&self, name: &str, context: &mut Context) -> f64 {
        let filler = match self.key(name).kind {
            Kind::Number(range) | Kind::NumberOrSeries(range) => range.filler(),
            _ => 1.0,
        };
        self.optional(name, context).unwrap_or(filler)
    }

    /// A number with a fixed default.
    pub(crate) fn number(&self, name: &str, context: &mut Context) -> f64 {
        self.number_or(name, self.fixed(name), context)
    }

    /// The number a key will have, without a word about it: given and sound, else the fixed default.
    pub(crate) fn peek(&self, name: &str) -> f64 {
        let given = self.sound(name).and_then(Node::number);
        given.unwrap_or_else(|| match self.fixed(name).value {
            DefaultValue::Number(value) => value,
            _ => unreachable!("invariant: the default of `{name}` is a number"),
        })
    }

    /// A number with a default that depends on something else.
    pub(crate) fn number_or(&self, name: &str, default: &Default, context: &mut Context) -> f64 {
        self.optional(name, context).unwrap_or_else(|| {
            self.defaulted(name, default, context);
            match default.value {
                DefaultValue::Number(value) => value,
                _ => unreachable!("invariant: the default of `{name}` is a number"),
            }
        })
    }

    /// A whole number that may be absent.
    pub(crate) fn optional_whole(&self, name: &str, context: &mut Context) -> Option<i64> {
        let node = self.sound(name)?;
        let value = node.number()? as i64;
        self.given(name, &value.to_string(), node, context);
        Some(value)
    }

    /// A whole number with a fixed default.
    pub(crate) fn whole(&self, name: &str, context: &mut Context) -> i64 {
        self.optional_whole(name, context).unwrap_or_else(|| {
            let default = self.fixed(name);
            self.defaulted(name, default, context);
            match default.value {
                DefaultValue::Integer(value) => value,
                _ => unreachable!("invariant: the default of `{name}` is a whole number"),
            }
        })
    }

    /// True or false, with a fixed default.
    pub(crate) fn flag(&self, name: &str, context: &mut Context) -> bool {
        let given = self.sound(name).and_then(|node| match node.value {
            crate::node::Value::Flag(flag) => Some((flag, node)),
            _ => None,
        });
        if let Some((flag, node)) = given {
            self.given(name, &flag.to_string(), node, context);
            return flag;
        }
        let default = self.fixed(name);
        self.defaulted(name, default, context);
        default.value == DefaultValue::Flag(true)
    }

    /// Text, a word or a file name that may be absent.
    pub(crate) fn optional_text(&self, name: &str, context: &mut Context) -> Option<&'n str> {
        let node = self.sound(name)?;
        let value = node.text()?;
        self.given(name, value, node, context);
        Some(value)
    }

    /// Text or a word with a fixed default.
    pub(crate) fn text(&self, name: &str, context: &mut Context) -> &'n str {
        self.optional_text(name, context).unwrap_or_else(|| {
            let default = self.fixed(name);
            self.defaulted(name, default, context);
            match default.value {
                DefaultValue::Text(value) => value,
                _ => unreachable!("invariant: the default of `{name}` is text"),
            }
        })
    }

    /// Numbers that may be absent.
    pub(crate) fn optional_numbers(&self, name: &str, context: &mut Context) -> Option<Vec<f64>> {
        self.sound(name)?;
        Some(self.numbers(name, context))
    }

    /// Numbers with a fixed default.
    pub(crate) fn numbers(&self, name: &str, context: &mut Context) -> Vec<f64> {
        let given: Option<(Vec<f64>, &Node)> = self.sound(name).and_then(|node| {
            let values: Option<Vec<f64>> = node.list()?.iter().map(Node::number).collect();
            Some((values?, node))
        });
        if let Some((values, node)) = given {
            self.given(name, &show_numbers(&values), node, context);
            return values;
        }
        let default = self.fixed(name);
        self.defaulted(name, default, context);
        match default.value {
            DefaultValue::Numbers(values) => values.to_vec(),
            _ => unreachable!("invariant: the default of `{name}` is a list"),
        }
    }

    /// Texts that may be absent; they are credits, not assumptions.
    pub(crate) fn texts(&self, name: &str) -> Vec<String> {
        self.sound(name)
            .and_then(Node::list)
            .unwrap_or_default()
            .iter()
            .filter_map(Node::text)
            .map(str::to_owned)
            .collect()
    }

    /// A position that may be absent.
    pub(crate) fn position(&self, name: &str, context: &mut Context) -> Option<(f64, f64)> {
        let node = self.sound(name)?;
        let pair = position::read(node)?;
        self.given(name, &format!("{}, {}", pair.0, pair.1), node, context);
        Some(pair)
    }

    /// The positions of a path.
    pub(crate) fn path_points(&self, name: &str) -> Option<Vec<(f64, f64)>> {
        self.sound(name).and_then(position::read_path)
    }

    /// A curve that may be absent.
    pub(crate) fn curve(&self, name: &str, context: &mut Context) -> Option<[(f64, f64); 2]> {
        let key = self.key(name);
        let Kind::Curve(range) = key.kind else {
            unreachable!("invariant: `{name}` is a curve");
        };
        let node = self.node(name)?;
        let points = curve::read(key, &range, node)?;
        let source = context.origin_words(node.origin);
        context.assume(
            self.full(name),
            show_curve(&points),
            "°C",
            source,
            Confidence::Given,
        );
        Some(points)
    }

    /// The default of a curve, entered into the register.
    pub(crate) fn default_curve(&self, name: &str, context: &mut Context) -> [(f64, f64); 2] {
        let default = self.fixed(name);
        let DefaultValue::Curve(points) = default.value else {
            unreachable!("invariant: the default of `{name}` is a curve");
        };
        context.assume(
            self.full(name),
            show_curve(&points),
            "°C",
            default.source,
            Confidence::Default,
        );
        points
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;
    use std::collections::BTreeSet;

    thread_local! {
        static READ: RefCell<BTreeSet<(&'static str, String)>> = const { RefCell::new(BTreeSet::new()) };
    }

    /// Notes that a key was asked for.
    pub(super) fn note(table: &'static str, key: &str) {
        READ.with_borrow_mut(|read| read.insert((table, key.to_owned())));
    }

    /// A study without a map, and one with a map, pipes, and files in place of numbers.
    const STUDIES: [&str; 2] = [
        r#"
        [[lumped_demand]]
        id = "town"
        annual_mwh = 27000
        load = "absent.csv"
        [[lumped_demand]]
        id = "old town"
        annual_mwh = 100
        profile = "mfh"
        [[lumped_demand]]
        id = "harbour"
        annual_mwh = 100
        meter = "absent.csv"
        metered_weather = "absent.csv"
        [[renovation]]
        id = "insulation"
        [[data_centre]]
        id = "a"
        it_load_mw = 10
        utilisation = "absent.csv"
        [[store]]
        id = "tank"
        volume_m3 = 100
        [[heat_pump]]
        id = "hp"
        exchanger_first = true
        [[boiler]]
        id = "b"
        fuel = "gas"
        "#,
        r#"
        [place]
        buildings = "absent.geojson"
        [demand]
        metered_weather = "absent.csv"
        [weather]
        file = "w.csv"
        [prices]
        electricity = "absent.csv"
        [money]
        debt_share = 0.5
        [contract]
        kind = "day_ahead"
        published = "absent.csv"
        [emissions]
        electricity = "absent.csv"
        [[data_centre]]
        id = "a"
        it_load_mw = 10
        cooling_model = "modes"
        cooling_units = 4
        [[hall]]
        id = "one"
        it_load_mw = 10
        utilisation = "absent.csv"
        [[existing_pipe]]
        id = "p"
        path = [[26.95, 60.53], [26.96, 60.53]]
        dn = 100
        [network]
        return_temperature = { at_minus_26_c = 50, at_plus_8_c = 40 }
        supply_temperature_levels_k = [-5, 5]
        "#,
    ];

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the test writes its study")]
    fn every_key_of_the_schema_is_read() {
        for study in STUDIES {
            let folder = tempfile::tempdir().expect("a temporary folder");
            std::fs::write(folder.path().join("study.toml"), study).expect("a study file");
            let weather = "t_c\n".to_owned() + &"1.5\n".repeat(8760);
            std::fs::write(folder.path().join("w.csv"), weather).expect("a weather file");
            let _ = crate::load(folder.path(), &[]);
        }
        let declared: BTreeSet<(&'static str, String)> = keys::TABLES
            .into_iter()
            .chain(std::iter::once(&keys::ROOT))
            .flat_map(|table| {
                table
                    .keys
                    .iter()
                    .map(|key| (table.name, key.name.to_owned()))
            })
            .collect();
        let read = READ.with_borrow(Clone::clone);
        let unread: Vec<_> = declared.difference(&read).collect();
        assert!(
            unread.is_empty(),
            "declared, but read by nobody: {unread:?}"
        );
    }
}
