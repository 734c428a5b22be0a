//! The study folder: what is read stays inside it, is small enough, and is listed with its hash.

use crate::codes;
use crate::context::closest;
use hukka_model::{Diagnostic, InputFile};
use std::fs::File;
use std::io::Read as _;
use std::path::{Component, Path, PathBuf};

/// Largest study or variant file.
pub(crate) const STUDY_LIMIT: u64 = 4 << 20;
/// Largest map.
pub(crate) const MAP_LIMIT: u64 = 200 << 20;
/// Largest series file.
pub(crate) const SERIES_LIMIT: u64 = 64 << 20;

/// The study folder and the files read from it.
pub(crate) struct Files {
    folder: PathBuf,
    read: Vec<InputFile>,
}

impl Files {
    pub(crate) const fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            read: Vec::new(),
        }
    }

    /// Every file read so far, in order of reading, each once.
    pub(crate) fn list(&self) -> &[InputFile] {
        &self.read
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Reads a file named in the study; the diagnostic has no place yet.
    pub(crate) fn read(&mut self, name: &str, limit: u64) -> Result<Vec<u8>, Diagnostic> {
        let path = self.inside(name)?;
        let metadata = std::fs::metadata(&path).map_err(|error| unreadable(name, &error))?;
        if metadata.is_dir() {
            return Err(Diagnostic::error(
                codes::FILE_IS_FOLDER,
                format!("`{name}` is a folder, not a file"),
            )
            .seen("a folder")
            .allowed("a file")
            .help(self.suggest(name)));
        }
        if !metadata.is_file() {
            return Err(Diagnostic::error(
                codes::FILE_UNREADABLE,
                format!("`{name}` is not an ordinary file"),
            ));
        }
        if metadata.len() > limit {
            return Err(too_large(name, metadata.len(), limit));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
        File::open(&path)
            .and_then(|file| file.take(limit + 1).read_to_end(&mut bytes))
            .map_err(|error| unreadable(name, &error))?;
        if bytes.len() as u64 > limit {
            return Err(too_large(name, bytes.len() as u64, limit));
        }
        if bytes.is_empty() {
            return Err(
                Diagnostic::error(codes::FILE_EMPTY, format!("`{name}` is empty")).seen("0 bytes"),
            );
        }
        self.note(name, &bytes);
        Ok(bytes)
    }

    /// Reads a text file named in the study.
    pub(crate) fn read_text(&mut self, name: &str, limit: u64) -> Result<String, Diagnostic> {
        let bytes = self.read(name, limit)?;
        let mut text = String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            Diagnostic::error(codes::FILE_NOT_TEXT, format!("`{name}` is not UTF-8 text"))
                .seen(format!("byte {} is not part of a character", at + 1))
                .help("save the file as UTF-8")
        })?;
        if let Some(at) = text.find('\0') {
            let line = 1 + text[..at].matches('\n').count();
            return Err(Diagnostic::error(
                codes::FILE_NOT_TEXT,
                format!("`{name}` holds a NUL byte"),
            )
            .seen(format!("byte {}, in line {line}, is 0", at + 1))
            .allowed("UTF-8 text, which has no NUL byte")
            .help("the file is binary or UTF-16; save it as UTF-8 text"));
        }
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        Ok(text)
    }

    fn note(&mut self, name: &str, bytes: &[u8]) {
        if self.read.iter().any(|file| file.path == name) {
            return;
        }
        self.read.push(InputFile {
            path: name.to_owned(),
            bytes: bytes.len() as u64,
            blake3: blake3::hash(bytes).to_hex().to_string(),
        });
    }

    /// The path of a file, once it is sure to lie inside the study folder.
    fn inside(&self, name: &str) -> Result<PathBuf, Diagnostic> {
        let relative = Path::new(name);
        let is_plain = !name.trim().is_empty()
            && !name.contains('\0')
            && relative
                .components()
                .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        if !is_plain {
            return Err(
                outside(name).help("put the file into the study folder and name it from there")
            );
        }
        let path = self.folder.join(relative);
        let real = match path.canonicalize() {
            Ok(real) => real,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                if let Ok(target) = path.read_link() {
                    return Err(dangling(name, &target));
                }
                return Err(
                    Diagnostic::error(codes::FILE_MISSING, format!("`{name}` is missing"))
                        .allowed("a file of the study folder")
                        .help(self.suggest(name)),
                );
            }
            Err(error) => return Err(unreadable(name, &error)),
        };
        let folder = self
            .folder
            .canonicalize()
            .map_err(|error| unreadable(name, &error))?;
        if real.starts_with(&folder) {
            Ok(real)
        } else {
            Err(outside(name).help("the link leads out of the study folder; copy the file into it"))
        }
    }

    /// "did you mean …?" among the files present, or what is there.
    fn suggest(&self, name: &str) -> String {
        let mut here = names_below(&self.folder);
        let end = Path::new(name).extension();
        if here.iter().any(|file| Path::new(file).extension() == end) {
            here.retain(|file| Path::new(file).extension() == end);
        }
        let same_name = here
            .iter()
            .find(|file| Path::new(file).file_name() == Path::new(name).file_name());
        if let Some(file) = same_name
            .map(String::as_str)
            .or_else(|| closest(name, here.iter().map(String::as_str)))
        {
            return format!("did you mean `{file}`?");
        }
        if here.is_empty() {
            return "the study folder holds no other file".to_owned();
        }
        let shown: Vec<&str> = here.iter().take(8).map(String::as_str).collect();
        format!("the study folder holds {}", shown.join(", "))
    }
}

/// Files in the folder and one folder below, sorted.
fn names_below(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for (name, path) in entries(folder) {
        if path.is_dir() {
            names.extend(
                entries(&path)
                    .into_iter()
                    .filter(|(_, inner)| inner.is_file())
                    .map(|(inner, _)| format!("{name}/{inner}")),
            );
        } else if path.is_file() {
            names.push(name);
        }
    }
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    names
}

fn entries(folder: &Path) -> Vec<(String, PathBuf)> {
    std::fs::read_dir(folder)
        .map(|listing| {
            listing
                .filter_map(Result::ok)
                .take(1000)
                .map(|entry| {
                    (
                        entry.file_name().to_string_lossy().into_owned(),
                        entry.path(),
                    )
                })
                .collect()
        })
        .unwrap_or_default()
}

fn outside(name: &str) -> Diagnostic {
    Diagnostic::error(
        codes::FILE_OUTSIDE,
        format!("`{name}` lies outside the study folder"),
    )
    .seen(name)
    .allowed("a path inside the study folder, without `..`")
}

fn dangling(name: &str, target: &Path) -> Diagnostic {
    Diagnostic::error(
        codes::FILE_MISSING,
        format!("`{name}` is a link to nowhere"),
    )
    .seen(format!("a link to {}, which is missing", target.display()))
    .allowed("a file of the study folder")
    .help("copy the file itself into the study folder, in place of the link")
}

fn unreadable(name: &str, error: &std::io::Error) -> Diagnostic {
    Diagnostic::error(codes::FILE_UNREADABLE, format!("`{name}` cannot be read"))
        .seen(error)
        .help("check the permissions of the file")
}

fn too_large(name: &str, bytes: u64, limit: u64) -> Diagnostic {
    let mib = |bytes: u64| hukka_units::grouped(bytes as f64 / f64::from(1 << 20), 0);
    Diagnostic::error(
        codes::FILE_TOO_LARGE,
        format!("`{name}` is larger than hukka reads"),
    )
    .seen(format!("{} MiB", mib(bytes)))
    .allowed(format!("up to {} MiB", mib(limit)))
    .help("keep only what the study needs: one year of hours, one town")
}
