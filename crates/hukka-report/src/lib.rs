//! The answer on paper: one self-contained `report.html`, the same on paper as `report.pdf`, `summary.json`, the network as GeoJSON,
//! and hourly and monthly tables.
//!
//! Nouns in: all of them. Out: text and tables. Invariants: nothing physical or economic is worked
//! out here: every figure shown is held by a noun, or is a sum, a mean, a sort or a bin of one of
//! its series for display; every text of the user is escaped; the page asks nothing of any network;
//! the same inputs give the same bytes.

mod charts;
mod check;
mod colour;
mod document;
mod error;
mod figure;
mod geojson;
mod html;
mod inputs;
mod label;
mod measured;
mod number;
mod pdf;
mod sections;
mod series;
mod stack;
mod summary;
mod svg;
mod tables;
mod texts;

pub use error::Error;
pub use geojson::network_geojson;
pub use html::html;
pub use inputs::{Inputs, RunInfo};
pub use pdf::pdf;
pub use summary::{SCHEMA, compliance, summary};
pub use tables::{hourly_table, monthly_table};

/// Diagnostic codes this crate may give: none, it is a pure writer.
pub const CODES: &[(&str, &str)] = &[];
