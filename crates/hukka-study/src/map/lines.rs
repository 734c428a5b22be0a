//! Streets, existing pipes, and the plant's point.

use super::features::Feature;
use super::findings::Findings;
use super::{geometry, property};
use crate::build::{PlaceInputs, insulation};
use crate::codes;
use crate::context::Context;
use crate::defaults;
use crate::reader::Reader;
use crate::spec::{DefaultValue, Range};
use crate::value::unknown_diameter;
use geojson::GeometryValue;
use hukka_model::{Confidence, Diagnostic, ExistingPipe, PipeType, Position, Street};
use hukka_units::{Length, Ratio};
use std::collections::BTreeMap;

const COST_FACTOR: Range = Range::new(0.1, 20.0);
const LENGTH: Range = Range::above(0.0, 100_000.0);
const SERIES: Range = Range::new(1.0, 3.0);
const LINES: &str = "LineString or MultiLineString";

/// Reads the streets named in `[place]`.
pub(crate) fn streets(
    table: &Reader<'_>,
    place: &PlaceInputs,
    context: &mut Context,
) -> Vec<Street> {
    let Some(mut map) = super::open(table, "streets", context) else {
        return Vec::new();
    };
    let mut streets: Vec<Street> = Vec::new();
    let mut ids = Ids::new("a street's id is used twice");
    let mut plain = 0_usize;
    while let Some(feature) = map.next() {
        let (feature, findings) = (&feature, &mut map.findings);
        property::sound_names(feature, false, findings);
        let parts = lines_of(feature, place, findings);
        let cost = property::number(feature, "cost_factor", &COST_FACTOR, findings);
        let factor = cost.unwrap_or_else(|| {
            plain += 1;
            default_number(defaults::COST_FACTOR.value)
        });
        let id = feature
            .given_id()
            .unwrap_or_else(|| format!("s-{:04}", feature.number));
        if !parts.is_empty() {
            ids.claim(&id, feature, findings);
        }
        let count = parts.len();
        for (n, path) in parts.into_iter().enumerate() {
            streets.push(Street {
                id: if count > 1 {
                    format!("{id}#{}", n + 1)
                } else {
                    id.clone()
                },
                name: property::text(feature, "name"),
                path,
                cost_factor: Ratio::from_fraction(factor),
            });
        }
    }
    context.diagnostics.extend(map.finish());
    let all = hukka_units::grouped(streets.len() as f64, 0);
    context.derive(
        "place.streets.count",
        &all,
        "streets",
        "features of the map that can be used",
    );
    if plain > 0 {
        context.assume(
            "place.streets.cost_factor",
            defaults::COST_FACTOR.value.show(),
            "",
            format!(
                "{} of {all} streets by default rule; {}",
                hukka_units::grouped(plain as f64, 0),
                defaults::COST_FACTOR.source
            ),
            Confidence::Default,
        );
    }
    streets
}

const fn default_number(value: DefaultValue) -> f64 {
    match value {
        DefaultValue::Number(value) => value,
        _ => 1.0,
    }
}

/// Reads the pipes in the ground named in `[place]`.
pub(crate) fn existing_pipes(
    table: &Reader<'_>,
    place: &PlaceInputs,
    context: &mut Context,
) -> Vec<ExistingPipe> {
    let Some(mut map) = super::open(table, "existing_pipes", context) else {
        return Vec::new();
    };
    let mut pipes = Vec::new();
    let mut ids = Ids::new("a pipe's id is used twice");
    let mut plain = 0_usize;
    while let Some(feature) = map.next() {
        let (feature, findings) = (&feature, &mut map.findings);
        property::sound_names(feature, false, findings);
        let parts = lines_of(feature, place, findings);
        let dn = diameter(feature, findings);
        let length = property::number(feature, "length_m", &LENGTH, findings);
        let series = property::whole(feature, "series", &SERIES, findings);
        plain += usize::from(series.is_none());
        let id = feature
            .given_id()
            .unwrap_or_else(|| format!("p-{:04}", feature.number));
        let Some(dn) = dn else {
            continue;
        };
        ids.claim(&id, feature, findings);
        let count = parts.len();
        if count > 1 && length.is_some() {
            findings.push(
                feature.offset,
                Diagnostic::error(codes::MAP_PROPERTY, "`length_m` of a pipe in several parts")
                    .about(feature.subject())
                    .seen(format!("{count} parts"))
                    .allowed("one LineString for each pipe with a length of its own"),
            );
        }
        for (n, path) in parts.into_iter().enumerate() {
            pipes.push(ExistingPipe {
                id: if count > 1 {
                    format!("{id}#{}", n + 1)
                } else {
                    id.clone()
                },
                path,
                dn,
                length: length.map(Length::from_m),
                series: insulation(series.unwrap_or(2)),
            });
        }
    }
    context.diagnostics.extend(map.finish());
    if plain > 0 {
        context.assume(
            "place.existing_pipes.series",
            defaults::INSULATION_SERIES.value.show(),
            "",
            format!(
                "{plain} of {} pipes by default rule; {}",
                pipes.len(),
                defaults::INSULATION_SERIES.source
            ),
            Confidence::Default,
        );
    }
    pipes
}

fn diameter(feature: &Feature, findings: &mut Findings) -> Option<u16> {
    let Some(value) = property::present(feature, "dn") else {
        findings.push(
            feature.offset,
            Diagnostic::error(codes::MAP_PROPERTY, "a pipe needs its nominal diameter")
                .about(feature.subject())
                .seen("no `dn`")
                .allowed("`dn`, a size of the catalogue"),
        );
        return None;
    };
    let trimmed = value
        .as_str()
        .map(|text| text.trim().trim_start_matches("DN").trim());
    let number = match trimmed {
        Some(text) => text.parse::<f64>().ok(),
        None => property::as_number(value),
    };
    let dn = number
        .filter(|number| number.fract() == 0.0 && (1.0..10_000.0).contains(number))
        .map(|number| number as u16);
    if let Some(pipe) = dn.and_then(PipeType::by_dn) {
        return Some(pipe.dn);
    }
    let problem = match number {
        Some(number) => unknown_diameter(number),
        None => Diagnostic::error(codes::MAP_PROPERTY, "`dn` cannot be used").seen(value),
    };
    findings.push(feature.offset, problem.about(feature.subject()));
    None
}

/// Reads the plant's point named in `[place]`.
pub(crate) fn plants(
    table: &Reader<'_>,
    place: &PlaceInputs,
    context: &mut Context,
) -> Option<Position> {
    let mut map = super::open(table, "plants", context)?;
    let mut position = None;
    while let Some(feature) = map.next() {
        let (feature, findings) = (&feature, &mut map.findings);
        match feature.geometry.as_ref() {
            None => geometry::empty(feature, findings),
            Some(GeometryValue::Point { coordinates }) => {
                let pairs = geometry::pairs(std::slice::from_ref(coordinates)).unwrap_or_default();
                let Some(pair) = pairs.first() else {
                    geometry::unsuitable(feature, "Point", findings);
                    continue;
                };
                if !super::is_near(feature, &pairs, place, findings) {
                    continue;
                }
                if position.is_none() {
                    position = Some(place.rules.projection.to_plane(pair.0, pair.1));
                } else {
                    findings.push(
                        feature.offset,
                        Diagnostic::warning(codes::MAP_SKIPPED, "only the first plant is used")
                            .about(feature.subject()),
                    );
                }
            }
            Some(_) => geometry::unsuitable(feature, "Point", findings),
        }
    }
    context.diagnostics.extend(map.finish());
    position
}

/// The lines of a feature that can be used.
fn lines_of(feature: &Feature, place: &PlaceInputs, findings: &mut Findings) -> Vec<Vec<Position>> {
    match feature.geometry.as_ref() {
        None => {
            geometry::empty(feature, findings);
            Vec::new()
        }
        Some(GeometryValue::LineString { coordinates }) => {
            geometry::line(feature, coordinates, place, findings)
                .into_iter()
                .collect()
        }
        Some(GeometryValue::MultiLineString { coordinates }) => coordinates
            .iter()
            .filter_map(|part| geometry::line(feature, part, place, findings))
            .collect(),
        Some(_) => {
            geometry::unsuitable(feature, LINES, findings);
            Vec::new()
        }
    }
}

/// Ids in use.
struct Ids {
    first: BTreeMap<String, String>,
    message: &'static str,
}

impl Ids {
    const fn new(message: &'static str) -> Self {
        Self {
            first: BTreeMap::new(),
            message,
        }
    }

    fn claim(&mut self, id: &str, feature: &Feature, findings: &mut Findings) {
        if let Some(earlier) = self.first.get(id) {
            findings.push(
                feature.offset,
                Diagnostic::error(codes::MAP_DUPLICATE, self.message)
                    .about(feature.subject())
                    .seen(id)
                    .allowed("an id of its own")
                    .help(format!("the same id stands in {earlier}")),
            );
        } else {
            self.first.insert(id.to_owned(), feature.subject());
        }
    }
}
