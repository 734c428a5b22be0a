//! A made-up town for tests and the timing example: every series from a seeded generator.

use hukka_dispatch::{Error, Inputs, Options};
use hukka_model::{
    Boiler, DataCentre, Design, Diagnostic, DispatchPlan, Fuel, HeatPump, HeatPumpModel,
    HeatSource, NetworkHourly, NetworkState, Prices, SolveStatus, Store, Study, sample,
};
use hukka_units::{
    CarbonPrice, ElectricPower, EnergyPrice, HeatEnergy, HeatPower, MassFlow, Pressure, Ratio,
    Temperature,
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
        max_outlet_temperature: Temperature::from_c(90.0),
        arrangement: hukka_model::PumpArrangement::default(),
        variable_upkeep: EnergyPrice::from_eur_mwh(2.0),
        ..sample::heat_pump()
    }
}

pub(crate) fn boiler(id: &str, fuel: Fuel, mw: f64) -> Boiler {
    Boiler {
        id: id.to_owned(),
        fuel,
        heat_capacity: Some(HeatPower::from_mw(mw)),
        efficiency: Ratio::from_fraction(0.92),
        variable_upkeep: EnergyPrice::from_eur_mwh(1.0),
        ..sample::gas_boiler()
    }
}

pub(crate) fn tank(id: &str, mwh: f64) -> Store {
    Store {
        id: id.to_owned(),
        capacity: Some(HeatEnergy::from_mwh(mwh)),
        loss_per_hour: Ratio::from_fraction(0.0005),
        ..sample::tank()
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
        cooling: hukka_model::CoolingHours::free(
            hours,
            Temperature::from_c(20.0),
            Temperature::from_c(30.0),
        ),
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
            index_delay: Vec::new(),
            coldest_supply_temperature: vec![Temperature::from_c(supply_c); hours],
        },
        trenches: Vec::new(),
        snapshots: Vec::new(),
        cold_consumers: Vec::new(),
        supply_choice: None,
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
        it_load: ElectricPower::from_mw(6.0),
        heat_price: EnergyPrice::from_eur_mwh(3.0),
        ..sample::data_centre()
    }
}

fn study(hours: usize, electricity_eur_mwh: &[f64]) -> Study {
    let eur_mwh = EnergyPrice::from_eur_mwh;
    Study {
        prices: Prices {
            electricity: electricity_eur_mwh.iter().map(|&p| eur_mwh(p)).collect(),
            electricity_grid_fee: eur_mwh(12.0),
            electricity_tax: eur_mwh(0.6),
            fuel: [45.0, 80.0, 28.0, 25.0, 0.0].map(eur_mwh),
            carbon: CarbonPrice::from_eur_t(80.0),
            unserved: eur_mwh(3000.0),
            ..sample::prices(hours)
        },
        data_centres: vec![data_centre(0), data_centre(1)],
        ..sample::study(hours)
    }
}
