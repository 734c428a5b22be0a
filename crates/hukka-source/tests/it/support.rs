//! A minimal study with every field filled.

use hukka_model::{CapturePoint, CoolingKind, Position};
use hukka_model::{
    Counterfactual, DataCentre, DesignRules, EmissionFactors, InsulationSeries, LocalHour,
    MoneyRules, NetworkRules, PlaceRules, Prices, Projection, Study, TemperatureCurve, TimeAxis,
    Utilisation, Weather,
};
use hukka_units::{
    CarbonPrice, ElectricPower, EmissionFactor, EnergyPrice, HeatEnergy, Length, Money, PowerCost,
    Pressure, PressureGradient, Ratio, Temperature, TemperatureDifference, TimeSpan, Velocity,
};

pub(crate) const HOURS: usize = 8760;

/// Ten megawatts of air-cooled servers.
pub(crate) fn data_centre() -> DataCentre {
    DataCentre {
        id: "dc".to_owned(),
        position: Some(Position::from_m(0.0, 0.0)),
        it_load: ElectricPower::from_mw(10.0),
        fill: vec![Ratio::from_fraction(0.5), Ratio::from_fraction(1.0)],
        utilisation: Utilisation::Constant(Ratio::from_fraction(0.62)),
        idle_share: Ratio::from_fraction(0.4),
        cooling: CoolingKind::CrahChilledWater,
        capture: CapturePoint::ReturnAir,
        capture_share: Ratio::from_fraction(0.95),
        source_temperature: Temperature::from_c(28.0),
        source_cooling: TemperatureDifference::from_kelvin(10.0),
        power_loss_share: Ratio::from_fraction(0.06),
        fan_share: Ratio::from_fraction(0.05),
        cooling_supply_temperature: Temperature::from_c(18.0),
        chiller_cop: Ratio::from_fraction(4.3),
        free_cooling_share: Ratio::from_fraction(0.03),
        heat_price: EnergyPrice::ZERO,
    }
}

/// A study of one data centre in southern-Finnish weather.
pub(crate) fn study(centre: DataCentre) -> Study {
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
            ground_temperature: vec![Temperature::from_c(6.0); HOURS],
            design_outdoor_temperature: Temperature::from_c(-26.0),
            provenance: "test".to_owned(),
            is_synthetic: true,
        },
        prices: prices(),
        buildings: Vec::new(),
        lumped_demands: Vec::new(),
        known_annual_demand: None,
        streets: Vec::new(),
        existing_pipes: Vec::new(),
        plant_position: None,
        data_centres: vec![centre],
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

fn outdoor(step: usize) -> Temperature {
    let year = std::f64::consts::TAU * (step as f64 - 432.0) / HOURS as f64;
    let day = std::f64::consts::TAU * (step as f64 - 3.0) / 24.0;
    Temperature::from_c(6.0 - 11.5 * year.cos() - 3.5 * day.cos())
}

fn hour(step: usize) -> LocalHour {
    let day = step.div_euclid(24);
    LocalHour {
        year: 2023,
        month: 1 + (day * 12).div_euclid(365) as u8,
        day: 1 + (day % 28) as u8,
        hour: (step % 24) as u8,
        weekday: (day % 7) as u8,
        day_of_year: day as u16,
        is_holiday: false,
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
