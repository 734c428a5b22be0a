//! What the use of a building says about its heat: one row per use.

use hukka_model::{BuildingUse, LocalHour};

/// Days a building is in use; on the others it is kept cooler.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Days {
    /// Every day of the year.
    Every,
    /// Monday to Saturday without public holidays.
    Shopping,
    /// Monday to Friday without public holidays.
    Working,
}

/// What the use of a building says about its heat.
///
/// # Source  hot water and internal gains after the Finnish rules for energy certificates
///   (1010/2017 and its background D3/D5); hot water is the net need of these rules (flats 35,
///   offices 6, shops 4, schools 11, care 30, sport 20 kWh/m²) over one less the circulation share;
///   houses 35 with everything, as the summer base of 3,021 metered Danish homes; air changes are yearly means over open and closed hours; setback covers cooler rooms and stopped ventilation together
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UseTraits {
    /// Name for tables.
    pub name: &'static str,
    /// Floor to floor, metres.
    pub storey_height: f64,
    /// Heated floor area per gross area.
    pub net_share: f64,
    /// Window area per heated floor area.
    pub window_share: f64,
    /// Indoor temperature while open, °C.
    pub indoor_c: f64,
    /// Air changes by ventilation, 1/h, mean of the year.
    pub air_changes: f64,
    /// Gains of people, devices and light, W per m² heated floor.
    pub internal_gains: f64,
    /// Hot water, kWh per m² heated floor and year.
    pub hot_water: f64,
    /// Part of the hot-water heat that flows all day and year: circulation, tanks, towel rails and
    /// warm bathroom floors.
    pub circulation_share: f64,
    /// How much the balance point sinks while closed, kelvin.
    pub setback: f64,
    /// First hour open and first hour closed again.
    pub open: (u8, u8),
    /// Days open.
    pub days: Days,
    /// Time constant of the building's mass, hours.
    pub lag_h: f64,
    /// Gross footprint of a typical building, m².
    pub typical_footprint: f64,
    /// Storeys of a typical building.
    pub typical_storeys: f64,
}

impl UseTraits {
    /// Whether the building is in use in an hour.
    pub fn is_open(&self, hour: &LocalHour) -> bool {
        let is_day = match self.days {
            Days::Every => true,
            Days::Shopping => hour.weekday < 6 && !hour.is_holiday,
            Days::Working => hour.is_working_day(),
        };
        is_day && (self.open.0..self.open.1).contains(&hour.hour)
    }
}

const HOUSE: UseTraits = UseTraits {
    name: "detached house",
    storey_height: 2.8,
    net_share: 0.88,
    window_share: 0.15,
    indoor_c: 20.5,
    air_changes: 0.35,
    internal_gains: 3.6,
    hot_water: 35.0,
    circulation_share: 0.5,
    setback: 0.0,
    open: (0, 24),
    days: Days::Every,
    lag_h: 14.0,
    typical_footprint: 120.0,
    typical_storeys: 1.0,
};

const APARTMENT: UseTraits = UseTraits {
    name: "block of flats",
    storey_height: 3.0,
    net_share: 0.85,
    indoor_c: 21.0,
    air_changes: 0.5,
    internal_gains: 5.0,
    hot_water: 50.0,
    circulation_share: 0.3,
    lag_h: 24.0,
    typical_footprint: 600.0,
    typical_storeys: 5.0,
    ..HOUSE
};

const OFFICE: UseTraits = UseTraits {
    name: "office",
    storey_height: 3.5,
    net_share: 0.85,
    window_share: 0.2,
    indoor_c: 21.0,
    air_changes: 0.65,
    internal_gains: 6.0,
    hot_water: 8.5,
    circulation_share: 0.3,
    setback: 3.0,
    open: (6, 18),
    days: Days::Working,
    lag_h: 18.0,
    typical_footprint: 800.0,
    typical_storeys: 4.0,
};

const RETAIL: UseTraits = UseTraits {
    name: "shop",
    storey_height: 4.0,
    net_share: 0.9,
    window_share: 0.1,
    indoor_c: 20.0,
    air_changes: 0.6,
    internal_gains: 9.0,
    hot_water: 5.5,
    open: (7, 21),
    days: Days::Shopping,
    lag_h: 14.0,
    typical_footprint: 1500.0,
    typical_storeys: 1.0,
    ..OFFICE
};

const SCHOOL: UseTraits = UseTraits {
    name: "school",
    storey_height: 3.6,
    window_share: 0.15,
    air_changes: 0.8,
    internal_gains: 5.0,
    hot_water: 15.5,
    setback: 4.0,
    open: (6, 17),
    typical_footprint: 2000.0,
    typical_storeys: 2.0,
    ..OFFICE
};

const HEALTH: UseTraits = UseTraits {
    name: "hospital or care home",
    storey_height: 3.6,
    window_share: 0.15,
    indoor_c: 22.0,
    air_changes: 1.0,
    internal_gains: 8.0,
    hot_water: 43.0,
    setback: 0.0,
    open: (0, 24),
    days: Days::Every,
    lag_h: 24.0,
    typical_footprint: 1500.0,
    typical_storeys: 3.0,
    ..OFFICE
};

const SPORT: UseTraits = UseTraits {
    name: "sport hall",
    storey_height: 6.0,
    net_share: 0.9,
    window_share: 0.06,
    indoor_c: 19.0,
    air_changes: 0.5,
    internal_gains: 5.0,
    hot_water: 28.5,
    setback: 2.0,
    open: (7, 22),
    days: Days::Every,
    lag_h: 14.0,
    typical_footprint: 2000.0,
    typical_storeys: 1.0,
    ..OFFICE
};

const INDUSTRIAL: UseTraits = UseTraits {
    name: "industrial building",
    storey_height: 5.0,
    net_share: 0.95,
    window_share: 0.05,
    indoor_c: 17.0,
    air_changes: 0.4,
    internal_gains: 7.0,
    hot_water: 5.5,
    lag_h: 14.0,
    typical_footprint: 3000.0,
    typical_storeys: 1.0,
    ..OFFICE
};

const OTHER: UseTraits = UseTraits {
    name: "other building",
    window_share: 0.12,
    indoor_c: 20.0,
    air_changes: 0.5,
    internal_gains: 5.0,
    hot_water: 11.5,
    setback: 2.0,
    open: (6, 21),
    days: Days::Every,
    typical_footprint: 500.0,
    typical_storeys: 2.0,
    ..OFFICE
};

/// Water at 27 °C and air at 29 °C all year: evaporation, make-up water and showers weigh more than
/// the walls. General knowledge, no read source: give `annual_mwh` where it is metered.
const SWIMMING_HALL: UseTraits = UseTraits {
    name: "swimming hall",
    storey_height: 6.0,
    net_share: 0.9,
    window_share: 0.12,
    indoor_c: 29.0,
    air_changes: 1.2,
    internal_gains: 5.0,
    hot_water: 180.0,
    circulation_share: 0.6,
    setback: 1.0,
    open: (6, 22),
    days: Days::Every,
    lag_h: 24.0,
    typical_footprint: 2000.0,
    typical_storeys: 1.0,
};

/// The traits of a use; `None` for unheated buildings.
pub const fn traits(usage: BuildingUse) -> Option<&'static UseTraits> {
    match usage {
        BuildingUse::House => Some(&HOUSE),
        BuildingUse::Apartment => Some(&APARTMENT),
        BuildingUse::Office => Some(&OFFICE),
        BuildingUse::Retail => Some(&RETAIL),
        BuildingUse::School => Some(&SCHOOL),
        BuildingUse::Health => Some(&HEALTH),
        BuildingUse::Sport => Some(&SPORT),
        BuildingUse::Industrial => Some(&INDUSTRIAL),
        BuildingUse::Other => Some(&OTHER),
        BuildingUse::SwimmingHall => Some(&SWIMMING_HALL),
        BuildingUse::Unheated => None,
    }
}

/// Every heated use, in the order of profiles.
pub(crate) const HEATED: [BuildingUse; 10] = [
    BuildingUse::House,
    BuildingUse::Apartment,
    BuildingUse::Office,
    BuildingUse::Retail,
    BuildingUse::School,
    BuildingUse::Health,
    BuildingUse::Sport,
    BuildingUse::Industrial,
    BuildingUse::Other,
    BuildingUse::SwimmingHall,
];
