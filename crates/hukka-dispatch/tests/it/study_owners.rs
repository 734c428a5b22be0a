//! Both owners of a study: accounts that add up, and contracts against the joint optimum.

use crate::town::Town;
use hukka_dispatch::Options;
use hukka_dispatch::owners::study_account;
use hukka_model::{AccountKind, ContractTerms, HeatContract, OwnersAccount};
use hukka_units::{EnergyPrice, HeatEnergy, Ratio, Temperature};
use proptest::prelude::*;

const HOURS: usize = 336;

fn eur_mwh(value: f64) -> EnergyPrice {
    EnergyPrice::from_eur_mwh(value)
}

/// A fortnight of a town whose data centre saves cooling, under a contract.
fn town(seed: u64, saved: f64, terms: Option<ContractTerms>, supply: f64) -> Town {
    let mut town = Town::new(HOURS, seed);
    town.sources[0].cooling_saved_per_heat = vec![Ratio::from_fraction(saved); HOURS];
    town.study.contract = terms.map(|terms| HeatContract {
        terms,
        supply_cost: eur_mwh(supply),
    });
    town
}

fn account(town: &Town) -> OwnersAccount {
    let (plan, _) = town.run(&Options::default()).unwrap();
    study_account(&town.inputs(), &plan).unwrap().unwrap()
}

fn contracts() -> impl Strategy<Value = ContractTerms> {
    let price = || -20.0..60.0_f64;
    prop_oneof![
        Just(ContractTerms::Free),
        price().prop_map(|price| ContractTerms::Fixed {
            price: eur_mwh(price)
        }),
        (price(), price()).prop_map(|(cold, mild)| ContractTerms::TemperatureIndexed {
            cold_outdoor: Temperature::from_c(-10.0),
            at_cold: eur_mwh(cold),
            mild_outdoor: Temperature::from_c(15.0),
            at_mild: eur_mwh(mild),
        }),
        (0.0..60.0_f64, 0.0..3000.0_f64).prop_map(|(price, volume)| ContractTerms::TakeOrPay {
            price: eur_mwh(price),
            minimum: HeatEnergy::from_mwh(volume),
        }),
        proptest::collection::vec(price(), HOURS).prop_map(|prices| ContractTerms::DayAhead {
            price: prices.into_iter().map(eur_mwh).collect()
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn accounts_add_up_to_the_cent_and_no_contract_beats_the_joint_optimum(
        seed in 0_u64..1000,
        saved in 0.0..0.3_f64,
        supply in 0.0..10.0_f64,
        terms in contracts(),
    ) {
        let town = town(seed, saved, Some(terms), supply);
        let found = account(&town);
        let net: f64 = found.accounts.iter().map(|account| account.net.eur()).sum();
        let sold: f64 = found.accounts[0]
            .items
            .iter()
            .filter(|item| item.kind == AccountKind::HeatSold)
            .map(|item| item.year.eur())
            .sum();
        prop_assert!((net - (sold - found.outcome.system_cost.eur())).abs() < 0.005);
        for account in &found.accounts {
            let hourly: f64 = account.net_hourly.iter().map(|eur| eur.eur()).sum();
            prop_assert!((hourly - account.net.eur()).abs() < 0.005);
        }
        let paid: f64 = found.accounts[1..].iter().flat_map(|account| &account.items)
            .filter(|item| matches!(item.kind, AccountKind::SourceHeat | AccountKind::MinimumVolume))
            .map(|item| item.year.eur())
            .sum();
        prop_assert!((paid - found.outcome.payment.eur()).abs() < 0.005);
        let worth = found.without_cost.eur() - found.joint_cost.eur();
        for outcome in std::iter::once(&found.outcome).chain(&found.comparison) {
            prop_assert!(outcome.loss.eur() >= 0.0, "{:?}", outcome.loss);
            let shared = outcome.utility_gain + outcome.data_centre_gain + outcome.loss;
            prop_assert!((shared.eur() - worth).abs() < 1e-6 * found.joint_cost.eur().abs() + 0.01);
        }
    }
}

#[test]
fn free_heat_without_saved_cooling_is_the_joint_optimum() {
    let found = account(&town(5, 0.0, Some(ContractTerms::Free), 0.0));
    assert_eq!(found.outcome.loss.eur(), 0.0);
    let scale = found.joint_cost.eur().abs();
    assert!((found.outcome.system_cost - found.joint_cost).eur().abs() < 1e-9 * scale);
    assert!((found.outcome.drawn - found.joint_drawn).mwh().abs() < 1e-3);
    assert_eq!(found.outcome.withheld_hours, 0);
}

#[test]
fn a_price_above_the_net_cost_leaves_a_gap_and_one_below_keeps_the_heat() {
    let dear = account(&town(
        5,
        0.1,
        Some(ContractTerms::Fixed {
            price: eur_mwh(65.0),
        }),
        0.0,
    ));
    assert!(dear.outcome.loss.eur() > 0.0);
    assert!(dear.outcome.drawn < dear.joint_drawn);
    let cheap = account(&town(
        5,
        0.0,
        Some(ContractTerms::Fixed {
            price: eur_mwh(2.0),
        }),
        3.0,
    ));
    assert_eq!(cheap.outcome.withheld_hours as usize, HOURS);
    assert_eq!(cheap.outcome.drawn.mwh(), 0.0);
    let loss = cheap.without_cost - cheap.joint_cost;
    assert!((cheap.outcome.loss - loss).eur().abs() < 0.01);
}

#[test]
fn the_price_published_a_day_ahead_reaches_the_joint_optimum() {
    let found = account(&town(9, 0.1, None, 0.0));
    let last = found.comparison.last().unwrap();
    assert!(matches!(last.terms, ContractTerms::DayAhead { .. }));
    assert!(last.loss.eur() < 1e-6 * found.joint_cost.eur());
    assert!(last.data_centre_gain.eur() > 0.0 && last.utility_gain.eur() > 0.0);
}

#[test]
fn a_volume_paid_for_anyway_is_drawn() {
    let fixed = account(&town(
        5,
        0.0,
        Some(ContractTerms::Fixed {
            price: eur_mwh(80.0),
        }),
        0.0,
    ));
    let minimum = (fixed.outcome.drawn + fixed.joint_drawn) * 0.5;
    assert!(minimum > fixed.outcome.drawn);
    let taken = account(&town(
        5,
        0.0,
        Some(ContractTerms::TakeOrPay {
            price: eur_mwh(80.0),
            minimum,
        }),
        0.0,
    ));
    assert!(taken.outcome.drawn >= minimum * (1.0 - 1e-9));
    assert!(taken.outcome.loss < fixed.outcome.loss);
    let beyond = HeatEnergy::from_mwh(1e6);
    let unpaid = account(&town(
        5,
        0.0,
        Some(ContractTerms::TakeOrPay {
            price: eur_mwh(80.0),
            minimum: beyond,
        }),
        0.0,
    ));
    assert!((unpaid.outcome.payment.eur() - 80e6).abs() < 1.0);
    let booked = |account: usize| {
        let items = &unpaid.accounts[account].items;
        items
            .iter()
            .any(|item| item.kind == AccountKind::MinimumVolume)
    };
    assert!(booked(0) && booked(1));
}
