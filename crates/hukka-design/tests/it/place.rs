//! Studies to design for, made by hand.

use hukka_design::{Inputs, Options};
use hukka_model::*;
use hukka_units::*;

pub(crate) const STEPS: usize = 8760;

/// A study with its demand and sources.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) study: Study,
    pub(crate) demand: HeatDemand,
    pub(crate) sources: Vec<HeatSource>,
}

impl Place {
    pub(crate) fn run(&self) -> (Design, Vec<Diagnostic>) {
        let inputs = Inputs {
            study: &self.study,
            demand: &self.demand,
            sources: &self.sources,
        };
        hukka_design::run(&inputs, &Options::default(), &mut ()).expect("a design")
    }

    /// A design whose invariants hold.
    pub(crate) fn sound(&self) -> (Design, Vec<Diagnostic>) {
        let (design, diagnostics) = self.run();
        check(self, &design);
        for diagnostic in &diagnostics {
            let is_listed = |code: &(&str, &str)| code.0 == diagnostic.code;
            assert!(hukka_design::CODES.iter().any(is_listed), "{diagnostic:?}");
        }
        (design, diagnostics)
    }

    pub(crate) fn street(&mut self, path: &[(f64, f64)]) -> &mut Self {
        let id = format!("s{}", self.study.streets.len());
        self.study.streets.push(Street {
            id,
            name: None,
            path: positions(path),
            cost_factor: Ratio::from_fraction(1.0),
        });
        self
    }

    /// A square building of 10 m, needing a yearly heat.
    pub(crate) fn building(&mut self, east: f64, north: f64, mwh: f64) -> &mut Self {
        let outline = [(-5.0, -5.0), (5.0, -5.0), (5.0, 5.0), (-5.0, 5.0)]
            .map(|(x, y)| Position::from_m(east + x, north + y));
        let id = format!("b{}", self.study.buildings.len());
        self.study.buildings.push(Building {
            id: id.clone(),
            name: None,
            outline: outline.to_vec(),
            position: Position::from_m(east, north),
            footprint: Area::from_m2(100.0),
            storeys: 2.0,
            usage: BuildingUse::Apartment,
            construction_year: 1975,
            known_annual_heat: None,
            is_connected: None,
            secondary_supply: None,
        });
        let building = Some(self.study.buildings.len() - 1);
        self.consumer(id, building, Some(Position::from_m(east, north)), mwh);
        self
    }

    /// No network today: every building has a boiler of its own.
    pub(crate) fn heated_by_houses(&mut self) -> &mut Self {
        self.study.counterfactual = Counterfactual::Individual {
            name: "boilers in the houses".to_owned(),
            heat_cost: EnergyPrice::from_eur_mwh(105.0),
            emission: EmissionFactor::from_kg_mwh(180.0),
        };
        self
    }

    pub(crate) fn lump(&mut self, position: Option<Position>, mwh: f64) -> &mut Self {
        let id = format!("town{}", self.study.lumped_demands.len());
        self.study.lumped_demands.push(LumpedDemand {
            id: id.clone(),
            position,
            annual_heat: HeatEnergy::from_mwh(mwh),
            hot_water_share: Ratio::from_fraction(0.2),
            usage: BuildingUse::Apartment,
            load: None,
            standard: None,
            meter: None,
            process: None,
            secondary_supply: None,
        });
        self.consumer(id, None, position, mwh);
        self
    }

    fn consumer(
        &mut self,
        id: String,
        building: Option<usize>,
        position: Option<Position>,
        mwh: f64,
    ) {
        let profile = &self.demand.profiles[0];
        let most = |shape: &[f64]| shape.iter().copied().fold(0.0, f64::max);
        let joules = HeatEnergy::from_mwh(mwh).si();
        let peak =
            joules * (0.8 * most(&profile.space_heat) + 0.2 * most(&profile.hot_water)) / 3600.0;
        self.demand.consumers.push(ConsumerDemand {
            id,
            building,
            position,
            profile: 0,
            space_heat: HeatEnergy::from_si(joules * 0.8),
            hot_water: HeatEnergy::from_si(joules * 0.2),
            peak: HeatPower::from_w(peak),
            design_power: HeatPower::from_w(peak * 1.2),
            heated_area: Area::from_m2(200.0),
            required_supply_temperature: Temperature::from_c(60.0),
        });
        let c = self.demand.consumers.len() - 1;
        for t in 0..STEPS {
            let add = self.demand.at(c, t);
            self.demand.total[t] += add;
        }
    }
}

pub(crate) fn positions(path: &[(f64, f64)]) -> Vec<Position> {
    path.iter().map(|&(x, y)| Position::from_m(x, y)).collect()
}

fn outdoor(t: usize) -> f64 {
    let year = (t as f64 / STEPS as f64 - 0.05) * core::f64::consts::TAU;
    let day = (t % 24) as f64 / 24.0 * core::f64::consts::TAU;
    5.5 - 14.0 * year.cos() - 2.0 * day.cos() - 4.0 * (t as f64 * 0.013).sin()
}

/// Hourly recoverable heat at 33 °C, cooled by 8 K.
pub(crate) fn source(data_centre: usize, mw: f64) -> HeatSource {
    HeatSource {
        id: format!("dc{data_centre}"),
        data_centre,
        fill: Ratio::from_fraction(1.0),
        it_power: vec![ElectricPower::from_mw(mw); STEPS],
        auxiliary_power: vec![ElectricPower::ZERO; STEPS],
        cooling_power: vec![ElectricPower::ZERO; STEPS],
        cooling_saved_per_heat: vec![Ratio::ZERO; STEPS],
        recoverable: vec![HeatPower::from_mw(mw); STEPS],
        unrecoverable: vec![HeatPower::ZERO; STEPS],
        source_temperature: vec![Temperature::from_c(33.0); STEPS],
        source_return_temperature: vec![Temperature::from_c(25.0); STEPS],
        is_mechanical_cooling: vec![false; STEPS],
        cooling: hukka_model::CoolingHours::free(
            STEPS,
            Temperature::from_c(20.0),
            Temperature::from_c(30.0),
        ),
    }
}

fn data_centre(k: usize, mw: f64, position: Option<(f64, f64)>) -> DataCentre {
    DataCentre {
        id: format!("dc{k}"),
        position: position.map(|(x, y)| Position::from_m(x, y)),
        it_load: ElectricPower::from_mw(mw),
        utilisation: Utilisation::Constant(Ratio::from_fraction(1.0)),
        source_temperature: Temperature::from_c(33.0),
        source_cooling: TemperatureDifference::from_kelvin(8.0),
        heat_price: EnergyPrice::from_eur_mwh(2.0),
        ..sample::data_centre()
    }
}

fn pump(data_centre: usize) -> HeatPump {
    HeatPump {
        id: format!("hp{data_centre}"),
        data_centre,
        ..sample::heat_pump()
    }
}

/// Adds a second data centre with its heat pump and source.
pub(crate) fn add_data_centre(place: &mut Place, mw: f64, position: (f64, f64)) {
    let k = place.study.data_centres.len();
    place
        .study
        .data_centres
        .push(data_centre(k, mw, Some(position)));
    place.study.heat_pumps.push(pump(k));
    place.sources.push(source(k, mw));
}

/// An empty place with one data centre, a gas boiler and a tank, all of open size.
pub(crate) fn bare(mw: f64, position: Option<(f64, f64)>) -> Place {
    let temperature: Vec<f64> = (0..STEPS).map(outdoor).collect();
    let space: Vec<f64> = temperature.iter().map(|t| (16.0 - t).max(0.0)).collect();
    let sum: f64 = space.iter().sum();
    let profile = DemandProfile {
        name: "all".to_owned(),
        space_heat: space.iter().map(|q| q / sum).collect(),
        hot_water: vec![1.0 / STEPS as f64; STEPS],
    };
    let mut study = sample::study(STEPS);
    study.weather.outdoor_temperature = temperature
        .iter()
        .map(|&t| Temperature::from_c(t))
        .collect();
    study.weather.ground_temperature = vec![Temperature::from_c(6.0); STEPS];
    study.prices.electricity = (0..STEPS)
        .map(|t| EnergyPrice::from_eur_mwh(50.0 + 20.0 * (t as f64 * 0.26).sin()))
        .collect();
    study.network.return_temperature = sample::curve(45.0, 40.0);
    study.data_centres = vec![data_centre(0, mw, position)];
    study.heat_pumps = vec![pump(0)];
    study.stores = vec![sample::tank()];
    Place {
        study,
        demand: HeatDemand {
            profiles: vec![profile],
            consumers: Vec::new(),
            total: vec![HeatPower::ZERO; STEPS],
            calibration: 1.0,
        },
        sources: vec![source(0, mw)],
    }
}

/// A grid of streets, `side` by `side` blocks of 100 m, a building in every street, and the data
/// centre 500 m west of it.
pub(crate) fn grid(side: usize, mwh: f64) -> Place {
    let mut place = bare(5.0, Some((-500.0, 0.0)));
    let at = |k: usize| 100.0 * k as f64;
    for i in 0..=side {
        for j in 0..side {
            place.street(&[(at(i), at(j)), (at(i), at(j + 1))]);
            place.street(&[(at(j), at(i)), (at(j + 1), at(i))]);
            place.building(at(j) + 50.0, at(i) + 20.0, mwh);
            place.building(at(i) + 20.0, at(j) + 50.0, mwh);
        }
    }
    place
}

/// Everything a design promises.
fn check(place: &Place, design: &Design) {
    assert_eq!(design.nodes[0].kind, NodeKind::Plant);
    let mut before: Vec<Option<usize>> = vec![None; design.nodes.len()];
    let mut is_reached = vec![false; design.nodes.len()];
    let mut around = vec![Vec::new(); design.nodes.len()];
    for (t, trench) in design.trenches.iter().enumerate() {
        assert!(trench.length.m() > 0.0 && trench.from != trench.to);
        assert!(trench.loss.si() > 0.0 && trench.cost.si().is_finite());
        assert!(trench.path.len() >= 2);
        let ends = (trench.path[0], trench.path[trench.path.len() - 1]);
        assert!(ends.0.distance(design.nodes[trench.from].position).m() < 1e-6);
        assert!(ends.1.distance(design.nodes[trench.to].position).m() < 1e-6);
        around[trench.from].push(t);
        around[trench.to].push(t);
    }
    let mut stack = vec![0];
    is_reached[0] = true;
    while let Some(node) = stack.pop() {
        for &t in &around[node] {
            let next = design.trenches[t].from + design.trenches[t].to - node;
            if !is_reached[next] {
                is_reached[next] = true;
                before[next] = Some(t);
                stack.push(next);
            }
        }
    }
    assert!(
        is_reached.iter().all(|r| *r),
        "everything hangs on the plant"
    );
    let is_tree = design.trenches.len() + 1 == design.nodes.len();
    for (node, trench) in before.iter().enumerate() {
        let (Some(t), true) = (trench, is_tree) else {
            continue;
        };
        let above = &design.trenches[*t];
        for &u in around[node].iter().filter(|u| **u != *t) {
            let below = &design.trenches[u];
            if !above.is_existing && !below.is_existing {
                assert!(above.dn >= below.dn, "thinner towards the plant");
                assert!(above.design_power >= below.design_power * 0.999);
            }
        }
    }
    let mut ids: Vec<&str> = design.nodes.iter().map(|n| n.id.as_str()).collect();
    ids.extend(design.trenches.iter().map(|t| t.id.as_str()));
    ids.sort_unstable();
    let count = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), count, "ids are unique");
    let mut seen = vec![false; place.demand.consumers.len()];
    for c in &design.connected {
        assert!(!core::mem::replace(&mut seen[c.consumer], true));
        assert_eq!(design.nodes[c.node].kind, NodeKind::Consumer);
        assert!(c.distance.si().is_finite());
    }
    for u in &design.unconnected {
        assert!(!core::mem::replace(&mut seen[u.consumer], true));
    }
    assert!(
        seen.iter().all(|s| *s),
        "everyone is connected or has a reason"
    );
    let pipes: f64 = design.trenches.iter().map(|t| t.cost.eur()).sum();
    let listed: f64 = design
        .capex
        .iter()
        .filter(|item| item.group == "network")
        .map(|item| item.amount.eur())
        .sum();
    assert!((pipes - listed).abs() < 1e-6 * (1.0 + pipes));
    assert!(
        design
            .heat_pumps
            .iter()
            .all(|m| m.heat_capacity.is_some_and(|q| q.si() >= 0.0))
    );
    assert!(
        design
            .boilers
            .iter()
            .all(|m| m.heat_capacity.is_some_and(|q| q.si() >= 0.0))
    );
    assert!(
        design
            .stores
            .iter()
            .all(|m| m.capacity.is_some_and(|q| q.si() >= 0.0))
    );
    let share = design.estimated_loss_share.si();
    assert!((0.0..1.0).contains(&share));
    assert_eq!(design.sources.len(), place.study.data_centres.len());
}
