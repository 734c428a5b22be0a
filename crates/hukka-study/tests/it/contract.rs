//! `[contract]`: every kind is read, and what does not fit is said.

use crate::folder::{Folder, LUMPED, lumped_error};
use hukka_model::{ContractTerms, Study};

fn with(contract: &str) -> String {
    format!("[contract]\n{contract}\n\n[network]")
}

fn study(contract: &str) -> Study {
    Folder::new(&LUMPED.replace("[network]", &with(contract))).study(&[])
}

#[test]
fn without_a_contract_each_data_centre_has_its_price() {
    let text = LUMPED.replace(
        "it_load_mw = 10",
        "it_load_mw = 10\nheat_price_eur_per_mwh = 7",
    );
    let study = Folder::new(&text).study(&[]);
    assert_eq!(study.contract, None);
    let price = study.source_heat_price(0, 5).expect("a price");
    assert!((price.eur_mwh() - 7.0).abs() < 1e-12);
    assert_eq!(study.source_heat_price(9, 5), None);
}

#[test]
fn every_kind_of_contract_is_read() {
    let kind = |contract: &str| {
        let contract = study(contract).contract.expect("a contract");
        contract.terms.key()
    };
    assert_eq!(kind("kind = \"free\""), "free");
    assert_eq!(kind("kind = \"fixed\"\nprice_eur_per_mwh = 12"), "fixed");
    let taken = "kind = \"take_or_pay\"\nprice_eur_per_mwh = 12\nminimum_mwh = 9000";
    assert_eq!(kind(taken), "take_or_pay");
    let indexed = study(
        "kind = \"temperature_indexed\"\ncold_price_eur_per_mwh = 30\nmild_price_eur_per_mwh = 5\nsupply_cost_eur_per_mwh = 1",
    );
    let contract = indexed.contract.as_ref().expect("a contract");
    assert!((contract.supply_cost.eur_mwh() - 1.0).abs() < 1e-12);
    assert!(matches!(
        contract.terms,
        ContractTerms::TemperatureIndexed { .. }
    ));
    for (t, outdoor) in indexed.weather.outdoor_temperature.iter().enumerate() {
        let share = ((outdoor.c() + 10.0) / 25.0).clamp(0.0, 1.0);
        let price = indexed.source_heat_price(0, t).expect("a price");
        assert!((price.eur_mwh() - (30.0 - 25.0 * share)).abs() < 1e-9);
    }
    let keys: Vec<&str> = indexed.assumptions.iter().map(|a| a.key.as_str()).collect();
    assert!(keys.contains(&"contract.cold_outdoor_c"));
    assert!(!keys.contains(&"data_centre.summa.heat_price_eur_per_mwh"));
}

#[test]
fn a_contract_without_its_figures_is_refused() {
    for (contract, missing) in [
        ("supply_cost_eur_per_mwh = 1", "contract.kind"),
        ("kind = \"fixed\"", "contract.price_eur_per_mwh"),
        (
            "kind = \"take_or_pay\"\nprice_eur_per_mwh = 5",
            "contract.minimum_mwh",
        ),
        (
            "kind = \"temperature_indexed\"\ncold_price_eur_per_mwh = 5",
            "contract.mild_price_eur_per_mwh",
        ),
        ("kind = \"day_ahead\"", "contract.published"),
    ] {
        let error = lumped_error("[network]", &with(contract));
        assert_eq!(error.code, "HK0104", "{contract}");
        assert_eq!(error.subject.as_deref(), Some(missing));
        assert!(error.help.is_some());
    }
}

#[test]
fn ends_of_an_indexed_price_do_not_swap() {
    let error = lumped_error(
        "[network]",
        &with(
            "kind = \"temperature_indexed\"\ncold_outdoor_c = 20\ncold_price_eur_per_mwh = 30\nmild_price_eur_per_mwh = 5",
        ),
    );
    assert_eq!(error.code, "HK0121");
    assert_eq!(error.subject.as_deref(), Some("contract.cold_outdoor_c"));
}

#[test]
fn a_contract_and_a_price_of_the_data_centre_contradict_each_other() {
    let error = lumped_error(
        "it_load_mw = 10",
        "it_load_mw = 10\nheat_price_eur_per_mwh = 7\n\n[contract]\nkind = \"free\"",
    );
    assert_eq!(error.code, "HK0111");
    assert_eq!(
        error.subject.as_deref(),
        Some("data_centre.summa.heat_price_eur_per_mwh")
    );
}
