//! House-keeping of the workspace: `cargo xtask tidy | gen [--check] | bench`.

#![expect(
    clippy::disallowed_methods,
    reason = "house-keeping reads and writes the tree and times runs"
)]

mod bench;
mod format_page;
mod generate;
mod tidy;

use anyhow::{Result, bail};
use std::path::PathBuf;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["tidy"] => tidy::run(&root()),
        ["gen"] => generate::run(&root(), false),
        ["gen", "--check"] => generate::run(&root(), true),
        ["bench"] => bench::run(&root()),
        _ => bail!("usage: cargo xtask tidy | gen [--check] | bench"),
    }
}

/// The workspace's root folder.
fn root() -> PathBuf {
    let mut path = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    path.pop();
    path
}
