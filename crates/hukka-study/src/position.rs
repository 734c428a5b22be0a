//! Positions: `[longitude, latitude]` in degrees, as in GeoJSON.

use crate::codes;
use crate::node::{Node, Origin};
use crate::spec::{Key, plain};
use crate::value::wrong_type;
use hukka_model::Diagnostic;

/// Longitude and latitude of a position that can be used.
pub(crate) fn read(node: &Node) -> Option<(f64, f64)> {
    match node.list()? {
        [longitude, latitude] => {
            let pair = (longitude.number()?, latitude.number()?);
            is_on_earth(pair.0, pair.1).then_some(pair)
        }
        _ => None,
    }
}

/// The positions of a path that can be used.
pub(crate) fn read_path(node: &Node) -> Option<Vec<(f64, f64)>> {
    let points: Option<Vec<(f64, f64)>> = node.list()?.iter().map(read).collect();
    points.filter(|points| points.len() >= 2)
}

/// Whether a pair can be degrees of longitude and latitude.
pub(crate) fn is_on_earth(longitude: f64, latitude: f64) -> bool {
    longitude.abs() <= 180.0 && latitude.abs() <= 90.0
}

/// What is wrong with a position.
pub(crate) fn problems(key: &Key, node: &Node) -> Vec<(Origin, Diagnostic)> {
    let expected = "a position [longitude, latitude] in degrees";
    let Some([longitude, latitude]) = node.list() else {
        return vec![(node.origin, wrong_type(key, node, expected))];
    };
    let (Some(lon), Some(lat)) = (longitude.number(), latitude.number()) else {
        return vec![(node.origin, wrong_type(key, node, expected))];
    };
    if is_on_earth(lon, lat) {
        return Vec::new();
    }
    vec![(node.origin, off_earth(lon, lat))]
}

/// What is wrong with a path.
pub(crate) fn path_problems(key: &Key, node: &Node) -> Vec<(Origin, Diagnostic)> {
    let Some(points) = node.list() else {
        return vec![(node.origin, wrong_type(key, node, "a list of positions"))];
    };
    if points.len() < 2 {
        let problem = Diagnostic::error(codes::OUT_OF_RANGE, "a path has at least two positions")
            .seen(format!("{} position(s)", points.len()))
            .allowed("[[longitude, latitude], [longitude, latitude], …]");
        return vec![(node.origin, problem)];
    }
    points
        .iter()
        .flat_map(|point| problems(key, point))
        .collect()
}

/// Says that a pair of numbers is no place on Earth, and what it may be instead.
pub(crate) fn off_earth(longitude: f64, latitude: f64) -> Diagnostic {
    let diagnostic = Diagnostic::error(codes::COORDINATES, "the position is not on Earth")
        .seen(format!("[{}, {}]", plain(longitude), plain(latitude)))
        .allowed("longitude −180 to 180, latitude −90 to 90, in degrees");
    if is_on_earth(latitude, longitude) {
        diagnostic.help(format!(
            "longitude comes first: did you mean [{latitude}, {longitude}]?"
        ))
    } else if longitude.abs() > 1000.0 || latitude.abs() > 1000.0 {
        diagnostic.help("these look like metres of a map grid: convert to WGS 84 degrees")
    } else {
        diagnostic
    }
}
