//! Checks one value against the declaration of its key.

use crate::codes;
use crate::context::{closest, list_words, seen};
use crate::keys;
use crate::node::{Node, Origin, Value};
use crate::spec::{FileKind, Key, Kind, Range, plain};
use crate::{slip, unit};
use hukka_model::{CATALOGUE, Diagnostic};

/// What is wrong with a value; empty when it can be used.
pub(crate) fn problems(key: &'static Key, node: &Node) -> Vec<(Origin, Diagnostic)> {
    let at = |result: Result<(), Diagnostic>| -> Vec<(Origin, Diagnostic)> {
        result
            .err()
            .map(|problem| (node.origin, problem))
            .into_iter()
            .collect()
    };
    match key.kind {
        Kind::Text => at(text(key, node)),
        Kind::File(what) => at(file(key, what, node)),
        Kind::Flag => at(match node.value {
            Value::Flag(_) => Ok(()),
            _ => Err(wrong_type(key, node, "true or false")),
        }),
        Kind::Number(range) => at(in_range(key, &range, node, false)),
        Kind::Integer(min, max) => at(whole(key, min, max, node)),
        Kind::Word(words) => at(word(key, words, node)),
        Kind::NumberOrSeries(range) => at(match node.value {
            Value::Text(_) => file(key, FileKind::Series, node),
            _ => in_range(key, &range, node, false),
        }),
        Kind::Numbers(range) => numbers(key, &range, node),
        Kind::Texts => match node.list() {
            Some(items) => items
                .iter()
                .filter(|item| item.text().is_none())
                .map(|item| (item.origin, wrong_type(key, item, "text in quotes")))
                .collect(),
            None => at(Err(wrong_type(
                key,
                node,
                "a list of texts, such as [\"…\"]",
            ))),
        },
        Kind::Position => crate::position::problems(key, node),
        Kind::Path => crate::position::path_problems(key, node),
        Kind::Curve(range) => crate::curve::problems(key, &range, node),
        Kind::Diameter => at(diameter(key, node)),
        Kind::TimeZone => at(time_zone(key, node)),
        Kind::Country => at(country(key, node)),
    }
}

pub(crate) fn wrong_type(key: &Key, node: &Node, expected: &str) -> Diagnostic {
    let mut diagnostic = Diagnostic::error(
        codes::WRONG_TYPE,
        format!("`{}` must be {expected}", key.name),
    )
    .seen(format!("{} is {}", node.show(), node.kind()))
    .allowed(expected.to_owned());
    if let Some(number) = node.text().and_then(number_in_text) {
        if expected.contains("number") {
            diagnostic = diagnostic.help(format!("write {number} without quotes"));
        }
    } else if node.number().is_some() && expected.contains("text") {
        diagnostic = diagnostic.help(format!("put it in quotes: \"{}\"", node.show()));
    } else if matches!(node.text(), Some("true" | "false")) && expected.contains("true") {
        diagnostic = diagnostic.help("write it without quotes");
    }
    diagnostic
}

/// The number in "10", "10 MW", "0,62" or "62 %".
fn number_in_text(text: &str) -> Option<f64> {
    let is_percent = text.trim_end().ends_with('%');
    let first = text
        .trim_end_matches(['%', ' '])
        .split_whitespace()
        .next()?;
    let number = first.replace(',', ".").parse::<f64>().ok()?;
    let number = if is_percent { number / 100.0 } else { number };
    number.is_finite().then(|| unit::tidy(number))
}

fn text(key: &Key, node: &Node) -> Result<(), Diagnostic> {
    let Some(text) = node.text() else {
        return Err(wrong_type(key, node, "text in quotes"));
    };
    if text.trim().is_empty() {
        return Err(
            Diagnostic::error(codes::OUT_OF_RANGE, format!("`{}` is empty", key.name))
                .seen("no text")
                .help("write a name, or leave the key out if it is not needed"),
        );
    }
    let is_bad_id = key.name == "id"
        && (text.chars().count() > 100
            || text.chars().any(|c| c.is_control() || "/\\\"".contains(c)));
    if is_bad_id {
        return Err(
            Diagnostic::error(codes::DUPLICATE_ID, "the id cannot be used")
                .seen(node.show())
                .allowed("up to 100 characters without quotes or slashes"),
        );
    }
    // A description may run over several lines.
    let is_allowed = |c: char| key.name == "description" && matches!(c, '\n' | '\r' | '\t');
    if let Some(control) = text.chars().find(|c| c.is_control() && !is_allowed(*c)) {
        return Err(Diagnostic::error(
            codes::OUT_OF_RANGE,
            format!("`{}` holds a control character", key.name),
        )
        .seen(format!("U+{:04X}", u32::from(control)))
        .allowed("text without control characters")
        .help("remove the character"));
    }
    Ok(())
}

fn file(key: &Key, what: FileKind, node: &Node) -> Result<(), Diagnostic> {
    let Some(text) = node.text() else {
        return Err(wrong_type(
            key,
            node,
            "the name of a file, as text in quotes",
        ));
    };
    if text.trim().is_empty() {
        return Err(Diagnostic::error(
            codes::FILE_MISSING,
            format!("`{}` names no file", key.name),
        )
        .seen("no text")
        .help("write the name of a file in the study folder, or leave the key out"));
    }
    let (wrong, allowed, help): (&[&str], _, _) = match what {
        FileKind::Map => (
            &[
                ".csv", ".shp", ".gpkg", ".kml", ".gml", ".pbf", ".osm", ".xlsx", ".toml",
            ],
            "a GeoJSON file",
            "export the map as GeoJSON in EPSG:4326",
        ),
        FileKind::Series => (
            &[
                ".geojson", ".json", ".xlsx", ".xls", ".ods", ".parquet", ".toml",
            ],
            "a CSV file; for weather also EPW",
            "export the series as CSV: a time stamp and a value in every row",
        ),
    };
    let lower = text.to_lowercase();
    if wrong.iter().any(|end| lower.ends_with(end)) {
        return Err(
            Diagnostic::error(codes::FILE_KIND, "the file is of another kind")
                .seen(node.show())
                .allowed(allowed)
                .help(help),
        );
    }
    Ok(())
}

/// Checks a number against a range.
pub(crate) fn in_range(
    key: &Key,
    range: &Range,
    node: &Node,
    is_whole: bool,
) -> Result<(), Diagnostic> {
    let symbol = key.symbol();
    let Some(number) = node.number() else {
        return Err(wrong_type(key, node, "a number"));
    };
    if !number.is_finite() {
        return Err(Diagnostic::error(
            codes::NOT_FINITE,
            format!("`{}` is not a finite number", key.name),
        )
        .seen(node.show())
        .allowed(range.show(symbol))
        .help("write a plain number, or leave the key out to use the default"));
    }
    if range.holds(number) {
        return Ok(());
    }
    let mut diagnostic = Diagnostic::error(codes::OUT_OF_RANGE, out_of_range_title(key))
        .seen(seen(&plain(number), symbol))
        .allowed(range.show(symbol));
    if let Some(help) = slip::explain(key, range, number, is_whole) {
        diagnostic = diagnostic.help(help);
    } else if let Some(help) = zero_help(key, number) {
        diagnostic = diagnostic.help(help);
    }
    Err(diagnostic)
}

/// What to do instead of writing zero.
fn zero_help(key: &Key, number: f64) -> Option<&'static str> {
    match key.name {
        _ if number != 0.0 => None,
        "it_load_mw" => Some("a data centre without load gives no heat"),
        "heat_capacity_mw" => Some(
            "leave the key out and the design sizes the machine; a boiler that is not there is \
             left out of the study as a whole, and a supply without any data centre's heat is \
             the counterfactual of every run",
        ),
        "connection_share" => Some("with 0 nobody would connect"),
        "volume_m3" => Some("`capacity_mwh = 0` says that there is no store"),
        _ => None,
    }
}

fn out_of_range_title(key: &Key) -> String {
    match key.symbol() {
        "°C" => "temperature out of range".to_owned(),
        _ => format!("`{}` is out of range", key.name),
    }
}

fn whole(key: &Key, min: i64, max: i64, node: &Node) -> Result<(), Diagnostic> {
    let range = Range::new(min as f64, max as f64);
    match node.value {
        Value::Integer(_) => in_range(key, &range, node, true),
        Value::Number(number) if number.is_finite() && number.fract() == 0.0 => {
            in_range(key, &range, node, true)
        }
        Value::Number(number) if !number.is_finite() => in_range(key, &range, node, true),
        _ => Err(wrong_type(key, node, "a whole number")),
    }
}

fn word(key: &Key, words: &[(&str, &str)], node: &Node) -> Result<(), Diagnostic> {
    let Some(text) = node.text() else {
        return Err(wrong_type(key, node, "text in quotes"));
    };
    if words.iter().any(|(word, _)| *word == text) {
        return Ok(());
    }
    let names = || words.iter().map(|(word, _)| *word);
    if key.name == "schema" {
        return Err(
            Diagnostic::error(codes::FORMAT, "the study format is not known")
                .seen(node.show())
                .allowed(format!("\"{}\"", keys::FORMAT))
                .help(format!(
                    "this version of hukka reads `schema = \"{}\"`",
                    keys::FORMAT
                )),
        );
    }
    let mut diagnostic = Diagnostic::error(
        codes::UNKNOWN_WORD,
        format!("`{}` is not a known {}", text, key.name.replace('_', " ")),
    )
    .seen(node.show())
    .allowed(list_words(names()));
    let spelled = text.trim().to_lowercase().replace([' ', '-'], "_");
    let near = names()
        .find(|word| word.replace('-', "_") == spelled)
        .or_else(|| closest(text, names()))
        .or_else(|| names().find(|word| word.contains(spelled.as_str()) && spelled.len() > 2));
    if let Some(near) = near {
        diagnostic = diagnostic.help(format!("did you mean \"{near}\"?"));
    }
    Err(diagnostic)
}

fn numbers(key: &Key, range: &Range, node: &Node) -> Vec<(Origin, Diagnostic)> {
    let Some(items) = node.list() else {
        let mut problem = wrong_type(key, node, "a list of numbers");
        if node.number().is_some() {
            problem = problem.help(format!("write `{} = [{}]`", key.name, node.show()));
        }
        return vec![(node.origin, problem)];
    };
    if items.is_empty() {
        let problem = Diagnostic::error(codes::OUT_OF_RANGE, format!("`{}` is empty", key.name))
            .seen("[]")
            .allowed("at least one number");
        return vec![(node.origin, problem)];
    }
    items
        .iter()
        .filter_map(|item| Some((item.origin, in_range(key, range, item, false).err()?)))
        .collect()
}

/// Checks a nominal diameter against the catalogue.
pub(crate) fn diameter(key: &Key, node: &Node) -> Result<(), Diagnostic> {
    let number = match node.value {
        Value::Integer(_) | Value::Number(_) => node.number().unwrap_or(f64::NAN),
        _ => return Err(wrong_type(key, node, "a whole number")),
    };
    if CATALOGUE
        .iter()
        .any(|pipe| (f64::from(pipe.dn) - number).abs() < f64::EPSILON)
    {
        return Ok(());
    }
    Err(unknown_diameter(number))
}

/// Says which sizes are near.
pub(crate) fn unknown_diameter(number: f64) -> Diagnostic {
    let below = CATALOGUE
        .iter()
        .rev()
        .find(|pipe| f64::from(pipe.dn) < number);
    let above = CATALOGUE.iter().find(|pipe| f64::from(pipe.dn) > number);
    let near: Vec<String> = [below, above]
        .into_iter()
        .flatten()
        .map(|pipe| format!("DN{}", pipe.dn))
        .collect();
    let all: Vec<String> = CATALOGUE.iter().map(|pipe| pipe.dn.to_string()).collect();
    Diagnostic::error(codes::DIAMETER, "no pipe of this nominal diameter is made")
        .seen(format!("DN{}", plain(number)))
        .allowed(format!("DN {}", all.join(", ")))
        .help(format!("the nearest sizes are {}", near.join(" and ")))
}

fn time_zone(key: &Key, node: &Node) -> Result<(), Diagnostic> {
    let Some(text) = node.text() else {
        return Err(wrong_type(key, node, "text in quotes"));
    };
    // The first hour of 2000 serves as a probe: whoever builds the axis accepts the zone.
    if hukka_series::local_year_start(text, 2000).is_ok() {
        return Ok(());
    }
    let names: Vec<String> = jiff::tz::db()
        .available()
        .map(|name| name.as_str().to_owned())
        .collect();
    let near = names
        .iter()
        .find(|name| {
            name.rsplit('/')
                .next()
                .is_some_and(|city| city.eq_ignore_ascii_case(text))
        })
        .map(String::as_str)
        .or_else(|| closest(text, names.iter().map(String::as_str)));
    let diagnostic = Diagnostic::error(codes::UNKNOWN_WORD, "the time zone is not known")
        .seen(node.show())
        .allowed("a name such as \"Europe/Helsinki\", \"UTC\", or an offset such as \"+02:00\"");
    Err(match near {
        Some(name) => diagnostic.help(format!("did you mean \"{name}\"?")),
        None => diagnostic.help("write region and city, as in \"Europe/Berlin\""),
    })
}

fn country(key: &Key, node: &Node) -> Result<(), Diagnostic> {
    let Some(text) = node.text() else {
        return Err(wrong_type(key, node, "text in quotes"));
    };
    if text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Ok(());
    }
    let diagnostic = Diagnostic::error(codes::UNKNOWN_WORD, "the country code cannot be read")
        .seen(node.show())
        .allowed("two capital letters, such as \"FI\"");
    let upper = text.to_uppercase();
    let meant = match upper.as_str() {
        "FINLAND" | "SUOMI" => "FI",
        "SWEDEN" => "SE",
        "DENMARK" => "DK",
        "NORWAY" => "NO",
        "GERMANY" => "DE",
        _ if upper.len() == 2 && upper.is_ascii() => upper.as_str(),
        _ => return Err(diagnostic),
    };
    Err(diagnostic.help(format!("did you mean \"{meant}\"?")))
}
