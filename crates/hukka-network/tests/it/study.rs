//! A small study, demand and design made by hand.

use hukka_model::{
    ConnectedConsumer, ConsumerDemand, DemandProfile, Design, HeatDemand, InsulationSeries,
    NetworkNode, NodeKind, Position, Study, Trench, TrenchKind, sample,
};
use hukka_units::{
    Area, HeatEnergy, HeatPower, Length, LinearLossCoefficient, Money, Ratio, Temperature,
};

/// Study, demand and design that belong together.
pub(crate) struct Case {
    pub(crate) study: Study,
    pub(crate) demand: HeatDemand,
    pub(crate) design: Design,
}

/// Outdoor temperature of a plain year: −18 °C in winter nights, 22 °C in summer days.
fn outdoor_c(step: usize) -> f64 {
    let day = step as f64 / 24.0;
    let year = -(std::f64::consts::TAU * (day - 20.0) / 365.0).cos();
    let hour = -(std::f64::consts::TAU * (day - 0.1)).cos();
    4.0 + 14.0 * year + 4.0 * hour
}

fn study(steps: usize) -> Study {
    let mut study = sample::study(steps);
    study.weather.outdoor_temperature = (0..steps)
        .map(|t| Temperature::from_c(outdoor_c(t)))
        .collect();
    study.weather.ground_temperature = vec![Temperature::from_c(6.0); steps];
    study.network.return_temperature = sample::curve(50.0, 40.0);
    study
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
