//! Opens a study folder, lays patches over it, checks it, and builds the study.

use crate::build;
use crate::check as checks;
use crate::codes;
use crate::context::Context;
use crate::files::{Files, STUDY_LIMIT};
use crate::node::{self, Entries};
use crate::patch;
use crate::text::SourceText;
use hukka_model::{Diagnostic, Place, Study};
use std::path::{Path, PathBuf};

/// What became of a study folder.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The study; `None` when there is an error.
    pub study: Option<Study>,
    /// Every finding, in the order of the files.
    pub diagnostics: Vec<Diagnostic>,
}

impl Loaded {
    /// Whether the study can be used.
    pub const fn is_sound(&self) -> bool {
        self.study.is_some()
    }
}

/// Loads a study from its folder, or from its study file.
///
/// `overrides` are `(key, value)` pairs laid over the file: first every `variant`, which names a
/// file of `variants/`, then the other keys in their order. A key is a dotted path,
/// `data_centre.north.it_load_mw`, with tables of a list by id or by number from 1; its value is
/// TOML, else taken as text.
pub fn load(path: &Path, overrides: &[(String, String)]) -> Loaded {
    if let Some(problem) = not_a_study(path) {
        return Loaded {
            study: None,
            diagnostics: vec![problem],
        };
    }
    let (folder, file) = split(path);
    let mut context = Context::new(Files::new(folder.clone()));
    let study = open(&file, &mut context).and_then(|mut root| {
        let (variants, keys): (Vec<_>, Vec<_>) =
            overrides.iter().partition(|(key, _)| key == "variant");
        for (_, name) in variants {
            patch::variant(&mut root, name, &mut context);
        }
        for (key, value) in keys {
            patch::set(&mut root, key, value, &mut context);
        }
        checks::document(&root, &mut context);
        build::study(&root, &study_id(&folder), &mut context)
    });
    let diagnostics = in_order(without_echoes(context.diagnostics));
    Loaded { study, diagnostics }
}

/// Says so when a path is neither a folder nor a study file.
fn not_a_study(path: &Path) -> Option<Diagnostic> {
    let is_study_file = path.file_name().is_some_and(|name| name == "study.toml");
    if !path.exists() || path.is_dir() || (is_study_file && path.is_file()) {
        return None;
    }
    let shown = path.display().to_string();
    let parent = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    let is_variant = parent.is_some_and(|parent| parent.ends_with("variants"));
    let help = if is_variant {
        "a variant is laid over a study: name the study folder, and the variant beside it"
    } else {
        "name the folder; `hukka new DIR` makes one"
    };
    Some(
        Diagnostic::error(codes::FILE_KIND, format!("`{shown}` is not a study"))
            .at(Place::file(shown))
            .allowed("a study is a folder with a `study.toml`")
            .help(help),
    )
}

/// Folder and name of the study file.
fn split(path: &Path) -> (PathBuf, String) {
    let is_file = path.is_file() || path.extension().is_some_and(|end| end == "toml");
    if !is_file {
        return (path.to_owned(), "study.toml".to_owned());
    }
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    (folder, name.unwrap_or_else(|| "study.toml".to_owned()))
}

fn study_id(folder: &Path) -> String {
    folder
        .canonicalize()
        .ok()
        .and_then(|real| {
            real.file_name()
                .map(|name| name.to_string_lossy().into_owned())
        })
        .unwrap_or_else(|| "study".to_owned())
}

/// Reads the study file as far as it goes.
fn open(file: &str, context: &mut Context) -> Option<Entries> {
    if !context.files.folder().exists() {
        context.push(
            Diagnostic::error(codes::FILE_MISSING, "the study folder is missing")
                .seen(context.files.folder().display())
                .allowed("a folder with a `study.toml`")
                .help("`hukka new DIR` makes one"),
        );
        return None;
    }
    let text = match context.files.read_text(file, STUDY_LIMIT) {
        Ok(text) => text,
        Err(problem) => {
            context.push(problem.at(Place::file(file)));
            return None;
        }
    };
    context.texts.push(SourceText::new(file, text));
    let (root, errors) = node::parse(&context.texts[0].text, 0);
    context.is_partial = !errors.is_empty();
    for error in errors {
        let place = context.texts[0].place(&error.span);
        context.push(
            Diagnostic::error(codes::SYNTAX, format!("not valid TOML: {}", error.message))
                .at(place)
                .help("keys and values are written `key = value`, text in quotes"),
        );
    }
    Some(root)
}

/// One grammar mistake per line, and nothing else about the same line: the rest are echoes.
fn without_echoes(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let line = |diagnostic: &Diagnostic| {
        let place = diagnostic.place.as_ref()?;
        Some((place.file.clone(), place.line?))
    };
    let mut broken: Vec<(String, usize)> = Vec::new();
    let mut kept = Vec::with_capacity(diagnostics.len());
    let (syntax, others): (Vec<Diagnostic>, Vec<Diagnostic>) = diagnostics
        .into_iter()
        .partition(|diagnostic| diagnostic.code == codes::SYNTAX);
    for diagnostic in syntax {
        let at = line(&diagnostic);
        if at.as_ref().is_some_and(|at| broken.contains(at)) {
            continue;
        }
        broken.extend(at);
        kept.push(diagnostic);
    }
    kept.extend(
        others
            .into_iter()
            .filter(|diagnostic| !line(diagnostic).is_some_and(|at| broken.contains(&at))),
    );
    kept
}

/// Findings by file, then by line; each once.
fn in_order(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut files: Vec<String> = Vec::new();
    for diagnostic in &diagnostics {
        let file = file_of(diagnostic);
        if !files.iter().any(|known| known == file) {
            files.push(file.to_owned());
        }
    }
    let mut sorted: Vec<Diagnostic> = Vec::with_capacity(diagnostics.len());
    for diagnostic in diagnostics {
        if !sorted.contains(&diagnostic) {
            sorted.push(diagnostic);
        }
    }
    sorted.sort_by_key(|diagnostic| {
        let rank = files.iter().position(|file| file == file_of(diagnostic));
        let place = diagnostic.place.as_ref();
        let line = place.and_then(|place| place.line).unwrap_or(usize::MAX);
        let column = place.and_then(|place| place.column).unwrap_or(0);
        (rank, line, column)
    });
    sorted
}

fn file_of(diagnostic: &Diagnostic) -> &str {
    diagnostic
        .place
        .as_ref()
        .map_or("", |place| place.file.as_str())
}
