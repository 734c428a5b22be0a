//! What every reader needs: names, and a last look at the network as a whole.

use crate::findings::Findings;
use hukka_model::Diagnostic;
use hukka_model::network_case::{CaseNode, NetworkCase, SourceKind};
use std::collections::{HashMap, HashSet};

/// Nodes by name.
#[derive(Debug, Default)]
pub(crate) struct Nodes {
    by_name: HashMap<String, usize>,
}

impl Nodes {
    /// Remembers a node; a second of the same name is reported.
    pub(crate) fn add(&mut self, id: &str, index: usize, found: &mut Findings) {
        if self.by_name.insert(id.to_owned(), index).is_some() {
            found.twice("node", id);
        }
    }

    pub(crate) fn find(&self, id: &str) -> Option<usize> {
        self.by_name.get(id).copied()
    }

    /// The node of a name; an unknown one is reported and stands for the first.
    pub(crate) fn need(&self, id: &str, subject: &str, key: &str, found: &mut Findings) -> usize {
        self.find(id).unwrap_or_else(|| {
            found.unknown_name(subject, key, id);
            0
        })
    }
}

/// Names of one kind of element.
#[derive(Debug, Default)]
pub(crate) struct Once(HashSet<String>);

impl Once {
    /// Reports a name used before.
    pub(crate) fn check(&mut self, kind: &str, id: &str, found: &mut Findings) {
        if !self.0.insert(id.to_owned()) {
            found.twice(kind, id);
        }
    }
}

/// A number in a file's unit that reads back to exactly `si` when multiplied by `factor`, if one
/// of the three nearest does; of several the one of fewest digits, which any reader gets right.
pub(crate) fn in_unit(si: f64, factor: f64) -> f64 {
    let nearest = si / factor;
    [nearest, nearest.next_up(), nearest.next_down()]
        .into_iter()
        .filter(|value| (value * factor).to_bits() == si.to_bits())
        .min_by_key(|value| value.to_string().len())
        .unwrap_or(nearest)
}

/// Whether the places of the nodes say anything.
pub(crate) fn has_places(nodes: &[CaseNode]) -> bool {
    let mut places = nodes.iter().filter_map(|node| node.place);
    let Some(first) = places.next() else {
        return false;
    };
    places.any(|place| place != first)
}

/// Looks at a network as a whole: it has nodes, and something fixes the pressure.
pub(crate) fn check(case: &NetworkCase, found: &mut Findings) {
    if case.nodes.is_empty() {
        found.push(
            Diagnostic::error("HK1011", "the network has no nodes")
                .help("give it at least two nodes and a pipe between them"),
        );
        return;
    }
    let has_level = case.pressures.iter().any(|p| p.pressure.is_some())
        || case.sources.iter().any(|source| {
            matches!(
                source.kind,
                SourceKind::Pressure { .. } | SourceKind::WorstPoint { .. }
            )
        });
    if !has_level && !found.has_errors() {
        found.push(
            Diagnostic::error("HK1011", "nothing in the network fixes a pressure")
                .allowed("a source of given pressure, a reservoir, a tank or an external grid")
                .help("give one source a supply pressure and a pressure difference"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_value_read_from_a_file_is_written_back_exactly(value in -1e6..1e6_f64) {
            for factor in [1e5, 1e-3, 1e3] {
                let si = value * factor;
                prop_assert_eq!((in_unit(si, factor) * factor).to_bits(), si.to_bits());
            }
        }

        #[test]
        fn a_short_number_stays_short(thousandths in -900_000..900_000_i32) {
            let value = f64::from(thousandths) / 1000.0;
            prop_assert!((in_unit(value * 1e-3, 1e-3).to_string().len()) <= value.to_string().len());
        }
    }
}
