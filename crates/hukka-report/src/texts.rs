//! The catalogue of texts: key to words, one file per language.

use core::fmt::{Display, Write as _};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Words by group and key.
type Catalogue = BTreeMap<String, BTreeMap<String, String>>;

const ENGLISH: &str = include_str!("../texts/en.toml");

static TEXTS: LazyLock<Catalogue> = LazyLock::new(|| {
    toml::from_str(ENGLISH).expect("invariant: the catalogue in the program can be read")
});

/// The words of a key, `group.name`. A key without words shows itself; a test keeps that from
/// happening.
pub(crate) fn say(key: &'static str) -> &'static str {
    find(key).unwrap_or(key)
}

fn find(key: &str) -> Option<&'static str> {
    let (group, name) = key.split_once('.')?;
    TEXTS.get(group)?.get(name).map(String::as_str)
}

/// The same for the template, whose keys are not known to the compiler.
pub(crate) fn of_page(key: &str) -> String {
    find(key).unwrap_or(key).to_owned()
}

/// The words of a key with figures and names in their places: `{0}`, `{1}` …
pub(crate) fn fill(key: &'static str, parts: &[&dyn Display]) -> String {
    let mut out = String::new();
    let mut rest = say(key);
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let place = after
            .split_once('}')
            .and_then(|(number, after)| Some((parts.get(number.parse::<usize>().ok()?)?, after)));
        if let Some((part, after)) = place {
            let _ = write!(out, "{part}");
            rest = after;
        } else {
            out.push('{');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    #[expect(
        clippy::disallowed_methods,
        reason = "the test reads the sources beside it"
    )]
    fn sources(folder: &Path, out: &mut String) {
        let mut paths: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                sources(&path, out);
            } else if path.extension().is_some_and(|e| e == "rs" || e == "html") {
                out.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }

    /// Keys named in the sources and the templates.
    fn used() -> BTreeSet<String> {
        let home = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut all = String::new();
        sources(&home.join("src"), &mut all);
        sources(&home.join("assets"), &mut all);
        let mut keys = BTreeSet::new();
        for word in all.split(['"', '\'']) {
            let is_key = word.split_once('.').is_some_and(|(group, name)| {
                TEXTS.contains_key(group)
                    && name != "html"
                    && !name.is_empty()
                    && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            });
            if is_key {
                keys.insert(word.to_owned());
            }
        }
        keys
    }

    #[test]
    fn every_key_that_is_used_has_words_and_every_key_with_words_is_used() {
        let used = used();
        let known: BTreeSet<String> = TEXTS
            .iter()
            .flat_map(|(group, keys)| keys.keys().map(move |key| format!("{group}.{key}")))
            .collect();
        assert!(known.len() > 500, "{}", known.len());
        let missing: Vec<_> = used.difference(&known).collect();
        let idle: Vec<_> = known.difference(&used).collect();
        assert!(missing.is_empty(), "no words for {missing:?}");
        assert!(idle.is_empty(), "never used: {idle:?}");
    }

    #[test]
    fn parts_stand_in_their_places() {
        assert_eq!(
            fill("place.1-of-consumers-is-connected", &[&"12"]),
            "1 of 12 consumers is connected"
        );
        assert_eq!(say("nowhere.at-all"), "nowhere.at-all");
    }
}
