//! Places without a map.

use crate::place::bare;
use hukka_model::*;
use hukka_units::*;

/// Whether the reader is told that a length is 1.2 times the straight line.
fn estimates_length(diagnostics: &[Diagnostic]) -> bool {
    diagnostics
        .iter()
        .any(|d| d.code == "HK0513" && d.message.contains("straight line"))
}

#[test]
fn a_town_without_a_map_hangs_on_one_long_pipe() {
    let mut place = bare(50.0, None);
    place.lump(None, 150_000.0);
    place.study.network.lumped_distance = Some(Length::from_km(3.0));
    place.heated_by_houses();
    let (design, diagnostics) = place.sound();
    assert!(diagnostics.iter().all(|d| !d.is_error()));
    assert!(!estimates_length(&diagnostics));
    assert_eq!((design.nodes.len(), design.trenches.len()), (2, 1));
    assert!((design.trenches[0].length.km() - 3.0).abs() < 1e-9);
    assert!((design.sources[0].distance_to_town.km() - 3.0).abs() < 1e-9);
    assert_eq!(design.sources[0].node, 0);
    assert_eq!(design.distribution_losses.len(), 1);
    let share = design.estimated_loss_share.si();
    assert!((0.1..0.13).contains(&share), "{share}");
    assert!(design.trenches[0].dn >= 300, "{}", design.trenches[0].dn);
}

#[test]
fn a_distance_not_given_is_told() {
    let mut place = bare(50.0, None);
    place.lump(None, 150_000.0);
    place.heated_by_houses();
    let (design, diagnostics) = place.sound();
    assert!((design.trenches[0].length.km() - 1.0).abs() < 1e-9);
    assert!(
        diagnostics
            .iter()
            .any(|d| d.subject.as_deref() == Some("network.distance_km"))
    );
}

#[test]
fn undrawn_losses_are_the_share_the_study_states() {
    let mut place = bare(50.0, None);
    place.lump(None, 100_000.0).lump(None, 50_000.0);
    let (design, _) = place.sound();
    let rules = &place.study.network;
    let weather = &place.study.weather;
    for (loss, heat) in design.distribution_losses.iter().zip([100_000.0, 50_000.0]) {
        let mwh: f64 = weather
            .outdoor_temperature
            .iter()
            .zip(&weather.ground_temperature)
            .map(|(&out, &ground)| {
                let supply = rules.supply_temperature.at(out).k();
                let back = rules.return_temperature.at(out).k();
                loss.conductance_w_k * (f64::midpoint(supply, back) - ground.k()) / 1e6
            })
            .sum();
        assert!((mwh / (mwh + heat) - 0.1).abs() < 1e-9);
    }
}

#[test]
fn quarters_on_the_map_need_no_streets() {
    let mut place = bare(20.0, Some((0.0, 0.0)));
    place.lump(Some(Position::from_m(2000.0, 0.0)), 60_000.0);
    let (design, diagnostics) = place.sound();
    assert!(diagnostics.iter().all(|d| !d.is_error()));
    assert!(estimates_length(&diagnostics));
    assert!((design.trenches[0].length.m() - 2400.0).abs() < 1e-9);
    assert_eq!(design.trenches[0].kind, TrenchKind::Transmission);
}
