//! A small consistent study by hand: one data centre, one heat pump, one gas boiler, one store.
//!
//! Ten days stand for a year. Every term is written down plainly, apart from the code under test.

use crate::book::{Book, keep};
use crate::cash_flow::Ventures;
use crate::energy::heat;
use crate::error::Error;
use crate::inputs::{Inputs, OperatingYear, Options};
use crate::levels::{Levels, spared};
use crate::stage;
use hukka_model::{
    Assessment, Boiler, CapexItem, ConnectedConsumer, ConsumerDemand, Counterfactual, DataCentre,
    DemandProfile, Design, DesignRules, Diagnostic, DispatchPlan, HeatDemand, HeatPump, HeatSource,
    InsulationSeries, NetworkHourly, NetworkRules, NetworkState, Position, Prices, SolveStatus,
    SourceConnection, Store, StorePlan, Study, Trench, TrenchKind, TrenchResult, UnitKind,
    UnitPlan, Utilisation, Weather, sample,
};
use hukka_units::{
    Area, CarbonMass, CarbonPrice, ElectricPower, EmissionFactor, EnergyPrice, FuelPower,
    HeatEnergy, HeatPower, Length, LinearLossCoefficient, MassFlow, Money, Pressure,
    PressureGradient, Ratio, Temperature, TimeSpan, Velocity,
};

/// Loss of the network, MW, and its pumps, MW.
const LOSS: f64 = 0.3;
const PUMPS: f64 = 0.02;
/// Content of the store, MWh; what swings through it, MWh; loss per hour.
const CONTENT: f64 = 10.0;
const SWING: f64 = 0.4;
const STORE_LOSS: f64 = 0.001;
/// COP, boiler efficiency, largest heat of the heat pump in MW.
const COP: f64 = 4.0;
const EFFICIENCY: f64 = 0.95;
const PUMP_MW: f64 = 3.0;

pub(crate) struct Bench {
    pub(crate) study: Study,
    pub(crate) demand: HeatDemand,
    pub(crate) design: Design,
    pub(crate) network: NetworkState,
    pub(crate) sources: Vec<HeatSource>,
    pub(crate) plan: DispatchPlan,
    pub(crate) counterfactual: Option<DispatchPlan>,
    pub(crate) full_fill: f64,
}

impl Bench {
    pub(crate) const HOURS: usize = 240;

    /// Heating of their own as the alternative; worth building.
    pub(crate) fn new() -> Self {
        let loads = loads();
        let mut bench = Self {
            study: study(),
            demand: demand(&loads),
            design: design(),
            network: network(&loads),
            sources: vec![source()],
            plan: plan(&loads, PUMP_MW),
            counterfactual: None,
            full_fill: 1.0,
        };
        bench.refresh_objective();
        bench
    }

    /// The existing boiler as the alternative.
    pub(crate) fn against_existing_plant() -> Self {
        let mut bench = Self::new();
        bench.study.counterfactual = Counterfactual::ExistingPlant;
        bench.design.boilers[0].is_existing = true;
        bench.counterfactual = Some(plan(&loads(), 0.0));
        bench.refresh_objective();
        bench
    }

    /// Nobody to heat, nothing to take, nothing to build.
    pub(crate) fn dead() -> Self {
        let nothing = vec![0.0; Self::HOURS];
        let mut bench = Self::new();
        bench.demand = demand(&nothing);
        bench.network = network(&nothing);
        bench.network.hourly.heat_fed = vec![HeatPower::ZERO; Self::HOURS];
        bench.network.hourly.heat_loss = vec![HeatPower::ZERO; Self::HOURS];
        bench.plan = plan(&nothing, 0.0);
        for unit in &mut bench.plan.units {
            unit.heat.fill(HeatPower::ZERO);
            unit.source_heat.fill(HeatPower::ZERO);
            unit.electricity.fill(ElectricPower::ZERO);
            unit.fuel.fill(FuelPower::ZERO);
        }
        bench.plan.stores.clear();
        bench.design.connected.clear();
        bench.design.capex.clear();
        bench.design.trenches.clear();
        for source in &mut bench.sources {
            source.it_power.fill(ElectricPower::ZERO);
            source.auxiliary_power.fill(ElectricPower::ZERO);
            source.cooling_power.fill(ElectricPower::ZERO);
            source.recoverable.fill(HeatPower::ZERO);
            source.unrecoverable.fill(HeatPower::ZERO);
        }
        bench.refresh_objective();
        bench
    }

    /// Sets the dispatch objective to the plain sum of the plan's costs.
    pub(crate) fn refresh_objective(&mut self) {
        let price = self.study.prices.electricity[0].eur_mwh();
        let source = self.study.data_centres[0].heat_price.eur_mwh();
        let cost = |plan: &DispatchPlan| {
            let mwh = |series: &[f64]| series.iter().sum::<f64>() / 1e6;
            let pump = &plan.units[0];
            let boiler = &plan.units[1];
            let electricity = mwh(hukka_units::as_si(&pump.electricity));
            let fuel = mwh(hukka_units::as_si(&boiler.fuel));
            electricity * (price + 20.0 + 10.0)
                + fuel * (40.0 + 0.198 * 80.0)
                + mwh(hukka_units::as_si(&pump.source_heat)) * source
                + mwh(hukka_units::as_si(&pump.heat)) * 2.0
                + mwh(hukka_units::as_si(&boiler.heat)) * 1.0
                + mwh(hukka_units::as_si(&plan.unserved)) * 1000.0
        };
        self.plan.objective = Money::from_eur(cost(&self.plan));
        if let Some(plan) = &mut self.counterfactual {
            plan.objective = Money::from_eur(cost(plan));
        }
    }

    pub(crate) fn book(&self) -> Book {
        let delivered = heat(&self.network.hourly.heat_delivered);
        let book = keep(
            &self.study,
            &self.design,
            &self.plan,
            (Ratio::from_fraction(1.0), delivered),
        );
        let years = self.years();
        spared(&self.inputs(&years), book, &self.plan, &self.sources)
    }

    pub(crate) fn try_run(&self) -> Result<(Assessment, Vec<Diagnostic>), Error> {
        let years = self.years();
        stage::run(&self.inputs(&years), &Options::default(), &mut ())
    }

    pub(crate) fn run(&self) -> (Assessment, Vec<Diagnostic>) {
        self.try_run().unwrap()
    }

    pub(crate) fn assess(&self) -> Assessment {
        self.run().0
    }

    pub(crate) fn with_ventures(&self, test: impl FnOnce(&Ventures<'_>)) {
        let years = self.years();
        let inputs = self.inputs(&years);
        let levels = Levels::new(&inputs);
        test(&stage::ventures(&inputs, &levels));
    }

    pub(crate) fn year(&self) -> OperatingYear<'_> {
        OperatingYear {
            fill: Ratio::from_fraction(self.full_fill),
            plan: &self.plan,
            sources: &self.sources,
        }
    }

    fn years(&self) -> [OperatingYear<'_>; 1] {
        [self.year()]
    }

    /// The same with a heat pump of another size on a source to match.
    pub(crate) fn with_heat_pump(pump_mw: f64) -> Self {
        let mut bench = Self::new();
        bench.plan = plan(&loads(), pump_mw);
        for source in &mut bench.sources {
            source.recoverable.fill(HeatPower::from_mw(pump_mw));
            source.unrecoverable.fill(HeatPower::from_mw(4.4 - pump_mw));
        }
        bench.refresh_objective();
        bench
    }

    /// The same with the data centre so far away, the pipe at the study's price.
    pub(crate) fn at_distance(km: f64) -> Self {
        let mut bench = Self::new();
        let cost = Money::from_eur(135.5 * 1000.0 * km);
        bench.design.trenches[0].length = Length::from_km(km);
        bench.design.trenches[0].cost = cost;
        bench.design.sources[0].distance_to_town = Length::from_km(km);
        bench.design.capex[0].amount = cost;
        bench.design.capex[0].upkeep_per_year = cost * 0.01;
        let planning = (cost + bench.design.capex[1].amount) * 0.1;
        bench.design.capex[2].amount = planning;
        bench
    }

    pub(crate) fn inputs<'a>(&'a self, years: &'a [OperatingYear<'a>]) -> Inputs<'a> {
        Inputs {
            study: &self.study,
            demand: &self.demand,
            design: &self.design,
            network: &self.network,
            sources: &self.sources,
            years,
            counterfactual: self.counterfactual.as_ref(),
        }
    }
}

/// A thing to be paid for, EUR and years, without upkeep.
pub(crate) fn capex(name: &str, group: &str, eur: f64, life: f64) -> CapexItem {
    CapexItem {
        name: name.to_owned(),
        group: group.to_owned(),
        amount: Money::from_eur(eur),
        life: TimeSpan::from_a(life),
        upkeep_per_year: Money::ZERO,
    }
}

/// Hourly demand, MW: 2.4 to 5.6.
fn loads() -> Vec<f64> {
    (0..Bench::HOURS)
        .map(|t| 4.0 + 1.6 * (t as f64 * 0.11).sin())
        .collect()
}

fn each<T: Clone>(value: T) -> Vec<T> {
    vec![value; Bench::HOURS]
}

fn study() -> Study {
    let base = sample::study(Bench::HOURS);
    Study {
        weather: Weather {
            outdoor_temperature: loads()
                .iter()
                .map(|mw| Temperature::from_c(20.0 - 5.0 * mw))
                .collect(),
            ground_temperature: each(Temperature::from_c(6.0)),
            ..base.weather
        },
        prices: Prices {
            electricity: each(EnergyPrice::from_eur_mwh(45.0)),
            electricity_grid_fee: EnergyPrice::from_eur_mwh(20.0),
            electricity_tax: EnergyPrice::from_eur_mwh(10.0),
            fuel: [40.0, 80.0, 30.0, 25.0, 0.0].map(EnergyPrice::from_eur_mwh),
            carbon: CarbonPrice::from_eur_t(80.0),
            heat: EnergyPrice::from_eur_mwh(80.0),
            ..base.prices
        },
        data_centres: vec![data_centre()],
        heat_pumps: vec![heat_pump()],
        boilers: vec![boiler()],
        stores: vec![store()],
        network: NetworkRules {
            supply_temperature: sample::curve(80.0, 80.0),
            ..base.network
        },
        design: DesignRules {
            pipe_cost_factor: Ratio::from_fraction(0.1),
            ..base.design
        },
        contract: None,
        counterfactual: Counterfactual::Individual {
            name: "gas boilers in the houses".to_owned(),
            heat_cost: EnergyPrice::from_eur_mwh(95.0),
            emission: EmissionFactor::from_kg_mwh(220.0),
        },
        ..base
    }
}

fn data_centre() -> DataCentre {
    DataCentre {
        id: "north".to_owned(),
        it_load: ElectricPower::from_mw(4.0),
        utilisation: Utilisation::Constant(Ratio::from_fraction(1.0)),
        source_temperature: Temperature::from_c(30.0),
        heat_price: EnergyPrice::from_eur_mwh(3.0),
        ..sample::data_centre()
    }
}

fn source() -> HeatSource {
    HeatSource {
        id: "north".to_owned(),
        data_centre: 0,
        fill: Ratio::from_fraction(1.0),
        it_power: each(ElectricPower::from_mw(4.0)),
        auxiliary_power: each(ElectricPower::from_mw(0.4)),
        cooling_power: each(ElectricPower::from_mw(0.5)),
        cooling_saved_per_heat: each(Ratio::from_fraction(0.1)),
        recoverable: each(HeatPower::from_mw(4.0)),
        unrecoverable: each(HeatPower::from_mw(0.4)),
        source_temperature: each(Temperature::from_c(30.0)),
        source_return_temperature: each(Temperature::from_c(20.0)),
        is_mechanical_cooling: each(false),
        cooling: hukka_model::CoolingHours::free(
            Bench::HOURS,
            Temperature::from_c(20.0),
            Temperature::from_c(30.0),
        ),
    }
}

fn heat_pump() -> HeatPump {
    HeatPump {
        id: "pump".to_owned(),
        heat_capacity: Some(HeatPower::from_mw(PUMP_MW)),
        max_outlet_temperature: Temperature::from_c(90.0),
        arrangement: hukka_model::PumpArrangement::default(),
        variable_upkeep: EnergyPrice::from_eur_mwh(2.0),
        ..sample::heat_pump()
    }
}

fn boiler() -> Boiler {
    Boiler {
        heat_capacity: Some(HeatPower::from_mw(8.0)),
        efficiency: Ratio::from_fraction(EFFICIENCY),
        variable_upkeep: EnergyPrice::from_eur_mwh(1.0),
        ..sample::gas_boiler()
    }
}

fn store() -> Store {
    Store {
        capacity: Some(HeatEnergy::from_mwh(20.0)),
        loss_per_hour: Ratio::from_fraction(STORE_LOSS),
        ..sample::tank()
    }
}

/// Two consumers, one profile.
fn demand(loads: &[f64]) -> HeatDemand {
    let year: f64 = loads.iter().sum();
    let shape: Vec<f64> = loads
        .iter()
        .map(|q| if year > 0.0 { q / year } else { 0.0 })
        .collect();
    let consumer = |id: &str, space: f64, water: f64| ConsumerDemand {
        id: id.to_owned(),
        building: None,
        position: None,
        profile: 0,
        space_heat: HeatEnergy::from_mwh(space * year),
        hot_water: HeatEnergy::from_mwh(water * year),
        peak: HeatPower::from_mw(3.0),
        design_power: HeatPower::from_mw(3.5),
        heated_area: Area::from_m2(1000.0),
        required_supply_temperature: Temperature::from_c(65.0),
    };
    HeatDemand {
        profiles: vec![DemandProfile {
            name: "all".to_owned(),
            space_heat: shape.clone(),
            hot_water: shape,
        }],
        consumers: vec![consumer("a", 0.4, 0.1), consumer("b", 0.35, 0.15)],
        total: loads.iter().map(|q| HeatPower::from_mw(*q)).collect(),
        calibration: 1.0,
    }
}

/// A DN 200 main of 0.9 km; all lives fit the horizon but the pipe's.
fn design() -> Design {
    let pipe_cost = 0.1 * 1355.0 * 900.0;
    let mut pipe = capex("pipe", "network", pipe_cost, 40.0);
    pipe.upkeep_per_year = pipe.amount * 0.01;
    let mut design = Design {
        nodes: Vec::new(),
        trenches: vec![Trench {
            id: "main".to_owned(),
            from: 0,
            to: 1,
            length: Length::from_km(0.9),
            path: vec![Position::from_m(0.0, 0.0), Position::from_m(900.0, 0.0)],
            kind: TrenchKind::Transmission,
            dn: 200,
            series: InsulationSeries::Series2,
            loss: LinearLossCoefficient::from_w_mk(0.346),
            is_existing: false,
            cost: Money::from_eur(pipe_cost),
            design_power: HeatPower::from_mw(6.0),
            consumers_behind: 2,
        }],
        connected: (0..2)
            .map(|i| ConnectedConsumer {
                consumer: i,
                node: i + 1,
                distance: Length::from_km(0.9),
            })
            .collect(),
        unconnected: Vec::new(),
        sources: vec![SourceConnection {
            data_centre: 0,
            node: 0,
            distance_to_town: Length::from_km(0.9),
        }],
        distribution_losses: Vec::new(),
        heat_pumps: vec![heat_pump()],
        boilers: vec![boiler()],
        stores: vec![store()],
        capex: vec![pipe, capex("pump", "heat pump", 60_000.0, 20.0)],
        connected_heat: HeatEnergy::from_mwh(loads().iter().sum()),
        peak_demand: HeatPower::from_mw(5.6),
        linear_heat_density_mwh_m: 1.0,
        estimated_loss_share: Ratio::from_percent(7.0),
    };
    let planning = design.investment().eur() * 0.1;
    design.capex.push(capex(
        "planning and contingency",
        "planning",
        planning,
        20.0,
    ));
    design
}

fn network(loads: &[f64]) -> NetworkState {
    let mw = |value: f64| HeatPower::from_mw(value);
    NetworkState {
        status: SolveStatus::Converged,
        unsolved_steps: Vec::new(),
        worst_residual: 0.0,
        hourly: NetworkHourly {
            supply_temperature: each(Temperature::from_c(80.0)),
            return_temperature: each(Temperature::from_c(45.0)),
            heat_fed: loads.iter().map(|q| mw(q + LOSS)).collect(),
            heat_delivered: loads.iter().map(|q| mw(*q)).collect(),
            heat_loss: each(mw(LOSS)),
            pump_power: each(ElectricPower::from_mw(PUMPS)),
            mass_flow: each(MassFlow::from_kg_s(30.0)),
            differential_pressure: each(Pressure::from_bar(2.0)),
            index_consumer: each(0),
            index_delay: Vec::new(),
            coldest_supply_temperature: each(Temperature::from_c(78.0)),
        },
        trenches: vec![TrenchResult {
            heat_loss: HeatEnergy::from_mwh(10.0),
            max_mass_flow: MassFlow::from_kg_s(40.0),
            max_velocity: Velocity::from_m_s(1.2),
            max_pressure_gradient: PressureGradient::from_pa_m(70.0),
            congested_hours: 0,
        }],
        snapshots: Vec::new(),
        cold_consumers: Vec::new(),
        supply_choice: None,
    }
}

/// The heat pump first up to its size, the boiler the rest; the store swings every other hour.
fn plan(loads: &[f64], pump_mw: f64) -> DispatchPlan {
    let hours = loads.len();
    let charge_at = |t: usize| t.is_multiple_of(2);
    let low = CONTENT;
    let high = CONTENT + SWING;
    let charge = SWING + STORE_LOSS * low;
    let discharge = SWING - STORE_LOSS * high;
    let needed: Vec<f64> = (0..hours)
        .map(|t| loads[t] + LOSS + if charge_at(t) { charge } else { -discharge })
        .collect();
    let pump: Vec<f64> = needed.iter().map(|q| q.min(pump_mw)).collect();
    let boiler: Vec<f64> = needed.iter().zip(&pump).map(|(q, p)| q - p).collect();
    let by =
        |series: &[f64], factor: f64| -> Vec<f64> { series.iter().map(|v| v * factor).collect() };
    let heat = |series: Vec<f64>| {
        series
            .into_iter()
            .map(HeatPower::from_mw)
            .collect::<Vec<_>>()
    };
    let fuel: f64 = boiler.iter().sum::<f64>() / EFFICIENCY;
    let power: f64 = pump.iter().sum::<f64>() / COP + PUMPS * hours as f64;
    DispatchPlan {
        status: SolveStatus::Converged,
        objective: Money::ZERO,
        bound: Money::ZERO,
        fill: Ratio::from_fraction(1.0),
        heat_demand: heat(loads.iter().map(|q| q + LOSS).collect()),
        units: vec![
            UnitPlan {
                id: "pump".to_owned(),
                kind: UnitKind::HeatPump(0),
                source_heat: heat(by(&pump, 1.0 - 1.0 / COP)),
                electricity: by(&pump, 1.0 / COP)
                    .into_iter()
                    .map(ElectricPower::from_mw)
                    .collect(),
                fuel: each(FuelPower::ZERO),
                cop: each(Ratio::from_fraction(COP)),
                available: each(HeatPower::from_mw(PUMP_MW)),
                heat: heat(pump),
            },
            UnitPlan {
                id: "gas".to_owned(),
                kind: UnitKind::Boiler(0),
                source_heat: each(HeatPower::ZERO),
                electricity: each(ElectricPower::ZERO),
                fuel: by(&boiler, 1.0 / EFFICIENCY)
                    .into_iter()
                    .map(FuelPower::from_mw)
                    .collect(),
                cop: each(Ratio::ZERO),
                available: each(HeatPower::from_mw(8.0)),
                heat: heat(boiler),
            },
        ],
        stores: vec![StorePlan {
            id: "tank".to_owned(),
            charge: heat(
                (0..hours)
                    .map(|t| if charge_at(t) { charge } else { 0.0 })
                    .collect(),
            ),
            discharge: heat(
                (0..hours)
                    .map(|t| if charge_at(t) { 0.0 } else { discharge })
                    .collect(),
            ),
            level: (0..hours)
                .map(|t| HeatEnergy::from_mwh(if charge_at(t) { high } else { low }))
                .collect(),
            loss: heat(
                (0..hours)
                    .map(|t| STORE_LOSS * if charge_at(t) { low } else { high })
                    .collect(),
            ),
        }],
        unserved: each(HeatPower::ZERO),
        dumped: each(HeatPower::ZERO),
        pump_power: each(ElectricPower::from_mw(PUMPS)),
        heat_price: each(EnergyPrice::from_eur_mwh(50.0)),
        carbon: CarbonMass::from_kg(fuel * 198.0 + power * 35.0),
    }
}
