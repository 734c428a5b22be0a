//! `hukka screen`: many pairs of data centre and district, ranked.

mod columns;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use columns::{SCREEN_COLUMNS, ScreenColumn};

use crate::{Error, OutputFile};
use hukka_design::screen::{ScreenClimate, ScreenReason, ScreenResult, screen};
use hukka_model::{Diagnostic, Place};
use hukka_series::{
    CLIMATES, Climate, PROFILES, PriceProfile, local_year_start, synthetic_prices,
    synthetic_temperature, time_axis,
};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

pub(crate) const CODES: &[(&str, &str)] = &[
    ("HK0521", "a screening table cannot be read"),
    ("HK0522", "a screening table lacks a column"),
    ("HK0523", "a cell of a screening table is no usable value"),
    (
        "HK0524",
        "a column of a screening table is absent and its default is used",
    ),
    (
        "HK0525",
        "columns of a screening table are kept and not read",
    ),
];

/// Year and seed of the synthetic weather and prices every pair is screened with.
const YEAR: (i16, u64) = (2025, 1);

/// A screened table.
#[derive(Debug, Clone)]
pub struct ScreenRun {
    /// Pairs screened.
    pub pairs: usize,
    /// Pairs that pay.
    pub paying: usize,
    /// `screen.csv`, `frontier.csv` and `summary.json`.
    pub files: Vec<OutputFile>,
    /// Defaults used and columns kept.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a table from a file and screens every pair in it.
///
/// # Errors  a file that cannot be read; every cell that cannot be used, all at once
pub fn screen_table(path: &Path) -> Result<ScreenRun, Error> {
    let shown = path.display().to_string();
    #[expect(
        clippy::disallowed_methods,
        reason = "the facade reads the file a user names"
    )]
    let text = std::fs::read_to_string(path);
    let text = text.map_err(|error| {
        let finding = Diagnostic::error("HK0521", "the file cannot be read")
            .at(Place::file(shown.clone()))
            .seen(error)
            .help("check the path; the table is a text file with commas");
        Error::Input(vec![finding])
    })?;
    screen_text(&shown, &text)
}

/// Screens every pair of a table.
///
/// # Errors  every problem of the table at once
pub fn screen_text(file: &str, text: &str) -> Result<ScreenRun, Error> {
    let table = read::read(file, text).map_err(Error::Input)?;
    let climates = climates(file, &table.years)?;
    let results: Vec<ScreenResult> = (table.pairs.par_iter())
        .zip(&table.years)
        .map(|(pair, year)| screen(pair, &climates[year]))
        .collect();
    let order = write::order(&results);
    let paying = (results.iter())
        .filter(|result| result.reason == ScreenReason::Pays)
        .count();
    Ok(ScreenRun {
        pairs: results.len(),
        paying,
        files: write::files(&table, &results, &order),
        diagnostics: table.findings,
    })
}

/// One line about a run, for people.
pub fn screen_line(run: &ScreenRun) -> String {
    format!("{} of {} pairs pay", run.paying, run.pairs)
}

/// A year of weather and prices for every combination in the table.
fn climates(
    file: &str,
    years: &[[String; 2]],
) -> Result<BTreeMap<[String; 2], ScreenClimate>, Error> {
    let mut made = BTreeMap::new();
    let mut findings = Vec::new();
    let (year, seed) = YEAR;
    let start = local_year_start("UTC", year).map_err(|finding| Error::Input(vec![finding]))?;
    let (axis, problems) = time_axis("UTC", start, "FI");
    let axis = axis.ok_or(Error::Input(problems))?;
    for names in years {
        if made.contains_key(names) {
            continue;
        }
        let (climate, profile) = (Climate::named(&names[0]), PriceProfile::named(&names[1]));
        if climate.is_none() {
            let known: Vec<&str> = CLIMATES.iter().map(|climate| climate.name).collect();
            findings.push(unknown(file, "climate", &names[0], &known));
        }
        if profile.is_none() {
            let known: Vec<&str> = PROFILES.iter().map(|profile| profile.name).collect();
            findings.push(unknown(file, "price_profile", &names[1], &known));
        }
        if let (Some(climate), Some(profile)) = (climate, profile) {
            let outdoor = synthetic_temperature(climate, seed, &axis);
            let power = synthetic_prices(profile, seed, &axis, Some(&outdoor));
            let design = climate.design_outdoor_temperature;
            made.insert(names.clone(), ScreenClimate::new(&outdoor, design, &power));
        }
    }
    if findings.is_empty() {
        Ok(made)
    } else {
        findings.dedup();
        Err(Error::Input(findings))
    }
}

fn unknown(file: &str, column: &str, seen: &str, known: &[&str]) -> Diagnostic {
    Diagnostic::error("HK0523", format!("{column} is not known"))
        .at(Place::file(file))
        .seen(seen)
        .allowed(known.join(", "))
}
