//! OpenStreetMap in: buildings, streets and what lies across them, as a study folder.
//!
//! In: bytes of an `.osm.pbf`, `.osm` or Overpass JSON file. Out: the files of a study.
//!
//! Invariants: whatever is left out, mended or assumed stands in `import_report.csv` with its place;
//! the same bytes and request give the same files; no bytes make it panic.

mod barrier;
mod building;
mod note;
mod outline;
mod overpass;
mod pbf;
mod place;
mod plane;
mod raw;
mod street;
mod tags;
#[cfg(test)]
mod tests;
mod wire;
mod write;
mod xml;

use crate::findings::short;
use hukka_model::{Diagnostic, Place};
use note::Notes;
use plane::Plane;
use raw::{Bounds, Point, Raw, Tags};

/// Around the window nodes are read too, so that ways across its edge are known whole: 0.05°.
const MARGIN: i32 = 500_000;
/// Largest text of XML or JSON that is read.
const LARGEST_TEXT: usize = 512 * 1024 * 1024;
/// Widest window, degrees: a study is one place.
const WIDEST_DEG: f64 = 2.0;

/// What is wanted of a map.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Name of the file, for messages.
    pub file: String,
    /// West, south, east and north edge, degrees; without it the whole file.
    pub window: Option<[f64; 4]>,
    /// Name of the study; without it the file's.
    pub name: Option<String>,
    /// Longitude and latitude of the data centre.
    pub data_centre: Option<(f64, f64)>,
    /// Electric power of its servers, MW.
    pub it_load_mw: Option<f64>,
}

/// A study made of a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Names and contents of the files of the study folder.
    pub files: Vec<(&'static str, Vec<u8>)>,
    /// What was read, and what was left out or assumed and how often.
    pub summary: Vec<String>,
    /// Buildings in the study.
    pub buildings: usize,
    /// Streets, cut where they cross water or railways.
    pub streets: usize,
}

/// Makes a study folder of a map.
///
/// # Errors
/// Every problem of the request or the file, as diagnostics; then there is no study.
pub fn import(bytes: &[u8], request: &Request) -> Result<Imported, Vec<Diagnostic>> {
    let window = checked(request)?;
    let raw = read(bytes, window.as_ref(), &request.file).map_err(|problem| vec![*problem])?;
    let mut notes = Notes::default();
    let empty = || vec![nothing(&raw, request)];
    let extent = raw.extent().ok_or_else(empty)?;
    let area = window.unwrap_or(extent);
    if window.is_none() {
        near(request, area).map_err(|problem| vec![*problem])?;
    }
    let middle = middle(area);
    let plane = Plane::around(middle);
    let buildings = building::buildings(&raw, window.as_ref(), plane, &mut notes);
    if buildings.is_empty() {
        return Err(empty());
    }
    let streets = street::streets(&raw, window.as_ref(), plane, &mut notes);
    street::disconnected(&streets, plane, &mut notes);
    let streets = barrier::cut_at_barriers(&raw, streets, plane, &mut notes);
    let guess = place::guess(middle.degrees());
    let study = write::study(request, middle.degrees(), &guess, !streets.is_empty());
    let summary = summary(&raw, (buildings.len(), streets.len()), &guess, &notes);
    let table = notes.table().map_err(|error| {
        vec![Diagnostic::error("HK1001", "the report cannot be written").seen(error)]
    })?;
    Ok(Imported {
        buildings: buildings.len(),
        streets: streets.len(),
        files: vec![
            ("study.toml", study.into_bytes()),
            ("buildings.geojson", write::buildings(&buildings)),
            ("streets.geojson", write::streets(&streets)),
            ("import_report.csv", table),
        ]
        .into_iter()
        .filter(|(name, _)| *name != "streets.geojson" || !streets.is_empty())
        .collect(),
        summary,
    })
}

/// The window of a request, if all of the request can be used.
fn checked(request: &Request) -> Result<Option<Bounds>, Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let mut wrong = |what: &str, seen: String, allowed: &str| {
        let message = format!("`{what}` cannot be used");
        problems.push(
            Diagnostic::error("HK1004", message)
                .seen(seen)
                .allowed(allowed),
        );
    };
    let window = request.window.and_then(|[west, south, east, north]| {
        let low = Point::from_degrees(west, south);
        let high = Point::from_degrees(east, north);
        let is_sound = west < east && south < north;
        let is_small = east - west <= WIDEST_DEG && north - south <= WIDEST_DEG;
        if let (Some(low), Some(high), true, true) = (low, high, is_sound, is_small) {
            return Some(Bounds { low, high });
        }
        let allowed = "west,south,east,north in degrees, west below east, south below north, \
                       at most 2° wide and high";
        wrong("bbox", format!("{west},{south},{east},{north}"), allowed);
        None
    });
    if let Some((longitude, latitude)) = request.data_centre {
        let spot = Point::from_degrees(longitude, latitude);
        let is_near = spot
            .is_some_and(|spot| window.is_none_or(|window| window.wider(2 * MARGIN).holds(spot)));
        if !is_near {
            let allowed = "longitude,latitude in degrees, within 0.1° of the window";
            wrong("data-centre", format!("{longitude},{latitude}"), allowed);
        }
    }
    if let Some(power) = request
        .it_load_mw
        .filter(|power| !(*power > 0.0 && *power <= 5000.0))
    {
        wrong("it-load-mw", power.to_string(), "above 0 to 5,000 MW");
    }
    if problems.is_empty() {
        Ok(window)
    } else {
        Err(problems)
    }
}

/// Without a window the data centre must stand in what the file covers, or near it.
fn near(request: &Request, extent: Bounds) -> Result<(), Box<Diagnostic>> {
    let Some((longitude, latitude)) = request.data_centre else {
        return Ok(());
    };
    let is_near = Point::from_degrees(longitude, latitude)
        .is_some_and(|spot| extent.wider(2 * MARGIN).holds(spot));
    if is_near {
        return Ok(());
    }
    let problem = Diagnostic::error("HK1004", "`data-centre` is far from the map")
        .at(Place::file(request.file.clone()))
        .seen(format!("{longitude},{latitude}"))
        .allowed(format!("within 0.1° of {}", corners(extent)))
        .help("longitude comes first");
    Err(Box::new(problem))
}

/// `west,south,east,north` in degrees.
fn corners(area: Bounds) -> String {
    let (low, high) = (area.low.degrees(), area.high.degrees());
    format!("{:.4},{:.4},{:.4},{:.4}", low.0, low.1, high.0, high.1)
}

fn read(bytes: &[u8], window: Option<&Bounds>, file: &str) -> Result<Raw, Box<Diagnostic>> {
    let unreadable = |what: &str, reason: String| {
        let problem = Diagnostic::error("HK1001", format!("this is not {what} that can be read"))
            .at(Place::file(file))
            .seen(short(&reason))
            .help("download the file again, or write it anew with the program it came from");
        Box::new(problem)
    };
    if pbf::is_pbf(bytes) {
        let keep = window.map(|window| window.wider(MARGIN));
        return pbf::read(bytes, keep.as_ref()).map_err(|trouble| {
            unreadable("an OpenStreetMap file (.osm.pbf)", trouble.to_string())
        });
    }
    let text = std::str::from_utf8(bytes)
        .ok()
        .filter(|text| text.len() <= LARGEST_TEXT);
    let text = text.map(|text| text.trim_start_matches('\u{feff}').trim_start());
    match text {
        Some(text) if text.starts_with('<') => {
            xml::read(text).map_err(|reason| unreadable("OpenStreetMap XML", reason))
        }
        Some(text) if text.starts_with('{') => {
            overpass::read(text).map_err(|reason| unreadable("an answer of Overpass", reason))
        }
        _ => Err(Box::new(
            Diagnostic::error("HK1002", "this is not an OpenStreetMap file")
                .at(Place::file(file))
                .allowed(".osm.pbf, .osm XML, or JSON of Overpass")
                .help("other maps: GeoJSON can be named in study.toml as it is"),
        )),
    }
}

/// No building: most often the window is elsewhere.
fn nothing(raw: &Raw, request: &Request) -> Diagnostic {
    let problem = Diagnostic::error("HK1015", "no building of the map lies in the window")
        .at(Place::file(request.file.clone()))
        .about("bbox");
    let covers = raw.extent().map(corners);
    match covers {
        Some(covers) => problem
            .seen(format!("what was read covers {covers}"))
            .help("is it longitude before latitude? west,south,east,north"),
        None => problem
            .seen("no node of the file lies in the window or near it")
            .help("is it longitude before latitude? west,south,east,north"),
    }
}

fn middle(area: Bounds) -> Point {
    let half = |a: i32, b: i32| (i64::from(a) + i64::from(b)).div_euclid(2) as i32;
    Point {
        lon: half(area.low.lon, area.high.lon),
        lat: half(area.low.lat, area.high.lat),
    }
}

/// Name of an element, without control characters.
fn name(tags: &Tags) -> Option<String> {
    tags.get("name")
        .map(note::clean)
        .filter(|name| !name.is_empty())
}

fn summary(
    raw: &Raw,
    (buildings, streets): (usize, usize),
    guess: &place::Guess,
    notes: &Notes,
) -> Vec<String> {
    let mut lines = vec![format!("{buildings} buildings, {streets} streets")];
    if raw.repeated > 0 {
        lines.push(format!(
            "{} elements stand in the file twice; the last counts",
            raw.repeated
        ));
    }
    if raw.lost_nodes > 0 {
        lines.push(format!(
            "{} nodes are not on the globe and were left out",
            raw.lost_nodes
        ));
    }
    let counts = notes.counts().into_iter();
    lines.extend(counts.map(|(kind, count)| format!("{}: {count}", kind.words().1)));
    lines.push(format!(
        "assumed: time zone {}, country {}, climate {}: {}",
        guess.time_zone,
        guess.country.unwrap_or("not known"),
        guess.climate,
        guess.reason
    ));
    lines
}
