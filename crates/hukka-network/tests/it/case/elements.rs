//! Valves, pumps, plants and parts of networks with answers known by hand.

use super::balance::{worst_mass, worst_mixing};
use super::files::empty;
use hukka_model::Diagnostic;
use hukka_model::network_case::{
    CaseConsumer, CaseFluid, CaseNode, CasePipe, CasePump, CaseSource, CaseState, CaseValve,
    ConsumerMode, FixedPressure, FrictionLaw, NetworkCase, NetworkSide, PumpKind, SourceKind,
    Taking, ValveKind,
};
use hukka_network::case::{CaseOptions, GRAVITY, HeatCounting, fitting, steady};
use hukka_units::{HeatPower, Length, LinearLossCoefficient, MassFlow, Pressure, Temperature};

const DENSITY: f64 = 1000.0;
const DIAMETER: f64 = 0.1;

/// A bench of nodes at one height; water of constant properties.
struct Bench(NetworkCase);

impl Bench {
    fn new(nodes: usize) -> Self {
        let fluid = CaseFluid::Constant {
            density_kg_m3: DENSITY,
            viscosity_pa_s: 1e-3,
            specific_heat_j_kgk: 4200.0,
        };
        let mut case = empty(fluid, FrictionLaw::Colebrook);
        for i in 0..nodes {
            case.nodes.push(CaseNode {
                id: format!("n{i}"),
                ..CaseNode::default()
            });
        }
        Self(case)
    }

    fn pressure(mut self, node: usize, bar: f64) -> Self {
        self.0.pressures.push(FixedPressure {
            id: format!("p{node}"),
            node,
            pressure: Some(Pressure::from_bar(bar)),
            temperature: Some(Temperature::from_c(60.0)),
        });
        self
    }

    fn take(mut self, node: usize, kg_s: f64) -> Self {
        self.0.takings.push(Taking {
            id: format!("t{node}"),
            node,
            mass_flow: MassFlow::from_si(kg_s),
            temperature: None,
        });
        self
    }

    fn pipe(mut self, from: usize, to: usize) -> Self {
        self.0.pipes.push(CasePipe {
            id: format!("{from}-{to}"),
            from,
            to,
            length: Length::from_si(100.0),
            inner_diameter: Length::from_si(DIAMETER),
            roughness: Length::from_si(1e-4),
            ..CasePipe::default()
        });
        self
    }

    fn valve(mut self, from: usize, to: usize, minor_loss: f64, kind: ValveKind) -> Self {
        self.0.valves.push(CaseValve {
            id: format!("v{from}-{to}"),
            from,
            to,
            diameter: Length::from_si(DIAMETER),
            minor_loss,
            kind,
        });
        self
    }

    fn pump(mut self, from: usize, to: usize, kind: PumpKind, speed: f64) -> Self {
        self.0.pumps.push(CasePump {
            id: format!("m{from}-{to}-{}", self.0.pumps.len()),
            from,
            to,
            kind,
            speed,
            curve_density: None,
            efficiency: None,
            is_off: speed <= 0.0,
        });
        self
    }

    fn solved(&self) -> (CaseState, Vec<Diagnostic>) {
        let (state, found) = steady(&self.0, &CaseOptions::default(), &mut ()).unwrap();
        assert!(state.is_converged, "{found:?}");
        let mass = worst_mass(&self.0, &state);
        assert!(mass < 1e-9, "mass {mass:e}");
        (state, found)
    }
}

fn bar(state: &CaseState, node: usize) -> f64 {
    state.pressure_pa[node].unwrap() / 1e5
}

fn near(found: f64, expected: f64) {
    let scale = expected.abs().max(1e-3);
    assert!(
        (found - expected).abs() < 1e-6 * scale,
        "{found} instead of {expected}"
    );
}

fn has(found: &[Diagnostic], code: &str) -> bool {
    found.iter().any(|d| d.code == code)
}

#[test]
fn equal_parallel_pipes_share_the_flow() {
    let bench = Bench::new(2).pressure(0, 5.0).take(1, 9.0);
    let bench = bench.pipe(0, 1).pipe(0, 1).pipe(1, 0);
    let (state, _) = bench.solved();
    near(state.pipes[0].mass_flow_kg_s, 3.0);
    near(state.pipes[1].mass_flow_kg_s, 3.0);
    near(state.pipes[2].mass_flow_kg_s, -3.0);
}

#[test]
fn a_known_loop_is_met() {
    // 0 → 1 → 3 and 0 → 2 → 3: twice the length takes the same pressure as two pipes in a row
    let mut bench = Bench::new(4).pressure(0, 5.0).take(3, 8.0);
    bench = bench.pipe(0, 1).pipe(1, 3).pipe(0, 2).pipe(2, 3);
    for pipe in &mut bench.0.pipes[2..] {
        pipe.length = Length::from_si(400.0);
        pipe.roughness = Length::from_si(1e-2);
        pipe.inner_diameter = Length::from_si(0.2);
    }
    let (state, _) = bench.solved();
    let [a, b, c, d] = [0, 1, 2, 3].map(|i| state.pipes[i]);
    near(a.mass_flow_kg_s + c.mass_flow_kg_s, 8.0);
    near(a.friction_pa + b.friction_pa, c.friction_pa + d.friction_pa);
    for (pipe, s) in bench.0.pipes.iter().zip([a, b, c, d]) {
        let (size, area) = (pipe.inner_diameter.si(), {
            let d = pipe.inner_diameter.si();
            core::f64::consts::FRAC_PI_4 * d * d
        });
        let root = 1.0 / s.friction_factor.sqrt();
        let rough = pipe.roughness.si() / size / 3.71;
        near(root, -2.0 * (rough + 2.51 * root / s.reynolds).log10());
        let velocity = s.mass_flow_kg_s / (DENSITY * area);
        let law = s.friction_factor * pipe.length.si() / size * DENSITY * velocity.powi(2) / 2.0;
        near(s.friction_pa, law);
    }
}

#[test]
fn heights_weigh_on_the_pressure() {
    let mut bench = Bench::new(2).pressure(0, 5.0).pipe(0, 1);
    bench.0.nodes[1].height = Length::from_si(20.0);
    bench.0.air = hukka_model::network_case::AirPressure::Same;
    let (state, _) = bench.solved();
    near(bar(&state, 1), 5.0 - DENSITY * GRAVITY * 20.0 / 1e5);
}

#[test]
fn an_open_valve_with_no_loss_joins_its_nodes_and_a_throttle_takes_its_share() {
    let bench = Bench::new(3).pressure(0, 5.0).take(2, 10.0);
    let bench = bench
        .valve(0, 1, 0.0, ValveKind::Open)
        .valve(1, 2, 0.0, ValveKind::Throttle(7.0));
    let (state, _) = bench.solved();
    assert!((bar(&state, 1) - 5.0).abs() < 1e-6);
    let drop = fitting(7.0, DIAMETER) * 100.0 / DENSITY;
    near(bar(&state, 2), bar(&state, 1) - drop / 1e5);
    near(state.valve_flow_kg_s[1], 10.0);
}

#[test]
fn a_reducing_valve_holds_opens_and_shuts() {
    let with = |inlet: f64, set: f64, taken: f64| {
        let valve = ValveKind::PressureReducing(Pressure::from_bar(set));
        let bench = Bench::new(4).pressure(0, inlet).take(3, taken);
        bench.pipe(0, 1).valve(1, 2, 2.0, valve).pipe(2, 3).solved()
    };
    let (holding, _) = with(6.0, 3.0, 5.0);
    near(bar(&holding, 2), 3.0);
    near(holding.valve_flow_kg_s[0], 5.0);
    let (open, _) = with(2.0, 3.0, 5.0);
    let drop = fitting(2.0, DIAMETER) * 25.0 / DENSITY / 1e5;
    near(bar(&open, 1) - bar(&open, 2), drop);
    // water given behind the valve while another pressure stands there: it shuts
    let valve = ValveKind::PressureReducing(Pressure::from_bar(3.0));
    let bench = Bench::new(4).pressure(0, 6.0).pressure(3, 9.0);
    let bench = bench.pipe(0, 1).valve(1, 2, 2.0, valve).pipe(2, 3);
    let (shut, _) = bench.solved();
    assert!(shut.valve_flow_kg_s[0].abs() < 1e-6);
}

#[test]
fn a_sustaining_valve_keeps_the_pressure_before_it() {
    let valve = ValveKind::PressureSustaining(Pressure::from_bar(4.0));
    let bench = Bench::new(4).pressure(0, 6.0).pressure(3, 1.0);
    let (state, _) = bench.pipe(0, 1).valve(1, 2, 1.0, valve).pipe(2, 3).solved();
    near(bar(&state, 1), 4.0);
    near(state.pipes[0].mass_flow_kg_s, state.pipes[1].mass_flow_kg_s);
}

#[test]
fn a_pressure_control_holds_a_node_far_away_and_says_when_it_pumps() {
    let with = |set: f64| {
        let kind = ValveKind::PressureControl {
            node: 3,
            pressure: Pressure::from_bar(set),
        };
        let bench = Bench::new(4).pressure(0, 6.0).take(3, 8.0);
        bench.pipe(0, 1).valve(1, 2, 0.0, kind).pipe(2, 3).solved()
    };
    let (state, found) = with(3.0);
    near(bar(&state, 3), 3.0);
    assert!(!has(&found, "HK0625"));
    let (state, found) = with(8.0);
    near(bar(&state, 3), 8.0);
    assert!(has(&found, "HK0625"), "{found:?}");
}

#[test]
fn two_controls_in_a_row_hold_both_pressures() {
    let hold = |node, set| ValveKind::PressureControl {
        node,
        pressure: Pressure::from_bar(set),
    };
    let bench = Bench::new(6).pressure(0, 9.0).take(3, 3.0).take(5, 2.0);
    let bench = bench
        .pipe(0, 1)
        .valve(1, 2, 0.0, hold(3, 5.0))
        .pipe(2, 3)
        .valve(3, 4, 0.0, hold(5, 2.0))
        .pipe(4, 5);
    let (state, _) = bench.solved();
    near(bar(&state, 3), 5.0);
    near(bar(&state, 5), 2.0);
}

#[test]
fn a_breaker_takes_its_drop_and_a_curve_its_loss() {
    let bench = Bench::new(3).pressure(0, 5.0).take(2, 10.0);
    let bench = bench
        .valve(
            0,
            1,
            0.0,
            ValveKind::PressureBreaker(Pressure::from_bar(1.5)),
        )
        .valve(1, 2, 0.0, ValveKind::Curve(vec![(0.0, 0.0), (0.02, 4e4)]));
    let (state, _) = bench.solved();
    assert!((bar(&state, 1) - 3.5).abs() < 1e-6);
    near(bar(&state, 2), bar(&state, 1) - 0.2);
}

#[test]
fn a_flow_limit_limits_and_a_flow_control_makes_its_flow() {
    let with = |kind: ValveKind| {
        let bench = Bench::new(3).pressure(0, 5.0).pressure(2, 3.0);
        bench.pipe(0, 1).valve(1, 2, 1.0, kind).solved()
    };
    let (limited, _) = with(ValveKind::FlowLimit(MassFlow::from_si(2.0)));
    near(limited.valve_flow_kg_s[0], 2.0);
    let (free, _) = with(ValveKind::Open);
    let (wide, _) = with(ValveKind::FlowLimit(MassFlow::from_si(1e4)));
    near(wide.valve_flow_kg_s[0], free.valve_flow_kg_s[0]);
    let (made, _) = with(ValveKind::FlowControl(MassFlow::from_si(1.5)));
    near(made.valve_flow_kg_s[0], 1.5);
}

#[test]
fn a_non_return_valve_stops_the_flow_backwards() {
    let with = |from: f64, to: f64| {
        let bench = Bench::new(3).pressure(0, from).pressure(2, to);
        bench
            .pipe(0, 1)
            .valve(1, 2, 1.0, ValveKind::NonReturn)
            .solved()
            .0
    };
    assert!(with(5.0, 3.0).valve_flow_kg_s[0] > 1.0);
    assert!(with(3.0, 5.0).valve_flow_kg_s[0].abs() < 1e-6);
    let mut bench = Bench::new(2).pressure(0, 3.0).pressure(1, 5.0).pipe(0, 1);
    bench.0.pipes[0].is_non_return = true;
    assert!(bench.solved().0.pipes[0].mass_flow_kg_s.abs() < 1e-6);
}

#[test]
fn a_pump_works_where_its_curve_meets_the_network() {
    let kind = PumpKind::Power {
        shut_off_pa: 4e5,
        coefficient: 1e9,
        exponent: 2.0,
    };
    let throttle = ValveKind::Throttle(20.0);
    let bench = Bench::new(3).pressure(0, 1.0).pressure(2, 2.0);
    let bench = bench.pump(0, 1, kind, 0.9).valve(1, 2, 0.0, throttle);
    let (state, _) = bench.solved();
    // 0.81·4e5 − 1e9 Q² = 1e5 + fitting · ρ Q²
    let resistance = fitting(20.0, DIAMETER) * DENSITY;
    let flow = ((0.81 * 4e5 - 1e5) / (1e9 + resistance)).sqrt();
    near(state.pump_flow_kg_s[0], DENSITY * flow);
}

#[test]
fn equal_parallel_pumps_share_and_a_weak_one_stands() {
    let kind = |shut_off_pa| PumpKind::Power {
        shut_off_pa,
        coefficient: 1e9,
        exponent: 2.0,
    };
    let with = |second: f64| {
        let bench = Bench::new(3).pressure(0, 1.0).pressure(2, 3.0);
        let bench = bench
            .pump(0, 1, kind(4e5), 1.0)
            .pump(0, 1, kind(second), 1.0);
        bench.pipe(1, 2).solved().0
    };
    let equal = with(4e5);
    near(equal.pump_flow_kg_s[0], equal.pump_flow_kg_s[1]);
    let weak = with(1e5);
    assert!(weak.pump_flow_kg_s[0] > 1.0 && weak.pump_flow_kg_s[1].abs() < 1e-6);
}

#[test]
fn a_pump_gives_its_power_and_one_off_lets_nothing_through() {
    let bench = Bench::new(3).pressure(0, 1.0).pressure(2, 3.0);
    let bench = bench
        .pump(0, 1, PumpKind::HydraulicPower(2_000.0), 1.0)
        .pipe(1, 2);
    let (state, _) = bench.solved();
    let rise = (bar(&state, 1) - 1.0) * 1e5;
    near(rise * state.pump_flow_kg_s[0] / DENSITY, 2_000.0);
    let lift = PumpKind::Lift(Pressure::from_bar(5.0));
    let bench = Bench::new(3).pressure(0, 1.0).pressure(2, 3.0);
    let (state, _) = bench.pump(0, 1, lift, 0.0).pipe(1, 2).solved();
    assert!(state.pump_flow_kg_s[0].abs() < 1e-12 && state.pipes[0].mass_flow_kg_s.abs() < 1e-9);
}

#[test]
fn a_pump_beyond_its_curve_is_named() {
    let kind = PumpKind::Curve(vec![(0.0, 3e5), (0.005, 2e5)]);
    let bench = Bench::new(2).pressure(0, 2.0).pressure(1, 1.0);
    let (_, found) = bench.pump(0, 1, kind, 1.0).solved();
    assert!(has(&found, "HK0624"), "{found:?}");
}

#[test]
fn a_part_without_pressure_is_named_and_the_rest_is_solved() {
    let mut bench = Bench::new(5).pressure(0, 5.0).take(1, 2.0).take(4, 1.0);
    bench = bench.pipe(0, 1).pipe(1, 2).pipe(2, 3).pipe(3, 4);
    bench.0.pipes[1].is_closed = true;
    let (state, found) = bench.solved_with_parts();
    assert!(state.pressure_pa[1].is_some() && state.pressure_pa[2..].iter().all(Option::is_none));
    near(state.pipes[0].mass_flow_kg_s, 2.0);
    assert!(state.pipes[2].mass_flow_kg_s.abs() < 1e-9);
    assert!(has(&found, "HK0622"));
}

impl Bench {
    /// As `solved`, where takings of parts cut off are not served.
    fn solved_with_parts(&self) -> (CaseState, Vec<Diagnostic>) {
        let (state, found) = steady(&self.0, &CaseOptions::default(), &mut ()).unwrap();
        assert!(state.is_converged, "{found:?}");
        (state, found)
    }
}

#[test]
fn too_much_flow_for_the_pressure_is_named() {
    let bench = Bench::new(2).pressure(0, 1.0).take(1, 80.0).pipe(0, 1);
    let (state, found) = bench.solved();
    assert!(bar(&state, 1) < -1.02 && has(&found, "HK0626"), "{found:?}");
}

/// A plant and two consumers on one street, supply 0-1-2 and return 5-4-3.
fn street(kind: SourceKind, modes: [ConsumerMode; 2], heat: f64) -> NetworkCase {
    let mut case = empty(CaseFluid::Water, FrictionLaw::Colebrook);
    for i in 0..6 {
        case.nodes.push(CaseNode {
            id: format!("n{i}"),
            side: if i < 3 {
                NetworkSide::Supply
            } else {
                NetworkSide::Return
            },
            ..CaseNode::default()
        });
    }
    for (from, to) in [(0, 1), (1, 2), (3, 4), (4, 5)] {
        case.pipes.push(CasePipe {
            id: format!("{from}-{to}"),
            from,
            to,
            length: Length::from_si(200.0),
            inner_diameter: Length::from_si(0.04),
            roughness: Length::from_si(1e-4),
            loss: LinearLossCoefficient::from_si(0.25),
            ..CasePipe::default()
        });
    }
    case.sources.push(CaseSource {
        id: "plant".to_owned(),
        supply_node: 0,
        return_node: 5,
        supply_temperature: Temperature::from_c(80.0),
        kind,
    });
    for (i, mode) in modes.into_iter().enumerate() {
        case.consumers.push(CaseConsumer {
            id: format!("c{i}"),
            supply_node: i + 1,
            return_node: 4 - i,
            heat: Some(HeatPower::from_si(heat)),
            mass_flow: Some(MassFlow::from_si(0.3)),
            return_temperature: Some(Temperature::from_c(45.0)),
            cooling_k: Some(25.0),
            mode,
            min_mass_flow: MassFlow::ZERO,
            resistance: None,
        });
    }
    case
}

fn plant() -> SourceKind {
    SourceKind::Pressure {
        supply: Pressure::from_bar(6.0),
        difference: Pressure::from_bar(3.0),
    }
}

fn warm(case: &NetworkCase) -> (CaseState, Vec<Diagnostic>) {
    let options = CaseOptions {
        counting: HeatCounting::Enthalpy,
        ..CaseOptions::default()
    };
    let (state, found) = steady(case, &options, &mut ()).unwrap();
    assert!(state.is_converged, "{found:?}");
    assert!(worst_mass(case, &state) < 1e-9);
    let mixing = worst_mixing(case, &state, HeatCounting::Enthalpy);
    assert!(mixing < 1e-9, "{mixing:e}");
    (state, found)
}

#[test]
fn consumers_of_every_mode_get_what_they_ask() {
    use ConsumerMode::{FlowCooling, HeatCooling, HeatFlow, HeatReturn, ReturnFlow};
    for modes in [
        [HeatReturn, HeatCooling],
        [HeatFlow, FlowCooling],
        [ReturnFlow, HeatReturn],
    ] {
        let case = street(plant(), modes, 3e4);
        let (state, _) = warm(&case);
        for (mode, s) in modes.iter().zip(&state.consumers) {
            let cooling = s.inlet_temperature_k - s.outlet_temperature_k;
            match mode {
                HeatReturn => near(s.outlet_temperature_k, 318.15),
                HeatCooling | FlowCooling => near(cooling, 25.0),
                _ => near(s.mass_flow_kg_s, 0.3),
            }
            if matches!(mode, HeatReturn | HeatCooling | HeatFlow) {
                near(s.heat_w, 3e4);
            }
            if *mode == ReturnFlow {
                near(s.outlet_temperature_k, 318.15);
            }
        }
    }
}

#[test]
fn a_substation_meets_its_exchanger() {
    let exchanger = ConsumerMode::Substation {
        secondary_supply: Temperature::from_c(60.0),
        secondary_return: Temperature::from_c(35.0),
        conductance_w_k: 3e4 / 6.0,
    };
    let (state, _) = warm(&street(plant(), [exchanger; 2], 3e4));
    for s in &state.consumers {
        near(s.heat_w, 3e4);
        let hot = s.inlet_temperature_k - 333.15;
        let cold = s.outlet_temperature_k - 308.15;
        near((hot - cold) / (hot / cold).ln(), 6.0);
    }
}

#[test]
fn at_night_the_least_flow_keeps_the_line_warm() {
    let mut case = street(plant(), [ConsumerMode::HeatReturn; 2], 0.0);
    for consumer in &mut case.consumers {
        consumer.min_mass_flow = MassFlow::from_si(0.02);
    }
    let (state, _) = warm(&case);
    for s in &state.consumers {
        near(s.mass_flow_kg_s, 0.02);
        near(s.outlet_temperature_k, s.inlet_temperature_k);
    }
    let lost: f64 = state.pipes.iter().map(|p| p.loss_w).sum();
    near(state.sources[0].heat_w, lost);
}

#[test]
fn without_any_load_the_network_takes_the_temperature_of_the_ground() {
    let case = street(plant(), [ConsumerMode::HeatReturn; 2], 0.0);
    let (state, _) = warm(&case);
    for node in [1, 2, 3, 4] {
        near(state.temperature_k[node], 283.15);
    }
    near(bar(&state, 2), 6.0);
}

#[test]
fn low_loads_that_nearly_cool_out_are_still_served() {
    for heat in [3e3, 1e3, 300.0, 100.0, 30.0, 10.0] {
        let (state, found) = warm(&street(plant(), [ConsumerMode::HeatReturn; 2], heat));
        assert!(!has(&found, "HK0623"), "{heat}");
        for s in &state.consumers {
            near(s.heat_w, heat);
        }
    }
}

#[test]
fn water_colder_than_the_return_is_a_named_shortfall() {
    let mut case = street(plant(), [ConsumerMode::HeatReturn; 2], 3e4);
    case.consumers[1].return_temperature = Some(Temperature::from_c(85.0));
    let (state, found) = warm(&case);
    assert!(has(&found, "HK0623"), "{found:?}");
    near(state.consumers[0].heat_w, 3e4);
    assert!(state.consumers[1].heat_w < 3e4);
}

#[test]
fn the_worst_placed_consumer_gets_just_its_difference() {
    let kind = SourceKind::WorstPoint {
        supply: Pressure::from_bar(6.0),
        least: Pressure::from_bar(0.7),
    };
    let (state, _) = warm(&street(kind, [ConsumerMode::HeatReturn; 2], 3e4));
    near(state.consumers[1].differential_pressure_pa, 0.7e5);
    assert!(state.consumers[0].differential_pressure_pa > 0.7e5);
    assert!(state.sources[0].differential_pressure_pa > 0.7e5);
}

#[test]
fn a_bypass_between_the_sides_does_not_upset_the_worst_point() {
    let kind = SourceKind::WorstPoint {
        supply: Pressure::from_bar(6.0),
        least: Pressure::from_bar(0.5),
    };
    let mut case = street(kind, [ConsumerMode::HeatReturn; 2], 3e4);
    case.valves.push(CaseValve {
        id: "bypass".to_owned(),
        from: 2,
        to: 3,
        diameter: Length::from_si(0.02),
        minor_loss: 500.0,
        kind: ValveKind::Open,
    });
    let (state, _) = warm(&case);
    near(state.consumers[1].differential_pressure_pa, 0.5e5);
    assert!(state.valve_flow_kg_s[0] > 0.01);
}

#[test]
fn a_second_source_of_every_kind_gives_what_it_holds() {
    let heat = HeatPower::from_si(2e4);
    let flow = MassFlow::from_si(0.12);
    for kind in [
        SourceKind::MassFlow(flow),
        SourceKind::Heat(heat),
        SourceKind::HeatAndFlow(heat, flow),
    ] {
        let mut case = street(plant(), [ConsumerMode::HeatReturn; 2], 3e4);
        case.sources.push(CaseSource {
            id: "second".to_owned(),
            supply_node: 2,
            return_node: 3,
            supply_temperature: Temperature::from_c(75.0),
            kind,
        });
        let (state, _) = warm(&case);
        let s = state.sources[1];
        if !matches!(kind, SourceKind::Heat(_)) {
            near(s.mass_flow_kg_s, 0.12);
        }
        if matches!(kind, SourceKind::MassFlow(_)) {
            near(s.supply_temperature_k, 348.15);
        } else {
            near(s.heat_w, 2e4);
        }
    }
}

#[test]
fn a_heat_pump_in_the_return_warms_it() {
    let mut case = street(plant(), [ConsumerMode::HeatReturn; 2], 3e4);
    // node 6 stands between the last return pipe and the plant
    case.nodes.push(CaseNode {
        id: "before".to_owned(),
        side: NetworkSide::Return,
        ..CaseNode::default()
    });
    case.pipes[3].to = 6;
    case.sources.push(CaseSource {
        id: "lift".to_owned(),
        supply_node: 5,
        return_node: 6,
        supply_temperature: Temperature::from_c(75.0),
        kind: SourceKind::ReturnLift(HeatPower::from_si(1e4)),
    });
    let (state, _) = warm(&case);
    near(state.sources[1].heat_w, 1e4);
    let fed: f64 = state.sources.iter().map(|s| s.heat_w).sum();
    let used: f64 = state.consumers.iter().map(|c| c.heat_w).sum();
    let lost: f64 = state.pipes.iter().map(|p| p.loss_w).sum();
    near(fed, used + lost);
    assert!(state.temperature_k[5] > state.temperature_k[6] + 5.0);
}

#[test]
fn a_consumer_that_throttles_itself_takes_what_the_pressure_gives() {
    let mut case = street(
        plant(),
        [ConsumerMode::HeatReturn, ConsumerMode::HeatFlow],
        3e4,
    );
    case.consumers[1].mass_flow = None;
    case.consumers[1].resistance = Some((Length::from_si(0.02), 400.0));
    let (state, _) = warm(&case);
    let s = state.consumers[1];
    near(s.heat_w, 3e4);
    let density = hukka_physics::water::density(s.inlet_temperature_k);
    let law = fitting(400.0, 0.02) * s.mass_flow_kg_s.powi(2) / density;
    // the density inside is the mean of both ends
    assert!((s.differential_pressure_pa / law - 1.0).abs() < 0.02);
}

#[test]
fn twin_pipes_trade_heat_and_the_balance_closes() {
    let lone = street(plant(), [ConsumerMode::HeatReturn; 2], 1.5e4);
    let mut twin = lone.clone();
    for (i, other) in [(0, 3), (1, 2), (2, 1), (3, 0)] {
        twin.pipes[i].neighbour = Some((other, LinearLossCoefficient::from_si(0.08)));
    }
    let (apart, together) = (warm(&lone).0, warm(&twin).0);
    assert!(together.temperature_k[2] < apart.temperature_k[2] - 0.1);
    let ground: f64 = together.pipes.iter().map(|p| p.loss_w).sum();
    let fed = together.sources[0].heat_w;
    let used: f64 = together.consumers.iter().map(|c| c.heat_w).sum();
    near(fed, used + ground);
    // a return pipe takes heat from its supply: it cools less than it would alone
    let (cooled, alone) = (together.pipes[3].loss_w, apart.pipes[3].loss_w);
    assert!(cooled < alone, "{cooled} {alone}");
}

#[test]
fn glycol_flows_too() {
    let mut case = street(plant(), [ConsumerMode::HeatReturn; 2], 2e4);
    case.fluid = CaseFluid::Glycol {
        kind: hukka_model::network_case::GlycolKind::Ethylene,
        mass_share: 0.3,
    };
    let water = warm(&street(plant(), [ConsumerMode::HeatReturn; 2], 2e4)).0;
    let (state, _) = warm(&case);
    near(state.consumers[0].heat_w, 2e4);
    assert!(state.sources[0].mass_flow_kg_s > 1.05 * water.sources[0].mass_flow_kg_s);
    assert!(state.pipes[0].friction_pa > 1.1 * water.pipes[0].friction_pa);
}

#[test]
fn a_case_that_cannot_be_simulated_is_refused_with_all_reasons() {
    let mut case = street(plant(), [ConsumerMode::HeatReturn; 2], 2e4);
    case.pipes[0].inner_diameter = Length::ZERO;
    case.consumers[0].return_temperature = None;
    case.pipes[2].roughness = Length::from_si(f64::NAN);
    let found = hukka_network::case::check(&case);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found.iter().all(|d| d.code == "HK0620"));
    let error = steady(&case, &CaseOptions::default(), &mut ()).unwrap_err();
    assert!(error.to_string().contains("2 more"), "{error}");
}
