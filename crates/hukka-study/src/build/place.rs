//! `[place]`: origin of the local plane, time zone, country, credits.

use crate::codes;
use crate::context::Context;
use crate::keys;
use crate::node::Entries;
use crate::reader::Reader;
use crate::spec::plain;
use hukka_model::{Diagnostic, Place, PlaceRules, Position, Projection};

/// Positions farther from the place than this are mistakes.
const REACH_KM: f64 = 100.0;

/// Time zones follow borders and rulers: so far may they be from the sun's.
const ZONE_SLACK_DEG: f64 = 40.0;
/// Longitudes and latitudes that hold a country, in whole degrees.
type Extent = (&'static str, (f64, f64), (f64, f64));
const COUNTRIES: [Extent; 6] = [
    ("DE", (5.0, 16.0), (47.0, 56.0)),
    ("DK", (7.0, 16.0), (54.0, 58.0)),
    ("EE", (21.0, 29.0), (57.0, 60.0)),
    ("FI", (19.0, 32.0), (59.0, 71.0)),
    ("NO", (4.0, 32.0), (57.0, 72.0)),
    ("SE", (10.0, 25.0), (55.0, 70.0)),
];

/// The place, its time zone, and what its table says besides.
pub(crate) struct PlaceInputs {
    pub(crate) rules: PlaceRules,
    pub(crate) time_zone: String,
    pub(crate) attributions: Vec<String>,
    /// Latitude and longitude were given and can be used.
    pub(crate) is_sound: bool,
    /// The time zone was given and is known.
    pub(crate) is_zone_sound: bool,
}

/// Reads `[place]`, but for its maps.
pub(crate) fn read(root: &Entries, context: &mut Context) -> PlaceInputs {
    let table = Reader::one(root, &keys::PLACE);
    let latitude = table.optional("latitude", context);
    let longitude = table.optional("longitude", context);
    let time_zone = table.optional_text("time_zone", context);
    let country = table.text("country", context).to_owned();
    if let Some(latitude) = latitude.filter(|latitude| latitude.abs() > 85.0) {
        let at = table.place("latitude", context);
        context.push(
            Diagnostic::error(codes::COORDINATES, "the place lies at a pole")
                .at(at)
                .about("place.latitude")
                .seen(format!("{}°", plain(latitude)))
                .allowed("−85° to 85°, where a local plane is flat enough"),
        );
    }
    if let (Some(latitude), Some(longitude)) = (latitude, longitude) {
        plausible(&table, (longitude, latitude), time_zone, context);
        in_country(&table, (longitude, latitude), context);
    }
    PlaceInputs {
        rules: PlaceRules {
            projection: Projection {
                latitude_deg: latitude.unwrap_or(60.0),
                longitude_deg: longitude.unwrap_or(25.0),
            },
            country,
        },
        time_zone: time_zone.unwrap_or("UTC").to_owned(),
        is_zone_sound: time_zone.is_some(),
        attributions: table.texts("attribution"),
        is_sound: latitude.is_some_and(|latitude| latitude.abs() <= 85.0) && longitude.is_some(),
    }
}

/// Says so when the time zone belongs to another longitude: the sun moves 15° an hour.
fn plausible(
    table: &Reader<'_>,
    (longitude, latitude): (f64, f64),
    time_zone: Option<&str>,
    context: &mut Context,
) {
    const NEW_YEAR_2025_UTC_S: i64 = 1_735_689_600;
    let Some(zone) = time_zone else {
        return;
    };
    let Ok(start) = hukka_series::local_year_start(zone, 2025) else {
        return;
    };
    let hours = (NEW_YEAR_2025_UTC_S - start) as f64 / 3600.0;
    let off = (hours.mul_add(15.0, -longitude) + 180.0).rem_euclid(360.0) - 180.0;
    if off.abs() <= ZONE_SLACK_DEG {
        return;
    }
    let at = table.place("longitude", context);
    context.push(
        Diagnostic::warning(
            codes::COORDINATES,
            "the time zone belongs to another part of the world",
        )
        .at(at)
        .about("place.longitude")
        .seen(format!(
            "longitude {}°, latitude {}°; {zone} is about longitude {}°",
            plain(longitude),
            plain(latitude),
            plain(hours * 15.0)
        ))
        .allowed(format!("within {ZONE_SLACK_DEG}° of the time zone"))
        .help("is latitude/longitude swapped, or the time zone wrong?"),
    );
}

/// Says so when the place lies in its stated country only with latitude and longitude swapped.
fn in_country(table: &Reader<'_>, (longitude, latitude): (f64, f64), context: &mut Context) {
    let Some(country) = table.node("country").map_or(Some("FI"), |node| node.text()) else {
        return;
    };
    let Some((_, east, north)) = COUNTRIES.iter().find(|known| known.0 == country) else {
        return;
    };
    let holds = |longitude: f64, latitude: f64| {
        (east.0..=east.1).contains(&longitude) && (north.0..=north.1).contains(&latitude)
    };
    if holds(longitude, latitude) || !holds(latitude, longitude) {
        return;
    }
    let at = table.place("latitude", context);
    context.push(
        Diagnostic::warning(
            codes::COORDINATES,
            format!("the place does not lie in {country}"),
        )
        .at(at)
        .about("place.latitude")
        .seen(format!(
            "latitude {}°, longitude {}°",
            plain(latitude),
            plain(longitude)
        ))
        .help("are latitude and longitude swapped?"),
    );
}

impl PlaceInputs {
    /// Where an entry of a table stands; says so when a study with a map does not tell.
    pub(crate) fn position_of(
        &self,
        table: &Reader<'_>,
        has_map: bool,
        name: &str,
        context: &mut Context,
    ) -> Option<Position> {
        let at = table.place("position", context);
        let subject = table.full("position");
        if has_map && !table.has("position") {
            context.push(
                Diagnostic::error(codes::MISSING_KEY, "`position` is missing")
                    .at(at.clone())
                    .about(subject.clone())
                    .allowed("[longitude, latitude]; needed because the study has a map")
                    .help(format!("add `position = [26.95, 60.53]` to [[{name}]]")),
            );
        }
        let pair = table.position("position", context)?;
        Some(self.locate(pair, &subject, at, context))
    }

    /// A position on the local plane; says so when it is too far from the place.
    pub(crate) fn locate(
        &self,
        pair: (f64, f64),
        subject: &str,
        at: Place,
        context: &mut Context,
    ) -> Position {
        let position = self.rules.projection.to_plane(pair.0, pair.1);
        let distance_km = self.distance_km(pair);
        if self.is_sound && distance_km > REACH_KM {
            let mut problem =
                Diagnostic::error(codes::TOO_FAR, "the position is too far from the place")
                    .at(at)
                    .about(subject)
                    .seen(format!(
                        "[{}, {}] is {} km away",
                        pair.0,
                        pair.1,
                        hukka_units::grouped(distance_km, 0)
                    ))
                    .allowed(format!("within {REACH_KM} km of [place]"));
            if let Some(help) = self.swap(pair, REACH_KM) {
                problem = problem.help(help);
            }
            context.push(problem);
        }
        position
    }

    /// Distance from the place on the sphere, km.
    pub(crate) fn distance_km(&self, pair: (f64, f64)) -> f64 {
        let projection = &self.rules.projection;
        sphere_km((projection.longitude_deg, projection.latitude_deg), pair)
    }

    /// Whether swapping longitude and latitude brings position and place together.
    pub(crate) fn swap(&self, pair: (f64, f64), reach_km: f64) -> Option<String> {
        let (longitude, latitude) = pair;
        let is_swapped = self.distance_km((latitude, longitude)) <= reach_km;
        is_swapped.then(|| {
            format!(
                "longitude comes first: did you mean [{latitude}, {longitude}]? Or are latitude \
                 and longitude of [place] swapped?"
            )
        })
    }
}

/// Great-circle distance of two points given as longitude and latitude, km.
fn sphere_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.1.to_radians(), b.1.to_radians());
    let half_lat = ((lat_b - lat_a) / 2.0).sin();
    let half_lon = ((b.0 - a.0).to_radians() / 2.0).sin();
    let h = half_lat.mul_add(half_lat, lat_a.cos() * lat_b.cos() * half_lon * half_lon);
    2.0 * 6371.0 * h.clamp(0.0, 1.0).sqrt().asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn helsinki_and_kotka_are_a_hundred_and_some_kilometres_apart() {
        let distance = sphere_km((24.94, 60.17), (26.95, 60.47));
        assert!((110.0..120.0).contains(&distance), "{distance}");
    }
}
