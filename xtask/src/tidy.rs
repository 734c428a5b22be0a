//! House rules that a compiler cannot know.

use anyhow::{Context as _, Result, bail};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What each of our crates may import of ours. A stage never imports another stage.
const MAY_IMPORT: [(&str, &[&str]); 18] = [
    ("hukka-units", &[]),
    ("hukka-numerics", &[]),
    ("hukka-lp", &[]),
    ("hukka-physics", &["hukka-units"]),
    ("hukka-model", &["hukka-units"]),
    ("hukka-series", &["hukka-model", "hukka-units"]),
    (
        "hukka-formats",
        &["hukka-model", "hukka-physics", "hukka-units"],
    ),
    (
        "hukka-study",
        &[
            "hukka-model",
            "hukka-units",
            "hukka-series",
            "hukka-physics",
            "hukka-numerics",
        ],
    ),
    ("hukka-source", STAGE),
    ("hukka-demand", STAGE),
    ("hukka-design", STAGE),
    ("hukka-network", STAGE),
    ("hukka-dispatch", STAGE),
    ("hukka-assess", STAGE),
    ("hukka-report", STAGE),
    ("hukka", &["*"]),
    ("hukka-cli", &["hukka"]),
    ("xtask", &[]),
];

const STAGE: &[&str] = &[
    "hukka-model",
    "hukka-units",
    "hukka-physics",
    "hukka-numerics",
    "hukka-lp",
];

/// Solver libraries stay behind one crate each.
const ONLY_IN: [(&str, &str); 2] = [("highs", "hukka-lp"), ("clap", "hukka-cli")];

const MAX_FILE_LINES: usize = 1200;
const REASON_ABOVE_LINES: usize = 800;

/// American spellings of words this project uses in prose.
const AMERICAN: [(&str, &str); 8] = [
    ("data center", "data centre"),
    ("optimiz", "optimis"),
    ("minimiz", "minimis"),
    ("maximiz", "maximis"),
    ("modeling", "modelling"),
    ("colored", "coloured"),
    ("kilometer", "kilometre"),
    ("behavior", "behaviour"),
];

/// Checks the whole tree and names every breach at once.
pub(crate) fn run(root: &Path) -> Result<()> {
    let mut breaches = Vec::new();
    imports(root, &mut breaches)?;
    for path in tracked_files(root)? {
        source_file(root, &path, &mut breaches)?;
        prose(root, &path, &mut breaches)?;
    }
    if breaches.is_empty() {
        return Ok(());
    }
    bail!(
        "{} breaches of the house rules:\n{}",
        breaches.len(),
        breaches.join("\n")
    )
}

fn imports(root: &Path, breaches: &mut Vec<String>) -> Result<()> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--locked"])
        .current_dir(root)
        .output()
        .context("cannot run cargo metadata")?;
    let metadata: Value = serde_json::from_slice(&output.stdout)
        .context("cargo metadata printed no JSON: is Cargo.lock up to date?")?;
    let packages = metadata["packages"].as_array().context("no packages")?;
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(known, _)| *known == name) else {
            breaches.push(format!(
                "crate {name} is not in tidy's list of who may import whom"
            ));
            continue;
        };
        let dependencies = package["dependencies"]
            .as_array()
            .context("no dependencies")?;
        for dependency in dependencies {
            let is_dev = dependency["kind"].as_str() == Some("dev");
            let other = dependency["name"].as_str().unwrap_or_default();
            let is_ours = MAY_IMPORT.iter().any(|(known, _)| *known == other);
            if is_ours && !is_dev && !allowed.contains(&"*") && !allowed.contains(&other) {
                breaches.push(format!("{name} imports {other}: not one of its neighbours"));
            }
            for (library, home) in ONLY_IN {
                if other == library && name != home {
                    breaches.push(format!("{name} imports {library}: that is {home}'s affair"));
                }
            }
        }
    }
    Ok(())
}

fn tracked_files(root: &Path) -> Result<Vec<PathBuf>> {
    let output = Command::new("git")
        .args(["ls-files", "-z"])
        .current_dir(root)
        .output()
        .context("cannot run git ls-files")?;
    let text = String::from_utf8(output.stdout).context("a tracked path is not UTF-8")?;
    Ok(text
        .split('\0')
        .filter(|path| !path.is_empty())
        .map(PathBuf::from)
        .collect())
}

fn source_file(root: &Path, path: &Path, breaches: &mut Vec<String>) -> Result<()> {
    if path.extension().is_none_or(|extension| extension != "rs") || !root.join(path).exists() {
        return Ok(());
    }
    let text = fs::read_to_string(root.join(path))?;
    let shown = path.display();
    let lines = text.lines().count();
    if lines > MAX_FILE_LINES {
        breaches.push(format!(
            "{shown} has {lines} lines; {MAX_FILE_LINES} is the most"
        ));
    } else if lines > REASON_ABOVE_LINES && !text.starts_with("//! Long because") {
        breaches.push(format!(
            "{shown} has {lines} lines; above {REASON_ABOVE_LINES} line 1 must start \"Long because\""
        ));
    }
    if !text.starts_with("//!") {
        breaches.push(format!("{shown} does not say on line 1 what it is for"));
    }
    let marker = concat!("TO", "DO");
    for (number, line) in text.lines().enumerate() {
        if line.contains(marker) && !line.contains(&format!("{marker}(#")) {
            breaches.push(format!(
                "{shown}:{}: {marker} without an issue number",
                number + 1
            ));
        }
    }
    Ok(())
}

fn prose(root: &Path, path: &Path, breaches: &mut Vec<String>) -> Result<()> {
    let is_prose = path.extension().is_some_and(|extension| extension == "md");
    if !is_prose || !root.join(path).exists() {
        return Ok(());
    }
    let text = fs::read_to_string(root.join(path))?;
    for (number, line) in text.lines().enumerate() {
        let lower = line.to_lowercase();
        for (american, british) in AMERICAN {
            if lower.contains(american) {
                let shown = path.display();
                let number = number + 1;
                breaches.push(format!(
                    "{shown}:{number}: \"{american}\": write \"{british}\""
                ));
            }
        }
        for target in links(line) {
            let base = path.parent().unwrap_or(Path::new(""));
            if !root.join(base).join(target).exists() {
                breaches.push(format!(
                    "{}:{}: link to {target}, which does not exist",
                    path.display(),
                    number + 1
                ));
            }
        }
    }
    Ok(())
}

/// Targets of Markdown links into this repository.
fn links(line: &str) -> Vec<&str> {
    let mut targets = Vec::new();
    let mut rest = line;
    while let Some(start) = rest.find("](") {
        rest = &rest[start + 2..];
        let Some(end) = rest.find(')') else { break };
        let target = rest[..end].split('#').next().unwrap_or_default();
        if !target.is_empty() && !target.contains("://") && !target.starts_with("mailto:") {
            targets.push(target);
        }
        rest = &rest[end..];
    }
    targets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_into_the_repository_are_found() {
        let line = "see [a](docs/a.md#b), [web](https://example.org) and [c](../c.md)";
        assert_eq!(links(line), ["docs/a.md", "../c.md"]);
    }

    #[test]
    fn no_stage_may_import_another() {
        for stage in ["hukka-demand", "hukka-network", "hukka-report"] {
            let (_, allowed) = MAY_IMPORT.iter().find(|(name, _)| *name == stage).unwrap();
            assert!(
                allowed
                    .iter()
                    .all(|name| !["hukka-design", "hukka-assess"].contains(name))
            );
        }
    }
}
