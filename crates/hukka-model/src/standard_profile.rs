//! Standard load profiles of the German gas industry, as a study names them.

use serde::{Deserialize, Serialize};

/// Kind of customer a standard profile stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProfileCustomer {
    /// Detached and semi-detached houses.
    Efh,
    /// Apartment houses.
    Mfh,
    /// Metal and motor trades.
    Gmk,
    /// Paper and print.
    Gpd,
    /// Retail and wholesale.
    Gha,
    /// Other services.
    Gbd,
    /// Authorities, banks, insurers, associations.
    Gko,
    /// Hotels and other lodging.
    Gbh,
    /// Restaurants.
    Gga,
    /// Bakeries.
    Gba,
    /// Laundries.
    Gwa,
    /// Market gardens.
    Ggb,
    /// Small trades that live like households.
    Gmf,
    /// All trade, commerce and services together.
    Ghd,
}

impl ProfileCustomer {
    /// Every kind with its word in files and what it stands for.
    pub const ALL: [(Self, &'static str, &'static str); 14] = [
        (Self::Efh, "efh", "detached and semi-detached houses"),
        (Self::Mfh, "mfh", "apartment houses"),
        (Self::Gmk, "gmk", "metal and motor trades"),
        (Self::Gpd, "gpd", "paper and print"),
        (Self::Gha, "gha", "retail and wholesale"),
        (Self::Gbd, "gbd", "other services"),
        (
            Self::Gko,
            "gko",
            "authorities, banks, insurers, associations",
        ),
        (Self::Gbh, "gbh", "hotels and other lodging"),
        (Self::Gga, "gga", "restaurants"),
        (Self::Gba, "gba", "bakeries"),
        (Self::Gwa, "gwa", "laundries"),
        (Self::Ggb, "ggb", "market gardens"),
        (Self::Gmf, "gmf", "small trades that live like households"),
        (Self::Ghd, "ghd", "all trade, commerce and services"),
    ];

    /// Word in files.
    pub fn word(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// Whether the profile has building classes by age.
    pub const fn is_home(self) -> bool {
        matches!(self, Self::Efh | Self::Mfh)
    }
}

/// Law of the day's heat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProfileLaw {
    /// The sigmoid alone: flattens in the cold.
    Sigmoid,
    /// Sigmoid and straight lines together: keeps rising in the cold.
    SigmoidLinear,
}

/// A standard profile a demand follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandardProfile {
    /// Kind of customer.
    pub customer: ProfileCustomer,
    /// Share of old buildings, 1 (few) to 11 (mean of Germany); 0 where the kind has none.
    pub building_class: u8,
    /// Windy place, mean above 4.4 m/s.
    pub is_windy: bool,
    /// Law.
    pub law: ProfileLaw,
}
