//! Studies that ship inside the binary.

use crate::{Error, OutputFile, write_run_folder};
use include_dir::{Dir, DirEntry, include_dir};
use std::path::Path;

static BUNDLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../examples");

/// A bundled study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// Folder name.
    pub name: String,
    /// First line of its README.
    pub title: String,
}

/// Folder of the back-test studies.
pub(crate) const BACKTEST: &str = "backtest";

/// Every bundled study, by name; those of the back-test come last.
pub fn examples() -> Vec<Example> {
    let mut examples: Vec<Example> = BUNDLE
        .dirs()
        .filter(|dir| is_study(dir))
        .map(|dir| Example {
            name: name(dir),
            title: title(dir),
        })
        .collect();
    examples.sort_by(|a, b| a.name.cmp(&b.name));
    examples.extend(backtest_names().into_iter().map(|id| {
        let name = format!("{BACKTEST}/{id}");
        let title = study_title(text(&format!("{name}/study.toml")).unwrap_or_default());
        Example { name, title }
    }));
    examples
}

/// Names of the back-test studies, sorted.
pub(crate) fn backtest_names() -> Vec<String> {
    let mut names: Vec<String> = BUNDLE
        .get_dir(BACKTEST)
        .into_iter()
        .flat_map(Dir::dirs)
        .filter(|dir| is_study(dir))
        .map(name)
        .collect();
    names.sort();
    names
}

/// A bundled file.
pub(crate) fn text(path: &str) -> Option<&'static str> {
    BUNDLE.get_file(path)?.contents_utf8()
}

fn is_study(dir: &Dir<'_>) -> bool {
    dir.contains(dir.path().join("study.toml"))
}

fn study_title(study: &str) -> String {
    study
        .lines()
        .find_map(|line| line.strip_prefix("name = "))
        .unwrap_or_default()
        .trim_matches('"')
        .to_owned()
}

/// Copies a bundled study into a new folder, whole or not at all.
pub fn write_example(name: &str, target: &Path) -> Result<(), Error> {
    let unknown = || Error::UnknownExample {
        name: name.to_owned(),
        known: examples()
            .into_iter()
            .map(|e| e.name)
            .collect::<Vec<_>>()
            .join(", "),
    };
    if !examples().iter().any(|example| example.name == name) {
        return Err(unknown());
    }
    let dir = BUNDLE.get_dir(name).ok_or_else(unknown)?;
    let mut files = Vec::new();
    collect(dir, dir.path(), &mut files);
    write_run_folder(target, &files, false)
}

fn collect(dir: &Dir<'_>, root: &Path, files: &mut Vec<OutputFile>) {
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(inner) => collect(inner, root, files),
            DirEntry::File(file) => {
                if let Some(path) = file.path().strip_prefix(root).ok().and_then(Path::to_str) {
                    files.push(OutputFile {
                        path: path.into(),
                        bytes: file.contents().to_vec(),
                    });
                }
            }
        }
    }
}

fn name(dir: &Dir<'_>) -> String {
    dir.path()
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn title(dir: &Dir<'_>) -> String {
    dir.get_file(dir.path().join("README.md"))
        .and_then(include_dir::File::contents_utf8)
        .and_then(|text| text.lines().next())
        .map(|line| line.trim_start_matches('#').trim().to_owned())
        .unwrap_or_default()
}
