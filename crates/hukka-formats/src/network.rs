//! Network cases: read from four formats, written in five.

mod build;
mod case;
mod esdl;
mod geojson;
mod inp;
mod pandapipes;
mod water_table;

use crate::findings::Findings;
use crate::json::{Json, without_bare_nan};
use crate::text::decode;
use hukka_model::Diagnostic;
use hukka_model::network_case::NetworkCase;

pub use case::{SERIES_FILES, WATER_TABLE_FILE};
pub use inp::{
    FlowUnit, WaterLink, WaterLinkKind, WaterNode, WaterNodeKind, WaterOrder, WaterSwitch,
    WaterView,
};

/// A format of networks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NetworkFormat {
    /// `hukka-network-case/1`, JSON in SI units.
    Case,
    /// EPANET 2.2 input.
    Inp,
    /// pandapipes, old and new encoding.
    Pandapipes,
    /// Energy System Description Language, XML.
    Esdl,
    /// A map; written only.
    GeoJson,
}

impl NetworkFormat {
    /// Name for people and for `--to`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Inp => "inp",
            Self::Pandapipes => "pandapipes",
            Self::Esdl => "esdl",
            Self::GeoJson => "geojson",
        }
    }

    /// The format a file name stands for when written: `net.pandapipes.json` is pandapipes, any
    /// other `.json` a case.
    pub fn of_name(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        let ends = |end: &str| name.ends_with(end);
        if ends(".inp") {
            Some(Self::Inp)
        } else if ends(".esdl") || ends(".xml") {
            Some(Self::Esdl)
        } else if ends(".geojson") {
            Some(Self::GeoJson)
        } else if ends(".json") && name.contains("pandapipes") {
            Some(Self::Pandapipes)
        } else if ends(".json") {
            Some(Self::Case)
        } else {
            None
        }
    }
}

/// A file as it was found on disk.
#[derive(Debug, Clone, Copy)]
pub struct CaseFile<'a> {
    /// Name as the user would write it.
    pub name: &'a str,
    /// Content.
    pub bytes: &'a [u8],
    /// Files beside it that may belong to it: `(file name, content)`.
    pub beside: &'a [(String, Vec<u8>)],
}

/// What a file held.
#[derive(Debug)]
pub struct ReadCase {
    /// The network; `None` if any finding is an error.
    pub case: Option<NetworkCase>,
    /// Format found.
    pub format: Option<NetworkFormat>,
    /// How an EPANET user would name and measure the results.
    pub water: Option<WaterView>,
    /// Everything found, assumed and left out.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a network from a file of any known format.
///
/// # Errors  none: problems are in `diagnostics`, and `case` is `None` if one of them is an error
pub fn read(file: CaseFile<'_>) -> ReadCase {
    let mut found = Findings::of(file.name);
    let (mut case, mut water, mut format) = (None, None, None);
    if let Some(text) = decode(file.bytes, &mut found) {
        format = sniff(file.name, &text);
        match format {
            Some(NetworkFormat::Inp) => {
                let (inside, view) = inp::read(&text, &mut found);
                (case, water) = (Some(inside), Some(view));
            }
            Some(NetworkFormat::Esdl) => case = esdl::read(&text, &mut found),
            Some(_) => (case, format) = read_json(&text, file.beside, &mut found),
            None => found.push(unknown_format(&text)),
        }
    }
    if let Some(case) = &case {
        build::check(case, &mut found);
    }
    ReadCase {
        case: case.filter(|_| !found.has_errors()),
        format,
        water: water.filter(|_| !found.has_errors()),
        diagnostics: found.finish(),
    }
}

/// Bytes of a network in some format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenCase {
    /// The file itself.
    pub bytes: Vec<u8>,
    /// Files that belong beside it.
    pub beside: Vec<(String, Vec<u8>)>,
    /// What the format could not say.
    pub diagnostics: Vec<Diagnostic>,
}

/// Writes a network in a format; `name` is only used in findings.
pub fn write(case: &NetworkCase, format: NetworkFormat, name: &str) -> WrittenCase {
    let mut found = Findings::of(name);
    let mut beside = Vec::new();
    if format != NetworkFormat::Case && !case.series.is_empty() {
        found.unsayable("changes over time are not written", &case.name);
    }
    let text = match format {
        NetworkFormat::Case => {
            beside = case::write_series(case);
            case::write(case)
        }
        NetworkFormat::Inp => inp::write(case, &mut found),
        NetworkFormat::Pandapipes => pandapipes::write(case, &mut found),
        NetworkFormat::Esdl => esdl::write(case, &mut found),
        NetworkFormat::GeoJson => geojson::write(case, &mut found),
    };
    WrittenCase {
        bytes: text.into_bytes(),
        beside,
        diagnostics: found.finish(),
    }
}

pub use geojson::with_state as geojson_with_state;

/// The format of a text; JSON is told apart later.
fn sniff(name: &str, text: &str) -> Option<NetworkFormat> {
    let start = text.trim_start();
    if start.starts_with('{') {
        return Some(NetworkFormat::Case);
    }
    if start.starts_with('<') {
        return Some(NetworkFormat::Esdl);
    }
    let is_section = |line: &str| {
        let inside = line.trim_start().strip_prefix('[');
        inside.is_some_and(|name| {
            name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.contains(']')
        })
    };
    if text.lines().any(is_section) {
        return Some(NetworkFormat::Inp);
    }
    NetworkFormat::of_name(name)
}

fn read_json(
    text: &str,
    beside: &[(String, Vec<u8>)],
    found: &mut Findings,
) -> (Option<NetworkCase>, Option<NetworkFormat>) {
    let mended = match Json::parse(text) {
        Ok(json) => return read_parsed(&json, beside, found),
        Err(error) => {
            if let Some(mended) = without_bare_nan(text) {
                mended
            } else {
                found.unreadable("a JSON file", error);
                return (None, None);
            }
        }
    };
    match Json::parse(&mended) {
        Ok(json) => read_parsed(&json, beside, found),
        Err(error) => {
            found.unreadable("a JSON file", error);
            (None, None)
        }
    }
}

fn read_parsed(
    json: &Json<'_>,
    beside: &[(String, Vec<u8>)],
    found: &mut Findings,
) -> (Option<NetworkCase>, Option<NetworkFormat>) {
    if json.get("_class").and_then(Json::text) == Some("pandapipesNet") {
        let case = pandapipes::read(json, found);
        return (case, Some(NetworkFormat::Pandapipes));
    }
    let schema = json.get("schema").and_then(Json::text);
    if schema == Some(case::SCHEMA) || (schema.is_none() && json.get("nodes").is_some()) {
        if schema.is_none() {
            found.assume("the file", "`schema`", case::SCHEMA, "");
        }
        let case = case::read(json, beside, found);
        return (case, Some(NetworkFormat::Case));
    }
    let seen = schema.map_or_else(|| "no `schema`".to_owned(), crate::findings::short);
    found.push(
        Diagnostic::error("HK1002", "this JSON file is of no known kind")
            .seen(seen)
            .allowed("`\"schema\": \"hukka-network-case/1\"` or a pandapipes network")
            .help("see docs/formats/network-cases.md for the formats read"),
    );
    (None, None)
}

fn unknown_format(text: &str) -> Diagnostic {
    let seen = if text.trim().is_empty() {
        "an empty file".to_owned()
    } else {
        crate::findings::short(text.trim_start())
    };
    Diagnostic::error("HK1002", "the format of this file is not known")
        .seen(seen)
        .allowed("hukka-network-case/1, EPANET .inp, pandapipes .json, ESDL")
        .help("see docs/formats/network-cases.md for the formats read")
}
