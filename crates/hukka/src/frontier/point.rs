//! One point of the frontier: a study with other sizes, run from the design on.

use crate::pipeline::Run;
use crate::progress::Stage;
use crate::{Error, operation, supply};
use hukka_model::{Design, Diagnostic, HeatDemand, HeatSource, NetworkState, SolveStatus, Study};
use hukka_units::{HeatEnergy, HeatPower, Length, TemperatureDifference, TimeSpan};

/// Heat not supplied that counts as none, MWh a year.
const TRACE_MWH: f64 = 1.0;

/// What is chosen, against the study's own design.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PointChoice {
    /// Factor on the heat pumps' size.
    pub heat_pump: f64,
    /// Factor on the stores' size; zero builds none.
    pub store: f64,
    /// Added to the supply curve, K.
    pub shift_k: f64,
    /// Distance, when another than the study's.
    pub distance: Option<Length>,
}

impl PointChoice {
    /// Whether these are the study's own sizes.
    pub fn is_own(&self) -> bool {
        let same = |a: f64, b: f64| a.to_bits() == b.to_bits();
        same(self.heat_pump, 1.0)
            && same(self.store, 1.0)
            && same(self.shift_k, 0.0)
            && self.distance.is_none()
    }
}

/// A point and what came of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FrontierPoint {
    /// What was chosen.
    pub choice: PointChoice,
    /// All heat pumps together.
    pub heat_pump_mw: f64,
    /// All stores together.
    pub store_mwh: f64,
    /// Distance to the town.
    pub distance_km: f64,
    /// Levelised cost of heat.
    pub lcoh_eur_mwh: f64,
    /// Net present value.
    pub npv_eur: f64,
    /// Investment.
    pub investment_eur: f64,
    /// Share of heat from the data centre.
    pub share_covered: f64,
    /// Share of the data centre's heat used.
    pub use_share: f64,
    /// CO2 saved a year.
    pub carbon_saved_t: f64,
    /// Mean COP.
    pub mean_cop: f64,
    /// Heat not supplied a year.
    pub unserved_mwh: f64,
    /// Consumers that are not warm enough at times.
    pub cold_consumers: usize,
    /// Supplies no less and leaves no more consumers cold than the study's own sizes.
    pub is_feasible: bool,
    /// No other point is cheaper, covers more and saves more CO2 at once.
    pub is_on_front: bool,
}

/// What all points share.
pub(super) struct Ground<'a> {
    study: &'a Study,
    demand: &'a HeatDemand,
    sources: &'a [HeatSource],
    design: &'a Design,
    network: &'a NetworkState,
    /// What the study's own sizes leave cold and unserved.
    own_cold: usize,
    own_unserved: f64,
}

impl<'a> Ground<'a> {
    pub(super) fn new(study: &'a Study, run: &'a Run) -> Self {
        let (Some(demand), Some(sources), Some(design), Some(network)) =
            (&run.demand, &run.sources, &run.design, &run.network)
        else {
            unreachable!("invariant: a complete run has every noun");
        };
        let unserved = run.plan().map_or(0.0, |plan| mwh(&plan.unserved));
        Self {
            study,
            demand,
            sources,
            design,
            network,
            own_cold: network.cold_consumers.len(),
            own_unserved: unserved,
        }
    }

    pub(super) fn has_store(&self) -> bool {
        self.design
            .stores
            .iter()
            .any(|store| !store.is_existing && store.capacity.is_some_and(|c| c.mwh() > 0.0))
    }

    /// Supply temperature in mild weather.
    pub(super) fn mild_supply_c(&self) -> f64 {
        let curve = &self.study.network.supply_temperature;
        curve.at_mild.c().min(curve.at_cold.c())
    }
}

fn mwh(power: &[HeatPower]) -> f64 {
    (power.iter().copied().sum::<HeatPower>() * TimeSpan::from_h(1.0)).mwh()
}

/// The study with the sizes of a point.
fn changed(ground: &Ground<'_>, choice: &PointChoice) -> Study {
    let mut study = ground.study.clone();
    study.heat_pumps.clone_from(&ground.design.heat_pumps);
    for pump in &mut study.heat_pumps {
        pump.heat_capacity = pump.heat_capacity.map(|size| size * choice.heat_pump);
    }
    study.stores.clone_from(&ground.design.stores);
    for store in study.stores.iter_mut().filter(|store| !store.is_existing) {
        store.capacity = store.capacity.map(|size| size * choice.store);
        store.max_power = store.max_power.map(|power| power * choice.store);
    }
    study
        .stores
        .retain(|store| store.is_existing || store.capacity.is_some_and(|c| c.mwh() > 0.0));
    let shift = TemperatureDifference::from_kelvin(choice.shift_k);
    let curve = &mut study.network.supply_temperature;
    curve.at_cold = curve.at_cold + shift;
    curve.at_mild = curve.at_mild + shift;
    if let Some(distance) = choice.distance {
        study.network.lumped_distance = Some(distance);
    }
    study
}

/// Designs, simulates, dispatches and weighs a point.
pub(super) fn evaluate(ground: &Ground<'_>, choice: &PointChoice) -> Result<FrontierPoint, Error> {
    let study = changed(ground, choice);
    let design = designed(ground, &study)?;
    let simulated = if keeps_network(ground, choice, &design) {
        None
    } else {
        let setting = supply::Setting {
            study: &study,
            demand: ground.demand,
            design: &design,
            sources: ground.sources,
            case: hukka_dispatch::Case::WithDataCentre,
        };
        let simulated = supply::simulate(&setting, &mut ());
        Some(
            simulated
                .map_err(|source| failed(Stage::Network, source))?
                .0,
        )
    };
    let network = simulated.as_ref().unwrap_or(ground.network);
    let levels = operation::fill_levels(&study);
    let (operated, _) = operation::operate(&study, ground.demand, &design, network, &levels)
        .map_err(|source| failed(Stage::Dispatch, source))?;
    weigh(ground, choice, (&study, &design, network), &operated)
}

fn designed(ground: &Ground<'_>, study: &Study) -> Result<Design, Error> {
    let inputs = hukka_design::Inputs {
        study,
        demand: ground.demand,
        sources: ground.sources,
    };
    let options = hukka_design::Options::default();
    let (design, found) = hukka_design::run(&inputs, &options, &mut ())
        .map_err(|source| failed(Stage::Design, source))?;
    if found.iter().any(Diagnostic::is_error) {
        return Err(Error::Input(found));
    }
    Ok(design)
}

/// Whether the study's own network is this point's to the bit.
fn keeps_network(ground: &Ground<'_>, choice: &PointChoice, design: &Design) -> bool {
    let is_central = design.sources.iter().all(|source| source.node == 0);
    let is_chosen = ground.study.network.supply_levels.is_some();
    choice.shift_k.abs() <= 0.0
        && is_central
        && !is_chosen
        && design.trenches == ground.design.trenches
        && design.connected == ground.design.connected
}

fn weigh(
    ground: &Ground<'_>,
    choice: &PointChoice,
    (study, design, network): (&Study, &Design, &NetworkState),
    operated: &operation::Operation,
) -> Result<FrontierPoint, Error> {
    let years = operation::FillYear::assessed(&operated.years);
    let inputs = hukka_assess::Inputs {
        study,
        demand: ground.demand,
        design,
        network,
        sources: ground.sources,
        years: &years,
        counterfactual: operated.counterfactual.as_ref(),
    };
    let kpis = hukka_assess::figures(&inputs).map_err(|source| failed(Stage::Assess, source))?;
    let plans = operated.years.iter().map(|year| &year.plan);
    let unserved = plans
        .clone()
        .map(|plan| mwh(&plan.unserved))
        .fold(0.0, f64::max);
    let is_solved = plans
        .clone()
        .all(|plan| plan.status != SolveStatus::Infeasible);
    let pumps: HeatPower = design
        .heat_pumps
        .iter()
        .filter_map(|p| p.heat_capacity)
        .sum();
    let stores: HeatEnergy = design.stores.iter().filter_map(|s| s.capacity).sum();
    let cold = network.cold_consumers.len();
    Ok(FrontierPoint {
        choice: *choice,
        heat_pump_mw: pumps.mw(),
        store_mwh: stores.mwh(),
        distance_km: kpis.distance_to_town.km(),
        lcoh_eur_mwh: kpis.lcoh.eur_mwh(),
        npv_eur: kpis.npv.eur(),
        investment_eur: kpis.investment.eur(),
        share_covered: kpis.share_covered.fraction(),
        use_share: kpis.use_share.fraction(),
        carbon_saved_t: kpis.carbon_saved.t(),
        mean_cop: kpis.mean_cop.fraction(),
        unserved_mwh: unserved,
        cold_consumers: cold,
        is_feasible: is_solved
            && unserved <= ground.own_unserved + TRACE_MWH
            && cold <= ground.own_cold
            && network.unsolved_steps.len() <= ground.network.unsolved_steps.len(),
        is_on_front: false,
    })
}

fn failed(stage: Stage, source: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::Stage {
        stage: stage.name(),
        source: Box::new(source),
    }
}
