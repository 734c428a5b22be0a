//! Contracts against the joint optimum.

use super::*;
use crate::park::{ParkOptions, Synthetic, synthetic_case};
use hukka_model::{CaseContract, CaseOwners, DispatchCase, DispatchMode};

fn park() -> DispatchCase {
    synthetic_case(&Synthetic {
        seed: 3,
        steps: 168,
        step_h: 1.0,
        start_hour: 2000.0,
        mode: DispatchMode::Lp,
    })
}

fn ask(case: &DispatchCase, contracts: Vec<CaseContract>) -> OwnersOutcome {
    let question = CaseOwners {
        source: 0,
        supply_eur_per_mwh: vec![6.0; case.steps()],
        saved_cooling_eur_per_mwh: vec![2.0; case.steps()],
        contracts,
    };
    two_owners(case, &question, &ParkOptions::default(), &|| 0.0).unwrap()
}

fn fixed(price_eur_per_mwh: f64) -> CaseContract {
    CaseContract::Fixed { price_eur_per_mwh }
}

#[test]
fn no_contract_beats_the_joint_optimum_and_the_net_cost_reaches_it() {
    let case = park();
    let ambient_c = (0..168).map(|t| f64::from(t % 24) - 12.0).collect();
    let found = ask(
        &case,
        vec![
            CaseContract::Free,
            fixed(4.0),
            fixed(12.0),
            CaseContract::TemperatureIndexed {
                ambient_c,
                cold: (-10.0, 20.0),
                warm: (10.0, 2.0),
            },
            CaseContract::TakeOrPay {
                price_eur_per_mwh: 12.0,
                volume_mwh: 2500.0,
            },
            CaseContract::Published {
                price_eur_per_mwh: (0..168).map(|t| f64::from(t % 13)).collect(),
            },
        ],
    );
    let scale = found.joint.system_cost().abs();
    for contract in &found.contracts {
        assert!(contract.loss_eur >= -1e-9 * scale, "{contract:?}");
    }
    assert!(found.contracts[1].loss_eur.abs() <= 1e-9 * scale);
    assert!(found.joint.system_cost() <= found.without_data_centre_eur + 1e-6);
}

#[test]
fn a_data_centre_that_loses_money_keeps_its_heat() {
    let case = park();
    let found = ask(&case, vec![CaseContract::Free]);
    let free = &found.contracts[0];
    assert!((free.withheld_h - 168.0).abs() < 1e-9);
    assert!(free.parties.drawn_mw.iter().all(|power| *power < 1e-9));
    let alone = free.parties.utility_cost() - found.without_data_centre_eur;
    assert!(alone.abs() < 1e-6 * found.without_data_centre_eur);
}

#[test]
fn payments_cancel_in_the_system_cost() {
    let case = park();
    let found = ask(&case, vec![fixed(5.0), fixed(9.0)]);
    for contract in &found.contracts {
        let parties = &contract.parties;
        let own = parties.utility_cost() - parties.payment();
        let heat: f64 = parties.drawn_mw.iter().sum();
        let system = own + 4.0 * heat;
        assert!((parties.system_cost() - system).abs() < 1e-6 * system.abs());
    }
}

#[test]
fn a_volume_paid_for_anyway_is_drawn_or_paid() {
    let case = park();
    let volume = 2500.0;
    let contract = |volume_mwh| CaseContract::TakeOrPay {
        price_eur_per_mwh: 15.0,
        volume_mwh,
    };
    let found = ask(&case, vec![fixed(15.0), contract(volume), contract(1e6)]);
    let drawn = |index: usize| -> f64 { found.contracts[index].parties.drawn_mw.iter().sum() };
    assert!(drawn(1) >= drawn(0) - 1e-6);
    assert!(drawn(1) >= volume - 1e-6, "{}", drawn(1));
    let paid = found.contracts[2].parties.payment();
    assert!((paid - 15.0e6).abs() < 1.0, "{paid}");
}

#[test]
fn series_of_another_length_are_refused() {
    let case = park();
    let published = CaseContract::Published {
        price_eur_per_mwh: vec![1.0; 3],
    };
    let question = CaseOwners {
        source: 0,
        supply_eur_per_mwh: vec![0.0; 168],
        saved_cooling_eur_per_mwh: vec![0.0; 168],
        contracts: vec![published],
    };
    let result = two_owners(&case, &question, &ParkOptions::default(), &|| 0.0);
    assert!(matches!(
        result,
        Err(crate::Error::SeriesLength { found: 3, .. })
    ));
}
