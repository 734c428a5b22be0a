//! EPANET input files, feature by feature.

use crate::support::{good, read_path, read_text, says, shared};
use hukka_formats::network::{CaseFile, FlowUnit, NetworkFormat, WaterLinkKind, read, write};
use hukka_model::network_case::*;

const FEATURES: &str = include_str!("data/features.inp");
/// Pa of one metre of water of 1000 kg/m³.
const METRE: f64 = 9810.0;

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-4 * b.abs().max(1e-9)
}

fn taking(case: &NetworkCase, id: &str) -> f64 {
    case.takings
        .iter()
        .find(|t| t.id == id)
        .unwrap()
        .mass_flow
        .kg_s()
}

fn valve<'c>(case: &'c NetworkCase, id: &str) -> &'c CaseValve {
    case.valves.iter().find(|v| v.id == id).unwrap()
}

#[test]
fn demands_follow_patterns_multiplier_and_the_demands_section() {
    let case = good("a.inp", FEATURES);
    // Pattern start 4:00 with 2:00 steps: third value of DAY, first of pattern 1.
    assert!(close(taking(&case, "J2"), 5.0 * 1.5 * 2.0));
    assert!(close(taking(&case, "J3"), (1.5 * 1.5 + 0.5 * 1.2) * 2.0));
    assert!(close(taking(&case, "J4"), 1.2 * 2.0));
    assert!(case.takings.iter().all(|t| t.id != "J1"));
}

#[test]
fn reservoirs_and_tanks_fix_heads() {
    let case = good("a.inp", FEATURES);
    let head = |id: &str| {
        let fixed = case.pressures.iter().find(|p| p.id == id).unwrap();
        case.nodes[fixed.node].height.m() + fixed.pressure.unwrap().pa() / METRE
    };
    assert!(close(head("R1"), 60.0), "{}", head("R1"));
    assert!(close(head("T1"), 45.0));
}

#[test]
fn pipes_pumps_and_valves_are_what_the_file_says() {
    let case = good("a.inp", FEATURES);
    let pipe = |id: &str| case.pipes.iter().find(|p| p.id == id).unwrap();
    assert!(close(pipe("P1").inner_diameter.m(), 0.3) && close(pipe("P1").roughness.mm(), 0.1));
    assert!(pipe("P2").is_non_return && close(pipe("P2").minor_loss, 2.5));
    assert!(!pipe("P3").is_closed, "a control opens it at time 0");
    let pump = |id: &str| case.pumps.iter().find(|p| p.id == id).unwrap();
    assert!(close(pump("U1").speed, 0.9));
    let PumpKind::HydraulicPower(watt) = pump("U2").kind else {
        panic!()
    };
    // EPANET's 8.814 ft⁴/s a horsepower of 0.7457 kW is 0.08 % more than its name.
    assert!(pump("U2").is_off && (watt / 2000.0 - 1.000_78).abs() < 1e-5);
    assert!(close(pump("U3").speed, 1.5));
    let PumpKind::Power {
        shut_off_pa,
        coefficient,
        exponent,
    } = pump("U1").kind
    else {
        panic!()
    };
    assert!(close(shut_off_pa, 40.0 * 1.33334 * METRE) && close(exponent, 2.0));
    assert!(close(
        shut_off_pa - coefficient * 0.02_f64.powf(exponent),
        40.0 * METRE
    ));
    let PumpKind::Power {
        shut_off_pa,
        coefficient,
        exponent,
    } = pump("U3").kind
    else {
        panic!()
    };
    assert!(close(
        shut_off_pa - coefficient * 0.04_f64.powf(exponent),
        10.0 * METRE
    ));
    let ValveKind::PressureReducing(level) = valve(&case, "V1").kind else {
        panic!()
    };
    assert!(close(level.pa(), 30.0 * METRE), "STATUS sets it");
    let ValveKind::FlowLimit(flow) = valve(&case, "V2").kind else {
        panic!()
    };
    assert!(close(flow.kg_s(), 4.0));
    assert_eq!(valve(&case, "V3").kind, ValveKind::Throttle(12.0));
    let ValveKind::Curve(points) = &valve(&case, "V4").kind else {
        panic!()
    };
    assert!(close(points[1].0, 0.01) && close(points[1].1, 4.0 * METRE));
}

#[test]
fn an_emitter_lets_out_what_its_coefficient_says() {
    let case = good("a.inp", FEATURES);
    let emitter = valve(&case, "J5~emitter");
    let ValveKind::Throttle(zeta) = emitter.kind else {
        panic!()
    };
    let area = std::f64::consts::PI / 4.0 * emitter.diameter.m().powi(2);
    // At 25 m of pressure: 0.2 · √25 = 1 L/s.
    let counts = 0.025_17 * std::f64::consts::PI.powi(2) * 9.81 / (8.0 * 0.3048);
    let velocity = (2.0 * 9.81 * 25.0 / (counts * zeta)).sqrt();
    assert!(close(velocity * area, 1e-3), "{}", velocity * area);
}

#[test]
fn what_is_not_used_is_named() {
    let read = read_text("a.inp", FEATURES);
    assert!(says(&read, &["HK1009", "[RULES]"]));
    assert!(says(&read, &["HK1009", "[QUALITY]"]));
    let switches = &read.water.as_ref().unwrap().switches;
    assert_eq!(switches.len(), 1, "a control by pressure waits for it");
    let strange = FEATURES.replace("[QUALITY]", "[MAGIC]");
    assert!(says(&read_text("a.inp", &strange), &["HK1007", "MAGIC"]));
}

#[test]
fn a_tank_level_decides_a_control_at_the_start() {
    let full = FEATURES.replace("T1  40 5 1 9", "T1  40 8.5 1 9");
    let case = good("a.inp", &full);
    assert!(case.pumps[0].is_off);
    assert!(!good("a.inp", FEATURES).pumps[0].is_off);
}

#[test]
fn a_full_tank_only_gives() {
    let full = FEATURES.replace("T1  40 5 1 9", "T1  40 9 1 9");
    let read = read_text("a.inp", &full);
    let (case, view) = (read.case.unwrap(), read.water.unwrap());
    let link = view.links.iter().find(|link| link.id == "P5").unwrap();
    let WaterLinkKind::Pipe(pipe) = link.kind else {
        panic!()
    };
    assert!(link.is_turned && case.pipes[pipe].is_non_return);
    assert_eq!(case.nodes[case.pipes[pipe].from].id, "T1");
}

#[test]
fn customary_units_are_feet_inches_and_gallons() {
    let text = FEATURES.replace("UNITS LPS", "UNITS GPM");
    let read = read_text("a.inp", &text);
    assert_eq!(read.water.unwrap().unit, FlowUnit::Gpm);
    let case = read.case.unwrap();
    assert!(close(case.nodes[0].height.m(), 3.048));
    assert!(close(case.pipes[0].inner_diameter.m(), 300.0 * 0.0254));
    assert!(close(case.pipes[0].roughness.m(), 0.1e-3 * 0.3048));
    let ValveKind::PressureReducing(level) = valve(&case, "V1").kind else {
        panic!()
    };
    // 30 psi, by EPANET's own 0.4333 psi in a foot.
    assert!(close(level.pa() / METRE, 30.0 / 0.4333 * 0.3048));
}

#[test]
fn hazen_williams_and_chezy_manning_are_read() {
    let case = good("a.inp", &FEATURES.replace("D-W", "H-W"));
    assert_eq!(case.friction, FrictionLaw::HazenWilliams);
    assert_eq!(case.pipes[0].hazen_williams, Some(0.1));
    let text = FEATURES.replace("D-W", "C-M");
    let read = read_text("a.inp", &text);
    let case = read.case.unwrap();
    assert!(case.pipes.is_empty());
    // Manning: h = n² L v² / R^(4/3), R = d/4.
    let manning = valve(&case, "P1");
    let loss = manning.minor_loss / (2.0 * 9.81);
    let expected = 0.01 * 100.0 / (0.3_f64 / 4.0).powf(4.0 / 3.0);
    assert!((loss / expected - 1.0).abs() < 0.02, "{loss} {expected}");
}

#[test]
fn a_file_written_and_read_again_is_the_same_network() {
    let case = good("a.inp", FEATURES);
    let written = write(&case, NetworkFormat::Inp, "a.inp");
    let again = read(CaseFile {
        name: "a.inp",
        bytes: &written.bytes,
        beside: &[],
    });
    let other = again
        .case
        .unwrap_or_else(|| panic!("{:#?}", again.diagnostics));
    assert_eq!(other.nodes.len(), case.nodes.len());
    for pipe in &case.pipes {
        let twin = other.pipes.iter().find(|p| p.id == pipe.id).unwrap();
        assert!(
            close(twin.length.m(), pipe.length.m())
                && close(twin.roughness.m(), pipe.roughness.m())
        );
        assert_eq!(
            (twin.is_closed, twin.is_non_return),
            (pipe.is_closed, pipe.is_non_return)
        );
        assert_eq!(other.nodes[twin.from].id, case.nodes[pipe.from].id);
    }
    for one in &case.takings {
        assert!(
            close(taking(&other, &one.id), one.mass_flow.kg_s()),
            "{}",
            one.id
        );
    }
    for pump in &case.pumps {
        let twin = other.pumps.iter().find(|p| p.id == pump.id).unwrap();
        assert!(close(twin.speed, pump.speed) && twin.is_off == pump.is_off);
        if let (PumpKind::Power { exponent: a, .. }, PumpKind::Power { exponent: b, .. }) =
            (&twin.kind, &pump.kind)
        {
            assert!(close(*a, *b));
        }
    }
    let (ValveKind::Throttle(a), ValveKind::Throttle(b)) = (
        &valve(&case, "J5~emitter").kind,
        &valve(&other, "J5~emitter").kind,
    ) else {
        panic!()
    };
    assert!(close(*a, *b));
}

#[test]
fn the_shared_files_are_read() {
    for (name, law) in [
        ("epanet_net2_hw", FrictionLaw::HazenWilliams),
        ("epanet_net2_dw", FrictionLaw::EpanetDarcyWeisbach),
    ] {
        let Some(folder) = shared(&format!("network/{name}")) else {
            return;
        };
        let read = read_path(&folder.join("network.inp"));
        let case = read
            .case
            .unwrap_or_else(|| panic!("{:#?}", read.diagnostics));
        assert_eq!(
            (case.nodes.len(), case.pipes.len(), case.friction),
            (36, 40, law)
        );
        let expected = std::fs::read_to_string(folder.join("expected_nodes.csv")).unwrap();
        for row in expected.lines().skip(1) {
            let fields: Vec<&str> = row.split(',').collect();
            if fields[1] == "junction" {
                let demand: f64 = fields[5].parse().unwrap();
                let read = case.takings.iter().find(|t| t.id == fields[0]);
                assert!(
                    (read.map_or(0.0, |t| t.mass_flow.kg_s()) - demand).abs()
                        < 1e-4 * demand.abs() + 1e-9,
                    "{row}"
                );
            }
        }
    }
}
