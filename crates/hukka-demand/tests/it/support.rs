//! A minimal study with every field filled.

use hukka_demand::{Inputs, Options, run};
use hukka_model::{
    Building, BuildingUse, Counterfactual, DesignRules, Diagnostic, EmissionFactors, HeatDemand,
    InsulationSeries, LocalHour, LumpedDemand, MoneyRules, NetworkRules, PlaceRules, Position,
    Prices, Projection, Study, TemperatureCurve, TimeAxis, Weather,
};
use hukka_units::{
    Area, CarbonPrice, EmissionFactor, EnergyPrice, HeatEnergy, Length, Money, PowerCost, Pressure,
    PressureGradient, Ratio, Temperature, TimeSpan, Velocity,
};
use std::path::PathBuf;

pub(crate) const HOURS: usize = 8760;

/// A house of 1975 with 120 m² of heated floor.
pub(crate) fn house(id: &str) -> Building {
    building(id, BuildingUse::House, 1975, 120.0 / 0.88, 1.0)
}

/// A building without a drawn outline.
pub(crate) fn building(
    id: &str,
    usage: BuildingUse,
    construction_year: i32,
    footprint: f64,
    storeys: f64,
) -> Building {
    Building {
        id: id.to_owned(),
        name: None,
        outline: Vec::new(),
        position: Position::from_m(0.0, 0.0),
        footprint: Area::from_m2(footprint),
        storeys,
        usage,
        construction_year,
        known_annual_heat: None,
        is_connected: None,
    }
}

/// A town of 1,000 MWh given as one number.
pub(crate) fn lump(id: &str) -> LumpedDemand {
    LumpedDemand {
        id: id.to_owned(),
        position: None,
        annual_heat: HeatEnergy::from_mwh(1000.0),
        hot_water_share: Ratio::from_fraction(0.2),
        usage: BuildingUse::Apartment,
        load: None,
    }
}

/// A study of buildings and lumped demands in southern-Finnish weather.
pub(crate) fn study(buildings: Vec<Building>, lumped_demands: Vec<LumpedDemand>) -> Study {
    Study {
        id: "test".to_owned(),
        name: "Test".to_owned(),
        place: PlaceRules {
            projection: Projection {
                latitude_deg: 60.5,
                longitude_deg: 27.0,
            },
            country: "FI".to_owned(),
        },
        axis: TimeAxis {
            start_unix_s: 1_672_524_000,
            time_zone: "Europe/Helsinki".to_owned(),
            calendar: (0..HOURS).map(hour).collect(),
        },
        weather: Weather {
            outdoor_temperature: (0..HOURS).map(outdoor).collect(),
            ground_temperature: (0..HOURS).map(ground).collect(),
            design_outdoor_temperature: Temperature::from_c(-26.0),
            provenance: "test".to_owned(),
            is_synthetic: true,
        },
        prices: prices(),
        buildings,
        lumped_demands,
        known_annual_demand: None,
        streets: Vec::new(),
        existing_pipes: Vec::new(),
        plant_position: None,
        data_centres: Vec::new(),
        heat_pumps: Vec::new(),
        boilers: Vec::new(),
        stores: Vec::new(),
        network: network_rules(),
        design: design_rules(),
        money: money_rules(),
        emissions: EmissionFactors {
            electricity: vec![EmissionFactor::from_kg_mwh(35.0); HOURS],
            fuel: [EmissionFactor::ZERO; 5],
        },
        counterfactual: Counterfactual::ExistingPlant,
        assumptions: Vec::new(),
        attributions: Vec::new(),
        input_files: Vec::new(),
    }
}

/// Mean 6 °C, cold spells to about −19 °C.
fn outdoor(step: usize) -> Temperature {
    let turn =
        |hours: f64, shift: f64| (std::f64::consts::TAU * (step as f64 - shift) / hours).cos();
    let season = turn(HOURS as f64, 432.0);
    let spells = turn(175.0, 40.0) + 0.8 * turn(410.0, 90.0);
    Temperature::from_c(6.0 - 11.0 * season - 2.5 * turn(24.0, 3.0) + (3.0 + 2.0 * season) * spells)
}

fn ground(step: usize) -> Temperature {
    let season = (std::f64::consts::TAU * (step as f64 - 1200.0) / HOURS as f64).cos();
    Temperature::from_c(6.5 - 5.0 * season)
}

/// The year 2023, on winter time throughout.
fn hour(step: usize) -> LocalHour {
    const DAYS: [u16; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let day_of_year = step.div_euclid(24) as u16;
    let (mut month, mut day) = (0, day_of_year);
    while day >= DAYS[month] {
        day -= DAYS[month];
        month += 1;
    }
    let date = (month as u8 + 1, day as u8 + 1);
    LocalHour {
        year: 2023,
        month: date.0,
        day: date.1,
        hour: (step % 24) as u8,
        weekday: ((day_of_year + 6) % 7) as u8,
        day_of_year,
        is_holiday: matches!(date, (1, 1 | 6) | (5, 1) | (12, 6 | 25 | 26)),
        utc_offset_minutes: 120,
    }
}

fn prices() -> Prices {
    Prices {
        electricity: vec![EnergyPrice::from_eur_mwh(50.0); HOURS],
        electricity_grid_fee: EnergyPrice::ZERO,
        electricity_tax: EnergyPrice::ZERO,
        fuel: [EnergyPrice::ZERO; 5],
        carbon: CarbonPrice::ZERO,
        heat: EnergyPrice::from_eur_mwh(84.0),
        unserved: EnergyPrice::from_eur_mwh(1000.0),
        provenance: "test".to_owned(),
        is_synthetic: true,
    }
}

fn network_rules() -> NetworkRules {
    let curve = |at_cold, at_mild| TemperatureCurve {
        cold_outdoor: Temperature::from_c(-26.0),
        at_cold: Temperature::from_c(at_cold),
        mild_outdoor: Temperature::from_c(8.0),
        at_mild: Temperature::from_c(at_mild),
    };
    NetworkRules {
        supply_temperature: curve(95.0, 70.0),
        return_temperature: curve(45.0, 45.0),
        min_differential_pressure: Pressure::from_kpa(60.0),
        static_pressure: Pressure::from_bar(3.0),
        max_pressure_gradient: PressureGradient::from_pa_m(150.0),
        max_velocity: Velocity::from_m_s(2.5),
        roughness: Length::from_mm(0.1),
        series: InsulationSeries::Series2,
        depth: Length::from_m(0.8),
        soil_conductivity_w_mk: 1.5,
        pump_efficiency: Ratio::from_fraction(0.7),
        fitting_share: Ratio::from_fraction(0.2),
        lumped_loss_share: Ratio::from_fraction(0.1),
        lumped_distance: None,
    }
}

fn design_rules() -> DesignRules {
    DesignRules {
        connect_all: false,
        max_service_length: Length::from_m(80.0),
        min_annual_heat: HeatEnergy::from_mwh(10.0),
        connection_share: Ratio::from_fraction(1.0),
        substation_fixed: Money::from_eur(5000.0),
        substation_per_power: PowerCost::from_eur_kw(60.0),
        pipe_cost_factor: Ratio::from_fraction(1.0),
        peak_reserve: Ratio::from_fraction(0.1),
    }
}

fn money_rules() -> MoneyRules {
    MoneyRules {
        discount_rate: Ratio::from_fraction(0.05),
        horizon_years: 20,
        pipe_life: TimeSpan::from_a(40.0),
        substation_life: TimeSpan::from_a(25.0),
        network_upkeep: Ratio::from_fraction(0.01),
        contingency: Ratio::from_fraction(0.1),
        grant_share: Ratio::ZERO,
    }
}

/// The demand of a study that must succeed.
pub(crate) fn demand(study: &Study) -> (HeatDemand, Vec<Diagnostic>) {
    run(&Inputs { study }, &Options::default(), &mut ()).expect("a sound study")
}

/// The codes found, in order.
pub(crate) fn codes(diagnostics: &[Diagnostic]) -> Vec<&str> {
    diagnostics.iter().map(|d| d.code.as_str()).collect()
}

/// A series or map that lives outside the project; `None`, visibly, where it is absent.
#[expect(clippy::disallowed_methods, reason = "a test may read reference data")]
#[expect(clippy::print_stderr, reason = "skipping has to be seen")]
pub(crate) fn shared(name: &str) -> Option<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data")
        .join(name);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        eprintln!("skipped: {} is absent", path.display());
    }
    text
}
