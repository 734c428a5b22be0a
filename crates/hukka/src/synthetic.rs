//! Synthetic years as files, for people without data.

use crate::Error;
use hukka_model::TimeAxis;
use hukka_series::{CLIMATES, PROFILES};

/// Climates there are, with what each is.
pub fn climates() -> Vec<(String, String)> {
    CLIMATES
        .iter()
        .map(|climate| (climate.name.to_owned(), climate.source.to_owned()))
        .collect()
}

/// Price profiles there are, with what each is.
pub fn profiles() -> Vec<(String, String)> {
    PROFILES
        .iter()
        .map(|profile| (profile.name.to_owned(), profile.source.to_owned()))
        .collect()
}
