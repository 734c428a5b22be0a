//! Closed forms.

use hukka_network::{
    Boundary, Draw, Fluid, Inflow, InflowAmount, Network, PipeSpec, Solver, SolverOptions, Water,
};

/// Water with constant properties, so that closed forms hold exactly.
struct Ideal;

impl Fluid for Ideal {
    fn density(&self, _: f64) -> f64 {
        975.0
    }
    fn specific_heat(&self, _: f64) -> f64 {
        4190.0
    }
    fn viscosity(&self, _: f64) -> f64 {
        3.8e-4
    }
    fn enthalpy(&self, t_k: f64) -> f64 {
        4190.0 * (t_k - 273.15)
    }
    fn temperature(&self, enthalpy: f64) -> f64 {
        273.15 + enthalpy / 4190.0
    }
}

const GROUND: f64 = 281.15;

fn pipe(from: usize, to: usize, length_m: f64, inner_diameter_m: f64) -> PipeSpec {
    PipeSpec {
        from,
        to,
        length_m,
        inner_diameter_m,
        roughness_m: 1e-4,
        fitting_share: 0.0,
        loss_w_mk: 0.25,
    }
}

fn fixed_flow(mass_flow: f64) -> Draw {
    Draw {
        heat_w: 0.0,
        loss_w_k: 0.0,
        return_temperature_k: 318.15,
        min_mass_flow: mass_flow,
    }
}

fn boundary<'a>(draws: &'a [Draw], inflows: &'a [Inflow]) -> Boundary<'a> {
    Boundary {
        supply_temperature_k: 353.15,
        surplus_return_temperature_k: 318.15,
        ground_temperature_k: GROUND,
        draws,
        inflows,
    }
}

#[test]
fn a_single_pipe_cools_exponentially() {
    let network = Network::new(&[0.0, 0.0], &[pipe(0, 1, 1500.0, 0.1)], 0).unwrap();
    let options = SolverOptions::default();
    let mut solver = Solver::new(&network, Ideal, &[1], &[], options).unwrap();
    for flow in [0.01, 0.1, 1.0, 10.0] {
        let hour = solver.solve(&boundary(&[fixed_flow(flow)], &[]));
        let decay = (-0.25 * 1500.0 / (4190.0 * flow)).exp();
        let expected = GROUND + (353.15 - GROUND) * decay;
        let back = GROUND + (expected - GROUND) * decay;
        assert!(hour.is_converged);
        assert!((solver.node(1).supply_temperature_k - expected).abs() < 1e-9);
        assert!((solver.node(0).return_temperature_k - back).abs() < 1e-9);
        assert!((hour.heat_fed_w / (flow * 4190.0 * (353.15 - back)) - 1.0).abs() < 1e-9);
    }
}

#[test]
fn the_flow_of_a_consumer_meets_its_heat() {
    let network = Network::new(&[0.0, 0.0], &[pipe(0, 1, 3000.0, 0.05)], 0).unwrap();
    let options = SolverOptions::default();
    let mut solver = Solver::new(&network, Ideal, &[1], &[], options).unwrap();
    let draw = Draw {
        heat_w: 20e3,
        loss_w_k: 0.0,
        return_temperature_k: 318.15,
        min_mass_flow: 0.0,
    };
    let hour = solver.solve(&boundary(&[draw], &[]));
    let (flow, heat) = solver.draw(0);
    let t = GROUND + (353.15 - GROUND) * (-0.25 * 3000.0 / (4190.0 * flow)).exp();
    assert!(hour.is_converged && hour.iterations < 12, "{hour:?}");
    assert!((flow * 4190.0 * (t - 318.15) / 20e3 - 1.0).abs() < 1e-8);
    assert!((heat - 20e3).abs() < 1e-5);
}

#[test]
fn parallel_laminar_pipes_share_by_diameter_to_the_fourth() {
    let pipes = [pipe(0, 1, 100.0, 0.10), pipe(0, 1, 200.0, 0.08)];
    let network = Network::new(&[0.0, 0.0], &pipes, 0).unwrap();
    let mut solver = Solver::new(&network, Ideal, &[1], &[], SolverOptions::default()).unwrap();
    let hour = solver.solve(&boundary(&[fixed_flow(0.05)], &[]));
    let ratio = solver.pipe(0).supply_mass_flow / solver.pipe(1).supply_mass_flow;
    let expected = (0.10_f64 / 0.08).powi(4) * 200.0 / 100.0;
    assert!(hour.is_converged);
    assert!((ratio / expected - 1.0).abs() < 1e-6, "{ratio} {expected}");
}

#[test]
fn equal_branches_of_a_ring_share_equally() {
    let pipes = [
        pipe(0, 1, 300.0, 0.08),
        pipe(2, 1, 300.0, 0.08),
        pipe(0, 2, 300.0, 0.08),
        pipe(1, 3, 50.0, 0.08),
        pipe(0, 1, 600.0, 0.08),
    ];
    let network = Network::new(&[0.0; 4], &pipes, 0).unwrap();
    assert_eq!(network.loop_count(), 2);
    let mut solver = Solver::new(&network, Ideal, &[3], &[], SolverOptions::default()).unwrap();
    let hour = solver.solve(&boundary(&[fixed_flow(8.0)], &[]));
    assert!(hour.is_converged);
    let long = solver.pipe(4).supply_mass_flow;
    let ring = solver.pipe(2).supply_mass_flow;
    assert!((long - ring).abs() < 1e-8, "equal length, equal flow");
    assert!((solver.pipe(1).supply_mass_flow - ring).abs() < 1e-12);
    assert!((solver.pipe(0).return_mass_flow + solver.pipe(0).supply_mass_flow).abs() < 1e-8);
    assert!((long + ring + solver.pipe(0).supply_mass_flow - 8.0).abs() < 1e-12);
}

#[test]
fn rough_turbulent_pipes_share_by_the_square_root_of_length() {
    let rough = |length| PipeSpec {
        roughness_m: 5e-3,
        ..pipe(0, 1, length, 0.1)
    };
    let network = Network::new(&[0.0, 0.0], &[rough(100.0), rough(400.0)], 0).unwrap();
    let mut solver = Solver::new(&network, Ideal, &[1], &[], SolverOptions::default()).unwrap();
    let hour = solver.solve(&boundary(&[fixed_flow(3000.0)], &[]));
    let ratio = solver.pipe(0).supply_mass_flow / solver.pipe(1).supply_mass_flow;
    assert!(hour.is_converged);
    assert!((ratio / 2.0 - 1.0).abs() < 1e-5, "{ratio}");
}

#[test]
fn a_source_at_the_far_end_turns_the_flow_and_the_plant_takes_the_rest() {
    let pipes = [pipe(0, 1, 200.0, 0.1), pipe(1, 2, 200.0, 0.1)];
    let network = Network::new(&[0.0, 3.0, 8.0], &pipes, 0).unwrap();
    let options = SolverOptions::default();
    let mut solver = Solver::new(&network, Water, &[1], &[2], options).unwrap();
    let draw = Draw {
        heat_w: 100e3,
        loss_w_k: 0.0,
        return_temperature_k: 318.15,
        min_mass_flow: 0.0,
    };
    for given in [0.0, 50e3, 90e3, 300e3] {
        let inflow = Inflow {
            amount: InflowAmount::Heat(given),
            temperature_k: 353.15,
        };
        let hour = solver.solve(&boundary(&[draw], &[inflow]));
        let total = hour.delivered_w + hour.loss_w;
        assert!(hour.is_converged, "{given} {hour:?}");
        assert!((hour.heat_fed_w - total).abs() < 1e-9 * total, "{hour:?}");
        assert!((hour.delivered_w / 100e3 - 1.0).abs() < 1e-9);
        assert_eq!(solver.pipe(0).supply_mass_flow < 0.0, given > 200e3);
        assert_eq!(hour.plant_mass_flow < 0.0, given > 200e3);
        assert!(solver.pipe(1).supply_mass_flow <= 0.0);
    }
}
