//! What readers and writers tell: errors one by one, assumptions and leftovers summed up.

use hukka_model::{Diagnostic, Place};

/// More errors than a person reads; the rest is counted.
const MOST_ERRORS: usize = 200;
/// Names shown of a group.
const NAMES_SHOWN: usize = 4;

/// Findings about one file.
#[derive(Debug)]
pub(crate) struct Findings {
    file: String,
    list: Vec<Diagnostic>,
    groups: Vec<Group>,
    unlisted_errors: usize,
}

/// Findings that differ in the element only.
#[derive(Debug)]
struct Group {
    code: &'static str,
    is_warning: bool,
    message: String,
    help: Option<String>,
    ids: Vec<String>,
    count: usize,
}

impl Findings {
    pub(crate) fn of(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            list: Vec::new(),
            groups: Vec::new(),
            unlisted_errors: 0,
        }
    }

    /// The file these findings are about.
    pub(crate) fn file(&self) -> &str {
        &self.file
    }

    /// Adds a finding; its place is this file unless it says another.
    pub(crate) fn push(&mut self, mut diagnostic: Diagnostic) {
        if diagnostic.is_error() && self.list.len() >= MOST_ERRORS {
            self.unlisted_errors += 1;
            return;
        }
        if diagnostic.place.is_none() {
            diagnostic.place = Some(Place::file(self.file.clone()));
        }
        self.list.push(diagnostic);
    }

    /// The file cannot be read at all.
    pub(crate) fn unreadable(&mut self, what: &str, reason: impl ToString) {
        self.push(
            Diagnostic::error("HK1001", format!("this is not {what} that can be read"))
                .seen(short(&reason.to_string()))
                .help("write the file again with the program it came from"),
        );
    }

    /// An element lacks a value that nothing can stand in for.
    pub(crate) fn missing(&mut self, subject: &str, key: &str) {
        self.push(
            Diagnostic::error("HK1003", format!("`{key}` is missing"))
                .about(subject)
                .help(format!("give {subject} a `{key}`")),
        );
    }

    /// A value is of the wrong kind or out of range.
    pub(crate) fn wrong(&mut self, subject: &str, key: &str, seen: &str, allowed: &str) {
        self.push(
            Diagnostic::error("HK1004", format!("`{key}` cannot be {}", short(seen)))
                .about(subject)
                .seen(short(seen))
                .allowed(allowed),
        );
    }

    /// Two elements of one kind share a name.
    pub(crate) fn twice(&mut self, kind: &str, id: &str) {
        self.push(
            Diagnostic::error("HK1005", format!("two {kind}s are named `{}`", short(id)))
                .about(format!("{kind} {}", short(id)))
                .help("give each its own name"),
        );
    }

    /// A name that nothing has.
    pub(crate) fn unknown_name(&mut self, subject: &str, key: &str, name: &str) {
        self.push(
            Diagnostic::error("HK1006", format!("`{key}` names what does not exist"))
                .about(subject)
                .seen(short(name))
                .help("name an element of this file"),
        );
    }

    /// A value nobody stated, taken as `value`.
    pub(crate) fn assume(&mut self, kind: &str, field: &str, value: &str, id: &str) {
        let message = format!("{field} of {kind} is not stated: {value} assumed");
        self.group("HK1008", false, message, None, id);
    }

    /// Something known to be there that the engine does not use.
    pub(crate) fn unused(&mut self, what: &str, why: &str, id: &str) {
        let message = format!("{what} is not used: {why}");
        self.group("HK1009", false, message, None, id);
    }

    /// Something the reader has no meaning for.
    pub(crate) fn unknown(&mut self, what: &str, id: &str) {
        let message = format!("{what} is not known here and was left out");
        let help = "check the spelling; what is left out has no effect on the result";
        self.group("HK1007", true, message, Some(help), id);
    }

    /// An element taken for something simpler, or left out though it matters.
    pub(crate) fn simplified(&mut self, message: impl Into<String>, id: &str) {
        self.group("HK1010", true, message.into(), None, id);
    }

    /// What the format written has no words for.
    pub(crate) fn unsayable(&mut self, message: impl Into<String>, id: &str) {
        self.group("HK1012", true, message.into(), None, id);
    }

    fn group(
        &mut self,
        code: &'static str,
        is_warning: bool,
        message: String,
        help: Option<&str>,
        id: &str,
    ) {
        let known = self
            .groups
            .iter_mut()
            .find(|group| group.code == code && group.message == message);
        if let Some(group) = known {
            let id = short(id);
            if group.ids.last() == Some(&id) {
                return;
            }
            group.count += 1;
            if group.ids.len() < NAMES_SHOWN {
                group.ids.push(id);
            }
            return;
        }
        if self.groups.len() >= MOST_ERRORS {
            return;
        }
        self.groups.push(Group {
            code,
            is_warning,
            message,
            help: help.map(str::to_owned),
            ids: vec![short(id)],
            count: 1,
        });
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.unlisted_errors > 0 || self.list.iter().any(Diagnostic::is_error)
    }

    /// Everything found: single findings first, then the groups.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        if self.unlisted_errors > 0 {
            let message = format!("{} more errors are not listed", self.unlisted_errors);
            self.list.push(
                Diagnostic::error("HK1001", message)
                    .at(Place::file(self.file.clone()))
                    .help("mend the first ones and try again"),
            );
        }
        for group in self.groups {
            let make = if group.is_warning {
                Diagnostic::warning
            } else {
                Diagnostic::note
            };
            let more = group.count - group.ids.len();
            let mut names = group.ids.join(", ");
            if more > 0 {
                names.push_str(&format!(" and {more} more"));
            }
            let mut diagnostic = make(group.code, group.message).at(Place::file(self.file.clone()));
            if !names.is_empty() {
                diagnostic = diagnostic.about(names);
            }
            if let Some(help) = group.help {
                diagnostic = diagnostic.help(help);
            }
            self.list.push(diagnostic);
        }
        self.list
    }
}

/// The first characters of a text that may be of any length.
pub(crate) fn short(text: &str) -> String {
    const MOST: usize = 60;
    if text.chars().count() <= MOST {
        text.to_owned()
    } else {
        text.chars().take(MOST).chain(['…']).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assumptions_of_one_kind_are_one_finding() {
        let mut findings = Findings::of("a.json");
        for id in 0..9 {
            findings.assume("pipe", "roughness", "0.1 mm", &format!("p{id}"));
        }
        let list = findings.finish();
        assert_eq!(list.len(), 1);
        assert_eq!(
            list[0].subject.as_deref(),
            Some("p0, p1, p2, p3 and 5 more")
        );
    }

    #[test]
    fn errors_beyond_what_people_read_are_counted() {
        let mut findings = Findings::of("a.json");
        for id in 0..500 {
            findings.missing(&format!("pipe p{id}"), "from");
        }
        let list = findings.finish();
        assert_eq!(list.len(), MOST_ERRORS + 1);
        assert!(list[MOST_ERRORS].message.contains("300"));
    }
}
