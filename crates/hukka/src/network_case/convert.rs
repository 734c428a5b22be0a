//! A network from one format into another.

use super::load::read_case;
use crate::{Error, OutputFile};
use hukka_formats::network::{NetworkFormat, write};
use hukka_model::Diagnostic;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// A network in another format, ready to be written.
#[derive(Debug)]
pub struct Converted {
    /// Format read and format written.
    pub formats: (NetworkFormat, NetworkFormat),
    /// The file and what belongs beside it; paths are names in the target's folder.
    pub files: Vec<OutputFile>,
    /// What the reader assumed and what the new format could not say.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a network and says it in another format.
///
/// # Errors  [`Error::Input`] with everything found if the file cannot be read
pub fn convert_case(from: &Path, to: &Path, format: NetworkFormat) -> Result<Converted, Error> {
    let loaded = read_case(from)?;
    let name = to
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let written = write(&loaded.case, format, &name);
    let mut diagnostics = loaded.diagnostics;
    diagnostics.extend(written.diagnostics);
    let mut files = vec![OutputFile {
        path: name,
        bytes: written.bytes,
    }];
    files.extend(
        written
            .beside
            .into_iter()
            .map(|(path, bytes)| OutputFile { path, bytes }),
    );
    Ok(Converted {
        formats: (loaded.format, format),
        files,
        diagnostics,
    })
}

/// Writes the files into the target's folder, all or none; files that are there are kept unless
/// forced.
pub fn write_converted(to: &Path, files: &[OutputFile], force: bool) -> Result<(), Error> {
    let folder = match to.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    for file in files {
        let path = folder.join(&file.path);
        if !force && fs::symlink_metadata(&path).is_ok() {
            return Err(Error::TargetExists(path));
        }
    }
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| Error::Write { path, source }
    };
    fs::create_dir_all(&folder).map_err(failed(&folder))?;
    let mut staged = Vec::new();
    for file in files {
        let path = folder.join(&file.path);
        let mut part = tempfile::NamedTempFile::new_in(&folder).map_err(failed(&path))?;
        part.write_all(&file.bytes).map_err(failed(&path))?;
        part.as_file().sync_all().map_err(failed(&path))?;
        staged.push((part, path));
    }
    for (part, path) in staged {
        let file = part.persist(&path).map_err(|error| Error::Write {
            path: path.clone(),
            source: error.error,
        })?;
        make_readable(&file).map_err(failed(&path))?;
    }
    Ok(())
}

/// Temporary files are private; a converted file is as readable as any other.
fn make_readable(file: &fs::File) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        file.set_permissions(fs::Permissions::from_mode(0o644))?;
    }
    #[cfg(not(unix))]
    let _ = file;
    Ok(())
}
