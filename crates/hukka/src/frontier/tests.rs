//! The front and the choice by hand; Hamina from end to end.

use super::point::{FrontierPoint, PointChoice};
use super::recommend::{mark_front, recommend};
use super::*;
use crate::progress::Silent;
use crate::{Options, Stage, run};
use hukka_model::sample;
use std::path::Path;

fn point(lcoh: f64, share: f64, carbon: f64) -> FrontierPoint {
    FrontierPoint {
        choice: PointChoice {
            heat_pump: 1.0,
            store: 1.0,
            shift_k: 0.0,
            distance: None,
        },
        heat_pump_mw: 1.0,
        store_mwh: 0.0,
        distance_km: 1.0,
        lcoh_eur_mwh: lcoh,
        npv_eur: 1e6 * (60.0 - lcoh),
        investment_eur: 1e6,
        share_covered: share,
        use_share: 0.5,
        carbon_saved_t: carbon,
        mean_cop: 4.0,
        unserved_mwh: 0.0,
        cold_consumers: 0,
        is_feasible: true,
        is_on_front: false,
    }
}

#[test]
fn the_front_holds_what_no_other_point_beats() {
    let mut points = [
        point(50.0, 0.5, 100.0),
        point(55.0, 0.8, 200.0),
        point(56.0, 0.7, 150.0),
        point(50.0, 0.5, 100.0),
        FrontierPoint {
            is_feasible: false,
            ..point(40.0, 0.9, 900.0)
        },
    ];
    mark_front(&mut points, 0);
    let front: Vec<bool> = points.iter().map(|p| p.is_on_front).collect();
    assert_eq!(front, [true, true, false, true, false]);
    let study = sample::study(24);
    let best = recommend(&study, &points, 0);
    assert_eq!(best.point, 0);
    let (next, cost) = best.next.unwrap();
    let annuity = hukka_assess::annuity(0.05, 20.0);
    assert_eq!(next, 1);
    assert!((cost - 5e6 * annuity / 100.0).abs() < 1e-6, "{cost}");
}

#[test]
fn among_equal_values_more_carbon_is_saved() {
    let mut points = [point(50.0, 0.5, 100.0), point(50.004, 0.8, 200.0)];
    mark_front(&mut points, 0);
    assert_eq!(recommend(&sample::study(24), &points, 0).point, 1);
}

#[test]
fn the_study_s_own_point_is_its_run_and_threads_change_nothing() {
    let folder = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../examples/hamina"
    ));
    let study = hukka_study::load(folder, &[]).study.unwrap();
    let until = Options {
        until: Stage::Assess,
    };
    let base = run(&study, &until, &mut Silent).unwrap();
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| frontier(&study, &base, FrontierOptions::default(), &mut Silent).unwrap())
    };
    let found = with(2);
    let kpis = &base.assessment.as_ref().unwrap().kpis;
    let own = &found.points[found.own];
    assert_eq!(own.npv_eur.to_bits(), kpis.npv.eur().to_bits());
    assert_eq!(own.lcoh_eur_mwh.to_bits(), kpis.lcoh.eur_mwh().to_bits());
    assert_eq!(
        own.carbon_saved_t.to_bits(),
        kpis.carbon_saved.t().to_bits()
    );
    assert_eq!(found.points, with(1).points);
    let best = &found.points[found.recommendation.point];
    assert!(best.is_on_front && best.npv_eur >= own.npv_eur - 0.005 * best.investment_eur);
    assert!(!found.recommendation.why.is_empty());
    // Farther is dearer, at the best size of each distance.
    let far = &found.by_distance;
    assert!(
        far.windows(2)
            .all(|pair| pair[0].npv_eur >= pair[1].npv_eur - 1.0),
        "{far:?}"
    );
    for point in &found.points {
        assert!(point.lcoh_eur_mwh.is_finite() && (0.0..=1.0).contains(&point.share_covered));
    }
}
