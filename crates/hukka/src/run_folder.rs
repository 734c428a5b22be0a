//! The run folder appears whole or not at all.

use crate::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// One file of a run folder, complete in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Path inside the run folder.
    pub path: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// File that marks a folder as a run of hukka.
const MARKER: &str = "summary.json";

/// Refuses a target that must not be replaced, before any work is done.
pub fn check_target(target: &Path, force: bool) -> Result<(), Error> {
    if fs::symlink_metadata(target).is_err() || is_empty_folder(target) {
        return Ok(());
    }
    if !force {
        return Err(Error::TargetExists(target.to_owned()));
    }
    if target.join(MARKER).is_file() {
        Ok(())
    } else {
        Err(Error::TargetForeign(target.to_owned()))
    }
}

/// Writes all files beside the target under a temporary name, then renames: an interrupted run
/// leaves no half-written folder, and an existing one stays until the new one is complete.
pub fn write_run_folder(target: &Path, files: &[OutputFile], force: bool) -> Result<(), Error> {
    check_target(target, force)?;
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| Error::Write { path, source }
    };
    let parent = parent_of(target);
    fs::create_dir_all(&parent).map_err(failed(&parent))?;
    let staging = tempfile::Builder::new()
        .prefix(".hukka-part-")
        .tempdir_in(&parent)
        .map_err(failed(&parent))?;
    for file in files {
        let path = staging.path().join(&file.path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(failed(folder))?;
        }
        write_synced(&path, &file.bytes).map_err(failed(&path))?;
    }
    make_readable(staging.path()).map_err(failed(target))?;
    let old = set_aside(target, &parent).map_err(failed(target))?;
    fs::rename(staging.path(), target).map_err(failed(target))?;
    let _moved = staging.keep();
    if let Some(old) = old {
        // The new folder is in place; a leftover of the old one is untidy, not wrong.
        let _ = old.close();
    }
    Ok(())
}

/// Writes a file and waits until it is on disk, so that the rename publishes whole files.
fn write_synced(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut file = fs::File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Temporary folders are private; a run folder is as readable as any other.
fn make_readable(folder: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755))?;
    }
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// Moves what stands at the target into a temporary folder that is deleted afterwards.
fn set_aside(target: &Path, parent: &Path) -> std::io::Result<Option<tempfile::TempDir>> {
    if fs::symlink_metadata(target).is_err() {
        return Ok(None);
    }
    let aside = tempfile::Builder::new()
        .prefix(".hukka-old-")
        .tempdir_in(parent)?;
    fs::rename(target, aside.path().join("run"))?;
    Ok(Some(aside))
}

fn parent_of(target: &Path) -> PathBuf {
    match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn is_empty_folder(path: &Path) -> bool {
    fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> OutputFile {
        OutputFile {
            path: path.into(),
            bytes: text.into(),
        }
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_folder_appears_whole_and_nothing_else_stays() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("runs/a");
        let files = [
            file("summary.json", "{}"),
            file("tables/hourly.csv", "a\n1\n"),
        ];
        write_run_folder(&target, &files, false).unwrap();
        assert_eq!(names(&home.path().join("runs")), ["a"]);
        assert_eq!(names(&target), ["summary.json", "tables"]);
    }

    #[test]
    fn an_existing_run_is_kept_unless_forced() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("a");
        write_run_folder(&target, &[file("summary.json", "1")], false).unwrap();
        let again = [file("summary.json", "2")];
        assert!(matches!(
            write_run_folder(&target, &again, false),
            Err(Error::TargetExists(_))
        ));
        assert_eq!(
            fs::read_to_string(target.join("summary.json")).unwrap(),
            "1"
        );
        write_run_folder(&target, &again, true).unwrap();
        assert_eq!(
            fs::read_to_string(target.join("summary.json")).unwrap(),
            "2"
        );
        assert_eq!(names(home.path()), ["a"]);
    }

    #[test]
    fn a_folder_that_is_no_run_is_never_replaced() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("thesis.txt"), "years of work").unwrap();
        let result = write_run_folder(home.path(), &[file("summary.json", "{}")], true);
        assert!(matches!(result, Err(Error::TargetForeign(_))));
        assert_eq!(names(home.path()), ["thesis.txt"]);
    }
}
