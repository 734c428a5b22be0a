//! From files to a checked [`Study`]: every problem at once, every default listed.
//!
//! In: a study folder with `study.toml`, its maps and series, and patches from variants and the
//! command line. Out: a [`Study`] in SI, or diagnostics with file, line and a way out.
//!
//! Invariants: user units become SI here and nowhere else; one declaration of each key drives
//! reading, checks and the JSON Schema; nothing outside the study folder is read; a study comes
//! only with no error; every default that is used stands in `Study::assumptions` with its source.

#![expect(
    clippy::result_large_err,
    reason = "a diagnostic is made once per mistake; boxing it would only hide its type"
)]

mod build;
mod check;
mod codes;
mod context;
mod cop_map;
mod curve;
mod defaults;
mod files;
mod keys;
mod load;
mod map;
mod node;
mod patch;
mod position;
mod reader;
mod render;
mod schema;
mod slip;
mod spec;
mod text;
mod unit;
mod value;

pub use codes::CODES;
pub use cop_map::read_cop_map;
pub use load::{Loaded, load};
pub use render::{render, summary_line, to_json};
pub use schema::{schema, schema_text};

#[cfg(doc)]
use hukka_model::Study;
