//! Register of climates for synthetic weather.

use hukka_units::Temperature;

/// A named climate: what a typical year is made from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Climate {
    /// Name in the study file.
    pub name: &'static str,
    /// Place whose normals these are.
    pub place: &'static str,
    /// Where the numbers come from.
    pub source: &'static str,
    /// Mean of each month, January first.
    pub monthly_mean: [Temperature; 12],
    /// Outdoor temperature heat plants are designed for.
    pub design_outdoor_temperature: Temperature,
    /// Coldest hour of a typical year; a seed lies within 1.5 K of it.
    pub coldest_hour: Temperature,
    /// Longitude, degrees east: decides the solar hour.
    pub(crate) longitude: f64,
    /// Standard deviation of the weather around the season, January and July, K.
    pub(crate) deviation: [f64; 2],
    /// Amplitude of the day, early December and early June, K.
    pub(crate) diurnal: [f64; 2],
}

impl Climate {
    /// The climate of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        CLIMATES.iter().find(|climate| climate.name == name)
    }
}

const fn celsius(values: [f64; 12]) -> [Temperature; 12] {
    let mut means = [Temperature::ZERO; 12];
    let mut month = 0;
    while month < 12 {
        means[month] = Temperature::from_c(values[month]);
        month += 1;
    }
    means
}

/// Every climate hukka can make a typical year of.
///
/// Monthly means are climate normals 1991–2020. Deviation and amplitude of the day follow measured
/// years: Helsinki-Vantaa 2023 and Helsinki Kaisaniemi 2020–2025 (Finnish Meteorological Institute,
/// CC BY 4.0), Funen 2023–2025 (Danish Meteorological Institute, CC BY 4.0), Glücksburg 2014–2016
/// (Deutscher Wetterdienst, CC BY 4.0). Coldest hours and design temperatures are rounded.
pub static CLIMATES: &[Climate] = &[
    Climate {
        name: "southern-finland",
        place: "Helsinki-Vantaa airport",
        source: "Finnish Meteorological Institute, normals 1991–2020, Helsinki-Vantaa; design \
                 temperature: Finnish building code, zone I",
        monthly_mean: celsius([
            -3.9, -4.5, -1.0, 4.6, 10.7, 15.1, 18.1, 16.4, 11.5, 6.0, 1.5, -1.6,
        ]),
        design_outdoor_temperature: Temperature::from_c(-26.0),
        coldest_hour: Temperature::from_c(-23.0),
        longitude: 25.0,
        deviation: [5.4, 3.1],
        diurnal: [0.4, 4.7],
    },
    Climate {
        name: "helsinki",
        place: "Helsinki Kaisaniemi",
        source: "Finnish Meteorological Institute, normals 1991–2020, Helsinki Kaisaniemi, as \
                 generally known; design temperature: Finnish building code, zone I",
        monthly_mean: celsius([
            -3.1, -3.8, -0.7, 4.4, 10.4, 14.9, 18.1, 16.9, 12.3, 6.6, 2.4, -0.7,
        ]),
        design_outdoor_temperature: Temperature::from_c(-26.0),
        coldest_hour: Temperature::from_c(-20.0),
        longitude: 25.0,
        deviation: [5.0, 2.8],
        diurnal: [0.3, 2.9],
    },
    Climate {
        name: "stockholm",
        place: "Stockholm",
        source: "SMHI, normals 1991–2020, Stockholm, as generally known, rounded; design \
                 temperature: Swedish practice, rounded",
        monthly_mean: celsius([
            -1.0, -1.0, 1.8, 6.2, 11.5, 15.9, 18.6, 17.6, 12.9, 7.6, 3.5, 0.7,
        ]),
        design_outdoor_temperature: Temperature::from_c(-17.0),
        coldest_hour: Temperature::from_c(-14.0),
        longitude: 18.1,
        deviation: [4.3, 2.9],
        diurnal: [0.5, 4.0],
    },
    Climate {
        name: "odense",
        place: "Odense, Funen",
        source: "Danish Meteorological Institute, normals 1991–2020, Funen, as generally known, \
                 rounded; design temperature: DS 418",
        monthly_mean: celsius([
            1.8, 1.7, 3.4, 7.4, 11.6, 15.0, 17.3, 17.3, 14.0, 9.7, 5.8, 3.0,
        ]),
        design_outdoor_temperature: Temperature::from_c(-12.0),
        coldest_hour: Temperature::from_c(-8.5),
        longitude: 10.4,
        deviation: [3.5, 2.5],
        diurnal: [0.5, 3.7],
    },
    Climate {
        name: "frankfurt",
        place: "Frankfurt am Main airport",
        source: "Deutscher Wetterdienst, normals 1991–2020, Frankfurt airport, as generally known, \
                 rounded; design temperature: DIN EN 12831, rounded",
        monthly_mean: celsius([
            2.0, 2.9, 6.6, 11.0, 15.0, 18.5, 20.4, 20.0, 15.4, 10.6, 5.8, 2.8,
        ]),
        design_outdoor_temperature: Temperature::from_c(-10.0),
        coldest_hour: Temperature::from_c(-9.5),
        longitude: 8.6,
        deviation: [4.2, 3.6],
        diurnal: [1.4, 5.4],
    },
    Climate {
        name: "utrecht",
        place: "De Bilt near Utrecht",
        source: "KNMI, normals 1991–2020, De Bilt, as generally known; design temperature: ISSO, \
                 rounded",
        monthly_mean: celsius([
            3.6, 3.9, 6.5, 9.9, 13.4, 16.2, 18.3, 17.9, 14.7, 10.9, 7.0, 4.2,
        ]),
        design_outdoor_temperature: Temperature::from_c(-10.0),
        coldest_hour: Temperature::from_c(-7.5),
        longitude: 5.2,
        deviation: [4.0, 3.0],
        diurnal: [1.2, 4.8],
    },
    Climate {
        name: "dublin",
        place: "Dublin airport",
        source: "Met Éireann, normals 1991–2020, Dublin airport, as generally known, rounded; design \
                 temperature: CIBSE, rounded",
        monthly_mean: celsius([
            5.2, 5.3, 6.6, 8.2, 10.9, 13.5, 15.3, 15.1, 13.1, 10.3, 7.3, 5.6,
        ]),
        design_outdoor_temperature: Temperature::from_c(-3.0),
        coldest_hour: Temperature::from_c(-4.0),
        longitude: -6.2,
        deviation: [3.2, 2.1],
        diurnal: [1.2, 3.4],
    },
];
