//! Running the command, and studies to run it on.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;
use tempfile::TempDir;

pub(crate) fn hukka(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hukka"))
        .args(arguments)
        .output()
        .unwrap()
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .unwrap()
}

/// A copy of a bundled example that a test may spoil.
pub(crate) struct Scene {
    pub(crate) home: TempDir,
}

impl Scene {
    pub(crate) fn of(example: &str) -> Self {
        let home = tempfile::tempdir().unwrap();
        let study = home.path().join("study");
        let made = hukka(&["new", study.to_str().unwrap(), "--from", example]);
        assert!(made.status.success(), "{}", text(&made.stderr));
        Self { home }
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.home.path().join("study").join(name)
    }

    pub(crate) fn study(&self) -> String {
        self.file("").to_str().unwrap().to_owned()
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.file(name)).unwrap()
    }

    pub(crate) fn write(&self, name: &str, content: &str) {
        fs::write(self.file(name), content).unwrap();
    }

    /// Replaces text that must be there.
    pub(crate) fn replace(&self, name: &str, old: &str, new: &str) {
        let content = self.read(name);
        assert!(content.contains(old), "{name} does not contain {old:?}");
        self.write(name, &content.replacen(old, new, 1));
    }

    pub(crate) fn append(&self, name: &str, more: &str) {
        let content = self.read(name);
        self.write(name, &format!("{content}\n{more}\n"));
    }

    /// Runs the study; gives output and the run folder.
    pub(crate) fn run(&self, more: &[&str]) -> (Output, PathBuf) {
        let out = self.home.path().join("run");
        let study = self.study();
        let mut arguments = vec!["run", &study, "--out", out.to_str().unwrap()];
        arguments.extend(more);
        (hukka(&arguments), out.clone())
    }

    /// Everything in the scene's home but the study itself: must be empty after a refused run.
    pub(crate) fn leftovers(&self) -> Vec<String> {
        fs::read_dir(self.home.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .filter(|name| name != "study")
            .collect()
    }
}

/// The findings of `hukka check --format json`.
pub(crate) fn findings(scene: &Scene, more: &[&str]) -> (i32, Vec<Value>) {
    let study = scene.study();
    let mut arguments = vec!["check", &study, "--format", "json"];
    arguments.extend(more);
    let output = hukka(&arguments);
    let code = output.status.code().unwrap();
    let value: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("no JSON: {} {}", text(&output.stdout), text(&output.stderr)));
    (code, value.as_array().unwrap().clone())
}

/// A run made once and shared by every test of this binary.
pub(crate) struct SharedRun {
    _home: TempDir,
    pub(crate) folder: PathBuf,
    pub(crate) stdout: String,
}

impl SharedRun {
    fn of(example: &str, threads: &str) -> Self {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("run");
        let study = root().join("examples").join(example);
        let output = hukka(&[
            "run",
            study.to_str().unwrap(),
            "--out",
            folder.to_str().unwrap(),
            "--threads",
            threads,
            "--csv",
        ]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        Self {
            _home: home,
            folder,
            stdout: text(&output.stdout),
        }
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.join(name)).unwrap()
    }

    pub(crate) fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.folder.join(name)).unwrap()
    }

    pub(crate) fn summary(&self) -> Value {
        serde_json::from_str(&self.read("summary.json")).unwrap()
    }
}

pub(crate) fn kotka() -> &'static SharedRun {
    static RUN: OnceLock<SharedRun> = OnceLock::new();
    RUN.get_or_init(|| SharedRun::of("kotka", "2"))
}

pub(crate) fn hamina() -> &'static SharedRun {
    static RUN: OnceLock<SharedRun> = OnceLock::new();
    RUN.get_or_init(|| SharedRun::of("hamina", "2"))
}

pub(crate) fn helsinki() -> &'static SharedRun {
    static RUN: OnceLock<SharedRun> = OnceLock::new();
    RUN.get_or_init(|| SharedRun::of("helsinki", "2"))
}

pub(crate) fn single_threaded(example: &str) -> SharedRun {
    SharedRun::of(example, "1")
}
