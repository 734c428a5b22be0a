//! `hukka-network-case/1`: read, written, read again.

use crate::support::{errors, good, read_path, read_text, says, shared};
use hukka_formats::network::{CaseFile, NetworkFormat, read, write};
use hukka_model::network_case::*;
use hukka_units::*;
use proptest::prelude::*;

const SMALL: &str = include_str!("data/small.json");

#[test]
fn a_small_case_is_read() {
    let case = good("case.json", SMALL);
    assert_eq!(case.nodes.len(), 4);
    assert_eq!(case.pipes[1].from, 3);
    // Pipe b states a nominal diameter only.
    assert!((case.pipes[1].inner_diameter.mm() - 54.5).abs() < 1.0);
    let SourceKind::Pressure { supply, difference } = case.sources[0].kind else {
        panic!("{:?}", case.sources[0]);
    };
    assert_eq!(
        (supply, difference),
        (Pressure::from_bar(6.0), Pressure::from_bar(2.0))
    );
    assert!(matches!(case.fluid, CaseFluid::Table(_)));
}

#[test]
fn each_value_assumed_is_named() {
    let read = read_text("case.json", SMALL);
    assert!(!says(&read, &["HK1008", "`z`"]));
    assert!(says(
        &read,
        &["HK1008", "inner_diameter_m", "DN 50", "\"b\""]
    ));
    assert!(says(&read, &["HK1008", "roughness_mm", "0.1", "\"b\""]));
    assert!(says(&read, &["HK1008", "reference water table"]));
}

#[test]
fn all_problems_come_at_once_with_their_element() {
    let text = SMALL
        .replace("\"to\": \"s1\"", "\"to\": \"nowhere\"")
        .replace("\"id\": \"b\"", "\"id\": \"a\"")
        .replace("\"q_w\": 10000", "\"q_w\": \"many\"")
        .replace("\"p_supply_bar\": 6, ", "");
    let read = read_text("case.json", &text);
    assert!(says(&read, &["HK1006", "pipe a", "nowhere"]));
    assert!(says(&read, &["HK1005", "two pipes are named `a`"]));
    assert!(says(&read, &["HK1004", "consumer c", "q_w", "many"]));
    assert!(says(&read, &["HK1003", "source plant", "p_supply_bar"]));
}

#[test]
fn an_unknown_key_is_told_and_left_out() {
    let text = SMALL.replace(
        "\"length_m\": 100, \"inner",
        "\"lenght_km\": 1, \"length_m\": 100, \"inner",
    );
    let read = read_text("case.json", &text);
    assert!(read.case.is_some());
    assert!(says(&read, &["HK1007", "lenght_km"]));
}

#[test]
fn a_network_without_pressure_is_refused() {
    let text = SMALL
        .replace("pressure_slack", "fixed_mass_flow")
        .replace("\"p_supply_bar\": 6, \"dp_bar\": 2", "\"mdot_kg_s\": 1");
    assert_eq!(errors("case.json", &text), ["HK1011"]);
}

#[test]
fn modes_need_their_values() {
    for (mode, lacks) in [
        ("q_mdot", "mdot_kg_s"),
        ("q_dt", "dt_k"),
        ("treturn_mdot", "mdot_kg_s"),
    ] {
        let text = SMALL.replace("q_treturn", mode);
        let read = read_text("case.json", &text);
        assert!(says(&read, &["HK1003", "consumer c", lacks]), "{mode}");
    }
}

#[test]
fn a_flow_without_series_follows_the_heat() {
    let text = SMALL.replace(
        "\"t_return_k\": 313.15, \"mode\": \"q_treturn\"",
        "\"mdot_kg_s\": 0.1, \"mode\": \"q_mdot\"",
    );
    let read = read(CaseFile {
        name: "case.json",
        bytes: text.as_bytes(),
        beside: &[(
            "series_consumers.csv".to_owned(),
            b"time_s,c.q_w\n0,5000\n10,\n".to_vec(),
        )],
    });
    assert!(says(&read, &["HK1008", "mdot_kg_s", "proportion"]));
    let case = read.case.unwrap();
    assert_eq!(case.series[1].target, SeriesTarget::ConsumerFlow(0));
    assert_eq!(case.series[1].values, [Some(0.05), None]);
}

fn with_series(name: &str, table: &str) -> hukka_formats::network::ReadCase {
    read(CaseFile {
        name: "case.json",
        bytes: SMALL.as_bytes(),
        beside: &[(name.to_owned(), table.as_bytes().to_vec())],
    })
}

#[test]
fn a_series_keeps_the_case_where_a_field_is_empty() {
    let read = with_series(
        "series_consumers.csv",
        "time_s,c.q_w\n0,5000\n10,\n30,7000\n",
    );
    let case = read.case.unwrap();
    assert_eq!(case.times.len(), 3);
    assert_eq!(case.series[0].target, SeriesTarget::ConsumerHeat(0));
    assert_eq!(case.series[0].values, [Some(5000.0), None, Some(7000.0)]);
}

#[test]
fn a_bad_series_names_its_row() {
    for (table, words) in [
        ("time_s,c.q_w\n0,1\n0,2\n", ["rise", "line: Some(3)"]),
        ("time_s,c.q_w\n0,NaN\n", ["c.q_w", "line: Some(2)"]),
        ("time_s,c.q_w\n0,1,2\n", ["row", "fields"]),
        ("time_s,d.q_w\n0,1\n", ["d.q_w", "nothing"]),
        ("hour,c.q_w\n0,1\n", ["time_s", "hour"]),
        ("time_s,c.q_w\n", ["no rows", "HK1013"]),
    ] {
        let read = with_series("series_consumers.csv", table);
        assert!(
            read.case.is_none() && says(&read, &words),
            "{table}: {:#?}",
            read.diagnostics
        );
    }
}

#[test]
fn every_shared_case_is_read_and_written_back_the_same() {
    let Some(folder) = shared("network") else {
        return;
    };
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path().join("case.json");
        if !path.exists() {
            continue;
        }
        let first = read_path(&path);
        let case = first
            .case
            .unwrap_or_else(|| panic!("{path:?}: {:#?}", first.diagnostics));
        assert!(
            first.diagnostics.iter().all(|d| d.code == "HK1008"),
            "{:#?}",
            first.diagnostics
        );
        let written = write(&case, NetworkFormat::Case, "case.json");
        let again = read(CaseFile {
            name: "case.json",
            bytes: &written.bytes,
            beside: &written.beside,
        });
        assert_eq!(again.diagnostics, []);
        assert_eq!(again.case.unwrap(), case, "{path:?}");
        count += 1;
    }
    assert!(count >= 6, "{count}");
}

#[test]
fn dynamic_cases_carry_walls_and_start() {
    let Some(folder) = shared("network/ulg_150801") else {
        return;
    };
    let case = read_path(&folder.join("case.json")).case.unwrap();
    assert_eq!(case.pipes[0].wall_heat_j_m3k, Some(7800.0 * 480.0));
    assert!((case.nodes[0].initial_temperature.unwrap().k() - 289.75).abs() < 1e-9);
    assert!(
        case.series
            .iter()
            .any(|series| series.target == SeriesTarget::Ambient)
    );
    assert!(case.times.len() > 100);
}

/// A decimal with few digits, as files have them.
fn decimal(low: i32, high: i32, step: f64) -> impl Strategy<Value = f64> {
    let per_step = step.recip().round().max(1.0);
    (low..high).prop_map(move |value| f64::from(value) * step.max(1.0) / per_step)
}

fn pipe(nodes: usize) -> impl Strategy<Value = CasePipe> {
    let bore = (
        decimal(10, 900, 1e-3),
        proptest::option::of(decimal(10, 900, 1e-3)),
    );
    let numbers = (
        decimal(1, 90_000, 0.01),
        decimal(0, 500, 1e-3),
        decimal(0, 90, 0.1),
        decimal(0, 90, 0.01),
    );
    let flags = (
        any::<bool>(),
        any::<bool>(),
        proptest::option::of(decimal(250, 320, 1.0)),
    );
    (0..nodes, 0..nodes, bore, numbers, flags).prop_map(|(from, to, bore, numbers, flags)| {
        CasePipe {
            from,
            to,
            length: Length::from_m(numbers.0),
            inner_diameter: Length::from_m(bore.0),
            outer_diameter: bore.1.map(Length::from_m),
            roughness: Length::from_mm(numbers.1),
            minor_loss: numbers.2,
            loss: LinearLossCoefficient::from_w_mk(numbers.3),
            wall_heat_j_m3k: bore.1.map(|d| d * 1e6),
            hazen_williams: flags.2.map(|t| t / 2.0),
            ground_temperature: flags.2.map(Temperature::from_k),
            is_closed: flags.0,
            is_non_return: flags.1,
            ..CasePipe::default()
        }
    })
}

fn valve_kind(nodes: usize) -> impl Strategy<Value = ValveKind> {
    let bar = || decimal(-50, 200, 0.1).prop_map(Pressure::from_bar);
    let flow = || decimal(0, 5000, 0.01).prop_map(MassFlow::from_kg_s);
    prop_oneof![
        Just(ValveKind::Open),
        Just(ValveKind::Closed),
        Just(ValveKind::NonReturn),
        decimal(0, 900, 0.1).prop_map(ValveKind::Throttle),
        bar().prop_map(ValveKind::PressureReducing),
        bar().prop_map(ValveKind::PressureSustaining),
        bar().prop_map(ValveKind::PressureBreaker),
        (0..nodes, bar())
            .prop_map(|(node, pressure)| ValveKind::PressureControl { node, pressure }),
        flow().prop_map(ValveKind::FlowLimit),
        flow().prop_map(ValveKind::FlowControl),
        decimal(1, 99, 0.1).prop_map(|q| ValveKind::Curve(vec![(0.0, 0.0), (q, 10.0 * q)])),
    ]
}

fn pump_kind() -> impl Strategy<Value = PumpKind> {
    prop_oneof![
        decimal(-50, 200, 0.1).prop_map(|bar| PumpKind::Lift(Pressure::from_bar(bar))),
        decimal(1, 99, 0.1).prop_map(|q| PumpKind::Curve(vec![(0.0, 10.0 * q), (q, 0.0)])),
        decimal(1, 99, 0.1).prop_map(|a| PumpKind::Power {
            shut_off_pa: a * 1e4,
            coefficient: a,
            exponent: 1.9
        }),
        decimal(1, 99, 0.1).prop_map(|a| PumpKind::Polynomial(vec![a, 0.0, -a])),
        decimal(1, 99, 0.1).prop_map(PumpKind::HydraulicPower),
    ]
}

fn source_kind() -> impl Strategy<Value = SourceKind> {
    let bar = || decimal(0, 200, 0.1).prop_map(Pressure::from_bar);
    let heat = || decimal(0, 5000, 10.0).prop_map(HeatPower::from_w);
    let flow = || decimal(0, 5000, 0.01).prop_map(MassFlow::from_kg_s);
    prop_oneof![
        (bar(), bar()).prop_map(|(supply, difference)| SourceKind::Pressure { supply, difference }),
        (bar(), bar()).prop_map(|(supply, least)| SourceKind::WorstPoint { supply, least }),
        flow().prop_map(SourceKind::MassFlow),
        heat().prop_map(SourceKind::Heat),
        (heat(), flow()).prop_map(|(heat, flow)| SourceKind::HeatAndFlow(heat, flow)),
        heat().prop_map(SourceKind::ReturnLift),
    ]
}

fn consumer_mode() -> impl Strategy<Value = ConsumerMode> {
    prop_oneof![
        Just(ConsumerMode::HeatReturn),
        Just(ConsumerMode::HeatCooling),
        Just(ConsumerMode::HeatFlow),
        Just(ConsumerMode::FlowCooling),
        Just(ConsumerMode::ReturnFlow),
        decimal(300, 350, 1.0).prop_map(|kelvin| ConsumerMode::Substation {
            secondary_supply: Temperature::from_k(kelvin),
            secondary_return: Temperature::from_k(kelvin - 20.0),
            conductance_w_k: 1000.0,
        }),
    ]
}

fn fluid() -> impl Strategy<Value = CaseFluid> {
    prop_oneof![
        Just(CaseFluid::Water),
        Just(CaseFluid::Glycol {
            kind: GlycolKind::Propylene,
            mass_share: 0.3
        }),
        Just(CaseFluid::Constant {
            density_kg_m3: 998.0,
            viscosity_pa_s: 1e-3,
            specific_heat_j_kgk: 4182.0
        }),
        Just(CaseFluid::Table(FluidTable {
            density: vec![(280.0, 1000.0), (360.0, 965.0)],
            specific_heat: vec![(280.0, 4200.0)],
            viscosity: vec![(280.0, 1.5e-3), (360.0, 0.3e-3)],
        })),
    ]
}

prop_compose! {
    fn any_case()(nodes in 2..9_usize)(
        heights in proptest::collection::vec((decimal(-900, 900, 0.1), proptest::option::of(decimal(-90, 90, 0.1))), nodes),
        pipes in proptest::collection::vec(pipe(nodes), 0..6),
        valves in proptest::collection::vec((0..nodes, 0..nodes, valve_kind(nodes)), 0..5),
        pumps in proptest::collection::vec((0..nodes, 0..nodes, pump_kind(), any::<bool>()), 0..4),
        sources in proptest::collection::vec((0..nodes, 0..nodes, source_kind()), 1..4),
        consumers in proptest::collection::vec((0..nodes, 0..nodes, consumer_mode(), decimal(1, 900, 10.0)), 0..4),
        takings in proptest::collection::vec((0..nodes, decimal(-90, 90, 0.1)), 0..4),
        values in proptest::collection::vec(proptest::option::of(decimal(1, 90, 0.1)), 0..5),
        fluid in fluid(),
    ) -> NetworkCase {
        let kelvin = Temperature::from_k(341.5);
        let times: Vec<TimeSpan> = (0..values.len()).map(|row| TimeSpan::from_s(row as f64 * 2.87)).collect();
        let bar = Some(Pressure::from_bar(3.3));
        NetworkCase {
            name: "any \"case\"".into(),
            ambient_temperature: Temperature::from_k(283.3),
            friction: FrictionLaw::Nikuradse,
            air: AirPressure::Same,
            fluid,
            nodes: heights.into_iter().enumerate().map(|(index, (z, x))| CaseNode {
                id: format!("n,{index}"),
                side: if index == 0 { NetworkSide::Supply } else { NetworkSide::Neither },
                place: x.map(|x| (x, z)),
                height: Length::from_m(z),
                initial_temperature: x.map(|x| Temperature::from_k(300.0 + x)),
            }).collect(),
            pipes: pipes.into_iter().enumerate().map(|(index, pipe)| CasePipe {
                id: format!("p.{index}"),
                neighbour: (index > 0).then(|| (index - 1, LinearLossCoefficient::from_w_mk(0.07))),
                ..pipe
            }).collect(),
            valves: valves.into_iter().enumerate().map(|(index, (from, to, kind))| CaseValve {
                id: format!("v{index}"), from, to, kind, diameter: Length::from_m(0.1), minor_loss: 0.3,
            }).collect(),
            pumps: pumps.into_iter().enumerate().map(|(index, (from, to, kind, is_off))| CasePump {
                id: format!("u{index}"), from, to, kind, speed: 0.9, curve_density: Some(999.9), efficiency: Some(0.7), is_off,
            }).collect(),
            pressures: vec![FixedPressure { id: "grid".into(), node: 0, pressure: bar, temperature: None }],
            takings: takings.into_iter().enumerate().map(|(index, (node, flow))| Taking {
                id: format!("t{index}"), node, mass_flow: MassFlow::from_kg_s(flow), temperature: Some(kelvin),
            }).collect(),
            series: if values.is_empty() { Vec::new() } else { vec![
                CaseSeries { target: SeriesTarget::SourcePressure(0), values: values.iter().map(|v| v.map(|v| v * 1e5)).collect() },
                CaseSeries { target: SeriesTarget::Ambient, values: values.iter().map(|v| v.map(|v| v + 280.0)).collect() },
            ] },
            times,
            sources: sources.into_iter().enumerate().map(|(index, (supply_node, return_node, kind))| CaseSource {
                id: format!("q.{index}"), supply_node, return_node, supply_temperature: kelvin, kind,
            }).collect(),
            consumers: consumers.into_iter().enumerate().map(|(index, (supply_node, return_node, mode, heat))| CaseConsumer {
                id: format!("c{index}"), supply_node, return_node, mode,
                heat: Some(HeatPower::from_w(heat)),
                mass_flow: Some(MassFlow::from_kg_s(0.1)),
                return_temperature: Some(Temperature::from_k(315.5)),
                cooling_k: Some(30.0),
                min_mass_flow: MassFlow::from_kg_s(0.01 * index as f64),
                resistance: (index == 1).then(|| (Length::from_m(0.02), 1.5)),
            }).collect(),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn a_case_written_and_read_is_the_same(case in any_case()) {
        let written = write(&case, NetworkFormat::Case, "case.json");
        let again = read(CaseFile { name: "case.json", bytes: &written.bytes, beside: &written.beside });
        prop_assert!(again.diagnostics.is_empty(), "{:#?}", again.diagnostics);
        prop_assert_eq!(again.case.unwrap(), case);
    }

    #[test]
    fn every_format_can_be_written_and_is_read_again(case in any_case()) {
        for format in [NetworkFormat::Inp, NetworkFormat::Pandapipes, NetworkFormat::Esdl, NetworkFormat::GeoJson] {
            let written = write(&case, format, "out");
            prop_assert!(!written.bytes.is_empty());
            prop_assert!(written.diagnostics.iter().all(|d| !d.is_error()));
            if format != NetworkFormat::GeoJson {
                let again = read(CaseFile { name: "out", bytes: &written.bytes, beside: &[] });
                prop_assert_eq!(again.format, Some(format));
            }
        }
    }
}
