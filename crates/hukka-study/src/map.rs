//! Maps: GeoJSON files of buildings, streets, pipes and plants.

mod building_use;
mod buildings;
mod features;
mod findings;
mod geometry;
mod lines;
mod property;
mod ring;

pub(crate) use buildings::buildings;
pub(crate) use lines::{existing_pipes, plants, streets};

use crate::build::PlaceInputs;
use crate::codes;
use crate::context::Context;
use crate::files::MAP_LIMIT;
use crate::reader::Reader;
use features::Feature;
use findings::Findings;
use hukka_model::Diagnostic;
use std::collections::BTreeMap;
use std::iter::Enumerate;
use std::ops::Range;
use std::rc::Rc;
use std::vec::IntoIter;

/// Map features farther from the place than this are mistakes.
const REACH_KM: f64 = 50.0;

/// Reads the map behind a key of `[place]` and finds its features.
fn open(table: &Reader<'_>, key: &'static str, context: &mut Context) -> Option<Opened> {
    let name = table.optional_text(key, context)?;
    let at = table.place(key, context);
    let subject = table.full(key);
    let text = match context.files.read_text(name, MAP_LIMIT) {
        Ok(text) => text,
        Err(problem) => {
            context.push(problem.at(at).about(subject));
            return None;
        }
    };
    let text: Rc<str> = text.into();
    let mut findings = Findings::new(name, Rc::clone(&text));
    let spans = features::spans(name, &text, &mut findings);
    if spans.is_empty() && !findings.has_errors() {
        findings.push(
            0,
            Diagnostic::error(codes::MAP_EMPTY, format!("`{name}` holds no feature"))
                .allowed("a FeatureCollection with at least one feature"),
        );
    }
    Some(Opened {
        known: properties(key),
        slips: BTreeMap::new(),
        text,
        spans: spans.into_iter().enumerate(),
        findings,
    })
}

/// An opened map, read feature by feature so that a large one is never held as a whole tree.
struct Opened {
    text: Rc<str>,
    spans: Enumerate<IntoIter<Range<usize>>>,
    findings: Findings,
    /// Properties of hukka's own.
    known: &'static [&'static str],
    /// Property as written, what it was meant to be, its first feature's byte, and how often.
    slips: BTreeMap<String, Slip>,
}

/// A property that is nearly one of hukka's own.
struct Slip {
    meant: &'static str,
    offset: usize,
    count: usize,
}

/// Properties of hukka's own in the map behind a key of `[place]`.
pub(crate) fn properties(key: &str) -> &'static [&'static str] {
    match key {
        "buildings" => &[
            "id",
            "name",
            "use",
            "storeys",
            "construction_year",
            "footprint_m2",
            "annual_mwh",
            "connect",
        ],
        "streets" => &["id", "name", "cost_factor"],
        "existing_pipes" => &["id", "dn", "length_m", "series"],
        _ => &[],
    }
}

impl Opened {
    /// The next feature that can be read; what cannot goes into the findings.
    fn next(&mut self) -> Option<Feature> {
        loop {
            let (n, span) = self.spans.next()?;
            let read = features::feature(n + 1, &self.text, span, &mut self.findings);
            if let Some(feature) = read {
                self.note_slips(&feature);
                return Some(feature);
            }
        }
    }
}

impl Opened {
    fn note_slips(&mut self, feature: &Feature) {
        for (name, value) in &feature.properties {
            if let Some(slip) = self.slips.get_mut(name) {
                slip.count += 1;
                continue;
            }
            let meant = property::meant(name, self.known)
                .filter(|meant| !value.is_null() && property::present(feature, meant).is_none());
            if let Some(meant) = meant {
                let (offset, count) = (feature.offset, 1);
                let slip = Slip {
                    meant,
                    offset,
                    count,
                };
                self.slips.insert(name.clone(), slip);
            }
        }
    }

    /// Every finding about the map.
    fn finish(mut self) -> Vec<Diagnostic> {
        for (name, slip) in &self.slips {
            self.findings.push(
                slip.offset,
                Diagnostic::warning(
                    codes::MAP_PROPERTY,
                    format!("the property `{name}` is not known and not used"),
                )
                .about(name.clone())
                .seen(format!("in {} of the features", slip.count))
                .help(format!("did you mean `{}`?", slip.meant)),
            );
        }
        self.findings.finish()
    }
}

/// Whether every position is on Earth and near the place; says so otherwise.
fn is_near(
    feature: &Feature,
    positions: &[(f64, f64)],
    place: &PlaceInputs,
    findings: &mut Findings,
) -> bool {
    let off = positions
        .iter()
        .find(|pair| !crate::position::is_on_earth(pair.0, pair.1));
    if let Some(pair) = off {
        let mut problem = crate::position::off_earth(pair.0, pair.1);
        codes::MAP_COORDINATES.clone_into(&mut problem.code);
        findings.push(feature.offset, problem.about(feature.subject()));
        return false;
    }
    if !place.is_sound {
        return true;
    }
    let far = positions
        .iter()
        .find(|pair| place.distance_km(**pair) > REACH_KM);
    let Some(pair) = far else {
        return true;
    };
    let mut problem = Diagnostic::error(codes::MAP_FAR, "the feature is far from the place")
        .about(feature.subject())
        .seen(format!(
            "[{}, {}] is {} km away",
            pair.0,
            pair.1,
            hukka_units::grouped(place.distance_km(*pair), 0)
        ))
        .allowed(format!("within {REACH_KM} km of [place]"));
    if let Some(help) = place.swap(*pair, REACH_KM) {
        problem = problem.help(help);
    }
    findings.push(feature.offset, problem);
    false
}
