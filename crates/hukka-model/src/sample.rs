//! A small, complete study to try a stage on: used by tests and examples.
//!
//! Plain values, chosen to be ordinary rather than measured. A test starts from [`study`] and
//! sets what it is about, so that a new field of [`Study`] is filled in one place.

use crate::catalogue::InsulationSeries;
use crate::geography::{Position, Projection};
use crate::heat_pump::HeatPumpModel;
use crate::plant::{Boiler, Fuel, HeatPump, Store, StoreKind};
use crate::source::{
    CapturePoint, CoolingKind, CoolingModel, DataCentre, HeatRejection, Utilisation,
};
use crate::study::{
    Counterfactual, DesignRules, EmissionFactors, MoneyRules, NetworkRules, PlaceRules, Prices,
    Study, TemperatureCurve, Weather,
};
use crate::time::{LocalHour, TimeAxis};
use hukka_units::{
    CarbonPrice, ContentCost, ElectricPower, EmissionFactor, EnergyPrice, HeatEnergy, Length,
    Money, PowerCost, Pressure, PressureGradient, Ratio, Temperature, TemperatureDifference,
    TimeSpan, Velocity,
};

const DAYS_OF_MONTH: [u8; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// Public holidays on a fixed date in Finland, as month and day.
const HOLIDAYS: [(u8, u8); 6] = [(1, 1), (1, 6), (5, 1), (12, 6), (12, 25), (12, 26)];

/// A southern-Finnish place of so many hours: steady weather and prices, one [`data_centre`], one
/// [`heat_pump`], one [`gas_boiler`], and no building, street or store.
pub fn study(steps: usize) -> Study {
    Study {
        id: "sample".to_owned(),
        name: "Sample".to_owned(),
        place: PlaceRules {
            projection: Projection {
                latitude_deg: 60.5,
                longitude_deg: 27.0,
            },
            country: "FI".to_owned(),
        },
        axis: axis(steps),
        weather: weather(steps),
        prices: prices(steps),
        buildings: Vec::new(),
        lumped_demands: Vec::new(),
        known_annual_demand: None,
        stock: crate::StockPlan::default(),
        streets: Vec::new(),
        existing_pipes: Vec::new(),
        plant_position: None,
        data_centres: vec![data_centre()],
        heat_pumps: vec![heat_pump()],
        boilers: vec![gas_boiler()],
        stores: Vec::new(),
        network: network(),
        design: design(),
        money: money(),
        emissions: EmissionFactors {
            electricity: vec![EmissionFactor::from_kg_mwh(35.0); steps],
            fuel: [198.0, 257.0, 0.0, 380.0, 0.0].map(EmissionFactor::from_kg_mwh),
        },
        counterfactual: Counterfactual::ExistingPlant,
        contract: None,
        uncertainty: crate::study::UncertaintyRules::default(),
        assumptions: Vec::new(),
        attributions: Vec::new(),
        input_files: Vec::new(),
    }
}

/// Hours from local midnight of 1 January 2023 in Finland, on winter time throughout; the
/// calendar starts again after 8,760 hours.
pub fn axis(steps: usize) -> TimeAxis {
    let days = (1..)
        .zip(DAYS_OF_MONTH)
        .flat_map(|(month, days)| (1..=days).map(move |day| (month, day)));
    let hours = (0..).zip(days).flat_map(|(day_of_year, date)| {
        (0..24).map(move |hour| local_hour(day_of_year, date, hour))
    });
    TimeAxis {
        start_unix_s: 1_672_524_000,
        time_zone: "Europe/Helsinki".to_owned(),
        calendar: hours.cycle().take(steps).collect(),
    }
}

fn local_hour(day_of_year: u16, (month, day): (u8, u8), hour: u8) -> LocalHour {
    LocalHour {
        year: 2023,
        month,
        day,
        hour,
        weekday: ((day_of_year + 6) % 7) as u8,
        day_of_year,
        is_holiday: HOLIDAYS.contains(&(month, day)),
        utc_offset_minutes: 120,
    }
}

/// Steady 0 °C outdoors and 7 °C in the ground.
pub fn weather(steps: usize) -> Weather {
    Weather {
        outdoor_temperature: vec![Temperature::from_c(0.0); steps],
        ground_temperature: vec![Temperature::from_c(7.0); steps],
        design_outdoor_temperature: Temperature::from_c(-26.0),
        wet_bulb_temperature: None,
        extreme: None,
        provenance: "sample".to_owned(),
        is_synthetic: true,
    }
}

/// Electricity at 50 €/MWh in every hour, before fee and tax.
pub fn prices(steps: usize) -> Prices {
    let eur = EnergyPrice::from_eur_mwh;
    Prices {
        electricity: vec![eur(50.0); steps],
        electricity_grid_fee: eur(15.0),
        electricity_tax: eur(2.24),
        fuel: [45.0, 90.0, 25.0, 20.0, 0.0].map(eur),
        carbon: CarbonPrice::from_eur_t(85.0),
        heat: eur(90.0),
        unserved: eur(1000.0),
        provenance: "sample".to_owned(),
        is_synthetic: true,
    }
}

/// Ten megawatts of air-cooled servers at the origin of the local plane.
pub fn data_centre() -> DataCentre {
    DataCentre {
        id: "dc".to_owned(),
        position: Some(Position::from_m(0.0, 0.0)),
        it_load: ElectricPower::from_mw(10.0),
        fill: vec![Ratio::from_fraction(1.0)],
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
        halls: Vec::new(),
        power_loss_curve: None,
        cooling_model: CoolingModel::Proportional,
        heat_rejection: HeatRejection::Dry,
        cooling_units: None,
        rejection_capacity: None,
        legal: crate::source::LegalFacts::default(),
    }
}

/// An ammonia heat pump at the first data centre, its size left to the design.
pub fn heat_pump() -> HeatPump {
    HeatPump {
        id: "hp".to_owned(),
        data_centre: 0,
        heat_capacity: None,
        model: HeatPumpModel::JensenAmmonia,
        efficiency: Ratio::from_fraction(0.75),
        pinch: TemperatureDifference::from_kelvin(5.0),
        max_outlet_temperature: Temperature::from_c(85.0),
        arrangement: crate::PumpArrangement::default(),
        investment: PowerCost::from_eur_kw(890.0),
        fixed_upkeep: Ratio::from_fraction(0.0035),
        variable_upkeep: EnergyPrice::from_eur_mwh(2.7),
        life: TimeSpan::from_a(25.0),
    }
}

/// A new gas boiler, its size left to the design.
pub fn gas_boiler() -> Boiler {
    Boiler {
        id: "gas".to_owned(),
        fuel: Fuel::Gas,
        heat_capacity: None,
        efficiency: Ratio::from_fraction(1.0),
        is_existing: false,
        investment: PowerCost::from_eur_kw(70.0),
        fixed_upkeep: Ratio::from_fraction(0.038),
        variable_upkeep: EnergyPrice::from_eur_mwh(1.3),
        life: TimeSpan::from_a(25.0),
    }
}

/// A new water tank, its size left to the design.
pub fn tank() -> Store {
    Store {
        id: "tank".to_owned(),
        kind: StoreKind::Tank,
        capacity: None,
        max_power: None,
        loss_per_hour: Ratio::from_fraction(0.000_077),
        investment: ContentCost::from_eur_kwh(3.82),
        fixed_upkeep: Ratio::from_fraction(0.01),
        life: TimeSpan::from_a(40.0),
        is_existing: false,
    }
}

/// A temperature that slides from its value at −26 °C outdoors to its value at +8 °C.
pub fn curve(at_cold_c: f64, at_mild_c: f64) -> TemperatureCurve {
    TemperatureCurve {
        cold_outdoor: Temperature::from_c(-26.0),
        at_cold: Temperature::from_c(at_cold_c),
        mild_outdoor: Temperature::from_c(8.0),
        at_mild: Temperature::from_c(at_mild_c),
    }
}

fn network() -> NetworkRules {
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
        supply_levels: None,
    }
}

fn design() -> DesignRules {
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

fn money() -> MoneyRules {
    MoneyRules {
        discount_rate: Ratio::from_fraction(0.05),
        horizon_years: 20,
        pipe_life: TimeSpan::from_a(40.0),
        substation_life: TimeSpan::from_a(25.0),
        network_upkeep: Ratio::from_fraction(0.01),
        contingency: Ratio::from_fraction(0.1),
        grant_share: Ratio::ZERO,
        grant_giver: crate::money::GrantGiver::State,
        inflation: Ratio::ZERO,
        capital: None,
        growth: crate::money::PriceGrowth::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_series_has_one_value_per_step() {
        let study = study(30);
        let lengths = [
            study.axis.len(),
            study.weather.outdoor_temperature.len(),
            study.weather.ground_temperature.len(),
            study.prices.electricity.len(),
            study.emissions.electricity.len(),
        ];
        assert_eq!(lengths, [30; 5]);
    }

    #[test]
    fn the_calendar_runs_from_new_year_to_new_year_and_starts_again() {
        let axis = axis(8761);
        assert_eq!(axis.stamp(0), "2023-01-01T00:00+02:00");
        assert_eq!(axis.calendar[0].weekday, 6);
        assert_eq!(axis.stamp(59 * 24 + 7), "2023-03-01T07:00+02:00");
        assert_eq!(axis.stamp(8759), "2023-12-31T23:00+02:00");
        assert_eq!(axis.calendar[8760], axis.calendar[0]);
    }
}
