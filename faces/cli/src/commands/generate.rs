//! Commands that make files without a study.

use super::{exit, report_error};
use crate::args::{PriceArgs, SyntheticArgs, WeatherArgs};
use crate::console;
use hukka::Error;
use std::io::Write as _;
use std::path::Path;

/// `hukka new`.
pub(crate) fn new_study(folder: &Path, from: &str) -> u8 {
    match hukka::write_example(from, folder) {
        Ok(()) => {
            console::line(&format!(
                "created {} from the example `{from}`",
                folder.display()
            ));
            console::line(&format!("next: hukka run {}", word_of_shell(folder)));
            exit::DONE
        }
        Err(error) => report_error(&error),
    }
}

/// A path that a shell takes as one word, to be copied.
fn word_of_shell(path: &Path) -> String {
    let text = path.display().to_string();
    let is_plain = |c: char| c.is_alphanumeric() || "/\\._-:".contains(c);
    if text.chars().all(is_plain) {
        text
    } else {
        format!("\"{text}\"")
    }
}

/// `hukka schema`.
pub(crate) fn schema(out: Option<&Path>) -> u8 {
    deliver(out, &hukka::schema_text())
}

/// `hukka examples`.
pub(crate) fn examples() -> u8 {
    for example in hukka::examples() {
        console::line(&format!("{:12} {}", example.name, example.title));
    }
    console::line("\nstart from one: hukka new my-study --from NAME");
    exit::DONE
}

/// `hukka codes`.
pub(crate) fn codes() -> u8 {
    for (code, meaning) in hukka::codes::all() {
        console::line(&format!("{code}  {meaning}"));
    }
    exit::DONE
}

/// `hukka weather`.
pub(crate) fn weather(args: &WeatherArgs) -> u8 {
    if args.year.list {
        return list(&hukka::climates());
    }
    make(
        &args.year,
        hukka::weather_csv(&args.climate, args.year.year, args.year.seed),
    )
}

/// `hukka prices`.
pub(crate) fn prices(args: &PriceArgs) -> u8 {
    if args.year.list {
        return list(&hukka::profiles());
    }
    make(
        &args.year,
        hukka::prices_csv(&args.profile, args.year.year, args.year.seed),
    )
}

fn list(entries: &[(String, String)]) -> u8 {
    for (name, what) in entries {
        console::line(&format!("{name:20} {what}"));
    }
    exit::DONE
}

fn make(args: &SyntheticArgs, text: Result<String, Error>) -> u8 {
    match text {
        Ok(text) => deliver(args.out.as_deref(), &text),
        Err(error) => report_error(&error),
    }
}

/// Writes to a new file, never over an old one, or prints.
fn deliver(out: Option<&Path>, text: &str) -> u8 {
    deliver_anew(out, text, false)
}

/// Writes to a file, over an old one only when told so, or prints.
pub(super) fn deliver_anew(out: Option<&Path>, text: &str, may_replace: bool) -> u8 {
    let Some(path) = out else {
        console::text(text);
        return exit::DONE;
    };
    let written = if may_replace {
        replace(path, text)
    } else {
        create(path, text)
    };
    match written {
        Ok(()) => exit::DONE,
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            report_error(&Error::TargetExists(path.to_owned()))
        }
        Err(source) => report_error(&Error::Write {
            path: path.to_owned(),
            source,
        }),
    }
}

fn create(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = std::fs::File::create_new(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// The old file stays whole until the new one is.
fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    create(&part, text)
        .and_then(|()| std::fs::rename(&part, path))
        .inspect_err(|_| {
            let _ = std::fs::remove_file(&part);
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_with_a_space_is_one_word_of_the_shell() {
        assert_eq!(word_of_shell(Path::new("studies/åbo-1")), "studies/åbo-1");
        assert_eq!(word_of_shell(Path::new("my town")), "\"my town\"");
    }
}
