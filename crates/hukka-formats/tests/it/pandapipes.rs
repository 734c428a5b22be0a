//! pandapipes networks of both encodings.

use crate::support::{good, read_path, read_text, says, shared};
use hukka_formats::network::{CaseFile, NetworkFormat, read, write};
use hukka_model::network_case::*;

const SMALL: &str = include_str!("data/small.pandapipes.json");

#[test]
fn a_new_network_is_read() {
    let case = good("net.json", SMALL);
    assert_eq!(
        (case.nodes.len(), case.pipes.len(), case.consumers.len()),
        (6, 4, 2)
    );
    assert_eq!(case.nodes[1].id, "J1");
    assert_eq!(case.nodes[2].place, Some((2.0, 4.0)));
    let around = std::f64::consts::PI * 0.066;
    assert!((case.pipes[1].loss.w_mk() - 3.0 * around).abs() < 1e-12);
    assert!(matches!(&case.fluid, CaseFluid::Table(table) if table.density.len() == 20));
    assert_eq!(case.consumers[0].mode, ConsumerMode::HeatReturn);
    assert_eq!(case.consumers[1].mode, ConsumerMode::HeatFlow);
    assert!(matches!(case.sources[0].kind, SourceKind::Pressure { .. }));
    assert!(says(
        &read_text("net.json", SMALL),
        &["HK1008", "friction_model", "nikuradse"]
    ));
}

#[test]
fn the_old_encoding_is_read() {
    let Some(folder) = shared("formats") else {
        return;
    };
    let read = read_path(&folder.join("pandapipes_heat_t_cross.json"));
    let case = read
        .case
        .unwrap_or_else(|| panic!("{:#?}", read.diagnostics));
    assert_eq!(
        (case.nodes.len(), case.pipes.len(), case.takings.len()),
        (4, 3, 2)
    );
    assert!((case.pipes[0].inner_diameter.m() - 0.075).abs() < 1e-12);
    assert!((case.pipes[0].loss.w_mk() - 100.0 * std::f64::consts::PI * 0.075).abs() < 1e-9);
    assert!(
        matches!(case.fluid, CaseFluid::Constant { density_kg_m3, .. } if (density_kg_m3 - 998.206).abs() < 1e-3)
    );
}

#[test]
fn every_component_of_the_example_is_read_or_named() {
    let Some(folder) = shared("formats") else {
        return;
    };
    let read = read_path(&folder.join("pandapipes_example_0.14.0_water.json"));
    assert!(says(&read, &["HK1009", "controller"]));
    assert!(says(&read, &["HK1010", "store of mass"]));
    let case = read
        .case
        .unwrap_or_else(|| panic!("{:#?}", read.diagnostics));
    assert_eq!((case.nodes.len(), case.pipes.len()), (14, 8));
    assert_eq!(
        (case.valves.len(), case.pumps.len(), case.pressures.len()),
        (3, 1, 3)
    );
    assert_eq!(
        (case.takings.len(), case.sources.len(), case.consumers.len()),
        (10, 2, 2)
    );
    let PumpKind::Polynomial(terms) = &case.pumps[0].kind else {
        panic!()
    };
    // 6.1 bar at no flow; at 53.67 m³/h the example's own result is 4.9786 bar. The curve counts the
    // volume at 0 °C.
    let CaseFluid::Table(water) = &case.fluid else {
        panic!()
    };
    let kelvin = case.nodes[case.pumps[0].from].initial_temperature.unwrap();
    let after = water.density.partition_point(|point| point.0 < kelvin.k());
    let (a, b) = (water.density[after - 1], water.density[after]);
    let warm = a.1 + (b.1 - a.1) / (b.0 - a.0) * (kelvin.k() - a.0);
    let flow = 0.014_908_344_345_793 * warm / case.pumps[0].curve_density.unwrap();
    let rise = terms.iter().rev().fold(0.0, |sum, term| sum * flow + term);
    assert!(
        (terms[0] - 6.1e5).abs() < 1.0 && (rise / 1e5 - 4.978_625_6).abs() < 1e-6,
        "{rise}"
    );
}

#[test]
fn a_network_written_and_read_again_is_the_same() {
    let case = good("net.json", SMALL);
    let written = write(&case, NetworkFormat::Pandapipes, "net.json");
    let again = read(CaseFile {
        name: "net.json",
        bytes: &written.bytes,
        beside: &[],
    });
    let other = again
        .case
        .unwrap_or_else(|| panic!("{:#?}", again.diagnostics));
    assert_eq!(other.nodes, case.nodes);
    assert_eq!(other.sources, case.sources);
    assert_eq!(other.consumers.len(), case.consumers.len());
    assert_eq!(other.fluid, case.fluid);
    for (a, b) in other.pipes.iter().zip(&case.pipes) {
        assert!((a.loss.w_mk() - b.loss.w_mk()).abs() < 1e-12);
        assert_eq!((a.from, a.to), (b.from, b.to));
    }
}

#[test]
fn an_element_with_too_many_settings_is_refused() {
    let text = SMALL.replace("50000.0,null,null,320.0", "50000.0,1.0,null,320.0");
    assert_ne!(text, SMALL);
    let read = read_text("net.json", &text);
    assert!(read.case.is_none() && says(&read, &["HK1004", "exactly two"]));
}

#[test]
fn a_gas_network_is_refused() {
    let text = SMALL.replace("\\\"is_gas\\\": false", "\\\"is_gas\\\": true");
    assert_ne!(text, SMALL);
    let read = read_text("net.json", &text);
    assert!(read.case.is_none() && says(&read, &["HK1011", "gas"]));
}
