//! Tags of many hands: units, ranges and guesses in numbers; words for uses.

use super::raw::Tags;

/// A number and whether it was read as it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reading {
    pub(super) value: f64,
    pub(super) is_plain: bool,
}

/// A year: `1967`, `1967-05-01`, `~1920`, `1960s`, `1955..1962`, `C19`; a span gives its middle.
pub(super) fn year(text: &str) -> Option<Reading> {
    let text = text.trim();
    let in_range = |reading: Reading| {
        (1000.0..=2100.0)
            .contains(&reading.value)
            .then_some(reading)
    };
    if let Some(century) = text
        .strip_prefix('C')
        .and_then(|rest| rest.trim().parse::<f64>().ok())
    {
        return in_range(Reading {
            value: century.mul_add(100.0, -50.0),
            is_plain: false,
        });
    }
    let years: Vec<f64> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| part.len() == 4)
        .filter_map(|part| part.parse().ok())
        .collect();
    let first = *years.first()?;
    let is_date = text
        .get(..4)
        .is_some_and(|start| start.bytes().all(|b| b.is_ascii_digit()))
        && text.bytes().all(|b| b.is_ascii_digit() || b == b'-')
        && years.len() == 1;
    let value = if text.ends_with('s') {
        first + 5.0
    } else if text.contains("..") && years.len() == 2 {
        f64::midpoint(first, years[1]).floor()
    } else {
        first
    };
    in_range(Reading {
        value,
        is_plain: is_date,
    })
}

/// Storeys: `3`, `2.5`, `2;3`, `1-2`; the highest counts.
pub(super) fn storeys(text: &str) -> Option<Reading> {
    let top = highest(text, decimal)?;
    (top.value > 0.0 && top.value <= 150.0).then_some(top)
}

/// Metres: `12`, `12 m`, `12,5`, `40 ft`, `40'`, `3;4`; the highest counts.
pub(super) fn metres(text: &str) -> Option<Reading> {
    let top = highest(text, length)?;
    (top.value > 0.0 && top.value <= 1000.0).then_some(top)
}

fn highest(text: &str, read: impl Fn(&str) -> Option<(f64, bool)>) -> Option<Reading> {
    let parts = text.split([';', '-', '/']).map(str::trim);
    let mut out: Option<Reading> = None;
    for part in parts {
        let (value, is_plain) = read(part)?;
        out = Some(match out {
            None => Reading { value, is_plain },
            Some(other) => Reading {
                value: other.value.max(value),
                is_plain: false,
            },
        });
    }
    out
}

fn decimal(text: &str) -> Option<(f64, bool)> {
    let stripped = text.trim_start_matches(['~', '>', '<']).trim();
    let is_number = stripped
        .bytes()
        .all(|b| b.is_ascii_digit() || b == b'.' || b == b',');
    let value: f64 = stripped.replace(',', ".").parse().ok()?;
    is_number.then_some((value, stripped == text && !text.contains(',')))
}

fn length(text: &str) -> Option<(f64, bool)> {
    const FOOT_M: f64 = 0.3048;
    for (unit, metres) in [("metres", 1.0), ("ft", FOOT_M), ("'", FOOT_M), ("m", 1.0)] {
        if let Some(number) = text.strip_suffix(unit) {
            return decimal(number.trim()).map(|(value, _)| (value * metres, false));
        }
    }
    decimal(text)
}

/// Use by `mml:class`, the building classes of Finland's National Land Survey.
fn survey_class(class: &str) -> Option<&'static str> {
    Some(match class {
        "42211" => "house",
        "42212" => "apartment",
        "42221" => "retail",
        "42241" => "industrial",
        "42261" => "unheated",
        _ => return None,
    })
}

/// What tells the use of a building, in words the map reader knows.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum UseWord {
    /// A use of the study format, from another tag than `building`.
    Use(&'static str),
    /// The value of `building`.
    Building(String),
    /// Nothing: the reader goes by the footprint.
    Nothing,
}

/// Use of a building: the survey's class or the function where `building` says too little.
pub(super) fn use_word(tags: &Tags) -> UseWord {
    let word = tags.get("building").unwrap_or("yes");
    let survey = tags.get("mml:class").and_then(survey_class);
    if let (Some(known), "yes" | "residential") = (survey, word) {
        return UseWord::Use(known);
    }
    if word != "yes" {
        return UseWord::Building(word.to_owned());
    }
    function(tags).map_or(UseWord::Nothing, UseWord::Use)
}

/// Use by what goes on inside.
fn function(tags: &Tags) -> Option<&'static str> {
    let by_amenity = tags.get("amenity").and_then(|amenity| {
        Some(match amenity {
            "school" | "kindergarten" | "college" | "university" | "library" | "childcare" => {
                "school"
            }
            "hospital" | "clinic" | "doctors" | "nursing_home" | "social_facility" => "health",
            "townhall" | "police" | "fire_station" | "bank" | "courthouse" | "post_office" => {
                "office"
            }
            "restaurant" | "cafe" | "fast_food" | "bar" | "pub" | "fuel" | "pharmacy" => "retail",
            "place_of_worship" | "theatre" | "cinema" | "arts_centre" | "community_centre" => {
                "other"
            }
            "parking" | "shelter" | "bicycle_parking" | "toilets" => "unheated",
            _ => return None,
        })
    });
    let by_leisure = tags.get("leisure").and_then(|leisure| {
        matches!(
            leisure,
            "sports_centre" | "sports_hall" | "swimming_pool" | "ice_rink" | "stadium"
        )
        .then_some("sport")
    });
    let by_works = tags.get("man_made").and_then(|made| match made {
        "works" | "wastewater_plant" | "water_works" => Some("industrial"),
        "storage_tank" | "silo" | "tower" | "chimney" | "gasometer" => Some("unheated"),
        _ => None,
    });
    by_amenity
        .or(by_leisure)
        .or(by_works)
        .or_else(|| tags.get("shop").map(|_| "retail"))
        .or_else(|| tags.get("office").map(|_| "office"))
        .or_else(|| {
            let sleeps = ["hotel", "hostel", "apartment", "guest_house"];
            tags.get("tourism")
                .filter(|t| sleeps.contains(t))
                .map(|_| "apartment")
        })
        .or_else(|| tags.get("power").map(|_| "unheated"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(pairs: &[(&str, &str)]) -> Tags {
        Tags(
            pairs
                .iter()
                .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
                .collect(),
        )
    }

    #[test]
    fn years_of_many_hands_are_read() {
        for (text, value, is_plain) in [
            ("1967", 1967.0, true),
            ("1967-05-01", 1967.0, true),
            ("~1970", 1970.0, false),
            ("1960s", 1965.0, false),
            ("1955..1962", 1958.0, false),
            ("before 1910", 1910.0, false),
            ("C19", 1850.0, false),
        ] {
            assert_eq!(year(text), Some(Reading { value, is_plain }), "{text}");
        }
        for text in ["old", "", "19", "0012", "C99", "9999"] {
            assert_eq!(year(text), None, "{text}");
        }
    }

    #[test]
    fn heights_come_with_units_and_lists() {
        for (text, value, is_plain) in [
            ("12", 12.0, true),
            ("12 m", 12.0, false),
            ("12,5", 12.5, false),
            ("40 ft", 12.192, false),
            ("10'", 3.048, false),
            ("3;4", 4.0, false),
        ] {
            let reading = metres(text).unwrap();
            assert!((reading.value - value).abs() < 1e-9, "{text}");
            assert_eq!(reading.is_plain, is_plain, "{text}");
        }
        for text in ["tall", "", "inf", "nan", "-3", "1e3", "0"] {
            assert_eq!(metres(text), None, "{text}");
        }
        assert_eq!(storeys("2;3").map(|r| r.value), Some(3.0));
        assert_eq!(storeys("0"), None);
        assert_eq!(storeys("ground"), None);
    }

    #[test]
    fn the_use_is_found_where_the_building_tag_says_little() {
        let word = |pairs: &[(&str, &str)]| use_word(&tags(pairs));
        assert_eq!(
            word(&[("building", "roof"), ("shop", "car")]),
            UseWord::Building("roof".into())
        );
        assert_eq!(
            word(&[("building", "yes"), ("amenity", "school")]),
            UseWord::Use("school")
        );
        assert_eq!(
            word(&[("building", "residential"), ("mml:class", "42212")]),
            UseWord::Use("apartment")
        );
        assert_eq!(
            word(&[("building", "yes"), ("amenity", "bench")]),
            UseWord::Nothing
        );
    }
}
