//! Heat-loss coefficient and balance point of a building. SI, areas in m², temperatures in °C.

use crate::usage::UseTraits;
use hukka_model::{Building, Position};

/// Air: density times specific heat, Wh/(m³ K).
const AIR_WH_M3K: f64 = 0.33;
/// Resistance of the soil under a floor, m² K/W.
const SOIL_RESISTANCE: f64 = 1.5;
/// Thickness of a floor slab and ceiling, part of the storey height, metres.
const SLAB_M: f64 = 0.4;
/// Length over width of a building without a drawn outline.
const ASPECT: f64 = 1.5;
/// Most of the façade that can be window.
const MAX_GLAZED_FACADE: f64 = 0.6;
/// Gains are not used to the full in tight buildings: the balance point stays above this.
const LOWEST_BALANCE_C: f64 = 10.0;
/// Sun let in per window area: glass 0.65, frame 0.75, shade and curtains 0.8.
const SOLAR_TRANSMITTANCE: f64 = 0.4;
/// Buildings older than this have partly been renewed.
const RENEWED_BEFORE: i32 = 2003;

/// Transmittances of an envelope, W/(m² K).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UValues {
    /// Outer walls.
    pub wall: f64,
    /// Roof.
    pub roof: f64,
    /// Floor, without the soil.
    pub floor: f64,
    /// Windows and doors.
    pub window: f64,
}

/// Transmittances after renewal: windows, roofs and walls of old buildings, and the share of old
/// buildings that has got them.
const RENEWED: UValues = UValues {
    wall: 0.28,
    roof: 0.18,
    floor: 0.47,
    window: 1.2,
};
const RENEWED_SHARE: UValues = UValues {
    wall: 0.5,
    roof: 0.6,
    floor: 0.0,
    window: 0.7,
};

/// Transmittances of the year a building was built, before any renewal.
///
/// # Valid for  Finland; later years as 2010
/// # Source     rules of the time as listed in the decree on energy certificates (1010/2017)
pub const fn original_u_values(year: i32) -> UValues {
    const fn row(wall: f64, roof: f64, floor: f64, window: f64) -> UValues {
        UValues {
            wall,
            roof,
            floor,
            window,
        }
    }
    match year {
        ..=1975 => row(0.81, 0.47, 0.47, 2.8),
        1976..=1977 => row(0.70, 0.35, 0.40, 2.1),
        1978..=1984 => row(0.35, 0.29, 0.40, 2.1),
        1985..=2002 => row(0.28, 0.22, 0.36, 2.1),
        2003..=2007 => row(0.25, 0.16, 0.25, 1.4),
        2008..=2009 => row(0.24, 0.15, 0.24, 1.4),
        _ => row(0.17, 0.09, 0.16, 1.0),
    }
}

/// Transmittances a building of a year has today, mean of renewed and unrenewed ones.
///
/// Before 2003, half the walls, six roofs and seven windows in ten have been renewed, or were built
/// better than the rules asked, as wooden houses were (an assumption, set so that a house of 1975
/// needs what such houses are known to need; a known annual demand corrects it).
pub fn u_values(year: i32) -> UValues {
    let built = original_u_values(year);
    if year >= RENEWED_BEFORE {
        return built;
    }
    let mix = |old: f64, new: f64, share: f64| old + (new.min(old) - old) * share;
    UValues {
        wall: mix(built.wall, RENEWED.wall, RENEWED_SHARE.wall),
        roof: mix(built.roof, RENEWED.roof, RENEWED_SHARE.roof),
        floor: mix(built.floor, RENEWED.floor, RENEWED_SHARE.floor),
        window: mix(built.window, RENEWED.window, RENEWED_SHARE.window),
    }
}

/// Heat won back from exhaust air, share of ventilation heat, mean of all buildings of a year.
const fn heat_recovery(year: i32) -> f64 {
    match year {
        ..=1984 => 0.0,
        1985..=2002 => 0.15,
        2003..=2009 => 0.4,
        _ => 0.65,
    }
}

/// Air changes through leaks, 1/h.
const fn infiltration(year: i32) -> f64 {
    match year {
        ..=1977 => 0.10,
        1978..=2002 => 0.09,
        2003..=2009 => 0.07,
        _ => 0.04,
    }
}

/// Thermal bridges, share of the transmission loss.
const fn bridges(year: i32) -> f64 {
    match year {
        ..=2009 => 0.05,
        _ => 0.10,
    }
}

/// Size of a building.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Geometry {
    /// Gross footprint, m².
    pub footprint: f64,
    /// Length of the outline, m.
    pub perimeter: f64,
    /// Heated storeys.
    pub storeys: f64,
}

impl Geometry {
    /// A rectangle half as long again as wide.
    pub fn rectangle(footprint: f64, storeys: f64) -> Self {
        let width = (footprint / ASPECT).sqrt();
        Self {
            footprint,
            perimeter: 2.0 * (1.0 + ASPECT) * width,
            storeys,
        }
    }

    /// From a building's outline, or a rectangle where none is drawn. `None` without a usable
    /// footprint or storeys.
    pub fn of(building: &Building) -> Option<Self> {
        let (footprint, storeys) = (building.footprint.m2(), building.storeys);
        let is_usable =
            footprint.is_finite() && footprint > 0.0 && storeys.is_finite() && storeys > 0.0;
        if !is_usable {
            return None;
        }
        let mut geometry = Self::rectangle(footprint, storeys);
        let drawn = ring_length(&building.outline);
        // No outline is shorter than a circle; one many times longer is a drawing error.
        let circle = (4.0 * std::f64::consts::PI * footprint).sqrt();
        if drawn >= circle && drawn <= 5.0 * circle {
            geometry.perimeter = drawn;
        }
        Some(geometry)
    }

    /// Heated floor area, m².
    pub fn heated_area(&self, traits: &UseTraits) -> f64 {
        self.footprint * self.storeys * traits.net_share
    }
}

fn ring_length(outline: &[Position]) -> f64 {
    if outline.len() < 3 {
        return 0.0;
    }
    let next = outline.iter().cycle().skip(1);
    outline
        .iter()
        .zip(next)
        .map(|(a, b)| a.distance(*b).m())
        .sum()
}

/// How a building loses heat.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeatLoss {
    /// Heat-loss coefficient, W/K.
    pub coefficient: f64,
    /// Outdoor temperature below which it needs heat while open and without sun, °C.
    pub balance_c: f64,
    /// Area that lets all the sun in, m².
    pub solar_aperture: f64,
}

/// Heat-loss coefficient and balance point of a building.
///
/// `H = (1 + b) Σ U A + 0.33 V [n (1 − η) + n_leak]`, the floor with the soil's resistance in
/// series; façade `perimeter × storeys × storey height` less windows; air volume from the heated
/// area and the clear height. Balance point `T_in − internal gains / H`, at least 10 °C; the sun counts hour by hour.
///
/// # Assumptions  flat roof of the footprint's area; no neighbour shares a wall; steady state
/// # Valid for    buildings of 30 m² and more
/// # Source       EN ISO 13789 and 13370 in their simplest form; U-values by year as
///   [`original_u_values`]
pub fn heat_loss(geometry: &Geometry, traits: &UseTraits, year: i32) -> HeatLoss {
    let u = u_values(year);
    let area = geometry.heated_area(traits);
    let facade = geometry.perimeter * geometry.storeys * traits.storey_height;
    let windows = (traits.window_share * area).min(MAX_GLAZED_FACADE * facade);
    let floor = 1.0 / (1.0 / u.floor + SOIL_RESISTANCE);
    let transmission =
        (facade - windows) * u.wall + windows * u.window + geometry.footprint * (u.roof + floor);
    let volume = area * (traits.storey_height - SLAB_M);
    let air = traits.air_changes * (1.0 - heat_recovery(year)) + infiltration(year);
    let coefficient = (1.0 + bridges(year)) * transmission + AIR_WH_M3K * volume * air;
    let balance = traits.indoor_c - traits.internal_gains * area / coefficient;
    HeatLoss {
        coefficient,
        balance_c: balance.max(LOWEST_BALANCE_C),
        solar_aperture: SOLAR_TRANSMITTANCE * windows,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::usage::traits;
    use hukka_model::BuildingUse;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn newer_buildings_never_lose_more_per_kelvin(
            footprint in 40.0..5000.0_f64, storeys in 1.0..9.0_f64, year in 1900..2030_i32, later in 0..60_i32,
        ) {
            let house = traits(BuildingUse::House).unwrap();
            let geometry = Geometry::rectangle(footprint, storeys);
            let old = heat_loss(&geometry, house, year);
            let new = heat_loss(&geometry, house, year + later);
            prop_assert!(new.coefficient <= old.coefficient + 1e-9);
            prop_assert!(new.balance_c <= old.balance_c + 1e-9);
        }

        #[test]
        fn larger_buildings_lose_more(footprint in 40.0..5000.0_f64, more in 1.0..3.0_f64, year in 1900..2030_i32) {
            let office = traits(BuildingUse::Office).unwrap();
            let at = |f| heat_loss(&Geometry::rectangle(f, 2.0), office, year).coefficient;
            prop_assert!(at(footprint * more) >= at(footprint));
        }
    }
}
