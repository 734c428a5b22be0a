//! A small study, demand and design made by hand.

use hukka_model::{
    ConnectedConsumer, ConsumerDemand, Counterfactual, DemandProfile, Design, DesignRules,
    EmissionFactors, HeatDemand, InsulationSeries, LocalHour, MoneyRules, NetworkNode,
    NetworkRules, NodeKind, PlaceRules, Position, Prices, Projection, Study, TemperatureCurve,
    TimeAxis, Trench, TrenchKind, Weather,
};
use hukka_units::{
    Area, CarbonPrice, EmissionFactor, EnergyPrice, HeatEnergy, HeatPower, Length,
    LinearLossCoefficient, Money, PowerCost, Pressure, PressureGradient, Ratio, Temperature,
    TimeSpan, Velocity,
};

/// Study, demand and design that belong together.
pub(crate) struct Case {
    pub(crate) study: Study,
    pub(crate) demand: HeatDemand,
    pub(crate) design: Design,
}

const DAYS: [u16; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

fn calendar(steps: usize) -> Vec<LocalHour> {
    let days = (1..=12u8)
        .zip(DAYS)
        .flat_map(|(month, days)| (1..=days as u8).map(move |d| (month, d)));
    days.enumerate()
        .flat_map(|(day_of_year, (month, day))| {
            (0..24u8).map(move |hour| LocalHour {
                year: 2025,
                month,
                day,
                hour,
                weekday: ((day_of_year + 2) % 7) as u8,
                day_of_year: day_of_year as u16,
                is_holiday: false,
                utc_offset_minutes: 120,
            })
        })
        .cycle()
        .take(steps)
        .collect()
}

fn curve(at_cold: f64, at_mild: f64) -> TemperatureCurve {
    TemperatureCurve {
        cold_outdoor: Temperature::from_c(-26.0),
        at_cold: Temperature::from_c(at_cold),
        mild_outdoor: Temperature::from_c(8.0),
        at_mild: Temperature::from_c(at_mild),
    }
}

fn rules() -> NetworkRules {
    NetworkRules {
        supply_temperature: curve(95.0, 70.0),
        return_temperature: curve(50.0, 40.0),
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

/// Outdoor temperature of a plain year: −18 °C in winter nights, 22 °C in summer days.
fn outdoor_c(step: usize) -> f64 {
    let day = step as f64 / 24.0;
    let year = -(std::f64::consts::TAU * (day - 20.0) / 365.0).cos();
    let hour = -(std::f64::consts::TAU * (day - 0.1)).cos();
    4.0 + 14.0 * year + 4.0 * hour
}

pub(crate) fn study(steps: usize) -> Study {
    let free = EnergyPrice::ZERO;
    Study {
        id: "made".to_owned(),
        name: "Made by hand".to_owned(),
        place: PlaceRules {
            projection: Projection {
                latitude_deg: 60.5,
                longitude_deg: 27.0,
            },
            country: "FI".to_owned(),
        },
        axis: TimeAxis {
            start_unix_s: 1_735_682_400,
            time_zone: "Europe/Helsinki".to_owned(),
            calendar: calendar(steps),
        },
        weather: Weather {
            outdoor_temperature: (0..steps)
                .map(|t| Temperature::from_c(outdoor_c(t)))
                .collect(),
            ground_temperature: vec![Temperature::from_c(6.0); steps],
            design_outdoor_temperature: Temperature::from_c(-26.0),
            provenance: "made".to_owned(),
            is_synthetic: true,
        },
        prices: Prices {
            electricity: vec![free; steps],
            electricity_grid_fee: free,
            electricity_tax: free,
            fuel: [free; 5],
            carbon: CarbonPrice::ZERO,
            heat: free,
            unserved: free,
            provenance: "made".to_owned(),
            is_synthetic: true,
        },
        buildings: Vec::new(),
        lumped_demands: Vec::new(),
        known_annual_demand: None,
        streets: Vec::new(),
        existing_pipes: Vec::new(),
        plant_position: None,
        data_centres: Vec::new(),
        heat_pumps: Vec::new(),
        boilers: Vec::new(),
        stores: Vec::new(),
        network: rules(),
        design: DesignRules {
            connect_all: true,
            max_service_length: Length::from_m(80.0),
            min_annual_heat: HeatEnergy::ZERO,
            connection_share: Ratio::from_fraction(1.0),
            substation_fixed: Money::ZERO,
            substation_per_power: PowerCost::ZERO,
            pipe_cost_factor: Ratio::from_fraction(1.0),
            peak_reserve: Ratio::from_fraction(0.1),
        },
        money: MoneyRules {
            discount_rate: Ratio::from_fraction(0.05),
            horizon_years: 20,
            pipe_life: TimeSpan::from_a(40.0),
            substation_life: TimeSpan::from_a(25.0),
            network_upkeep: Ratio::from_fraction(0.01),
            contingency: Ratio::from_fraction(0.1),
            grant_share: Ratio::ZERO,
        },
        emissions: EmissionFactors {
            electricity: vec![EmissionFactor::ZERO; steps],
            fuel: [EmissionFactor::ZERO; 5],
        },
        counterfactual: Counterfactual::ExistingPlant,
        assumptions: Vec::new(),
        attributions: Vec::new(),
        input_files: Vec::new(),
    }
}

/// Space heat follows the cold, hot water is level.
fn profile(study: &Study) -> DemandProfile {
    let steps = study.axis.len();
    let need = |t: usize| (15.0 - study.weather.outdoor_temperature[t].c()).max(0.0);
    let total: f64 = (0..steps).map(need).sum();
    DemandProfile {
        name: "apartment".to_owned(),
        space_heat: (0..steps).map(|t| need(t) / total).collect(),
        hot_water: vec![1.0 / steps as f64; steps],
    }
}

fn consumer(index: usize, annual: HeatEnergy) -> ConsumerDemand {
    ConsumerDemand {
        id: format!("b-{index}"),
        building: None,
        position: None,
        profile: 0,
        space_heat: annual * 0.8,
        hot_water: annual * 0.2,
        peak: HeatPower::ZERO,
        design_power: HeatPower::ZERO,
        heated_area: Area::ZERO,
        required_supply_temperature: Temperature::from_c(65.0),
    }
}

/// A pipe of the made design: from, to, length in m, DN.
pub(crate) type Pipe = (usize, usize, f64, u16);

/// Consumers as node and yearly heat in MWh.
pub(crate) fn case(steps: usize, nodes: usize, pipes: &[Pipe], consumers: &[(usize, f64)]) -> Case {
    let study = study(steps);
    let year = steps as f64 / 8760.0;
    let demand = HeatDemand {
        profiles: vec![profile(&study)],
        consumers: (consumers.iter().enumerate())
            .map(|(i, (_, mwh))| consumer(i, HeatEnergy::from_mwh(mwh * year)))
            .collect(),
        total: Vec::new(),
        calibration: 1.0,
    };
    let design = Design {
        nodes: (0..nodes).map(|i| node(i, consumers)).collect(),
        trenches: pipes
            .iter()
            .enumerate()
            .map(|(i, pipe)| trench(i, *pipe))
            .collect(),
        connected: (consumers.iter().enumerate())
            .map(|(consumer, &(node, _))| ConnectedConsumer {
                consumer,
                node,
                distance: Length::ZERO,
            })
            .collect(),
        unconnected: Vec::new(),
        sources: Vec::new(),
        distribution_losses: Vec::new(),
        heat_pumps: Vec::new(),
        boilers: Vec::new(),
        stores: Vec::new(),
        capex: Vec::new(),
        connected_heat: HeatEnergy::ZERO,
        peak_demand: HeatPower::ZERO,
        linear_heat_density_mwh_m: 0.0,
        estimated_loss_share: Ratio::ZERO,
    };
    Case {
        study,
        demand,
        design,
    }
}

fn node(index: usize, consumers: &[(usize, f64)]) -> NetworkNode {
    let kind = if index == 0 {
        NodeKind::Plant
    } else if consumers.iter().any(|(at, _)| *at == index) {
        NodeKind::Consumer
    } else {
        NodeKind::Junction
    };
    let place = index as f64;
    NetworkNode {
        id: format!("n-{index}"),
        position: Position::from_m(place, -place),
        elevation: Length::from_m(5.0 * (place * 0.7).sin()),
        kind,
    }
}

fn trench(index: usize, (from, to, length, dn): Pipe) -> Trench {
    Trench {
        id: format!("t-{index}"),
        from,
        to,
        length: Length::from_m(length),
        path: Vec::new(),
        kind: TrenchKind::Street,
        dn,
        series: InsulationSeries::Series2,
        loss: LinearLossCoefficient::from_w_mk(0.2),
        is_existing: false,
        cost: Money::ZERO,
        design_power: HeatPower::ZERO,
        consumers_behind: 0,
    }
}
