//! The study folder: two maps, the study file, the table of what was done.

use super::Request;
use super::building::Building;
use super::place::Guess;
use super::raw::Point;
use super::street::Street;
use super::tags::UseWord;
use serde_json::{Map, Value, json};

/// The credit the map's licence asks for.
pub(super) const CREDIT: &str = "© OpenStreetMap contributors, ODbL";

/// `buildings.geojson`.
pub(super) fn buildings(list: &[Building]) -> Vec<u8> {
    let features = list.iter().map(|building| {
        let mut properties = Map::new();
        properties.insert("id".into(), json!(building.id));
        match &building.usage {
            UseWord::Use(word) => properties.insert("use".into(), json!(word)),
            UseWord::Building(word) => {
                properties.insert("building".into(), json!(super::note::clean(word)))
            }
            UseWord::Nothing => None,
        };
        let texts = [("name", &building.name)];
        let numbers = [
            ("storeys", building.storeys),
            ("construction_year", building.year),
            ("height_m", building.height_m),
        ];
        insert(&mut properties, &numbers, &texts);
        let parts: Vec<Value> = building
            .parts
            .iter()
            .map(|rings| rings.iter().map(|ring| line(ring)).collect())
            .collect();
        let geometry = match parts.as_slice() {
            [only] => json!({"type": "Polygon", "coordinates": only}),
            _ => json!({"type": "MultiPolygon", "coordinates": parts}),
        };
        json!({"type": "Feature", "properties": properties, "geometry": geometry})
    });
    collection(features)
}

/// `streets.geojson`.
pub(super) fn streets(list: &[Street]) -> Vec<u8> {
    let features = list.iter().map(|street| {
        let mut properties = Map::new();
        properties.insert("id".into(), json!(street.id));
        properties.insert("highway".into(), json!(street.class));
        let factor = (street.cost_factor * 1e6).round() / 1e6;
        let is_usual = (factor - 1.0).abs() < 1e-9;
        let crossing = street.crossing.map(str::to_owned);
        insert(
            &mut properties,
            &[("cost_factor", Some(factor).filter(|_| !is_usual))],
            &[
                ("name", &street.name),
                ("surface", &street.surface),
                ("crossing", &crossing),
            ],
        );
        let geometry = json!({"type": "LineString", "coordinates": line(&street.points)});
        json!({"type": "Feature", "properties": properties, "geometry": geometry})
    });
    collection(features)
}

fn insert(
    properties: &mut Map<String, Value>,
    numbers: &[(&str, Option<f64>)],
    texts: &[(&str, &Option<String>)],
) {
    for (key, number) in numbers {
        if let Some(number) = number {
            let is_whole = number.fract().abs() < 1e-12;
            let number = if is_whole {
                json!(*number as i64)
            } else {
                json!(number)
            };
            properties.insert((*key).to_owned(), number);
        }
    }
    for (key, text) in texts {
        if let Some(text) = text {
            properties.insert((*key).to_owned(), json!(text));
        }
    }
}

fn line(points: &[Point]) -> Value {
    let pair = |point: &Point| {
        let (longitude, latitude) = point.degrees();
        json!([longitude, latitude])
    };
    points.iter().map(pair).collect()
}

/// One feature a line, so that changes of the map can be read.
fn collection(features: impl Iterator<Item = Value>) -> Vec<u8> {
    let features: Vec<String> = features.map(|feature| feature.to_string()).collect();
    let text = format!(
        "{{\"type\":\"FeatureCollection\",\"attribution\":{},\"features\":[\n{}\n]}}\n",
        json!(CREDIT),
        features.join(",\n")
    );
    text.into_bytes()
}

/// `study.toml`.
pub(super) fn study(
    request: &Request,
    (longitude, latitude): (f64, f64),
    guess: &Guess,
    has_streets: bool,
) -> String {
    let name = request.name.clone().unwrap_or_else(|| stem(&request.file));
    let country = match guess.country {
        Some(country) => {
            format!("country = \"{country}\"                    # assumed, as the time zone")
        }
        None => "# country = \"FI\"                  # write the country's code of two letters"
            .to_owned(),
    };
    let streets = if has_streets {
        "streets = \"streets.geojson\"\n"
    } else {
        ""
    };
    format!(
        "#:schema ./hukka-study.schema.json\n\
         schema = \"hukka-study/1\"\n\
         name = {name}\n\
         description = {about}\n\
         \n\
         [place]\n\
         latitude = {latitude:.5}\n\
         longitude = {longitude:.5}\n\
         # Assumed: {reason}.\n\
         time_zone = \"{zone}\"\n\
         {country}\n\
         buildings = \"buildings.geojson\"\n\
         {streets}\
         attribution = [\"Buildings and streets {CREDIT}\"]\n\
         \n\
         [weather]\n\
         # Assumed: the nearest synthetic climate, {climate_km:.0} km away; better: file = \"weather.csv\".\n\
         climate = \"{climate}\"\n\
         \n\
         {centre}",
        name = quoted(&name),
        about = quoted(&format!("Map from {}", super::note::clean(&request.file))),
        reason = guess.reason,
        zone = guess.time_zone,
        climate = guess.climate,
        climate_km = guess.climate_km,
        centre = data_centre(request, (longitude, latitude)),
    )
}

fn data_centre(request: &Request, middle: (f64, f64)) -> String {
    let lines = |(longitude, latitude): (f64, f64), power: f64, mark: &str| {
        format!(
            "{mark}[[data_centre]]\n\
             {mark}id = \"data-centre\"\n\
             {mark}position = [{longitude}, {latitude}]\n\
             {mark}it_load_mw = {power}\n"
        )
    };
    if let Some((spot, power)) = request.data_centre.zip(request.it_load_mw) {
        return lines(spot, power, "");
    }
    let round = |x: f64| (x * 1e5).round() / 1e5;
    let example = lines((round(middle.0), round(middle.1)), 10.0, "# ");
    format!("# A run needs a data centre: take out the # and say where it stands.\n{example}")
}

fn stem(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let name = super::note::clean(name);
    name.split('.')
        .next()
        .filter(|stem| !stem.is_empty())
        .unwrap_or("map")
        .to_owned()
}

/// Text as TOML writes it; the rules for escapes are JSON's, for all that is not a control character.
fn quoted(text: &str) -> String {
    let sound: String = text.chars().filter(|c| !c.is_control()).collect();
    json!(sound).to_string()
}
