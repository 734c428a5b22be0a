//! Register of day-ahead price profiles.

use hukka_units::{EnergyPrice, Ratio};

/// A named profile of day-ahead prices: the statistics a typical year is made from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PriceProfile {
    /// Name in the study file.
    pub name: &'static str,
    /// Where the statistics come from.
    pub source: &'static str,
    /// Mean of the year, met exactly but for rounding to 0.01 EUR/MWh.
    pub mean: EnergyPrice,
    /// Share of hours at or below zero.
    pub share_at_or_below_zero: Ratio,
    /// Share of hours not dearer, and the price, EUR/MWh; scaled as one to the mean.
    pub(crate) quantiles: &'static [(f64, f64)],
    /// Level of each month, January first, as a standard normal score.
    pub(crate) months: [f64; 12],
    /// Level of each local hour as a score.
    pub(crate) hours: &'static HourShapes,
    /// Score per kelvin below the season, January and July.
    pub(crate) cold: [f64; 2],
}

/// Shape of the day by kind of day, as scores.
#[derive(Debug, PartialEq)]
pub(crate) struct HourShapes {
    pub(crate) working_winter: [f64; 24],
    pub(crate) working_summer: [f64; 24],
    pub(crate) free_winter: [f64; 24],
    pub(crate) free_summer: [f64; 24],
}

impl PriceProfile {
    /// The profile of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        PROFILES.iter().find(|profile| profile.name == name)
    }
}

/// Mean of SE3 2023 and 2024 by local hour.
static NORDIC_HOURS: HourShapes = HourShapes {
    working_winter: [
        -0.28, -0.36, -0.42, -0.47, -0.50, -0.44, -0.27, 0.06, 0.46, 0.62, 0.55, 0.46, 0.38, 0.32,
        0.28, 0.31, 0.39, 0.50, 0.64, 0.58, 0.40, 0.18, 0.03, -0.12,
    ],
    working_summer: [
        -0.15, -0.23, -0.28, -0.31, -0.31, -0.25, -0.10, 0.16, 0.52, 0.67, 0.54, 0.40, 0.24, 0.10,
        0.01, -0.03, 0.02, 0.15, 0.35, 0.48, 0.52, 0.41, 0.25, 0.05,
    ],
    free_winter: [
        -0.51, -0.57, -0.63, -0.68, -0.70, -0.68, -0.64, -0.60, -0.48, -0.37, -0.27, -0.25, -0.26,
        -0.30, -0.32, -0.29, -0.18, -0.02, 0.12, 0.15, 0.02, -0.14, -0.24, -0.33,
    ],
    free_summer: [
        -0.18, -0.20, -0.28, -0.33, -0.35, -0.35, -0.35, -0.28, -0.20, -0.18, -0.31, -0.50, -0.68,
        -0.81, -1.00, -1.02, -0.83, -0.53, -0.13, 0.10, 0.19, 0.18, 0.08, -0.06,
    ],
};

/// Germany–Luxembourg 2023 by local hour.
static GERMAN_HOURS: HourShapes = HourShapes {
    working_winter: [
        -0.38, -0.46, -0.52, -0.58, -0.56, -0.37, 0.15, 0.62, 0.81, 0.58, 0.35, 0.21, 0.09, 0.05,
        0.12, 0.26, 0.43, 0.73, 0.84, 0.71, 0.42, 0.16, 0.04, -0.25,
    ],
    working_summer: [
        0.07, -0.13, -0.23, -0.28, -0.23, -0.01, 0.61, 0.96, 0.76, 0.28, -0.11, -0.34, -0.51,
        -0.63, -0.65, -0.55, -0.34, 0.10, 0.69, 1.31, 1.32, 0.95, 0.59, 0.25,
    ],
    free_winter: [
        -0.45, -0.62, -0.65, -0.72, -0.74, -0.72, -0.66, -0.53, -0.37, -0.31, -0.38, -0.43, -0.51,
        -0.63, -0.56, -0.39, -0.18, 0.17, 0.35, 0.25, 0.05, -0.14, -0.19, -0.41,
    ],
    free_summer: [
        0.11, -0.05, -0.16, -0.24, -0.26, -0.26, -0.27, -0.30, -0.41, -0.64, -0.95, -1.17, -1.37,
        -1.60, -1.63, -1.42, -1.08, -0.53, 0.05, 0.50, 0.65, 0.55, 0.39, 0.11,
    ],
};

/// Every price profile hukka can make a typical year of.
///
/// | profile | mean EUR/MWh | at or below zero | 10 % | median | 90 % | 99 % | lowest, highest |
/// |---|---|---|---|---|---|---|---|
/// | `nordic-2023` | 56.5 | 4.5 % | 3.5 | 42 | 125 | 205 | −62, 355 |
/// | `nordic-2024` | 45.6 | 8.2 % | 0.6 | 32 | 103 | 200 | −73, 867 |
/// | `german-2023` | 95.2 | 3.7 % | 23 | 98 | 148 | 209 | −503, 528 |
///
/// The nordic profiles take shape and quantiles from bidding zone SE3, which shares most hours
/// with Finland, and the mean from Finland. Statistics: Energinet (www.energidataservice.dk),
/// CC BY 4.0; no price of a real hour is copied.
pub static PROFILES: &[PriceProfile] = &[
    PriceProfile {
        name: "nordic-2023",
        source: "statistics of day-ahead prices 2023: level of Finland (mean 56.5 EUR/MWh), shape \
                 and quantiles of SE3; source: Energinet (www.energidataservice.dk), CC BY 4.0",
        mean: EnergyPrice::from_eur_mwh(56.5),
        share_at_or_below_zero: Ratio::from_fraction(0.045),
        quantiles: &[
            (0.0, -65.6),
            (0.001, -11.0),
            (0.01, -3.7),
            (0.02, -2.3),
            (0.045, 0.0),
            (0.1, 3.5),
            (0.2, 13.6),
            (0.3, 23.6),
            (0.4, 32.0),
            (0.5, 42.5),
            (0.6, 57.6),
            (0.7, 74.8),
            (0.8, 98.4),
            (0.9, 125.7),
            (0.95, 152.9),
            (0.98, 182.7),
            (0.99, 207.0),
            (0.995, 228.7),
            (0.999, 273.1),
            (1.0, 362.8),
        ],
        months: [
            0.66, 0.54, 0.51, 0.32, -0.46, -0.05, -0.32, -0.47, -0.86, -0.69, 0.44, 0.43,
        ],
        hours: &NORDIC_HOURS,
        cold: [0.07, 0.02],
    },
    PriceProfile {
        name: "nordic-2024",
        source: "statistics of day-ahead prices 2024: level of Finland (mean 45.6 EUR/MWh), shape \
                 and quantiles of SE3; source: Energinet (www.energidataservice.dk), CC BY 4.0",
        mean: EnergyPrice::from_eur_mwh(45.6),
        share_at_or_below_zero: Ratio::from_fraction(0.082),
        quantiles: &[
            (0.0, -76.4),
            (0.001, -40.4),
            (0.005, -12.7),
            (0.01, -4.4),
            (0.02, -2.5),
            (0.05, -0.3),
            (0.082, 0.0),
            (0.1, 0.6),
            (0.2, 5.6),
            (0.3, 14.7),
            (0.4, 24.2),
            (0.5, 32.4),
            (0.6, 43.7),
            (0.7, 58.2),
            (0.8, 76.5),
            (0.9, 104.7),
            (0.95, 132.9),
            (0.98, 169.8),
            (0.99, 202.6),
            (0.995, 258.7),
            (0.999, 478.4),
            (1.0, 902.0),
        ],
        months: [
            0.90, 0.35, 0.63, 0.37, -0.43, -0.24, -0.39, -0.91, -0.54, -0.47, 0.50, 0.25,
        ],
        hours: &NORDIC_HOURS,
        cold: [0.065, 0.03],
    },
    PriceProfile {
        name: "german-2023",
        source: "statistics of day-ahead prices 2023, Germany–Luxembourg (mean 95.2 EUR/MWh); \
                 source: Energinet (www.energidataservice.dk), CC BY 4.0",
        mean: EnergyPrice::from_eur_mwh(95.2),
        share_at_or_below_zero: Ratio::from_fraction(0.037),
        quantiles: &[
            (0.0, -500.0),
            (0.001, -98.1),
            (0.005, -16.2),
            (0.01, -5.2),
            (0.02, -1.0),
            (0.037, 0.0),
            (0.05, 1.1),
            (0.1, 22.7),
            (0.2, 67.0),
            (0.3, 81.9),
            (0.4, 90.7),
            (0.5, 98.0),
            (0.6, 105.4),
            (0.7, 116.1),
            (0.8, 129.1),
            (0.9, 147.2),
            (0.95, 166.3),
            (0.98, 190.0),
            (0.99, 208.0),
            (0.995, 227.0),
            (0.999, 267.6),
            (1.0, 524.3),
        ],
        months: [
            0.54, 0.76, 0.18, 0.13, -0.33, -0.04, -0.38, -0.04, 0.07, -0.14, -0.10, -0.57,
        ],
        hours: &GERMAN_HOURS,
        cold: [0.12, 0.0],
    },
];
