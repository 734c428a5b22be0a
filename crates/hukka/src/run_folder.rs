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

/// Everything a run or a stage writes; a folder with anything else in it is not only hukka's.
const OWN_FILES: [&str; 44] = [
    "backtest.csv",
    "backtest.json",
    "backtest.md",
    "capex.csv",
    "compare.csv",
    "compare.html",
    "compare.json",
    "compliance.csv",
    "compliance.json",
    "consumers.csv",
    "demand.csv",
    "dispatch.csv",
    "frontier.csv",
    "frontier.html",
    "frontier.json",
    "hourly.csv",
    "hourly.parquet",
    "links.csv",
    "monthly.csv",
    "network.csv",
    "network.geojson",
    "nodes.csv",
    "pipes.csv",
    "pressures.csv",
    "prices.csv",
    "prices.parquet",
    "pumps.csv",
    "report.html",
    "report.pdf",
    "samples.csv",
    "series_nodes_p_bar.csv",
    "series_nodes_p_bar.parquet",
    "series_nodes_t_k.csv",
    "series_nodes_t_k.parquet",
    "series_summary.csv",
    "solution.csv",
    "solution.json",
    "solution.parquet",
    "source.csv",
    "sources.csv",
    "summary.json",
    "trenches.csv",
    "uncertainty.json",
    "valves.csv",
];

/// Refuses a target that must not be replaced, before any work is done.
pub fn check_target(target: &Path, force: bool) -> Result<(), Error> {
    check_folder(target, force, &OWN_FILES)
}

/// As [`check_target`], for a folder that may hold the files named and no others.
pub(crate) fn check_folder(target: &Path, force: bool, own: &[&str]) -> Result<(), Error> {
    if fs::symlink_metadata(target).is_err() || is_empty_folder(target) {
        return Ok(());
    }
    if !force {
        return Err(Error::TargetExists(target.to_owned()));
    }
    let foreign = foreign_entries(target, own);
    if foreign.is_empty() {
        Ok(())
    } else {
        Err(Error::TargetForeign {
            target: target.to_owned(),
            foreign: foreign.join(", "),
        })
    }
}

/// Names in a folder that no run of hukka writes; the target itself when it is no folder.
fn foreign_entries(target: &Path, own: &[&str]) -> Vec<String> {
    let Ok(entries) = fs::read_dir(target) else {
        return vec![target.display().to_string()];
    };
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| !own.contains(&name.as_str()))
        .collect();
    names.sort();
    names.truncate(5);
    names
}

/// Writes all files beside the target under a temporary name, then renames: an interrupted run
/// leaves no half-written folder, and an existing one stays until the new one is complete.
pub fn write_run_folder(target: &Path, files: &[OutputFile], force: bool) -> Result<(), Error> {
    check_target(target, force)?;
    write_folder(target, files)
}

/// As [`write_run_folder`], when it is known that what is there may be replaced.
pub(crate) fn write_folder(target: &Path, files: &[OutputFile]) -> Result<(), Error> {
    // A link is followed, so that the link stays and the folder behind it is replaced.
    let target = &fs::canonicalize(target).unwrap_or_else(|_| target.to_owned());
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
        let files = [file("summary.json", "{}"), file("variants/a.toml", "")];
        write_run_folder(&target, &files, false).unwrap();
        assert_eq!(names(&home.path().join("runs")), ["a"]);
        assert_eq!(names(&target), ["summary.json", "variants"]);
    }

    #[test]
    #[expect(
        clippy::disallowed_methods,
        reason = "the test looks at what was written"
    )]
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
    fn a_folder_with_other_files_in_it_is_never_replaced() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("a");
        write_run_folder(&target, &[file("summary.json", "1")], false).unwrap();
        fs::File::create(target.join("thesis.txt")).unwrap();
        let result = write_run_folder(&target, &[file("summary.json", "2")], true);
        assert!(matches!(result, Err(Error::TargetForeign { .. })));
        assert_eq!(names(&target), ["summary.json", "thesis.txt"]);
    }

    #[cfg(unix)]
    #[test]
    #[expect(
        clippy::disallowed_methods,
        reason = "the test looks at what was written"
    )]
    fn a_link_to_a_run_stays_a_link() {
        let home = tempfile::tempdir().unwrap();
        let (target, link) = (home.path().join("a"), home.path().join("latest"));
        write_run_folder(&target, &[file("summary.json", "1")], false).unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        write_run_folder(&link, &[file("summary.json", "2")], true).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(
            fs::read_to_string(target.join("summary.json")).unwrap(),
            "2"
        );
    }
}
