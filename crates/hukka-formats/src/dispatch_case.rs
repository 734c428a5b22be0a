//! Dispatch cases, `hukka-dispatch-case/1`: `case.json`, `series.csv` and, if any, `rolling.json`.
//!
//! All problems are collected; keys that are not read are named.

mod keys;
mod owners;
mod series;
mod supply;
#[cfg(test)]
mod tests;
mod units;
mod write;

use hukka_model::{
    Diagnostic, DispatchCase, DispatchMode, HeatDump, Place, RollingRule, WindowEnds,
};
use keys::{Keys, Range};
use series::Series;

pub use write::{CaseText, write_dispatch_case};

/// The format that is read.
pub const FORMAT: &str = "hukka-dispatch-case/1";

/// Name of the file with the park.
pub const CASE_FILE: &str = "case.json";
/// Name of the file with the series.
pub const SERIES_FILE: &str = "series.csv";
/// Name of the file with the rolling horizon.
pub const ROLLING_FILE: &str = "rolling.json";

/// Diagnostic codes of dispatch cases.
pub const CODES: &[(&str, &str)] = &[
    ("HK1101", "a file of a dispatch case is not valid JSON"),
    ("HK1102", "a dispatch case is of another format"),
    ("HK1103", "a key of a dispatch case is missing"),
    ("HK1104", "a value of a dispatch case is of the wrong kind"),
    ("HK1105", "a number of a dispatch case is out of range"),
    ("HK1106", "a key of a dispatch case is not read"),
    ("HK1107", "a unit of a dispatch case is of no known kind"),
    ("HK1108", "two parts of a dispatch case have one name"),
    ("HK1109", "a series of a dispatch case has no column"),
    (
        "HK1110",
        "a cell of a dispatch case's series is no usable number",
    ),
    ("HK1111", "the rows of a dispatch case's series do not fit"),
    ("HK1112", "a dispatch case names a unit that does not exist"),
    (
        "HK1113",
        "a dispatch case names a source that does not exist",
    ),
];

/// The files of a case, as bytes.
#[derive(Debug, Clone, Copy)]
pub struct CaseFiles<'a> {
    /// `case.json`.
    pub case: &'a [u8],
    /// `series.csv`.
    pub series: &'a [u8],
    /// `rolling.json`, if there is one.
    pub rolling: Option<&'a [u8]>,
}

/// Reads a dispatch case; `None` when a diagnostic is an error.
///
/// # Errors  none: every problem is a diagnostic
pub fn read_dispatch_case(files: CaseFiles<'_>) -> (Option<DispatchCase>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let series = Series::read(files.series, &mut found);
    let Some(object) = json(files.case, CASE_FILE, &mut found) else {
        return (None, found);
    };
    let mut keys = Keys::new(&object, "", CASE_FILE, &mut found);
    let case = read_case(&mut keys, &series, files.rolling);
    keys.finish();
    if found.iter().any(Diagnostic::is_error) {
        return (None, found);
    }
    (Some(case), found)
}

fn json(
    bytes: &[u8],
    file: &str,
    found: &mut Vec<Diagnostic>,
) -> Option<serde_json::Map<String, serde_json::Value>> {
    let place = |error: &serde_json::Error| Place::line(file, error.line().max(1));
    match serde_json::from_slice::<serde_json::Value>(bytes) {
        Ok(serde_json::Value::Object(object)) => return Some(object),
        Ok(_) => found.push(
            Diagnostic::error("HK1101", format!("{file} holds no JSON object"))
                .at(Place::file(file))
                .help("start the file with { and end it with }"),
        ),
        Err(error) => found.push(
            Diagnostic::error("HK1101", format!("{file} is not valid JSON: {error}"))
                .at(place(&error))
                .help("mend the file there"),
        ),
    }
    None
}

fn read_case(keys: &mut Keys<'_, '_>, series: &Series, rolling: Option<&[u8]>) -> DispatchCase {
    check_format(keys);
    for known in ["seed", "start_hour_of_year", "comment", "licence", "source"] {
        keys.ignore(known);
    }
    let name = keys.text("name").unwrap_or_default();
    let mode = read_mode(keys);
    let step_hours = read_steps(keys, series);
    let supply = supply::read(keys, series);
    let units = units::read(keys, series, &supply.sources);
    let stores = supply::stores(keys, series);
    let reserve = supply::reserve(keys, series, &units);
    let mut electricity = supply.electricity;
    electricity.reserve = reserve;
    let owners = owners::read(keys, series, &supply.sources);
    let forecast = owners::forecast(keys, series, &supply.sources);
    DispatchCase {
        name,
        mode,
        step_hours,
        heat_demand_mw: keys.column(series, "heat_demand_mw", Range::NOT_NEGATIVE),
        unserved_eur_per_mwh: keys.number("unserved_heat_penalty_eur_per_mwh", Range::NOT_NEGATIVE),
        dump: read_dump(keys),
        carbon: supply.carbon,
        electricity,
        sources: supply.sources,
        units,
        stores,
        rolling: rolling.and_then(|bytes| read_rolling(bytes, keys)),
        forecast,
        owners,
    }
}

fn check_format(keys: &mut Keys<'_, '_>) {
    let Some(format) = keys.text("format") else {
        return;
    };
    if format != FORMAT {
        keys.report(
            Diagnostic::error("HK1102", "the case is of a format that is not read")
                .about("format")
                .seen(format)
                .allowed(FORMAT)
                .help("convert the case, or use a version of hukka that reads it"),
        );
    }
}

fn read_mode(keys: &mut Keys<'_, '_>) -> DispatchMode {
    match keys.text("mode").as_deref() {
        Some("milp") => DispatchMode::Milp,
        Some("lp") | None => DispatchMode::Lp,
        Some(other) => {
            keys.report(
                Diagnostic::error("HK1104", "the mode is not known")
                    .about("mode")
                    .seen(other)
                    .allowed("lp or milp"),
            );
            DispatchMode::Lp
        }
    }
}

/// Lengths of the steps: the column `step_h` if there is one, else the number `step_h`.
fn read_steps(keys: &mut Keys<'_, '_>, series: &Series) -> Vec<f64> {
    if series.has("step_h") {
        keys.ignore("step_h");
        return keys.column(series, "step_h", Range::POSITIVE);
    }
    vec![keys.number("step_h", Range::POSITIVE); series.rows()]
}

fn read_dump(keys: &mut Keys<'_, '_>) -> Option<HeatDump> {
    keys.optional_object("heat_dump", |keys| HeatDump {
        max_mw: keys.number("max_mw", Range::NOT_NEGATIVE),
        cost_eur_per_mwh: keys
            .optional_number("cost_eur_per_mwh", Range::NOT_NEGATIVE)
            .unwrap_or(0.0),
    })
}

fn read_ends(keys: &mut Keys<'_, '_>) -> WindowEnds {
    match keys.optional_text("store_end").as_deref() {
        None | Some("initial_fraction") => WindowEnds::InitialFraction,
        Some("water_value") => WindowEnds::WaterValue,
        Some(other) => {
            keys.report(
                Diagnostic::error("HK1104", "what is asked of stores is not known")
                    .about("store_end")
                    .seen(other)
                    .allowed("initial_fraction or water_value"),
            );
            WindowEnds::InitialFraction
        }
    }
}

/// Reads `rolling.json`: `window_h`, `step_h` and, if given, `store_end`.
fn read_rolling(bytes: &[u8], keys: &mut Keys<'_, '_>) -> Option<RollingRule> {
    let mut found = Vec::new();
    let rule = json(bytes, ROLLING_FILE, &mut found).map(|object| {
        let mut inner = Keys::new(&object, "", ROLLING_FILE, &mut found);
        for known in ["format", "comment", "name"] {
            inner.ignore(known);
        }
        let rule = RollingRule {
            window_h: inner.number_under(&["window_h", "W", "window"], Range::POSITIVE),
            step_h: inner.number_under(&["step_h", "D", "step"], Range::POSITIVE),
            ends: read_ends(&mut inner),
        };
        inner.finish();
        rule
    });
    if let Some(rule) = rule
        && rule.step_h > rule.window_h
    {
        found.push(
            Diagnostic::error("HK1105", "a window keeps more hours than it sees")
                .at(Place::file(ROLLING_FILE))
                .about("step_h")
                .seen(rule.step_h)
                .allowed(format!("at most window_h = {}", rule.window_h)),
        );
    }
    for diagnostic in found {
        keys.report_as_is(diagnostic);
    }
    rule
}
