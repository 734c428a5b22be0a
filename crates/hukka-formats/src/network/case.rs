//! `hukka-network-case/1`: the format of reference cases, in SI units (bar gauge, mm of roughness).

mod elements;
pub(super) mod fluid;
mod read;
mod series;
mod write;

pub(super) use read::read;
pub(super) use series::write_series;
pub(super) use write::write;

/// Name of the format, as the file states it.
pub(super) const SCHEMA: &str = "hukka-network-case/1";

/// Files beside a case that hold its series.
pub const SERIES_FILES: [&str; 3] = [
    "series_sources.csv",
    "series_consumers.csv",
    "series_ambient.csv",
];

/// A table of water properties, beside a case or in the folder above.
pub const WATER_TABLE_FILE: &str = "water_properties.json";
