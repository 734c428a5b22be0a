//! Buildings: polygons, or points with a footprint or a known heat demand.

use super::building_use::{dwelling, from_footprint, from_word, usual_storeys};
use super::features::Feature;
use super::findings::Findings;
use super::geometry::{self, Outline};
use super::{property, ring};
use crate::build::PlaceInputs;
use crate::codes;
use crate::context::{Context, list_words};
use crate::defaults::{HOUSE_M2, SHED_M2};
use crate::reader::Reader;
use crate::spec::Range;
use geojson::GeometryValue;
use hukka_model::{Building, BuildingUse, Confidence, Diagnostic, Position};
use hukka_units::{Area, HeatEnergy, Temperature};
use std::collections::BTreeMap;

const STOREYS: Range = Range::above(0.0, 150.0);
const YEAR: Range = Range::new(1000.0, 2100.0);
const HEAT: Range = Range::above(0.0, 1e6);
const FOOTPRINT: Range = Range::above(0.0, 1e6);
const SECONDARY: Range = Range::new(20.0, 95.0);

/// How often the rules for absent properties were needed.
#[derive(Default)]
struct Defaults {
    ids: usize,
    storeys: usize,
    years: usize,
    uses: usize,
    sheds: usize,
    dwellings: usize,
}

/// Reads the buildings named in `[place]`.
pub(crate) fn buildings(
    table: &Reader<'_>,
    place: &PlaceInputs,
    default_year: i32,
    context: &mut Context,
) -> Vec<Building> {
    let Some(mut map) = super::open(table, "buildings", context) else {
        return Vec::new();
    };
    let mut defaults = Defaults::default();
    let mut read: Vec<(usize, String, Building)> = Vec::new();
    while let Some(feature) = map.next() {
        let built = building(
            &feature,
            place,
            default_year,
            &mut defaults,
            &mut map.findings,
        );
        read.extend(built.map(|building| (feature.offset, feature.subject(), building)));
    }
    unique(&read, &mut map.findings);
    let buildings: Vec<Building> = read.into_iter().map(|(_, _, building)| building).collect();
    context.diagnostics.extend(map.finish());
    register(&buildings, &defaults, default_year, context);
    buildings
}

fn building(
    feature: &Feature,
    place: &PlaceInputs,
    default_year: i32,
    defaults: &mut Defaults,
    findings: &mut Findings,
) -> Option<Building> {
    property::sound_names(feature, true, findings);
    let known_heat = property::number(feature, "annual_mwh", &HEAT, findings);
    let (outline, position, footprint_m2) = shape(feature, place, known_heat, findings)?;
    let usage = usage(
        feature,
        footprint_m2,
        known_heat.is_some(),
        defaults,
        findings,
    );
    let id = feature.given_id().unwrap_or_else(|| {
        defaults.ids += 1;
        format!("b-{:04}", feature.number)
    });
    Some(Building {
        id,
        name: property::text(feature, "name"),
        outline,
        position,
        footprint: Area::from_m2(footprint_m2),
        storeys: storeys(feature, usage, defaults, findings),
        usage,
        construction_year: year(feature, default_year, defaults, findings),
        known_annual_heat: known_heat.map(HeatEnergy::from_mwh),
        is_connected: property::flag(feature, "connect", findings),
        secondary_supply: property::number(feature, "secondary_supply_c", &SECONDARY, findings)
            .map(Temperature::from_c),
    })
}

/// Outline, centre and footprint.
fn shape(
    feature: &Feature,
    place: &PlaceInputs,
    known_heat: Option<f64>,
    findings: &mut Findings,
) -> Option<(Vec<Position>, Position, f64)> {
    const ALLOWED: &str = "Polygon, MultiPolygon, or Point with footprint_m2 or annual_mwh";
    match feature.geometry.as_ref() {
        None => {
            geometry::empty(feature, findings);
            None
        }
        Some(GeometryValue::Polygon { coordinates }) => {
            let outline = geometry::outline(feature, coordinates, place, findings)?;
            let centre = ring::centroid(&outline.ring);
            Some((outline.ring, centre, outline.area_m2))
        }
        Some(GeometryValue::MultiPolygon { coordinates }) => {
            let mut parts: Vec<Outline> = Vec::new();
            for rings in coordinates {
                parts.push(geometry::outline(feature, rings, place, findings)?);
            }
            let footprint: f64 = parts.iter().map(|part| part.area_m2).sum();
            let largest = parts.into_iter().reduce(|best, part| {
                if part.area_m2 > best.area_m2 {
                    part
                } else {
                    best
                }
            });
            let Some(largest) = largest else {
                geometry::unsuitable(feature, ALLOWED, findings);
                return None;
            };
            let centre = ring::centroid(&largest.ring);
            Some((largest.ring, centre, footprint))
        }
        Some(GeometryValue::Point { coordinates }) => {
            let pairs = geometry::pairs(std::slice::from_ref(coordinates));
            let footprint = property::number(feature, "footprint_m2", &FOOTPRINT, findings);
            let Some((longitude, latitude)) = pairs.and_then(|pairs| pairs.first().copied()) else {
                geometry::unsuitable(feature, ALLOWED, findings);
                return None;
            };
            let is_near = super::is_near(feature, &[(longitude, latitude)], place, findings);
            if footprint.is_none() && known_heat.is_none() {
                findings.push(
                    feature.offset,
                    Diagnostic::error(
                        codes::MAP_PROPERTY,
                        "a point says nothing about the building's size",
                    )
                    .about(feature.subject())
                    .allowed("a point with `footprint_m2` or `annual_mwh`, or a polygon"),
                );
                return None;
            }
            let position = place.rules.projection.to_plane(longitude, latitude);
            is_near.then(|| (Vec::new(), position, footprint.unwrap_or(0.0)))
        }
        Some(_) => {
            geometry::unsuitable(feature, ALLOWED, findings);
            None
        }
    }
}

fn usage(
    feature: &Feature,
    footprint_m2: f64,
    has_heat: bool,
    defaults: &mut Defaults,
    findings: &mut Findings,
) -> BuildingUse {
    let by_footprint = |defaults: &mut Defaults| {
        defaults.uses += 1;
        let usage = from_footprint(footprint_m2);
        if usage == BuildingUse::Unheated && has_heat {
            return BuildingUse::Other;
        }
        defaults.sheds += usize::from(usage == BuildingUse::Unheated);
        usage
    };
    let is_dwelling = ["use", "building"].iter().any(|key| {
        property::text(feature, key).is_some_and(|word| word.eq_ignore_ascii_case("residential"))
    });
    if is_dwelling && footprint_m2 <= 0.0 {
        return BuildingUse::Apartment;
    }
    if is_dwelling {
        defaults.dwellings += 1;
        return dwelling(footprint_m2);
    }
    if let Some(word) = property::text(feature, "use") {
        if let Some(usage) = from_word(&word) {
            return usage;
        }
        let words = || crate::keys::USES.iter().map(|(word, _)| *word);
        let mut problem = Diagnostic::error(codes::MAP_PROPERTY, "the use is not known")
            .about(feature.subject())
            .seen(word.clone())
            .allowed(list_words(words()));
        if let Some(near) = crate::context::closest(&word, words()) {
            problem = problem.help(format!("did you mean \"{near}\"?"));
        }
        findings.push(feature.offset, problem);
        return BuildingUse::Other;
    }
    property::text(feature, "building")
        .and_then(|word| from_word(&word))
        .filter(|usage| !(has_heat && *usage == BuildingUse::Unheated))
        .unwrap_or_else(|| by_footprint(defaults))
}

fn storeys(
    feature: &Feature,
    usage: BuildingUse,
    defaults: &mut Defaults,
    findings: &mut Findings,
) -> f64 {
    property::number(feature, "storeys", &STOREYS, findings)
        .or_else(|| {
            ["building:levels", "levels"]
                .iter()
                .find_map(|key| property::tag(feature, key, property::levels, &STOREYS, findings))
        })
        .unwrap_or_else(|| {
            defaults.storeys += 1;
            usual_storeys(usage)
        })
}

fn year(
    feature: &Feature,
    default_year: i32,
    defaults: &mut Defaults,
    findings: &mut Findings,
) -> i32 {
    property::number(feature, "construction_year", &YEAR, findings)
        .or_else(|| property::tag(feature, "start_date", property::year, &YEAR, findings))
        .map_or_else(
            || {
                defaults.years += 1;
                default_year
            },
            |year| year.round() as i32,
        )
}

/// Complains about ids used twice.
fn unique(read: &[(usize, String, Building)], findings: &mut Findings) {
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    for (offset, subject, building) in read {
        if let Some(earlier) = first.get(building.id.as_str()) {
            findings.push(
                *offset,
                Diagnostic::error(codes::MAP_DUPLICATE, "a building's id is used twice")
                    .about(subject.clone())
                    .seen(building.id.clone())
                    .allowed("an id of its own")
                    .help(format!("the same id stands in {earlier}")),
            );
        } else {
            first.insert(&building.id, subject);
        }
    }
}

/// Enters the rules for absent properties, with how often each was needed.
fn register(buildings: &[Building], defaults: &Defaults, default_year: i32, context: &mut Context) {
    let count = |n: usize| hukka_units::grouped(n as f64, 0);
    let all = count(buildings.len());
    context.derive(
        "place.buildings.count",
        &all,
        "buildings",
        "features of the map that can be used",
    );
    let lines = [
        (
            "place.buildings.id",
            defaults.ids,
            "number in the file".to_owned(),
            "the map gives no id",
        ),
        (
            "place.buildings.use",
            defaults.uses,
            format!(
                "below {SHED_M2} m² not heated ({}), below {HOUSE_M2} m² house, above other",
                count(defaults.sheds)
            ),
            "use is unknown or `building=yes`: by the footprint",
        ),
        (
            "place.buildings.residential",
            defaults.dwellings,
            format!("below {HOUSE_M2} m² house, above flats"),
            "`residential` may be either: by the footprint",
        ),
        (
            "place.buildings.storeys",
            defaults.storeys,
            "1 in houses, 3 in blocks of flats, 2 in others".to_owned(),
            "the map gives no storeys",
        ),
        (
            "place.buildings.construction_year",
            defaults.years,
            default_year.to_string(),
            "the map gives no year: demand.default_construction_year",
        ),
    ];
    for (key, needed, value, why) in lines {
        if needed > 0 {
            let source = format!(
                "{} of {all} buildings by default rule; {why}",
                count(needed)
            );
            context.assume(key, value, "", source, Confidence::Default);
        }
    }
}
