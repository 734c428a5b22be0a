//! A made-up town for tests and the timing example: every series from a seeded generator.

use hukka_dispatch::{Error, Inputs, Options};
use hukka_model::{
    Boiler, CapturePoint, CoolingKind, Counterfactual, DataCentre, Design, DesignRules, Diagnostic,
    DispatchPlan, EmissionFactors, Fuel, HeatPump, HeatPumpModel, HeatSource, InsulationSeries,
    LocalHour, MoneyRules, NetworkHourly, NetworkRules, NetworkState, PlaceRules, Prices,
    Projection, SolveStatus, Store, StoreKind, Study, TemperatureCurve, TimeAxis, Utilisation,
    Weather,
};
use hukka_units::{
    CarbonPrice, ContentCost, ElectricPower, EmissionFactor, EnergyPrice, HeatEnergy, HeatPower,
    Length, MassFlow, Money, PowerCost, Pressure, PressureGradient, Ratio, Temperature,
    TemperatureDifference, TimeSpan, Velocity,
};

/// Numbers between 0 and 1 from a seed (linear congruence of Knuth, upper bits).
pub(crate) struct Noise(u64);

impl Noise {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// The nouns the stage is given.
pub(crate) struct Town {
    pub(crate) study: Study,
    pub(crate) design: Design,
    pub(crate) network: NetworkState,
    pub(crate) sources: Vec<HeatSource>,
}

impl Town {
    pub(crate) fn inputs(&self) -> Inputs<'_> {
        Inputs {
            study: &self.study,
            design: &self.design,
            network: &self.network,
            sources: &self.sources,
        }
    }

    pub(crate) fn run(&self, options: &Options) -> Result<(DispatchPlan, Vec<Diagnostic>), Error> {
        hukka_dispatch::run(&self.inputs(), options, &mut ())
    }

    /// A town with a heat pump, a gas boiler and a tank; noise and season from the seed.
    pub(crate) fn new(hours: usize, seed: u64) -> Self {
        let mut noise = Noise::new(seed);
        let mut calm = 0.5;
        let mut demand = Vec::with_capacity(hours);
        let mut prices = Vec::with_capacity(hours);
        for t in 0..hours {
            let day = t as f64 / 24.0;
            let season = (core::f64::consts::TAU * (day - 20.0) / 365.0).cos();
            let hour = (core::f64::consts::TAU * (t as f64 - 8.0) / 24.0).cos();
            calm = 0.98 * calm + 0.02 * noise.next();
            demand.push(
                (11.0 + 9.0 * season + 1.5 * hour + 6.0 * (0.5 - calm)).max(1.0)
                    * (0.9 + 0.2 * noise.next()),
            );
            prices.push(45.0 + 400.0 * (calm - 0.5) + 20.0 * hour + 25.0 * (noise.next() - 0.5));
        }
        Self {
            study: study(hours, &prices),
            design: design(
                vec![pump("north", 0, 8.0)],
                vec![boiler("gas", Fuel::Gas, 40.0)],
                vec![tank("tank", 60.0)],
            ),
            network: network(&demand, 80.0, 45.0),
            sources: vec![source(0, hours, 6.0)],
        }
    }
}

pub(crate) fn pump(id: &str, data_centre: usize, mw: f64) -> HeatPump {
    HeatPump {
        id: id.to_owned(),
        data_centre,
        heat_capacity: Some(HeatPower::from_mw(mw)),
        model: HeatPumpModel::Lorenz,
        efficiency: Ratio::from_fraction(0.5),
        pinch: TemperatureDifference::from_kelvin(5.0),
        max_outlet_temperature: Temperature::from_c(90.0),
        investment: PowerCost::from_eur_kw(600.0),
        fixed_upkeep: Ratio::from_fraction(0.01),
        variable_upkeep: EnergyPrice::from_eur_mwh(2.0),
        life: TimeSpan::from_a(25.0),
    }
}

pub(crate) fn boiler(id: &str, fuel: Fuel, mw: f64) -> Boiler {
    Boiler {
        id: id.to_owned(),
        fuel,
        heat_capacity: Some(HeatPower::from_mw(mw)),
        efficiency: Ratio::from_fraction(0.92),
        is_existing: false,
        investment: PowerCost::from_eur_kw(100.0),
        fixed_upkeep: Ratio::from_fraction(0.02),
        variable_upkeep: EnergyPrice::from_eur_mwh(1.0),
        life: TimeSpan::from_a(25.0),
    }
}

pub(crate) fn tank(id: &str, mwh: f64) -> Store {
    Store {
        id: id.to_owned(),
        kind: StoreKind::Tank,
        capacity: Some(HeatEnergy::from_mwh(mwh)),
        max_power: None,
        loss_per_hour: Ratio::from_fraction(0.0005),
        investment: ContentCost::from_eur_kwh(5.0),
        fixed_upkeep: Ratio::from_fraction(0.01),
        life: TimeSpan::from_a(30.0),
        is_existing: false,
    }
}

pub(crate) fn source(data_centre: usize, hours: usize, mw: f64) -> HeatSource {
    HeatSource {
        id: format!("dc{data_centre}"),
        data_centre,
        fill: Ratio::from_fraction(1.0),
        it_power: vec![ElectricPower::from_mw(mw); hours],
        auxiliary_power: vec![ElectricPower::ZERO; hours],
        cooling_power: vec![ElectricPower::ZERO; hours],
        cooling_saved_per_heat: vec![Ratio::ZERO; hours],
        recoverable: vec![HeatPower::from_mw(mw); hours],
        unrecoverable: vec![HeatPower::ZERO; hours],
        source_temperature: vec![Temperature::from_c(30.0); hours],
        source_return_temperature: vec![Temperature::from_c(24.0); hours],
        is_mechanical_cooling: vec![false; hours],
    }
}

pub(crate) fn network(demand_mw: &[f64], supply_c: f64, return_c: f64) -> NetworkState {
    let hours = demand_mw.len();
    NetworkState {
        status: SolveStatus::Converged,
        unsolved_steps: Vec::new(),
        worst_residual: 0.0,
        hourly: NetworkHourly {
            supply_temperature: vec![Temperature::from_c(supply_c); hours],
            return_temperature: vec![Temperature::from_c(return_c); hours],
            heat_fed: demand_mw.iter().map(|&mw| HeatPower::from_mw(mw)).collect(),
            heat_delivered: demand_mw.iter().map(|&mw| HeatPower::from_mw(mw)).collect(),
            heat_loss: vec![HeatPower::ZERO; hours],
            pump_power: vec![ElectricPower::from_kw(50.0); hours],
            mass_flow: vec![MassFlow::from_kg_s(100.0); hours],
            differential_pressure: vec![Pressure::from_bar(2.0); hours],
            index_consumer: vec![0; hours],
            coldest_supply_temperature: vec![Temperature::from_c(supply_c); hours],
        },
        trenches: Vec::new(),
        snapshots: Vec::new(),
        cold_consumers: Vec::new(),
    }
}

pub(crate) fn design(pumps: Vec<HeatPump>, boilers: Vec<Boiler>, stores: Vec<Store>) -> Design {
    Design {
        nodes: Vec::new(),
        trenches: Vec::new(),
        connected: Vec::new(),
        unconnected: Vec::new(),
        sources: Vec::new(),
        distribution_losses: Vec::new(),
        heat_pumps: pumps,
        boilers,
        stores,
        capex: Vec::new(),
        connected_heat: HeatEnergy::ZERO,
        peak_demand: HeatPower::ZERO,
        linear_heat_density_mwh_m: 0.0,
        estimated_loss_share: Ratio::ZERO,
    }
}

fn data_centre(index: usize) -> DataCentre {
    DataCentre {
        id: format!("dc{index}"),
        position: None,
        it_load: ElectricPower::from_mw(6.0),
        fill: vec![Ratio::from_fraction(1.0)],
        utilisation: Utilisation::Constant(Ratio::from_fraction(1.0)),
        idle_share: Ratio::from_fraction(0.3),
        cooling: CoolingKind::CrahChilledWater,
        capture: CapturePoint::ReturnAir,
        capture_share: Ratio::from_fraction(1.0),
        source_temperature: Temperature::from_c(30.0),
        source_cooling: TemperatureDifference::from_kelvin(6.0),
        power_loss_share: Ratio::ZERO,
        fan_share: Ratio::ZERO,
        cooling_supply_temperature: Temperature::from_c(18.0),
        chiller_cop: Ratio::from_fraction(4.0),
        free_cooling_share: Ratio::from_fraction(0.03),
        heat_price: EnergyPrice::from_eur_mwh(3.0),
    }
}

fn axis(hours: usize) -> TimeAxis {
    let calendar = (0..hours)
        .map(|t| LocalHour {
            year: 2023,
            month: 1,
            day: (t.div_euclid(24) % 28 + 1) as u8,
            hour: (t % 24) as u8,
            weekday: (t.div_euclid(24) % 7) as u8,
            day_of_year: t.div_euclid(24) as u16,
            is_holiday: false,
            utc_offset_minutes: 120,
        })
        .collect();
    TimeAxis {
        start_unix_s: 1_672_524_000,
        time_zone: "Europe/Helsinki".to_owned(),
        calendar,
    }
}

fn study(hours: usize, electricity_eur_mwh: &[f64]) -> Study {
    let eur_mwh = EnergyPrice::from_eur_mwh;
    let kg_mwh = EmissionFactor::from_kg_mwh;
    Study {
        id: "town".to_owned(),
        name: "A made-up town".to_owned(),
        place: PlaceRules {
            projection: Projection {
                latitude_deg: 60.0,
                longitude_deg: 25.0,
            },
            country: "FI".to_owned(),
        },
        axis: axis(hours),
        weather: Weather {
            outdoor_temperature: vec![Temperature::from_c(5.0); hours],
            ground_temperature: vec![Temperature::from_c(6.0); hours],
            design_outdoor_temperature: Temperature::from_c(-26.0),
            provenance: "made up".to_owned(),
            is_synthetic: true,
        },
        prices: Prices {
            electricity: electricity_eur_mwh.iter().map(|&p| eur_mwh(p)).collect(),
            electricity_grid_fee: eur_mwh(12.0),
            electricity_tax: eur_mwh(0.6),
            fuel: [45.0, 80.0, 28.0, 25.0, 0.0].map(eur_mwh),
            carbon: CarbonPrice::from_eur_t(80.0),
            heat: eur_mwh(80.0),
            unserved: eur_mwh(3000.0),
            provenance: "made up".to_owned(),
            is_synthetic: true,
        },
        buildings: Vec::new(),
        lumped_demands: Vec::new(),
        known_annual_demand: None,
        streets: Vec::new(),
        existing_pipes: Vec::new(),
        plant_position: None,
        data_centres: vec![data_centre(0), data_centre(1)],
        heat_pumps: Vec::new(),
        boilers: Vec::new(),
        stores: Vec::new(),
        network: network_rules(),
        design: design_rules(),
        money: money_rules(),
        emissions: EmissionFactors {
            electricity: vec![kg_mwh(35.0); hours],
            fuel: [198.0, 257.0, 0.0, 380.0, 0.0].map(kg_mwh),
        },
        counterfactual: Counterfactual::ExistingPlant,
        assumptions: Vec::new(),
        attributions: Vec::new(),
        input_files: Vec::new(),
    }
}

fn network_rules() -> NetworkRules {
    let level = |c: f64| TemperatureCurve {
        cold_outdoor: Temperature::from_c(-26.0),
        at_cold: Temperature::from_c(c),
        mild_outdoor: Temperature::from_c(8.0),
        at_mild: Temperature::from_c(c),
    };
    NetworkRules {
        supply_temperature: level(80.0),
        return_temperature: level(45.0),
        min_differential_pressure: Pressure::from_bar(0.6),
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
        connect_all: true,
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
