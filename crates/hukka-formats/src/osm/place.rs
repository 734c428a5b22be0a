//! Country, time zone and climate of a spot: those of the nearest town known here.

/// Towns with country, time zone and place: longitude, latitude.
type Town = (&'static str, &'static str, &'static str, f64, f64);
const TOWNS: [Town; 62] = [
    ("Helsinki", "FI", "Europe/Helsinki", 24.94, 60.17),
    ("Kotka", "FI", "Europe/Helsinki", 26.95, 60.47),
    ("Tampere", "FI", "Europe/Helsinki", 23.76, 61.50),
    ("Joensuu", "FI", "Europe/Helsinki", 29.76, 62.60),
    ("Lappeenranta", "FI", "Europe/Helsinki", 28.19, 61.06),
    ("Oulu", "FI", "Europe/Helsinki", 25.47, 65.01),
    ("Vaasa", "FI", "Europe/Helsinki", 21.62, 63.10),
    ("Turku", "FI", "Europe/Helsinki", 22.27, 60.45),
    ("Tornio", "FI", "Europe/Helsinki", 24.17, 65.86),
    ("Rovaniemi", "FI", "Europe/Helsinki", 25.73, 66.50),
    ("Ivalo", "FI", "Europe/Helsinki", 27.54, 68.66),
    ("Stockholm", "SE", "Europe/Stockholm", 18.07, 59.33),
    ("Gothenburg", "SE", "Europe/Stockholm", 11.97, 57.71),
    ("Malmö", "SE", "Europe/Stockholm", 13.00, 55.60),
    ("Helsingborg", "SE", "Europe/Stockholm", 12.72, 56.05),
    ("Sundsvall", "SE", "Europe/Stockholm", 17.31, 62.39),
    ("Umeå", "SE", "Europe/Stockholm", 20.26, 63.83),
    ("Luleå", "SE", "Europe/Stockholm", 22.15, 65.58),
    ("Haparanda", "SE", "Europe/Stockholm", 24.12, 65.83),
    ("Östersund", "SE", "Europe/Stockholm", 14.64, 63.18),
    ("Kiruna", "SE", "Europe/Stockholm", 20.23, 67.86),
    ("Karlstad", "SE", "Europe/Stockholm", 13.50, 59.38),
    ("Kalmar", "SE", "Europe/Stockholm", 16.36, 56.66),
    ("Visby", "SE", "Europe/Stockholm", 18.29, 57.64),
    ("Oslo", "NO", "Europe/Oslo", 10.75, 59.91),
    ("Bergen", "NO", "Europe/Oslo", 5.32, 60.39),
    ("Trondheim", "NO", "Europe/Oslo", 10.40, 63.43),
    ("Bodø", "NO", "Europe/Oslo", 14.40, 67.28),
    ("Tromsø", "NO", "Europe/Oslo", 18.96, 69.65),
    ("Kirkenes", "NO", "Europe/Oslo", 30.05, 69.73),
    ("Copenhagen", "DK", "Europe/Copenhagen", 12.57, 55.68),
    ("Elsinore", "DK", "Europe/Copenhagen", 12.59, 56.03),
    ("Odense", "DK", "Europe/Copenhagen", 10.40, 55.40),
    ("Aalborg", "DK", "Europe/Copenhagen", 9.92, 57.05),
    ("Sønderborg", "DK", "Europe/Copenhagen", 9.79, 54.91),
    ("Tallinn", "EE", "Europe/Tallinn", 24.75, 59.44),
    ("Tartu", "EE", "Europe/Tallinn", 26.73, 58.38),
    ("Riga", "LV", "Europe/Riga", 24.11, 56.95),
    ("Vilnius", "LT", "Europe/Vilnius", 25.28, 54.69),
    ("Hamburg", "DE", "Europe/Berlin", 9.99, 53.55),
    ("Flensburg", "DE", "Europe/Berlin", 9.44, 54.78),
    ("Berlin", "DE", "Europe/Berlin", 13.40, 52.52),
    ("Frankfurt am Main", "DE", "Europe/Berlin", 8.68, 50.11),
    ("Aachen", "DE", "Europe/Berlin", 6.08, 50.78),
    ("Munich", "DE", "Europe/Berlin", 11.58, 48.14),
    ("Cologne", "DE", "Europe/Berlin", 6.96, 50.94),
    ("Utrecht", "NL", "Europe/Amsterdam", 5.12, 52.09),
    ("Groningen", "NL", "Europe/Amsterdam", 6.57, 53.22),
    ("Maastricht", "NL", "Europe/Amsterdam", 5.69, 50.85),
    ("Brussels", "BE", "Europe/Brussels", 4.35, 50.85),
    ("Paris", "FR", "Europe/Paris", 2.35, 48.86),
    ("Lyon", "FR", "Europe/Paris", 4.84, 45.76),
    ("Toulouse", "FR", "Europe/Paris", 1.44, 43.60),
    ("London", "GB", "Europe/London", -0.13, 51.51),
    ("Manchester", "GB", "Europe/London", -2.24, 53.48),
    ("Edinburgh", "GB", "Europe/London", -3.19, 55.95),
    ("Dublin", "IE", "Europe/Dublin", -6.26, 53.35),
    ("Vienna", "AT", "Europe/Vienna", 16.37, 48.21),
    ("Zürich", "CH", "Europe/Zurich", 8.54, 47.38),
    ("Warsaw", "PL", "Europe/Warsaw", 21.01, 52.23),
    ("Gdańsk", "PL", "Europe/Warsaw", 18.65, 54.35),
    ("Prague", "CZ", "Europe/Prague", 14.42, 50.09),
];

/// Places of the synthetic climates: name, longitude, latitude.
const CLIMATES: [(&str, f64, f64); 7] = [
    ("southern-finland", 24.96, 60.33),
    ("helsinki", 24.94, 60.17),
    ("stockholm", 18.07, 59.33),
    ("odense", 10.40, 55.40),
    ("frankfurt", 8.68, 50.11),
    ("utrecht", 5.12, 52.09),
    ("dublin", -6.26, 53.35),
];

/// Farther from every town than this nothing is said of the country.
const REACH_KM: f64 = 400.0;
/// Within this the city's own climate is taken, not that of its surroundings.
const CITY_KM: f64 = 5.0;

/// What was guessed for a place, and from what.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Guess {
    pub(super) country: Option<&'static str>,
    pub(super) time_zone: String,
    pub(super) climate: &'static str,
    pub(super) climate_km: f64,
    pub(super) reason: String,
}

/// Distance in km on a sphere (haversine).
fn distance_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let half = |x: f64, y: f64| ((y - x).to_radians() / 2.0).sin().powi(2);
    let along = a.1.to_radians().cos() * b.1.to_radians().cos() * half(a.0, b.0);
    2.0 * 6371.0 * (half(a.1, b.1) + along).sqrt().min(1.0).asin()
}

/// Guesses for a spot in degrees.
pub(super) fn guess(spot: (f64, f64)) -> Guess {
    let to_climate = |c: &(&'static str, f64, f64)| {
        let distance = distance_km(spot, (c.1, c.2));
        // A city centre is warmer than what lies around it.
        let is_city = c.0 == "helsinki" && distance > CITY_KM;
        (if is_city { f64::INFINITY } else { distance }, c.0)
    };
    let (climate_km, climate) = CLIMATES
        .iter()
        .map(to_climate)
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .unwrap_or((f64::INFINITY, "southern-finland"));
    let town = TOWNS
        .iter()
        .map(|town| (distance_km(spot, (town.3, town.4)), town))
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .filter(|(distance, _)| *distance <= REACH_KM);
    if let Some((distance, town)) = town {
        return Guess {
            country: Some(town.1),
            time_zone: town.2.to_owned(),
            climate,
            climate_km,
            reason: format!(
                "the nearest town known, {}, is {distance:.0} km away",
                town.0
            ),
        };
    }
    let hours = (spot.0 / 15.0).round() as i32;
    Guess {
        country: None,
        // Zones of this family count westwards.
        time_zone: match hours {
            0 => "UTC".to_owned(),
            hours => format!("Etc/GMT{:+}", -hours),
        },
        climate,
        climate_km,
        reason: format!("no town is known within {REACH_KM} km: the sun's hour at this longitude"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn towns_tell_country_and_clock() {
        for (spot, country, zone) in [
            ((26.95, 60.53), Some("FI"), "Europe/Helsinki"),
            ((24.145, 65.845), Some("FI"), "Europe/Helsinki"),
            ((6.05, 50.78), Some("DE"), "Europe/Berlin"),
            ((-6.3, 53.3), Some("IE"), "Europe/Dublin"),
            ((-122.3, 37.8), None, "Etc/GMT+8"),
            ((139.7, 35.7), None, "Etc/GMT-9"),
        ] {
            let guess = guess(spot);
            assert_eq!(
                (guess.country, guess.time_zone.as_str()),
                (country, zone),
                "{spot:?}"
            );
        }
        assert_eq!(guess((26.95, 60.53)).climate, "southern-finland");
        assert_eq!(guess((24.94, 60.17)).climate, "helsinki");
    }
}
