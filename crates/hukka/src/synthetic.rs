//! Synthetic years as files, for people without data.

use crate::Error;
use hukka_model::TimeAxis;
use hukka_series::{
    CLIMATES, Climate, PROFILES, PriceProfile, SYNTHETIC_MARK, local_year_start, synthetic_prices,
    synthetic_temperature, time_axis, write_csv,
};

/// Climates there are, with what each is.
pub fn climates() -> Vec<(String, String)> {
    let about = |climate: &Climate| format!("{}; {}", climate.place, climate.source);
    CLIMATES
        .iter()
        .map(|climate| (climate.name.to_owned(), about(climate)))
        .collect()
}

/// Price profiles there are, with what each is.
pub fn profiles() -> Vec<(String, String)> {
    PROFILES
        .iter()
        .map(|profile| (profile.name.to_owned(), profile.source.to_owned()))
        .collect()
}

/// A synthetic year of outdoor temperature as a series file.
pub fn weather_csv(climate: &str, year: i16, seed: u64) -> Result<String, Error> {
    let climate = named("climate", climate, CLIMATES, |climate| climate.name)?;
    let axis = utc_year("UTC", year)?;
    let values: Vec<f64> = synthetic_temperature(climate, seed, &axis)
        .into_iter()
        .map(|t| (100.0 * t.c()).round() / 100.0)
        .collect();
    let comments = [
        format!(
            "{SYNTHETIC_MARK} outdoor temperature, not measured: hukka weather --climate {} --year {year} --seed {seed}",
            climate.name
        ),
        format!("monthly normals of {}: {}", climate.place, climate.source),
    ];
    Ok(write_csv(
        &values,
        &axis,
        "outdoor_temperature_c",
        &comments,
    ))
}

/// A synthetic year of day-ahead prices as a series file; cold hours of the same seed's synthetic
/// weather are dearer.
pub fn prices_csv(profile: &str, year: i16, seed: u64) -> Result<String, Error> {
    let profile: &PriceProfile = named("price profile", profile, PROFILES, |p| p.name)?;
    let (zone, climate) = market(profile.name);
    let axis = utc_year(zone, year)?;
    let climate = named("climate", climate, CLIMATES, |climate| climate.name)?;
    let temperature = synthetic_temperature(climate, seed, &axis);
    let values: Vec<f64> = synthetic_prices(profile, seed, &axis, Some(&temperature))
        .into_iter()
        .map(|p| (100.0 * p.eur_mwh()).round() / 100.0)
        .collect();
    let comments = [
        format!(
            "{SYNTHETIC_MARK} day-ahead price, not a market's: hukka prices --profile {} --year {year} --seed {seed}",
            profile.name
        ),
        format!("statistics: {}", profile.source),
    ];
    Ok(write_csv(&values, &axis, "price_eur_per_mwh", &comments))
}

/// The clock a market's day follows, and the climate its demand feels.
fn market(profile: &str) -> (&'static str, &'static str) {
    if profile.starts_with("german") {
        ("Europe/Berlin", "frankfurt")
    } else {
        ("Europe/Helsinki", "southern-finland")
    }
}

fn named<T>(
    what: &'static str,
    name: &str,
    all: &'static [T],
    name_of: impl Fn(&T) -> &'static str,
) -> Result<&'static T, Error> {
    all.iter()
        .find(|entry| name_of(entry) == name)
        .ok_or_else(|| Error::UnknownGenerator {
            what,
            name: name.to_owned(),
            known: all.iter().map(&name_of).collect::<Vec<_>>().join(", "),
        })
}

/// The hours of a calendar year in UTC, with the local clock of a zone beside them.
fn utc_year(zone: &str, year: i16) -> Result<TimeAxis, Error> {
    let start = local_year_start("UTC", year).map_err(|finding| Error::Input(vec![finding]))?;
    let (axis, findings) = time_axis(zone, start, "FI");
    axis.ok_or(Error::Input(findings))
}
