//! Writes the JSON Schema of `study.toml` to the path given, else to `schemas/` of the workspace.

use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let committed = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../schemas/hukka-study.schema.json"
    );
    let path = std::env::args_os()
        .nth(1)
        .map_or_else(|| PathBuf::from(committed), PathBuf::from);
    #[expect(
        clippy::disallowed_methods,
        reason = "a development tool that writes one file"
    )]
    std::fs::write(path, hukka_study::schema_text())
}
