//! What a building is used for, from words of the study format and of OpenStreetMap.

use crate::build::use_of;
use crate::defaults::{HOUSE_M2, SHED_M2};
use hukka_model::BuildingUse;

/// Use of a building as far as its word tells; `None` for `yes` and unknown words.
pub(super) fn from_word(word: &str) -> Option<BuildingUse> {
    let word = word.trim().to_lowercase();
    if let Some(usage) = use_of(&word) {
        return Some(usage);
    }
    Some(match word.as_str() {
        "detached" | "semidetached_house" | "semidetached" | "terrace" | "bungalow" | "cabin"
        | "farm" | "static_caravan" | "residential_house" | "villa" | "duplex" => {
            BuildingUse::House
        }
        "apartments" | "dormitory" | "flats" | "hotel" | "barracks" => BuildingUse::Apartment,
        "government" | "public" | "townhall" | "civic" | "fire_station" | "police"
        | "courthouse" | "bank" => BuildingUse::Office,
        "commercial" | "shop" | "supermarket" | "kiosk" | "mall" | "restaurant" | "fuel" => {
            BuildingUse::Retail
        }
        "kindergarten" | "university" | "college" | "library" | "childcare" => BuildingUse::School,
        "hospital" | "clinic" | "nursing_home" | "social_facility" => BuildingUse::Health,
        "sports_hall" | "sports_centre" | "stadium" | "grandstand" | "ice_rink" => {
            BuildingUse::Sport
        }
        "swimming_pool" => BuildingUse::SwimmingHall,
        "manufacture" | "factory" | "warehouse" | "hangar" | "works" | "workshop"
        | "data_center" | "data_centre" => BuildingUse::Industrial,
        "church" | "chapel" | "cathedral" | "mosque" | "synagogue" | "temple" | "museum"
        | "train_station" | "transportation" | "religious" | "theatre" | "service" => {
            BuildingUse::Other
        }
        "garage" | "garages" | "shed" | "roof" | "carport" | "barn" | "sty" | "stable"
        | "cowshed" | "greenhouse" | "hut" | "storage_tank" | "silo" | "ruins" | "construction"
        | "container" | "tank" | "bunker" | "transformer_tower" | "water_tower" | "parking"
        | "farm_auxiliary" | "boathouse" | "outbuilding" | "allotment_house" | "sauna"
        | "toilets" | "bridge" | "gasometer" | "digester" | "tent" => BuildingUse::Unheated,
        _ => return None,
    })
}

/// Use of a building whose word says nothing, by its footprint.
pub(super) fn from_footprint(footprint_m2: f64) -> BuildingUse {
    match footprint_m2 {
        area if area < SHED_M2 => BuildingUse::Unheated,
        area if area < HOUSE_M2 => BuildingUse::House,
        _ => BuildingUse::Other,
    }
}

/// Use of a `residential` building, which may be a house or a block of flats.
pub(super) fn dwelling(footprint_m2: f64) -> BuildingUse {
    if footprint_m2 < HOUSE_M2 {
        BuildingUse::House
    } else {
        BuildingUse::Apartment
    }
}

/// Storeys when nobody says: 1 in houses, 3 in blocks of flats, 2 in others.
pub(super) const fn usual_storeys(usage: BuildingUse) -> f64 {
    match usage {
        BuildingUse::House | BuildingUse::Unheated => 1.0,
        BuildingUse::Apartment => 3.0,
        _ => 2.0,
    }
}
