//! Energy systems.

use crate::support::{good, read_path, read_text, says, shared};
use hukka_formats::network::{CaseFile, NetworkFormat, read, write};
use hukka_model::network_case::*;

const SMALL: &str = include_str!("data/small.esdl");

#[test]
fn ports_that_meet_are_one_node() {
    let case = good("a.esdl", SMALL);
    assert_eq!((case.nodes.len(), case.pipes.len()), (4, 2));
    assert_eq!((case.sources.len(), case.consumers.len()), (1, 2));
    let id = |node: usize| case.nodes[node].id.as_str();
    assert_eq!(
        (id(case.pipes[0].to), id(case.pipes[1].from)),
        ("Fork", "Merge")
    );
    assert_eq!(case.nodes[case.consumers[0].supply_node].id, "Fork");
    assert_eq!(
        case.nodes[case.sources[0].return_node].side,
        NetworkSide::Return
    );
    assert_eq!(case.nodes[case.pipes[0].from].place, Some((4.38, 52.0)));
}

#[test]
fn heat_and_temperatures_are_as_stated() {
    let case = good("a.esdl", SMALL);
    assert!((case.consumers[0].heat.unwrap().w() - 0.4e6).abs() < 1e-6);
    assert!((case.consumers[1].heat.unwrap().w() - 0.3e6).abs() < 1e-6);
    assert!((case.sources[0].supply_temperature.c() - 75.0).abs() < 1e-9);
    assert!((case.consumers[0].return_temperature.unwrap().c() - 45.0).abs() < 1e-9);
    assert!(matches!(
        case.sources[0].kind,
        SourceKind::WorstPoint { .. }
    ));
}

#[test]
fn sizes_come_from_dn_and_loss_from_layers_or_the_catalogue() {
    let read = read_text("a.esdl", SMALL);
    assert!(says(
        &read,
        &["HK1008", "innerDiameter", "DN 150", "Out line"]
    ));
    assert!(says(&read, &["HK1008", "heat loss", "Out line"]));
    assert!(says(&read, &["HK1009", "WindTurbine", "no heat ports"]));
    let case = read.case.unwrap();
    assert!((case.pipes[0].inner_diameter.mm() - 160.3).abs() < 1.0);
    for pipe in &case.pipes {
        assert!((0.2..0.6).contains(&pipe.loss.w_mk()), "{pipe:?}");
    }
}

#[test]
fn a_single_line_gets_its_return() {
    let text = SMALL
        .replace("connectedTo=\"k.in\"", "")
        .replace("carrier=\"cool\" connectedTo=\"b.out\"", "carrier=\"cool\"")
        .replace(
            "<asset xsi:type=\"esdl:Joint\" id=\"k\"",
            "<asset xsi:type=\"esdl:Nothing\" id=\"k\"",
        )
        .replace(
            "<asset xsi:type=\"esdl:Pipe\" id=\"b\"",
            "<asset state=\"DISABLED\" xsi:type=\"esdl:Pipe\" id=\"b\"",
        )
        .replace("connectedTo=\"p.in\"", "")
        .replace("connectedTo=\"c.out d.out\"", "");
    let read = read_text("a.esdl", &text);
    assert!(
        says(&read, &["HK1010", "mirrored"]),
        "{:#?}",
        read.diagnostics
    );
    let case = read.case.unwrap();
    assert_eq!(case.pipes.len(), 2);
    assert_eq!(case.pipes[1].id, "Out line_ret");
    assert_eq!(case.pipes[1].from, case.consumers[0].return_node);
    assert_eq!(case.pipes[1].to, case.sources[0].return_node);
}

#[test]
fn consumers_without_heat_share_what_producers_can_give() {
    let text = SMALL.replace("name=\"Mill\" power=\"300000\"", "name=\"Mill\"");
    let read = read_text("a.esdl", &text);
    assert!(says(&read, &["HK1008", "even share", "Mill"]));
    assert!((read.case.unwrap().consumers[1].heat.unwrap().w() - 1.6e6).abs() < 1e-6);
    let none = text.replace(" power=\"2000000.0\"", "");
    let read = read_text("a.esdl", &none);
    assert!(read.case.is_none() && says(&read, &["HK1003", "Mill"]));
}

#[test]
fn missing_namespaces_are_mended() {
    let text = SMALL.replace(" xmlns:esdl=\"http://www.tno.nl/esdl\"", "");
    assert_eq!(good("a.esdl", &text), good("a.esdl", SMALL));
}

#[test]
fn an_energy_system_written_and_read_again_is_the_same_network() {
    let case = good("a.esdl", SMALL);
    let written = write(&case, NetworkFormat::Esdl, "a.esdl");
    let again = read(CaseFile {
        name: "a.esdl",
        bytes: &written.bytes,
        beside: &[],
    });
    let other = again
        .case
        .unwrap_or_else(|| panic!("{:#?}", again.diagnostics));
    let ids = |case: &NetworkCase| {
        case.nodes
            .iter()
            .map(|n| (n.id.clone(), n.place, n.side))
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(&other), ids(&case));
    for (a, b) in other.consumers.iter().zip(&case.consumers) {
        assert_eq!(
            (&a.id, a.heat, a.supply_node, a.return_node),
            (&b.id, b.heat, b.supply_node, b.return_node)
        );
    }
    for (a, b) in other.pipes.iter().zip(&case.pipes) {
        assert_eq!(
            (&a.id, a.from, a.to, a.length, a.inner_diameter),
            (&b.id, b.from, b.to, b.length, b.inner_diameter)
        );
    }
}

#[test]
fn the_shared_files_are_read() {
    let Some(folder) = shared("formats") else {
        return;
    };
    for (name, pipes, sources, consumers) in [
        ("omotes_test1.esdl", 2, 1, 1),
        ("omotes_simple_heat_pump.esdl", 0, 2, 2),
        ("rtc_case_1a.esdl", 8, 1, 3),
        ("omotes_ates_and_storages.esdl", 16, 1, 3),
    ] {
        let read = read_path(&folder.join(name));
        let case = read
            .case
            .unwrap_or_else(|| panic!("{name}: {:#?}", read.diagnostics));
        let counts = (case.pipes.len(), case.sources.len(), case.consumers.len());
        assert_eq!(counts, (pipes, sources, consumers), "{name}");
    }
}
